/* meeting_after.c: every question becomes an appeal; what cannot be solved now is said; the minutes are published. */
#include "app/app.h"
#include "appeal/answer.h"
#include "appeal/appeal_do.h"
#include "appeal/filing.h"
#include "base/utf8.h"
#include "gen/messages.h"
#include "meeting/meeting_find.h"
#include "meeting/meeting_view.h"
#include "plan/plan.h"
#include "standard/duty.h"

#define FILE_BATCH 20
#define MEETINGS 20
#define TITLE_POINTS 120
#define SPOT_WAIT WHEN_HOUR /* an answer given aloud may reach us late: the net was gone */

/* Whoever ended the meeting signs for the body what was said in the hall. */
static enum rc hand_of(struct ctx *c, const struct meeting_row *m, struct actor *ret)
{
	unsigned roles = BIT(ROLE_REGISTRAR) | BIT(ROLE_HEAD) | BIT(ROLE_EXECUTOR) | BIT(ROLE_APPROVER) | BIT(ROLE_SIGNER) | BIT(ROLE_MODERATOR);
	struct meeting_event_row_list l;

	*ret = (struct actor){ .body = m->body_id, .roles = roles };
	TRY(meeting_event_list(c->db, m->id, &l));
	for (size_t i = 0; i < l.n; i++)
		if (str_eq(l.v[i].kind, S("ended")) || str_eq(l.v[i].kind, S("cancelled")))
			ret->account = l.v[i].account_id;
	return RC_OK;
}

static const struct lang *lang_of_question(const struct meeting_question_row *q)
{
	enum lang_id id = LANG_KK;

	return lang_of(lang_by_code(q->lang, &id) ? id : LANG_KK);
}

static enum rc file(struct ctx *c, const struct meeting_row *m, const struct meeting_question_row *q, const struct actor *hand, struct appeal_case *ret)
{
	const struct topic *found[SUGGEST_N];
	struct appeal_filing f = {
		.kind = c->app->pack->kind_question->code, .origin = S("meeting"), .lang = q->lang, .text = q->text, .topic = q->topic, .place = m->place_id,
		.body = m->body_id, .agreed_public = true, .email = q->email, .phone = q->phone, .account = q->account_id,
		.name = q->name.n ? q->name : msg_text(lang_of_question(q), MSG_MEETING_NO_NAME), .title = utf8_head(q->shown, TITLE_POINTS),
	};
	struct appeal_case k;

	if (!f.topic.n)
		f.topic = filing_suggest_topics(c, q->text, found) ? found[0]->code : c->app->pack->topic_other->code;
	if (!q->email.n && !q->phone.n && !q->account_id)
		f.reply_by = S("counter"); /* spoke aloud and left nothing: the answer stands on the meeting's page and waits at the counter */
	TRY(appeal_file(c, hand, &f, &k));
	TRY(appeal_open_id(c, hand, k.a.id, true, ret));
	TRY(appeal_register(c, ret, &(struct appeal_registering){ 0 }));
	/* what a moderator let through is public; other words wait for one */
	return when_set(q->let_at) ? appeal_publish(c, ret, f.title, q->shown) : RC_OK;
}

/* What was said in the hall goes the way of any answer, its check included. */
static enum rc answer(struct ctx *c, const struct actor *hand, struct appeal_id id, struct str words)
{
	struct appeal_case k;
	struct answer_row_list all;

	TRY(answer_on_the_spot(c, hand, id, words));
	TRY(appeal_open_id(c, hand, id, true, &k));
	TRY(answer_list(c->db, id, &all));
	return answer_publish_masked(c, &k, all.v[0].id);
}

static enum rc pass_on(struct ctx *c, const struct actor *hand, const struct meeting_question_row *q, struct appeal_id id)
{
	struct appeal_case k;
	struct appeal_hop hop = { .body = q->pass_body };

	TRY(appeal_open_id(c, hand, id, true, &k));
	return appeal_pass_on(c, &k, &hop, 1, S("not_ours"), msg_text(lang_of_question(q), MSG_MEETING_PASSED));
}

/* An answer that does not pass the check is no answer: the body then owes one, and what was said stands in the notes of the desk. */
static enum rc answer_or_owe(struct ctx *c, const struct actor *hand, struct appeal_case *k, struct str words, struct str *ret_state)
{
	if (!words.n) {
		*ret_state = S("owed");
		return RC_OK;
	}
	TRY(db_savepoint(c->db));
	enum rc rc = answer(c, hand, k->a.id, words);

	*ret_state = rc == RC_OK ? S("on_spot") : S("owed");
	if (rc == RC_OK)
		return db_release(c->db);
	TRY(db_rollback_to(c->db));
	return rc == RC_INVALID ? appeal_note(c, k, words) : rc;
}

/* What was answered to it in the hall. */
static enum rc spoken_words(struct ctx *c, const struct meeting_question_row *q, struct str *ret)
{
	struct meeting_answer_row_list l;

	TRY(meeting_answer_list(c->db, q->meeting_id, q->number, q->number, &l));
	*ret = meeting_answer_of(c->arena, &l, q->id);
	return RC_OK;
}

static enum rc file_one(struct ctx *c, const struct meeting_row *m, const struct actor *hand, const struct meeting_question_row *q, struct str words)
{
	struct appeal_case k;
	struct str state = q->state;
	int64_t changed;

	TRY(file(c, m, q, hand, &k));
	if (str_eq(q->state, S("not_ours")))
		TRY(pass_on(c, hand, q, k.a.id));
	else if (str_eq(q->state, S("on_spot")))
		TRY(answer_or_owe(c, hand, &k, words, &state));
	TRY(meeting_question_set_appeal(c->db, q->id, k.a.id.v, state, &changed));
	return changed ? RC_OK : RC_RETRY;
}

static enum rc file_meeting(struct ctx *c, struct meeting_id id, int64_t *room)
{
	struct meeting_question_row_list l;
	struct meeting_row m;
	struct actor hand;
	int64_t changed;
	size_t left = 0;

	TRY(meeting_by_id(c->db, id, &m));
	TRY(hand_of(c, &m, &hand));
	TRY(meeting_question_to_file(c->db, id, 1000, &l));
	for (size_t i = 0; i < l.n; i++) {
		bool on_spot = str_eq(l.v[i].state, S("on_spot"));
		struct str words = S("");

		if (*room > 0 && on_spot)
			TRY(spoken_words(c, &l.v[i], &words));
		if (*room <= 0 || (on_spot && !words.n && c->now.us < m.ended_at.us + SPOT_WAIT)) {
			left++;
			continue;
		}
		TRY(file_one(c, &m, &hand, &l.v[i], words));
		--*room;
	}
	if (left)
		return RC_OK;
	TRY(meeting_set_filed(c->db, id, c->now, &changed));
	TRY(meeting_note(c, id, MG_FILED, hand.account, S(""), S("")));
	return meeting_show(c, id);
}

enum rc meeting_file(struct ctx *c, struct str payload)
{
	struct meeting_id_row_list l;
	int64_t room = FILE_BATCH;

	(void)payload;
	TRY(meeting_to_file_list(c->db, MEETINGS, &l));
	for (size_t i = 0; i < l.n && room > 0; i++)
		TRY(file_meeting(c, l.v[i].id, &room));
	return RC_OK;
}

/* Everybody who asked is told when it is done: by their appeal, or by the question that was joined to it. */
static enum rc add_voices(struct ctx *c, struct measure_id measure, const struct meeting_question_row *q)
{
	struct meeting_question_row_list joined;

	TRY(q->appeal_id ? plan_add_voice(c, measure, "appeal", q->appeal_id) : plan_add_voice(c, measure, "meeting_question", q->id.v));
	TRY(meeting_question_joined_list(c->db, q->id.v, &joined));
	for (size_t i = 0; i < joined.n; i++)
		TRY(plan_add_voice(c, measure, "meeting_question", joined.v[i].id.v));
	return RC_OK;
}

enum rc meeting_put_in_plan(struct ctx *c, const struct actor *who, struct meeting_question_id id, const struct meeting_promise *p)
{
	struct meeting_question_row q;
	struct meeting_row m;
	struct measure_id measure;
	bool later = p->due.v <= 0;
	int64_t changed;

	TRY(meeting_question_by_id(c->db, id, &q));
	TRY(meeting_open_for(c, who, q.meeting_id, MP_ORGANISER, &m));
	if (!when_set(m.ended_at) || q.measure_id || q.joined_to)
		return fail(c, RC_CONFLICT, MSG_MEETING_FAULT_PLANNED);
	if (later && !str_trim(p->why).n)
		return fail(c, RC_INVALID, MSG_MEETING_FAULT_PLAN);
	TRY(plan_add(c, who, &(struct measure_new){ .body = m.body_id, .lang = q.lang, .title = utf8_head(q.shown, TITLE_POINTS), .text = q.shown, .topic = q.topic,
						    .post = p->post, .due = p->due, .origin = MEETING_SUBJECT, .origin_id = m.id.v,
						    .not_now = later ? str_trim(p->why) : S("") }, &measure));
	TRY(add_voices(c, measure, &q));
	TRY(meeting_question_set_measure(c->db, id, measure.v, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_MEETING_FAULT_PLANNED);
	if (later)
		TRY(meeting_question_set_unsolved(c->db, id, str_trim(p->why), &changed));
	return meeting_touch(c->db, m.id, c->now, &changed);
}

enum rc meeting_publish(struct ctx *c, const struct actor *who, struct meeting_id id, struct str summary)
{
	struct meeting_row m;
	int64_t changed;

	TRY(meeting_open_for(c, who, id, MP_ORGANISER, &m));
	if (!meeting_may(&m, MG_PUBLISHED))
		return fail(c, RC_CONFLICT, MSG_MEETING_FAULT_STATE);
	if (!when_set(m.filed_at))
		return fail(c, RC_CONFLICT, MSG_MEETING_FAULT_FILING);
	if (!str_trim(summary).n)
		return fail(c, RC_INVALID, MSG_MEETING_FAULT_SUMMARY);
	TRY(meeting_set_published(c->db, id, summary, c->now, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_MEETING_FAULT_STATE);
	TRY(duty_close(c, id.v, 0, DUTY_MEETING_MINUTES, DUTY_DONE));
	TRY(meeting_note(c, id, MG_PUBLISHED, who->account, S(""), S("")));
	TRY(meeting_find_again(c, id));
	return meeting_tell_later(c, id, MG_PUBLISHED);
}
