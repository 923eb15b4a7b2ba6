#include "text/topic_model.h"

#include <stdlib.h>

#include "text/reading.h"

#define WORDS_MAX 1000u
#define HEAD_LETTERS 4 /* inflected forms share their head even where a stemmer fails */
#define PER_WORD 3

static uint32_t hash_letters(const struct letters *w, size_t n, uint32_t seed)
{
	uint32_t h = 2166136261u ^ seed;

	for (size_t i = 0; i < n; i++)
		h = (h ^ w->v[i]) * 16777619u;
	return h ^ h >> 13;
}

static int hash_cmp(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

	return a < b ? -1 : a > b;
}

static bool in_slot(struct str text, const struct text_word *w)
{
	return w->at > 0 && text.p[w->at - 1] == '{';
}

static bool tells_nothing(struct arena *a, const struct letters *folded)
{
	bool letters = false;

	for (size_t i = 0; i < folded->n; i++)
		letters |= folded->v[i] >= 0x80;
	return folded->n < 2 || !letters || table_has(stop_words, stop_words_n, letters_str(a, folded));
}

struct topic_features topic_features_of(struct arena *a, struct str text)
{
	struct text_words words = text_split(a, text);
	size_t n = words.n < WORDS_MAX ? words.n : WORDS_MAX, got = 0, kept = 0;
	uint32_t *v = ARENA_ARRAY(a, n * PER_WORD + 1, uint32_t);

	for (size_t i = 0; i < n; i++) {
		struct letters w = letters_of(words.v[i].word), folded = letters_fold(&w);
		struct reading r;

		if (in_slot(text, &words.v[i]) || tells_nothing(a, &folded))
			continue;
		reading_of(a, words.v[i].word, &r);
		if (r.has_kk)
			v[got++] = hash_letters(&r.kk, r.kk.n, 0);
		if (r.has_other)
			v[got++] = hash_letters(&r.other, r.other.n, 0);
		if (folded.n > HEAD_LETTERS)
			v[got++] = hash_letters(&folded, HEAD_LETTERS, 1);
	}
	qsort(v, got, sizeof(v[0]), hash_cmp);
	for (size_t i = 0; i < got; i++)
		if (i == 0 || v[i] != v[i - 1])
			v[kept++] = v[i];
	return (struct topic_features){ v, kept };
}
