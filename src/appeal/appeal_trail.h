/*
 * appeal_trail.h: inside the slice: the row of the trail that every operation writes, and the guard that every operation begins with.
 */
#ifndef APPEAL_APPEAL_TRAIL_H
#define APPEAL_APPEAL_TRAIL_H

#include "app/app.h"
#include "appeal/appeal_do.h"
#include "appeal/appeal_rules.h"
#include "standard/duty.h"

struct trail {
	enum appeal_event event;
	int64_t to_body, assignment, answer;
	struct str detail, reason;
	struct when due;
	int64_t value;
	bool late;
};
/* Writes the event and, where somebody is to be told, the job notify.appeal. */
MUST_USE enum rc trail_add(struct ctx *c, const struct appeal_case *k, const struct trail *t);

/* The row of the table for this actor now; RC_FORBIDDEN when the move exists but not for them, else RC_CONFLICT. */
MUST_USE enum rc case_move(struct ctx *c, const struct appeal_case *k, enum appeal_event e, const struct appeal_move **ret);
/* Writes state, leading body, due time and pause as they now stand in the case. */
MUST_USE enum rc case_save(struct ctx *c, struct appeal_case *k, enum appeal_state to);
MUST_USE enum rc case_law(struct ctx *c, const struct appeal_case *k, struct law *ret);
/* Reads points and shares again after they were changed. */
MUST_USE enum rc case_reload(struct ctx *c, struct appeal_case *k);
/* As case_reload() finds an appeal that was filed just now, undivided, with this share of its body; asks nothing. */
void case_with_first(struct ctx *c, struct appeal_case *k, struct assignment_id share);
/* Latest due time of the shares that are still to be answered; the appeal's own when there is none. */
struct when case_due(const struct appeal_case *k);
/* The appeal's due time after its shares changed; the first body's duty to follow keeps step. */
MUST_USE enum rc case_set_due(struct ctx *c, struct appeal_case *k);
/* A new share with its duties: take (when `take`) and answer. */
struct share_new {
	int64_t body, from_body, parent, parts, hop;
	struct str reason, text;
	struct when due, take_due; /* take_due not set: nothing to take, e.g. a reopened one */
};
MUST_USE enum rc share_add(struct ctx *c, const struct appeal_case *k, const struct share_new *s, struct assignment_id *ret);
/* All open shares and duties end: withdrawn, stopped, joined. */
MUST_USE enum rc case_cancel(struct ctx *c, struct appeal_case *k);
/* The one search knows what the public may see of it, and no more. */
MUST_USE enum rc appeal_find_again(struct ctx *c, const struct appeal_case *k);
bool share_is_open(const struct assignment_row *s);

#define SUBJECT "appeal"
#define SHARE_NEW S("new")
#define SHARE_WORKING S("working")
#define SHARE_PASSED S("passed")
#define SHARE_RETURNED S("returned")
#define SHARE_DONE S("done")
#define SHARE_CANCELLED S("cancelled")

#endif
