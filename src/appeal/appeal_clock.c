#include "appeal/appeal_trail.h"
#include "base/random.h"
#include "gen/answer_sql.h"
#include "gen/messages.h"

static enum rc say(struct ctx *c, const struct appeal_case *k, const char *kind, bool person, struct str text)
{
	int64_t changed;

	return thread_insert(c->db, (struct thread_message_id){ id_make() }, k->a.id, str_of(kind), person, k->who.account,
			     person ? 0 : k->who.body, k->a.lang, text, c->now, &changed);
}

static enum rc need(struct ctx *c, struct str text, unsigned msg)
{
	return str_trim(text).n ? RC_OK : fail(c, RC_INVALID, msg);
}

/* --- supplement: the clock stands --------------------------------------------------------------------------------------- */

enum rc appeal_ask_supplement(struct ctx *c, struct appeal_case *k, struct str what)
{
	const struct appeal_move *m;
	struct law l;

	TRY(case_move(c, k, EV_SUPPLEMENT_ASKED, &m));
	TRY(need(c, what, MSG_APPEAL_FAULT_REASON));
	if (k->a.anonymous)
		return fail(c, RC_CONFLICT, MSG_APPEAL_FAULT_NOBODY);
	TRY(case_law(c, k, &l));
	struct when due = calendar_due(l.pack, c->now, l.supplement);

	TRY(say(c, k, "ask_supplement", false, what));
	TRY(duty_close(c, k->a.id.v, 0, DUTY_REGISTER, DUTY_DONE));
	TRY(duty_close(c, k->a.id.v, k->mine->id.v, DUTY_TAKE, DUTY_DONE));
	TRY(duty_pause(c, k->a.id.v));
	TRY(duty_open(c, &(struct duty_new){ .kind = DUTY_SUPPLEMENT, .subject_kind = SUBJECT, .subject = k->a.id.v, .part = k->mine->id.v,
					     .account = k->a.account_id, .due = due }));
	k->a.paused_at = c->now;
	TRY(case_save(c, k, m->to));
	return trail_add(c, k, &(struct trail){ .event = EV_SUPPLEMENT_ASKED, .assignment = k->mine->id.v, .reason = what, .due = due });
}

/* Every open share gets back the days for which the clock stood. */
static enum rc run_on(struct ctx *c, struct appeal_case *k, const struct law *l)
{
	int64_t changed, days = when_day(c->now).v - when_day(k->a.paused_at).v;

	TRY(duty_resume(c, k->a.id.v, days * WHEN_DAY));
	for (size_t i = 0; i < k->assignments.n; i++) {
		const struct assignment_row *s = &k->assignments.v[i];
		struct when due = calendar_due_after_pause(l->pack, s->due_at, k->a.paused_at, c->now);

		if (!share_is_open(s) || str_eq(s->state, SHARE_PASSED))
			continue;
		TRY(assignment_set(c->db, s->id, s->state, s->parts, due, (struct when){ 0 }, &changed));
		TRY(duty_move(c, k->a.id.v, s->id.v, DUTY_ANSWER, due));
	}
	return case_reload(c, k);
}

enum rc appeal_supplement(struct ctx *c, struct appeal_case *k, struct str text)
{
	const struct appeal_move *m;
	struct law l;

	TRY(case_move(c, k, EV_SUPPLEMENTED, &m));
	TRY(need(c, text, MSG_APPEAL_FAULT_TEXT));
	TRY(case_law(c, k, &l));
	TRY(say(c, k, "supplement", true, text));
	TRY(run_on(c, k, &l));
	TRY(duty_close(c, k->a.id.v, 0, DUTY_SUPPLEMENT, DUTY_DONE));
	k->a.paused_at = (struct when){ 0 };
	TRY(case_set_due(c, k));
	TRY(case_save(c, k, m->to));
	return trail_add(c, k, &(struct trail){ .event = EV_SUPPLEMENTED, .to_body = k->a.body_id, .due = k->a.due_at });
}

enum rc appeal_comment(struct ctx *c, struct appeal_case *k, struct str text)
{
	const struct appeal_move *m;
	bool person = (k->may & ACT_APPLICANT) != 0;
	int64_t changed;

	TRY(case_move(c, k, EV_COMMENTED, &m));
	TRY(need(c, text, MSG_APPEAL_FAULT_TEXT));
	TRY(say(c, k, person ? "comment" : "question", person, text));
	TRY(appeal_set_updated(c->db, k->a.id, c->now, &changed));
	return trail_add(c, k, &(struct trail){ .event = EV_COMMENTED, .to_body = k->a.body_id, .detail = person ? S("person") : S("body") });
}

/* --- extension ----------------------------------------------------------------------------------------------------------- */

static enum rc check_extension(struct ctx *c, const struct appeal_case *k, const struct law *l, struct day until)
{
	if (!l->extendable)
		return fail(c, RC_CONFLICT, MSG_APPEAL_FAULT_EXTEND_KIND);
	if (when_set(k->a.extended_at))
		return fail(c, RC_CONFLICT, MSG_APPEAL_FAULT_EXTEND_TWICE);
	if (c->now.us > k->mine->due_at.us)
		return fail(c, RC_CONFLICT, MSG_APPEAL_FAULT_EXTEND_LATE);
	if (until.v <= when_day(k->mine->due_at).v || until.v > rule_extend_limit(l, k->a.registered_at).v)
		return fail(c, RC_INVALID, MSG_APPEAL_FAULT_EXTEND_LIMIT);
	return RC_OK;
}

enum rc appeal_extend(struct ctx *c, struct appeal_case *k, struct day until, struct str reason)
{
	const struct appeal_move *m;
	struct law l;
	struct when due = when_end_of_day(until);
	int64_t changed;

	TRY(case_move(c, k, EV_EXTENDED, &m));
	TRY(need(c, reason, MSG_APPEAL_FAULT_REASON));
	TRY(case_law(c, k, &l));
	TRY(check_extension(c, k, &l, until));
	TRY(assignment_set(c->db, k->mine->id, k->mine->state, k->mine->parts, due, (struct when){ 0 }, &changed));
	TRY(duty_move(c, k->a.id.v, k->mine->id.v, DUTY_ANSWER, due));
	int64_t share = k->mine->id.v;

	TRY(case_reload(c, k));
	TRY(case_set_due(c, k));
	k->a.extended_at = c->now;
	TRY(appeal_set_extended(c->db, k->a.id, c->now, k->a.due_at, &changed));
	TRY(case_save(c, k, m->to));
	return trail_add(c, k, &(struct trail){ .event = EV_EXTENDED, .assignment = share, .reason = reason, .due = due });
}

/* --- hearing --------------------------------------------------------------------------------------------------------------- */

/* The newest hearing that was not held yet; RC_NOT_FOUND. */
static enum rc planned_hearing(struct ctx *c, const struct appeal_case *k, int64_t share, struct hearing_row *ret)
{
	struct hearing_row_list all;

	TRY(hearing_list(c->db, k->a.id, &all));
	for (size_t i = all.n; i-- > 0;)
		if (!when_set(all.v[i].held_at) && (!share || all.v[i].assignment_id.v == share)) {
			*ret = all.v[i];
			return RC_OK;
		}
	return fail(c, RC_CONFLICT, MSG_APPEAL_FAULT_NO_HEARING);
}

enum rc appeal_plan_hearing(struct ctx *c, struct appeal_case *k, struct str preliminary, struct when starts, struct str where)
{
	const struct appeal_move *m;
	struct law l;
	struct hearing_row other;
	struct hearing_id id = { id_make() };
	int64_t changed;

	TRY(case_move(c, k, EV_HEARING_PLANNED, &m));
	TRY(need(c, preliminary, MSG_APPEAL_FAULT_PRELIMINARY));
	TRY(case_law(c, k, &l));
	if (planned_hearing(c, k, k->mine->id.v, &other) == RC_OK)
		return fail(c, RC_CONFLICT, MSG_APPEAL_FAULT_HEARING_TWICE);
	if (starts.us < rule_hearing_earliest(&l, c->now).us || !calendar_office_open(l.pack, starts))
		return fail(c, RC_INVALID, MSG_APPEAL_FAULT_HEARING_SOON);
	TRY(hearing_insert(c->db, id, k->a.id, k->mine->id, k->who.body, preliminary, where, starts, c->now,
			   calendar_due(l.pack, c->now, l.objection), &changed));
	TRY(duty_open(c, &(struct duty_new){ .kind = DUTY_HEARING, .subject_kind = SUBJECT, .subject = k->a.id.v, .part = k->mine->id.v,
					     .body = k->who.body, .account = k->mine->executor_id, .due = when_end_of_day(when_day(starts)) }));
	TRY(case_save(c, k, m->to));
	return trail_add(c, k, &(struct trail){ .event = EV_HEARING_PLANNED, .assignment = k->mine->id.v, .reason = where, .due = starts });
}

/* An objection that comes late is still heard while the hearing has not been: the term protects the person, not the body. */
enum rc appeal_object(struct ctx *c, struct appeal_case *k, struct str objection)
{
	const struct appeal_move *m;
	struct hearing_row h;
	int64_t changed;

	TRY(case_move(c, k, EV_OBJECTED, &m));
	TRY(need(c, objection, MSG_APPEAL_FAULT_TEXT));
	TRY(planned_hearing(c, k, 0, &h));
	TRY(hearing_set_objected(c->db, h.id, objection, c->now, &changed));
	TRY(say(c, k, "objection", true, objection));
	TRY(case_save(c, k, m->to));
	return trail_add(c, k, &(struct trail){ .event = EV_OBJECTED, .to_body = h.body_id, .assignment = h.assignment_id.v,
						.late = c->now.us > h.object_until_at.us });
}

enum rc appeal_hold_hearing(struct ctx *c, struct appeal_case *k, struct str protocol)
{
	const struct appeal_move *m;
	struct hearing_row h;
	int64_t changed;

	TRY(case_move(c, k, EV_HEARD, &m));
	TRY(need(c, protocol, MSG_APPEAL_FAULT_PROTOCOL));
	TRY(planned_hearing(c, k, k->mine->id.v, &h));
	if (c->now.us < h.starts_at.us)
		return fail(c, RC_CONFLICT, MSG_APPEAL_FAULT_HEARING_EARLY);
	TRY(hearing_set_held(c->db, h.id, protocol, c->now, &changed));
	TRY(duty_close(c, k->a.id.v, k->mine->id.v, DUTY_HEARING, DUTY_DONE));
	TRY(case_save(c, k, m->to));
	return trail_add(c, k, &(struct trail){ .event = EV_HEARD, .assignment = k->mine->id.v });
}

/* --- silence --------------------------------------------------------------------------------------------------------------- */

static enum rc deem(struct ctx *c, struct appeal_id id, int64_t *n)
{
	const struct appeal_move *m;
	struct appeal_case k;
	int64_t changed;

	TRY(appeal_open_system(c, id, &k));
	if (!rule_deemed(&k.a, c->now))
		return RC_OK; /* answered meanwhile */
	TRY(case_move(c, &k, EV_DEEMED, &m));
	TRY(appeal_set_deemed(c->db, id, c->now, &changed));
	k.a.deemed_at = c->now;
	*n += changed;
	return trail_add(c, &k, &(struct trail){ .event = EV_DEEMED, .due = k.a.due_at, .late = true });
}

/* The appeal stays owed: a deemed refusal opens the way to contest, it does not free the body. */
enum rc appeal_deem_silent(struct ctx *c, int64_t limit, int64_t *ret_n)
{
	struct appeal_due_row_list silent;
	int64_t n = 0;

	TRY(appeal_silent(c->db, c->now, limit, &silent));
	for (size_t i = 0; i < silent.n; i++)
		TRY(deem(c, silent.v[i].id, &n));
	*ret_n = n;
	return RC_OK;
}
