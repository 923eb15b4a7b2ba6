#include "base/test.h"
#include "channel/feed.h"

static struct out event(struct arena *a, const struct ical_event *e)
{
	struct out o = OUT_ON(a);

	ical_begin(&o, S(""));
	ical_add(&o, e);
	ical_end(&o);
	return o;
}

static bool has(const struct out *o, struct str s)
{
	return str_find(out_done(o), s, 0) != SIZE_MAX;
}

TEST(a_moment_stands_in_utc_and_a_day_stands_alone)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct when starts = when_from_civil(2026, 3, 2, 15, 0, 0);
	struct ical_event e = { .uid = S("x@jauap"), .title = S("T"), .starts = starts, .ends = when_add(starts, WHEN_HOUR), .made = starts };
	struct out o = event(&a, &e);
	struct day d;

	CHECK(day_from_ymd(2026, 3, 2, &d));
	CHECK(has(&o, S("DTSTART:20260302T")) && has(&o, S("00Z\r\n")) && has(&o, S("DTEND:20260302T")));
	e = (struct ical_event){ .uid = S("x@jauap"), .title = S("T"), .day = d, .made = starts, .shows_free = true };
	o = event(&a, &e);
	CHECK(has(&o, S("DTSTART;VALUE=DATE:20260302\r\n")) && has(&o, S("TRANSP:TRANSPARENT\r\n")) && !has(&o, S("DTEND")));
}

TEST(text_is_escaped_and_no_line_is_longer_than_75_octets_or_cuts_a_letter)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct ical_event e = { .uid = S("x@jauap"), .day = { 1 }, .where = S("a, b; c\\d\r\ne"),
				.title = S("Әкімнің азаматтарды жеке қабылдауы, екінші қабат, он бесінші кабинет, ғимараттың сол жағы, қоңырау шалыңыз") };
	struct out o = event(&a, &e);
	struct str rest = out_done(&o), one;

	CHECK(has(&o, S("LOCATION:a\\, b\\; c\\\\d\\ne\r\n")));
	while (str_cut(&rest, '\n', &one)) {
		CHECK(one.n <= 76); /* with its \r */
		CHECK(one.n < 2 || one.p[0] != ' ' || ((unsigned char)one.p[1] & 0xc0) != 0x80);
	}
}

TESTS("ical", T(a_moment_stands_in_utc_and_a_day_stands_alone), T(text_is_escaped_and_no_line_is_longer_than_75_octets_or_cuts_a_letter))
