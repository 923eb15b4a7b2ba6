/*
 * meeting.h: meetings of heads with residents (Decree No. 826 of 3 March 2022; numbers and channels are the pack's).
 *
 * planned -> announced -> live -> ended -> published; cancelled before it begins. Every move is a row of meeting_moves and of the trail. What a head owes is
 * in meeting_owed, opened by a job with its duties; a meeting that was held keeps the one of its place.
 *
 * A question is never dropped: waiting -> queued -> answering -> on_spot | owed | not_ours, or joined to one that asks the same. When the meeting ends,
 * whatever is left is owed; a job then makes an appeal of each (origin "meeting"), so that it has a number, a clock and a trail like any other.
 */
#ifndef MEETING_MEETING_H
#define MEETING_MEETING_H

#include "app/layout/layout.h"
#include "app/route.h"
#include "gen/meeting_sql.h"
#include "standard/meeting_rules.h"

enum meeting_state { MEETING_PLANNED, MEETING_ANNOUNCED, MEETING_LIVE, MEETING_ENDED, MEETING_PUBLISHED, MEETING_CANCELLED, MEETING_STATE_N };
enum meeting_event_kind { MG_PLANNED, MG_CHANGED, MG_MOVED, MG_PROVEN, MG_ANNOUNCED, MG_CANCELLED, MG_BEGAN, MG_ENDED, MG_FILED, MG_PUBLISHED, MG_N };
const char *meeting_state_name(enum meeting_state s);
bool meeting_state_by_name(struct str name, enum meeting_state *ret);
unsigned meeting_state_msg(enum meeting_state s);
enum tone meeting_tone(enum meeting_state s);
bool meeting_event_by_name(struct str name, enum meeting_event_kind *ret);
unsigned meeting_event_msg(enum meeting_event_kind e);

struct meeting_move {
	enum meeting_state from;
	enum meeting_event_kind event;
	enum meeting_state to;
};
extern const struct meeting_move meeting_moves[];
extern const size_t meeting_moves_n;
bool meeting_may(const struct meeting_row *m, enum meeting_event_kind e);

/* Who works at a meeting of their body. */
enum meeting_post { MP_ORGANISER, MP_CHAIR, MP_MODERATOR, MP_MINUTES, MP_DOOR, MP_N };
bool meeting_holds(const struct actor *who, int64_t body, enum meeting_post p);

enum question_state { Q_WAITING, Q_QUEUED, Q_ANSWERING, Q_ON_SPOT, Q_OWED, Q_NOT_OURS, Q_JOINED, Q_STATE_N };
const char *question_state_name(enum question_state s);
bool question_state_by_name(struct str name, enum question_state *ret);
unsigned question_state_msg(enum question_state s);
enum tone question_tone(enum question_state s);
struct question_move {
	enum question_state from, to;
	unsigned posts; /* bits of enum meeting_post */
};
extern const struct question_move question_moves[];
extern const size_t question_moves_n;

/* ---- what is owed, the calendar, the announcement (meeting_plan.c) ---- */

struct meeting_words {
	struct when starts, ends;
	int64_t place, seats, reserved;
	struct str lang, speaker, venue, agenda, broadcast, video, contact;
};
/* By an organiser of the body. *ret: planned, with its duties to announce. */
MUST_USE enum rc meeting_plan(struct ctx *c, const struct actor *who, const struct meeting_words *w, struct meeting_id *ret);
/* Words and seats; time and day change by meeting_shift, with a reason that everybody reads. */
MUST_USE enum rc meeting_change(struct ctx *c, const struct actor *who, struct meeting_id id, const struct meeting_words *w);
MUST_USE enum rc meeting_shift(struct ctx *c, const struct actor *who, struct meeting_id id, struct when starts, struct when ends, struct str reason);
MUST_USE enum rc meeting_cancel(struct ctx *c, const struct actor *who, struct meeting_id id, struct str reason);
struct meeting_evidence {
	struct str channel, link, note, sha256, media_type, file_name;
	struct day shown;
};
MUST_USE enum rc meeting_prove(struct ctx *c, const struct actor *who, struct meeting_id id, const struct meeting_evidence *e);
/* Opens registration and questions; followers of the place get a letter. */
MUST_USE enum rc meeting_announce(struct ctx *c, const struct actor *who, struct meeting_id id);
MUST_USE enum rc meeting_approve_calendar(struct ctx *c, const struct actor *who, int64_t year, struct str note);
/* Job: calendars and meetings owed in the year of now, with their duties. Opens each once. */
MUST_USE enum rc meeting_open_owed(struct ctx *c, struct str payload);
struct when meeting_announce_due(const struct ctx *c, const struct meeting_row *m);

/* ---- registration, the door, followers (meeting_seat.c) ---- */

struct meeting_guest {
	struct str name, email, lang;
	int64_t account;
};
/* A seat or a place in the waiting list; the same address again gives what it has. */
MUST_USE enum rc meeting_register(struct ctx *c, struct meeting_id id, const struct meeting_guest *g, struct meeting_seat_row *ret);
/* Whoever waited longest moves up in the same transaction. */
MUST_USE enum rc meeting_leave(struct ctx *c, struct meeting_seat_id id);
/* RC_NOT_FOUND: no such code. *ret: who came. */
MUST_USE enum rc meeting_check_in(struct ctx *c, const struct actor *who, struct meeting_id id, struct str code, struct meeting_seat_row *ret);
MUST_USE enum rc meeting_walk_in(struct ctx *c, const struct actor *who, struct meeting_id id, struct str name, struct meeting_seat_row *ret);
struct str meeting_seat_secret(const struct ctx *c, struct meeting_seat_id id);
/* A letter asks to confirm; nothing is sent to the address until then. */
MUST_USE enum rc meeting_follow_ask(struct ctx *c, int64_t place, struct str email, struct str lang);
struct str meeting_follow_secret(const struct ctx *c, struct meeting_follow_id id);
/* Letters to followers: "meeting.tell" jobs with "MEETING EVENT AFTER". */
MUST_USE enum rc meeting_tell(struct ctx *c, struct str payload);
MUST_USE enum rc meeting_tell_later(struct ctx *c, struct meeting_id id, enum meeting_event_kind e);

/* ---- live (meeting_live.c) ---- */

struct meeting_asking {
	struct str how, text, lang, topic, name, email, phone, visitor, line_key;
	int64_t account;
};
/* From anybody while announced or live; in the hall by staff, let through at once. *ret: its number. */
MUST_USE enum rc meeting_ask(struct ctx *c, const struct actor *who, struct meeting_id id, const struct meeting_asking *a, struct meeting_question_row *ret);
/* One voice a person or browser; again takes it back. */
MUST_USE enum rc meeting_vote(struct ctx *c, struct meeting_question_id id, struct str voter);
MUST_USE enum rc meeting_question_to(struct ctx *c, const struct actor *who, struct meeting_question_id id, enum question_state to, int64_t body);
MUST_USE enum rc meeting_join(struct ctx *c, const struct actor *who, struct meeting_question_id id, int64_t number);
MUST_USE enum rc meeting_begin(struct ctx *c, const struct actor *who, struct meeting_id id);
/* kind: talk, questions, other; empty: the clock rests. */
MUST_USE enum rc meeting_clock(struct ctx *c, const struct actor *who, struct meeting_id id, struct str kind);
struct meeting_typed { /* a line that is there already, by its key, is left as it is */
	struct str key, kind, about, text; /* about: number of a question, or key of the line that made it; empty: what is being answered */
};
MUST_USE enum rc meeting_write(struct ctx *c, const struct actor *who, struct meeting_id id, const struct meeting_typed *l);
MUST_USE enum rc meeting_end(struct ctx *c, const struct actor *who, struct meeting_id id);

struct meeting_times {
	int64_t talk, questions, other; /* seconds until now */
	struct str runs;                /* kind of the running span, empty: none */
};
struct meeting_times meeting_times_of(const struct meeting_span_row_list *l, struct when now);
/* Whole per cent of the measured time; 0 when nothing was measured. */
int64_t meeting_share(int64_t talk, int64_t questions, int64_t other);
/* Tells viewers what is now; the same for all of them, in three languages where it is words. */
MUST_USE enum rc meeting_show(struct ctx *c, struct meeting_id id);

/* ---- after (meeting_after.c) ---- */

/* Job: makes appeals of the questions of meetings that ended, in batches. */
MUST_USE enum rc meeting_file(struct ctx *c, struct str payload);
struct meeting_promise { /* with a day: a measure of the plan; without: why it cannot be done now */
	struct str post, why;
	struct day due;
};
MUST_USE enum rc meeting_put_in_plan(struct ctx *c, const struct actor *who, struct meeting_question_id id, const struct meeting_promise *p);
MUST_USE enum rc meeting_publish(struct ctx *c, const struct actor *who, struct meeting_id id, struct str summary);
/* What was answered to a question in the hall: its lines, in order. */
struct str meeting_answer_of(struct arena *a, const struct meeting_answer_row_list *l, struct meeting_question_id id);

struct url meeting_url(struct arena *a, int64_t id, const char *rest);
struct url meeting_desk_url(struct arena *a, int64_t id, const char *rest);
/* "Meeting with residents: Abay district" */
struct str meeting_title(struct arena *a, const struct lang *l, const struct pack *p, int64_t place);
#define MEETING_SUBJECT "meeting"

extern const struct module meeting_module, meeting_feed_module, meeting_take_module, meeting_desk_module, meeting_room_module;

#endif
