#include "press/press_view.h"

#include "app/app.h"
#include "app/jobs.h"
#include "appeal/appeal_do.h"
#include "base/random.h"
#include "gen/account_sql.h"
#include "gen/messages.h"
#include "place/place.h"
#include "standard/calendar.h"
#include "standard/duty.h"
#include "standard/pack.h"

#define PRESS (BIT(ROLE_PRESS) | BIT(ROLE_HEAD))

bool press_officer(const struct actor *who, int64_t body)
{
	return who->body && who->body == body && (who->roles & PRESS);
}

static enum rc officer_of(struct ctx *c, const struct actor *who, int64_t body)
{
	return press_officer(who, body) ? RC_OK : fail(c, RC_FORBIDDEN, MSG_PRESS_FAULT_ROLE);
}

static int64_t region_of(const struct ctx *c, int64_t body)
{
	const struct body *b = pack_body(c->app->pack, body);

	return b && b->place ? place_region(b->place)->id : 0;
}

static struct when due_by(const struct ctx *c, const char *clause)
{
	const struct clause *k = pack_clause(c->app->pack, clause, when_day(c->now));

	return calendar_due(c->app->pack, c->now, (struct term){ (int)k->value, k->unit });
}

/* ---- briefings ---- */

enum rc press_briefing_due(struct ctx *c, int64_t body, const char *kind, int64_t subject, struct str lang, struct str title)
{
	struct briefing_id id = { id_make() };
	int64_t changed;

	TRY(briefing_insert(c->db, id, body, region_of(c, body), str_of(kind), subject, S("owed"), lang, title, c->now, &changed));
	if (!changed)
		return RC_OK; /* told of it before */
	return duty_open(c, &(struct duty_new){ .kind = DUTY_BRIEFING, .subject_kind = "briefing", .subject = id.v, .body = body, .due = due_by(c, "briefing") });
}

enum rc press_briefing_plan(struct ctx *c, const struct actor *who, struct briefing_id id, const struct briefing_words *w, struct briefing_id *ret)
{
	struct briefing_row b = { .id = id, .body_id = who->body };
	int64_t changed;

	if (id.v)
		TRY(briefing_by_id(c->db, id, &b));
	TRY(officer_of(c, who, b.body_id));
	if (!str_trim(w->title).n || !str_trim(w->place).n)
		return fail(c, RC_INVALID, MSG_PRESS_FAULT_BRIEFING);
	if (w->starts.us <= c->now.us)
		return fail(c, RC_INVALID, MSG_PRESS_FAULT_PAST);
	if (!id.v) {
		b.id = (struct briefing_id){ id_make() };
		TRY(briefing_insert(c->db, b.id, b.body_id, region_of(c, b.body_id), S(""), 0, S("planned"), w->lang, w->title, c->now, &changed));
	}
	TRY(briefing_set_plan(c->db, b.id, w->lang, w->title, w->text, w->starts, w->place, w->link, w->accredited, c->now, &changed));
	*ret = b.id;
	return changed ? RC_OK : fail(c, RC_CONFLICT, MSG_PRESS_FAULT_STATE);
}

enum rc press_briefing_held(struct ctx *c, const struct actor *who, struct briefing_id id, struct str record, struct str link)
{
	struct briefing_row b;
	int64_t changed;

	TRY(briefing_by_id(c->db, id, &b));
	TRY(officer_of(c, who, b.body_id));
	if (!str_trim(record).n)
		return fail(c, RC_INVALID, MSG_PRESS_FAULT_RECORD);
	if (b.starts_at.us > c->now.us)
		return fail(c, RC_CONFLICT, MSG_PRESS_FAULT_AHEAD);
	TRY(briefing_set_held(c->db, id, record, link, c->now, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_PRESS_FAULT_STATE);
	return duty_close(c, id.v, 0, DUTY_BRIEFING, DUTY_DONE);
}

enum rc press_briefing_cancel(struct ctx *c, const struct actor *who, struct briefing_id id, struct str reason)
{
	struct briefing_row b;
	int64_t changed;

	TRY(briefing_by_id(c->db, id, &b));
	TRY(officer_of(c, who, b.body_id));
	if (!str_trim(reason).n)
		return fail(c, RC_INVALID, MSG_PRESS_FAULT_REASON);
	TRY(briefing_set_cancelled(c->db, id, reason, c->now, &changed));
	return changed ? RC_OK : fail(c, RC_CONFLICT, MSG_PRESS_FAULT_STATE);
}

/* ---- accreditation ---- */

enum rc press_apply(struct ctx *c, const struct actor *who, int64_t body, const struct accreditation_words *w, struct accreditation_id *ret)
{
	struct accreditation_id id = { id_make() };
	int64_t changed;

	if (!who->account || !(who->roles & CITIZEN))
		return fail(c, RC_FORBIDDEN, MSG_PRESS_FAULT_SIGN_IN);
	if (!pack_body(c->app->pack, body))
		return fail(c, RC_INVALID, MSG_PRESS_FAULT_BODY);
	if (!str_trim(w->name).n || !str_trim(w->medium).n)
		return fail(c, RC_INVALID, MSG_PRESS_FAULT_MEDIUM);
	enum rc rc = accreditation_insert(c->db, id, body, who->account, w->name, w->medium, w->post, w->link, c->now, &changed);

	if (rc == RC_DUPLICATE)
		return fail(c, RC_CONFLICT, MSG_PRESS_FAULT_APPLIED);
	TRY(rc);
	*ret = id;
	return duty_open(c, &(struct duty_new){ .kind = DUTY_ACCREDIT, .subject_kind = "accreditation", .subject = id.v, .body = body, .due = due_by(c, "accreditation") });
}

/* No row, no move. */
static const struct { const char *from, *to; bool reason; } decisions[] = {
	[ACCREDIT_GRANT] = { "asked", "granted", false },
	[ACCREDIT_REFUSE] = { "asked", "refused", true },
	[ACCREDIT_REVOKE] = { "granted", "revoked", true },
};

enum rc press_decide(struct ctx *c, const struct actor *who, struct accreditation_id id, enum accreditation_act act, struct str reason)
{
	struct accreditation_row a;
	int64_t changed;

	TRY(accreditation_by_id(c->db, id, &a));
	TRY(officer_of(c, who, a.body_id));
	if (decisions[act].reason && !str_trim(reason).n)
		return fail(c, RC_INVALID, MSG_PRESS_FAULT_REASON);
	TRY(accreditation_set(c->db, id, str_of(decisions[act].from), str_of(decisions[act].to), reason, who->account, c->now, &changed));
	if (!changed) /* a colleague was quicker */
		return fail(c, RC_CONFLICT, MSG_PRESS_FAULT_STATE);
	TRY(duty_close(c, id.v, 0, DUTY_ACCREDIT, DUTY_DONE));
	return job_add(c, "press.decided", str_i64(c->arena, id.v), S(""), c->now);
}

enum rc press_accredited(struct ctx *c, const struct actor *who, struct accreditation_row *ret)
{
	struct accreditation_row_list l = { 0 };

	if (who->account && (who->roles & CITIZEN))
		TRY(accreditation_held(c->db, who->account, &l));
	for (size_t i = 0; i < l.n; i++)
		if (str_eq(l.v[i].state, S("granted"))) {
			*ret = l.v[i];
			return RC_OK;
		}
	return RC_NOT_FOUND;
}

/* ---- questions ---- */

enum rc press_ask(struct ctx *c, const struct actor *who, const struct press_asking *q, struct press_question_id *ret, struct str *ret_number)
{
	struct press_question_id id = { id_make() };
	struct accreditation_row a;
	struct account_row person;
	struct appeal_case k;
	int64_t changed;
	enum rc rc = press_accredited(c, who, &a);

	if (rc == RC_NOT_FOUND)
		return fail(c, RC_FORBIDDEN, MSG_PRESS_FAULT_NOT_ACCREDITED);
	TRY(rc);
	TRY(account_by_id(c->db, (struct account_id){ who->account }, &person));
	/* private until the press service sets a time: that is what keeps an embargoed answer out of every list */
	struct appeal_filing f = { .kind = c->app->pack->kind_media->code, .origin = ORIGIN_PRESS, .lang = q->lang, .title = q->title, .text = q->text, .topic = q->topic,
				   .place = q->place, .body = q->body, .name = a.name, .email = person.email, .account = who->account, .reply_by = S("cabinet") };

	TRY(appeal_file(c, who, &f, &k));
	TRY(press_question_insert(c->db, id, k.a.id, who->account, q->body, region_of(c, q->body), a.medium, c->now, &changed));
	*ret = id;
	*ret_number = k.a.number;
	return RC_OK;
}

/* Answered a moment ago: the job has not noticed yet, the officer has. */
static enum rc question_of(struct ctx *c, const struct actor *who, struct press_question_id id, struct press_question_row *ret)
{
	struct appeal_row a;
	int64_t changed;

	TRY(press_question_by_id(c->db, id, ret));
	TRY(officer_of(c, who, ret->body_id));
	TRY(appeal_by_id(c->db, ret->appeal_id, &a));
	if (!str_eq(ret->state, S("asked")) || !when_set(a.answered_at))
		return RC_OK;
	return press_question_set_answered(c->db, id, ret->body_id, ret->region_id, c->now, &changed);
}

enum rc press_publish(struct ctx *c, const struct actor *who, struct press_question_id id, const struct press_words *w)
{
	int64_t days = pack_clause(c->app->pack, "embargo_max", when_day(c->now))->value, changed;
	bool later = w->release.us > c->now.us;
	struct press_question_row q;

	TRY(question_of(c, who, id, &q));
	if (!str_trim(w->title).n || !str_trim(w->question).n || !str_trim(w->answer).n)
		return fail(c, RC_INVALID, MSG_PRESS_FAULT_WORDS);
	if (w->release.us > c->now.us + days * WHEN_DAY)
		return fail(c, RC_INVALID, MSG_PRESS_FAULT_EMBARGO);
	TRY(press_question_set_words(c->db, id, later ? S("embargoed") : S("public"), w->title, w->question, w->answer, later ? w->release : c->now,
				     later ? (struct when){ 0 } : c->now, c->now, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_PRESS_FAULT_STATE);
	TRY(duty_close(c, id.v, 0, DUTY_PRESS_PUBLISH, DUTY_DONE));
	if (later)
		return job_add(c, "press.told", str_fmt(c->arena, "embargo %lld", (long long)id.v), S(""), c->now);
	TRY(appeal_release(c, q.appeal_id, w->title, w->question, w->answer));
	return job_add(c, "press.told", str_fmt(c->arena, "public %lld", (long long)id.v), S(""), c->now);
}

enum rc press_withhold(struct ctx *c, const struct actor *who, struct press_question_id id, struct str reason)
{
	struct press_question_row q;
	int64_t changed;

	TRY(question_of(c, who, id, &q));
	if (!str_trim(reason).n)
		return fail(c, RC_INVALID, MSG_PRESS_FAULT_REASON);
	TRY(press_question_set_withheld(c->db, id, reason, c->now, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_PRESS_FAULT_STATE);
	TRY(duty_close(c, id.v, 0, DUTY_PRESS_PUBLISH, DUTY_DONE));
	return job_add(c, "press.told", str_fmt(c->arena, "withheld %lld", (long long)id.v), S(""), c->now);
}

enum rc press_write_release(struct ctx *c, const struct actor *who, const struct release_words *w, struct press_release_id *ret)
{
	int64_t days = pack_clause(c->app->pack, "embargo_max", when_day(c->now))->value, changed;
	bool later = w->release.us > c->now.us;

	TRY(officer_of(c, who, who->body));
	if (!str_trim(w->title).n || !str_trim(w->text).n)
		return fail(c, RC_INVALID, MSG_PRESS_FAULT_WORDS);
	if (w->release.us > c->now.us + days * WHEN_DAY)
		return fail(c, RC_INVALID, MSG_PRESS_FAULT_EMBARGO);
	*ret = (struct press_release_id){ id_make() };
	TRY(press_release_insert(c->db, *ret, who->body, region_of(c, who->body), later ? S("scheduled") : S("public"), w->lang, w->title, w->text, w->link,
				 later ? w->release : c->now, who->account, c->now, &changed));
	return press_find_again(c, *ret);
}
