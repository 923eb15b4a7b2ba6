/*
 * role.h: who may. A person is a guest, a citizen or a member of staff; staff roles are held per body.
 * Routes name the least they ask for as a set of bits; dispatch enforces it. Objects are checked by the slice's own *_may_* rule.
 */
#ifndef APP_ROLE_H
#define APP_ROLE_H

#include <stdbool.h>
#include <stdint.h>

enum role {
	ROLE_GUEST, ROLE_CITIZEN, ROLE_REGISTRAR, ROLE_HEAD, ROLE_EXECUTOR, ROLE_COEXECUTOR, ROLE_APPROVER, ROLE_SIGNER,
	ROLE_CONTROLLER, ROLE_MODERATOR, ROLE_ANALYST, ROLE_OPERATOR, ROLE_ADMIN, ROLE_PRESS,
	ROLE_N
};

#define BIT(role) (1u << (role))
#define ANYONE 0xffffffffu /* guests too */
#define SIGNED_IN (ANYONE & ~BIT(ROLE_GUEST))
#define CITIZEN BIT(ROLE_CITIZEN)
#define STAFF (SIGNED_IN & ~BIT(ROLE_CITIZEN))
#define DESK (BIT(ROLE_REGISTRAR) | BIT(ROLE_HEAD) | BIT(ROLE_EXECUTOR) | BIT(ROLE_COEXECUTOR) | BIT(ROLE_APPROVER) | \
	      BIT(ROLE_SIGNER) | BIT(ROLE_CONTROLLER))
#define API_CLIENT 0x80000000u /* not a role: a request with an API key */
/* Nor this: an administrator of the body that runs the site (pack.yaml: site_body) sees what belongs to no body: jobs, programs, letters that came back. */
#define SITE_ADMIN 0x40000000u

/* Who makes this request. Filled by the session; a guest is all zero but roles = BIT(ROLE_GUEST). */
struct actor {
	int64_t account;  /* struct account_id.v, 0: guest */
	int64_t session;
	unsigned roles;   /* staff: those in body; what is held in other bodies waits until the actor works there */
	int64_t body;     /* staff: the body they work in just now (chosen at sign-in), 0 otherwise */
};

const char *role_name(enum role r); /* "registrar": for data, logs and the matrix */
bool role_by_name(const char *name, enum role *ret);

#endif
