/* press_tick.c: what goes by itself: noticing answers, reminding of embargoes, releasing on time; the letters; what duties of the press are called. */
#include "app/app.h"
#include "app/jobs.h"
#include "appeal/appeal_do.h"
#include "appeal/appeal_web.h"
#include "body/body.h"
#include "gen/account_sql.h"
#include "gen/messages.h"
#include "notify/notify.h"
#include "place/place.h"
#include "press/press_view.h"
#include "standard/calendar.h"
#include "standard/duty.h"

#define BATCH 100
#define OFFICERS_MAX 5

/* ---- noticing, reminding, releasing ---- */

/* Whoever answered in the end, publishes: a question that was passed on belongs to the press service of the body that has it now. */
static enum rc notice_answers(struct ctx *c)
{
	struct press_answered_row_list l;
	int64_t changed;

	TRY(press_question_answered(c->db, (struct press_question_id){ 0 }, BATCH, &l));
	for (size_t i = 0; i < l.n; i++) {
		const struct body *b = pack_body(c->app->pack, l.v[i].body_id);
		const struct clause *k = pack_clause(c->app->pack, "press_publish", when_day(c->now));

		TRY(press_question_set_answered(c->db, l.v[i].id, l.v[i].body_id, b && b->place ? place_region(b->place)->id : 0, c->now, &changed));
		if (changed)
			TRY(duty_open(c, &(struct duty_new){ .kind = DUTY_PRESS_PUBLISH, .subject_kind = "press_question", .subject = l.v[i].id.v, .body = l.v[i].body_id,
							     .due = calendar_due(c->app->pack, c->now, (struct term){ (int)k->value, k->unit }) }));
	}
	return RC_OK;
}

static enum rc release_one(struct ctx *c, const struct press_question_row *q)
{
	int64_t changed;

	TRY(press_question_set_public(c->db, q->id, c->now, &changed));
	if (!changed)
		return RC_OK; /* withheld in this very moment */
	TRY(appeal_release(c, q->appeal_id, q->title, q->question, q->answer));
	return job_add(c, "press.told", str_fmt(c->arena, "public %lld", (long long)q->id.v), S(""), c->now);
}

static enum rc questions_due(struct ctx *c)
{
	int64_t hours = pack_clause(c->app->pack, "embargo_remind", when_day(c->now))->value, changed;
	struct press_question_row_list l;

	TRY(press_question_due(c->db, when_add(c->now, hours * WHEN_HOUR), BATCH, &l));
	for (size_t i = 0; i < l.n; i++) {
		const struct press_question_row *q = &l.v[i];

		if (q->release_at.us <= c->now.us) {
			TRY(release_one(c, q));
		} else if (!q->reminded) {
			TRY(press_question_set_reminded(c->db, q->id, &changed));
			TRY(job_add(c, "press.told", str_fmt(c->arena, "lapses %lld", (long long)q->id.v), S(""), c->now));
		}
	}
	return RC_OK;
}

static enum rc releases_due(struct ctx *c)
{
	struct press_release_row_list l;
	int64_t changed;

	TRY(press_release_due(c->db, c->now, BATCH, &l));
	for (size_t i = 0; i < l.n; i++) {
		TRY(press_release_set_public(c->db, l.v[i].id, &changed));
		TRY(press_find_again(c, l.v[i].id));
	}
	return RC_OK;
}

enum rc press_tick(struct ctx *c, struct str payload)
{
	(void)payload;
	TRY(notice_answers(c));
	TRY(questions_due(c));
	return releases_due(c);
}

/* ---- letters ---- */

struct reader {
	struct str mail, lang;
	int64_t account;
};

/* what: said to the journalist; officers: to the press service too, 0: not. */
static const struct { struct str name; unsigned journalist, officers; } tellings[] = {
	{ S_INIT("embargo"), MSG_PRESS_LETTER_EMBARGO, 0 },
	{ S_INIT("lapses"), MSG_PRESS_LETTER_LAPSES, MSG_PRESS_LETTER_LAPSES_OFFICER },
	{ S_INIT("public"), MSG_PRESS_LETTER_PUBLIC, 0 },
	{ S_INIT("withheld"), MSG_PRESS_LETTER_WITHHELD, 0 },
};

static const struct lang *lang_named(struct str code)
{
	enum lang_id id = LANG_KK;

	return lang_of(lang_by_code(code, &id) ? id : LANG_KK);
}

static enum rc write_to(struct ctx *c, const struct reader *to, struct str dedup, const struct appeal_row *a, unsigned words, const struct press_question_row *q, struct url link)
{
	const struct lang *l = lang_named(to->lang);
	struct letter letter = { .lang = l, .to = to->mail, .account = to->account, .about = "press_question", .about_id = q->id.v };
	struct msg_arg subject[] = { ARG_S("number", a->number), ARG_S("title", a->title) }, when[] = { ARG_W("when", q->release_at) };

	letter.subject = msg_fmt(c->arena, l, MSG_PRESS_LETTER_SUBJECT, subject, ARRAY_LEN(subject));
	letter.dedup = str_fmt(c->arena, "press %lld %lld %.*s %.*s", (long long)q->id.v, (long long)q->release_at.us, STR_FMT(dedup), STR_FMT(to->mail));
	letter_add(&letter, words == MSG_PRESS_LETTER_PUBLIC || words == MSG_PRESS_LETTER_WITHHELD ? msg_text(l, words) : msg_fmt(c->arena, l, words, when, 1));
	if (q->reason.n)
		letter_add(&letter, q->reason);
	letter.button = msg_text(l, MSG_PRESS_LETTER_OPEN);
	letter.link = link;
	return notify_send(c, &letter);
}

static enum rc tell_officers(struct ctx *c, struct str what, const struct appeal_row *a, unsigned words, const struct press_question_row *q)
{
	struct staff_name_list l;

	TRY(staff_of_role(c->db, q->body_id, str_of(role_name(ROLE_PRESS)), OFFICERS_MAX, &l));
	for (size_t i = 0; i < l.n; i++)
		TRY(write_to(c, &(struct reader){ l.v[i].email, l.v[i].lang, l.v[i].id.v }, what, a, words, q, press_desk_url(c->arena, q->id)));
	return RC_OK;
}

/* "WHAT QUESTION" */
static enum rc tell(struct ctx *c, struct str payload)
{
	struct str rest = payload, what = S("");
	struct press_question_row q;
	struct account_row person;
	struct appeal_row a;
	int64_t id;

	if (!str_cut(&rest, ' ', &what) || !str_to_i64(rest, &id))
		return fail_log(c, RC_INVALID, S("not a telling and a question"));
	TRY(press_question_by_id(c->db, (struct press_question_id){ id }, &q));
	TRY(appeal_by_id(c->db, q.appeal_id, &a));
	TRY(account_by_id(c->db, (struct account_id){ q.account_id }, &person));
	for (size_t i = 0; i < ARRAY_LEN(tellings); i++) {
		if (!str_eq(what, tellings[i].name))
			continue;
		if (!person.mail_off)
			TRY(write_to(c, &(struct reader){ a.email.n ? a.email : person.email, person.lang, q.account_id }, what, &a, tellings[i].journalist, &q,
				     appeal_url(c->arena, a.number, S(""))));
		if (tellings[i].officers)
			TRY(tell_officers(c, what, &a, tellings[i].officers, &q));
	}
	return RC_OK;
}

/* How an application for accreditation ended. */
static enum rc tell_decision(struct ctx *c, struct str payload)
{
	static const struct { const char *state; unsigned words; } ends[] = {
		{ "granted", MSG_PRESS_LETTER_GRANTED }, { "refused", MSG_PRESS_LETTER_REFUSED }, { "revoked", MSG_PRESS_LETTER_REVOKED },
	};
	struct accreditation_row a;
	struct account_row person;
	int64_t id;

	if (!str_to_i64(payload, &id))
		return fail_log(c, RC_INVALID, S("not an accreditation"));
	TRY(accreditation_by_id(c->db, (struct accreditation_id){ id }, &a));
	TRY(account_by_id(c->db, (struct account_id){ a.account_id }, &person));
	const struct lang *l = lang_named(person.lang);

	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		struct letter letter = { .lang = l, .to = person.email, .account = person.id.v, .about = "accreditation", .about_id = id };
		struct msg_arg body[] = { ARG_S("body", body_name(c->app->pack, a.body_id, lang_id(l))) };

		if (!str_eq(a.state, str_of(ends[i].state)))
			continue;
		letter.subject = msg_fmt(c->arena, l, ends[i].words, body, 1);
		letter.dedup = str_fmt(c->arena, "accreditation %lld %s", (long long)id, ends[i].state);
		if (a.reason.n)
			letter_add(&letter, a.reason);
		letter.button = msg_text(l, MSG_PRESS_LETTER_OPEN);
		letter.link = URL("/press/mine");
		TRY(notify_send(c, &letter));
	}
	return RC_OK;
}

/* ---- what a duty of the press is about ---- */

struct url press_desk_url(struct arena *a, struct press_question_id id)
{
	struct str part[] = { str_i64(a, id.v) };

	return url_path(a, "/desk/press/questions/{}", 1, part);
}

static enum rc show_briefing(struct ctx *c, const struct lang *l, int64_t id, struct subject *ret)
{
	struct str part[] = { str_i64(c->arena, id) };
	struct briefing_row b;

	(void)l;
	TRY(briefing_by_id(c->db, (struct briefing_id){ id }, &b));
	*ret = (struct subject){ .title = b.title, .desk = url_path(c->arena, "/desk/press/briefings/{}", 1, part) };
	if (!b.accredited && !str_eq(b.state, S("owed")))
		ret->to = url_path(c->arena, "/press/briefings/{}", 1, part);
	return RC_OK;
}

static enum rc show_accreditation(struct ctx *c, const struct lang *l, int64_t id, struct subject *ret)
{
	struct accreditation_row a;

	(void)l;
	TRY(accreditation_by_id(c->db, (struct accreditation_id){ id }, &a));
	*ret = (struct subject){ .title = a.medium, .desk = URL("/desk/press/accreditations") };
	return RC_OK;
}

static enum rc show_question(struct ctx *c, const struct lang *l, int64_t id, struct subject *ret)
{
	struct press_question_row q;
	struct appeal_row a;

	(void)l;
	TRY(press_question_by_id(c->db, (struct press_question_id){ id }, &q));
	TRY(appeal_by_id(c->db, q.appeal_id, &a));
	*ret = (struct subject){ .title = a.title, .number = a.number, .desk = press_desk_url(c->arena, q.id) };
	if (str_eq(q.state, S("public"))) {
		ret->to = appeal_url(c->arena, a.number, S(""));
		ret->public_title = q.title;
	}
	return RC_OK;
}

static const struct subject_kind subjects[] = {
	{ "briefing", show_briefing }, { "accreditation", show_accreditation }, { "press_question", show_question },
};
static const struct job_kind jobs[] = {
	{ .name = "press.tick", .run = press_tick, .every_sec = 30 },
	{ .name = "press.told", .run = tell, .attempts_max = 10 },
	{ .name = "press.decided", .run = tell_decision, .attempts_max = 10 },
};
const struct module press_tick_module = { .name = "press_tick", .jobs = jobs, .n_jobs = ARRAY_LEN(jobs), .subjects = subjects, .n_subjects = ARRAY_LEN(subjects) };
