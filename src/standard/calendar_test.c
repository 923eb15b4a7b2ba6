/* Deadlines: the vectors of the Kazakhstan pack, every day of five years, and the borders of the calendar. */
#include "standard/calendar.h"

#include <stdlib.h>

#include "base/test.h"
#include "standard/csv.h"
#include "standard/test_pack.h"

static struct day on(const char *iso)
{
	struct day d;

	assert_true(day_parse(str_of(iso), &d));
	return d;
}

static struct when at(const char *iso, int hour, int minute)
{
	return when_of_day(on(iso), hour, minute);
}

static void check_day(struct day is, const char *want)
{
	struct arena a CLEANUP(arena_end) = { 0 };

	CHECK_STR(day_iso(&a, is), str_of(want));
}

static void due(const struct pack *p, const char *from, int n, enum unit unit, const char *want)
{
	struct when w = calendar_due(p, at(from, 10, 0), (struct term){ n, unit });

	check_day(when_day(w), want);
	CHECK_INT(w.us, when_end_of_day(on(want)).us);
}

static void open_data(struct csv *c, struct arena *a, const char *name, size_t columns)
{
	assert_int_equal(csv_open(c, a, test_file(a, str_fmt(a, SOURCE_ROOT "/tests/data/%s", name).p), ','), RC_OK);
	assert_int_equal(c->n_columns, columns);
}

static int number(struct str s)
{
	int64_t v = -1;

	CHECK(str_to_i64(s, &v));
	return (int)v;
}

TEST(the_published_deadlines_come_out)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	const struct pack *p = test_pack(&a, "country/kz");
	struct csv c;
	struct str row[CSV_COLUMNS_MAX];
	int n = 0;

	open_data(&c, &a, "kz_deadline_vectors.csv", 4);
	for (; csv_row(&c, row) == RC_OK; n++)
		due(p, str_z(&a, row[0]), number(row[1]), UNIT_WORKING_DAY, str_z(&a, row[2]));
	CHECK_INT(n, 16);
}

TEST(every_day_of_five_years_works_or_not)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	const struct pack *p = test_pack(&a, "country/kz");
	struct csv c;
	struct str row[CSV_COLUMNS_MAX];
	int n = 0;

	open_data(&c, &a, "kz_working_days.csv", 3);
	for (; csv_row(&c, row) == RC_OK; n++) {
		struct day d = on(str_z(&a, row[0]));

		if (calendar_works(p, d) != str_eq(row[2], S("1")))
			fail_msg("%.*s", STR_FMT(row[0]));
		CHECK_INT(day_weekday(d), number(row[1]));
	}
	CHECK_INT(n, 1826);
}

TEST(calendar_days_and_months_roll_off_days_off)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	const struct pack *p = test_pack(&a, "country/kz");

	due(p, "2026-02-02", 15, UNIT_DAY, "2026-02-17");
	due(p, "2026-02-06", 15, UNIT_DAY, "2026-02-23");  /* 21 February is a Saturday */
	due(p, "2026-03-06", 15, UNIT_DAY, "2026-03-26");  /* into the five days of Nauryz */
	due(p, "2026-01-31", 1, UNIT_MONTH, "2026-03-02"); /* 28 February is a Saturday */
	due(p, "2024-01-31", 1, UNIT_MONTH, "2024-02-29"); /* a leap day that works */
	due(p, "2024-02-28", 1, UNIT_WORKING_DAY, "2024-02-29");
	due(p, "2024-02-28", 1, UNIT_DAY, "2024-02-29");
	due(p, "2026-10-31", 2, UNIT_MONTH, "2026-12-31");
	due(p, "2026-12-31", 1, UNIT_WORKING_DAY, "2027-01-05"); /* New Year, its Saturday moved to Monday */
	due(p, "2026-12-31", 0, UNIT_WORKING_DAY, "2026-12-31");
	due(p, "2026-02-07", 0, UNIT_WORKING_DAY, "2026-02-09");
}

TEST(hours_run_through_nights_and_days_off)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	const struct pack *p = test_pack(&a, "country/kz");
	struct when from = at("2026-03-20", 18, 0);

	CHECK_INT(calendar_due(p, from, (struct term){ 24, UNIT_HOUR }).us, at("2026-03-21", 18, 0).us);
	CHECK_INT(calendar_due(p, from, (struct term){ 90, UNIT_MINUTE }).us, at("2026-03-20", 19, 30).us);
}

TEST(after_hours_and_on_days_off_registration_waits_for_the_office)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	const struct pack *p = test_pack(&a, "country/kz");
	static const struct { const char *day; int hour, minute; const char *want; int want_hour, want_minute; } cases[] = {
		{ "2026-02-02", 10, 15, "2026-02-02", 10, 15 },
		{ "2026-02-02", 13, 30, "2026-02-02", 13, 30 }, /* lunch does not stop the counter */
		{ "2026-02-02", 18, 29, "2026-02-02", 18, 29 },
		{ "2026-02-02", 18, 30, "2026-02-03", 9, 0 },
		{ "2026-02-02", 23, 59, "2026-02-03", 9, 0 },
		{ "2026-02-03", 0, 0, "2026-02-03", 9, 0 },     /* midnight in Almaty is 19:00 of the day before in UTC */
		{ "2026-02-06", 19, 0, "2026-02-09", 9, 0 },
		{ "2026-03-20", 20, 0, "2026-03-26", 9, 0 },    /* Nauryz and its two moved days */
		{ "2025-01-03", 12, 0, "2025-01-05", 9, 0 },    /* a Friday off for a Sunday that works */
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct when w = calendar_registration(p, at(cases[i].day, cases[i].hour, cases[i].minute));

		CHECK_INT(w.us, at(cases[i].want, cases[i].want_hour, cases[i].want_minute).us);
	}
}

TEST(the_office_is_closed_at_lunch_at_night_and_on_days_off)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	const struct pack *p = test_pack(&a, "country/kz");

	CHECK(!calendar_office_open(p, at("2026-02-02", 8, 59)));
	CHECK(calendar_office_open(p, at("2026-02-02", 9, 0)));
	CHECK(calendar_office_open(p, at("2026-02-02", 12, 59)));
	CHECK(!calendar_office_open(p, at("2026-02-02", 13, 0)));
	CHECK(!calendar_office_open(p, at("2026-02-02", 14, 29)));
	CHECK(calendar_office_open(p, at("2026-02-02", 14, 30)));
	CHECK(!calendar_office_open(p, at("2026-02-02", 18, 30)));
	CHECK(!calendar_office_open(p, at("2026-02-07", 11, 0)));
	CHECK(calendar_office_open(p, at("2024-05-04", 11, 0)));  /* a Saturday that works */
	CHECK(!calendar_office_open(p, at("2024-05-08", 11, 0))); /* for this Wednesday */
}

TEST(a_change_of_the_zone_shifts_no_deadline)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	const struct pack *p = test_pack(&a, "country/kz");
	struct when from = at("2024-02-29", 10, 0);
	struct when end = calendar_due(p, from, (struct term){ 1, UNIT_WORKING_DAY });

	CHECK_INT(when_offset_sec(from), 6 * 3600);
	CHECK_INT(when_offset_sec(end), 5 * 3600); /* from 1 March 2024 */
	struct civil c = when_civil(end);

	CHECK(c.month == 3 && c.day == 1 && c.hour == 23 && c.minute == 59 && c.second == 59);
	/* 29 February had 25 hours: at midnight the clocks went back to 23:00 */
	CHECK_INT(when_end_of_day(on("2024-02-29")).us - when_end_of_day(on("2024-02-28")).us, 25 * WHEN_HOUR);
	CHECK_INT(end.us - when_end_of_day(on("2024-02-29")).us, WHEN_DAY);
	CHECK(calendar_office_open(p, when_from_civil(2024, 3, 1, 9, 0, 0)));
}

TEST(working_days_between_two_days_count_both_ways)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	const struct pack *p = test_pack(&a, "country/kz");

	CHECK_INT(calendar_working_between(p, on("2026-03-06"), on("2026-04-02")), 15);
	CHECK_INT(calendar_working_between(p, on("2026-04-02"), on("2026-03-06")), -15);
	CHECK_INT(calendar_working_between(p, on("2026-03-20"), on("2026-03-25")), 0);
	CHECK_INT(calendar_working_between(p, on("2026-03-06"), on("2026-03-06")), 0);
	check_day(calendar_add_working(p, on("2026-03-12"), -3), "2026-03-06");
	for (int n = 1; n < 300; n++) {
		struct day end = calendar_add_working(p, on("2025-12-25"), n);

		CHECK(calendar_works(p, end));
		CHECK_INT(calendar_working_between(p, on("2025-12-25"), end), n);
		CHECK_INT(calendar_add_working(p, end, -n).v, on("2025-12-25").v);
	}
}

TEST(a_pause_gives_back_the_working_days_that_were_left)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	const struct pack *p = test_pack(&a, "country/kz");
	struct when end = calendar_due(p, at("2026-03-02", 10, 0), (struct term){ 15, UNIT_WORKING_DAY });

	check_day(when_day(end), "2026-03-27");
	/* stopped on 13 March with 7 working days left, through Nauryz, on again on 27 March */
	CHECK_INT(calendar_working_between(p, on("2026-03-13"), on("2026-03-27")), 7);
	check_day(when_day(calendar_due_after_pause(p, end, at("2026-03-13", 15, 0), at("2026-03-27", 9, 0))), "2026-04-07");
	/* on again the same day: nothing is won or lost */
	CHECK_INT(calendar_due_after_pause(p, end, at("2026-03-13", 9, 0), at("2026-03-13", 18, 0)).us, end.us);
	/* on again on a day off: counts from the next working day on */
	check_day(when_day(calendar_due_after_pause(p, end, at("2026-03-26", 9, 0), at("2026-04-04", 12, 0))), "2026-04-06");
	/* a term that was over leaves one working day to answer in */
	check_day(when_day(calendar_due_after_pause(p, end, at("2026-03-30", 9, 0), at("2026-04-01", 12, 0))), "2026-04-02");
}

static struct counted_days explain(struct arena *a, const struct pack *p, const char *from, int n, enum unit unit)
{
	struct term t = { n, unit };
	struct counted_days days = calendar_explain(a, p, at(from, 10, 0), t);

	assert_true(days.n > 0);
	CHECK_INT(days.v[0].day.v, on(from).v + 1);
	CHECK_INT(days.v[days.n - 1].day.v, when_day(calendar_due(p, at(from, 10, 0), t)).v);
	return days;
}

TEST(the_explanation_names_what_was_passed_over)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	const struct pack *p = test_pack(&a, "country/kz");
	struct counted_days d = explain(&a, p, "2026-03-19", 5, UNIT_WORKING_DAY);
	static const struct { int number; bool works; enum day_kind kind; } want[] = {
		{ 1, true, DAY_ORDINARY },     { 0, false, DAY_HOLIDAY },     { 0, false, DAY_HOLIDAY }, { 0, false, DAY_HOLIDAY },
		{ 0, false, DAY_TRANSFERRED }, { 0, false, DAY_TRANSFERRED }, { 2, true, DAY_ORDINARY }, { 3, true, DAY_ORDINARY },
		{ 0, false, DAY_ORDINARY },    { 0, false, DAY_ORDINARY },    { 4, true, DAY_ORDINARY }, { 5, true, DAY_ORDINARY },
	};

	CHECK_INT(d.n, ARRAY_LEN(want));
	for (size_t i = 0; i < d.n; i++) {
		CHECK_INT(d.v[i].number, want[i].number);
		CHECK_INT(d.v[i].counts, want[i].number > 0);
		CHECK_INT(d.v[i].works, want[i].works);
		CHECK_INT(d.v[i].why ? d.v[i].why->kind : DAY_ORDINARY, want[i].kind);
	}
	CHECK(!d.beyond_known);
	d = explain(&a, p, "2025-01-02", 3, UNIT_WORKING_DAY);
	CHECK(d.v[0].why && d.v[0].why->kind == DAY_SWAP_OFF && !d.v[0].counts);
	CHECK(d.v[2].why && d.v[2].why->kind == DAY_SWAP_WORKED && d.v[2].number == 1);
}

TEST(the_explanation_of_calendar_days_and_months_counts_days_off_and_shows_the_roll)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	const struct pack *p = test_pack(&a, "country/kz");
	struct counted_days d = explain(&a, p, "2026-02-06", 15, UNIT_DAY);

	CHECK_INT(d.n, 17);
	CHECK(d.v[14].number == 15 && !d.v[14].works);                      /* Saturday, the last day of the term */
	CHECK(!d.v[15].counts && !d.v[15].works);                           /* Sunday */
	CHECK(!d.v[16].counts && d.v[16].works && d.v[16].number == 0);     /* Monday, to which it rolled */
	d = explain(&a, p, "2026-02-02", 2, UNIT_MONTH);
	CHECK_INT(d.n, 59);
	CHECK_INT(d.v[58].number, 59);
}

TEST(years_that_are_not_known_yet_keep_fixed_holidays_and_say_so)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	const struct pack *p = test_pack(&a, "country/kz");

	check_day(p->days_known_to, "2027-12-31");
	due(p, "2027-12-30", 3, UNIT_WORKING_DAY, "2028-01-04"); /* 1 and 2 January fall on a weekend; nothing is moved by guess */
	CHECK(explain(&a, p, "2027-12-30", 3, UNIT_WORKING_DAY).beyond_known);
	CHECK(!explain(&a, p, "2027-12-20", 5, UNIT_WORKING_DAY).beyond_known);
	CHECK(!calendar_works(p, on("2028-03-21")));
	CHECK(!calendar_works(p, on("2028-01-07"))); /* off on one date in two years running */
	CHECK(calendar_works(p, on("2028-05-16")));  /* Kurban Ait of 2027 moves with the moon */
	CHECK(calendar_works(p, on("2028-02-29")));  /* a date that the last known year does not have */
	CHECK(calendar_works(p, on("2028-01-04")));  /* moved there in 2027 only */
	struct counted_days d = explain(&a, p, "2028-03-20", 1, UNIT_WORKING_DAY);

	CHECK(d.v[0].why && d.v[0].why->kind == DAY_HOLIDAY && !d.v[0].counts);
}

TEST(another_country_has_another_week)
{
	struct pack p = { .weekend = 1u << 5 | 1u << 6, .office_from = 8 * 60, .office_to = 16 * 60, .lunch_from = 12 * 60, .lunch_to = 12 * 60 };

	p.days_known_to = on("2026-12-31");
	CHECK(calendar_works(&p, on("2026-02-08")));  /* Sunday */
	CHECK(!calendar_works(&p, on("2026-02-06"))); /* Friday */
	CHECK(calendar_office_open(&p, at("2026-02-08", 12, 0)));
	check_day(calendar_add_working(&p, on("2026-02-05"), 1), "2026-02-08");
}

TESTS("calendar", T(the_published_deadlines_come_out), T(every_day_of_five_years_works_or_not), T(calendar_days_and_months_roll_off_days_off),
      T(hours_run_through_nights_and_days_off), T(after_hours_and_on_days_off_registration_waits_for_the_office),
      T(the_office_is_closed_at_lunch_at_night_and_on_days_off), T(a_change_of_the_zone_shifts_no_deadline),
      T(working_days_between_two_days_count_both_ways), T(a_pause_gives_back_the_working_days_that_were_left),
      T(the_explanation_names_what_was_passed_over), T(the_explanation_of_calendar_days_and_months_counts_days_off_and_shows_the_roll),
      T(years_that_are_not_known_yet_keep_fixed_holidays_and_say_so), T(another_country_has_another_week))
