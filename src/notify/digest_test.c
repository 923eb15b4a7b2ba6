/* One letter a day: what may wait is held and told together, once; what carries a right or a term does not wait. */
#include "notify/notify.h"

#include "app/world_test.h"
#include "base/random.h"
#include "gen/account_sql.h"
#include "gen/app_sql.h"
#include "gen/notify_sql.h"
#include "notify/notify_jobs.h"

static enum rc choose(struct ctx *c, const struct world *w, const char *lang, bool daily)
{
	int64_t changed;

	return account_set(c->db, (struct account_id){ w->citizen.account }, S("Айгүл"), str_of(lang), false, daily, &changed);
}

static enum rc write_one(struct ctx *c, const struct world *w, struct str subject, bool may_wait)
{
	struct letter l = { .lang = lang_of(LANG_RU), .to = S("aigul@example.kz"), .account = w->citizen.account, .subject = subject, .about = "appeal",
			    .about_id = 7, .may_wait = may_wait, .button = S("Открыть"), .link = URL("/petitions/7") };

	letter_add(&l, str_cat(c->arena, S("Слова: "), subject));
	return notify_send(c, &l);
}

static enum rc all(struct ctx *c, struct mail_line_list *ret)
{
	return mail_list(c->db, (struct mail_id){ INT64_MAX }, 200, ret);
}

static size_t in_state(const struct mail_line_list *l, struct str state)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		n += str_eq(l->v[i].state, state);
	return n;
}

/* The jobs that write letters of the day, as the process would run them. */
static enum rc write_due(struct ctx *c)
{
	struct job_row_list due;
	int64_t changed;

	TRY(job_due(c->db, c->now, c->now, 200, &due));
	for (size_t i = 0; i < due.n; i++)
		if (str_eq(due.v[i].kind, S("notify.together"))) {
			TRY(notify_together_run(c, due.v[i].payload));
			TRY(notify_together_run(c, due.v[i].payload)); /* as after a run that was cut off */
			TRY(job_done(c->db, due.v[i].id, c->now, &changed));
		}
	return RC_OK;
}

static enum rc day_at(struct ctx *c, struct when at, struct mail_line_list *ret)
{
	c->now = at;
	TRY(notify_digest_run(c, S("")));
	TRY(notify_digest_run(c, S("")));
	TRY(write_due(c));
	return all(c, ret);
}

static enum rc together(struct ctx *c, const struct world *w)
{
	struct day next = { when_day(c->now).v + 1 };
	struct mail_line_list l;
	struct account_row me;
	struct mail_row m;

	WANT_OK(account_by_id(c->db, (struct account_id){ w->citizen.account }, &me));
	w->app->config.digest_hour = 9;
	WANT_OK(choose(c, w, "ru", true));
	WANT_OK(write_one(c, w, S("Первое <b>"), true)); /* at ten: the hour of today has passed */
	WANT_OK(write_one(c, w, S("Второе"), true));
	WANT_OK(day_at(c, when_of_day(next, 8, 59), &l));
	WANT_INT(l.n, 2);
	WANT_INT(in_state(&l, S("held")), 2);
	WANT_OK(day_at(c, when_of_day(next, 9, 0), &l));
	WANT_INT(l.n, 3);
	WANT_INT(in_state(&l, S("together")), 2);
	WANT_OK(mail_by_id(c->db, l.v[0].id, &m));
	WANT_STR(m.state, S("queued"));
	WANT_STR(m.address, me.email); /* shown to be theirs, whatever address a matter was given */
	size_t first = str_find(m.body_text, S("Слова: Первое <b>"), 0), second = str_find(m.body_text, S("Слова: Второе"), 0);

	WANT(first < second && second != SIZE_MAX);
	WANT(str_find(m.body_text, S("/petitions/7"), 0) != SIZE_MAX && str_find(m.body_text, S("/me/settings"), 0) != SIZE_MAX);
	WANT(str_find(m.body_text, S("\n-- \n"), str_find(m.body_text, S("\n-- \n"), 0) + 1) == SIZE_MAX); /* one foot */
	WANT(str_find(m.body_html, S("<h2>Первое &lt;b&gt;</h2>"), 0) != SIZE_MAX && str_find(m.body_html, S("Слова: Второе"), 0) != SIZE_MAX);
	WANT_OK(day_at(c, when_of_day((struct day){ next.v + 1 }, 9, 0), &l));
	WANT_INT(l.n, 3); /* a day without news: no letter */
	return RC_OK;
}
TEST(what_was_held_goes_in_one_letter_at_the_hour_and_once) { world_run(together); }

static enum rc in_language(struct ctx *c, const struct world *w)
{
	static const struct { const char *lang, *subject; } cases[] = {
		{ "kk", "Істеріңіздегі жаңалықтар: 1" }, { "ru", "Новости по вашим делам: 1" }, { "en", "News in your matters: 1" },
	};
	struct mail_line_list l;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		WANT_OK(choose(c, w, cases[i].lang, true));
		WANT_OK(write_one(c, w, S("Новость"), true));
		WANT_OK(day_at(c, when_add(c->now, WHEN_DAY), &l));
		WANT_STR(l.v[0].subject, str_of(cases[i].subject));
		WANT_STR(l.v[0].lang, str_of(cases[i].lang));
	}
	return RC_OK;
}
TEST(the_letter_of_the_day_speaks_the_language_of_its_reader) { world_run(in_language); }

static enum rc at_once(struct ctx *c, const struct world *w)
{
	struct mail_line_list l;

	WANT_OK(choose(c, w, "ru", true));
	WANT_OK(write_one(c, w, S("Срок"), false));
	WANT_OK(all(c, &l));
	WANT_STR(l.v[0].state, S("queued"));
	WANT_OK(choose(c, w, "ru", false));
	WANT_OK(write_one(c, w, S("Новость"), true)); /* who chose nothing waits for nothing */
	WANT_OK(all(c, &l));
	WANT_STR(l.v[0].state, S("queued"));
	return RC_OK;
}
TEST(a_right_or_a_term_waits_for_nobody_and_nothing_waits_without_the_choice) { world_run(at_once); }

static enum rc many(struct ctx *c, const struct world *w)
{
	struct mail_line_list l;

	WANT_OK(choose(c, w, "ru", true));
	for (int i = 0; i < 101; i++)
		WANT_OK(write_one(c, w, S("Новость"), true));
	WANT_OK(notify_release(c, w->citizen.account)); /* the choice was changed */
	WANT_OK(write_due(c));
	WANT_OK(all(c, &l));
	WANT_INT(in_state(&l, S("held")), 0);
	WANT_INT(in_state(&l, S("together")), 101);
	WANT_INT(in_state(&l, S("queued")), 2);
	return RC_OK;
}
TEST(what_was_held_leaves_when_the_choice_changes_and_nothing_is_left_behind) { world_run(many); }

/* Signed in by a document: the account has shown no address to be its own. */
static enum rc two_addresses(struct ctx *c, const struct world *w)
{
	struct account_id id = { id_make() };
	const char *to[] = { "one@example.kz", "two@example.kz", "one@example.kz" };
	struct mail_line_list l;
	struct mail_row m;
	int64_t changed;

	(void)w;
	WANT_OK(account_insert_identity(c->db, id, S("Айгүл"), S("key"), S("sealed"), S("ru"), c->now, &changed));
	WANT_OK(account_set(c->db, id, S("Айгүл"), S("ru"), false, true, &changed));
	for (size_t i = 0; i < ARRAY_LEN(to); i++) {
		struct letter one = { .lang = lang_of(LANG_RU), .to = str_of(to[i]), .account = id.v, .subject = str_of(to[i]), .may_wait = true };

		WANT_OK(notify_send(c, &one));
	}
	WANT_OK(day_at(c, when_add(c->now, WHEN_DAY), &l));
	WANT_INT(in_state(&l, S("together")), 3);
	WANT_INT(in_state(&l, S("queued")), 2);
	for (size_t i = 0; i < l.n; i++) {
		WANT_OK(mail_by_id(c->db, l.v[i].id, &m));
		if (!str_eq(m.state, S("queued")))
			continue;
		WANT_INT(str_find(m.body_text, S("one@"), 0) != SIZE_MAX, str_eq(m.address, S("one@example.kz")));
		WANT_INT(str_find(m.body_text, S("two@"), 0) != SIZE_MAX, str_eq(m.address, S("two@example.kz")));
	}
	return RC_OK;
}
TEST(without_an_address_of_its_own_nothing_goes_to_another_address_than_it_was_written_to) { world_run(two_addresses); }

static enum rc not_any_more(struct ctx *c, const struct world *w)
{
	struct mail_line_list l;
	int64_t changed;

	WANT_OK(choose(c, w, "ru", true));
	WANT_OK(write_one(c, w, S("Отменённое"), true));
	WANT_OK(mail_drop(c->db, S("appeal"), 7, &changed));
	WANT_INT(changed, 1);
	WANT_OK(write_one(c, w, S("Новость"), true));
	WANT_OK(account_set_state(c->db, (struct account_id){ w->citizen.account }, S("gone"), &changed));
	WANT_OK(day_at(c, when_add(c->now, WHEN_DAY), &l));
	WANT_INT(l.n, 2);
	WANT_INT(in_state(&l, S("dropped")), 2);
	return RC_OK;
}
TEST(who_has_left_gets_no_letter_of_the_day_and_what_was_cancelled_is_not_in_it) { world_run(not_any_more); }

TESTS("digest", T(what_was_held_goes_in_one_letter_at_the_hour_and_once), T(the_letter_of_the_day_speaks_the_language_of_its_reader),
      T(a_right_or_a_term_waits_for_nobody_and_nothing_waits_without_the_choice), T(what_was_held_leaves_when_the_choice_changes_and_nothing_is_left_behind),
      T(without_an_address_of_its_own_nothing_goes_to_another_address_than_it_was_written_to),
      T(who_has_left_gets_no_letter_of_the_day_and_what_was_cancelled_is_not_in_it))
