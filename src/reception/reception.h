/*
 * reception.h: personal receptions (Administrative Procedural Code of Kazakhstan, art. 90; the numbers are the pack's).
 *
 * hours of a head -> the month's plan -> published days with slots -> bookings -> the queue of the day -> visits -> appeals, promises, other bookings.
 * Every move of a day, a booking or a ticket is a row of reception_moves and of the trail; where two people want the same thing, one changes the row and
 * the other changes none. Nothing here renders; letters are queued in the transaction of their cause.
 *
 * What is done at the counter stands in reception_visit.h.
 */
#ifndef RECEPTION_RECEPTION_H
#define RECEPTION_RECEPTION_H

#include "app/layout/layout.h"
#include "app/route.h"
#include "gen/reception_sql.h"

enum reception_event {
	RE_MADE, RE_CHANGED, RE_PUBLISHED, RE_HELD, RE_NOT_HELD, RE_CLOSED,                          /* days, hours, heads */
	RE_RESERVED, RE_ASKED, RE_BOOKED, RE_MOVED, RE_CANCELLED, RE_LAPSED, RE_CALLED_OFF,           /* bookings */
	RE_HERE, RE_CALLED, RE_CALLED_AGAIN, RE_SEEN, RE_MISSED, RE_DONE,                             /* the queue */
	RE_OPENED, RE_WRITTEN, RE_READ_BACK, RE_FILED, RE_SETTLED, RE_ADVISED, RE_HANDED, RE_ENDED, RE_KEPT, /* visits */
	RE_N
};
bool reception_event_by_name(struct str name, enum reception_event *ret);
unsigned reception_event_msg(enum reception_event e);

/* No row, no move. of: day | booking | ticket; states are those of the tables. */
struct reception_move {
	const char *of, *from;
	enum reception_event event;
	const char *to;
};
extern const struct reception_move reception_moves[];
extern const size_t reception_moves_n;
const char *reception_moved(const char *of, struct str from, enum reception_event e); /* NULL: not from there */
/* What a state is called; 0 for an unknown one. */
unsigned reception_state_msg(const char *of, struct str state);
enum tone reception_state_tone(struct str state);
unsigned reception_post_msg(struct str kind); /* head, deputy, lawyer ... */
struct str reception_post(const struct lang *l, struct str kk, struct str ru, struct str en);

/* Planners make the schedule of their body; clerks serve the people of a place or a day. */
bool reception_may_plan(const struct actor *who, int64_t body);
bool reception_may_serve(const struct actor *who, int64_t body);

/* ---- rules, pure ---- */

#define RECEPTION_GRID_MAX 96
/* Beginnings of the windows between two minutes of the day, without those that reach into the lunch break. */
size_t reception_grid(int64_t from, int64_t to, int64_t step, int64_t lunch_from, int64_t lunch_to, int64_t ret[RECEPTION_GRID_MAX]);
/* Is this day the first, third ... such weekday of its month, as the bits of `weeks` want it? */
bool reception_day_fits(struct day d, int64_t weekday, int64_t weeks);
struct when reception_minute(struct day d, int64_t minute);
/* Waiting begins with the appointment, or with the coming if that is later. */
struct when reception_since(struct when starts, struct when came);
struct day reception_month_of_day(struct day d); /* its first */
struct day reception_month_last(struct day first);

/* ---- the schedule ---- */

struct reception_head_new {
	int64_t body;
	struct str kind, name, post_kk, post_ru, post_en, matters;
};
MUST_USE enum rc reception_head_add(struct ctx *c, const struct actor *who, const struct reception_head_new *h, struct reception_head_id *ret);
MUST_USE enum rc reception_head_change(struct ctx *c, const struct actor *who, struct reception_head_id id, const struct reception_head_new *h, bool active);

struct reception_centre_new {
	int64_t body, place;
	struct str kind, name_kk, name_ru, name_en, address;
	int64_t counters;
};
MUST_USE enum rc reception_centre_add(struct ctx *c, const struct actor *who, const struct reception_centre_new *n, struct reception_centre_id *ret);
MUST_USE enum rc reception_centre_change(struct ctx *c, const struct actor *who, struct reception_centre_id id, const struct reception_centre_new *n);

struct reception_hours_new {
	struct reception_head_id head;
	struct reception_centre_id centre;
	int64_t weekday, weeks, from_min, to_min, slot_min;
	struct str kind, link;
	struct day from_on;
};
/* From a day on; what was published already stays as it is. */
MUST_USE enum rc reception_hours_add(struct ctx *c, const struct actor *who, const struct reception_hours_new *h);
MUST_USE enum rc reception_hours_stop(struct ctx *c, const struct actor *who, struct reception_hours_id id, struct day until);

/* Plans a month from the hours, without holidays and closures; what is planned already is not doubled. */
MUST_USE enum rc reception_month_plan(struct ctx *c, const struct actor *who, int64_t body, struct day month, int64_t *ret_n);
/* RC_INVALID: a head or deputy would receive less often than the standard says. */
MUST_USE enum rc reception_month_open(struct ctx *c, const struct actor *who, int64_t body, struct day month);

struct reception_day_new {
	struct reception_head_id head;
	struct reception_centre_id centre;
	int64_t meeting, from_min, to_min, slot_min;
	struct day on;
	struct str kind, link;
};
/* A day of its own, public at once: an extra reception, or one before or after a meeting. RC_DUPLICATE: the head receives then already. */
MUST_USE enum rc reception_day_add(struct ctx *c, const struct actor *who, const struct reception_day_new *n, struct reception_day_id *ret);
/* Booked windows stay where they are; free ones follow the new hours. RC_CONFLICT: somebody changed it since `version`. */
MUST_USE enum rc reception_day_change(struct ctx *c, const struct actor *who, struct reception_day_id id, int64_t version, const struct reception_day_new *n);
/* Everybody who had booked is told and offered the next free window. */
MUST_USE enum rc reception_day_shut(struct ctx *c, const struct actor *who, struct reception_day_id id, struct str reason);
/* No receptions of a body (head 0) or a head in these days. */
MUST_USE enum rc reception_close(struct ctx *c, const struct actor *who, int64_t body, int64_t head, struct day from, struct day to, struct str reason);
/* Received: the month's duty of this head is closed, who did not come is marked. */
MUST_USE enum rc reception_day_hold(struct ctx *c, const struct actor *who, struct reception_day_id id);

/* ---- booking ---- */

/* Five minutes to fill in the form. RC_CONFLICT: taken (MSG_RECEPTION_FAULT_TAKEN) or closed meanwhile (..._SLOT_CLOSED). */
MUST_USE enum rc reception_reserve(struct ctx *c, const struct actor *who, struct reception_slot_id slot, enum lang_id lang, struct reception_booking_row *ret);

struct reception_person {
	struct str name, email, phone, matter;
	enum lang_id lang;
};
/* Guests get a letter with a code and a link, and 15 minutes; who is signed in has it at once. */
MUST_USE enum rc reception_ask(struct ctx *c, const struct actor *who, struct reception_booking_row *b, const struct reception_person *p);
/* RC_OK when it is confirmed now or was before. RC_INVALID: a wrong code, which is counted. */
MUST_USE enum rc reception_confirm(struct ctx *c, struct reception_booking_row *b, struct str code);
MUST_USE enum rc reception_cancel(struct ctx *c, const struct actor *who, struct reception_booking_row *b);
/* To another window: the new one first, then the old one is let go. */
MUST_USE enum rc reception_move_to(struct ctx *c, const struct actor *who, struct reception_booking_row *b, struct reception_slot_id slot);
/* At the counter, for the person who stands there. */
MUST_USE enum rc reception_book_for(struct ctx *c, const struct actor *who, struct reception_slot_id slot, const struct reception_person *p,
				    struct reception_booking_row *ret);

struct str reception_secret(const struct ctx *c, struct arena *a, struct reception_booking_id id);
struct str reception_code(const struct ctx *c, struct arena *a, struct reception_booking_id id);
struct url reception_booking_url(const struct ctx *c, struct arena *a, const struct reception_booking_row *b);

/* Receptions before or after a meeting, booked on the meeting's own page. */
struct reception_offers {
	struct { struct reception_day_line d; struct reception_slot_row_list free; } *v;
	size_t n;
};
MUST_USE enum rc reception_of_meeting(struct ctx *c, int64_t meeting, struct reception_offers *ret);
void reception_offers_show(struct out *o, const struct view *v, const struct reception_offers *l);

extern const struct module reception_module, reception_booking_module, reception_desk_module, reception_queue_module, reception_visit_module;

#endif
