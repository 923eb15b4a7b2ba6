#include "base/str.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static unsigned char lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

bool str_eq_nocase(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

int str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;

	if (c)
		return c;
	return (a.n > b.n) - (a.n < b.n);
}

bool str_starts(struct str s, struct str prefix)
{
	return s.n >= prefix.n && str_eq((struct str){ s.p, prefix.n }, prefix);
}

bool str_ends(struct str s, struct str suffix)
{
	return s.n >= suffix.n && str_eq(str_from(s, s.n - suffix.n), suffix);
}

size_t str_find(struct str hay, struct str needle, size_t from)
{
	if (from > hay.n)
		return SIZE_MAX;
	if (needle.n == 0)
		return from;
	if (needle.n > hay.n - from) /* also where hay has no bytes at all */
		return SIZE_MAX;
	const char *p = memmem(hay.p + from, hay.n - from, needle.p, needle.n);

	return p ? (size_t)(p - hay.p) : SIZE_MAX;
}

size_t str_find_byte(struct str s, char c, size_t from)
{
	if (from >= s.n)
		return SIZE_MAX;
	const char *p = memchr(s.p + from, c, s.n - from);

	return p ? (size_t)(p - s.p) : SIZE_MAX;
}

struct str str_sub(struct str s, size_t from, size_t n)
{
	if (from > s.n)
		from = s.n;
	if (n > s.n - from)
		n = s.n - from;
	return (struct str){ s.p ? s.p + from : NULL, n };
}

struct str str_from(struct str s, size_t from)
{
	return str_sub(s, from, SIZE_MAX);
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
	while (s.n && is_space(s.p[0]))
		s = str_from(s, 1);
	while (s.n && is_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

bool str_cut(struct str *rest, char sep, struct str *ret)
{
	if (!rest->p)
		return false;
	size_t at = str_find_byte(*rest, sep, 0);

	if (at == SIZE_MAX) {
		*ret = *rest;
		*rest = (struct str){ NULL, 0 };
	} else {
		*ret = str_sub(*rest, 0, at);
		*rest = str_from(*rest, at + 1);
	}
	return true;
}

/* FNV-1a with a final mix: tables of our own data. Not for keys an attacker chooses: seed those. */
struct str str_digits(char buf[I64_DIGITS], int64_t v)
{
	size_t i = I64_DIGITS;
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

	do {
		buf[--i] = (char)('0' + u % 10);
		u /= 10;
	} while (u);
	if (v < 0)
		buf[--i] = '-';
	return (struct str){ buf + i, I64_DIGITS - i };
}

struct str str_i64(struct arena *a, int64_t v)
{
	char buf[I64_DIGITS];

	return str_dup(a, str_digits(buf, v));
}

uint64_t str_hash(struct str s, uint64_t seed)
{
	uint64_t h = 0xcbf29ce484222325u ^ seed;

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3u;
	h ^= h >> 33;
	h *= 0xff51afd7ed558ccdu;
	return h ^ (h >> 33);
}

bool str_to_i64(struct str s, int64_t *ret)
{
	size_t i = 0;
	bool minus = s.n && s.p[0] == '-';
	int64_t v = 0;

	if (minus)
		i++;
	if (i == s.n || s.n > 20)
		return false;
	for (; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		int digit = s.p[i] - '0';

		if (__builtin_mul_overflow(v, (int64_t)10, &v) ||
		    __builtin_sub_overflow(v, (int64_t)digit, &v))
			return false;
	}
	if (!minus && __builtin_sub_overflow((int64_t)0, v, &v))
		return false;
	*ret = v;
	return true;
}

bool str_to_double(struct str s, double *ret)
{
	double whole = 0, scale = 1;
	bool point = false, digit = false, minus = s.n && s.p[0] == '-';

	if (s.n > 40)
		return false;
	for (size_t i = minus ? 1 : 0; i < s.n; i++) {
		if (s.p[i] == '.' && !point) {
			point = true;
			continue;
		}
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		digit = true;
		whole = whole * 10 + (s.p[i] - '0');
		if (point)
			scale *= 10;
	}
	if (!digit)
		return false;
	*ret = (minus ? -whole : whole) / scale;
	return true;
}

struct str str_dup(struct arena *a, struct str s)
{
	char *p = arena_alloc(a, s.n + 1);

	if (s.n)
		memcpy(p, s.p, s.n);
	return (struct str){ p, s.n };
}

const char *str_z(struct arena *a, struct str s)
{
	return str_dup(a, s).p;
}

struct str str_fmt(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;
	char first[256]; /* most are short: one pass is enough */

	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(first, sizeof(first), fmt, ap);

	va_end(ap);
	if (n < 0)
		abort();
	char *p = arena_alloc(a, (size_t)n + 1);

	if ((size_t)n < sizeof(first))
		memcpy(p, first, (size_t)n);
	else
		vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return (struct str){ p, (size_t)n };
}

struct str str_cat(struct arena *a, struct str x, struct str y)
{
	char *p = arena_alloc(a, x.n + y.n + 1);

	if (x.n)
		memcpy(p, x.p, x.n);
	if (y.n)
		memcpy(p + x.n, y.p, y.n);
	return (struct str){ p, x.n + y.n };
}

struct str str_lower_ascii(struct arena *a, struct str s)
{
	char *p = arena_alloc(a, s.n + 1);

	for (size_t i = 0; i < s.n; i++)
		p[i] = (char)lower(s.p[i]);
	return (struct str){ p, s.n };
}

struct str str_hex(struct arena *a, const void *bytes, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	const unsigned char *b = bytes;
	char *p = arena_alloc(a, 2 * n + 1);

	for (size_t i = 0; i < n; i++) {
		p[2 * i] = digits[b[i] >> 4];
		p[2 * i + 1] = digits[b[i] & 15];
	}
	return (struct str){ p, 2 * n };
}

static int unhex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool str_unhex(struct str s, void *ret, size_t n)
{
	unsigned char *b = ret;

	if (s.n != 2 * n)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (unhex_digit(s.p[i]) < 0)
			return false;
	for (size_t i = 0; i < n; i++)
		b[i] = (unsigned char)(unhex_digit(s.p[2 * i]) << 4 | unhex_digit(s.p[2 * i + 1]));
	return true;
}
