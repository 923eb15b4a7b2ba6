/* Any bytes into the language model, the topics and the places. */
#include "fuzz.h"
#include "text/suggest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct suggest_place places[] = {
		{ 1, 0, SUGGEST_REGION, { S_INIT("Алматы облысы"), S_INIT("Алматинская область"), S_INIT("") } },
		{ 2, 1, SUGGEST_CITY, { S_INIT("Қонаев"), S_INIT("Конаев"), S_INIT("Konaev") } },
	};
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str in = { (const char *)data, size };
	struct suggestion topics[SUGGEST_N];
	struct place_suggestion found[SUGGEST_N];
	enum text_lang lang = text_detect(in);
	size_t n = suggest_topics(&a, suggest_model_of(S("kz")), in, topics);

	fuzz_must(lang >= TEXT_UNKNOWN && lang <= TEXT_MIXED, "no language", in);
	fuzz_must(n <= SUGGEST_N, "too many topics", in);
	for (size_t i = 0; i < n; i++)
		fuzz_must(topics[i].score >= 0.0 && topics[i].score <= 1.0, "score out of range", in);
	n = suggest_places(&a, suggest_gazetteer_make(&a, places, ARRAY_LEN(places)), in, found);
	for (size_t i = 0; i < n; i++)
		fuzz_must(found[i].at + found[i].n <= in.n, "place outside the text", in);
	return 0;
}
