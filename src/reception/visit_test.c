/* The day: tickets, calls, visits, oral appeals, promises, numbers. */
#include "reception/reception_visit.h"

#include "appeal/appeal.h"
#include "gen/answer_sql.h"
#include "gen/duty_sql.h"
#include "gen/messages.h"
#include "plan/plan.h"
#include "reception/reception_inner.h"
#include "reception/reception_test.h"

#define SAID S("Сіз Абай көшесіндегі жарық туралы сұрадыңыз. Шамды бүгін кешке электрик ауыстырады, тексеруді бөлім басшысы жүргізеді.")
#define ASKED S("Абай көшесінде, 15-үйдің алдында үш апта бойы жарық жоқ. Балалар мектептен қараңғыда қайтады, шамды ауыстыруды сұраймын.")

static enum rc booked(struct ctx *c, const struct world *w, struct reception_slot_id slot, const char *email, struct reception_booking_row *ret)
{
	struct reception_person p = { .name = S("Айгүл Серікова"), .email = str_of(email), .matter = S("Жарық туралы"), .lang = LANG_KK };

	TRY(reception_reserve(c, &w->guest, slot, LANG_KK, ret));
	TRY(reception_ask(c, &w->guest, ret, &p));
	return reception_confirm(c, ret, reception_code(c, c->arena, ret->id));
}

/* ---- the queue ---- */

static enum rc queue(struct ctx *c, const struct world *w)
{
	const struct actor *clerk = &w->staff[3][POST_EXECUTOR], *other = &w->staff[3][POST_REGISTRAR];
	struct office o;
	struct reception_booking_row a;
	struct reception_ticket_row early, walk, t;
	struct reception_visit_id visit;
	struct reception_visit_row v;

	WANT_OK(office_make(c, w, &o));
	WANT_OK(booked(c, w, o.slots.v[0].id, "a@example.kz", &a));
	WANT_REFUSED(c, reception_check_in(c, clerk, &a, &t), RC_CONFLICT, MSG_RECEPTION_FAULT_NOT_TODAY);
	c->now = when_add(o.slots.v[0].starts_at, -10 * WHEN_MINUTE);
	WANT_OK(reception_check_in(c, clerk, &a, &early)); /* ten minutes early */
	WANT_INT(early.since_at.us, o.slots.v[0].starts_at.us);
	WANT_STR(a.state, S("here"));
	WANT_OK(reception_walk_in(c, clerk, o.room, o.head.v, &walk));
	WANT_INT(walk.since_at.us, c->now.us);
	WANT_STR(reception_ticket_number(c->arena, &walk), S("H-002"));
	WANT_OK(reception_call_next(c, clerk, o.room, o.head.v, 1, &t));
	WANT_INT(t.id.v, walk.id.v); /* whose waiting has begun */
	WANT_RC(reception_call_next(c, other, o.room, o.head.v, 2, &t), RC_NOT_FOUND); /* the appointment is not yet */
	WANT_REFUSED(c, reception_call(c, other, walk.id, 2), RC_CONFLICT, MSG_RECEPTION_FAULT_CALLED);
	WANT_REFUSED(c, reception_call_again(c, other, walk.id), RC_CONFLICT, MSG_RECEPTION_FAULT_CALLED);
	WANT_OK(reception_call_again(c, clerk, walk.id));
	WANT_OK(reception_miss(c, clerk, walk.id));
	c->now = when_add(o.slots.v[0].starts_at, 4 * WHEN_MINUTE);
	WANT_REFUSED(c, reception_call(c, other, early.id, 9), RC_INVALID, MSG_RECEPTION_FAULT_COUNTER);
	WANT_OK(reception_call_next(c, other, o.room, o.head.v, 2, &t));
	WANT_INT(t.id.v, early.id.v);
	WANT_REFUSED(c, reception_visit_begin(c, clerk, early.id, &visit), RC_CONFLICT, MSG_RECEPTION_FAULT_CALLED); /* who called, receives */
	WANT_OK(reception_visit_begin(c, other, early.id, &visit));
	WANT_OK(reception_visit_open(c, other, visit, &v));
	WANT_INT(v.waited_us, 4 * WHEN_MINUTE); /* from the appointment */
	WANT_STR(v.name, S("Айгүл Серікова"));
	WANT_RC(reception_visit_open(c, &w->staff[0][POST_EXECUTOR], visit, &v), RC_NOT_FOUND);
	WANT_REFUSED(c, reception_call(c, &w->staff[0][POST_EXECUTOR], walk.id, 1), RC_FORBIDDEN, MSG_RECEPTION_FAULT_ROLE);
	return RC_OK;
}
TEST(a_person_is_called_once_and_waits_from_the_appointment_on) { world_run(queue); }

static enum rc comes_back(struct ctx *c, const struct world *w)
{
	const struct actor *clerk = &w->staff[3][POST_EXECUTOR];
	struct office o;
	struct reception_booking_row a;
	struct reception_ticket_row t, again;

	WANT_OK(office_make(c, w, &o));
	WANT_OK(booked(c, w, o.slots.v[0].id, "a@example.kz", &a));
	c->now = o.slots.v[0].starts_at;
	WANT_OK(reception_check_in(c, clerk, &a, &t));
	WANT_OK(reception_check_in(c, clerk, &a, &again));
	WANT_INT(again.id.v, t.id.v); /* pressed twice: one ticket */
	WANT_OK(reception_miss(c, clerk, t.id));
	WANT_OK(reception_booking_by_id(c->db, a.id, &a));
	WANT_STR(a.state, S("missed"));
	c->now = when_add(c->now, 20 * WHEN_MINUTE);
	WANT_OK(reception_check_in(c, clerk, &a, &again));
	WANT(again.id.v != t.id.v);
	WANT_INT(again.since_at.us, c->now.us);
	return RC_OK;
}
TEST(who_missed_the_call_may_come_back_the_same_day) { world_run(comes_back); }

/* ---- the visit ---- */

static enum rc begun(struct ctx *c, const struct world *w, struct office *o, struct reception_visit_id *ret)
{
	struct reception_booking_row a;

	TRY(office_make(c, w, o));
	TRY(booked(c, w, o->slots.v[0].id, "a@example.kz", &a));
	c->now = o->slots.v[0].starts_at;
	return reception_visit_of_booking(c, &w->staff[3][POST_HEAD], &a, ret);
}

static enum rc oral(struct ctx *c, const struct world *w)
{
	const struct actor *head = &w->staff[3][POST_HEAD];
	struct office o;
	struct reception_visit_id visit;
	struct reception_visitor who = { .name = S("Айгүл Серікова"), .phone = S("+77010000000"), .identifier = S("990101300017"), .lang = LANG_KK };
	struct reception_protocol p = { .body = w->body[0], .topic = S("roads"), .kind = S("message"), .place = w->place, .text = ASKED };
	struct reception_act_id act, second;
	struct reception_act_row_list acts;
	struct appeal_row a;
	struct reception_visit_row v;
	struct duty_row_list duties;

	WANT_OK(begun(c, w, &o, &visit));
	WANT_OK(reception_visit_person(c, head, visit, &who));
	WANT_OK(reception_protocol_write(c, head, visit, (struct reception_act_id){ 0 }, &p, &act));
	WANT_OK(duty_open_of(c->db, visit.v, &duties));
	WANT_INT(duties.n, 1);
	WANT_STR(duties.v[0].kind, S("oral"));
	WANT_INT(when_day(duties.v[0].due_at).v, when_day(c->now).v);
	WANT_REFUSED(c, reception_visit_end(c, head, visit), RC_INVALID, MSG_RECEPTION_FAULT_PROTOCOL_OPEN);
	WANT_REFUSED(c, reception_protocol_file(c, head, act, S("said")), RC_INVALID, MSG_RECEPTION_FAULT_NOT_READ);
	WANT_OK(reception_protocol_read(c, head, act));
	WANT_REFUSED(c, reception_protocol_file(c, head, act, S("perhaps")), RC_INVALID, MSG_RECEPTION_FAULT_NOT_CONFIRMED);
	WANT_OK(reception_protocol_write(c, head, visit, act, &p, &act)); /* corrected: it must be read again */
	WANT_REFUSED(c, reception_protocol_file(c, head, act, S("said")), RC_INVALID, MSG_RECEPTION_FAULT_NOT_READ);
	WANT_OK(reception_protocol_read(c, head, act));
	WANT_OK(reception_protocol_file(c, head, act, S("signed")));
	WANT_OK(duty_open_of(c->db, visit.v, &duties));
	WANT_INT(duties.n, 0);
	WANT_OK(reception_acts_of(c->db, visit, &acts));
	WANT_OK(appeal_by_id(c->db, (struct appeal_id){ acts.v[0].appeal_id }, &a));
	WANT_STR(a.origin, S("reception"));
	WANT_STR(a.state, S("filed"));
	WANT_INT(a.body_id, w->body[0]);
	WANT(a.identity_key.n && a.identity_sealed.n);
	WANT(str_find(a.text, S("15-үйдің"), 0) != SIZE_MAX);
	p.topic = S("health");
	p.body = w->body[2];
	WANT_OK(reception_protocol_write(c, head, visit, (struct reception_act_id){ 0 }, &p, &second)); /* one visit, two bodies */
	WANT_OK(reception_protocol_drop(c, head, second));
	WANT_OK(reception_visit_end(c, head, visit));
	WANT_OK(reception_visit_open(c, head, visit, &v));
	WANT(!v.settled);
	WANT_REFUSED(c, reception_protocol_write(c, head, visit, (struct reception_act_id){ 0 }, &p, &second), RC_CONFLICT, MSG_RECEPTION_FAULT_VISIT_OVER);
	return RC_OK;
}
TEST(an_oral_appeal_is_written_read_back_confirmed_and_registered) { world_run(oral); }

static enum rc settled(struct ctx *c, const struct world *w)
{
	const struct actor *head = &w->staff[3][POST_HEAD];
	struct office o;
	struct reception_visit_id visit;
	struct reception_protocol p = { .body = w->body[0], .topic = S("roads"), .kind = S("message"), .place = w->place, .text = ASKED, .answer = SAID };
	struct reception_act_id act;
	struct reception_act_row_list acts;
	struct appeal_row a;
	struct reception_visit_row v;

	WANT_OK(begun(c, w, &o, &visit));
	WANT_REFUSED(c, reception_protocol_write(c, head, visit, (struct reception_act_id){ 0 }, &p, &act), RC_INVALID, MSG_RECEPTION_FAULT_ANSWER_BODY);
	p.body = w->body[3];
	WANT_OK(reception_protocol_write(c, head, visit, (struct reception_act_id){ 0 }, &p, &act));
	WANT_OK(reception_protocol_read(c, head, act));
	WANT_OK(reception_protocol_file(c, head, act, S("said")));
	WANT_OK(reception_acts_of(c->db, visit, &acts));
	WANT(acts.v[0].settled);
	WANT_OK(appeal_by_id(c->db, (struct appeal_id){ acts.v[0].appeal_id }, &a));
	WANT_STR(a.state, S("answered")); /* the same number, clock and trail as a letter */
	WANT_OK(reception_visit_end(c, head, visit));
	WANT_OK(reception_visit_open(c, head, visit, &v));
	WANT(v.settled);
	return RC_OK;
}
TEST(what_is_settled_at_once_is_an_appeal_answered_on_the_spot) { world_run(settled); }

static enum rc promised(struct ctx *c, const struct world *w)
{
	const struct actor *head = &w->staff[3][POST_HEAD];
	struct office o;
	struct reception_visit_id visit;
	struct reception_words words = { .asked = S("Жарық"), .said = S("Шам ауыстырылады"), .promised = S("Бір аптада шам қоямыз"), .promise_on = { when_day(w->monday).v + 9 } };
	struct duty_row_list duties;
	struct reception_visit_row v;

	WANT_OK(begun(c, w, &o, &visit));
	words.promise_on.v = when_day(c->now).v - 1;
	WANT_REFUSED(c, reception_visit_write(c, head, visit, &words), RC_INVALID, MSG_RECEPTION_FAULT_PROMISE_DAY);
	words.promise_on.v = when_day(c->now).v + 7;
	WANT_OK(reception_visit_write(c, head, visit, &words));
	words.promise_on.v++;
	WANT_OK(reception_visit_write(c, head, visit, &words));
	WANT_OK(duty_open_of(c->db, visit.v, &duties));
	WANT_INT(duties.n, 1);
	WANT_STR(duties.v[0].kind, S("promise"));
	WANT_INT(when_day(duties.v[0].due_at).v, words.promise_on.v);
	WANT_OK(reception_visit_end(c, head, visit));
	WANT_REFUSED(c, reception_promise_kept(c, head, visit, S(" ")), RC_INVALID, MSG_RECEPTION_FAULT_KEPT);
	WANT_OK(reception_promise_kept(c, head, visit, S("Шам 9 ақпанда қойылды.")));
	WANT_OK(duty_open_of(c->db, visit.v, &duties));
	WANT_INT(duties.n, 0);
	WANT_OK(reception_visit_open(c, head, visit, &v));
	WANT_INT(v.kept_at.us, c->now.us);
	return RC_OK;
}
TEST(a_promise_is_a_duty_with_a_day) { world_run(promised); }

static enum rc put_into_plan(struct ctx *c, const struct world *w)
{
	const struct actor *head = &w->staff[3][POST_HEAD];
	struct office o;
	struct reception_visit_id visit;
	struct reception_words words = { .asked = S("Жарық"), .promised = S("Айгүлдің үйіне шам қоямыз"), .promise_on = { when_day(w->monday).v + 9 } };
	struct duty_row_list duties;
	struct reception_visit_row v;
	struct measure_row m;

	WANT_OK(begun(c, w, &o, &visit));
	WANT_OK(reception_visit_write(c, head, visit, &words));
	WANT_OK(reception_visit_end(c, head, visit));
	WANT_OK(reception_promise_plan(c, head, visit, S("Абай көшесіне шам қою"), S("Тұрғын үй бөлімі")));
	WANT_OK(reception_visit_open(c, head, visit, &v));
	WANT_OK(measure_by_id(c->db, (struct measure_id){ v.measure_id }, &m));
	WANT_STR(m.title, S("Абай көшесіне шам қою")); /* what is public holds no name */
	WANT_INT(m.due_on.v, words.promise_on.v);
	WANT_OK(duty_open_of(c->db, visit.v, &duties));
	WANT_INT(duties.n, 0); /* one duty, the plan's */
	WANT_REFUSED(c, reception_promise_plan(c, head, visit, S("Абай көшесіне шам қою"), S("Бөлім")), RC_CONFLICT, MSG_RECEPTION_FAULT_IN_PLAN);
	return RC_OK;
}
TEST(a_promise_may_become_a_measure_of_the_plan) { world_run(put_into_plan); }

static enum rc handed(struct ctx *c, const struct world *w)
{
	const struct actor *head = &w->staff[3][POST_HEAD];
	struct office o;
	struct reception_visit_id visit;
	struct reception_act_row_list acts;
	struct reception_head_id lawyer;
	struct reception_head_new l = { .body = w->body[3], .kind = S("lawyer"), .name = S("Ержан Заңгер"), .post_kk = S("Заңгер") };
	struct reception_day_new d = { .from_min = 600, .to_min = 660, .slot_min = 30, .kind = S("person"), .on = { when_day(w->monday).v + 3 } };
	struct reception_day_id day;
	struct reception_slot_row_list free;
	struct reception_numbers n;

	WANT_OK(begun(c, w, &o, &visit));
	WANT_OK(reception_head_add(c, head, &l, &lawyer));
	d.head = lawyer;
	d.centre = o.room;
	WANT_OK(reception_day_add(c, head, &d, &day));
	WANT_OK(reception_slots_of(c->db, day, &free));
	WANT_OK(reception_book_in(c, head, visit, free.v[0].id));
	WANT_OK(reception_book_in(c, head, visit, o.slots.v[3].id));
	WANT_OK(reception_advise(c, head, visit, S("advice"), w->body[2], S("Емханаға тіркелу тәртібі түсіндірілді.")));
	WANT_OK(reception_advise(c, head, visit, S("mediator"), w->body[3], S("Көршімен дау, медиаторға берілді.")));
	WANT_OK(reception_acts_of(c->db, visit, &acts));
	WANT_INT(acts.n, 4);
	WANT_STR(acts.v[0].kind, S("lawyer"));
	WANT_STR(acts.v[1].kind, S("booking"));
	WANT_OK(reception_visit_end(c, head, visit));
	WANT_OK(reception_numbers(c, o.room, &n));
	WANT_INT(n.visits, 1);
	WANT_INT(n.settled, 1);
	WANT(!n.enough); /* one visit says nothing about waiting */
	WANT_INT(n.n_bodies, 2);
	return RC_OK;
}
TEST(one_visit_touches_several_bodies_and_each_has_its_record) { world_run(handed); }

TEST(the_middle_and_nine_tenths_of_waiting_are_counted_right)
{
	int64_t v[] = { 9, 1, 8, 2, 7, 3, 6, 4, 5, 10 }, median, p90;

	reception_waits_fold(v, 10, &median, &p90);
	CHECK_INT(median, 5);
	CHECK_INT(p90, 9);
	reception_waits_fold(v, 1, &median, &p90);
	CHECK_INT(median, 1);
	CHECK_INT(p90, 1);
	reception_waits_fold(v, 0, &median, &p90);
	CHECK_INT(p90, 0);
}

TESTS("visit", T(a_person_is_called_once_and_waits_from_the_appointment_on), T(who_missed_the_call_may_come_back_the_same_day),
      T(an_oral_appeal_is_written_read_back_confirmed_and_registered), T(what_is_settled_at_once_is_an_appeal_answered_on_the_spot), T(a_promise_is_a_duty_with_a_day),
      T(a_promise_may_become_a_measure_of_the_plan),
      T(one_visit_touches_several_bodies_and_each_has_its_record), T(the_middle_and_nine_tenths_of_waiting_are_counted_right))
