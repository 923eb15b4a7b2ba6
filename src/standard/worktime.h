/*
 * worktime.h: working days and hours as the rules see them: a question "is this a working day?" and two minutes of the day. The country's
 * calendar stands behind it; tests put a table there. Pure.
 */
#ifndef STANDARD_WORKTIME_H
#define STANDARD_WORKTIME_H

#include "base/when.h"

struct work_time {
	bool (*working)(const void *calendar, struct day d);
	const void *calendar;
	int open_minute, close_minute; /* of the day; what comes after close counts as the next working day */
};

bool work_day(const struct work_time *w, struct day d);
bool work_now(const struct work_time *w, struct when t);
struct day work_next(const struct work_time *w, struct day d);              /* d itself if it is one */
struct day work_add(const struct work_time *w, struct day from, int64_t n); /* day 1 is the next working day; n < 0: backwards */

#endif
