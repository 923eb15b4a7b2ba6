/*
 * text.h: what the house knows of languages. Pure functions over cleaned UTF-8.
 */
#ifndef TEXT_TEXT_H
#define TEXT_TEXT_H

#include "base/str.h"

enum text_lang { TEXT_UNKNOWN, TEXT_KK, TEXT_RU, TEXT_EN, TEXT_MIXED };

/* Language of a text by a character n-gram model (also Kazakh typed without its own letters). */
enum text_lang text_detect(struct str s);
/* The same as "kk", "ru" or "en"; `otherwise` for a text that is mixed or too short to tell. */
struct str text_lang_code(struct str s, struct str otherwise);

struct text_word {
	struct str word; /* as written, inside s */
	size_t at;       /* byte offset */
};
struct text_words {
	struct text_word *v;
	size_t n;
};
struct text_words text_split(struct arena *a, struct str s);

/* Lower-cased stem by language: Snowball for ru and en, suffix table for kk. TEXT_UNKNOWN: tries by letters. */
struct str text_stem(struct arena *a, struct str word, enum text_lang lang);

/*
 * Search terms of a text, folded so that Cyrillic equals Latin Kazakh and letters equal their stand-ins: separated by one space, ASCII and Cyrillic
 * letters and digits only, so that "simple" full-text indexes of both engines see the same tokens.
 * for_query: stop words dropped, at most 12 terms.
 */
struct str text_terms(struct arena *a, struct str s, bool for_query);

/* The words of s that one of these search terms stands for: why a text was found. At most max. */
size_t text_found(struct arena *a, struct str s, struct str terms, struct text_word *ret, size_t max);

/* kk Cyrillic to the Latin alphabet of 2021 and back. */
struct str text_kk_latin(struct arena *a, struct str s);
struct str text_kk_cyrillic(struct arena *a, struct str s);

#endif
