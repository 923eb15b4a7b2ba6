/* The life of an appeal against a real database: filed, registered, passed on, put on hold, answered. */
#include "base/utf8.h"
#include "appeal/case_test.h"

#include "appeal/appeal_rules.h"
#include "base/random.h"
#include "gen/messages.h"

/* --- filing ------------------------------------------------------------------------------------------------------------ */

static enum rc filing_keeps(struct ctx *c, const struct world *w)
{
	struct appeal_filing f = case_filing(w);
	struct appeal_case k;
	struct event_row e;
	struct str clean;
	int64_t n;

	WANT_OK(appeal_file(c, &w->citizen, &f, &k));
	WANT(k.state == APPEAL_FILED && k.view == VIEW_OWN);
	WANT(appeal_number_clean(c->arena, k.a.number, &clean));
	WANT_STR(clean, k.a.number);
	WANT_INT(k.a.registered_at.us, w->monday.us);
	WANT_INT(when_day(k.a.due_at).v, when_day(when_from_civil(2026, 2, 23, 0, 0, 0)).v);
	WANT_INT(k.a.region_id, w->region);
	WANT_INT(k.parts.n, 2);
	WANT(k.a.identity_key.n == 64 && str_find(k.a.identity_sealed, S("900101400007"), 0) == SIZE_MAX);
	WANT_STR(k.a.public_state, S("waiting"));
	WANT_OK(case_duties(c, &k, "register", &n));
	WANT_INT(n, 1);
	WANT_OK(case_duties(c, &k, "answer", &n));
	WANT_INT(n, 1);
	WANT_OK(case_events(c, &k, "filed", &e, &n));
	WANT_INT(n, 1);
	WANT(e.public && e.due_at.us == k.a.due_at.us && e.account_id == w->citizen.account);
	return RC_OK;
}
TEST(filing_gives_a_number_a_clock_a_trail_and_two_duties) { world_run(filing_keeps); }

/* What filing gives back undivided is what the rows say. */
static enum rc as_stored(struct ctx *c, const struct world *w)
{
	struct appeal_filing f = case_filing(w);
	struct appeal_case k, stored;

	f.n_points = 0;
	WANT_OK(appeal_file(c, &w->staff[0][POST_REGISTRAR], &f, &k));
	WANT_OK(case_as(c, &w->staff[0][POST_REGISTRAR], &k, &stored));
	WANT_INT(k.assignments.n, 1);
	WANT_INT(stored.assignments.n, 1);
	const struct assignment_row *x = k.assignments.v, *y = stored.assignments.v;

	WANT(k.mine == x && stored.mine == y && x->id.v == y->id.v && x->body_id == y->body_id && x->parent_id == y->parent_id && x->hop == y->hop);
	WANT(x->parts == y->parts && x->from_body_id == y->from_body_id && x->executor_id == y->executor_id && x->head_id == y->head_id);
	WANT_STR(x->state, y->state);
	WANT(x->reason.n + y->reason.n + x->reason_text.n + y->reason_text.n + x->resolution.n + y->resolution.n == 0);
	WANT(x->made_at.us == y->made_at.us && x->due_at.us == y->due_at.us && x->done_at.us == y->done_at.us);
	WANT(x->taken_at.us == y->taken_at.us && x->inner_due_at.us == y->inner_due_at.us);
	WANT_INT(k.parts.n, 1);
	WANT_INT(stored.parts.n, 1);
	WANT_STR(k.parts.v[0].text, stored.parts.v[0].text);
	return RC_OK;
}
TEST(a_case_just_filed_is_as_the_rows_say) { world_run(as_stored); }

static enum rc after_hours(struct ctx *c, const struct world *w)
{
	struct appeal_filing f = case_filing(w);
	struct appeal_case k;

	c->now = when_from_civil(2026, 2, 6, 20, 0, 0); /* Friday evening */
	WANT_OK(appeal_file(c, &w->citizen, &f, &k));
	WANT_INT(k.a.registered_at.us, when_from_civil(2026, 2, 9, 9, 0, 0).us);
	WANT_INT(k.a.filed_at.us, c->now.us);
	return RC_OK;
}
TEST(what_comes_after_hours_is_registered_when_the_office_opens_next) { world_run(after_hours); }

/* Paper that came on Monday and was typed on Wednesday owes its answer as if it had been typed on Monday. */
static enum rc paper(struct ctx *c, const struct world *w)
{
	struct appeal_filing f = case_filing(w);
	struct appeal_case k, typed;

	f.account = 0;
	f.email = S("");
	f.reply_by = S("counter");
	WANT_OK(appeal_file(c, &w->staff[0][POST_REGISTRAR], &f, &k));
	WANT_INT(k.a.written_by, w->staff[0][POST_REGISTRAR].account);
	WANT_INT(k.a.written_body_id, w->body[0]);
	struct day monday = when_day(c->now);

	c->now = when_add(c->now, 2 * WHEN_DAY);
	f.received = monday;
	WANT_OK(appeal_file(c, &w->staff[0][POST_REGISTRAR], &f, &typed));
	WANT_INT(typed.a.due_at.us, k.a.due_at.us);
	WANT_INT(typed.a.received_on.v, monday.v);
	WANT_INT(typed.a.filed_at.us, c->now.us);
	return RC_OK;
}
TEST(the_term_of_a_paper_counts_from_the_day_it_came) { world_run(paper); }

static enum rc faults(struct ctx *c, const struct world *w)
{
	struct appeal_filing f = case_filing(w);
	struct appeal_case k;

	f.text = S(" ");
	WANT_REFUSED(c, appeal_file(c, &w->citizen, &f, &k), RC_INVALID, MSG_APPEAL_FAULT_TEXT);
	f = case_filing(w);
	f.body = 1234567;
	WANT_REFUSED(c, appeal_file(c, &w->citizen, &f, &k), RC_INVALID, MSG_APPEAL_FAULT_BODY);
	f = case_filing(w);
	f.topic = S("nothing");
	WANT_REFUSED(c, appeal_file(c, &w->citizen, &f, &k), RC_INVALID, MSG_APPEAL_FAULT_TOPIC);
	f = case_filing(w);
	f.anonymous = true;
	WANT_REFUSED(c, appeal_file(c, &w->guest, &f, &k), RC_INVALID, MSG_APPEAL_FAULT_ANONYMOUS);
	f.danger = true;
	WANT_OK(appeal_file(c, &w->guest, &f, &k));
	WANT(!k.a.name.n && !k.a.identity_key.n && !k.a.email.n && !k.a.account_id);
	c->now = when_from_civil(2026, 2, 7, 3, 0, 0); /* the night before Saturday: danger does not wait */
	WANT_OK(appeal_file(c, &w->guest, &f, &k));
	WANT_INT(k.a.registered_at.us, c->now.us);
	f = case_filing(w);
	f.email = S("");
	f.account = 0;
	WANT_REFUSED(c, appeal_file(c, &w->guest, &f, &k), RC_INVALID, MSG_APPEAL_FAULT_CONTACT);
	f = case_filing(w);
	f.collective = true;
	WANT_REFUSED(c, appeal_file(c, &w->citizen, &f, &k), RC_INVALID, MSG_APPEAL_FAULT_PEOPLE);
	return RC_OK;
}
TEST(a_filing_is_refused_only_for_what_the_form_itself_asks) { world_run(faults); }

static enum rc secrets(struct ctx *c, const struct world *w)
{
	struct appeal_filing f = case_filing(w);
	struct appeal_case k, x;

	WANT_OK(appeal_file(c, &w->citizen, &f, &k));
	struct str secret = appeal_secret(c, c->arena, k.a.id);

	WANT_RC(appeal_open(c, &w->guest, k.a.number, S(""), false, &x), RC_NOT_FOUND);
	WANT_RC(appeal_open(c, &w->stranger, k.a.number, S("AAAABBBBCCCC"), false, &x), RC_NOT_FOUND);
	WANT_OK(appeal_open(c, &w->guest, k.a.number, secret, false, &x));
	WANT(x.view == VIEW_OWN && appeal_may(&x, EV_WITHDRAWN));
	WANT_RC(appeal_open_token(c, k.a.number, secret, false, &x), RC_NOT_FOUND);
	WANT_OK(appeal_open_token(c, k.a.number, appeal_rate_token(c, c->arena, k.a.id), true, &x));
	WANT_RC(case_as(c, &w->staff[1][POST_REGISTRAR], &k, &x), RC_NOT_FOUND);
	WANT_OK(case_as(c, &w->staff[0][POST_REGISTRAR], &k, &x));
	WANT(x.view == VIEW_BODY);
	WANT(case_as(c, &w->staff[1][POST_MODERATOR], &k, &x) == RC_NOT_FOUND); /* a moderator of another body is a stranger */
	WANT_OK(case_as(c, &w->staff[0][POST_MODERATOR], &k, &x));
	WANT(x.view == VIEW_FULL);
	return RC_OK;
}
TEST(only_the_applicant_the_body_and_the_moderator_know_of_a_private_appeal) { world_run(secrets); }

/* --- registration and passing on ---------------------------------------------------------------------------------------- */

static enum rc registering(struct ctx *c, const struct world *w)
{
	struct appeal_filing f = case_filing(w);
	struct appeal_registering r = { .kind = S("complaint"), .topic = S("health") };
	struct appeal_case k, x;
	int64_t n;

	WANT_OK(appeal_file(c, &w->citizen, &f, &k));
	WANT_OK(case_as(c, &w->staff[0][POST_EXECUTOR], &k, &x));
	WANT_REFUSED(c, appeal_register(c, &x, &r), RC_FORBIDDEN, MSG_APPEAL_NOT_YOURS);
	WANT_OK(case_as(c, &w->staff[0][POST_REGISTRAR], &k, &x));
	WANT_OK(appeal_register(c, &x, &r));
	WANT(x.state == APPEAL_REGISTERED);
	WANT_INT(when_day(x.a.due_at).v, when_day(when_from_civil(2026, 3, 2, 0, 0, 0)).v); /* 20 working days */
	WANT_INT(x.mine->due_at.us, x.a.due_at.us);
	WANT_OK(case_duties(c, &x, "register", &n));
	WANT_INT(n, 0);
	WANT_OK(case_duties(c, &x, "take", &n));
	WANT_INT(n, 1);
	WANT_REFUSED(c, appeal_register(c, &x, &r), RC_CONFLICT, MSG_APPEAL_NOT_NOW);
	return RC_OK;
}
TEST(a_registrar_registers_once_and_a_corrected_kind_has_its_own_term) { world_run(registering); }

static enum rc passing(struct ctx *c, const struct world *w)
{
	struct appeal_hop to[] = { { w->body[1], 1 }, { w->body[2], 2 } }, self = { w->body[0], 0 }, foreign = { w->body[1], 8 };
	struct appeal_case k, x;
	struct event_row e;
	int64_t n;

	WANT_OK(case_registered(c, w, &k));
	WANT_REFUSED(c, appeal_pass_on(c, &k, &self, 1, S("not_ours"), S("why")), RC_INVALID, MSG_APPEAL_FAULT_BODY);
	WANT_REFUSED(c, appeal_pass_on(c, &k, &foreign, 1, S("not_ours"), S("why")), RC_INVALID, MSG_APPEAL_FAULT_HOP);
	WANT_REFUSED(c, appeal_pass_on(c, &k, to, 2, S("not_ours"), S("")), RC_INVALID, MSG_APPEAL_FAULT_REASON);
	WANT_REFUSED(c, appeal_pass_on(c, &k, to, 2, S("court"), S("why")), RC_INVALID, MSG_APPEAL_FAULT_REASON);
	WANT_OK(appeal_pass_on(c, &k, to, 2, S("not_ours"), S("Бұл біздің мәселе емес")));
	WANT_INT(k.a.body_id, w->body[1]);
	WANT_INT(k.a.first_body_id, w->body[0]);
	WANT_STR(k.assignments.v[0].state, S("passed"));
	WANT(!when_set(k.assignments.v[0].done_at));
	WANT_OK(case_duties(c, &k, "follow", &n));
	WANT_INT(n, 1);
	WANT_OK(case_events(c, &k, "passed_on", &e, &n));
	WANT_INT(n, 2);
	WANT(e.to_body_id == w->body[2] && e.value == 1 && !e.late && e.public);
	WANT_OK(case_as(c, &w->staff[1][POST_EXECUTOR], &k, &x));
	WANT_INT(x.mine->parts, 1);
	WANT(appeal_may(&x, EV_TAKEN));
	WANT_OK(case_as(c, &w->staff[0][POST_EXECUTOR], &k, &x));
	WANT(!appeal_may(&x, EV_TAKEN) && x.view == VIEW_BODY);
	return RC_OK;
}
TEST(passed_to_two_bodies_the_first_stays_answerable) { world_run(passing); }

static enum rc all_have_to_answer(struct ctx *c, const struct world *w)
{
	struct appeal_hop to = { w->body[1], 2 };
	struct answer_text first = case_good_answer(), second = case_good_answer();
	struct appeal_case k, x;
	struct event_row e;
	int64_t n;

	first.n_parts = second.n_parts = 1;
	second.parts[0].number = 2;
	second.decision = S("explained");
	WANT_OK(case_registered(c, w, &k));
	WANT_OK(appeal_pass_on(c, &k, &to, 1, S("partly_not_ours"), S("Жарық біздікі емес")));
	WANT_INT(k.a.body_id, w->body[0]);
	for (size_t b = 0; b < 2; b++) {
		WANT_OK(case_as(c, &w->staff[b][POST_EXECUTOR], &k, &x));
		WANT_OK(appeal_take(c, &x));
	}
	WANT_OK(case_signed(c, w, 0, &k, &first));
	WANT_OK(case_as(c, &w->citizen, &k, &x));
	WANT(x.state == APPEAL_WORKING);
	WANT_OK(case_events(c, &x, "part_answered", &e, &n));
	WANT_INT(n, 1);
	WANT_OK(case_signed(c, w, 1, &k, &second));
	WANT_OK(case_as(c, &w->citizen, &k, &x));
	WANT(x.state == APPEAL_ANSWERED);
	WANT_STR(x.a.decision, S("explained"));
	struct duty_row_list left;

	WANT_OK(duty_open_of(c->db, k.a.id.v, &left));
	WANT_INT(left.n, 0);
	return RC_OK;
}
TEST(an_appeal_is_answered_when_every_body_has_answered_its_part) { world_run(all_have_to_answer); }

static enum rc ping_pong(struct ctx *c, const struct world *w)
{
	struct appeal_hop one = { w->body[1], 0 }, two = { w->body[2], 0 };
	struct appeal_case k, x, y;
	struct event_row e;
	int64_t n;

	WANT_OK(case_registered(c, w, &k));
	WANT_REFUSED(c, appeal_return(c, &k, S("why")), RC_CONFLICT, MSG_APPEAL_FAULT_FIRST);
	WANT_OK(appeal_pass_on(c, &k, &one, 1, S("not_ours"), S("why")));
	WANT_OK(case_duties(c, &k, "control", &n));
	WANT_INT(n, 0);
	WANT_OK(case_as(c, &w->staff[1][POST_REGISTRAR], &k, &x));
	WANT_OK(appeal_pass_on(c, &x, &two, 1, S("not_ours"), S("why")));
	WANT_INT(x.a.hops, 2);
	WANT_OK(case_duties(c, &x, "control", &n));
	WANT_INT(n, 1);
	WANT_OK(case_events(c, &x, "hops", &e, &n));
	WANT(n == 1 && !e.public && e.to_body_id == w->body[0]);
	WANT_OK(case_as(c, &w->staff[2][POST_HEAD], &k, &y));
	WANT_OK(appeal_return(c, &y, S("бізге қатысы жоқ")));
	WANT_INT(y.a.body_id, w->body[1]);
	WANT_OK(case_as(c, &w->staff[1][POST_EXECUTOR], &k, &x));
	WANT(x.mine && appeal_may(&x, EV_TAKEN));
	return RC_OK;
}
TEST(after_the_second_hop_the_controller_is_told_and_what_is_returned_can_be_taken) { world_run(ping_pong); }

static enum rc late_hop(struct ctx *c, const struct world *w)
{
	struct appeal_hop to = { w->body[1], 0 };
	struct appeal_case k;
	struct event_row e;
	int64_t n;

	WANT_OK(case_registered(c, w, &k));
	c->now = world_day(w, 4, 12); /* Friday: the fourth working day */
	WANT_OK(appeal_pass_on(c, &k, &to, 1, S("not_ours"), S("why")));
	WANT_OK(case_events(c, &k, "passed_on", &e, &n));
	WANT(e.late);
	WANT_INT(when_day(e.due_at).v, when_day(when_from_civil(2026, 2, 27, 0, 0, 0)).v); /* its own 15 working days */
	return RC_OK;
}
TEST(passing_on_after_three_working_days_is_marked_late) { world_run(late_hop); }

/* --- inside the body ------------------------------------------------------------------------------------------------------- */

static enum rc resolving(struct ctx *c, const struct world *w)
{
	struct appeal_share s[] = {
		{ .account = w->staff[0][POST_EXECUTOR].account, .lead = true },
		{ .account = w->staff[0][POST_COEXECUTOR].account, .share = S("суретке түсіру") },
	};
	struct appeal_share foreign = { .account = w->staff[1][POST_EXECUTOR].account, .lead = true };
	struct appeal_case k, x;
	int64_t n;

	WANT_OK(case_registered(c, w, &k));
	WANT_OK(case_as(c, &w->staff[0][POST_HEAD], &k, &x));
	WANT_REFUSED(c, appeal_resolve(c, &x, &foreign, 1, S(""), (struct when){ 0 }), RC_INVALID, MSG_APPEAL_FAULT_EXECUTOR);
	WANT_REFUSED(c, appeal_resolve(c, &x, &s[1], 1, S(""), (struct when){ 0 }), RC_INVALID, MSG_APPEAL_FAULT_EXECUTOR);
	WANT_REFUSED(c, appeal_resolve(c, &x, s, 2, S(""), world_day(w, 200, 12)), RC_INVALID, MSG_APPEAL_FAULT_INNER);
	WANT_OK(appeal_resolve(c, &x, s, 2, S("Бір аптада"), world_day(w, 7, 18)));
	WANT(x.state == APPEAL_WORKING);
	WANT_INT(x.mine->executor_id, s[0].account);
	WANT_OK(case_duties(c, &x, "share", &n));
	WANT_INT(n, 1);
	WANT_OK(case_duties(c, &x, "take", &n));
	WANT_INT(n, 0);
	WANT_OK(case_as(c, &w->staff[0][POST_COEXECUTOR], &k, &x));
	WANT_OK(appeal_share_done(c, &x, S("сурет дайын")));
	WANT_REFUSED(c, appeal_share_done(c, &x, S("тағы")), RC_CONFLICT, MSG_APPEAL_NOT_NOW);
	WANT_OK(case_duties(c, &x, "share", &n));
	WANT_INT(n, 0);
	return RC_OK;
}
TEST(the_head_names_one_executor_and_helpers_of_the_own_body) { world_run(resolving); }

static enum rc locking(struct ctx *c, const struct world *w)
{
	struct edit_lock_row held = { 0 };
	int64_t a = w->staff[0][POST_EXECUTOR].account, b = w->staff[0][POST_COEXECUTOR].account, thing = id_make();

	WANT_OK(edit_lock(c, "answer", thing, a, false, &held));
	WANT_OK(edit_lock(c, "answer", thing, a, false, &held));
	WANT_RC(edit_lock(c, "answer", thing, b, false, &held), RC_CONFLICT);
	WANT_INT(held.account_id, a);
	WANT_OK(edit_lock(c, "answer", thing, b, true, &held));
	WANT_RC(edit_lock(c, "answer", thing, a, false, &held), RC_CONFLICT);
	WANT_OK(edit_unlock(c, "answer", thing, a)); /* not the holder: nothing happens */
	WANT_RC(edit_lock(c, "answer", thing, a, false, &held), RC_CONFLICT);
	c->now = when_add(c->now, 11 * WHEN_MINUTE);
	WANT_OK(edit_lock(c, "answer", thing, a, false, &held));
	return RC_OK;
}
TEST(a_lock_holds_ten_minutes_and_can_be_taken_over) { world_run(locking); }

/* --- the clock --------------------------------------------------------------------------------------------------------------- */

static enum rc supplementing(struct ctx *c, const struct world *w)
{
	struct appeal_case k, p;
	int64_t n;

	WANT_OK(case_in_work(c, w, &k));
	struct when due = k.a.due_at;

	WANT_OK(appeal_ask_supplement(c, &k, S("Мекенжайды нақтылаңыз")));
	WANT(k.state == APPEAL_PAUSED && when_set(k.a.paused_at));
	WANT_OK(case_duties(c, &k, "supplement", &n));
	WANT_INT(n, 1);
	WANT_OK(case_as(c, &w->staff[0][POST_HEAD], &k, &p));
	WANT_REFUSED(c, appeal_stop(c, &p, S("no_essence"), S("why")), RC_CONFLICT, MSG_APPEAL_FAULT_SUPPLEMENT_RUNS);
	c->now = world_day(w, 2, 12); /* two working days later */
	WANT_OK(case_as(c, &w->citizen, &k, &p));
	WANT_OK(appeal_supplement(c, &p, S("Абай 12")));
	WANT(p.state == APPEAL_WORKING && !when_set(p.a.paused_at));
	WANT_INT(when_day(p.a.due_at).v, when_day(due).v + 2);
	WANT_OK(case_duties(c, &p, "supplement", &n));
	WANT_INT(n, 0);
	struct duty_row_list d;

	WANT_OK(duty_open_of(c->db, k.a.id.v, &d));
	WANT(d.n == 1 && !when_set(d.v[0].paused_at) && d.v[0].due_at.us == p.a.due_at.us);
	return RC_OK;
}
TEST(a_supplement_stops_the_clock_and_the_working_days_left_come_back) { world_run(supplementing); }

static enum rc stopping(struct ctx *c, const struct world *w)
{
	struct appeal_case k, h;

	WANT_OK(case_in_work(c, w, &k));
	WANT_OK(appeal_ask_supplement(c, &k, S("Мекенжайды нақтылаңыз")));
	c->now = world_day(w, 10, 12);
	WANT_OK(case_as(c, &w->staff[0][POST_HEAD], &k, &h));
	WANT_REFUSED(c, appeal_stop(c, &h, S("not_ours"), S("why")), RC_INVALID, MSG_APPEAL_FAULT_GROUND);
	WANT_OK(appeal_stop(c, &h, S("no_essence"), S("Толықтырылмады")));
	WANT(h.state == APPEAL_STOPPED);
	struct duty_row_list d;

	WANT_OK(duty_open_of(c->db, k.a.id.v, &d));
	WANT_INT(d.n, 0);
	WANT_OK(case_as(c, &w->citizen, &k, &k));
	WANT(appeal_may(&k, EV_CONTESTED) && !appeal_may(&k, EV_REOPENED));
	return RC_OK;
}
TEST(stopping_needs_a_ground_and_can_be_contested) { world_run(stopping); }

static enum rc extending(struct ctx *c, const struct world *w)
{
	struct appeal_case k, h;
	struct event_row e;
	struct day far, fine;
	int64_t n;

	CHECK(day_from_ymd(2026, 4, 3, &far) && day_from_ymd(2026, 4, 2, &fine));
	WANT_OK(case_in_work(c, w, &k));
	WANT_REFUSED(c, appeal_extend(c, &k, fine, S("сараптама")), RC_FORBIDDEN, MSG_APPEAL_NOT_YOURS);
	WANT_OK(case_as(c, &w->staff[0][POST_HEAD], &k, &h));
	WANT_REFUSED(c, appeal_extend(c, &h, far, S("сараптама")), RC_INVALID, MSG_APPEAL_FAULT_EXTEND_LIMIT);
	WANT_REFUSED(c, appeal_extend(c, &h, when_day(h.a.due_at), S("сараптама")), RC_INVALID, MSG_APPEAL_FAULT_EXTEND_LIMIT);
	WANT_REFUSED(c, appeal_extend(c, &h, fine, S("")), RC_INVALID, MSG_APPEAL_FAULT_REASON);
	WANT_OK(appeal_extend(c, &h, fine, S("сараптама")));
	WANT_INT(when_day(h.a.due_at).v, fine.v);
	WANT_OK(case_events(c, &h, "extended", &e, &n));
	WANT(n == 1 && e.public && when_day(e.due_at).v == fine.v);
	WANT_REFUSED(c, appeal_extend(c, &h, fine, S("тағы")), RC_CONFLICT, MSG_APPEAL_FAULT_EXTEND_TWICE);
	return RC_OK;
}
TEST(a_term_is_extended_once_with_a_reason_and_at_most_two_months_in_all) { world_run(extending); }

static enum rc no_extension(struct ctx *c, const struct world *w)
{
	struct appeal_filing f = case_filing(w);
	struct appeal_registering r = { 0 };
	struct appeal_case k, x;
	struct day until;

	CHECK(day_from_ymd(2026, 3, 20, &until));
	f.kind = S("complaint");
	WANT_OK(appeal_file(c, &w->citizen, &f, &k));
	WANT_OK(case_as(c, &w->staff[0][POST_REGISTRAR], &k, &x));
	WANT_OK(appeal_register(c, &x, &r));
	WANT_OK(case_as(c, &w->staff[0][POST_HEAD], &k, &x));
	WANT_REFUSED(c, appeal_extend(c, &x, until, S("why")), RC_CONFLICT, MSG_APPEAL_FAULT_EXTEND_KIND);
	return RC_OK;
}
TEST(a_complaint_cannot_be_extended) { world_run(no_extension); }

static enum rc silence(struct ctx *c, const struct world *w)
{
	struct appeal_case k, p, complaint;
	struct event_row e;
	int64_t n;

	WANT_OK(case_in_work(c, w, &k));
	WANT_OK(case_as(c, &w->citizen, &k, &p));
	WANT_REFUSED(c, appeal_contest(c, &p, S("why"), &complaint), RC_CONFLICT, MSG_APPEAL_NOT_NOW);
	c->now = k.a.due_at;
	WANT_OK(appeal_deem_silent(c, 100, &n));
	WANT_OK(case_events(c, &k, "deemed", &e, &n));
	WANT_INT(n, 0);
	c->now = when_add(k.a.due_at, WHEN_MINUTE);
	WANT_OK(appeal_deem_silent(c, 100, &n));
	WANT_OK(appeal_deem_silent(c, 100, &n));
	WANT_OK(case_events(c, &k, "deemed", &e, &n));
	WANT(n == 1 && e.late && e.public);
	WANT_OK(case_as(c, &w->citizen, &k, &p));
	WANT(when_set(p.a.deemed_at) && p.state == APPEAL_WORKING);
	WANT_RC(case_as(c, &w->staff[3][POST_HEAD], &k, &p), RC_NOT_FOUND);
	WANT_OK(case_as(c, &w->citizen, &k, &p));
	WANT_OK(appeal_contest(c, &p, S("Жауап бермеді"), &complaint));
	WANT_INT(complaint.a.body_id, w->body[3]);
	WANT_STR(complaint.a.kind, S("complaint"));
	WANT_INT(complaint.a.complaint_about, k.a.id.v);
	WANT_REFUSED(c, appeal_contest(c, &p, S("тағы"), &complaint), RC_CONFLICT, MSG_APPEAL_FAULT_CONTESTED);
	struct appeal_case above;

	WANT_OK(case_as(c, &w->staff[3][POST_HEAD], &k, &above)); /* the case file goes along */
	WANT(above.view == VIEW_BODY && above.may == 0);
	struct answer_text t = case_good_answer();

	WANT_OK(case_signed(c, w, 0, &k, &t)); /* still owed */
	WANT_OK(case_events(c, &k, "answered", &e, &n));
	WANT(n == 1 && e.late);
	return RC_OK;
}
TEST(silence_past_the_term_is_a_refusal_to_contest_and_the_answer_stays_owed) { world_run(silence); }

/* --- answers --------------------------------------------------------------------------------------------------------------------- */

static enum rc checking(struct ctx *c, const struct world *w)
{
	struct answer_text t = case_good_answer();
	struct appeal_case k, s;
	struct answer_whole a;
	struct answer_faults f;

	WANT_OK(case_in_work(c, w, &k));
	t.n_parts = 1;
	WANT_OK(answer_draft_save(c, &k, &t, &a));
	WANT_REFUSED(c, answer_submit(c, &k, &a), RC_INVALID, MSG_APPEAL_FAULT_PARTS_OPEN);
	WANT_OK(answer_faults_of(c, &k, &a, &f));
	WANT_INT(f.parts_open, 2);
	t = case_good_answer();
	t.decision = S("refused");
	WANT_OK(answer_draft_save(c, &k, &t, &a));
	WANT_INT(a.a.version, 1);
	WANT_OK(answer_faults_of(c, &k, &a, &f));
	WANT(f.n >= 2 && f.msg[0] == MSG_APPEAL_FAULT_GROUND && f.msg[1] == MSG_APPEAL_FAULT_OPTIONS);
	t = case_good_answer();
	t.lang = S("ru");
	WANT_OK(answer_draft_save(c, &k, &t, &a));
	WANT_REFUSED(c, answer_submit(c, &k, &a), RC_INVALID, MSG_APPEAL_FAULT_ANSWER_LANG);
	t = case_good_answer();
	t.text = S("Яма на дороге будет отремонтирована до конца недели, фонарь также установят в ближайшее время.");
	WANT_OK(answer_draft_save(c, &k, &t, &a));
	WANT_REFUSED(c, answer_submit(c, &k, &a), RC_INVALID, MSG_CHECK_STOPPED);
	t = case_good_answer();
	t.n_steps = 1;
	t.steps[0].text = S("Жөндеу");
	WANT_OK(answer_draft_save(c, &k, &t, &a));
	WANT_REFUSED(c, answer_submit(c, &k, &a), RC_INVALID, MSG_APPEAL_FAULT_STEP_DAY);
	t.steps[0].due = (struct day){ when_day(c->now).v - 1 };
	WANT_OK(answer_draft_save(c, &k, &t, &a));
	WANT_REFUSED(c, answer_submit(c, &k, &a), RC_INVALID, MSG_APPEAL_FAULT_STEP_PAST);
	t = case_good_answer();
	WANT_OK(answer_draft_save(c, &k, &t, &a));
	WANT_OK(case_as(c, &w->staff[0][POST_SIGNER], &k, &s));
	WANT_REFUSED(c, answer_sign(c, &s, &a), RC_CONFLICT, MSG_APPEAL_NOT_NOW); /* nobody skips the approval */
	WANT_OK(answer_submit(c, &k, &a));
	WANT_REFUSED(c, answer_approve(c, &k, &a, S("")), RC_FORBIDDEN, MSG_APPEAL_NOT_YOURS);
	WANT_REFUSED(c, answer_draft_save(c, &k, &t, &a), RC_CONFLICT, MSG_APPEAL_FAULT_ANSWER_WAITS);
	WANT_OK(case_as(c, &w->staff[0][POST_APPROVER], &k, &s));
	WANT_REFUSED(c, answer_send_back(c, &s, &a, S("")), RC_INVALID, MSG_APPEAL_FAULT_REASON);
	WANT_OK(answer_send_back(c, &s, &a, S("Қысқарақ")));
	WANT_OK(answer_draft_save(c, &k, &t, &a));
	WANT_INT(a.a.version, 1);
	return RC_OK;
}
TEST(an_answer_leaves_only_when_nothing_is_missing_and_nobody_is_skipped) { world_run(checking); }

static enum rc hearing(struct ctx *c, const struct world *w)
{
	struct answer_text t = case_good_answer();
	struct appeal_case k, p;
	struct answer_whole a;
	struct answer_faults f;

	WANT_OK(case_in_work(c, w, &k));
	t.decision = S("refused");
	t.ground = S("no_money");
	t.n_options = 1;
	t.options[0].code = S("contest");
	t.options[0].text = S("Шағым беруге болады");
	WANT_OK(answer_draft_save(c, &k, &t, &a));
	WANT_OK(answer_faults_of(c, &k, &a, &f));
	WANT(f.n == 1 && f.msg[0] == MSG_APPEAL_FAULT_HEARING_NEEDED);
	WANT_REFUSED(c, appeal_plan_hearing(c, &k, S("Ақша жоқ"), world_day(w, 2, 11), S("101")), RC_INVALID, MSG_APPEAL_FAULT_HEARING_SOON);
	WANT_REFUSED(c, appeal_plan_hearing(c, &k, S("Ақша жоқ"), world_day(w, 5, 11), S("101")), RC_INVALID, MSG_APPEAL_FAULT_HEARING_SOON);
	WANT_OK(appeal_plan_hearing(c, &k, S("Ақша жоқ"), world_day(w, 4, 11), S("101")));
	WANT_REFUSED(c, appeal_plan_hearing(c, &k, S("Ақша жоқ"), world_day(w, 7, 11), S("101")), RC_CONFLICT, MSG_APPEAL_FAULT_HEARING_TWICE);
	WANT_REFUSED(c, appeal_hold_hearing(c, &k, S("хаттама")), RC_CONFLICT, MSG_APPEAL_FAULT_HEARING_EARLY);
	WANT_OK(case_as(c, &w->citizen, &k, &p));
	WANT_OK(appeal_object(c, &p, S("Келіспеймін")));
	c->now = world_day(w, 4, 12);
	WANT_OK(appeal_hold_hearing(c, &k, S("хаттама")));
	WANT_OK(answer_faults_of(c, &k, &a, &f));
	WANT_INT(f.n, 0);
	WANT_OK(answer_submit(c, &k, &a));
	return RC_OK;
}
TEST(an_unfavourable_decision_needs_a_hearing_with_notice) { world_run(hearing); }

static enum rc long_text(struct ctx *c, const struct world *w)
{
	for (size_t pad = 0; pad < 3; pad++) { /* wherever the room for the terms ends: in a letter, between two, behind a word */
		struct appeal_filing f = case_filing(w);
		struct out text = OUT_ON(c->arena);
		struct appeal_case k;

		out_str(&text, str_sub(S("abc"), 0, pad));
		for (int i = 100; i < 300; i++)
			out_fmt(&text, " көше%dшам", i);
		f.text = out_done(&text);
		WANT_OK(appeal_file(c, &w->citizen, &f, &k));
		WANT(k.a.terms.n > 500 && utf8_valid(k.a.terms));
	}
	return RC_OK;
}
TEST(the_terms_of_a_long_text_end_with_a_whole_one) { world_run(long_text); }

TESTS("appeal", T(the_terms_of_a_long_text_end_with_a_whole_one), T(a_case_just_filed_is_as_the_rows_say),
      T(filing_gives_a_number_a_clock_a_trail_and_two_duties),
      T(what_comes_after_hours_is_registered_when_the_office_opens_next), T(the_term_of_a_paper_counts_from_the_day_it_came),
      T(a_filing_is_refused_only_for_what_the_form_itself_asks),
      T(only_the_applicant_the_body_and_the_moderator_know_of_a_private_appeal),
      T(a_registrar_registers_once_and_a_corrected_kind_has_its_own_term),
      T(passed_to_two_bodies_the_first_stays_answerable),
      T(an_appeal_is_answered_when_every_body_has_answered_its_part),
      T(after_the_second_hop_the_controller_is_told_and_what_is_returned_can_be_taken),
      T(passing_on_after_three_working_days_is_marked_late),
      T(the_head_names_one_executor_and_helpers_of_the_own_body), T(a_lock_holds_ten_minutes_and_can_be_taken_over),
      T(a_supplement_stops_the_clock_and_the_working_days_left_come_back),
      T(stopping_needs_a_ground_and_can_be_contested),
      T(a_term_is_extended_once_with_a_reason_and_at_most_two_months_in_all), T(a_complaint_cannot_be_extended),
      T(silence_past_the_term_is_a_refusal_to_contest_and_the_answer_stays_owed),
      T(an_answer_leaves_only_when_nothing_is_missing_and_nobody_is_skipped),
      T(an_unfavourable_decision_needs_a_hearing_with_notice))
