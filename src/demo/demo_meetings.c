/* demo_meetings.c: a year of meetings in every region, by the real operations with the clock moved: held, owed, late, one going on now, some ahead. */
#include "app/app.h"
#include "demo/demo.h"
#include "gen/demo_sql.h"
#include "meeting/meeting.h"
#include "standard/calendar.h"
#include "standard/meeting_rules.h"

#define HELD_PER 25  /* one with questions for so many appeals of the demonstration */
#define LIGHT_PER 14 /* and one of a district head, of which little is told */
#define HELD_MAX 160
#define GUESTS 9

/* What is asked and answered; {day} is a day after the meeting. */
static const struct { bool kk; const char *topic; struct str ask, answer; } talks[] = {
	{ true, "roads", S_INIT("Ауылға кіреберіс жол қашан жөнделеді?"), S_INIT("Кіреберіс жол {day} дейін жөнделеді. Мердігер таңдалды, ақша бөлінді.") },
	{ false, "water", S_INIT("Почему вечером нет воды и когда заменят насос?"), S_INIT("До {day} насос заменят. Новый уже куплен, работу сделает водоканал.") },
	{ true, "kindergarten", S_INIT("Балабақшаға кезек неге жылжымайды?"), S_INIT("Жаңа топ {day} ашылады, отыз бала қабылданады. Кезек тізімін сайттан көресіз.") },
	{ false, "transport", S_INIT("Будет ли автобус до районного центра по выходным?"), S_INIT("С {day} автобус ходит по субботам и воскресеньям в девять и в шестнадцать часов.") },
	{ true, "health", S_INIT("Ауылдық амбулаторияға дәрігер қашан келеді?"), S_INIT("Терапевт {day} бастап сейсенбі мен бейсенбіде қабылдайды. Жазылу телефонмен.") },
	{ false, "waste", S_INIT("Кто уберёт свалку за оврагом?"), S_INIT("До {day} свалку вывезут. Работу начала компания «Таза», мы проверим и покажем фотографии.") },
	{ true, "lighting", S_INIT("Абай көшесінде шам неге жанбайды?"), S_INIT("Абай көшесінің шамдары {day} дейін қосылады. Кабель ауыстырылып жатыр.") },
	{ false, "school", S_INIT("Когда достроят спортзал в школе?"), S_INIT("До {day} спортзал сдадут. Осталось положить пол, деньги на него есть.") },
	{ true, "internet", S_INIT("Ауылға интернет қашан тартылады?"), S_INIT("") },
	{ false, "land", S_INIT("Почему очередь на участки не двигается третий год?"), S_INIT("") },
	{ true, "water", S_INIT("Ауыз судың сапасын кім тексереді?"), S_INIT("") },
	{ false, "heating", S_INIT("Подключат ли нашу улицу к теплосети?"), S_INIT("") },
};
static const char *const names[] = { "Айгүл Серікова", "Ерлан Беков", "Ольга Ким", "Данияр Омаров", "Марат Әлиев", "Жанна Петрова", "Сәуле Қасымова", "Тимур Ахметов", "Гүлнар Иванова" };

struct evening {
	struct ctx c;
	struct demo *d;
	const struct body *body;
	struct actor head;
	struct meeting_id id;
	int lines;
};

static uint64_t chance(struct demo *d, uint64_t n)
{
	return rng_below(&d->rng, n);
}

/* The head of a body: an official of the demonstration where there is one. */
static struct actor head_of(const struct demo *d, const struct body *b)
{
	struct actor a = { .account = 1, .body = b->id, .roles = BIT(ROLE_HEAD) };

	for (size_t i = 0; i < d->n_people; i++)
		if (d->people[i].body == b->id)
			a.account = d->people[i].account;
	return a;
}

static enum rc plan(struct evening *e, int64_t place, struct when starts, int64_t seats)
{
	bool kk = chance(e->d, 2) == 0;
	struct meeting_words w = { .starts = starts, .ends = when_add(starts, 2 * WHEN_HOUR), .place = place, .seats = seats, .lang = kk ? S("kk") : S("ru"),
				   .speaker = str_fmt(e->c.arena, "%.*s, %.*s", STR_FMT(kk ? S("Әкім") : S("Аким")), STR_FMT(e->body->name.v[kk ? LANG_KK : LANG_RU])),
				   .venue = kk ? S("Мәдениет үйі, Абай көшесі, 1") : S("Дом культуры, улица Абая, 1"), .broadcast = S("https://example.kz/live"),
				   .agenda = kk ? S("Жыл қорытындысы, жол, су, мектеп. Содан кейін сұрақтар таусылғанша жауап беріледі.")
						: S("Итоги года, дороги, вода, школы. Потом вопросы, пока они есть.") };

	return meeting_plan(&e->c, &e->head, &w, &e->id);
}

/* Most are proven everywhere; some forget a channel. */
static enum rc prove(struct evening *e)
{
	const struct meeting_rules *r = e->c.app->pack->meetings;

	for (size_t i = 0; i < r->n_channels; i++)
		for (int64_t n = 0; n < r->channels[i].proofs && chance(e->d, 8); n++) {
			struct meeting_evidence x = { .channel = r->channels[i].code, .link = str_fmt(e->c.arena, "https://example.kz/%.*s/%lld", STR_FMT(r->channels[i].code), (long long)n + 1),
						      .shown = when_day(e->c.now) };

			TRY(meeting_prove(&e->c, &e->head, e->id, &x));
		}
	return RC_OK;
}

static enum rc fill_hall(struct evening *e, int64_t guests)
{
	for (int64_t i = 0; i < guests; i++) {
		struct meeting_guest g = { .name = str_of(names[chance(e->d, ARRAY_LEN(names))]), .lang = S("kk") };
		struct meeting_seat_row s;

		TRY(meeting_register(&e->c, e->id, &g, &s));
	}
	return RC_OK;
}

static enum rc come(struct evening *e)
{
	struct meeting_seat_row_list l;
	struct meeting_seat_row s;

	TRY(meeting_seat_list(e->c.db, e->id, (struct meeting_seat_id){ 0 }, 100, &l));
	for (size_t i = 0; i < l.n; i++)
		if (chance(e->d, 5))
			TRY(meeting_check_in(&e->c, &e->head, e->id, l.v[i].code, &s));
	for (int i = 0; i < 3; i++)
		TRY(meeting_walk_in(&e->c, &e->head, e->id, str_of(names[chance(e->d, ARRAY_LEN(names))]), &s));
	return RC_OK;
}

static enum rc ask(struct evening *e, size_t k, const char *how, struct meeting_question_row *ret)
{
	struct meeting_asking a = { .how = str_of(how), .text = talks[k].ask, .lang = talks[k].kk ? S("kk") : S("ru"), .topic = str_of(talks[k].topic),
				    .name = str_of(names[chance(e->d, ARRAY_LEN(names))]) };

	TRY(meeting_ask(&e->c, &e->head, e->id, &a, ret));
	if (!str_eq(ret->state, S("queued")))
		TRY(meeting_question_to(&e->c, &e->head, ret->id, Q_QUEUED, 0));
	for (uint64_t n = chance(e->d, 6); n > 0; n--)
		TRY(meeting_vote(&e->c, ret->id, str_fmt(e->c.arena, "demo %llu", (unsigned long long)n)));
	return RC_OK;
}

static struct str with_day(struct evening *e, size_t k)
{
	struct str text = talks[k].answer;
	size_t at = str_find(text, S("{day}"), 0);
	struct day d = { when_day(e->c.now).v + 20 + (int32_t)chance(e->d, 100) };

	if (at == SIZE_MAX)
		return text;
	return str_fmt(e->c.arena, "%.*s%.*s%.*s", STR_FMT(str_sub(text, 0, at)), STR_FMT(lang_day(e->c.arena, lang_of(talks[k].kk ? LANG_KK : LANG_RU), d)),
		       STR_FMT(str_from(text, at + 5)));
}

/* A body that some question belongs to: one of the region that is not the head's own. */
static int64_t another_body(const struct evening *e)
{
	const struct pack *p = e->c.app->pack;

	for (size_t i = 0; i < p->n_bodies; i++)
		if (p->bodies[i].up == e->body && p->bodies[i].place == e->body->place)
			return p->bodies[i].id;
	return 0;
}

static enum rc answer(struct evening *e, size_t k, const struct meeting_question_row *q)
{
	struct str number = str_i64(e->c.arena, q->number);
	int64_t other = another_body(e);

	if (!talks[k].answer.n)
		return other && chance(e->d, 2) ? meeting_question_to(&e->c, &e->head, q->id, Q_NOT_OURS, other) : RC_OK; /* stays: owed at the end */
	TRY(meeting_question_to(&e->c, &e->head, q->id, Q_ANSWERING, 0));
	e->c.now = when_add(e->c.now, (4 + (int64_t)chance(e->d, 9)) * WHEN_MINUTE);
	struct meeting_typed l = { .key = str_fmt(e->c.arena, "demo-line-%lld-%d", (long long)e->id.v, ++e->lines), .kind = S("answer"), .about = number, .text = with_day(e, k) };

	TRY(meeting_write(&e->c, &e->head, e->id, &l));
	return meeting_question_to(&e->c, &e->head, q->id, Q_ON_SPOT, 0);
}

static enum rc talk(struct evening *e)
{
	TRY(meeting_begin(&e->c, &e->head, e->id));
	e->c.now = when_add(e->c.now, (2 + (int64_t)chance(e->d, 5)) * WHEN_MINUTE);
	TRY(meeting_clock(&e->c, &e->head, e->id, S("talk")));
	e->c.now = when_add(e->c.now, (14 + (int64_t)chance(e->d, 24)) * WHEN_MINUTE);
	return meeting_clock(&e->c, &e->head, e->id, S("questions"));
}

static enum rc discuss(struct evening *e, size_t from, size_t n)
{
	static const char *const hows[] = { "hall", "hall", "phone", "video" };

	for (size_t i = 0; i < n; i++) {
		size_t k = (from + i * 5) % ARRAY_LEN(talks);
		struct meeting_question_row q;

		TRY(ask(e, k, hows[chance(e->d, ARRAY_LEN(hows))], &q));
		TRY(answer(e, k, &q));
	}
	return RC_OK;
}

static enum rc close_evening(struct evening *e, bool publish)
{
	struct meeting_row m;

	e->c.now = when_add(e->c.now, (40 + (int64_t)chance(e->d, 60)) * WHEN_MINUTE); /* what else was asked and said in the hall */
	TRY(meeting_end(&e->c, &e->head, e->id));
	e->c.now = when_add(e->c.now, 2 * WHEN_HOUR);
	do {
		TRY(meeting_file(&e->c, S("")));
		TRY(meeting_by_id(e->c.db, e->id, &m));
	} while (!when_set(m.filed_at));
	if (!publish)
		return RC_OK;
	e->c.now = when_add(e->c.now, (1 + (int64_t)chance(e->d, 8)) * WHEN_DAY);
	return meeting_publish(&e->c, &e->head, e->id,
			       str_eq(m.lang, S("kk")) ? S("Жол, су, мектеп пен көлік туралы сөйлестік. Сол жерде жауап берілгендері мен уәде етілгендері төменде.")
							: S("Говорили о дорогах, воде, школах и транспорте. Что отвечено на месте и что обещано — ниже."));
}

static enum rc announced(struct evening *e, int64_t place, struct when starts, int64_t days, int64_t seats)
{
	struct when begun = e->c.now;

	e->c.now = when_add(starts, -(days + 12) * WHEN_DAY);
	if (e->c.now.us > begun.us)
		e->c.now = begun;
	TRY(plan(e, place, starts, seats));
	e->c.now = when_add(starts, -days * WHEN_DAY);
	if (e->c.now.us > begun.us)
		e->c.now = begun;
	TRY(prove(e));
	return meeting_announce(&e->c, &e->head, e->id);
}

/* ---- who meets whom ---- */

/* Those that owe meetings in the places below theirs, or in their own. */
static size_t heads(const struct demo *d, bool below, const struct body **ret, size_t max)
{
	const struct pack *p = d->app->pack;
	size_t n = 0;

	for (size_t i = 0; i < p->n_bodies && n < max; i++) {
		const struct meeting_term *t = meeting_term_of(p->meetings, &p->bodies[i], when_day(when_now()));

		if (t && t->below == below && p->bodies[i].place)
			ret[n++] = &p->bodies[i];
	}
	return n;
}

static int64_t district_of(const struct demo *d, const struct body *b, size_t n)
{
	const struct pack *p = d->app->pack;
	int64_t first = b->place->id;

	for (size_t i = 0; i < p->n_places; i++)
		if (p->places[i].up == b->place && n-- == 0)
			return p->places[i].id;
	return first;
}

/* The working day so many days after the start of the year, at three in the afternoon. */
static struct when day_of(const struct demo *d, struct when now, int64_t ago)
{
	struct day day = { when_day(now).v - (int32_t)ago };

	return when_of_day(calendar_next_working(d->app->pack, day), 15, 0);
}

struct telling {
	struct demo *d;
	struct db *db;
	struct when now;
	const struct body *body;
	int64_t place;
	struct when starts;
	size_t from, questions;
	enum { HELD, LIVE_NOW, AHEAD } how;
};

static enum rc one(const struct telling *t)
{
	struct evening e = { .c = app_ctx(t->d->app, t->d->arena, t->db), .d = t->d, .body = t->body, .head = head_of(t->d, t->body) };
	int64_t days = chance(t->d, 6) ? 10 + (int64_t)chance(t->d, 8) : 4, guests = t->questions ? (int64_t)chance(t->d, GUESTS) : 0;
	struct meeting_question_row q;

	e.c.now = t->now;
	TRY(announced(&e, t->place, t->starts, days, t->questions ? 6 + (int64_t)chance(t->d, 3) : 0));
	TRY(fill_hall(&e, guests));
	if (t->how == AHEAD || t->how == LIVE_NOW)
		for (size_t i = 0; i < 3; i++)
			TRY(ask(&e, (t->from + i) % ARRAY_LEN(talks), "web", &q));
	if (t->how == AHEAD)
		return RC_OK;
	e.c.now = t->starts;
	TRY(come(&e));
	TRY(talk(&e));
	TRY(discuss(&e, t->from + 3, t->how == LIVE_NOW ? 2 : t->questions));
	return t->how == LIVE_NOW ? RC_OK : close_evening(&e, chance(t->d, 7) != 0);
}

static enum rc tell(struct telling *t, const struct body *b, int64_t place, struct when starts, size_t questions)
{
	t->body = b;
	t->place = place;
	t->starts = starts;
	t->questions = questions;
	t->from++;
	return one(t);
}

/* What was owed since January opens then; most calendars are approved in time, one in twelve is not yet. */
static enum rc begin_year(const struct telling *t)
{
	struct ctx c = app_ctx(t->d->app, t->d->arena, t->db);
	int year = when_civil(t->now).year;
	const struct body *all[300];
	size_t n = heads(t->d, true, all, 60);

	n += heads(t->d, false, all + n, ARRAY_LEN(all) - n);
	c.now = when_from_civil(year, 1, 2, 10, 0, 0);
	TRY(meeting_open_owed(&c, S("")));
	for (size_t i = 0; i < n; i++) {
		struct actor head = head_of(t->d, all[i]);

		c.now = when_from_civil(year, 1, chance(t->d, 6) ? 12 : 20, 11, 0, 0);
		if (i % 12)
			TRY(meeting_approve_calendar(&c, &head, year, S("Мәслихат хабардар етілді / Маслихат уведомлён.")));
	}
	c.now = t->now;
	return meeting_open_owed(&c, S(""));
}

static enum rc year_of_meetings(struct demo *d, struct telling *t, const struct body **regions, size_t n_regions)
{
	int64_t held = d->appeals / HELD_PER < HELD_MAX ? d->appeals / HELD_PER : HELD_MAX, light = d->appeals / LIGHT_PER;
	int64_t since_new_year = when_day(t->now).v - when_day(when_from_civil(when_civil(t->now).year, 1, 25, 0, 0, 0)).v;
	const struct body *districts[300];
	size_t n_districts = heads(d, false, districts, ARRAY_LEN(districts));
	int64_t span = since_new_year > 60 ? since_new_year - 12 : 300;

	t->how = HELD;
	for (int64_t i = 0; i < held; i++) {
		const struct body *b = regions[(size_t)i % n_regions];

		TRY(tell(t, b, district_of(d, b, (size_t)i / n_regions), day_of(d, t->now, 12 + i * 37 % span), 2 + chance(d, 4)));
	}
	for (int64_t i = 0; i < light && i < (int64_t)n_districts; i++)
		TRY(tell(t, districts[i], districts[i]->place->id, day_of(d, t->now, 12 + i * 53 % span), 0));
	return RC_OK;
}

static enum rc all(struct db *db, void *arg)
{
	struct demo *d = arg;
	struct telling t = { .d = d, .db = db, .now = when_now() };
	const struct body *regions[60];
	size_t n = heads(d, true, regions, ARRAY_LEN(regions));
	int64_t changed;

	if (!n)
		return RC_OK; /* another country's pack */
	TRY(begin_year(&t));
	TRY(year_of_meetings(d, &t, regions, n));
	t.how = LIVE_NOW;
	TRY(tell(&t, regions[0], district_of(d, regions[0], 0), when_add(t.now, -80 * WHEN_MINUTE), 3));
	t.how = AHEAD;
	for (size_t i = 0; i < 5; i++)
		TRY(tell(&t, regions[i % n], district_of(d, regions[i % n], 1 + i / 2), day_of(d, t.now, -4 - 5 * (int64_t)i), 3));
	return demo_forget_letters(db, &changed);
}

enum rc demo_meetings(struct demo *d)
{
	return db_write(d->app->db, d->arena, all, d);
}
