#include "base/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "base/out.h"

uint32_t utf8_next_long(struct str s, size_t *at)
{
	const unsigned char *p = (const unsigned char *)s.p + *at;
	size_t left = s.n - *at;
	uint32_t cp;
	size_t n;

	(*at)++;
	if ((p[0] & 0xf0) == 0xe0) {
		n = 3;
		cp = p[0] & 0x0fu;
	} else if (p[0] >= 0xf0 && p[0] <= 0xf4) {
		n = 4;
		cp = p[0] & 0x07u;
	} else {
		return UTF8_BAD;
	}
	if (n > left)
		return UTF8_BAD;
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return UTF8_BAD;
		cp = cp << 6 | (p[i] & 0x3fu);
	}
	if ((n == 3 && cp < 0x800) || (n == 4 && cp < 0x10000) || cp > 0x10ffff ||
	    (cp >= 0xd800 && cp <= 0xdfff))
		return UTF8_BAD;
	*at += n - 1;
	return cp;
}

bool utf8_valid(struct str s)
{
	for (size_t at = 0; at < s.n;)
		if (utf8_next(s, &at) == UTF8_BAD)
			return false;
	return true;
}

size_t utf8_count(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

struct str utf8_head(struct str s, size_t n)
{
	size_t at = 0;

	while (at < s.n && n > 0) {
		utf8_next(s, &at);
		n--;
	}
	return (struct str){ s.p, at };
}

size_t utf8_put_long(char buf[4], uint32_t cp)
{
	return (size_t)utf8proc_encode_char((utf8proc_int32_t)cp, (utf8proc_uint8_t *)buf);
}

/* What may not stand in a text: it hides, turns round or breaks what the reader sees. */
static bool unwanted(uint32_t cp)
{
	return (cp < 0x20 && cp != '\n' && cp != '\t') || (cp >= 0x7f && cp <= 0x9f) || cp == 0xad ||
	       cp == 0x61c || (cp >= 0x200b && cp <= 0x200f) || (cp >= 0x202a && cp <= 0x202e) ||
	       (cp >= 0x2060 && cp <= 0x206f) || cp == 0xfeff || (cp >= 0xfff0 && cp <= 0xfffb) ||
	       (cp & 0xfffe) == 0xfffe || (cp >= 0xfdd0 && cp <= 0xfdef) ||
	       (cp >= 0xe0000 && cp <= 0xe0fff);
}

/* Letters and signs that nothing composes with and that no normalisation changes: nearly all of every text here (Unicode: NFC_Quick_Check, ccc 0). */
static bool composed(uint32_t cp)
{
	return cp < 0x300 || (cp >= 0x400 && cp <= 0x482) || (cp >= 0x48a && cp <= 0x52f) || (cp >= 0x2010 && cp <= 0x2027) || cp == 0x2116;
}

static struct str nfc(struct arena *a, struct str s)
{
	utf8proc_uint8_t *made = NULL;
	utf8proc_ssize_t n =
		utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n, &made,
			     UTF8PROC_STABLE | UTF8PROC_COMPOSE);

	if (n < 0)
		return s; /* only out of memory gets here: the text was valid */
	struct str r = str_dup(a, (struct str){ (const char *)made, (size_t)n });

	free(made);
	return r;
}

enum rc utf8_clean(struct arena *a, struct str s, struct str *ret)
{
	char *p = arena_try(a, s.n + 1);
	size_t n = 0, at = 0;
	bool done = true;

	if (!p)
		return RC_TOO_LARGE;
	while (at < s.n) {
		if (s.p[at] >= 0x20 && s.p[at] < 0x7f) { /* most of what a browser sends */
			p[n++] = s.p[at++];
			continue;
		}
		size_t from = at;
		uint32_t cp = utf8_next(s, &at);

		if (cp == UTF8_BAD)
			return RC_INVALID;
		if (cp == '\r') {
			if (at >= s.n || s.p[at] != '\n')
				p[n++] = '\n';
			continue;
		}
		if (unwanted(cp))
			continue;
		done = done && composed(cp);
		memcpy(p + n, s.p + from, at - from);
		n += at - from;
	}
	*ret = done ? (struct str){ p, n } : nfc(a, (struct str){ p, n });
	return RC_OK;
}

uint32_t utf8_lower_cp(uint32_t cp)
{
	if (cp < 0x80)
		return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
	if (cp >= 0x410 && cp <= 0x44f) /* а to я */
		return cp < 0x430 ? cp + 32 : cp;
	return (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
}

struct str utf8_lower(struct arena *a, struct str s)
{
	/* a lower-case letter may take more bytes than its capital (U+023A), never over four */
	struct out o = OUT_ON(a);

	for (size_t at = 0; at < s.n;) {
		char buf[4];
		uint32_t cp = utf8_next(s, &at);

		if (cp != UTF8_BAD)
			out_bytes(&o, buf, utf8_put(buf, utf8_lower_cp(cp)));
	}
	return out_done(&o);
}

struct str utf8_upper_first(struct arena *a, struct str s)
{
	char buf[4];
	size_t at = 0;

	if (s.n == 0)
		return s;
	uint32_t cp = utf8_next(s, &at);

	if (cp == UTF8_BAD)
		return s;
	size_t n = utf8_put(buf, (uint32_t)utf8proc_toupper((utf8proc_int32_t)cp));

	return str_cat(a, (struct str){ buf, n }, str_from(s, at));
}

bool utf8_is_letter(uint32_t cp)
{
	if (cp < 0x80)
		return (cp | 32) >= 'a' && (cp | 32) <= 'z';
	if (cp >= 0x400 && cp <= 0x52f) /* Cyrillic: all but the sign of thousands and marks */
		return !(cp >= 0x482 && cp <= 0x489);
	utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);

	return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO;
}

bool utf8_is_upper(uint32_t cp)
{
	return utf8_lower_cp(cp) != cp;
}

bool utf8_is_digit(uint32_t cp)
{
	return cp >= '0' && cp <= '9';
}
