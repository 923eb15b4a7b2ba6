/*
 * account.h: who people are. A citizen signs in with a code sent by mail or with an identity that a provider has verified; an official with
 * password and one-time code. The personal identifier (IIN) is kept as a keyed hash for uniqueness and sealed for the body that must answer.
 */
#ifndef ACCOUNT_ACCOUNT_H
#define ACCOUNT_ACCOUNT_H

#include "app/route.h"

/* Account of a citizen by address, made if there is none. Inside a write transaction. */
MUST_USE enum rc account_by_mail(struct ctx *c, struct str email, enum lang_id lang, int64_t *ret_account);
/* Account by a verified identifier, made if there is none. */
MUST_USE enum rc account_by_identity(struct ctx *c, struct str identifier, struct str name, enum lang_id lang, int64_t *ret_account);

struct account_staff {
	struct str name, email, password, totp_secret; /* secret: 20 raw bytes; both empty: invited, joins by link */
	int64_t body;
	const enum role *roles;
	size_t n_roles;
};
/* A member of staff; RC_DUPLICATE when the address is taken. password is hashed here: slow, for commands and jobs only. */
MUST_USE enum rc account_add_staff(struct ctx *c, const struct account_staff *s, int64_t *ret_account);

/* Whether this is somebody of that body who may sign in. */
MUST_USE enum rc account_works_in(struct ctx *c, int64_t account, int64_t body, bool *ret);

/* Keyed hash of an identifier as rows hold it, and the folded form of an address. */
struct str account_identity_key(const struct ctx *c, struct arena *a, struct str identifier);
struct str account_email_key(struct arena *a, struct str email);
/* RFC 6238 code right now (SHA-1, 6 digits, 30 s), for demonstration sign-ins and tests. */
struct str account_totp_now(struct arena *a, struct str secret, struct when now);

extern const struct module account_module; /* citizens */
extern const struct module settings_module; /* what everybody sets for themselves; another address; devices */
extern const struct module staff_module;   /* officials: sign-in, joining, choice of body */
extern const struct module admin_module;   /* people, jobs, keys */

#endif
