#include "base/when.h"

#include <stdlib.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static uint32_t zone_number; /* of the zone that is set: what was kept of one before is not asked */

enum rc when_zone(const char *name)
{
	char path[256];
	int n = snprintf(path, sizeof(path), "/usr/share/zoneinfo/%s", name);

	if (n < 0 || (size_t)n >= sizeof(path) || strstr(name, "..") || access(path, R_OK) != 0)
		return RC_INVALID;
	if (setenv("TZ", name, 1) != 0)
		return RC_INTERNAL;
	tzset();
	zone_number++;
	return RC_OK;
}

struct when when_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (struct when){ t.tv_sec * WHEN_SECOND + t.tv_nsec / 1000 };
}

int64_t when_monotonic_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * WHEN_SECOND + t.tv_nsec / 1000;
}

static int64_t floor_div(int64_t a, int64_t b)
{
	int64_t q = a / b;

	return q - (a % b < 0);
}

/* Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (public domain). */
static int64_t days_from_civil(int y, int m, int d)
{
	y -= m <= 2;
	int era = (y >= 0 ? y : y - 399) / 400;
	int yoe = y - era * 400;
	int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return era * 146097 + doe - 719468;
}

static int offset_at(int64_t sec)
{
	time_t t = (time_t)sec;
	struct tm tm = { 0 };

	localtime_r(&t, &tm);
	return (int)tm.tm_gmtoff;
}

/*
 * localtime_r() takes a lock and computes all of a date; a filing asks for some twenty moments, most of them of the same few quarters of an hour.
 * A quarter that begins and ends with one offset has it throughout.
 */
int when_offset_sec(struct when w)
{
	static _Thread_local struct {
		int64_t quarter;
		uint32_t zone;
		int offset;
	} kept[64];
	int64_t sec = floor_div(w.us, WHEN_SECOND), quarter = floor_div(sec, 900);
	size_t i = (uint64_t)quarter * 0x9e3779b97f4a7c15u >> 58;

	if (kept[i].quarter == quarter && kept[i].zone == zone_number && zone_number)
		return kept[i].offset;
	int first = offset_at(quarter * 900);

	if (first != offset_at(quarter * 900 + 899))
		return offset_at(sec);
	kept[i].quarter = quarter;
	kept[i].zone = zone_number;
	return kept[i].offset = first;
}

struct civil when_civil(struct when w)
{
	int64_t sec = floor_div(w.us, WHEN_SECOND) + when_offset_sec(w);
	struct day day = { (int32_t)floor_div(sec, 86400) };
	int rest = (int)(sec - (int64_t)day.v * 86400);
	struct civil c = { .hour = rest / 3600, .minute = rest / 60 % 60, .second = rest % 60, .weekday = day_weekday(day) };

	day_to_ymd(day, &c.year, &c.month, &c.day);
	return c;
}

/* mktime() will not do: where the clock was turned back, its answer depends on what it was asked before. */
struct when when_from_civil(int year, int month, int day, int hour, int minute, int second)
{
	int64_t as_utc = (days_from_civil(year, month, day) * 86400 + hour * 3600 + minute * 60 + second) * WHEN_SECOND;
	int before = when_offset_sec((struct when){ as_utc - WHEN_DAY }), after = when_offset_sec((struct when){ as_utc + WHEN_DAY });
	struct when later = { as_utc - after * WHEN_SECOND }, earlier = { as_utc - before * WHEN_SECOND };

	/* of two moments with one name the later: a day ends once. Of none, the one behind the gap. */
	return when_offset_sec(later) == after ? later : earlier;
}

struct day when_day(struct when w)
{
	return (struct day){ (int32_t)floor_div(floor_div(w.us, WHEN_SECOND) + when_offset_sec(w), 86400) };
}

struct when when_of_day(struct day d, int hour, int minute)
{
	int y, m, dd;

	day_to_ymd(d, &y, &m, &dd);
	return when_from_civil(y, m, dd, hour, minute, 0);
}

struct when when_end_of_day(struct day d)
{
	return when_add(when_of_day(d, 23, 59), 59 * WHEN_SECOND);
}

void day_to_ymd(struct day d, int *ret_year, int *ret_month, int *ret_day)
{
	int z = d.v + 719468;
	int era = (z >= 0 ? z : z - 146096) / 146097;
	int doe = z - era * 146097;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int mp = (5 * doy + 2) / 153;
	int m = mp + (mp < 10 ? 3 : -9);

	*ret_day = doy - (153 * mp + 2) / 5 + 1;
	*ret_month = m;
	*ret_year = yoe + era * 400 + (m <= 2);
}

bool day_from_ymd(int year, int month, int day, struct day *ret)
{
	if (year < 1800 || year > 2999 || month < 1 || month > 12 || day < 1 || day > 31)
		return false;
	struct day d = { (int32_t)days_from_civil(year, month, day) };
	int y, m, dd;

	day_to_ymd(d, &y, &m, &dd);
	if (m != month || dd != day)
		return false;
	*ret = d;
	return true;
}

int day_weekday(struct day d)
{
	int w = (d.v + 3) % 7; /* 1970-01-01 was a Thursday */

	return (w < 0 ? w + 7 : w) + 1;
}

struct day day_add_months(struct day d, int months)
{
	int y, m, dd;

	day_to_ymd(d, &y, &m, &dd);
	int at = y * 12 + m - 1 + months;
	struct day r = d;

	for (; dd > 0; dd--)
		if (day_from_ymd(at / 12, at % 12 + 1, dd, &r))
			break;
	return r;
}

static bool digits(struct str s, size_t at, size_t n, int *ret)
{
	int64_t v;

	if (at + n > s.n || s.p[at] == '-' || !str_to_i64(str_sub(s, at, n), &v))
		return false;
	*ret = (int)v;
	return true;
}

bool day_parse(struct str s, struct day *ret)
{
	int y, m, d;

	return s.n == 10 && s.p[4] == '-' && s.p[7] == '-' && digits(s, 0, 4, &y) &&
	       digits(s, 5, 2, &m) && digits(s, 8, 2, &d) && day_from_ymd(y, m, d, ret);
}

static bool zone_parse(struct str s, int *ret_sec)
{
	int h, m;

	if (s.n == 1 && (s.p[0] == 'Z' || s.p[0] == 'z')) {
		*ret_sec = 0;
		return true;
	}
	if (s.n != 6 || (s.p[0] != '+' && s.p[0] != '-') || s.p[3] != ':' || !digits(s, 1, 2, &h) ||
	    !digits(s, 4, 2, &m) || h > 18 || m > 59)
		return false;
	*ret_sec = (s.p[0] == '-' ? -1 : 1) * (h * 3600 + m * 60);
	return true;
}

bool when_parse(struct str s, struct when *ret)
{
	struct day d;
	int h, m, sec, zone;
	int64_t part = WHEN_SECOND, fraction = 0;
	size_t at = 19;

	if (s.n < 20 || s.n > 40 || !day_parse(str_sub(s, 0, 10), &d) ||
	    (s.p[10] != 'T' && s.p[10] != 't' && s.p[10] != ' ') || s.p[13] != ':' || s.p[16] != ':' ||
	    !digits(s, 11, 2, &h) || !digits(s, 14, 2, &m) || !digits(s, 17, 2, &sec) || h > 23 ||
	    m > 59 || sec > 60)
		return false;
	if (s.p[at] == '.')
		for (at++; at < s.n && s.p[at] >= '0' && s.p[at] <= '9'; at++)
			fraction += (s.p[at] - '0') * (part /= 10);
	if (!zone_parse(str_from(s, at), &zone))
		return false;
	*ret = (struct when){ ((int64_t)d.v * 86400 + h * 3600 + m * 60 + sec - zone) * WHEN_SECOND + fraction };
	return true;
}

/* Two digits and what stands behind them; printf() takes ten times as long, and every row shown has a date. */
static char *two(char *p, int v, char behind)
{
	p[0] = (char)('0' + v / 10 % 10);
	p[1] = (char)('0' + v % 10);
	p[2] = behind;
	return p + 3;
}

static char *put_day(char *p, int y, int m, int d, char behind)
{
	if (y < 0 || y > 9999)
		y = 9999; /* no day of ours */
	p = two(p, y / 100, '-') - 1;
	p = two(p, y % 100, '-');
	return two(two(p, m, '-'), d, behind);
}

struct str day_iso(struct arena *a, struct day d)
{
	char buf[12];
	int y, m, dd;

	day_to_ymd(d, &y, &m, &dd);
	return str_dup(a, (struct str){ buf, (size_t)(put_day(buf, y, m, dd, 0) - buf) - 1 });
}

struct str when_iso(struct arena *a, struct when w)
{
	struct civil c = when_civil(w);
	int off = when_offset_sec(w), abs = off < 0 ? -off : off;
	char buf[32], *p = buf;

	p = put_day(p, c.year, c.month, c.day, 'T');
	p = two(two(two(p, c.hour, ':'), c.minute, ':'), c.second, off < 0 ? '-' : '+');
	p = two(two(p, abs / 3600, ':'), abs / 60 % 60, 0);
	return str_dup(a, (struct str){ buf, (size_t)(p - buf) - 1 });
}

struct str when_iso_exact(struct arena *a, struct when w)
{
	struct day d = { (int32_t)floor_div(w.us, WHEN_DAY) };
	int64_t rest = w.us - (int64_t)d.v * WHEN_DAY;

	return str_fmt(a, "%.*sT%02d:%02d:%02d.%06dZ", STR_FMT(day_iso(a, d)), (int)(rest / WHEN_HOUR), (int)(rest / WHEN_MINUTE % 60),
		       (int)(rest / WHEN_SECOND % 60), (int)(rest % WHEN_SECOND));
}

struct str when_http(struct arena *a, struct when w)
{
	static const char *const wd[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	static const char *const mn[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
					  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	int64_t sec = floor_div(w.us, WHEN_SECOND);
	struct day d = { (int32_t)floor_div(sec, 86400) };
	int rest = (int)(sec - (int64_t)d.v * 86400), y, m, dd;

	day_to_ymd(d, &y, &m, &dd);
	return str_fmt(a, "%s, %02d %s %04d %02d:%02d:%02d GMT", wd[day_weekday(d) - 1], dd, mn[m - 1], y,
		       rest / 3600, rest / 60 % 60, rest % 60);
}
