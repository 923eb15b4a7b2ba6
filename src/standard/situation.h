/*
 * situation.h: life situations: what a person may be entitled to, under which conditions, by which source, and how sure that is. Rows of the country pack
 * (folder help), dated; figures are parameters ("{MRP 38}" in a text is 38 times the parameter of the day). The pack carries its own cases: a condition
 * that a case contradicts is a problem of the pack, so `jauap check` tests the rules.
 *
 * Logic is of three values: what is not known is never "no" (Kleene).
 */
#ifndef STANDARD_SITUATION_H
#define STANDARD_SITUATION_H

#include "standard/pack.h"

enum known { KNOWN_NO, KNOWN_UNKNOWN, KNOWN_YES };
enum verdict { VERDICT_NOT, VERDICT_ASK, VERDICT_MAY };

struct help_group {
	struct str code;
	struct name3 name;
};
struct help_question {
	struct str code;
	const struct help_group *group;
	struct name3 text;
};
struct help_condition {
	const struct help_question *question;
	bool needs_yes;
	struct str basis; /* where it is written */
	struct day valid_from;
};
struct situation {
	struct str code;
	const struct help_group *group;
	const struct topic *topic;
	struct name3 title, offer, steps, documents, term, where; /* steps: "|" between */
	struct str contacts, sources; /* "|" between */
	struct str confidence; /* S read in the sources, D partly, K general knowledge: to be verified */
	struct day checked;
	struct help_condition *conditions;
	size_t n_conditions;
};
struct help_parameter {
	struct str code;
	double value;
	struct name3 name;
	struct str source;
	struct day valid_from;
};
struct help {
	struct help_group *groups;
	struct help_question *questions;
	struct situation *situations;
	struct help_parameter *parameters;
	size_t n_groups, n_questions, n_situations, n_parameters;
	struct str currency;
};

const struct situation *help_situation(const struct help *h, struct str code); /* NULL: none */
const struct help_group *help_group(const struct help *h, struct str code);
/* The parameter in force; NULL before its first day. */
const struct help_parameter *help_parameter(const struct help *h, struct str code, struct day on);
/* A text with its figures worked out for a day. false: it names a parameter that is not known then. */
MUST_USE bool help_figures(struct arena *a, const struct help *h, struct str text, struct day on, struct str *ret);

/* Answers as they stand in an address: "jobless=yes&insured=no"; anything else is unknown. */
enum known help_answer(struct str answers, struct str question);
/* Does the condition hold for this answer? */
enum known help_met(const struct help_condition *c, enum known answer);
/* All conditions in force on the day. */
enum verdict help_verdict(const struct situation *s, struct str answers, struct day on);

#endif
