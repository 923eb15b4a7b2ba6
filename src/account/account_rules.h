/* account_rules.h: rules of signing in, pure. */
#ifndef ACCOUNT_ACCOUNT_RULES_H
#define ACCOUNT_ACCOUNT_RULES_H

#include "base/str.h"
#include "base/when.h"

#define TOTP_STEP_SEC 30
#define CODE_TRIES_MAX 5
#define CODE_LIFE (15 * WHEN_MINUTE)
#define CODES_PER_HOUR 5 /* one address is not spammed */

/* The time step that the code belongs to, later than `last`; 0: wrong or used (RFC 6238 5.2). */
int64_t account_totp_step(struct arena *a, struct str secret, struct str code, struct when now, int64_t last);
/* Seconds before the next try after so many wrong ones in a row: five are free, then it gets slow, never locked for good. */
int64_t account_wait_sec(int64_t fails, struct when failed, struct when now);

/* RFC 4648 base32 without padding: what authenticator apps want. */
struct str account_base32(struct arena *a, struct str bytes);
/* Is this password in the sorted list of SHA-1 sums (HIBP's form)? An empty path or an unreadable file says no. */
bool account_password_known(const char *list_path, struct str password);

#endif
