#include "appeal/appeal_trail.h"
#include "base/random.h"
#include "gen/messages.h"

/* --- passing on -------------------------------------------------------------------------------------------------------- */

static enum rc check_hops(struct ctx *c, const struct appeal_case *k, const struct appeal_hop *to, size_t n, int64_t *ret_left)
{
	int64_t bits[30];

	if (n == 0 || n > ARRAY_LEN(bits))
		return fail(c, RC_INVALID, MSG_APPEAL_FAULT_HOP);
	for (size_t i = 0; i < n; i++) {
		if (to[i].body == k->who.body || !standard_body_known(c->app->pack, to[i].body))
			return fail(c, RC_INVALID, MSG_APPEAL_FAULT_BODY);
		for (size_t j = 0; j < i; j++)
			if (to[j].body == to[i].body)
				return fail(c, RC_INVALID, MSG_APPEAL_FAULT_HOP);
		bits[i] = to[i].parts;
	}
	if (!rule_hops_valid(k->mine, k->parts.n, bits, n, ret_left))
		return fail(c, RC_INVALID, MSG_APPEAL_FAULT_HOP);
	return RC_OK;
}

/* The receiving body opens its own procedure: registered by the same rule as a new one, with its own term where the pack says so. */
static struct share_new next_share(struct ctx *c, const struct appeal_case *k, const struct law *l, const struct appeal_hop *to)
{
	struct when start = calendar_registration(l->pack, c->now);
	int64_t all = parts_of(k->mine, k->parts.n);

	return (struct share_new){
		.body = to->body, .from_body = k->who.body, .parent = k->mine->id.v, .hop = k->mine->hop + 1,
		.parts = to->parts ? to->parts : k->mine->parts ? all : 0,
		.due = l->redirect_restarts ? rule_due(l, start) : k->mine->due_at,
		.take_due = calendar_due(l->pack, start, l->pass_on),
	};
}

/* What the passing body keeps. The body that took the appeal in goes on owing it until everybody has answered. */
static enum rc keep_rest(struct ctx *c, struct appeal_case *k, int64_t left, struct when last_due)
{
	int64_t changed, id = k->a.id.v, share = k->mine->id.v;

	TRY(duty_close(c, id, share, DUTY_TAKE, DUTY_DONE));
	if (left)
		return assignment_set(c->db, k->mine->id, k->mine->state, left, k->mine->due_at, (struct when){ 0 }, &changed);
	TRY(duty_close_all(c, id, share, DUTY_CANCELLED));
	TRY(assignment_set(c->db, k->mine->id, SHARE_PASSED, k->mine->parts, k->mine->due_at, (struct when){ 0 }, &changed));
	if (k->mine->parent_id)
		return RC_OK;
	return duty_open(c, &(struct duty_new){ .kind = DUTY_FOLLOW, .subject_kind = SUBJECT, .subject = id, .part = share,
						.body = k->who.body, .due = last_due });
}

/* After the second hop somebody above has to settle who is competent. */
static enum rc tell_controller(struct ctx *c, struct appeal_case *k, const struct law *l, int64_t hop)
{
	int64_t changed;

	if (hop > k->a.hops) {
		k->a.hops = hop;
		TRY(appeal_set_hops(c->db, k->a.id, hop, &changed));
	}
	if (hop < l->hops_told)
		return RC_OK;
	TRY(duty_close(c, k->a.id.v, 0, DUTY_CONTROL, DUTY_CANCELLED));
	TRY(duty_open(c, &(struct duty_new){ .kind = DUTY_CONTROL, .subject_kind = SUBJECT, .subject = k->a.id.v, .body = k->a.first_body_id,
					     .due = calendar_due(l->pack, c->now, l->control) }));
	return trail_add(c, k, &(struct trail){ .event = EV_HOPS, .to_body = k->a.first_body_id, .value = hop });
}

enum rc appeal_pass_on(struct ctx *c, struct appeal_case *k, const struct appeal_hop *to, size_t n, struct str reason, struct str text)
{
	const struct appeal_move *m;
	struct law l;
	struct when last_due = { 0 };
	int64_t left;

	TRY(case_move(c, k, EV_PASSED_ON, &m));
	TRY(check_hops(c, k, to, n, &left));
	if (!standard_ground_known(c->app->pack, "pass_on", reason) || !str_trim(text).n)
		return fail(c, RC_INVALID, MSG_APPEAL_FAULT_REASON);
	TRY(case_law(c, k, &l));
	bool late = c->now.us > calendar_due(l.pack, calendar_registration(l.pack, k->mine->made_at), l.pass_on).us;
	int64_t hop = k->mine->hop + 1;

	for (size_t i = 0; i < n; i++) {
		struct share_new s = next_share(c, k, &l, &to[i]);
		struct assignment_id id;

		s.reason = reason;
		s.text = text;
		TRY(share_add(c, k, &s, &id));
		if (s.due.us > last_due.us)
			last_due = s.due;
		TRY(trail_add(c, k, &(struct trail){ .event = EV_PASSED_ON, .to_body = s.body, .assignment = id.v, .detail = reason,
						     .reason = text, .due = s.due, .value = hop, .late = late }));
	}
	TRY(keep_rest(c, k, left, last_due));
	if (!left && k->a.body_id == k->who.body)
		k->a.body_id = to[0].body;
	TRY(tell_controller(c, k, &l, hop));
	TRY(case_reload(c, k));
	TRY(case_set_due(c, k));
	return case_save(c, k, m->to);
}

static const struct assignment_row *share_by_id(const struct appeal_case *k, int64_t id)
{
	for (size_t i = 0; i < k->assignments.n; i++)
		if (k->assignments.v[i].id.v == id)
			return &k->assignments.v[i];
	return NULL;
}

/* Parent and child lie with one body's clock: what comes back has the term that ran, so that the person loses no day. */
static enum rc give_back(struct ctx *c, struct appeal_case *k, const struct assignment_row *parent, const struct law *l)
{
	bool was_passed = str_eq(parent->state, SHARE_PASSED);
	int64_t bits = was_passed ? parts_of(k->mine, k->parts.n) : parent->parts | parts_of(k->mine, k->parts.n);
	int64_t id = k->a.id.v, changed;

	if (bits == parts_all(k->parts.n))
		bits = 0;
	TRY(assignment_set(c->db, parent->id, was_passed ? SHARE_NEW : parent->state, bits, k->mine->due_at, (struct when){ 0 }, &changed));
	if (!was_passed)
		return duty_move(c, id, parent->id.v, DUTY_ANSWER, k->mine->due_at);
	TRY(duty_close(c, id, parent->id.v, DUTY_FOLLOW, DUTY_CANCELLED));
	TRY(duty_open(c, &(struct duty_new){ .kind = DUTY_ANSWER, .subject_kind = SUBJECT, .subject = id, .part = parent->id.v,
					     .body = parent->body_id, .due = k->mine->due_at }));
	return duty_open(c, &(struct duty_new){ .kind = DUTY_TAKE, .subject_kind = SUBJECT, .subject = id, .part = parent->id.v,
						.body = parent->body_id, .due = calendar_due(l->pack, c->now, l->pass_on) });
}

enum rc appeal_return(struct ctx *c, struct appeal_case *k, struct str text)
{
	const struct appeal_move *m;
	struct law l;
	int64_t changed;

	TRY(case_move(c, k, EV_RETURNED, &m));
	const struct assignment_row *parent = share_by_id(k, k->mine->parent_id);

	if (!parent)
		return fail(c, RC_CONFLICT, MSG_APPEAL_FAULT_FIRST);
	if (!str_trim(text).n)
		return fail(c, RC_INVALID, MSG_APPEAL_FAULT_REASON);
	TRY(case_law(c, k, &l));
	TRY(give_back(c, k, parent, &l));
	TRY(assignment_set(c->db, k->mine->id, SHARE_RETURNED, k->mine->parts, k->mine->due_at, c->now, &changed));
	TRY(duty_close(c, k->a.id.v, k->mine->id.v, DUTY_TAKE, DUTY_DONE));
	TRY(duty_close_all(c, k->a.id.v, k->mine->id.v, DUTY_CANCELLED));
	TRY(trail_add(c, k, &(struct trail){ .event = EV_RETURNED, .to_body = parent->body_id, .assignment = parent->id.v, .reason = text,
					     .due = k->mine->due_at, .value = k->mine->hop + 1 }));
	TRY(tell_controller(c, k, &l, k->mine->hop + 1));
	if (k->a.body_id == k->who.body)
		k->a.body_id = parent->body_id;
	TRY(case_reload(c, k));
	TRY(case_set_due(c, k));
	return case_save(c, k, m->to);
}

/* --- inside the body --------------------------------------------------------------------------------------------------- */

enum rc appeal_take(struct ctx *c, struct appeal_case *k)
{
	const struct appeal_move *m;
	int64_t changed;

	TRY(case_move(c, k, EV_TAKEN, &m));
	if (!str_eq(k->mine->state, SHARE_NEW))
		return fail(c, RC_CONFLICT, MSG_APPEAL_TAKEN_ALREADY);
	TRY(assignment_set_resolved(c->db, k->mine->id, k->who.account, 0, S(""), (struct when){ 0 }, c->now, &changed));
	TRY(assignee_insert(c->db, (struct assignee_id){ id_make() }, k->mine->id, k->who.account, true, S(""), k->mine->due_at, &changed));
	TRY(duty_close(c, k->a.id.v, k->mine->id.v, DUTY_TAKE, DUTY_DONE));
	TRY(duty_hand(c, k->a.id.v, k->mine->id.v, DUTY_ANSWER, k->who.account));
	TRY(case_save(c, k, m->to));
	TRY(trail_add(c, k, &(struct trail){ .event = EV_TAKEN, .assignment = k->mine->id.v, .due = k->mine->due_at }));
	return case_reload(c, k);
}

/* One leads, all belong to the body and are named once, nobody's term is behind the body's. */
static enum rc check_shares(struct ctx *c, const struct appeal_case *k, const struct appeal_share *s, size_t n, struct when inner_due)
{
	size_t leads = 0;

	if (inner_due.us > k->mine->due_at.us || (when_set(inner_due) && inner_due.us < c->now.us))
		return fail(c, RC_INVALID, MSG_APPEAL_FAULT_INNER);
	for (size_t i = 0; i < n; i++) {
		int64_t in_body;

		leads += s[i].lead;
		TRY(staff_in_body(c->db, s[i].account, k->who.body, &in_body));
		if (!in_body)
			return fail(c, RC_INVALID, MSG_APPEAL_FAULT_EXECUTOR);
		if (s[i].due.us > k->mine->due_at.us)
			return fail(c, RC_INVALID, MSG_APPEAL_FAULT_INNER);
		for (size_t j = 0; j < i; j++)
			if (s[j].account == s[i].account)
				return fail(c, RC_INVALID, MSG_APPEAL_FAULT_EXECUTOR);
	}
	return leads == 1 ? RC_OK : fail(c, RC_INVALID, MSG_APPEAL_FAULT_EXECUTOR);
}

static enum rc assign(struct ctx *c, const struct appeal_case *k, const struct appeal_share *s, struct when otherwise)
{
	struct when due = when_set(s->due) ? s->due : otherwise;
	int64_t id = k->a.id.v, share = k->mine->id.v, changed;

	TRY(assignee_insert(c->db, (struct assignee_id){ id_make() }, k->mine->id, s->account, s->lead, s->share, due, &changed));
	if (!changed)
		return RC_OK; /* handed in already: their part stays done */
	if (s->lead) {
		TRY(duty_hand(c, id, share, DUTY_CLARIFY, s->account));
		return duty_hand(c, id, share, DUTY_ANSWER, s->account);
	}
	return duty_open(c, &(struct duty_new){ .kind = DUTY_SHARE, .subject_kind = SUBJECT, .subject = id, .part = share, .body = k->who.body,
						.account = s->account, .due = due });
}

enum rc appeal_resolve(struct ctx *c, struct appeal_case *k, const struct appeal_share *s, size_t n, struct str words, struct when inner_due)
{
	const struct appeal_move *m;
	struct when otherwise = when_set(inner_due) ? inner_due : k->mine ? k->mine->due_at : (struct when){ 0 };
	int64_t changed, executor = 0;

	TRY(case_move(c, k, EV_RESOLVED, &m));
	TRY(check_shares(c, k, s, n, inner_due));
	TRY(assignee_delete_open(c->db, k->mine->id, &changed));
	TRY(duty_close(c, k->a.id.v, k->mine->id.v, DUTY_SHARE, DUTY_CANCELLED));
	for (size_t i = 0; i < n; i++) {
		executor = s[i].lead ? s[i].account : executor;
		TRY(assign(c, k, &s[i], otherwise));
	}
	TRY(assignment_set_resolved(c->db, k->mine->id, executor, k->who.account, words, inner_due, c->now, &changed));
	TRY(duty_close(c, k->a.id.v, k->mine->id.v, DUTY_TAKE, DUTY_DONE));
	TRY(case_save(c, k, m->to));
	TRY(trail_add(c, k, &(struct trail){ .event = EV_RESOLVED, .assignment = k->mine->id.v, .due = k->mine->due_at, .value = (int64_t)n }));
	return case_reload(c, k);
}

enum rc appeal_share_done(struct ctx *c, struct appeal_case *k, struct str reply)
{
	int64_t changed;
	struct duty_row_list open;

	if (!k->mine)
		return fail(c, RC_FORBIDDEN, MSG_APPEAL_NOT_YOURS);
	if (!str_trim(reply).n)
		return fail(c, RC_INVALID, MSG_APPEAL_FAULT_TEXT);
	TRY(assignee_done(c->db, k->mine->id, k->who.account, reply, c->now, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_APPEAL_NOT_NOW);
	TRY(duty_open_of(c->db, k->a.id.v, &open));
	for (size_t i = 0; i < open.n; i++)
		if (open.v[i].account_id == k->who.account && str_eq(open.v[i].kind, S("share")))
			TRY(duty_shut(c->db, open.v[i].id, c->now, S("done"), c->now.us > open.v[i].due_at.us, &changed));
	return RC_OK;
}
