#include "meeting/meeting_view.h"

#include <assert.h>

#include "app/app.h"
#include "base/random.h"
#include "gen/messages.h"
#include "place/place.h"

static const struct { const char *name; unsigned msg; enum tone tone; } states[MEETING_STATE_N] = {
	[MEETING_PLANNED] = { "planned", MSG_MEETING_S_PLANNED, TONE_PLAIN },       [MEETING_ANNOUNCED] = { "announced", MSG_MEETING_S_ANNOUNCED, TONE_INFO },
	[MEETING_LIVE] = { "live", MSG_MEETING_S_LIVE, TONE_GOOD },                 [MEETING_ENDED] = { "ended", MSG_MEETING_S_ENDED, TONE_WAIT },
	[MEETING_PUBLISHED] = { "published", MSG_MEETING_S_PUBLISHED, TONE_GOOD },  [MEETING_CANCELLED] = { "cancelled", MSG_MEETING_S_CANCELLED, TONE_BAD },
};
static const struct { const char *name; unsigned msg; } events[MG_N] = {
	[MG_PLANNED] = { "planned", MSG_MEETING_E_PLANNED },       [MG_CHANGED] = { "changed", MSG_MEETING_E_CHANGED },
	[MG_MOVED] = { "moved", MSG_MEETING_E_MOVED },             [MG_PROVEN] = { "proven", MSG_MEETING_E_PROVEN },
	[MG_ANNOUNCED] = { "announced", MSG_MEETING_E_ANNOUNCED }, [MG_CANCELLED] = { "cancelled", MSG_MEETING_E_CANCELLED },
	[MG_BEGAN] = { "began", MSG_MEETING_E_BEGAN },             [MG_ENDED] = { "ended", MSG_MEETING_E_ENDED },
	[MG_FILED] = { "filed", MSG_MEETING_E_FILED },             [MG_PUBLISHED] = { "published", MSG_MEETING_E_PUBLISHED },
};
static const struct { const char *name; unsigned msg; enum tone tone; } questions[Q_STATE_N] = {
	[Q_WAITING] = { "waiting", MSG_MEETING_Q_WAITING, TONE_PLAIN },   [Q_QUEUED] = { "queued", MSG_MEETING_Q_QUEUED, TONE_INFO },
	[Q_ANSWERING] = { "answering", MSG_MEETING_Q_ANSWERING, TONE_GOOD }, [Q_ON_SPOT] = { "on_spot", MSG_MEETING_Q_ON_SPOT, TONE_GOOD },
	[Q_OWED] = { "owed", MSG_MEETING_Q_OWED, TONE_WAIT },             [Q_NOT_OURS] = { "not_ours", MSG_MEETING_Q_NOT_OURS, TONE_INFO },
	[Q_JOINED] = { "joined", MSG_MEETING_Q_JOINED, TONE_PLAIN },
};

/* No row, no move. */
const struct meeting_move meeting_moves[] = {
	{ MEETING_PLANNED, MG_CHANGED, MEETING_PLANNED },     { MEETING_PLANNED, MG_MOVED, MEETING_PLANNED },
	{ MEETING_PLANNED, MG_PROVEN, MEETING_PLANNED },      { MEETING_PLANNED, MG_ANNOUNCED, MEETING_ANNOUNCED },
	{ MEETING_PLANNED, MG_CANCELLED, MEETING_CANCELLED }, { MEETING_PLANNED, MG_BEGAN, MEETING_LIVE },
	{ MEETING_ANNOUNCED, MG_CHANGED, MEETING_ANNOUNCED }, { MEETING_ANNOUNCED, MG_MOVED, MEETING_ANNOUNCED },
	{ MEETING_ANNOUNCED, MG_PROVEN, MEETING_ANNOUNCED },  { MEETING_ANNOUNCED, MG_CANCELLED, MEETING_CANCELLED },
	{ MEETING_ANNOUNCED, MG_BEGAN, MEETING_LIVE },        { MEETING_LIVE, MG_PROVEN, MEETING_LIVE },
	{ MEETING_LIVE, MG_ENDED, MEETING_ENDED },            { MEETING_ENDED, MG_PROVEN, MEETING_ENDED },
	{ MEETING_ENDED, MG_FILED, MEETING_ENDED },           { MEETING_ENDED, MG_PUBLISHED, MEETING_PUBLISHED },
	{ MEETING_PUBLISHED, MG_PROVEN, MEETING_PUBLISHED },  { MEETING_CANCELLED, MG_FILED, MEETING_CANCELLED },
};
const size_t meeting_moves_n = ARRAY_LEN(meeting_moves);

#define POST(p) (1u << (p))
/* Nothing leads out of the list: a question is let through, answered, owed, another body's, or asked by another question too. */
const struct question_move question_moves[] = {
	{ Q_WAITING, Q_QUEUED, POST(MP_MODERATOR) | POST(MP_CHAIR) },
	{ Q_WAITING, Q_JOINED, POST(MP_MODERATOR) },
	{ Q_WAITING, Q_OWED, POST(MP_MODERATOR) | POST(MP_CHAIR) },
	{ Q_WAITING, Q_NOT_OURS, POST(MP_MODERATOR) | POST(MP_CHAIR) },
	{ Q_QUEUED, Q_WAITING, POST(MP_MODERATOR) },
	{ Q_QUEUED, Q_JOINED, POST(MP_MODERATOR) },
	{ Q_QUEUED, Q_ANSWERING, POST(MP_CHAIR) | POST(MP_MODERATOR) },
	{ Q_QUEUED, Q_OWED, POST(MP_CHAIR) | POST(MP_MODERATOR) },
	{ Q_QUEUED, Q_NOT_OURS, POST(MP_CHAIR) | POST(MP_MODERATOR) },
	{ Q_ANSWERING, Q_QUEUED, POST(MP_CHAIR) },
	{ Q_ANSWERING, Q_ON_SPOT, POST(MP_CHAIR) },
	{ Q_ANSWERING, Q_OWED, POST(MP_CHAIR) },
	{ Q_ANSWERING, Q_NOT_OURS, POST(MP_CHAIR) },
	{ Q_OWED, Q_QUEUED, POST(MP_CHAIR) | POST(MP_MODERATOR) }, /* there was time after all */
	{ Q_ON_SPOT, Q_OWED, POST(MP_CHAIR) },                     /* it was not answered in full */
};
const size_t question_moves_n = ARRAY_LEN(question_moves);

/* Whose hand does what; a head may do everything. */
static const unsigned posts[MP_N] = {
	[MP_ORGANISER] = BIT(ROLE_HEAD) | BIT(ROLE_EXECUTOR) | BIT(ROLE_REGISTRAR) | BIT(ROLE_CONTROLLER) | BIT(ROLE_MODERATOR),
	[MP_CHAIR] = BIT(ROLE_HEAD) | BIT(ROLE_CONTROLLER) | BIT(ROLE_APPROVER),
	[MP_MODERATOR] = BIT(ROLE_HEAD) | BIT(ROLE_MODERATOR),
	[MP_MINUTES] = BIT(ROLE_HEAD) | BIT(ROLE_EXECUTOR) | BIT(ROLE_COEXECUTOR) | BIT(ROLE_REGISTRAR) | BIT(ROLE_MODERATOR),
	[MP_DOOR] = BIT(ROLE_HEAD) | BIT(ROLE_OPERATOR) | BIT(ROLE_REGISTRAR) | BIT(ROLE_MODERATOR),
};

const char *meeting_state_name(enum meeting_state s)
{
	assert(s < MEETING_STATE_N);
	return states[s].name;
}

unsigned meeting_state_msg(enum meeting_state s)
{
	assert(s < MEETING_STATE_N);
	return states[s].msg;
}

enum tone meeting_tone(enum meeting_state s)
{
	assert(s < MEETING_STATE_N);
	return states[s].tone;
}

bool meeting_state_by_name(struct str name, enum meeting_state *ret)
{
	for (unsigned i = 0; i < MEETING_STATE_N; i++)
		if (str_eq(name, str_of(states[i].name))) {
			*ret = (enum meeting_state)i;
			return true;
		}
	return false;
}

bool meeting_event_by_name(struct str name, enum meeting_event_kind *ret)
{
	for (unsigned i = 0; i < MG_N; i++)
		if (str_eq(name, str_of(events[i].name))) {
			*ret = (enum meeting_event_kind)i;
			return true;
		}
	return false;
}

unsigned meeting_event_msg(enum meeting_event_kind e)
{
	assert(e < MG_N);
	return events[e].msg;
}

const char *question_state_name(enum question_state s)
{
	assert(s < Q_STATE_N);
	return questions[s].name;
}

unsigned question_state_msg(enum question_state s)
{
	assert(s < Q_STATE_N);
	return questions[s].msg;
}

enum tone question_tone(enum question_state s)
{
	assert(s < Q_STATE_N);
	return questions[s].tone;
}

bool question_state_by_name(struct str name, enum question_state *ret)
{
	for (unsigned i = 0; i < Q_STATE_N; i++)
		if (str_eq(name, str_of(questions[i].name))) {
			*ret = (enum question_state)i;
			return true;
		}
	return false;
}

bool meeting_may(const struct meeting_row *m, enum meeting_event_kind e)
{
	enum meeting_state s;

	for (size_t i = 0; meeting_state_by_name(m->state, &s) && i < meeting_moves_n; i++)
		if (meeting_moves[i].from == s && meeting_moves[i].event == e)
			return true;
	return false;
}

bool meeting_holds(const struct actor *who, int64_t body, enum meeting_post p)
{
	assert(p < MP_N);
	return who->body == body && (who->roles & posts[p]);
}

enum rc meeting_note(struct ctx *c, struct meeting_id id, enum meeting_event_kind e, int64_t account, struct str detail, struct str reason)
{
	int64_t changed;

	return meeting_event_insert(c->db, (struct meeting_event_id){ id_make() }, id, str_of(events[e].name), account, detail, reason, c->now, &changed);
}

enum rc meeting_open_for(struct ctx *c, const struct actor *who, struct meeting_id id, enum meeting_post p, struct meeting_row *ret)
{
	struct meeting_row m;

	TRY(meeting_by_id(c->db, id, &m));
	if (!meeting_holds(who, m.body_id, p))
		return fail(c, RC_FORBIDDEN, MSG_MEETING_FAULT_ROLE);
	*ret = m;
	return RC_OK;
}

int64_t meeting_share(int64_t talk, int64_t question, int64_t other)
{
	int64_t all = talk + question + other;

	return all > 0 ? (talk * 100 + all / 2) / all : 0;
}

struct meeting_times meeting_times_of(const struct meeting_span_row_list *l, struct when now)
{
	struct meeting_times t = { 0 };

	for (size_t i = 0; i < l->n; i++) {
		const struct meeting_span_row *s = &l->v[i];
		bool runs = !when_set(s->ended_at);
		int64_t sec = ((runs ? now.us : s->ended_at.us) - s->began_at.us) / WHEN_SECOND;

		sec = sec > 0 ? sec : 0; /* a clock of the machine that was set back makes no time */
		if (str_eq(s->kind, S("talk")))
			t.talk += sec;
		else if (str_eq(s->kind, S("questions")))
			t.questions += sec;
		else
			t.other += sec;
		if (runs)
			t.runs = s->kind;
	}
	return t;
}

struct str meeting_answer_of(struct arena *a, const struct meeting_answer_row_list *l, struct meeting_question_id id)
{
	struct out o = OUT_ON(a);

	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].question_id == id.v) {
			if (o.n)
				OUT_LIT(&o, "\n");
			out_str(&o, l->v[i].text);
		}
	return out_done(&o);
}

static struct url url_of(struct arena *a, const char *root, int64_t id, const char *rest)
{
	struct str part[] = { str_i64(a, id) };

	return url_path(a, str_fmt(a, "%s/{}%s", root, rest).p, 1, part);
}

struct url meeting_url(struct arena *a, int64_t id, const char *rest)
{
	return url_of(a, "/meetings", id, rest);
}

struct url meeting_desk_url(struct arena *a, int64_t id, const char *rest)
{
	return url_of(a, "/desk/meetings", id, rest);
}

struct str meeting_title(struct arena *a, const struct lang *l, const struct pack *p, int64_t place)
{
	struct str name = place ? place_full_name(a, p, place, lang_id(l)) : name_in(&p->name, l);

	return msg_fmt(a, l, MSG_MEETING_TITLE_OF, ARGS(ARG_S("place", name)));
}
