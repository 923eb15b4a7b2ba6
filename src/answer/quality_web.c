/* quality_web.c: the public table of answer quality, one body's page with the reasons given for letting findings pass, and the body's own view by writer. */
#include "answer/quality.h"

#include "app/app.h"
#include "app/layout/layout.h"
#include "body/body.h"
#include "channel/feed.h"
#include "gen/check_sql.h"
#include "gen/check_tmpl.h"
#include "gen/messages.h"

#define SHOWN 20
#define LINES 100

static void names(const struct req *rq, struct quality_table *t)
{
	for (size_t i = 0; i < t->n; i++)
		t->v[i].name = body_name(rq->ctx.app->pack, t->v[i].body, lang_id(rq->view.lang));
}

static enum rc table_get(struct req *rq)
{
	struct quality_table t;

	TRY(quality_load(&rq->ctx, 0, &t));
	names(rq, &t);
	cache_public(rq, 60);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_CHECK_QUALITY_TITLE, .nav = MSG_LAYOUT_NAV_NOW });

	tmpl_check_quality(o, &rq->view, &t, t.n < SHOWN ? t.n : SHOWN);
	return page_close(rq);
}

static enum rc csv_get(struct req *rq)
{
	static const char *const columns[] = { "body_id", "body", "answers", "median_hours", "clear_percent", "reopened_percent", "findings_per_100", "let_pass",
					       "ranked" };
	struct quality_table t;
	struct out o = OUT_ON(rq->ctx.arena);

	TRY(quality_load(&rq->ctx, 0, &t));
	names(rq, &t);
	csv_begin(&o, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < t.n; i++) {
		const struct quality_line *l = &t.v[i];
		const int64_t numbers[] = { l->answers, l->median_hours, l->clear_percent, l->reopened_percent, l->per_100, l->passed, l->ranked };

		csv_cell_int(&o, true, l->body);
		csv_cell(&o, false, l->name);
		for (size_t k = 0; k < ARRAY_LEN(numbers); k++)
			csv_cell_int(&o, false, numbers[k]);
		csv_end_row(&o);
	}
	cache_public(rq, 60);
	return send_file(rq, "text/csv; charset=utf-8", S("answer-quality.csv"), out_done(&o));
}

static enum rc line_of(struct req *rq, int64_t body, struct quality_line *ret)
{
	struct quality_table t;

	TRY(quality_load(&rq->ctx, body, &t));
	*ret = (struct quality_line){ .body = body, .median_hours = -1, .clear_percent = -1, .reopened_percent = -1, .per_100 = -1 };
	if (t.n)
		*ret = t.v[0];
	ret->name = body_name(rq->ctx.app->pack, body, lang_id(rq->view.lang));
	return RC_OK;
}

static struct when since(const struct req *rq)
{
	int64_t days = pack_clause(rq->ctx.app->pack, "quality_days", when_day(rq->ctx.now))->value;

	return (struct when){ rq->ctx.now.us - days * 86400 * WHEN_SECOND };
}

static enum rc body_get(struct req *rq)
{
	struct quality_line l;
	struct finding_pass_line_list passes;
	int64_t body;

	TRY(req_id(rq, 0, &body));
	if (!pack_body(rq->ctx.app->pack, body))
		return RC_NOT_FOUND;
	TRY(line_of(rq, body, &l));
	TRY(finding_pass_of_body(rq->ctx.db, body, since(rq), LINES, &passes));
	cache_public(rq, 60);
	struct out *o = page_open(rq, &(struct page){ .title_text = l.name, .nav = MSG_LAYOUT_NAV_NOW });

	tmpl_check_quality_body(o, &rq->view, &l, &passes, rq->ctx.app->pack->wording);
	return page_close(rq);
}

static void rated(struct req *rq, struct quality_cut *c, struct str name, struct str state, int64_t n)
{
	if (!c->v)
		c->v = ARENA_ARRAY(rq->ctx.arena, LINES + 1, struct quality_rated);
	if (!c->n || !str_eq(c->v[c->n - 1].name, name))
		c->v[c->n++].name = name;
	struct quality_rated *r = &c->v[c->n - 1];

	*(str_eq(state, S("clear")) ? &r->clear : str_eq(state, S("not_clear")) ? &r->not_clear : &r->not_solved) += n;
}

static enum rc load_cuts(struct req *rq, struct quality_cut cuts[3])
{
	const struct pack *p = rq->ctx.app->pack;
	struct rated_writer_row_list writers;
	struct rated_topic_row_list topics;
	struct rated_finding_row_list findings;

	TRY(rated_by_writer(rq->ctx.db, rq->who.body, since(rq), LINES, &writers));
	for (size_t i = 0; i < writers.n; i++)
		rated(rq, &cuts[0], writers.v[i].name, writers.v[i].state, writers.v[i].n);
	TRY(rated_by_topic(rq->ctx.db, rq->who.body, since(rq), LINES, &topics));
	for (size_t i = 0; i < topics.n; i++) {
		const struct topic *t = pack_topic(p, topics.v[i].topic);

		rated(rq, &cuts[1], t ? name_in(&t->name, rq->view.lang) : topics.v[i].topic, topics.v[i].state, topics.v[i].n);
	}
	TRY(rated_by_finding(rq->ctx.db, rq->who.body, since(rq), LINES, &findings));
	for (size_t i = 0; i < findings.n; i++) {
		enum finding f;

		if (finding_by_name(findings.v[i].kind, &f))
			rated(rq, &cuts[2], name_in(&wording_rule(p->wording, f, when_day(rq->ctx.now))->name, rq->view.lang), findings.v[i].state, findings.v[i].n);
	}
	return RC_OK;
}

/* For the body itself: whose answers carry which findings, and on which topics. */
static enum rc own_get(struct req *rq)
{
	struct quality_line l;
	struct finding_writer_row_list writers;
	struct finding_topic_row_list topics;
	struct quality_cut cuts[3] = { { 0 } };

	TRY(load_cuts(rq, cuts));
	TRY(line_of(rq, rq->who.body, &l));
	TRY(finding_by_writer(rq->ctx.db, rq->who.body, since(rq), LINES, &writers));
	TRY(finding_by_topic(rq->ctx.db, rq->who.body, since(rq), LINES, &topics));
	struct out *o = page_open(rq, &(struct page){ .title = MSG_CHECK_OWN_QUALITY, .nav = MSG_LAYOUT_NAV_DESK, .desk = true });

	tmpl_check_own(o, &rq->view, &l, &writers, &topics, cuts, rq->ctx.app->pack);
	return page_close(rq);
}

static const struct route routes[] = {
	{ HTTP_GET, "/quality", ANYONE, RL_READ, READ, table_get, .keep = true },
	{ HTTP_GET, "/quality.csv", ANYONE, RL_SEARCH, READ, csv_get },
	{ HTTP_GET, "/quality/:id", ANYONE, RL_READ, READ, body_get, .keep = true },
	{ HTTP_GET, "/desk/quality", STAFF, RL_READ, READ, own_get },
};

const struct module quality_module = { .name = "quality", .routes = routes, .n_routes = ARRAY_LEN(routes) };
