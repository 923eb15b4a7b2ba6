/*
 * insight.h: what people write about right now and how it is being resolved. Everything shown is read from counts that a job folds from the trail every
 * second, two seconds behind it; opening a page costs a few hundred rows whether there are a thousand appeals or five million.
 */
#ifndef INSIGHT_INSIGHT_H
#define INSIGHT_INSIGHT_H

#include "app/layout/layout.h"
#include "app/route.h"
#include "gen/insight_sql.h"
#include "insight/tally.h"
#include "standard/pack.h"

#define SHOW_TOPICS 12
#define SHOW_BODIES 12
#define LEAST_SAMPLE 20 /* fewer cases make no median: one lucky case must not lead */

struct insight_row {
	struct str name, key; /* key: topic code or id */
	int64_t n, share_permille, rising_percent; /* of the largest row; last week against the four before, 0: not told */
	int64_t median_hours, p90_hours; /* -1: too few */
	int64_t on_time_percent, clear_percent; /* -1: too few */
};

struct insight_sums {
	int64_t filed, answered, on_time, late, deemed, clear, not_clear, not_solved, passed, reopened, granted, refused, explained;
	int64_t tta[TTA_BUCKETS];
};

struct insight_page {
	struct insight_sums sums, today;
	int64_t open, days;
	const struct place *region; /* NULL: the country */
	const struct topic *topic;  /* NULL: all */
	struct insight_row topics[SHOW_TOPICS], bodies[SHOW_BODIES], *places;
	size_t n_topics, n_bodies, n_places;
	int64_t hours_in[48], hours_out[48]; /* oldest first */
	int64_t hours_max;
	bool hourly; /* hours are counted for the country, a region or a topic, not for a topic in a region */
	struct option *regions, *all_topics;
	size_t n_regions, n_all_topics;
};

int64_t percent_of(int64_t part, int64_t all, int64_t least); /* -1 when all < least */
MUST_USE enum rc insight_page_make(struct req *rq, struct insight_page *ret);
/* Charts of the server: each has its table on the page. */
void insight_hours(struct out *o, const struct view *v, const struct insight_page *p);
void insight_map(struct out *o, const struct view *v, const struct insight_page *p, const struct pack *pack);
MUST_USE enum rc insight_fold(struct ctx *c, struct str payload); /* job */

extern const struct module insight_module;

#endif
