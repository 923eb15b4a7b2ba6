/* meeting_find.h: inside of the slice: meetings in the one search. */
#ifndef MEETING_MEETING_FIND_H
#define MEETING_MEETING_FIND_H

#include "meeting/meeting.h"

MUST_USE enum rc meeting_find_again(struct ctx *c, struct meeting_id id);
MUST_USE enum rc meeting_search_fill(struct ctx *c, int64_t before, int64_t *ret_next);

#endif
