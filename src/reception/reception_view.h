/* reception_view.h: what the pages of receptions are drawn from. Inside of the slice. */
#ifndef RECEPTION_RECEPTION_VIEW_H
#define RECEPTION_RECEPTION_VIEW_H

#include "reception/reception_inner.h"

/* "15:00" in the country's zone, and a name in the reader's language. */
struct str reception_clock(struct arena *a, struct when w);
struct str reception_minute_text(struct arena *a, int64_t minute);
struct str reception_centre_name(const struct view *v, const struct reception_centre_row *r);
struct str reception_weekday(const struct view *v, struct day d);
struct str reception_head_text(const struct view *v, const struct reception_head_row *h); /* "Name, post" */
struct str reception_line_text(const struct view *v, const struct reception_day_line *d);

struct reception_list_page {
	struct reception_day_line_list l;
	struct option *regions;
	size_t n_regions;
	struct str region;     /* chosen; empty: all */
	struct str older;      /* cursor of the next part, empty: none */
	struct reception_centre_row_list centres;
	struct reception_booking_row_list mine;
	const struct pack *pack;
};

struct reception_day_page {
	struct reception_day_row d;
	struct reception_head_row h;
	struct reception_centre_row at;
	struct reception_slot_row_list slots; /* all that are open */
	struct reception_slot_row_list next;  /* free ones elsewhere when this day has none */
	size_t free;
	struct str body;
	struct reception_event_row_list events;
};
MUST_USE enum rc reception_day_page_make(struct req *rq, struct reception_day_id id, struct reception_day_page *ret);
struct url reception_day_url(struct arena *a, struct reception_day_id id);

struct reception_booking_page {
	struct reception_booking_row b;
	struct reception_day_page day;
	struct str secret, code;
	struct url video;    /* of the room on the net; shown to who is booked only */
	struct reception_slot_row_list next; /* where else there is room */
	bool lapsed, known;  /* its minutes are over; the visitor is signed in */
	struct html qr;
};


#endif
