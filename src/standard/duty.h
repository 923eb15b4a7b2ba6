/*
 * duty.h: what is owed. A right of a person becomes a row: kind, clause, subject, body, due time, done time. Every deadline of every slice is
 * opened and closed here and nowhere else, in the transaction of the change that causes it; queues, reminders, escalation and
 * compliance are queries over the one table. Which kinds exist, from which clause they come and when they remind is the table in duty.c.
 *
 * Reminders and escalation are found by the job `duty.remind` and become jobs `notify.duty` with the payload "DUTY STAGE" (stage: soon, today,
 * late, escalated); only in working hours. The row stays open until it is done or cancelled; a duty that is late stays owed.
 */
#ifndef STANDARD_DUTY_H
#define STANDARD_DUTY_H

#include "app/route.h"
#include "gen/duty_sql.h"

/* TO ADD A DUTY: a value here, a row in duty.c, its name in locale/LANG/duty.po. */
enum duty_kind {
	DUTY_REGISTER,   /* take in and register: the same day */
	DUTY_TAKE,       /* take to work or pass on to the competent body: 3 working days */
	DUTY_ANSWER,     /* answer in the term of the kind */
	DUTY_FOLLOW,     /* the first body: until the person has the answer from everybody */
	DUTY_SUPPLEMENT, /* the person: bring the appeal into line */
	DUTY_SHARE,      /* a co-executor's share, by the head's term */
	DUTY_HEARING,    /* hold the hearing that was planned */
	DUTY_CLARIFY,    /* put an answer that was not clear into plain words */
	DUTY_CONTROL,    /* the controller: settle who is competent after the second hop */
	DUTY_MEASURE,    /* do what the plan names by its date */
	DUTY_PLAN_REPORT, /* publish the half-year's report */
	DUTY_BRIEFING,   /* the press: a briefing after a meeting */
	DUTY_ACCREDIT,   /* decide on a journalist's accreditation */
	DUTY_RECEPTION_SCHEDULE, /* publish the month's schedule of receptions */
	DUTY_RECEPTION_HOLD,     /* a head receives people in the month */
	DUTY_PROMISE,    /* keep what was promised at a reception, by its day */
	DUTY_STEP,       /* do what an answer names as the next step, by its day */
	DUTY_ORAL,       /* register an oral appeal: the same day */
	DUTY_PRESS_PUBLISH, /* publish the answer to a journalist, or say when it will be */
	DUTY_MEETING_CALENDAR, /* the year's calendar of meetings */
	DUTY_MEETING_HOLD,     /* a meeting owed to a place in a span */
	DUTY_MEETING_ANNOUNCE, /* announce it in one channel, with proof */
	DUTY_MEETING_MINUTES,  /* publish minutes, talk share, attendance, questions */
	DUTY_PETITION_MODERATE, /* the moderating body: 20 working days */
	DUTY_PETITION_CONTEST,  /* the same: look at a refusal again */
	DUTY_PETITION_SUPPORT,  /* the author: gather the first supporters */
	DUTY_PETITION_GROUP,    /* the competent body: name the working group */
	DUTY_PETITION_DISCUSS,  /* hold the public discussion with the applicant */
	DUTY_PETITION_DECIDE,   /* decide: 40 working days, 20 for a local body */
	DUTY_PETITION_REPORT,   /* the head: report the decision in the media */
	DUTY_KIND_N
};

enum duty_stage { DUTY_SOON, DUTY_TODAY, DUTY_LATE, DUTY_ESCALATED, DUTY_STAGE_N };

const char *duty_kind_name(enum duty_kind k); /* "answer" */
bool duty_kind_by_name(struct str name, enum duty_kind *ret);
unsigned duty_kind_msg(enum duty_kind k);     /* what is owed, in words */
const char *duty_stage_name(enum duty_stage s);
enum role duty_kind_role(enum duty_kind k);   /* whose work it is while no official is named */
bool duty_stage_by_name(struct str name, enum duty_stage *ret);

struct duty_new {
	enum duty_kind kind;
	const char *subject_kind; /* "appeal" */
	int64_t subject;
	int64_t part;    /* assignment, hearing ...; 0: none */
	int64_t body;    /* who owes; 0: the person */
	int64_t account; /* the official it lies with; 0: the body */
	struct when due;
};
/* All inside a write transaction. */
MUST_USE enum rc duty_open(struct ctx *c, const struct duty_new *d);

enum duty_outcome { DUTY_DONE, DUTY_CANCELLED };
/* Closes the open duties of this kind about this subject; part 0: whatever part. Nothing open is no failure. */
MUST_USE enum rc duty_close(struct ctx *c, int64_t subject, int64_t part, enum duty_kind k, enum duty_outcome how);
/* Everything open about the subject (part 0) or a part of it. */
MUST_USE enum rc duty_close_all(struct ctx *c, int64_t subject, int64_t part, enum duty_outcome how);
/* A new due time; reminders start anew. */
MUST_USE enum rc duty_move(struct ctx *c, int64_t subject, int64_t part, enum duty_kind k, struct when due);
/* Whose it is inside the body. */
MUST_USE enum rc duty_hand(struct ctx *c, int64_t subject, int64_t part, enum duty_kind k, int64_t account);
/* The clock of DUTY_ANSWER, DUTY_SHARE and DUTY_FOLLOW stops; resume moves their due times by `shift_us`. */
MUST_USE enum rc duty_pause(struct ctx *c, int64_t subject);
MUST_USE enum rc duty_resume(struct ctx *c, int64_t subject, int64_t shift_us);

/* When a reminder is next looked at: pure. 0: never again. */
struct when duty_next(enum duty_kind k, struct when due, int64_t reminded, struct when now);
/* Which stage is reached now and not yet told; DUTY_STAGE_N: none. Pure. */
enum duty_stage duty_stage_due(enum duty_kind k, struct when due, int64_t reminded, struct when now);

/* Lists (duty.sql): duty_owed(db, body, due, after, limit), duty_mine(db, account, due, after, limit), duty_of_subject(db, subject). */

extern const struct module duty_module; /* job duty.remind, every minute */

#endif
