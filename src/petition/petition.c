#include "petition/petition.h"

#include <assert.h>

#include "app/app.h"
#include "appeal/appeal_do.h"
#include "base/random.h"
#include "base/utf8.h"
#include "gen/messages.h"
#include "petition/petition_inner.h"
#include "place/place.h"
#include "standard/calendar.h"
#include "standard/duty.h"
#include "standard/petition_rules.h"
#include "standard/standard.h"
#include "text/text.h"

static const struct { const char *name; unsigned msg; bool under_way; } states[PETITION_STATE_N] = {
	[PETITION_MODERATION] = { "moderation", MSG_PETITION_S_MODERATION, true }, [PETITION_SUPPORTERS] = { "supporters", MSG_PETITION_S_SUPPORTERS, true },
	[PETITION_OPEN] = { "open", MSG_PETITION_S_OPEN, true },                   [PETITION_REVIEW] = { "review", MSG_PETITION_S_REVIEW, true },
	[PETITION_DECIDED] = { "decided", MSG_PETITION_S_DECIDED, false },         [PETITION_NOT_ENOUGH] = { "not_enough", MSG_PETITION_S_NOT_ENOUGH, false },
	[PETITION_REFUSED] = { "refused", MSG_PETITION_S_REFUSED, false },         [PETITION_WITHDRAWN] = { "withdrawn", MSG_PETITION_S_WITHDRAWN, false },
	[PETITION_STOPPED] = { "stopped", MSG_PETITION_S_STOPPED, false },
};
static const struct { const char *name; unsigned msg; } events[PE_N] = {
	[PE_FILED] = { "filed", MSG_PETITION_E_FILED },                   [PE_DELAYED] = { "delayed", MSG_PETITION_E_DELAYED },
	[PE_ACCEPTED] = { "accepted", MSG_PETITION_E_ACCEPTED },          [PE_REFUSED] = { "refused", MSG_PETITION_E_REFUSED },
	[PE_CONTESTED] = { "contested", MSG_PETITION_E_CONTESTED },       [PE_UPHELD] = { "upheld", MSG_PETITION_E_UPHELD },
	[PE_OPENED] = { "opened", MSG_PETITION_E_OPENED },                [PE_PAPER] = { "paper", MSG_PETITION_E_PAPER },
	[PE_INVALIDATED] = { "invalidated", MSG_PETITION_E_INVALIDATED }, [PE_REVALIDATED] = { "revalidated", MSG_PETITION_E_REVALIDATED },
	[PE_REACHED] = { "reached", MSG_PETITION_E_REACHED },             [PE_FALLEN] = { "fallen", MSG_PETITION_E_FALLEN },
	[PE_REGISTERED] = { "registered", MSG_PETITION_E_REGISTERED },    [PE_NOT_ENOUGH] = { "not_enough", MSG_PETITION_E_NOT_ENOUGH },
	[PE_WITHDRAWN] = { "withdrawn", MSG_PETITION_E_WITHDRAWN },       [PE_STOPPED] = { "stopped", MSG_PETITION_E_STOPPED },
	[PE_GROUP] = { "group", MSG_PETITION_E_GROUP },                   [PE_DISCUSSION] = { "discussion", MSG_PETITION_E_DISCUSSION },
	[PE_DISCUSSED] = { "discussed", MSG_PETITION_E_DISCUSSED },       [PE_DECIDED] = { "decided", MSG_PETITION_E_DECIDED },
	[PE_REPORTED] = { "reported", MSG_PETITION_E_REPORTED },          [PE_MAILED] = { "mailed", MSG_PETITION_E_MAILED },
	[PE_ANONYMISED] = { "anonymised", MSG_PETITION_E_ANONYMISED },
};

/* No row, no move. */
const struct petition_move petition_moves[] = {
	{ PETITION_MODERATION, PE_ACCEPTED, PETITION_SUPPORTERS },   { PETITION_MODERATION, PE_REFUSED, PETITION_REFUSED },
	{ PETITION_MODERATION, PE_WITHDRAWN, PETITION_WITHDRAWN },   { PETITION_REFUSED, PE_ACCEPTED, PETITION_SUPPORTERS },
	{ PETITION_REFUSED, PE_CONTESTED, PETITION_REFUSED },        { PETITION_REFUSED, PE_UPHELD, PETITION_REFUSED },
	{ PETITION_SUPPORTERS, PE_OPENED, PETITION_OPEN },           { PETITION_SUPPORTERS, PE_NOT_ENOUGH, PETITION_NOT_ENOUGH },
	{ PETITION_SUPPORTERS, PE_WITHDRAWN, PETITION_WITHDRAWN },   { PETITION_SUPPORTERS, PE_STOPPED, PETITION_STOPPED },
	{ PETITION_SUPPORTERS, PE_INVALIDATED, PETITION_SUPPORTERS }, { PETITION_SUPPORTERS, PE_PAPER, PETITION_SUPPORTERS },
	{ PETITION_OPEN, PE_REACHED, PETITION_OPEN },                { PETITION_OPEN, PE_FALLEN, PETITION_OPEN },
	{ PETITION_OPEN, PE_REGISTERED, PETITION_REVIEW },           { PETITION_OPEN, PE_NOT_ENOUGH, PETITION_NOT_ENOUGH },
	{ PETITION_OPEN, PE_WITHDRAWN, PETITION_WITHDRAWN },         { PETITION_OPEN, PE_STOPPED, PETITION_STOPPED },
	{ PETITION_OPEN, PE_INVALIDATED, PETITION_OPEN },            { PETITION_OPEN, PE_PAPER, PETITION_OPEN },
	{ PETITION_REVIEW, PE_GROUP, PETITION_REVIEW },              { PETITION_REVIEW, PE_DISCUSSION, PETITION_REVIEW },
	{ PETITION_REVIEW, PE_DISCUSSED, PETITION_REVIEW },          { PETITION_REVIEW, PE_DECIDED, PETITION_DECIDED },
	{ PETITION_REVIEW, PE_STOPPED, PETITION_STOPPED },           { PETITION_REVIEW, PE_INVALIDATED, PETITION_REVIEW },
	{ PETITION_DECIDED, PE_REPORTED, PETITION_DECIDED },
};
const size_t petition_moves_n = ARRAY_LEN(petition_moves);

const char *petition_state_name(enum petition_state s)
{
	assert(s < PETITION_STATE_N);
	return states[s].name;
}

unsigned petition_state_msg(enum petition_state s)
{
	assert(s < PETITION_STATE_N);
	return states[s].msg;
}

bool petition_state_by_name(struct str name, enum petition_state *ret)
{
	for (unsigned i = 0; i < PETITION_STATE_N; i++)
		if (str_eq(name, str_of(states[i].name))) {
			*ret = (enum petition_state)i;
			return true;
		}
	return false;
}

bool petition_event_by_name(struct str name, enum petition_event_kind *ret)
{
	for (unsigned i = 0; i < PE_N; i++)
		if (str_eq(name, str_of(events[i].name))) {
			*ret = (enum petition_event_kind)i;
			return true;
		}
	return false;
}

unsigned petition_event_msg(enum petition_event_kind e)
{
	assert(e < PE_N);
	return events[e].msg;
}

enum petition_state petition_state_of(struct str name)
{
	enum petition_state s = PETITION_STATE_N;
	bool known = petition_state_by_name(name, &s);

	assert(known);
	return s;
}

bool petition_is_public(const struct petition_row *p)
{
	return p->listed;
}

struct str petition_author_shown(const struct petition_row *p)
{
	return states[petition_state_of(p->state)].under_way ? p->author : S("");
}

bool petition_may(const struct petition_row *p, enum petition_event_kind e)
{
	enum petition_state s;

	for (size_t i = 0; petition_state_by_name(p->state, &s) && i < petition_moves_n; i++)
		if (petition_moves[i].from == s && petition_moves[i].event == e)
			return true;
	return false;
}

const char *petition_event_name(enum petition_event_kind e)
{
	assert(e < PE_N);
	return events[e].name;
}

/* Those of them that the author is written about. */
static bool author_hears(enum petition_event_kind e)
{
	switch (e) {
	case PE_DELAYED:
	case PE_ACCEPTED:
	case PE_REFUSED:
	case PE_UPHELD:
	case PE_OPENED:
	case PE_INVALIDATED:
	case PE_REACHED:
	case PE_FALLEN:
	case PE_REGISTERED:
	case PE_NOT_ENOUGH:
	case PE_STOPPED:
	case PE_GROUP:
	case PE_DISCUSSION:
	case PE_DISCUSSED:
	case PE_DECIDED:
	case PE_REPORTED:
		return true;
	case PE_FILED:
	case PE_CONTESTED:
	case PE_PAPER:
	case PE_REVALIDATED:
	case PE_WITHDRAWN:
	case PE_MAILED:
	case PE_ANONYMISED:
	case PE_N:
		return false;
	}
	return false;
}

enum rc petition_told(struct ctx *c, struct petition_id id, enum petition_event_kind e, int64_t account, struct str detail, struct str reason)
{
	int64_t changed;

	TRY(petition_event_insert(c->db, (struct petition_event_id){ id_make() }, id, str_of(events[e].name), account, detail, reason, c->now, &changed));
	if (e == PE_REFUSED || e == PE_ACCEPTED || e == PE_OPENED) /* what everybody may find has changed */
		TRY(petition_find_put(c, id));
	return author_hears(e) ? petition_letter_add(c, id, e) : RC_OK;
}

int64_t petition_clause(const struct ctx *c, const char *code)
{
	return pack_clause(c->app->pack, code, when_day(c->now))->value;
}

struct when petition_working(const struct ctx *c, const char *code)
{
	const struct clause *k = pack_clause(c->app->pack, code, when_day(c->now));

	if (!k->value)
		return c->now; /* at once */
	return calendar_due(c->app->pack, c->now, (struct term){ (int)k->value, k->unit });
}

int64_t petition_moderating_body(const struct ctx *c)
{
	return c->app->pack->petition_body->id;
}

static enum rc owe(struct ctx *c, struct petition_id id, enum duty_kind k, int64_t body, struct when due)
{
	return duty_open(c, &(struct duty_new){ .kind = k, .subject_kind = PETITION, .subject = id.v, .body = body, .due = due });
}

static enum rc author_of(struct ctx *c, const struct actor *who, struct account_identity_row *ret)
{
	if (!who->account || !(who->roles & CITIZEN))
		return fail(c, RC_FORBIDDEN, MSG_PETITION_FAULT_IDENTITY);
	TRY(account_identity(c->db, (struct account_id){ who->account }, ret));
	return ret->identity_key.n ? RC_OK : fail(c, RC_INVALID, MSG_PETITION_FAULT_IDENTITY);
}

struct str petition_link(const struct ctx *c, struct petition_id id)
{
	return key_code(c->arena, c->app->keys, "petition-link", id.v, 20);
}

enum rc petition_file(struct ctx *c, const struct actor *who, const struct petition_words *w, struct petition_id *ret, struct str *ret_link)
{
	struct account_identity_row person;
	const struct body *b = pack_body(c->app->pack, w->body);
	struct petition_id id = { id_make() };
	struct str link = petition_link(c, id);
	struct when due = petition_working(c, "petition_moderation");
	int64_t changed;

	TRY(author_of(c, who, &person));
	if (!w->read_excluded)
		return fail(c, RC_INVALID, MSG_PETITION_FAULT_EXCLUDED);
	int64_t threshold = b ? petition_threshold_of(c->app->pack->petitions, b, when_day(c->now)) : 0;

	if (!threshold)
		return fail(c, RC_INVALID, MSG_PETITION_FAULT_BODY);
	if (w->topic.n && !pack_topic(c->app->pack, w->topic))
		return fail(c, RC_INVALID, MSG_PETITION_FAULT_TOPIC);
	if (utf8_count(w->title) < 10 || utf8_count(w->text) < 50)
		return fail(c, RC_INVALID, MSG_PETITION_FAULT_SHORT);
	TRY(petition_insert(c->db, id, w->body, b->place ? place_region(b->place)->id : 0, w->topic, threshold, who->account, person.name,
			    w->mail.n ? key_seal(c->arena, c->app->keys, w->mail) : (struct str){ 0 }, w->lang, w->title, w->text, w->title_other, w->text_other, text_terms(c->arena, str_fmt(c->arena, "%.*s %.*s", STR_FMT(w->title), STR_FMT(w->text)), false),
			    token_hash(c->arena, link), c->now, due, &changed));
	TRY(petition_index(c, id, w->title, w->text, w->title_other, w->text_other));
	TRY(owe(c, id, DUTY_PETITION_MODERATE, petition_moderating_body(c), due));
	TRY(petition_told(c, id, PE_FILED, who->account, S(""), S("")));
	*ret = id;
	*ret_link = link;
	return RC_OK;
}

/* ---- moderation ---- */

bool petition_moderator(const struct ctx *c, const struct actor *who)
{
	return (who->roles & BIT(ROLE_MODERATOR)) && who->body == petition_moderating_body(c);
}

bool petition_own_refusal(const struct actor *who, const struct petition_row *p)
{
	return str_eq(p->state, S("refused")) && when_set(p->contested_at) && p->moderated_by == who->account;
}

enum rc petition_open_for(struct ctx *c, struct petition_id id, enum petition_event_kind e, struct petition_row *ret)
{
	TRY(petition_by_id(c->db, id, ret));
	return petition_may(ret, e) ? RC_OK : fail(c, RC_CONFLICT, MSG_PETITION_FAULT_STATE);
}

static bool point_known(const struct ctx *c, struct str code)
{
	const struct petition_rules *r = c->app->pack->petitions;

	for (size_t i = 0; i < r->n_excluded; i++)
		if (str_eq(r->excluded[i].code, code) && r->excluded[i].valid_from.v <= when_day(c->now).v)
			return true;
	return false;
}

static enum rc check_ruling(struct ctx *c, struct petition_id id, const struct petition_ruling *r)
{
	struct petition_row other;

	if (!r->ground.n)
		return RC_OK;
	if ((!standard_ground_known(c->app->pack, "petition", r->ground) && !petition_ground_hides(c->app->pack, r->ground)) || !str_trim(r->words).n)
		return fail(c, RC_INVALID, MSG_PETITION_FAULT_GROUND);
	if (str_eq(r->ground, S("petition_excluded")) && !point_known(c, r->excluded))
		return fail(c, RC_INVALID, MSG_PETITION_FAULT_POINT);
	if (!str_eq(r->ground, S("petition_duplicate")))
		return RC_OK;
	if (r->original == id.v || petition_by_id(c->db, (struct petition_id){ r->original }, &other) != RC_OK || !petition_is_public(&other))
		return fail(c, RC_INVALID, MSG_PETITION_FAULT_ORIGINAL);
	return RC_OK;
}

enum rc petition_moderate(struct ctx *c, const struct actor *who, struct petition_id id, const struct petition_ruling *r)
{
	struct petition_row p;
	bool refuse = r->ground.n > 0, excluded = str_eq(r->ground, S("petition_excluded")), copy = str_eq(r->ground, S("petition_duplicate"));
	struct when due = petition_working(c, "petition_supporters_term");
	int64_t changed;

	if (!petition_moderator(c, who))
		return fail(c, RC_FORBIDDEN, MSG_PETITION_FAULT_ROLE);
	TRY(petition_open_for(c, id, refuse ? PE_REFUSED : PE_ACCEPTED, &p));
	if (petition_own_refusal(who, &p))
		return fail(c, RC_FORBIDDEN, MSG_PETITION_FAULT_OWN_REFUSAL);
	TRY(check_ruling(c, id, r));
	TRY(petition_set_moderated(c->db, id, refuse ? S("refused") : S("supporters"), refuse, r->ground, refuse ? r->words : S(""), excluded ? r->excluded : S(""),
				   copy ? r->original : 0, refuse ? (struct when){ 0 } : due, refuse ? c->now : (struct when){ 0 }, who->account, c->now,
				   &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_PETITION_FAULT_STATE);
	TRY(petition_ground_keep(c, id, r->ground, excluded ? r->excluded : S(""), petition_ground_hides(c->app->pack, r->ground)));
	TRY(duty_close(c, id.v, 0, DUTY_PETITION_MODERATE, DUTY_DONE));
	TRY(duty_close(c, id.v, 0, DUTY_PETITION_CONTEST, DUTY_DONE));
	if (!refuse)
		TRY(duty_open(c, &(struct duty_new){ .kind = DUTY_PETITION_SUPPORT, .subject_kind = PETITION, .subject = id.v, .account = p.account_id, .due = due }));
	return petition_told(c, id, refuse ? PE_REFUSED : PE_ACCEPTED, who->account, r->ground, r->words);
}

enum rc petition_contest(struct ctx *c, const struct actor *who, struct petition_id id, struct str words)
{
	struct petition_row p;
	int64_t changed;

	TRY(petition_open_for(c, id, PE_CONTESTED, &p));
	if (!who->account || p.account_id != who->account)
		return fail(c, RC_FORBIDDEN, MSG_PETITION_FAULT_ROLE);
	if (!str_trim(words).n)
		return fail(c, RC_INVALID, MSG_PETITION_FAULT_WHY);
	TRY(petition_set_contested(c->db, id, words, c->now, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_PETITION_FAULT_CONTESTED);
	struct when due = petition_working(c, "petition_contest");

	TRY(owe(c, id, DUTY_PETITION_CONTEST, petition_moderating_body(c), due));
	TRY(petition_alone(c, &p, due));
	return petition_told(c, id, PE_CONTESTED, who->account, S(""), words);
}

enum rc petition_uphold(struct ctx *c, const struct actor *who, struct petition_id id, struct str words)
{
	struct petition_row p;
	int64_t changed;

	if (!petition_moderator(c, who))
		return fail(c, RC_FORBIDDEN, MSG_PETITION_FAULT_ROLE);
	TRY(petition_open_for(c, id, PE_UPHELD, &p));
	if (petition_own_refusal(who, &p))
		return fail(c, RC_FORBIDDEN, MSG_PETITION_FAULT_OWN_REFUSAL);
	if (!str_trim(words).n)
		return fail(c, RC_INVALID, MSG_PETITION_FAULT_WHY);
	TRY(petition_set_upheld(c->db, id, words, c->now, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_PETITION_FAULT_STATE);
	TRY(duty_close(c, id.v, 0, DUTY_PETITION_CONTEST, DUTY_DONE));
	return petition_told(c, id, PE_UPHELD, who->account, S(""), words);
}

enum rc petition_delay_now(struct ctx *c, struct petition_delay *ret)
{
	struct petition_queue_row q;

	TRY(petition_waiting_n(c->db, &q));
	*ret = (struct petition_delay){ .waiting = q.n };
	if (when_set(q.oldest_at) && q.oldest_at.us < c->now.us)
		ret->days_over = calendar_working_between(c->app->pack, when_day(q.oldest_at), when_day(c->now));
	ret->late = ret->days_over > 0 || q.n >= petition_clause(c, "petition_queue_late");
	return RC_OK;
}

/* ---- endings before the review ---- */

enum rc petition_end(struct ctx *c, const struct petition_row *p, enum petition_event_kind e, int64_t account, struct str ground, struct str words)
{
	int64_t changed;

	TRY(petition_set_closed(c->db, p->id, str_of(events[e].name), ground, ground.n ? words : S(""), p->state, c->now, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_PETITION_FAULT_STATE);
	TRY(petition_ground_keep(c, p->id, ground, S(""), false));
	TRY(duty_close_all(c, p->id.v, 0, DUTY_CANCELLED));
	return petition_told(c, p->id, e, account, ground, words);
}

enum rc petition_withdraw(struct ctx *c, const struct actor *who, struct petition_id id, struct str why)
{
	struct petition_row p;

	TRY(petition_open_for(c, id, PE_WITHDRAWN, &p));
	if (!who->account || p.account_id != who->account)
		return fail(c, RC_FORBIDDEN, MSG_PETITION_FAULT_ROLE);
	if (when_set(p.reached_at)) /* what so many have signed is theirs too */
		return fail(c, RC_CONFLICT, MSG_PETITION_FAULT_REACHED);
	return petition_end(c, &p, PE_WITHDRAWN, who->account, S(""), why);
}

enum rc petition_stop(struct ctx *c, const struct actor *who, struct petition_id id, struct str ground, struct str words)
{
	struct petition_row p;

	if (!petition_moderator(c, who))
		return fail(c, RC_FORBIDDEN, MSG_PETITION_FAULT_ROLE);
	TRY(petition_open_for(c, id, PE_STOPPED, &p));
	if (!standard_ground_known(c->app->pack, "petition_stop", ground) || !str_trim(words).n)
		return fail(c, RC_INVALID, MSG_PETITION_FAULT_GROUND);
	TRY(petition_end(c, &p, PE_STOPPED, who->account, ground, words));
	return p.appeal_id ? petition_close_appeal(c, p.appeal_id) : RC_OK;
}

/* ---- the body's side ---- */

struct when petition_review_due(const struct ctx *c, const struct petition_row *p)
{
	const struct body *b = pack_body(c->app->pack, p->body_id);
	const struct clause *k = pack_clause(c->app->pack, b && b->place ? "petition_review_local" : "petition_review", when_day(p->closed_at));

	return calendar_due(c->app->pack, p->closed_at, (struct term){ (int)k->value, k->unit });
}

/* The decision of the petition ends the appeal that it became, unless the desk has answered it before. */
enum rc petition_close_appeal(struct ctx *c, int64_t appeal)
{
	enum rc rc = appeal_close_past(c, (struct appeal_id){ appeal });

	return rc == RC_CONFLICT ? RC_OK : rc;
}

static enum rc decide(struct ctx *c, struct petition_row *p, struct str decision)
{
	int64_t changed;

	TRY(petition_set_decided(c->db, p->id, decision, c->now, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_PETITION_FAULT_STATE);
	p->state = S("decided");
	TRY(duty_close(c, p->id.v, 0, DUTY_PETITION_DECIDE, DUTY_DONE));
	TRY(owe(c, p->id, DUTY_PETITION_REPORT, p->body_id, petition_working(c, "petition_report")));
	return p->appeal_id ? petition_close_appeal(c, p->appeal_id) : RC_OK;
}

/* What each part fulfils. */
static enum rc said_one(struct ctx *c, struct petition_row *p, enum petition_event_kind e, const struct petition_review *r)
{
	static const struct { enum petition_event_kind e; enum duty_kind k; } fulfils[] = {
		{ PE_GROUP, DUTY_PETITION_GROUP }, { PE_DISCUSSED, DUTY_PETITION_DISCUSS }, { PE_REPORTED, DUTY_PETITION_REPORT },
	};

	if (!petition_may(p, e))
		return fail(c, RC_CONFLICT, MSG_PETITION_FAULT_STATE);
	if (e == PE_DECIDED)
		return decide(c, p, r->decision);
	for (size_t i = 0; i < ARRAY_LEN(fulfils); i++)
		if (fulfils[i].e == e)
			return duty_close(c, p->id.v, 0, fulfils[i].k, DUTY_DONE);
	return RC_OK;
}

static enum rc check_review(struct ctx *c, const struct actor *who, const struct petition_row *p, const struct petition_review *r)
{
	if (who->body != p->body_id || !(who->roles & (BIT(ROLE_HEAD) | BIT(ROLE_EXECUTOR) | BIT(ROLE_SIGNER))))
		return fail(c, RC_FORBIDDEN, MSG_PETITION_FAULT_ROLE);
	if (r->decision.n && !p->decision.n && (!(who->roles & (BIT(ROLE_HEAD) | BIT(ROLE_SIGNER))) || !r->group.n || !r->discussion.n))
		return fail(c, RC_INVALID, MSG_PETITION_FAULT_DECIDE);
	return RC_OK;
}

/* The trail is read in three languages: a day in digits is the same in all. */
static struct str on_day(struct ctx *c, struct day d, struct str where)
{
	int year, month, day;

	day_to_ymd(d, &year, &month, &day);
	return str_fmt(c->arena, "%02d.%02d.%04d, %.*s", day, month, year, STR_FMT(where));
}

enum rc petition_say(struct ctx *c, const struct actor *who, struct petition_id id, const struct petition_review *r)
{
	struct petition_row p;
	int64_t changed;

	TRY(petition_by_id(c->db, id, &p));
	TRY(check_review(c, who, &p, r));
	struct when discuss = r->discuss.v == INT32_MIN ? (struct when){ 0 } : when_of_day(r->discuss, 0, 0);
	struct str where = str_trim(r->discuss_where);
	bool planned = when_set(discuss) && where.n && (discuss.us != p.discuss_at.us || !str_eq(where, p.discuss_where));
	const struct { struct str now, before; enum petition_event_kind e; } said[] = {
		{ r->group, p.group_text, PE_GROUP },
		{ planned ? on_day(c, r->discuss, where) : S(""), S(""), PE_DISCUSSION },
		{ r->discussion, p.discussion, PE_DISCUSSED },
		{ p.decision.n ? S("") : r->decision, p.decision, PE_DECIDED },
		{ r->report, p.report, PE_REPORTED }, /* in this order: a decision may be reported in the same breath */
	};

	for (size_t i = 0; i < ARRAY_LEN(said); i++) {
		if (!said[i].now.n || str_eq(said[i].now, said[i].before))
			continue;
		TRY(said_one(c, &p, said[i].e, r));
		TRY(petition_told(c, id, said[i].e, who->account, S(""), said[i].now));
	}
	return petition_set_words(c->db, id, r->group, discuss, where, r->discussion, r->report, c->now, &changed);
}
