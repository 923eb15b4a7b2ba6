/*
 * standard.h: what the country's rule book says, in the few questions that the slices ask it. The answers come from the country pack in memory
 * (dated clauses, calendar, places, bodies); nothing is stored here and no number stands in code.
 */
#ifndef STANDARD_STANDARD_H
#define STANDARD_STANDARD_H

#include "app/ctx.h"
#include "standard/calendar.h"

/* The clauses of an appeal's kind that held at one moment. */
struct law {
	const struct pack *pack; /* the calendar */
	struct term answer;      /* of the kind */
	bool extendable;         /* art. 76; a complaint is not */
	bool hearing;            /* needed before an unfavourable decision (art. 73) */
	bool redirect_restarts;  /* the receiving body's own procedure has its own term */
	struct term pass_on, extension_max, supplement, hearing_notice, objection, not_clear, control, contest, reopen, follow_up;
	int64_t hops_told;       /* from this hop on the controller is told */
	int64_t step_moves;      /* how often the day of a promised step may be moved */
};
/* RC_NOT_FOUND: the pack has no such kind. */
MUST_USE enum rc standard_law(const struct pack *p, struct str kind, struct when at, struct law *ret);

bool standard_place_known(const struct pack *p, int64_t place);
int64_t standard_region_of(const struct pack *p, int64_t place); /* a region is its own; 0: the whole country */
bool standard_body_known(const struct pack *p, int64_t body);
int64_t standard_superior_of(const struct pack *p, int64_t body); /* the body itself when nobody stands above it */
bool standard_topic_known(const struct pack *p, struct str topic);
/* A code of the pack's grounds for this use: pass_on, refuse, stop ... */
bool standard_ground_known(const struct pack *p, const char *use, struct str code);

#endif
