#include "standard/duty.h"

#include <assert.h>

#include "app/jobs.h"
#include "base/random.h"
#include "gen/messages.h"
#include "standard/calendar.h"

/* TO ADD A DUTY: a row. The clause is a code of the country pack. `clock`: it stops while the person is asked to supplement. */
static const struct duty_row_of {
	const char *name, *clause;
	unsigned msg;
	bool clock;
	unsigned stages;
} kinds[DUTY_KIND_N] = {
#define ALL (BIT_OF(DUTY_SOON) | BIT_OF(DUTY_TODAY) | BIT_OF(DUTY_LATE) | BIT_OF(DUTY_ESCALATED))
#define BIT_OF(stage) (1u << (stage))
	[DUTY_REGISTER] = { "register", "register", MSG_DUTY_REGISTER, false, BIT_OF(DUTY_LATE) | BIT_OF(DUTY_ESCALATED) },
	[DUTY_TAKE] = { "take", "pass_on", MSG_DUTY_TAKE, false, ALL },
	[DUTY_ANSWER] = { "answer", "answer", MSG_DUTY_ANSWER, true, ALL },
	[DUTY_FOLLOW] = { "follow", "pass_on", MSG_DUTY_FOLLOW, true, BIT_OF(DUTY_LATE) },
	[DUTY_SUPPLEMENT] = { "supplement", "supplement", MSG_DUTY_SUPPLEMENT, false, BIT_OF(DUTY_SOON) | BIT_OF(DUTY_TODAY) },
	[DUTY_SHARE] = { "share", "answer", MSG_DUTY_SHARE, true, BIT_OF(DUTY_SOON) | BIT_OF(DUTY_TODAY) | BIT_OF(DUTY_LATE) },
	[DUTY_HEARING] = { "hearing", "hearing_notice", MSG_DUTY_HEARING, false, BIT_OF(DUTY_SOON) | BIT_OF(DUTY_TODAY) | BIT_OF(DUTY_LATE) },
	[DUTY_CLARIFY] = { "clarify", "not_clear_term", MSG_DUTY_CLARIFY, false, ALL },
	[DUTY_CONTROL] = { "control", "ping_pong_hops", MSG_DUTY_CONTROL, false, ALL },
	[DUTY_MEASURE] = { "measure", "plan_measure", MSG_DUTY_MEASURE, false, ALL },
	[DUTY_PLAN_REPORT] = { "plan_report", "plan_report", MSG_DUTY_PLAN_REPORT, false, ALL },
	[DUTY_BRIEFING] = { "briefing", "briefing", MSG_DUTY_BRIEFING, false, ALL },
	[DUTY_ACCREDIT] = { "accredit", "accreditation", MSG_DUTY_ACCREDIT, false, ALL },
	[DUTY_RECEPTION_SCHEDULE] = { "reception_schedule", "reception_schedule", MSG_DUTY_RECEPTION_SCHEDULE, false, ALL },
	[DUTY_RECEPTION_HOLD] = { "reception_hold", "reception_monthly", MSG_DUTY_RECEPTION_HOLD, false, ALL },
	[DUTY_PROMISE] = { "promise", "reception_promise", MSG_DUTY_PROMISE, false, ALL },
	[DUTY_STEP] = { "step", "answer_step", MSG_DUTY_STEP, false, ALL },
	[DUTY_ORAL] = { "oral", "reception_oral", MSG_DUTY_ORAL, false, BIT_OF(DUTY_LATE) | BIT_OF(DUTY_ESCALATED) },
	[DUTY_PRESS_PUBLISH] = { "press_publish", "press_publish", MSG_DUTY_PRESS_PUBLISH, false, ALL },
	[DUTY_MEETING_CALENDAR] = { "meeting_calendar", "meeting_calendar", MSG_DUTY_MEETING_CALENDAR, false, ALL },
	[DUTY_MEETING_HOLD] = { "meeting_hold", "meeting_hold", MSG_DUTY_MEETING_HOLD, false, BIT_OF(DUTY_SOON) | BIT_OF(DUTY_LATE) },
	[DUTY_MEETING_ANNOUNCE] = { "meeting_announce", "meeting_announce", MSG_DUTY_MEETING_ANNOUNCE, false, ALL },
	[DUTY_MEETING_MINUTES] = { "meeting_minutes", "meeting_minutes", MSG_DUTY_MEETING_MINUTES, false, ALL },
	[DUTY_PETITION_MODERATE] = { "petition_moderate", "petition_moderation", MSG_DUTY_PETITION_MODERATE, false, ALL },
	[DUTY_PETITION_CONTEST] = { "petition_contest", "petition_contest", MSG_DUTY_PETITION_CONTEST, false, ALL },
	[DUTY_PETITION_SUPPORT] = { "petition_support", "petition_supporters_term", MSG_DUTY_PETITION_SUPPORT, false, BIT_OF(DUTY_SOON) | BIT_OF(DUTY_TODAY) },
	[DUTY_PETITION_GROUP] = { "petition_group", "petition_group", MSG_DUTY_PETITION_GROUP, false, ALL },
	[DUTY_PETITION_DISCUSS] = { "petition_discuss", "petition_discussion", MSG_DUTY_PETITION_DISCUSS, false, ALL },
	[DUTY_PETITION_DECIDE] = { "petition_decide", "petition_review", MSG_DUTY_PETITION_DECIDE, false, ALL },
	[DUTY_PETITION_REPORT] = { "petition_report", "petition_report", MSG_DUTY_PETITION_REPORT, false, ALL },
};

static const char *const stages[DUTY_STAGE_N] = { "soon", "today", "late", "escalated" };

/* Whose work it is while no official is named; kinds without a row are the registrar's. */
static const enum role falls_to[DUTY_KIND_N] = {
	[DUTY_FOLLOW] = ROLE_CONTROLLER,
	[DUTY_CONTROL] = ROLE_CONTROLLER,
	[DUTY_MEASURE] = ROLE_HEAD,
	[DUTY_PLAN_REPORT] = ROLE_HEAD,
	[DUTY_STEP] = ROLE_HEAD,
	[DUTY_BRIEFING] = ROLE_PRESS,
	[DUTY_ACCREDIT] = ROLE_PRESS,
	[DUTY_PRESS_PUBLISH] = ROLE_PRESS,
	[DUTY_PETITION_MODERATE] = ROLE_MODERATOR,
	[DUTY_PETITION_CONTEST] = ROLE_MODERATOR,
	[DUTY_PETITION_GROUP] = ROLE_HEAD,
	[DUTY_PETITION_DISCUSS] = ROLE_HEAD,
	[DUTY_PETITION_DECIDE] = ROLE_HEAD,
	[DUTY_PETITION_REPORT] = ROLE_HEAD,
};

#define REMIND_BATCH 200
#define MORNING_HOUR 9

const char *duty_kind_name(enum duty_kind k)
{
	assert(k < DUTY_KIND_N);
	return kinds[k].name;
}

unsigned duty_kind_msg(enum duty_kind k)
{
	assert(k < DUTY_KIND_N);
	return kinds[k].msg;
}

enum role duty_kind_role(enum duty_kind k)
{
	assert(k < DUTY_KIND_N);
	return falls_to[k] ? falls_to[k] : ROLE_REGISTRAR;
}

bool duty_kind_by_name(struct str name, enum duty_kind *ret)
{
	for (unsigned i = 0; i < DUTY_KIND_N; i++)
		if (str_eq(name, str_of(kinds[i].name))) {
			*ret = (enum duty_kind)i;
			return true;
		}
	return false;
}

const char *duty_stage_name(enum duty_stage s)
{
	assert(s < DUTY_STAGE_N);
	return stages[s];
}

bool duty_stage_by_name(struct str name, enum duty_stage *ret)
{
	for (unsigned i = 0; i < DUTY_STAGE_N; i++)
		if (str_eq(name, str_of(stages[i]))) {
			*ret = (enum duty_stage)i;
			return true;
		}
	return false;
}

/* Two days before, on the morning of the last day, the morning after, three days later. */
static struct when stage_at(enum duty_stage s, struct when due)
{
	static const int days[DUTY_STAGE_N] = { -2, 0, 1, 4 };
	struct day d = when_day(due);

	d.v += days[s];
	return when_of_day(d, MORNING_HOUR, 0);
}

static bool has_stage(enum duty_kind k, unsigned s)
{
	return (kinds[k].stages & BIT_OF(s)) != 0;
}

struct when duty_next(enum duty_kind k, struct when due, int64_t reminded, struct when now)
{
	for (unsigned s = 0; s < DUTY_STAGE_N; s++) {
		struct when at = stage_at((enum duty_stage)s, due);

		if (has_stage(k, s) && !(reminded & BIT_OF(s)) && at.us > now.us)
			return at;
	}
	return (struct when){ 0 };
}

enum duty_stage duty_stage_due(enum duty_kind k, struct when due, int64_t reminded, struct when now)
{
	for (unsigned s = DUTY_STAGE_N; s-- > 0;)
		if (has_stage(k, s) && stage_at((enum duty_stage)s, due).us <= now.us)
			return reminded & BIT_OF(s) ? DUTY_STAGE_N : (enum duty_stage)s;
	return DUTY_STAGE_N;
}

enum rc duty_open(struct ctx *c, const struct duty_new *d)
{
	int64_t changed;

	return duty_insert(c->db, (struct duty_id){ id_make() }, str_of(kinds[d->kind].name), str_of(kinds[d->kind].clause),
			   str_of(d->subject_kind), d->subject, d->part, d->body, d->account, c->now, d->due,
			   duty_next(d->kind, d->due, 0, c->now), &changed);
}

static enum rc shut(struct ctx *c, const struct duty_row *d, enum duty_outcome how)
{
	int64_t changed;

	return duty_shut(c->db, d->id, c->now, how == DUTY_DONE ? S("done") : S("cancelled"), how == DUTY_DONE && c->now.us > d->due_at.us,
			 &changed);
}

/* What duty_walk does with each open row that fits. */
struct walk {
	enum { SHUT, MOVE, HAND, PAUSE, RESUME } act;
	enum duty_outcome how;
	struct when due;
	int64_t account, shift_us;
};

static enum rc act_on(struct ctx *c, const struct duty_row *d, enum duty_kind k, const struct walk *w)
{
	struct when due = w->act == MOVE ? w->due : when_add(d->due_at, w->shift_us);
	int64_t changed;

	switch (w->act) {
	case SHUT:
		return shut(c, d, w->how);
	case MOVE:
		return duty_set_due(c->db, d->id, due, duty_next(k, due, 0, c->now), &changed);
	case HAND:
		return duty_set_account(c->db, d->id, w->account, &changed);
	case PAUSE:
		return kinds[k].clock ? duty_set_paused(c->db, d->id, c->now, &changed) : RC_OK;
	case RESUME:
		return when_set(d->paused_at) ? duty_set_resumed(c->db, d->id, c->now.us - d->paused_at.us, due,
								 duty_next(k, due, d->reminded, c->now), &changed)
					      : RC_OK;
	}
	return RC_INTERNAL;
}

/* kind DUTY_KIND_N: every kind; part 0: every part. A subject has a handful of open duties. */
static enum rc walk(struct ctx *c, int64_t subject, int64_t part, enum duty_kind kind, const struct walk *w)
{
	struct duty_row_list open;

	TRY(duty_open_of(c->db, subject, &open));
	for (size_t i = 0; i < open.n; i++) {
		const struct duty_row *d = &open.v[i];
		enum duty_kind k;

		if (!duty_kind_by_name(d->kind, &k))
			return fail_log(c, RC_INTERNAL, S("a duty of an unknown kind"));
		if ((kind == DUTY_KIND_N || kind == k) && (part == 0 || part == d->part_id))
			TRY(act_on(c, d, k, w));
	}
	return RC_OK;
}

enum rc duty_close(struct ctx *c, int64_t subject, int64_t part, enum duty_kind k, enum duty_outcome how)
{
	return walk(c, subject, part, k, &(struct walk){ .act = SHUT, .how = how });
}

enum rc duty_close_all(struct ctx *c, int64_t subject, int64_t part, enum duty_outcome how)
{
	return walk(c, subject, part, DUTY_KIND_N, &(struct walk){ .act = SHUT, .how = how });
}

enum rc duty_move(struct ctx *c, int64_t subject, int64_t part, enum duty_kind k, struct when due)
{
	return walk(c, subject, part, k, &(struct walk){ .act = MOVE, .due = due });
}

enum rc duty_hand(struct ctx *c, int64_t subject, int64_t part, enum duty_kind k, int64_t account)
{
	return walk(c, subject, part, k, &(struct walk){ .act = HAND, .account = account });
}

enum rc duty_pause(struct ctx *c, int64_t subject)
{
	return walk(c, subject, 0, DUTY_KIND_N, &(struct walk){ .act = PAUSE });
}

enum rc duty_resume(struct ctx *c, int64_t subject, int64_t shift_us)
{
	return walk(c, subject, 0, DUTY_KIND_N, &(struct walk){ .act = RESUME, .shift_us = shift_us });
}

/* One duty: which stage is reached, told once, and when to look again. Stages that were slept through are not told one by one. */
static enum rc remind_one(struct ctx *c, const struct duty_row *d)
{
	enum duty_kind k;
	int64_t changed, told = d->reminded;

	if (!duty_kind_by_name(d->kind, &k))
		return fail_log(c, RC_INTERNAL, S("a duty of an unknown kind"));
	enum duty_stage s = duty_stage_due(k, d->due_at, d->reminded, c->now);

	if (s != DUTY_STAGE_N) {
		for (unsigned i = 0; i <= s; i++)
			told |= BIT_OF(i);
		TRY(job_add(c, "notify.duty", str_fmt(c->arena, "%lld %s", (long long)d->id.v, stages[s]), S(""), c->now));
	}
	return duty_set_reminded(c->db, d->id, told, duty_next(k, d->due_at, told, c->now), &changed);
}

/* In working hours only: nobody is woken at night by a deadline. */
static enum rc remind(struct ctx *c, struct str payload)
{
	struct duty_row_list due;

	(void)payload;
	if (!calendar_office_open(c->app->pack, c->now))
		return RC_OK;
	TRY(duty_to_remind(c->db, c->now, REMIND_BATCH, &due));
	for (size_t i = 0; i < due.n; i++)
		TRY(remind_one(c, &due.v[i]));
	return RC_OK;
}

static const struct job_kind jobs[] = {
	{ .name = "duty.remind", .run = remind, .every_sec = 60 },
};
const struct module duty_module = { .name = "duty", .jobs = jobs, .n_jobs = ARRAY_LEN(jobs) };
