/*
 * desk.h: where officials work: the queue by what is owed first, and one screen for an appeal with its thread, points, answer under work, duties, history
 * and notes. It draws and calls; the rules are the appeal's.
 */
#ifndef DESK_DESK_H
#define DESK_DESK_H

#include "app/form.h"
#include "app/layout/layout.h"
#include "app/route.h"
#include "answer/reading.h"
#include "appeal/appeal_view.h"
#include "gen/account_sql.h"
#include "standard/duty.h"

#define TRAIL_SHOWN 3 /* the newest; the rest is folded */

/* One form for all that is done on the screen: each act takes what it needs (desk_act.c). */
struct desk_form {
	struct str text, ground, kind, topic, points, where, decision, lang, steps, options, title, other, swap, use, help, said;
	struct day until, heard_on, on;
	int64_t executor, hour, part_bits, step;
	struct field_list bodies, helpers;
};
extern const struct form desk_form;

struct desk_mark;

struct desk_page {
	struct appeal_page p;
	struct duty_row_list duties;
	struct note_row_list notes;
	struct answer_whole answer; /* under work by this body */
	bool has_answer, answer_open, hearing_planned;
	struct answer_faults faults;
	struct option *kinds, *topics, *bodies, *others, *people, *grounds_pass, *grounds_stop, *grounds_refuse, *grounds_extend, *decisions;
	size_t n_kinds, n_topics, n_bodies, n_others, n_people, n_pass, n_stop, n_refuse, n_extend, n_decisions;
	struct str points_text, steps_text, options_text;
	struct edit_lock_row lock; /* of somebody else; account_id 0: none */
	struct str lock_name;
	bool typed;                      /* the answer shown is what the person has just typed */
	bool read;                       /* the check has run */
	struct answer_reading reading;
	struct desk_mark *marks;         /* the answer's text in pieces */
	size_t n_marks;
	struct option *templates;        /* value: index in the pack, text: name, hint: words */
	size_t n_templates;
	struct option *helps;            /* life situations of the topic; value: code */
	size_t n_helps;
	struct str clear_answers[3];     /* earlier ones on the topic, called clear, masked */
	size_t n_clear_answers;
	struct str unclear[10];          /* sentences that the person did not understand */
	size_t n_unclear;
	struct str reader_said;          /* the second reader, without a name */
	struct desk_hand *team;          /* who works on the body's share, the executor first */
	size_t n_team;
	bool may_hand_in;                /* the reader helps and has not handed in */
	const struct form_state *form;   /* of an act that did not go through: what was typed */
	struct str act;                  /* its name, empty: none */
};
struct desk_hand {
	struct assignee_row row;
	struct str name;
};
struct desk_mark {
	struct str text;
	const struct finding_rule *rule; /* NULL: nothing to say about this piece */
};
/* A row of a queue. */
struct desk_line {
	struct str number, title, topic, state;
	struct when due;
	int64_t left, place;
	bool late, danger, stands; /* stands: the clock does, while the person supplements */
};

struct desk_lines {
	struct desk_line *v;
	size_t n;
	struct str older; /* cursor, empty: no more */
};

/* A row of "everything owed": a duty about anything. */
struct desk_debt {
	struct duty_row d;
	unsigned what;         /* message */
	struct subject s;
	struct str holder;     /* the official it lies with, empty: the body */
	int64_t left;          /* working days */
	bool late;
};
struct desk_debts {
	struct desk_debt *v;
	size_t n;
	struct str older;
	bool mine;             /* only what lies with the reader */
};
/* Keyset over (due, id): "?after=DUE-ID". */
void desk_cursor(const struct req *rq, struct when *ret_due, int64_t *ret_id);
/* desk_owed.c: all open duties of the body, whatever they are about. */
enum rc desk_owed(struct req *rq, const struct option *tabs, size_t n_tabs);

MUST_USE enum rc desk_page_make(struct req *rq, const struct appeal_case *k, struct desk_page *ret);
/* After an error in this act: what was typed into a field of it; empty otherwise. What stands there at first: `otherwise`. */
struct str desk_typed(const struct desk_page *d, struct str act, const char *field, struct str otherwise);
/* ... was this one of several ticked? Names outside of the form's rows are found, too. */
bool desk_ticked(const struct desk_page *d, struct str act, struct str field, struct str value);
/* What was written beside a helper as their part. */
struct str desk_share_typed(const struct desk_page *d, struct str helper);
/* ... of a step that was promised: the day and the line of the form that did not go through. */
struct str desk_step_typed(const struct desk_page *d, struct str act, const struct answer_step_row *s, const char *field);
/* May the reader say what became of a step of this answer? */
bool desk_steps_open(const struct desk_page *d, const struct answer_whole *w);
/* What stands in a field of the answer to one point. */
struct str desk_part_reply(const struct desk_page *d, int64_t number);
/* Lines of a field that hold something, at most max. */
size_t desk_lines_of(struct arena *a, struct str text, struct str **ret, size_t max);
/* desk_check.c: the answer as typed in the form, and what the check says of it. */
void desk_read_answer(struct req *rq, const struct appeal_case *k, struct answer_text *ret);
bool desk_can_swap(struct str instead);
void desk_overlay(struct req *rq, struct desk_page *d);
MUST_USE enum rc desk_load_check(struct req *rq, struct desk_page *d);
enum rc desk_show(struct req *rq); /* the screen; again after errors */
MUST_USE enum rc desk_draw(struct req *rq, const struct appeal_case *k);
MUST_USE enum rc desk_open(struct req *rq, bool for_change, struct appeal_case *ret);
/* The end of an act: back to the sheet with this notice; a broken rule is said on the page that the form stands on. */
MUST_USE enum rc desk_acted(struct req *rq, const struct appeal_case *k, enum rc rc, unsigned notice);

/* May this official take down appeals for people (/desk/new)? */
static inline bool desk_writes(const struct req *rq)
{
	return (rq->who.roles & (BIT(ROLE_REGISTRAR) | BIT(ROLE_OPERATOR))) != 0;
}

extern const struct module desk_module;
extern const struct module desk_acts_module;
extern const struct module desk_check_module;

#endif
