#include "keeping/keeping.h"

#include "app/world_test.h"
#include "plan/plan.h"
#include "standard/duty.h"

static enum rc owe(struct ctx *c, const struct world *w, enum duty_kind k, int64_t subject, int day)
{
	return duty_open(c, &(struct duty_new){ .kind = k, .subject_kind = "measure", .subject = subject, .body = w->body[0], .due = when_end_of_day(when_day(world_day(w, day, 0))) });
}

static enum rc fold(struct ctx *c)
{
	int64_t n;

	do
		TRY(keep_fold_some(c, 2, &n)); /* in small batches, as many as it takes */
	while (n);
	return RC_OK;
}

/* What the board says must be what the rows behind it are. */
static enum rc cell(struct ctx *c, const struct world *w, enum keep_line line, struct keep_span span, struct keep_cell *ret)
{
	static const char *const as[] = { "kept", "moved", "late", "open" };
	struct keep_span next = { span.span, span.slot + 1 };
	struct keep_line_row_list rows;
	struct keep_body b;

	TRY(keep_load_body(c, span, w->body[0], &b));
	*ret = b.line[line];
	const int64_t n[] = { ret->kept, ret->moved, ret->late, ret->open };

	for (size_t i = 0; i < ARRAY_LEN(as); i++) {
		TRY(keep_rows(c->db, w->body[0], str_of(keep_line_name(line)), keep_span_begin(span), keep_span_begin(next), str_of(as[i]), (struct day){ 0 }, (struct duty_id){ 0 },
			      100, &rows));
		WANT_INT(rows.n, n[i]);
	}
	return RC_OK;
}

static enum rc counted(struct ctx *c, const struct world *w)
{
	struct keep_span month = keep_span_of('m', when_day(w->monday)), year = keep_span_of('y', when_day(w->monday)), march = { 'm', month.slot + 1 };
	struct keep_cell n;

	for (int i = 1; i <= 4; i++)
		WANT_OK(owe(c, w, DUTY_MEASURE, i, 3));
	WANT_OK(owe(c, w, DUTY_MEASURE, 5, 10)); /* not due yet */
	WANT_OK(owe(c, w, DUTY_REGISTER, 6, 1)); /* on no line */
	WANT_OK(fold(c));
	WANT_OK(cell(c, w, KEEP_PLAN, month, &n));
	WANT_INT(keep_owed(&n), 0); /* nothing due: not owed, not 0 % */
	WANT_OK(duty_close(c, 1, 0, DUTY_MEASURE, DUTY_DONE));
	WANT_OK(duty_close(c, 2, 0, DUTY_MEASURE, DUTY_CANCELLED));
	c->now = world_day(w, 5, 10);
	WANT_OK(fold(c));
	WANT_OK(cell(c, w, KEEP_PLAN, month, &n));
	WANT_INT(n.kept, 1);
	WANT_INT(n.late, 0);
	WANT_INT(n.open, 2);
	WANT_OK(duty_close(c, 3, 0, DUTY_MEASURE, DUTY_DONE)); /* late */
	WANT_OK(duty_move(c, 4, 0, DUTY_MEASURE, world_day(w, 40, 10))); /* to March */
	WANT_OK(fold(c));
	WANT_OK(fold(c));
	WANT_OK(cell(c, w, KEEP_PLAN, month, &n));
	WANT_INT(n.kept, 1);
	WANT_INT(n.late, 1);
	WANT_INT(n.open, 0);
	c->now = world_day(w, 41, 10);
	WANT_OK(fold(c));
	WANT_OK(cell(c, w, KEEP_PLAN, march, &n));
	WANT_INT(n.open, 1);
	WANT_OK(duty_close(c, 4, 0, DUTY_MEASURE, DUTY_CANCELLED));
	WANT_OK(fold(c));
	WANT_OK(cell(c, w, KEEP_PLAN, march, &n));
	WANT_INT(keep_owed(&n), 0);
	WANT_OK(cell(c, w, KEEP_PLAN, year, &n));
	WANT_INT(n.kept, 1);
	WANT_INT(n.late, 1);
	WANT_INT(n.open, 1); /* the one of the tenth */
	return RC_OK;
}
TEST(a_duty_counts_once_as_what_it_is_now_and_numbers_are_their_rows) { world_run(counted); }

static enum rc put_off(struct ctx *c, const struct world *w)
{
	const struct actor *head = &w->staff[0][POST_HEAD];
	struct measure_new m = { .body = w->body[0], .lang = S("ru"), .title = S("Свет на улице Абая"), .text = S("Двадцать столбов."), .post = S("Отдел освещения") };
	struct plan_note proof = { .text = S("Столбы стоят."), .link = S("https://example.kz/") };
	struct keep_span year = keep_span_of('y', when_day(w->monday));
	struct measure_id id[3];
	struct keep_body b;
	struct keep_cell n;

	for (int i = 0; i < 3; i++) { /* kept; moved and kept; moved and late */
		m.due = when_day(world_day(w, 5, 0));
		WANT_OK(plan_add(c, head, &m, &id[i]));
		WANT_OK(plan_start(c, head, id[i], &proof));
		if (i)
			WANT_OK(plan_move_date(c, head, id[i], when_day(world_day(w, 20, 0)), S("Поставщик опоздал.")));
	}
	WANT_OK(plan_done(c, head, id[0], &proof));
	c->now = world_day(w, 15, 10);
	WANT_OK(plan_done(c, head, id[1], &proof));
	c->now = world_day(w, 25, 10);
	WANT_OK(plan_done(c, head, id[2], &proof));
	WANT_OK(fold(c));
	WANT_OK(cell(c, w, KEEP_PLAN, year, &n));
	WANT_INT(n.kept, 1);
	WANT_INT(n.moved, 1);
	WANT_INT(n.late, 1);
	WANT_OK(keep_load_body(c, year, w->body[0], &b));
	WANT_INT(b.owed, 3);
	return RC_OK;
}
TEST(what_is_done_by_a_moved_date_is_not_counted_as_done_when_it_was_promised) { world_run(put_off); }

static enum rc ranked(struct ctx *c, const struct world *w)
{
	struct keep_span month = keep_span_of('m', when_day(w->monday));
	struct keep_table t;

	WANT_OK(owe(c, w, DUTY_MEASURE, 1, 3));
	WANT_OK(duty_close(c, 1, 0, DUTY_MEASURE, DUTY_DONE)); /* one lucky case */
	for (int i = 10; i < 16; i++)
		WANT_OK(duty_open(c, &(struct duty_new){ .kind = DUTY_MEASURE, .subject_kind = "measure", .subject = i, .body = w->body[1], .due = world_day(w, 3, 12) }));
	for (int i = 10; i < 13; i++)
		WANT_OK(duty_close(c, i, 0, DUTY_MEASURE, DUTY_DONE));
	c->now = world_day(w, 4, 10);
	WANT_OK(fold(c));
	WANT_OK(keep_load(c, month, 0, &t));
	WANT_INT(t.n, 2);
	WANT_INT(t.v[0].body->id, w->body[1]);
	WANT_INT(t.v[0].percent, 50);
	WANT_INT(t.v[1].percent, -1);
	WANT_OK(keep_load(c, month, 75, &t)); /* another region */
	WANT_INT(t.n, 0);
	return RC_OK;
}
TEST(a_body_with_too_few_cases_has_no_percentage_and_no_place) { world_run(ranked); }

TEST(appeals_of_meetings_and_journalists_have_lines_of_their_own)
{
	CHECK_INT(keep_line_of(S("answer"), S("appeal"), S("web")), KEEP_APPEALS);
	CHECK_INT(keep_line_of(S("answer"), S("appeal"), S("meeting")), KEEP_QUESTIONS);
	CHECK_INT(keep_line_of(S("answer"), S("appeal"), S("press")), KEEP_JOURNALISTS);
	CHECK_INT(keep_line_of(S("briefing"), S("briefing"), S("")), KEEP_BRIEFINGS);
	CHECK_INT(keep_line_of(S("register"), S("appeal"), S("web")), KEEP_LINE_N);
}

TEST(each_step_of_a_petition_counts)
{
	static const enum duty_kind steps[] = { DUTY_PETITION_GROUP, DUTY_PETITION_DISCUSS, DUTY_PETITION_DECIDE, DUTY_PETITION_REPORT };

	for (size_t i = 0; i < ARRAY_LEN(steps); i++)
		CHECK_INT(keep_line_of(str_of(duty_kind_name(steps[i])), S("petition"), S("")), KEEP_PETITIONS);
}

TEST(periods_begin_where_the_calendar_says)
{
	struct keep_span s;
	struct day d = { 0 };

	CHECK(day_from_ymd(2026, 11, 25, &d));
	CHECK(keep_span_read(S("h4053"), &s));
	CHECK_INT(keep_span_of('h', d).slot, 4053);
	CHECK_INT(keep_span_of('q', keep_span_begin(keep_span_of('q', d))).slot, keep_span_of('q', d).slot);
	CHECK(day_from_ymd(2026, 7, 1, &d));
	CHECK_INT(keep_span_begin(s).v, d.v);
	CHECK(!keep_span_read(S("x1"), &s));
	CHECK(!keep_span_read(S("m7"), &s));
}

TESTS("keeping", T(a_duty_counts_once_as_what_it_is_now_and_numbers_are_their_rows), T(a_body_with_too_few_cases_has_no_percentage_and_no_place),
      T(what_is_done_by_a_moved_date_is_not_counted_as_done_when_it_was_promised),
      T(appeals_of_meetings_and_journalists_have_lines_of_their_own), T(each_step_of_a_petition_counts),
      T(periods_begin_where_the_calendar_says))
