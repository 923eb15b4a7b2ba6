/* press_view.h: what the pages of the press are drawn from. Inside of the slice. */
#ifndef PRESS_PRESS_VIEW_H
#define PRESS_PRESS_VIEW_H

#include "app/layout/layout.h"
#include "appeal/answer.h"
#include "press/press.h"
#include "standard/pack.h"

/* "/press": what lies ahead, what was said, asked and answered. */
struct press_page {
	struct briefing_row_list ahead, held;
	struct press_public_row_list questions;
	struct press_release_row_list releases, embargoed; /* embargoed: only for the accredited */
	bool accredited;
	const struct pack *pack;
};

struct url press_desk_url(struct arena *a, struct press_question_id id);
/* Keyset over (moment, id), the newest first: "?after=MOMENT-ID". */
void press_before(const struct req *rq, struct when *ret_at, int64_t *ret_id);

/* All bodies, named; chosen by id. */
size_t press_bodies(struct req *rq, int64_t chosen, struct option **ret);
/* The one search. */
MUST_USE enum rc press_find_again(struct ctx *c, struct press_release_id id);
MUST_USE enum rc press_search_fill(struct ctx *c, int64_t before, int64_t *ret_next);

#endif
