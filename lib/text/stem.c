#include "text/text.h"

#include <libstemmer.h>
#include <stdlib.h>

#include "base/of_thread.h"
#include "text/letters.h"
#include "text/snowball.h"

/* --- Kazakh: case, then possessive, then plural; data/text/suffixes_kk.tsv --- */

#define MIN_STEM 2 /* letters that must stay, a vowel among them: су, ел, үй */

static enum kk_harmony vowel_row(uint32_t cp)
{
	switch (cp) {
	case 0x430: case 0x43e: case 0x4b1: case 0x44b: case 0x44f: case 0x451: /* а о ұ ы я ё */
		return KK_BACK;
	case 0x4d9: case 0x435: case 0x4e9: case 0x4af: case 0x456: case 0x44d: /* ә е ө ү і э */
		return KK_FRONT;
	default: /* и у ю go with both */
		return KK_ANY;
	}
}

/* The row of the last vowel that has one; folded letters о, у, и tell nothing. */
static enum kk_harmony word_row(const struct letters *w, size_t n, bool folded)
{
	for (size_t i = n; i > 0; i--) {
		uint32_t c = w->v[i - 1];
		enum kk_harmony row = folded && c == 0x43e ? KK_ANY : vowel_row(c);

		if (row != KK_ANY || (folded && letter_is_vowel(c)))
			return row;
	}
	return KK_ANY;
}

static bool ends_in(const struct letters *w, const struct kk_suffix *x)
{
	for (size_t i = 0; i < x->n; i++)
		if (w->v[w->n - x->n + i] != x->v[i])
			return false;
	return true;
}

static bool may_cut(const struct letters *w, const struct kk_suffix *x, bool folded)
{
	if (w->n < (size_t)x->n + MIN_STEM || !ends_in(w, x))
		return false;

	size_t left = w->n - x->n;
	bool vowel = false;

	for (size_t i = 0; i < left && !vowel; i++)
		vowel = letter_is_vowel(w->v[i]);
	if (!vowel || !(x->after >> letter_bit(w->v[left - 1]) & 1))
		return false;

	enum kk_harmony row = word_row(w, left, folded);

	return x->harmony == KK_ANY || row == KK_ANY || row == x->harmony;
}

/* Before a vowel п, к, қ became б, г, ғ: кітап, кітабы. */
static void restore_voiceless(struct letters *w)
{
	uint32_t *last = &w->v[w->n - 1];

	if (*last == 0x431)
		*last = 0x43f;
	else if (*last == 0x433)
		*last = 0x43a;
	else if (*last == 0x493)
		*last = 0x49b;
}

static const struct kk_suffix *cut(struct letters *w, unsigned layers, bool folded)
{
	const struct kk_suffixes *all = folded ? &kk_suffixes_folded : &kk_suffixes;

	if (w->n <= MIN_STEM)
		return NULL;
	uint32_t last = w->v[w->n - 1];

	for (const struct kk_suffix *x = all->v + all->first[letter_bit(last)]; x->n > 0 && x->v[x->n - 1] == last; x++) {
		if (!(layers & 1u << x->layer) || !may_cut(w, x, folded))
			continue;
		w->n -= x->n;
		if (x->layer == KK_POSSESSIVE && letter_is_vowel(x->v[0]))
			restore_voiceless(w);
		return x;
	}
	return NULL;
}

void letters_stem_kk(struct letters *w, bool folded)
{
	cut(w, 1u << KK_CASE | 1u << KK_DERIVED, folded);
	cut(w, 1u << KK_POSSESSIVE, folded);
	cut(w, 1u << KK_PLURAL, folded);
}

/* --- Russian and English: Snowball --- */

/* A stemmer of libstemmer holds state: each thread has its own pair, made on first use. */
struct stemmers {
	struct sb_stemmer *ru, *en;
};

static void stemmers_end(void *p)
{
	struct stemmers *s = p;

	sb_stemmer_delete(s->ru);
	sb_stemmer_delete(s->en);
	free(s);
}

static struct of_thread stemmers = { .size = sizeof(struct stemmers), .end = stemmers_end };

static struct sb_stemmer *stemmer_of(enum text_lang lang)
{
	struct stemmers *s = of_thread(&stemmers);
	struct sb_stemmer **at = lang == TEXT_EN ? &s->en : &s->ru;

	if (!*at)
		*at = sb_stemmer_new(lang == TEXT_EN ? "english" : "russian", "UTF_8");
	return *at;
}

struct str snowball(struct arena *a, struct str lower, enum text_lang lang)
{
	struct sb_stemmer *s = stemmer_of(lang);

	if (!s) /* only without memory: the word itself is still a fair term */
		return lower;

	const sb_symbol *p = sb_stemmer_stem(s, (const sb_symbol *)lower.p, (int)lower.n);

	return p ? str_dup(a, (struct str){ (const char *)p, (size_t)sb_stemmer_length(s) }) : lower;
}

struct str text_stem(struct arena *a, struct str word, enum text_lang lang)
{
	struct letters w = letters_of(word);

	if (lang == TEXT_UNKNOWN || lang == TEXT_MIXED) {
		enum script script = letters_script(&w);

		lang = letters_have_kk(&w)	   ? TEXT_KK
		       : script == SCRIPT_CYRILLIC ? TEXT_RU
		       : script == SCRIPT_LATIN	   ? TEXT_EN
						   : TEXT_UNKNOWN;
	}
	if (lang == TEXT_KK)
		letters_stem_kk(&w, false);
	for (size_t i = 0; lang == TEXT_RU && i < w.n; i++)
		if (w.v[i] == 0x451) /* Snowball knows no ё */
			w.v[i] = 0x435;

	struct str lower = letters_str(a, &w);

	return lang == TEXT_RU || lang == TEXT_EN ? snowball(a, lower, lang) : lower;
}
