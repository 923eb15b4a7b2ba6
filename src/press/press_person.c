/* press_person.c: the journalist's side: accreditation, asking, one's own questions. */
#include "app/app.h"
#include "body/body.h"
#include "gen/account_sql.h"
#include "gen/messages.h"
#include "gen/press_tmpl.h"
#include "place/place.h"
#include "press/press_view.h"
#include "standard/options.h"

#define PAGE 30

struct apply_form {
	struct str name, medium, post, link;
	int64_t body;
};
static const struct field apply_fields[] = {
	FIELD(struct apply_form, body, F_ID, 1, INT64_MAX, .label = MSG_PRESS_BODY, .needed = true),
	FIELD(struct apply_form, name, F_TEXT, 2, 160, .label = MSG_PRESS_NAME, .autocomplete = "name"),
	FIELD(struct apply_form, medium, F_TEXT, 2, 160, .label = MSG_PRESS_MEDIUM),
	FIELD(struct apply_form, post, F_TEXT, 0, 160, .label = MSG_PRESS_POST),
	FIELD(struct apply_form, link, F_TEXT, 0, 300, .label = MSG_PRESS_MEDIUM_LINK, .hint = MSG_PRESS_MEDIUM_LINK_HINT),
};
static const struct form apply_form = { apply_fields, ARRAY_LEN(apply_fields), sizeof(struct apply_form), 0 };

struct ask_form {
	struct str topic, lang, title, text;
	int64_t body;
};
static const struct field ask_fields[] = {
	FIELD(struct ask_form, body, F_ID, 1, INT64_MAX, .label = MSG_PRESS_BODY, .needed = true),
	FIELD(struct ask_form, topic, F_CHOICE, 1, 80, .label = MSG_PETITION_TOPIC),
	FIELD(struct ask_form, lang, F_CHOICE, 2, 2, .choices = "kk|ru|en", .label = MSG_NOTICE_LANG),
	FIELD(struct ask_form, title, F_TEXT, 8, 160, .label = MSG_PRESS_ABOUT),
	FIELD(struct ask_form, text, F_LINES, 10, 5000, .label = MSG_PRESS_QUESTION, .hint = MSG_PRESS_QUESTION_HINT),
};
static const struct form ask_form = { ask_fields, ARRAY_LEN(ask_fields), sizeof(struct ask_form), 0 };

/* ---- accreditation ---- */

static enum rc apply_get(struct req *rq)
{
	struct apply_form *values = ARENA_NEW(rq->ctx.arena, struct apply_form);
	struct option *bodies;
	int64_t body = 0;

	rc_ignore(str_to_i64(req_query(rq, "body"), &body) ? RC_OK : RC_INVALID);
	values->name = rq->who_name;
	values->body = body;
	if (!rq->form.form)
		rq->form = (struct form_state){ .form = &apply_form, .values = values, .arena = rq->ctx.arena };
	size_t n = press_bodies(rq, body, &bodies);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_PRESS_APPLY, .nav = MSG_LAYOUT_NAV_BODIES, .refresh_form = true });

	tmpl_press_apply(o, &rq->view, &rq->form, bodies, n);
	return page_close(rq);
}

static enum rc apply_post(struct req *rq)
{
	const struct apply_form *f = FORM_OF(rq, struct apply_form);
	struct accreditation_words w = { .name = f->name, .medium = f->medium, .post = f->post, .link = f->link };
	struct accreditation_id id;
	enum rc rc = press_apply(&rq->ctx, &rq->who, f->body, &w, &id);

	if (rc == RC_INVALID)
		req_fail(rq, NULL, rq->ctx.fail_msg);
	if (rc == RC_CONFLICT)
		return redirect(rq, URL("/press/mine"), MSG_PRESS_FAULT_APPLIED);
	TRY(rc);
	return redirect(rq, URL("/press/mine"), MSG_PRESS_DONE_APPLIED);
}

/* ---- asking ---- */

static enum rc ask_get(struct req *rq)
{
	struct ask_form *values = ARENA_NEW(rq->ctx.arena, struct ask_form);
	struct accreditation_row a;
	struct option *bodies, *topics;
	int64_t body = 0;
	enum rc rc = press_accredited(&rq->ctx, &rq->who, &a);

	if (rc == RC_NOT_FOUND)
		return redirect(rq, URL("/press/accreditation"), MSG_PRESS_FAULT_NOT_ACCREDITED);
	TRY(rc);
	rc_ignore(str_to_i64(req_query(rq, "body"), &body) ? RC_OK : RC_INVALID);
	values->lang = lang_code(rq->view.lang);
	if (!rq->form.form)
		rq->form = (struct form_state){ .form = &ask_form, .values = values, .arena = rq->ctx.arena };
	size_t n_bodies = press_bodies(rq, body, &bodies), n_topics = pack_topic_options(rq, 0, S(""), &topics);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_PRESS_ASK, .nav = MSG_LAYOUT_NAV_BODIES, .refresh_form = true });

	tmpl_press_ask(o, &rq->view, &rq->form, bodies, n_bodies, topics, n_topics, &a, (int64_t)rq->ctx.app->pack->kind_media->term);
	return page_close(rq);
}

/* A question has the place of the body it goes to; a body of the whole country has none, then the first region stands for it. */
static int64_t place_of(const struct pack *p, int64_t body)
{
	const struct body *b = pack_body(p, body);

	if (b && b->place)
		return b->place->id;
	return p->n_places ? place_region(&p->places[0])->id : 0;
}

static enum rc ask_post(struct req *rq)
{
	const struct ask_form *f = FORM_OF(rq, struct ask_form);
	struct press_asking q = { .body = f->body, .place = place_of(rq->ctx.app->pack, f->body), .topic = f->topic, .lang = f->lang, .title = f->title, .text = f->text };
	struct press_question_id id;
	struct str number;
	enum rc rc = press_ask(&rq->ctx, &rq->who, &q, &id, &number);

	if (rc == RC_INVALID)
		req_fail(rq, NULL, rq->ctx.fail_msg);
	TRY(rc);
	return redirect(rq, url_path(rq->ctx.arena, "/appeals/{}", 1, &number), MSG_PRESS_DONE_ASKED);
}

static enum rc mine_get(struct req *rq)
{
	struct accreditation_row_list held;
	struct press_mine_row_list l;
	int64_t after = req_after(rq);

	TRY(accreditation_held(rq->ctx.db, rq->who.account, &held));
	TRY(press_question_mine(rq->ctx.db, rq->who.account, (struct press_question_id){ after ? after : INT64_MAX }, PAGE + 1, &l));
	bool more = l.n > PAGE;

	l.n = more ? PAGE : l.n;
	struct out *o = page_open(rq, &(struct page){ .title = MSG_PRESS_MINE, .nav = MSG_LAYOUT_NAV_BODIES });

	tmpl_press_mine(o, &rq->view, &held, &l, more, rq->ctx.app->pack);
	return page_close(rq);
}

static const struct route routes[] = {
	{ HTTP_GET, "/press/accreditation", SIGNED_IN, RL_READ, READ, apply_get },
	{ HTTP_POST, "/press/accreditation", CITIZEN, RL_SUBMIT, WRITE, apply_post, &apply_form, apply_get },
	{ HTTP_GET, "/press/ask", SIGNED_IN, RL_READ, READ, ask_get },
	{ HTTP_POST, "/press/ask", CITIZEN, RL_SUBMIT, WRITE, ask_post, &ask_form, ask_get },
	{ HTTP_GET, "/press/mine", SIGNED_IN, RL_READ, READ, mine_get },
};

const struct module press_person_module = { .name = "press_person", .routes = routes, .n_routes = ARRAY_LEN(routes) };
