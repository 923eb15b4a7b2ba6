/* visit_web.c: one visit at the counter, on one page: who, what was asked and promised, and one record for each body it touches. */
#include "reception/visit_view.h"

#include "body/body.h"
#include "gen/messages.h"
#include "gen/reception_tmpl.h"
#include "place/place.h"
#include "standard/calendar.h"

#define SLOTS 24

struct person_form {
	struct str name, iin, phone, email, post_address, lang;
};
static const struct field person_fields[] = {
	FIELD(struct person_form, name, F_TEXT, 2, 120, .label = MSG_RECEPTION_NAME, .autocomplete = "off"),
	FIELD(struct person_form, iin, F_IIN, 0, 14, .label = MSG_RECEPTION_IIN, .hint = MSG_RECEPTION_IIN_HINT),
	FIELD(struct person_form, phone, F_PHONE, 0, 30, .label = MSG_RECEPTION_PHONE, .autocomplete = "off"),
	FIELD(struct person_form, email, F_EMAIL, 0, 254, .label = MSG_RECEPTION_EMAIL, .autocomplete = "off"),
	FIELD(struct person_form, post_address, F_TEXT, 0, 300, .label = MSG_RECEPTION_POST_ADDRESS, .autocomplete = "off"),
	FIELD(struct person_form, lang, F_CHOICE, 1, 2, .choices = "kk|ru|en", .label = MSG_RECEPTION_LANG_OF),
};
static const struct form person_form = { person_fields, ARRAY_LEN(person_fields), sizeof(struct person_form), 0 };

struct words_form {
	struct str asked, said, promised;
	struct day promise_on;
};
static const struct field words_fields[] = {
	FIELD(struct words_form, asked, F_LINES, 0, 4000, .label = MSG_RECEPTION_ASKED, .needed = true),
	FIELD(struct words_form, said, F_LINES, 0, 4000, .label = MSG_RECEPTION_SAID),
	FIELD(struct words_form, promised, F_LINES, 0, 2000, .label = MSG_RECEPTION_PROMISED, .hint = MSG_RECEPTION_PROMISED_HINT),
	FIELD(struct words_form, promise_on, F_DAY, 0, 0, .label = MSG_RECEPTION_PROMISE_ON),
};
static const struct form words_form = { words_fields, ARRAY_LEN(words_fields), sizeof(struct words_form), 0 };

struct advice_form {
	struct str hand, advice;
	int64_t of_body;
};
static const struct field advice_fields[] = {
	FIELD(struct advice_form, hand, F_CHOICE, 1, 12, .choices = "advice|lawyer|mediator", .label = MSG_RECEPTION_HAND),
	FIELD(struct advice_form, of_body, F_ID, 1, INT64_MAX, .label = MSG_RECEPTION_BODY, .needed = true),
	FIELD(struct advice_form, advice, F_LINES, 3, 4000, .label = MSG_RECEPTION_ADVICE),
};
static const struct form advice_form = { advice_fields, ARRAY_LEN(advice_fields), sizeof(struct advice_form), 0 };

struct confirm_form {
	struct str confirmed;
};
static const struct field confirm_fields[] = {
	FIELD(struct confirm_form, confirmed, F_CHOICE, 0, 8, .choices = "signed|said", .label = MSG_RECEPTION_CONFIRMED),
};
static const struct form confirm_form = { confirm_fields, ARRAY_LEN(confirm_fields), sizeof(struct confirm_form), 0 };

enum rc reception_own_visit(struct req *rq, struct reception_visit_row *ret)
{
	int64_t id;

	TRY(req_id(rq, 0, &id));
	return reception_visit_open(&rq->ctx, &rq->who, (struct reception_visit_id){ id }, ret);
}

struct url reception_visit_desk(const struct req *rq, struct reception_visit_id id)
{
	struct str part[] = { str_i64(rq->ctx.arena, id.v) };

	return url_path(rq->ctx.arena, "/desk/reception/visits/{}", 1, part);
}

/* Bodies of the region and of the whole country. */
size_t reception_body_options(struct req *rq, int64_t region, int64_t chosen, struct option **ret)
{
	const struct pack *p = rq->ctx.app->pack;
	size_t n = 0;

	*ret = ARENA_ARRAY(rq->ctx.arena, p->n_bodies, struct option);
	for (size_t i = 0; i < p->n_bodies; i++) {
		const struct body *b = &p->bodies[i];

		if (!b->place || !region || place_region(b->place)->id == region)
			(*ret)[n++] = (struct option){ .value = str_i64(rq->ctx.arena, b->id), .text = name_in(&b->name, rq->view.lang), .chosen = b->id == chosen };
	}
	return n;
}

/* ---- the page ---- */

static struct form_state person_state(struct req *rq, const struct reception_visit_row *v)
{
	struct person_form *f = ARENA_NEW(rq->ctx.arena, struct person_form);

	if (rq->form.form == &person_form && rq->form.values)
		return rq->form;
	*f = (struct person_form){ .name = v->name, .phone = v->phone, .email = v->email, .post_address = v->post_address, .lang = v->lang };
	return (struct form_state){ .form = &person_form, .values = f, .arena = rq->ctx.arena };
}

static struct form_state words_state(struct req *rq, const struct reception_visit_row *v)
{
	struct words_form *f = ARENA_NEW(rq->ctx.arena, struct words_form);

	if (rq->form.form == &words_form && rq->form.values)
		return rq->form;
	*f = (struct words_form){ v->asked, v->said, v->promised, { v->promise_on.v ? v->promise_on.v : INT32_MIN } };
	return (struct form_state){ .form = &words_form, .values = f, .arena = rq->ctx.arena };
}

static enum rc visit_page(struct req *rq)
{
	struct reception_visit_row v;
	struct reception_visit_page p;
	struct reception_visit_forms f = { 0 };

	TRY(reception_own_visit(rq, &v));
	TRY(reception_visit_page_make(rq, &v, false, &p));
	TRY(reception_events_of(rq->ctx.db, v.id.v, &p.events));
	p.may_file = p.open && (rq->who.roles & (BIT(ROLE_OPERATOR) | BIT(ROLE_REGISTRAR)));
	f.person = person_state(rq, &v);
	f.words = words_state(rq, &v);
	f.advice = rq->form.form == &advice_form ? rq->form : (struct form_state){ .form = &advice_form, .arena = rq->ctx.arena };
	f.n_bodies = reception_body_options(rq, p.c.region_id, v.body_id, &f.bodies);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_RECEPTION_VISIT, .nav = MSG_LAYOUT_NAV_RECEPTION_DESK, .desk = true, .refresh_form = true });

	tmpl_reception_visit(o, &rq->view, &p, &f, &rq->form);
	return page_close(rq);
}

/* A rule was broken: beside its field, or above the page. */
static enum rc wrong(struct req *rq, enum rc rc, const char *field)
{
	if (rc != RC_INVALID && rc != RC_CONFLICT && rc != RC_DUPLICATE)
		return rc;
	req_fail(rq, field, rq->ctx.fail_msg ? rq->ctx.fail_msg : MSG_RECEPTION_FAULT_STATE);
	return RC_INVALID;
}

static enum rc person_post(struct req *rq)
{
	const struct person_form *f = FORM_OF(rq, struct person_form);
	struct reception_visitor p = { .name = f->name, .email = f->email, .phone = f->phone, .post_address = f->post_address, .identifier = f->iin, .lang = LANG_KK };
	struct reception_visit_row v;

	TRY(reception_own_visit(rq, &v));
	if (!lang_by_code(f->lang, &p.lang))
		p.lang = LANG_KK;
	TRY(wrong(rq, reception_visit_person(&rq->ctx, &rq->who, v.id, &p), NULL));
	return redirect(rq, reception_visit_desk(rq, v.id), MSG_RECEPTION_DONE_SAVED);
}

static enum rc words_post(struct req *rq)
{
	const struct words_form *f = FORM_OF(rq, struct words_form);
	struct reception_words w = { f->asked, f->said, f->promised, f->promise_on };
	struct reception_visit_row v;

	TRY(reception_own_visit(rq, &v));
	TRY(wrong(rq, reception_visit_write(&rq->ctx, &rq->who, v.id, &w), "promise_on"));
	return redirect(rq, reception_visit_desk(rq, v.id), MSG_RECEPTION_DONE_SAVED);
}

static enum rc advice_post(struct req *rq)
{
	const struct advice_form *f = FORM_OF(rq, struct advice_form);
	struct reception_visit_row v;

	TRY(reception_own_visit(rq, &v));
	TRY(wrong(rq, reception_advise(&rq->ctx, &rq->who, v.id, f->hand, f->of_body, f->advice), "of_body"));
	return redirect(rq, reception_visit_desk(rq, v.id), MSG_RECEPTION_DONE_SAVED);
}

static enum rc end_post(struct req *rq)
{
	struct reception_visit_row v;

	TRY(reception_own_visit(rq, &v));
	enum rc rc = reception_visit_end(&rq->ctx, &rq->who, v.id);

	if (rc == RC_INVALID || rc == RC_CONFLICT)
		return redirect(rq, reception_visit_desk(rq, v.id), rq->ctx.fail_msg);
	TRY(rc);
	struct str part[] = { str_i64(rq->ctx.arena, v.id.v) };

	return redirect(rq, url_path(rq->ctx.arena, "/desk/reception/visits/{}/summary", 1, part), MSG_RECEPTION_DONE_ENDED);
}

/* ---- the protocol ---- */

static enum rc own_act(struct req *rq, struct reception_visit_row *v, struct reception_act_id *ret)
{
	struct reception_act_row a;
	int64_t id;

	TRY(reception_own_visit(rq, v));
	TRY(req_id(rq, 1, &id));
	TRY(reception_act_by_id(rq->ctx.db, (struct reception_act_id){ id }, &a));
	*ret = a.id;
	return a.visit_id.v == v->id.v ? RC_OK : RC_NOT_FOUND;
}

static enum rc act_done(struct req *rq, enum rc rc, struct reception_visit_id id, unsigned msg)
{
	if (rc == RC_INVALID || rc == RC_CONFLICT)
		return redirect(rq, reception_visit_desk(rq, id), rq->ctx.fail_msg ? rq->ctx.fail_msg : MSG_RECEPTION_FAULT_STATE);
	TRY(rc);
	return redirect(rq, reception_visit_desk(rq, id), msg);
}

static enum rc read_post(struct req *rq)
{
	struct reception_visit_row v;
	struct reception_act_id act;

	TRY(own_act(rq, &v, &act));
	return act_done(rq, reception_protocol_read(&rq->ctx, &rq->who, act), v.id, 0);
}

/* Everything of a refused registration is taken back: the savepoint leaves only the word why. */
static enum rc file_post(struct req *rq)
{
	const struct confirm_form *f = FORM_OF(rq, struct confirm_form);
	struct reception_visit_row v;
	struct reception_act_id act;

	TRY(own_act(rq, &v, &act));
	TRY(db_savepoint(rq->ctx.db));
	enum rc rc = reception_protocol_file(&rq->ctx, &rq->who, act, f->confirmed);

	TRY(rc == RC_OK ? db_release(rq->ctx.db) : db_rollback_to(rq->ctx.db));
	return act_done(rq, rc, v.id, MSG_RECEPTION_DONE_FILED);
}

static enum rc drop_post(struct req *rq)
{
	struct reception_visit_row v;
	struct reception_act_id act;

	TRY(own_act(rq, &v, &act));
	return act_done(rq, reception_protocol_drop(&rq->ctx, &rq->who, act), v.id, 0);
}

/* ---- booking for the visitor: any body, also a lawyer or mediator ---- */

static enum rc book_get(struct req *rq)
{
	struct reception_book_page p = { 0 };
	struct reception_visit_row v;
	struct reception_centre_row c;
	int64_t body = 0;

	TRY(reception_own_visit(rq, &v));
	TRY(reception_centre_by_id(rq->ctx.db, v.centre_id, &c));
	p.visit = v.id.v;
	if (!str_to_i64(req_query(rq, "body"), &body) || !pack_body(rq->ctx.app->pack, body))
		body = v.body_id;
	p.n_bodies = reception_body_options(rq, c.region_id, body, &p.bodies);
	p.body = body_name(rq->ctx.app->pack, body, lang_id(rq->view.lang));
	TRY(reception_slot_next_body(rq->ctx.db, body, rq->ctx.now, SLOTS, &p.slots));
	TRY(reception_head_of_body(rq->ctx.db, body, 60, &p.heads));
	struct out *o = page_open(rq, &(struct page){ .title = MSG_RECEPTION_BOOK, .nav = MSG_LAYOUT_NAV_RECEPTION_DESK, .desk = true });

	tmpl_reception_visit_book(o, &rq->view, &p);
	return page_close(rq);
}

static enum rc book_post(struct req *rq)
{
	struct reception_visit_row v;
	int64_t slot;

	TRY(reception_own_visit(rq, &v));
	TRY(req_id(rq, 1, &slot));
	return act_done(rq, reception_book_in(&rq->ctx, &rq->who, v.id, (struct reception_slot_id){ slot }), v.id, MSG_RECEPTION_DONE_BOOKED);
}

static const struct route routes[] = {
	{ HTTP_GET, "/desk/reception/visits/:id", STAFF, RL_READ, READ, visit_page },
	{ HTTP_POST, "/desk/reception/visits/:id/person", STAFF, RL_WRITE, WRITE, person_post, &person_form, visit_page },
	{ HTTP_POST, "/desk/reception/visits/:id/words", STAFF, RL_WRITE, WRITE, words_post, &words_form, visit_page },
	{ HTTP_POST, "/desk/reception/visits/:id/advice", STAFF, RL_WRITE, WRITE, advice_post, &advice_form, visit_page },
	{ HTTP_POST, "/desk/reception/visits/:id/read/:act", STAFF, RL_WRITE, WRITE, read_post },
	{ HTTP_POST, "/desk/reception/visits/:id/file/:act", STAFF, RL_SUBMIT, WRITE, file_post, &confirm_form, visit_page },
	{ HTTP_POST, "/desk/reception/visits/:id/drop/:act", STAFF, RL_WRITE, WRITE, drop_post },
	{ HTTP_GET, "/desk/reception/visits/:id/book", STAFF, RL_READ, READ, book_get },
	{ HTTP_POST, "/desk/reception/visits/:id/book/:slot", STAFF, RL_WRITE, WRITE, book_post },
	{ HTTP_POST, "/desk/reception/visits/:id/end", STAFF, RL_WRITE, WRITE, end_post },
};

const struct module reception_visit_module = { .name = "reception_visit", .routes = routes, .n_routes = ARRAY_LEN(routes) };
