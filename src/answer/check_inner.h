/* check_inner.h: an answer taken apart, as the rules of check_rules.c see it. Inside src/answer only. */
#ifndef ANSWER_CHECK_INNER_H
#define ANSWER_CHECK_INNER_H

#include "answer/check.h"

struct sentence {
	int64_t part;          /* as in struct check_finding */
	struct str piece;      /* the text it stands in */
	struct text_span span; /* in the piece */
	uint64_t cues;         /* bits of enum cue */
	struct text_span hollow; /* the first phrase of CUE_HOLLOW */
	size_t words;
	bool dated;
};

struct checking {
	struct arena *arena;
	const struct wording *wording;
	const struct check_text *t;
	struct day on;
	enum text_lang lang;
	struct sentence *s;
	size_t n;
	uint64_t all;          /* cues of all sentences, options and steps */
	bool any_date;
	bool wrong_lang;
	struct check_result *ret;
	size_t cap;
};

#define CUE_BIT(x) ((uint64_t)1 << (x))

void check_add(struct checking *c, enum finding kind, int64_t part, struct str piece, struct text_span span, struct str instead);

/* One row a rule. */
struct check_rule {
	enum finding kind;
	void (*run)(struct checking *c);
};
extern const struct check_rule check_rules[];
extern const size_t check_rules_n;

#endif
