/* Text into a page and an address: nothing of the markup gets through, and nothing gets lost. */
#include "fuzz.h"
#include "html/html.h"
#include "markup.h"

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static struct str percent_decode(struct arena *a, struct str s, bool *ret_ok)
{
	struct out o = OUT_ON(a);

	*ret_ok = true;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '%' && i + 2 < s.n && hex(s.p[i + 1]) >= 0 && hex(s.p[i + 2]) >= 0) {
			out_char(&o, (char)(hex(s.p[i + 1]) * 16 + hex(s.p[i + 2])));
			i += 2;
			continue;
		}
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		      (c && strchr("-._~", c))))
			*ret_ok = false;
		out_char(&o, c);
	}
	return out_done(&o);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str in = { (const char *)data, size };
	struct view v = { .arena = &a };
	struct out text = OUT_ON(&a), part = OUT_ON(&a), href = OUT_ON(&a);
	struct url u;
	bool ok;

	EMIT(&text, &v, in);
	struct str back = markup_unescape(&a, out_done(&text), &ok);

	fuzz_must(ok, "raw markup in escaped text", out_done(&text));
	fuzz_must(str_eq(back, in), "escaped text does not read back", out_done(&text));
	EMIT_URL_PART(&part, &v, in);
	back = percent_decode(&a, out_done(&part), &ok);
	fuzz_must(ok, "reserved character in a part of an address", out_done(&part));
	fuzz_must(str_eq(back, in), "part of an address does not read back", out_done(&part));
	if (!url_checked(&a, in, &u))
		return 0;
	html_href(&href, &v, u);
	for (size_t i = 0; i < href.n; i++)
		fuzz_must((unsigned char)href.p[i] > ' ' && (unsigned char)href.p[i] < 0x7f &&
				  !strchr("<>\"'\\", href.p[i]),
			  "sign in a checked address", out_done(&href));
	fuzz_must(markup_is_tame(str_fmt(&a, "<a href=\"%.*s\">x</a>", STR_FMT(out_done(&href)))), "checked address leads astray",
		  out_done(&href));
	return 0;
}
