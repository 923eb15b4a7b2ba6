/* petition_desk.c: moderation with its ages and grounds, and the body's side of a petition that reached its threshold. */
#include "app/app.h"
#include "gen/messages.h"
#include "gen/petition_tmpl.h"
#include "petition/petition_view.h"
#include "standard/calendar.h"

#define LINES 50

struct desk_form_ {
	struct str ground, words, group, discussion, decision, report;
	int64_t original;
};
static const struct field moderate_fields[] = {
	FIELD(struct desk_form_, ground, F_CHOICE, 0, 60, .label = MSG_PETITION_GROUND),
	FIELD(struct desk_form_, words, F_LINES, 0, 2000, .label = MSG_PETITION_GROUND_WORDS),
	FIELD(struct desk_form_, original, F_ID, 0, INT64_MAX, .label = MSG_PETITION_ORIGINAL),
};
static const struct form moderate_form = { moderate_fields, ARRAY_LEN(moderate_fields), sizeof(struct desk_form_), 0 };
static const struct field review_fields[] = {
	FIELD(struct desk_form_, group, F_LINES, 0, 2000, .label = MSG_PETITION_GROUP),
	FIELD(struct desk_form_, discussion, F_LINES, 0, 4000, .label = MSG_PETITION_DISCUSSION),
	FIELD(struct desk_form_, decision, F_LINES, 0, 8000, .label = MSG_PETITION_DECISION),
	FIELD(struct desk_form_, report, F_LINES, 0, 1000, .label = MSG_PETITION_REPORT),
};
static const struct form review_form = { review_fields, ARRAY_LEN(review_fields), sizeof(struct desk_form_), 0 };

static enum rc queue_get(struct req *rq)
{
	struct petition_wait_row_list l;
	size_t bands[3] = { 0 }; /* in the first half of the term, in the second, late */

	if (!petition_moderator(&rq->ctx, &rq->who))
		return RC_FORBIDDEN;
	TRY(petition_waiting(rq->ctx.db, (struct petition_id){ req_after(rq) }, LINES, &l));
	for (size_t i = 0; i < l.n; i++) {
		int64_t all = l.v[i].moderate_due_at.us - l.v[i].made_at.us, gone = rq->ctx.now.us - l.v[i].made_at.us;

		bands[gone > all ? 2 : gone > all / 2]++;
	}
	struct out *o = page_open(rq, &(struct page){ .title = MSG_PETITION_QUEUE, .nav = MSG_LAYOUT_NAV_DESK, .desk = true });

	tmpl_petition_queue(o, &rq->view, &l, (int64_t)bands[0], (int64_t)bands[1], (int64_t)bands[2]);
	return page_close(rq);
}

static size_t grounds(const struct req *rq, struct option **ret)
{
	const struct pack *p = rq->ctx.app->pack;
	size_t n = 0;

	*ret = ARENA_ARRAY(rq->ctx.arena, p->n_grounds + 1, struct option);
	(*ret)[n++] = (struct option){ .value = S(""), .text = msg_text(rq->view.lang, MSG_PETITION_ACCEPT) };
	for (size_t i = 0; i < p->n_grounds; i++)
		if (str_eq(p->grounds[i].use, S("petition")))
			(*ret)[n++] = (struct option){ .value = p->grounds[i].code, .text = name_in(&p->grounds[i].text, rq->view.lang) };
	return n;
}

static enum rc show_get(struct req *rq)
{
	struct petition_row row;
	struct petition_page p;
	struct option *options;
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(petition_by_id(rq->ctx.db, (struct petition_id){ id }, &row));
	TRY(petition_page_make(rq, &row, &p));
	if (!p.moderator && !p.of_body)
		return RC_NOT_FOUND;
	size_t n = grounds(rq, &options);
	struct out *o = page_open(rq, &(struct page){ .title_text = row.title, .nav = MSG_LAYOUT_NAV_DESK, .desk = true });

	tmpl_petition_desk(o, &rq->view, &p, options, n, &rq->form);
	return page_close(rq);
}

static enum rc done(struct req *rq, enum rc rc, int64_t id)
{
	struct str part[] = { str_fmt(rq->ctx.arena, "%lld", (long long)id) };

	if (rc == RC_INVALID)
		req_fail(rq, NULL, rq->ctx.fail_msg);
	TRY(rc);
	return redirect(rq, url_path(rq->ctx.arena, "/desk/petitions/{}", 1, part), MSG_PETITION_DONE_SAVED);
}

static enum rc moderate_post(struct req *rq)
{
	const struct desk_form_ *f = FORM_OF(rq, struct desk_form_);
	int64_t id;

	TRY(req_id(rq, 0, &id));
	return done(rq, petition_moderate(&rq->ctx, &rq->who, (struct petition_id){ id }, f->ground, f->words, f->original), id);
}

static enum rc review_post(struct req *rq)
{
	const struct desk_form_ *f = FORM_OF(rq, struct desk_form_);
	struct petition_review r = { f->group, f->discussion, f->decision, f->report };
	int64_t id;

	TRY(req_id(rq, 0, &id));
	return done(rq, petition_say(&rq->ctx, &rq->who, (struct petition_id){ id }, &r), id);
}

static const struct route routes[] = {
	{ HTTP_GET, "/desk/petitions", STAFF, RL_READ, READ, queue_get },
	{ HTTP_GET, "/desk/petitions/:id", STAFF, RL_READ, READ, show_get },
	{ HTTP_POST, "/desk/petitions/:id/moderate", STAFF, RL_WRITE, WRITE, moderate_post, &moderate_form, show_get },
	{ HTTP_POST, "/desk/petitions/:id/review", STAFF, RL_WRITE, WRITE, review_post, &review_form, show_get },
};

static enum rc show_subject(struct ctx *c, const struct lang *l, int64_t id, struct subject *ret)
{
	struct petition_row p;
	struct str part[] = { str_fmt(c->arena, "%lld", (long long)id) };

	(void)l;
	TRY(petition_by_id(c->db, (struct petition_id){ id }, &p));
	*ret = (struct subject){ .title = p.title, .desk = url_path(c->arena, "/desk/petitions/{}", 1, part) };
	if (petition_is_public(&p))
		ret->to = url_path(c->arena, "/petitions/{}", 1, part);
	return RC_OK;
}

static const struct subject_kind subjects[] = {
	{ "petition", show_subject },
};

const struct module petition_desk_module = { .name = "petition_desk", .routes = routes, .n_routes = ARRAY_LEN(routes), .subjects = subjects,
					      .n_subjects = ARRAY_LEN(subjects) };
