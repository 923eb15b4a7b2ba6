#include "markup.h"

#include "base/out.h"

static const char *const tags[] = { "p",  "br", "a",  "strong", "em", "ul", "ol",   "li",	 "blockquote", "code",
				    "pre", "h2", "h3", "h4",	 "h5", "h6", "mark", "hr" };
static const char *const attributes[] = { "href", "title", "rel", "start" };

static bool one_of(struct str s, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(s, str_of(list[i])))
			return true;
	return false;
}

static struct str name_at(struct str s)
{
	size_t n = 0;

	while (n < s.n && ((s.p[n] >= 'a' && s.p[n] <= 'z') || (s.p[n] >= '0' && s.p[n] <= '9')))
		n++;
	return str_sub(s, 0, n);
}

static bool harmless(struct str address)
{
	static const struct str starts[] = { S_INIT("http://"), S_INIT("https://"), S_INIT("mailto:"), S_INIT("tel:") };

	if (str_starts(address, S("/")) && !str_starts(address, S("//")))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(starts); i++)
		if (str_eq_nocase(str_sub(address, 0, starts[i].n), starts[i]))
			return true;
	return false;
}

/* name="value" pairs up to > or />; moves s behind it. */
static bool attributes_are_tame(struct str *s)
{
	while (s->n && s->p[0] == ' ') {
		*s = str_from(*s, 1);
		if (s->n && s->p[0] == '/')
			break;
		struct str name = name_at(*s);

		*s = str_from(*s, name.n);
		if (!one_of(name, attributes, ARRAY_LEN(attributes)) || !str_starts(*s, S("=\"")))
			return false;
		size_t end = str_find_byte(*s, '"', 2);

		if (end == SIZE_MAX)
			return false;
		struct str value = str_sub(*s, 2, end - 2);

		if (str_find_byte(value, '<', 0) != SIZE_MAX || (str_eq(name, S("href")) && !harmless(value)))
			return false;
		*s = str_from(*s, end + 1);
	}
	if (s->n && s->p[0] == '/')
		*s = str_from(*s, 1);
	if (s->n == 0 || s->p[0] != '>')
		return false;
	*s = str_from(*s, 1);
	return true;
}

bool markup_is_tame(struct str s)
{
	long open = 0;

	for (;;) {
		size_t at = str_find_byte(s, '<', 0);

		if (at == SIZE_MAX)
			return open == 0;
		s = str_from(s, at + 1);
		bool closing = str_starts(s, S("/"));
		struct str name = name_at(s = str_from(s, closing));

		if (!one_of(name, tags, ARRAY_LEN(tags)))
			return false;
		if (!str_eq(name, S("br")) && !str_eq(name, S("hr")))
			open += closing ? -1 : 1;
		s = str_from(s, name.n);
		if (!attributes_are_tame(&s))
			return false;
	}
}

struct str markup_unescape(struct arena *a, struct str s, bool *ret_ok)
{
	static const struct {
		struct str entity;
		char c;
	} known[] = { { S_INIT("&amp;"), '&' },
		      { S_INIT("&lt;"), '<' },
		      { S_INIT("&gt;"), '>' },
		      { S_INIT("&quot;"), '"' },
		      { S_INIT("&#39;"), '\'' } };
	struct out o = OUT_ON(a);

	*ret_ok = true;
	while (s.n) {
		size_t k = 0;

		while (k < ARRAY_LEN(known) && !str_starts(s, known[k].entity))
			k++;
		if (k == ARRAY_LEN(known)) {
			if (s.p[0] && strchr("&<>\"'", s.p[0]))
				*ret_ok = false;
			out_char(&o, s.p[0]);
			s = str_from(s, 1);
		} else {
			out_char(&o, known[k].c);
			s = str_from(s, known[k].entity.n);
		}
	}
	return out_done(&o);
}
