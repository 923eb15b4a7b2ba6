#include "answer/quality.h"
#include "answer/reading.h"
#include "appeal/appeal_trail.h"
#include "base/random.h"
#include "gen/answer_sql.h"
#include "gen/messages.h"

static const struct { const char *name; enum appeal_event event; } ratings[RATING_N] = {
	[RATING_CLEAR] = { "clear", EV_RATED_CLEAR },
	[RATING_NOT_CLEAR] = { "not_clear", EV_RATED_NOT_CLEAR },
	[RATING_NOT_SOLVED] = { "not_solved", EV_RATED_NOT_SOLVED },
};

bool appeal_rating_by_name(struct str name, enum appeal_rating *ret)
{
	for (unsigned i = 0; i < RATING_N; i++)
		if (str_eq(name, str_of(ratings[i].name))) {
			*ret = (enum appeal_rating)i;
			return true;
		}
	return false;
}

/* --- clear, not clear, not solved ----------------------------------------------------------------------------------------- */

/* Shares whose answer the person has: they go back to their writers. */
static enum rc back_to_writers(struct ctx *c, struct appeal_case *k, struct when due)
{
	int64_t changed;

	for (size_t i = 0; i < k->assignments.n; i++) {
		const struct assignment_row *s = &k->assignments.v[i];
		struct answer_row w;
		enum rc rc = answer_newest(c->db, s->id, &w);

		if (rc == RC_NOT_FOUND || (rc == RC_OK && !str_eq(w.state, S("delivered")) && !str_eq(w.state, S("not_clear"))))
			continue;
		TRY(rc);
		TRY(assignment_set(c->db, s->id, SHARE_WORKING, s->parts, due, (struct when){ 0 }, &changed));
		TRY(duty_open(c, &(struct duty_new){ .kind = DUTY_CLARIFY, .subject_kind = SUBJECT, .subject = k->a.id.v, .part = s->id.v,
						     .body = s->body_id, .account = w.writer_id, .due = due }));
	}
	return case_reload(c, k);
}

enum rc appeal_rate(struct ctx *c, struct appeal_case *k, enum appeal_rating r, struct str words)
{
	const struct appeal_move *m;
	struct when due = { 0 };
	struct law l;
	struct str name = str_of(ratings[r].name);
	int64_t changed;

	/* the same button pressed twice says the same thing once */
	if (str_eq(k->a.rating, name) && r != RATING_NOT_CLEAR)
		return RC_OK;
	TRY(case_move(c, k, ratings[r].event, &m));
	TRY(case_law(c, k, &l));
	TRY(quality_said(c, k->a.id, k->a.topic, name));
	TRY(answer_set_rated(c->db, k->a.id, name, words, c->now, &changed));
	TRY(appeal_set_rating(c->db, k->a.id, name, c->now, &changed));
	TRY(answer_count(c, k->a.body_id, name));
	k->a.rating = name;
	k->a.rated_at = c->now;
	if (r == RATING_NOT_CLEAR) {
		due = calendar_due(l.pack, c->now, l.not_clear);
		TRY(back_to_writers(c, k, due));
		k->a.due_at = due;
	} else {
		/* the question after four weeks is still asked after "clear": promised work may not have been done */
		k->a.closed_at = r == RATING_CLEAR ? c->now : (struct when){ 0 };
		TRY(appeal_set_closed(c->db, k->a.id, k->a.closed_at, k->a.followup_at, &changed));
	}
	TRY(case_save(c, k, m->to));
	return trail_add(c, k, &(struct trail){ .event = ratings[r].event, .to_body = k->a.body_id, .detail = name, .due = due,
						.value = (c->now.us - k->a.answered_at.us) / WHEN_SECOND });
}

enum rc appeal_reopen(struct ctx *c, struct appeal_case *k, struct str why)
{
	const struct appeal_move *m;
	struct law l;
	struct assignment_id share;
	int64_t changed;

	TRY(case_move(c, k, EV_REOPENED, &m));
	if (!str_trim(why).n)
		return fail(c, RC_INVALID, MSG_APPEAL_FAULT_REASON);
	TRY(case_law(c, k, &l));
	if (!rule_may_reopen(&l, &k->a, c->now))
		return fail(c, RC_CONFLICT, MSG_APPEAL_FAULT_TOO_LATE);
	k->a.registered_at = calendar_registration(l.pack, c->now);
	TRY(case_law(c, k, &l)); /* the new clock runs by what holds now */
	k->a.due_at = rule_due(&l, k->a.registered_at);
	k->a.reopened_n++;
	k->a.answered_at = k->a.closed_at = k->a.deemed_at = k->a.extended_at = k->a.followup_at = (struct when){ 0 };
	k->a.decision = k->a.rating = S("");
	TRY(appeal_set_reopened(c->db, k->a.id, k->a.registered_at, &changed));
	TRY(share_add(c, k, &(struct share_new){ .body = k->a.body_id, .due = k->a.due_at,
						 .take_due = calendar_due(l.pack, k->a.registered_at, l.pass_on) }, &share));
	TRY(thread_insert(c->db, (struct thread_message_id){ id_make() }, k->a.id, S("comment"), true, k->who.account, 0, k->a.lang, why, c->now,
			  &changed));
	TRY(case_save(c, k, m->to));
	TRY(answer_count(c, k->a.body_id, S("reopened")));
	TRY(trail_add(c, k, &(struct trail){ .event = EV_REOPENED, .to_body = k->a.body_id, .assignment = share.v, .due = k->a.due_at,
					     .value = k->a.reopened_n }));
	return case_reload(c, k);
}

/* --- contest --------------------------------------------------------------------------------------------------------------- */

static enum rc contested_already(struct ctx *c, const struct appeal_case *k)
{
	struct appeal_line_list earlier;

	TRY(appeal_contested_list(c->db, k->a.id.v, &earlier));
	for (size_t i = 0; i < earlier.n; i++) {
		/* after a reopening there is a new answer, which may be contested anew */
		if (earlier.v[i].filed_at.us > k->a.registered_at.us)
			return fail(c, RC_CONFLICT, MSG_APPEAL_FAULT_CONTESTED);
	}
	return RC_OK;
}

/* The case file goes along: the complaint refers to the appeal, and the superior body may read all of it. */
enum rc appeal_contest(struct ctx *c, struct appeal_case *k, struct str why, struct appeal_case *ret)
{
	const struct appeal_move *m;
	const struct appeal_row *a = &k->a;
	struct law l;

	TRY(case_move(c, k, EV_CONTESTED, &m));
	TRY(case_law(c, k, &l));
	if (!rule_may_contest(&l, a, c->now))
		return fail(c, RC_CONFLICT, when_set(a->answered_at) || when_set(a->deemed_at) ? MSG_APPEAL_FAULT_TOO_LATE : MSG_APPEAL_NOT_NOW);
	TRY(contested_already(c, k));
	int64_t superior = standard_superior_of(c->app->pack, a->body_id);
	struct appeal_filing f = {
		.kind = c->app->pack->kind_contest->code, .origin = S("contest"), .lang = a->lang, .title = a->title,
		.text = str_trim(why).n ? why : a->text, .topic = a->topic, .place = a->place_id, .body = superior, .address = a->address,
		.entity = a->entity, .collective = a->collective, .people = a->people_n, .name = a->name,
		.email = a->email, .phone = a->phone, .post_address = a->post_address, .on_behalf_of = a->on_behalf_of,
		.reply_by = a->reply_by, .account = a->account_id, .complaint_about = a->id.v, .anonymous = a->anonymous, .danger = a->danger,
	};

	(void)appeal_exact_point(a, &f.lat, &f.lon);
	struct actor person = { .account = a->account_id, .roles = CITIZEN };
	struct appeal_case complaint;

	TRY(appeal_file(c, &person, &f, &complaint));
	TRY(appeal_copy_identity(c->db, complaint.a.id, a->identity_key, a->identity_sealed, &(int64_t){ 0 }));
	TRY(trail_add(c, k, &(struct trail){ .event = EV_CONTESTED, .to_body = superior, .detail = complaint.a.number, .due = complaint.a.due_at }));
	TRY(case_save(c, k, m->to));
	*ret = complaint;
	return RC_OK;
}

/* --- the end ---------------------------------------------------------------------------------------------------------------- */

static enum rc end(struct ctx *c, struct appeal_case *k, const struct appeal_move *m)
{
	int64_t changed;

	TRY(case_cancel(c, k));
	k->a.closed_at = c->now;
	k->a.paused_at = k->a.followup_at = (struct when){ 0 };
	TRY(appeal_set_closed(c->db, k->a.id, c->now, (struct when){ 0 }, &changed));
	return case_save(c, k, m->to);
}

enum rc appeal_withdraw(struct ctx *c, struct appeal_case *k, struct str why)
{
	const struct appeal_move *m;

	TRY(case_move(c, k, EV_WITHDRAWN, &m));
	TRY(trail_add(c, k, &(struct trail){ .event = EV_WITHDRAWN, .to_body = k->a.body_id, .reason = why }));
	return end(c, k, m);
}

/* A paused appeal may be stopped only when the person had their whole term to supplement it. */
static enum rc supplement_is_over(struct ctx *c, const struct appeal_case *k)
{
	struct duty_row_list open;

	if (k->state != APPEAL_PAUSED)
		return RC_OK;
	TRY(duty_open_of(c->db, k->a.id.v, &open));
	for (size_t i = 0; i < open.n; i++)
		if (str_eq(open.v[i].kind, S("supplement")) && c->now.us <= open.v[i].due_at.us)
			return fail(c, RC_CONFLICT, MSG_APPEAL_FAULT_SUPPLEMENT_RUNS);
	return RC_OK;
}

enum rc appeal_stop(struct ctx *c, struct appeal_case *k, struct str ground, struct str text)
{
	const struct appeal_move *m;

	TRY(case_move(c, k, EV_STOPPED, &m));
	if (k->a.body_id != k->who.body)
		return fail(c, RC_FORBIDDEN, MSG_APPEAL_NOT_YOURS);
	if (!standard_ground_known(c->app->pack, "stop", ground))
		return fail(c, RC_INVALID, MSG_APPEAL_FAULT_GROUND);
	if (!str_trim(text).n)
		return fail(c, RC_INVALID, MSG_APPEAL_FAULT_REASON);
	TRY(supplement_is_over(c, k));
	TRY(trail_add(c, k, &(struct trail){ .event = EV_STOPPED, .assignment = k->mine->id.v, .detail = ground, .reason = text,
					     .late = c->now.us > k->a.due_at.us }));
	return end(c, k, m);
}

/* Both pages link to each other; what is written to the joined one goes to the other's people. */
enum rc appeal_join(struct ctx *c, struct appeal_case *k, struct appeal_case *to)
{
	const struct appeal_move *m, *other;
	int64_t changed;

	if (k->a.id.v == to->a.id.v || to->a.joined_to || to->state == APPEAL_JOINED)
		return fail(c, RC_INVALID, MSG_APPEAL_FAULT_JOIN);
	TRY(case_move(c, k, EV_JOINED, &m));
	to->may |= k->may & (ACT_APPLICANT | BIT(ROLE_REGISTRAR)); /* whoever may join theirs may let it stand behind a cleared one */
	if (to->view == VIEW_PUBLIC && !str_eq(to->a.public_state, S("cleared")))
		return RC_NOT_FOUND;
	TRY(case_move(c, to, EV_JOINED_BY, &other));
	TRY(appeal_set_joined(c->db, k->a.id, to->a.id, &changed));
	TRY(appeal_count_joined(c->db, to->a.id, k->a.people_n, c->now, &changed));
	k->a.joined_to = to->a.id.v;
	to->a.joined_n += k->a.people_n;
	TRY(trail_add(c, k, &(struct trail){ .event = EV_JOINED, .to_body = to->a.body_id, .detail = to->a.number, .due = to->a.due_at }));
	TRY(trail_add(c, to, &(struct trail){ .event = EV_JOINED_BY, .value = to->a.joined_n }));
	return end(c, k, m);
}

/* --- is it really done? ------------------------------------------------------------------------------------------------------ */

static enum rc followup(struct ctx *c, struct appeal_id id)
{
	const struct appeal_move *m;
	struct appeal_case k;
	int64_t changed;

	TRY(appeal_open_system(c, id, &k));
	TRY(appeal_set_followup(c->db, id, (struct when){ 0 }, &changed));
	k.a.followup_at = (struct when){ 0 };
	if (!rule_move(k.state, EV_FOLLOWUP, k.may, false))
		return RC_OK;
	TRY(trail_add(c, &k, &(struct trail){ .event = EV_FOLLOWUP }));
	if (k.state != APPEAL_ANSWERED || str_eq(k.a.rating, S("not_solved")))
		return RC_OK;
	/* nobody said anything for four weeks: it is closed; the person may still say "not solved" and reopen */
	TRY(case_move(c, &k, EV_CLOSED, &m));
	TRY(appeal_set_closed(c->db, id, c->now, (struct when){ 0 }, &changed));
	TRY(case_save(c, &k, m->to));
	return trail_add(c, &k, &(struct trail){ .event = EV_CLOSED });
}

enum rc appeal_ask_followup(struct ctx *c, int64_t limit, int64_t *ret_n)
{
	struct appeal_followup_row_list due;

	TRY(appeal_followup_due(c->db, c->now, limit, &due));
	for (size_t i = 0; i < due.n; i++)
		TRY(followup(c, due.v[i].id));
	*ret_n = (int64_t)due.n;
	return RC_OK;
}

enum rc appeal_close_past(struct ctx *c, struct appeal_id id)
{
	const struct appeal_move *m;
	struct appeal_case k;
	int64_t changed;

	TRY(appeal_open_system(c, id, &k));
	TRY(case_move(c, &k, EV_CLOSED, &m));
	TRY(case_cancel(c, &k));
	k.a.closed_at = c->now;
	TRY(appeal_set_closed(c->db, k.a.id, c->now, (struct when){ 0 }, &changed));
	TRY(case_save(c, &k, m->to));
	return trail_add(c, &k, &(struct trail){ .event = EV_CLOSED });
}
