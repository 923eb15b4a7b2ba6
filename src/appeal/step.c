/* step.c: what an answer promises, kept or moved in the open: each change is a row of the trail, a letter and a move of the duty. */
#include "appeal/answer.h"

#include <assert.h>

#include "appeal/appeal_trail.h"
#include "base/utf8.h"
#include "gen/messages.h"

static const struct { const char *name; unsigned msg; } states[STEP_STATE_N] = {
	[STEP_WAITS] = { "waits", MSG_STEP_WAITS },         [STEP_MOVED] = { "moved", MSG_STEP_MOVED },
	[STEP_LATE] = { "late", MSG_STEP_LATE },            [STEP_KEPT] = { "kept", MSG_STEP_KEPT },
	[STEP_KEPT_LATE] = { "kept_late", MSG_STEP_KEPT_LATE }, [STEP_REPLACED] = { "replaced", MSG_STEP_REPLACED },
};

const char *step_state_name(enum step_state s)
{
	assert(s < STEP_STATE_N);
	return states[s].name;
}

unsigned step_state_msg(enum step_state s)
{
	assert(s < STEP_STATE_N);
	return states[s].msg;
}

/* The day that was signed, however often it was moved. */
static struct day signed_for(const struct answer_step_row *s)
{
	return s->moved_n ? s->first_on : s->due_on;
}

enum step_state step_state(const struct answer_step_row *s, struct day today)
{
	if (when_set(s->done_at))
		return s->done_on.v <= signed_for(s).v ? STEP_KEPT : STEP_KEPT_LATE;
	if (when_set(s->replaced_at))
		return STEP_REPLACED;
	if (today.v > s->due_on.v)
		return STEP_LATE;
	return s->moved_n ? STEP_MOVED : STEP_WAITS;
}

static enum rc owe(struct ctx *c, const struct answer_row *w, struct answer_step_id id, struct day due)
{
	return duty_open(c, &(struct duty_new){ .kind = DUTY_STEP, .subject_kind = SUBJECT_STEP, .subject = id.v, .body = w->body_id,
						.account = w->writer_id, .due = when_end_of_day(due) });
}

static enum rc replace(struct ctx *c, struct answer_id id)
{
	struct answer_step_row_list steps;
	int64_t changed;

	TRY(answer_step_list(c->db, id, &steps));
	for (size_t i = 0; i < steps.n; i++) {
		TRY(answer_step_set_replaced(c->db, steps.v[i].id, c->now, &changed));
		TRY(duty_close(c, steps.v[i].id.v, 0, DUTY_STEP, DUTY_CANCELLED));
	}
	return RC_OK;
}

enum rc steps_open(struct ctx *c, const struct answer_whole *w)
{
	struct answer_row_list versions;

	TRY(answer_list(c->db, w->a.appeal_id, &versions));
	for (size_t i = 0; i < versions.n; i++)
		if (versions.v[i].assignment_id.v == w->a.assignment_id.v && versions.v[i].id.v != w->a.id.v)
			TRY(replace(c, versions.v[i].id));
	for (size_t i = 0; i < w->steps.n; i++)
		TRY(owe(c, &w->a, w->steps.v[i].id, w->steps.v[i].due_on));
	return RC_OK;
}

bool step_may(const struct appeal_case *k, const struct answer_whole *w, const struct answer_step_row *s)
{
	bool open = !when_set(s->done_at) && !when_set(s->replaced_at) && s->due_on.v > 0;

	return open && w->state >= ANSWER_DELIVERED && w->a.body_id == k->who.body && appeal_may(k, EV_STEP_DONE);
}

/* The step of this appeal, if the actor's body promised it and it is still open. */
static enum rc open_step(struct ctx *c, const struct appeal_case *k, struct answer_step_id id, enum appeal_event e, struct answer_step_row *ret,
			 struct answer_whole *ret_w)
{
	const struct appeal_move *m;

	TRY(answer_step_by_id(c->db, id, ret));
	TRY(answer_load(c, ret->answer_id, ret_w));
	if (ret_w->a.appeal_id.v != k->a.id.v)
		return RC_NOT_FOUND;
	TRY(case_move(c, k, e, &m));
	if (ret_w->a.body_id != k->who.body)
		return fail(c, RC_FORBIDDEN, MSG_APPEAL_NOT_YOURS);
	return step_may(k, ret_w, ret) ? RC_OK : fail(c, RC_CONFLICT, MSG_APPEAL_NOT_NOW);
}

static enum rc check_words(struct ctx *c, struct str words)
{
	if (!str_trim(words).n)
		return fail(c, RC_INVALID, MSG_STEP_FAULT_WORDS);
	return utf8_head(words, STEP_SAID_MAX).n < words.n ? fail(c, RC_INVALID, MSG_STEP_FAULT_LONG) : RC_OK;
}

static enum rc tell(struct ctx *c, struct appeal_case *k, enum appeal_event e, const struct answer_whole *w, const struct answer_step_row *s,
		    struct day day, struct str words, bool late)
{
	TRY(trail_add(c, k, &(struct trail){ .event = e, .assignment = w->a.assignment_id.v, .answer = w->a.id.v, .detail = s->text,
					     .reason = words, .due = when_of_day(day, 12, 0), .value = s->number, .late = late }));
	return case_save(c, k, k->state);
}

enum rc step_done(struct ctx *c, struct appeal_case *k, struct answer_step_id id, struct day on, struct str words)
{
	struct answer_step_row s;
	struct answer_whole w;
	int64_t changed;

	TRY(open_step(c, k, id, EV_STEP_DONE, &s, &w));
	if (on.v < when_day(k->a.filed_at).v || on.v > when_day(c->now).v)
		return fail(c, RC_INVALID, MSG_STEP_FAULT_DONE_ON);
	TRY(check_words(c, words));
	TRY(answer_step_set_done(c->db, id, on, words, c->now, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_APPEAL_NOT_NOW);
	TRY(duty_close(c, id.v, 0, DUTY_STEP, DUTY_DONE));
	return tell(c, k, EV_STEP_DONE, &w, &s, on, words, on.v > signed_for(&s).v);
}

/* A day that has passed was missed, and is counted so before the new one is owed. */
static enum rc move_duty(struct ctx *c, const struct answer_whole *w, const struct answer_step_row *s, struct day to)
{
	if (when_day(c->now).v <= s->due_on.v)
		return duty_move(c, s->id.v, 0, DUTY_STEP, when_end_of_day(to));
	TRY(duty_close(c, s->id.v, 0, DUTY_STEP, DUTY_DONE));
	return owe(c, &w->a, s->id, to);
}

enum rc step_move(struct ctx *c, struct appeal_case *k, struct answer_step_id id, struct day to, struct str words)
{
	struct answer_step_row s;
	struct answer_whole w;
	struct law l;
	int64_t changed;

	TRY(open_step(c, k, id, EV_STEP_MOVED, &s, &w));
	TRY(case_law(c, k, &l));
	if (s.moved_n >= l.step_moves)
		return fail(c, RC_CONFLICT, MSG_STEP_FAULT_MOVES);
	if (to.v <= s.due_on.v || to.v < when_day(c->now).v)
		return fail(c, RC_INVALID, MSG_STEP_FAULT_MOVE_TO);
	TRY(check_words(c, words));
	TRY(answer_step_set_moved(c->db, id, to, words, s.moved_n, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_APPEAL_NOT_NOW);
	TRY(move_duty(c, &w, &s, to));
	return tell(c, k, EV_STEP_MOVED, &w, &s, to, words, when_day(c->now).v > s.due_on.v);
}
