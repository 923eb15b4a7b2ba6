/*
 * str.h: text by pointer and length. A str never owns its bytes; they live in an arena, in a
 * literal or in somebody's buffer. Bytes are UTF-8 once they have passed the edge (utf8.h).
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/rc.h"

struct str {
	const char *p; /* not NUL-terminated in general; never NULL when n > 0 */
	size_t n;      /* bytes */
};

#define S(literal) ((struct str){ "" literal, sizeof(literal) - 1 })
/* for static tables, where a compound literal is no constant */
#define S_INIT(literal) { "" literal, sizeof(literal) - 1 }

static inline struct str str_of(const char *z) /* a NUL-terminated string; NULL gives the empty str */
{
	return (struct str){ z, z ? strlen(z) : 0 };
}

bool str_eq(struct str a, struct str b);
bool str_eq_nocase(struct str a, struct str b); /* ASCII letters only: header names, tokens */
int str_cmp(struct str a, struct str b);        /* by bytes, which is by code point for UTF-8 */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
/* Offset of the first needle in hay at or after from; SIZE_MAX if there is none. */
size_t str_find(struct str hay, struct str needle, size_t from);
size_t str_find_byte(struct str s, char c, size_t from);
/* Part of s; both ends are cut to what is there. */
struct str str_sub(struct str s, size_t from, size_t n);
struct str str_from(struct str s, size_t from);
struct str str_trim(struct str s); /* ASCII white space at both ends */
/* Cuts the text before the first sep off *rest and leaves what is behind it; false when *rest is used up
 * (its p is then NULL). "a,,b" gives "a", "", "b". */
bool str_cut(struct str *rest, char sep, struct str *ret);
uint64_t str_hash(struct str s, uint64_t seed);

/* Whole of s must be a decimal number in range; *ret untouched otherwise. */
MUST_USE bool str_to_i64(struct str s, int64_t *ret);
MUST_USE bool str_to_double(struct str s, double *ret); /* decimal point only, any locale */

/* Copies into the arena. str_dup's copy is NUL-terminated behind its n bytes. */
struct str str_dup(struct arena *a, struct str s);
const char *str_z(struct arena *a, struct str s); /* for libc borders; stops nothing at an inner NUL */
struct str str_fmt(struct arena *a, const char *fmt, ...) FORMAT(2, 3);
#define I64_DIGITS 20 /* with its sign */
struct str str_digits(char buf[I64_DIGITS], int64_t v); /* stands at the end of buf */
struct str str_i64(struct arena *a, int64_t v); /* in decimal */
struct str str_cat(struct arena *a, struct str x, struct str y);
struct str str_lower_ascii(struct arena *a, struct str s);
/* Lower-case hex of n bytes, and back; false on an odd length or a foreign letter. */
struct str str_hex(struct arena *a, const void *bytes, size_t n);
MUST_USE bool str_unhex(struct str s, void *ret, size_t n);

/* printf("%.*s", STR_FMT(s)): s is evaluated twice, so name a value that costs or changes something first. */
#define STR_FMT(s) (int)(s).n, (s).p

#endif
