#include "notify/remind.h"

#include "app/app.h"
#include "app/subject.h"
#include "gen/account_sql.h"
#include "gen/messages.h"
#include "notify/notify.h"
#include "standard/duty.h"

#define READERS_MAX 5 /* of one role in one body */

static const unsigned stage_msgs[DUTY_STAGE_N] = { MSG_NOTIFY_DUTY_SOON, MSG_NOTIFY_DUTY_TODAY, MSG_NOTIFY_DUTY_LATE, MSG_NOTIFY_DUTY_ESCALATED };

struct reminder {
	struct ctx *c;
	struct duty_row d;
	enum duty_kind kind;
	enum duty_stage stage;
};
struct reader {
	struct str mail, lang;
	int64_t account;
	bool official;
};

static enum rc remind(struct reminder *r, const struct reader *to)
{
	struct ctx *c = r->c;
	enum lang_id id = LANG_KK;
	struct subject s;

	if (!lang_by_code(to->lang, &id))
		id = LANG_KK;
	const struct lang *l = lang_of(id);

	TRY(subject_show(c, l, r->d.subject_kind, r->d.subject_id, &s));
	struct letter letter = { .lang = l, .to = to->mail, .account = to->account, .about = str_fmt(c->arena, "%.*s", STR_FMT(r->d.subject_kind)).p,
				 .about_id = r->d.subject_id };
	struct msg_arg subject[] = { ARG_S("what", msg_text(l, duty_kind_msg(r->kind))), ARG_S("number", s.number.n ? s.number : s.title) };
	struct msg_arg due[] = { ARG_D("due", when_day(r->d.due_at)) };

	letter.subject = msg_fmt(c->arena, l, MSG_NOTIFY_DUTY_SUBJECT, subject, ARRAY_LEN(subject));
	letter.dedup = str_fmt(c->arena, "duty %lld %d %lld %.*s", (long long)r->d.id.v, (int)r->stage, (long long)r->d.due_at.us, STR_FMT(to->mail));
	letter_add(&letter, s.title);
	letter_add(&letter, msg_fmt(c->arena, l, stage_msgs[r->stage], due, ARRAY_LEN(due)));
	letter.button = msg_text(l, MSG_NOTIFY_DUTY_OPEN);
	letter.link = to->official ? s.desk : s.person.to;
	return notify_send(c, &letter);
}

static enum rc remind_official(struct reminder *r, struct account_id id)
{
	struct account_row who;
	enum rc rc = account_by_id(r->c->db, id, &who);

	if (rc == RC_NOT_FOUND || (rc == RC_OK && !str_eq(who.state, S("active"))))
		return RC_OK;
	TRY(rc);
	return remind(r, &(struct reader){ .mail = who.email, .lang = who.lang, .account = who.id.v, .official = true });
}

static enum rc remind_role(struct reminder *r, enum role role)
{
	struct staff_name_list staff;

	TRY(staff_of_role(r->c->db, r->d.body_id, str_of(role_name(role)), READERS_MAX, &staff));
	for (size_t i = 0; i < staff.n; i++)
		TRY(remind_official(r, staff.v[i].id));
	return RC_OK;
}

static enum rc remind_person(struct reminder *r)
{
	struct subject s;

	TRY(subject_show(r->c, lang_of(LANG_KK), r->d.subject_kind, r->d.subject_id, &s));
	return remind(r, &(struct reader){ .mail = s.person.mail, .lang = s.person.lang, .account = s.person.account });
}

/* Whose work it is by its kind; where a body has nobody for that, its head. */
static enum rc remind_body(struct reminder *r)
{
	struct staff_name_list staff;
	enum role role = duty_kind_role(r->kind);

	TRY(staff_of_role(r->c->db, r->d.body_id, str_of(role_name(role)), 1, &staff));
	return remind_role(r, staff.n ? role : ROLE_HEAD);
}

/* First whose work it is; late ones also the head, and after days the controller. */
static enum rc remind_all(struct reminder *r)
{
	if (!r->d.body_id)
		return remind_person(r);
	if (r->d.account_id)
		TRY(remind_official(r, (struct account_id){ r->d.account_id }));
	else
		TRY(remind_body(r));
	if (r->stage == DUTY_LATE || r->stage == DUTY_ESCALATED)
		TRY(remind_role(r, ROLE_HEAD));
	return r->stage == DUTY_ESCALATED ? remind_role(r, ROLE_CONTROLLER) : RC_OK;
}

static enum rc tell_duty(struct ctx *c, struct str payload)
{
	struct str rest = payload, first = S("");
	struct reminder r = { .c = c };
	int64_t id;

	if (!str_cut(&rest, ' ', &first) || !str_to_i64(first, &id) || !duty_stage_by_name(rest, &r.stage))
		return fail_log(c, RC_INVALID, S("not a duty and a stage"));
	TRY(duty_by_id(c->db, (struct duty_id){ id }, &r.d));
	if (when_set(r.d.closed_at) || !duty_kind_by_name(r.d.kind, &r.kind))
		return RC_OK; /* done meanwhile */
	return remind_all(&r);
}

static const struct job_kind jobs[] = {
	{ .name = "notify.duty", .run = tell_duty, .attempts_max = 10 },
};
const struct module remind_module = { .name = "remind", .jobs = jobs, .n_jobs = ARRAY_LEN(jobs) };
