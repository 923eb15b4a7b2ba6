/* demo_press.c: journalists, briefings, questions in every state with one answer under embargo, releases; by the real operations. */
#include "demo/demo.h"

#include "account/account.h"
#include "answer/reading.h"
#include "app/app.h"
#include "appeal/answer.h"
#include "appeal/appeal_do.h"
#include "press/press.h"
#include "standard/pack.h"

#define REGIONS 20

static const struct { const char *name, *medium; } journalists[DEMO_JOURNALISTS] = {
	{ "Әсел Жүнісова", "Дала үні" }, { "Тимур Вайс", "Степной вестник" }, { "Мадина Қасым", "Ертіс медиа" },
};

enum how { ASKED, ANSWERED, EMBARGOED, PUBLIC, WITHHELD };
/* The public ones stand first: a region has one of them, neighbours have different ones. */
#define PUBLIC_N 9
static const struct { enum how how; bool kk; const char *topic; struct str title, text, answer; } questions[] = {
	{ PUBLIC, false, "roads", S_INIT("Когда откроют мост через реку"), S_INIT("Мост закрыт с марта. Когда его откроют и кто отвечает за срыв срока?"),
	  S_INIT("Мост откроют первого декабря. Подрядчик заплатил неустойку 14 миллионов тенге, они уже в бюджете.") },
	{ PUBLIC, true, "water", S_INIT("Су неге сарғайып ағады"), S_INIT("Шығыс шағын ауданда су сарғайып ағады. Зертхана не көрсетті?"),
	  S_INIT("Су темірге бай, бірақ зиянсыз: 14 сынаманың бәрі қалыпты. Сүзгі станциясы көктемде ауыстырылады.") },
	{ PUBLIC, false, "heating", S_INIT("Почему отопление включили на неделю позже"), S_INIT("Дома без тепла с десятого октября. Почему пуск сдвинули и кто за это ответил?"),
	  S_INIT("На насосной вышел из строя двигатель, замену везли девять дней. Жителям пересчитали плату за эти дни, запасной двигатель теперь стоит на складе.") },
	{ PUBLIC, true, "transport", S_INIT("Мектепке автобус неге жүрмейді"), S_INIT("Шеткі екі ауылдан балалар мектепке жаяу барады. Автобус қашан болады?"),
	  S_INIT("Автобус 5 желтоқсаннан күніне екі рет жүреді. Тасымалдаушымен шарт жасалды, кесте ауыл әкімдігінде ілулі тұр.") },
	{ PUBLIC, false, "housing_queue", S_INIT("Сколько семей получили жильё в этом году"), S_INIT("Сколько семей из очереди получили квартиры с января и сколько ещё ждут?"),
	  S_INIT("С января ключи получили 412 семей, в очереди остаются 6 380. До конца года сдадут ещё два дома на 144 квартиры.") },
	{ PUBLIC, true, "health", S_INIT("Ауруханада балалар дәрігері қашан болады"), S_INIT("Аудан ауруханасында балалар дәрігері жарты жыл жоқ. Балаларды қайда апарамыз?"),
	  S_INIT("Дәрігер 1 желтоқсаннан жұмысқа шығады, оған пәтер берілді. Оған дейін сәрсенбі сайын облыстан дәрігер келеді.") },
	{ PUBLIC, false, "waste", S_INIT("Когда закроют свалку у посёлка"), S_INIT("Свалка горит второе лето. Когда её закроют и куда повезут мусор?"),
	  S_INIT("Свалку закроют до мая: полигон в двадцати километрах строят, готово больше половины. До этого свалку засыпают и охраняют.") },
	{ PUBLIC, true, "land", S_INIT("Жайылым жері кімге берілді"), S_INIT("Ауыл маңындағы жайылым кімге және қандай мерзімге жалға берілді?"),
	  S_INIT("1 200 гектар үш шаруа қожалығына бес жылға берілді, тізім мен карта ашық. Ауыл малына 400 гектар қалдырылды.") },
	{ PUBLIC, false, "yards", S_INIT("Почему двор ремонтируют третий месяц"), S_INIT("Двор раскопали в августе, детям негде гулять. Когда закончат работу?"),
	  S_INIT("Двор сдадут десятого декабря. Подрядчик опоздал на сорок дней, неустойку удержали из оплаты.") },
	{ EMBARGOED, false, "education", S_INIT("Сколько школ примут детей в одну смену"), S_INIT("Сколько школ региона с января перейдут на одну смену и какие?"),
	  S_INIT("Шесть школ перейдут с 11 января: список утвердят на сессии маслихата, до неё просим не публиковать.") },
	{ ANSWERED, true, "ecology", S_INIT("Ауаны кім өлшейді"), S_INIT("Қалада неше датчик бар, деректері қайда ашық тұр?"), S_INIT("Жиырма төрт датчик бар, деректер сағат сайын ашық картада жаңарады.") },
	{ WITHHELD, false, "health", S_INIT("Что с пациентами третьей палаты"), S_INIT("Назовите имена и диагнозы пациентов, которых перевели в областную больницу."), S_INIT("Все шесть пациентов стабильны, трое вернутся домой 2 декабря. Имена и диагнозы мы не называем: это личное дело людей.") },
	{ ASKED, true, "transport", S_INIT("Жол ақысы неге қымбаттады"), S_INIT("Жол ақысы бір айда екі рет өсті. Есебі қандай?"), S_INIT("") },
};

static enum rc journalist(struct ctx *c, size_t i, struct actor *ret)
{
	int64_t id;

	TRY(account_by_mail(c, str_fmt(c->arena, "journalist%zu@demo.kz", i + 1), i % 2 ? LANG_RU : LANG_KK, &id));
	*ret = (struct actor){ .account = id, .roles = CITIZEN };
	return RC_OK;
}

static enum rc answer(struct ctx *c, const struct actor *officer, struct str number, size_t q)
{
	struct answer_text t = { .text = questions[q].answer, .decision = S("explained"), .lang = questions[q].kk ? S("kk") : S("ru"), .n_steps = 1 };
	struct appeal_registering r = { 0 };
	struct answer_whole a;
	struct appeal_case k;

	t.steps[0].text = questions[q].kk ? S("Келесі дерек осы бетте жарияланады.") : S("Следующие данные появятся на этой странице.");
	t.steps[0].due.v = when_day(c->now).v + 40;
	TRY(appeal_open(c, officer, number, S(""), true, &k));
	TRY(appeal_register(c, &k, &r));
	c->now = when_add(c->now, WHEN_DAY);
	TRY(appeal_take(c, &k));
	TRY(answer_draft_save(c, &k, &t, &a));
	enum rc rc = answer_submit(c, &k, &a);

	if (rc == RC_INVALID) { /* several akimats are asked the same: the controller says why alike answers are right */
		struct actor controller = { .account = officer->account, .body = officer->body, .roles = BIT(ROLE_CONTROLLER) };
		struct appeal_case seen;

		TRY(appeal_open(c, &controller, number, S(""), true, &seen));
		TRY(answer_let_pass(c, &seen, &a, FINDING_COPY, S("Тот же вопрос задан нескольким акиматам.")));
		rc = answer_submit(c, &k, &a);
	}
	TRY(rc);
	TRY(answer_approve(c, &k, &a, S("")));
	c->now = when_add(c->now, WHEN_DAY);
	return answer_sign(c, &k, &a);
}

static enum rc ask(struct ctx *c, const struct actor *who, const struct actor *officer, const struct body *b, size_t q, struct when now)
{
	struct press_asking a = { .body = b->id, .place = b->place->id, .topic = pack_topic(c->app->pack, str_of(questions[q].topic)) ? str_of(questions[q].topic) : c->app->pack->topic_other->code,
				  .lang = questions[q].kk ? S("kk") : S("ru"), .title = questions[q].title, .text = questions[q].text };
	struct press_words w = { .title = questions[q].title, .question = questions[q].text, .answer = questions[q].answer };
	enum how how = questions[q].how;
	struct press_question_id id;
	struct str number;

	c->now = when_add(now, -(how == PUBLIC ? 20 + (int64_t)q * 3 : how == ASKED ? 1 : 5) * WHEN_DAY);
	TRY(press_ask(c, who, &a, &id, &number));
	if (how == ASKED)
		return RC_OK;
	TRY(answer(c, officer, number, q));
	TRY(press_tick(c, S("")));
	if (how == WITHHELD)
		return press_withhold(c, officer, id, S("В ответе есть сведения о здоровье людей."));
	if (how == EMBARGOED)
		w.release = when_add(now, 3 * WHEN_DAY);
	return how == ANSWERED ? RC_OK : press_publish(c, officer, id, &w);
}

static enum rc briefings(struct ctx *c, struct demo *d, const struct actor *officer, size_t i, struct when now)
{
	struct briefing_words w = { .lang = S("kk"), .title = S("Тұрғындармен кездесудің қорытындысы"), .text = S("Не сұралды, не шешілді, не жоспарға кірді."), .place = S("Әкімдік, баспасөз залы"),
				    .link = S("https://example.kz/live") };
	struct briefing_id id;

	c->now = when_add(now, -(30 + (int64_t)rng_below(&d->rng, 60)) * WHEN_DAY);
	w.starts = when_add(c->now, 2 * WHEN_DAY);
	TRY(press_briefing_plan(c, officer, (struct briefing_id){ 0 }, &w, &id));
	c->now = when_add(w.starts, 3 * WHEN_HOUR);
	TRY(press_briefing_held(c, officer, id, S("Он екі журналист келді. Су, жол және мектеп туралы сұрақтар болды, жауаптар жазбада."), S("https://example.kz/video")));
	c->now = now;
	w.title = i % 2 ? S("Отопительный сезон: что готово") : S("Көктемгі су тасқыны: дайындық");
	w.lang = i % 2 ? S("ru") : S("kk");
	w.starts = when_of_day((struct day){ when_day(now).v + 2 + (int)(i % 9) }, 11, 0);
	w.accredited = i % 4 == 3;
	TRY(press_briefing_plan(c, officer, (struct briefing_id){ 0 }, &w, &id));
	return i % 7 == 6 ? press_briefing_cancel(c, officer, id, S("Спикер ауырып қалды, жаңа күні хабарланады.")) : RC_OK;
}

static enum rc releases(struct ctx *c, const struct actor *officer, size_t i, struct when now)
{
	struct release_words w = { .lang = i % 2 ? S("ru") : S("kk"), .title = i % 2 ? S("Движение по новой развязке откроют в субботу") : S("Жаңа мектеп 1 қыркүйекте ашылады"),
				   .text = i % 2 ? S("Развязку строили два года. Движение откроют в субботу в полдень, первый месяц по ней ездят с ограничением 60 километров в час.")
						 : S("Мектепте 1 200 орын бар. Құжат қабылдау осы аптада басталады, тізім сайтта ашық тұрады."), .link = S("https://example.kz/") };
	struct press_release_id id;

	c->now = now;
	if (i % 5 == 0)
		w.release = when_add(now, (1 + (int64_t)i) * WHEN_DAY);
	return press_write_release(c, officer, &w, &id);
}

/* What meetings of the last year left owed, most of it in time. */
static enum rc after_meetings(struct ctx *c, struct demo *d, const struct actor *officer, const struct body *b, struct when now)
{
	struct briefing_row_list l;

	TRY(briefing_of_body(c->db, b->id, (struct briefing_id){ INT64_MAX }, 100, &l));
	for (size_t i = 0; i < l.n; i++) {
		if (!str_eq(l.v[i].state, S("owed")) || rng_below(&d->rng, 8) == 0)
			continue;
		c->now = when_add(l.v[i].made_at, (rng_below(&d->rng, 6) ? 1 : 9) * WHEN_DAY);
		if (c->now.us < now.us)
			TRY(press_briefing_held(c, officer, l.v[i].id, S("Кездесуде не айтылғаны және қандай сұрақ жоспарға кіргені айтылды."), S("https://example.kz/video")));
	}
	c->now = now;
	return RC_OK;
}

static enum rc body(struct ctx *c, struct demo *d, const struct actor who[DEMO_JOURNALISTS], const struct body *b, size_t i)
{
	struct actor officer = demo_official(d, b->id, ROLE_PRESS);
	const struct when now = c->now;

	for (size_t k = 0; k < DEMO_JOURNALISTS; k++) {
		struct accreditation_words w = { .name = str_of(journalists[k].name), .medium = str_of(journalists[k].medium), .post = S("тілші"), .link = S("https://example.kz/") };
		struct accreditation_id id;

		c->now = when_add(now, -(k == 2 ? 2 : 120) * WHEN_DAY);
		TRY(press_apply(c, &who[k], b->id, &w, &id));
		c->now = when_add(c->now, WHEN_DAY);
		if (k < 2 || i > 3) /* the first bodies still have one to decide on */
			TRY(press_decide(c, &officer, id, k == 2 && i % 5 == 4 ? ACCREDIT_REFUSE : ACCREDIT_GRANT, k == 2 && i % 5 == 4 ? S("Көрсетілген бетте материал жоқ.") : S("")));
	}
	c->now = now;
	TRY(briefings(c, d, &officer, i, now));
	TRY(releases(c, &officer, i, now));
	TRY(after_meetings(c, d, &officer, b, now));
	for (size_t q = 0; q < ARRAY_LEN(questions); q++)
		if (questions[q].how == PUBLIC ? q == i % PUBLIC_N : i < 2 || q % 3 == i % 3)
			TRY(ask(c, &who[q % 2], &officer, b, q, now));
	c->now = now;
	return RC_OK;
}

static enum rc all(struct db *db, void *arg)
{
	struct demo *d = arg;
	struct ctx c = app_ctx(d->app, d->arena, db);
	const struct pack *p = d->app->pack;
	struct actor who[DEMO_JOURNALISTS];
	size_t n = 0;

	for (size_t i = 0; i < DEMO_JOURNALISTS; i++)
		TRY(journalist(&c, i, &who[i]));
	for (size_t i = 0; i < p->n_bodies && n < REGIONS; i++)
		if (str_eq(p->bodies[i].kind, S("region_akimat")) && p->bodies[i].place && !p->bodies[i].place->up)
			TRY(body(&c, d, who, &p->bodies[i], n++));
	return RC_OK;
}

enum rc demo_press(struct demo *d)
{
	return db_write(d->app->db, d->arena, all, d);
}
