/*
 * petition_mailing.c: a letter to every signer, at a set rate and in the hours of the day. The mark and the letters are written in one transaction, and each
 * letter has a name of its own, so that a process that dies goes on where it was and nobody is written twice.
 */
#include "app/app.h"
#include "app/jobs.h"
#include "base/random.h"
#include "gen/messages.h"
#include "gen/notify_sql.h"
#include "notify/notify.h"
#include "petition/petition_jobs.h"
#include "petition/petition_staff.h"

#define ABOUT "petition_mailing"
#define RUNNING_MAX 20
#define WAITING_MAX 10000 /* letters under way; more wait for the mail server */

/* The kinds, and what their letters are called. What is not the decision is for those who want to hear more. */
static const struct { struct str kind; unsigned subject; } kinds[] = {
	{ S_INIT("decision"), MSG_PETITION_LETTER_DECISION },
	{ S_INIT("news"), MSG_PETITION_LETTER_NEWS },
	/* of a promise, as the plan calls what became of it */
	{ S_INIT("done"), MSG_PETITION_LETTER_NEWS },
	{ S_INIT("moved"), MSG_PETITION_LETTER_MOVED },
	{ S_INIT("dropped"), MSG_PETITION_LETTER_DROPPED },
	{ S_INIT("not_now"), MSG_PETITION_LETTER_NOT_NOW },
	{ S_INIT("resumed"), MSG_PETITION_LETTER_RESUMED },
};

static unsigned subject_of(struct str kind)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (str_eq(kinds[i].kind, kind))
			return kinds[i].subject;
	return MSG_PETITION_LETTER_NEWS;
}

static bool has_signers_to_tell(const struct petition_row *p)
{
	return when_set(p->opened_at) && !p->source.n && !when_set(p->anonymised_at);
}

bool petition_may_mail(const struct ctx *c, const struct actor *who, const struct petition_row *p)
{
	bool body = who->body == p->body_id && (who->roles & (BIT(ROLE_HEAD) | BIT(ROLE_EXECUTOR) | BIT(ROLE_SIGNER)));

	return (body || petition_moderator(c, who)) && has_signers_to_tell(p);
}

/* about: the promise that it tells of, whatever became of that; 0: by kind. */
static enum rc supersede(struct ctx *c, struct petition_id id, struct str kind, int64_t about)
{
	struct mailing_row_list l;
	int64_t changed;

	TRY(mailing_list(c->db, id, (struct petition_mailing_id){ INT64_MAX }, RUNNING_MAX, &l));
	for (size_t i = 0; i < l.n; i++) { /* the newer version is the one that is true */
		if (l.v[i].about_id != about || (!about && !str_eq(l.v[i].kind, kind)) || !str_eq(l.v[i].state, S("running")))
			continue;
		TRY(mailing_end(c->db, l.v[i].id, S("superseded"), c->now, &changed));
		TRY(mail_drop(c->db, S(ABOUT), l.v[i].id.v, &changed));
	}
	return RC_OK;
}

struct words {
	struct str text, other;
};

static enum rc begin(struct ctx *c, struct petition_id id, struct str kind, int64_t about, int64_t account, const struct words *w, struct petition_mailing_id *ret)
{
	struct petition_mailing_id mailing = { id_make() };
	struct signature_last_row last;
	int64_t changed;

	TRY(supersede(c, id, kind, about));
	TRY(signature_last(c->db, id, &last));
	TRY(mailing_insert(c->db, mailing, id, kind, about, w->text, w->other, last.last, last.n, account, c->now, &changed));
	*ret = mailing;
	return petition_told(c, id, PE_MAILED, account, kind, w->text);
}

enum rc petition_mail_signers(struct ctx *c, const struct actor *who, struct petition_id id, struct str kind, struct str text, struct str text_other,
			      struct petition_mailing_id *ret)
{
	struct petition_row p;

	TRY(petition_by_id(c->db, id, &p));
	if (!petition_may_mail(c, who, &p))
		return fail(c, RC_FORBIDDEN, MSG_PETITION_FAULT_ROLE);
	if (!str_trim(text).n || (!str_eq(kind, S("decision")) && !str_eq(kind, S("news"))))
		return fail(c, RC_INVALID, MSG_PETITION_FAULT_WHY);
	return begin(c, id, kind, 0, who->account, &(struct words){ text, text_other }, ret);
}

/* A promise that came from the decision is done, has another date or is given up: nobody has to remember to write. */
enum rc petition_news(struct ctx *c, int64_t id, const struct subject_news *n)
{
	struct petition_mailing_id mailing;
	struct petition_row p;

	TRY(petition_by_id(c->db, (struct petition_id){ id }, &p));
	if (!has_signers_to_tell(&p))
		return RC_OK;
	return begin(c, p.id, str_of(n->what), n->about, n->account, &(struct words){ n->text, S("") }, &mailing);
}

enum rc petition_mailing_cancel(struct ctx *c, const struct actor *who, struct petition_mailing_id id)
{
	struct mailing_row m;
	struct petition_row p;
	int64_t changed;

	TRY(mailing_by_id(c->db, id, &m));
	TRY(petition_by_id(c->db, m.petition_id, &p));
	if (!petition_may_mail(c, who, &p))
		return fail(c, RC_FORBIDDEN, MSG_PETITION_FAULT_ROLE);
	TRY(mailing_end(c->db, id, S("cancelled"), c->now, &changed));
	return changed ? mail_drop(c->db, S(ABOUT), id.v, &changed) : fail(c, RC_CONFLICT, MSG_PETITION_FAULT_STATE);
}

int64_t petition_mailing_percent(const struct mailing_row *m)
{
	return !str_eq(m->state, S("running")) && str_eq(m->state, S("done")) ? 100 : m->total ? m->seen * 100 / m->total : 0;
}

/* ---- one letter ---- */

struct str petition_letters_token(const struct ctx *c, struct petition_signature_id id)
{
	return letters_token(c, "petition-letters", id.v);
}

enum rc petition_letters_of(struct ctx *c, struct str token, struct petition_signature_id *ret, struct signature_petition_row *ret_row)
{
	int64_t id;

	if (!letters_token_read(c, "petition-letters", token, &id))
		return RC_NOT_FOUND;
	*ret = (struct petition_signature_id){ id };
	return signature_petition(c->db, *ret, ret_row);
}

/* The address given with the signature, else that of the account; empty: nobody can be told. */
static struct str address_of(struct ctx *c, const struct signer_row *s)
{
	struct str to;

	if (s->mail_off || when_set(s->withdrawn_at) || when_set(s->invalidated_at))
		return S("");
	if (s->mail_sealed.n && key_unseal(c->arena, c->app->keys, s->mail_sealed, &to))
		return to;
	return s->account_off ? S("") : s->email;
}

static enum rc send_one(struct ctx *c, const struct petition_row *p, const struct mailing_row *m, const struct signer_row *s, int64_t *queued)
{
	struct str to = address_of(c, s), token[] = { petition_letters_token(c, s->id) };
	enum lang_id lang = LANG_KK;

	if (!to.n || (!str_eq(m->kind, S("decision")) && !s->wants_mail))
		return RC_OK;
	if (!lang_by_code(s->lang, &lang) && !lang_by_code(s->account_lang, &lang))
		lang = LANG_KK;
	const struct lang *l = lang_of(lang);
	bool other = m->text_other.n && !str_eq(lang_code(l), p->lang) && lang != LANG_EN;
	struct letter letter = { .lang = l, .to = to, .account = s->account_id, .about = ABOUT, .about_id = m->id.v,
				 .dedup = str_fmt(c->arena, "%s %lld %lld", ABOUT, (long long)m->id.v, (long long)s->id.v) };

	letter.subject = msg_fmt(c->arena, l, subject_of(m->kind), ARGS(ARG_S("title", other && p->title_other.n ? p->title_other : p->title)));
	letter_add(&letter, msg_text(l, MSG_PETITION_LETTER_SIGNED));
	letter_add(&letter, other ? m->text_other : m->text);
	letter.button = msg_text(l, MSG_PETITION_LETTER_OPEN);
	letter.link = petition_path(c->arena, p->id);
	letter.unsubscribe = url_path(c->arena, "/petitions/letters/{}", 1, token);
	letter.may_wait = !str_eq(m->kind, S("decision"));
	(*queued)++;
	return notify_send(c, &letter);
}

/* ---- a batch ---- */

enum rc petition_mailing_batch(struct ctx *c, const struct mailing_row *m, int64_t limit)
{
	struct signer_row_list l;
	struct petition_row p;
	int64_t queued = 0, changed;

	TRY(petition_by_id(c->db, m->petition_id, &p));
	TRY(signer_rows(c->db, m->petition_id, (struct petition_signature_id){ m->mark }, m->upto, limit, &l));
	for (size_t i = 0; i < l.n; i++)
		TRY(send_one(c, &p, m, &l.v[i], &queued));
	if (l.n)
		TRY(mailing_moved(c->db, m->id, l.v[l.n - 1].id.v, m->mark, (int64_t)l.n, queued, &changed));
	return (int64_t)l.n == limit ? RC_OK : mailing_end(c->db, m->id, S("done"), c->now, &changed);
}

/* Every second a share of what the setting allows in a minute, so that letters are spread evenly; at night none. */
enum rc petition_mailing_run(struct ctx *c, struct str payload)
{
	const struct config *cfg = &c->app->config;
	int hour = when_civil(c->now).hour;
	struct mailing_row_list l;
	int64_t waiting, share = (cfg->petition_mail_rate + 59) / 60;

	(void)payload;
	if (hour < cfg->petition_mail_from || hour >= cfg->petition_mail_to)
		return RC_OK;
	TRY(mailing_running(c->db, (struct petition_mailing_id){ 0 }, RUNNING_MAX, &l));
	if (!l.n)
		return RC_OK;
	TRY(letters_waiting(c->db, WAITING_MAX, &waiting));
	if (waiting >= WAITING_MAX)
		return RC_OK;
	for (size_t i = 0; i < l.n; i++) /* several at once share the rate */
		TRY(petition_mailing_batch(c, &l.v[i], share / (int64_t)l.n + 1));
	return RC_OK;
}

/* ---- names are forgotten after the term ---- */

enum rc petition_anonymise(struct ctx *c, struct str payload)
{
	int64_t months = petition_clause(c, "petition_anonymise");
	struct when before = when_of_day(day_add_months(when_day(c->now), (int)-months), 0, 0);
	struct petition_due_row_list l;

	(void)payload;
	TRY(petition_to_anonymise(c->db, before, RUNNING_MAX, &l));
	for (size_t i = 0; i < l.n; i++) {
		struct str id = str_i64(c->arena, l.v[i].id.v);

		TRY(job_add(c, "petition.forget", str_fmt(c->arena, "%.*s 0", STR_FMT(id)), str_fmt(c->arena, "petition.forget %.*s", STR_FMT(id)), c->now));
	}
	return RC_OK;
}

#define FORGET_BATCH 1000

/* "PETITION AFTER": a batch of signatures, the next one by a job of its own; at the end the author. Counts stay. */
enum rc petition_forget(struct ctx *c, struct str payload)
{
	struct str rest = payload, first = S("");
	struct signature_id_row_list l;
	int64_t id, after, changed;

	if (!str_cut(&rest, ' ', &first) || !str_to_i64(first, &id) || !str_to_i64(rest, &after))
		return fail_log(c, RC_INVALID, S("not a petition and a mark"));
	struct petition_id petition = { id };

	TRY(signature_ids(c->db, petition, (struct petition_signature_id){ after }, FORGET_BATCH, &l));
	if (l.n) {
		TRY(signature_anonymise(c->db, petition, (struct petition_signature_id){ after }, l.v[l.n - 1].id, &changed));
		return job_add(c, "petition.forget", str_fmt(c->arena, "%lld %lld", (long long)id, (long long)l.v[l.n - 1].id.v), S(""), c->now);
	}
	TRY(pending_forget(c->db, petition, &changed));
	TRY(petition_set_anonymised(c->db, petition, c->now, &changed));
	return petition_told(c, petition, PE_ANONYMISED, 0, S(""), S(""));
}
