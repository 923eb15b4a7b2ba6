/*
 * quality.h: what became of answers, counted by body and week: how fast, called clear or not, opened again, with which findings. Counts are added in the
 * transaction of their cause, so pages read a few thousand rows whatever the number of answers. A body with fewer answers than the standard's
 * sample (clause quality_sample) in the window (quality_days) has no place in the order: one lucky case does not lead.
 */
#ifndef ANSWER_QUALITY_H
#define ANSWER_QUALITY_H

#include "app/route.h"
#include "standard/wording.h"

struct quality_line {
	int64_t body;
	struct str name;
	int64_t answers, clear, not_clear, not_solved, reopened, findings, passed;
	int64_t by_kind[FINDING_N], passed_kind[FINDING_N];
	int64_t median_hours;    /* -1: too few */
	int64_t clear_percent;   /* of those who said anything; -1: too few */
	int64_t reopened_percent, per_100; /* findings on 100 answers */
	bool ranked;
};
struct quality_table {
	struct quality_line *v;
	size_t n, n_ranked; /* ranked first, the clearest first */
	int64_t days, sample;
};
/* What people said of a body's answers, in one cut: writer, topic or finding. */
struct quality_rated {
	struct str name;
	int64_t clear, not_clear, not_solved;
};
struct quality_cut {
	struct quality_rated *v;
	size_t n;
};
/* body 0: every body, the best first. */
MUST_USE enum rc quality_load(struct ctx *c, int64_t body, struct quality_table *ret);

extern const struct module quality_module, reading_module;

#endif
