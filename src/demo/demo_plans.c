/* demo_plans.c: plans of the akimats of twenty regions with measures in every state, moved dates, evidence, half-year reports; by the real operations. */
#include "demo/demo.h"

#include "app/app.h"
#include "app/jobs.h"
#include "gen/demo_sql.h"
#include "insight/insight.h"
#include "keeping/keeping.h"
#include "plan/plan.h"
#include "standard/pack.h"

#define REGIONS 20
#define VOICES 40
#define FOLD 500

enum how { PLANNED, WORKING, DONE, MOVED_DONE, MOVED, LATE, DROPPED, NOT_NOW };
static const struct { enum how how; bool kk; const char *topic; struct str title, text, post, source, note, reason; int64_t amount; int voices; } measures[] = {
	{ DONE, true, "roads", S_INIT("Мектепке апаратын жолға асфальт төселеді"), S_INIT("Ұзындығы 2,4 шақырым, екі жағынан жаяу жол."), S_INIT("Жолаушылар көлігі және автожолдар басқармасының басшысы"), S_INIT("облыс бюджеті"),
	  S_INIT("Асфальт төселді, комиссия қабылдап алды."), S_INIT(""), 184000000, 6 },
	{ MOVED_DONE, false, "water", S_INIT("Водопровод дойдёт до восточной окраины"), S_INIT("Девять километров труб, две башни."), S_INIT("Руководитель управления энергетики и ЖКХ"), S_INIT("республиканский бюджет"),
	  S_INIT("Вода пошла в 412 домов, лаборатория проверила качество."), S_INIT("Поставщик труб сорвал срок, договор заключили заново."), 920000000, 9 },
	{ WORKING, true, "yards", S_INIT("Он екі аулаға балалар алаңы салынады"), S_INIT("Арбадағы балаға да ыңғайлы жол жасалады."), S_INIT("Құрылыс басқармасы басшысының орынбасары"), S_INIT("облыс бюджеті"),
	  S_INIT("Жетеуі дайын, бесеуінің жері тегістелді."), S_INIT(""), 96000000, 3 },
	{ MOVED, false, "transport", S_INIT("Автобус 12 будет ходить до полуночи"), S_INIT("Четыре вечерних рейса каждый день."), S_INIT("Руководитель отдела пассажирского транспорта"), S_INIT(""),
	  S_INIT("Перевозчик выбран, водителей обучают."), S_INIT("На первый конкурс не пришёл никто, объявили второй."), 0, 5 },
	{ LATE, true, "health", S_INIT("Ауыл амбулаториясына рентген аппараты келеді"), S_INIT(""), S_INIT("Денсаулық сақтау басқармасының басшысы"), S_INIT("облыс бюджеті"), S_INIT("Келісімшартқа қол қойылды."), S_INIT(""), 41000000, 2 },
	{ PLANNED, false, "education", S_INIT("В школе 7 откроют третий автобусный маршрут"), S_INIT("Для детей из трёх дальних сёл."), S_INIT("Руководитель управления образования"), S_INIT(""), S_INIT(""), S_INIT(""), 0, 1 },
	{ NOT_NOW, true, "utilities", S_INIT("Бүкіл ауылға газ құбыры"), S_INIT("Магистральдан 140 шақырым қашық."), S_INIT("Энергетика басқармасының басшысы"), S_INIT(""), S_INIT(""),
	  S_INIT("Магистраль 2029 жылы келеді. Оған дейін көмірге субсидия беріледі."), 0, 8 },
	{ DROPPED, false, "roads", S_INIT("Временный настил через овраг"), S_INIT(""), S_INIT("Руководитель отдела дорог"), S_INIT(""), S_INIT(""), S_INIT("Вместо настила с весны строят постоянный мост, он в плане отдельной строкой."), 0, 0 },
};

static enum rc voices(struct ctx *c, struct demo *d, int64_t region, struct measure_id id, int n)
{
	struct demo_appeal_row_list l;

	TRY(demo_appeals_in(c->db, region, VOICES, &l));
	for (int i = 0; i < n && l.n; i++)
		TRY(plan_add_voice(c, id, "appeal", l.v[rng_below(&d->rng, (uint32_t)l.n)].id.v));
	return RC_OK;
}

static enum rc one(struct ctx *c, struct demo *d, const struct actor *head, const struct body *b, size_t i)
{
	const struct when now = c->now;
	struct plan_note note = { .text = measures[i].note, .link = S("https://example.kz/") };
	enum how how = measures[i].how;
	struct measure_new m = { .body = b->id, .lang = measures[i].kk ? S("kk") : S("ru"), .title = measures[i].title, .text = measures[i].text,
				 .topic = pack_topic(c->app->pack, str_of(measures[i].topic)) ? str_of(measures[i].topic) : S(""), .post = measures[i].post,
				 .amount = measures[i].amount, .money_source = measures[i].source, .not_now = how == NOT_NOW ? measures[i].reason : S("") };
	struct measure_id id;

	/* begun eight to eleven months ago, so that a whole half-year has been reported on */
	c->now = when_add(now, -(240 + (int64_t)rng_below(&d->rng, 90)) * WHEN_DAY);
	m.due.v = when_day(c->now).v + (how == PLANNED || how == WORKING ? 420 : 100 + (int)rng_below(&d->rng, 60));
	TRY(plan_add(c, head, &m, &id));
	TRY(voices(c, d, b->place->id, id, measures[i].voices));
	c->now = when_add(c->now, 30 * WHEN_DAY);
	if (how != PLANNED && how != NOT_NOW && how != DROPPED)
		TRY(plan_start(c, head, id, &(struct plan_note){ 0 }));
	if (how == MOVED_DONE || how == MOVED)
		TRY(plan_move_date(c, head, id, (struct day){ how == MOVED ? when_day(now).v + 60 : m.due.v + 45 }, measures[i].reason));
	c->now = when_add(c->now, 50 * WHEN_DAY);
	if (how == WORKING || how == MOVED || how == LATE)
		TRY(plan_write(c, head, id, &note));
	if (how == DONE || how == MOVED_DONE)
		TRY(plan_done(c, head, id, &note));
	if (how == DROPPED)
		TRY(plan_drop(c, head, id, measures[i].reason));
	c->now = now;
	return RC_OK;
}

/* Most publish in time, some late. */
static enum rc report(struct ctx *c, struct demo *d, const struct actor *head, int64_t body)
{
	struct plan_report_row_list l;
	struct when now = c->now;

	TRY(plan_report_list(c->db, body, 1, &l));
	if (!l.n)
		return RC_OK;
	c->now = when_add(l.v[0].due_at, rng_below(&d->rng, 8) ? -2 * WHEN_DAY : 3 * WHEN_DAY);
	c->now = c->now.us < now.us ? c->now : now;
	enum rc rc = plan_report_publish(c, head, l.v[0].id, S("Екі шараның күні ауыстырылды: бірінде жеткізуші кешікті, екіншісінде конкурс қайта өтті."));

	c->now = now;
	return rc;
}

static enum rc all(struct db *db, void *arg)
{
	struct demo *d = arg;
	struct ctx c = app_ctx(d->app, d->arena, db);
	const struct pack *p = d->app->pack;
	const struct body *of[REGIONS];
	size_t n = 0;

	for (size_t i = 0; i < p->n_bodies && n < REGIONS; i++)
		if (str_eq(p->bodies[i].kind, S("region_akimat")) && p->bodies[i].place && !p->bodies[i].place->up)
			of[n++] = &p->bodies[i];
	for (size_t i = 0; i < n; i++) {
		struct actor head = demo_official(d, of[i]->id, ROLE_HEAD);

		for (size_t k = 0; k < ARRAY_LEN(measures); k++)
			TRY(one(&c, d, &head, of[i], k));
	}
	TRY(plan_reports_due(&c, S("")));
	for (size_t i = 0; i < n; i++) {
		struct actor head = demo_official(d, of[i]->id, ROLE_HEAD);

		if (i % 10 == 0) /* one in ten still owes it */
			continue;
		TRY(report(&c, d, &head, of[i]->id));
	}
	return RC_OK;
}

enum rc demo_plans(struct demo *d)
{
	return db_write(d->app->db, d->arena, all, d);
}

struct folding {
	struct app *app;
	bool more;
};

static enum rc fold(struct db *db, void *arg)
{
	struct folding *f = arg;
	struct ctx c = app_ctx(f->app, db_arena(db), db);
	int64_t kept;

	c.now = when_add(c.now, WHEN_MINUTE); /* nobody else writes: no event is on its way */
	TRY(insight_fold(&c, S("")));
	TRY(keep_fold_some(&c, FOLD, &kept));
	f->more = c.more || kept;
	return RC_OK;
}

enum rc demo_fold(struct demo *d)
{
	struct folding f = { .app = d->app };

	do {
		struct arena a CLEANUP(arena_end) = { 0 };

		TRY(db_write(d->app->db, &a, fold, &f));
	} while (f.more);
	return RC_OK;
}

enum rc demo_keep(struct demo *d)
{
	/* The letters of the past lie in the folder, so that nobody's first letter waits behind them; a mail server is not troubled with them. */
	while (!d->app->config.mail_url.n && jobs_drain(d->app, when_now()))
		;
	return demo_fold(d);
}
