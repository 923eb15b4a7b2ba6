/*
 * keeping.h: who keeps the standard. One board over all slices: for every body and period, of what was due how much was done in time, and every number opens
 * to its rows. A body that had nothing due in a line has "not owed" there, never 0 %; below the standard's sample (clause board_sample) numbers stand
 * without a percentage and without a place in the order.
 *
 * A job folds the duties that were closed, became overdue or were moved since; a duty's own row says what it counts as, so counts and rows agree by
 * construction. Opening the board reads a few thousand counts whatever the number of duties.
 */
#ifndef KEEPING_KEEPING_H
#define KEEPING_KEEPING_H

#include "app/layout/layout.h"
#include "app/route.h"
#include "gen/keeping_sql.h"
#include "standard/pack.h"

/* TO ADD A LINE: a value here, a row in keeping.c with the kinds of duties that count, its words in locale/LANG/keeping.po. */
enum keep_line {
	KEEP_MEETINGS, KEEP_ANNOUNCED, KEEP_MINUTES, KEEP_QUESTIONS, KEEP_PLAN, KEEP_REPORTS, KEEP_RECEPTIONS, KEEP_PROMISES, KEEP_APPEALS, KEEP_PETITIONS, KEEP_BRIEFINGS,
	KEEP_JOURNALISTS, KEEP_LINE_N
};
/* Measured, no duty. */
enum keep_sum { KEEP_TALK, KEEP_WAITING, KEEP_SUM_N };

const char *keep_sum_name(enum keep_sum s);
unsigned keep_sum_msg(enum keep_sum s);
bool keep_sum_by_name(struct str name, enum keep_sum *ret);
const char *keep_line_name(enum keep_line l);
unsigned keep_line_msg(enum keep_line l);
bool keep_line_by_name(struct str name, enum keep_line *ret);
/* On which line a duty stands; KEEP_LINE_N: on none. origin: of the appeal it is about. Pure. */
enum keep_line keep_line_of(struct str duty_kind, struct str subject_kind, struct str origin);

/* A period: "m24309", "q8103", "h4051", "y2026". */
struct keep_span {
	char span;
	int64_t slot;
};
bool keep_span_read(struct str text, struct keep_span *ret);
struct str keep_span_text(struct arena *a, struct keep_span s);
struct keep_span keep_span_of(char span, struct day d);
struct day keep_span_begin(struct keep_span s);
struct str keep_span_name(struct arena *a, const struct lang *l, struct keep_span s);

struct keep_cell {
	int64_t kept, moved, late, open; /* moved: done in time, by a date that was moved; all 0: not owed */
};
struct keep_body {
	const struct body *body;
	struct keep_cell line[KEEP_LINE_N];
	struct { int64_t part, whole; } sum[KEEP_SUM_N]; /* whole 0: nothing measured */
	int64_t owed, percent; /* over all lines; percent -1: too few */
};
struct keep_table {
	struct keep_span span;
	struct keep_body *v; /* best first; too few at the end */
	size_t n;
	int64_t sample;
};
static inline int64_t keep_owed(const struct keep_cell *c)
{
	return c->kept + c->moved + c->late + c->open;
}
/* region 0: the whole country. */
MUST_USE enum rc keep_load(struct ctx *c, struct keep_span span, int64_t region, struct keep_table *ret);
/* Zeros when nothing was counted. */
MUST_USE enum rc keep_load_body(struct ctx *c, struct keep_span span, int64_t body, struct keep_body *ret);

/* Job. *ret_n of keep_fold_some: how many rows changed. */
MUST_USE enum rc keep_fold(struct ctx *c, struct str payload);
MUST_USE enum rc keep_fold_some(struct ctx *c, int64_t limit, int64_t *ret_n);

extern const struct module keeping_module;

#endif
