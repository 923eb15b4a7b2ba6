/* Any bytes into the splitter, the stemmers, the alphabets and the search terms. */
#include "fuzz.h"
#include "text/text.h"

static void words_hold(struct str in, const struct text_words *w)
{
	size_t end = 0;

	for (size_t i = 0; i < w->n; i++) {
		fuzz_must(w->v[i].word.n > 0 && w->v[i].at >= end, "words overlap", in);
		end = w->v[i].at + w->v[i].word.n;
		fuzz_must(end <= in.n && w->v[i].word.p == in.p + w->v[i].at, "word outside its text", in);
	}
}

static void terms_hold(struct str t, size_t most)
{
	size_t n = t.n > 0;

	for (size_t i = 0; i < t.n; i++) {
		unsigned char c = (unsigned char)t.p[i];

		n += c == ' ';
		fuzz_must(c == ' ' || c == 0xd0 || c == 0xd1 || c == 0xd2 || c == 0xd3 || c == 0xd4 /* U+0500 and on are Cyrillic too */ || (c >= 0x80 && c < 0xc0) ||
				  (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'),
			  "sign in a term", t);
		fuzz_must(c != ' ' || (i > 0 && i + 1 < t.n && t.p[i + 1] != ' '), "empty term", t);
	}
	fuzz_must(n <= most, "too many terms", t);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str in = { (const char *)data, size };
	struct text_words w = text_split(&a, in);

	words_hold(in, &w);
	for (size_t i = 0; i < w.n; i++)
		for (enum text_lang lang = TEXT_UNKNOWN; lang <= TEXT_MIXED; lang++)
			fuzz_must(text_stem(&a, w.v[i].word, lang).n <= w.v[i].word.n * 3, "stem longer than its word",
				  w.v[i].word);
	terms_hold(text_terms(&a, in, false), SIZE_MAX);
	terms_hold(text_terms(&a, in, true), 12);
	text_kk_cyrillic(&a, text_kk_latin(&a, in));
	return 0;
}
