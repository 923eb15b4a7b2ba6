#include "appeal/answer.h"

#include <assert.h>

#include "answer/reading.h"
#include "app/app.h"
#include "appeal/appeal_trail.h"
#include "base/random.h"
#include "gen/messages.h"

static const struct { const char *name; unsigned msg; } states[ANSWER_STATE_N] = {
	[ANSWER_DRAFT] = { "draft", MSG_APPEAL_ANSWER_DRAFT },         [ANSWER_CHECKED] = { "checked", MSG_APPEAL_ANSWER_CHECKED },
	[ANSWER_APPROVED] = { "approved", MSG_APPEAL_ANSWER_APPROVED }, [ANSWER_DELIVERED] = { "delivered", MSG_APPEAL_ANSWER_DELIVERED },
	[ANSWER_CLEAR] = { "clear", MSG_APPEAL_ANSWER_CLEAR },         [ANSWER_NOT_CLEAR] = { "not_clear", MSG_APPEAL_ANSWER_NOT_CLEAR },
	[ANSWER_NOT_SOLVED] = { "not_solved", MSG_APPEAL_ANSWER_NOT_SOLVED },
};

#define WRITER (BIT(ROLE_HEAD) | BIT(ROLE_EXECUTOR))
#define APPROVER (BIT(ROLE_HEAD) | BIT(ROLE_APPROVER))
#define ANY_RATER (ACT_APPLICANT)

/* No row, no move. Ratings are the person's; they are made by appeal_rate(). */
const struct answer_move answer_moves[] = {
	{ ANSWER_DRAFT,      EV_ANSWER_CHECKED,   ANSWER_CHECKED,    WRITER },
	{ ANSWER_CHECKED,    EV_ANSWER_APPROVED,  ANSWER_APPROVED,   APPROVER },
	{ ANSWER_CHECKED,    EV_ANSWER_SENT_BACK, ANSWER_DRAFT,      APPROVER | BIT(ROLE_SIGNER) },
	{ ANSWER_APPROVED,   EV_ANSWER_SENT_BACK, ANSWER_DRAFT,      APPROVER | BIT(ROLE_SIGNER) },
	{ ANSWER_APPROVED,   EV_ANSWERED,         ANSWER_DELIVERED,  BIT(ROLE_SIGNER) },
	{ ANSWER_DELIVERED,  EV_RATED_CLEAR,      ANSWER_CLEAR,      ANY_RATER },
	{ ANSWER_DELIVERED,  EV_RATED_NOT_CLEAR,  ANSWER_NOT_CLEAR,  ANY_RATER },
	{ ANSWER_DELIVERED,  EV_RATED_NOT_SOLVED, ANSWER_NOT_SOLVED, ANY_RATER },
	{ ANSWER_CLEAR,      EV_RATED_NOT_SOLVED, ANSWER_NOT_SOLVED, ANY_RATER },
	{ ANSWER_NOT_SOLVED, EV_RATED_CLEAR,      ANSWER_CLEAR,      ANY_RATER },
	{ ANSWER_NOT_SOLVED, EV_RATED_NOT_CLEAR,  ANSWER_NOT_CLEAR,  ANY_RATER },
};
const size_t answer_moves_n = ARRAY_LEN(answer_moves);

const char *answer_state_name(enum answer_state s)
{
	assert(s < ANSWER_STATE_N);
	return states[s].name;
}

unsigned answer_state_msg(enum answer_state s)
{
	assert(s < ANSWER_STATE_N);
	return states[s].msg;
}

bool answer_state_by_name(struct str name, enum answer_state *ret)
{
	for (unsigned i = 0; i < ANSWER_STATE_N; i++)
		if (str_eq(name, str_of(states[i].name))) {
			*ret = (enum answer_state)i;
			return true;
		}
	return false;
}

/* --- the check before it leaves ------------------------------------------------------------------------------------------ */

static void fault(struct answer_faults *f, unsigned msg)
{
	if (f->n < ARRAY_LEN(f->msg))
		f->msg[f->n++] = msg;
}

static int64_t open_points(const struct appeal_case *k, const struct answer_whole *w)
{
	int64_t open = k->mine ? parts_of(k->mine, k->parts.n) : parts_all(k->parts.n);

	/* one point asked: the answer itself is the reply */
	if ((open & (open - 1)) == 0 && str_trim(w->a.text).n)
		return 0;
	for (size_t i = 0; i < w->parts.n; i++)
		if (str_trim(w->parts.v[i].text).n && w->parts.v[i].number >= 1 && w->parts.v[i].number <= 30)
			open &= ~((int64_t)1 << (w->parts.v[i].number - 1));
	return open;
}

struct answer_faults answer_check(const struct appeal_case *k, const struct answer_whole *w, bool hearing_needed, bool hearing_done)
{
	struct answer_faults f = { .parts_open = open_points(k, w) };
	bool refused = str_eq(w->a.decision, S("refused"));

	if (!str_trim(w->a.text).n)
		fault(&f, MSG_APPEAL_FAULT_ANSWER_EMPTY);
	if (!refused && !str_eq(w->a.decision, S("granted")) && !str_eq(w->a.decision, S("explained")))
		fault(&f, MSG_APPEAL_FAULT_DECISION);
	if (f.parts_open)
		fault(&f, MSG_APPEAL_FAULT_PARTS_OPEN);
	if (!str_eq(w->a.lang, k->a.lang))
		fault(&f, MSG_APPEAL_FAULT_ANSWER_LANG);
	if (refused && !w->a.ground.n)
		fault(&f, MSG_APPEAL_FAULT_GROUND);
	if (refused && !w->options.n)
		fault(&f, MSG_APPEAL_FAULT_OPTIONS);
	if (refused && hearing_needed && !hearing_done)
		fault(&f, MSG_APPEAL_FAULT_HEARING_NEEDED);
	for (size_t i = 0; i < w->steps.n; i++)
		if (w->steps.v[i].due_on.v <= 0) {
			fault(&f, MSG_APPEAL_FAULT_STEP_DAY);
			break;
		}
	return f;
}

static enum rc was_heard(struct ctx *c, const struct appeal_case *k, bool *ret)
{
	struct hearing_row_list all;
	bool held = false;

	TRY(hearing_list(c->db, k->a.id, &all));
	for (size_t i = 0; i < all.n; i++)
		held = held || (k->mine && all.v[i].assignment_id.v == k->mine->id.v && when_set(all.v[i].held_at));
	*ret = held;
	return RC_OK;
}

enum rc answer_faults_of(struct ctx *c, const struct appeal_case *k, const struct answer_whole *w, struct answer_faults *ret)
{
	struct law l;
	bool heard;

	TRY(case_law(c, k, &l));
	TRY(was_heard(c, k, &heard));
	*ret = answer_check(k, w, l.hearing, heard);
	if (w->state >= ANSWER_DELIVERED || !str_trim(w->a.text).n)
		return RC_OK;
	struct answer_reading r;

	for (size_t i = 0; i < w->steps.n; i++)
		if (w->steps.v[i].due_on.v > 0 && w->steps.v[i].due_on.v < when_day(c->now).v) {
			fault(ret, MSG_APPEAL_FAULT_STEP_PAST);
			break;
		}
	TRY(answer_read(c, k, w, &r));
	if (r.blocking)
		fault(ret, MSG_CHECK_STOPPED);
	return RC_OK;
}

/* --- reading ----------------------------------------------------------------------------------------------------------------- */

static enum rc whole_of(struct ctx *c, struct answer_whole *w)
{
	if (!answer_state_by_name(w->a.state, &w->state))
		return fail_log(c, RC_INTERNAL, S("an answer in an unknown state"));
	TRY(answer_part_list(c->db, w->a.id, &w->parts));
	TRY(answer_step_list(c->db, w->a.id, &w->steps));
	return answer_option_list(c->db, w->a.id, &w->options);
}

enum rc answer_load(struct ctx *c, struct answer_id id, struct answer_whole *ret)
{
	struct answer_whole w;

	TRY(answer_by_id(c->db, id, &w.a));
	TRY(whole_of(c, &w));
	*ret = w;
	return RC_OK;
}

enum rc answer_current(struct ctx *c, const struct appeal_case *k, struct answer_whole *ret)
{
	struct answer_whole w;

	if (!k->mine)
		return RC_NOT_FOUND;
	TRY(answer_newest(c->db, k->mine->id, &w.a));
	TRY(whole_of(c, &w));
	*ret = w;
	return RC_OK;
}

/* --- writing ------------------------------------------------------------------------------------------------------------------ */

static const struct answer_move *move_of(enum answer_state from, enum appeal_event e, unsigned may)
{
	for (size_t i = 0; i < answer_moves_n; i++)
		if (answer_moves[i].from == from && answer_moves[i].event == e && (answer_moves[i].who & may))
			return &answer_moves[i];
	return NULL;
}

static bool is_mine(const struct appeal_case *k, const struct answer_whole *w)
{
	return k->mine && w->a.assignment_id.v == k->mine->id.v;
}

bool answer_may(const struct appeal_case *k, const struct answer_whole *w, enum appeal_event e)
{
	enum appeal_event on_appeal = e == EV_ANSWERED && k->state == APPEAL_UNCLEAR ? EV_CLARIFIED : e;

	return is_mine(k, w) && move_of(w->state, e, k->may) && appeal_may(k, on_appeal);
}

static enum rc put_children(struct ctx *c, struct answer_id id, const struct answer_text *t)
{
	int64_t changed;

	TRY(answer_part_delete(c->db, id, &changed));
	TRY(answer_step_delete(c->db, id, &changed));
	TRY(answer_option_delete(c->db, id, &changed));
	for (size_t i = 0; i < t->n_parts; i++)
		TRY(answer_part_insert(c->db, (struct answer_part_id){ id_make() }, id, t->parts[i].number, t->parts[i].text, &changed));
	for (size_t i = 0; i < t->n_steps; i++)
		TRY(answer_step_insert(c->db, (struct answer_step_id){ id_make() }, id, (int64_t)i + 1, t->steps[i].text, t->steps[i].due,
				       t->steps[i].who, &changed));
	for (size_t i = 0; i < t->n_options; i++)
		TRY(answer_option_insert(c->db, (struct answer_option_id){ id_make() }, id, (int64_t)i + 1, t->options[i].code,
					 t->options[i].text, &changed));
	return RC_OK;
}

static enum rc check_text(struct ctx *c, const struct appeal_case *k, const struct answer_text *t)
{
	if (t->ground.n && !standard_ground_known(c->app->pack, "refuse", t->ground))
		return fail(c, RC_INVALID, MSG_APPEAL_FAULT_GROUND);
	for (size_t i = 0; i < t->n_parts; i++) {
		int64_t n = t->parts[i].number;

		if (n < 1 || n > (int64_t)k->parts.n)
			return fail(c, RC_INVALID, MSG_APPEAL_FAULT_PARTS_OPEN);
		for (size_t j = 0; j < i; j++)
			if (t->parts[j].number == n)
				return fail(c, RC_INVALID, MSG_APPEAL_FAULT_PARTS_OPEN);
	}
	return RC_OK;
}

/* A draft is written over; what left the desk gets a new version beside it. One that waits for its approver has to be sent back first. */
enum rc answer_draft_save(struct ctx *c, struct appeal_case *k, const struct answer_text *t, struct answer_whole *ret)
{
	struct answer_row w = { 0 };
	struct answer_id id;
	int64_t changed;

	if (!appeal_may(k, EV_ANSWER_CHECKED))
		return fail(c, k->mine ? RC_CONFLICT : RC_FORBIDDEN, k->mine ? MSG_APPEAL_NOT_NOW : MSG_APPEAL_NOT_YOURS);
	TRY(check_text(c, k, t));
	enum rc rc = answer_newest(c->db, k->mine->id, &w);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	if (str_eq(w.state, S("checked")) || str_eq(w.state, S("approved")))
		return fail(c, RC_CONFLICT, MSG_APPEAL_FAULT_ANSWER_WAITS);
	id = w.id;
	if (rc == RC_OK && str_eq(w.state, S("draft"))) {
		TRY(answer_save(c->db, id, t->text, t->decision, t->ground, t->lang, k->who.account, c->now, &changed));
	} else {
		id = (struct answer_id){ id_make() };
		TRY(answer_insert(c->db, id, k->a.id, k->mine->id, k->who.body, w.version + 1, t->lang, k->who.account, c->now, t->text,
				  t->decision, t->ground, &changed));
	}
	TRY(put_children(c, id, t));
	return answer_load(c, id, ret);
}

/* What every step of an answer begins with: the tables, the share, and (where wanted) the check. */
static enum rc guard(struct ctx *c, const struct appeal_case *k, const struct answer_whole *w, enum appeal_event e, bool check)
{
	struct answer_faults f;

	if (!is_mine(k, w))
		return fail(c, RC_FORBIDDEN, MSG_APPEAL_NOT_YOURS);
	if (!move_of(w->state, e, ~0u))
		return fail(c, RC_CONFLICT, MSG_APPEAL_NOT_NOW);
	if (!move_of(w->state, e, k->may))
		return fail(c, RC_FORBIDDEN, MSG_APPEAL_NOT_YOURS);
	if (!answer_may(k, w, e))
		return fail(c, RC_CONFLICT, MSG_APPEAL_NOT_NOW);
	if (!check)
		return RC_OK;
	TRY(answer_faults_of(c, k, w, &f));
	return f.n ? fail(c, RC_INVALID, f.msg[0]) : RC_OK;
}

/* changed 0: somebody else was faster. */
static enum rc step(struct ctx *c, struct appeal_case *k, struct answer_whole *w, enum appeal_event e, enum answer_state to, int64_t changed,
		    const char *verdict, struct str comment)
{
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_APPEAL_NOT_NOW);
	w->state = to;
	w->a.state = str_of(states[to].name);
	TRY(approval_insert(c->db, (struct approval_id){ id_make() }, w->a.id, k->who.account, str_of(verdict), comment, c->now, &changed));
	if (e == EV_ANSWERED)
		return RC_OK;
	return trail_add(c, k, &(struct trail){ .event = e, .assignment = w->a.assignment_id.v, .answer = w->a.id.v, .reason = comment });
}

enum rc answer_submit(struct ctx *c, struct appeal_case *k, struct answer_whole *w)
{
	int64_t changed;

	TRY(guard(c, k, w, EV_ANSWER_CHECKED, true));
	TRY(answer_set_checked(c->db, w->a.id, c->now, &changed));
	return step(c, k, w, EV_ANSWER_CHECKED, ANSWER_CHECKED, changed, "submitted", S(""));
}

enum rc answer_approve(struct ctx *c, struct appeal_case *k, struct answer_whole *w, struct str comment)
{
	int64_t changed;

	TRY(guard(c, k, w, EV_ANSWER_APPROVED, false));
	TRY(answer_set_approved(c->db, w->a.id, k->who.account, c->now, &changed));
	return step(c, k, w, EV_ANSWER_APPROVED, ANSWER_APPROVED, changed, "approved", comment);
}

enum rc answer_send_back(struct ctx *c, struct appeal_case *k, struct answer_whole *w, struct str comment)
{
	int64_t changed;

	TRY(guard(c, k, w, EV_ANSWER_SENT_BACK, false));
	if (!str_trim(comment).n)
		return fail(c, RC_INVALID, MSG_APPEAL_FAULT_REASON);
	TRY(answer_set_draft(c->db, w->a.id, &changed));
	return step(c, k, w, EV_ANSWER_SENT_BACK, ANSWER_DRAFT, changed, "sent_back", comment);
}

/* --- signing delivers ----------------------------------------------------------------------------------------------------------- */

/* A share that was passed on is done when everything below it is: the first body is free only then. */
static enum rc close_passed(struct ctx *c, struct appeal_case *k)
{
	int64_t changed;

	for (size_t round = 0; round < k->assignments.n; round++) {
		bool any = false;

		for (size_t i = 0; i < k->assignments.n; i++) {
			struct assignment_row *s = &k->assignments.v[i];
			bool busy = !str_eq(s->state, SHARE_PASSED) || !share_is_open(s);

			for (size_t j = 0; !busy && j < k->assignments.n; j++)
				busy = k->assignments.v[j].parent_id == s->id.v && share_is_open(&k->assignments.v[j]);
			if (busy)
				continue;
			TRY(assignment_set(c->db, s->id, SHARE_DONE, s->parts, s->due_at, c->now, &changed));
			TRY(duty_close_all(c, k->a.id.v, s->id.v, DUTY_DONE));
			s->done_at = c->now;
			any = true;
		}
		if (!any)
			break;
	}
	return case_reload(c, k);
}

/* The decision of the whole: refused if anybody refused, granted only if all did. */
static enum rc whole_decision(struct ctx *c, const struct appeal_case *k, struct str *ret)
{
	struct str all = S("");

	for (size_t i = 0; i < k->assignments.n; i++) {
		struct answer_row w;
		enum rc rc = answer_newest(c->db, k->assignments.v[i].id, &w);

		if (rc == RC_NOT_FOUND)
			continue;
		TRY(rc);
		if (!when_set(w.delivered_at))
			continue;
		if (str_eq(w.decision, S("refused")) || !all.n)
			all = w.decision;
		else if (!str_eq(all, w.decision) && !str_eq(all, S("refused")))
			all = S("explained");
	}
	*ret = all;
	return RC_OK;
}

/* Is there a share that somebody still has to answer? */
static bool others_owe(const struct appeal_case *k)
{
	for (size_t i = 0; i < k->assignments.n; i++)
		if (share_is_open(&k->assignments.v[i]))
			return true;
	return false;
}

static enum rc finish(struct ctx *c, struct appeal_case *k, const struct answer_whole *w, bool late)
{
	enum appeal_event e = k->state == APPEAL_UNCLEAR ? EV_CLARIFIED : EV_ANSWERED;
	const struct appeal_move *m = rule_move(k->state, e, k->may, true);
	struct law l;
	int64_t changed;

	if (!m)
		return fail(c, RC_CONFLICT, MSG_APPEAL_NOT_NOW);
	TRY(case_law(c, k, &l));
	TRY(whole_decision(c, k, &k->a.decision));
	k->a.answered_at = c->now;
	k->a.followup_at = calendar_due(l.pack, c->now, l.follow_up);
	k->a.rating = S("");
	TRY(appeal_set_answered(c->db, k->a.id, k->a.decision, c->now, k->a.followup_at, &changed));
	if (str_eq(k->a.public_state, S("cleared")))
		TRY(appeal_set_unseen(c->db, k->a.id, true, &changed));
	TRY(duty_close_all(c, k->a.id.v, 0, DUTY_DONE));
	TRY(trail_add(c, k, &(struct trail){ .event = e, .assignment = w->a.assignment_id.v, .answer = w->a.id.v, .detail = k->a.decision,
					     .value = (c->now.us - k->a.registered_at.us) / WHEN_SECOND, .late = late }));
	return case_save(c, k, m->to);
}

enum rc answer_sign(struct ctx *c, struct appeal_case *k, struct answer_whole *w)
{
	int64_t changed, id = k->a.id.v, share = w->a.assignment_id.v;

	TRY(guard(c, k, w, EV_ANSWERED, true));
	bool late = c->now.us > k->mine->due_at.us;

	TRY(answer_set_delivered(c->db, w->a.id, k->who.account, c->now, &changed));
	TRY(step(c, k, w, EV_ANSWERED, ANSWER_DELIVERED, changed, "signed", S("")));
	w->a.delivered_at = c->now;
	TRY(answer_keep_reading(c, k, w));
	TRY(steps_open(c, w));
	TRY(assignment_set(c->db, k->mine->id, SHARE_DONE, k->mine->parts, k->mine->due_at, c->now, &changed));
	TRY(duty_close(c, id, share, DUTY_SHARE, DUTY_CANCELLED)); /* what co-executors had not handed in is not needed any more */
	TRY(duty_close(c, id, share, DUTY_HEARING, DUTY_CANCELLED));
	TRY(duty_close_all(c, id, share, DUTY_DONE));
	TRY(case_reload(c, k));
	TRY(close_passed(c, k));
	if (!others_owe(k))
		return finish(c, k, w, late);
	TRY(trail_add(c, k, &(struct trail){ .event = EV_PART_ANSWERED, .assignment = share, .answer = w->a.id.v, .detail = w->a.decision,
					     .value = (c->now.us - k->a.registered_at.us) / WHEN_SECOND, .late = late }));
	TRY(case_set_due(c, k));
	return case_save(c, k, k->state);
}

enum rc answer_on_the_spot(struct ctx *c, const struct actor *who, struct appeal_id id, struct str words)
{
	unsigned roles = BIT(ROLE_REGISTRAR) | BIT(ROLE_HEAD) | BIT(ROLE_EXECUTOR) | BIT(ROLE_APPROVER) | BIT(ROLE_SIGNER);
	struct actor voice = { .account = who->account, .body = who->body, .roles = roles }; /* of the body: who speaks for it decides */
	struct answer_text *t = ARENA_NEW(c->arena, struct answer_text);
	struct appeal_case k;
	struct answer_whole w;

	TRY(appeal_open_id(c, &voice, id, true, &k));
	if (appeal_may(&k, EV_REGISTERED))
		TRY(appeal_register(c, &k, &(struct appeal_registering){ 0 }));
	TRY(appeal_take(c, &k));
	*t = (struct answer_text){ .text = words, .decision = S("explained"), .lang = k.a.lang };
	TRY(answer_draft_save(c, &k, t, &w));
	TRY(answer_submit(c, &k, &w));
	TRY(answer_approve(c, &k, &w, S("")));
	return answer_sign(c, &k, &w);
}
