/* Reminders of what is owed about something that is no appeal: to whom, in whose language, where the button leads. */
#include "notify/remind.h"

#include "app/world_test.h"
#include "base/random.h"
#include "gen/account_sql.h"
#include "gen/notify_sql.h"
#include "gen/petition_sql.h"
#include "standard/duty.h"

static enum rc petition(struct ctx *c, const struct world *w, struct petition_id *ret)
{
	int64_t changed;

	*ret = (struct petition_id){ id_make() };
	return petition_insert(c->db, *ret, w->body[0], w->region, S("roads"), 100, w->citizen.account, S("Айгүл"), (struct str){ 0 }, S("kk"), S("Көпір салынсын"), S("Көпір керек."), S(""),
			       S(""), S(""), S("link"), c->now, world_day(w, 20, 0), &changed);
}

static enum rc owe(struct ctx *c, const struct world *w, int64_t subject, enum duty_kind kind, int64_t account)
{
	return duty_open(c, &(struct duty_new){ .kind = kind, .subject_kind = "petition", .subject = subject, .body = w->body[0], .account = account,
						.due = when_end_of_day(when_day(world_day(w, 0, 0))) });
}

/* Tells a stage of the only duty about the subject, twice, as a job that was cut off would. */
static enum rc tell(struct ctx *c, int64_t subject, const char *stage, struct mail_line_list *ret)
{
	struct duty_row_list duties;

	TRY(duty_of_subject(c->db, subject, &duties));
	struct str payload = str_fmt(c->arena, "%lld %s", (long long)duties.v[0].id.v, stage);

	TRY(remind_module.jobs[0].run(c, payload));
	TRY(remind_module.jobs[0].run(c, payload));
	return mail_list(c->db, (struct mail_id){ INT64_MAX }, 50, ret);
}

static enum rc to_the_official(struct ctx *c, const struct world *w)
{
	struct account_id official = { w->staff[0][POST_EXECUTOR].account };
	struct petition_id id;
	struct mail_line_list sent;
	struct mail_row mail;
	int64_t changed;

	WANT_OK(account_set(c->db, official, S("Ерлан"), S("ru"), false, false, &changed));
	WANT_OK(petition(c, w, &id));
	WANT_OK(owe(c, w, id.v, DUTY_ANSWER, official.v));
	WANT_OK(tell(c, id.v, "today", &sent));
	WANT_INT(sent.n, 1);
	WANT_STR(sent.v[0].lang, S("ru"));
	WANT(str_find(sent.v[0].subject, S("Көпір салынсын"), 0) != SIZE_MAX);
	WANT_OK(mail_by_id(c->db, sent.v[0].id, &mail));
	WANT(str_find(mail.body_text, str_fmt(c->arena, "/desk/petitions/%lld", (long long)id.v), 0) != SIZE_MAX);
	WANT_OK(duty_close(c, id.v, 0, DUTY_ANSWER, DUTY_DONE));
	WANT_OK(tell(c, id.v, "late", &sent));
	WANT_INT(sent.n, 1); /* done meanwhile: nobody is bothered */
	return RC_OK;
}
TEST(whoever_it_lies_with_is_told_in_their_language_once_and_not_when_it_is_done) { world_run(to_the_official); }

static enum rc higher_up(struct ctx *c, const struct world *w)
{
	struct petition_id id;
	struct mail_line_list sent;

	WANT_OK(petition(c, w, &id));
	WANT_OK(owe(c, w, id.v, DUTY_ANSWER, w->staff[0][POST_EXECUTOR].account));
	WANT_OK(tell(c, id.v, "late", &sent));
	WANT_INT(sent.n, 2); /* the head too */
	WANT_OK(tell(c, id.v, "escalated", &sent));
	WANT_INT(sent.n, 2 + 3); /* and the controller */
	return RC_OK;
}
TEST(late_ones_go_to_the_head_and_after_days_to_the_controller) { world_run(higher_up); }

static enum rc to_the_role(struct ctx *c, const struct world *w)
{
	struct petition_id id;
	struct mail_line_list sent;
	struct account_row who;
	int64_t changed;

	WANT_OK(petition(c, w, &id));
	WANT_OK(owe(c, w, id.v, DUTY_CONTROL, 0));
	WANT_OK(tell(c, id.v, "soon", &sent));
	WANT_INT(sent.n, 1);
	WANT_OK(account_by_id(c->db, (struct account_id){ w->staff[0][POST_CONTROLLER].account }, &who));
	WANT_STR(sent.v[0].address, who.email);
	WANT_OK(account_set_state(c->db, who.id, S("blocked"), &changed));
	WANT_OK(tell(c, id.v, "today", &sent));
	WANT_INT(sent.n, 2);
	WANT_OK(account_by_id(c->db, (struct account_id){ w->staff[0][POST_HEAD].account }, &who));
	WANT_STR(sent.v[0].address, who.email);
	return RC_OK;
}
TEST(without_a_name_it_falls_to_a_role_and_without_anybody_there_to_the_head) { world_run(to_the_role); }

TESTS("remind", T(whoever_it_lies_with_is_told_in_their_language_once_and_not_when_it_is_done), T(late_ones_go_to_the_head_and_after_days_to_the_controller),
      T(without_a_name_it_falls_to_a_role_and_without_anybody_there_to_the_head))
