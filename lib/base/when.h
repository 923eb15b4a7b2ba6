/*
 * when.h: moments and days.
 *
 * A moment is microseconds since 1970 in UTC; 0 means "not set". A day is days since 1970-01-01 in
 * the country's zone. The zone comes from the C library's tz database: when_zone() sets TZ once, before
 * any thread starts (ICU's copy in Debian 12 does not know Kazakhstan's change of 1 March 2024).
 */
#ifndef BASE_WHEN_H
#define BASE_WHEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct when {
	int64_t us;
};

struct day {
	int32_t v; /* days since 1970-01-01 */
};

struct civil {
	int year, month, day; /* month 1-12 */
	int hour, minute, second;
	int weekday; /* 1 Monday ... 7 Sunday */
};

#define WHEN_SECOND ((int64_t)1000000)
#define WHEN_MINUTE (60 * WHEN_SECOND)
#define WHEN_HOUR (60 * WHEN_MINUTE)
#define WHEN_DAY (24 * WHEN_HOUR)

/* RC_INVALID if the tz database has no such zone. Call once, before threads. */
MUST_USE enum rc when_zone(const char *name);
struct when when_now(void);      /* the wall clock; rules take struct ctx.now instead */
int64_t when_monotonic_us(void); /* for measuring how long something took */
static inline bool when_set(struct when w)
{
	return w.us != 0;
}
static inline struct when when_add(struct when w, int64_t us)
{
	return (struct when){ w.us + us };
}

struct civil when_civil(struct when w); /* in the country's zone */
/* The moment of a civil time in the country's zone; a time that a change of the clock skips moves forward, of a
 * time that comes twice it is the later. */
struct when when_from_civil(int year, int month, int day, int hour, int minute, int second);
struct day when_day(struct when w);
struct when when_of_day(struct day d, int hour, int minute); /* on that day in the country's zone */
struct when when_end_of_day(struct day d);                   /* 23:59:59 */
int when_offset_sec(struct when w);                          /* east of UTC at that moment */

bool day_from_ymd(int year, int month, int day, struct day *ret); /* false: no such date */
void day_to_ymd(struct day d, int *ret_year, int *ret_month, int *ret_day);
int day_weekday(struct day d); /* 1 Monday ... 7 Sunday */
struct day day_add_months(struct day d, int months); /* 31 January + 1 month = 28 or 29 February */

MUST_USE bool day_parse(struct str s, struct day *ret);   /* YYYY-MM-DD */
MUST_USE bool when_parse(struct str s, struct when *ret); /* RFC 3339, with zone or Z */
struct str day_iso(struct arena *a, struct day d);        /* 2026-11-24 */
struct str when_iso(struct arena *a, struct when w);      /* 2026-11-24T15:04:05+05:00 */
struct str when_iso_exact(struct arena *a, struct when w); /* 2026-11-24T10:04:05.123456Z: when_parse gives the same again */
struct str when_http(struct arena *a, struct when w);     /* Tue, 24 Nov 2026 10:04:05 GMT */

#endif
