/*
 * tally.h: counting the trail. Pure: takes events, gives the counts to add. Which event counts as which metric, and in which cuts, are tables.
 *
 * The time to answer is kept as a histogram on a logarithmic scale of hours, four buckets to a doubling, so that medians and 90th percentiles
 * of any sum of cuts come out within 9 %.
 */
#ifndef INSIGHT_TALLY_H
#define INSIGHT_TALLY_H

#include "base/map.h"
#include "base/str.h"
#include "base/when.h"

#define TTA_BUCKETS 64

struct tally_event {
	struct str kind;    /* of the trail */
	struct str topic;
	int64_t place, region, body;
	int64_t value;      /* seconds to answer, where the kind has one */
	struct str detail;  /* decision or rating, where the kind has one */
	bool late;
	struct when at;
};

struct tally_add {
	struct str span, metric, topic;
	int64_t slot, place, body, n;
};

/* Sums what many events add to the same rows. */
struct tally_sum {
	struct arena *arena;
	struct map rows; /* key -> struct tally_add */
	struct tally_add **list;
	size_t n, cap;
};
void tally_count(struct tally_sum *s, const struct tally_event *e);

int tta_bucket(int64_t seconds);
/* Upper end of a bucket, in seconds. */
int64_t tta_seconds(int bucket);
/* The p-th percentile (0-100) of a histogram in seconds; -1 when fewer than `least` cases are in it. */
int64_t tta_percentile(const int64_t counts[TTA_BUCKETS], int p, int64_t least);

#endif
