#include "reception/reception.h"

#include <assert.h>

#include "base/random.h"
#include "gen/messages.h"
#include "reception/reception_inner.h"

#define PLANNERS (BIT(ROLE_HEAD) | BIT(ROLE_REGISTRAR) | BIT(ROLE_CONTROLLER))
#define CLERKS (BIT(ROLE_HEAD) | BIT(ROLE_REGISTRAR) | BIT(ROLE_EXECUTOR) | BIT(ROLE_OPERATOR))

static const struct { const char *name; unsigned msg; } events[RE_N] = {
	[RE_MADE] = { "made", MSG_RECEPTION_E_MADE },                 [RE_CHANGED] = { "changed", MSG_RECEPTION_E_CHANGED },
	[RE_PUBLISHED] = { "published", MSG_RECEPTION_E_PUBLISHED },  [RE_HELD] = { "held", MSG_RECEPTION_E_HELD },
	[RE_NOT_HELD] = { "not_held", MSG_RECEPTION_E_NOT_HELD },     [RE_CLOSED] = { "closed", MSG_RECEPTION_E_CLOSED },
	[RE_RESERVED] = { "reserved", MSG_RECEPTION_E_RESERVED },     [RE_ASKED] = { "asked", MSG_RECEPTION_E_ASKED },
	[RE_BOOKED] = { "booked", MSG_RECEPTION_E_BOOKED },           [RE_MOVED] = { "moved", MSG_RECEPTION_E_MOVED },
	[RE_CANCELLED] = { "cancelled", MSG_RECEPTION_E_CANCELLED },  [RE_LAPSED] = { "lapsed", MSG_RECEPTION_E_LAPSED },
	[RE_CALLED_OFF] = { "called_off", MSG_RECEPTION_E_CALLED_OFF }, [RE_HERE] = { "here", MSG_RECEPTION_E_HERE },
	[RE_CALLED] = { "called", MSG_RECEPTION_E_CALLED },           [RE_CALLED_AGAIN] = { "called_again", MSG_RECEPTION_E_CALLED_AGAIN },
	[RE_SEEN] = { "seen", MSG_RECEPTION_E_SEEN },                 [RE_MISSED] = { "missed", MSG_RECEPTION_E_MISSED },
	[RE_DONE] = { "done", MSG_RECEPTION_E_DONE },                 [RE_OPENED] = { "opened", MSG_RECEPTION_E_OPENED },
	[RE_WRITTEN] = { "written", MSG_RECEPTION_E_WRITTEN },        [RE_READ_BACK] = { "read_back", MSG_RECEPTION_E_READ_BACK },
	[RE_FILED] = { "filed", MSG_RECEPTION_E_FILED },              [RE_SETTLED] = { "settled", MSG_RECEPTION_E_SETTLED },
	[RE_ADVISED] = { "advised", MSG_RECEPTION_E_ADVISED },        [RE_HANDED] = { "handed", MSG_RECEPTION_E_HANDED },
	[RE_ENDED] = { "ended", MSG_RECEPTION_E_ENDED },              [RE_KEPT] = { "kept", MSG_RECEPTION_E_KEPT },
};

/* No row, no move. */
const struct reception_move reception_moves[] = {
	{ "day", "planned", RE_PUBLISHED, "public" },     { "day", "public", RE_HELD, "held" },             { "day", "public", RE_NOT_HELD, "not_held" },
	{ "day", "planned", RE_CLOSED, "closed" },        { "day", "public", RE_CLOSED, "closed" },         { "day", "planned", RE_CHANGED, "planned" },
	{ "day", "public", RE_CHANGED, "public" },
	{ "booking", "reserved", RE_ASKED, "waiting" },   { "booking", "reserved", RE_BOOKED, "booked" },   { "booking", "waiting", RE_BOOKED, "booked" },
	{ "booking", "reserved", RE_LAPSED, "lapsed" },   { "booking", "waiting", RE_LAPSED, "lapsed" },    { "booking", "reserved", RE_CANCELLED, "cancelled" },
	{ "booking", "waiting", RE_CANCELLED, "cancelled" }, { "booking", "booked", RE_CANCELLED, "cancelled" }, { "booking", "called_off", RE_CANCELLED, "cancelled" },
	{ "booking", "reserved", RE_CALLED_OFF, "called_off" }, { "booking", "waiting", RE_CALLED_OFF, "called_off" }, { "booking", "booked", RE_CALLED_OFF, "called_off" },
	{ "booking", "booked", RE_MOVED, "booked" },      { "booking", "called_off", RE_MOVED, "booked" },  { "booking", "booked", RE_HERE, "here" },
	{ "booking", "missed", RE_HERE, "here" },         { "booking", "booked", RE_SEEN, "seen" },         { "booking", "here", RE_SEEN, "seen" },
	{ "booking", "booked", RE_MISSED, "missed" },     { "booking", "here", RE_MISSED, "missed" },
	{ "ticket", "waiting", RE_CALLED, "called" },     { "ticket", "called", RE_CALLED_AGAIN, "called" }, { "ticket", "called", RE_SEEN, "served" },
	{ "ticket", "waiting", RE_MISSED, "missed" },     { "ticket", "called", RE_MISSED, "missed" },      { "ticket", "served", RE_DONE, "done" },
};
const size_t reception_moves_n = ARRAY_LEN(reception_moves);

static const struct { const char *of, *state; unsigned msg; enum tone tone; } states[] = {
	{ "day", "planned", MSG_RECEPTION_S_PLANNED, TONE_PLAIN },       { "day", "public", MSG_RECEPTION_S_PUBLIC, TONE_GOOD },
	{ "day", "held", MSG_RECEPTION_S_HELD, TONE_GOOD },              { "day", "not_held", MSG_RECEPTION_S_NOT_HELD, TONE_BAD },
	{ "day", "closed", MSG_RECEPTION_S_CLOSED, TONE_BAD },           { "booking", "reserved", MSG_RECEPTION_S_RESERVED, TONE_WAIT },
	{ "booking", "waiting", MSG_RECEPTION_S_WAITING, TONE_WAIT },    { "booking", "booked", MSG_RECEPTION_S_BOOKED, TONE_GOOD },
	{ "booking", "here", MSG_RECEPTION_S_HERE, TONE_INFO },          { "booking", "seen", MSG_RECEPTION_S_SEEN, TONE_GOOD },
	{ "booking", "missed", MSG_RECEPTION_S_MISSED, TONE_BAD },       { "booking", "cancelled", MSG_RECEPTION_S_CANCELLED, TONE_PLAIN },
	{ "booking", "lapsed", MSG_RECEPTION_S_LAPSED, TONE_PLAIN },     { "booking", "called_off", MSG_RECEPTION_S_CALLED_OFF, TONE_BAD },
	{ "ticket", "waiting", MSG_RECEPTION_S_QUEUES, TONE_WAIT },      { "ticket", "called", MSG_RECEPTION_S_CALLED, TONE_INFO },
	{ "ticket", "served", MSG_RECEPTION_S_SERVED, TONE_INFO },       { "ticket", "done", MSG_RECEPTION_S_DONE, TONE_GOOD },
	{ "ticket", "missed", MSG_RECEPTION_S_MISSED, TONE_BAD },
};

bool reception_event_by_name(struct str name, enum reception_event *ret)
{
	for (unsigned i = 0; i < RE_N; i++)
		if (str_eq(name, str_of(events[i].name))) {
			*ret = (enum reception_event)i;
			return true;
		}
	return false;
}

unsigned reception_event_msg(enum reception_event e)
{
	assert(e < RE_N);
	return events[e].msg;
}

const char *reception_moved(const char *of, struct str from, enum reception_event e)
{
	for (size_t i = 0; i < reception_moves_n; i++)
		if (reception_moves[i].event == e && strcmp(reception_moves[i].of, of) == 0 && str_eq(from, str_of(reception_moves[i].from)))
			return reception_moves[i].to;
	return NULL;
}

unsigned reception_state_msg(const char *of, struct str state)
{
	for (size_t i = 0; i < ARRAY_LEN(states); i++)
		if (strcmp(states[i].of, of) == 0 && str_eq(state, str_of(states[i].state)))
			return states[i].msg;
	return 0;
}

enum tone reception_state_tone(struct str state)
{
	for (size_t i = 0; i < ARRAY_LEN(states); i++)
		if (str_eq(state, str_of(states[i].state)))
			return states[i].tone;
	return TONE_PLAIN;
}

unsigned reception_post_msg(struct str kind)
{
	static const struct { const char *kind; unsigned msg; } posts[] = {
		{ "head", MSG_RECEPTION_KIND_HEAD },         { "deputy", MSG_RECEPTION_KIND_DEPUTY },   { "lawyer", MSG_RECEPTION_KIND_LAWYER },
		{ "mediator", MSG_RECEPTION_KIND_MEDIATOR }, { "adviser", MSG_RECEPTION_KIND_ADVISER },
	};

	for (size_t i = 0; i < ARRAY_LEN(posts); i++)
		if (str_eq(kind, str_of(posts[i].kind)))
			return posts[i].msg;
	return 0;
}

struct str reception_post(const struct lang *l, struct str kk, struct str ru, struct str en)
{
	const struct str in[LANG_N] = { [LANG_KK] = kk, [LANG_RU] = ru, [LANG_EN] = en };
	struct str s = in[lang_id(l)];

	return s.n ? s : kk;
}

bool reception_may_plan(const struct actor *who, int64_t body)
{
	return who->body == body && (who->roles & PLANNERS);
}

bool reception_may_serve(const struct actor *who, int64_t body)
{
	return who->body == body && (who->roles & CLERKS);
}

/* ---- rules ---- */

size_t reception_grid(int64_t from, int64_t to, int64_t step, int64_t lunch_from, int64_t lunch_to, int64_t ret[RECEPTION_GRID_MAX])
{
	size_t n = 0;

	if (step < 5)
		return 0;
	for (int64_t at = from; at + step <= to && n < RECEPTION_GRID_MAX;) {
		if (at < lunch_to && at + step > lunch_from) {
			at = lunch_to;
			continue;
		}
		ret[n++] = at;
		at += step;
	}
	return n;
}

bool reception_day_fits(struct day d, int64_t weekday, int64_t weeks)
{
	int y, m, dom;

	day_to_ymd(d, &y, &m, &dom);
	return day_weekday(d) == weekday && (weeks >> ((dom - 1) / 7) & 1);
}

struct when reception_minute(struct day d, int64_t minute)
{
	return when_of_day(d, (int)(minute / 60), (int)(minute % 60));
}

struct when reception_since(struct when starts, struct when came)
{
	return starts.us > came.us ? starts : came;
}

struct day reception_month_of_day(struct day d)
{
	int y, m, dom;

	day_to_ymd(d, &y, &m, &dom);
	return (struct day){ d.v - dom + 1 };
}

struct day reception_month_last(struct day first)
{
	return (struct day){ day_add_months(first, 1).v - 1 };
}

struct str reception_hours_text(struct arena *a, int64_t from, int64_t to)
{
	return str_fmt(a, "%02d:%02d–%02d:%02d", (int)(from / 60), (int)(from % 60), (int)(to / 60), (int)(to % 60));
}

/* ---- the trail ---- */

enum rc reception_tell(struct ctx *c, const struct reception_told *t)
{
	int64_t changed;

	return reception_event_insert(c->db, (struct reception_event_id){ id_make() }, str_of(t->of), t->subject, t->body, str_of(events[t->event].name), t->account,
				      t->detail, t->reason, c->now, &changed);
}

int64_t reception_clause(const struct ctx *c, const char *code)
{
	return pack_clause(c->app->pack, code, when_day(c->now))->value;
}
