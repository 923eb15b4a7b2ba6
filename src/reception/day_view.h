/* day_view.h: what the pages of the day are drawn from: the queue, the display, tickets, visits, numbers. Inside of the slice. */
#ifndef RECEPTION_DAY_VIEW_H
#define RECEPTION_DAY_VIEW_H

#include "reception/reception_view.h"
#include "reception/reception_visit.h"

struct reception_centre_page {
	struct reception_centre_row c;
	struct reception_day_line_list days;
	const struct pack *pack;
};

struct reception_waiting { /* one who waits, or is called */
	struct reception_ticket_row t;
	struct str number, name, head;
	int64_t minutes;
	bool mine;
};
struct reception_coming { /* booked for today and not here yet */
	struct reception_booking_row b;
	struct str head;
};
struct reception_line_up { /* a queue: any counter, or one head */
	int64_t head, waiting;
	struct str name;
};
struct reception_queue_page {
	struct reception_centre_row c;
	int64_t counter;
	struct reception_waiting *waiting, *called;
	struct reception_coming *coming;
	struct reception_line_up *queues;
	struct reception_visit_row_list visits;
	size_t n_waiting, n_called, n_coming, n_queues;
};

struct reception_ticket_page {
	struct reception_ticket_row t;
	struct reception_centre_row c;
	struct str number, secret, head;
	int64_t ahead;
	struct html qr;
};

struct reception_act_view {
	struct reception_act_row a;
	struct str body, number; /* of the appeal or the booking */
	struct when due;         /* of the appeal; the booking's time */
	struct str with;         /* whom the booking is with */
	struct url to;           /* the person's own page */
	struct html qr;
};
struct reception_visit_page {
	struct reception_visit_row v;
	struct reception_centre_row c;
	struct reception_event_row_list events;
	struct reception_act_view *acts;
	size_t n_acts;
	struct str body, head, ticket, secret;
	struct url summary;
	struct html qr;
	bool open, may_file; /* may_file: may take a paper that the person has brought */
};
MUST_USE enum rc reception_visit_page_make(struct req *rq, const struct reception_visit_row *v, bool with_qr, struct reception_visit_page *ret);

struct reception_promise_line {
	struct reception_visit_row v;
	struct str head;
	bool late;
};

extern const struct module reception_centre_module;

#endif
