#include "petition/petition.h"

#include <assert.h>

#include "app/app.h"
#include "base/random.h"
#include "base/utf8.h"
#include "gen/messages.h"
#include "place/place.h"
#include "standard/calendar.h"
#include "standard/petition_rules.h"
#include "standard/standard.h"
#include "text/text.h"

static const struct { const char *name; unsigned msg; bool seen; } states[PETITION_STATE_N] = {
	[PETITION_MODERATION] = { "moderation", MSG_PETITION_S_MODERATION, false }, [PETITION_SUPPORTERS] = { "supporters", MSG_PETITION_S_SUPPORTERS, false },
	[PETITION_OPEN] = { "open", MSG_PETITION_S_OPEN, true },                    [PETITION_REVIEW] = { "review", MSG_PETITION_S_REVIEW, true },
	[PETITION_DECIDED] = { "decided", MSG_PETITION_S_DECIDED, true },           [PETITION_NOT_ENOUGH] = { "not_enough", MSG_PETITION_S_NOT_ENOUGH, true },
	[PETITION_REFUSED] = { "refused", MSG_PETITION_S_REFUSED, true },           [PETITION_WITHDRAWN] = { "withdrawn", MSG_PETITION_S_WITHDRAWN, false },
};
static const struct { const char *name; unsigned msg; } events[PE_N] = {
	[PE_FILED] = { "filed", MSG_PETITION_E_FILED },             [PE_ACCEPTED] = { "accepted", MSG_PETITION_E_ACCEPTED },
	[PE_REFUSED] = { "refused", MSG_PETITION_E_REFUSED },       [PE_OPENED] = { "opened", MSG_PETITION_E_OPENED },
	[PE_REACHED] = { "reached", MSG_PETITION_E_REACHED },       [PE_NOT_ENOUGH] = { "not_enough", MSG_PETITION_E_NOT_ENOUGH },
	[PE_WITHDRAWN] = { "withdrawn", MSG_PETITION_E_WITHDRAWN }, [PE_GROUP] = { "group", MSG_PETITION_E_GROUP },
	[PE_DISCUSSED] = { "discussed", MSG_PETITION_E_DISCUSSED }, [PE_DECIDED] = { "decided", MSG_PETITION_E_DECIDED },
	[PE_REPORTED] = { "reported", MSG_PETITION_E_REPORTED },
};

/* No row, no move. */
const struct petition_move petition_moves[] = {
	{ PETITION_MODERATION, PE_ACCEPTED, PETITION_SUPPORTERS }, { PETITION_MODERATION, PE_REFUSED, PETITION_REFUSED },
	{ PETITION_REFUSED, PE_ACCEPTED, PETITION_SUPPORTERS },    { PETITION_SUPPORTERS, PE_OPENED, PETITION_OPEN },
	{ PETITION_SUPPORTERS, PE_NOT_ENOUGH, PETITION_NOT_ENOUGH }, { PETITION_OPEN, PE_REACHED, PETITION_REVIEW },
	{ PETITION_OPEN, PE_NOT_ENOUGH, PETITION_NOT_ENOUGH },     { PETITION_MODERATION, PE_WITHDRAWN, PETITION_WITHDRAWN },
	{ PETITION_SUPPORTERS, PE_WITHDRAWN, PETITION_WITHDRAWN }, { PETITION_REVIEW, PE_GROUP, PETITION_REVIEW },
	{ PETITION_REVIEW, PE_DISCUSSED, PETITION_REVIEW },        { PETITION_REVIEW, PE_DECIDED, PETITION_DECIDED },
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

bool petition_is_public(const struct petition_row *p)
{
	enum petition_state s;

	return petition_state_by_name(p->state, &s) && states[s].seen;
}

bool petition_may(const struct petition_row *p, enum petition_event_kind e)
{
	enum petition_state s;

	for (size_t i = 0; petition_state_by_name(p->state, &s) && i < petition_moves_n; i++)
		if (petition_moves[i].from == s && petition_moves[i].event == e)
			return true;
	return false;
}

static enum rc told(struct ctx *c, struct petition_id id, enum petition_event_kind e, int64_t account, struct str detail, struct str reason)
{
	int64_t changed;

	return petition_event_insert(c->db, (struct petition_event_id){ id_make() }, id, str_of(events[e].name), account, detail, reason, c->now, &changed);
}

static int64_t clause(const struct ctx *c, const char *code)
{
	return pack_clause(c->app->pack, code, when_day(c->now))->value;
}

static struct when working_days(const struct ctx *c, const char *code)
{
	return when_end_of_day(calendar_add_working(c->app->pack, when_day(c->now), (int)clause(c, code)));
}

static enum rc identity(struct ctx *c, const struct actor *who, struct account_identity_row *ret)
{
	if (!who->account || !(who->roles & CITIZEN))
		return fail(c, RC_FORBIDDEN, MSG_PETITION_FAULT_IDENTITY);
	TRY(account_identity(c->db, (struct account_id){ who->account }, ret));
	return ret->identity_key.n ? RC_OK : fail(c, RC_INVALID, MSG_PETITION_FAULT_IDENTITY);
}

enum rc petition_file(struct ctx *c, const struct actor *who, const struct petition_words *w, struct petition_id *ret, struct str *ret_link)
{
	struct account_identity_row person;
	const struct body *b = pack_body(c->app->pack, w->body);
	struct petition_id id = { id_make() };
	struct str link = random_token(c->arena, 16);
	int64_t changed;

	TRY(identity(c, who, &person));
	if (!w->read_excluded)
		return fail(c, RC_INVALID, MSG_PETITION_FAULT_EXCLUDED);
	int64_t threshold = b ? petition_threshold_of(c->app->pack->petitions, b, when_day(c->now)) : 0;

	if (!threshold)
		return fail(c, RC_INVALID, MSG_PETITION_FAULT_BODY);
	if (w->topic.n && !pack_topic(c->app->pack, w->topic))
		return fail(c, RC_INVALID, MSG_PETITION_FAULT_TOPIC);
	if (utf8_count(w->title) < 10 || utf8_count(w->text) < 50)
		return fail(c, RC_INVALID, MSG_PETITION_FAULT_SHORT);
	TRY(petition_insert(c->db, id, w->body, b->place ? place_region(b->place)->id : 0, w->topic, threshold, who->account, person.name, w->lang, w->title, w->text,
			    w->title_other, w->text_other, text_terms(c->arena, str_fmt(c->arena, "%.*s %.*s", STR_FMT(w->title), STR_FMT(w->text)), false),
			    token_hash(c->arena, link), c->now, working_days(c, "petition_moderation"), &changed));
	TRY(told(c, id, PE_FILED, who->account, S(""), S("")));
	*ret = id;
	*ret_link = link;
	return RC_OK;
}

/* Moderators of the body that the pack names for it; without one, moderators of the first body. */
bool petition_moderator(const struct ctx *c, const struct actor *who)
{
	const struct body *b = pack_body_by_code(c->app->pack, c->app->pack->petition_body);

	return (who->body_roles & BIT(ROLE_MODERATOR)) && (!b || who->body == b->id);
}

static enum rc open_for(struct ctx *c, struct petition_id id, enum petition_event_kind e, struct petition_row *ret)
{
	TRY(petition_by_id(c->db, id, ret));
	return petition_may(ret, e) ? RC_OK : fail(c, RC_CONFLICT, MSG_PETITION_FAULT_STATE);
}

enum rc petition_moderate(struct ctx *c, const struct actor *who, struct petition_id id, struct str ground, struct str words, int64_t original)
{
	struct petition_row p, other;
	int64_t changed;
	enum petition_event_kind e = ground.n ? PE_REFUSED : PE_ACCEPTED;

	if (!petition_moderator(c, who))
		return fail(c, RC_FORBIDDEN, MSG_PETITION_FAULT_ROLE);
	TRY(open_for(c, id, e, &p));
	if (ground.n && (!standard_ground_known(c->app->pack, "petition", ground) || !str_trim(words).n))
		return fail(c, RC_INVALID, MSG_PETITION_FAULT_GROUND);
	if (str_eq(ground, S("petition_duplicate")) && (petition_by_id(c->db, (struct petition_id){ original }, &other) != RC_OK || !petition_is_public(&other)))
		return fail(c, RC_INVALID, MSG_PETITION_FAULT_ORIGINAL);
	TRY(petition_set_moderated(c->db, id, ground.n ? S("refused") : S("supporters"), ground, words, ground.n ? original : 0,
				   ground.n ? (struct when){ 0 } : working_days(c, "petition_supporters_term"), ground.n ? c->now : (struct when){ 0 }, c->now, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_PETITION_FAULT_STATE);
	return told(c, id, e, who->account, ground, words);
}

enum rc petition_withdraw(struct ctx *c, const struct actor *who, struct petition_id id, struct str why)
{
	struct petition_row p;
	int64_t changed;

	TRY(open_for(c, id, PE_WITHDRAWN, &p));
	if (!who->account || p.account_id != who->account)
		return fail(c, RC_FORBIDDEN, MSG_PETITION_FAULT_ROLE);
	TRY(petition_set_closed(c->db, id, S("withdrawn"), p.state, c->now, &changed));
	return told(c, id, PE_WITHDRAWN, who->account, S(""), why);
}

/* ---- signatures ---- */

/* "Айгүл Серікова" is shown as "Айгүл С." */
static void shown_as(struct arena *a, struct str name, struct str *ret_first, struct str *ret_initial)
{
	struct str rest = str_trim(name), first = S("");

	if (!str_cut(&rest, ' ', &first))
		first = name;
	*ret_first = utf8_head(first, 40);
	*ret_initial = rest.n ? str_fmt(a, "%.*s.", STR_FMT(utf8_head(str_trim(rest), 1))) : S("");
}

static bool accepts(struct ctx *c, const struct petition_signing_row *p, const struct petition_signing *s)
{
	if (str_eq(p->state, S("open")))
		return p->closes_at.us > c->now.us;
	return str_eq(p->state, S("supporters")) && p->supporters_due_at.us > c->now.us && s->link.n &&
	       same_secret(token_hash(c->arena, s->link), p->link_key);
}

enum rc petition_sign(struct ctx *c, const struct actor *who, struct petition_id id, const struct petition_signing *s)
{
	struct petition_signing_row p;
	struct signature_row mine;
	struct str first, initial;
	const struct place *place = pack_place(c->app->pack, s->place);
	int64_t changed = 0;

	if (!who->account || !(who->roles & CITIZEN))
		return fail(c, RC_FORBIDDEN, MSG_PETITION_FAULT_IDENTITY);
	TRY(petition_signing_of(c->db, id, (struct account_id){ who->account }, &p));
	if (!p.identity_key.n)
		return fail(c, RC_INVALID, MSG_PETITION_FAULT_IDENTITY);
	bool open = accepts(c, &p, s);

	if (open && !place)
		return fail(c, RC_INVALID, MSG_PETITION_FAULT_PLACE);
	shown_as(c->arena, p.name, &first, &initial);
	if (open)
		TRY(signature_insert(c->db, (struct petition_signature_id){ id_make() }, id, p.identity_key, who->account, first, initial, s->hidden, place->id,
				     place_region(place)->id, S("web"), s->form_key, c->now, &changed));
	if (changed)
		return RC_OK;
	/* there already: the same request again, taken back once and given again, or simply twice */
	enum rc rc = signature_of(c->db, id, p.identity_key, &mine);

	if (rc == RC_OK && s->form_key && mine.form_key == s->form_key)
		return RC_OK;
	if (!open && (rc == RC_OK || rc == RC_NOT_FOUND))
		return fail(c, RC_CONFLICT, MSG_PETITION_FAULT_NOT_OPEN);
	TRY(rc);
	if (!when_set(mine.withdrawn_at))
		return RC_DUPLICATE;
	TRY(signature_again(c->db, mine.id, s->form_key, c->now, &changed));
	TRY(petition_add(c->db, id, 1, c->now, &changed));
	TRY(petition_count_add(c->db, id, S("r"), mine.region_id, 1, &changed));
	return petition_count_add(c->db, id, S("d"), mine.place_id, 1, &changed);
}

enum rc petition_unsign(struct ctx *c, const struct actor *who, struct petition_id id)
{
	struct account_identity_row person;
	struct signature_row mine;
	struct petition_mark_row mark = { 0 };
	struct petition_row p;
	int64_t changed;

	TRY(identity(c, who, &person));
	TRY(petition_by_id(c->db, id, &p));
	if (!str_eq(p.state, S("open")) && !str_eq(p.state, S("supporters")))
		return fail(c, RC_CONFLICT, MSG_PETITION_FAULT_NOT_OPEN);
	TRY(signature_of(c->db, id, person.identity_key, &mine));
	TRY(signature_withdraw(c->db, mine.id, c->now, &changed));
	enum rc rc = petition_mark_get(c->db, (struct petition_mark_id){ 1 }, &mark);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	if (!changed || mine.id.v > mark.signature)
		return RC_OK; /* not counted yet: folding passes over it */
	TRY(petition_add(c->db, id, -1, c->now, &changed));
	TRY(petition_count_add(c->db, id, S("r"), mine.region_id, -1, &changed));
	return petition_count_add(c->db, id, S("d"), mine.place_id, -1, &changed);
}

/* ---- the body's side ---- */

enum rc petition_say(struct ctx *c, const struct actor *who, struct petition_id id, const struct petition_review *r)
{
	struct petition_row p;
	int64_t changed;

	TRY(petition_by_id(c->db, id, &p));
	if (who->body != p.body_id || !(who->body_roles & (BIT(ROLE_HEAD) | BIT(ROLE_EXECUTOR) | BIT(ROLE_SIGNER))))
		return fail(c, RC_FORBIDDEN, MSG_PETITION_FAULT_ROLE);
	bool decide = r->decision.n && !p.decision.n;
	const struct { struct str now, before; enum petition_event_kind e; } said[] = {
		{ r->group, p.group_text, PE_GROUP }, { r->discussion, p.discussion, PE_DISCUSSED }, { decide ? r->decision : S(""), p.decision, PE_DECIDED },
		{ r->report, p.report, PE_REPORTED }, /* in this order: a decision may be reported in the same breath */
	};

	if (decide && (!(who->body_roles & (BIT(ROLE_HEAD) | BIT(ROLE_SIGNER))) || !r->group.n || !r->discussion.n))
		return fail(c, RC_INVALID, MSG_PETITION_FAULT_DECIDE);
	for (size_t i = 0; i < ARRAY_LEN(said); i++) {
		if (!said[i].now.n || str_eq(said[i].now, said[i].before))
			continue;
		if (!petition_may(&p, said[i].e))
			return fail(c, RC_CONFLICT, MSG_PETITION_FAULT_STATE);
		if (said[i].e == PE_DECIDED) {
			TRY(petition_set_decided(c->db, id, r->decision, c->now, &changed));
			p.state = S("decided");
		}
		TRY(told(c, id, said[i].e, who->account, S(""), said[i].now));
	}
	return petition_set_words(c->db, id, r->group, r->discussion, r->report, c->now, &changed);
}
