/* report.c: the report on a half-year: made by the program, published by the body; what it says stands still from then on. */
#include "app/app.h"
#include "base/random.h"
#include "gen/messages.h"
#include "keeping/keeping.h"
#include "plan/plan_view.h"
#include "standard/calendar.h"
#include "standard/duty.h"

#define LINES 2000
#define EVENTS 200
#define BODIES 500
#define PUBLISHERS (BIT(ROLE_HEAD) | BIT(ROLE_CONTROLLER))

int64_t plan_half_of(struct day d)
{
	int year, month, day;

	day_to_ymd(d, &year, &month, &day);
	return (int64_t)year * 2 + (month > 6);
}

struct day plan_half_begin(int64_t half)
{
	struct day d = { 0 };

	return day_from_ymd((int)(half / 2), half % 2 ? 7 : 1, 1, &d) ? d : (struct day){ 0 };
}

struct str plan_report_title(struct arena *a, const struct lang *l, int64_t half)
{
	struct msg_arg args[] = { ARG_S("year", str_i64(a, (half / 2))) };

	return msg_fmt(a, l, half % 2 ? MSG_PLAN_HALF_2 : MSG_PLAN_HALF_1, args, ARRAY_LEN(args));
}

/* ---- numbers ---- */

static const struct { const char *name; unsigned msg; } numbers[] = {
	{ "due", MSG_PLAN_N_DUE },         { "done", MSG_PLAN_N_DONE },       { "moved", MSG_PLAN_N_MOVED },
	{ "not_done", MSG_PLAN_N_NOT_DONE }, { "dropped", MSG_PLAN_N_DROPPED }, { "not_now", MSG_PLAN_N_NOT_NOW },
	{ "meetings_owed", MSG_PLAN_N_MEETINGS_OWED }, { "meetings_held", MSG_PLAN_N_MEETINGS_HELD }, { "talk_percent", MSG_PLAN_N_TALK_PERCENT },
	{ "answers_owed", MSG_PLAN_N_ANSWERS_OWED }, { "answers_in_time", MSG_PLAN_N_ANSWERS_IN_TIME },
};

static void add_number(struct plan_report_whole *w, struct str name, int64_t n)
{
	for (size_t i = 0; i < ARRAY_LEN(numbers) && w->n_numbers < PLAN_NUMBERS; i++)
		if (str_eq(name, str_of(numbers[i].name)))
			w->numbers[w->n_numbers++] = (struct plan_number){ numbers[i].name, numbers[i].msg, n };
}

static void count_lines(struct plan_report_whole *w)
{
	int64_t until = plan_half_begin(w->r.half + 1).v, due = 0, done = 0, moved = 0, open = 0, dropped = 0, not_now = 0;

	for (size_t i = 0; i < w->lines.n; i++) {
		const struct plan_report_line_row *l = &w->lines.v[i];
		bool is_done = str_eq(l->state, S("done")), is_open = str_eq(l->state, S("planned")) || str_eq(l->state, S("working"));

		due += l->first_due_on.v > 0;
		done += is_done;
		moved += l->moves > 0;
		open += is_open && l->first_due_on.v < until;
		dropped += str_eq(l->state, S("dropped"));
		not_now += str_eq(l->state, S("not_now"));
	}
	const int64_t n[] = { due, done, moved, open, dropped, not_now };

	for (size_t i = 0; i < ARRAY_LEN(n); i++)
		add_number(w, str_of(numbers[i].name), n[i]);
}

/* Meetings, the share of talk and answers, from the board; what was not owed or not measured is left out. */
static enum rc count_kept(struct ctx *c, struct plan_report_whole *w)
{
	struct keep_body b;

	TRY(keep_load_body(c, (struct keep_span){ 'h', w->r.half }, w->r.body_id, &b));
	int64_t meetings = keep_owed(&b.line[KEEP_MEETINGS]), answers = keep_owed(&b.line[KEEP_APPEALS]) + keep_owed(&b.line[KEEP_QUESTIONS]);

	if (meetings) {
		add_number(w, S("meetings_owed"), meetings);
		add_number(w, S("meetings_held"), meetings - b.line[KEEP_MEETINGS].open);
	}
	if (b.sum[KEEP_TALK].whole)
		add_number(w, S("talk_percent"), b.sum[KEEP_TALK].part * 100 / b.sum[KEEP_TALK].whole);
	if (answers) {
		add_number(w, S("answers_owed"), answers);
		add_number(w, S("answers_in_time"), b.line[KEEP_APPEALS].kept + b.line[KEEP_QUESTIONS].kept);
	}
	return RC_OK;
}

static enum rc load_fixed(struct ctx *c, struct plan_report_whole *w)
{
	struct plan_report_number_row_list l;

	TRY(plan_report_lines(c->db, w->r.id, LINES, &w->lines));
	TRY(plan_report_numbers(c->db, w->r.id, &l));
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		for (size_t k = 0; k < l.n; k++)
			if (str_eq(l.v[k].name, str_of(numbers[i].name)))
				add_number(w, l.v[k].name, l.v[k].n);
	return RC_OK;
}

/* A measure whose date was moved says why it was moved last, unless it has a reason of its own. */
static enum rc say_why(struct ctx *c, struct plan_report_whole *w)
{
	struct measure_event_row_list e;

	for (size_t i = 0; i < w->lines.n; i++) {
		struct plan_report_line_row *l = &w->lines.v[i];

		if (!l->moves || l->reason.n)
			continue;
		TRY(measure_event_list(c->db, l->measure_id, EVENTS, &e));
		for (size_t k = 0; k < e.n; k++)
			if (str_eq(e.v[k].kind, S("moved")))
				l->reason = e.v[k].text;
	}
	return RC_OK;
}

static enum rc load_live(struct ctx *c, struct plan_report_whole *w)
{
	struct day since = plan_half_begin(w->r.half), until = plan_half_begin(w->r.half + 1);

	TRY(plan_report_live(c->db, w->r.body_id, since, until, when_of_day(since, 0, 0), when_of_day(until, 0, 0), LINES, &w->lines));
	TRY(say_why(c, w));
	count_lines(w);
	return count_kept(c, w);
}

enum rc plan_report_load(struct ctx *c, struct plan_report_id id, struct plan_report_whole *ret)
{
	struct plan_report_whole w = { 0 };

	TRY(plan_report_by_id(c->db, id, &w.r));
	w.fixed = when_set(w.r.published_at);
	TRY(w.fixed ? load_fixed(c, &w) : load_live(c, &w));
	*ret = w;
	return RC_OK;
}

/* ---- publishing ---- */

static enum rc fix(struct ctx *c, const struct plan_report_whole *w)
{
	int64_t changed;

	for (size_t i = 0; i < w->lines.n; i++) {
		const struct plan_report_line_row *l = &w->lines.v[i];

		TRY(plan_report_line_insert(c->db, w->r.id, l->measure_id, l->state, l->due_on, l->first_due_on, l->moves, l->reason, &changed));
	}
	for (size_t i = 0; i < w->n_numbers; i++)
		TRY(plan_report_number_insert(c->db, w->r.id, str_of(w->numbers[i].name), w->numbers[i].n, &changed));
	return RC_OK;
}

enum rc plan_report_publish(struct ctx *c, const struct actor *who, struct plan_report_id id, struct str words)
{
	struct plan_report_whole w;
	int64_t changed;

	TRY(plan_report_load(c, id, &w));
	if (who->body != w.r.body_id || !(who->roles & PUBLISHERS))
		return fail(c, RC_FORBIDDEN, MSG_PLAN_FAULT_ROLE);
	TRY(plan_report_set_published(c->db, id, words, who->account, c->now, &changed));
	if (!changed) /* two heads at once: the first one's words stand */
		return fail(c, RC_CONFLICT, MSG_PLAN_FAULT_STATE);
	TRY(fix(c, &w));
	return duty_close(c, id.v, 0, DUTY_PLAN_REPORT, DUTY_DONE);
}

/* ---- who owes one ---- */

static enum rc owe_report(struct ctx *c, int64_t body, int64_t half)
{
	struct plan_report_id id = { id_make() };
	struct when ended = when_end_of_day((struct day){ plan_half_begin(half + 1).v - 1 });
	const struct clause *term = pack_clause(c->app->pack, "plan_report", when_day(ended));
	struct when due = calendar_due(c->app->pack, ended, (struct term){ (int)term->value, term->unit });
	int64_t changed;

	TRY(plan_report_insert(c->db, id, body, half, c->now, due, &changed));
	if (!changed)
		return RC_OK; /* made on an earlier run */
	return duty_open(c, &(struct duty_new){ .kind = DUTY_PLAN_REPORT, .subject_kind = "plan_report", .subject = id.v, .body = body, .due = due });
}

enum rc plan_reports_due(struct ctx *c, struct str payload)
{
	int64_t half = plan_half_of(when_day(c->now)) - 1, after = 0;
	struct when ended = when_of_day(plan_half_begin(half + 1), 0, 0);
	struct plan_body_row_list l;

	(void)payload;
	do {
		TRY(plan_bodies(c->db, ended, after, BODIES, &l));
		for (size_t i = 0; i < l.n; i++)
			TRY(owe_report(c, l.v[i].body_id, half));
		after = l.n ? l.v[l.n - 1].body_id : 0;
	} while (l.n == BODIES);
	return RC_OK;
}
