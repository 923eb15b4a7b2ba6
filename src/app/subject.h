/* subject.h: what a row of another slice is called and where it stands, by the name of its kind: asked of the module that has registered it. */
#ifndef APP_SUBJECT_H
#define APP_SUBJECT_H

#include "app/route.h"

/* RC_NOT_FOUND: no module knows the kind, or the row is not there. */
MUST_USE enum rc subject_show(struct ctx *c, const struct lang *l, struct str kind, int64_t id, struct subject *ret);
/* To those who wait at that row for what became of a promise; nobody, where the kind knows of none. */
MUST_USE enum rc subject_tell(struct ctx *c, struct str kind, int64_t id, const struct subject_news *n);

#endif
