#include "appeal/appeal_web.h"

#include "app/app.h"
#include "appeal/appeal_list.h"
#include "appeal/appeal_view.h"
#include "base/utf8.h"
#include "body/body.h"
#include "channel/feed.h"
#include "gen/account_sql.h"
#include "gen/appeal_tmpl.h"
#include "gen/messages.h"
#include "place/place.h"
#include "standard/options.h"

#define PAGE 20
#define EXPORT 5000

struct track_form {
	struct str number, secret;
};
static const struct field track_fields[] = {
	FIELD(struct track_form, number, F_TEXT, 4, 40, .label = MSG_APPEAL_PAGE_NUMBER, .hint = MSG_APPEAL_PAGE_NUMBER_HINT),
	FIELD(struct track_form, secret, F_TEXT, 0, 40, .label = MSG_APPEAL_PAGE_CODE, .hint = MSG_APPEAL_PAGE_CODE_HINT),
};
static const struct form track_form = { track_fields, ARRAY_LEN(track_fields), sizeof(struct track_form), 0 };

static enum rc track_get(struct req *rq)
{
	struct track_form *values = ARENA_NEW(rq->ctx.arena, struct track_form);

	values->number = req_query(rq, "number");
	rq->form.form = &track_form;
	if (!rq->form.values)
		rq->form.values = values;
	struct out *o = page_open(rq, &(struct page){ .title = MSG_APPEAL_PAGE_TRACK_TITLE });

	tmpl_appeal_track(o, &rq->view, &rq->form);
	return page_close(rq);
}

/* The check character finds mistyped numbers before anything is looked up. */
static enum rc track_post(struct req *rq)
{
	const struct track_form *f = FORM_OF(rq, struct track_form);
	struct appeal_case k;
	struct str number;

	if (!appeal_number_clean(rq->ctx.arena, f->number, &number)) {
		req_fail(rq, "number", MSG_APPEAL_PAGE_NUMBER_WRONG);
		return RC_INVALID;
	}
	enum rc rc = appeal_open(&rq->ctx, &rq->who, number, f->secret, false, &k);

	if (rc == RC_NOT_FOUND) {
		req_fail(rq, f->secret.n ? "secret" : "number", f->secret.n ? MSG_APPEAL_PAGE_CODE_WRONG : MSG_APPEAL_PAGE_NUMBER_UNKNOWN);
		return RC_INVALID;
	}
	TRY(rc);
	return redirect(rq, appeal_url(rq->ctx.arena, number, k.view == VIEW_OWN && !rq->who.account ? f->secret : S("")), 0);
}

/* ---- the public list: by topic and region; the newest first ---- */

static struct appeal_filter filter_of(const struct req *rq)
{
	struct appeal_filter f = { .state = S("") };
	int64_t id;

	if (str_to_i64(req_query(rq, "region"), &id) && pack_place(rq->ctx.app->pack, id))
		f.region = id;
	(void)appeal_filter_add(rq->ctx.app->pack, req_query(rq, "topic"), &f);
	return f;
}

static struct str tail_of(const struct req *rq, const struct appeal_filter *f)
{
	struct str topic = f->n_topics ? str_fmt(rq->ctx.arena, "&topic=%.*s", STR_FMT(f->topics[0]->code)) : S("");
	struct str region = f->region ? str_fmt(rq->ctx.arena, "&region=%lld", (long long)f->region) : S("");

	return str_cat(rq->ctx.arena, topic, region);
}

/* The same list for programs: with the same topic and region. */
static struct url list_as(const struct req *rq, const char *path, const struct appeal_filter *f)
{
	struct str tail = tail_of(rq, f);
	struct url to = { 0 };

	if (!url_checked(rq->ctx.arena, str_fmt(rq->ctx.arena, "%s%s%.*s", path, tail.n ? "?" : "", STR_FMT(str_from(tail, tail.n > 0))), &to))
		return URL("/appeals");
	return to;
}

static enum rc list_get(struct req *rq)
{
	struct appeal_filter f = filter_of(rq);
	struct appeal_public_row_list l;
	struct option *topics, *regions;
	size_t n_topics = pack_topic_options(rq, 0, f.n_topics ? f.topics[0]->code : S(""), &topics), n_regions = pack_region_options(rq, f.region, &regions);

	TRY(appeal_list(&rq->ctx, &f, req_after(rq), PAGE + 1, &l));
	struct str older = S("");

	if (l.n > PAGE) {
		l.n = PAGE;
		older = str_fmt(rq->ctx.arena, "/appeals?after=%lld%.*s", (long long)l.v[PAGE - 1].id.v, STR_FMT(tail_of(rq, &f)));
	}
	struct url older_url = { 0 };

	if (older.n && !url_checked(rq->ctx.arena, older, &older_url))
		return RC_INTERNAL;
	cache_public(rq, 15);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_APPEAL_PAGE_LIST_TITLE, .nav = MSG_LAYOUT_NAV_APPEALS, .feed = S("/appeals.atom") });

	tmpl_appeal_list(o, &rq->view, &l, rq->ctx.app->pack, topics, n_topics, regions, n_regions, older_url, list_as(rq, "/appeals.csv", &f),
			 list_as(rq, "/appeals.atom", &f), list_as(rq, "/api/v1/appeals", &f));
	return page_close(rq);
}

static enum rc csv_get(struct req *rq)
{
	static const char *const columns[] = { "number", "kind", "state", "topic", "place", "body", "filed", "due", "answered", "decision", "rating",
					       "title", "text" };
	struct appeal_filter f = filter_of(rq);
	struct appeal_public_row_list l;
	struct out o = OUT_ON(rq->ctx.arena);

	TRY(appeal_list(&rq->ctx, &f, req_after(rq), EXPORT, &l));
	csv_begin(&o, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < l.n; i++) {
		const struct appeal_public_row *a = &l.v[i];
		struct str cells[] = { a->number, a->kind, a->state, a->topic, str_i64(rq->ctx.arena, a->place_id),
				       body_name(rq->ctx.app->pack, a->body_id, lang_id(rq->view.lang)), when_iso(rq->ctx.arena, a->filed_at),
				       when_iso(rq->ctx.arena, a->due_at), when_set(a->answered_at) ? when_iso(rq->ctx.arena, a->answered_at) : S(""),
				       a->decision, a->rating, a->public_title, a->public_text };

		for (size_t c = 0; c < ARRAY_LEN(cells); c++)
			csv_cell(&o, c == 0, cells[c]);
		csv_end_row(&o);
	}
	return send_file(rq, "text/csv; charset=utf-8", S("appeals.csv"), out_done(&o));
}

static enum rc atom_get(struct req *rq)
{
	struct appeal_filter f = filter_of(rq);
	struct appeal_public_row_list l;
	struct out o = OUT_ON(rq->ctx.arena);
	struct arena *a = rq->ctx.arena;
	struct str root = rq->ctx.app->public_url;

	TRY(appeal_list(&rq->ctx, &f, req_after(rq), 50, &l));
	struct atom_feed feed = { .id = str_cat(a, root, S("/appeals.atom")), .title = msg_text(rq->view.lang, MSG_APPEAL_PAGE_LIST_TITLE),
				  .lang = lang_code(rq->view.lang), .page = str_cat(a, root, S("/appeals")),
				  .updated = l.n ? l.v[0].updated_at : rq->ctx.app->started };

	atom_begin(&o, &feed);
	for (size_t i = 0; i < l.n; i++) {
		const struct appeal_public_row *r = &l.v[i];
		struct str link = str_cat(a, root, url_str(appeal_url(a, r->number, S(""))));
		struct atom_entry e = { .id = link, .title = r->public_title, .link = link, .summary = r->public_text,
					.author = body_name(rq->ctx.app->pack, r->body_id, lang_id(rq->view.lang)), .updated = r->updated_at,
					.published = r->filed_at };

		atom_add(&o, &e);
	}
	atom_end(&o);
	cache_public(rq, 60);
	return send_text(rq, 200, "application/atom+xml; charset=utf-8", out_done(&o));
}

static enum rc me_get(struct req *rq)
{
	struct appeal_line_list l;
	struct account_row me;
	int64_t before = req_after(rq);

	TRY(appeal_of_account(rq->ctx.db, rq->who.account, (struct appeal_id){ before ? before : INT64_MAX }, PAGE + 1, &l));
	TRY(account_by_id(rq->ctx.db, (struct account_id){ rq->who.account }, &me));
	bool more = l.n > PAGE;

	l.n = more ? PAGE : l.n;
	struct out *o = page_open(rq, &(struct page){ .title = MSG_APPEAL_PAGE_ME_TITLE });

	tmpl_appeal_me(o, &rq->view, &l, rq->ctx.app->pack, more, when_set(me.mail_refused_at));
	return page_close(rq);
}

static const struct route routes[] = {
	{ HTTP_GET, "/track", ANYONE, RL_READ, READ, track_get },
	{ HTTP_POST, "/track", ANYONE, RL_SIGN_IN, WRITE, track_post, &track_form, track_get },
	{ HTTP_GET, "/appeals", ANYONE, RL_READ, READ, list_get, .keep = true },
	{ HTTP_GET, "/appeals.csv", ANYONE, RL_SEARCH, READ, csv_get },
	{ HTTP_GET, "/appeals.atom", ANYONE, RL_READ, READ, atom_get },
	{ HTTP_GET, "/me", SIGNED_IN, RL_READ, READ, me_get },
};

const struct module appeal_lists_module = { .name = "appeal_lists", .routes = routes, .n_routes = ARRAY_LEN(routes) };
