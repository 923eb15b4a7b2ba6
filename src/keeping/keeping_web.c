/* keeping_web.c: the board for everybody: bodies by what they keep, one body's page, the rows behind each number, CSV. */
#include "app/app.h"
#include "app/subject.h"
#include "body/body.h"
#include "channel/feed.h"
#include "gen/keeping_tmpl.h"
#include "gen/messages.h"
#include "keeping/keeping_view.h"
#include "standard/duty.h"
#include "standard/options.h"

#define PAGE 20
#define ROWS 30

static struct keep_span span_of(const struct req *rq)
{
	struct keep_span s;

	return keep_span_read(req_query(rq, "period"), &s) ? s : keep_span_of('h', when_day(rq->ctx.now));
}

/* The year and the last two, half-years, quarters and months back from now. */
static size_t periods(struct req *rq, struct keep_span chosen, struct option **ret)
{
	static const struct { char span; int back; } shown[] = { { 'y', 2 }, { 'h', 3 }, { 'q', 4 }, { 'm', 6 } };
	size_t n = 0;

	*ret = ARENA_ARRAY(rq->ctx.arena, 16, struct option);
	for (size_t i = 0; i < ARRAY_LEN(shown); i++)
		for (int k = 0; k < shown[i].back; k++) {
			struct keep_span s = keep_span_of(shown[i].span, when_day(rq->ctx.now));

			s.slot -= k;
			(*ret)[n++] = (struct option){ .value = keep_span_text(rq->ctx.arena, s), .text = keep_span_name(rq->ctx.arena, rq->view.lang, s),
						       .chosen = s.span == chosen.span && s.slot == chosen.slot };
		}
	return n;
}

static int64_t region_of(const struct req *rq)
{
	const struct place *p;
	int64_t id;

	if (!str_to_i64(req_query(rq, "region"), &id))
		return 0;
	p = pack_place(rq->ctx.app->pack, id);
	return p && !p->up ? id : 0;
}

/* The order is the board's: go on behind the body named in "?after=". */
static size_t first_of(const struct req *rq, const struct keep_table *t)
{
	int64_t after = req_after(rq);

	for (size_t i = 0; after && i < t->n; i++)
		if (t->v[i].body->id == after)
			return i + 1;
	return 0;
}

static enum rc board_get(struct req *rq)
{
	struct keep_span span = span_of(rq);
	struct keep_board b = { .region = region_of(rq), .period = keep_span_text(rq->ctx.arena, span), .period_name = keep_span_name(rq->ctx.arena, rq->view.lang, span) };

	TRY(keep_load(&rq->ctx, span, b.region, &b.t));
	b.first = first_of(rq, &b.t);
	b.n = b.t.n - b.first < PAGE ? b.t.n - b.first : PAGE;
	b.n_periods = periods(rq, span, &b.periods);
	b.n_regions = pack_region_options(rq, b.region, &b.regions);
	if (b.first + b.n < b.t.n)
		b.older = str_i64(rq->ctx.arena, b.t.v[b.first + b.n - 1].body->id);
	cache_public(rq, 60);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_KEEPING_TITLE, .nav = MSG_LAYOUT_NAV_NOW });

	tmpl_keeping_board(o, &rq->view, &b);
	return page_close(rq);
}

static enum rc csv_get(struct req *rq)
{
	static const char *const columns[] = { "body_id", "body", "line", "owed", "in_time", "moved", "late", "not_done", "percent" };
	struct out o = OUT_ON(rq->ctx.arena);
	struct keep_table t;

	TRY(keep_load(&rq->ctx, span_of(rq), region_of(rq), &t));
	csv_begin(&o, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < t.n; i++)
		for (unsigned k = 0; k < KEEP_LINE_N; k++) {
			const struct keep_cell *c = &t.v[i].line[k];
			int64_t percent = keep_percent(c, t.sample);

			csv_cell_int(&o, true, t.v[i].body->id);
			csv_cell(&o, false, name_in(&t.v[i].body->name, rq->view.lang));
			csv_cell(&o, false, str_of(keep_line_name((enum keep_line)k)));
			csv_cell_int(&o, false, keep_owed(c));
			csv_cell_int(&o, false, c->kept);
			csv_cell_int(&o, false, c->moved);
			csv_cell_int(&o, false, c->late);
			csv_cell_int(&o, false, c->open);
			csv_cell(&o, false, percent < 0 ? S("") : str_i64(rq->ctx.arena, percent));
			csv_end_row(&o);
		}
	cache_public(rq, 60);
	return send_file(rq, "text/csv; charset=utf-8", S("standard.csv"), out_done(&o));
}

static enum rc body_of(struct req *rq, const struct body **ret)
{
	int64_t id;

	TRY(req_id(rq, 0, &id));
	*ret = pack_body(rq->ctx.app->pack, id);
	return *ret ? RC_OK : RC_NOT_FOUND;
}

static enum rc body_get(struct req *rq)
{
	struct keep_span span = span_of(rq);
	const struct body *body;
	struct option *options;
	struct keep_body b;

	TRY(body_of(rq, &body));
	TRY(keep_load_body(&rq->ctx, span, body->id, &b));
	size_t n = periods(rq, span, &options);

	cache_public(rq, 60);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_KEEPING_TITLE, .nav = MSG_LAYOUT_NAV_NOW });

	tmpl_keeping_body(o, &rq->view, &b, keep_span_text(rq->ctx.arena, span), options, n, pack_clause(rq->ctx.app->pack, "board_sample", when_day(rq->ctx.now))->value);
	return page_close(rq);
}

/* ---- the rows behind a number ---- */

/* A subject that is not public is named by what was owed only. */
static enum rc row_of(struct req *rq, const struct keep_line_row *d, struct keep_row *ret)
{
	enum duty_kind k;
	struct subject s;

	*ret = (struct keep_row){ .d = *d };
	if (duty_kind_by_name(d->kind, &k))
		ret->what = msg_text(rq->view.lang, duty_kind_msg(k));
	enum rc rc = subject_show(&rq->ctx, rq->view.lang, d->subject_kind, d->subject_id, &s);

	if (rc == RC_NOT_FOUND)
		return RC_OK;
	TRY(rc);
	if (!url_empty(s.to)) {
		ret->title = s.public_title.n ? s.public_title : s.title;
		ret->to = s.to;
	}
	return RC_OK;
}

static enum rc talks(struct req *rq, struct keep_measured_rows *l, struct when since, struct when until, int64_t at, int64_t id)
{
	struct keep_talk_row_list rows;
	struct subject s;

	TRY(keep_talks(rq->ctx.db, l->body->id, since, until, (struct when){ at }, (struct meeting_id){ id }, ROWS + 1, &rows));
	for (size_t i = 0; i < rows.n && i < ROWS; i++) {
		const struct keep_talk_row *m = &rows.v[i];

		TRY(subject_show(&rq->ctx, rq->view.lang, S("meeting"), m->id.v, &s));
		l->v[l->n++] = (struct keep_measured){ .on = when_day(m->ended_at), .n = m->all_sec ? m->talk_sec * 100 / m->all_sec : 0, .title = s.title, .to = s.to };
	}
	if (rows.n > ROWS)
		l->older = list_cursor(rq->ctx.arena, rows.v[ROWS - 1].ended_at.us, rows.v[ROWS - 1].id.v);
	return RC_OK;
}

static enum rc waits(struct req *rq, struct keep_measured_rows *l, struct when since, struct when until, int64_t at, int64_t id)
{
	struct keep_wait_row_list rows;

	TRY(keep_waits(rq->ctx.db, l->body->id, since, until, (struct when){ at }, (struct reception_visit_id){ id }, ROWS + 1, &rows));
	for (size_t i = 0; i < rows.n && i < ROWS; i++)
		l->v[l->n++] = (struct keep_measured){ .on = when_day(rows.v[i].opened_at), .n = rows.v[i].waited_us / WHEN_MINUTE };
	if (rows.n > ROWS)
		l->older = list_cursor(rq->ctx.arena, rows.v[ROWS - 1].opened_at.us, rows.v[ROWS - 1].id.v);
	return RC_OK;
}

static enum rc measured_get(struct req *rq, enum keep_sum sum)
{
	struct keep_span span = span_of(rq), next = { span.span, span.slot + 1 };
	struct keep_measured_rows l = { .sum = sum, .period = keep_span_text(rq->ctx.arena, span), .period_name = keep_span_name(rq->ctx.arena, rq->view.lang, span) };
	struct when since = when_of_day(keep_span_begin(span), 0, 0), until = when_of_day(keep_span_begin(next), 0, 0);
	int64_t at = -1, id = 0;
	struct keep_body b;

	TRY(body_of(rq, &l.body));
	TRY(keep_load_body(&rq->ctx, span, l.body->id, &b));
	l.too_few = sum == KEEP_WAITING && b.sum[sum].whole < pack_clause(rq->ctx.app->pack, "board_sample", when_day(rq->ctx.now))->value;
	l.v = ARENA_ARRAY(rq->ctx.arena, ROWS, struct keep_measured);
	req_after_both(rq, INT64_MAX, &at, &id);
	if (!l.too_few)
		TRY(sum == KEEP_TALK ? talks(rq, &l, since, until, at, id) : waits(rq, &l, since, until, at, id));
	cache_public(rq, 60);
	struct out *o = page_open(rq, &(struct page){ .title = keep_sum_msg(sum), .nav = MSG_LAYOUT_NAV_NOW });

	tmpl_keeping_measured(o, &rq->view, &l);
	return page_close(rq);
}

static enum rc rows_get(struct req *rq)
{
	enum keep_sum sum;

	if (keep_sum_by_name(rq->params[1], &sum))
		return measured_get(rq, sum);
	struct keep_span span = span_of(rq);
	struct keep_rows l = { .period = keep_span_text(rq->ctx.arena, span), .period_name = keep_span_name(rq->ctx.arena, rq->view.lang, span), .as = req_query(rq, "as") };
	struct keep_span next = { span.span, span.slot + 1 };
	struct keep_line_row_list rows;
	int64_t on = -1, id = 0;

	TRY(body_of(rq, &l.body));
	if (!keep_line_by_name(rq->params[1], &l.line))
		return RC_NOT_FOUND;
	if (!str_eq(l.as, S("kept")) && !str_eq(l.as, S("moved")) && !str_eq(l.as, S("late")) && !str_eq(l.as, S("open")))
		l.as = S("");
	req_after_both(rq, INT32_MAX, &on, &id);
	TRY(keep_rows(rq->ctx.db, l.body->id, str_of(keep_line_name(l.line)), keep_span_begin(span), keep_span_begin(next), l.as, (struct day){ (int32_t)on }, (struct duty_id){ id },
		      ROWS + 1, &rows));
	l.v = ARENA_ARRAY(rq->ctx.arena, ROWS, struct keep_row);
	for (size_t i = 0; i < rows.n && i < ROWS; i++)
		TRY(row_of(rq, &rows.v[i], &l.v[l.n++]));
	if (rows.n > ROWS)
		l.older = list_cursor(rq->ctx.arena, rows.v[ROWS - 1].kept_on.v, rows.v[ROWS - 1].id.v);
	cache_public(rq, 60);
	struct out *o = page_open(rq, &(struct page){ .title = keep_line_msg(l.line), .nav = MSG_LAYOUT_NAV_NOW });

	tmpl_keeping_rows(o, &rq->view, &l);
	return page_close(rq);
}

int64_t keep_percent(const struct keep_cell *c, int64_t sample)
{
	int64_t owed = keep_owed(c);

	return owed < sample || owed <= 0 ? -1 : (c->kept * 100 + owed / 2) / owed;
}

static const struct route routes[] = {
	{ HTTP_GET, "/standard", ANYONE, RL_READ, READ, board_get, .keep = true },
	{ HTTP_GET, "/standard.csv", ANYONE, RL_SEARCH, READ, csv_get },
	{ HTTP_GET, "/standard/:id", ANYONE, RL_READ, READ, body_get, .keep = true },
	{ HTTP_GET, "/standard/:id/:line", ANYONE, RL_READ, READ, rows_get, .keep = true },
};

static const struct job_kind jobs[] = {
	{ .name = "keeping.fold", .run = keep_fold, .every_sec = 10 },
};

const struct module keeping_module = { .name = "keeping", .routes = routes, .n_routes = ARRAY_LEN(routes), .jobs = jobs, .n_jobs = ARRAY_LEN(jobs) };
