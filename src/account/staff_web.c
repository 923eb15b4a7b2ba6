#include "account/account.h"

#include "account/account_forms.h"
#include "account/account_rules.h"
#include "app/app.h"
#include "app/session.h"
#include "base/random.h"
#include "body/body.h"
#include "gen/account_sql.h"
#include "gen/account_tmpl.h"
#include "gen/app_sql.h"
#include "gen/messages.h"
#include "html/qr.h"
#include "standard/pack.h"

#define PASSWORD_LEAST 12
#define RECOVERY_CODES 8

static const struct field staff_fields[] = {
	FIELD(struct staff_form, email, F_EMAIL, 6, 254, .label = MSG_ACCOUNT_EMAIL, .autocomplete = "username"),
	FIELD(struct staff_form, password, F_SECRET, 1, 200, .label = MSG_ACCOUNT_PASSWORD, .autocomplete = "current-password"),
	FIELD(struct staff_form, code, F_TEXT, 6, 20, .label = MSG_ACCOUNT_TOTP, .hint = MSG_ACCOUNT_TOTP_HINT, .autocomplete = "one-time-code"),
	FIELD(struct staff_form, to, F_HIDDEN, 0, 500),
};
static const struct form staff_form = { staff_fields, ARRAY_LEN(staff_fields), sizeof(struct staff_form), 0 };

static const struct field join_fields[] = {
	FIELD(struct join_form, password, F_SECRET, PASSWORD_LEAST, 200, .label = MSG_ACCOUNT_PASSWORD_NEW, .hint = MSG_ACCOUNT_PASSWORD_HINT,
	      .autocomplete = "new-password"),
	FIELD(struct join_form, code, F_TEXT, 6, 6, .label = MSG_ACCOUNT_TOTP_FIRST, .autocomplete = "one-time-code"),
	FIELD(struct join_form, secret, F_HIDDEN, 32, 200),
};
static const struct form join_form = { join_fields, ARRAY_LEN(join_fields), sizeof(struct join_form), 0 };

static const struct field body_fields[] = {
	FIELD(struct body_form, body, F_ID, 1, 0),
};
static const struct form body_form = { body_fields, ARRAY_LEN(body_fields), sizeof(struct body_form), 0 };

static enum rc staff_get(struct req *rq)
{
	struct str to = form_text(&rq->form, "to");

	rq->form.form = &staff_form;
	struct out *o = page_open(rq, &(struct page){ .title = MSG_ACCOUNT_STAFF_SIGN_IN });

	tmpl_account_staff_sign_in(o, &rq->view, &rq->form, to.n ? to : req_query(rq, "to"), rq->ctx.app->demo);
	return page_close(rq);
}

/* What the slow part found; the write that follows counts or opens. */
struct staff_try {
	struct account_row row;
	bool known, password;
	int64_t step;          /* of the right one-time code */
	struct str recovery;   /* hash of a recovery code typed instead */
};

static bool waits(const struct req *rq, const struct account_row *row)
{
	return account_wait_sec(row->fails, row->fails_at, rq->ctx.now) > 0;
}

static enum rc staff_slow(struct req *rq)
{
	const struct staff_form *f = FORM_OF(rq, struct staff_form);
	struct arena *a = rq->ctx.arena;
	struct staff_try *t = ARENA_NEW(a, struct staff_try);
	enum rc rc = account_find_mail(rq->ctx.db, S("staff"), account_email_key(a, f->email), &t->row);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	rq->slow = t;
	t->known = rc == RC_OK && t->row.password_hash.n && str_eq(t->row.state, S("active"));
	if (!t->known || waits(rq, &t->row)) {
		rc_ignore(password_hash(a, f->password).n ? RC_OK : RC_INTERNAL); /* takes as long as a password that is looked at */
		return RC_OK;
	}
	struct str secret;

	t->password = password_right(a, t->row.password_hash, f->password);
	if (t->password && key_unseal(a, rq->ctx.app->keys, t->row.totp_sealed, &secret))
		t->step = account_totp_step(a, secret, f->code, rq->ctx.now, t->row.totp_last);
	t->recovery = key_hash(a, rq->ctx.app->keys, "recovery", f->code);
	return RC_OK;
}

static enum rc recovery_used(struct req *rq, const struct staff_try *t, bool *ret)
{
	int64_t changed = 0;

	if (t->password && !t->step)
		TRY(recovery_code_use(rq->ctx.db, t->row.id, t->recovery, rq->ctx.now, &changed));
	*ret = changed == 1;
	return RC_OK;
}

/*
 * One text for a wrong address, password or code and for one tried too often: the page tells nobody who works here. Tries are counted here, one after
 * another: many at once are no more than five.
 */
static enum rc staff_post(struct req *rq)
{
	const struct staff_form *f = FORM_OF(rq, struct staff_form);
	const struct staff_try *t = rq->slow;
	struct account_row now;
	int64_t changed = 0;
	bool recovered = false;
	struct url again = f->to.n ? url_with(rq->ctx.arena, URL("/staff/sign-in"), S("to"), f->to) : URL("/staff/sign-in");

	if (!t->known)
		return redirect(rq, again, MSG_ACCOUNT_STAFF_WRONG);
	TRY(account_by_id(rq->ctx.db, t->row.id, &now));
	if (waits(rq, &now))
		return redirect(rq, again, MSG_ACCOUNT_STAFF_WRONG);
	TRY(recovery_used(rq, t, &recovered));
	if (t->step)
		TRY(account_signed_in(rq->ctx.db, t->row.id, t->step, rq->ctx.now, &changed));
	if (!changed && !recovered) {
		TRY(account_failed(rq->ctx.db, t->row.id, rq->ctx.now, &changed));
		return redirect(rq, again, MSG_ACCOUNT_STAFF_WRONG);
	}
	if (recovered)
		TRY(account_seen(rq->ctx.db, t->row.id, rq->ctx.now, &changed));
	TRY(session_open(rq, t->row.id.v, true, 0));
	return redirect(rq, account_after(rq, f->to, URL("/desk")), recovered ? MSG_ACCOUNT_RECOVERY_USED : MSG_ACCOUNT_WELCOME);
}

/* The link of an invitation: account id and a code derived from it and from whether a password is set, so that it works once. */
static struct str join_code(const struct req *rq, const struct account_row *row)
{
	return key_code(rq->ctx.arena, rq->ctx.app->keys, row->password_hash.n ? "joined" : "join", row->id.v, 24);
}

struct url staff_join_url(struct req *rq, const struct account_row *row)
{
	struct str parts[] = { str_i64(rq->ctx.arena, row->id.v), join_code(rq, row) };

	return url_path(rq->ctx.arena, "/staff/join/{}/{}", 2, parts);
}

static enum rc join_row(struct req *rq, struct account_row *ret)
{
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(account_by_id(rq->ctx.db, (struct account_id){ id }, ret));
	if (ret->password_hash.n || !str_eq(ret->kind, S("staff")) || !same_secret(join_code(rq, ret), rq->params[1]))
		return RC_NOT_FOUND;
	return RC_OK;
}

/* The secret travels sealed in the form until it is confirmed by a first code. */
static enum rc join_get(struct req *rq)
{
	struct account_row row;
	struct arena *a = rq->ctx.arena;
	struct str sealed = S(""), raw = S("");

	TRY(join_row(rq, &row));
	rq->form.form = &join_form;
	unsigned char bytes[100] = { 0 };
	struct str typed = form_text(&rq->form, "secret");

	if (typed.n && typed.n <= 2 * sizeof(bytes) && str_unhex(typed, bytes, typed.n / 2))
		sealed = str_dup(a, (struct str){ (const char *)bytes, typed.n / 2 });
	if (!sealed.n || !key_unseal(a, rq->ctx.app->keys, sealed, &raw)) {
		random_bytes(bytes, 20);
		raw = str_dup(a, (struct str){ (const char *)bytes, 20 });
		sealed = key_seal(a, rq->ctx.app->keys, raw);
	}
	struct str base32 = account_base32(a, raw);
	struct str uri = str_fmt(a, "otpauth://totp/Jauap:%.*s?secret=%.*s&issuer=Jauap", STR_FMT(row.email), STR_FMT(base32));
	struct out *o = page_open(rq, &(struct page){ .title = MSG_ACCOUNT_JOIN_TITLE });

	tmpl_account_join(o, &rq->view, &rq->form, str_hex(a, sealed.p, sealed.n), base32, html_qr(a, uri), row.name);
	return page_close(rq);
}

static enum rc join_slow(struct req *rq)
{
	const struct join_form *f = FORM_OF(rq, struct join_form);
	struct arena *a = rq->ctx.arena;
	struct account_row row;
	unsigned char bytes[100];
	struct str secret;

	TRY(join_row(rq, &row));
	if (f->secret.n > 2 * sizeof(bytes) || !str_unhex(f->secret, bytes, f->secret.n / 2) ||
	    !key_unseal(a, rq->ctx.app->keys, (struct str){ (const char *)bytes, f->secret.n / 2 }, &secret) ||
	    !account_totp_step(a, secret, f->code, rq->ctx.now, 0)) {
		req_fail(rq, "code", MSG_ACCOUNT_TOTP_WRONG);
		return RC_INVALID;
	}
	if (account_password_known(str_z(a, rq->ctx.app->config.pwned_list), f->password)) {
		req_fail(rq, "password", MSG_ACCOUNT_PASSWORD_KNOWN);
		return RC_INVALID;
	}
	struct str *made = ARENA_ARRAY(a, 2, struct str);

	made[0] = password_hash(a, f->password);
	made[1] = key_seal(a, rq->ctx.app->keys, secret);
	rq->slow = made;
	return RC_OK;
}

static enum rc join_post(struct req *rq)
{
	const struct str *made = rq->slow;
	struct account_row row;
	struct str codes[RECOVERY_CODES];
	int64_t changed;

	TRY(join_row(rq, &row));
	TRY(account_set_secrets(rq->ctx.db, row.id, made[0], made[1], &changed));
	TRY(recovery_code_delete(rq->ctx.db, row.id, &changed));
	for (size_t i = 0; i < RECOVERY_CODES; i++) {
		codes[i] = code_random(rq->ctx.arena, 10);
		TRY(recovery_code_insert(rq->ctx.db, (struct recovery_code_id){ id_make() }, row.id,
					 key_hash(rq->ctx.arena, rq->ctx.app->keys, "recovery", codes[i]), &changed));
	}
	struct out *o = page_open(rq, &(struct page){ .title = MSG_ACCOUNT_RECOVERY_TITLE });

	tmpl_account_recovery(o, &rq->view, codes, RECOVERY_CODES);
	return page_close(rq);
}

/* Officials of several bodies work in one at a time. */
static enum rc body_get(struct req *rq)
{
	struct staff_body_row_list l;

	TRY(staff_bodies(rq->ctx.db, (struct account_id){ rq->who.account }, &l));
	struct out *o = page_open(rq, &(struct page){ .title = MSG_ACCOUNT_BODY_TITLE, .desk = true });

	tmpl_account_body(o, &rq->view, &l, rq->ctx.app->pack, rq->who.body);
	return page_close(rq);
}

static enum rc body_post(struct req *rq)
{
	const struct body_form *f = FORM_OF(rq, struct body_form);
	struct staff_body_row_list l;
	int64_t changed;

	TRY(staff_bodies(rq->ctx.db, (struct account_id){ rq->who.account }, &l));
	for (size_t i = 0; i < l.n; i++)
		if (l.v[i].body_id == f->body) {
			TRY(session_body_set(rq->ctx.db, (struct session_id){ rq->who.session }, f->body, &changed));
			return redirect(rq, URL("/desk"), MSG_ACCOUNT_BODY_SET);
		}
	return RC_FORBIDDEN;
}

static const struct route routes[] = {
	{ HTTP_GET, "/staff/sign-in", ANYONE, RL_READ, READ, staff_get },
	{ HTTP_POST, "/staff/sign-in", ANYONE, RL_SIGN_IN, SLOW, staff_post, &staff_form, staff_get, staff_slow },
	{ HTTP_GET, "/staff/join/:id/:code", ANYONE, RL_READ, READ, join_get },
	{ HTTP_POST, "/staff/join/:id/:code", ANYONE, RL_SIGN_IN, SLOW, join_post, &join_form, join_get, join_slow },
	{ HTTP_GET, "/staff/body", STAFF, RL_READ, READ, body_get },
	{ HTTP_POST, "/staff/body", STAFF, RL_WRITE, WRITE, body_post, &body_form, body_get },
};

const struct module staff_module = { .name = "staff", .routes = routes, .n_routes = ARRAY_LEN(routes) };
