#include "base/out.h"

#include <stdarg.h>
#include <stdio.h>

#define FIRST 256
#define LIMIT_DEFAULT ((size_t)16 << 20)

static bool reserve(struct out *o, size_t more)
{
	size_t limit = o->limit ? o->limit : LIMIT_DEFAULT;

	if (o->failed)
		return false;
	if (more > limit - o->n) {
		o->failed = true;
		return false;
	}
	if (o->n + more <= o->cap)
		return true;
	size_t cap = o->cap; /* a cookie is short, a page is long */

	do
		cap = cap < FIRST ? FIRST : cap < 4096 ? cap * 4 : cap * 2;
	while (cap < o->n + more);
	char *p = arena_try(o->arena, cap);

	if (!p) {
		o->failed = true;
		return false;
	}
	if (o->n)
		memcpy(p, o->p, o->n);
	o->p = p;
	o->cap = cap;
	return true;
}

void out_bytes(struct out *o, const void *p, size_t n)
{
	if (n == 0 || !reserve(o, n))
		return;
	memcpy(o->p + o->n, p, n);
	o->n += n;
}

void out_str(struct out *o, struct str s)
{
	out_bytes(o, s.p, s.n);
}

void out_char(struct out *o, char c)
{
	out_bytes(o, &c, 1);
}

void out_i64(struct out *o, int64_t v)
{
	char buf[I64_DIGITS];
	struct str s = str_digits(buf, v);

	out_bytes(o, s.p, s.n);
}

void out_fmt(struct out *o, const char *fmt, ...)
{
	va_list ap, again;
	char first[256]; /* most are short: one pass is enough */

	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(first, sizeof(first), fmt, ap);

	va_end(ap);
	if (n < 0) {
		o->failed = true;
	} else if ((size_t)n < sizeof(first)) {
		out_bytes(o, first, (size_t)n);
	} else if (reserve(o, (size_t)n + 1)) {
		vsnprintf(o->p + o->n, (size_t)n + 1, fmt, again);
		o->n += (size_t)n;
	}
	va_end(again);
}

void out_json_str(struct out *o, struct str s)
{
	size_t from = 0;

	out_char(o, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		out_bytes(o, s.p + from, i - from);
		from = i + 1;
		if (c == '"' || c == '\\') {
			out_char(o, '\\');
			out_char(o, (char)c);
		} else if (c == '\n') {
			OUT_LIT(o, "\\n");
		} else {
			out_fmt(o, "\\u%04x", (unsigned)c);
		}
	}
	out_bytes(o, s.p + from, s.n - from);
	out_char(o, '"');
}

struct str out_done(const struct out *o)
{
	return o->failed ? (struct str){ NULL, 0 } : (struct str){ o->p, o->n };
}
