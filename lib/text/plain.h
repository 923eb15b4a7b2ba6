/*
 * plain.h: how hard a text is to read, and the phrases in it that have plainer ones. Pure; results live in the arena given.
 *
 * Readability of Russian: formulas and constants as measured by plainrussian (CC0; country-independent), see tests/data/plain. There is no
 * validated formula for Kazakh: the one here is Oborneva's scaled by the ratio of sentence and word lengths of aligned texts, a rough guide
 * and named so wherever it is shown.
 */
#ifndef TEXT_PLAIN_H
#define TEXT_PLAIN_H

#include "base/map.h"
#include "text/text.h"

struct text_span {
	size_t at, n; /* bytes of the text */
};
struct text_sentences {
	struct text_span *v;
	size_t n;
};
/* Sentences without the blanks around them. A full stop behind an abbreviation or an initial ends none; a line break always does. */
struct text_sentences text_sentences(struct arena *a, struct str s);

/* Syllables of a word by its vowels; Kazakh u is none behind a vowel and at the beginning before one. 0: no word (digits, abbreviations). */
size_t text_syllables(struct str word, enum text_lang lang);

struct text_measure {
	int64_t words, sentences, letters, syllables;
	int64_t long_words;   /* more than four syllables */
	int64_t many_words;   /* more than three */
};
struct text_measure text_measure(struct arena *a, struct str s, enum text_lang lang);

/* One row a formula: TO ADD ONE: a row in plain.c, a check in plain_test.c. */
enum text_formula { FORMULA_FK_GRADE, FORMULA_COLEMAN_LIAU, FORMULA_SMOG, FORMULA_ARI, FORMULA_DALE_CHALL, FORMULA_EASE_RU, FORMULA_EASE_KK, FORMULA_N };
double text_formula(enum text_formula f, const struct text_measure *m);
/* School years: for ru the mean of the five grades, for kk from the rough ease; 0 for texts of less than 5 words or other languages. */
double text_school_years(const struct text_measure *m, enum text_lang lang);

/* Phrases: lower case words with one space between, "*" for any letters to the end of a word. Inflected forms are found by their stems
 * where `inflects`. All texts must live as long as the set. */
struct phrase {
	struct str pattern, instead;
	enum text_lang lang;  /* TEXT_UNKNOWN: any */
	int group;            /* the caller's own */
	bool inflects;
};
struct phrase_set;
struct phrase_set *phrase_set_make(struct arena *a, const struct phrase *v, size_t n);
struct phrase_hit {
	const struct phrase *phrase;
	struct text_span span;
};
struct phrase_hits {
	struct phrase_hit *v;
	size_t n;
};
/* From left to right, the longest first, without overlaps inside one group. groups: bits of the groups asked for. */
struct phrase_hits phrase_find(struct arena *a, const struct phrase_set *set, struct str s, enum text_lang lang, uint64_t groups);

/* Near copies: 60 least hashes over triples of terms, in ten bands of six. Texts whose triples agree in four fifths share a band in 95 of 100 cases. */
#define SKETCH_HASHES 60
#define SKETCH_BANDS 10
struct text_sketch {
	uint32_t least[SKETCH_HASHES];
	size_t triples; /* 0: too short to say anything */
};
struct text_sketch text_sketch(struct arena *a, struct str s);
int64_t text_sketch_band(const struct text_sketch *k, size_t band);
int text_sketch_alike(const struct text_sketch *x, const struct text_sketch *y); /* per cent of agreeing hashes */

#endif
