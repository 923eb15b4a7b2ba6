/*
 * danger.h: what cannot wait for an answer in days, as data of the country pack: words that tell of a danger right now (danger_words.csv) and
 * whom to call then (danger_phones.csv). The danger "any" is there in each pack: its numbers are shown whatever the danger is.
 */
#ifndef STANDARD_DANGER_H
#define STANDARD_DANGER_H

#include "standard/pack.h"
#include "text/plain.h"

#define DANGERS_MAX 32

struct danger_phone {
	struct str danger, number;
	struct name3 who;
	struct str basis, confidence;
	struct day valid_from;
};
struct danger_rules {
	struct str codes[DANGERS_MAX]; /* 0: "any"; words are grouped by the index */
	const struct danger_phone *phones;
	size_t n_codes, n_phones;
	struct phrase_set *words;
};

/* Bits of the dangers that the text tells of, in any language; 0: none. Pure. */
uint64_t danger_in(struct arena *a, const struct danger_rules *r, struct str text);
/* Whom to call about these dangers on that day, each number once, the nearest help first and "any" last; returns how many. */
size_t danger_phones(const struct danger_rules *r, uint64_t dangers, struct day on, const struct danger_phone **ret, size_t max);

#endif
