/* notice_web.c: what the public sees: the list, a notice with its versions and questions, feeds; and the job that publishes on time. */
#include "notice/notice.h"

#include "app/app.h"
#include "body/body.h"
#include "channel/feed.h"
#include "gen/messages.h"
#include "gen/notice_tmpl.h"

#define PAGE 20
#define EXPORT 1000
#define QUESTIONS 50
#define BATCH 100

static enum rc load(struct req *rq, int64_t limit, struct notice_line_list *ret)
{
	struct when before = { INT64_MAX };
	int64_t id = INT64_MAX;

	req_after_both(rq, INT64_MAX, &before.us, &id);
	return notice_list(rq->ctx.db, before, (struct notice_id){ id }, limit, ret);
}

static enum rc list_get(struct req *rq)
{
	struct notice_line_list l;
	struct str older = S("");

	TRY(load(rq, PAGE + 1, &l));
	if (l.n > PAGE) {
		l.n = PAGE;
		older = list_cursor(rq->ctx.arena, l.v[PAGE - 1].published_at.us, l.v[PAGE - 1].id.v);
	}
	cache_public(rq, 30);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_NOTICE_TITLE, .nav = MSG_LAYOUT_NAV_HELP, .feed = S("/notices.atom") });

	tmpl_notice_list(o, &rq->view, &l, rq->ctx.app->pack, older);
	return page_close(rq);
}

static enum rc open_public(struct req *rq, struct notice_row *ret)
{
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(notice_by_id(rq->ctx.db, (struct notice_id){ id }, ret));
	return str_eq(ret->state, S("published")) ? RC_OK : RC_NOT_FOUND;
}

static enum rc show_get(struct req *rq)
{
	struct notice_row n;
	struct notice_text_row_list versions;
	struct notice_question_row_list questions;

	TRY(open_public(rq, &n));
	TRY(notice_text_list(rq->ctx.db, n.id, n.public_version, &versions));
	TRY(notice_question_list(rq->ctx.db, n.id, QUESTIONS, &questions));
	if (!versions.n)
		return RC_NOT_FOUND;
	cache_public(rq, 30);
	struct out *o = page_open(rq, &(struct page){ .title_text = n.title, .nav = MSG_LAYOUT_NAV_HELP });

	tmpl_notice_show(o, &rq->view, &n, &versions, &questions, rq->ctx.app->pack);
	return page_close(rq);
}

/* A version beside the one before it. */
static enum rc version_get(struct req *rq)
{
	struct notice_row n;
	struct notice_text_row now, before = { 0 };
	int64_t version;

	TRY(open_public(rq, &n));
	TRY(req_id(rq, 1, &version));
	if (version > n.public_version)
		return RC_NOT_FOUND;
	TRY(notice_text_get(rq->ctx.db, n.id, version, &now));
	if (version > 1)
		TRY(notice_text_get(rq->ctx.db, n.id, version - 1, &before));
	struct out *o = page_open(rq, &(struct page){ .title_text = now.title, .nav = MSG_LAYOUT_NAV_HELP });

	tmpl_notice_version(o, &rq->view, &n, &now, &before);
	return page_close(rq);
}

static struct str link_of(const struct req *rq, struct notice_id id)
{
	return str_fmt(rq->ctx.arena, "%.*s/notices/%lld", STR_FMT(rq->ctx.app->public_url), (long long)id.v);
}

static enum rc atom_get(struct req *rq)
{
	struct notice_line_list l;
	struct out o = OUT_ON(rq->ctx.arena);
	struct str root = rq->ctx.app->public_url;

	TRY(load(rq, PAGE, &l));
	struct atom_feed feed = { .id = str_cat(rq->ctx.arena, root, S("/notices.atom")), .title = msg_text(rq->view.lang, MSG_NOTICE_TITLE),
				  .lang = lang_code(rq->view.lang), .page = str_cat(rq->ctx.arena, root, S("/notices")),
				  .updated = l.n ? l.v[0].updated_at : rq->ctx.app->started };

	atom_begin(&o, &feed);
	for (size_t i = 0; i < l.n; i++) {
		struct str link = link_of(rq, l.v[i].id);
		struct atom_entry e = { .id = link, .title = l.v[i].title, .link = link, .summary = l.v[i].outcome,
					.author = body_name(rq->ctx.app->pack, l.v[i].body_id, lang_id(rq->view.lang)), .updated = l.v[i].updated_at,
					.published = l.v[i].published_at };

		atom_add(&o, &e);
	}
	atom_end(&o);
	cache_public(rq, 60);
	return send_text(rq, 200, "application/atom+xml; charset=utf-8", out_done(&o));
}

static enum rc csv_get(struct req *rq)
{
	static const char *const columns[] = { "id", "body", "title", "published", "takes_effect", "days_before", "outcome" };
	struct notice_line_list l;
	struct out o = OUT_ON(rq->ctx.arena);

	TRY(load(rq, EXPORT, &l));
	csv_begin(&o, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < l.n; i++) {
		csv_cell_int(&o, true, l.v[i].id.v);
		csv_cell(&o, false, body_name(rq->ctx.app->pack, l.v[i].body_id, lang_id(rq->view.lang)));
		csv_cell(&o, false, l.v[i].title);
		csv_cell(&o, false, when_iso(rq->ctx.arena, l.v[i].published_at));
		csv_cell(&o, false, day_iso(rq->ctx.arena, l.v[i].effective_on));
		csv_cell_int(&o, false, l.v[i].effective_on.v - when_day(l.v[i].published_at).v);
		csv_cell(&o, false, l.v[i].outcome);
		csv_end_row(&o);
	}
	cache_public(rq, 60);
	return send_file(rq, "text/csv; charset=utf-8", S("notices.csv"), out_done(&o));
}

static const struct route routes[] = {
	{ HTTP_GET, "/notices", ANYONE, RL_READ, READ, list_get, .keep = true },
	{ HTTP_GET, "/notices.atom", ANYONE, RL_READ, READ, atom_get },
	{ HTTP_GET, "/notices.csv", ANYONE, RL_SEARCH, READ, csv_get },
	{ HTTP_GET, "/notices/:id", ANYONE, RL_READ, READ, show_get, .keep = true },
	{ HTTP_GET, "/notices/:id/versions/:version", ANYONE, RL_READ, READ, version_get },
};

static enum rc publish_due(struct ctx *c, struct str payload)
{
	struct notice_due_row_list l;
	int64_t changed;

	(void)payload;
	TRY(notice_due(c->db, c->now, BATCH, &l));
	for (size_t i = 0; i < l.n; i++) {
		TRY(notice_publish(c->db, l.v[i].id, c->now, &changed));
		TRY(notice_find_again(c, l.v[i].id));
	}
	return RC_OK;
}

static const struct job_kind jobs[] = {
	{ .name = "notice.publish", .run = publish_due, .every_sec = 30 },
};

static enum rc search_fill(struct ctx *c, int64_t before, int64_t *ret_next)
{
	struct notice_line_list l;

	TRY(notice_of_id(c->db, (struct notice_id){ before }, BATCH, &l));
	for (size_t i = 0; i < l.n; i++)
		TRY(notice_find_again(c, l.v[i].id));
	*ret_next = l.n == BATCH ? l.v[l.n - 1].id.v : 0;
	return RC_OK;
}

static const struct search_source search[] = {
	{ "notice", MSG_SEARCH_KIND_NOTICE, search_fill, false },
};

const struct module notice_module = { .name = "notice", .routes = routes, .n_routes = ARRAY_LEN(routes), .jobs = jobs, .n_jobs = ARRAY_LEN(jobs), .search = search,
					.n_search = ARRAY_LEN(search) };
