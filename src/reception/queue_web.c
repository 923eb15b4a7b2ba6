/* queue_web.c: the clerk's desk of the day, and the ticket of who waits. */
#include "gen/messages.h"
#include "gen/reception_tmpl.h"
#include "html/qr.h"
#include "reception/day_view.h"

#define WAITING 200
#define CALLED 30
#define COMING 300

struct counter_form {
	int64_t counter, head;
};
static const struct field counter_fields[] = {
	FIELD(struct counter_form, counter, F_ID, 0, 60),
	FIELD(struct counter_form, head, F_ID, 0, INT64_MAX),
};
static const struct form counter_form = { counter_fields, ARRAY_LEN(counter_fields), sizeof(struct counter_form), 0 };

/* Clerks of the place only; other officials see the people of their own days there. */
static enum rc own_centre(struct req *rq, size_t param, struct reception_centre_row *ret)
{
	int64_t id;

	TRY(req_id(rq, param, &id));
	TRY(reception_centre_by_id(rq->ctx.db, (struct reception_centre_id){ id }, ret));
	return reception_may_serve(&rq->who, ret->body_id) ? RC_OK : RC_NOT_FOUND;
}

static struct str head_name(const struct reception_day_line_list *days, int64_t head)
{
	for (size_t i = 0; i < days->n; i++)
		if (days->v[i].head_id.v == head)
			return days->v[i].name;
	return S("");
}

static enum rc waiting_of(struct req *rq, const struct reception_ticket_row_list *l, const struct reception_day_line_list *days, struct reception_waiting **ret)
{
	struct reception_waiting *w = ARENA_ARRAY(rq->ctx.arena, l->n + 1, struct reception_waiting);
	struct reception_booking_row b;

	for (size_t i = 0; i < l->n; i++) {
		const struct reception_ticket_row *t = &l->v[i];

		w[i] = (struct reception_waiting){ .t = *t, .number = reception_ticket_number(rq->ctx.arena, t), .head = head_name(days, t->head_id),
						   .minutes = (rq->ctx.now.us - t->since_at.us) / WHEN_MINUTE, .mine = t->called_by == rq->who.account };
		if (w[i].minutes < 0)
			w[i].minutes = 0;
		if (!t->booking_id)
			continue;
		TRY(reception_booking_by_id(rq->ctx.db, (struct reception_booking_id){ t->booking_id }, &b));
		w[i].name = b.name;
	}
	*ret = w;
	return RC_OK;
}

static enum rc coming_of(struct req *rq, const struct reception_day_line_list *days, struct reception_queue_page *p)
{
	struct reception_booking_row_list l;

	p->coming = ARENA_ARRAY(rq->ctx.arena, COMING, struct reception_coming);
	for (size_t i = 0; i < days->n; i++) {
		TRY(reception_bookings_of_day(rq->ctx.db, days->v[i].id, &l));
		for (size_t k = 0; k < l.n && p->n_coming < COMING; k++)
			if (str_eq(l.v[k].state, S("booked")) || str_eq(l.v[k].state, S("missed")))
				p->coming[p->n_coming++] = (struct reception_coming){ l.v[k], days->v[i].name };
	}
	return RC_OK;
}

static void queues_of(struct req *rq, const struct reception_day_line_list *days, struct reception_queue_page *p)
{
	p->queues = ARENA_ARRAY(rq->ctx.arena, days->n + 1, struct reception_line_up);
	p->queues[p->n_queues++] = (struct reception_line_up){ .name = msg_text(rq->view.lang, MSG_RECEPTION_ANY_COUNTER) };
	for (size_t i = 0; i < days->n; i++) {
		bool known = false;

		for (size_t k = 0; k < p->n_queues; k++)
			known = known || p->queues[k].head == days->v[i].head_id.v;
		if (!known)
			p->queues[p->n_queues++] = (struct reception_line_up){ .head = days->v[i].head_id.v, .name = days->v[i].name };
	}
	for (size_t i = 0; i < p->n_waiting; i++)
		for (size_t k = 0; k < p->n_queues; k++)
			p->queues[k].waiting += p->queues[k].head == p->waiting[i].t.head_id;
}

static enum rc queue_get(struct req *rq)
{
	struct reception_queue_page p = { .counter = 1 };
	struct reception_ticket_row_list waiting, called;
	struct reception_day_line_list days;
	struct day today = when_day(rq->ctx.now);
	int64_t counter;

	TRY(own_centre(rq, 0, &p.c));
	if (str_to_i64(req_query(rq, "counter"), &counter) && counter >= 1 && counter <= p.c.counters)
		p.counter = counter;
	TRY(reception_days_of_centre(rq->ctx.db, p.c.id, today, today, 60, rq->ctx.now, &days));
	TRY(reception_tickets_in(rq->ctx.db, p.c.id, today, S("waiting"), WAITING, &waiting));
	TRY(reception_tickets_in(rq->ctx.db, p.c.id, today, S("called"), CALLED, &called));
	TRY(waiting_of(rq, &waiting, &days, &p.waiting));
	TRY(waiting_of(rq, &called, &days, &p.called));
	p.n_waiting = waiting.n;
	p.n_called = called.n;
	TRY(coming_of(rq, &days, &p));
	queues_of(rq, &days, &p);
	TRY(reception_visits_open(rq->ctx.db, p.c.id, when_of_day(today, 0, 0), 40, &p.visits));
	struct out *o = page_open(rq, &(struct page){ .title = MSG_RECEPTION_QUEUE, .nav = MSG_LAYOUT_NAV_RECEPTION_DESK, .desk = true });

	tmpl_reception_queue(o, &rq->view, &p);
	return page_close(rq);
}

static enum rc back(struct req *rq, int64_t centre, int64_t counter, unsigned msg)
{
	struct str part[] = { str_i64(rq->ctx.arena, centre) };
	struct url to = url_path(rq->ctx.arena, "/desk/reception/queue/{}", 1, part);

	return redirect(rq, counter ? url_with(rq->ctx.arena, to, S("counter"), str_i64(rq->ctx.arena, counter)) : to, msg);
}

/* Somebody was faster, or nobody waits: said on the same page, which shows how it stands now. */
static enum rc said(struct req *rq, enum rc rc, int64_t centre, int64_t counter)
{
	if (rc == RC_CONFLICT || rc == RC_INVALID)
		return back(rq, centre, counter, rq->ctx.fail_msg);
	TRY(rc);
	return back(rq, centre, counter, 0);
}

static struct url ticket_url(struct req *rq, const struct reception_ticket_row *t)
{
	struct str parts[] = { str_i64(rq->ctx.arena, t->id.v), reception_ticket_secret(&rq->ctx, rq->ctx.arena, t->id) };

	return url_path(rq->ctx.arena, "/tickets/{}/{}", 2, parts);
}

static enum rc ticket_post(struct req *rq)
{
	const struct counter_form *f = FORM_OF(rq, struct counter_form);
	struct reception_centre_row c;
	struct reception_ticket_row t;

	TRY(own_centre(rq, 0, &c));
	enum rc rc = reception_walk_in(&rq->ctx, &rq->who, c.id, f->head, &t);

	return rc == RC_OK ? redirect(rq, ticket_url(rq, &t), 0) : said(rq, rc, c.id.v, f->counter);
}

static enum rc next_post(struct req *rq)
{
	const struct counter_form *f = FORM_OF(rq, struct counter_form);
	struct reception_centre_row c;
	struct reception_ticket_row t;

	TRY(own_centre(rq, 0, &c));
	enum rc rc = reception_call_next(&rq->ctx, &rq->who, c.id, f->head, f->counter, &t);

	return rc == RC_NOT_FOUND ? back(rq, c.id.v, f->counter, MSG_RECEPTION_NOBODY_WAITS) : said(rq, rc, c.id.v, f->counter);
}

static enum rc own_ticket(struct req *rq, struct reception_ticket_row *ret)
{
	int64_t id;

	TRY(req_id(rq, 0, &id));
	return reception_ticket_by_id(rq->ctx.db, (struct reception_ticket_id){ id }, ret);
}

static enum rc call_post(struct req *rq)
{
	const struct counter_form *f = FORM_OF(rq, struct counter_form);
	struct reception_ticket_row t;

	TRY(own_ticket(rq, &t));
	return said(rq, reception_call(&rq->ctx, &rq->who, t.id, f->counter), t.centre_id.v, f->counter);
}

static enum rc again_post(struct req *rq)
{
	struct reception_ticket_row t;

	TRY(own_ticket(rq, &t));
	return said(rq, reception_call_again(&rq->ctx, &rq->who, t.id), t.centre_id.v, t.counter);
}

static enum rc missed_post(struct req *rq)
{
	struct reception_ticket_row t;

	TRY(own_ticket(rq, &t));
	return said(rq, reception_miss(&rq->ctx, &rq->who, t.id), t.centre_id.v, t.counter);
}

static enum rc to_visit(struct req *rq, struct reception_visit_id id)
{
	struct str part[] = { str_i64(rq->ctx.arena, id.v) };

	return redirect(rq, url_path(rq->ctx.arena, "/desk/reception/visits/{}", 1, part), 0);
}

static enum rc begin_post(struct req *rq)
{
	struct reception_ticket_row t;
	struct reception_visit_id visit;

	TRY(own_ticket(rq, &t));
	enum rc rc = reception_visit_begin(&rq->ctx, &rq->who, t.id, &visit);

	return rc == RC_OK ? to_visit(rq, visit) : said(rq, rc, t.centre_id.v, t.counter);
}

/* Nobody waits: ticket, call and visit in one press. */
static enum rc now_post(struct req *rq)
{
	const struct counter_form *f = FORM_OF(rq, struct counter_form);
	struct reception_centre_row c;
	struct reception_ticket_row t;
	struct reception_visit_id visit;

	TRY(own_centre(rq, 0, &c));
	TRY(reception_walk_in(&rq->ctx, &rq->who, c.id, 0, &t));
	TRY(reception_call(&rq->ctx, &rq->who, t.id, f->counter));
	TRY(reception_visit_begin(&rq->ctx, &rq->who, t.id, &visit));
	return to_visit(rq, visit);
}

static enum rc own_booking(struct req *rq, struct reception_booking_row *ret, struct reception_day_row *day)
{
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(reception_booking_by_id(rq->ctx.db, (struct reception_booking_id){ id }, ret));
	return reception_day_by_id(rq->ctx.db, ret->day_id, day);
}

/* The ticket is shown to be printed; who came without a phone takes it along. */
static enum rc here_post(struct req *rq)
{
	struct reception_booking_row b;
	struct reception_day_row d;
	struct reception_ticket_row t;

	TRY(own_booking(rq, &b, &d));
	enum rc rc = reception_check_in(&rq->ctx, &rq->who, &b, &t);

	return rc == RC_OK ? redirect(rq, ticket_url(rq, &t), 0) : said(rq, rc, d.centre_id.v, 0);
}

static enum rc receive_post(struct req *rq)
{
	struct reception_booking_row b;
	struct reception_day_row d;
	struct reception_visit_id visit;

	TRY(own_booking(rq, &b, &d));
	enum rc rc = reception_visit_of_booking(&rq->ctx, &rq->who, &b, &visit);

	return rc == RC_OK ? to_visit(rq, visit) : said(rq, rc, d.centre_id.v, 0);
}

/* ---- the ticket ---- */

static enum rc ticket_get(struct req *rq)
{
	struct reception_ticket_page p = { 0 };
	struct reception_head_row h;
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(reception_ticket_by_id(rq->ctx.db, (struct reception_ticket_id){ id }, &p.t));
	p.secret = reception_ticket_secret(&rq->ctx, rq->ctx.arena, p.t.id);
	if (!same_secret(rq->params[1], p.secret))
		return RC_NOT_FOUND;
	TRY(reception_centre_by_id(rq->ctx.db, p.t.centre_id, &p.c));
	p.number = reception_ticket_number(rq->ctx.arena, &p.t);
	if (p.t.head_id) {
		TRY(reception_head_by_id(rq->ctx.db, (struct reception_head_id){ p.t.head_id }, &h));
		p.head = h.name;
	}
	TRY(reception_ticket_ahead(rq->ctx.db, p.t.centre_id, p.t.made_on, p.t.head_id, p.t.since_at, p.t.id, &p.ahead));
	p.qr = html_qr(rq->ctx.arena, str_cat(rq->ctx.arena, rq->ctx.app->public_url, rq->http->path));
	http_set_header(rq->http, S("Cache-Control"), S("no-store"));
	struct out *o = page_open(rq, &(struct page){ .title_text = p.number, .nav = MSG_LAYOUT_NAV_RECEPTIONS });

	tmpl_reception_ticket(o, &rq->view, &p);
	return page_close(rq);
}

static const struct route routes[] = {
	{ HTTP_GET, "/desk/reception/queue/:centre", STAFF, RL_READ, READ, queue_get },
	{ HTTP_POST, "/desk/reception/queue/:centre/ticket", STAFF, RL_WRITE, WRITE, ticket_post, &counter_form, queue_get },
	{ HTTP_POST, "/desk/reception/queue/:centre/next", STAFF, RL_WRITE, WRITE, next_post, &counter_form, queue_get },
	{ HTTP_POST, "/desk/reception/queue/:centre/visit", STAFF, RL_WRITE, WRITE, now_post, &counter_form, queue_get },
	{ HTTP_POST, "/desk/reception/call/:ticket", STAFF, RL_WRITE, WRITE, call_post, &counter_form },
	{ HTTP_POST, "/desk/reception/again/:ticket", STAFF, RL_WRITE, WRITE, again_post },
	{ HTTP_POST, "/desk/reception/missed/:ticket", STAFF, RL_WRITE, WRITE, missed_post },
	{ HTTP_POST, "/desk/reception/begin/:ticket", STAFF, RL_WRITE, WRITE, begin_post },
	{ HTTP_POST, "/desk/reception/here/:booking", STAFF, RL_WRITE, WRITE, here_post },
	{ HTTP_POST, "/desk/reception/receive/:booking", STAFF, RL_WRITE, WRITE, receive_post },
	{ HTTP_GET, "/tickets/:id/:secret", ANYONE, RL_READ, READ, ticket_get },
};

const struct module reception_queue_module = { .name = "reception_queue", .routes = routes, .n_routes = ARRAY_LEN(routes) };
