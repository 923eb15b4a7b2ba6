/* keeping_view.h: what the pages of the board are drawn from. Inside of the slice. */
#ifndef KEEPING_KEEPING_VIEW_H
#define KEEPING_KEEPING_VIEW_H

#include "keeping/keeping.h"

struct keep_board {
	struct keep_table t;
	size_t first, n; /* of t.v, shown */
	int64_t region;
	struct str period, period_name, older;
	struct option *periods, *regions;
	size_t n_periods, n_regions;
};
struct keep_row {
	struct keep_line_row d;
	struct str what, title; /* title empty: not public */
	struct url to;
};
struct keep_rows {
	const struct body *body;
	enum keep_line line;
	struct str period, period_name, as, older;
	struct keep_row *v;
	size_t n;
};
/* Behind what is measured: meetings with their share of talk, visits with the minutes that people waited. */
struct keep_measured {
	struct day on;
	int64_t n;
	struct str title; /* of a meeting; a visit has none */
	struct url to;
};
struct keep_measured_rows {
	const struct body *body;
	enum keep_sum sum;
	struct str period, period_name, older;
	bool too_few; /* a person could be known by the time they waited */
	struct keep_measured *v;
	size_t n;
};
/* -1: too few. */
int64_t keep_percent(const struct keep_cell *c, int64_t sample);

#endif
