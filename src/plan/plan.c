#include "plan/plan_view.h"

#include <assert.h>

#include "app/app.h"
#include "app/jobs.h"
#include "base/random.h"
#include "gen/messages.h"
#include "place/place.h"
#include "standard/duty.h"
#include "standard/pack.h"

#define KEEPERS (BIT(ROLE_HEAD) | BIT(ROLE_EXECUTOR) | BIT(ROLE_CONTROLLER))

static const struct { const char *name; unsigned msg; } states[MEASURE_STATE_N] = {
	[MEASURE_PLANNED] = { "planned", MSG_PLAN_S_PLANNED }, [MEASURE_WORKING] = { "working", MSG_PLAN_S_WORKING },
	[MEASURE_DONE] = { "done", MSG_PLAN_S_DONE },          [MEASURE_DROPPED] = { "dropped", MSG_PLAN_S_DROPPED },
	[MEASURE_NOT_NOW] = { "not_now", MSG_PLAN_S_NOT_NOW },
};
static const struct { const char *name; unsigned msg; } events[PLAN_EVENT_N] = {
	[PLAN_ADDED] = { "added", MSG_PLAN_E_ADDED }, [PLAN_STARTED] = { "started", MSG_PLAN_E_STARTED }, [PLAN_NOTED] = { "noted", MSG_PLAN_E_NOTED },
	[PLAN_MOVED] = { "moved", MSG_PLAN_E_MOVED }, [PLAN_DONE] = { "done", MSG_PLAN_E_DONE },          [PLAN_DROPPED] = { "dropped", MSG_PLAN_E_DROPPED },
	[PLAN_NOT_NOW] = { "not_now", MSG_PLAN_E_NOT_NOW }, [PLAN_RESUMED] = { "resumed", MSG_PLAN_E_RESUMED },
	[PLAN_REWORDED] = { "reworded", MSG_PLAN_E_REWORDED },
};

/* No row, no move. */
const struct plan_move plan_moves[] = {
	{ MEASURE_PLANNED, PLAN_STARTED, MEASURE_WORKING }, { MEASURE_PLANNED, PLAN_NOTED, MEASURE_PLANNED },   { MEASURE_WORKING, PLAN_NOTED, MEASURE_WORKING },
	{ MEASURE_DONE, PLAN_NOTED, MEASURE_DONE },         { MEASURE_PLANNED, PLAN_MOVED, MEASURE_PLANNED },   { MEASURE_WORKING, PLAN_MOVED, MEASURE_WORKING },
	{ MEASURE_PLANNED, PLAN_DONE, MEASURE_DONE },       { MEASURE_WORKING, PLAN_DONE, MEASURE_DONE },       { MEASURE_PLANNED, PLAN_DROPPED, MEASURE_DROPPED },
	{ MEASURE_WORKING, PLAN_DROPPED, MEASURE_DROPPED }, { MEASURE_NOT_NOW, PLAN_DROPPED, MEASURE_DROPPED }, { MEASURE_PLANNED, PLAN_NOT_NOW, MEASURE_NOT_NOW },
	{ MEASURE_WORKING, PLAN_NOT_NOW, MEASURE_NOT_NOW }, { MEASURE_NOT_NOW, PLAN_RESUMED, MEASURE_PLANNED }, { MEASURE_DROPPED, PLAN_RESUMED, MEASURE_PLANNED },
	{ MEASURE_DONE, PLAN_RESUMED, MEASURE_WORKING },    { MEASURE_PLANNED, PLAN_REWORDED, MEASURE_PLANNED }, { MEASURE_WORKING, PLAN_REWORDED, MEASURE_WORKING },
	{ MEASURE_NOT_NOW, PLAN_REWORDED, MEASURE_NOT_NOW },
};
const size_t plan_moves_n = ARRAY_LEN(plan_moves);

const char *measure_state_name(enum measure_state s)
{
	assert(s < MEASURE_STATE_N);
	return states[s].name;
}

bool measure_state_by_name(struct str name, enum measure_state *ret)
{
	for (unsigned i = 0; i < MEASURE_STATE_N; i++)
		if (str_eq(name, str_of(states[i].name))) {
			*ret = (enum measure_state)i;
			return true;
		}
	return false;
}

unsigned measure_state_msg(enum measure_state s)
{
	assert(s < MEASURE_STATE_N);
	return states[s].msg;
}

bool measure_event_by_name(struct str name, enum measure_event_kind *ret)
{
	for (unsigned i = 0; i < PLAN_EVENT_N; i++)
		if (str_eq(name, str_of(events[i].name))) {
			*ret = (enum measure_event_kind)i;
			return true;
		}
	return false;
}

const char *measure_event_name(enum measure_event_kind e)
{
	assert(e < PLAN_EVENT_N);
	return events[e].name;
}

unsigned measure_event_msg(enum measure_event_kind e)
{
	assert(e < PLAN_EVENT_N);
	return events[e].msg;
}

static const struct plan_move *move_of(const struct measure_row *m, enum measure_event_kind e)
{
	enum measure_state s;

	for (size_t i = 0; measure_state_by_name(m->state, &s) && i < plan_moves_n; i++)
		if (plan_moves[i].from == s && plan_moves[i].event == e)
			return &plan_moves[i];
	return NULL;
}

bool plan_may(const struct measure_row *m, enum measure_event_kind e)
{
	return move_of(m, e) != NULL;
}

bool plan_keeper(const struct actor *who, int64_t body)
{
	return who->body == body && (who->roles & KEEPERS);
}

/* ---- adding ---- */

static enum rc owe(struct ctx *c, const struct measure_row *m, struct day due)
{
	return duty_open(c, &(struct duty_new){ .kind = DUTY_MEASURE, .subject_kind = "measure", .subject = m->id.v, .body = m->body_id, .account = m->account_id,
						.due = when_end_of_day(due) });
}

static enum rc told(struct ctx *c, const struct actor *who, struct measure_id id, enum measure_event_kind e, const struct plan_note *n, struct day from, struct day to)
{
	int64_t changed;

	return measure_event_insert(c->db, (struct measure_event_id){ id_make() }, id, str_of(events[e].name), c->now, who->account, n->text, n->link, from, to,
				    n->sha256, n->media_type, n->file_name, &changed);
}

static unsigned words_fault(const struct ctx *c, const struct measure_new *m)
{
	if (!str_trim(m->title).n || m->amount < 0)
		return MSG_PLAN_FAULT_TITLE;
	if (!str_trim(m->post).n)
		return MSG_PLAN_FAULT_POST;
	return m->topic.n && !pack_topic(c->app->pack, m->topic) ? MSG_PLAN_FAULT_TOPIC : 0;
}

static unsigned fault_of(const struct ctx *c, const struct measure_new *m)
{
	unsigned fault = words_fault(c, m);

	if (fault)
		return fault;
	if (!pack_body(c->app->pack, m->body))
		return MSG_PLAN_FAULT_TITLE;
	return !str_trim(m->not_now).n && m->due.v <= 0 ? MSG_PLAN_FAULT_DUE : 0;
}

enum rc plan_add(struct ctx *c, const struct actor *who, const struct measure_new *m, struct measure_id *ret)
{
	const struct body *b = pack_body(c->app->pack, m->body);
	struct measure_row row = { .id = { id_make() }, .body_id = m->body, .account_id = m->account };
	bool not_now = str_trim(m->not_now).n != 0;
	unsigned fault = fault_of(c, m);
	int64_t changed;

	if (fault)
		return fail(c, RC_INVALID, fault);
	struct day due = { not_now ? 0 : m->due.v };

	TRY(measure_insert(c->db, row.id, m->body, b->place ? place_region(b->place)->id : 0, m->topic, m->lang, m->title, m->text,
			   str_of(states[not_now ? MEASURE_NOT_NOW : MEASURE_PLANNED].name), m->not_now, m->post, m->account, due, m->amount, m->money_source,
			   str_of(m->origin ? m->origin : ""), m->origin_id, who->account, c->now, not_now ? c->now : (struct when){ 0 }, &changed));
	TRY(told(c, who, row.id, PLAN_ADDED, &(struct plan_note){ .text = m->not_now }, (struct day){ 0 }, due));
	if (!not_now)
		TRY(owe(c, &row, due));
	*ret = row.id;
	return plan_find_again(c, row.id);
}

enum rc plan_add_voice(struct ctx *c, struct measure_id id, const char *kind, int64_t subject)
{
	int64_t changed;

	TRY(measure_voice_insert(c->db, id, str_of(kind), subject, &changed));
	return changed ? measure_voiced(c->db, id, &changed) : RC_OK;
}

/* ---- what becomes of it ---- */

static enum rc open_for(struct ctx *c, const struct actor *who, struct measure_id id, enum measure_event_kind e, struct measure_row *ret, const struct plan_move **ret_move)
{
	TRY(measure_by_id(c->db, id, ret));
	if (!plan_keeper(who, ret->body_id))
		return fail(c, RC_FORBIDDEN, MSG_PLAN_FAULT_ROLE);
	*ret_move = move_of(ret, e);
	return *ret_move ? RC_OK : fail(c, RC_CONFLICT, MSG_PLAN_FAULT_STATE);
}

/* Two officials at once: the state that was read must still be there. */
static enum rc go(struct ctx *c, const struct measure_row *m, const struct plan_move *v, struct str reason)
{
	bool ended = v->to != MEASURE_PLANNED && v->to != MEASURE_WORKING;
	int64_t changed;

	TRY(measure_set_state(c->db, m->id, str_of(states[v->from].name), str_of(states[v->to].name), reason, c->now, ended ? c->now : (struct when){ 0 }, &changed));
	return changed ? RC_OK : fail(c, RC_CONFLICT, MSG_PLAN_FAULT_STATE);
}

static const struct day nowhen = { 0 };

enum rc plan_start(struct ctx *c, const struct actor *who, struct measure_id id, const struct plan_note *n)
{
	const struct plan_move *v;
	struct measure_row m;

	TRY(open_for(c, who, id, PLAN_STARTED, &m, &v));
	TRY(go(c, &m, v, S("")));
	return told(c, who, id, PLAN_STARTED, n, nowhen, nowhen);
}

enum rc plan_write(struct ctx *c, const struct actor *who, struct measure_id id, const struct plan_note *n)
{
	const struct plan_move *v;
	struct measure_row m;
	int64_t changed;

	TRY(open_for(c, who, id, PLAN_NOTED, &m, &v));
	if (!str_trim(n->text).n)
		return fail(c, RC_INVALID, MSG_PLAN_FAULT_WORDS);
	TRY(measure_touch(c->db, id, c->now, &changed));
	return told(c, who, id, PLAN_NOTED, n, nowhen, nowhen);
}

enum rc plan_move_date(struct ctx *c, const struct actor *who, struct measure_id id, struct day due, struct str reason)
{
	const struct plan_move *v;
	struct measure_row m;
	int64_t changed;

	TRY(open_for(c, who, id, PLAN_MOVED, &m, &v));
	if (due.v <= 0 || due.v == m.due_on.v)
		return fail(c, RC_INVALID, MSG_PLAN_FAULT_DUE);
	if (!str_trim(reason).n)
		return fail(c, RC_INVALID, MSG_PLAN_FAULT_REASON);
	TRY(measure_set_due(c->db, id, m.due_on, due, c->now, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_PLAN_FAULT_STATE);
	TRY(duty_move(c, id.v, 0, DUTY_MEASURE, when_end_of_day(due)));
	TRY(told(c, who, id, PLAN_MOVED, &(struct plan_note){ .text = reason }, m.due_on, due));
	return plan_tell_origin(c, who, &m, PLAN_MOVED, &(struct plan_note){ .text = reason }, due);
}

enum rc plan_done(struct ctx *c, const struct actor *who, struct measure_id id, const struct plan_note *n)
{
	const struct plan_move *v;
	struct measure_row m;

	TRY(open_for(c, who, id, PLAN_DONE, &m, &v));
	if (!str_trim(n->text).n || (!n->link.n && !n->sha256.n))
		return fail(c, RC_INVALID, MSG_PLAN_FAULT_EVIDENCE);
	TRY(go(c, &m, v, S("")));
	TRY(duty_close(c, id.v, 0, DUTY_MEASURE, DUTY_DONE));
	TRY(told(c, who, id, PLAN_DONE, n, nowhen, nowhen));
	TRY(plan_tell_origin(c, who, &m, PLAN_DONE, n, nowhen));
	return job_add(c, "plan.tell", str_fmt(c->arena, "%lld 0", (long long)id.v), S(""), c->now);
}

static enum rc give_up(struct ctx *c, const struct actor *who, struct measure_id id, enum measure_event_kind e, struct str reason)
{
	const struct plan_move *v;
	struct measure_row m;

	TRY(open_for(c, who, id, e, &m, &v));
	if (!str_trim(reason).n)
		return fail(c, RC_INVALID, MSG_PLAN_FAULT_REASON);
	TRY(go(c, &m, v, reason));
	TRY(duty_close(c, id.v, 0, DUTY_MEASURE, DUTY_CANCELLED));
	TRY(told(c, who, id, e, &(struct plan_note){ .text = reason }, nowhen, nowhen));
	return plan_tell_origin(c, who, &m, e, &(struct plan_note){ .text = reason }, nowhen);
}

enum rc plan_drop(struct ctx *c, const struct actor *who, struct measure_id id, struct str reason)
{
	return give_up(c, who, id, PLAN_DROPPED, reason);
}

enum rc plan_not_now(struct ctx *c, const struct actor *who, struct measure_id id, struct str reason)
{
	return give_up(c, who, id, PLAN_NOT_NOW, reason);
}

enum rc plan_resume(struct ctx *c, const struct actor *who, struct measure_id id, struct day due, struct str reason)
{
	const struct plan_move *v;
	struct measure_row m;
	int64_t changed;

	TRY(open_for(c, who, id, PLAN_RESUMED, &m, &v));
	if (due.v <= when_day(c->now).v)
		return fail(c, RC_INVALID, MSG_PLAN_FAULT_DUE);
	if (!str_trim(reason).n)
		return fail(c, RC_INVALID, MSG_PLAN_FAULT_REASON);
	TRY(go(c, &m, v, S("")));
	if (due.v != m.due_on.v)
		TRY(measure_set_due(c->db, id, m.due_on, due, c->now, &changed));
	TRY(owe(c, &m, due));
	TRY(told(c, who, id, PLAN_RESUMED, &(struct plan_note){ .text = reason }, m.due_on, due));
	return plan_tell_origin(c, who, &m, PLAN_RESUMED, &(struct plan_note){ .text = reason }, due);
}

/* Each thing that is another one now, as it was. */
static void was(struct out *o, struct str before, struct str now)
{
	if (before.n && !str_eq(before, now))
		out_fmt(o, "%s%.*s", o->n ? "\n" : "", STR_FMT(before));
}

enum rc plan_reword(struct ctx *c, const struct actor *who, struct measure_id id, const struct measure_new *m)
{
	unsigned fault = words_fault(c, m);
	struct out before = OUT_ON(c->arena);
	const struct plan_move *v;
	struct measure_row row;
	int64_t changed;

	TRY(open_for(c, who, id, PLAN_REWORDED, &row, &v));
	if (fault)
		return fail(c, RC_INVALID, fault);
	was(&before, row.title, m->title);
	was(&before, row.text, m->text);
	was(&before, row.post, m->post);
	if (row.amount && row.amount != m->amount)
		was(&before, str_i64(c->arena, row.amount), S(""));
	was(&before, row.money_source, m->money_source);
	TRY(measure_set_words(c->db, id, row.state, m->title, m->text, m->topic, m->post, m->account, m->amount, m->money_source, c->now, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_PLAN_FAULT_STATE);
	if (m->account != row.account_id)
		TRY(duty_hand(c, id.v, 0, DUTY_MEASURE, m->account));
	TRY(told(c, who, id, PLAN_REWORDED, &(struct plan_note){ .text = out_done(&before) }, nowhen, nowhen));
	return plan_find_again(c, id);
}
