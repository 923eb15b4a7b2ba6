/*
 * quality.h: what became of answers, counted by body and week: how fast, called clear or not, opened again, with which findings. Counts are added in the
 * transaction of their cause, so pages read a few thousand rows whatever the number of answers. A body with fewer answers than the standard's
 * sample (clause quality_sample) in the window (quality_days) has no place in the order: one lucky case does not lead.
 */
#ifndef ANSWER_QUALITY_H
#define ANSWER_QUALITY_H

#include "app/route.h"
#include "gen/ids.h"
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
/* What the check found in them, by writer or by topic, most often first. */
struct quality_found {
	struct str name, kind; /* kind: of the finding */
	int64_t n;
};
struct quality_findings {
	struct quality_found *v;
	size_t n;
};
/* body 0: every body, the best first. */
MUST_USE enum rc quality_load(struct ctx *c, int64_t body, struct quality_table *ret);

/* Inside the transaction of a rating, before it is written: what was said of these answers before counts no longer. */
MUST_USE enum rc quality_said(struct ctx *c, struct appeal_id appeal, struct str topic, struct str said);
/* A finding stood in an answer when it was signed. */
MUST_USE enum rc quality_found(struct ctx *c, int64_t body, int64_t writer, struct str topic, struct str kind);

extern const struct module quality_module, reading_module;

#endif
