/* visit_view.h: what the pages of a visit share. Inside of the slice. */
#ifndef RECEPTION_VISIT_VIEW_H
#define RECEPTION_VISIT_VIEW_H

#include "reception/day_view.h"

struct reception_visit_forms {
	struct form_state person, words, advice;
	struct option *bodies;
	size_t n_bodies;
};
struct reception_book_page {
	int64_t visit;
	struct str body;
	struct option *bodies;
	size_t n_bodies;
	struct reception_slot_row_list slots;
	struct reception_head_row_list heads;
};
struct str reception_head_of(const struct view *v, const struct reception_book_page *p, int64_t head);

MUST_USE enum rc reception_own_visit(struct req *rq, struct reception_visit_row *ret);
struct url reception_visit_desk(const struct req *rq, struct reception_visit_id id);
size_t reception_body_options(struct req *rq, int64_t region, int64_t chosen, struct option **ret);

extern const struct module reception_papers_module; /* papers_web.c: protocol, summary, promises */

#endif
