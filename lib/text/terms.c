#include "text/text.h"

#include <stdlib.h>

#include "base/of_thread.h"
#include "base/out.h"
#include "text/detect.h"
#include "text/letters.h"
#include "text/reading.h"

#define QUERY_TERMS_MAX 12
#define TERM_LETTERS_MAX 40 /* a longer token helps nobody to find anything */

static void put(struct arena *a, struct out *o, const struct letters *w)
{
	if (w->n == 0 || w->n > TERM_LETTERS_MAX)
		return;
	out_char(o, ' ');
	out_str(o, letters_str(a, w));
}

/* One term a word in a query, as all of them must be found; a text carries both, so either reading finds it. */
static void put_query(struct arena *a, struct out *o, const struct reading *r, struct str word,
		      enum text_lang lang)
{
	bool kk = r->has_kk;

	if (r->has_kk && r->has_other) {
		enum text_lang one = text_detect_word(word);

		kk = one == TEXT_UNKNOWN ? lang == TEXT_KK : one == TEXT_KK;
	}
	put(a, o, kk ? &r->kk : &r->other);
}

/* Both readings of a word of a text, a space before each. */
static void put_both(struct arena *a, struct out *o, struct str word)
{
	struct reading r;

	reading_of(a, word, &r);
	if (r.has_kk)
		put(a, o, &r.kk);
	if (r.has_other)
		put(a, o, &r.other);
}

/* People write with the same few thousand words: each thread knows the readings of those it saw last. */
#define KEPT 2048

struct kept {
	uint8_t n_word, n_terms;
	char word[46], terms[80];
};

static struct of_thread kept_words = { .size = KEPT * sizeof(struct kept), .end = free };

static void put_known(struct arena *a, struct out *o, struct str word)
{
	struct kept *k = (struct kept *)of_thread(&kept_words) + str_hash(word, 0) % KEPT;

	if (word.n != k->n_word || memcmp(word.p, k->word, word.n) != 0) {
		struct out own = OUT_ON(a);

		put_both(a, &own, word);
		struct str terms = out_done(&own);

		if (word.n > sizeof(k->word) || terms.n > sizeof(k->terms)) {
			out_str(o, terms);
			return;
		}
		k->n_word = (uint8_t)word.n;
		memcpy(k->word, word.p, word.n);
		k->n_terms = (uint8_t)terms.n;
		if (terms.n)
			memcpy(k->terms, terms.p, terms.n);
	}
	out_bytes(o, k->terms, k->n_terms);
}

struct str text_terms(struct arena *a, struct str s, bool for_query)
{
	struct out o = OUT_ON(a);
	struct text_words words = text_split(a, s);
	enum text_lang lang = for_query ? text_detect(s) : TEXT_UNKNOWN;
	size_t n = 0;

	for (size_t i = 0; i < words.n && n < QUERY_TERMS_MAX; i++) {
		struct letters w, f;
		struct reading r;

		if (!for_query) {
			put_known(a, &o, words.v[i].word);
			continue;
		}
		w = letters_of(words.v[i].word);
		f = letters_fold(&w);
		if (table_has(stop_words, stop_words_n, letters_str(a, &f)))
			continue;
		reading_of(a, words.v[i].word, &r);
		put_query(a, &o, &r, words.v[i].word, lang);
		n++;
	}
	return str_from(out_done(&o), o.n > 0); /* each has a space before it */
}

static bool is_one_of(struct arena *a, const struct letters *w, struct str terms)
{
	struct str own = letters_str(a, w), one;

	while (str_cut(&terms, ' ', &one))
		if (str_eq(one, own))
			return true;
	return false;
}

size_t text_found(struct arena *a, struct str s, struct str terms, struct text_word *ret, size_t max)
{
	struct text_words words = text_split(a, s);
	size_t n = 0;

	for (size_t i = 0; i < words.n && n < max; i++) {
		struct reading r;

		reading_of(a, words.v[i].word, &r);
		if ((r.has_kk && is_one_of(a, &r.kk, terms)) || (r.has_other && is_one_of(a, &r.other, terms)))
			ret[n++] = words.v[i];
	}
	return n;
}
