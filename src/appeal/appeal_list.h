/*
 * appeal_list.h: what the public may see, newest first, by topic, region, time and state: one list behind the page, the table, the feed and the programs.
 * Rows live in the arena of the context.
 */
#ifndef APPEAL_LIST_H
#define APPEAL_LIST_H

#include "app/ctx.h"
#include "gen/appeal_sql.h"
#include "standard/pack.h"

#define FILTER_TOPICS 64

struct appeal_filter {
	const struct topic *topics[FILTER_TOPICS]; /* none: all */
	size_t n_topics;
	int64_t region;
	struct when since, until; /* 0: no bound */
	struct str state;         /* open or closed; empty: both */
};
/* Adds a topic and those below it; false: there is no such topic. What is more than FILTER_TOPICS is left out. */
bool appeal_filter_add(const struct pack *p, struct str code, struct appeal_filter *f);
/* Is this topic asked for? */
bool appeal_filter_has(const struct appeal_filter *f, struct str code);
/* before: the id of the last row that was seen, 0: from the newest. */
MUST_USE enum rc appeal_list(struct ctx *c, const struct appeal_filter *f, int64_t before, int64_t limit, struct appeal_public_row_list *ret);
/* As the programs call it: nothing is to be done any more. */
bool appeal_is_over(struct str state);

#endif
