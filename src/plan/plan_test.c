#include "plan/plan.h"

#include "app/world_test.h"
#include "appeal/appeal_do.h"
#include "gen/app_sql.h"
#include "gen/account_sql.h"
#include "gen/messages.h"
#include "gen/notify_sql.h"
#include "standard/duty.h"

static struct measure_new good(const struct world *w)
{
	return (struct measure_new){ .body = w->body[0], .lang = S("ru"), .title = S("На улице Абая будет свет"), .text = S("Двадцать четыре столба."), .topic = S("roads"),
				     .post = S("Отдел освещения"), .account = w->staff[0][POST_EXECUTOR].account, .due = when_day(world_day(w, 30, 0)), .amount = 12000000 };
}

/* The only duty about a subject. */
static enum rc only_duty(struct ctx *c, int64_t subject, struct duty_row *ret)
{
	struct duty_row_list l;

	TRY(duty_of_subject(c->db, subject, &l));
	WANT_INT(l.n, 1);
	*ret = l.v[0];
	return RC_OK;
}

static const struct plan_note evidence = { .text = S_INIT("Свет горит."), .link = S_INIT("https://example.kz/1") };

static enum rc kept(struct ctx *c, const struct world *w)
{
	const struct actor *executor = &w->staff[0][POST_EXECUTOR];
	struct measure_new m = good(w);
	struct measure_id id;
	struct measure_row row;
	struct duty_row d;

	WANT_OK(plan_add(c, executor, &m, &id));
	WANT_OK(only_duty(c, id.v, &d));
	WANT_STR(d.kind, S("measure"));
	WANT_INT(d.account_id, executor->account);
	WANT_INT(when_day(d.due_at).v, m.due.v);
	WANT_REFUSED(c, plan_done(c, executor, id, &(struct plan_note){ .text = S("Свет горит.") }), RC_INVALID, MSG_PLAN_FAULT_EVIDENCE);
	WANT_REFUSED(c, plan_done(c, &w->staff[1][POST_HEAD], id, &evidence), RC_FORBIDDEN, MSG_PLAN_FAULT_ROLE);
	WANT_REFUSED(c, plan_done(c, &w->staff[0][POST_REGISTRAR], id, &evidence), RC_FORBIDDEN, MSG_PLAN_FAULT_ROLE);
	c->now = world_day(w, 20, 12);
	WANT_OK(plan_done(c, executor, id, &evidence));
	WANT_OK(only_duty(c, id.v, &d));
	WANT_STR(d.outcome, S("done"));
	WANT(!d.late);
	WANT_OK(measure_by_id(c->db, id, &row));
	WANT_STR(row.state, S("done"));
	WANT_REFUSED(c, plan_start(c, executor, id, &evidence), RC_CONFLICT, MSG_PLAN_FAULT_STATE);
	return RC_OK;
}
TEST(a_measure_with_a_date_is_owed_until_it_is_done_with_evidence) { world_run(kept); }

static enum rc moved(struct ctx *c, const struct world *w)
{
	const struct actor *head = &w->staff[0][POST_HEAD];
	struct measure_new m = good(w);
	struct day later = when_day(world_day(w, 60, 0));
	struct measure_event_row_list e;
	struct measure_id id;
	struct measure_row row;
	struct duty_row d;

	WANT_OK(plan_add(c, head, &m, &id));
	WANT_REFUSED(c, plan_move_date(c, head, id, later, S(" ")), RC_INVALID, MSG_PLAN_FAULT_REASON);
	WANT_REFUSED(c, plan_move_date(c, head, id, m.due, S("Так надо.")), RC_INVALID, MSG_PLAN_FAULT_DUE);
	WANT_OK(plan_move_date(c, head, id, later, S("Столбы не привезли.")));
	WANT_OK(only_duty(c, id.v, &d));
	WANT_INT(when_day(d.due_at).v, later.v);
	WANT_OK(measure_by_id(c->db, id, &row));
	WANT_INT(row.moves, 1);
	WANT_INT(row.first_due_on.v, m.due.v);
	WANT_OK(measure_event_list(c->db, id, 10, &e));
	WANT_INT(e.n, 2);
	WANT_INT(e.v[1].from_on.v, m.due.v);
	WANT_INT(e.v[1].to_on.v, later.v);
	WANT_STR(e.v[1].text, S("Столбы не привезли."));
	return RC_OK;
}
TEST(a_moved_date_moves_what_is_owed_and_stays_in_the_history_with_its_reason) { world_run(moved); }

static enum rc not_now(struct ctx *c, const struct world *w)
{
	const struct actor *head = &w->staff[0][POST_HEAD];
	struct measure_new m = good(w);
	struct duty_row_list duties;
	struct measure_id id;
	struct measure_row row;
	struct duty_row d;

	m.due.v = 0;
	WANT_REFUSED(c, plan_add(c, head, &m, &id), RC_INVALID, MSG_PLAN_FAULT_DUE);
	m.not_now = S("Денег нет до 2027 года.");
	WANT_OK(plan_add(c, head, &m, &id));
	WANT_OK(duty_of_subject(c->db, id.v, &duties));
	WANT_INT(duties.n, 0);
	WANT_OK(measure_by_id(c->db, id, &row));
	WANT_STR(row.reason, S("Денег нет до 2027 года."));
	WANT_OK(plan_resume(c, head, id, when_day(world_day(w, 90, 0)), S("Деньги выделили.")));
	WANT_OK(only_duty(c, id.v, &d));
	WANT_OK(plan_drop(c, head, id, S("Дорогу закрыли.")));
	WANT_OK(only_duty(c, id.v, &d));
	WANT_STR(d.outcome, S("cancelled"));
	return RC_OK;
}
TEST(what_is_not_possible_now_says_why_and_is_owed_once_it_gets_a_date) { world_run(not_now); }

static enum rc file_by(struct ctx *c, const struct world *w, const char *mail, const char *lang, int64_t account, struct appeal_case *ret)
{
	struct appeal_filing f = { .kind = S("application"), .origin = S("web"), .lang = str_of(lang), .title = S("Темно на улице Абая"), .text = S("На улице Абая темно."),
				   .topic = S("roads"), .place = w->place, .body = w->body[0], .name = S("Айгүл"), .email = str_of(mail), .account = account };

	return appeal_file(c, account ? &w->citizen : &w->guest, &f, ret);
}

/* Runs the jobs of this slice until none is due. */
static enum rc run_jobs(struct ctx *c)
{
	struct job_row_list due;
	int64_t changed;
	bool ran = true;

	while (ran) {
		ran = false;
		TRY(job_due(c->db, c->now, c->now, 200, &due));
		for (size_t i = 0; i < due.n; i++)
			for (size_t k = 0; k < plan_tell_module.n_jobs; k++)
				if (str_eq(due.v[i].kind, str_of(plan_tell_module.jobs[k].name)) && due.v[i].payload.n) {
					TRY(plan_tell_module.jobs[k].run(c, due.v[i].payload));
					TRY(job_done(c->db, due.v[i].id, c->now, &changed));
					ran = true;
				}
	}
	return RC_OK;
}

static enum rc did_letters(struct ctx *c, struct str about, size_t *ret, struct str *ret_to)
{
	struct mail_line_list l;

	*ret = 0;
	*ret_to = S("");
	TRY(mail_list(c->db, (struct mail_id){ INT64_MAX }, 50, &l));
	for (size_t i = 0; i < l.n; i++) {
		if (str_find(l.v[i].subject, about, 0) == SIZE_MAX)
			continue;
		++*ret;
		*ret_to = str_fmt(c->arena, "%.*s %.*s:%.*s", STR_FMT(*ret_to), STR_FMT(l.v[i].address), STR_FMT(l.v[i].lang));
	}
	return RC_OK;
}

static enum rc said_and_did(struct ctx *c, const struct world *w)
{
	const struct actor *head = &w->staff[0][POST_HEAD];
	struct measure_new m = good(w);
	struct appeal_case one, again, joined, quiet, target;
	struct measure_id id;
	struct measure_row row;
	struct str to;
	int64_t changed;
	size_t n;

	WANT_OK(file_by(c, w, "one@example.kz", "kk", 0, &one));
	WANT_OK(file_by(c, w, "one@example.kz", "kk", 0, &again));
	WANT_OK(file_by(c, w, "joined@example.kz", "ru", 0, &joined));
	WANT_OK(account_set(c->db, (struct account_id){ w->citizen.account }, S("Айгүл"), S("kk"), true, false, &changed)); /* letters off */
	WANT_OK(file_by(c, w, "quiet@example.kz", "ru", w->citizen.account, &quiet));
	target = one;
	WANT_OK(appeal_join(c, &joined, &target));
	WANT_OK(plan_add(c, head, &m, &id));
	WANT_OK(plan_add_voice(c, id, "appeal", one.a.id.v));
	WANT_OK(plan_add_voice(c, id, "appeal", one.a.id.v));
	WANT_OK(plan_add_voice(c, id, "appeal", again.a.id.v));
	WANT_OK(plan_add_voice(c, id, "appeal", quiet.a.id.v));
	WANT_OK(measure_by_id(c->db, id, &row));
	WANT_INT(row.voices, 3);
	WANT_OK(plan_done(c, head, id, &evidence));
	WANT_OK(run_jobs(c));
	WANT_OK(did_letters(c, m.title, &n, &to));
	WANT_INT(n, 2);
	WANT(str_find(to, S("one@example.kz:kk"), 0) != SIZE_MAX);
	WANT(str_find(to, S("joined@example.kz:ru"), 0) != SIZE_MAX);
	WANT_OK(plan_tell_module.jobs[0].run(c, str_fmt(c->arena, "%lld 0", (long long)id.v)));
	WANT_OK(run_jobs(c));
	WANT_OK(did_letters(c, m.title, &n, &to));
	WANT_INT(n, 2); /* a job that runs twice tells once */
	return RC_OK;
}
TEST(whoever_asked_is_told_once_what_was_done) { world_run(said_and_did); }

static enum rc no_more(struct ctx *c, const struct world *w)
{
	const struct actor *head = &w->staff[0][POST_HEAD];
	struct measure_new m = good(w);
	struct appeal_case k;
	struct measure_id id;
	struct mail_line_list l;
	struct mail_row mail = { 0 };
	struct str to;
	size_t n;

	WANT_OK(file_by(c, w, "One@example.kz", "ru", 0, &k));
	for (int i = 0; i < 2; i++) { /* told the first time, told no more after */
		WANT_OK(plan_add(c, head, &m, &id));
		WANT_OK(plan_add_voice(c, id, "appeal", k.a.id.v));
		WANT_OK(plan_done(c, head, id, &evidence));
		WANT_OK(run_jobs(c));
		WANT_OK(did_letters(c, m.title, &n, &to));
		WANT_INT(n, 1);
		WANT_OK(mail_list(c->db, (struct mail_id){ INT64_MAX }, 50, &l));
		for (size_t j = 0; j < l.n && !mail.unsubscribe.n; j++)
			if (str_find(l.v[j].subject, m.title, 0) != SIZE_MAX)
				WANT_OK(mail_by_id(c->db, l.v[j].id, &mail));
		size_t at = str_find(mail.unsubscribe, S("/plans/letters/"), 0);

		WANT(at != SIZE_MAX);
		struct str token = str_from(mail.unsubscribe, at + strlen("/plans/letters/"));

		WANT_RC(plan_letters_off(c, S("appeal-1-AAAA")), RC_NOT_FOUND);
		WANT_RC(plan_letters_off(c, S("measure-1-AAAA")), RC_NOT_FOUND);
		WANT_OK(plan_letters_off(c, token));
	}
	return RC_OK;
}
TEST(one_tap_ends_letters_about_what_was_done) { world_run(no_more); }

static enum rc reworded(struct ctx *c, const struct world *w)
{
	const struct actor *head = &w->staff[0][POST_HEAD];
	struct measure_new m = good(w), other = m;
	struct measure_event_row_list e;
	struct measure_row_list behind;
	struct measure_id id;
	struct measure_row row;
	struct duty_row d;

	WANT_OK(plan_add(c, head, &m, &id));
	WANT_OK(plan_add_voice(c, id, "appeal", 7));
	other.title = S("На улице Абая будет тёплый свет");
	other.account = 0;
	WANT_REFUSED(c, plan_reword(c, &w->staff[1][POST_HEAD], id, &other), RC_FORBIDDEN, MSG_PLAN_FAULT_ROLE);
	WANT_OK(plan_reword(c, head, id, &other));
	WANT_OK(measure_by_id(c->db, id, &row));
	WANT_STR(row.title, other.title);
	WANT_INT(row.due_on.v, m.due.v);
	WANT_OK(only_duty(c, id.v, &d));
	WANT_INT(d.account_id, 0); /* who is no longer named is no longer reminded */
	WANT_OK(measure_event_list(c->db, id, 10, &e));
	WANT_INT(e.n, 2);
	WANT_STR(e.v[1].text, m.title); /* what changed, as it was; nothing else */
	WANT_OK(plan_behind(c, "appeal", 7, &behind));
	WANT_INT(behind.n, 1);
	WANT_STR(behind.v[0].title, other.title);
	other.title = S(" ");
	WANT_REFUSED(c, plan_reword(c, head, id, &other), RC_INVALID, MSG_PLAN_FAULT_TITLE);
	WANT_OK(plan_done(c, head, id, &evidence));
	WANT_REFUSED(c, plan_reword(c, head, id, &m), RC_CONFLICT, MSG_PLAN_FAULT_STATE); /* what was done was done as it was promised */
	return RC_OK;
}
TEST(a_measure_in_other_words_keeps_those_before_in_its_history) { world_run(reworded); }

static enum rc report(struct ctx *c, const struct world *w)
{
	const struct actor *head = &w->staff[0][POST_HEAD];
	struct measure_new m = good(w);
	struct plan_report_row_list reports;
	struct plan_report_whole r;
	struct measure_id done, open;
	struct duty_row d;

	WANT_OK(plan_add(c, head, &m, &done));
	WANT_OK(plan_add(c, head, &m, &open));
	WANT_OK(plan_move_date(c, head, open, when_day(world_day(w, 45, 0)), S("Столбы не привезли.")));
	WANT_OK(plan_done(c, head, done, &evidence));
	c->now = when_from_civil(2026, 7, 1, 10, 0, 0);
	WANT_OK(plan_reports_due(c, S("")));
	WANT_OK(plan_reports_due(c, S("")));
	WANT_OK(plan_report_list(c->db, w->body[0], 10, &reports));
	WANT_INT(reports.n, 1);
	WANT_INT(reports.v[0].half, 2026 * 2);
	WANT_OK(only_duty(c, reports.v[0].id.v, &d));
	WANT_INT(when_day(d.due_at).v, when_day(when_from_civil(2026, 7, 22, 0, 0, 0)).v); /* 15 working days, the 6th is a day off */
	WANT_OK(plan_report_load(c, reports.v[0].id, &r));
	WANT(!r.fixed);
	WANT_INT(r.lines.n, 2);
	WANT_STR(r.lines.v[r.lines.v[0].moves ? 0 : 1].reason, S("Столбы не привезли."));
	WANT_STR(str_of(r.numbers[1].name), S("done"));
	WANT_INT(r.numbers[1].n, 1);
	WANT_REFUSED(c, plan_report_publish(c, &w->staff[0][POST_EXECUTOR], reports.v[0].id, S("")), RC_FORBIDDEN, MSG_PLAN_FAULT_ROLE);
	WANT_OK(plan_report_publish(c, head, reports.v[0].id, S("Второй столб ждём.")));
	WANT_OK(only_duty(c, reports.v[0].id.v, &d));
	WANT_STR(d.outcome, S("done"));
	WANT_OK(plan_done(c, head, open, &evidence)); /* what happens later is the next half-year's */
	WANT_OK(plan_report_load(c, reports.v[0].id, &r));
	WANT(r.fixed);
	WANT_INT(r.numbers[1].n, 1);
	WANT_STR(r.r.words, S("Второй столб ждём."));
	WANT_REFUSED(c, plan_report_publish(c, head, reports.v[0].id, S("Ещё раз")), RC_CONFLICT, MSG_PLAN_FAULT_STATE);
	return RC_OK;
}
TEST(a_half_year_ends_in_one_report_whose_numbers_stand_still) { world_run(report); }

TEST(half_years_are_counted_from_january_and_july)
{
	struct day d = { 0 };

	CHECK(day_from_ymd(2026, 6, 30, &d));
	CHECK_INT(plan_half_of(d), 4052);
	CHECK(day_from_ymd(2026, 7, 1, &d));
	CHECK_INT(plan_half_of(d), 4053);
	CHECK_INT(plan_half_begin(4053).v, d.v);
}

TESTS("plan", T(a_measure_with_a_date_is_owed_until_it_is_done_with_evidence), T(a_moved_date_moves_what_is_owed_and_stays_in_the_history_with_its_reason),
      T(what_is_not_possible_now_says_why_and_is_owed_once_it_gets_a_date), T(whoever_asked_is_told_once_what_was_done),
      T(a_half_year_ends_in_one_report_whose_numbers_stand_still), T(half_years_are_counted_from_january_and_july),
      T(one_tap_ends_letters_about_what_was_done), T(a_measure_in_other_words_keeps_those_before_in_its_history))
