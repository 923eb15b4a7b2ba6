/*
 * petition_rules.h: whom a petition may be addressed to, how many signatures it needs, what it may not be about. From the country pack
 * (petition_thresholds.csv, petition_excluded.csv); terms are clauses of standard.csv. Administrative Procedural Code of Kazakhstan, art. 90-1 to 90-5.
 */
#ifndef STANDARD_PETITION_RULES_H
#define STANDARD_PETITION_RULES_H

#include "standard/pack.h"

struct petition_threshold {
	struct str body_kind;
	int64_t population_above; /* the row with the largest that fits holds */
	int64_t count, permille;  /* a number, or a share of the population, rounded up */
	struct str basis;
	struct day valid_from;
};
struct petition_excluded {
	struct str code;
	struct name3 text;
	struct str basis, confidence;
	struct day valid_from;
};
struct petition_rules {
	struct petition_threshold *thresholds;
	struct petition_excluded *excluded;
	size_t n_thresholds, n_excluded;
};

/* 0: no petition can be addressed to this body. */
int64_t petition_threshold_of(const struct petition_rules *r, const struct body *b, struct day on);

#endif
