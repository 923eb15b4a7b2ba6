/* press_web.c: what the public sees: the calendar of briefings, what was said there, questions of journalists with their answers, releases. */
#include "app/app.h"
#include "body/body.h"
#include "gen/messages.h"
#include "gen/press_tmpl.h"
#include "press/press_view.h"

#define SHORT 6
#define PAGE 30

static const struct { const char *name; unsigned msg; enum tone tone; } states[] = {
	{ "owed", MSG_PRESS_S_OWED, TONE_WAIT },           { "planned", MSG_PRESS_S_PLANNED, TONE_INFO },   { "held", MSG_PRESS_S_HELD, TONE_GOOD },
	{ "cancelled", MSG_PRESS_S_CANCELLED, TONE_BAD },  { "asked", MSG_PRESS_S_ASKED, TONE_WAIT },       { "answered", MSG_PRESS_S_ANSWERED, TONE_INFO },
	{ "embargoed", MSG_PRESS_S_EMBARGOED, TONE_WAIT }, { "public", MSG_PRESS_S_PUBLIC, TONE_GOOD },     { "withheld", MSG_PRESS_S_WITHHELD, TONE_BAD },
	{ "granted", MSG_PRESS_S_GRANTED, TONE_GOOD },     { "refused", MSG_PRESS_S_REFUSED, TONE_BAD },    { "revoked", MSG_PRESS_S_REVOKED, TONE_BAD },
	{ "scheduled", MSG_PRESS_S_EMBARGOED, TONE_WAIT },
};

struct str press_state(const struct lang *l, struct str state)
{
	for (size_t i = 0; i < ARRAY_LEN(states); i++)
		if (str_eq(state, str_of(states[i].name)))
			return msg_text(l, states[i].msg);
	return S("");
}

enum tone press_tone(struct str state)
{
	for (size_t i = 0; i < ARRAY_LEN(states); i++)
		if (str_eq(state, str_of(states[i].name)))
			return states[i].tone;
	return TONE_PLAIN;
}

size_t press_bodies(struct req *rq, int64_t chosen, struct option **ret)
{
	const struct pack *p = rq->ctx.app->pack;

	*ret = ARENA_ARRAY(rq->ctx.arena, p->n_bodies, struct option);
	for (size_t i = 0; i < p->n_bodies; i++)
		(*ret)[i] = (struct option){ .value = str_i64(rq->ctx.arena, p->bodies[i].id), .text = name_in(&p->bodies[i].name, rq->view.lang),
					     .chosen = p->bodies[i].id == chosen };
	return p->n_bodies;
}

static enum rc accredited(struct req *rq, bool *ret)
{
	struct accreditation_row a;
	enum rc rc = press_accredited(&rq->ctx, &rq->who, &a);

	*ret = rc == RC_OK;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* Keyset over (moment, id), the newest first: "?after=MOMENT-ID". */
void press_before(const struct req *rq, struct when *ret_at, int64_t *ret_id)
{
	ret_at->us = *ret_id = INT64_MAX;
	req_after_both(rq, INT64_MAX, &ret_at->us, ret_id);
}

static enum rc press_get(struct req *rq)
{
	struct press_page p = { .pack = rq->ctx.app->pack };
	const struct when last = { INT64_MAX };

	TRY(accredited(rq, &p.accredited));
	TRY(briefing_ahead(rq->ctx.db, p.accredited, rq->ctx.now, (struct briefing_id){ 0 }, PAGE, &p.ahead));
	TRY(briefing_held(rq->ctx.db, last, (struct briefing_id){ INT64_MAX }, SHORT, &p.held));
	TRY(press_question_public(rq->ctx.db, last, (struct press_question_id){ INT64_MAX }, SHORT, &p.questions));
	TRY(press_release_public(rq->ctx.db, last, (struct press_release_id){ INT64_MAX }, SHORT, &p.releases));
	if (p.accredited)
		TRY(press_release_scheduled(rq->ctx.db, rq->ctx.now, (struct press_release_id){ 0 }, SHORT, &p.embargoed));
	cache_public(rq, 30);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_PRESS_TITLE, .nav = MSG_LAYOUT_NAV_BODIES, .feed = S("/press.atom") });

	tmpl_press_press(o, &rq->view, &p);
	return page_close(rq);
}

/* ---- lists that go on ---- */

static enum rc questions_get(struct req *rq)
{
	struct press_public_row_list l;
	struct when before;
	int64_t id;
	struct str older = S("");

	press_before(rq, &before, &id);
	TRY(press_question_public(rq->ctx.db, before, (struct press_question_id){ id }, PAGE + 1, &l));
	if (l.n > PAGE) {
		l.n = PAGE;
		older = list_cursor(rq->ctx.arena, l.v[PAGE - 1].published_at.us, l.v[PAGE - 1].id.v);
	}
	cache_public(rq, 30);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_PRESS_QUESTIONS, .nav = MSG_LAYOUT_NAV_BODIES, .feed = S("/press.atom") });

	tmpl_press_questions(o, &rq->view, &l, rq->ctx.app->pack, older);
	return page_close(rq);
}

static enum rc held_get(struct req *rq)
{
	struct briefing_row_list l;
	struct when before;
	int64_t id;
	struct str older = S("");

	press_before(rq, &before, &id);
	TRY(briefing_held(rq->ctx.db, before, (struct briefing_id){ id }, PAGE + 1, &l));
	if (l.n > PAGE) {
		l.n = PAGE;
		older = list_cursor(rq->ctx.arena, l.v[PAGE - 1].held_at.us, l.v[PAGE - 1].id.v);
	}
	cache_public(rq, 30);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_PRESS_HELD, .nav = MSG_LAYOUT_NAV_BODIES });

	tmpl_press_briefings(o, &rq->view, &l, rq->ctx.app->pack, older);
	return page_close(rq);
}

static enum rc body_get(struct req *rq)
{
	struct press_public_row_list questions;
	struct accreditation_medium_row_list media;
	struct briefing_row_list briefings;
	struct press_release_row_list releases;
	const struct body *b;
	bool is_accredited;
	int64_t id;

	TRY(req_id(rq, 0, &id));
	b = pack_body(rq->ctx.app->pack, id);
	if (!b)
		return RC_NOT_FOUND;
	TRY(accredited(rq, &is_accredited));
	TRY(briefing_of_body(rq->ctx.db, id, (struct briefing_id){ INT64_MAX }, PAGE, &briefings));
	TRY(press_question_public_of(rq->ctx.db, id, PAGE, &questions));
	TRY(press_release_of_body(rq->ctx.db, id, (struct press_release_id){ INT64_MAX }, PAGE, &releases));
	TRY(accreditation_media(rq->ctx.db, id, 100, &media));
	cache_public(rq, 30);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_PRESS_OF_BODY, .nav = MSG_LAYOUT_NAV_BODIES });

	tmpl_press_body(o, &rq->view, b, &briefings, &questions, &releases, &media, is_accredited);
	return page_close(rq);
}

/* ---- one ---- */

/* A briefing that is only owed has nothing to show; one for the accredited is not there for others. */
static enum rc briefing_get(struct req *rq)
{
	struct briefing_row b;
	bool may;
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(briefing_by_id(rq->ctx.db, (struct briefing_id){ id }, &b));
	TRY(accredited(rq, &may));
	if (str_eq(b.state, S("owed")) || (b.accredited && !str_eq(b.state, S("held")) && !may && !press_officer(&rq->who, b.body_id)))
		return RC_NOT_FOUND;
	cache_public(rq, 30);
	struct out *o = page_open(rq, &(struct page){ .title_text = b.title, .nav = MSG_LAYOUT_NAV_BODIES });

	tmpl_press_briefing(o, &rq->view, &b, rq->ctx.app->pack);
	return page_close(rq);
}

static enum rc release_get(struct req *rq)
{
	struct press_release_row r;
	bool may;
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(press_release_by_id(rq->ctx.db, (struct press_release_id){ id }, &r));
	TRY(accredited(rq, &may));
	if (!str_eq(r.state, S("public")) && !may && !press_officer(&rq->who, r.body_id))
		return RC_NOT_FOUND;
	if (str_eq(r.state, S("public")))
		cache_public(rq, 30);
	struct out *o = page_open(rq, &(struct page){ .title_text = r.title, .nav = MSG_LAYOUT_NAV_BODIES });

	tmpl_press_release(o, &rq->view, &r, rq->ctx.app->pack);
	return page_close(rq);
}

static const struct route routes[] = {
	{ HTTP_GET, "/press", ANYONE, RL_READ, READ, press_get, .keep = true },
	{ HTTP_GET, "/press/questions", ANYONE, RL_READ, READ, questions_get, .keep = true },
	{ HTTP_GET, "/press/briefings", ANYONE, RL_READ, READ, held_get, .keep = true },
	{ HTTP_GET, "/press/briefings/:id", ANYONE, RL_READ, READ, briefing_get, .keep = true },
	{ HTTP_GET, "/press/releases/:id", ANYONE, RL_READ, READ, release_get, .keep = true },
	{ HTTP_GET, "/bodies/:id/press", ANYONE, RL_READ, READ, body_get, .keep = true },
};

static const struct search_source search[] = {
	{ "press", MSG_PRESS_RELEASES, press_search_fill, false },
};

const struct module press_module = { .name = "press", .routes = routes, .n_routes = ARRAY_LEN(routes), .search = search, .n_search = ARRAY_LEN(search) };
