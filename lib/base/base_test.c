#include "base/test.h"

#include <stdlib.h>
#include <time.h>
#include <utf8proc.h>

#include "base/map.h"
#include "base/out.h"
#include "base/random.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "base/when.h"

TEST(an_arena_refuses_past_its_limit)
{
	struct arena a CLEANUP(arena_end) = { .limit = 64 };

	CHECK(arena_try(&a, 48) != NULL);
	CHECK(arena_try(&a, 48) == NULL);
	CHECK(arena_try(&a, SIZE_MAX - 4) == NULL);
	CHECK(arena_try(&a, 16) != NULL);
}

TEST(a_vector_keeps_what_was_added)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	VEC(int) v = { 0 };

	for (int i = 0; i < 1000; i++)
		*VEC_ADD(&a, &v) = i;
	CHECK_INT(v.n, 1000);
	for (int i = 0; i < 1000; i++)
		CHECK_INT(v.v[i], i);
}

TEST(a_map_finds_by_text)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct map m = { .arena = &a };
	static const int marks[200];

	for (size_t i = 0; i < 200; i++)
		CHECK(map_put(&m, str_fmt(&a, "key%zu", i), &marks[i]) == NULL);
	for (size_t i = 0; i < 200; i++)
		CHECK(map_get(&m, str_fmt(&a, "key%zu", i)) == &marks[i]);
	CHECK(map_get(&m, S("nobody")) == NULL);
	CHECK(map_put(&m, S("key7"), &marks[0]) == &marks[7]);
}

TEST(numbers_are_parsed_whole_or_not_at_all)
{
	static const struct { const char *text; bool ok; int64_t v; } cases[] = {
		{ "0", true, 0 },   { "-1", true, -1 },  { "9223372036854775807", true, INT64_MAX },
		{ "", false, 0 },   { "-", false, 0 },   { "9223372036854775808", false, 0 },
		{ "1 ", false, 0 }, { "+1", false, 0 },  { "-9223372036854775808", true, INT64_MIN },
		{ "1a", false, 0 }, { "0x10", false, 0 },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		int64_t v = 0;

		CHECK(str_to_i64(str_of(cases[i].text), &v) == cases[i].ok);
		CHECK(v == cases[i].v);
	}
}

TEST(text_is_cut_at_separators)
{
	struct str rest = S("a,,b"), part;

	CHECK(str_cut(&rest, ',', &part));
	CHECK_STR(part, S("a"));
	CHECK(str_cut(&rest, ',', &part));
	CHECK_STR(part, S(""));
	CHECK(str_cut(&rest, ',', &part));
	CHECK_STR(part, S("b"));
	CHECK(!str_cut(&rest, ',', &part));
}

TEST(nothing_is_found_in_nothing)
{
	CHECK(str_find((struct str){ NULL, 0 }, S("x"), 0) == SIZE_MAX);
	CHECK(str_find(S("ab"), S("abc"), 0) == SIZE_MAX);
	CHECK(str_find(S("ab"), S("b"), 1) == 1);
}

TEST(out_is_sticky_at_its_limit)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct out o = OUT_ON(&a);

	o.limit = 8;
	OUT_LIT(&o, "12345678");
	CHECK_STR(out_done(&o), S("12345678"));
	out_char(&o, '9');
	CHECK(o.failed);
	CHECK_INT(out_done(&o).n, 0);
}

TEST(json_strings_are_escaped)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct out o = OUT_ON(&a);

	out_json_str(&o, S("a\"b\\c\n\x01ң"));
	CHECK_STR(out_done(&o), S("\"a\\\"b\\\\c\\n\\u0001ң\""));
}

TEST(broken_utf8_is_refused)
{
	static const char *const bad[] = { "\xff", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82", "\x80" };

	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		CHECK(!utf8_valid(str_of(bad[i])));
	CHECK(utf8_valid(S("Қазақстан — 𝄞")));
}

TEST(text_is_cleaned_at_the_edge)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str r;

	CHECK(utf8_clean(&a, S("a\r\nb\rc\x07\xe2\x80\x8b\xe2\x80\xae"), &r) == RC_OK);
	CHECK_STR(r, S("a\nb\nc"));
	CHECK(utf8_clean(&a, S("и\xcc\x86"), &r) == RC_OK); /* и + combining breve */
	CHECK_STR(r, S("й"));
	CHECK(utf8_clean(&a, S("\xff"), &r) == RC_INVALID);
	CHECK_STR(utf8_lower(&a, S("ӘҒҚҢӨҰҮҺІ ABC Ё")), S("әғқңөұүһі abc ё"));
	CHECK_STR(utf8_upper_first(&a, S("әкім")), S("Әкім"));
}

TEST(time_follows_kazakhstans_change_of_zone)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct when w;

	CHECK(when_zone("Asia/Almaty") == RC_OK);
	CHECK(when_parse(S("2024-02-29T12:00:00Z"), &w));
	CHECK_STR(when_iso(&a, w), S("2024-02-29T18:00:00+06:00"));
	CHECK(when_parse(S("2024-03-01T12:00:00Z"), &w));
	CHECK_STR(when_iso(&a, w), S("2024-03-01T17:00:00+05:00"));
	CHECK_STR(when_http(&a, w), S("Fri, 01 Mar 2024 12:00:00 GMT"));
	CHECK(when_zone("Nowhere/Town") == RC_INVALID);
	CHECK(when_zone("../etc/passwd") == RC_INVALID);
}

TEST(a_time_that_comes_twice_or_never_is_always_the_same_moment)
{
	assert_int_equal(when_zone("Europe/Helsinki"), RC_OK);
	for (int i = 0; i < 3; i++) {
		/* what was asked before must not matter: it does to mktime() */
		CHECK_INT(when_offset_sec(when_from_civil(2026, i ? 1 : 7, 1, 12, 0, 0)), i ? 7200 : 10800);
		struct when twice = when_from_civil(2026, 10, 25, 3, 30, 0), never = when_from_civil(2026, 3, 29, 3, 30, 0);

		CHECK_INT(when_offset_sec(twice), 7200);
		CHECK_INT(when_civil(twice).hour, 3);
		CHECK_INT(when_civil(never).hour, 4);
		CHECK_INT(when_civil(never).minute, 30);
		CHECK_INT(when_from_civil(2026, 3, 29, 4, 30, 0).us, never.us);
		CHECK_INT(when_civil(when_from_civil(2026, 3, 29, 2, 59, 59)).hour, 2);
	}
	assert_int_equal(when_zone("Asia/Almaty"), RC_OK);
}

static void same_as_libc(int64_t sec)
{
	time_t t = (time_t)sec;
	struct tm tm;
	struct civil c = when_civil((struct when){ sec * WHEN_SECOND + 999999 });

	localtime_r(&t, &tm);
	if (c.year != tm.tm_year + 1900 || c.month != tm.tm_mon + 1 || c.day != tm.tm_mday || c.hour != tm.tm_hour || c.minute != tm.tm_min ||
	    c.second != tm.tm_sec || c.weekday != (tm.tm_wday ? tm.tm_wday : 7) || when_offset_sec((struct when){ sec * WHEN_SECOND }) != tm.tm_gmtoff)
		fail_msg("another time than the C library's at %lld", (long long)sec);
}

TEST(kept_offsets_are_those_of_the_c_library)
{
	/* in Monrovia the clock changed at 00:44:30, in Almaty of 1924 at 18:52:12 */
	static const struct { const char *zone; int64_t from, to; } spans[] = {
		{ "Asia/Almaty", -1441238000, -1441234000 }, { "Asia/Almaty", 1709225000, 1709235000 }, { "Africa/Monrovia", 63590000, 63600000 },
		{ "Europe/Helsinki", 1792885000, 1792895000 }, { "Asia/Almaty", -3000, 3000 },
	};

	for (size_t i = 0; i < ARRAY_LEN(spans); i++) {
		assert_int_equal(when_zone(spans[i].zone), RC_OK);
		for (int64_t sec = spans[i].from; sec < spans[i].to; sec++)
			same_as_libc(sec);
		for (int64_t sec = -2000000000; sec < 4000000000; sec += 999983)
			same_as_libc(sec);
	}
	assert_int_equal(when_zone("Asia/Almaty"), RC_OK);
}

TEST(days_are_real_dates)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct day d;

	CHECK(day_parse(S("2026-11-24"), &d));
	CHECK_INT(day_weekday(d), 2);
	CHECK_STR(day_iso(&a, d), S("2026-11-24"));
	CHECK(!day_parse(S("2026-02-29"), &d));
	CHECK(day_parse(S("2024-02-29"), &d));
	CHECK(!day_parse(S("2026-13-01"), &d));
	CHECK(!day_parse(S("2026-1-01"), &d));
	CHECK(day_parse(S("2026-01-31"), &d));
	CHECK_STR(day_iso(&a, day_add_months(d, 1)), S("2026-02-28"));
	CHECK_STR(day_iso(&a, day_add_months(d, -2)), S("2025-11-30"));
}

TEST(ids_rise_and_never_repeat)
{
	int64_t last = 0;

	for (int i = 0; i < 20000; i++) {
		int64_t id = id_make();

		CHECK(id > last);
		last = id;
	}
}

TEST(ids_of_any_time_rise_with_it)
{
	static const int64_t ms[] = { INT64_MIN, -9000000000000, -1, 0, 1577836799999, 1577836800000, 1800000000000, 9000000000000, INT64_MAX };

	for (size_t i = 1; i < ARRAY_LEN(ms); i++)
		CHECK(id_at_ms(ms[i - 1], 0) <= id_at_ms(ms[i], 0));
	CHECK(id_at_ms(1577836799999, 0) < id_at_ms(1577836800000, 0) && id_at_ms(1577836800000, 4095) < id_at_ms(1577836800001, 0));
}

/* Six times the deviation that chance has: once in millions of runs. */
TEST(every_letter_of_a_code_is_as_likely)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str code = code_random(&a, 1000 * (sizeof(CODE_ALPHABET) - 1));
	int seen[256] = { 0 };

	for (size_t i = 0; i < code.n; i++)
		seen[(unsigned char)code.p[i]]++;
	for (const char *p = CODE_ALPHABET; *p; p++)
		CHECK(seen[(unsigned char)*p] > 1000 - 190 && seen[(unsigned char)*p] < 1000 + 190);
	CHECK_INT(code_random(&a, 0).n, 0);
}

TEST(a_wrong_or_swapped_character_breaks_a_number)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	int swaps = 0, missed = 0;

	for (int i = 0; i < 200; i++) {
		struct str body = code_random(&a, 8);
		struct str full = str_fmt(&a, "%.*s%c", STR_FMT(body), code_check(body));

		CHECK(code_valid(full));
		for (size_t at = 0; at < full.n; at++) {
			struct str wrong = str_dup(&a, full);
			char *p = arena_alloc(&a, wrong.n);

			memcpy(p, wrong.p, wrong.n);
			p[at] = p[at] == '7' ? '8' : '7';
			CHECK(!code_valid((struct str){ p, wrong.n }) || p[at] == full.p[at]);
		}
		for (size_t at = 0; at + 1 < body.n; at++) {
			char *p = arena_alloc(&a, full.n);

			memcpy(p, full.p, full.n);
			p[at] = full.p[at + 1];
			p[at + 1] = full.p[at];
			swaps += p[at] != p[at + 1];
			missed += p[at] != p[at + 1] && code_valid((struct str){ p, full.n });
		}
	}
	CHECK(missed * 20 < swaps); /* the standard promises all wrong characters and nearly all swaps */
}

/* NUL-ended NFC of the C library of Unicode's own tables. */
static bool as_unicode_says(struct arena *a, const char *text)
{
	utf8proc_uint8_t *want = utf8proc_NFC((const utf8proc_uint8_t *)text);
	struct str r = S("");
	bool right = utf8_clean(a, str_of(text), &r) == RC_OK && want && str_eq(r, str_of((const char *)want));

	free(want);
	return right;
}

TEST(every_letter_is_composed_as_unicode_says)
{
	static const char *const after[] = { "", "\xcc\x81", "\xcc\x86", "\xcc\x88" }; /* acute, breve, diaeresis */

	for (uint32_t cp = 0xa0; cp < 0x3000; cp++) {
		struct arena a CLEANUP(arena_end) = { 0 };
		char text[8] = "";

		if (cp == 0xad || cp == 0x61c || (cp >= 0x200b && cp <= 0x206f && (cp <= 0x200f || cp >= 0x202a)))
			continue; /* taken out */
		for (size_t i = 0; i < ARRAY_LEN(after); i++) {
			size_t n = utf8_put(text, cp);

			memcpy(text + n, after[i], strlen(after[i]) + 1);
			if (!as_unicode_says(&a, text))
				fail_msg("U+%04X with mark %zu", (unsigned)cp, i);
		}
		utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)cp);

		if (utf8_is_letter(cp) != (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO))
			fail_msg("U+%04X is a letter or not", (unsigned)cp);
		if (utf8_lower_cp(cp) != (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp))
			fail_msg("small letter of U+%04X", (unsigned)cp);
	}
}

TESTS("base", T(an_arena_refuses_past_its_limit), T(a_vector_keeps_what_was_added), T(a_map_finds_by_text),
      T(numbers_are_parsed_whole_or_not_at_all), T(text_is_cut_at_separators), T(nothing_is_found_in_nothing), T(out_is_sticky_at_its_limit),
      T(json_strings_are_escaped), T(broken_utf8_is_refused), T(text_is_cleaned_at_the_edge),
      T(every_letter_is_composed_as_unicode_says),
      T(time_follows_kazakhstans_change_of_zone),
      T(kept_offsets_are_those_of_the_c_library),
      T(a_time_that_comes_twice_or_never_is_always_the_same_moment), T(days_are_real_dates), T(ids_rise_and_never_repeat),
      T(ids_of_any_time_rise_with_it), T(every_letter_of_a_code_is_as_likely), T(a_wrong_or_swapped_character_breaks_a_number))
