#include "notify/notify.h"

#include <assert.h>

#include "app/app.h"
#include "app/jobs.h"
#include "base/random.h"
#include "base/utf8.h"
#include "gen/account_sql.h"
#include "gen/messages.h"
#include "gen/notify_sql.h"
#include "gen/notify_tmpl.h"

void letter_add(struct letter *l, struct str paragraph)
{
	assert(l->n_parts < LETTER_PARTS);
	l->parts[l->n_parts++] = paragraph;
}

#define TOKEN_LETTERS 20

struct str letters_token(const struct ctx *c, const char *purpose, int64_t id)
{
	return str_fmt(c->arena, "%lld-%.*s", (long long)id, STR_FMT(key_code(c->arena, c->app->keys, purpose, id, TOKEN_LETTERS)));
}

bool letters_token_read(const struct ctx *c, const char *purpose, struct str token, int64_t *ret_id)
{
	struct str code = token, id = S("");

	return str_cut(&code, '-', &id) && str_to_i64(id, ret_id) && same_secret(token, letters_token(c, purpose, *ret_id));
}

/* RFC 3676 would allow flowed text; most readers wrap by themselves, so paragraphs stay whole. */
static struct str as_text(struct ctx *c, const struct letter *l, struct str link, struct str off, bool foot)
{
	struct out o = OUT_ON(c->arena);

	for (size_t i = 0; i < l->n_parts; i++) {
		out_str(&o, l->parts[i]);
		OUT_LIT(&o, "\n\n");
	}
	for (size_t i = 0; i < l->n_items; i++)
		out_fmt(&o, "* * *\n\n%.*s\n\n%.*s\n\n", STR_FMT(l->items[i].subject), STR_FMT(l->items[i].text));
	if (l->n_items)
		OUT_LIT(&o, "* * *\n\n");
	if (l->button.n)
		out_fmt(&o, "%.*s:\n%.*s\n\n", STR_FMT(l->button), STR_FMT(link));
	if (off.n)
		out_fmt(&o, "%.*s:\n%.*s\n\n", STR_FMT(msg_text(l->lang, MSG_NOTIFY_UNSUBSCRIBE)), STR_FMT(off));
	if (!foot)
		return str_trim(out_done(&o));
	OUT_LIT(&o, "-- \n");
	out_str(&o, msg_text(l->lang, MSG_NOTIFY_FOOT));
	OUT_LIT(&o, "\n");
	return out_done(&o);
}

static struct str as_html(struct ctx *c, const struct letter *l, struct url link, struct url off)
{
	struct out o = OUT_ON(c->arena);
	struct view v = { .arena = c->arena, .lang = l->lang, .now = c->now };

	tmpl_notify_letter(&o, &v, l, link, off);
	return out_done(&o);
}

static enum rc waits(struct ctx *c, const struct letter *l, bool *ret)
{
	struct account_row reader;

	*ret = false;
	if (!l->may_wait || !l->account)
		return RC_OK;
	enum rc rc = account_by_id(c->db, (struct account_id){ l->account }, &reader);

	*ret = rc == RC_OK && reader.mail_daily;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc notify_send(struct ctx *c, const struct letter *l)
{
	if (!l->to.n)
		return RC_OK;
	struct mail_id id = { id_make() };
	struct str root = c->app->public_url, lang = lang_code(l->lang), about = str_of(l->about ? l->about : "");
	struct str path = l->button.n ? url_str(l->link) : S("");
	struct str off_path = url_str(l->unsubscribe);
	struct str typed = l->typed ? utf8_lower(c->arena, str_trim(l->to)) : S("");
	struct url link = { 0 }, off = { 0 };
	int64_t changed = 0;
	bool held;

	if (l->button.n && !url_checked(c->arena, str_cat(c->arena, root, path), &link))
		return fail_log(c, RC_INTERNAL, S("letter with a bad link"));
	if (off_path.n && !url_checked(c->arena, str_cat(c->arena, root, off_path), &off))
		return fail_log(c, RC_INTERNAL, S("letter with a bad link"));
	TRY(waits(c, l, &held)); /* held ones need no foot and no HTML: they become parts of another */
	struct str text = as_text(c, l, url_str(link), url_str(off), !held), html = held ? S("") : as_html(c, l, link, off);

	if (l->dedup.n)
		TRY(mail_insert_once(c->db, id, l->account, l->to, lang, l->subject, text, html, about, l->about_id, url_str(off), typed,
				     l->once_ends, l->dedup, c->now, &changed));
	else
		TRY(mail_insert(c->db, id, l->account, l->to, lang, l->subject, text, html, about, l->about_id, url_str(off), typed, l->once_ends,
				c->now, &changed));
	if (!changed)
		return RC_OK;
	return held ? mail_hold(c->db, id, &changed) : job_add(c, "mail.send", str_i64(c->arena, id.v), S(""), c->now);
}
