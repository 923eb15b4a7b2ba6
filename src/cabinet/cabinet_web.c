#include "cabinet/cabinet.h"

#include "app/app.h"
#include "app/audit.h"
#include "app/session.h"
#include "appeal/appeal.h"
#include "base/vec.h"
#include "body/body.h"
#include "gen/account_sql.h"
#include "gen/cabinet_tmpl.h"
#include "gen/messages.h"
#include "petition/petition.h"
#include "reception/reception.h"

#define SHOWN 20
#define OPEN_PETITIONS 200 /* looked through for the person's own signature: a lookup each */
#define EXPORTED 500       /* of each kind */

struct leave_form {
	bool sure;
};
static const struct field leave_fields[] = {
	FIELD(struct leave_form, sure, F_BOOL, 1, 1, .label = MSG_CABINET_SURE),
};
static const struct form leave_form = { leave_fields, ARRAY_LEN(leave_fields), sizeof(struct leave_form), 0 };

static struct str id_text(const struct req *rq, int64_t id)
{
	return str_fmt(rq->ctx.arena, "%lld", (long long)id);
}

static struct url petition_at(const struct req *rq, int64_t id)
{
	struct str part = id_text(rq, id);

	return url_path(rq->ctx.arena, "/petitions/{}", 1, &part);
}

static enum rc own_petitions(struct req *rq, int64_t limit, struct cabinet_items *ret)
{
	struct cabinet_petition_list l;
	VEC(struct cabinet_item) v = { 0 };

	TRY(cabinet_petitions(rq->ctx.db, rq->who.account, (struct petition_id){ INT64_MAX }, limit, &l));
	for (size_t i = 0; i < l.n; i++)
		*VEC_ADD(rq->ctx.arena, &v) = (struct cabinet_item){
			.title = l.v[i].title, .to = petition_at(rq, l.v[i].id.v), .at = l.v[i].made_at,
			.note = msg_fmt(rq->ctx.arena, rq->view.lang, MSG_CABINET_SIGNATURES, ARGS(ARG_I("n", l.v[i].signatures))),
		};
	*ret = (struct cabinet_items){ v.v, v.n };
	return RC_OK;
}

/* Signatures lie by petition and person, so that one person counts once; those on the petitions that are open are told. */
static enum rc own_signatures(struct req *rq, struct cabinet_items *ret)
{
	struct account_identity_row me;
	struct petition_line_list open;
	VEC(struct cabinet_item) v = { 0 };

	TRY(account_identity(rq->ctx.db, (struct account_id){ rq->who.account }, &me));
	*ret = (struct cabinet_items){ 0 };
	if (!me.identity_key.n)
		return RC_OK;
	TRY(petition_list_state(rq->ctx.db, S("open"), (struct petition_id){ INT64_MAX }, OPEN_PETITIONS, &open));
	for (size_t i = 0; i < open.n; i++) {
		struct signature_row s;
		enum rc rc = signature_of(rq->ctx.db, open.v[i].id, me.identity_key, &s);

		if (rc == RC_NOT_FOUND || (rc == RC_OK && when_set(s.withdrawn_at)))
			continue;
		TRY(rc);
		*VEC_ADD(rq->ctx.arena, &v) = (struct cabinet_item){ .title = open.v[i].title, .to = petition_at(rq, open.v[i].id.v), .at = s.signed_at };
	}
	*ret = (struct cabinet_items){ v.v, v.n };
	return RC_OK;
}

static enum rc own_receptions(struct req *rq, int64_t limit, struct cabinet_items *ret)
{
	struct reception_booking_row_list l;
	VEC(struct cabinet_item) v = { 0 };

	TRY(reception_bookings_of_account(rq->ctx.db, rq->who.account, (struct reception_booking_id){ INT64_MAX }, limit, &l));
	for (size_t i = 0; i < l.n; i++)
		*VEC_ADD(rq->ctx.arena, &v) = (struct cabinet_item){
			.title = body_name(rq->ctx.app->pack, l.v[i].body_id, lang_id(rq->view.lang)), .at = l.v[i].starts_at,
			.to = reception_booking_url(&rq->ctx, rq->ctx.arena, &l.v[i]),
			.note = msg_text(rq->view.lang, reception_state_msg("booking", l.v[i].state)),
		};
	*ret = (struct cabinet_items){ v.v, v.n };
	return RC_OK;
}

static enum rc load(struct req *rq, int64_t limit, struct cabinet_page *p)
{
	struct account_row me;

	TRY(account_by_id(rq->ctx.db, (struct account_id){ rq->who.account }, &me));
	p->email = me.email;
	TRY(own_petitions(rq, limit, &p->petitions));
	TRY(own_signatures(rq, &p->signed_ones));
	return own_receptions(rq, limit, &p->receptions);
}

static enum rc all_get(struct req *rq)
{
	struct cabinet_page p = { 0 };

	TRY(load(rq, SHOWN, &p));
	rq->form.form = &leave_form;
	struct out *o = page_open(rq, &(struct page){ .title = MSG_CABINET_TITLE, .nav = MSG_LAYOUT_NAV_ME });

	tmpl_cabinet_all(o, &rq->view, &p, &rq->form, (rq->who.roles & CITIZEN) != 0);
	return page_close(rq);
}

/* ---- to take along ---- */

static void text(struct out *o, const char *name, struct str value)
{
	out_fmt(o, ",\"%s\":", name);
	out_json_str(o, value);
}

static void items(struct req *rq, struct out *o, const char *name, const struct cabinet_items *l)
{
	out_fmt(o, ",\"%s\":[", name);
	for (size_t i = 0; i < l->n; i++) {
		out_fmt(o, "%s{\"at\":\"%.*s\"", i ? "," : "", STR_FMT(when_iso(rq->ctx.arena, l->v[i].at)));
		text(o, "title", l->v[i].title);
		text(o, "note", l->v[i].note);
		text(o, "page", str_cat(rq->ctx.arena, rq->ctx.app->public_url, url_str(l->v[i].to)));
		OUT_LIT(o, "}");
	}
	OUT_LIT(o, "]");
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
	struct cabinet_page p = { 0 };
	struct account_row me;
	struct out o = OUT_ON(rq->ctx.arena);

	TRY(account_by_id(rq->ctx.db, (struct account_id){ rq->who.account }, &me));
	TRY(load(rq, EXPORTED, &p));
	out_fmt(&o, "{\"made\":\"%.*s\"", STR_FMT(when_iso(rq->ctx.arena, rq->ctx.now)));
	text(&o, "name", me.name);
	text(&o, "email", me.email);
	text(&o, "language", me.lang);
	TRY(appeals(rq, &o));
	items(rq, &o, "petitions", &p.petitions);
	items(rq, &o, "signatures", &p.signed_ones);
	items(rq, &o, "receptions", &p.receptions);
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
	TRY(session_close(rq));
	TRY(cabinet_end_sessions(rq->ctx.db, id, &changed));
	TRY(cabinet_end_mail_changes(rq->ctx.db, id, &changed));
	TRY(cabinet_forget(rq->ctx.db, id, &changed));
	return redirect(rq, URL("/"), MSG_CABINET_GONE);
}

static const struct route routes[] = {
	{ HTTP_GET, "/me/all", SIGNED_IN, RL_READ, READ, all_get },
	{ HTTP_GET, "/me/data.json", SIGNED_IN, RL_SEARCH, READ, data_get },
	{ HTTP_POST, "/me/leave", CITIZEN, RL_SIGN_IN, WRITE, leave_post, &leave_form, all_get },
};

const struct module cabinet_module = { .name = "cabinet", .routes = routes, .n_routes = ARRAY_LEN(routes) };
