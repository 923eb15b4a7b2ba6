/*
 * detect.h: the language model behind text_detect(). Inside lib/text and tools/train only.
 *
 * Linear over hashed character n-grams (1 to 4, word borders included) of lower-case letters; weights are bytes made at
 * build time from data/text. The classes of the model: Kazakh, Russian, English.
 */
#ifndef TEXT_DETECT_H
#define TEXT_DETECT_H

#include "text/text.h"

#define LANG_BUCKETS 16384u
#define LANG_CLASSES 3
/* Lead of the first class before the second, in weights per square root of n-grams: above it a sentence, a word is sure. */
#define LANG_LEAD_SURE 40.0
#define LANG_LEAD_WORD 10.0

struct lang_model {
	int8_t w[LANG_BUCKETS][LANG_CLASSES];
};
extern const struct lang_model lang_model;

#define LANG_GRAM_MAX 4

/* The last letters of the word under way, its border first. */
struct lang_window {
	uint32_t v[LANG_GRAM_MAX];
	size_t n;
};
/* Reads s letter by letter; set s, zero the rest. */
struct lang_reader {
	struct str s;
	size_t at;
	struct lang_window w;
	size_t letters, foreign; /* read so far; foreign: of scripts that the model does not know */
	bool sentence_end;       /* the step just taken ended a sentence */
};
/* Buckets of the n-grams that end at the next letter or border; SIZE_MAX at the end of s. */
size_t lang_reader_next(struct lang_reader *r, uint32_t ret[LANG_GRAM_MAX]);

struct lang_counts {
	uint32_t *bucket; /* with repeats */
	size_t n, letters;
};
/* The features of at most the first max_letters letters of s. */
struct lang_counts lang_features(struct arena *a, struct str s, size_t max_letters);
/* Language of one word; TEXT_UNKNOWN when the model is in doubt. */
enum text_lang text_detect_word(struct str word);

#endif
