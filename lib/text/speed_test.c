/* How long the text functions take: an appeal of 2,000 letters, and a megabyte of what might be slow. Prints; fails only far off. */
#include "base/test.h"

#include "base/out.h"
#include "base/when.h"
#include "text/ident.h"
#include "text/test_phone.h"
#include "text/suggest.h"

#define ROUNDS 50
#define MEGABYTE (1u << 20)
#define SLACK 10 /* sanitizers and busy machines are slower; a quadratic loop is slower by far more */

typedef void call_fn(struct arena *a, struct str text);

static void detect(struct arena *a, struct str text)
{
	(void)a;
	text_detect(text);
}

static void terms(struct arena *a, struct str text)
{
	text_terms(a, text, false);
}

static void topics(struct arena *a, struct str text)
{
	struct suggestion ret[SUGGEST_N];

	suggest_topics(a, suggest_model_of(S("kz")), text, ret);
}

static void places(struct arena *a, struct str text)
{
	static const struct suggest_gazetteer *g;
	static struct arena keep;
	static const struct suggest_place list[] = {
		{ 1, 0, SUGGEST_REGION, { S_INIT("Алматы облысы"), S_INIT("Алматинская область"), S_INIT("") } },
	};
	struct place_suggestion ret[SUGGEST_N];

	if (!g)
		g = suggest_gazetteer_make(&keep, list, 1);
	suggest_places(a, g, text, ret);
}

static void mask(struct arena *a, struct str text)
{
	mask_find(a, &test_plan, text);
}

static void split(struct arena *a, struct str text)
{
	text_split(a, text);
}

static const struct { const char *name; call_fn *call; int64_t most_us; } calls[] = {
	{ "detect", detect, 1000 }, { "terms", terms, 1000 }, { "topics", topics, 1000 },
	{ "places", places, 1000 }, { "mask", mask, 2000 },   { "split", split, 1000 },
};

static struct str repeated(struct arena *a, struct str one, size_t n)
{
	struct out o = OUT_ON(a);

	while (o.n + one.n <= n)
		out_str(&o, one);
	return out_done(&o);
}

TEST(an_appeal_takes_well_under_a_millisecond)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str text = repeated(&a, S("На улице Абая уже неделю нет воды, жители Алматинской области просят помочь. "
					 "Көшемізде бір аптадан бері су жоқ, көмектесуіңізді сұраймыз. "), 3700);

	for (size_t i = 0; i < ARRAY_LEN(calls); i++) {
		int64_t from, us;

		calls[i].call(&a, text);
		from = when_monotonic_us();
		for (int k = 0; k < ROUNDS; k++) {
			struct arena one CLEANUP(arena_end) = { 0 };

			calls[i].call(&one, text);
		}
		us = (when_monotonic_us() - from) / ROUNDS;
		print_message("%-8s %6lld us for an appeal of 2,000 letters\n", calls[i].name, (long long)us);
		CHECK(us < calls[i].most_us * SLACK);
	}
}

TEST(a_megabyte_of_anything_takes_no_quadratic_time)
{
	static const char *const parts[] = { "@", "a@", "1", "1 ", "8 701 ", "К. ", "Иванов И ", "ул. ", "ул. а ", "7-пәтер ",
		"KZ12", "KZ12 ", "а", "ә'", "Алматы ", "лардың", "\xff", "+7", "паспорт 012345678 ", "Абай көшесі 1, " };
	int64_t worst = 0;

	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		for (size_t k = 0; k < ARRAY_LEN(calls); k++) {
			struct arena a CLEANUP(arena_end) = { 0 };
			struct str text = repeated(&a, str_of(parts[i]), MEGABYTE);
			int64_t from = when_monotonic_us(), us;

			calls[k].call(&a, text);
			us = when_monotonic_us() - from;
			if (us > 200000)
				print_message("%s of \"%s\": %lld ms\n", calls[k].name, parts[i], (long long)us / 1000);
			CHECK(us < 200000 * SLACK);
			worst = us > worst ? us : worst;
		}
	print_message("slowest megabyte: %lld ms\n", (long long)worst / 1000);
}

TESTS("speed", T(an_appeal_takes_well_under_a_millisecond), T(a_megabyte_of_anything_takes_no_quadratic_time))
