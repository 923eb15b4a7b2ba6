/* reception_visit.c: what is asked and promised, and what becomes of it: appeals, bookings, advice, hand-overs, promises with a day. */
#include "reception/reception_visit.h"

#include <stdlib.h>

#include "appeal/answer.h"
#include "appeal/appeal_do.h"
#include "base/random.h"
#include "gen/messages.h"
#include "plan/plan.h"
#include "reception/reception_inner.h"
#include "standard/calendar.h"

#define WAITS_MAX 20000

struct str reception_visit_secret(const struct ctx *c, struct arena *a, struct reception_visit_id id)
{
	return key_code(a, c->app->keys, "visit", id.v, 12);
}

static enum rc told(struct ctx *c, const struct actor *who, const struct reception_visit_row *v, enum reception_event e, struct str detail)
{
	return reception_tell(c, &(struct reception_told){ .of = "visit", .subject = v->id.v, .body = v->body_id, .account = who->account, .event = e, .detail = detail });
}

/* ---- beginning and end ---- */

static enum rc insert(struct ctx *c, const struct actor *who, const struct reception_ticket_row *t, const struct reception_booking_row *b, struct reception_visit_id id)
{
	struct reception_centre_row at;
	struct reception_day_row d = { .kind = S("person") };
	int64_t changed;

	TRY(reception_centre_by_id(c->db, t->centre_id, &at));
	if (b->id.v)
		TRY(reception_day_by_id(c->db, b->day_id, &d));
	return reception_visit_insert(c->db, id, t->centre_id, t->body_id, t->head_id, b->day_id.v, b->id.v, t->id.v, at.region_id, d.kind, b->lang.n ? b->lang : S("kk"),
				      b->account_id, who->account, c->now, t->called_at.us - t->since_at.us > 0 ? t->called_at.us - t->since_at.us : 0, b->name, b->email,
				      b->phone, b->matter, &changed);
}

enum rc reception_visit_begin(struct ctx *c, const struct actor *who, struct reception_ticket_id ticket, struct reception_visit_id *ret)
{
	struct reception_ticket_row t;
	struct reception_booking_row b = { 0 };
	struct reception_visit_row v = { .id = { id_make() } };
	int64_t changed;

	TRY(reception_ticket_by_id(c->db, ticket, &t));
	v.body_id = t.body_id;
	if (!reception_moved("ticket", t.state, RE_SEEN) || t.called_by != who->account)
		return fail(c, RC_CONFLICT, MSG_RECEPTION_FAULT_CALLED);
	TRY(reception_ticket_set_state(c->db, ticket, t.state, S("served"), (struct when){ 0 }, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_RECEPTION_FAULT_CALLED);
	if (t.booking_id) {
		TRY(reception_booking_by_id(c->db, (struct reception_booking_id){ t.booking_id }, &b));
		TRY(reception_step(c, &b, &(struct reception_step){ .event = RE_SEEN, .account = who->account }));
	}
	TRY(insert(c, who, &t, &b, v.id));
	TRY(reception_ticket_set_visit(c->db, ticket, v.id.v, &changed));
	TRY(told(c, who, &v, RE_OPENED, S("")));
	TRY(db_notify(c->db, S("reception"), str_i64(c->arena, t.centre_id.v)));
	*ret = v.id;
	return RC_OK;
}

enum rc reception_visit_of_booking(struct ctx *c, const struct actor *who, struct reception_booking_row *b, struct reception_visit_id *ret)
{
	struct reception_ticket_row t;

	TRY(reception_check_in(c, who, b, &t));
	if (str_eq(t.state, S("waiting")))
		TRY(reception_call(c, who, t.id, 1));
	return reception_visit_begin(c, who, t.id, ret);
}

enum rc reception_visit_open(struct ctx *c, const struct actor *who, struct reception_visit_id id, struct reception_visit_row *ret)
{
	struct reception_centre_row at;

	TRY(reception_visit_by_id(c->db, id, ret));
	TRY(reception_centre_by_id(c->db, ret->centre_id, &at));
	/* not to be known of by others: it holds a person's words */
	return reception_may_serve(who, ret->body_id) || reception_may_serve(who, at.body_id) ? RC_OK : RC_NOT_FOUND;
}

static enum rc open_for_change(struct ctx *c, const struct actor *who, struct reception_visit_id id, struct reception_visit_row *ret)
{
	TRY(reception_visit_open(c, who, id, ret));
	return str_eq(ret->state, S("open")) ? RC_OK : fail(c, RC_CONFLICT, MSG_RECEPTION_FAULT_VISIT_OVER);
}

enum rc reception_visit_end(struct ctx *c, const struct actor *who, struct reception_visit_id id)
{
	struct reception_visit_row v;
	struct reception_act_row_list acts;
	bool settled = true;
	int64_t changed;

	TRY(open_for_change(c, who, id, &v));
	TRY(reception_acts_of(c->db, id, &acts));
	for (size_t i = 0; i < acts.n; i++) {
		if (str_eq(acts.v[i].state, S("written")))
			return fail(c, RC_INVALID, MSG_RECEPTION_FAULT_PROTOCOL_OPEN);
		if (acts.v[i].appeal_id && !acts.v[i].settled)
			settled = false;
	}
	if (!acts.n && !str_trim(v.asked).n)
		return fail(c, RC_INVALID, MSG_RECEPTION_FAULT_NOTHING);
	TRY(reception_visit_close(c->db, id, settled && !v.promise_on.v, c->now, &changed));
	TRY(reception_ticket_set_state(c->db, (struct reception_ticket_id){ v.ticket_id }, S("served"), S("done"), c->now, &changed));
	return told(c, who, &v, RE_ENDED, S(""));
}

/* ---- what is written ---- */

enum rc reception_visit_person(struct ctx *c, const struct actor *who, struct reception_visit_id id, const struct reception_visitor *p)
{
	struct reception_visit_row v;
	struct str key, sealed;
	int64_t changed;

	TRY(open_for_change(c, who, id, &v));
	key = p->identifier.n ? key_hash(c->arena, c->app->keys, "iin", p->identifier) : v.identity_key;
	sealed = p->identifier.n ? key_seal(c->arena, c->app->keys, p->identifier) : v.identity_sealed;
	return reception_visit_set_person(c->db, id, p->name, p->email, p->phone, p->post_address, lang_code(lang_of(p->lang)), key, sealed, &changed);
}

/* A promise is a duty with a day. */
static enum rc promise(struct ctx *c, const struct reception_visit_row *v, struct day due)
{
	if (!due.v)
		return duty_close(c, v->id.v, 0, DUTY_PROMISE, DUTY_CANCELLED);
	if (v->promise_on.v)
		return duty_move(c, v->id.v, 0, DUTY_PROMISE, when_end_of_day(due));
	return duty_open(c, &(struct duty_new){ .kind = DUTY_PROMISE, .subject_kind = SUBJECT_VISIT, .subject = v->id.v, .body = v->body_id, .due = when_end_of_day(due) });
}

enum rc reception_visit_write(struct ctx *c, const struct actor *who, struct reception_visit_id id, const struct reception_words *w)
{
	struct reception_visit_row v;
	struct day due = { 0 };
	int64_t changed;

	TRY(open_for_change(c, who, id, &v));
	if (w->promised.n)
		due = w->promise_on.v > 0 ? w->promise_on : calendar_add_working(c->app->pack, when_day(c->now), (int)reception_clause(c, "reception_promise"));
	if (w->promised.n && due.v < when_day(c->now).v)
		return fail(c, RC_INVALID, MSG_RECEPTION_FAULT_PROMISE_DAY);
	TRY(promise(c, &v, due));
	TRY(reception_visit_set_words(c->db, id, w->asked, w->said, w->promised, due, &changed));
	return told(c, who, &v, RE_WRITTEN, S(""));
}

enum rc reception_promise_kept(struct ctx *c, const struct actor *who, struct reception_visit_id id, struct str how)
{
	struct reception_visit_row v;
	int64_t changed;

	TRY(reception_visit_by_id(c->db, id, &v));
	if (!reception_may_serve(who, v.body_id))
		return RC_NOT_FOUND;
	if (!str_trim(how).n)
		return fail(c, RC_INVALID, MSG_RECEPTION_FAULT_KEPT);
	TRY(reception_visit_keep(c->db, id, how, c->now, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_RECEPTION_FAULT_STATE);
	TRY(duty_close(c, id.v, 0, DUTY_PROMISE, DUTY_DONE));
	return told(c, who, &v, RE_KEPT, how);
}

enum rc reception_promise_plan(struct ctx *c, const struct actor *who, struct reception_visit_id id, struct str title, struct str post)
{
	struct reception_visit_row v;
	struct reception_act_row_list acts;
	struct measure_id measure;
	int64_t changed;

	TRY(reception_visit_by_id(c->db, id, &v));
	if (!reception_may_serve(who, v.body_id))
		return RC_NOT_FOUND;
	if (!v.promise_on.v || when_set(v.kept_at) || v.measure_id)
		return fail(c, RC_CONFLICT, MSG_RECEPTION_FAULT_IN_PLAN);
	struct measure_new m = { .body = v.body_id, .lang = v.lang, .title = title, .post = post, .due = v.promise_on, .origin = SUBJECT_VISIT, .origin_id = id.v };

	TRY(plan_add(c, who, &m, &measure));
	TRY(reception_acts_of(c->db, id, &acts));
	for (size_t i = 0; i < acts.n; i++)
		if (acts.v[i].appeal_id)
			TRY(plan_add_voice(c, measure, "appeal", acts.v[i].appeal_id));
	TRY(reception_visit_set_measure(c->db, id, measure.v, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_RECEPTION_FAULT_IN_PLAN);
	return duty_close(c, id.v, 0, DUTY_PROMISE, DUTY_CANCELLED); /* the plan's duty takes its place */
}

/* ---- an oral appeal: written down, read back, confirmed, registered ---- */

static enum rc open_act(struct ctx *c, const struct actor *who, struct reception_act_id id, struct reception_act_row *ret, struct reception_visit_row *v)
{
	TRY(reception_act_by_id(c->db, id, ret));
	TRY(open_for_change(c, who, ret->visit_id, v));
	return str_eq(ret->kind, S("appeal")) && str_eq(ret->state, S("written")) ? RC_OK : fail(c, RC_CONFLICT, MSG_RECEPTION_FAULT_STATE);
}

static enum rc check_protocol(struct ctx *c, const struct reception_visit_row *v, const struct reception_protocol *p)
{
	const struct pack *pack = c->app->pack;

	if (!pack_body(pack, p->body))
		return fail(c, RC_INVALID, MSG_APPEAL_FAULT_BODY);
	if (!pack_topic(pack, p->topic))
		return fail(c, RC_INVALID, MSG_APPEAL_FAULT_TOPIC);
	if (!pack_kind(pack, p->kind))
		return fail(c, RC_INVALID, MSG_RECEPTION_FAULT_APPEAL_KIND);
	if (p->place && !pack_place(pack, p->place))
		return fail(c, RC_INVALID, MSG_APPEAL_FAULT_PLACE);
	/* one body cannot answer at once for another one */
	return p->answer.n && p->body != v->body_id ? fail(c, RC_INVALID, MSG_RECEPTION_FAULT_ANSWER_BODY) : RC_OK;
}

enum rc reception_protocol_write(struct ctx *c, const struct actor *who, struct reception_visit_id visit, struct reception_act_id id, const struct reception_protocol *p,
				 struct reception_act_id *ret)
{
	struct reception_visit_row v;
	struct reception_act_row old;
	int64_t changed;

	TRY(open_for_change(c, who, visit, &v));
	TRY(check_protocol(c, &v, p));
	if (id.v) {
		TRY(open_act(c, who, id, &old, &v));
		TRY(reception_act_set_words(c->db, id, p->body, p->topic, p->kind, p->place, p->text, p->answer, &changed));
		*ret = id;
		return RC_OK;
	}
	id.v = id_make();
	TRY(reception_act_insert(c->db, id, visit, S("appeal"), S("written"), p->body, v.centre_id.v, p->topic, p->kind, p->place, 0, who->account, c->now, p->text, p->answer,
				 &changed));
	TRY(duty_open(c, &(struct duty_new){ .kind = DUTY_ORAL, .subject_kind = SUBJECT_VISIT, .subject = visit.v, .part = id.v, .body = v.body_id,
					     .due = calendar_due(c->app->pack, c->now, (struct term){ (int)reception_clause(c, "reception_oral"), UNIT_WORKING_DAY }) }));
	TRY(told(c, who, &v, RE_WRITTEN, S("")));
	*ret = id;
	return RC_OK;
}

enum rc reception_protocol_read(struct ctx *c, const struct actor *who, struct reception_act_id id)
{
	struct reception_visit_row v;
	struct reception_act_row a;
	int64_t changed;

	TRY(open_act(c, who, id, &a, &v));
	TRY(reception_act_set_read(c->db, id, c->now, &changed));
	return told(c, who, &v, RE_READ_BACK, S(""));
}

enum rc reception_protocol_drop(struct ctx *c, const struct actor *who, struct reception_act_id id)
{
	struct reception_visit_row v;
	struct reception_act_row a;
	int64_t changed;

	TRY(open_act(c, who, id, &a, &v));
	TRY(duty_close(c, v.id.v, id.v, DUTY_ORAL, DUTY_CANCELLED));
	return reception_act_drop(c->db, id, &changed);
}

static enum rc file(struct ctx *c, const struct actor *who, const struct reception_visit_row *v, const struct reception_act_row *a, struct appeal_case *ret)
{
	struct appeal_filing f = { .kind = a->appeal_kind, .origin = S("reception"), .lang = v->lang, .text = a->text, .topic = a->topic, .place = a->place_id, .body = a->body_id,
				   .name = v->name, .email = v->email, .phone = v->phone, .post_address = v->post_address, .account = v->account_id, .people = 1 };

	if (v->identity_sealed.n && !key_unseal(c->arena, c->app->keys, v->identity_sealed, &f.identifier))
		return fail_log(c, RC_INTERNAL, S("an identifier cannot be unsealed"));
	f.reply_by = v->email.n ? S("mail") : v->post_address.n ? S("post") : S("counter");
	return appeal_file(c, who, &f, ret);
}

enum rc reception_protocol_file(struct ctx *c, const struct actor *who, struct reception_act_id id, struct str confirmed)
{
	struct reception_visit_row v;
	struct reception_act_row a;
	struct appeal_case k;
	int64_t changed;
	bool settled;

	TRY(open_act(c, who, id, &a, &v));
	settled = a.answer.n != 0;
	if (!when_set(a.read_at))
		return fail(c, RC_INVALID, MSG_RECEPTION_FAULT_NOT_READ);
	if (!str_eq(confirmed, S("signed")) && !str_eq(confirmed, S("said")))
		return fail(c, RC_INVALID, MSG_RECEPTION_FAULT_NOT_CONFIRMED);
	if (!v.name.n)
		return fail(c, RC_INVALID, MSG_RECEPTION_FAULT_NAME);
	TRY(file(c, who, &v, &a, &k));
	if (settled) {
		struct actor voice = { .account = who->account, .body = a.body_id };

		TRY(answer_on_the_spot(c, &voice, k.a.id, a.answer));
	}
	TRY(reception_act_set_filed(c->db, id, confirmed, settled, k.a.id.v, c->now, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_RECEPTION_FAULT_STATE);
	TRY(duty_close(c, v.id.v, id.v, DUTY_ORAL, DUTY_DONE));
	return told(c, who, &v, settled ? RE_SETTLED : RE_FILED, k.a.number);
}

/* ---- other acts ---- */

static enum rc add_act(struct ctx *c, const struct actor *who, const struct reception_visit_row *v, struct str kind, int64_t body, int64_t booking, struct str text)
{
	int64_t changed;

	return reception_act_insert(c->db, (struct reception_act_id){ id_make() }, v->id, kind, S("done"), body, v->centre_id.v, S(""), S(""), 0, booking, who->account, c->now,
				    text, S(""), &changed);
}

enum rc reception_advise(struct ctx *c, const struct actor *who, struct reception_visit_id visit, struct str kind, int64_t body, struct str text)
{
	struct reception_visit_row v;
	bool advice = str_eq(kind, S("advice"));

	TRY(open_for_change(c, who, visit, &v));
	if (!advice && !str_eq(kind, S("lawyer")) && !str_eq(kind, S("mediator")))
		return fail(c, RC_INVALID, MSG_RECEPTION_FAULT_KIND);
	if (!pack_body(c->app->pack, body))
		return fail(c, RC_INVALID, MSG_APPEAL_FAULT_BODY);
	TRY(add_act(c, who, &v, kind, body, 0, text));
	return told(c, who, &v, advice ? RE_ADVISED : RE_HANDED, S(""));
}

/* A head of any body, a lawyer or a mediator who receives here. */
enum rc reception_book_in(struct ctx *c, const struct actor *who, struct reception_visit_id visit, struct reception_slot_id slot)
{
	struct reception_visit_row v;
	struct reception_booking_row b;
	struct reception_head_row h;
	struct reception_person p;

	TRY(open_for_change(c, who, visit, &v));
	p = (struct reception_person){ .name = v.name, .email = v.email, .phone = v.phone, .matter = v.asked, .lang = LANG_KK };
	if (!lang_by_code(v.lang, &p.lang))
		p.lang = LANG_KK;
	TRY(reception_book_for(c, who, slot, &p, &b));
	TRY(reception_head_by_id(c->db, (struct reception_head_id){ b.head_id }, &h));
	bool expert = str_eq(h.kind, S("lawyer")) || str_eq(h.kind, S("mediator"));

	TRY(add_act(c, who, &v, expert ? h.kind : S("booking"), b.body_id, b.id.v, S("")));
	return told(c, who, &v, expert ? RE_HANDED : RE_BOOKED, b.number);
}

/* ---- numbers ---- */

static int by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

void reception_waits_fold(int64_t *v, size_t n, int64_t *ret_median, int64_t *ret_p90)
{
	*ret_median = 0;
	*ret_p90 = 0;
	if (!n)
		return;
	qsort(v, n, sizeof(v[0]), by_size);
	*ret_median = v[(n - 1) / 2];
	*ret_p90 = v[(n * 9 + 9) / 10 - 1];
}

static void add_sum(struct reception_numbers *n, const struct reception_act_sum_row *r)
{
	size_t at = 0;

	while (at < n->n_bodies && n->bodies[at].body != r->body_id)
		at++;
	if (at == ARRAY_LEN(n->bodies))
		return;
	if (at == n->n_bodies)
		n->bodies[n->n_bodies++].body = r->body_id;
	int64_t *to = str_eq(r->kind, S("appeal")) ? &n->bodies[at].appeals : str_eq(r->kind, S("booking")) ? &n->bodies[at].bookings :
		      str_eq(r->kind, S("lawyer")) ? &n->bodies[at].lawyer : str_eq(r->kind, S("mediator")) ? &n->bodies[at].mediator : &n->bodies[at].advice;

	*to += r->n;
}

enum rc reception_numbers(struct ctx *c, struct reception_centre_id centre, struct reception_numbers *ret)
{
	struct reception_numbers n = { .sample = reception_clause(c, "reception_sample"), .days = reception_clause(c, "reception_days") };
	struct when since = when_add(c->now, -n.days * WHEN_DAY);
	struct reception_wait_row_list waits;
	struct reception_sum_row sum;
	struct reception_act_sum_row_list acts;

	TRY(reception_visit_sums(c->db, centre, since, &sum));
	TRY(reception_waits(c->db, centre, since, WAITS_MAX, &waits));
	TRY(reception_act_sums(c->db, centre.v, since, &acts));
	n.visits = sum.n;
	n.closed = sum.closed;
	n.settled = sum.settled;
	int64_t *minutes = ARENA_ARRAY(c->arena, waits.n + 1, int64_t);

	for (size_t i = 0; i < waits.n; i++)
		minutes[i] = waits.v[i].waited_us / WHEN_MINUTE;
	n.enough = n.visits >= n.sample;
	reception_waits_fold(minutes, waits.n, &n.median_min, &n.p90_min);
	for (size_t i = 0; i < acts.n; i++)
		add_sum(&n, &acts.v[i]);
	*ret = n;
	return RC_OK;
}
