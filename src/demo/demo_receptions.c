/* demo_receptions.c: a year of receptions in every region by the real operations: schedules, bookings, visits, promises, and a centre that is open today. */
#include "app/app.h"
#include "appeal/answer.h"
#include "demo/demo.h"
#include "gen/demo_sql.h"
#include "reception/reception_visit.h"
#include "standard/calendar.h"

#define FULL_FROM 500   /* appeals: smaller demonstrations get one region and three months */
#define MONTHS_BACK 11
#define SETTLE_DAYS 4   /* working days until an answer that was not given at once */

/* Invented names; any likeness is chance. */
static const char *const first_names[] = { "Нұрлан", "Сәуле", "Ерлан", "Гүлнәр", "Арман", "Дина", "Тимур", "Мәдина", "Қанат", "Жанар", "Бауыржан", "Ольга" };
static const char *const last_names[] = { "Ахметов", "Қасымова", "Беков", "Иванова", "Төлеуов", "Омарова", "Жақыпов", "Садықова", "Сейітов", "Мұратова", "Оспанов", "Ким" };

static const struct { const char *kind; struct str kk, ru, en, matters; int64_t weekday, weeks, from, to, step; bool video; } posts[] = {
	{ "head", S_INIT("Әкім"), S_INIT("Аким"), S_INIT("Akim"), S_INIT(""), 1, 1, 900, 1020, 20, false },
	{ "deputy", S_INIT("Әкім орынбасары (әлеуметтік сала)"), S_INIT("Заместитель акима (социальная сфера)"), S_INIT("Deputy akim (social affairs)"), S_INIT("денсаулық, мектеп, жәрдемақы"), 2, 2, 900, 1020, 20, false },
	{ "deputy", S_INIT("Әкім орынбасары (құрылыс және жолдар)"), S_INIT("Заместитель акима (стройка и дороги)"), S_INIT("Deputy akim (construction and roads)"), S_INIT("жол, су, жылу"), 3, 4, 900, 1020, 20, true },
	{ "lawyer", S_INIT("Қабылдау орталығының заңгері"), S_INIT("Юрист центра приёма"), S_INIT("Lawyer of the centre"), S_INIT(""), 4, 5, 600, 720, 30, false },
	{ "mediator", S_INIT("Медиатор"), S_INIT("Медиатор"), S_INIT("Mediator"), S_INIT(""), 5, 8, 600, 720, 30, false },
};

static const struct { struct str kk, ru, topic, kk_said, ru_said, kk_promise, ru_promise; } matters[] = {
	{ S_INIT("Ауылға апаратын жолды көктемде су шайып кетті, мектеп автобусы тоқтап тұр. Жолды қашан жөндейді?"),
	  S_INIT("Дорогу к аулу весной размыло, школьный автобус встал. Когда её починят?"), S_INIT("roads"),
	  S_INIT("Сіз ауылға апаратын жол туралы сұрадыңыз. Жол бөлімі шұңқырларды осы аптада қиыршық таспен толтырады, жұмысты бөлім басшысы қабылдайды."),
	  S_INIT("Вы спросили о дороге к аулу. Дорожный отдел засыплет промоины щебнем на этой неделе, работу примет начальник отдела."),
	  S_INIT("Жолға қиыршық тас төгіледі"), S_INIT("Дорогу засыплют щебнем") },
	{ S_INIT("Үйде екі аптадан бері жылу жоқ, батареялар суық, бала ауырып қалды. Жылуды қосуды сұраймын."),
	  S_INIT("Две недели в доме нет тепла, батареи холодные, заболел ребёнок. Прошу дать тепло."), S_INIT("heating"),
	  S_INIT("Сіз үйдегі жылу туралы айттыңыз. Апат бригадасы бүгін кешке дейін келіп, құбырды тексереді де, жылуды қосады."),
	  S_INIT("Вы сказали, что в доме нет тепла. Аварийная бригада приедет сегодня до вечера, проверит стояк и даст тепло."),
	  S_INIT("Жылу қосылады"), S_INIT("Тепло дадут") },
	{ S_INIT("Балабақшаға кезекте үш жыл тұрмыз, орын берілмеді. Жақын маңдағы балабақшадан орын беруді сұраймын."),
	  S_INIT("Три года стоим в очереди в детский сад, места не дали. Прошу место в саду рядом с домом."), S_INIT("kindergarten"),
	  S_INIT("Сіз балабақшадағы орын туралы сұрадыңыз. Екінші балабақшада бес орын босады, жолдаманы білім бөлімі ертең береді."),
	  S_INIT("Вы спросили о месте в детском саду. Во втором саду освободилось пять мест, направление отдел образования выдаст завтра."),
	  S_INIT("Балабақшаға жолдама беріледі"), S_INIT("Выдадут направление в сад") },
	{ S_INIT("Аялдамада жарық жоқ, кешке қауіпті. Шам орнатуды сұраймын."), S_INIT("На остановке нет света, вечером опасно. Прошу поставить фонарь."), S_INIT("lighting"),
	  S_INIT("Сіз аялдамадағы жарық туралы сұрадыңыз. Электрик шамды осы аптада орнатады, оны қала бөлімі тексереді."),
	  S_INIT("Вы спросили о свете на остановке. Электрик поставит фонарь на этой неделе, проверит городской отдел."),
	  S_INIT("Аялдамаға шам орнатылады"), S_INIT("На остановке поставят фонарь") },
};

struct tale {
	struct demo *d;
	struct ctx c;
	const struct body *body;
	struct actor clerk;  /* plans, serves and speaks for the body */
	struct reception_centre_id centre;
	struct reception_head_id heads[ARRAY_LEN(posts)];
	struct when real;    /* the wall clock */
};

static uint64_t chance(struct tale *t, uint64_t n)
{
	return rng_below(&t->d->rng, n);
}

static struct str name_of(struct tale *t)
{
	return str_fmt(t->c.arena, "%s %s", first_names[chance(t, ARRAY_LEN(first_names))], last_names[chance(t, ARRAY_LEN(last_names))]);
}

/* ---- who receives, where and when ---- */

static enum rc set_up(struct tale *t, struct day since)
{
	const struct name3 *n = &t->body->name;
	struct reception_centre_new centre = { .body = t->body->id, .place = t->body->place ? t->body->place->id : 0, .kind = S("centre"), .counters = 4,
					       .name_kk = str_fmt(t->c.arena, "Азаматтарды қабылдау орталығы: %.*s", STR_FMT(n->v[LANG_KK])),
					       .name_ru = str_fmt(t->c.arena, "Центр приёма граждан: %.*s", STR_FMT(n->v[LANG_RU])),
					       .name_en = str_fmt(t->c.arena, "Reception centre: %.*s", STR_FMT(n->v[LANG_EN])), .address = S("Абай көшесі, 1") };

	TRY(reception_centre_add(&t->c, &t->clerk, &centre, &t->centre));
	for (size_t i = 0; i < ARRAY_LEN(posts); i++) {
		struct reception_head_new h = { .body = t->body->id, .kind = str_of(posts[i].kind), .name = name_of(t), .post_kk = posts[i].kk, .post_ru = posts[i].ru,
						.post_en = posts[i].en, .matters = posts[i].matters };
		struct reception_hours_new hours = { .centre = t->centre, .weekday = posts[i].weekday, .weeks = posts[i].weeks, .from_min = posts[i].from, .to_min = posts[i].to,
						     .slot_min = posts[i].step, .kind = posts[i].video ? S("video") : S("person"), .from_on = since,
						     .link = posts[i].video ? str_fmt(t->c.arena, "https://video.example.kz/%.*s", STR_FMT(t->body->code)) : S("") };

		TRY(reception_head_add(&t->c, &t->clerk, &h, &t->heads[i]));
		hours.head = t->heads[i];
		TRY(reception_hours_add(&t->c, &t->clerk, &hours));
	}
	return RC_OK;
}

/* A holiday may fall on somebody's only day: then an extra one is planned before the month is published. */
static enum rc publish(struct tale *t, struct day month)
{
	int64_t n;

	TRY(reception_month_plan(&t->c, &t->clerk, t->body->id, month, &n));
	enum rc rc = reception_month_open(&t->c, &t->clerk, t->body->id, month);

	for (size_t i = 0; rc == RC_INVALID && i < 3; i++) {
		struct day d = calendar_next_working(t->c.app->pack, (struct day){ month.v + 20 + (int32_t)i });
		struct reception_day_new extra = { .head = t->heads[i], .centre = t->centre, .on = d, .from_min = 960, .to_min = 1020, .slot_min = 20, .kind = S("person") };
		struct reception_day_id id;

		rc_ignore(reception_day_add(&t->c, &t->clerk, &extra, &id));
		rc = reception_month_open(&t->c, &t->clerk, t->body->id, month);
	}
	return rc;
}

/* ---- a visit ---- */

static enum rc told_person(struct tale *t, struct reception_visit_id visit, bool kk, size_t m)
{
	struct reception_visit_row v;
	struct reception_words w = { .asked = kk ? matters[m].kk : matters[m].ru, .said = kk ? matters[m].kk_said : matters[m].ru_said };

	TRY(reception_visit_open(&t->c, &t->clerk, visit, &v));
	struct reception_visitor p = { .name = v.name.n ? v.name : name_of(t), .phone = S("+77010000000"), .lang = kk ? LANG_KK : LANG_RU };

	TRY(reception_visit_person(&t->c, &t->clerk, visit, &p));
	if (chance(t, 4) == 0) {
		w.promised = kk ? matters[m].kk_promise : matters[m].ru_promise;
		w.promise_on = calendar_add_working(t->c.app->pack, when_day(t->c.now), 5 + (int)chance(t, 15));
	}
	return reception_visit_write(&t->c, &t->clerk, visit, &w);
}

/* The person's own words come first: without them the check would rightly call the answer a copy. */
static struct str answer_of(struct tale *t, bool kk, size_t m)
{
	struct str asked = kk ? matters[m].kk : matters[m].ru, said = kk ? matters[m].kk_said : matters[m].ru_said;

	return str_fmt(t->c.arena, kk ? "Сіз айттыңыз: «%.*s» %.*s" : "Вы сказали: «%.*s» %.*s", STR_FMT(asked), STR_FMT(said));
}

/* Settled at once, or registered and answered some days later, as far as that has come. */
static enum rc oral(struct tale *t, struct reception_visit_id visit, bool kk, size_t m, bool at_once)
{
	struct reception_protocol p = { .body = t->body->id, .place = t->body->place ? t->body->place->id : 0, .topic = matters[m].topic, .kind = S("message"),
					.text = kk ? matters[m].kk : matters[m].ru, .answer = at_once ? answer_of(t, kk, m) : S("") };
	struct reception_act_id act;
	struct reception_act_row a;
	struct when begun = t->c.now;

	TRY(reception_protocol_write(&t->c, &t->clerk, visit, (struct reception_act_id){ 0 }, &p, &act));
	TRY(reception_protocol_read(&t->c, &t->clerk, act));
	TRY(reception_protocol_file(&t->c, &t->clerk, act, chance(t, 2) ? S("signed") : S("said")));
	if (at_once)
		return RC_OK;
	t->c.now = when_of_day(calendar_add_working(t->c.app->pack, when_day(begun), SETTLE_DAYS), 11, (int)chance(t, 60));
	if (t->c.now.us < t->real.us) {
		TRY(reception_act_by_id(t->c.db, act, &a));
		TRY(answer_on_the_spot(&t->c, &t->clerk, (struct appeal_id){ a.appeal_id }, answer_of(t, kk, m)));
	}
	t->c.now = begun;
	return RC_OK;
}

static enum rc kept(struct tale *t, struct reception_visit_id visit, bool kk)
{
	struct reception_visit_row v;
	struct when begun = t->c.now;

	TRY(reception_visit_open(&t->c, &t->clerk, visit, &v));
	if (!v.promise_on.v || chance(t, 8) == 0)
		return RC_OK;
	t->c.now = when_of_day((struct day){ v.promise_on.v - (int32_t)chance(t, 3) }, 12, 0);
	if (t->c.now.us < t->real.us && t->c.now.us > begun.us)
		TRY(reception_promise_kept(&t->c, &t->clerk, visit, kk ? S("Орындалды, келген адамға хабарланды.") : S("Выполнено, человеку сообщили.")));
	t->c.now = begun;
	return RC_OK;
}

static enum rc visited(struct tale *t, struct reception_visit_id visit)
{
	bool kk = chance(t, 2) == 0;
	size_t m = chance(t, ARRAY_LEN(matters));
	uint64_t how = chance(t, 10);

	TRY(told_person(t, visit, kk, m));
	if (how < 3)
		TRY(oral(t, visit, kk, m, how > 0));
	else if (how < 5)
		TRY(reception_advise(&t->c, &t->clerk, visit, how == 3 ? S("lawyer") : S("advice"), t->body->id, kk ? S("Құжаттар тізімі мен келесі қадам түсіндірілді.")
														    : S("Объяснили список документов и следующий шаг.")));
	t->c.now = when_add(t->c.now, (int64_t)(5 + chance(t, 10)) * WHEN_MINUTE);
	TRY(reception_visit_end(&t->c, &t->clerk, visit));
	return kept(t, visit, kk);
}

/* ---- a day ---- */

static enum rc book(struct tale *t, const struct reception_slot_row *s, struct reception_booking_row *ret)
{
	struct reception_person p = { .name = name_of(t), .phone = S("+77010000000"), .lang = chance(t, 2) ? LANG_KK : LANG_RU };
	size_t m = chance(t, ARRAY_LEN(matters));

	p.matter = p.lang == LANG_KK ? matters[m].kk : matters[m].ru;
	/* phones repeat here, people do not: each is one of their own by name */
	p.name = str_fmt(t->c.arena, "%.*s %c.", STR_FMT(p.name), (int)('A' + chance(t, 26)));
	enum rc rc = reception_book_for(&t->c, &t->clerk, s->id, &p, ret);

	return rc == RC_INVALID ? RC_NOT_FOUND : rc; /* this name holds enough bookings */
}

static enum rc one_slot(struct tale *t, const struct reception_slot_row *s, struct when asked)
{
	struct reception_booking_row b;
	struct reception_ticket_row ticket;
	struct reception_visit_id visit;
	bool past = s->starts_at.us < t->real.us;

	if (chance(t, 10) >= 7)
		return RC_OK;
	t->c.now = asked;
	enum rc rc = book(t, s, &b);

	if (rc == RC_NOT_FOUND)
		return RC_OK;
	TRY(rc);
	if (!past || chance(t, 12) == 0)
		return chance(t, 9) == 0 ? reception_cancel(&t->c, &t->clerk, &b) : RC_OK;
	t->c.now = when_add(s->starts_at, -(int64_t)chance(t, 20) * WHEN_MINUTE);
	TRY(reception_check_in(&t->c, &t->clerk, &b, &ticket));
	t->c.now = when_add(s->starts_at, (int64_t)chance(t, chance(t, 5) ? 12 : 40) * WHEN_MINUTE);
	TRY(reception_visit_of_booking(&t->c, &t->clerk, &b, &visit));
	return visited(t, visit);
}

static enum rc one_day(struct tale *t, const struct reception_day_row *d, struct when asked)
{
	struct reception_slot_row_list slots;

	TRY(reception_slots_of(t->c.db, d->id, &slots));
	for (size_t i = 0; i < slots.n; i++)
		TRY(one_slot(t, &slots.v[i], asked));
	t->c.now = reception_minute(d->held_on, 1080);
	if (t->c.now.us < t->real.us && chance(t, 15))
		return reception_day_hold(&t->c, &t->clerk, d->id);
	return RC_OK;
}

static enum rc month(struct tale *t, struct day first)
{
	struct reception_day_row_list days;
	struct when published = when_of_day((struct day){ first.v - 8 }, 11, 0);

	t->c.now = published.us < t->real.us ? published : t->real;
	TRY(publish(t, first));
	TRY(reception_days_planned(t->c.db, t->body->id, first, reception_month_last(first), &days));
	for (size_t i = 0; i < days.n; i++)
		TRY(one_day(t, &days.v[i], when_add(published.us < t->real.us ? published : t->real, WHEN_HOUR)));
	return RC_OK;
}

/* Today the centre is open: some are booked, some wait with tickets, two are called. */
static enum rc open_today(struct tale *t)
{
	struct day today = when_day(t->real);
	struct reception_day_new n = { .head = t->heads[1], .centre = t->centre, .on = today, .from_min = 480, .to_min = 1410, .slot_min = 30, .kind = S("person") };
	struct reception_day_id id;
	struct reception_slot_row_list slots;
	struct reception_booking_row b;
	struct reception_ticket_row ticket;

	t->c.now = when_of_day(today, 0, 1);
	enum rc rc = reception_day_add(&t->c, &t->clerk, &n, &id);

	if (rc == RC_DUPLICATE)
		return RC_OK;
	TRY(rc);
	TRY(reception_slots_of(t->c.db, id, &slots));
	for (size_t i = 0; i < slots.n; i++)
		if (chance(t, 2)) {
			rc = book(t, &slots.v[i], &b);
			if (rc != RC_NOT_FOUND)
				TRY(rc);
		}
	t->c.now = t->real;
	for (size_t i = 0; i < 6; i++)
		TRY(reception_walk_in(&t->c, &t->clerk, t->centre, 0, &ticket));
	TRY(reception_call_next(&t->c, &t->clerk, t->centre, 0, 1, &ticket));
	return reception_call_next(&t->c, &t->clerk, t->centre, 0, 2, &ticket);
}

static enum rc region(struct tale *t, int months)
{
	struct day first = reception_month_of_day(when_day(t->real));
	struct day since = day_add_months(first, -months);

	t->c.now = when_of_day((struct day){ since.v - 12 }, 10, 0);
	TRY(set_up(t, since));
	for (int i = -months; i <= 1; i++)
		TRY(month(t, day_add_months(first, i)));
	return open_today(t);
}

struct one_region {
	struct demo *d;
	const struct body *body;
	struct when real;
	int months;
};

static int64_t official_of(const struct demo *d, int64_t body)
{
	for (size_t i = 0; i < d->n_people; i++)
		if (d->people[i].body == body)
			return d->people[i].account;
	return d->people[0].account;
}

static enum rc fill(struct db *db, void *arg)
{
	struct one_region *r = arg;
	unsigned roles = BIT(ROLE_HEAD) | BIT(ROLE_REGISTRAR) | BIT(ROLE_OPERATOR) | BIT(ROLE_EXECUTOR);
	struct tale t = { .d = r->d, .c = app_ctx(r->d->app, db_arena(db), db), .body = r->body, .real = r->real };
	int64_t changed;

	t.clerk = (struct actor){ .account = official_of(r->d, r->body->id), .body = r->body->id, .roles = roles };
	TRY(region(&t, r->months));
	return demo_forget_letters(db, &changed);
}

enum rc demo_receptions(struct demo *d)
{
	const struct pack *p = d->app->pack;
	bool full = d->appeals >= FULL_FROM;

	for (size_t i = 0; i < p->n_bodies; i++) {
		struct arena a CLEANUP(arena_end) = { 0 }; /* of the whole transaction: what is told after the commit lives in it */
		struct one_region r = { d, &p->bodies[i], when_now(), full ? MONTHS_BACK : 1 };

		if (!str_eq(p->bodies[i].kind, S("region_akimat")))
			continue;
		TRY(db_write(d->app->db, &a, fill, &r));
		if (!full)
			break;
	}
	return RC_OK;
}
