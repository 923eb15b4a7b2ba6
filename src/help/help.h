/*
 * help.h: "What can I get?": questions lead to a list of what is open to a person. Answers stand in the address and nowhere else; nothing about the person is
 * stored or logged. The rules are the pack's (standard/situation.h).
 */
#ifndef HELP_HELP_H
#define HELP_HELP_H

#include "app/layout/layout.h"
#include "app/route.h"
#include "standard/situation.h"

/* One condition with what is known of it: the trace of a verdict. */
struct help_reason {
	const struct help_condition *condition;
	struct str text; /* the question, with its figures */
	enum known met;
};
struct help_result {
	const struct situation *situation;
	enum verdict verdict;
	struct help_reason *reasons;
	size_t n_reasons;
	struct str offer; /* with the figures of the day */
};
struct help_results {
	struct help_result *v; /* open first, then to be asked, then not now */
	size_t n, n_may, n_ask;
};
/* group NULL: all. answers: the query string. */
void help_results(struct arena *a, const struct help *h, const struct help_group *group, struct str answers, struct day on, const struct lang *lang,
		  struct help_results *ret);
/* The n-th of "a|b|c"; p NULL when there is none. */
struct str help_part(struct str list, size_t n);

extern const struct module help_module;

#endif
