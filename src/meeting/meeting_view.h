/* meeting_view.h: inside of the slice: what the pages of a meeting show, worked out from its rows, and what its operations share. */
#ifndef MEETING_MEETING_VIEW_H
#define MEETING_MEETING_VIEW_H

#include "meeting/meeting.h"
#include "reception/reception.h"
#include "standard/pack.h"

#define QUESTIONS_SHOWN 100 /* on a page; the rest stands behind "more" */
#define QUEUE_SHOWN 50
#define NEXT_SHOWN 3

struct meeting_topic_count {
	struct str name;
	int64_t n;
};
struct meeting_page {
	struct meeting_row m;
	enum meeting_state state;
	struct str title, body;
	const struct pack *pack;
	struct trail_item *trail;
	size_t n_trail;
	struct meeting_proof_row_list proofs;
	const struct meeting_question_row *now; /* being answered; NULL: none */
	struct meeting_question_row_list next; /* of the hall's queue, while the meeting goes on */
	struct meeting_times times; /* measured until now, or in all */
	struct str clock;           /* what runs, in words */
	int64_t share, allowed;     /* whole per cent of the talk; the most that the standard allows */
	int64_t announced_days;     /* how many days before it was announced; -1: it was not */
	int64_t free_seats;         /* -1: no limit */
	struct reception_offers receptions; /* before or after, booked on this page */
	bool of_body;               /* staff of the body that holds it */
};
MUST_USE enum rc meeting_page_make(struct req *rq, struct meeting_id id, struct meeting_page *ret);

/* What was asked, by number from "?after=NUMBER" on, with what was answered in the hall. */
struct meeting_asked {
	struct meeting_outcome_row_list l;
	struct meeting_answer_row_list answers;
	int64_t more;               /* the number to go on behind; 0: that was all */
};
MUST_USE enum rc meeting_asked_load(struct req *rq, const struct meeting_page *p, bool unsolved, struct meeting_asked *ret);
/* The queue of the hall, from the cursor in this query field on; *ret_more: the next one, empty at the end. */
MUST_USE enum rc meeting_queue_load(struct req *rq, struct meeting_id id, const char *field, struct meeting_question_row_list *ret, struct str *ret_more);
/* As public pages show it: what stands on a meeting's page beside its row. */
struct meeting_shown {
	struct meeting_asked asked, unsolved;
	bool only_unsolved;         /* "?only=unsolved": asked holds them alone */
	struct meeting_topic_count *topics;
	size_t n_topics;
};
/* A list of questions to work on, and the number to go on behind; 0: that was all. */
struct meeting_heap {
	struct meeting_question_row_list l;
	int64_t more;
};
/* The words of a question as everybody may read them; those that no moderator has let through say so. */
struct str meeting_question_words(const struct lang *l, const struct meeting_outcome_row *q);
/* "12. Its first words"; empty for NULL. */
struct str meeting_line_text(struct arena *a, const struct meeting_question_row *q);
struct str meeting_next_text(struct arena *a, const struct meeting_page *p, size_t i);
/* Words of the minutes without personal data. */
struct str meeting_public(struct arena *a, const struct meeting_page *p, struct str text);
/* A region whose heads owe meetings; id 0: the whole country. */
struct meeting_owed_region {
	int64_t id, n, kept, late;
};
int64_t meeting_owed_in(const struct pack *p, const struct meeting_owed_sum *s); /* the region of its body, or 0 */
struct when meeting_approved(const struct meeting_calendar_row_list *l, int64_t body); /* not set: not yet */
/* Bars of the measured time: talk against its share. */
void meeting_share_bar(struct out *o, const struct view *v, const struct meeting_page *p);
struct str meeting_clock_text(struct arena *a, int64_t sec); /* "1:05:09" */
struct str meeting_how_text(const struct lang *l, struct str how);

/* Lists: what lies ahead or has been, everywhere or in a region or of a body; a cursor is "MOMENT-ID". */
struct meeting_filter {
	int64_t region, body;
	bool past;
};
struct meeting_filter meeting_filter_of(const struct req *rq);
/* The path is "ID.ics": one meeting as a calendar. */
MUST_USE enum rc meeting_ics(struct req *rq);
MUST_USE enum rc meeting_find(struct req *rq, const struct meeting_filter *f, int64_t limit, struct meeting_line_list *ret);
struct str meeting_cursor(struct arena *a, const struct meeting_line *l);

/* A row of the trail; the meeting for somebody who holds this post there; a seat that was taken for who waited. */
MUST_USE enum rc meeting_note(struct ctx *c, struct meeting_id id, enum meeting_event_kind e, int64_t account, struct str detail, struct str reason);
MUST_USE enum rc meeting_open_for(struct ctx *c, const struct actor *who, struct meeting_id id, enum meeting_post p, struct meeting_row *ret);
MUST_USE enum rc meeting_move_up(struct ctx *c, const struct meeting_row *m, const struct meeting_seat_row *s);
/* Job: viewers of the meeting of this id fetch its page anew. */
MUST_USE enum rc meeting_refresh(struct ctx *c, struct str payload);

#endif
