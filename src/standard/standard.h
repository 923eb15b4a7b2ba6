/*
 * standard.h: what the country's rule book says, in the few questions that the slices ask it. The answers come from the country pack in memory
 * (dated clauses, calendar, places, bodies); nothing is stored here and no number stands in code.
 */
#ifndef STANDARD_STANDARD_H
#define STANDARD_STANDARD_H

#include "app/ctx.h"
#include "standard/worktime.h"

/* The clauses of an appeal's kind that held at one moment. Days are working days unless said otherwise. */
struct law {
	struct work_time work;
	int64_t answer_days;       /* of the kind */
	bool calendar_days;        /* answer_days are calendar days */
	bool extendable;           /* art. 76; a complaint is not */
	int64_t extend_months_max; /* in all, counted from registration */
	bool hearing;              /* needed before an unfavourable decision (art. 73) */
	bool redirect_restarts;    /* the receiving body's own procedure has its own term */
	int64_t redirect_days, supplement_days, hearing_notice_days, objection_days, clarify_days, control_days;
	int64_t contest_months, reopen_months, followup_days; /* followup: calendar days */
	int64_t hops_told;         /* from this hop on the controller is told */
};
/* RC_NOT_FOUND: the pack has no such kind. */
MUST_USE enum rc standard_law(const struct ctx *c, struct str kind, struct when at, struct law *ret);
struct work_time standard_work_time(const struct ctx *c);
/* The kind that a contest becomes. */
struct str standard_complaint_kind(const struct ctx *c);

bool standard_place_known(const struct ctx *c, int64_t place);
int64_t standard_region_of(const struct ctx *c, int64_t place); /* a region is its own; 0: the whole country */
bool standard_body_known(const struct ctx *c, int64_t body);
int64_t standard_superior_of(const struct ctx *c, int64_t body); /* the body itself when nobody stands above it */
bool standard_topic_known(const struct ctx *c, struct str topic);
/* Codes of reasons and grounds: "redirect", "refusal", "stop". */
bool standard_ground_known(const struct ctx *c, const char *what, struct str code);

#endif
