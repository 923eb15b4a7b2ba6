/* meeting_view.h: inside of the slice: what the pages of a meeting show, worked out from its rows, and what its operations share. */
#ifndef MEETING_MEETING_VIEW_H
#define MEETING_MEETING_VIEW_H

#include "meeting/meeting.h"
#include "reception/reception.h"
#include "standard/pack.h"

#define QUESTIONS_SHOWN 300 /* on a page */
#define QUESTIONS_MAX 20000

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
	struct meeting_outcome_row_list questions; /* all, by number */
	size_t from, to;            /* of them this page shows; "?after=NUMBER" */
	const struct meeting_outcome_row *now; /* being answered; NULL: none */
	struct meeting_line_row_list lines;
	struct meeting_times times; /* measured until now, or in all */
	struct str clock;           /* what runs, in words */
	int64_t share, allowed;     /* whole per cent of the talk; the most that the standard allows */
	int64_t announced_days;     /* how many days before it was announced; -1: it was not */
	int64_t waiting, unsolved, free_seats; /* free_seats -1: no limit */
	struct meeting_topic_count *topics;
	size_t n_topics;
	struct reception_offers receptions; /* before or after, booked on this page */
	bool of_body;               /* staff of the body that holds it */
};
MUST_USE enum rc meeting_page_make(struct req *rq, struct meeting_id id, struct meeting_page *ret);
/* The words of a question as everybody may read them; those that no moderator has let through say so. */
struct str meeting_question_words(const struct lang *l, const struct meeting_outcome_row *q);
/* The next of the hall's queue, in its order; NULL where there is none. */
#define NEXT_SHOWN 3
struct meeting_next {
	const struct meeting_outcome_row *v[NEXT_SHOWN];
};
struct meeting_next meeting_next_of(const struct meeting_page *p);
struct str meeting_next_text(struct arena *a, const struct meeting_outcome_row *q);
/* Words of the minutes without personal data. */
struct str meeting_public(struct arena *a, const struct meeting_page *p, struct str text);
int64_t meeting_number_of(const struct meeting_page *p, int64_t question); /* 0: none */
int64_t meeting_more(const struct meeting_page *p); /* the number to go on behind; 0: that was all */
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
