/* What stays of a letter: its delivery always, its words only as long as they are needed. */
#include "notify/notify.h"

#include "app/world_test.h"
#include "gen/notify_sql.h"
#include "notify/notify_jobs.h"

/* A letter that waits; *ret is what is kept of it. */
static enum rc write_one(struct ctx *c, const struct letter *more, struct mail_row *ret)
{
	struct letter l = more ? *more : (struct letter){ 0 };
	struct mail_line_list waiting;

	l.lang = lang_of(LANG_RU);
	l.to = S("aigul@example.kz");
	l.subject = S("Ответ");
	letter_add(&l, S("Слова письма."));
	TRY(notify_send(c, &l));
	TRY(mail_list(c->db, (struct mail_id){ INT64_MAX }, 1, &waiting));
	return mail_by_id(c->db, waiting.v[0].id, ret);
}

/* The other side has said something. */
static enum rc told(struct ctx *c, struct mail_row *m, const char *said)
{
	TRY(mail_send_run(c, str_fmt(c->arena, "%lld %s", (long long)m->id.v, said)));
	return mail_by_id(c->db, m->id, m);
}

static enum rc dropped(struct ctx *c, const struct world *w)
{
	struct mail_row m;
	int64_t changed;

	(void)w;
	WANT_OK(write_one(c, &(struct letter){ .about = "appeal", .about_id = 7 }, &m));
	WANT_OK(mail_drop(c->db, S("appeal"), 7, &changed));
	WANT_INT(changed, 1);
	WANT_OK(told(c, &m, "sent "));
	WANT_STR(m.state, S("dropped"));
	WANT_OK(told(c, &m, "refused 550 no"));
	WANT_STR(m.state, S("dropped"));
	return RC_OK;
}
TEST(a_letter_that_was_dropped_is_never_called_delivered) { world_run(dropped); }

static enum rc code(struct ctx *c, const struct world *w)
{
	static const struct {
		const char *said, *state;
	} ends[] = { { "sent 250 ok", "sent" }, { "refused 550 no", "refused" }, { "withheld ", "dropped" } };
	struct letter l = { .once_ends = when_add(c->now, WHEN_HOUR) };
	struct mail_row m;

	(void)w;
	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		WANT_OK(write_one(c, &l, &m));
		WANT(str_find(m.body_text, S("Слова письма."), 0) != SIZE_MAX && m.body_html.n);
		WANT_OK(told(c, &m, ends[i].said));
		WANT_STR(m.state, str_of(ends[i].state));
		WANT(!m.subject.n && !m.body_text.n && !m.body_html.n);
		WANT_STR(m.address, S("aigul@example.kz"));
	}
	WANT_OK(write_one(c, NULL, &m));
	WANT_OK(told(c, &m, "sent 250 ok"));
	WANT(m.body_text.n); /* no code in it */
	return RC_OK;
}
TEST(a_letter_with_a_code_is_emptied_when_it_is_delivered_or_refused) { world_run(code); }

static enum rc ended(struct ctx *c, const struct world *w)
{
	struct letter soon = { .once_ends = when_add(c->now, 15 * WHEN_MINUTE) }, once = { .once_ends = LETTER_ONCE };
	struct mail_row code, link;

	(void)w;
	WANT_OK(write_one(c, &soon, &code));
	WANT_OK(write_one(c, &once, &link));
	WANT_OK(mail_empty(c, S("")));
	WANT_OK(mail_by_id(c->db, code.id, &code));
	WANT(code.body_text.n);
	c->now = when_add(c->now, 30 * WHEN_MINUTE);
	WANT_OK(mail_empty(c, S("")));
	WANT_OK(mail_by_id(c->db, code.id, &code));
	WANT(!code.subject.n && !code.body_text.n && !code.body_html.n);
	WANT_STR(code.state, S("dropped")); /* and will not go out empty */
	WANT_OK(told(c, &code, "sent "));
	WANT_STR(code.state, S("dropped"));
	WANT_OK(mail_by_id(c->db, link.id, &link));
	WANT_STR(link.state, S("queued"));
	WANT(link.body_text.n);
	return RC_OK;
}
TEST(a_code_that_works_no_more_is_neither_kept_nor_sent) { world_run(ended); }

static enum rc after_the_term(struct ctx *c, const struct world *w)
{
	int64_t days = pack_clause(c->app->pack, "letters_keep", when_day(c->now))->value;
	struct mail_row sent, waiting, fresh;

	WANT_OK(write_one(c, NULL, &sent));
	WANT_OK(told(c, &sent, "sent 250 ok"));
	WANT_OK(write_one(c, NULL, &waiting));
	c->now = when_add(c->now, days * WHEN_DAY - WHEN_HOUR);
	WANT_OK(write_one(c, NULL, &fresh));
	WANT_OK(mail_empty(c, S("")));
	WANT_OK(mail_by_id(c->db, sent.id, &sent));
	WANT(sent.body_text.n);
	c->now = when_add(c->now, 2 * WHEN_HOUR);
	w->app->demo = true;
	WANT_OK(mail_empty(c, S("")));
	w->app->demo = false;
	WANT_OK(mail_by_id(c->db, sent.id, &sent));
	WANT(sent.body_text.n); /* the demonstration keeps them */
	WANT_OK(mail_empty(c, S("")));
	WANT_OK(mail_by_id(c->db, sent.id, &sent));
	WANT(!sent.body_text.n && !sent.body_html.n);
	WANT_STR(sent.subject, S("Ответ"));
	WANT_STR(sent.state, S("sent"));
	WANT_STR(sent.smtp_reply, S("250 ok"));
	WANT_OK(mail_by_id(c->db, waiting.id, &waiting));
	WANT(!waiting.body_text.n);
	WANT_STR(waiting.state, S("dropped"));
	WANT_OK(mail_by_id(c->db, fresh.id, &fresh));
	WANT(fresh.body_text.n);
	return RC_OK;
}
TEST(after_the_term_the_words_are_gone_and_the_delivery_stays) { world_run(after_the_term); }

TESTS("mail", T(a_letter_that_was_dropped_is_never_called_delivered), T(a_letter_with_a_code_is_emptied_when_it_is_delivered_or_refused),
      T(a_code_that_works_no_more_is_neither_kept_nor_sent), T(after_the_term_the_words_are_gone_and_the_delivery_stays))
