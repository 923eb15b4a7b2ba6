#include "standard/danger.h"

#include "base/test.h"
#include "standard/test_pack.h"

static const char *told(struct arena *a, const struct danger_rules *r, const char *text)
{
	uint64_t found = danger_in(a, r, str_of(text));
	struct out o = OUT_ON(a);

	for (size_t i = 0; i < r->n_codes; i++)
		if (found & (uint64_t)1 << i)
			out_fmt(&o, "%s%.*s", o.n ? " " : "", STR_FMT(r->codes[i]));
	return str_z(a, out_done(&o));
}

TEST(a_danger_is_heard_in_three_languages_and_everyday_words_are_none)
{
	struct arena a = { 0 };
	const struct danger_rules *r = test_pack(&a, "country/kz")->danger;

	assert_string_equal(told(&a, r, "Со вчерашнего дня в подъезде сильно пахнет газом."), "gas");
	assert_string_equal(told(&a, r, "Подъезде газ иісі шығып тұр, бала-шаға бар."), "gas");
	assert_string_equal(told(&a, r, "There is a smell of gas on the stairs."), "gas");
	assert_string_equal(told(&a, r, "Көрші үй жанып жатыр, өрт шықты!"), "fire");
	assert_string_equal(told(&a, r, "Муж бьёт и угрожает убить"), "violence");
	assert_string_equal(told(&a, r, "Адам есінен танып қалды, помогите, горит дом"), "fire health");
	assert_string_equal(told(&a, r, "Во дворе не горит свет третью неделю"), "");
	assert_string_equal(told(&a, r, "Прошу провести газ в посёлок, газовая труба рядом"), "");
	assert_string_equal(told(&a, r, "Пожарная машина не может проехать во двор"), "");
	assert_string_equal(told(&a, r, "Ауылға газ құбырын тартып беріңіздерші"), "");
	arena_end(&a);
}

TEST(the_nearest_help_stands_first_and_each_number_once)
{
	struct arena a = { 0 };
	const struct danger_rules *r = test_pack(&a, "country/kz")->danger;
	const struct danger_phone *v[8];
	struct day on = { 0 };

	assert_true(day_parse(S("2026-11-25"), &on));
	size_t n = danger_phones(r, danger_in(&a, r, S("муж бьёт")), on, v, 8);

	assert_int_equal(n, 3);
	assert_true(str_eq(v[0]->number, S("102")) && str_eq(v[1]->number, S("111")) && str_eq(v[2]->number, S("112")));
	assert_int_equal(danger_phones(r, 0, on, v, 8), 1);
	assert_true(str_eq(v[0]->number, S("112")));
	assert_true(day_parse(S("2025-12-31"), &on));
	assert_int_equal(danger_phones(r, 0, on, v, 8), 0);
	arena_end(&a);
}

TESTS("danger", T(a_danger_is_heard_in_three_languages_and_everyday_words_are_none), T(the_nearest_help_stands_first_and_each_number_once))
