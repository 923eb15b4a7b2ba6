#include "account/account.h"

#include <liboath/oath.h>
#include <stdlib.h>

#include "account/account_rules.h"
#include "app/app.h"
#include "base/random.h"
#include "base/utf8.h"
#include "gen/account_sql.h"

struct str account_identity_key(const struct ctx *c, struct arena *a, struct str identifier)
{
	return key_hash(a, c->app->keys, "identity", identifier);
}

struct str account_email_key(struct arena *a, struct str email)
{
	return utf8_lower(a, str_trim(email));
}

enum rc account_by_mail(struct ctx *c, struct str email, enum lang_id lang, int64_t *ret_account)
{
	struct str key = account_email_key(c->arena, email);
	struct account_row row;
	enum rc rc = account_find_mail(c->db, S("citizen"), key, &row);
	struct account_id id = { id_make() };
	int64_t changed;

	if (rc == RC_OK) {
		*ret_account = row.id.v;
		return str_eq(row.state, S("active")) ? RC_OK : RC_FORBIDDEN;
	}
	if (rc != RC_NOT_FOUND)
		return rc;
	TRY(account_insert_citizen(c->db, id, S(""), str_trim(email), key, lang_code(lang_of(lang)), c->now, &changed));
	*ret_account = id.v;
	return RC_OK;
}

enum rc account_by_identity(struct ctx *c, struct str identifier, struct str name, enum lang_id lang, int64_t *ret_account)
{
	struct str key = account_identity_key(c, c->arena, identifier);
	struct account_row row;
	enum rc rc = account_find_identity(c->db, key, &row);
	struct account_id id = { id_make() };
	int64_t changed;

	if (rc == RC_OK) {
		*ret_account = row.id.v;
		return str_eq(row.state, S("active")) ? RC_OK : RC_FORBIDDEN;
	}
	if (rc != RC_NOT_FOUND)
		return rc;
	TRY(account_insert_identity(c->db, id, name, key, key_seal(c->arena, c->app->keys, identifier), lang_code(lang_of(lang)), c->now,
				    &changed));
	*ret_account = id.v;
	return RC_OK;
}

enum rc account_add_staff(struct ctx *c, const struct account_staff *s, int64_t *ret_account)
{
	struct account_id id = { id_make() };
	struct str hash = s->password.n ? password_hash(c->arena, s->password) : S("");
	struct str sealed = s->totp_secret.n ? key_seal(c->arena, c->app->keys, s->totp_secret) : S("");
	int64_t changed;

	TRY(account_insert_staff(c->db, id, s->name, s->email, account_email_key(c->arena, s->email), hash, sealed, c->now, &changed));
	for (size_t i = 0; i < s->n_roles; i++)
		TRY(staff_role_insert(c->db, (struct staff_role_id){ id_make() }, id, s->body, str_of(role_name(s->roles[i])), c->now,
				      &changed));
	*ret_account = id.v;
	return RC_OK;
}

enum rc account_works_in(struct ctx *c, int64_t account, int64_t body, bool *ret)
{
	int64_t n;

	TRY(staff_works_in(c->db, (struct account_id){ account }, body, &n));
	*ret = n > 0;
	return RC_OK;
}

static struct str totp_at(struct arena *a, struct str secret, int64_t step)
{
	char *code = arena_alloc(a, 8);

	if (oath_totp_generate(secret.p, secret.n, (time_t)(step * TOTP_STEP_SEC), TOTP_STEP_SEC, 0, 6, code) != OATH_OK)
		return S("");
	return str_of(code);
}

struct str account_totp_now(struct arena *a, struct str secret, struct when now)
{
	return totp_at(a, secret, now.us / WHEN_SECOND / TOTP_STEP_SEC);
}

int64_t account_totp_step(struct arena *a, struct str secret, struct str code, struct when now, int64_t last)
{
	int64_t at = now.us / WHEN_SECOND / TOTP_STEP_SEC;

	/* one step either way for clocks that run apart; a used step never again */
	for (int64_t step = at - 1; step <= at + 1; step++)
		if (step > last && same_secret(totp_at(a, secret, step), code))
			return step;
	return 0;
}

int64_t account_wait_sec(int64_t fails, struct when failed, struct when now)
{
	static const int64_t pauses[] = { 0, 0, 0, 0, 0, 30, 60, 300, 900 };
	size_t at = (size_t)(fails < 0 ? 0 : fails) < ARRAY_LEN(pauses) ? (size_t)fails : ARRAY_LEN(pauses) - 1;
	int64_t over = (now.us - failed.us) / WHEN_SECOND;

	return over < pauses[at] ? pauses[at] - over : 0;
}
