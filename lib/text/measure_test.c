/* How good the models are on texts they have not seen. Prints the shares; fails when one falls below its floor. */
#include "base/test.h"

#include <stdio.h>

#include "base/out.h"
#include "base/utf8.h"
#include "text/letters.h"
#include "text/text.h"

struct share {
	size_t hit, n;
};

static struct str file(struct arena *a, const char *name)
{
	size_t cap = 4u << 20;
	FILE *f = fopen(str_z(a, str_fmt(a, "%s/%s", SOURCE_ROOT, name)), "rb");
	char *p = arena_alloc(a, cap);

	assert_non_null(f);

	size_t n = fread(p, 1, cap, f);

	fclose(f);
	return (struct str){ p, n };
}

static void report(const char *what, struct share s, double least)
{
	double share = s.n ? (double)s.hit / (double)s.n : 0.0;

	print_message("%-58s %6zu  %.4f (floor %.2f)\n", what, s.n, share, least);
	if (share < least)
		fail_msg("%s: %.4f is below %.2f", what, share, least);
}

/* A Kazakh text as it is typed on a Russian keyboard. */
static struct str plain(struct arena *a, struct str s)
{
	static const char own[] = "әғқңөұүһіӘҒҚҢӨҰҮҺІ", other[] = "агкноуухиАГКНОУУХИ";
	struct out o = OUT_ON(a);

	for (size_t at = 0; at < s.n;) {
		size_t from = at;
		struct str c;

		utf8_next(s, &at);
		c = str_sub(s, from, at - from);
		for (size_t i = 0; i + 1 < sizeof(own); i += 2)
			if (c.n == 2 && memcmp(c.p, own + i, 2) == 0)
				c = (struct str){ other + i, 2 };
		out_str(&o, c);
	}
	return out_done(&o);
}

static void tally(struct share *s, struct str text, enum text_lang want)
{
	s->n++;
	s->hit += text_detect(text) == want;
}

static void held_out(const char *name, enum text_lang want, struct share *all, struct share *no_own,
		     struct share *made_plain)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str text = file(&a, name), line;
	size_t n = 0;

	while (str_cut(&text, '\n', &line)) {
		if (line.n == 0 || line.p[0] == '#' || n++ % 5 != 4)
			continue;
		tally(all, line, want);
		if (!no_own)
			continue;

		struct str p = plain(&a, line);

		tally(str_eq(p, line) ? no_own : made_plain, p, want);
	}
}

TEST(the_language_of_texts_held_out_is_found)
{
	struct share kk = { 0 }, no_own = { 0 }, made_plain = { 0 }, ru = { 0 }, en = { 0 };

	held_out("data/text/lang_kk.txt", TEXT_KK, &kk, &no_own, &made_plain);
	held_out("data/text/lang_ru.txt", TEXT_RU, &ru, NULL, NULL);
	held_out("data/text/lang_en.txt", TEXT_EN, &en, NULL, NULL);
	report("kk reviews, held out", kk, 0.98);
	report("kk reviews typed without own letters", no_own, 0.97);
	report("kk reviews, own letters taken away", made_plain, 0.98);
	report("ru sentences, held out", ru, 0.98);
	report("en petitions, held out", en, 0.98);
}

TEST(the_language_of_sentences_of_another_source_is_found)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str text = file(&a, "tests/data-sharealike/sib200_ru_kk.tsv"), line;
	struct share ru = { 0 }, kk = { 0 }, made_plain = { 0 }, latin = { 0 };

	while (str_cut(&text, '\n', &line)) {
		struct str r, k;

		if (line.n == 0 || line.p[0] == '#' || !str_cut(&line, '\t', &r) || !str_cut(&line, '\t', &k))
			continue;
		tally(&ru, r, TEXT_RU);
		tally(&kk, k, TEXT_KK);
		tally(&made_plain, plain(&a, k), TEXT_KK);
		tally(&latin, text_kk_latin(&a, k), TEXT_KK);
	}
	report("SIB-200 ru", ru, 0.98);
	report("SIB-200 kk", kk, 0.98);
	report("SIB-200 kk, own letters taken away", made_plain, 0.98);
	report("SIB-200 kk in Latin", latin, 0.98);
}

TEST(kazakh_stems_agree_with_the_lemmas_of_the_treebank)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str text = file(&a, "tests/data-sharealike/kk_lemmas.tsv"), line;
	struct share tuned = { 0 }, held = { 0 };
	size_t n = 0;

	while (str_cut(&text, '\n', &line)) {
		struct str form, lemma;

		if (line.n == 0 || line.p[0] == '#' || !str_cut(&line, '\t', &form) || !str_cut(&line, '\t', &lemma))
			continue;

		bool hit = str_eq(text_stem(&a, form, TEXT_KK), lemma);
		/* lines are in an order without meaning; rules were chosen by the first four fifths */
		struct share *s = n++ < 1773 ? &tuned : &held;

		s->n++;
		s->hit += hit;
#ifdef SHOW_MISSES
		if (!hit && s == &tuned)
			print_message("MISS %.*s %.*s %.*s\n", STR_FMT(form), STR_FMT(lemma), STR_FMT(text_stem(&a, form, TEXT_KK)));
#endif
	}
	report("kk stem is the lemma, seen", tuned, 0.80);
	report("kk stem is the lemma, held out", held, 0.80);
}

TESTS("measure", T(the_language_of_texts_held_out_is_found), T(the_language_of_sentences_of_another_source_is_found),
      T(kazakh_stems_agree_with_the_lemmas_of_the_treebank))
