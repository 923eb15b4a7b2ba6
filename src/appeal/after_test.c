/* After the answer: rated, reopened, withdrawn, joined, published, told. */
#include "appeal/case_test.h"

#include "appeal/appeal_view.h"
#include "appeal/appeal_words.h"
#include "gen/check_sql.h"
#include "gen/messages.h"

/* --- afterwards -------------------------------------------------------------------------------------------------------------------- */

static enum rc rating(struct ctx *c, const struct world *w)
{
	struct answer_text t = case_good_answer();
	struct appeal_case k, x;
	struct event_row e;
	int64_t n;

	WANT_OK(case_answered(c, w, &k));
	WANT(k.state == APPEAL_ANSWERED && when_set(k.a.followup_at));
	WANT_OK(appeal_rate(c, &k, RATING_NOT_CLEAR, S("Қай күні?")));
	WANT(k.state == APPEAL_UNCLEAR);
	WANT_INT(when_day(k.a.due_at).v, when_day(world_day(w, 3, 0)).v);
	WANT_OK(case_duties(c, &k, "clarify", &n));
	WANT_INT(n, 1);
	WANT_OK(case_as(c, &w->staff[0][POST_EXECUTOR], &k, &x));
	WANT(x.mine && str_eq(x.mine->state, S("working")));
	WANT_OK(case_signed(c, w, 0, &k, &t));
	WANT_OK(case_as(c, &w->citizen, &k, &k));
	WANT(k.state == APPEAL_ANSWERED && !k.a.rating.n);
	WANT_OK(case_events(c, &k, "clarified", &e, &n));
	WANT_INT(n, 1);
	struct answer_row_list all;

	WANT_OK(answer_list(c->db, k.a.id, &all));
	WANT(all.n == 2 && str_eq(all.v[0].state, S("not_clear")) && all.v[1].version == 2);
	WANT_OK(appeal_rate(c, &k, RATING_CLEAR, S("")));
	WANT(k.state == APPEAL_CLOSED && when_set(k.a.closed_at));
	WANT_OK(appeal_rate(c, &k, RATING_CLEAR, S(""))); /* pressed twice */
	WANT_OK(case_events(c, &k, "rated", &e, &n));
	WANT_INT(n, 2);
	WANT_OK(appeal_rate(c, &k, RATING_NOT_SOLVED, S("")));
	WANT(k.state == APPEAL_ANSWERED);
	return RC_OK;
}
TEST(not_clear_returns_to_the_writer_with_a_term_and_clear_closes) { world_run(rating); }

/* How often the cut by writer has this. */
static enum rc said(struct ctx *c, const struct world *w, const char *what, int64_t *ret)
{
	struct cut_row_list l;

	*ret = 0;
	TRY(cut_list(c->db, w->body[0], 0, 1000, &l));
	for (size_t i = 0; i < l.n; i++)
		if (str_eq(l.v[i].cut, S("writer")) && str_eq(l.v[i].said, str_of(what)))
			*ret += l.v[i].n;
	return RC_OK;
}

static enum rc changing_ones_mind(struct ctx *c, const struct world *w)
{
	struct appeal_case k;
	int64_t n;

	WANT_OK(case_answered(c, w, &k));
	WANT_OK(appeal_rate(c, &k, RATING_CLEAR, S("")));
	WANT_OK(said(c, w, "clear", &n));
	WANT_INT(n, 1);
	c->now = when_add(c->now, 10 * WHEN_DAY);
	WANT_OK(appeal_rate(c, &k, RATING_NOT_SOLVED, S("")));
	WANT_OK(said(c, w, "not_solved", &n));
	WANT_INT(n, 1);
	WANT_OK(said(c, w, "clear", &n));
	WANT_INT(n, 0);
	return RC_OK;
}
TEST(who_says_something_else_later_is_counted_once) { world_run(changing_ones_mind); }

static enum rc reopening(struct ctx *c, const struct world *w)
{
	struct appeal_case k, x;

	WANT_OK(case_answered(c, w, &k));
	c->now = world_day(w, 7, 12);
	WANT_OK(appeal_reopen(c, &k, S("Жасалмады")));
	WANT(k.state == APPEAL_REGISTERED);
	WANT_INT(k.a.reopened_n, 1);
	WANT_INT(when_day(k.a.due_at).v, when_day(when_from_civil(2026, 3, 2, 0, 0, 0)).v);
	WANT_OK(case_as(c, &w->staff[0][POST_EXECUTOR], &k, &x));
	WANT_OK(appeal_take(c, &x));
	WANT_OK(case_answered(c, w, &k));
	c->now = when_from_civil(2026, 7, 1, 12, 0, 0);
	WANT_REFUSED(c, appeal_reopen(c, &k, S("Кеш")), RC_CONFLICT, MSG_APPEAL_FAULT_TOO_LATE);
	WANT_REFUSED(c, appeal_contest(c, &k, S("Кеш"), &x), RC_CONFLICT, MSG_APPEAL_FAULT_TOO_LATE);
	return RC_OK;
}
TEST(reopening_starts_a_new_clock_and_ends_after_three_months) { world_run(reopening); }

static enum rc following_up(struct ctx *c, const struct world *w)
{
	struct appeal_case k;
	struct event_row e;
	int64_t n;

	WANT_OK(case_answered(c, w, &k));
	c->now = world_day(w, 27, 12);
	WANT_OK(appeal_ask_followup(c, 100, &n));
	WANT_OK(case_events(c, &k, "followup", &e, &n));
	WANT_INT(n, 0);
	c->now = world_day(w, 30, 12);
	WANT_OK(appeal_ask_followup(c, 100, &n));
	WANT_OK(appeal_ask_followup(c, 100, &n));
	WANT_OK(case_events(c, &k, "followup", &e, &n));
	WANT_INT(n, 1);
	WANT_OK(case_as(c, &w->citizen, &k, &k));
	WANT(k.state == APPEAL_CLOSED && appeal_may(&k, EV_RATED_NOT_SOLVED));
	return RC_OK;
}
TEST(after_four_weeks_it_is_asked_once_whether_it_is_really_done) { world_run(following_up); }

static enum rc withdrawing(struct ctx *c, const struct world *w)
{
	struct appeal_case k, x;
	struct duty_row_list d;

	WANT_OK(case_in_work(c, w, &k));
	WANT_REFUSED(c, appeal_withdraw(c, &k, S("")), RC_FORBIDDEN, MSG_APPEAL_NOT_YOURS);
	WANT_OK(case_as(c, &w->citizen, &k, &x));
	WANT_OK(appeal_withdraw(c, &x, S("Өзім жөндедім")));
	WANT(x.state == APPEAL_WITHDRAWN);
	WANT_OK(duty_open_of(c->db, k.a.id.v, &d));
	WANT_INT(d.n, 0);
	WANT_REFUSED(c, appeal_comment(c, &x, S("тағы")), RC_CONFLICT, MSG_APPEAL_NOT_NOW);
	return RC_OK;
}
TEST(a_withdrawn_appeal_owes_nothing_to_anybody) { world_run(withdrawing); }

static enum rc joining(struct ctx *c, const struct world *w)
{
	struct appeal_filing f = case_filing(w);
	struct appeal_case first, m, k, to;
	struct appeal_similar near[3];
	size_t n;

	WANT_OK(appeal_file(c, &w->citizen, &f, &first));
	f.account = w->stranger.account;
	WANT_OK(appeal_similar(c, f.text, f.topic, w->region, 3, near, &n));
	WANT_INT(n, 0); /* not cleared: nobody is told of it */
	WANT_OK(case_as(c, &w->staff[0][POST_MODERATOR], &first, &m));
	WANT_OK(appeal_publish(c, &m, S("Шұңқыр"), S("Абай көшесінде шұңқыр бар")));
	WANT_OK(appeal_similar(c, f.text, f.topic, w->region, 3, near, &n));
	WANT(n >= 1 && near[0].row.id.v == first.a.id.v && near[0].score >= 90);
	WANT_OK(appeal_file(c, &w->stranger, &f, &k));
	WANT_OK(case_as(c, &w->stranger, &first, &to));
	WANT(to.view == VIEW_PUBLIC);
	WANT_REFUSED(c, appeal_join(c, &k, &k), RC_INVALID, MSG_APPEAL_FAULT_JOIN);
	WANT_OK(appeal_join(c, &k, &to));
	WANT(k.state == APPEAL_JOINED && k.a.joined_to == first.a.id.v);
	struct appeal_line_list list;

	WANT_OK(appeal_joined_list(c->db, first.a.id.v, (struct appeal_id){ 0 }, 10, &list));
	WANT_INT(list.n, 1);
	WANT_OK(case_as(c, &w->citizen, &first, &to));
	WANT_INT(to.a.joined_n, 1);
	return RC_OK;
}
TEST(a_similar_appeal_is_joined_instead_of_copied_and_only_if_it_is_public) { world_run(joining); }

static enum rc publishing(struct ctx *c, const struct world *w)
{
	struct appeal_filing f = case_filing(w);
	struct appeal_case k, m, x;
	struct appeal_public_row row;

	f.agreed_public = false;
	WANT_OK(appeal_file(c, &w->citizen, &f, &k));
	WANT_OK(case_as(c, &w->staff[0][POST_MODERATOR], &k, &m));
	WANT_REFUSED(c, appeal_publish(c, &m, S("a"), S("b")), RC_CONFLICT, MSG_APPEAL_FAULT_NOT_AGREED);
	f.agreed_public = true;
	WANT_OK(appeal_file(c, &w->citizen, &f, &k));
	WANT_RC(appeal_public_by_number(c->db, k.a.number, &row), RC_NOT_FOUND);
	WANT_OK(case_as(c, &w->staff[0][POST_HEAD], &k, &x));
	WANT_REFUSED(c, appeal_publish(c, &x, S("a"), S("b")), RC_FORBIDDEN, MSG_APPEAL_NOT_YOURS);
	WANT_OK(case_as(c, &w->staff[0][POST_MODERATOR], &k, &m));
	WANT_OK(appeal_publish(c, &m, S("Шұңқыр"), S("[аты] көшесінде")));
	WANT_OK(appeal_public_by_number(c->db, k.a.number, &row));
	WANT_STR(row.public_text, S("[аты] көшесінде"));
	WANT_OK(case_as(c, &w->guest, &k, &x));
	WANT(x.view == VIEW_PUBLIC && x.may == 0);
	WANT_OK(appeal_keep_private(c, &m, S("жеке дерек")));
	WANT_RC(appeal_public_by_number(c->db, k.a.number, &row), RC_NOT_FOUND);
	return RC_OK;
}
TEST(the_public_sees_only_what_the_person_agreed_to_and_a_moderator_cleared) { world_run(publishing); }

static enum rc telling(struct ctx *c, const struct world *w)
{
	struct appeal_case k;
	struct event_row_list e;

	WANT_OK(case_answered(c, w, &k));
	WANT_OK(event_list(c->db, k.a.id, &e));
	WANT(e.n >= 5);
	for (size_t i = 0; i < e.n; i++)
		for (unsigned l = 0; l < LANG_N; l++) {
			struct str text = appeal_trail_words(c->arena, lang_of((enum lang_id)l), w->app->pack, &e.v[i], true).sentence;

			WANT(text.n > 0 && str_find_byte(text, '{', 0) == SIZE_MAX);
		}
	return RC_OK;
}
/* Officials and people write into the trail; strangers must not read a phone number or an identifier there. */
static enum rc masking(struct ctx *c, const struct world *w)
{
	struct event_row e = { .kind = S("withdrawn"), .reason = S("Маған 8 701 123 45 67 нөміріне хабарласыңыз, ЖСН 900101400007.") };
	struct trail_words own = appeal_trail_words(c->arena, lang_of(LANG_KK), w->app->pack, &e, false);
	struct trail_words stranger = appeal_trail_words(c->arena, lang_of(LANG_KK), w->app->pack, &e, true);

	WANT_STR(own.why, e.reason);
	WANT(stranger.why.n && str_find(stranger.why, S("701"), 0) == SIZE_MAX && str_find(stranger.why, S("900101"), 0) == SIZE_MAX);
	e.kind = S("stopped");
	e.detail = S("no_essence");
	own = appeal_trail_words(c->arena, lang_of(LANG_KK), w->app->pack, &e, false);
	WANT(!own.why.n && str_find(own.sentence, S("900101400007"), 0) != SIZE_MAX && str_find(own.sentence, S(".."), 0) == SIZE_MAX);
	return RC_OK;
}
TEST(strangers_read_the_trail_without_personal_data) { world_run(masking); }

TEST(every_row_of_the_trail_is_a_sentence_in_three_languages) { world_run(telling); }

/* --- the time left ---------------------------------------------------------------------------------------------------------------- */

static enum rc time_left(struct ctx *c, const struct world *w)
{
	static const struct { int day, hour, used; } cases[] = { { 4, 20, 0 }, { 5, 12, 0 }, { 6, 12, 0 }, { 7, 12, 0 }, { 8, 12, 1 }, { 9, 12, 2 } };
	struct appeal_filing f = case_filing(w);
	struct appeal_case k;

	c->now = world_day(w, 4, 20); /* Friday evening: registered on Monday */
	WANT_OK(appeal_file(c, &w->citizen, &f, &k));
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct deadline d = appeal_deadline(w->app->pack, &k.a, world_day(w, cases[i].day, cases[i].hour));

		WANT_INT(d.total, 15);
		WANT_INT(d.left, 15 - cases[i].used);
	}
	return RC_OK;
}
TEST(never_more_days_are_left_than_there_are_in_all) { world_run(time_left); }

/* --- what was promised ------------------------------------------------------------------------------------------------------------- */

static struct answer_text promising(const struct world *w)
{
	struct answer_text t = case_good_answer();

	t.n_steps = 2;
	t.steps[0].text = S("Шұңқырды жөндеу");
	t.steps[0].due = when_day(world_day(w, 10, 0));
	t.steps[1].text = S("Шам қою");
	t.steps[1].due = when_day(world_day(w, 20, 0));
	return t;
}

/* Answered with two steps; ret as the executor has it, the steps as they stand. */
static enum rc promised(struct ctx *c, const struct world *w, struct appeal_case *ret, struct answer_step_row_list *ret_steps)
{
	struct answer_text t = promising(w);
	struct answer_row_list all;

	TRY(case_in_work(c, w, ret));
	TRY(case_signed(c, w, 0, ret, &t));
	TRY(case_as(c, &w->staff[0][POST_EXECUTOR], ret, ret));
	TRY(answer_list(c->db, ret->a.id, &all));
	return answer_step_list(c->db, all.v[all.n - 1].id, ret_steps);
}

static enum step_state state_now(struct ctx *c, struct answer_step_id id)
{
	struct answer_step_row s;

	return answer_step_by_id(c->db, id, &s) == RC_OK ? step_state(&s, when_day(c->now)) : STEP_STATE_N;
}

static enum rc keeping(struct ctx *c, const struct world *w)
{
	struct appeal_case k, p;
	struct answer_step_row_list s;
	struct duty_row_list d;
	struct event_row e;
	int64_t n;

	WANT_OK(promised(c, w, &k, &s));
	WANT_OK(duty_of_subject(c->db, s.v[0].id.v, &d));
	WANT(d.n == 1 && str_eq(d.v[0].kind, S("step")) && !when_set(d.v[0].closed_at) && d.v[0].body_id == w->body[0]);
	WANT_INT(when_day(d.v[0].due_at).v, s.v[0].due_on.v);
	WANT_INT(state_now(c, s.v[0].id), STEP_WAITS);
	WANT_OK(case_as(c, &w->citizen, &k, &p));
	WANT_REFUSED(c, step_done(c, &p, s.v[0].id, when_day(c->now), S("Дайын")), RC_FORBIDDEN, MSG_APPEAL_NOT_YOURS);
	WANT_REFUSED(c, step_done(c, &k, s.v[0].id, when_day(world_day(w, 5, 0)), S("Дайын")), RC_INVALID, MSG_STEP_FAULT_DONE_ON);
	c->now = world_day(w, 11, 10);
	WANT_INT(state_now(c, s.v[0].id), STEP_LATE);
	WANT_REFUSED(c, step_done(c, &k, s.v[0].id, when_day(world_day(w, 9, 0)), S(" ")), RC_INVALID, MSG_STEP_FAULT_WORDS);
	WANT_OK(step_done(c, &k, s.v[0].id, when_day(world_day(w, 9, 0)), S("Асфальт төселді")));
	WANT_INT(state_now(c, s.v[0].id), STEP_KEPT);
	WANT_REFUSED(c, step_done(c, &k, s.v[0].id, when_day(world_day(w, 9, 0)), S("Тағы")), RC_CONFLICT, MSG_APPEAL_NOT_NOW);
	WANT_REFUSED(c, step_move(c, &k, s.v[0].id, when_day(world_day(w, 30, 0)), S("Тағы")), RC_CONFLICT, MSG_APPEAL_NOT_NOW);
	WANT_OK(duty_of_subject(c->db, s.v[0].id.v, &d));
	WANT(d.n == 1 && str_eq(d.v[0].outcome, S("done")));
	WANT_OK(case_events(c, &k, "step_done", &e, &n));
	WANT(n == 1 && e.public && !e.late && str_eq(e.detail, S("Шұңқырды жөндеу")) && str_eq(e.reason, S("Асфальт төселді")));
	c->now = world_day(w, 25, 10);
	WANT_OK(step_done(c, &k, s.v[1].id, when_day(world_day(w, 24, 0)), S("Шам қойылды")));
	WANT_INT(state_now(c, s.v[1].id), STEP_KEPT_LATE);
	WANT_OK(case_events(c, &k, "step_done", &e, &n));
	WANT(n == 2 && e.late);
	WANT_OK(case_as(c, &w->citizen, &k, &p));
	WANT(p.state == APPEAL_ANSWERED && when_set(p.a.followup_at)); /* it is still asked after four weeks */
	return RC_OK;
}
TEST(a_promised_step_is_a_duty_from_the_signature_until_it_is_done) { world_run(keeping); }

static enum rc moving(struct ctx *c, const struct world *w)
{
	struct appeal_case k;
	struct answer_step_row_list s;
	struct duty_row_list d;
	struct event_row e;
	int64_t n;

	WANT_OK(promised(c, w, &k, &s));
	struct answer_step_id id = s.v[0].id;

	WANT_REFUSED(c, step_move(c, &k, id, s.v[0].due_on, S("Жаңбыр")), RC_INVALID, MSG_STEP_FAULT_MOVE_TO);
	WANT_OK(step_move(c, &k, id, when_day(world_day(w, 15, 0)), S("Жаңбыр жауды")));
	WANT_INT(state_now(c, id), STEP_MOVED);
	WANT_OK(duty_of_subject(c->db, id.v, &d));
	WANT(d.n == 1 && when_day(d.v[0].due_at).v == when_day(world_day(w, 15, 0)).v);
	c->now = world_day(w, 17, 10); /* missed: that stays in the count, the new day is a new duty */
	WANT_OK(step_move(c, &k, id, when_day(world_day(w, 20, 0)), S("Техника сынды")));
	WANT_OK(duty_of_subject(c->db, id.v, &d));
	WANT(d.n == 2 && d.v[0].late && when_set(d.v[0].closed_at) && !when_set(d.v[1].closed_at));
	WANT_OK(case_events(c, &k, "step_moved", &e, &n));
	WANT(n == 2 && e.public && e.late && when_day(e.due_at).v == when_day(world_day(w, 20, 0)).v);
	WANT_REFUSED(c, step_move(c, &k, id, when_day(world_day(w, 30, 0)), S("Тағы")), RC_CONFLICT, MSG_STEP_FAULT_MOVES);
	WANT_OK(step_done(c, &k, id, when_day(c->now), S("Жөнделді")));
	WANT_INT(state_now(c, id), STEP_KEPT_LATE); /* of the day that was signed */
	return RC_OK;
}
TEST(a_step_is_moved_in_the_open_as_often_as_the_standard_allows) { world_run(moving); }

static enum rc replacing(struct ctx *c, const struct world *w)
{
	struct answer_text t = promising(w);
	struct appeal_case k, p, other;
	struct answer_step_row_list s;
	struct duty_row_list d;
	int64_t n;

	WANT_OK(promised(c, w, &k, &s));
	WANT_OK(case_as(c, &w->citizen, &k, &p));
	WANT_OK(appeal_rate(c, &p, RATING_NOT_CLEAR, S("Қай күні?")));
	WANT_OK(case_signed(c, w, 0, &k, &t));
	WANT_INT(state_now(c, s.v[0].id), STEP_REPLACED);
	WANT_OK(duty_of_subject(c->db, s.v[0].id.v, &d));
	WANT(d.n == 1 && str_eq(d.v[0].outcome, S("cancelled")));
	WANT_OK(case_as(c, &w->staff[0][POST_EXECUTOR], &k, &k));
	WANT_REFUSED(c, step_done(c, &k, s.v[0].id, when_day(c->now), S("Дайын")), RC_CONFLICT, MSG_APPEAL_NOT_NOW);
	WANT_OK(duty_open_of(c->db, k.a.id.v, &d));
	WANT_INT(d.n, 0); /* the appeal itself owes nothing any more */
	WANT_OK(case_in_work(c, w, &other));
	WANT_RC(step_done(c, &other, s.v[0].id, when_day(c->now), S("Дайын")), RC_NOT_FOUND); /* a step of another appeal */
	WANT_OK(case_duties(c, &other, "step", &n));
	WANT_INT(n, 0);
	return RC_OK;
}
TEST(a_newer_answer_takes_the_place_of_what_the_earlier_one_promised) { world_run(replacing); }

TESTS("appeal afterwards", T(never_more_days_are_left_than_there_are_in_all),
      T(a_promised_step_is_a_duty_from_the_signature_until_it_is_done),
      T(a_step_is_moved_in_the_open_as_often_as_the_standard_allows), T(a_newer_answer_takes_the_place_of_what_the_earlier_one_promised),
      T(not_clear_returns_to_the_writer_with_a_term_and_clear_closes), T(who_says_something_else_later_is_counted_once),
      T(reopening_starts_a_new_clock_and_ends_after_three_months),
      T(after_four_weeks_it_is_asked_once_whether_it_is_really_done), T(a_withdrawn_appeal_owes_nothing_to_anybody),
      T(a_similar_appeal_is_joined_instead_of_copied_and_only_if_it_is_public),
      T(the_public_sees_only_what_the_person_agreed_to_and_a_moderator_cleared),
      T(every_row_of_the_trail_is_a_sentence_in_three_languages), T(strangers_read_the_trail_without_personal_data))
