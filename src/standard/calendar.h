/*
 * calendar.h: working days and deadlines. Pure over the pack's calendar.
 *
 * Counting starts the day after (APPC art. 76(2)); a term that ends on a non-working day ends on the next working day (art. 76(5)); what comes in after
 * office hours or on a day off is registered on the next working day (art. 64). A term ends at the end of its last day.
 */
#ifndef STANDARD_CALENDAR_H
#define STANDARD_CALENDAR_H

#include "standard/pack.h"

struct term {
	int n;
	enum unit unit; /* UNIT_WORKING_DAY, UNIT_DAY, UNIT_MONTH, UNIT_HOUR, UNIT_MINUTE */
};

bool calendar_works(const struct pack *p, struct day d);
/* What makes this day special; NULL for ordinary days. */
const struct special_day *calendar_special(const struct pack *p, struct day d);
struct day calendar_next_working(const struct pack *p, struct day d); /* d itself if it works */
/* d and n working days; n may be negative. */
struct day calendar_add_working(const struct pack *p, struct day d, int n);
/* Working days in (from, to]: what is left until a due day. Negative when to lies before from. */
int calendar_working_between(const struct pack *p, struct day from, struct day to);
bool calendar_office_open(const struct pack *p, struct when w);

/* When it is registered: at once in office hours, else when the office opens next. */
struct when calendar_registration(const struct pack *p, struct when w);
/* Last moment of a term that begins at `from` (hours and minutes run through; days end at 23:59:59). */
struct when calendar_due(const struct pack *p, struct when from, struct term t);
/* The due moment when the clock stood still from `stopped` to `again`: the working days that were left then are left now. */
struct when calendar_due_after_pause(const struct pack *p, struct when due, struct when stopped, struct when again);

/* Day by day, for the page that shows how a deadline came about. */
struct counted_day {
	struct day day;
	bool counts;
	bool works;                     /* a working day; the last one may not count: a term rolled to it */
	int number;                     /* 1 ... n for days that count */
	const struct special_day *why;  /* holiday or swap; NULL: an ordinary day, or a weekend if it does not count */
};
struct counted_days {
	struct counted_day *v;
	size_t n, cap;
	bool beyond_known; /* reaches into years whose calendar is not in the pack yet */
};
struct counted_days calendar_explain(struct arena *a, const struct pack *p, struct when from, struct term t);

#endif
