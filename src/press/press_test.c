#include "press/press.h"

#include "app/world_test.h"
#include "appeal/answer.h"
#include "appeal/appeal_do.h"
#include "gen/app_sql.h"
#include "gen/messages.h"
#include "gen/notify_sql.h"
#include "search/search.h"
#include "standard/duty.h"
#include "standard/pack.h"

static enum rc accredit(struct ctx *c, const struct world *w, const struct actor *who)
{
	struct accreditation_words words = { .name = S("Айгүл"), .medium = S("Дала үні"), .post = S("тілші") };
	struct accreditation_id id;

	TRY(press_apply(c, who, w->body[0], &words, &id));
	return press_decide(c, &w->staff[0][POST_PRESS], id, ACCREDIT_GRANT, S(""));
}

static enum rc ask(struct ctx *c, const struct world *w, struct press_question_id *ret, struct str *ret_number)
{
	struct press_asking q = { .body = w->body[0], .place = w->place, .topic = S("roads"), .lang = S("ru"), .title = S("Когда откроют мост"), .text = S("Когда откроют мост через Иртыш?") };

	return press_ask(c, &w->citizen, &q, ret, ret_number);
}

/* The press officer does it all: takes in, answers, signs. */
static enum rc answer(struct ctx *c, const struct world *w, struct str number)
{
	struct answer_text t = { .text = S("Мост откроют первого мая, подрядчик назван."), .decision = S("explained"), .lang = S("ru"), .n_steps = 1 };
	struct appeal_registering r = { 0 };
	struct answer_whole a;
	struct appeal_case k;

	t.steps[0].text = S("Открытие моста");
	t.steps[0].due = when_day(world_day(w, 80, 0));
	TRY(appeal_open(c, &w->staff[0][POST_PRESS], number, S(""), true, &k));
	TRY(appeal_register(c, &k, &r));
	TRY(appeal_take(c, &k));
	TRY(answer_draft_save(c, &k, &t, &a));
	TRY(answer_submit(c, &k, &a));
	TRY(answer_approve(c, &k, &a, S("")));
	return answer_sign(c, &k, &a);
}

static enum rc state_of(struct ctx *c, struct press_question_id id, struct str *ret)
{
	struct press_question_row q;

	TRY(press_question_by_id(c->db, id, &q));
	*ret = q.state;
	return RC_OK;
}

static struct press_words words_until(struct when release)
{
	return (struct press_words){ .title = S("Когда откроют мост"), .question = S("Когда откроют мост через Иртыш?"), .answer = S("Первого мая."), .release = release };
}

static enum rc accreditation(struct ctx *c, const struct world *w)
{
	const struct actor *officer = &w->staff[0][POST_PRESS], *other = &w->staff[1][POST_PRESS];
	struct accreditation_words words = { .name = S("Айгүл"), .medium = S("Дала үні") };
	struct accreditation_id id, again;
	struct press_question_id q;
	struct duty_row_list duties;
	struct str number;

	WANT_REFUSED(c, press_apply(c, &w->guest, w->body[0], &words, &id), RC_FORBIDDEN, MSG_PRESS_FAULT_SIGN_IN);
	WANT_REFUSED(c, ask(c, w, &q, &number), RC_FORBIDDEN, MSG_PRESS_FAULT_NOT_ACCREDITED);
	WANT_OK(press_apply(c, &w->citizen, w->body[0], &words, &id));
	WANT_REFUSED(c, press_apply(c, &w->citizen, w->body[0], &words, &again), RC_CONFLICT, MSG_PRESS_FAULT_APPLIED);
	WANT_OK(duty_of_subject(c->db, id.v, &duties));
	WANT_INT(duties.n, 1);
	WANT_STR(duties.v[0].kind, S("accredit"));
	WANT_REFUSED(c, press_decide(c, other, id, ACCREDIT_GRANT, S("")), RC_FORBIDDEN, MSG_PRESS_FAULT_ROLE);
	WANT_REFUSED(c, press_decide(c, officer, id, ACCREDIT_REFUSE, S(" ")), RC_INVALID, MSG_PRESS_FAULT_REASON);
	WANT_OK(press_decide(c, officer, id, ACCREDIT_GRANT, S("")));
	WANT_REFUSED(c, press_decide(c, officer, id, ACCREDIT_REFUSE, S("Поздно")), RC_CONFLICT, MSG_PRESS_FAULT_STATE);
	WANT_OK(duty_of_subject(c->db, id.v, &duties));
	WANT_STR(duties.v[0].outcome, S("done"));
	WANT_OK(ask(c, w, &q, &number));
	WANT_OK(press_decide(c, officer, id, ACCREDIT_REVOKE, S("Издание закрыто.")));
	WANT_REFUSED(c, ask(c, w, &q, &number), RC_FORBIDDEN, MSG_PRESS_FAULT_NOT_ACCREDITED);
	WANT_OK(press_apply(c, &w->citizen, w->body[0], &words, &again)); /* and once more for another medium */
	return RC_OK;
}
TEST(a_journalist_asks_only_while_accredited_and_the_body_decides_in_time) { world_run(accreditation); }

static enum rc own_track(struct ctx *c, const struct world *w)
{
	struct press_question_id q;
	struct queue_line_list citizens, press;
	struct appeal_case k, moderated;
	struct str number;

	WANT_OK(accredit(c, w, &w->citizen));
	WANT_OK(ask(c, w, &q, &number));
	WANT_OK(assignment_queue(c->db, w->body[0], (struct when){ 0 }, (struct assignment_id){ 0 }, 10, &citizens));
	WANT_OK(assignment_queue_press(c->db, w->body[0], (struct when){ 0 }, (struct assignment_id){ 0 }, 10, &press));
	WANT_INT(citizens.n, 0);
	WANT_INT(press.n, 1);
	WANT_OK(appeal_open(c, &w->citizen, number, S(""), false, &k));
	WANT_STR(k.a.kind, c->app->pack->kind_media->code);
	/* five working days from a Monday */
	WANT_INT(when_day(k.a.due_at).v, when_day(world_day(w, 7, 0)).v);
	WANT_RC(appeal_open(c, &w->staff[1][POST_PRESS], number, S(""), false, &k), RC_NOT_FOUND);
	WANT_RC(appeal_open(c, &w->stranger, number, S(""), false, &k), RC_NOT_FOUND);
	/* the moderator of citizens' appeals shows nothing of it */
	WANT_OK(appeal_open(c, &w->staff[0][POST_MODERATOR], number, S(""), true, &moderated));
	WANT_REFUSED(c, appeal_publish(c, &moderated, S("Мост"), S("Когда?")), RC_CONFLICT, MSG_APPEAL_FAULT_NOT_AGREED);
	return RC_OK;
}
TEST(a_question_of_a_journalist_has_its_own_queue_and_term_and_is_nobody_elses) { world_run(own_track); }

static enum rc told(struct ctx *c, struct str part, size_t *ret)
{
	struct job_row_list due;
	struct mail_line_list l;
	struct mail_row m;
	int64_t changed;

	TRY(job_due(c->db, c->now, c->now, 200, &due));
	for (size_t i = 0; i < due.n; i++)
		for (size_t k = 0; k < press_tick_module.n_jobs; k++)
			if (due.v[i].payload.n && str_eq(due.v[i].kind, str_of(press_tick_module.jobs[k].name))) {
				TRY(press_tick_module.jobs[k].run(c, due.v[i].payload));
				TRY(job_done(c->db, due.v[i].id, c->now, &changed));
			}
	*ret = 0;
	TRY(mail_list(c->db, (struct mail_id){ INT64_MAX }, 50, &l));
	for (size_t i = 0; i < l.n; i++) {
		TRY(mail_by_id(c->db, l.v[i].id, &m));
		*ret += str_find(m.body_text, part, 0) != SIZE_MAX;
	}
	return RC_OK;
}

static enum rc embargo(struct ctx *c, const struct world *w)
{
	const struct actor *officer = &w->staff[0][POST_PRESS];
	struct press_words words = words_until(world_day(w, 3, 12)), longest = words_until(world_day(w, 40, 12));
	struct press_public_row_list shown;
	struct press_question_id q;
	struct duty_row_list duties;
	struct appeal_case k;
	struct str number, state;
	size_t n;

	WANT_OK(accredit(c, w, &w->citizen));
	WANT_OK(ask(c, w, &q, &number));
	WANT_REFUSED(c, press_publish(c, officer, q, &words), RC_CONFLICT, MSG_PRESS_FAULT_STATE); /* not answered yet */
	WANT_OK(answer(c, w, number));
	WANT_OK(press_tick(c, S("")));
	WANT_OK(state_of(c, q, &state));
	WANT_STR(state, S("answered"));
	WANT_OK(duty_of_subject(c->db, q.v, &duties));
	WANT_INT(duties.n, 1);
	WANT_STR(duties.v[0].kind, S("press_publish"));
	WANT_REFUSED(c, press_publish(c, officer, q, &longest), RC_INVALID, MSG_PRESS_FAULT_EMBARGO);
	WANT_REFUSED(c, press_publish(c, &w->staff[0][POST_EXECUTOR], q, &words), RC_FORBIDDEN, MSG_PRESS_FAULT_ROLE);
	WANT_OK(press_publish(c, officer, q, &words));
	WANT_RC(appeal_open(c, &w->guest, number, S(""), false, &k), RC_NOT_FOUND);
	c->now = world_day(w, 3, 11);
	WANT_OK(press_tick(c, S("")));
	WANT_RC(appeal_open(c, &w->guest, number, S(""), false, &k), RC_NOT_FOUND);
	WANT_OK(press_question_public(c->db, (struct when){ INT64_MAX }, (struct press_question_id){ INT64_MAX }, 10, &shown));
	WANT_INT(shown.n, 0);
	WANT_OK(told(c, S("Эмбарго жақында бітеді"), &n));
	WANT_INT(n, 1); /* the journalist */
	WANT_OK(press_tick(c, S("")));
	WANT_OK(told(c, S("Эмбарго жақында бітеді"), &n));
	WANT_INT(n, 1); /* once */
	c->now = world_day(w, 3, 12);
	WANT_OK(press_tick(c, S("")));
	WANT_OK(press_tick(c, S("")));
	WANT_OK(state_of(c, q, &state));
	WANT_STR(state, S("public"));
	WANT_OK(appeal_open(c, &w->guest, number, S(""), false, &k));
	WANT_INT(k.view, VIEW_PUBLIC);
	WANT_STR(k.a.public_title, S("Когда откроют мост"));
	WANT_OK(press_question_public(c->db, (struct when){ INT64_MAX }, (struct press_question_id){ INT64_MAX }, 10, &shown));
	WANT_INT(shown.n, 1);
	WANT_STR(shown.v[0].answer, S("Первого мая."));
	WANT_REFUSED(c, press_withhold(c, officer, q, S("Передумали")), RC_CONFLICT, MSG_PRESS_FAULT_STATE); /* what is out is out */
	return RC_OK;
}
TEST(an_embargoed_answer_is_nowhere_before_its_time_and_everywhere_after) { world_run(embargo); }

static enum rc withheld(struct ctx *c, const struct world *w)
{
	const struct actor *officer = &w->staff[0][POST_PRESS];
	struct press_words later = words_until(world_day(w, 3, 12)), now = words_until((struct when){ 0 });
	struct press_question_id q;
	struct appeal_case k;
	struct str number, state;

	WANT_OK(accredit(c, w, &w->citizen));
	WANT_OK(ask(c, w, &q, &number));
	WANT_OK(answer(c, w, number));
	WANT_OK(press_tick(c, S("")));
	WANT_OK(press_publish(c, officer, q, &later));
	WANT_REFUSED(c, press_withhold(c, officer, q, S("")), RC_INVALID, MSG_PRESS_FAULT_REASON);
	WANT_OK(press_withhold(c, officer, q, S("Имена детей.")));
	c->now = world_day(w, 5, 12);
	WANT_OK(press_tick(c, S("")));
	WANT_OK(state_of(c, q, &state));
	WANT_STR(state, S("withheld"));
	WANT_RC(appeal_open(c, &w->guest, number, S(""), false, &k), RC_NOT_FOUND);
	WANT_OK(press_publish(c, officer, q, &now)); /* thought better of it */
	WANT_OK(appeal_open(c, &w->guest, number, S(""), false, &k));
	return RC_OK;
}
TEST(what_is_withheld_is_not_released_by_the_clock) { world_run(withheld); }

static enum rc briefing(struct ctx *c, const struct world *w)
{
	const struct actor *officer = &w->staff[0][POST_PRESS];
	struct briefing_words words = { .lang = S("kk"), .title = S("Кездесу қорытындысы"), .place = S("Әкімдік, 2-зал"), .starts = world_day(w, 1, 11), .accredited = true };
	struct briefing_row_list everybody, journalists;
	struct duty_row_list duties;
	struct briefing_row b;
	struct briefing_id id;

	WANT_OK(press_briefing_due(c, w->body[0], "meeting", 77, S("kk"), S("Семейдегі кездесу")));
	WANT_OK(press_briefing_due(c, w->body[0], "meeting", 77, S("kk"), S("Семейдегі кездесу")));
	WANT_OK(briefing_of(c->db, S("meeting"), 77, &b));
	WANT_OK(duty_of_subject(c->db, b.id.v, &duties));
	WANT_INT(duties.n, 1);
	WANT_INT(when_day(duties.v[0].due_at).v, when_day(world_day(w, 3, 0)).v);
	words.starts = world_day(w, 0, 9);
	WANT_REFUSED(c, press_briefing_plan(c, officer, b.id, &words, &id), RC_INVALID, MSG_PRESS_FAULT_PAST);
	words.starts = world_day(w, 1, 11);
	WANT_OK(press_briefing_plan(c, officer, b.id, &words, &id));
	WANT_INT(id.v, b.id.v);
	WANT_OK(briefing_ahead(c->db, false, c->now, (struct briefing_id){ 0 }, 10, &everybody));
	WANT_OK(briefing_ahead(c->db, true, c->now, (struct briefing_id){ 0 }, 10, &journalists));
	WANT_INT(everybody.n, 0);
	WANT_INT(journalists.n, 1);
	WANT_REFUSED(c, press_briefing_held(c, officer, id, S("Сұрақтар болды."), S("")), RC_CONFLICT, MSG_PRESS_FAULT_AHEAD);
	WANT_OK(press_briefing_cancel(c, officer, id, S("Спикер ауырып қалды.")));
	WANT_OK(duty_of_subject(c->db, id.v, &duties));
	WANT_INT(duties.v[0].closed_at.us, 0); /* called off, owed all the same */
	words.starts = world_day(w, 2, 11);
	WANT_OK(press_briefing_plan(c, officer, id, &words, &id));
	c->now = world_day(w, 2, 13);
	WANT_OK(press_briefing_held(c, officer, id, S("Сұрақтар болды."), S("")));
	WANT_OK(duty_of_subject(c->db, id.v, &duties));
	WANT_STR(duties.v[0].outcome, S("done"));
	return RC_OK;
}
TEST(a_briefing_is_owed_after_a_meeting_until_it_has_been_held) { world_run(briefing); }

static enum rc found(struct ctx *c, const char *q, size_t *ret)
{
	struct search_found f;
	struct search_ask ask = { .q = str_of(q), .lang = S("ru"), .kind = "press" };

	TRY(search_find(c, &ask, &f));
	*ret = f.n;
	return RC_OK;
}

static enum rc release(struct ctx *c, const struct world *w)
{
	struct release_words words = { .lang = S("ru"), .title = S("Мост откроют в мае"), .text = S("Мост через Иртыш откроют первого мая."), .release = world_day(w, 1, 12) };
	struct press_release_row_list shown;
	struct press_release_id id;
	size_t n;

	WANT_OK(press_write_release(c, &w->staff[0][POST_PRESS], &words, &id));
	WANT_OK(press_release_public(c->db, (struct when){ INT64_MAX }, (struct press_release_id){ INT64_MAX }, 10, &shown));
	WANT_OK(found(c, "мост", &n));
	WANT_INT(n, 0);
	WANT_INT(shown.n, 0);
	c->now = world_day(w, 1, 12);
	WANT_OK(press_tick(c, S("")));
	WANT_OK(press_release_public(c->db, (struct when){ INT64_MAX }, (struct press_release_id){ INT64_MAX }, 10, &shown));
	WANT_OK(found(c, "мост", &n));
	WANT_INT(n, 1);
	WANT_INT(shown.n, 1);
	return RC_OK;
}
TEST(a_release_under_embargo_opens_by_itself) { world_run(release); }

TESTS("press", T(a_journalist_asks_only_while_accredited_and_the_body_decides_in_time), T(a_question_of_a_journalist_has_its_own_queue_and_term_and_is_nobody_elses),
      T(an_embargoed_answer_is_nowhere_before_its_time_and_everywhere_after), T(what_is_withheld_is_not_released_by_the_clock),
      T(a_briefing_is_owed_after_a_meeting_until_it_has_been_held), T(a_release_under_embargo_opens_by_itself))
