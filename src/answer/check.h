/*
 * check.h: reads an answer before it may leave: does it say anything, to this question, in plain words, with a reason, a way on and a day? Pure: texts
 * in, findings with their place in the text out; what blocks is the pack's (standard/wording.h). Nothing here calls an answer good:
 * it finds what is certainly or probably missing. Precision and recall of every rule are measured on tests/answers by check_test.c.
 */
#ifndef ANSWER_CHECK_H
#define ANSWER_CHECK_H

#include "standard/wording.h"

struct check_point {
	int64_t number; /* from 1 */
	struct str text, reply;
};

struct check_text {
	struct str lang;      /* of the appeal: kk, ru, en */
	struct str question;  /* title and text as the person wrote them */
	struct str own;       /* the applicant's own name and contacts: they are no "data of others" */
	const struct check_point *points; /* that this body owes */
	size_t n_points;
	struct str text, decision; /* decision: granted | refused | explained */
	bool ground;          /* a ground of the pack was chosen */
	struct str options, steps; /* the fields beside the text, a line each */
	size_t dated_steps;
	struct str earlier;   /* the delivered answer to somebody else that looks most like this one; empty: none */
	const struct phrase_set *own_words; /* of the body, beside the pack's; NULL: none */
	int64_t plain_years;  /* the target */
};

struct check_finding {
	enum finding kind;
	bool blocks;
	int64_t part;    /* 0: the answer's text, n: the reply to point n */
	size_t at, n;    /* evidence: bytes of that text; n 0: the whole */
	struct str quote, instead; /* the evidence itself; what to write instead, alternatives with "; " between */
};

struct check_result {
	struct check_finding *v;
	size_t n;
	double years;    /* school years that reading takes; 0: too short to say */
	int64_t words;
	bool rough;      /* years by the rough Kazakh measure */
};

void check_find(struct arena *a, const struct wording *w, struct day on, const struct check_text *t, struct check_result *ret);
/* Is the answer the earlier one once more, without a word of what this person asked? */
bool check_is_copy(struct arena *a, const struct check_text *t);

#endif
