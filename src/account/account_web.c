#include "account/account.h"

#include "account/account_forms.h"
#include "account/account_rules.h"
#include "app/app.h"
#include "app/session.h"
#include "base/random.h"
#include "gen/account_sql.h"
#include "gen/account_tmpl.h"
#include "gen/app_sql.h"
#include "gen/messages.h"
#include "notify/notify.h"

static const struct field mail_fields[] = {
	FIELD(struct mail_form, email, F_EMAIL, 6, 254, .label = MSG_ACCOUNT_EMAIL, .hint = MSG_ACCOUNT_EMAIL_HINT, .autocomplete = "email"),
	FIELD(struct mail_form, to, F_HIDDEN, 0, 500),
};
static const struct form mail_form = { mail_fields, ARRAY_LEN(mail_fields), sizeof(struct mail_form), 0 };

static const struct field code_fields[] = {
	FIELD(struct code_form, email, F_EMAIL, 6, 254),
	FIELD(struct code_form, code, F_TEXT, 6, 8, .label = MSG_ACCOUNT_CODE, .hint = MSG_ACCOUNT_CODE_HINT, .autocomplete = "one-time-code"),
	FIELD(struct code_form, to, F_HIDDEN, 0, 500),
};
static const struct form code_form = { code_fields, ARRAY_LEN(code_fields), sizeof(struct code_form), 0 };

static const struct field identity_fields[] = {
	FIELD(struct identity_form, iin, F_IIN, 1, 12, .label = MSG_ACCOUNT_IIN, .hint = MSG_ACCOUNT_IIN_HINT),
	FIELD(struct identity_form, name, F_TEXT, 2, 120, .label = MSG_ACCOUNT_NAME, .autocomplete = "name"),
	FIELD(struct identity_form, to, F_HIDDEN, 0, 500),
};
static const struct form identity_form = { identity_fields, ARRAY_LEN(identity_fields), sizeof(struct identity_form), 0 };

struct url account_after(struct req *rq, struct str to, struct url standard)
{
	struct url u;

	/* "//host" and "/\host" would leave the site */
	if (str_starts(to, S("/")) && !str_starts(to, S("//")) && !str_starts(to, S("/\\")) && url_checked(rq->ctx.arena, to, &u))
		return u;
	return standard;
}

static struct str hidden_to(const struct req *rq)
{
	struct str to = form_text(&rq->form, "to");

	return to.n ? to : req_query(rq, "to");
}

static enum rc sign_in_get(struct req *rq)
{
	rq->form.form = &mail_form;
	struct out *o = page_open(rq, &(struct page){ .title = MSG_ACCOUNT_SIGN_IN });

	tmpl_account_sign_in(o, &rq->view, &rq->form, hidden_to(rq), rq->ctx.app->demo);
	return page_close(rq);
}

struct str account_six_digits(struct arena *a)
{
	return str_fmt(a, "%06llu", (unsigned long long)random_below(1000000));
}

static struct str code_hash(const struct req *rq, struct str email_key, struct str code)
{
	return key_hash(rq->ctx.arena, rq->ctx.app->keys, "login",
			str_fmt(rq->ctx.arena, "%.*s\n%.*s", STR_FMT(email_key), STR_FMT(code)));
}

/* Guests have nothing else of their own than the cookie of their visit. */
static struct str browser_of(const struct req *rq)
{
	struct str who = rq->who.session ? str_fmt(rq->ctx.arena, "session %lld", (long long)rq->who.session) : rq->visitor;

	return key_hash(rq->ctx.arena, rq->ctx.app->keys, "login-browser", who);
}

static enum rc send_code(struct req *rq, struct str email)
{
	struct arena *a = rq->ctx.arena;
	struct str key = account_email_key(a, email), code = account_six_digits(a);
	struct letter l = { .lang = rq->view.lang, .to = email, .once_ends = when_add(rq->ctx.now, CODE_LIFE) };
	int64_t sent, changed;

	TRY(login_code_count(rq->ctx.db, key, when_add(rq->ctx.now, -WHEN_HOUR), &sent));
	if (sent >= CODES_PER_HOUR)
		return RC_OK; /* the page looks the same: it tells nobody who writes to whom */
	TRY(login_code_insert(rq->ctx.db, (struct login_code_id){ id_make() }, key, browser_of(rq), code_hash(rq, key, code), rq->ctx.now,
			      when_add(rq->ctx.now, CODE_LIFE), &changed));
	l.subject = msg_fmt(a, l.lang, MSG_ACCOUNT_LETTER_CODE_SUBJECT, ARGS(ARG_S("code", code)));
	letter_add(&l, msg_fmt(a, l.lang, MSG_ACCOUNT_LETTER_CODE, ARGS(ARG_S("code", code))));
	letter_add(&l, msg_text(l.lang, MSG_ACCOUNT_LETTER_CODE_STRANGER));
	return notify_send(&rq->ctx, &l);
}

static enum rc sign_in_post(struct req *rq)
{
	const struct mail_form *f = FORM_OF(rq, struct mail_form);

	TRY(send_code(rq, f->email));
	struct url to = url_with(rq->ctx.arena, URL("/sign-in/code"), S("email"), f->email);

	return redirect(rq, f->to.n ? url_with(rq->ctx.arena, to, S("to"), f->to) : to, 0);
}

static enum rc code_get(struct req *rq)
{
	struct str email = form_text(&rq->form, "email");

	rq->form.form = &code_form;
	if (!email.n)
		email = req_query(rq, "email");
	struct out *o = page_open(rq, &(struct page){ .title = MSG_ACCOUNT_CODE_TITLE });

	tmpl_account_code(o, &rq->view, &rq->form, email, hidden_to(rq), rq->ctx.app->demo);
	return page_close(rq);
}

/* A wrong code must be counted although the request fails, so the count is a write of its own that stays. */
static enum rc code_post(struct req *rq)
{
	const struct code_form *f = FORM_OF(rq, struct code_form);
	struct str key = account_email_key(rq->ctx.arena, f->email);
	struct login_code_row code;
	int64_t account, changed;
	enum rc rc = login_code_latest(rq->ctx.db, key, browser_of(rq), rq->ctx.now, &code);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	if (rc == RC_NOT_FOUND || code.tries >= CODE_TRIES_MAX)
		return redirect(rq, URL("/sign-in"), MSG_ACCOUNT_CODE_OVER);
	if (!same_secret(code.code_hash, code_hash(rq, key, f->code))) {
		TRY(login_code_tried(rq->ctx.db, code.id, &changed));
		struct url again = url_with(rq->ctx.arena, URL("/sign-in/code"), S("email"), f->email);

		return redirect(rq, f->to.n ? url_with(rq->ctx.arena, again, S("to"), f->to) : again, MSG_ACCOUNT_CODE_WRONG);
	}
	TRY(login_code_used(rq->ctx.db, code.id, rq->ctx.now, &changed));
	if (!changed)
		return redirect(rq, URL("/sign-in"), MSG_ACCOUNT_CODE_OVER);
	TRY(account_by_mail(&rq->ctx, f->email, lang_id(rq->view.lang), &account));
	TRY(session_open(rq, account, false, 0));
	return redirect(rq, account_after(rq, f->to, URL("/me")), MSG_ACCOUNT_WELCOME);
}

/*
 * Identity providers: a row each. The demonstration's provider believes what is typed; a real one (OpenID Connect) starts at its own
 * address and comes back with a signed statement to /sign-in/identity/NAME.
 */
static const struct identity_provider {
	const char *name;
	bool demo_only;
} providers[] = {
	{ "demo", true },
};

static bool identity_offered(const struct req *rq)
{
	for (size_t i = 0; i < ARRAY_LEN(providers); i++)
		if (!providers[i].demo_only || rq->ctx.app->demo)
			return true;
	return false;
}

static enum rc identity_get(struct req *rq)
{
	if (!identity_offered(rq))
		return RC_NOT_FOUND;
	rq->form.form = &identity_form;
	struct out *o = page_open(rq, &(struct page){ .title = MSG_ACCOUNT_IDENTITY_TITLE });

	tmpl_account_identity(o, &rq->view, &rq->form, hidden_to(rq));
	return page_close(rq);
}

static enum rc identity_post(struct req *rq)
{
	const struct identity_form *f = FORM_OF(rq, struct identity_form);
	int64_t account;

	if (!identity_offered(rq))
		return RC_NOT_FOUND;
	TRY(account_by_identity(&rq->ctx, f->iin, f->name, lang_id(rq->view.lang), &account));
	TRY(session_open(rq, account, false, 0));
	return redirect(rq, account_after(rq, f->to, URL("/me")), MSG_ACCOUNT_WELCOME);
}

static enum rc sign_out_post(struct req *rq)
{
	TRY(session_close(rq));
	return redirect(rq, URL("/"), MSG_ACCOUNT_GOODBYE);
}

static const struct route citizen_routes[] = {
	{ HTTP_GET, "/sign-in", ANYONE, RL_READ, READ, sign_in_get },
	{ HTTP_POST, "/sign-in", ANYONE, RL_SIGN_IN, WRITE, sign_in_post, &mail_form, sign_in_get },
	{ HTTP_GET, "/sign-in/code", ANYONE, RL_READ, READ, code_get },
	{ HTTP_POST, "/sign-in/code", ANYONE, RL_SIGN_IN, WRITE, code_post, &code_form, code_get },
	{ HTTP_GET, "/sign-in/identity", ANYONE, RL_READ, READ, identity_get },
	{ HTTP_POST, "/sign-in/identity", ANYONE, RL_SIGN_IN, WRITE, identity_post, &identity_form, identity_get },
	{ HTTP_POST, "/sign-out", SIGNED_IN, RL_WRITE, WRITE, sign_out_post },
};

/* Once a day: codes, sessions and repeats that have had their time. */
static enum rc sweep(struct ctx *c, struct str payload)
{
	int64_t changed;

	(void)payload;
	TRY(login_code_delete_old(c->db, when_add(c->now, -WHEN_DAY), &changed));
	TRY(mail_change_delete_old(c->db, when_add(c->now, -WHEN_DAY), &changed));
	TRY(session_delete_ended(c->db, c->now, &changed));
	TRY(job_delete_old(c->db, when_add(c->now, -7 * WHEN_DAY), &changed));
	return once_delete_old(c->db, when_add(c->now, -3 * WHEN_DAY), &changed);
}

static const struct job_kind jobs[] = {
	{ .name = "account.sweep", .run = sweep, .every_sec = 86400 },
};

const struct module account_module = {
	.name = "account", .routes = citizen_routes, .n_routes = ARRAY_LEN(citizen_routes), .jobs = jobs, .n_jobs = ARRAY_LEN(jobs),
};
