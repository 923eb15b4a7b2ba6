/* demo_petitions.c: petitions in every state, by the real operations. */
#include "account/account.h"
#include "app/app.h"
#include "demo/demo.h"
#include "petition/petition.h"
#include "standard/pack.h"

enum how { WAITS, SUPPORTED, OPEN, ENDED, REFUSED, REACHED, DECIDED };
static const struct { enum how how; bool kk; const char *body, *topic; struct str title, text, other; int signers; } petitions[] = {
	{ OPEN, true, "r10_akimat", "roads", S_INIT("Семейде көпірді жаяу жүргіншілерге ашуды сұраймыз"),
	  S_INIT("Көпірмен күн сайын мыңдаған адам өтеді, бірақ жаяу жол жоқ. Оң жақтан екі метрлік жол бөлуді ұсынамыз: бұған жобада орын бар."), S_INIT("Просим открыть мост в Семее для пешеходов"), 420 },
	{ OPEN, false, "government", "health", S_INIT("Передвижные врачи в каждый аул раз в месяц"),
	  S_INIT("До больницы сто километров, пожилые люди не едут вовсе. Предлагаем поезда и машины врачей по расписанию, которое видно заранее."), S_INIT("Әр ауылға айына бір рет дәрігер келсін"), 610 },
	{ SUPPORTED, false, "r10_akimat", "ecology", S_INIT("Посадить лесополосу вдоль объездной дороги"), S_INIT("Пыль летит в дома и школу. Предлагаем посадить три ряда тополей и карагача, полив из канала."), S_INIT(""), 23 },
	{ WAITS, true, "r10_akimat", "culture_sport", S_INIT("Ауылда спорт залын салу керек"), S_INIT("Балалар қыста бос жүреді. Ескі қойманы спорт залына айналдыруды ұсынамыз, жобасы дайын, құны аз."), S_INIT(""), 0 },
	{ REFUSED, false, "government", "language_info", S_INIT("Изменить статус языков в Конституции"), S_INIT("Предлагаем изменить статью Конституции о языках и провести об этом голосование граждан страны."), S_INIT(""), 0 },
	{ ENDED, false, "r10_akimat", "transport", S_INIT("Ночной автобус до аэропорта"), S_INIT("Последний автобус уходит в девять вечера, ночью только такси. Предлагаем один рейс в два часа ночи."), S_INIT(""), 12 },
	{ REACHED, true, "r10_akimat", "water", S_INIT("Ескі су құбырын ауыстыруды сұраймыз"), S_INIT("Құбыр 1974 жылы салынған, әр апта сайын жарылады. Кезең-кезеңімен ауыстыруды ұсынамыз, алдымен мектептер мен ауруханалар."), S_INIT("Просим заменить старый водопровод"), 300 },
	{ DECIDED, false, "r10_akimat", "yards", S_INIT("Детские площадки для детей на колясках"), S_INIT("В городе нет ни одной площадки, куда заедет коляска. Предлагаем по одной в каждом микрорайоне."), S_INIT("Арбадағы балаларға ойын алаңы"), 300 },
};

static enum rc person(struct ctx *c, int n, struct actor *ret)
{
	static const char *const names[] = { "Айгүл Серікова", "Ерлан Беков", "Ольга Ким", "Данияр Омаров", "Марат Әлиев", "Жанна Петрова" };
	int64_t id;

	TRY(account_by_identity(c, str_fmt(c->arena, "demo%08d", n), str_of(names[(size_t)n % ARRAY_LEN(names)]), n % 2 ? LANG_KK : LANG_RU, &id));
	*ret = (struct actor){ .account = id, .roles = CITIZEN };
	return RC_OK;
}

static enum rc sign(struct ctx *c, struct demo *d, struct petition_id id, struct str link, int n)
{
	struct when begun = c->now;

	for (int i = 0; i < n; i++) {
		struct actor who;
		const struct place *place = &c->app->pack->places[rng_below(&d->rng, c->app->pack->n_places)];
		struct petition_signing s = { .place = place->id, .hidden = rng_below(&d->rng, 8) == 0, .link = link };

		TRY(person(c, i, &who));
		TRY(petition_sign(c, &who, id, &s));
		if (i == 60) { /* the supporters are there: counted, it opens */
			c->now = when_add(c->now, 5 * WHEN_SECOND);
			TRY(petition_fold(c, S("")));
			TRY(petition_tick(c, S("")));
		}
		c->now = when_add(c->now, (int64_t)rng_below(&d->rng, 60) * WHEN_SECOND);
	}
	c->now = when_add(c->now, 5 * WHEN_SECOND);
	TRY(petition_fold(c, S("")));
	TRY(petition_tick(c, S("")));
	c->now = begun;
	return RC_OK;
}

static enum rc finish(struct ctx *c, struct petition_id id, enum how how)
{
	struct petition_row p;
	int64_t changed;

	TRY(petition_by_id(c->db, id, &p));
	/* a demonstration has no six thousand people: the rest of the count is set */
	TRY(petition_add(c->db, id, p.threshold - p.signatures + 17, c->now, &changed));
	TRY(petition_tick(c, S("")));
	if (how != DECIDED)
		return RC_OK;
	struct actor head = { .account = 1, .body = p.body_id, .roles = BIT(ROLE_HEAD), .body_roles = BIT(ROLE_HEAD) };
	struct petition_review r = { .group = S("Заместитель акима, управление строительства, два родителя, представитель автора."), .discussion = S("Обсуждение прошло в школе 3, пришли 140 человек."),
				     .decision = S("В каждом микрорайоне к 1 сентября будет площадка с пологим въездом: первые четыре до 1 июня, список на этой странице."),
				     .report = S("Аким сообщил о решении в эфире областного телевидения.") };

	return petition_say(c, &head, id, &r);
}

static enum rc one(struct ctx *c, struct demo *d, size_t i)
{
	const struct body *to = pack_body_by_code(c->app->pack, str_of(petitions[i].body)), *by = pack_body_by_code(c->app->pack, c->app->pack->petition_body);
	struct actor author, mod = { .account = 1, .body = by ? by->id : 0, .roles = BIT(ROLE_MODERATOR), .body_roles = BIT(ROLE_MODERATOR) };
	struct petition_words w = { .body = to ? to->id : 0, .topic = str_of(petitions[i].topic), .lang = petitions[i].kk ? S("kk") : S("ru"), .title = petitions[i].title,
				    .text = petitions[i].text, .title_other = petitions[i].other, .read_excluded = true };
	enum how how = petitions[i].how;
	struct when begun = c->now;
	struct petition_id id;
	struct str link;

	c->now = when_add(c->now, (how == ENDED ? -60 : how == WAITS ? -3 : -2) * WHEN_DAY);
	TRY(person(c, 1000 + (int)i, &author));
	TRY(petition_file(c, &author, &w, &id, &link));
	if (how == REFUSED)
		TRY(petition_moderate(c, &mod, id, S("petition_excluded"), S("Статус языков входит в список того, о чём петиция быть не может."), 0));
	else if (how != WAITS)
		TRY(petition_moderate(c, &mod, id, S(""), S(""), 0));
	TRY(sign(c, d, id, link, petitions[i].signers));
	c->now = begun;
	return how >= REACHED ? finish(c, id, how) : petition_tick(c, S(""));
}

static enum rc all(struct db *db, void *arg)
{
	struct demo *d = arg;
	struct ctx c = app_ctx(d->app, d->arena, db);

	for (size_t i = 0; i < ARRAY_LEN(petitions); i++)
		TRY(one(&c, d, i));
	return RC_OK;
}

enum rc demo_petitions(struct demo *d)
{
	return db_write(d->app->db, d->arena, all, d);
}
