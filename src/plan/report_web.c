/* report_web.c: reports on half-years: published ones for everybody, on screen, on paper and as CSV; the desk's, with the numbers as they stand now. */
#include "app/app.h"
#include "body/body.h"
#include "channel/feed.h"
#include "gen/messages.h"
#include "gen/plan_tmpl.h"
#include "plan/plan_view.h"

#define PAGE 30

struct publish_form {
	struct str words;
};
static const struct field publish_fields[] = {
	FIELD(struct publish_form, words, F_LINES, 0, 4000, .label = MSG_PLAN_REPORT_WORDS, .hint = MSG_PLAN_REPORT_WORDS_HINT),
};
static const struct form publish_form = { publish_fields, ARRAY_LEN(publish_fields), sizeof(struct publish_form), 0 };

static enum rc open_report(struct req *rq, struct str name, struct plan_report_whole *ret)
{
	int64_t id;

	if (!str_to_i64(name, &id) || id <= 0)
		return RC_NOT_FOUND;
	return plan_report_load(&rq->ctx, (struct plan_report_id){ id }, ret);
}

static enum rc csv_send(struct req *rq, const struct plan_report_whole *w)
{
	static const char *const columns[] = { "body", "half_year", "measure", "title", "state", "first_due", "due", "moved_times", "reason" };
	struct out o = OUT_ON(rq->ctx.arena);
	struct arena *a = rq->ctx.arena;

	csv_begin(&o, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < w->lines.n; i++) {
		const struct plan_report_line_row *l = &w->lines.v[i];

		csv_cell(&o, true, body_name(rq->ctx.app->pack, w->r.body_id, lang_id(rq->view.lang)));
		csv_cell(&o, false, str_fmt(a, "%lld-%d", (long long)(w->r.half / 2), w->r.half % 2 ? 2 : 1));
		csv_cell_int(&o, false, l->measure_id.v);
		csv_cell(&o, false, l->title);
		csv_cell(&o, false, l->state);
		csv_cell(&o, false, l->first_due_on.v ? day_iso(a, l->first_due_on) : S(""));
		csv_cell(&o, false, l->due_on.v ? day_iso(a, l->due_on) : S(""));
		csv_cell_int(&o, false, l->moves);
		csv_cell(&o, false, l->reason);
		csv_end_row(&o);
	}
	cache_public(rq, 60);
	return send_file(rq, "text/csv; charset=utf-8", str_fmt(a, "report-%lld.csv", (long long)w->r.id.v), out_done(&o));
}

static enum rc show_get(struct req *rq)
{
	struct plan_report_whole w;
	struct str name = rq->params[0];
	bool csv = str_ends(name, S(".csv"));

	TRY(open_report(rq, csv ? str_sub(name, 0, name.n - 4) : name, &w));
	if (!w.fixed)
		return RC_NOT_FOUND;
	if (csv)
		return csv_send(rq, &w);
	cache_public(rq, 60);
	struct out *o = page_open(rq, &(struct page){ .title_text = plan_report_title(rq->ctx.arena, rq->view.lang, w.r.half), .nav = MSG_LAYOUT_NAV_BODIES });

	tmpl_plan_report(o, &rq->view, &w, rq->ctx.app->pack);
	return page_close(rq);
}

static enum rc list_get(struct req *rq)
{
	struct plan_report_row_list l;
	struct str older = S("");
	struct when before = { INT64_MAX };
	int64_t id = INT64_MAX;

	req_after_both(rq, INT64_MAX, &before.us, &id);
	TRY(plan_report_recent(rq->ctx.db, before, (struct plan_report_id){ id }, PAGE + 1, &l));
	if (l.n > PAGE) {
		l.n = PAGE;
		older = list_cursor(rq->ctx.arena, l.v[PAGE - 1].published_at.us, l.v[PAGE - 1].id.v);
	}
	cache_public(rq, 60);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_PLAN_REPORTS, .nav = MSG_LAYOUT_NAV_BODIES });

	tmpl_plan_reports(o, &rq->view, &l, rq->ctx.app->pack, older);
	return page_close(rq);
}

/* ---- the desk ---- */

static enum rc open_own(struct req *rq, struct plan_report_whole *ret)
{
	TRY(open_report(rq, rq->params[0], ret));
	return ret->r.body_id == rq->who.body ? RC_OK : RC_NOT_FOUND;
}

static enum rc desk_get(struct req *rq)
{
	struct plan_report_whole w;

	TRY(open_own(rq, &w));
	rq->form.form = &publish_form;
	struct out *o = page_open(rq, &(struct page){ .title_text = plan_report_title(rq->ctx.arena, rq->view.lang, w.r.half), .nav = MSG_LAYOUT_NAV_DESK, .desk = true });

	tmpl_plan_desk_report(o, &rq->view, &w, &rq->form, (rq->who.roles & (BIT(ROLE_HEAD) | BIT(ROLE_CONTROLLER))) != 0);
	return page_close(rq);
}

static enum rc publish_post(struct req *rq)
{
	struct plan_report_whole w;

	TRY(open_own(rq, &w));
	TRY(plan_report_publish(&rq->ctx, &rq->who, w.r.id, FORM_OF(rq, struct publish_form)->words));
	struct str part[] = { str_i64(rq->ctx.arena, w.r.id.v) };

	return redirect(rq, url_path(rq->ctx.arena, "/desk/reports/{}", 1, part), MSG_PLAN_REPORT_PUBLISHED);
}

static const struct route routes[] = {
	{ HTTP_GET, "/reports", ANYONE, RL_READ, READ, list_get, .keep = true },
	{ HTTP_GET, "/reports/:id", ANYONE, RL_READ, READ, show_get, .keep = true },
	{ HTTP_GET, "/desk/reports/:id", STAFF, RL_READ, READ, desk_get },
	{ HTTP_POST, "/desk/reports/:id", STAFF, RL_WRITE, WRITE, publish_post, &publish_form, desk_get },
};

const struct module plan_report_module = { .name = "plan_report", .routes = routes, .n_routes = ARRAY_LEN(routes) };
