/* reception_plan.c: who receives, when and where: hours, months, days, closures. Booked windows are never overwritten, doubled or dropped in silence. */
#include "base/random.h"
#include "gen/messages.h"
#include "place/place.h"
#include "reception/reception_inner.h"
#include "standard/calendar.h"

#define HEADS_MAX 60
#define PLAN_MONTHS 3 /* how far ahead a month may be planned */

static enum rc planner(struct ctx *c, const struct actor *who, int64_t body)
{
	return reception_may_plan(who, body) ? RC_OK : fail(c, RC_FORBIDDEN, MSG_RECEPTION_FAULT_ROLE);
}

static int64_t region_of_body(const struct ctx *c, int64_t body)
{
	const struct body *b = pack_body(c->app->pack, body);

	return b && b->place ? place_region(b->place)->id : 0;
}

static enum rc told(struct ctx *c, const struct actor *who, const char *of, int64_t subject, int64_t body, enum reception_event e, struct str detail, struct str reason)
{
	return reception_tell(c, &(struct reception_told){ .of = of, .subject = subject, .body = body, .account = who->account, .event = e, .detail = detail, .reason = reason });
}

/* ---- heads and centres ---- */

enum rc reception_head_add(struct ctx *c, const struct actor *who, const struct reception_head_new *h, struct reception_head_id *ret)
{
	struct reception_head_id id = { id_make() };
	int64_t changed;

	TRY(planner(c, who, h->body));
	if (!reception_post_msg(h->kind))
		return fail(c, RC_INVALID, MSG_RECEPTION_FAULT_KIND);
	TRY(reception_head_insert(c->db, id, h->body, region_of_body(c, h->body), h->kind, h->name, h->post_kk, h->post_ru, h->post_en, h->matters, c->now, &changed));
	TRY(told(c, who, "head", id.v, h->body, RE_MADE, h->name, S("")));
	*ret = id;
	return reception_find_again(c, id);
}

enum rc reception_head_change(struct ctx *c, const struct actor *who, struct reception_head_id id, const struct reception_head_new *h, bool active)
{
	struct reception_head_row row;
	int64_t changed;

	TRY(reception_head_by_id(c->db, id, &row));
	TRY(planner(c, who, row.body_id));
	if (!reception_post_msg(h->kind))
		return fail(c, RC_INVALID, MSG_RECEPTION_FAULT_KIND);
	TRY(reception_head_set(c->db, id, h->kind, h->name, h->post_kk, h->post_ru, h->post_en, h->matters, active, c->now, &changed));
	TRY(told(c, who, "head", id.v, row.body_id, RE_CHANGED, h->name, S("")));
	return reception_find_again(c, id);
}

static enum rc check_centre(struct ctx *c, const struct reception_centre_new *n)
{
	bool kind = str_eq(n->kind, S("room")) || str_eq(n->kind, S("centre"));

	if (!kind || !n->name_kk.n || n->counters < 1 || (n->place && !pack_place(c->app->pack, n->place)))
		return fail(c, RC_INVALID, MSG_RECEPTION_FAULT_CENTRE);
	return RC_OK;
}

enum rc reception_centre_add(struct ctx *c, const struct actor *who, const struct reception_centre_new *n, struct reception_centre_id *ret)
{
	struct reception_centre_id id = { id_make() };
	const struct place *place = pack_place(c->app->pack, n->place);
	int64_t changed, region = place ? place_region(place)->id : region_of_body(c, n->body);

	TRY(planner(c, who, n->body));
	TRY(check_centre(c, n));
	TRY(reception_centre_insert(c->db, id, n->body, region, n->place, n->kind, n->name_kk, n->name_ru, n->name_en, n->address, n->counters, c->now, &changed));
	TRY(told(c, who, "centre", id.v, n->body, RE_MADE, n->name_kk, S("")));
	*ret = id;
	return RC_OK;
}

enum rc reception_centre_change(struct ctx *c, const struct actor *who, struct reception_centre_id id, const struct reception_centre_new *n)
{
	struct reception_centre_row row;
	int64_t changed;

	TRY(reception_centre_by_id(c->db, id, &row));
	TRY(planner(c, who, row.body_id));
	TRY(check_centre(c, n));
	TRY(reception_centre_set(c->db, id, n->kind, n->name_kk, n->name_ru, n->name_en, n->address, n->counters, c->now, &changed));
	return told(c, who, "centre", id.v, row.body_id, RE_CHANGED, n->name_kk, S(""));
}

/* ---- hours ---- */

static bool right_kind(struct str kind, struct str link)
{
	return str_eq(kind, S("person")) || (str_eq(kind, S("video")) && str_starts(link, S("https://")));
}

static unsigned span_fault(int64_t from, int64_t to, int64_t step, struct str kind, struct str link)
{
	if (from < 0 || to > 1439 || from >= to || step < 5 || step > to - from)
		return MSG_RECEPTION_FAULT_HOURS;
	return right_kind(kind, link) ? 0 : MSG_RECEPTION_FAULT_VIDEO;
}

enum rc reception_hours_add(struct ctx *c, const struct actor *who, const struct reception_hours_new *h)
{
	struct reception_head_row head;
	struct reception_centre_row centre;
	struct reception_hours_id id = { id_make() };
	int64_t changed;
	unsigned fault = span_fault(h->from_min, h->to_min, h->slot_min, h->kind, h->link);

	TRY(reception_head_by_id(c->db, h->head, &head));
	TRY(planner(c, who, head.body_id));
	TRY(reception_centre_by_id(c->db, h->centre, &centre));
	if (!fault && (h->weekday < 1 || h->weekday > 7 || !(h->weeks & 31)))
		fault = MSG_RECEPTION_FAULT_WEEKDAY;
	if (fault)
		return fail(c, RC_INVALID, fault);
	TRY(reception_hours_insert(c->db, id, h->head, h->centre, h->weekday, h->weeks & 31, h->from_min, h->to_min, h->slot_min, h->kind, h->link, h->from_on,
				   who->account, &changed));
	return told(c, who, "hours", h->head.v, head.body_id, RE_MADE, reception_hours_text(c->arena, h->from_min, h->to_min), S(""));
}

enum rc reception_hours_stop(struct ctx *c, const struct actor *who, struct reception_hours_id id, struct day until)
{
	struct reception_hours_row h;
	struct reception_head_row head;
	int64_t changed;

	TRY(reception_hours_by_id(c->db, id, &h));
	TRY(reception_head_by_id(c->db, h.head_id, &head));
	TRY(planner(c, who, head.body_id));
	TRY(reception_hours_end(c->db, id, until, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_RECEPTION_FAULT_STATE);
	return told(c, who, "hours", h.head_id.v, head.body_id, RE_CLOSED, reception_hours_text(c->arena, h.from_min, h.to_min), day_iso(c->arena, until));
}

/* ---- months ---- */

static bool closed_on(const struct reception_closure_row_list *l, int64_t head, struct day d)
{
	for (size_t i = 0; i < l->n; i++)
		if ((!l->v[i].head_id || l->v[i].head_id == head) && l->v[i].from_on.v <= d.v && d.v <= l->v[i].to_on.v)
			return true;
	return false;
}

static enum rc plan_hours(struct ctx *c, const struct reception_head_row *head, const struct reception_hours_row *h, const struct reception_closure_row_list *closed,
			  struct day first, struct day last, int64_t *n)
{
	int64_t changed;

	for (struct day d = first; d.v <= last.v; d.v++) {
		bool in_force = d.v >= h->from_on.v && (!h->until_on.v || d.v <= h->until_on.v) && d.v > when_day(c->now).v;

		if (!in_force || !reception_day_fits(d, h->weekday, h->weeks) || !calendar_works(c->app->pack, d) || closed_on(closed, head->id.v, d))
			continue;
		TRY(reception_day_insert(c->db, (struct reception_day_id){ id_make() }, head->id, head->body_id, h->centre_id, head->region_id, 0, d, h->from_min, h->to_min,
					 h->slot_min, h->kind, h->link, S("planned"), (struct when){ 0 }, c->now, &changed));
		*n += changed;
	}
	return RC_OK;
}

enum rc reception_month_plan(struct ctx *c, const struct actor *who, int64_t body, struct day month, int64_t *ret_n)
{
	struct day first = reception_month_of_day(month), last = reception_month_last(first);
	struct reception_closure_row_list closed;
	struct reception_head_row_list heads;
	struct reception_hours_row_list hours;
	int64_t n = 0;

	TRY(planner(c, who, body));
	if (last.v < when_day(c->now).v || first.v > day_add_months(when_day(c->now), PLAN_MONTHS).v)
		return fail(c, RC_INVALID, MSG_RECEPTION_FAULT_MONTH);
	TRY(reception_closures(c->db, body, first, 200, &closed));
	TRY(reception_head_of_body(c->db, body, HEADS_MAX, &heads));
	for (size_t i = 0; i < heads.n; i++) {
		if (!heads.v[i].active)
			continue;
		TRY(reception_hours_in(c->db, heads.v[i].id, first, last, &hours));
		for (size_t k = 0; k < hours.n; k++)
			TRY(plan_hours(c, &heads.v[i], &hours.v[k], &closed, first, last, &n));
	}
	*ret_n = n;
	return RC_OK;
}

static bool is_owed(const struct reception_head_row *h)
{
	return h->active && (str_eq(h->kind, S("head")) || str_eq(h->kind, S("deputy")));
}

/* The month's row with its duties: publish it in time, and each head receives as often as the standard says. */
static enum rc month_row(struct ctx *c, int64_t body, struct day first, struct reception_month_row *ret)
{
	struct reception_month_id id = { id_make() };
	struct reception_head_row_list heads;
	struct day before = day_add_months(first, -1), due = { before.v + (int32_t)reception_clause(c, "reception_schedule") - 1 };
	int64_t changed;

	TRY(reception_month_insert(c->db, id, body, first, &changed));
	if (!changed)
		return reception_month_of(c->db, body, first, ret);
	if (due.v < when_day(c->now).v) /* a body that has just begun */
		due = when_day(c->now);
	TRY(duty_open(c, &(struct duty_new){ .kind = DUTY_RECEPTION_SCHEDULE, .subject_kind = SUBJECT_MONTH, .subject = id.v, .body = body, .due = when_end_of_day(due) }));
	TRY(reception_head_of_body(c->db, body, HEADS_MAX, &heads));
	for (size_t i = 0; i < heads.n; i++)
		if (is_owed(&heads.v[i]))
			TRY(duty_open(c, &(struct duty_new){ .kind = DUTY_RECEPTION_HOLD, .subject_kind = SUBJECT_MONTH, .subject = id.v, .part = heads.v[i].id.v, .body = body,
							     .due = when_end_of_day(reception_month_last(first)) }));
	return reception_month_by_id(c->db, id, ret);
}

static enum rc check_heads(struct ctx *c, int64_t body, const struct reception_day_row_list *days)
{
	struct reception_head_row_list heads;
	int64_t least = reception_clause(c, "reception_monthly");

	TRY(reception_head_of_body(c->db, body, HEADS_MAX, &heads));
	for (size_t i = 0; i < heads.n; i++) {
		int64_t n = 0;

		for (size_t k = 0; k < days->n; k++)
			n += days->v[k].head_id.v == heads.v[i].id.v;
		if (is_owed(&heads.v[i]) && n < least)
			return fail(c, RC_INVALID, MSG_RECEPTION_FAULT_TOO_FEW);
	}
	return RC_OK;
}

enum rc reception_month_open(struct ctx *c, const struct actor *who, int64_t body, struct day month)
{
	struct day first = reception_month_of_day(month), last = reception_month_last(first);
	struct reception_day_row_list days;
	struct reception_month_row m;
	int64_t changed;

	TRY(planner(c, who, body));
	TRY(reception_days_planned(c->db, body, first, last, &days));
	TRY(check_heads(c, body, &days));
	TRY(month_row(c, body, first, &m));
	for (size_t i = 0; i < days.n; i++) {
		if (!reception_moved("day", days.v[i].state, RE_PUBLISHED))
			continue;
		TRY(reception_day_publish(c->db, days.v[i].id, c->now, &changed));
		if (changed)
			TRY(reception_slots_make(c, &days.v[i]));
		TRY(told(c, who, "day", days.v[i].id.v, body, RE_PUBLISHED, S(""), S("")));
	}
	TRY(reception_month_publish(c->db, m.id, c->now, &changed));
	if (!changed)
		return RC_OK; /* later additions */
	TRY(duty_close(c, m.id.v, 0, DUTY_RECEPTION_SCHEDULE, DUTY_DONE));
	return told(c, who, "month", m.id.v, body, RE_PUBLISHED, day_iso(c->arena, first), S(""));
}

/* ---- days ---- */

/* Does a window begin inside one that stays? */
static bool overlaps(const struct reception_slot_row_list *kept, struct when starts, int64_t minutes)
{
	for (size_t i = 0; i < kept->n; i++)
		if (starts.us < kept->v[i].starts_at.us + kept->v[i].minutes * WHEN_MINUTE && kept->v[i].starts_at.us < starts.us + minutes * WHEN_MINUTE)
			return true;
	return false;
}

enum rc reception_slots_make(struct ctx *c, const struct reception_day_row *d)
{
	int64_t grid[RECEPTION_GRID_MAX], changed;
	size_t n = reception_grid(d->from_min, d->to_min, d->slot_min, c->app->pack->lunch_from, c->app->pack->lunch_to, grid);
	struct reception_slot_row_list kept;

	TRY(reception_slots_of(c->db, d->id, &kept));
	for (size_t i = 0; i < n; i++) {
		struct when starts = reception_minute(d->held_on, grid[i]);

		if (!overlaps(&kept, starts, d->slot_min))
			TRY(reception_slot_insert(c->db, (struct reception_slot_id){ id_make() }, d->id, d->head_id.v, d->body_id, starts, d->slot_min, &changed));
	}
	return RC_OK;
}

enum rc reception_day_add(struct ctx *c, const struct actor *who, const struct reception_day_new *n, struct reception_day_id *ret)
{
	struct reception_day_id id = { id_make() };
	struct reception_head_row head;
	struct reception_centre_row centre;
	struct reception_day_row d;
	int64_t changed;
	unsigned fault = span_fault(n->from_min, n->to_min, n->slot_min, n->kind, n->link);

	TRY(reception_head_by_id(c->db, n->head, &head));
	TRY(planner(c, who, head.body_id));
	TRY(reception_centre_by_id(c->db, n->centre, &centre));
	if (fault || n->on.v < when_day(c->now).v)
		return fail(c, RC_INVALID, fault ? fault : MSG_RECEPTION_FAULT_DAY);
	TRY(reception_day_insert(c->db, id, n->head, head.body_id, n->centre, head.region_id, n->meeting, n->on, n->from_min, n->to_min, n->slot_min, n->kind, n->link,
				 S("public"), c->now, c->now, &changed));
	if (!changed)
		return fail(c, RC_DUPLICATE, MSG_RECEPTION_FAULT_DOUBLE);
	TRY(reception_day_by_id(c->db, id, &d));
	TRY(reception_slots_make(c, &d));
	TRY(told(c, who, "day", id.v, head.body_id, RE_PUBLISHED, reception_hours_text(c->arena, n->from_min, n->to_min), S("")));
	*ret = id;
	return RC_OK;
}

static enum rc day_of(struct ctx *c, const struct actor *who, struct reception_day_id id, enum reception_event e, struct reception_day_row *ret)
{
	TRY(reception_day_by_id(c->db, id, ret));
	TRY(planner(c, who, ret->body_id));
	return reception_moved("day", ret->state, e) ? RC_OK : fail(c, RC_CONFLICT, MSG_RECEPTION_FAULT_STATE);
}

/* Who is booked keeps the time; another place or another way is told. */
static enum rc tell_booked(struct ctx *c, const struct reception_day_row *was, const struct reception_day_new *n)
{
	struct reception_booking_row_list live;

	if (was->centre_id.v == n->centre.v && str_eq(was->kind, n->kind))
		return RC_OK;
	TRY(reception_bookings_live(c->db, was->id, &live));
	for (size_t i = 0; i < live.n; i++)
		if (str_eq(live.v[i].state, S("booked")))
			TRY(reception_write_to(c, &live.v[i], LETTER_CHANGED, S("")));
	return RC_OK;
}

enum rc reception_day_change(struct ctx *c, const struct actor *who, struct reception_day_id id, int64_t version, const struct reception_day_new *n)
{
	struct reception_day_row d;
	struct reception_slot_row_list slots;
	struct reception_centre_row centre;
	int64_t changed;
	unsigned fault = span_fault(n->from_min, n->to_min, n->slot_min, n->kind, n->link);

	TRY(day_of(c, who, id, RE_CHANGED, &d));
	TRY(reception_centre_by_id(c->db, n->centre, &centre));
	if (fault)
		return fail(c, RC_INVALID, fault);
	TRY(reception_day_set(c->db, id, version, n->from_min, n->to_min, n->slot_min, n->kind, n->link, n->centre, c->now, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_RECEPTION_FAULT_CHANGED);
	struct str before = reception_hours_text(c->arena, d.from_min, d.to_min), after = reception_hours_text(c->arena, n->from_min, n->to_min);

	TRY(told(c, who, "day", id.v, d.body_id, RE_CHANGED, str_fmt(c->arena, "%.*s, %lld → %.*s, %lld", STR_FMT(before), (long long)d.slot_min, STR_FMT(after),
								 (long long)n->slot_min), S("")));
	if (!str_eq(d.state, S("public")))
		return RC_OK;
	TRY(tell_booked(c, &d, n));
	TRY(reception_slots_of(c->db, id, &slots));
	for (size_t i = 0; i < slots.n; i++)
		TRY(reception_slot_close_free(c->db, slots.v[i].id, &changed)); /* who is just taking one keeps it, or finds it closed */
	TRY(reception_day_by_id(c->db, id, &d));
	return reception_slots_make(c, &d);
}

static enum rc shut(struct ctx *c, const struct actor *who, const struct reception_day_row *d, struct str reason)
{
	struct reception_booking_row_list live;
	struct reception_slot_row_list slots;
	int64_t changed;

	TRY(reception_day_close(c->db, d->id, reason, c->now, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_RECEPTION_FAULT_STATE);
	TRY(reception_slots_of(c->db, d->id, &slots));
	for (size_t i = 0; i < slots.n; i++)
		TRY(reception_slot_close(c->db, slots.v[i].id, &changed));
	TRY(reception_bookings_live(c->db, d->id, &live));
	for (size_t i = 0; i < live.n; i++)
		TRY(reception_call_off(c, who, &live.v[i], reason));
	return told(c, who, "day", d->id.v, d->body_id, RE_CLOSED, S(""), reason);
}

enum rc reception_day_shut(struct ctx *c, const struct actor *who, struct reception_day_id id, struct str reason)
{
	struct reception_day_row d;

	TRY(day_of(c, who, id, RE_CLOSED, &d));
	if (!str_trim(reason).n)
		return fail(c, RC_INVALID, MSG_RECEPTION_FAULT_REASON);
	return shut(c, who, &d, reason);
}

enum rc reception_close(struct ctx *c, const struct actor *who, int64_t body, int64_t head, struct day from, struct day to, struct str reason)
{
	struct reception_closure_id id = { id_make() };
	struct reception_day_row_list days;
	int64_t changed;

	TRY(planner(c, who, body));
	if (to.v < from.v || to.v - from.v > 366)
		return fail(c, RC_INVALID, MSG_RECEPTION_FAULT_DAY);
	if (!str_trim(reason).n)
		return fail(c, RC_INVALID, MSG_RECEPTION_FAULT_REASON);
	TRY(reception_closure_insert(c->db, id, body, head, from, to, reason, &changed));
	TRY(told(c, who, "closure", id.v, body, RE_MADE, str_fmt(c->arena, "%.*s – %.*s", STR_FMT(day_iso(c->arena, from)), STR_FMT(day_iso(c->arena, to))), reason));
	TRY(reception_days_planned(c->db, body, from, to, &days));
	for (size_t i = 0; i < days.n; i++)
		if ((!head || days.v[i].head_id.v == head) && days.v[i].held_on.v >= when_day(c->now).v)
			TRY(shut(c, who, &days.v[i], reason));
	return RC_OK;
}

/* ---- what was held ---- */

static enum rc mark_missed(struct ctx *c, const struct reception_booking_row_list *l, enum reception_event e)
{
	for (size_t i = 0; i < l->n; i++)
		if (reception_moved("booking", l->v[i].state, e))
			TRY(reception_step(c, &l->v[i], &(struct reception_step){ .event = e }));
	return RC_OK;
}

static enum rc hold(struct ctx *c, const struct actor *who, const struct reception_day_row *d)
{
	struct reception_booking_row_list bookings;
	struct reception_month_row m;
	struct day first = reception_month_of_day(d->held_on);
	int64_t changed, n;

	TRY(reception_day_held(c->db, d->id, c->now, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_RECEPTION_FAULT_STATE);
	TRY(reception_bookings_of_day(c->db, d->id, &bookings));
	TRY(mark_missed(c, &bookings, RE_MISSED));
	TRY(told(c, who, "day", d->id.v, d->body_id, RE_HELD, S(""), S("")));
	enum rc rc = reception_month_of(c->db, d->body_id, first, &m);

	if (rc == RC_NOT_FOUND && reception_month_last(first).v < when_day(c->now).v)
		return RC_OK; /* a month that is over and never had a schedule: no duty begins late */
	TRY(rc == RC_NOT_FOUND ? month_row(c, d->body_id, first, &m) : rc);
	TRY(reception_held_n(c->db, d->body_id, d->head_id, first, reception_month_last(first), &n));
	return n >= reception_clause(c, "reception_monthly") ? duty_close(c, m.id.v, d->head_id.v, DUTY_RECEPTION_HOLD, DUTY_DONE) : RC_OK;
}

enum rc reception_day_hold(struct ctx *c, const struct actor *who, struct reception_day_id id)
{
	struct reception_day_row d;

	TRY(reception_day_by_id(c->db, id, &d));
	if (!reception_may_serve(who, d.body_id))
		return fail(c, RC_FORBIDDEN, MSG_RECEPTION_FAULT_ROLE);
	if (!reception_moved("day", d.state, RE_HELD) || d.held_on.v > when_day(c->now).v)
		return fail(c, RC_CONFLICT, MSG_RECEPTION_FAULT_STATE);
	return hold(c, who, &d);
}

/* ---- jobs ---- */

enum rc reception_months(struct ctx *c, struct str payload)
{
	struct reception_body_row_list bodies;
	struct reception_month_row m;
	struct day next = day_add_months(reception_month_of_day(when_day(c->now)), 1);
	int64_t after = 0;

	(void)payload;
	do {
		TRY(reception_bodies(c->db, after, 200, &bodies));
		for (size_t i = 0; i < bodies.n; i++) {
			TRY(month_row(c, bodies.v[i].body, next, &m));
			after = bodies.v[i].body;
		}
	} while (bodies.n == 200);
	return RC_OK;
}

/* The day after: somebody was received, or nobody had booked: held. People had booked and none was seen: it was not. */
enum rc reception_over(struct ctx *c, struct str payload)
{
	struct reception_over_row_list over;
	struct reception_booking_row_list bookings;
	struct reception_day_row d;
	const struct actor program = { 0 };
	int64_t changed;

	(void)payload;
	TRY(reception_days_over(c->db, when_day(c->now), 100, &over));
	for (size_t i = 0; i < over.n; i++) {
		size_t seen = 0;

		TRY(reception_bookings_of_day(c->db, over.v[i].id, &bookings));
		for (size_t k = 0; k < bookings.n; k++)
			seen += str_eq(bookings.v[k].state, S("seen"));
		TRY(reception_day_by_id(c->db, over.v[i].id, &d));
		if (seen || !bookings.n) {
			TRY(hold(c, &program, &d));
			continue;
		}
		TRY(reception_day_not_held(c->db, d.id, c->now, &changed));
		TRY(mark_missed(c, &bookings, RE_CALLED_OFF));
		TRY(told(c, &program, "day", d.id.v, d.body_id, RE_NOT_HELD, S(""), S("")));
	}
	return RC_OK;
}
