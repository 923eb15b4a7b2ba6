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

TESTS("mail", T(a_letter_that_was_dropped_is_never_called_delivered))
