#include "base/vec.h"
#include "text/ident.h"
#include "text/letters.h"
#include "text/text.h"

static bool is_rude(struct str word)
{
	if (table_has(rude_words, rude_words_n, word))
		return true;
	for (size_t i = 0; i < rude_beginnings_n; i++)
		if (str_starts(word, str_of(rude_beginnings[i])))
			return true;
	return false;
}

struct mask_spans rude_find(struct arena *a, struct str text)
{
	struct text_words words = text_split(a, text);
	VEC(struct mask_span) found = { 0 };

	for (size_t i = 0; i < words.n; i++) {
		struct letters w = letters_of(words.v[i].word);

		if (is_rude(letters_str(a, &w)))
			*VEC_ADD(a, &found) = (struct mask_span){ words.v[i].at, words.v[i].word.n, MASK_RUDE };
	}
	return (struct mask_spans){ found.v, found.n };
}
