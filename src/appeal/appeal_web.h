/* appeal_web.h: pages of an appeal for the person and the public. */
#ifndef APPEAL_APPEAL_WEB_H
#define APPEAL_APPEAL_WEB_H

#include "app/route.h"
#include "appeal/appeal.h"

extern const struct module appeal_module;       /* showing, following, acting on one's own appeal */
extern const struct module appeal_lists_module; /* public list, cabinet, tracking, feeds */

/* The page of an appeal from the root of the site: by receipt when a secret is given. */
struct url appeal_url(struct arena *a, struct str number, struct str secret);

MUST_USE enum rc appeal_search_fill(struct ctx *c, int64_t before, int64_t *ret_next);

#endif
