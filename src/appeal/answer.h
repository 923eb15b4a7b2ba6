/*
 * answer.h: a body's answer to its share. draft -> checked -> approved -> delivered (signed) -> clear | not_clear | not_solved; sent back means a
 * draft again. Saving over an answer that left the desk makes a new version; nothing that was delivered is ever changed.
 * Signing delivers: when no other body owes its share, the appeal is answered.
 */
#ifndef APPEAL_ANSWER_H
#define APPEAL_ANSWER_H

#include "appeal/appeal.h"
#include "gen/answer_sql.h"

enum answer_state { ANSWER_DRAFT, ANSWER_CHECKED, ANSWER_APPROVED, ANSWER_DELIVERED, ANSWER_CLEAR, ANSWER_NOT_CLEAR, ANSWER_NOT_SOLVED, ANSWER_STATE_N };
const char *answer_state_name(enum answer_state s);
bool answer_state_by_name(struct str name, enum answer_state *ret);
unsigned answer_state_msg(enum answer_state s);

struct answer_move {
	enum answer_state from;
	enum appeal_event event;
	enum answer_state to;
	unsigned who;
};
extern const struct answer_move answer_moves[];
extern const size_t answer_moves_n;

struct answer_text {
	struct str text, decision, ground, lang;
	struct { int64_t number; struct str text; } parts[30];
	size_t n_parts;
	struct { struct str text, who; struct day due; } steps[10]; /* due v 0: none */
	size_t n_steps;
	struct { struct str code, text; } options[10];
	size_t n_options;
};

/* An answer with everything that belongs to it. */
struct answer_whole {
	struct answer_row a;
	enum answer_state state;
	struct answer_part_row_list parts;
	struct answer_step_row_list steps;
	struct answer_option_row_list options;
};
MUST_USE enum rc answer_load(struct ctx *c, struct answer_id id, struct answer_whole *ret);
/* The newest version of the share that the actor's body holds; RC_NOT_FOUND: none yet. */
MUST_USE enum rc answer_current(struct ctx *c, const struct appeal_case *k, struct answer_whole *ret);

/* --- what it promises: each step is a duty from the signature on, of its own kind of subject (step.c) ------------------------- */
#define SUBJECT_STEP "answer_step"
#define STEP_SAID_MAX 300 /* letters */

enum step_state { STEP_WAITS, STEP_MOVED, STEP_LATE, STEP_KEPT, STEP_KEPT_LATE, STEP_REPLACED, STEP_STATE_N };
/* Pure. Kept means by the day that was signed; done by a later one is late, moved or not. */
enum step_state step_state(const struct answer_step_row *s, struct day today);
const char *step_state_name(enum step_state s);
unsigned step_state_msg(enum step_state s);
/* At the signature: the steps of this version are owed, open ones of earlier versions of the share are replaced. */
MUST_USE enum rc steps_open(struct ctx *c, const struct answer_whole *w);
/* May this actor say what became of it? */
bool step_may(const struct appeal_case *k, const struct answer_whole *w, const struct answer_step_row *s);
/* words: one line for the person. RC_CONFLICT: somebody has said so already, or it was moved as often as the standard allows. */
MUST_USE enum rc step_done(struct ctx *c, struct appeal_case *k, struct answer_step_id id, struct day on, struct str words);
MUST_USE enum rc step_move(struct ctx *c, struct appeal_case *k, struct answer_step_id id, struct day to, struct str words);

/* Why it cannot be submitted or signed: message ids, all at once so that the writer sees the whole list. Pure. */
struct answer_faults {
	unsigned msg[8];
	size_t n;
	int64_t parts_open; /* bits of the points without a reply */
};
struct answer_faults answer_check(const struct appeal_case *k, const struct answer_whole *w, bool hearing_needed, bool hearing_done);

bool answer_may(const struct appeal_case *k, const struct answer_whole *w, enum appeal_event e);
MUST_USE enum rc answer_draft_save(struct ctx *c, struct appeal_case *k, const struct answer_text *t, struct answer_whole *ret);
/* RC_INVALID with c->fail_msg = the first fault; answer_faults tells all. */
MUST_USE enum rc answer_submit(struct ctx *c, struct appeal_case *k, struct answer_whole *w);
MUST_USE enum rc answer_approve(struct ctx *c, struct appeal_case *k, struct answer_whole *w, struct str comment);
MUST_USE enum rc answer_send_back(struct ctx *c, struct appeal_case *k, struct answer_whole *w, struct str comment);
MUST_USE enum rc answer_sign(struct ctx *c, struct appeal_case *k, struct answer_whole *w);
MUST_USE enum rc answer_faults_of(struct ctx *c, const struct appeal_case *k, const struct answer_whole *w, struct answer_faults *ret);
/*
 * Said at once, at a reception or a meeting: the whole way of an answer in one step, its check included. who: the official who spoke for the body that
 * holds the share. RC_INVALID: the check refuses these words, and the answer is owed.
 */
MUST_USE enum rc answer_on_the_spot(struct ctx *c, const struct actor *who, struct appeal_id id, struct str words);
/* A moderator lets the public see a delivered answer, with these masked words. */
MUST_USE enum rc answer_publish(struct ctx *c, struct appeal_case *k, struct answer_id answer, struct str text);
/* The same with its own words, masked by the rules alone; the appeal and every answer that was delivered, so. */
MUST_USE enum rc answer_publish_masked(struct ctx *c, struct appeal_case *k, struct answer_id answer);
MUST_USE enum rc appeal_publish_masked(struct ctx *c, struct appeal_case *k, struct str title, struct str text);
/* The text and the replies to every point, as one. */
struct str answer_as_one(struct arena *a, const struct answer_whole *w);

#endif
