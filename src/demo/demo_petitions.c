/* demo_petitions.c: petitions in every state, by the real operations. */
#include "account/account.h"
#include "app/app.h"
#include "demo/demo.h"
#include "file/file.h"
#include "petition/petition_jobs.h"
#include "petition/petition_staff.h"
#include "plan/plan.h"
#include "standard/pack.h"

/* A scan: one page with nothing on it. */
#define EMPTY_PAGE                                                                                                              \
	"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"             \
	"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

enum how { WAITS, LATE, SUPPORTED, OPEN, ENDED, REFUSED, CONTESTED, HIDDEN, COPY, STOPPED, REACHED, DECIDED };
static const struct petition_made {
	enum how how;
	bool kk;
	int days_ago, signers;
	const char *body, *topic;
	struct str title, text, title_other, text_other;
} petitions[] = {
	{ OPEN, true, 9, 420, "r10_akimat", "roads", S_INIT("Семейде көпірді жаяу жүргіншілерге ашуды сұраймыз"),
	  S_INIT("Көпірмен күн сайын мыңдаған адам өтеді, бірақ жаяу жол жоқ. Оң жақтан екі метрлік жол бөлуді ұсынамыз: бұған жобада орын бар."),
	  S_INIT("Просим открыть мост в Семее для пешеходов"),
	  S_INIT("По мосту каждый день идут тысячи людей, а пешеходной дорожки нет. Предлагаем выделить справа два метра: в проекте место для этого есть.") },
	{ OPEN, false, 12, 610, "government", "health", S_INIT("Передвижные врачи в каждый аул раз в месяц"),
	  S_INIT("До больницы сто километров, пожилые люди не едут вовсе. Предлагаем поезда и машины врачей по расписанию, которое видно заранее."),
	  S_INIT("Әр ауылға айына бір рет дәрігер келсін"),
	  S_INIT("Аурухана жүз шақырымда, қарттар мүлде бармайды. Кестесі алдын ала көрінетін дәрігерлер пойызы мен көлігін ұсынамыз.") },
	{ SUPPORTED, false, 2, 23, "r10_akimat", "ecology", S_INIT("Посадить лесополосу вдоль объездной дороги"),
	  S_INIT("Пыль летит в дома и школу. Предлагаем посадить три ряда тополей и карагача, полив из канала."), S_INIT(""), S_INIT("") },
	{ WAITS, true, 3, 0, "r10_akimat", "culture_sport", S_INIT("Ауылда спорт залын салу керек"),
	  S_INIT("Балалар қыста бос жүреді. Ескі қойманы спорт залына айналдыруды ұсынамыз, жобасы дайын, құны аз."), S_INIT(""), S_INIT("") },
	{ LATE, false, 40, 0, "r10_maslikhat", "transport", S_INIT("Единый билет на автобус и маршрутку"),
	  S_INIT("Пересадка стоит второй билет. Предлагаем один билет на час на весь городской транспорт, как в других городах."), S_INIT(""), S_INIT("") },
	{ REFUSED, false, 6, 0, "government", "language_info", S_INIT("Изменить статус языков в Конституции"),
	  S_INIT("Предлагаем изменить статью Конституции о языках и провести об этом голосование граждан страны."), S_INIT(""), S_INIT("") },
	{ CONTESTED, false, 8, 0, "r10_akimat", "roads", S_INIT("Дорогу в аул нужно сделать хорошей"),
	  S_INIT("Дорога плохая, ездить по ней нельзя, все об этом знают, сделайте наконец что-нибудь с этой дорогой."), S_INIT(""), S_INIT("") },
	{ HIDDEN, false, 5, 0, "r10_akimat", "other", S_INIT("Пусть сосед Петров ответит за всё"),
	  S_INIT("Здесь автор бранит соседа и называет его адрес и телефон. Такое видят только автор и модератор."), S_INIT(""), S_INIT("") },
	{ COPY, false, 4, 0, "r10_akimat", "roads", S_INIT("Пешеходная дорожка на мосту в Семее"),
	  S_INIT("По мосту опасно ходить: дорожки для пешеходов нет. Просим её построить, люди идут по проезжей части."), S_INIT(""), S_INIT("") },
	{ STOPPED, false, 30, 80, "r10_akimat", "yards", S_INIT("Оставить каток во дворе на Шакарима"),
	  S_INIT("Каток хотят убрать под стоянку. Предлагаем оставить его: другого места для детей зимой рядом нет."), S_INIT(""), S_INIT("") },
	{ ENDED, false, 60, 12, "r10_akimat", "transport", S_INIT("Ночной автобус до аэропорта"),
	  S_INIT("Последний автобус уходит в девять вечера, ночью только такси. Предлагаем один рейс в два часа ночи."), S_INIT(""), S_INIT("") },
	{ REACHED, true, 14, 300, "r10_akimat", "water", S_INIT("Ескі су құбырын ауыстыруды сұраймыз"),
	  S_INIT("Құбыр 1974 жылы салынған, әр апта сайын жарылады. Кезең-кезеңімен ауыстыруды ұсынамыз, алдымен мектептер мен ауруханалар."),
	  S_INIT("Просим заменить старый водопровод"),
	  S_INIT("Трубы 1974 года, их рвёт каждую неделю. Предлагаем менять по частям, сначала у школ и больниц.") },
	{ DECIDED, false, 50, 300, "r10_akimat", "yards", S_INIT("Детские площадки для детей на колясках"),
	  S_INIT("В городе нет ни одной площадки, куда заедет коляска. Предлагаем по одной в каждом микрорайоне."), S_INIT("Арбадағы балаларға ойын алаңы"),
	  S_INIT("Қалада арба кіретін бірде-бір алаң жоқ. Әр шағын ауданда біреуден болсын дейміз.") },
};

static enum rc person(struct ctx *c, int n, struct actor *ret)
{
	static const char *const names[] = { "Айгүл Серікова", "Ерлан Беков", "Ольга Ким", "Данияр Омаров", "Марат Әлиев", "Жанна Петрова" };
	int64_t id;

	TRY(account_by_identity(c, str_fmt(c->arena, "demo%08d", n), str_of(names[(size_t)n % ARRAY_LEN(names)]), n % 2 ? LANG_KK : LANG_RU, &id));
	*ret = (struct actor){ .account = id, .roles = CITIZEN };
	return RC_OK;
}

static enum rc count(struct ctx *c)
{
	c->now = when_add(c->now, 5 * WHEN_SECOND);
	TRY(petition_fold(c, S("")));
	return petition_tick(c, S(""));
}

/* Over the days since it was filed; two thirds of the way a hundred come within an hour, so that the chart has something to mark. */
static enum rc sign(struct ctx *c, struct demo *d, struct petition_id id, struct str link, const struct petition_made *m)
{
	int burst = m->signers > 250 ? m->signers * 2 / 3 : m->signers;
	int64_t slow = m->signers > 250 ? m->signers - 160 : m->signers, step = (int64_t)m->days_ago * WHEN_DAY * 9 / 10 / (slow + 1);

	for (int i = 0; i < m->signers; i++) {
		struct actor who;
		const struct place *place = &c->app->pack->places[rng_below(&d->rng, c->app->pack->n_places)];
		struct petition_signing s = { .place = place->id, .hidden = rng_below(&d->rng, 8) == 0, .wants_mail = rng_below(&d->rng, 3) == 0, .link = link,
					      .mail = rng_below(&d->rng, 2) ? str_fmt(c->arena, "signer%d@example.kz", i) : S(""), .net = S("00000000000000000000ffffc0000200"),
					      .lang = rng_below(&d->rng, 2) ? S("kk") : S("ru") };

		TRY(person(c, i, &who));
		TRY(petition_sign(c, &who, id, &s));
		if (i == 60) /* the supporters are there: counted, it opens */
			TRY(count(c));
		c->now = when_add(c->now, i < 60 ? 20 * WHEN_SECOND : i >= burst && i < burst + 100 ? 30 * WHEN_SECOND : step);
	}
	return count(c);
}

/* What the decision promises, with dates: the page of the petition follows it. */
static enum rc promise(struct ctx *c, const struct actor *head, const struct petition_row *p, struct when now)
{
	static const struct { struct str title, post; int days; } promises[] = {
		{ S_INIT("Четыре площадки с пологим въездом"), S_INIT("Управление строительства"), 180 },
		{ S_INIT("По площадке в каждом микрорайоне"), S_INIT("Управление строительства"), 280 },
	};

	for (size_t i = 0; i < ARRAY_LEN(promises); i++) {
		struct measure_new m = { .body = p->body_id, .lang = p->lang, .title = promises[i].title, .topic = p->topic, .post = promises[i].post,
					 .due = { when_day(now).v + promises[i].days }, .origin = "petition", .origin_id = p->id.v };
		struct measure_id id;

		TRY(plan_add(c, head, &m, &id));
	}
	return RC_OK;
}

static enum rc decide(struct ctx *c, struct petition_id id, struct when now)
{
	struct petition_row p;
	struct petition_review r = { .group = S("Заместитель акима, управление строительства, два родителя, представитель автора."), .discuss = { INT32_MIN } };

	TRY(petition_by_id(c->db, id, &p));
	struct actor head = { .account = 1, .body = p.body_id, .roles = BIT(ROLE_HEAD) };

	c->now = when_add(c->now, 3 * WHEN_DAY);
	TRY(petition_say(c, &head, id, &r));
	c->now = when_add(c->now, 5 * WHEN_DAY);
	r.discuss = when_day(c->now);
	r.discuss_where = S("18:00, школа № 3");
	r.discussion = S("Обсуждение прошло в школе № 3, пришли 140 человек. Родители показали на карте, где площадки нужнее всего.");
	TRY(petition_say(c, &head, id, &r));
	c->now = when_add(c->now, 6 * WHEN_DAY);
	r.decision = S("В каждом микрорайоне к 1 сентября будет площадка с пологим въездом: первые четыре до 1 июня, список на этой странице.");
	TRY(petition_say(c, &head, id, &r));
	c->now = when_add(c->now, WHEN_DAY);
	r.report = S("Аким сообщил о решении в эфире областного телевидения.");
	if (c->now.us > now.us)
		c->now = now;
	TRY(petition_say(c, &head, id, &r));
	return promise(c, &head, &p, now);
}

static enum rc finish(struct ctx *c, struct petition_id id, enum how how, struct when now)
{
	struct petition_row p;
	int64_t changed;

	TRY(petition_by_id(c->db, id, &p));
	/* a demonstration has no six thousand people: the rest of the count is set */
	TRY(petition_add(c->db, id, p.threshold - p.signatures + 17, c->now, &changed));
	c->now = how == DECIDED ? when_add(now, -30 * WHEN_DAY) : when_add(now, -6 * WHEN_DAY);
	TRY(petition_tick(c, S("")));
	TRY(petition_by_id(c->db, id, &p));
	c->now = when_add(p.register_due_at, WHEN_SECOND);
	TRY(petition_tick(c, S("")));
	return how == DECIDED ? decide(c, id, now) : RC_OK;
}

/* What the moderators said; accepted where nothing is. original: the first petition of the list. */
static struct petition_ruling ruling(enum how how, int64_t original)
{
	switch (how) {
	case REFUSED:
		return (struct petition_ruling){ .ground = S("petition_excluded"), .excluded = S("languages"),
						 .words = S("Статус языков входит в список того, о чём петиция быть не может.") };
	case CONTESTED:
		return (struct petition_ruling){ .ground = S("petition_no_demand"), .words = S("Не сказано, какую дорогу и что с ней сделать.") };
	case HIDDEN:
		return (struct petition_ruling){ .ground = S("petition_insult"), .words = S("Оскорбления и адрес частного лица.") };
	case COPY:
		return (struct petition_ruling){ .ground = S("petition_duplicate"), .words = S("О пешеходной дорожке на этом мосту уже собирают подписи."), .original = original };
	case WAITS:
	case LATE:
	case SUPPORTED:
	case OPEN:
	case ENDED:
	case STOPPED:
	case REACHED:
	case DECIDED:
		break;
	}
	return (struct petition_ruling){ .ground = S("") };
}

static enum rc one(struct ctx *c, struct demo *d, size_t i, int64_t *original)
{
	const struct petition_made *m = &petitions[i];
	const struct body *to = pack_body_by_code(c->app->pack, str_of(m->body)), *by = c->app->pack->petition_body;
	struct actor author, mod = demo_official(d, by ? by->id : 0, ROLE_MODERATOR);
	struct petition_words w = { .body = to ? to->id : 0, .topic = str_of(m->topic), .lang = m->kk ? S("kk") : S("ru"), .title = m->title, .text = m->text,
				    .title_other = m->title_other, .text_other = m->text_other, .mail = str_fmt(c->arena, "author%zu@example.kz", i), .read_excluded = true };
	struct petition_ruling r = ruling(m->how, *original);
	struct when now = c->now;
	struct petition_id id;
	struct str link;

	c->now = when_add(now, -m->days_ago * WHEN_DAY);
	TRY(person(c, 1000 + (int)i, &author));
	TRY(petition_file(c, &author, &w, &id, &link));
	if (m->how != WAITS && m->how != LATE)
		TRY(petition_moderate(c, &mod, id, &r));
	TRY(sign(c, d, id, link, m));
	if (m->how == CONTESTED)
		TRY(petition_contest(c, &author, id, S("Сказано: дорога в аул. Прошу посмотреть ещё раз.")));
	if (m->how == STOPPED)
		TRY(petition_stop(c, &mod, id, S("petition_done"), S("Акимат отказался от стоянки, каток остаётся.")));
	if (i == 0)
		*original = id.v;
	if (m->how >= REACHED)
		TRY(finish(c, id, m->how, now));
	c->now = now;
	return petition_tick(c, S(""));
}

/* On the first petition: a sheet of paper, and a burst from one network that was taken out. */
static enum rc staff_work(struct ctx *c, struct petition_id id)
{
	struct actor who = { .account = 1, .body = petition_moderating_body(c), .roles = BIT(ROLE_MODERATOR) | BIT(ROLE_OPERATOR) };
	struct petition_sheet_new sheet = { .sheet = S("1"), .reason = S("В ауле Караауыл нет интернета, подписи собраны на сходе."), .counted = 3,
					    .lines = S("900101388000 Бекзат Ахметов\n900101388010 Гүлнар Сейітова\n900101388020 Иван Петренко\n"), .place = c->app->pack->places[0].id };
	struct petition_signing bought = { .place = c->app->pack->places[0].id, .net = S("00000000000000000000ffffcb007100"), .lang = S("ru") };
	struct petition_invalidating out = { .cidr = S("203.0.113.0/24"), .reason = S("120 подписей из одной сети за полчаса, имена чужие.") };
	struct petition_invalidation_id job;
	struct stored_file scan;
	struct paper_row paper;
	int64_t found;

	for (int i = 0; i < 120; i++) {
		struct actor signer;

		TRY(person(c, 5000 + i, &signer));
		TRY(petition_sign(c, &signer, id, &bought));
	}
	TRY(count(c));
	TRY(petition_invalidate(c, &who, id, &out, &job));
	struct str payload = str_i64(c->arena, job.v);

	TRY(petition_invalidation_count(c, job, &found));
	TRY(petition_invalidation_found(c, str_fmt(c->arena, "%lld %lld", (long long)job.v, (long long)found)));
	TRY(petition_invalidate_start(c, &who, job));
	TRY(petition_invalidation_step(c, payload));
	TRY(petition_invalidation_step(c, payload));
	if (!petition_signs_by(c->app->pack, "paper"))
		return RC_OK;
	TRY(file_store(c, &(struct http_file){ .file_name = S("sheet.pdf"), .bytes = S(EMPTY_PAGE) }, &scan));
	sheet.scan_sha256 = scan.sha256;
	sheet.scan_type = scan.type;
	return petition_paper(c, &who, id, &sheet, &paper);
}

static enum rc all(struct db *db, void *arg)
{
	struct demo *d = arg;
	struct ctx c = app_ctx(d->app, d->arena, db);

	int64_t original = 0;

	for (size_t i = 0; i < ARRAY_LEN(petitions); i++)
		TRY(one(&c, d, i, &original));
	TRY(staff_work(&c, (struct petition_id){ original }));
	return RC_OK;
}

enum rc demo_petitions(struct demo *d)
{
	return db_write(d->app->db, d->arena, all, d);
}
