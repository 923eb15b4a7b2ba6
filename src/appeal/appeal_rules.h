/*
 * appeal_rules.h: the rules, pure: values and `now` in, values out. No SQL, no clock, no country: the numbers come in struct law, filled from
 * the pack's dated clauses (standard.h). Where a source is disputed the pack says so, not this file.
 */
#ifndef APPEAL_APPEAL_RULES_H
#define APPEAL_APPEAL_RULES_H

#include "appeal/appeal.h"
#include "standard/standard.h"

/* Taking in during office hours, else when the office opens next (art. 64), and terms: calendar.h. */
struct when rule_due(const struct law *l, struct when registered);
/* The last day an extension may reach: counted from registration, the reading that is safe for the person. */
struct day rule_extend_limit(const struct law *l, struct when registered);
/* Earliest start of a hearing: the notice is full working days. */
struct when rule_hearing_earliest(const struct law *l, struct when told);
bool rule_may_contest(const struct law *l, const struct appeal_row *a, struct when now);
bool rule_may_reopen(const struct law *l, const struct appeal_row *a, struct when now);
bool rule_deemed(const struct appeal_row *a, struct when now);
/* Anonymous only for crime or danger; otherwise a name and a way to reach the person. 0: fine, else the message. */
struct appeal_filing;
unsigned rule_filing_fault(const struct appeal_filing *f);

/* Bits of the points 1..n. */
int64_t parts_all(size_t n);
/* Of a share whose own bits may be 0 = all. */
int64_t parts_of(const struct assignment_row *s, size_t n_parts);
/* Whole of the share, or part? False: a bit that the share does not hold, a point given twice is fine. */
bool rule_hops_valid(const struct assignment_row *s, size_t n_parts, const int64_t *parts, size_t n, int64_t *ret_left);

enum appeal_view rule_view(const struct appeal_row *a, const struct assignment_row_list *shares, const struct actor *who, bool knows_secret);
unsigned rule_acts(const struct appeal_row *a, const struct assignment_row_list *shares, const struct actor *who, bool knows_secret);
const struct appeal_move *rule_move(enum appeal_state from, enum appeal_event e, unsigned may, bool has_share);
/* How alike two sets of search terms are, 0-100 (shared terms over the smaller set, with a floor against short texts). */
int rule_alike(struct str terms_a, struct str terms_b);

#endif
