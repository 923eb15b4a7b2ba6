/* Any bytes into sentences, measures, phrases and sketches: results lie inside the text and in order. */
#include "fuzz.h"
#include "text/plain.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str in = { (const char *)data, size };
	static const struct phrase rows[] = {
		{ S_INIT("в целях"), S_INIT("чтобы"), TEXT_RU, 0, true }, { S_INIT("направлен*"), S_INIT(""), TEXT_RU, 1, false },
		{ S_INIT("қаралуда"), S_INIT(""), TEXT_KK, 1, true },     { S_INIT("a"), S_INIT("b"), TEXT_UNKNOWN, 2, true },
	};
	struct phrase_set *set = phrase_set_make(&a, rows, ARRAY_LEN(rows));
	struct text_sentences s = text_sentences(&a, in);
	size_t end = 0;

	for (size_t i = 0; i < s.n; i++) {
		fuzz_must(s.v[i].n > 0 && s.v[i].at >= end && s.v[i].at + s.v[i].n <= in.n, "a sentence lies outside or over another", in);
		end = s.v[i].at + s.v[i].n;
	}
	for (enum text_lang lang = TEXT_UNKNOWN; lang <= TEXT_MIXED; lang++) {
		struct text_measure m = text_measure(&a, in, lang);
		struct phrase_hits h = phrase_find(&a, set, in, lang, ~(uint64_t)0);
		double years = text_school_years(&m, lang);

		fuzz_must(m.syllables >= m.words && m.long_words <= m.many_words && m.many_words <= m.words, "a measure contradicts itself", in);
		fuzz_must(years >= 0 && years <= 20, "years out of range", in);
		for (size_t i = 0; i < h.n; i++)
			fuzz_must(h.v[i].span.n > 0 && h.v[i].span.at + h.v[i].span.n <= in.n, "a phrase lies outside", in);
	}
	struct text_sketch k = text_sketch(&a, in);

	fuzz_must(text_sketch_alike(&k, &k) == (k.triples ? 100 : 0), "a text is not like itself", in);
	return 0;
}
