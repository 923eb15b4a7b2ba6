/* audit.h: what staff did, kept for good. Written in the transaction of the act. */
#ifndef APP_AUDIT_H
#define APP_AUDIT_H

#include "app/req.h"

MUST_USE enum rc audit(struct req *rq, const char *action, const char *object_kind, int64_t object, struct str detail);

#endif
