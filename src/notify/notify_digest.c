/* notify_digest.c: the letter of the day: what may wait, together, at the hour of the setting digest-hour. */
#include "app/app.h"
#include "app/jobs.h"
#include "gen/account_sql.h"
#include "gen/messages.h"
#include "gen/notify_sql.h"
#include "notify/notify.h"
#include "notify/notify_jobs.h"

#define READERS 2000 /* a run; the next one goes on */
#define ITEMS 100    /* in one letter; more make another */

enum rc notify_release(struct ctx *c, int64_t account)
{
	struct str id = str_i64(c->arena, account);

	return job_add(c, "notify.together", id, str_cat(c->arena, S("together "), id), c->now);
}

static struct when last_hour(const struct ctx *c)
{
	struct day today = when_day(c->now);
	int hour = (int)c->app->config.digest_hour;
	struct when at = when_of_day(today, hour, 0);

	return at.us <= c->now.us ? at : when_of_day((struct day){ today.v - 1 }, hour, 0);
}

enum rc notify_digest_run(struct ctx *c, struct str payload)
{
	struct mail_held_reader_list l;

	(void)payload;
	TRY(mail_held_readers(c->db, last_hour(c), READERS, &l));
	for (size_t i = 0; i < l.n; i++)
		TRY(notify_release(c, l.v[i].account_id));
	return RC_OK;
}

static enum rc write_day(struct ctx *c, const struct account_row *reader, struct str to, const struct mail_held_row_list *l)
{
	struct letter_item *items = ARENA_ARRAY(c->arena, l->n, struct letter_item);
	enum lang_id lang = LANG_KK;

	rc_ignore(lang_by_code(reader->lang, &lang) ? RC_OK : RC_NOT_FOUND);
	for (size_t i = 0; i < l->n; i++)
		items[i] = (struct letter_item){ l->v[i].subject, l->v[i].body_text };
	struct letter letter = { .lang = lang_of(lang), .to = to, .account = reader->id.v, .about = "digest",
				 .items = items, .n_items = l->n, .link = URL("/me/settings") };

	letter.subject = msg_fmt(c->arena, letter.lang, MSG_NOTIFY_DAY_SUBJECT, ARGS(ARG_I("n", (int64_t)l->n)));
	letter_add(&letter, msg_text(letter.lang, MSG_NOTIFY_DAY_LEAD));
	letter.button = msg_text(letter.lang, MSG_NOTIFY_DAY_SETTINGS);
	return notify_send(c, &letter);
}

/* To the address that the account has shown to be its own. Without one each goes where it would have gone: nobody has shown that two addresses
 * typed in two forms are the same person's. */
static enum rc together_once(struct ctx *c, const struct account_row *reader, bool *ret_more)
{
	bool there = str_eq(reader->state, S("active"));
	struct str only = S(""), to = reader->email;
	struct mail_held_row_list l;
	int64_t changed;

	TRY(mail_held_list(c->db, reader->id.v, only, ITEMS, &l));
	*ret_more = l.n > 0;
	if (!l.n)
		return RC_OK;
	if (there && !to.n) {
		only = to = l.v[0].address;
		TRY(mail_held_list(c->db, reader->id.v, only, ITEMS, &l));
	}
	TRY(mail_held_end(c->db, reader->id.v, only, l.v[l.n - 1].id, there ? S("together") : S("dropped"), &changed));
	return there ? write_day(c, reader, to, &l) : RC_OK;
}

enum rc notify_together_run(struct ctx *c, struct str payload)
{
	struct account_row reader;
	int64_t account;
	bool more;

	if (!str_to_i64(payload, &account))
		return fail_log(c, RC_INVALID, S("not an account"));
	TRY(account_by_id(c->db, (struct account_id){ account }, &reader));
	for (;;) {
		TRY(together_once(c, &reader, &more));
		if (!more)
			return RC_OK;
	}
}
