#include "reception/reception_test.h"

#include "gen/duty_sql.h"
#include "gen/messages.h"
#include "gen/notify_sql.h"
#include "reception/reception_inner.h"
#include "search/search.h"
#include "standard/calendar.h"

/* ---- rules ---- */

TEST(windows_follow_each_other_and_leave_the_lunch_break_free)
{
	int64_t at[RECEPTION_GRID_MAX];

	CHECK_INT(reception_grid(900, 1020, 30, 780, 840, at), 4);
	CHECK_INT(at[0], 900);
	CHECK_INT(at[3], 990);
	CHECK_INT(reception_grid(720, 900, 30, 780, 840, at), 4); /* 12:00, 12:30, 14:00, 14:30 */
	CHECK_INT(at[1], 750);
	CHECK_INT(at[2], 840);
	CHECK_INT(reception_grid(900, 1020, 45, 780, 840, at), 2); /* none that would end too late */
	CHECK_INT(reception_grid(0, 1439, 5, 0, 0, at), RECEPTION_GRID_MAX);
	CHECK_INT(reception_grid(900, 1020, 0, 780, 840, at), 0);
}

TEST(the_first_and_third_monday_are_found)
{
	struct day monday;
	int n = 0;

	CHECK(day_from_ymd(2026, 3, 1, &monday));
	for (int i = 0; i < 31; i++) {
		struct day d = { monday.v + i };

		n += reception_day_fits(d, 1, 5);
		if (reception_day_fits(d, 1, 5))
			CHECK(i + 1 == 2 || i + 1 == 16);
	}
	CHECK_INT(n, 2);
	CHECK_INT(day_weekday((struct day){ 4 }), 1); /* the desk's list of weekdays begins with a Monday */
}

TEST(waiting_begins_with_the_appointment_or_with_the_coming)
{
	CHECK_INT(reception_since((struct when){ 100 }, (struct when){ 90 }).us, 100);
	CHECK_INT(reception_since((struct when){ 100 }, (struct when){ 130 }).us, 130);
	CHECK_INT(reception_since((struct when){ 0 }, (struct when){ 130 }).us, 130);
}

TEST(every_move_leads_to_a_state_that_has_words)
{
	for (size_t i = 0; i < reception_moves_n; i++) {
		CHECK(reception_state_msg(reception_moves[i].of, str_of(reception_moves[i].from)));
		CHECK(reception_state_msg(reception_moves[i].of, str_of(reception_moves[i].to)));
		for (size_t k = 0; k < i; k++)
			CHECK(strcmp(reception_moves[i].of, reception_moves[k].of) || strcmp(reception_moves[i].from, reception_moves[k].from) ||
			      reception_moves[i].event != reception_moves[k].event);
	}
	CHECK(!reception_moved("booking", S("seen"), RE_CANCELLED));
	CHECK(!reception_moved("booking", S("lapsed"), RE_BOOKED));
}

/* ---- the schedule ---- */

static enum rc hours(struct ctx *c, const struct world *w, const struct office *o, struct reception_head_id head, int64_t weekday, int64_t weeks)
{
	return reception_hours_add(c, &w->staff[3][POST_HEAD], &(struct reception_hours_new){ .head = head, .centre = o->room, .weekday = weekday, .weeks = weeks, .from_min = 900,
											     .to_min = 1080, .slot_min = 20, .kind = S("person"), .from_on = when_day(w->monday) });
}

static enum rc planned(struct ctx *c, const struct world *w)
{
	const struct actor *planner = &w->staff[3][POST_HEAD];
	struct office o;
	struct day march = { when_day(w->monday).v + 30 };
	struct reception_day_line_list l;
	struct duty_row_list duties;
	struct reception_month_row m;
	int64_t n;

	WANT_OK(office_make(c, w, &o));
	WANT_OK(reception_months(c, S(""))); /* the duties of March are there before anybody plans it */
	march = reception_month_of_day(march);
	WANT_OK(reception_month_of(c->db, w->body[3], march, &m));
	WANT_OK(duty_open_of(c->db, m.id.v, &duties));
	WANT_INT(duties.n, 3); /* publish; head; deputy */
	WANT_STR(duties.v[0].kind, S("reception_schedule"));
	WANT_INT(when_day(duties.v[0].due_at).v, march.v - 28 + 24); /* 25 February */
	WANT_OK(hours(c, w, &o, o.head, 1, 1 | 4));
	WANT_OK(hours(c, w, &o, o.deputy, 1, 8)); /* the fourth Monday of March 2026 is Nauryz */
	WANT_OK(reception_month_plan(c, planner, w->body[3], march, &n));
	WANT_INT(n, 2);
	WANT_OK(reception_month_plan(c, planner, w->body[3], march, &n));
	WANT_INT(n, 0); /* nothing is doubled */
	WANT_REFUSED(c, reception_month_open(c, planner, w->body[3], march), RC_INVALID, MSG_RECEPTION_FAULT_TOO_FEW);
	WANT_OK(hours(c, w, &o, o.deputy, 4, 2));
	WANT_OK(reception_month_plan(c, planner, w->body[3], march, &n));
	WANT_INT(n, 1);
	WANT_OK(reception_days_body(c->db, w->body[3], march, (struct reception_day_id){ 0 }, 50, c->now, &l));
	WANT_INT(l.n, 0); /* a plan is not public */
	WANT_OK(reception_month_open(c, planner, w->body[3], march));
	WANT_OK(reception_days_body(c->db, w->body[3], march, (struct reception_day_id){ 0 }, 50, c->now, &l));
	WANT_INT(l.n, 3);
	WANT_INT(l.v[0].free, 9); /* three hours of 20 minutes */
	WANT_OK(duty_open_of(c->db, m.id.v, &duties));
	WANT_INT(duties.n, 2);
	WANT_REFUSED(c, reception_month_plan(c, &w->staff[0][POST_HEAD], w->body[3], march, &n), RC_FORBIDDEN, MSG_RECEPTION_FAULT_ROLE);
	return RC_OK;
}
TEST(a_month_is_planned_from_the_hours_without_holidays_and_published_when_everybody_receives) { world_run(planned); }

static enum rc held(struct ctx *c, const struct world *w)
{
	struct office o;
	struct reception_month_row m;
	struct duty_row_list duties;
	size_t before;

	WANT_OK(office_make(c, w, &o));
	struct reception_day_row d;

	WANT_REFUSED(c, reception_day_hold(c, &w->staff[3][POST_EXECUTOR], o.day), RC_CONFLICT, MSG_RECEPTION_FAULT_STATE); /* not before it was */
	c->now = world_day(w, 2, 18);
	WANT_OK(reception_day_hold(c, &w->staff[3][POST_EXECUTOR], o.day));
	WANT_OK(reception_month_of(c->db, w->body[3], reception_month_of_day(when_day(c->now)), &m));
	WANT_OK(duty_of_subject(c->db, m.id.v, &duties));
	before = duties.n;
	WANT_INT(before, 3);
	WANT_OK(duty_open_of(c->db, m.id.v, &duties));
	WANT_INT(duties.n, 2); /* the head has received, the deputy has not */
	WANT_OK(reception_day_by_id(c->db, o.day, &d));
	WANT_STR(d.state, S("held"));
	return RC_OK;
}
TEST(a_reception_that_was_held_closes_the_duty_of_its_head) { world_run(held); }

/* ---- booking ---- */

static struct reception_person aigul(void)
{
	return (struct reception_person){ .name = S("Айгүл Серікова"), .email = S("aigul@example.kz"), .matter = S("Жол туралы"), .lang = LANG_KK };
}

static enum rc booked_by(struct ctx *c, const struct actor *who, struct reception_slot_id slot, const struct reception_person *p, struct reception_booking_row *ret)
{
	TRY(reception_reserve(c, who, slot, LANG_KK, ret));
	TRY(reception_ask(c, who, ret, p));
	return str_eq(ret->state, S("waiting")) ? reception_confirm(c, ret, reception_code(c, c->arena, ret->id)) : RC_OK;
}

static enum rc booking(struct ctx *c, const struct world *w)
{
	struct office o;
	struct reception_booking_row a, b;
	struct reception_person p = aigul();
	struct mail_line_list letters;

	WANT_OK(office_make(c, w, &o));
	WANT_INT(o.slots.n, 8);
	WANT_OK(reception_reserve(c, &w->guest, o.slots.v[0].id, LANG_KK, &a));
	WANT_STR(a.state, S("reserved"));
	WANT_INT(a.expires_at.us - c->now.us, 5 * WHEN_MINUTE);
	WANT_REFUSED(c, reception_reserve(c, &w->guest, o.slots.v[0].id, LANG_RU, &b), RC_CONFLICT, MSG_RECEPTION_FAULT_TAKEN);
	WANT_OK(reception_ask(c, &w->guest, &a, &p));
	WANT_STR(a.state, S("waiting"));
	WANT_INT(a.expires_at.us - c->now.us, 15 * WHEN_MINUTE);
	WANT_RC(reception_confirm(c, &a, S("222222")), RC_INVALID);
	WANT_OK(reception_booking_by_id(c->db, a.id, &a));
	WANT_INT(a.tries, 1);
	WANT_OK(reception_confirm(c, &a, reception_code(c, c->arena, a.id)));
	WANT_STR(a.state, S("booked"));
	WANT_OK(reception_booking_by_id(c->db, a.id, &a));
	WANT_OK(reception_confirm(c, &a, reception_code(c, c->arena, a.id))); /* pressed twice */
	WANT_OK(mail_list(c->db, (struct mail_id){ INT64_MAX }, 10, &letters));
	WANT_INT(letters.n, 2); /* the code; the booking, once */
	c->now = when_add(a.starts_at, -WHEN_DAY);
	WANT_OK(reception_remind(c, S("")));
	WANT_OK(reception_remind(c, S("")));
	WANT_OK(mail_list(c->db, (struct mail_id){ INT64_MAX }, 10, &letters));
	WANT_INT(letters.n, 3);
	return RC_OK;
}
TEST(a_window_is_kept_asked_for_confirmed_by_letter_and_remembered) { world_run(booking); }

static enum rc lapsed(struct ctx *c, const struct world *w)
{
	struct office o;
	struct reception_booking_row a, b;
	struct reception_person p = aigul();

	WANT_OK(office_make(c, w, &o));
	WANT_OK(reception_reserve(c, &w->guest, o.slots.v[0].id, LANG_KK, &a));
	c->now = when_add(c->now, 5 * WHEN_MINUTE);
	WANT_REFUSED(c, reception_ask(c, &w->guest, &a, &p), RC_CONFLICT, MSG_RECEPTION_FAULT_LAPSED);
	WANT_OK(reception_free(c, S("")));
	WANT_OK(reception_booking_by_id(c->db, a.id, &a));
	WANT_STR(a.state, S("lapsed"));
	WANT_OK(reception_reserve(c, &w->guest, o.slots.v[0].id, LANG_KK, &b)); /* free for the next */
	WANT_OK(reception_ask(c, &w->guest, &b, &p));
	c->now = when_add(c->now, 15 * WHEN_MINUTE);
	WANT_REFUSED(c, reception_confirm(c, &b, reception_code(c, c->arena, b.id)), RC_CONFLICT, MSG_RECEPTION_FAULT_LAPSED);
	WANT_OK(reception_free(c, S("")));
	WANT_OK(reception_booking_by_id(c->db, b.id, &b));
	WANT_REFUSED(c, reception_confirm(c, &b, reception_code(c, c->arena, b.id)), RC_CONFLICT, MSG_RECEPTION_FAULT_LAPSED);
	return RC_OK;
}
TEST(what_is_not_confirmed_in_time_is_free_again) { world_run(lapsed); }

static enum rc limited(struct ctx *c, const struct world *w)
{
	struct office o;
	struct reception_booking_row b;
	struct reception_person p = aigul();

	WANT_OK(office_make(c, w, &o));
	WANT_OK(booked_by(c, &w->guest, o.slots.v[0].id, &p, &b));
	p.email = S(" AIGUL@example.kz"); /* the same person */
	WANT_OK(booked_by(c, &w->guest, o.slots.v[1].id, &p, &b));
	WANT_OK(reception_reserve(c, &w->guest, o.slots.v[2].id, LANG_KK, &b));
	WANT_REFUSED(c, reception_ask(c, &w->guest, &b, &p), RC_INVALID, MSG_RECEPTION_FAULT_LIMIT);
	p.email = S("other@example.kz");
	WANT_OK(reception_ask(c, &w->guest, &b, &p));
	p = (struct reception_person){ .name = S("Ерлан"), .email = S("c@example.kz"), .lang = LANG_KK };
	WANT_OK(reception_reserve(c, &w->citizen, o.slots.v[3].id, LANG_KK, &b));
	WANT_OK(reception_ask(c, &w->citizen, &b, &p));
	WANT_STR(b.state, S("booked")); /* who is signed in needs no letter */
	return RC_OK;
}
TEST(one_person_holds_no_more_bookings_than_the_standard_says) { world_run(limited); }

static enum rc flooded(struct ctx *c, const struct world *w)
{
	struct office o;
	struct reception_booking_row b;
	struct reception_person p = aigul();
	struct mail_line_list letters;

	WANT_OK(office_make(c, w, &o));
	for (int i = 0; i < 10; i++) { /* somebody types another one's address again and again */
		WANT_OK(reception_reserve(c, &w->guest, o.slots.v[0].id, LANG_KK, &b));
		WANT_OK(reception_ask(c, &w->guest, &b, &p));
		WANT_OK(reception_cancel(c, &w->guest, &b));
	}
	WANT_OK(reception_reserve(c, &w->guest, o.slots.v[0].id, LANG_KK, &b));
	WANT_REFUSED(c, reception_ask(c, &w->guest, &b, &p), RC_INVALID, MSG_RECEPTION_FAULT_OFTEN);
	WANT_OK(mail_list(c->db, (struct mail_id){ INT64_MAX }, 20, &letters));
	WANT_INT(letters.n, 10);
	WANT_OK(reception_cancel(c, &w->guest, &b));
	c->now = when_add(c->now, WHEN_HOUR + WHEN_MINUTE);
	WANT_OK(reception_reserve(c, &w->guest, o.slots.v[0].id, LANG_KK, &b));
	WANT_OK(reception_ask(c, &w->guest, &b, &p));
	return RC_OK;
}
TEST(an_address_is_not_flooded_with_codes) { world_run(flooded); }

static enum rc moved(struct ctx *c, const struct world *w)
{
	struct office o;
	struct reception_booking_row a, b;
	struct reception_person p = aigul(), q = aigul();
	struct reception_slot_row s;

	q.email = S("other@example.kz");
	WANT_OK(office_make(c, w, &o));
	WANT_OK(booked_by(c, &w->guest, o.slots.v[0].id, &p, &a));
	WANT_OK(booked_by(c, &w->guest, o.slots.v[1].id, &q, &b));
	WANT_REFUSED(c, reception_move_to(c, &w->guest, &a, o.slots.v[1].id), RC_CONFLICT, MSG_RECEPTION_FAULT_TAKEN);
	WANT_OK(reception_slot_by_id(c->db, o.slots.v[0].id, &s));
	WANT_INT(s.booking_id, a.id.v); /* kept until the new one is there */
	WANT_OK(reception_move_to(c, &w->guest, &a, o.slots.v[2].id));
	WANT_INT(a.starts_at.us, o.slots.v[2].starts_at.us);
	WANT_OK(reception_slot_by_id(c->db, o.slots.v[0].id, &s));
	WANT_INT(s.booking_id, 0);
	WANT_OK(reception_cancel(c, &w->guest, &a));
	WANT_OK(reception_cancel(c, &w->guest, &a));
	WANT_OK(reception_slot_by_id(c->db, o.slots.v[2].id, &s));
	WANT_INT(s.booking_id, 0);
	WANT_REFUSED(c, reception_move_to(c, &w->guest, &a, o.slots.v[0].id), RC_CONFLICT, MSG_RECEPTION_FAULT_STATE);
	return RC_OK;
}
TEST(a_booking_moves_only_to_a_free_window_and_gives_the_old_one_back) { world_run(moved); }

/* ---- a slot edited while being booked ---- */

static enum rc edited(struct ctx *c, const struct world *w)
{
	const struct actor *planner = &w->staff[3][POST_HEAD];
	struct office o;
	struct reception_booking_row a, b;
	struct reception_person p = aigul();
	struct reception_slot_row_list now;
	struct reception_day_new n = { .from_min = 16 * 60, .to_min = 18 * 60, .slot_min = 20, .kind = S("person") };
	struct reception_day_row d;
	size_t kept = 0;

	WANT_OK(office_make(c, w, &o));
	n.centre = o.room;
	WANT_OK(booked_by(c, &w->guest, o.slots.v[1].id, &p, &a));  /* 15:15, outside of the new hours */
	WANT_OK(reception_reserve(c, &w->guest, o.slots.v[5].id, LANG_KK, &b)); /* 16:15, being booked just now */
	WANT_OK(reception_day_by_id(c->db, o.day, &d));
	WANT_OK(reception_day_change(c, planner, o.day, d.version, &n));
	WANT_REFUSED(c, reception_day_change(c, planner, o.day, d.version, &n), RC_CONFLICT, MSG_RECEPTION_FAULT_CHANGED); /* the other editor */
	WANT_OK(reception_slots_of(c->db, o.day, &now));
	for (size_t i = 0; i < now.n; i++) {
		kept += now.v[i].booking_id != 0;
		for (size_t k = 0; k < i; k++)
			WANT(now.v[k].starts_at.us + now.v[k].minutes * WHEN_MINUTE <= now.v[i].starts_at.us); /* none upon another */
	}
	WANT_INT(kept, 2);
	WANT_INT(now.n, 2 + 4); /* 16:40 17:00 17:20 17:40; 16:00 and 16:20 would touch 16:15 */
	p.email = S("b@example.kz");
	WANT_OK(reception_ask(c, &w->guest, &b, &p)); /* and the booking under way goes on */
	WANT_REFUSED(c, reception_reserve(c, &w->guest, o.slots.v[0].id, LANG_KK, &a), RC_CONFLICT, MSG_RECEPTION_FAULT_SLOT_CLOSED);
	return RC_OK;
}
TEST(editing_the_hours_leaves_booked_windows_and_doubles_none) { world_run(edited); }

static enum rc another_place(struct ctx *c, const struct world *w)
{
	const struct actor *planner = &w->staff[3][POST_HEAD];
	struct office o;
	struct reception_booking_row a;
	struct reception_person p = aigul();
	struct reception_centre_new r = { .body = w->body[3], .kind = S("room"), .name_kk = S("Екінші бөлме"), .address = S("Жамбыл көшесі, 2"), .counters = 1 };
	struct reception_day_new n = { .from_min = 900, .to_min = 1020, .slot_min = 15, .kind = S("person") };
	struct mail_line_list letters;
	struct mail_row letter;

	WANT_OK(office_make(c, w, &o));
	WANT_OK(booked_by(c, &w->guest, o.slots.v[1].id, &p, &a));
	WANT_OK(reception_centre_add(c, planner, &r, &n.centre));
	WANT_OK(reception_day_change(c, planner, o.day, 1, &n));
	WANT_OK(mail_list(c->db, (struct mail_id){ INT64_MAX }, 10, &letters));
	WANT_INT(letters.n, 3); /* the code, the booking, the new place */
	WANT_OK(mail_by_id(c->db, letters.v[0].id, &letter));
	WANT(str_find(letter.body_text, S("Жамбыл көшесі, 2"), 0) != SIZE_MAX);
	n.to_min = 1080;
	WANT_OK(reception_day_change(c, planner, o.day, 2, &n));
	WANT_OK(mail_list(c->db, (struct mail_id){ INT64_MAX }, 10, &letters));
	WANT_INT(letters.n, 3); /* longer hours are nobody's news */
	return RC_OK;
}
TEST(who_is_booked_is_told_of_another_place) { world_run(another_place); }

static enum rc called_off(struct ctx *c, const struct world *w)
{
	const struct actor *planner = &w->staff[3][POST_HEAD];
	struct office o;
	struct reception_booking_row a, b;
	struct reception_person p = aigul();
	struct reception_day_new n = { .from_min = 900, .to_min = 1020, .slot_min = 15, .kind = S("person"), .on = { when_day(w->monday).v + 9 } };
	struct reception_day_id later;
	struct reception_slot_row_list next;
	struct day day = { when_day(w->monday).v + 2 };

	WANT_OK(office_make(c, w, &o));
	n.head = o.head;
	n.centre = o.room;
	WANT_OK(reception_day_add(c, planner, &n, &later));
	WANT_OK(booked_by(c, &w->guest, o.slots.v[1].id, &p, &a));
	WANT_OK(reception_reserve(c, &w->guest, o.slots.v[5].id, LANG_KK, &b));
	WANT_REFUSED(c, reception_close(c, planner, w->body[3], 0, day, day, S(" ")), RC_INVALID, MSG_RECEPTION_FAULT_REASON);
	WANT_OK(reception_close(c, planner, w->body[3], 0, day, day, S("Іссапар")));
	p.email = S("b@example.kz");
	WANT_OK(reception_booking_by_id(c->db, b.id, &b));
	WANT_REFUSED(c, reception_ask(c, &w->guest, &b, &p), RC_CONFLICT, MSG_RECEPTION_FAULT_STATE);
	WANT_STR(b.state, S("called_off"));
	WANT_OK(reception_booking_by_id(c->db, a.id, &a));
	WANT_STR(a.state, S("called_off"));
	WANT_OK(reception_slot_next_head(c->db, o.head.v, c->now, 5, &next));
	WANT_INT(next.n, 5);
	WANT_INT(next.v[0].day_id.v, later.v);
	WANT_OK(reception_move_to(c, &w->guest, &a, next.v[0].id)); /* the offer is one press */
	WANT_STR(a.state, S("booked"));
	return RC_OK;
}
TEST(a_day_called_off_offers_the_next_free_window) { world_run(called_off); }

static enum rc past(struct ctx *c, const struct world *w)
{
	struct office o;
	struct reception_booking_row a;
	struct reception_person p = aigul();
	struct reception_day_row d;

	WANT_OK(office_make(c, w, &o));
	WANT_OK(booked_by(c, &w->guest, o.slots.v[1].id, &p, &a));
	c->now = world_day(w, 3, 9);
	WANT_REFUSED(c, reception_reserve(c, &w->guest, o.slots.v[0].id, LANG_KK, &a), RC_CONFLICT, MSG_RECEPTION_FAULT_SLOT_PAST);
	WANT_OK(reception_over(c, S("")));
	WANT_OK(reception_day_by_id(c->db, o.day, &d));
	WANT_STR(d.state, S("not_held")); /* somebody had booked and nobody was seen */
	return RC_OK;
}
TEST(a_reception_where_nobody_of_the_booked_was_seen_was_not_held) { world_run(past); }

static enum rc beside_a_meeting(struct ctx *c, const struct world *w)
{
	struct office o;
	struct reception_day_new n = { .meeting = 77, .from_min = 600, .to_min = 660, .slot_min = 20, .kind = S("person"), .on = { when_day(w->monday).v + 3 } };
	struct reception_day_id day;
	struct reception_booking_row b;
	struct reception_offers l;
	struct reception_person p = aigul();

	WANT_OK(office_make(c, w, &o));
	n.head = o.head;
	n.centre = o.room;
	WANT_OK(reception_day_add(c, &w->staff[3][POST_HEAD], &n, &day));
	WANT_OK(reception_of_meeting(c, 77, &l));
	WANT_INT(l.n, 1);
	WANT_INT(l.v[0].free.n, 3);
	WANT_OK(booked_by(c, &w->guest, l.v[0].free.v[1].id, &p, &b));
	WANT_OK(reception_of_meeting(c, 77, &l));
	WANT_INT(l.v[0].free.n, 2);
	WANT_OK(reception_of_meeting(c, 0, &l));
	WANT_INT(l.n, 0); /* days of no meeting are not days of meeting 0 */
	return RC_OK;
}
TEST(receptions_beside_a_meeting_are_found_by_the_meeting) { world_run(beside_a_meeting); }

static enum rc found(struct ctx *c, const char *q, size_t *ret)
{
	struct search_found f;
	struct search_ask ask = { .q = str_of(q), .lang = S("ru"), .kind = "reception" };

	TRY(search_find(c, &ask, &f));
	*ret = f.n;
	return RC_OK;
}

static enum rc searched(struct ctx *c, const struct world *w)
{
	struct reception_head_new h = { .kind = S("deputy"), .name = S("Сәуле Қасымова"), .post_kk = S("Орынбасар"), .post_ru = S("Заместитель акима"), .matters = S("дороги и мосты") };
	struct office o;
	size_t n;

	WANT_OK(office_make(c, w, &o));
	WANT_OK(found(c, "Қасымова", &n));
	WANT_INT(n, 1);
	WANT_OK(reception_head_change(c, &w->staff[3][POST_HEAD], o.deputy, &h, true));
	WANT_OK(found(c, "мост", &n));
	WANT_INT(n, 1);
	WANT_OK(reception_head_change(c, &w->staff[3][POST_HEAD], o.deputy, &h, false));
	WANT_OK(found(c, "мост", &n));
	WANT_INT(n, 0); /* receives nobody any more */
	return RC_OK;
}
TEST(who_receives_people_is_found_by_name_and_by_what_about) { world_run(searched); }

TESTS("reception", T(windows_follow_each_other_and_leave_the_lunch_break_free), T(the_first_and_third_monday_are_found),
      T(waiting_begins_with_the_appointment_or_with_the_coming), T(every_move_leads_to_a_state_that_has_words),
      T(a_month_is_planned_from_the_hours_without_holidays_and_published_when_everybody_receives), T(a_reception_that_was_held_closes_the_duty_of_its_head),
      T(a_window_is_kept_asked_for_confirmed_by_letter_and_remembered), T(what_is_not_confirmed_in_time_is_free_again),
      T(one_person_holds_no_more_bookings_than_the_standard_says), T(a_booking_moves_only_to_a_free_window_and_gives_the_old_one_back),
      T(editing_the_hours_leaves_booked_windows_and_doubles_none), T(a_day_called_off_offers_the_next_free_window),
      T(a_reception_where_nobody_of_the_booked_was_seen_was_not_held),
      T(receptions_beside_a_meeting_are_found_by_the_meeting), T(who_is_booked_is_told_of_another_place),
      T(an_address_is_not_flooded_with_codes), T(who_receives_people_is_found_by_name_and_by_what_about))
