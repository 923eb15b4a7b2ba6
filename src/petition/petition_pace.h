/*
 * petition_pace.h: how fast signatures came. An hour is unusual when it has at least `least` signatures and at least `times` as many as the median of the
 * hours around it (half a day before, half a day after, the hour itself left out; at least 1). The numbers are clauses and stand on the page.
 */
#ifndef PETITION_PETITION_PACE_H
#define PETITION_PETITION_PACE_H

#include "petition/petition.h"

#define PETITION_AROUND 12 /* hours on each side */

struct petition_pace {
	int64_t from;     /* hour since 1970 of the first */
	int64_t *n;       /* signatures by hour, oldest first */
	int64_t *usual;   /* median around it */
	bool *unusual;
	size_t hours, n_unusual;
	int64_t max, median, times, least;
};
/* Pure: fills usual, unusual, n_unusual, max, median from n. */
void petition_pace_judge(struct petition_pace *p, struct arena *a);
/* The hours of a petition, up to its end or now: the last `hours`, 0: all. region 0: all regions. */
MUST_USE enum rc petition_pace_load(struct ctx *c, const struct petition_row *row, int64_t region, int64_t hours, struct petition_pace *ret);

#endif
