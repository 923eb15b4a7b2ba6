/*
 * appeal_rules.h: the rules, pure: values and `now` in, values out. No SQL, no clock, no country: the numbers come in struct law, filled from
 * the pack's dated clauses (appeal_law_of). Where a source is disputed the pack says so, not this file.
 */
#ifndef APPEAL_APPEAL_RULES_H
#define APPEAL_APPEAL_RULES_H

#include "appeal/appeal.h"

struct work_time {
	bool (*working)(const void *calendar, struct day d);
	const void *calendar;
	int open_minute, close_minute; /* of the day; taking in after close counts as the next working day */
};

struct law {
	struct work_time work;
	int64_t answer_days;       /* of the kind */
	bool calendar_days;        /* the term runs in calendar days */
	bool extendable;           /* art. 76; a complaint is not */
	int64_t extend_months_max; /* in all, counted from registration */
	bool hearing;              /* needed before an unfavourable decision (art. 73) */
	bool redirect_restarts;    /* the receiving body's own procedure has its own term */
	int64_t redirect_days, supplement_days, hearing_notice_days, objection_days, clarify_days, control_days;
	int64_t contest_months, reopen_months, followup_days;
	int64_t hops_told;         /* from this hop on the controller is told */
};
/* The law that held at that moment for this kind. RC_NOT_FOUND: the pack has no such kind. */
MUST_USE enum rc appeal_law_of(const struct ctx *c, struct str kind, struct when at, struct law *ret);

bool work_day(const struct work_time *w, struct day d);
bool work_now(const struct work_time *w, struct when t);
struct day work_next(const struct work_time *w, struct day d);             /* d itself if it is one */
struct day work_add(const struct work_time *w, struct day from, int64_t n); /* day 1 is the next working day */

/* Taken in during working hours: that moment. Otherwise the opening of the next working day (art. 64). */
struct when rule_registered_at(const struct law *l, struct when filed);
/* Day 1 is the day after; ends at 23:59:59; a term of calendar days that ends on a day off rolls to the next working day (art. 76). */
struct when rule_due(const struct law *l, struct when registered);
struct when rule_work_due(const struct law *l, struct when from, int64_t days);
/* The last day an extension may reach. */
struct day rule_extend_limit(const struct law *l, struct when registered);
/* The clock stood from paused to now: the new due time, rolled to a working day. */
struct when rule_due_after_pause(const struct law *l, struct when due, struct when paused, struct when now);
/* Earliest start of a hearing: notice in full working days. */
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
