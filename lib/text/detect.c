#include "text/detect.h"

#include <math.h>

#define DETECT_LETTERS_MAX 4000u /* enough to know; keeps long texts cheap */
#define SENTENCE_LETTERS_MIN 25 /* a shorter sentence may be a name or an address */
#define MIXED_PERCENT 30        /* of the letters stand in sentences of a second language */

static const enum text_lang classes[LANG_CLASSES] = { TEXT_KK, TEXT_RU, TEXT_EN };

struct score {
	int64_t sum[LANG_CLASSES];
	size_t letters, grams;
};

static size_t best_of(const struct score *s)
{
	size_t best = 0;

	for (size_t k = 1; k < LANG_CLASSES; k++)
		if (s->sum[k] > s->sum[best])
			best = k;
	return best;
}

/* How far the first stands before the second, per square root of evidence: the length of the feature vector. */
static double lead_of(const struct score *s)
{
	size_t best = best_of(s);
	int64_t second = INT64_MIN;

	for (size_t k = 0; k < LANG_CLASSES; k++)
		if (k != best && s->sum[k] > second)
			second = s->sum[k];
	return s->grams ? (double)(s->sum[best] - second) / sqrt((double)s->grams) : 0.0;
}

static void score_add(struct score *s, const uint32_t *bucket, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < LANG_CLASSES; k++)
			s->sum[k] += lang_model.w[bucket[i]][k];
	s->grams += n;
}

struct verdict {
	struct score whole, sentence;
	size_t letters_by[LANG_CLASSES];
};

static void sentence_close(struct verdict *v)
{
	if (v->sentence.letters >= SENTENCE_LETTERS_MIN && lead_of(&v->sentence) > LANG_LEAD_SURE)
		v->letters_by[best_of(&v->sentence)] += v->sentence.letters;
	v->whole.letters += v->sentence.letters;
	v->whole.grams += v->sentence.grams;
	for (size_t k = 0; k < LANG_CLASSES; k++)
		v->whole.sum[k] += v->sentence.sum[k];
	v->sentence = (struct score){ 0 };
}

enum text_lang text_detect(struct str s)
{
	struct lang_reader r = { .s = s };
	struct verdict v = { 0 };
	uint32_t b[LANG_GRAM_MAX];
	size_t n, before = 0;

	while (r.letters + r.foreign < DETECT_LETTERS_MAX && (n = lang_reader_next(&r, b)) != SIZE_MAX) {
		score_add(&v.sentence, b, n);
		v.sentence.letters += r.letters - before;
		before = r.letters;
		if (r.sentence_end)
			sentence_close(&v);
	}
	sentence_close(&v);
	if (r.letters < 2 || r.foreign > r.letters)
		return TEXT_UNKNOWN;

	size_t best = best_of(&v.whole), sure = 0, other = 0;

	for (size_t k = 0; k < LANG_CLASSES; k++) {
		sure += v.letters_by[k];
		other += k == best ? 0 : v.letters_by[k];
	}
	return other > 0 && other * 100 >= sure * MIXED_PERCENT ? TEXT_MIXED : classes[best];
}

struct str text_lang_code(struct str s, struct str otherwise)
{
	switch (text_detect(s)) {
	case TEXT_KK:
		return S("kk");
	case TEXT_RU:
		return S("ru");
	case TEXT_EN:
		return S("en");
	case TEXT_UNKNOWN:
	case TEXT_MIXED:
		break;
	}
	return otherwise;
}

enum text_lang text_detect_word(struct str word)
{
	struct lang_reader r = { .s = str_sub(word, 0, 256) };
	struct score score = { 0 };
	uint32_t b[LANG_GRAM_MAX];
	size_t n;

	while ((n = lang_reader_next(&r, b)) != SIZE_MAX)
		score_add(&score, b, n);
	return lead_of(&score) > LANG_LEAD_WORD ? classes[best_of(&score)] : TEXT_UNKNOWN;
}
