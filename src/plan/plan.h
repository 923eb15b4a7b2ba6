/*
 * plan.h: what a body has promised to do. A measure has an owner, a date, money where it is known, and an origin: a meeting, a reception, a petition, an
 * appeal, a problem. A measure with a date is a duty until it is done; a moved date moves the duty and stays in the public history with its reason. When
 * it is done, everybody whose voice stands behind it is told once: "you said, we did"; those who wait where it came from (the signers of a petition) hear
 * of its end and of every new date. Every change is a row of plan_moves and of the trail.
 *
 * Half-years end in a report that the program makes and the body publishes (report.c): its numbers stand still from then on.
 */
#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H

#include "app/route.h"
#include "gen/plan_sql.h"

enum measure_state { MEASURE_PLANNED, MEASURE_WORKING, MEASURE_DONE, MEASURE_DROPPED, MEASURE_NOT_NOW, MEASURE_STATE_N };
enum measure_event_kind { PLAN_ADDED, PLAN_STARTED, PLAN_NOTED, PLAN_MOVED, PLAN_DONE, PLAN_DROPPED, PLAN_NOT_NOW, PLAN_RESUMED, PLAN_REWORDED, PLAN_EVENT_N };

const char *measure_state_name(enum measure_state s);
bool measure_state_by_name(struct str name, enum measure_state *ret);
unsigned measure_state_msg(enum measure_state s);
bool measure_event_by_name(struct str name, enum measure_event_kind *ret);
const char *measure_event_name(enum measure_event_kind e);
unsigned measure_event_msg(enum measure_event_kind e);

struct plan_move {
	enum measure_state from;
	enum measure_event_kind event;
	enum measure_state to;
};
extern const struct plan_move plan_moves[];
extern const size_t plan_moves_n;
bool plan_may(const struct measure_row *m, enum measure_event_kind e);

/* Who keeps the plan of a body: head, executor, controller. */
bool plan_keeper(const struct actor *who, int64_t body);

struct measure_new {
	int64_t body;
	struct str lang, title, text, topic;
	struct str post;         /* who does it, in words; needed */
	int64_t account;         /* the official; 0: the body */
	struct day due;          /* v 0: none, only with not_now */
	int64_t amount;          /* 0: not known */
	struct str money_source;
	const char *origin;      /* a kind of subject: "meeting"; NULL: the body itself */
	int64_t origin_id;
	struct str not_now;      /* why it cannot be done now; then it needs no date */
};
/*
 * Inside the caller's write transaction. Other slices add measures from their own subjects: they have checked the actor themselves.
 * RC_INVALID with c->fail_msg: a title, a post, a date or the reason is missing.
 */
MUST_USE enum rc plan_add(struct ctx *c, const struct actor *who, const struct measure_new *m, struct measure_id *ret);
/* A voice behind a measure: kind of subject and its row ("appeal", id). Twice is once. */
MUST_USE enum rc plan_add_voice(struct ctx *c, struct measure_id id, const char *kind, int64_t subject);

/* Words, a link, a photo: what a note holds. */
struct plan_note {
	struct str text, link, sha256, media_type, file_name;
};
/* Those that keep the plan only. RC_CONFLICT: no such move now. RC_INVALID: reason, date or evidence is missing. */
MUST_USE enum rc plan_start(struct ctx *c, const struct actor *who, struct measure_id id, const struct plan_note *n);
MUST_USE enum rc plan_write(struct ctx *c, const struct actor *who, struct measure_id id, const struct plan_note *n);
MUST_USE enum rc plan_move_date(struct ctx *c, const struct actor *who, struct measure_id id, struct day due, struct str reason);
/* Needs evidence: words and a link or a file. */
MUST_USE enum rc plan_done(struct ctx *c, const struct actor *who, struct measure_id id, const struct plan_note *n);
MUST_USE enum rc plan_drop(struct ctx *c, const struct actor *who, struct measure_id id, struct str reason);
MUST_USE enum rc plan_not_now(struct ctx *c, const struct actor *who, struct measure_id id, struct str reason);
/* What was dropped, put off or called done too early: again with a date. */
MUST_USE enum rc plan_resume(struct ctx *c, const struct actor *who, struct measure_id id, struct day due, struct str reason);

/* Other words, topic, money or somebody else to do it (of m; its date and origin stay): what stood before stays in the history. */
MUST_USE enum rc plan_reword(struct ctx *c, const struct actor *who, struct measure_id id, const struct measure_new *m);

/* What stands in plans because of a subject: for its own page. */
MUST_USE enum rc plan_behind(struct ctx *c, const char *kind, int64_t subject, struct measure_row_list *ret);
void plan_behind_show(struct out *o, const struct view *v, const struct measure_row_list *l);

/* No more letters about what was done to the address behind this token of such a letter. RC_NOT_FOUND: no such token. */
MUST_USE enum rc plan_letters_off(struct ctx *c, struct str token);

/* Half-years are numbered year * 2, + 1 for the second half. */
int64_t plan_half_of(struct day d);
struct day plan_half_begin(int64_t half);

struct plan_number {
	const char *name;
	unsigned msg;
	int64_t n;
};
#define PLAN_NUMBERS 12
struct plan_report_whole {
	struct plan_report_row r;
	struct plan_report_line_row_list lines;
	struct plan_number numbers[PLAN_NUMBERS];
	size_t n_numbers;
	bool fixed; /* published: as it stood then */
};
MUST_USE enum rc plan_report_load(struct ctx *c, struct plan_report_id id, struct plan_report_whole *ret);
MUST_USE enum rc plan_report_publish(struct ctx *c, const struct actor *who, struct plan_report_id id, struct str words);
/* Job: makes the reports of the half-year that has ended, for every body with a plan. */
MUST_USE enum rc plan_reports_due(struct ctx *c, struct str payload);

extern const struct module plan_module, plan_tell_module, plan_desk_module, plan_report_module;

#endif
