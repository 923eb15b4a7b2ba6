#include "standard/worktime.h"

#include <assert.h>

/* No calendar has two years without a working day; past that it is a broken pack. */
#define LOOK_DAYS 730

bool work_day(const struct work_time *w, struct day d)
{
	return w->working(w->calendar, d);
}

bool work_now(const struct work_time *w, struct when t)
{
	struct civil c = when_civil(t);
	int minute = c.hour * 60 + c.minute;

	return work_day(w, when_day(t)) && minute >= w->open_minute && minute < w->close_minute;
}

struct day work_next(const struct work_time *w, struct day d)
{
	for (int i = 0; i < LOOK_DAYS; i++, d.v++)
		if (work_day(w, d))
			return d;
	assert(!"a calendar without working days");
	return d;
}

struct day work_add(const struct work_time *w, struct day from, int64_t n)
{
	int32_t step = n < 0 ? -1 : 1;
	int64_t left = n < 0 ? -n : n, looked = 0;

	while (left > 0) {
		from.v += step;
		assert(++looked < LOOK_DAYS + 3 * (n < 0 ? -n : n));
		if (work_day(w, from))
			left--;
	}
	return from;
}
