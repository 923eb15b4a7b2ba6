#include "appeal/appeal_web.h"

#include "app/app.h"
#include "base/random.h"
#include "appeal/appeal_view.h"
#include "appeal/filing.h"
#include "channel/feed.h"
#include "file/file.h"
#include "gen/appeal_tmpl.h"
#include "gen/check_sql.h"
#include "gen/messages.h"
#include "html/qr.h"
#include "standard/calendar.h"

struct act_form {
	struct str text, secret, token, draft;
	int64_t sentence; /* of the answer: what was not understood; 0: none named */
};

static const struct field text_fields[] = {
	FIELD(struct act_form, text, F_LINES, 3, 8000, .label = MSG_APPEAL_PAGE_WORDS),
	FIELD(struct act_form, secret, F_HIDDEN, 0, 40),
};
static const struct form text_form = { text_fields, ARRAY_LEN(text_fields), sizeof(struct act_form), 0 };

static const struct field short_fields[] = {
	FIELD(struct act_form, text, F_LINES, 0, 4000, .label = MSG_APPEAL_PAGE_WORDS),
	FIELD(struct act_form, secret, F_HIDDEN, 0, 40),
	FIELD(struct act_form, token, F_HIDDEN, 0, 100),
	FIELD(struct act_form, draft, F_HIDDEN, 0, 40),
	FIELD(struct act_form, sentence, F_INT, 0, 500),
};
static const struct form short_form = { short_fields, ARRAY_LEN(short_fields), sizeof(struct act_form), 0 };

struct url appeal_url(struct arena *a, struct str number, struct str secret)
{
	struct str parts[] = { number, secret };

	return secret.n ? url_path(a, "/receipt/{}/{}", 2, parts) : url_path(a, "/appeals/{}", 1, parts);
}

/* In the address of a receipt; what a receipt's page posts brings it in the form. */
static struct str secret_of(const struct req *rq)
{
	struct str s = rq->http->method == HTTP_POST ? http_form(rq->http, S("secret")) : rq->n_params > 1 ? rq->params[1] : S("");

	return s.p ? s : S("");
}

static enum rc open_case(struct req *rq, bool for_change, struct appeal_case *ret)
{
	struct str number;

	if (!appeal_number_clean(rq->ctx.arena, rq->params[0], &number))
		return RC_NOT_FOUND;
	return appeal_open(&rq->ctx, &rq->who, number, secret_of(rq), for_change, ret);
}

/* Taken off the site: whoever followed an old link learns that it is gone for good reason, and search engines forget it. */
static bool was_shown(struct req *rq)
{
	struct appeal_row a;
	struct str number;

	return appeal_number_clean(rq->ctx.arena, rq->params[0], &number) && appeal_by_number(rq->ctx.db, number, &a) == RC_OK && appeal_is_gone(&a);
}

static enum rc show(struct req *rq, struct str secret)
{
	struct appeal_case k;
	struct appeal_page p;

	enum rc rc = open_case(rq, false, &k);

	if (rc == RC_NOT_FOUND && was_shown(rq))
		return fail(&rq->ctx, RC_GONE, MSG_APPEAL_GONE);
	TRY(rc);
	if (secret.n && k.view != VIEW_OWN)
		return RC_NOT_FOUND; /* a receipt opens with its own code only, whoever asks */
	TRY(appeal_page_make(rq, &k, secret, &p));
	if (!rq->form.form)
		rq->form.form = &text_form;
	struct str full = str_cat(rq->ctx.arena, rq->ctx.app->public_url, url_str(appeal_url(rq->ctx.arena, k.a.number, secret)));
	struct out *o = page_open(rq, &(struct page){ .title_text = p.title, .nav = MSG_LAYOUT_NAV_APPEALS });

	tmpl_appeal_show(o, &rq->view, &p, &rq->form, secret.n ? html_qr(rq->ctx.arena, full) : html_qr(rq->ctx.arena, S("")));
	return page_close(rq);
}

static enum rc show_get(struct req *rq)
{
	return show(rq, S(""));
}

static enum rc receipt_get(struct req *rq)
{
	http_set_header(rq->http, S("Cache-Control"), S("no-store"));
	http_set_header(rq->http, S("X-Robots-Tag"), S("noindex"));
	return show(rq, rq->params[1]);
}

/* A form of the page that did not pass: the page again, with the words that were typed. */
static enum rc again(struct req *rq)
{
	return show(rq, secret_of(rq));
}

/* ---- how the deadline came about ---- */

static enum rc deadline_get(struct req *rq)
{
	const struct pack *pack = rq->ctx.app->pack;
	struct appeal_case k;

	TRY(open_case(rq, false, &k));
	const struct kind *kind = pack_kind(pack, k.a.kind);

	if (!kind)
		return RC_NOT_FOUND;
	struct term term = { kind->term, kind->unit };
	struct counted_days days = calendar_explain(rq->ctx.arena, pack, k.a.registered_at, term);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_APPEAL_PAGE_DEADLINE_TITLE });

	tmpl_appeal_deadline(o, &rq->view, &k.a, kind, &days, calendar_due(pack, k.a.registered_at, term),
			     appeal_url(rq->ctx.arena, k.a.number, secret_of(rq)));
	return page_close(rq);
}

static enum rc ics_get(struct req *rq)
{
	struct appeal_case k;
	struct out o = OUT_ON(rq->ctx.arena);

	TRY(open_case(rq, false, &k));
	struct ical_event e = { .uid = str_cat(rq->ctx.arena, k.a.number, S("@jauap")), .day = when_day(k.a.due_at), .made = k.a.filed_at, .shows_free = true,
				.title = msg_fmt(rq->ctx.arena, rq->view.lang, MSG_APPEAL_PAGE_ICS, ARGS(ARG_S("number", k.a.number))) };

	ical_begin(&o, S(""));
	ical_add(&o, &e);
	ical_end(&o);
	return send_file(rq, "text/calendar; charset=utf-8", str_cat(rq->ctx.arena, k.a.number, S(".ics")), out_done(&o));
}

static enum rc file_get(struct req *rq)
{
	struct appeal_case k;
	struct file_row_list files;
	struct str bytes;
	int64_t id;
	bool receipt = rq->n_params > 2;

	TRY(open_case(rq, false, &k));
	if (!str_to_i64(rq->params[receipt ? 2 : 1], &id))
		return RC_NOT_FOUND;
	TRY(file_list(rq->ctx.db, k.a.id, &files));
	for (size_t i = 0; i < files.n; i++)
		if (files.v[i].id.v == id && (k.view != VIEW_PUBLIC || files.v[i].cleared)) {
			TRY(file_load(&rq->ctx, files.v[i].sha256, &bytes));
			return send_file(rq, str_z(rq->ctx.arena, files.v[i].media_type),
					 k.view == VIEW_PUBLIC ? files.v[i].public_name : files.v[i].name, bytes);
		}
	return RC_NOT_FOUND;
}

/* ---- what the person may do: a row each ---- */

typedef enum rc act(struct ctx *c, struct appeal_case *k, struct str text);

static const struct person_act {
	struct str name;
	act *run;
	unsigned notice;
} acts[] = {
	{ S_INIT("supplement"), appeal_supplement, MSG_APPEAL_PAGE_DONE_SUPPLEMENT },
	{ S_INIT("comment"), appeal_comment, MSG_APPEAL_PAGE_DONE_COMMENT },
	{ S_INIT("object"), appeal_object, MSG_APPEAL_PAGE_DONE_OBJECT },
	{ S_INIT("withdraw"), appeal_withdraw, MSG_APPEAL_PAGE_DONE_WITHDRAW },
	{ S_INIT("hide"), appeal_hide, MSG_APPEAL_PAGE_DONE_HIDE },
	{ S_INIT("reopen"), appeal_reopen, MSG_APPEAL_PAGE_DONE_REOPEN },
};

static enum rc act_post(struct req *rq)
{
	const struct act_form *f = FORM_OF(rq, struct act_form);
	struct appeal_case k;

	TRY(open_case(rq, true, &k));
	for (size_t i = 0; i < ARRAY_LEN(acts); i++)
		if (str_eq(acts[i].name, rq->params[1])) {
			TRY(acts[i].run(&rq->ctx, &k, f->text));
			return redirect(rq, appeal_url(rq->ctx.arena, k.a.number, f->secret), acts[i].notice);
		}
	return RC_NOT_FOUND;
}

static enum rc open_own(struct req *rq, struct appeal_case *k)
{
	const struct act_form *f = FORM_OF(rq, struct act_form);
	struct str number;

	if (!appeal_number_clean(rq->ctx.arena, rq->params[0], &number))
		return RC_NOT_FOUND;
	if (f->token.n)
		return appeal_open_token(&rq->ctx, number, f->token, true, k);
	return appeal_open(&rq->ctx, &rq->who, number, f->secret, true, k);
}

/* The sentence that was not understood goes back to its writer. */
static enum rc mark_sentence(struct req *rq, const struct appeal_case *k, int64_t sentence)
{
	struct answer_row_list l;
	int64_t changed;

	TRY(answer_list(rq->ctx.db, k->a.id, &l));
	for (size_t i = l.n; sentence > 0 && i-- > 0;)
		if (when_set(l.v[i].delivered_at))
			return unclear_insert(rq->ctx.db, (struct unclear_mark_id){ id_make() }, l.v[i].id, sentence, rq->ctx.now, &changed);
	return RC_OK;
}

static enum rc rate_post(struct req *rq)
{
	const struct act_form *f = FORM_OF(rq, struct act_form);
	struct appeal_case k;
	enum appeal_rating rating;

	if (!appeal_rating_by_name(rq->params[1], &rating))
		return RC_NOT_FOUND;
	TRY(open_own(rq, &k));
	TRY(appeal_rate(&rq->ctx, &k, rating, f->text));
	if (rating == RATING_NOT_CLEAR)
		TRY(mark_sentence(rq, &k, f->sentence));
	struct str parts[] = { k.a.number, f->token };

	return redirect(rq, f->token.n ? url_path(rq->ctx.arena, "/rate/{}/{}", 2, parts) : appeal_url(rq->ctx.arena, k.a.number, f->secret),
			MSG_APPEAL_PAGE_DONE_RATE);
}

/* From the letter: a page with buttons, since scanners of mail press links. */
static enum rc rate_get(struct req *rq)
{
	struct appeal_case k;
	struct appeal_page p;
	struct str number;

	if (!appeal_number_clean(rq->ctx.arena, rq->params[0], &number))
		return RC_NOT_FOUND;
	TRY(appeal_open_token(&rq->ctx, number, rq->params[1], false, &k));
	TRY(appeal_page_make(rq, &k, S(""), &p));
	struct out *o = page_open(rq, &(struct page){ .title = MSG_APPEAL_PAGE_RATE_TITLE });

	tmpl_appeal_rate(o, &rq->view, &p, rq->params[1]);
	return page_close(rq);
}

static enum rc contest_post(struct req *rq)
{
	const struct act_form *f = FORM_OF(rq, struct act_form);
	struct appeal_case k, complaint;

	TRY(open_own(rq, &k));
	TRY(appeal_contest(&rq->ctx, &k, f->text, &complaint));
	struct str secret = f->secret.n ? appeal_secret(&rq->ctx, rq->ctx.arena, complaint.a.id) : S("");

	return redirect(rq, appeal_url(rq->ctx.arena, complaint.a.number, secret), MSG_APPEAL_PAGE_DONE_CONTEST);
}

/* "Join this one" from the form: the draft becomes an appeal that stands behind the other and gets its answer. */
static enum rc join_post(struct req *rq)
{
	const struct act_form *f = FORM_OF(rq, struct act_form);
	struct draft_row d;
	struct str number;
	int64_t changed;

	if (!appeal_number_clean(rq->ctx.arena, rq->params[0], &number) || f->draft.n != 32)
		return RC_NOT_FOUND;
	TRY(draft_by_token(rq->ctx.db, token_hash(rq->ctx.arena, f->draft), &d));
	if (d.number.n)
		return redirect(rq, URL("/"), MSG_FILING_ALREADY);
	struct appeal_case mine, other;
	struct actor system = { .roles = rq->who.roles, .account = rq->who.account };
	struct draft_files files = filing_files(d.files);
	struct appeal_filing filing = {
		.kind = d.kind, .origin = S("web"), .lang = d.lang, .text = d.text, .topic = d.topic, .place = d.place_id, .address = d.address,
		.lat = d.lat, .lon = d.lon, .danger = filing_danger_of(&rq->ctx, d.text, d.danger).now, .people = 1, .reply_by = S("cabinet"), .account = rq->who.roles & CITIZEN ? rq->who.account : 0, .name = rq->who_name,
	};

	if (!rq->who.account)
		return redirect(rq, url_with(rq->ctx.arena, URL("/sign-in"), S("to"),
					     str_fmt(rq->ctx.arena, "/appeals/draft/%.*s/who", STR_FMT(f->draft))),
				MSG_APPEAL_PAGE_JOIN_SIGN_IN);
	TRY(appeal_open(&rq->ctx, &system, number, S(""), true, &other));
	filing.body = other.a.body_id;
	if (filing.name.n < 2)
		filing.name = msg_text(rq->view.lang, MSG_APPEAL_PAGE_JOINED_NAME);
	TRY(appeal_file(&rq->ctx, &rq->who, &filing, &mine));
	TRY(filing_attach(&rq->ctx, &mine, &files));
	TRY(appeal_join(&rq->ctx, &mine, &other));
	TRY(draft_set_number(rq->ctx.db, d.id, mine.a.number, rq->ctx.now, &changed));
	return redirect(rq, appeal_url(rq->ctx.arena, mine.a.number, S("")), MSG_APPEAL_PAGE_DONE_JOIN);
}

static const struct route routes[] = {
	{ HTTP_GET, "/appeals/:number", ANYONE, RL_READ, READ, show_get, .keep = true },
	{ HTTP_GET, "/receipt/:number/:secret", ANYONE, RL_READ, READ, receipt_get },
	{ HTTP_GET, "/appeals/:number/deadline", ANYONE, RL_READ, READ, deadline_get, .keep = true },
	{ HTTP_GET, "/receipt/:number/:secret/deadline", ANYONE, RL_READ, READ, deadline_get },
	{ HTTP_GET, "/appeals/:number/deadline.ics", ANYONE, RL_READ, READ, ics_get },
	{ HTTP_GET, "/receipt/:number/:secret/deadline.ics", ANYONE, RL_READ, READ, ics_get },
	{ HTTP_GET, "/appeals/:number/files/:id", ANYONE, RL_READ, READ, file_get },
	{ HTTP_GET, "/receipt/:number/:secret/files/:id", ANYONE, RL_READ, READ, file_get },
	{ HTTP_POST, "/appeals/:number/act/:act", ANYONE, RL_WRITE, WRITE, act_post, &text_form, again },
	{ HTTP_POST, "/appeals/:number/rate/:rating", ANYONE, RL_WRITE, WRITE, rate_post, &short_form, again },
	{ HTTP_GET, "/rate/:number/:token", ANYONE, RL_READ, READ, rate_get },
	{ HTTP_POST, "/appeals/:number/contest", ANYONE, RL_WRITE, WRITE, contest_post, &text_form, again },
	{ HTTP_POST, "/appeals/:number/join", ANYONE, RL_WRITE, WRITE, join_post, &short_form, again },
};

static const struct search_source search[] = {
	{ "appeal", MSG_SEARCH_KIND_APPEAL, appeal_search_fill, false },
};

const struct module appeal_module = { .name = "appeal", .routes = routes, .n_routes = ARRAY_LEN(routes), .search = search, .n_search = ARRAY_LEN(search) };
