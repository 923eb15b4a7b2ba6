/* meeting_live.c: questions, votes, the clock of the hall, the minutes as they are typed, the end. */
#include "app/app.h"
#include "app/jobs.h"
#include "base/random.h"
#include "base/utf8.h"
#include "gen/messages.h"
#include "meeting/meeting_view.h"
#include "press/press.h"
#include "standard/calendar.h"
#include "standard/duty.h"
#include "text/ident.h"
#include "text/text.h"

static bool state_is(const struct meeting_row *m, enum meeting_state s)
{
	return str_eq(m->state, str_of(meeting_state_name(s)));
}

/* ---- questions ---- */

static enum rc add_question(struct ctx *c, const struct meeting_row *m, const struct meeting_asking *a, enum question_state s, struct meeting_question_row *ret)
{
	struct meeting_question_id id = { id_make() };
	struct mask_spans hidden = mask_find(c->arena, c->app->pack->phones, a->text);
	struct meeting_row now;
	int64_t changed;

	TRY(meeting_count_question(c->db, m->id, s == Q_WAITING, c->now, &changed));
	if (a->topic.n)
		TRY(meeting_count_topic(c->db, m->id, a->topic, &changed));
	TRY(meeting_by_id(c->db, m->id, &now));
	TRY(meeting_question_insert(c->db, id, m->id, now.questions, a->how, str_of(question_state_name(s)), text_lang_code(a->text, a->lang.n ? a->lang : m->lang),
				    a->text, mask_apply(c->arena, a->text, &hidden), a->topic, a->name, a->email, a->phone, a->account, a->visitor, a->line_key,
				    s == Q_WAITING ? (struct when){ 0 } : c->now, c->now, &changed));
	return meeting_question_by_id(c->db, id, ret);
}

enum rc meeting_ask(struct ctx *c, const struct actor *who, struct meeting_id id, const struct meeting_asking *a, struct meeting_question_row *ret)
{
	struct meeting_row m;
	bool staff;

	TRY(meeting_by_id(c->db, id, &m));
	staff = meeting_holds(who, m.body_id, MP_MODERATOR) || meeting_holds(who, m.body_id, MP_MINUTES);
	if (!state_is(&m, MEETING_ANNOUNCED) && !state_is(&m, MEETING_LIVE))
		return fail(c, RC_CONFLICT, MSG_MEETING_FAULT_CLOSED);
	if (utf8_count(str_trim(a->text)) < 8)
		return fail(c, RC_INVALID, MSG_MEETING_FAULT_TEXT);
	if (a->topic.n && !pack_topic(c->app->pack, a->topic))
		return fail(c, RC_INVALID, MSG_MEETING_FAULT_TOPIC);
	if (!staff && !str_eq(a->how, S("web")))
		return fail(c, RC_FORBIDDEN, MSG_MEETING_FAULT_ROLE);
	/* a hand that was raised and seen waits for nobody's leave */
	TRY(add_question(c, &m, a, staff && !str_eq(a->how, S("web")) ? Q_QUEUED : Q_WAITING, ret));
	return meeting_show(c, id);
}

enum rc meeting_vote(struct ctx *c, struct meeting_question_id id, struct str voter)
{
	struct meeting_question_row q;
	int64_t changed, gone;

	TRY(meeting_question_by_id(c->db, id, &q));
	if (!str_eq(q.state, S("queued")))
		return fail(c, RC_CONFLICT, MSG_MEETING_FAULT_VOTE);
	if (!voter.n)
		return fail(c, RC_FORBIDDEN, MSG_MEETING_FAULT_VOTE);
	TRY(meeting_vote_insert(c->db, id, voter, &changed));
	if (!changed)
		TRY(meeting_vote_delete(c->db, id, voter, &gone));
	return meeting_question_vote(c->db, id, changed ? 1 : -1, &gone);
}

static const struct question_move *move_of(enum question_state from, enum question_state to)
{
	for (size_t i = 0; i < question_moves_n; i++)
		if (question_moves[i].from == from && question_moves[i].to == to)
			return &question_moves[i];
	return NULL;
}

static bool may_move(const struct actor *who, int64_t body, const struct question_move *move)
{
	for (unsigned p = 0; p < MP_N; p++)
		if ((move->posts & (1u << p)) && meeting_holds(who, body, (enum meeting_post)p))
			return true;
	return false;
}

static enum rc open_question(struct ctx *c, const struct actor *who, struct meeting_question_id id, enum question_state to, struct meeting_row *ret_m,
			     struct meeting_question_row *ret_q)
{
	enum question_state from;

	TRY(meeting_question_by_id(c->db, id, ret_q));
	TRY(meeting_by_id(c->db, ret_q->meeting_id, ret_m));
	if (!question_state_by_name(ret_q->state, &from))
		return fail_log(c, RC_INTERNAL, S("a question in an unknown state"));
	const struct question_move *move = move_of(from, to);

	if (!move || ret_q->appeal_id || (!state_is(ret_m, MEETING_ANNOUNCED) && !state_is(ret_m, MEETING_LIVE)))
		return fail(c, RC_CONFLICT, MSG_MEETING_FAULT_QUESTION);
	return may_move(who, ret_m->body_id, move) ? RC_OK : fail(c, RC_FORBIDDEN, MSG_MEETING_FAULT_ROLE);
}

/* The meeting counts those that wait as they come and go. */
static enum rc move(struct ctx *c, const struct meeting_question_row *q, enum question_state to)
{
	int64_t changed, waits = (to == Q_WAITING) - str_eq(q->state, str_of(question_state_name(Q_WAITING)));

	TRY(meeting_question_move(c->db, q->id, q->state, str_of(question_state_name(to)), c->now, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_MEETING_FAULT_QUESTION);
	return waits ? meeting_count_waiting(c->db, q->meeting_id, waits, &changed) : RC_OK;
}

enum rc meeting_question_to(struct ctx *c, const struct actor *who, struct meeting_question_id id, enum question_state to, int64_t body)
{
	struct meeting_question_row q, now;
	struct meeting_row m;
	int64_t changed;

	TRY(open_question(c, who, id, to, &m, &q));
	if (to == Q_NOT_OURS && (body == m.body_id || !pack_body(c->app->pack, body)))
		return fail(c, RC_INVALID, MSG_MEETING_FAULT_BODY);
	if (to == Q_ANSWERING) {
		enum rc rc = state_is(&m, MEETING_LIVE) ? meeting_question_current(c->db, m.id, &now) : RC_OK;

		if (rc == RC_OK)
			return fail(c, RC_CONFLICT, MSG_MEETING_FAULT_ONE);
		if (rc != RC_NOT_FOUND)
			return rc;
	}
	if (to == Q_NOT_OURS)
		TRY(meeting_question_set_body(c->db, id, body, &changed));
	TRY(move(c, &q, to));
	return meeting_show(c, m.id);
}

static enum rc find_number(struct ctx *c, struct meeting_id id, int64_t number, struct meeting_question_row *ret)
{
	struct meeting_question_row_list l;

	TRY(meeting_question_list(c->db, id, number - 1, 1, &l));
	if (!l.n || l.v[0].number != number)
		return RC_NOT_FOUND;
	*ret = l.v[0];
	return RC_OK;
}

/* The other one speaks for both: voices add up, and who asked gets the same answer. */
enum rc meeting_join(struct ctx *c, const struct actor *who, struct meeting_question_id id, int64_t number)
{
	struct meeting_question_row q, to;
	struct meeting_row m;
	int64_t changed, more;

	TRY(open_question(c, who, id, Q_JOINED, &m, &q));
	enum rc rc = find_number(c, m.id, number, &to);

	if (rc == RC_NOT_FOUND || (rc == RC_OK && (to.id.v == id.v || to.joined_to || str_eq(to.state, S("joined")))))
		return fail(c, RC_INVALID, MSG_MEETING_FAULT_JOIN);
	TRY(rc);
	TRY(meeting_vote_join(c->db, to.id, id, &more));
	TRY(meeting_question_vote(c->db, to.id, more + 1, &changed)); /* who asked counts as a voice */
	TRY(meeting_question_join(c->db, id, to.id.v, &changed));
	TRY(move(c, &q, Q_JOINED));
	return meeting_show(c, m.id);
}

/* ---- the clock ---- */

/* Viewers fetch the page anew; a moment later, when no copy of the page before is sent again (setting page-keep). */
static enum rc refresh_soon(struct ctx *c, struct meeting_id id)
{
	return job_add(c, "meeting.refresh", str_i64(c->arena, id.v), S(""), when_add(c->now, WHEN_SECOND));
}

enum rc meeting_refresh(struct ctx *c, struct str payload)
{
	return db_notify(c->db, S("meeting"), str_fmt(c->arena, "%.*s refresh ", STR_FMT(payload)));
}

enum rc meeting_begin(struct ctx *c, const struct actor *who, struct meeting_id id)
{
	struct meeting_row m;
	int64_t changed;

	TRY(meeting_open_for(c, who, id, MP_CHAIR, &m));
	if (!meeting_may(&m, MG_BEGAN))
		return fail(c, RC_CONFLICT, MSG_MEETING_FAULT_STATE);
	TRY(meeting_set_live(c->db, id, c->now, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_MEETING_FAULT_STATE);
	TRY(meeting_span_insert(c->db, (struct meeting_span_id){ id_make() }, id, S("other"), c->now, &changed));
	TRY(meeting_note(c, id, MG_BEGAN, who->account, S(""), S("")));
	TRY(refresh_soon(c, id));
	return meeting_show(c, id);
}

enum rc meeting_clock(struct ctx *c, const struct actor *who, struct meeting_id id, struct str kind)
{
	struct meeting_row m;
	int64_t changed;

	TRY(meeting_open_for(c, who, id, MP_CHAIR, &m));
	if (!state_is(&m, MEETING_LIVE))
		return fail(c, RC_CONFLICT, MSG_MEETING_FAULT_STATE);
	if (kind.n && !str_eq(kind, S("talk")) && !str_eq(kind, S("questions")) && !str_eq(kind, S("other")))
		return fail(c, RC_INVALID, MSG_MEETING_FAULT_CLOCK);
	TRY(meeting_span_end(c->db, id, c->now, &changed));
	if (kind.n)
		TRY(meeting_span_insert(c->db, (struct meeting_span_id){ id_make() }, id, kind, c->now, &changed));
	return meeting_show(c, id);
}

/* ---- the minutes ---- */

/* By number of the question, or by the key of the line that made it. */
static enum rc about(struct ctx *c, struct meeting_id id, struct str about, struct meeting_question_row *ret)
{
	int64_t number;

	if (!about.n)
		return meeting_question_current(c->db, id, ret);
	return str_to_i64(about, &number) ? find_number(c, id, number, ret) : meeting_question_of_line(c->db, id, about, ret);
}

/* Asked aloud and written down: it is being answered, or stands next; after the end it is owed at once. */
static enum rc asked_aloud(struct ctx *c, const struct meeting_row *m, const struct meeting_typed *l, struct meeting_question_row *ret)
{
	struct meeting_asking a = { .how = S("hall"), .text = l->text, .line_key = l->key };
	struct meeting_question_row now;
	enum question_state s = Q_OWED;
	int64_t changed;

	if (state_is(m, MEETING_LIVE)) {
		enum rc rc = meeting_question_current(c->db, m->id, &now);

		if (rc != RC_OK && rc != RC_NOT_FOUND)
			return rc;
		s = rc == RC_OK ? Q_QUEUED : Q_ANSWERING;
	} else {
		TRY(meeting_set_unfiled(c->db, m->id, &changed));
	}
	return add_question(c, m, &a, s, ret);
}

enum rc meeting_write(struct ctx *c, const struct actor *who, struct meeting_id id, const struct meeting_typed *l)
{
	struct meeting_question_row q = { 0 };
	struct meeting_row m;
	struct str kind = l->kind;
	int64_t changed;

	TRY(meeting_open_for(c, who, id, MP_MINUTES, &m));
	if (!when_set(m.began_at))
		return fail(c, RC_CONFLICT, MSG_MEETING_FAULT_STATE);
	if (!str_trim(l->text).n || l->key.n < 8)
		return fail(c, RC_INVALID, MSG_MEETING_FAULT_LINE);
	bool question = str_eq(kind, S("question")), answer = str_eq(kind, S("answer"));
	enum rc rc = question ? meeting_question_of_line(c->db, id, l->key, &q) : about(c, id, l->about, &q);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	if (question && rc == RC_NOT_FOUND)
		TRY(asked_aloud(c, &m, l, &q));
	if (answer && rc == RC_NOT_FOUND) /* nothing typed is lost: it stands in the minutes all the same */
		kind = S("note");
	TRY(meeting_line_insert(c->db, (struct meeting_line_id){ id_make() }, id, q.id.v, l->key, question || answer ? kind : S("note"), l->text, who->account, c->now,
				&changed));
	if (changed && answer && q.id.v)
		TRY(meeting_question_set_spoken(c->db, q.id, &changed));
	TRY(meeting_touch(c->db, id, c->now, &changed));
	return meeting_show(c, id);
}

/* ---- the end ---- */

static enum rc keep_owed(struct ctx *c, const struct meeting_row *m)
{
	struct meeting_owed_row owed;
	int64_t changed;
	enum rc rc = meeting_owed_open(c->db, m->body_id, m->place_id, when_day(m->began_at), &owed);

	if (rc == RC_NOT_FOUND)
		return RC_OK; /* held besides what is owed */
	TRY(rc);
	TRY(meeting_owed_keep(c->db, owed.id, m->id.v, c->now, &changed));
	return duty_close(c, owed.id.v, 0, DUTY_MEETING_HOLD, DUTY_DONE);
}

enum rc meeting_end(struct ctx *c, const struct actor *who, struct meeting_id id)
{
	const struct pack *p = c->app->pack;
	struct meeting_span_row_list spans;
	struct meeting_row m;
	int64_t changed, came;

	TRY(meeting_open_for(c, who, id, MP_CHAIR, &m));
	if (!meeting_may(&m, MG_ENDED))
		return fail(c, RC_CONFLICT, MSG_MEETING_FAULT_STATE);
	TRY(meeting_span_end(c->db, id, c->now, &changed));
	TRY(meeting_span_list(c->db, id, &spans));
	TRY(meeting_came(c->db, id, &came));
	struct meeting_times t = meeting_times_of(&spans, c->now);

	TRY(meeting_set_ended(c->db, id, t.talk, t.questions, t.other, came, c->now, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_MEETING_FAULT_STATE);
	TRY(meeting_question_close(c->db, id, c->now, &changed));
	TRY(keep_owed(c, &m));
	struct day due = calendar_add_working(p, when_day(c->now), (int)pack_clause(p, "meeting_minutes", when_day(c->now))->value);

	TRY(duty_open(c, &(struct duty_new){ .kind = DUTY_MEETING_MINUTES, .subject_kind = MEETING_SUBJECT, .subject = id.v, .body = m.body_id,
					     .due = when_end_of_day(due) }));
	enum lang_id lang = LANG_KK;

	lang = lang_by_code(m.lang, &lang) ? lang : LANG_KK;
	TRY(press_briefing_due(c, m.body_id, MEETING_SUBJECT, id.v, m.lang, meeting_title(c->arena, lang_of(lang), p, m.place_id)));
	TRY(meeting_note(c, id, MG_ENDED, who->account, S(""), S("")));
	TRY(meeting_show(c, id));
	return refresh_soon(c, id);
}

/* ---- what viewers see ---- */

static void put(struct out *o, const char *key, struct str s)
{
	out_fmt(o, "%s\"%s\":", o->n > 1 ? "," : "", key);
	out_json_str(o, s);
}

static void put_int(struct ctx *c, struct out *o, const char *key, int64_t n)
{
	put(o, key, str_i64(c->arena, n));
}

static void put_clock(struct ctx *c, struct out *o, const struct meeting_times *t)
{
	static const struct { const char *kind; unsigned msg; } kinds[] = { { "talk", MSG_MEETING_CLOCK_TALK }, { "questions", MSG_MEETING_CLOCK_QUESTIONS },
									    { "other", MSG_MEETING_CLOCK_OTHER } };
	unsigned msg = MSG_MEETING_CLOCK_RESTS;

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (str_eq(t->runs, str_of(kinds[i].kind)))
			msg = kinds[i].msg;
	for (unsigned l = 0; l < LANG_N; l++)
		put(o, str_fmt(c->arena, "clock_%.*s", STR_FMT(lang_code(lang_of((enum lang_id)l)))).p, msg_text(lang_of((enum lang_id)l), msg));
	put(o, "runs", t->runs);
	put_int(c, o, "talk_s", t->talk);
	put_int(c, o, "questions_s", t->questions);
	put_int(c, o, "other_s", t->other);
	put_int(c, o, "share", meeting_share(t->talk, t->questions, t->other));
}

/* One text for all viewers; those of a room of staff only hear that something changed. */
enum rc meeting_show(struct ctx *c, struct meeting_id id)
{
	struct meeting_question_row now;
	struct meeting_question_row_list next;
	struct meeting_span_row_list spans;
	struct meeting_row m;
	struct out o = OUT_ON(c->arena);

	TRY(meeting_by_id(c->db, id, &m));
	TRY(db_notify(c->db, S("meeting"), str_fmt(c->arena, "%lld room ", (long long)id.v)));
	if (!state_is(&m, MEETING_LIVE))
		return RC_OK;
	enum rc rc = meeting_question_current(c->db, id, &now);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	TRY(meeting_question_queue(c->db, id, INT64_MAX, (struct when){ 0 }, (struct meeting_question_id){ 0 }, NEXT_SHOWN, &next));
	TRY(meeting_span_list(c->db, id, &spans));
	struct meeting_times t = meeting_times_of(&spans, c->now);

	out_char(&o, '{');
	put_clock(c, &o, &t);
	put(&o, "now", meeting_line_text(c->arena, rc == RC_OK ? &now : NULL));
	for (size_t i = 0; i < NEXT_SHOWN; i++)
		put(&o, str_fmt(c->arena, "next%zu", i + 1).p, meeting_line_text(c->arena, i < next.n ? &next.v[i] : NULL));
	put_int(c, &o, "asked", m.questions);
	put_int(c, &o, "waiting", m.waiting);
	out_char(&o, '}');
	return db_notify(c->db, S("meeting"), str_fmt(c->arena, "%lld numbers %.*s", (long long)id.v, STR_FMT(out_done(&o))));
}
