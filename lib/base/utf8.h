/*
 * utf8.h: text from outside becomes text of ours here, once, at the edge.
 * Normalisation and case come from utf8proc (Unicode's own tables).
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/str.h"

#define UTF8_BAD 0xffffffffu

bool utf8_valid(struct str s); /* no overlong forms, no surrogates, nothing above U+10FFFF */
uint32_t utf8_next_long(struct str s, size_t *at); /* the rest of utf8_next(): three and four bytes, and what is broken */
/* Decodes the code point at *at and moves *at behind it; UTF8_BAD (and one byte on) if it is broken. */
static inline uint32_t utf8_next(struct str s, size_t *at)
{
	const unsigned char *p = (const unsigned char *)s.p + *at;

	if (p[0] < 0x80) {
		++*at;
		return p[0];
	}
	if (p[0] >= 0xc2 && p[0] <= 0xdf && s.n - *at > 1 && (p[1] & 0xc0) == 0x80) { /* Cyrillic, mostly */
		*at += 2;
		return (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu);
	}
	return utf8_next_long(s, at);
}
size_t utf8_count(struct str s); /* code points */
/* The first n code points of s. */
struct str utf8_head(struct str s, size_t n);
size_t utf8_put_long(char buf[4], uint32_t cp); /* the rest of utf8_put() */
static inline size_t utf8_put(char buf[4], uint32_t cp) /* bytes written */
{
	if (cp < 0x80) {
		buf[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		buf[0] = (char)(0xc0 | cp >> 6);
		buf[1] = (char)(0x80 | (cp & 0x3f));
		return 2;
	}
	return utf8_put_long(buf, cp);
}

/*
 * The edge: valid UTF-8, NFC, CRLF and CR to LF, no control characters but LF and TAB, no zero-width
 * or bidi control characters, no noncharacters. RC_INVALID when the bytes are not UTF-8.
 */
MUST_USE enum rc utf8_clean(struct arena *a, struct str s, struct str *ret);
/* Lower case of all scripts, one code point to one. */
struct str utf8_lower(struct arena *a, struct str s);
struct str utf8_upper_first(struct arena *a, struct str s);
uint32_t utf8_lower_cp(uint32_t cp);
bool utf8_is_letter(uint32_t cp);
bool utf8_is_upper(uint32_t cp);
bool utf8_is_digit(uint32_t cp); /* 0-9 only: numbers of forms and laws are written so */

#endif
