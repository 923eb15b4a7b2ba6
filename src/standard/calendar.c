#include "standard/calendar.h"

#include "base/vec.h"

#define DAYS_MAX 4000 /* no term of ours is longer than ten years */

const struct special_day *calendar_special(const struct pack *p, struct day d)
{
	size_t low = 0, high = p->n_days;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (p->days[mid].day.v < d.v)
			low = mid + 1;
		else
			high = mid;
	}
	return low < p->n_days && p->days[low].day.v == d.v ? &p->days[low] : NULL;
}

/* The same date in another year, if that year has something special on it of this kind. */
static const struct special_day *same_date(const struct pack *p, int year, int month, int day, enum day_kind kind)
{
	struct day same;

	if (!day_from_ymd(year, month, day, &same))
		return NULL;
	const struct special_day *s = calendar_special(p, same);

	return s && s->kind == kind ? s : NULL;
}

/*
 * Years that the pack does not know yet keep the holidays of the last year that it knows; days off without a transfer only if two years
 * running have them on one date: some of them move with the moon.
 */
static const struct special_day *fixed_holiday(const struct pack *p, struct day d)
{
	int y, month, day, last, unused;

	if (d.v <= p->days_known_to.v)
		return NULL;
	day_to_ymd(d, &y, &month, &day);
	day_to_ymd(p->days_known_to, &last, &unused, &unused);
	const struct special_day *s = same_date(p, last, month, day, DAY_HOLIDAY);

	if (s)
		return s;
	return same_date(p, last - 1, month, day, DAY_OFF) ? same_date(p, last, month, day, DAY_OFF) : NULL;
}

bool calendar_works(const struct pack *p, struct day d)
{
	const struct special_day *s = calendar_special(p, d);

	if (s)
		return s->kind == DAY_SWAP_WORKED;
	return !(p->weekend >> day_weekday(d) & 1) && !fixed_holiday(p, d);
}

struct day calendar_next_working(const struct pack *p, struct day d)
{
	for (int i = 0; i < DAYS_MAX && !calendar_works(p, d); i++)
		d.v++;
	return d;
}

struct day calendar_add_working(const struct pack *p, struct day d, int n)
{
	int step = n < 0 ? -1 : 1;

	for (int i = 0; i < DAYS_MAX && n != 0; i++) {
		d.v += step;
		if (calendar_works(p, d))
			n -= step;
	}
	return d;
}

int calendar_working_between(const struct pack *p, struct day from, struct day to)
{
	int n = 0;

	for (struct day d = from; d.v < to.v && n < DAYS_MAX;) {
		d.v++;
		n += calendar_works(p, d);
	}
	for (struct day d = to; d.v < from.v && n > -DAYS_MAX;) {
		d.v++;
		n -= calendar_works(p, d);
	}
	return n;
}

bool calendar_office_open(const struct pack *p, struct when w)
{
	struct civil c = when_civil(w);
	int at = c.hour * 60 + c.minute;
	bool lunch = at >= p->lunch_from && at < p->lunch_to;

	return calendar_works(p, when_day(w)) && at >= p->office_from && at < p->office_to && !lunch;
}

struct when calendar_registration(const struct pack *p, struct when w)
{
	struct civil c = when_civil(w);
	struct day d = when_day(w);
	int at = c.hour * 60 + c.minute;

	if (calendar_works(p, d) && at < p->office_to)
		return at >= p->office_from ? w : when_of_day(d, p->office_from / 60, p->office_from % 60);
	d.v++;
	return when_of_day(calendar_next_working(p, d), p->office_from / 60, p->office_from % 60);
}

/* The day on which the count ends, before a day off moves it. Hours and minutes: the day of their last moment. */
static struct day last_counted(const struct pack *p, struct when from, struct term t)
{
	struct day d = when_day(from);

	switch (t.unit) {
	case UNIT_HOUR:
		return when_day(when_add(from, t.n * WHEN_HOUR));
	case UNIT_MINUTE:
		return when_day(when_add(from, t.n * WHEN_MINUTE));
	case UNIT_DAY:
		return (struct day){ d.v + t.n };
	case UNIT_MONTH:
		return day_add_months(d, t.n);
	case UNIT_WORKING_DAY:
	case UNIT_PERCENT:
	case UNIT_COUNT:
		break;
	}
	return calendar_add_working(p, d, t.n);
}

struct when calendar_due(const struct pack *p, struct when from, struct term t)
{
	if (t.unit == UNIT_HOUR)
		return when_add(from, t.n * WHEN_HOUR);
	if (t.unit == UNIT_MINUTE)
		return when_add(from, t.n * WHEN_MINUTE);
	return when_end_of_day(calendar_next_working(p, last_counted(p, from, t)));
}

struct when calendar_due_after_pause(const struct pack *p, struct when due, struct when stopped, struct when again)
{
	int left = calendar_working_between(p, when_day(stopped), when_day(due));

	return when_end_of_day(calendar_next_working(p, calendar_add_working(p, when_day(again), left > 1 ? left : 1)));
}

struct counted_days calendar_explain(struct arena *a, const struct pack *p, struct when from, struct term t)
{
	struct counted_days days = { 0 };
	struct day d = when_day(from), last = last_counted(p, from, t), end = when_day(calendar_due(p, from, t));
	int number = 0;

	for (d.v++; d.v <= end.v && days.n < DAYS_MAX; d.v++) {
		struct counted_day *c = VEC_ADD(a, &days);
		bool works = calendar_works(p, d);

		c->day = d;
		c->works = works;
		/* behind the last day that counts the term rolls over days off to a working day, which does not count either */
		c->counts = d.v <= last.v && (t.unit != UNIT_WORKING_DAY || works);
		c->why = calendar_special(p, d);
		if (!c->why)
			c->why = fixed_holiday(p, d);
		if (c->counts)
			c->number = ++number;
		days.beyond_known = days.beyond_known || d.v > p->days_known_to.v;
	}
	return days;
}
