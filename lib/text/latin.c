#include "text/text.h"

#include "base/out.h"
#include "base/utf8.h"
#include "text/letters.h"

static const struct latin_pair *pair_of(uint32_t cyrillic)
{
	for (const struct latin_pair *p = latin_pairs; p->cyrillic; p++)
		if (p->cyrillic == cyrillic)
			return p;
	return NULL;
}

struct str text_kk_latin(struct arena *a, struct str s)
{
	struct out o = OUT_ON(a);

	for (size_t at = 0; at < s.n;) {
		size_t from = at;
		uint32_t cp = utf8_next(s, &at);
		const struct latin_pair *p = cp >= 0x400 && cp <= 0x52f ? pair_of(cp) : NULL;

		out_str(&o, p ? str_of(p->latin) : str_sub(s, from, at - from));
	}
	return out_done(&o);
}

/* The longest Latin spelling at the head of rest; of equal ones the first row of the table (и before й, х before һ).
 * ё has no place: its "io" is mostly two letters. */
static const struct latin_pair *pair_at(struct str rest)
{
	const struct latin_pair *best = NULL;
	size_t best_n = 0;

	for (const struct latin_pair *p = latin_pairs; p->cyrillic; p++) {
		struct str l = str_of(p->latin);

		if (l.n > best_n && p->cyrillic != 0x451 && p->cyrillic != 0x401 && str_starts(rest, l)) {
			best = p;
			best_n = l.n;
		}
	}
	return best;
}

struct str text_kk_cyrillic(struct arena *a, struct str s)
{
	struct out o = OUT_ON(a);

	for (size_t at = 0; at < s.n;) {
		unsigned char c = (unsigned char)s.p[at];
		bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xc3 && c <= 0xc9);
		const struct latin_pair *p = letter ? pair_at(str_from(s, at)) : NULL;
		size_t from = at;

		if (!p) {
			utf8_next(s, &at);
			out_str(&o, str_sub(s, from, at - from));
			continue;
		}

		char buf[4];

		out_bytes(&o, buf, utf8_put(buf, p->cyrillic));
		at += strlen(p->latin);
	}
	return out_done(&o);
}
