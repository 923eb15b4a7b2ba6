#include "text/detect.h"

#include "base/utf8.h"

#define BORDER 0x5fu

/* Lower case without a call for the letters that nearly every text here is made of. */
static uint32_t lower(uint32_t c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + 32 : c;
	if (c >= 0x410 && c <= 0x42f)
		return c + 32;
	if (c >= 0x430 && c <= 0x44f)
		return c;
	return utf8_lower_cp(c);
}

static bool known_letter(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 0x430 && c <= 0x52f) || (c >= 0xdf && c <= 0x24f);
}

static void window_push(struct lang_window *w, uint32_t c)
{
	if (w->n == LANG_GRAM_MAX)
		memmove(w->v, w->v + 1, (LANG_GRAM_MAX - 1) * sizeof(w->v[0]));
	else
		w->n++;
	w->v[w->n - 1] = c;
}

/* Buckets of the n-grams that end at the newest letter. */
static size_t window_buckets(const struct lang_window *w, uint32_t ret[LANG_GRAM_MAX])
{
	uint32_t hash = 2166136261u;
	size_t n = 0;

	for (size_t i = w->n; i > 0; i--) {
		hash = (hash ^ w->v[i - 1]) * 16777619u;
		if (i == w->n && w->v[i - 1] == BORDER)
			continue;
		ret[n++] = (hash ^ hash >> 15) % LANG_BUCKETS;
	}
	return n;
}

size_t lang_reader_next(struct lang_reader *r, uint32_t ret[LANG_GRAM_MAX])
{
	r->sentence_end = false;
	while (r->at < r->s.n) {
		uint32_t c = lower(utf8_next(r->s, &r->at));
		size_t n;

		if (known_letter(c)) {
			if (r->w.n == 0)
				window_push(&r->w, BORDER);
			window_push(&r->w, c);
			r->letters++;
			return window_buckets(&r->w, ret);
		}
		if (c >= 0x80 && c != UTF8_BAD && utf8_is_letter(c))
			r->foreign++;
		r->sentence_end = c == '.' || c == '!' || c == '?' || c == '\n' || c == ';' || c == 0x2026;
		if (r->w.n == 0 && !r->sentence_end)
			continue;
		n = 0;
		if (r->w.n > 0) {
			window_push(&r->w, BORDER);
			n = window_buckets(&r->w, ret);
			r->w.n = 0;
		}
		return n;
	}
	if (r->w.n == 0)
		return SIZE_MAX;
	window_push(&r->w, BORDER);

	size_t n = window_buckets(&r->w, ret);

	r->w.n = 0;
	return n;
}

struct lang_counts lang_features(struct arena *a, struct str s, size_t max_letters)
{
	struct lang_reader r = { .s = s };
	struct lang_counts c = { 0 };
	size_t cap = (s.n < max_letters * 4 ? s.n : max_letters * 4) * (LANG_GRAM_MAX + 1) + LANG_GRAM_MAX;
	uint32_t b[LANG_GRAM_MAX];

	c.bucket = ARENA_ARRAY(a, cap + LANG_GRAM_MAX, uint32_t);
	while (r.letters < max_letters) {
		size_t n = lang_reader_next(&r, b);

		if (n == SIZE_MAX)
			break;
		for (size_t i = 0; i < n && c.n < cap; i++)
			c.bucket[c.n++] = b[i];
	}
	c.letters = r.letters;
	return c;
}
