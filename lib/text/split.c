#include "text/text.h"

#include "base/utf8.h"
#include "base/vec.h"

/* A word is a run of letters and digits, apostrophes between letters included ("об'ява", "don't"). */
static bool is_word_cp(uint32_t cp)
{
	if (cp < 0x80)
		return utf8_is_digit(cp) || (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
	return cp != UTF8_BAD && utf8_is_letter(cp);
}

static bool joins(struct str s, size_t after)
{
	size_t at = after;

	if (after >= s.n)
		return false;

	uint32_t cp = utf8_next(s, &at);

	return is_word_cp(cp) && !utf8_is_digit(cp);
}

struct text_words text_split(struct arena *a, struct str s)
{
	VEC(struct text_word) words = { 0 };
	size_t at = 0, from = SIZE_MAX;

	while (at <= s.n) {
		size_t here = at;
		uint32_t cp = at < s.n ? utf8_next(s, &at) : UTF8_BAD;

		if (here < s.n && is_word_cp(cp)) {
			if (from == SIZE_MAX)
				from = here;
			continue;
		}
		if (from != SIZE_MAX && (cp == '\'' || cp == 0x2019) && joins(s, at))
			continue;
		if (from != SIZE_MAX) {
			*VEC_ADD(a, &words) = (struct text_word){ str_sub(s, from, here - from), from };
			from = SIZE_MAX;
		}
		if (here >= s.n)
			break;
	}
	return (struct text_words){ words.v, words.n };
}
