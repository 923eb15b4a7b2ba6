#include "cabinet/cabinet.h"

#include "account/account.h"
#include "app/app.h"
#include "app/audit.h"
#include "app/session.h"
#include "appeal/appeal.h"
#include "gen/account_sql.h"
#include "gen/cabinet_tmpl.h"
#include "gen/messages.h"

#define SHOWN 5 /* of each kind, side by side */
#define PAGE 20
#define EXPORTED 500       /* of each kind */

struct leave_form {
	bool sure;
};
static const struct field leave_fields[] = {
	FIELD(struct leave_form, sure, F_BOOL, 1, 1, .label = MSG_CABINET_SURE),
};
static const struct form leave_form = { leave_fields, ARRAY_LEN(leave_fields), sizeof(struct leave_form), 0 };

/* One more than shown: is there an older page? */
static enum rc load(struct req *rq, const struct cabinet_kind *k, int64_t before, size_t limit, struct cabinet_list *ret)
{
	*ret = (struct cabinet_list){ .kind = k };
	TRY(k->load(rq, before ? before : INT64_MAX, (int64_t)limit + 1, &ret->l));
	ret->more = ret->l.n > limit;
	ret->l.n = ret->more ? limit : ret->l.n;
	return RC_OK;
}

static enum rc all_get(struct req *rq)
{
	struct cabinet_list *lists = ARENA_ARRAY(rq->ctx.arena, cabinet_kinds_n, struct cabinet_list);
	struct account_row me;

	TRY(account_by_id(rq->ctx.db, (struct account_id){ rq->who.account }, &me));
	for (size_t i = 0; i < cabinet_kinds_n; i++)
		TRY(load(rq, &cabinet_kinds[i], 0, SHOWN, &lists[i]));
	rq->form.form = &leave_form;
	struct out *o = page_open(rq, &(struct page){ .title = MSG_CABINET_TITLE, .nav = MSG_LAYOUT_NAV_ME });

	tmpl_cabinet_all(o, &rq->view, lists, cabinet_kinds_n, &me, &rq->form, (rq->who.roles & CITIZEN) != 0);
	return page_close(rq);
}

static const struct cabinet_kind *kind_named(struct str name)
{
	for (size_t i = 0; i < cabinet_kinds_n; i++)
		if (str_eq(name, str_of(cabinet_kinds[i].name)))
			return &cabinet_kinds[i];
	return NULL;
}

static enum rc list_get(struct req *rq)
{
	const struct cabinet_kind *k = kind_named(rq->params[0]);
	struct cabinet_list l;

	if (!k)
		return RC_NOT_FOUND;
	TRY(load(rq, k, req_after(rq), PAGE, &l));
	struct out *o = page_open(rq, &(struct page){ .title = k->title, .nav = MSG_LAYOUT_NAV_ME });

	tmpl_cabinet_list(o, &rq->view, &l);
	return page_close(rq);
}

/* Only what is followed by the address of this account. */
static enum rc follow_stop_post(struct req *rq)
{
	struct account_row me;
	int64_t id, changed;

	TRY(req_id(rq, 0, &id));
	TRY(account_by_id(rq->ctx.db, (struct account_id){ rq->who.account }, &me));
	if (!me.email.n)
		return RC_NOT_FOUND;
	TRY(cabinet_follow_stop(rq->ctx.db, (struct meeting_follow_id){ id }, account_email_key(rq->ctx.arena, me.email), &changed));
	return changed ? redirect(rq, URL("/me/all"), MSG_CABINET_FOLLOW_STOPPED) : RC_NOT_FOUND;
}

/* ---- to take along ---- */

static void text(struct out *o, const char *name, struct str value)
{
	out_fmt(o, ",\"%s\":", name);
	out_json_str(o, value);
}

static enum rc items(struct req *rq, struct out *o, const struct cabinet_kind *k)
{
	struct cabinet_items all, *l = &all;

	TRY(k->load(rq, INT64_MAX, EXPORTED, l));
	out_fmt(o, ",\"%s\":[", k->name);
	for (size_t i = 0; i < l->n; i++) {
		out_fmt(o, "%s{\"at\":\"%.*s\"", i ? "," : "", STR_FMT(when_iso(rq->ctx.arena, l->v[i].at)));
		text(o, "title", l->v[i].title);
		text(o, "state", l->v[i].state);
		text(o, "note", l->v[i].note);
		if (url_str(l->v[i].to).n)
			text(o, "page", str_cat(rq->ctx.arena, rq->ctx.app->public_url, url_str(l->v[i].to)));
		OUT_LIT(o, "}");
	}
	OUT_LIT(o, "]");
	return RC_OK;
}

static enum rc appeals(struct req *rq, struct out *o)
{
	struct appeal_line_list l;

	TRY(appeal_of_account(rq->ctx.db, rq->who.account, (struct appeal_id){ INT64_MAX }, EXPORTED, &l));
	OUT_LIT(o, ",\"appeals\":[");
	for (size_t i = 0; i < l.n; i++) {
		struct appeal_row a;

		TRY(appeal_by_id(rq->ctx.db, l.v[i].id, &a));
		out_fmt(o, "%s{\"filed\":\"%.*s\"", i ? "," : "", STR_FMT(when_iso(rq->ctx.arena, a.filed_at)));
		text(o, "number", a.number);
		text(o, "state", a.state);
		text(o, "topic", a.topic);
		text(o, "name", a.name);
		text(o, "email", a.email);
		text(o, "phone", a.phone);
		text(o, "post_address", a.post_address);
		text(o, "address", a.address);
		text(o, "title", a.title);
		text(o, "text", a.text);
		text(o, "public_text", a.public_text);
		OUT_LIT(o, "}");
	}
	OUT_LIT(o, "]");
	return RC_OK;
}

static enum rc data_get(struct req *rq)
{
	struct account_row me;
	struct out o = OUT_ON(rq->ctx.arena);

	TRY(account_by_id(rq->ctx.db, (struct account_id){ rq->who.account }, &me));
	out_fmt(&o, "{\"made\":\"%.*s\"", STR_FMT(when_iso(rq->ctx.arena, rq->ctx.now)));
	text(&o, "name", me.name);
	text(&o, "email", me.email);
	text(&o, "language", me.lang);
	TRY(appeals(rq, &o));
	for (size_t i = 0; i < cabinet_kinds_n; i++)
		TRY(items(rq, &o, &cabinet_kinds[i]));
	OUT_LIT(&o, "}\n");
	http_set_header(rq->http, S("Cache-Control"), S("no-store"));
	return send_file(rq, "application/json; charset=utf-8", S("jauap.json"), out_done(&o));
}

/* ---- the way out ---- */

static enum rc leave_post(struct req *rq)
{
	struct account_id id = { rq->who.account };
	struct account_row me;
	int64_t changed;

	TRY(account_by_id(rq->ctx.db, id, &me));
	TRY(audit(rq, "account.forgotten", "account", id.v, S("")));
	TRY(cabinet_leave_appeals(rq->ctx.db, id.v, &changed));
	TRY(cabinet_leave_petitions(rq->ctx.db, id.v, &changed));
	TRY(cabinet_leave_seats(rq->ctx.db, id.v, &changed));
	if (me.email.n)
		TRY(cabinet_leave_follows(rq->ctx.db, account_email_key(rq->ctx.arena, me.email), &changed));
	TRY(session_close(rq));
	TRY(cabinet_end_sessions(rq->ctx.db, id, &changed));
	TRY(cabinet_end_mail_changes(rq->ctx.db, id, &changed));
	TRY(cabinet_forget(rq->ctx.db, id, &changed));
	return redirect(rq, URL("/"), MSG_CABINET_GONE);
}

static const struct route routes[] = {
	{ HTTP_GET, "/me/all", SIGNED_IN, RL_READ, READ, all_get },
	{ HTTP_GET, "/me/all/:kind", SIGNED_IN, RL_READ, READ, list_get },
	{ HTTP_POST, "/me/follows/:id/stop", SIGNED_IN, RL_WRITE, WRITE, follow_stop_post },
	{ HTTP_GET, "/me/data.json", SIGNED_IN, RL_SEARCH, READ, data_get },
	{ HTTP_POST, "/me/leave", CITIZEN, RL_SIGN_IN, WRITE, leave_post, &leave_form, all_get },
};

const struct module cabinet_module = { .name = "cabinet", .routes = routes, .n_routes = ARRAY_LEN(routes) };
