/*
 * once.h: a write that is sent twice gives the same answer twice and happens once. The key is the form's own (_key), or the
 * Idempotency-Key header of the API (draft-ietf-httpapi-idempotency-key-header), together with who sends it and where to.
 */
#ifndef APP_ONCE_H
#define APP_ONCE_H

#include "app/req.h"

/* *ret_answered: this was done before, the response says again what it said then. */
MUST_USE enum rc once_recall(struct req *rq, bool *ret_answered);
MUST_USE enum rc once_keep(struct req *rq);
/* For routes with own_key, whose rows keep it themselves: a number of this request's key, 0 when it has none. */
int64_t once_number(const struct req *rq);

#endif
