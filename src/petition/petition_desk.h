/* petition_desk.h: what officials have before them: the queue of moderators, the sheet of one petition. */
#ifndef PETITION_PETITION_DESK_H
#define PETITION_PETITION_DESK_H

#include "petition/petition_pages.h"
#include "standard/duty.h"

struct petition_queue {
	struct petition_wait_row_list l;
	struct petition_contest_row_list contested;
	struct petition_line_list open;
	struct petition_delay delay;
	struct recount_row recount;
	bool counted;
	int64_t bands[3]; /* in the first half of the term, in the second, over it */
	struct str older;
	int64_t me; /* who looks: another decides on objections to what they refused */
};
struct petition_sheet {
	struct option *grounds, *points, *stops;
	size_t n_grounds, n_points, n_stops;
	struct duty_row_list duties;
	struct form_state *measure; /* a promise to add */
	bool staff, keeper;
	bool own_refusal; /* another moderator decides */
};
struct str petition_duty_name(const struct lang *l, struct str kind);
struct url petition_desk_url(struct req *rq, int64_t id);
/* A petition for whoever works on it: moderators and the body it is addressed to; RC_NOT_FOUND else. */
MUST_USE enum rc petition_desk_load(struct req *rq, struct petition_page *ret);
/* After a POST: errors as of the form as a whole, else back to the sheet. */
MUST_USE enum rc petition_desk_done(struct req *rq, enum rc rc, struct url to);

#endif
