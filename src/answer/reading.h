/*
 * reading.h: the check (check.h) over the rows of an appeal, and what is kept of it. An answer with a blocking finding cannot be submitted or signed unless a
 * controller of the body let that finding pass in writing; the reason is public. Delivering keeps what still stood, counts it, remembers the answer's
 * sketch for the next copy, and now and then draws a second reader.
 *
 * Called by the operations of appeal/answer.c inside their transaction; owns nothing, results live in the context's arena.
 */
#ifndef ANSWER_READING_H
#define ANSWER_READING_H

#include "answer/check.h"
#include "appeal/answer.h"
#include "gen/check_sql.h"

struct answer_reading {
	struct check_result found;
	struct finding_pass_row_list passed;
	size_t blocking; /* findings that still stop a signature */
};
MUST_USE enum rc answer_read(struct ctx *c, const struct appeal_case *k, const struct answer_whole *w, struct answer_reading *ret);
bool answer_reading_passed(const struct answer_reading *r, enum finding f);

/* A controller of the answer's body; RC_INVALID without a reason or when nothing of the kind was found. */
MUST_USE enum rc answer_let_pass(struct ctx *c, const struct appeal_case *k, const struct answer_whole *w, enum finding f, struct str reason);

/* At delivery, at a rating, at a reopening. */
MUST_USE enum rc answer_keep_reading(struct ctx *c, const struct appeal_case *k, const struct answer_whole *w);
MUST_USE enum rc answer_count(struct ctx *c, int64_t body, struct str metric);

#endif
