#include "html/html.h"

#include <assert.h>

#include "html/inner.h"

/* RFC 3986 2.3: what an address holds as itself. */
static bool unreserved(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
	       c == '_' || c == '~';
}

static void percent(struct out *o, unsigned char c)
{
	static const char digits[] = "0123456789ABCDEF";
	char buf[3] = { '%', digits[c >> 4], digits[c & 15] };

	out_bytes(o, buf, sizeof(buf));
}

void url_encode(struct out *o, struct str s)
{
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (unreserved(c))
			continue;
		out_bytes(o, s.p + from, i - from);
		percent(o, c);
		from = i + 1;
	}
	if (from < s.n)
		out_bytes(o, s.p + from, s.n - from);
}

struct url url_lit_(struct str literal)
{
	return (struct url){ literal };
}

struct url url_path(struct arena *a, const char *fmt, size_t n, const struct str *args)
{
	char buf[512];
	struct out o = { .arena = a, .p = buf, .cap = sizeof(buf) };
	struct str rest = str_of(fmt);
	size_t used = 0, at;

	while ((at = str_find(rest, S("{}"), 0)) != SIZE_MAX) {
		assert(used < n);
		out_bytes(&o, rest.p, at);
		url_encode(&o, args[used++]);
		rest = str_from(rest, at + 2);
	}
	assert(used == n);
	out_str(&o, rest);
	return (struct url){ str_dup(a, out_done(&o)) };
}

struct url url_with(struct arena *a, struct url base, struct str name, struct str value)
{
	char buf[512];
	struct out o = { .arena = a, .p = buf, .cap = sizeof(buf) };
	size_t hash = str_find_byte(base.href_, '#', 0);
	struct str head = str_sub(base.href_, 0, hash);

	out_str(&o, head);
	if (str_find_byte(head, '?', 0) == SIZE_MAX)
		out_char(&o, '?');
	else if (head.p[head.n - 1] != '?' && head.p[head.n - 1] != '&')
		out_char(&o, '&');
	url_encode(&o, name);
	out_char(&o, '=');
	url_encode(&o, value);
	out_str(&o, str_from(base.href_, hash));
	return (struct url){ str_dup(a, out_done(&o)) };
}

/* Reserved and unreserved characters and '%' of RFC 3986; everything else is percent-encoded. */
static bool url_char(unsigned char c)
{
	return unreserved(c) || (c && strchr("%:/?#[]@!$&'()*+,;=", c));
}

static bool has_scheme(struct str s, struct str scheme)
{
	return s.n > scheme.n && str_eq_nocase(str_sub(s, 0, scheme.n), scheme);
}

static bool web(struct str s)
{
	static const struct str schemes[] = { S_INIT("https://"), S_INIT("http://") };

	for (size_t i = 0; i < ARRAY_LEN(schemes); i++) {
		if (!has_scheme(s, schemes[i]))
			continue;
		char c = s.p[schemes[i].n];

		return c != '/' && c != '?' && c != '#' && c != ':' && c != '@';
	}
	return false;
}

bool url_checked(struct arena *a, struct str s, struct url *ret)
{
	bool own = s.n && s.p[0] == '/' && (s.n == 1 || (s.p[1] != '/' && s.p[1] != '\\'));

	if (s.n > 4000 || (!own && !web(s) && !has_scheme(s, S("mailto:")) && !has_scheme(s, S("tel:"))))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c <= ' ' || c == 0x7f || c == '\\')
			return false;
	}
	char buf[512];
	struct out o = { .arena = a, .p = buf, .cap = sizeof(buf) };

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (url_char(c))
			out_char(&o, (char)c);
		else
			percent(&o, c);
	}
	*ret = (struct url){ str_dup(a, out_done(&o)) };
	return true;
}

struct str url_str(struct url u)
{
	return u.href_;
}
