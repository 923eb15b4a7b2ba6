/* papers_web.c: the papers of a visit: the protocol while it is written, the summary that the visitor takes along, promises and how they were kept. */
#include "appeal/appeal.h"
#include "appeal/appeal_web.h"
#include "body/body.h"
#include "gen/messages.h"
#include "gen/reception_tmpl.h"
#include "html/qr.h"
#include "reception/visit_view.h"
#include "standard/options.h"
#include "standard/standard.h"

#define PROMISES 60

struct protocol_form {
	int64_t body, region, act;
	struct str topic, kind, text, answer;
};
static const struct field protocol_fields[] = {
	FIELD(struct protocol_form, text, F_LINES, 20, 20000, .label = MSG_RECEPTION_PROTOCOL, .hint = MSG_RECEPTION_PROTOCOL_HINT),
	FIELD(struct protocol_form, body, F_ID, 1, INT64_MAX, .label = MSG_RECEPTION_TO_BODY, .needed = true),
	FIELD(struct protocol_form, kind, F_CHOICE, 1, 40, .label = MSG_RECEPTION_APPEAL_KIND),
	FIELD(struct protocol_form, topic, F_CHOICE, 1, 80, .label = MSG_RECEPTION_TOPIC),
	FIELD(struct protocol_form, region, F_ID, 0, INT64_MAX, .label = MSG_RECEPTION_REGION),
	FIELD(struct protocol_form, answer, F_LINES, 0, 8000, .label = MSG_RECEPTION_ANSWER_NOW, .hint = MSG_RECEPTION_ANSWER_NOW_HINT),
	FIELD(struct protocol_form, act, F_ID, 0, INT64_MAX),
};
static const struct form protocol_form = { protocol_fields, ARRAY_LEN(protocol_fields), sizeof(struct protocol_form), 0 };

struct kept_form {
	struct str how;
};
static const struct field kept_fields[] = {
	FIELD(struct kept_form, how, F_LINES, 3, 1000, .label = MSG_RECEPTION_HOW_KEPT),
};
static const struct form kept_form = { kept_fields, ARRAY_LEN(kept_fields), sizeof(struct kept_form), 0, .repeats = true };

struct plan_form {
	struct str title, post;
};
static const struct field plan_fields[] = {
	FIELD(struct plan_form, title, F_TEXT, 8, 200, .label = MSG_RECEPTION_PLAN_TITLE),
	FIELD(struct plan_form, post, F_TEXT, 2, 160, .label = MSG_RECEPTION_PLAN_POST),
};
static const struct form plan_form = { plan_fields, ARRAY_LEN(plan_fields), sizeof(struct plan_form), 0, .repeats = true };

struct str reception_head_of(const struct view *v, const struct reception_book_page *p, int64_t head)
{
	for (size_t i = 0; i < p->heads.n; i++)
		if (p->heads.v[i].id.v == head)
			return reception_head_text(v, &p->heads.v[i]);
	return S("");
}

/* ---- the protocol ---- */

static size_t kind_options(struct req *rq, struct str chosen, struct option **ret)
{
	const struct pack *p = rq->ctx.app->pack;
	size_t n = 0;

	*ret = ARENA_ARRAY(rq->ctx.arena, p->n_kinds, struct option);
	for (size_t i = 0; i < p->n_kinds; i++)
		if (p->kinds[i].offered)
			(*ret)[n++] = (struct option){ .value = p->kinds[i].code, .text = name_in(&p->kinds[i].plain, rq->view.lang), .chosen = str_eq(p->kinds[i].code, chosen) };
	return n;
}

static enum rc old_protocol(struct req *rq, const struct reception_visit_row *v, struct reception_act_row *ret)
{
	int64_t id = 0;

	*ret = (struct reception_act_row){ .body_id = v->body_id, .text = v->asked };
	if (!str_to_i64(req_query(rq, "act"), &id) && !str_to_i64(http_form(rq->http, S("act")), &id))
		return RC_OK;
	if (!id)
		return RC_OK;
	TRY(reception_act_by_id(rq->ctx.db, (struct reception_act_id){ id }, ret));
	return ret->visit_id.v == v->id.v && str_eq(ret->state, S("written")) ? RC_OK : RC_NOT_FOUND;
}

static enum rc protocol_get(struct req *rq)
{
	struct reception_visit_row v;
	struct reception_act_row a;
	struct reception_centre_row c;
	struct option *bodies, *topics, *kinds, *regions;
	struct protocol_form *f = ARENA_NEW(rq->ctx.arena, struct protocol_form);

	TRY(reception_own_visit(rq, &v));
	TRY(old_protocol(rq, &v, &a));
	TRY(reception_centre_by_id(rq->ctx.db, v.centre_id, &c));
	size_t n_bodies = reception_body_options(rq, c.region_id, a.body_id, &bodies), n_topics = pack_narrow_topic_options(rq, a.topic, &topics);
	size_t n_kinds = kind_options(rq, a.appeal_kind, &kinds), n_regions = pack_region_options(rq, a.place_id ? a.place_id : c.region_id, &regions);

	*f = (struct protocol_form){ .text = a.text, .answer = a.answer, .topic = a.topic, .kind = a.appeal_kind, .act = a.id.v };
	if (!rq->form.values)
		rq->form = (struct form_state){ .form = &protocol_form, .values = f, .arena = rq->ctx.arena };
	struct out *o = page_open(rq, &(struct page){ .title = MSG_RECEPTION_PROTOCOL, .nav = MSG_LAYOUT_NAV_RECEPTION_DESK, .desk = true, .refresh_form = true });

	tmpl_reception_protocol(o, &rq->view, &v, &rq->form, a.id.v, bodies, n_bodies, topics, n_topics, kinds, n_kinds, regions, n_regions);
	return page_close(rq);
}

static enum rc protocol_post(struct req *rq)
{
	const struct protocol_form *f = FORM_OF(rq, struct protocol_form);
	struct reception_protocol p = { .body = f->body, .place = f->region, .topic = f->topic, .kind = f->kind, .text = f->text, .answer = f->answer };
	struct reception_visit_row v;
	struct reception_act_id act;

	TRY(reception_own_visit(rq, &v));
	enum rc rc = reception_protocol_write(&rq->ctx, &rq->who, v.id, (struct reception_act_id){ f->act }, &p, &act);

	if (rc == RC_INVALID || rc == RC_CONFLICT) {
		req_fail(rq, rq->ctx.fail_msg == MSG_RECEPTION_FAULT_ANSWER_BODY ? "answer" : NULL, rq->ctx.fail_msg);
		return RC_INVALID;
	}
	TRY(rc);
	return redirect(rq, reception_visit_desk(rq, v.id), 0);
}

/* ---- the summary ---- */

static struct html qr_of(struct req *rq, struct url to)
{
	return html_qr(rq->ctx.arena, str_cat(rq->ctx.arena, rq->ctx.app->public_url, url_str(to)));
}

static enum rc act_of(struct req *rq, const struct reception_act_row *row, bool with_qr, struct reception_act_view *ret)
{
	struct reception_act_view a = { .a = *row, .body = body_name(rq->ctx.app->pack, row->body_id, lang_id(rq->view.lang)) };
	struct reception_booking_row b;
	struct reception_head_row h;
	struct appeal_row appeal;

	if (row->appeal_id) {
		TRY(appeal_by_id(rq->ctx.db, (struct appeal_id){ row->appeal_id }, &appeal));
		a.number = appeal.number;
		a.due = appeal.due_at;
		a.to = appeal_url(rq->ctx.arena, appeal.number, appeal_secret(&rq->ctx, rq->ctx.arena, appeal.id));
	}
	if (row->booking_id) {
		TRY(reception_booking_by_id(rq->ctx.db, (struct reception_booking_id){ row->booking_id }, &b));
		TRY(reception_head_by_id(rq->ctx.db, (struct reception_head_id){ b.head_id }, &h));
		a.number = b.number;
		a.due = b.starts_at;
		a.with = reception_head_text(&rq->view, &h);
		a.to = reception_booking_url(&rq->ctx, rq->ctx.arena, &b);
	}
	if (with_qr && a.number.n)
		a.qr = qr_of(rq, a.to);
	*ret = a;
	return RC_OK;
}

enum rc reception_visit_page_make(struct req *rq, const struct reception_visit_row *v, bool with_qr, struct reception_visit_page *ret)
{
	struct reception_visit_page p = { .v = *v, .open = str_eq(v->state, S("open")) };
	struct reception_act_row_list acts;
	struct reception_head_row h;
	struct reception_ticket_row t;

	TRY(reception_centre_by_id(rq->ctx.db, v->centre_id, &p.c));
	TRY(reception_acts_of(rq->ctx.db, v->id, &acts));
	p.body = body_name(rq->ctx.app->pack, v->body_id, lang_id(rq->view.lang));
	if (v->head_id) {
		TRY(reception_head_by_id(rq->ctx.db, (struct reception_head_id){ v->head_id }, &h));
		p.head = reception_head_text(&rq->view, &h);
	}
	if (v->ticket_id) {
		TRY(reception_ticket_by_id(rq->ctx.db, (struct reception_ticket_id){ v->ticket_id }, &t));
		p.ticket = reception_ticket_number(rq->ctx.arena, &t);
	}
	p.acts = ARENA_ARRAY(rq->ctx.arena, acts.n + 1, struct reception_act_view);
	for (size_t i = 0; i < acts.n; i++)
		TRY(act_of(rq, &acts.v[i], with_qr, &p.acts[p.n_acts++]));
	struct str parts[] = { str_i64(rq->ctx.arena, v->id.v), reception_visit_secret(&rq->ctx, rq->ctx.arena, v->id) };

	p.secret = parts[1];
	p.summary = url_path(rq->ctx.arena, "/visits/{}/{}", 2, parts);
	if (with_qr)
		p.qr = qr_of(rq, p.summary);
	*ret = p;
	return RC_OK;
}

static enum rc summary(struct req *rq, const struct reception_visit_row *v, bool desk)
{
	struct reception_visit_page p;

	TRY(reception_visit_page_make(rq, v, true, &p));
	http_set_header(rq->http, S("Cache-Control"), S("no-store"));
	struct out *o = page_open(rq, &(struct page){ .title = MSG_RECEPTION_SUMMARY, .nav = desk ? MSG_LAYOUT_NAV_RECEPTION_DESK : MSG_LAYOUT_NAV_RECEPTIONS, .desk = desk });

	tmpl_reception_summary(o, &rq->view, &p, desk);
	return page_close(rq);
}

static enum rc summary_get(struct req *rq)
{
	struct reception_visit_row v;
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(reception_visit_by_id(rq->ctx.db, (struct reception_visit_id){ id }, &v));
	return same_secret(rq->params[1], reception_visit_secret(&rq->ctx, rq->ctx.arena, v.id)) ? summary(rq, &v, false) : RC_NOT_FOUND;
}

/* To be printed at the counter: in the language that the person speaks, whatever the clerk reads. */
static enum rc desk_summary_get(struct req *rq)
{
	struct reception_visit_row v;
	enum lang_id lang;

	TRY(reception_own_visit(rq, &v));
	if (lang_by_code(v.lang, &lang))
		rq->view.lang = lang_of(lang);
	return summary(rq, &v, true);
}

/* ---- promises ---- */

static enum rc promises_get(struct req *rq)
{
	struct reception_visit_row_list l;
	struct reception_promise_line *lines;
	struct reception_head_row h;

	TRY(reception_promises(rq->ctx.db, rq->who.body, PROMISES, &l));
	lines = ARENA_ARRAY(rq->ctx.arena, l.n + 1, struct reception_promise_line);
	for (size_t i = 0; i < l.n; i++) {
		lines[i] = (struct reception_promise_line){ .v = l.v[i], .late = l.v[i].promise_on.v < when_day(rq->ctx.now).v };
		if (!l.v[i].head_id)
			continue;
		TRY(reception_head_by_id(rq->ctx.db, (struct reception_head_id){ l.v[i].head_id }, &h));
		lines[i].head = h.name;
	}
	struct form_state kept = rq->form.form ? rq->form : (struct form_state){ .form = &kept_form, .arena = rq->ctx.arena };
	struct out *o = page_open(rq, &(struct page){ .title = MSG_RECEPTION_PROMISES, .nav = MSG_LAYOUT_NAV_RECEPTION_DESK, .desk = true });

	tmpl_reception_promises(o, &rq->view, lines, l.n, &kept, reception_may_serve(&rq->who, rq->who.body));
	return page_close(rq);
}

static enum rc kept_post(struct req *rq)
{
	int64_t id;

	TRY(req_id(rq, 0, &id));
	enum rc rc = reception_promise_kept(&rq->ctx, &rq->who, (struct reception_visit_id){ id }, FORM_OF(rq, struct kept_form)->how);

	if (rc == RC_CONFLICT || rc == RC_INVALID)
		return redirect(rq, URL("/desk/reception/promises"), rq->ctx.fail_msg);
	TRY(rc);
	return redirect(rq, URL("/desk/reception/promises"), MSG_RECEPTION_DONE_KEPT);
}

static enum rc plan_post(struct req *rq)
{
	int64_t id;

	TRY(req_id(rq, 0, &id));
	enum rc rc = reception_promise_plan(&rq->ctx, &rq->who, (struct reception_visit_id){ id }, FORM_OF(rq, struct plan_form)->title,
					    FORM_OF(rq, struct plan_form)->post);

	if (rc == RC_CONFLICT || rc == RC_INVALID)
		return redirect(rq, URL("/desk/reception/promises"), rq->ctx.fail_msg);
	TRY(rc);
	return redirect(rq, URL("/desk/reception/promises"), MSG_RECEPTION_DONE_TO_PLAN);
}

/* ---- what its duties are about ---- */

static enum rc visit_subject(struct ctx *c, const struct lang *l, int64_t id, struct subject *ret)
{
	struct reception_visit_row v;
	struct str part[] = { str_i64(c->arena, id) };

	TRY(reception_visit_by_id(c->db, (struct reception_visit_id){ id }, &v));
	*ret = (struct subject){ .title = v.promised.n ? v.promised : msg_fmt(c->arena, l, MSG_RECEPTION_VISIT_OF, ARGS(ARG_D("day", when_day(v.opened_at)))),
				 .desk = str_eq(v.state, S("open")) ? url_path(c->arena, "/desk/reception/visits/{}", 1, part) : URL("/desk/reception/promises") };
	return RC_OK;
}

static const struct subject_kind subjects[] = {
	{ SUBJECT_VISIT, visit_subject },
};

static const struct route routes[] = {
	{ HTTP_GET, "/desk/reception/visits/:id/protocol", STAFF, RL_READ, READ, protocol_get },
	{ HTTP_POST, "/desk/reception/visits/:id/protocol", STAFF, RL_WRITE, WRITE, protocol_post, &protocol_form, protocol_get },
	{ HTTP_GET, "/desk/reception/visits/:id/summary", STAFF, RL_READ, READ, desk_summary_get },
	{ HTTP_GET, "/visits/:id/:secret", ANYONE, RL_READ, READ, summary_get },
	{ HTTP_GET, "/desk/reception/promises", STAFF, RL_READ, READ, promises_get },
	{ HTTP_POST, "/desk/reception/promises/:id", STAFF, RL_WRITE, WRITE, kept_post, &kept_form, promises_get },
	{ HTTP_POST, "/desk/reception/promises/:id/plan", STAFF, RL_WRITE, WRITE, plan_post, &plan_form, promises_get },
};

const struct module reception_papers_module = { .name = "reception_papers", .routes = routes, .n_routes = ARRAY_LEN(routes), .subjects = subjects,
						.n_subjects = ARRAY_LEN(subjects) };
