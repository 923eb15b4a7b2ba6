/* quality_web.c: the public table of answer quality, one body's page with the reasons given for letting findings pass, and the body's own view by writer. */
#include "answer/quality.h"

#include <stdlib.h>

#include "app/app.h"
#include "app/layout/layout.h"
#include "body/body.h"
#include "channel/feed.h"
#include "gen/check_sql.h"
#include "gen/check_tmpl.h"
#include "gen/messages.h"

#define SHOWN 20
#define LINES 100
#define CUT_ROWS 5000 /* writers, topics and findings of one body, each with what was said */

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

/* Rows of one cut come together: by writer, by topic, by finding. */
static void rated(struct req *rq, struct quality_cut *c, struct str name, const struct cut_row *r)
{
	if (!c->v)
		c->v = ARENA_ARRAY(rq->ctx.arena, CUT_ROWS, struct quality_rated);
	if (!c->n || !str_eq(c->v[c->n - 1].name, name))
		c->v[c->n++].name = name;
	struct quality_rated *to = &c->v[c->n - 1];

	*(str_eq(r->said, S("clear")) ? &to->clear : str_eq(r->said, S("not_clear")) ? &to->not_clear : &to->not_solved) += r->n;
}

static void found(struct req *rq, struct quality_findings *l, struct str name, const struct cut_row *r)
{
	if (!l->v)
		l->v = ARENA_ARRAY(rq->ctx.arena, CUT_ROWS, struct quality_found);
	l->v[l->n++] = (struct quality_found){ name, r->said, r->n };
}

static int most_first(const void *a, const void *b)
{
	const struct quality_found *x = a, *y = b;

	return (x->n < y->n) - (x->n > y->n);
}

static void most(struct quality_findings *l)
{
	if (l->n)
		qsort(l->v, l->n, sizeof(*l->v), most_first);
	l->n = l->n < LINES ? l->n : LINES;
}

static struct str finding_words(const struct req *rq, struct str kind)
{
	enum finding f;

	return finding_by_name(kind, &f) ? name_in(&wording_rule(rq->ctx.app->pack->wording, f, when_day(rq->ctx.now))->name, rq->view.lang) : kind;
}

static struct str topic_words(const struct req *rq, struct str code)
{
	const struct topic *t = pack_topic(rq->ctx.app->pack, code);

	return t ? name_in(&t->name, rq->view.lang) : code;
}

static enum rc load_cuts(struct req *rq, struct quality_cut said[3], struct quality_findings in[2])
{
	struct cut_row_list l;

	TRY(cut_list(rq->ctx.db, rq->who.body, when_day(since(rq)).v / 7, CUT_ROWS, &l));
	for (size_t i = 0; i < l.n; i++) {
		const struct cut_row *r = &l.v[i];

		if (str_eq(r->cut, S("writer")))
			rated(rq, &said[0], r->who, r);
		else if (str_eq(r->cut, S("topic")))
			rated(rq, &said[1], topic_words(rq, r->name), r);
		else if (str_eq(r->cut, S("finding")))
			rated(rq, &said[2], finding_words(rq, r->name), r);
		else if (str_eq(r->cut, S("found_writer")))
			found(rq, &in[0], r->who, r);
		else
			found(rq, &in[1], topic_words(rq, r->name), r);
	}
	most(&in[0]);
	most(&in[1]);
	return RC_OK;
}

/* For the body itself: whose answers carry which findings, and on which topics. */
static enum rc own_get(struct req *rq)
{
	struct quality_line l;
	struct quality_cut said[3] = { { 0 } };
	struct quality_findings in[2] = { { 0 } };

	TRY(load_cuts(rq, said, in));
	TRY(line_of(rq, rq->who.body, &l));
	struct out *o = page_open(rq, &(struct page){ .title = MSG_CHECK_OWN_QUALITY, .nav = MSG_LAYOUT_NAV_DESK, .desk = true });

	tmpl_check_own(o, &rq->view, &l, &in[0], &in[1], said, rq->ctx.app->pack);
	return page_close(rq);
}

static const struct route routes[] = {
	{ HTTP_GET, "/quality", ANYONE, RL_READ, READ, table_get, .keep = true },
	{ HTTP_GET, "/quality.csv", ANYONE, RL_SEARCH, READ, csv_get },
	{ HTTP_GET, "/quality/:id", ANYONE, RL_READ, READ, body_get, .keep = true },
	{ HTTP_GET, "/desk/quality", STAFF, RL_READ, READ, own_get },
};

const struct module quality_module = { .name = "quality", .routes = routes, .n_routes = ARRAY_LEN(routes) };
