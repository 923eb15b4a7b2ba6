/*
 * rate.h: how often one address may do what. Two windows per class: a short one against bursts, a long one against patience.
 * IPv6 is counted by /64. Addresses on the allow list are not counted.
 */
#ifndef APP_RATE_H
#define APP_RATE_H

#include "app/route.h"

struct rate_limiter;

MUST_USE enum rc rate_make(struct arena *start, struct str allow, bool off, struct rate_limiter **ret);
/* 0: go on; otherwise the seconds to wait (for Retry-After). */
unsigned rate_hit(struct rate_limiter *r, enum rate class, const struct http_address *from, int64_t now_us);

#endif
