/* Plain text of a person as markup. */
#include "html/html.h"

#include "base/utf8.h"
#include "html/inner.h"

/* Length of the address at s's start, 0 if there is none worth a link. */
static size_t address_length(struct str s)
{
	size_t n = 0, scheme = str_starts(s, S("https://")) ? 8 : str_starts(s, S("http://")) ? 7 : 0, parens = 0;

	if (scheme == 0)
		return 0;
	for (n = scheme; n < s.n; n++) {
		unsigned char c = (unsigned char)s.p[n];

		if (c <= ' ' || c == 0x7f || strchr("<>\"'\\^`{|}", c))
			break;
		parens += c == '(';
		if (c == ')' && parens-- == 0)
			break;
	}
	/* the full stop of the sentence is not the address's */
	while (n > scheme && strchr(".,;:!?*_", s.p[n - 1]))
		n--;
	return n > scheme + 1 ? n : 0;
}

static void link_to(struct out *o, struct str address)
{
	struct url u;

	if (!url_checked(o->arena, address, &u)) {
		html_text(o, NULL, address);
		return;
	}
	OUT_LIT(o, "<a href=\"");
	html_href(o, NULL, u);
	OUT_LIT(o, "\" rel=\"nofollow ugc\">");
	html_text(o, NULL, address);
	OUT_LIT(o, "</a>");
}

void html_link_text(struct out *o, struct str s)
{
	size_t from = 0, at = 0;

	while ((at = str_find(s, S("http"), at)) != SIZE_MAX) {
		size_t n = address_length(str_from(s, at));

		if (n == 0) {
			at += 4;
			continue;
		}
		html_text(o, NULL, str_sub(s, from, at - from));
		link_to(o, str_sub(s, at, n));
		at += n;
		from = at;
	}
	html_text(o, NULL, str_from(s, from));
}

struct html html_from_plain(struct arena *a, struct str text)
{
	struct out o = OUT_ON(a);
	struct str line;
	bool open = false;

	while (str_cut(&text, '\n', &line)) {
		line = str_trim(line);
		if (line.n == 0) {
			if (open)
				OUT_LIT(&o, "</p>\n");
			open = false;
			continue;
		}
		if (open)
			OUT_LIT(&o, "<br>\n");
		else
			OUT_LIT(&o, "<p>");
		open = true;
		html_link_text(&o, line);
	}
	if (open)
		OUT_LIT(&o, "</p>\n");
	return html_of(&o);
}

size_t text_match_nocase(struct str hay, struct str needle)
{
	size_t i = 0, k = 0;

	while (k < needle.n) {
		if (i >= hay.n || utf8_lower_cp(utf8_next(hay, &i)) != utf8_lower_cp(utf8_next(needle, &k)))
			return 0;
	}
	return i;
}

/* Length of the longest word of the needle that stands at hay's start. */
static size_t match_any(struct str hay, struct str needle)
{
	struct str word;
	size_t best = 0;

	while (str_cut(&needle, ' ', &word)) {
		size_t n = word.n >= 2 ? text_match_nocase(hay, word) : 0;

		if (n > best)
			best = n;
	}
	return best;
}

struct html html_mark(struct arena *a, struct str text, struct str needle)
{
	struct out o = OUT_ON(a);
	size_t from = 0;

	needle = str_sub(str_trim(needle), 0, 200); /* the work grows with text times needle */
	for (size_t at = 0; at < text.n;) {
		size_t n = match_any(str_from(text, at), needle);

		if (n == 0) {
			utf8_next(text, &at);
			continue;
		}
		html_text(&o, NULL, str_sub(text, from, at - from));
		OUT_LIT(&o, "<mark>");
		html_text(&o, NULL, str_sub(text, at, n));
		OUT_LIT(&o, "</mark>");
		at += n;
		from = at;
	}
	html_text(&o, NULL, str_from(text, from));
	return html_of(&o);
}
