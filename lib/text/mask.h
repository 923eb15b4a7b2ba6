/*
 * mask.h: the finders behind mask_find(). Inside lib/text only. Each goes over the text once and adds spans.
 */
#ifndef TEXT_MASK_H
#define TEXT_MASK_H

#include "text/ident.h"
#include "text/text.h"

/* A word with what every finder asks of it. */
struct mask_word {
	struct str word, lower;
	size_t at, end;
	bool capital, number; /* number: digits and at most one letter ("15a") */
	size_t letters;
};
struct mask_text {
	struct arena *arena;
	const struct phone_plan *plan;
	struct str text;
	struct mask_word *w;
	size_t n;
	struct mask_span *spans;
	size_t spans_n, spans_cap;
};

void mask_add(struct mask_text *t, size_t at, size_t end, enum mask_kind kind);
/* Nothing but the given bytes stands between words i and i + 1, at most `most` of them. */
bool mask_joined(const struct mask_text *t, size_t i, const char *bytes, size_t most);
bool mask_street_word(const struct mask_word *w); /* a word that makes the name beside it a street or an institution */
void mask_names(struct mask_text *t);
void mask_addresses(struct mask_text *t);
void mask_numbers(struct mask_text *t);

#endif
