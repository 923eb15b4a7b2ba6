/* Who is told what: the jobs that operations leave behind become letters, each once, in the reader's language. */
#include "appeal/letters.h"

#include "app/world_test.h"
#include "appeal/answer.h"
#include "appeal/appeal_do.h"
#include "base/random.h"
#include "gen/account_sql.h"
#include "gen/app_sql.h"
#include "gen/notify_sql.h"
#include "notify/remind.h"
#include "standard/duty.h"

static enum rc file_one(struct ctx *c, const struct world *w, bool with_account, struct appeal_case *ret)
{
	struct appeal_filing f = {
		.kind = S("application"), .origin = S("web"), .lang = S("ru"), .title = S("Яма на улице Абая"), .text = S("На улице Абая большая яма."),
		.topic = S("roads"), .place = w->place, .body = w->body[0], .name = S("Айгүл"), .email = S("aigul@example.kz"),
		.account = with_account ? w->citizen.account : 0,
	};

	return appeal_file(c, with_account ? &w->citizen : &w->guest, &f, ret);
}

/* Runs every waiting job that makes letters; *ret says how many. */
static enum rc run_jobs(struct ctx *c, size_t *ret)
{
	const struct job_kind *makers[] = { &letters_module.jobs[0], &letters_module.jobs[1], &remind_module.jobs[0] };
	struct job_row_list due;
	int64_t changed;

	*ret = 0;
	TRY(job_due(c->db, c->now, c->now, 200, &due));
	for (size_t i = 0; i < due.n; i++)
		for (size_t k = 0; k < ARRAY_LEN(makers); k++)
			if (str_eq(due.v[i].kind, str_of(makers[k]->name))) {
				TRY(makers[k]->run(c, due.v[i].payload));
				TRY(job_done(c->db, due.v[i].id, c->now, &changed));
				++*ret;
			}
	return RC_OK;
}

static enum rc letters(struct ctx *c, struct mail_line_list *ret)
{
	return mail_list(c->db, (struct mail_id){ INT64_MAX }, 50, ret);
}

static enum rc receipt(struct ctx *c, const struct world *w)
{
	struct appeal_case k;
	struct mail_line_list sent;
	struct mail_row mail;
	size_t n;

	WANT_OK(file_one(c, w, false, &k));
	WANT_OK(run_jobs(c, &n));
	WANT_INT(n, 1);
	WANT_OK(letters(c, &sent));
	WANT_INT(sent.n, 1);
	WANT_STR(sent.v[0].address, S("aigul@example.kz"));
	WANT_STR(sent.v[0].lang, S("ru")); /* the language of the appeal */
	WANT(str_find(sent.v[0].subject, k.a.number, 0) != SIZE_MAX);
	WANT_OK(mail_by_id(c->db, sent.v[0].id, &mail));
	struct str secret = appeal_secret(c, c->arena, k.a.id);

	WANT(str_find(mail.body_text, secret, 0) != SIZE_MAX);
	WANT(str_find(mail.body_text, str_fmt(c->arena, "/receipt/%.*s/%.*s", STR_FMT(k.a.number), STR_FMT(secret)), 0) != SIZE_MAX);
	return RC_OK;
}
TEST(the_receipt_comes_by_mail_with_number_and_secret) { world_run(receipt); }

static enum rc twice(struct ctx *c, const struct world *w)
{
	struct appeal_case k;
	struct event_row_list e;
	struct mail_line_list sent;

	WANT_OK(file_one(c, w, true, &k));
	WANT_OK(event_list(c->db, k.a.id, &e));
	struct str payload = str_i64(c->arena, e.v[0].id.v);

	WANT_OK(letters_module.jobs[0].run(c, payload));
	WANT_OK(letters_module.jobs[0].run(c, payload));
	WANT_OK(letters(c, &sent));
	WANT_INT(sent.n, 1);
	WANT_STR(sent.v[0].lang, S("kk")); /* the account's own language */
	WANT_RC(letters_module.jobs[0].run(c, S("nonsense")), RC_INVALID);
	return RC_OK;
}
TEST(a_job_that_runs_twice_sends_one_letter) { world_run(twice); }

static enum rc nobody(struct ctx *c, const struct world *w)
{
	struct appeal_filing f = { .kind = S("message"), .origin = S("web"), .lang = S("ru"), .text = S("Готовят преступление."), .topic = S("roads"),
				   .place = w->place, .body = w->body[0], .anonymous = true, .danger = true, .email = S("me@example.kz") };
	struct appeal_case k;
	struct account_row registrar;
	struct mail_line_list sent;
	size_t n;
	int64_t changed;

	WANT_OK(account_by_id(c->db, (struct account_id){ w->staff[0][POST_REGISTRAR].account }, &registrar));
	WANT_OK(account_set(c->db, registrar.id, registrar.name, S("ru"), true, false, &changed)); /* danger comes also with letters switched off */
	WANT_OK(appeal_file(c, &w->guest, &f, &k));
	WANT_OK(run_jobs(c, &n));
	WANT_OK(letters(c, &sent));
	WANT_INT(sent.n, 1);
	WANT_STR(sent.v[0].address, registrar.email);
	WANT(str_starts(sent.v[0].subject, S("Опасность!")));
	return RC_OK;
}
TEST(an_anonymous_appeal_keeps_no_address_to_write_to_and_its_danger_goes_to_the_registrar) { world_run(nobody); }

static enum rc reminding(struct ctx *c, const struct world *w)
{
	struct appeal_case k, x;
	struct appeal_registering r = { 0 };
	struct mail_line_list sent;
	size_t n;
	const struct job_kind *remind = &duty_module.jobs[0];

	WANT_OK(file_one(c, w, false, &k));
	WANT_OK(appeal_open_id(c, &w->staff[0][POST_REGISTRAR], k.a.id, true, &x));
	WANT_OK(appeal_register(c, &x, &r));
	WANT_OK(appeal_open_id(c, &w->staff[0][POST_EXECUTOR], k.a.id, true, &x));
	WANT_OK(appeal_take(c, &x));
	WANT_OK(run_jobs(c, &n));
	WANT_OK(letters(c, &sent));
	size_t before = sent.n;

	c->now = world_day(w, 19, 10); /* Saturday 21 February: due on Monday */
	WANT_OK(remind->run(c, S("")));
	WANT_OK(run_jobs(c, &n));
	WANT_INT(n, 0); /* not on a day off */
	c->now = world_day(w, 21, 8);
	WANT_OK(remind->run(c, S("")));
	WANT_OK(run_jobs(c, &n));
	WANT_INT(n, 0); /* nor before the office opens */
	c->now = world_day(w, 21, 10);
	WANT_OK(remind->run(c, S("")));
	WANT_OK(remind->run(c, S("")));
	WANT_OK(run_jobs(c, &n));
	WANT_INT(n, 1);
	WANT_OK(letters(c, &sent));
	WANT_INT(sent.n, before + 1);
	WANT(str_find(sent.v[0].address, S("aigul"), 0) == SIZE_MAX);
	c->now = world_day(w, 22, 10); /* late: the executor and the head */
	WANT_OK(remind->run(c, S("")));
	WANT_OK(run_jobs(c, &n));
	WANT_OK(letters(c, &sent));
	WANT_INT(sent.n, before + 3);
	return RC_OK;
}
TEST(reminders_go_out_in_office_hours_and_late_ones_to_the_head_too) { world_run(reminding); }

/* Answered by one official who holds every role, as in a village. */
static enum rc answer_it(struct ctx *c, const struct world *w, const struct appeal_case *k)
{
	struct actor all = w->staff[0][POST_EXECUTOR];
	struct appeal_registering r = { 0 };
	struct answer_text t = { .text = S("Яму засыпают на этой неделе, дорогу проверит комиссия."), .decision = S("granted"), .lang = S("ru"), .n_steps = 1 };
	struct appeal_case x;
	struct answer_whole a;

	all.roles = DESK;
	t.steps[0].text = S("Приёмка работ");
	t.steps[0].due = when_day(world_day(w, 10, 0));
	TRY(appeal_open_id(c, &all, k->a.id, true, &x));
	TRY(appeal_register(c, &x, &r));
	TRY(appeal_take(c, &x));
	TRY(answer_draft_save(c, &x, &t, &a));
	TRY(answer_submit(c, &x, &a));
	TRY(answer_approve(c, &x, &a, S("")));
	return answer_sign(c, &x, &a);
}

static enum rc answer_letter(struct ctx *c, const struct world *w)
{
	struct appeal_case k, other, m;
	struct mail_line_list sent;
	struct mail_row mail;
	size_t n, answers = 0;

	WANT_OK(file_one(c, w, false, &k));
	WANT_OK(appeal_file(c, &w->guest,
			    &(struct appeal_filing){ .kind = S("application"), .origin = S("web"), .lang = S("ru"), .text = S("Яма на улице Абая"),
						     .topic = S("roads"), .place = w->place, .body = w->body[0], .name = S("Ерлан"),
						     .email = S("erlan@example.kz") },
			    &other));
	m = k;
	WANT_OK(appeal_join(c, &other, &m));
	WANT_OK(run_jobs(c, &n));
	WANT_OK(answer_it(c, w, &k));
	WANT_OK(run_jobs(c, &n));
	WANT_OK(letters(c, &sent));
	for (size_t i = 0; i < sent.n; i++) {
		WANT_OK(mail_by_id(c->db, sent.v[i].id, &mail));
		if (str_find(mail.body_text, S("Яму засыпают"), 0) == SIZE_MAX)
			continue;
		answers++;
		bool first = str_eq(mail.address, S("aigul@example.kz"));
		struct str token = appeal_rate_token(c, c->arena, k.a.id);

		WANT(first || str_eq(mail.address, S("erlan@example.kz")));
		WANT(str_find(mail.body_text, S("Приёмка работ"), 0) != SIZE_MAX);
		/* only the one who asked rates, by a link of their own */
		WANT_INT(str_find(mail.body_text, token, 0) != SIZE_MAX, first);
	}
	WANT_INT(answers, 2);
	return RC_OK;
}
TEST(the_answer_reaches_the_applicant_and_everybody_who_joined) { world_run(answer_letter); }

static enum rc count_with(struct ctx *c, const struct mail_line_list *sent, struct str words, size_t *ret)
{
	struct mail_row mail;

	*ret = 0;
	for (size_t i = 0; i < sent->n; i++) {
		TRY(mail_by_id(c->db, sent->v[i].id, &mail));
		*ret += str_find(mail.body_text, words, 0) != SIZE_MAX;
	}
	return RC_OK;
}

static enum rc steps_told(struct ctx *c, const struct world *w)
{
	struct appeal_case k, x;
	struct answer_row_list answers;
	struct answer_step_row_list steps;
	struct mail_line_list sent;
	struct account_row writer;
	size_t n, told;

	WANT_OK(file_one(c, w, false, &k));
	WANT_OK(answer_it(c, w, &k));
	WANT_OK(run_jobs(c, &n));
	c->now = world_day(w, 10, 10); /* the day that was named */
	WANT_OK(duty_module.jobs[0].run(c, S("")));
	WANT_OK(run_jobs(c, &n));
	WANT_OK(letters(c, &sent));
	WANT_OK(account_by_id(c->db, (struct account_id){ w->staff[0][POST_EXECUTOR].account }, &writer));
	WANT_STR(sent.v[0].address, writer.email);
	WANT_OK(count_with(c, &(struct mail_line_list){ sent.v, 1 }, S("Приёмка работ"), &told));
	WANT_INT(told, 1);
	WANT_OK(answer_list(c->db, k.a.id, &answers));
	WANT_OK(answer_step_list(c->db, answers.v[0].id, &steps));
	WANT_OK(appeal_open_id(c, &w->staff[0][POST_EXECUTOR], k.a.id, true, &x));
	WANT_OK(step_move(c, &x, steps.v[0].id, when_day(world_day(w, 14, 0)), S("Ждём комиссию")));
	WANT_OK(step_done(c, &x, steps.v[0].id, when_day(c->now), S("Комиссия приняла дорогу")));
	WANT_OK(run_jobs(c, &n));
	WANT_OK(letters(c, &sent));
	for (size_t i = 0; i < 2; i++)
		WANT_STR(sent.v[i].address, S("aigul@example.kz"));
	WANT_OK(count_with(c, &sent, S("Ждём комиссию"), &told));
	WANT_INT(told, 1);
	WANT_OK(count_with(c, &sent, S("Комиссия приняла дорогу"), &told));
	WANT_INT(told, 1);
	c->now = world_day(w, 30, 10);
	WANT_OK(duty_module.jobs[0].run(c, S("")));
	WANT_OK(run_jobs(c, &n));
	WANT_INT(n, 0); /* nothing is owed any more */
	return RC_OK;
}
TEST(a_step_reminds_its_writer_and_the_person_hears_when_it_is_moved_or_done) { world_run(steps_told); }

static enum rc only_needed(struct ctx *c, const struct world *w)
{
	struct appeal_case k;
	struct mail_line_list sent;
	size_t n, receipts, answers;
	int64_t changed;

	WANT_OK(account_set(c->db, (struct account_id){ w->citizen.account }, S("Айгүл"), S("ru"), true, false, &changed));
	WANT_OK(file_one(c, w, true, &k));
	WANT_OK(answer_it(c, w, &k));
	WANT_OK(run_jobs(c, &n));
	WANT_OK(letters(c, &sent));
	size_t to_person = 0;

	for (size_t i = 0; i < sent.n; i++)
		to_person += str_eq(sent.v[i].address, S("aigul@example.kz"));
	WANT_OK(count_with(c, &sent, appeal_secret(c, c->arena, k.a.id), &receipts));
	WANT_OK(count_with(c, &sent, S("Яму засыпают"), &answers));
	WANT_INT(answers, 1);
	WANT(receipts >= 1);
	WANT_INT(to_person, 2); /* the receipt and the answer; not that it was registered */
	return RC_OK;
}
TEST(with_letters_switched_off_the_answer_still_comes_and_the_rest_does_not) { world_run(only_needed); }

static enum rc once_a_day(struct ctx *c, const struct world *w)
{
	struct actor executor = w->staff[0][POST_EXECUTOR];
	struct appeal_registering r = { 0 };
	struct appeal_case k, x;
	struct mail_line_list sent;
	size_t n, held = 0, at_once = 0;
	int64_t changed;

	executor.roles = DESK;
	WANT_OK(account_set(c->db, (struct account_id){ w->citizen.account }, S("Айгүл"), S("ru"), false, true, &changed));
	WANT_OK(file_one(c, w, true, &k));
	WANT_OK(appeal_open_id(c, &executor, k.a.id, true, &x));
	WANT_OK(appeal_register(c, &x, &r));
	WANT_OK(appeal_comment(c, &x, S("Мы были на месте.")));
	WANT_OK(run_jobs(c, &n));
	WANT_OK(letters(c, &sent));
	for (size_t i = 0; i < sent.n; i++) {
		held += str_eq(sent.v[i].state, S("held")) && str_eq(sent.v[i].address, S("aigul@example.kz"));
		at_once += str_eq(sent.v[i].state, S("queued")) && str_eq(sent.v[i].address, S("aigul@example.kz"));
	}
	WANT_INT(held, 1);    /* the message */
	WANT_INT(at_once, 2); /* the receipt, and until when the answer comes */
	return RC_OK;
}
TEST(who_chose_one_letter_a_day_still_gets_terms_and_answers_at_once) { world_run(once_a_day); }

TESTS("letters", T(a_step_reminds_its_writer_and_the_person_hears_when_it_is_moved_or_done),
      T(who_chose_one_letter_a_day_still_gets_terms_and_answers_at_once),
      T(with_letters_switched_off_the_answer_still_comes_and_the_rest_does_not), T(the_answer_reaches_the_applicant_and_everybody_who_joined), T(the_receipt_comes_by_mail_with_number_and_secret), T(a_job_that_runs_twice_sends_one_letter),
      T(an_anonymous_appeal_keeps_no_address_to_write_to_and_its_danger_goes_to_the_registrar), T(reminders_go_out_in_office_hours_and_late_ones_to_the_head_too))
