/* reception_inner.h: inside of the slice: the trail, the guard of every move, clauses of the pack. */
#ifndef RECEPTION_RECEPTION_INNER_H
#define RECEPTION_RECEPTION_INNER_H

#include "app/app.h"
#include "reception/reception.h"
#include "standard/duty.h"
#include "standard/pack.h"

#define SUBJECT_MONTH "reception"
#define SUBJECT_VISIT "visit"

struct reception_told {
	const char *of; /* day, booking ... */
	int64_t subject, body, account;
	enum reception_event event;
	struct str detail, reason;
};
MUST_USE enum rc reception_tell(struct ctx *c, const struct reception_told *t);
int64_t reception_clause(const struct ctx *c, const char *code);
struct str reception_month_text(struct arena *a, const struct lang *l, struct day month); /* "March 2026" */
struct str reception_hours_text(struct arena *a, int64_t from, int64_t to); /* "15:00-18:00" */

/* Moves a booking by the table, and the row with it; RC_CONFLICT when it is not where it was read. */
struct reception_step {
	enum reception_event event;
	struct when expires, remind;
	int64_t account;
	struct str detail, reason;
};
MUST_USE enum rc reception_step(struct ctx *c, struct reception_booking_row *b, const struct reception_step *s);
/* The windows of a day as its hours say, beside those that are booked. */
MUST_USE enum rc reception_slots_make(struct ctx *c, const struct reception_day_row *d);
/* Letters (reception_letters.c): one for each thing that happened. */
enum reception_letter { LETTER_CODE, LETTER_BOOKED, LETTER_MOVED, LETTER_CHANGED, LETTER_CANCELLED, LETTER_CALLED_OFF, LETTER_REMINDER, LETTER_KINDS };
MUST_USE enum rc reception_write_to(struct ctx *c, const struct reception_booking_row *b, enum reception_letter kind, struct str reason);
MUST_USE enum rc reception_call_off(struct ctx *c, const struct actor *who, struct reception_booking_row *b, struct str reason);
/* When the reminder of a booking goes out: the morning of the day before; not set when that is past. */
struct when reception_remind_at(const struct ctx *c, struct when starts);

/* The one search. */
MUST_USE enum rc reception_find_again(struct ctx *c, struct reception_head_id id);
MUST_USE enum rc reception_search_fill(struct ctx *c, int64_t before, int64_t *ret_next);

/* Jobs. */
MUST_USE enum rc reception_free(struct ctx *c, struct str payload);
MUST_USE enum rc reception_remind(struct ctx *c, struct str payload);
MUST_USE enum rc reception_months(struct ctx *c, struct str payload);
MUST_USE enum rc reception_over(struct ctx *c, struct str payload);

#endif
