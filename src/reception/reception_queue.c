/* reception_queue.c: tickets and calls. Two clerks who call the same person: the row lets one of them. */
#include "base/random.h"
#include "gen/messages.h"
#include "reception/reception_inner.h"
#include "reception/reception_visit.h"

#define SEQ_TRIES 3

struct str reception_ticket_number(struct arena *a, const struct reception_ticket_row *t)
{
	return str_fmt(a, "%c-%03lld", t->booking_id ? 'B' : t->head_id ? 'H' : 'A', (long long)t->seq);
}

struct str reception_ticket_secret(const struct ctx *c, struct arena *a, struct reception_ticket_id id)
{
	return key_code(a, c->app->keys, "ticket", id.v, 8);
}

static enum rc told(struct ctx *c, const struct actor *who, const struct reception_ticket_row *t, enum reception_event e)
{
	TRY(reception_tell(c, &(struct reception_told){ .of = "ticket", .subject = t->id.v, .body = t->body_id, .account = who->account, .event = e }));
	return db_notify(c->db, S("reception"), str_i64(c->arena, t->centre_id.v));
}

/* Clerks of the place, and officials of the body that receives there. */
static enum rc clerk(struct ctx *c, const struct actor *who, struct reception_centre_id centre, int64_t body, struct reception_centre_row *ret)
{
	TRY(reception_centre_by_id(c->db, centre, ret));
	return reception_may_serve(who, ret->body_id) || reception_may_serve(who, body) ? RC_OK : fail(c, RC_FORBIDDEN, MSG_RECEPTION_FAULT_ROLE);
}

static enum rc ticket(struct ctx *c, const struct actor *who, struct reception_centre_id centre, int64_t head, int64_t body, int64_t booking, struct when since,
		      struct reception_ticket_row *ret)
{
	struct reception_ticket_id id = { id_make() };
	struct day today = when_day(c->now);
	int64_t seq, changed = 0;

	for (int i = 0; !changed && i < SEQ_TRIES; i++) {
		TRY(reception_ticket_seq(c->db, centre, today, &seq));
		TRY(reception_ticket_insert(c->db, id, centre, today, seq + 1 + i, head, body, booking, since, &changed));
	}
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_RECEPTION_FAULT_STATE);
	TRY(reception_ticket_by_id(c->db, id, ret));
	return told(c, who, ret, RE_HERE);
}

enum rc reception_check_in(struct ctx *c, const struct actor *who, struct reception_booking_row *b, struct reception_ticket_row *ret)
{
	struct reception_day_row d;
	struct reception_centre_row at;

	TRY(reception_day_by_id(c->db, b->day_id, &d));
	TRY(clerk(c, who, d.centre_id, b->body_id, &at));
	if (str_eq(b->state, S("here"))) /* pressed twice */
		return reception_ticket_of_booking(c->db, b->id.v, ret);
	if (d.held_on.v != when_day(c->now).v)
		return fail(c, RC_CONFLICT, MSG_RECEPTION_FAULT_NOT_TODAY);
	TRY(reception_step(c, b, &(struct reception_step){ .event = RE_HERE, .account = who->account }));
	return ticket(c, who, d.centre_id, b->head_id, b->body_id, b->id.v, reception_since(b->starts_at, c->now), ret);
}

enum rc reception_walk_in(struct ctx *c, const struct actor *who, struct reception_centre_id centre, int64_t head, struct reception_ticket_row *ret)
{
	struct reception_centre_row at;
	struct reception_day_line_list today;
	struct day d = when_day(c->now);
	int64_t body = 0;

	TRY(reception_days_of_centre(c->db, centre, d, d, 100, c->now, &today));
	for (size_t i = 0; head && i < today.n; i++)
		if (today.v[i].head_id.v == head)
			body = today.v[i].body_id;
	if (head && !body)
		return fail(c, RC_INVALID, MSG_RECEPTION_FAULT_NOT_TODAY);
	TRY(clerk(c, who, centre, body, &at));
	return ticket(c, who, centre, head, body ? body : at.body_id, 0, c->now, ret);
}

static enum rc open_ticket(struct ctx *c, const struct actor *who, struct reception_ticket_id id, struct reception_ticket_row *ret, struct reception_centre_row *at)
{
	TRY(reception_ticket_by_id(c->db, id, ret));
	return clerk(c, who, ret->centre_id, ret->body_id, at);
}

static enum rc call(struct ctx *c, const struct actor *who, struct reception_ticket_row *t, const struct reception_centre_row *at, int64_t counter)
{
	int64_t changed;

	if (counter < 1 || counter > at->counters)
		return fail(c, RC_INVALID, MSG_RECEPTION_FAULT_COUNTER);
	if (t->made_on.v != when_day(c->now).v)
		return fail(c, RC_CONFLICT, MSG_RECEPTION_FAULT_NOT_TODAY);
	TRY(reception_ticket_call(c->db, t->id, counter, who->account, c->now, &changed));
	return changed ? told(c, who, t, RE_CALLED) : fail(c, RC_CONFLICT, MSG_RECEPTION_FAULT_CALLED);
}

enum rc reception_call(struct ctx *c, const struct actor *who, struct reception_ticket_id id, int64_t counter)
{
	struct reception_ticket_row t;
	struct reception_centre_row at;

	TRY(open_ticket(c, who, id, &t, &at));
	return call(c, who, &t, &at, counter);
}

enum rc reception_call_next(struct ctx *c, const struct actor *who, struct reception_centre_id centre, int64_t head, int64_t counter, struct reception_ticket_row *ret)
{
	struct reception_centre_row at;

	TRY(reception_ticket_next(c->db, centre, when_day(c->now), head, c->now, ret));
	TRY(clerk(c, who, centre, ret->body_id, &at));
	TRY(call(c, who, ret, &at, counter));
	return reception_ticket_by_id(c->db, ret->id, ret);
}

enum rc reception_call_again(struct ctx *c, const struct actor *who, struct reception_ticket_id id)
{
	struct reception_ticket_row t;
	struct reception_centre_row at;
	int64_t changed;

	TRY(open_ticket(c, who, id, &t, &at));
	TRY(reception_ticket_call_again(c->db, id, who->account, c->now, &changed));
	return changed ? told(c, who, &t, RE_CALLED_AGAIN) : fail(c, RC_CONFLICT, MSG_RECEPTION_FAULT_CALLED);
}

enum rc reception_miss(struct ctx *c, const struct actor *who, struct reception_ticket_id id)
{
	struct reception_ticket_row t;
	struct reception_centre_row at;
	struct reception_booking_row b;
	int64_t changed;

	TRY(open_ticket(c, who, id, &t, &at));
	if (!reception_moved("ticket", t.state, RE_MISSED))
		return fail(c, RC_CONFLICT, MSG_RECEPTION_FAULT_STATE);
	TRY(reception_ticket_set_state(c->db, id, t.state, S("missed"), c->now, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_RECEPTION_FAULT_STATE);
	if (t.booking_id) {
		TRY(reception_booking_by_id(c->db, (struct reception_booking_id){ t.booking_id }, &b));
		TRY(reception_step(c, &b, &(struct reception_step){ .event = RE_MISSED, .account = who->account }));
	}
	return told(c, who, &t, RE_MISSED);
}
