#include "insight/insight.h"

#include "app/app.h"
#include "channel/feed.h"
#include "gen/insight_tmpl.h"
#include "gen/messages.h"

static enum rc show(struct req *rq, bool full)
{
	struct insight_page *p = ARENA_NEW(rq->ctx.arena, struct insight_page);

	TRY(insight_page_make(rq, p));
	struct out *o = page_open(rq, &(struct page){ .title = full ? MSG_INSIGHT_TITLE : MSG_INSIGHT_NOW_TITLE,
						      .nav = full ? MSG_LAYOUT_NAV_INSIGHT : MSG_LAYOUT_NAV_NOW, .desk = full });

	tmpl_insight_now(o, &rq->view, p, rq->ctx.app->pack, full);
	return page_close(rq);
}

static enum rc now_get(struct req *rq)
{
	cache_public(rq, 5);
	return show(rq, false);
}

static enum rc insight_get(struct req *rq)
{
	return show(rq, true);
}

static enum rc live_get(struct req *rq)
{
	return send_live(rq, S("now"));
}

static void rows(struct out *o, const char *what, const struct insight_row *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		csv_cell(o, true, str_of(what));
		csv_cell(o, false, v[i].key);
		csv_cell(o, false, v[i].name);
		csv_cell_int(o, false, v[i].n);
		csv_cell_int(o, false, v[i].median_hours);
		csv_cell_int(o, false, v[i].p90_hours);
		csv_cell_int(o, false, v[i].on_time_percent);
		csv_cell_int(o, false, v[i].clear_percent);
		csv_end_row(o);
	}
}

static enum rc csv_get(struct req *rq)
{
	static const char *const columns[] = { "what", "key", "name", "appeals", "median_hours", "p90_hours", "on_time_percent", "clear_percent" };
	struct insight_page *p = ARENA_NEW(rq->ctx.arena, struct insight_page);
	struct out o = OUT_ON(rq->ctx.arena);

	TRY(insight_page_make(rq, p));
	csv_begin(&o, columns, ARRAY_LEN(columns));
	rows(&o, "topic", p->topics, p->n_topics);
	rows(&o, "body", p->bodies, p->n_bodies);
	cache_public(rq, 60);
	return send_file(rq, "text/csv; charset=utf-8", S("now.csv"), out_done(&o));
}

#define ANALYSTS (BIT(ROLE_ANALYST) | BIT(ROLE_CONTROLLER) | BIT(ROLE_HEAD) | BIT(ROLE_ADMIN))

static const struct route routes[] = {
	{ HTTP_GET, "/now", ANYONE, RL_READ, READ, now_get, .keep = true },
	{ HTTP_GET, "/now.csv", ANYONE, RL_SEARCH, READ, csv_get },
	{ HTTP_GET, "/now/live", ANYONE, RL_READ, PLAIN, live_get, .api = true },
	{ HTTP_GET, "/insight", ANALYSTS, RL_READ, READ, insight_get },
};

static const struct job_kind jobs[] = {
	{ .name = "insight.fold", .run = insight_fold, .every_sec = 1 },
};

/* What any process folds, every process tells its viewers. */
static void hear(void *arg, struct str channel, struct str payload)
{
	struct app *app = arg;

	if (app->sse && str_eq(channel, S("now")))
		sse_publish(app->sse, S("now"), S("numbers"), payload);
}

static enum rc start(struct app *app, struct arena *a)
{
	(void)a;
	db_listen(app->db, hear, app);
	return RC_OK;
}

const struct module insight_module = {
	.name = "insight", .routes = routes, .n_routes = ARRAY_LEN(routes), .jobs = jobs, .n_jobs = ARRAY_LEN(jobs), .start = start,
};
