#include "appeal/appeal.h"

#include <assert.h>

#include "gen/messages.h"

static const struct { const char *name; unsigned msg; } states[APPEAL_STATE_N] = {
	[APPEAL_FILED] = { "filed", MSG_APPEAL_STATE_FILED },
	[APPEAL_REGISTERED] = { "registered", MSG_APPEAL_STATE_REGISTERED },
	[APPEAL_WORKING] = { "working", MSG_APPEAL_STATE_WORKING },
	[APPEAL_PAUSED] = { "paused", MSG_APPEAL_STATE_PAUSED },
	[APPEAL_ANSWERED] = { "answered", MSG_APPEAL_STATE_ANSWERED },
	[APPEAL_UNCLEAR] = { "unclear", MSG_APPEAL_STATE_UNCLEAR },
	[APPEAL_CLOSED] = { "closed", MSG_APPEAL_STATE_CLOSED },
	[APPEAL_STOPPED] = { "stopped", MSG_APPEAL_STATE_STOPPED },
	[APPEAL_WITHDRAWN] = { "withdrawn", MSG_APPEAL_STATE_WITHDRAWN },
	[APPEAL_JOINED] = { "joined", MSG_APPEAL_STATE_JOINED },
};

/* TO ADD AN EVENT: a value in appeal.h, a row here, trail.NAME in all languages, a row in appeal_moves if it is a move. */
static const struct { const char *name, *detail; unsigned msg; } events[EV_N] = {
	[EV_FILED] = { "filed", NULL, MSG_TRAIL_FILED },
	[EV_REGISTERED] = { "registered", NULL, MSG_TRAIL_REGISTERED },
	[EV_PASSED_ON] = { "passed_on", NULL, MSG_TRAIL_PASSED_ON },
	[EV_RETURNED] = { "returned", NULL, MSG_TRAIL_RETURNED },
	[EV_TAKEN] = { "taken", NULL, MSG_TRAIL_TAKEN },
	[EV_RESOLVED] = { "resolved", NULL, MSG_TRAIL_RESOLVED },
	[EV_SUPPLEMENT_ASKED] = { "supplement_asked", NULL, MSG_TRAIL_SUPPLEMENT_ASKED },
	[EV_SUPPLEMENTED] = { "supplemented", NULL, MSG_TRAIL_SUPPLEMENTED },
	[EV_COMMENTED] = { "commented", NULL, MSG_TRAIL_COMMENTED },
	[EV_EXTENDED] = { "extended", NULL, MSG_TRAIL_EXTENDED },
	[EV_HEARING_PLANNED] = { "hearing_planned", NULL, MSG_TRAIL_HEARING_PLANNED },
	[EV_OBJECTED] = { "objected", NULL, MSG_TRAIL_OBJECTED },
	[EV_HEARD] = { "heard", NULL, MSG_TRAIL_HEARD },
	[EV_ANSWER_CHECKED] = { "answer_checked", NULL, MSG_TRAIL_ANSWER_CHECKED },
	[EV_ANSWER_SENT_BACK] = { "answer_sent_back", NULL, MSG_TRAIL_ANSWER_SENT_BACK },
	[EV_ANSWER_APPROVED] = { "answer_approved", NULL, MSG_TRAIL_ANSWER_APPROVED },
	[EV_PART_ANSWERED] = { "part_answered", NULL, MSG_TRAIL_PART_ANSWERED },
	[EV_ANSWERED] = { "answered", NULL, MSG_TRAIL_ANSWERED },
	[EV_RATED_CLEAR] = { "rated", "clear", MSG_TRAIL_RATED_CLEAR },
	[EV_RATED_NOT_CLEAR] = { "rated", "not_clear", MSG_TRAIL_RATED_NOT_CLEAR },
	[EV_RATED_NOT_SOLVED] = { "rated", "not_solved", MSG_TRAIL_RATED_NOT_SOLVED },
	[EV_CLARIFIED] = { "clarified", NULL, MSG_TRAIL_CLARIFIED },
	[EV_REOPENED] = { "reopened", NULL, MSG_TRAIL_REOPENED },
	[EV_CONTESTED] = { "contested", NULL, MSG_TRAIL_CONTESTED },
	[EV_WITHDRAWN] = { "withdrawn", NULL, MSG_TRAIL_WITHDRAWN },
	[EV_STOPPED] = { "stopped", NULL, MSG_TRAIL_STOPPED },
	[EV_JOINED] = { "joined", NULL, MSG_TRAIL_JOINED },
	[EV_JOINED_BY] = { "joined_by", NULL, MSG_TRAIL_JOINED_BY },
	[EV_HOPS] = { "hops", NULL, MSG_TRAIL_HOPS },
	[EV_DEEMED] = { "deemed", NULL, MSG_TRAIL_DEEMED },
	[EV_FOLLOWUP] = { "followup", NULL, MSG_TRAIL_FOLLOWUP },
	[EV_PUBLISHED] = { "published", NULL, MSG_TRAIL_PUBLISHED },
	[EV_NOT_PUBLISHED] = { "not_published", NULL, MSG_TRAIL_NOT_PUBLISHED },
	[EV_HIDDEN] = { "hidden", NULL, MSG_TRAIL_HIDDEN },
	[EV_CLOSED] = { "closed", NULL, MSG_TRAIL_CLOSED },
	[EV_STEP_DONE] = { "step_done", NULL, MSG_TRAIL_STEP_DONE },
	[EV_STEP_MOVED] = { "step_moved", NULL, MSG_TRAIL_STEP_MOVED },
};

#define REG BIT(ROLE_REGISTRAR)
#define HEAD BIT(ROLE_HEAD)
#define EXEC BIT(ROLE_EXECUTOR)
#define APPR BIT(ROLE_APPROVER)
#define SIGN BIT(ROLE_SIGNER)
#define CTRL BIT(ROLE_CONTROLLER)
#define MODR BIT(ROLE_MODERATOR)
#define PERSON ACT_APPLICANT
#define WORKERS (REG | HEAD | EXEC)
#define TALKERS (REG | HEAD | EXEC | BIT(ROLE_COEXECUTOR) | CTRL)

/* The lifecycle. No row, no move. `mine`: the actor's body must hold an open share. */
const struct appeal_move appeal_moves[] = {
	/* from              event                to                 who                     mine   button */
	{ APPEAL_FILED,      EV_REGISTERED,       APPEAL_REGISTERED, REG,                    true,  true },
	{ APPEAL_FILED,      EV_PASSED_ON,        APPEAL_FILED,      ACT_SYSTEM,             false, false },
	{ APPEAL_FILED,      EV_SUPPLEMENT_ASKED, APPEAL_PAUSED,     REG,                    true,  true },
	{ APPEAL_FILED,      EV_COMMENTED,        APPEAL_FILED,      PERSON | REG,           false, true },
	{ APPEAL_FILED,      EV_WITHDRAWN,        APPEAL_WITHDRAWN,  PERSON,                 false, true },
	{ APPEAL_FILED,      EV_JOINED,           APPEAL_JOINED,     PERSON | REG,           false, true },
	{ APPEAL_FILED,      EV_JOINED_BY,        APPEAL_FILED,      PERSON | REG,           false, false },
	{ APPEAL_FILED,      EV_DEEMED,           APPEAL_FILED,      ACT_SYSTEM,             false, false },
	{ APPEAL_FILED,      EV_CONTESTED,        APPEAL_FILED,      PERSON,                 false, true },

	{ APPEAL_REGISTERED, EV_PASSED_ON,        APPEAL_REGISTERED, WORKERS | ACT_SYSTEM,   true,  true },
	{ APPEAL_REGISTERED, EV_RETURNED,         APPEAL_REGISTERED, WORKERS,                true,  true },
	{ APPEAL_REGISTERED, EV_TAKEN,            APPEAL_WORKING,    HEAD | EXEC,            true,  true },
	{ APPEAL_REGISTERED, EV_RESOLVED,         APPEAL_WORKING,    HEAD,                   true,  true },
	{ APPEAL_REGISTERED, EV_SUPPLEMENT_ASKED, APPEAL_PAUSED,     WORKERS,                true,  true },
	{ APPEAL_REGISTERED, EV_EXTENDED,         APPEAL_REGISTERED, HEAD | SIGN,            true,  true },
	{ APPEAL_REGISTERED, EV_COMMENTED,        APPEAL_REGISTERED, PERSON | TALKERS,       false, true },
	{ APPEAL_REGISTERED, EV_WITHDRAWN,        APPEAL_WITHDRAWN,  PERSON,                 false, true },
	{ APPEAL_REGISTERED, EV_STOPPED,          APPEAL_STOPPED,    HEAD | SIGN,            true,  true },
	{ APPEAL_REGISTERED, EV_JOINED,           APPEAL_JOINED,     PERSON | REG,           false, true },
	{ APPEAL_REGISTERED, EV_JOINED_BY,        APPEAL_REGISTERED, PERSON | REG,           false, false },
	{ APPEAL_REGISTERED, EV_DEEMED,           APPEAL_REGISTERED, ACT_SYSTEM,             false, false },
	{ APPEAL_REGISTERED, EV_CONTESTED,        APPEAL_REGISTERED, PERSON,                 false, true },

	{ APPEAL_WORKING,    EV_PASSED_ON,        APPEAL_WORKING,    WORKERS,                true,  true },
	{ APPEAL_WORKING,    EV_RETURNED,         APPEAL_WORKING,    WORKERS,                true,  true },
	{ APPEAL_WORKING,    EV_TAKEN,            APPEAL_WORKING,    HEAD | EXEC,            true,  true },
	{ APPEAL_WORKING,    EV_RESOLVED,         APPEAL_WORKING,    HEAD,                   true,  true },
	{ APPEAL_WORKING,    EV_SUPPLEMENT_ASKED, APPEAL_PAUSED,     WORKERS,                true,  true },
	{ APPEAL_WORKING,    EV_EXTENDED,         APPEAL_WORKING,    HEAD | SIGN,            true,  true },
	{ APPEAL_WORKING,    EV_HEARING_PLANNED,  APPEAL_WORKING,    HEAD | EXEC,            true,  true },
	{ APPEAL_WORKING,    EV_OBJECTED,         APPEAL_WORKING,    PERSON,                 false, true },
	{ APPEAL_WORKING,    EV_HEARD,            APPEAL_WORKING,    HEAD | EXEC,            true,  true },
	{ APPEAL_WORKING,    EV_ANSWER_CHECKED,   APPEAL_WORKING,    HEAD | EXEC,            true,  false },
	{ APPEAL_WORKING,    EV_ANSWER_SENT_BACK, APPEAL_WORKING,    HEAD | APPR | SIGN,     true,  false },
	{ APPEAL_WORKING,    EV_ANSWER_APPROVED,  APPEAL_WORKING,    HEAD | APPR,            true,  false },
	{ APPEAL_WORKING,    EV_PART_ANSWERED,    APPEAL_WORKING,    SIGN,                   true,  false },
	{ APPEAL_WORKING,    EV_ANSWERED,         APPEAL_ANSWERED,   SIGN,                   true,  false },
	{ APPEAL_WORKING,    EV_COMMENTED,        APPEAL_WORKING,    PERSON | TALKERS,       false, true },
	{ APPEAL_WORKING,    EV_WITHDRAWN,        APPEAL_WITHDRAWN,  PERSON,                 false, true },
	{ APPEAL_WORKING,    EV_STOPPED,          APPEAL_STOPPED,    HEAD | SIGN,            true,  true },
	{ APPEAL_WORKING,    EV_JOINED_BY,        APPEAL_WORKING,    PERSON | REG,           false, false },
	{ APPEAL_WORKING,    EV_DEEMED,           APPEAL_WORKING,    ACT_SYSTEM,             false, false },
	{ APPEAL_WORKING,    EV_CONTESTED,        APPEAL_WORKING,    PERSON,                 false, true },

	{ APPEAL_PAUSED,     EV_SUPPLEMENTED,     APPEAL_WORKING,    PERSON,                 false, true },
	{ APPEAL_PAUSED,     EV_COMMENTED,        APPEAL_PAUSED,     TALKERS,                false, true },
	{ APPEAL_PAUSED,     EV_WITHDRAWN,        APPEAL_WITHDRAWN,  PERSON,                 false, true },
	{ APPEAL_PAUSED,     EV_STOPPED,          APPEAL_STOPPED,    HEAD | SIGN,            true,  true },

	{ APPEAL_ANSWERED,   EV_RATED_CLEAR,      APPEAL_CLOSED,     PERSON,                 false, true },
	{ APPEAL_ANSWERED,   EV_RATED_NOT_CLEAR,  APPEAL_UNCLEAR,    PERSON,                 false, true },
	{ APPEAL_ANSWERED,   EV_RATED_NOT_SOLVED, APPEAL_ANSWERED,   PERSON,                 false, true },
	{ APPEAL_ANSWERED,   EV_REOPENED,         APPEAL_REGISTERED, PERSON,                 false, true },
	{ APPEAL_ANSWERED,   EV_CONTESTED,        APPEAL_ANSWERED,   PERSON,                 false, true },
	{ APPEAL_ANSWERED,   EV_FOLLOWUP,         APPEAL_ANSWERED,   ACT_SYSTEM,             false, false },
	{ APPEAL_FILED,      EV_CLOSED,           APPEAL_CLOSED,     ACT_SYSTEM,             false, false }, /* taken over, closed elsewhere */
	{ APPEAL_ANSWERED,   EV_CLOSED,           APPEAL_CLOSED,     ACT_SYSTEM,             false, false },
	{ APPEAL_ANSWERED,   EV_JOINED_BY,        APPEAL_ANSWERED,   PERSON | REG,           false, false },

	{ APPEAL_UNCLEAR,    EV_ANSWER_CHECKED,   APPEAL_UNCLEAR,    HEAD | EXEC,            true,  false },
	{ APPEAL_UNCLEAR,    EV_ANSWER_SENT_BACK, APPEAL_UNCLEAR,    HEAD | APPR | SIGN,     true,  false },
	{ APPEAL_UNCLEAR,    EV_ANSWER_APPROVED,  APPEAL_UNCLEAR,    HEAD | APPR,            true,  false },
	{ APPEAL_UNCLEAR,    EV_PART_ANSWERED,    APPEAL_UNCLEAR,    SIGN,                   true,  false },
	{ APPEAL_UNCLEAR,    EV_CLARIFIED,        APPEAL_ANSWERED,   SIGN,                   true,  false },
	{ APPEAL_UNCLEAR,    EV_RESOLVED,         APPEAL_UNCLEAR,    HEAD,                   true,  true },
	{ APPEAL_UNCLEAR,    EV_COMMENTED,        APPEAL_UNCLEAR,    PERSON | TALKERS,       false, true },
	{ APPEAL_UNCLEAR,    EV_WITHDRAWN,        APPEAL_WITHDRAWN,  PERSON,                 false, true },
	{ APPEAL_UNCLEAR,    EV_CONTESTED,        APPEAL_UNCLEAR,    PERSON,                 false, true },

	{ APPEAL_CLOSED,     EV_RATED_CLEAR,      APPEAL_CLOSED,     PERSON,                 false, false },
	{ APPEAL_CLOSED,     EV_RATED_NOT_SOLVED, APPEAL_ANSWERED,   PERSON,                 false, true },
	{ APPEAL_CLOSED,     EV_REOPENED,         APPEAL_REGISTERED, PERSON,                 false, true },
	{ APPEAL_CLOSED,     EV_CONTESTED,        APPEAL_CLOSED,     PERSON,                 false, true },
	{ APPEAL_CLOSED,     EV_FOLLOWUP,         APPEAL_CLOSED,     ACT_SYSTEM,             false, false },

	{ APPEAL_STOPPED,    EV_CONTESTED,        APPEAL_STOPPED,    PERSON,                 false, true },

	/* what an answer promised stays promised, whatever becomes of the appeal */
	{ APPEAL_REGISTERED, EV_STEP_DONE,        APPEAL_REGISTERED, HEAD | EXEC | SIGN,     false, false },
	{ APPEAL_REGISTERED, EV_STEP_MOVED,       APPEAL_REGISTERED, HEAD | EXEC | SIGN,     false, false },
	{ APPEAL_WORKING,    EV_STEP_DONE,        APPEAL_WORKING,    HEAD | EXEC | SIGN,     false, false },
	{ APPEAL_WORKING,    EV_STEP_MOVED,       APPEAL_WORKING,    HEAD | EXEC | SIGN,     false, false },
	{ APPEAL_PAUSED,     EV_STEP_DONE,        APPEAL_PAUSED,     HEAD | EXEC | SIGN,     false, false },
	{ APPEAL_PAUSED,     EV_STEP_MOVED,       APPEAL_PAUSED,     HEAD | EXEC | SIGN,     false, false },
	{ APPEAL_ANSWERED,   EV_STEP_DONE,        APPEAL_ANSWERED,   HEAD | EXEC | SIGN,     false, false },
	{ APPEAL_ANSWERED,   EV_STEP_MOVED,       APPEAL_ANSWERED,   HEAD | EXEC | SIGN,     false, false },
	{ APPEAL_UNCLEAR,    EV_STEP_DONE,        APPEAL_UNCLEAR,    HEAD | EXEC | SIGN,     false, false },
	{ APPEAL_UNCLEAR,    EV_STEP_MOVED,       APPEAL_UNCLEAR,    HEAD | EXEC | SIGN,     false, false },
	{ APPEAL_CLOSED,     EV_STEP_DONE,        APPEAL_CLOSED,     HEAD | EXEC | SIGN,     false, false },
	{ APPEAL_CLOSED,     EV_STEP_MOVED,       APPEAL_CLOSED,     HEAD | EXEC | SIGN,     false, false },
	{ APPEAL_STOPPED,    EV_STEP_DONE,        APPEAL_STOPPED,    HEAD | EXEC | SIGN,     false, false },
	{ APPEAL_STOPPED,    EV_STEP_MOVED,       APPEAL_STOPPED,    HEAD | EXEC | SIGN,     false, false },
	{ APPEAL_WITHDRAWN,  EV_STEP_DONE,        APPEAL_WITHDRAWN,  HEAD | EXEC | SIGN,     false, false },
	{ APPEAL_WITHDRAWN,  EV_STEP_MOVED,       APPEAL_WITHDRAWN,  HEAD | EXEC | SIGN,     false, false },
	{ APPEAL_JOINED,     EV_STEP_DONE,        APPEAL_JOINED,     HEAD | EXEC | SIGN,     false, false },
	{ APPEAL_JOINED,     EV_STEP_MOVED,       APPEAL_JOINED,     HEAD | EXEC | SIGN,     false, false },
};
const size_t appeal_moves_n = ARRAY_LEN(appeal_moves);

const char *appeal_state_name(enum appeal_state s)
{
	assert(s < APPEAL_STATE_N);
	return states[s].name;
}

bool appeal_state_by_name(struct str name, enum appeal_state *ret)
{
	for (unsigned i = 0; i < APPEAL_STATE_N; i++)
		if (str_eq(name, str_of(states[i].name))) {
			*ret = (enum appeal_state)i;
			return true;
		}
	return false;
}

unsigned appeal_state_msg(enum appeal_state s)
{
	assert(s < APPEAL_STATE_N);
	return states[s].msg;
}

const char *appeal_event_name(enum appeal_event e)
{
	assert(e < EV_N);
	return events[e].name;
}

unsigned appeal_trail_msg(const struct event_row *e)
{
	for (unsigned i = 0; i < EV_N; i++)
		if (str_eq(e->kind, str_of(events[i].name)) && (!events[i].detail || str_eq(e->detail, str_of(events[i].detail))))
			return events[i].msg;
	return MSG_NONE;
}
