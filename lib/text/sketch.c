#include "text/plain.h"

/* Odd multipliers from one stream, so that sixty hashes cost one multiplication each (Broder 1997; Dietzfelbinger et al. 1997). */
static uint64_t splitmix(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

static void add(struct text_sketch *k, uint64_t h)
{
	uint64_t state = 0x6a617561702d3236u;

	for (size_t i = 0; i < SKETCH_HASHES; i++) {
		uint32_t v = (uint32_t)((h * (splitmix(&state) | 1)) >> 32);

		if (v < k->least[i])
			k->least[i] = v;
	}
	k->triples++;
}

struct text_sketch text_sketch(struct arena *a, struct str s)
{
	struct text_sketch k = { .triples = 0 };
	struct text_words words = text_split(a, s);
	uint64_t last[2] = { 0 };

	memset(k.least, 0xff, sizeof(k.least));
	for (size_t i = 0; i < words.n; i++) {
		uint64_t h = str_hash(text_stem(a, words.v[i].word, TEXT_UNKNOWN), 1);

		if (i >= 2)
			add(&k, h ^ (last[0] * 3) ^ (last[1] * 0x100000001b3u));
		last[1] = last[0];
		last[0] = h;
	}
	return k;
}

int64_t text_sketch_band(const struct text_sketch *k, size_t band)
{
	const size_t rows = SKETCH_HASHES / SKETCH_BANDS;
	struct str bytes = { (const char *)&k->least[band * rows], rows * sizeof(k->least[0]) };

	return (int64_t)(str_hash(bytes, band + 1) >> 1);
}

int text_sketch_alike(const struct text_sketch *x, const struct text_sketch *y)
{
	size_t same = 0;

	if (!x->triples || !y->triples)
		return 0;
	for (size_t i = 0; i < SKETCH_HASHES; i++)
		same += x->least[i] == y->least[i];
	return (int)(same * 100 / SKETCH_HASHES);
}
