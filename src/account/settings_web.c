/*
 * settings_web.c: what people set for themselves: name, language, letters; another e-mail address; the devices they are signed in on.
 * A new address counts when the codes of two letters are typed, one sent to the address so far and one to the new: whoever found an open
 * browser can take neither the account nor somebody else's address.
 */
#include "account/account.h"
#include "account/account_forms.h"
#include "account/account_rules.h"
#include "app/app.h"
#include "base/random.h"
#include "gen/account_sql.h"
#include "gen/account_tmpl.h"
#include "gen/app_sql.h"
#include "gen/messages.h"
#include "notify/notify.h"

static const struct field settings_fields[] = {
	FIELD(struct settings_form, name, F_TEXT, 0, 120, .label = MSG_ACCOUNT_NAME, .autocomplete = "name"),
	FIELD(struct settings_form, lang, F_CHOICE, 1, 2, .label = MSG_ACCOUNT_LANG, .choices = "kk|ru|en"),
	FIELD(struct settings_form, letters, F_CHOICE, 1, 10, .label = MSG_ACCOUNT_LETTERS, .hint = MSG_ACCOUNT_LETTERS_HINT, .choices = "now|daily|needed"),
};
static const struct form settings_form = { settings_fields, ARRAY_LEN(settings_fields), sizeof(struct settings_form), 0 };

static const struct field change_fields[] = {
	FIELD(struct mail_change_form, email, F_EMAIL, 6, 254, .label = MSG_ACCOUNT_MAIL_NEW, .hint = MSG_ACCOUNT_EMAIL_HINT, .autocomplete = "email"),
};
static const struct form change_form = { change_fields, ARRAY_LEN(change_fields), sizeof(struct mail_change_form), 0 };

static const struct field codes_fields[] = {
	FIELD(struct mail_codes_form, code_old, F_TEXT, 0, 8, .label = MSG_ACCOUNT_CODE_OLD, .hint = MSG_ACCOUNT_CODE_HINT, .needed = true),
	FIELD(struct mail_codes_form, code_new, F_TEXT, 6, 8, .label = MSG_ACCOUNT_CODE_NEW, .hint = MSG_ACCOUNT_CODE_HINT),
};
static const struct form codes_form = { codes_fields, ARRAY_LEN(codes_fields), sizeof(struct mail_codes_form), 0 };

static enum rc my_account(struct req *rq, struct account_row *ret)
{
	return account_by_id(rq->ctx.db, (struct account_id){ rq->who.account }, ret);
}

/* ---- settings and devices ---- */

static enum rc settings_get(struct req *rq)
{
	const struct config *c = &rq->ctx.app->config;
	struct account_row row;
	struct session_line_list devices;
	struct settings_form *values = ARENA_NEW(rq->ctx.arena, struct settings_form);

	TRY(my_account(rq, &row));
	bool staff = str_eq(row.kind, S("staff"));
	int64_t idle = (staff ? c->staff_idle_sec : c->session_idle_sec) * WHEN_SECOND;

	TRY(session_list(rq->ctx.db, row.id, rq->ctx.now, when_add(rq->ctx.now, -idle), &devices));
	*values = (struct settings_form){ row.name, row.lang, row.mail_off ? S("needed") : row.mail_daily ? S("daily") : S("now") };
	rq->form.form = &settings_form;
	if (!rq->form.values)
		rq->form.values = values;
	struct out *o = page_open(rq, &(struct page){ .title = MSG_ACCOUNT_SETTINGS });

	tmpl_account_settings(o, &rq->view, &rq->form, row.email, !staff, when_set(row.mail_refused_at), &devices, rq->who.session);
	return page_close(rq);
}

static enum rc settings_post(struct req *rq)
{
	const struct settings_form *f = FORM_OF(rq, struct settings_form);
	struct account_row was;
	int64_t changed;

	TRY(my_account(rq, &was));
	bool daily = str_eq(f->letters, S("daily")) && !str_eq(was.kind, S("staff")); /* work does not wait for a day */

	TRY(account_set(rq->ctx.db, was.id, f->name, f->lang, str_eq(f->letters, S("needed")), daily, &changed));
	if (was.mail_daily && !daily)
		TRY(notify_release(&rq->ctx, was.id.v));
	http_set_cookie(rq->http, "lang", f->lang, 365 * 86400);
	return redirect(rq, URL("/me/settings"), MSG_ACCOUNT_SAVED);
}

/* All other devices: for whoever lost a phone. */
static enum rc sign_out_others_post(struct req *rq)
{
	int64_t changed;

	TRY(session_delete_others(rq->ctx.db, (struct account_id){ rq->who.account }, (struct session_id){ rq->who.session }, &changed));
	return redirect(rq, URL("/me/settings"), MSG_ACCOUNT_OTHERS_OUT);
}

/* ---- another address ---- */

static struct str code_hash(const struct req *rq, const char *side, struct str email_key, struct str code)
{
	return key_hash(rq->ctx.arena, rq->ctx.app->keys, "mail-change",
			str_fmt(rq->ctx.arena, "%s\n%.*s\n%.*s", side, STR_FMT(email_key), STR_FMT(code)));
}

static enum rc change_get(struct req *rq)
{
	struct account_row me;

	TRY(my_account(rq, &me));
	rq->form.form = &change_form;
	struct out *o = page_open(rq, &(struct page){ .title = MSG_ACCOUNT_MAIL_CHANGE });

	tmpl_account_mail_change(o, &rq->view, &rq->form, me.email);
	return page_close(rq);
}

static enum rc send_code(struct req *rq, struct str to, struct str code, unsigned words, struct str email)
{
	struct letter l = { .lang = rq->view.lang, .to = to, .account = rq->who.account, .typed = words == MSG_ACCOUNT_LETTER_MAIL_NEW,
			    .once_ends = when_add(rq->ctx.now, CODE_LIFE) };

	l.subject = msg_text(l.lang, MSG_ACCOUNT_LETTER_MAIL_SUBJECT);
	letter_add(&l, msg_fmt(rq->ctx.arena, l.lang, words, ARGS(ARG_S("code", code), ARG_S("email", email))));
	letter_add(&l, msg_text(l.lang, MSG_ACCOUNT_LETTER_MAIL_STRANGER));
	return notify_send(&rq->ctx, &l);
}

static enum rc change_post(struct req *rq)
{
	const struct mail_change_form *f = FORM_OF(rq, struct mail_change_form);
	struct arena *a = rq->ctx.arena;
	struct str key = account_email_key(a, f->email), code_old = account_six_digits(a), code_new = account_six_digits(a);
	struct account_row me;
	int64_t sent, changed;

	TRY(my_account(rq, &me));
	struct str old_key = account_email_key(a, me.email);

	if (str_eq(key, old_key)) {
		req_fail(rq, "email", MSG_ACCOUNT_MAIL_SAME);
		return RC_INVALID;
	}
	TRY(mail_change_count(rq->ctx.db, me.id, when_add(rq->ctx.now, -WHEN_HOUR), &sent));
	if (sent >= CODES_PER_HOUR)
		return redirect(rq, URL("/me/settings"), MSG_ACCOUNT_MAIL_OFTEN);
	TRY(mail_change_insert(rq->ctx.db, (struct mail_change_id){ id_make() }, me.id, str_trim(f->email), key,
			       me.email.n ? code_hash(rq, "old", old_key, code_old) : S(""), code_hash(rq, "new", key, code_new), rq->ctx.now,
			       when_add(rq->ctx.now, CODE_LIFE), &changed));
	TRY(send_code(rq, me.email, code_old, MSG_ACCOUNT_LETTER_MAIL_OLD, str_trim(f->email)));
	TRY(send_code(rq, f->email, code_new, MSG_ACCOUNT_LETTER_MAIL_NEW, str_trim(f->email)));
	return redirect(rq, URL("/me/mail/codes"), 0);
}

static enum rc codes_get(struct req *rq)
{
	struct account_row me;
	struct mail_change_row r;

	TRY(my_account(rq, &me));
	enum rc rc = mail_change_latest(rq->ctx.db, me.id, rq->ctx.now, &r);

	if (rc == RC_NOT_FOUND)
		return redirect(rq, URL("/me/mail"), MSG_ACCOUNT_CODE_OVER);
	TRY(rc);
	rq->form.form = &codes_form;
	struct out *o = page_open(rq, &(struct page){ .title = MSG_ACCOUNT_MAIL_CHANGE });

	tmpl_account_mail_codes(o, &rq->view, &rq->form, r.old_hash.n ? me.email : S(""), r.email, rq->ctx.app->demo);
	return page_close(rq);
}

/* As at the sign-in, a wrong code is counted by a write that stays. Both are looked at before either is told to be wrong. */
static enum rc codes_post(struct req *rq)
{
	const struct mail_codes_form *f = FORM_OF(rq, struct mail_codes_form);
	struct account_row me;
	struct mail_change_row r;
	int64_t changed;

	TRY(my_account(rq, &me));
	enum rc rc = mail_change_latest(rq->ctx.db, me.id, rq->ctx.now, &r);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	if (rc == RC_NOT_FOUND || r.tries >= CODE_TRIES_MAX)
		return redirect(rq, URL("/me/mail"), MSG_ACCOUNT_CODE_OVER);
	bool old = !me.email.n || same_secret(r.old_hash, code_hash(rq, "old", account_email_key(rq->ctx.arena, me.email), f->code_old));
	bool fresh = same_secret(r.new_hash, code_hash(rq, "new", r.email_key, f->code_new));

	if (!old || !fresh) {
		TRY(mail_change_tried(rq->ctx.db, r.id, &changed));
		return redirect(rq, URL("/me/mail/codes"), MSG_ACCOUNT_CODES_WRONG);
	}
	TRY(mail_change_used(rq->ctx.db, r.id, rq->ctx.now, &changed));
	rc = account_set_mail(rq->ctx.db, me.id, r.email, r.email_key, &changed);
	if (rc == RC_DUPLICATE) /* told only to whoever reads that mailbox */
		return redirect(rq, URL("/me/settings"), MSG_ACCOUNT_MAIL_TAKEN);
	TRY(rc);
	return redirect(rq, URL("/me/settings"), MSG_ACCOUNT_MAIL_CHANGED);
}

static const struct route routes[] = {
	{ HTTP_GET, "/me/settings", SIGNED_IN, RL_READ, READ, settings_get },
	{ HTTP_POST, "/me/settings", SIGNED_IN, RL_WRITE, WRITE, settings_post, &settings_form, settings_get },
	{ HTTP_POST, "/me/sign-out-others", SIGNED_IN, RL_WRITE, WRITE, sign_out_others_post },
	{ HTTP_GET, "/me/mail", CITIZEN, RL_READ, READ, change_get },
	{ HTTP_POST, "/me/mail", CITIZEN, RL_SIGN_IN, WRITE, change_post, &change_form, change_get },
	{ HTTP_GET, "/me/mail/codes", CITIZEN, RL_READ, READ, codes_get },
	{ HTTP_POST, "/me/mail/codes", CITIZEN, RL_SIGN_IN, WRITE, codes_post, &codes_form, codes_get },
};

const struct module settings_module = { .name = "settings", .routes = routes, .n_routes = ARRAY_LEN(routes) };
