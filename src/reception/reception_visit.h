/*
 * reception_visit.h: the day itself. Who is there gets a ticket; a clerk calls it, once; the visit holds what was asked and promised and one act for each
 * body it touched: an oral appeal (written down, read back, confirmed by the person, then registered like any other), a booking, advice, a hand-over.
 * All inside a write transaction. RC_CONFLICT: somebody was faster, or the state does not allow it.
 */
#ifndef RECEPTION_RECEPTION_VISIT_H
#define RECEPTION_RECEPTION_VISIT_H

#include "reception/reception.h"

/* ---- the queue ---- */

/* The person who booked is there. */
MUST_USE enum rc reception_check_in(struct ctx *c, const struct actor *who, struct reception_booking_row *b, struct reception_ticket_row *ret);
/* head 0: for any counter; else for this head, who must receive here today. */
MUST_USE enum rc reception_walk_in(struct ctx *c, const struct actor *who, struct reception_centre_id centre, int64_t head, struct reception_ticket_row *ret);
/* MSG_RECEPTION_FAULT_CALLED: another clerk has called this person. */
MUST_USE enum rc reception_call(struct ctx *c, const struct actor *who, struct reception_ticket_id id, int64_t counter);
/* Whoever waits longest for this head, or for any counter (head 0). RC_NOT_FOUND: nobody waits. */
MUST_USE enum rc reception_call_next(struct ctx *c, const struct actor *who, struct reception_centre_id centre, int64_t head, int64_t counter,
				     struct reception_ticket_row *ret);
MUST_USE enum rc reception_call_again(struct ctx *c, const struct actor *who, struct reception_ticket_id id);
MUST_USE enum rc reception_miss(struct ctx *c, const struct actor *who, struct reception_ticket_id id);

struct str reception_ticket_number(struct arena *a, const struct reception_ticket_row *t); /* "A-012" */
struct str reception_ticket_secret(const struct ctx *c, struct arena *a, struct reception_ticket_id id);

/* ---- the visit ---- */

MUST_USE enum rc reception_visit_begin(struct ctx *c, const struct actor *who, struct reception_ticket_id ticket, struct reception_visit_id *ret);
/* In a head's own office there is no queue: the person comes in at their time. */
MUST_USE enum rc reception_visit_of_booking(struct ctx *c, const struct actor *who, struct reception_booking_row *b, struct reception_visit_id *ret);
/* Officials of the body that received, and of the centre where it was. */
MUST_USE enum rc reception_visit_open(struct ctx *c, const struct actor *who, struct reception_visit_id id, struct reception_visit_row *ret);

struct reception_visitor {
	struct str name, email, phone, post_address, identifier; /* identifier empty: as it was */
	enum lang_id lang;
};
MUST_USE enum rc reception_visit_person(struct ctx *c, const struct actor *who, struct reception_visit_id id, const struct reception_visitor *p);

struct reception_words {
	struct str asked, said, promised;
	struct day promise_on; /* not set: the standard's term */
};
MUST_USE enum rc reception_visit_write(struct ctx *c, const struct actor *who, struct reception_visit_id id, const struct reception_words *w);
MUST_USE enum rc reception_promise_kept(struct ctx *c, const struct actor *who, struct reception_visit_id id, struct str how);

/* A measure of the body's public plan from now on, the same day: title without names, who does it; who was there is told when it is done. */
MUST_USE enum rc reception_promise_plan(struct ctx *c, const struct actor *who, struct reception_visit_id id, struct str title, struct str post);

struct reception_protocol {
	int64_t body, place;
	struct str topic, kind, text;
	struct str answer; /* said at once; empty: owed */
};
/* id 0: a new one. Writing it again undoes the reading. */
MUST_USE enum rc reception_protocol_write(struct ctx *c, const struct actor *who, struct reception_visit_id visit, struct reception_act_id id,
					  const struct reception_protocol *p, struct reception_act_id *ret);
MUST_USE enum rc reception_protocol_read(struct ctx *c, const struct actor *who, struct reception_act_id id);
/* confirmed: signed | said. With an answer it is answered on the spot; the check of answers holds here too. */
MUST_USE enum rc reception_protocol_file(struct ctx *c, const struct actor *who, struct reception_act_id id, struct str confirmed);
MUST_USE enum rc reception_protocol_drop(struct ctx *c, const struct actor *who, struct reception_act_id id);

/* kind: advice | lawyer | mediator. */
MUST_USE enum rc reception_advise(struct ctx *c, const struct actor *who, struct reception_visit_id visit, struct str kind, int64_t body, struct str text);
MUST_USE enum rc reception_book_in(struct ctx *c, const struct actor *who, struct reception_visit_id visit, struct reception_slot_id slot);
MUST_USE enum rc reception_visit_end(struct ctx *c, const struct actor *who, struct reception_visit_id id);

struct str reception_visit_secret(const struct ctx *c, struct arena *a, struct reception_visit_id id);

/* ---- numbers of a centre ---- */

struct reception_numbers {
	int64_t visits, closed, settled, sample, days;
	bool enough;                 /* at least `sample` visits: only then times are shown */
	int64_t median_min, p90_min; /* from the appointment, or the ticket, to the call */
	struct { int64_t body, appeals, bookings, advice, lawyer, mediator; } bodies[60];
	size_t n_bodies;
};
MUST_USE enum rc reception_numbers(struct ctx *c, struct reception_centre_id centre, struct reception_numbers *ret);
/* Middle and nine tenths of whole minutes. Pure; sorts v. */
void reception_waits_fold(int64_t *v, size_t n, int64_t *ret_median, int64_t *ret_p90);

#endif
