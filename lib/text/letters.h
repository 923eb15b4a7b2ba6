/*
 * letters.h: one word as lower-case code points, its folded form, and the tables made at build time.
 * Inside lib/text only.
 */
#ifndef TEXT_LETTERS_H
#define TEXT_LETTERS_H

#include "base/str.h"

#define LETTERS_MAX 48 /* a longer word is cut: it is no word of a language */

struct letters {
	uint32_t v[LETTERS_MAX];
	size_t n;
};

enum script { SCRIPT_NONE, SCRIPT_CYRILLIC, SCRIPT_LATIN, SCRIPT_MIXED, SCRIPT_OTHER };

struct letters letters_of(struct str word); /* lower case */
struct str letters_str(struct arena *a, const struct letters *w);
enum script letters_script(const struct letters *w);
bool letters_have_kk(const struct letters *w); /* a letter that only Kazakh has, of either alphabet */
bool letter_is_vowel(uint32_t cp);             /* Cyrillic, both languages */
/* Both alphabets to the letters that people type without a Kazakh keyboard: ASCII digits and Cyrillic only. */
struct letters letters_fold(const struct letters *w);
/* Kazakh suffixes cut; folded: the word went through letters_fold(). */
void letters_stem_kk(struct letters *w, bool folded);

/* Tables that tools/textc makes from data/text. */
enum kk_layer { KK_PLURAL = 1, KK_POSSESSIVE, KK_CASE, KK_DERIVED };
enum kk_harmony { KK_ANY, KK_BACK, KK_FRONT };
struct kk_suffix {
	uint64_t after; /* letters that may stand before it, by letter_bit() */
	uint16_t v[6];
	uint8_t n, layer, harmony;
};
struct kk_suffixes {
	const struct kk_suffix *v; /* by their last letter, then the longest first; an empty one at either end */
	uint8_t first[64];         /* in v, by letter_bit() of the last letter; 0: none */
};
extern const struct kk_suffixes kk_suffixes, kk_suffixes_folded;
/* Each Cyrillic letter of Russian and Kazakh has its own, all others share LETTER_OTHER. */
#define LETTER_OTHER 63u
unsigned letter_bit(uint32_t cp);
struct latin_pair {
	uint32_t cyrillic;
	const char *latin;
};
extern const struct latin_pair latin_pairs[]; /* cyrillic == 0 ends */
extern const char *const stop_words[];        /* folded, sorted by bytes */
extern const size_t stop_words_n;
extern const char *const first_names[]; /* lower case, sorted by bytes */
extern const size_t first_names_n;
extern const char *const abbreviations[];      /* lower case, without the full stop, sorted by bytes */
extern const size_t abbreviations_n;
extern const char *const rude_words[];         /* lower case, sorted by bytes */
extern const size_t rude_words_n;
extern const char *const rude_beginnings[];    /* any ending may follow */
extern const size_t rude_beginnings_n;
/* Is s in a table sorted by bytes? */
bool table_has(const char *const *table, size_t n, struct str s);

#endif
