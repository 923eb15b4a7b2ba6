/* desk_view.h: what the desk's pages of receptions are drawn from. Inside of the slice. */
#ifndef RECEPTION_DESK_VIEW_H
#define RECEPTION_DESK_VIEW_H

#include "reception/reception_view.h"

struct reception_desk_month {
	struct day first;
	struct when published;
	struct reception_day_line_list days;
	size_t planned;
};
struct reception_desk_page {
	struct str body;
	bool planner, clerk;
	struct reception_head_row_list heads;
	struct reception_centre_row_list centres;
	struct reception_closure_row_list closures;
	struct reception_desk_month months[3];
};

struct reception_head_page {
	struct reception_head_row h;
	struct reception_hours_row_list hours;
	struct reception_event_row_list events;
	struct option weekdays[7], weeks[5], *centres;
	size_t n_centres;
	bool planner;
};

/* One day at the desk: its windows with who comes, and its hours to change. */
struct reception_desk_day {
	struct reception_day_page p;
	struct reception_booking_row_list bookings;
	struct option *centres, *heads;
	size_t n_centres, n_heads;
	bool planner, clerk;
};

bool reception_minute_parse(struct str s, int64_t *ret); /* "15:00" */
/* A body's own rooms and the centres of its region. */
MUST_USE enum rc reception_centres_for(struct req *rq, struct reception_centre_row_list *ret);
size_t reception_centre_options(struct req *rq, const struct reception_centre_row_list *l, struct option **ret);
size_t reception_head_options(struct req *rq, const struct reception_head_row_list *heads, bool all, struct option **ret);

extern const struct module reception_day_module;

#endif
