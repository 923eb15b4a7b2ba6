/*
 * petition_mail.c: signing by a link in a letter. One address stands for one person, or for two who live together: the names differ, the place is the same.
 * The link is derived from the row, so that every letter of one signature carries the same one. Where one may sign by identity too, the same mailbox with
 * the same name is the same person: whoever came first, the other way says that they have signed already.
 */
#include "app/app.h"
#include "base/random.h"
#include "base/utf8.h"
#include "gen/messages.h"
#include "notify/notify.h"
#include "petition/petition_inner.h"
#include "place/place.h"
#include "standard/mail_rules.h"

#define CODE_LETTERS 20
#define GRACE (30 * WHEN_SECOND) /* a second tap, a slow page: the same answer */

static struct str code_of(const struct ctx *c, struct petition_pending_id id)
{
	return key_code(c->arena, c->app->keys, "petition-confirm", id.v, CODE_LETTERS);
}

/* One key for "Айгүл  Серікова" and "айгүл серікова". */
static struct str name_key(const struct ctx *c, struct str name)
{
	struct str rest = utf8_lower(c->arena, str_trim(name)), word;
	struct out o = OUT_ON(c->arena);

	while (rest.n && str_cut(&rest, ' ', &word))
		if (word.n)
			out_fmt(&o, "%.*s ", STR_FMT(word));
	return key_hash(c->arena, c->app->keys, "petition-name", out_done(&o));
}

static struct str identity_of(const struct ctx *c, const struct pending_row *p)
{
	if (p->identity_key.n)
		return p->identity_key;
	return key_hash(c->arena, c->app->keys, "petition-signer", str_fmt(c->arena, "%.*s %lld", STR_FMT(p->mail_key), (long long)p->slot));
}

static enum rc signature_state(struct ctx *c, const struct pending_row *p, bool *ret_counts)
{
	struct signature_row s;
	enum rc rc = signature_of(c->db, p->petition_id, identity_of(c, p), &s);

	*ret_counts = rc == RC_OK && !when_set(s.withdrawn_at);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc send_letter(struct ctx *c, const struct petition_row *p, const struct pending_row *s, bool counts)
{
	struct str to, token[] = { str_fmt(c->arena, "%lld-%.*s", (long long)s->id.v, STR_FMT(code_of(c, s->id))) };
	enum lang_id lang = LANG_KK;
	int64_t changed;

	TRY(pending_mailed(c->db, s->id, petition_clause(c, "petition_mails"), &changed));
	if (!changed || !key_unseal(c->arena, c->app->keys, s->mail_sealed, &to))
		return RC_OK;
	rc_ignore(lang_by_code(s->lang, &lang) ? RC_OK : RC_NOT_FOUND);
	const struct lang *l = lang_of(lang);
	struct letter letter = { .lang = l, .to = to, .about = PETITION, .about_id = p->id.v, .typed = true, .once_ends = LETTER_ONCE };

	letter.subject = msg_fmt(c->arena, l, counts ? MSG_PETITION_LETTER_ALREADY : MSG_PETITION_LETTER_CONFIRM, ARGS(ARG_S("title", p->title)));
	letter_add(&letter, msg_fmt(c->arena, l, counts ? MSG_PETITION_LETTER_ALREADY_WORDS : MSG_PETITION_LETTER_CONFIRM_WORDS, ARGS(ARG_S("name", s->first_name))));
	letter_add(&letter, p->title);
	letter_add(&letter, msg_text(l, MSG_PETITION_LETTER_STRANGER));
	letter.button = msg_text(l, counts ? MSG_PETITION_LETTER_OPEN : MSG_PETITION_CONFIRM);
	letter.link = url_path(c->arena, "/petitions/confirm/{}", 1, token);
	return notify_send(c, &letter);
}

/* Known by this name: the letter again. A signature that was taken back may be given again. */
static enum rc known(struct ctx *c, const struct petition_row *p, const struct pending_row *s)
{
	bool counts;
	int64_t changed;

	TRY(signature_state(c, s, &counts));
	if (!counts && when_set(s->confirmed_at))
		TRY(pending_reopen(c->db, s->id, &changed));
	return send_letter(c, p, s, counts);
}

static enum rc fresh(struct ctx *c, const struct petition_row *p, const struct petition_mail_signing *s, const struct petition_mailbox *box, int64_t slot)
{
	const struct place *place = pack_place(c->app->pack, s->place);
	struct petition_pending_id id = { id_make() };
	struct str first, initial;
	struct pending_row row;
	int64_t changed;

	petition_shown_as(c->arena, s->name, &first, &initial);
	TRY(pending_insert(c->db, id, p->id, box->key, slot, name_key(c, s->name), S(""), box->sealed, box->domain, first, initial, s->hidden, s->wants_mail,
			   place->id, place_region(place)->id, s->net, s->lang, (struct when){ 0 }, c->now, &changed));
	if (!changed)
		return RC_OK; /* somebody was faster with this very address */
	TRY(pending_by_id(c->db, id, &row));
	return send_letter(c, p, &row, false);
}

static enum rc check(struct ctx *c, struct petition_id id, const struct petition_mail_signing *s, struct petition_row *ret)
{
	unsigned fault = petition_name_fault(s->name);

	if (!petition_signs_by(c->app->pack, "mail"))
		return RC_NOT_FOUND;
	TRY(petition_by_id(c->db, id, ret));
	if (!petition_accepts(c, ret, s->link, 0))
		return fail(c, RC_CONFLICT, MSG_PETITION_FAULT_NOT_OPEN);
	if (fault)
		return fail(c, RC_INVALID, fault);
	return pack_place(c->app->pack, s->place) ? RC_OK : fail(c, RC_INVALID, MSG_PETITION_FAULT_PLACE);
}

enum rc petition_sign_by_mail(struct ctx *c, struct petition_id id, const struct petition_mail_signing *s)
{
	struct petition_mailbox box = petition_mailbox_of(c, s->mail);
	struct pending_row_list l;
	struct petition_row p;

	TRY(check(c, id, s, &p));
	if (mail_disposable(c->app->pack->mail, box.domain))
		return RC_OK;
	TRY(pending_of(c->db, id, box.key, &l));
	struct str name = name_key(c, s->name);

	for (size_t i = 0; i < l.n; i++)
		if (str_eq(l.v[i].name_key, name))
			return known(c, &p, &l.v[i]);
	if (l.n == 2 || (l.n == 1 && l.v[0].place_id != s->place))
		return RC_OK;
	return fresh(c, &p, s, &box, (int64_t)l.n + 1);
}

/* Another name at the address is another person who lives there. */
static enum rc claim_known(struct ctx *c, const struct pending_row *s, struct str identity_key)
{
	bool counts;
	int64_t changed;

	if (s->identity_key.n)
		return RC_OK;
	TRY(signature_state(c, s, &counts));
	return counts ? RC_DUPLICATE : pending_claim(c->db, s->id, identity_key, c->now, &changed);
}

enum rc petition_claim_mailbox(struct ctx *c, const struct petition_signing_row *p, const struct petition_signing *s)
{
	const struct place *place = pack_place(c->app->pack, s->place);
	struct str first, initial;
	struct pending_row_list l;
	int64_t changed;

	if (!p->email.n || !petition_signs_by(c->app->pack, "mail"))
		return RC_OK;
	struct petition_mailbox box = petition_mailbox_of(c, p->email);
	struct str name = name_key(c, p->name);

	TRY(pending_of(c->db, p->id, box.key, &l));
	for (size_t i = 0; i < l.n; i++)
		if (str_eq(l.v[i].name_key, name))
			return claim_known(c, &l.v[i], p->identity_key);
	if (l.n == 2)
		return RC_OK;
	petition_shown_as(c->arena, p->name, &first, &initial);
	return pending_insert(c->db, (struct petition_pending_id){ id_make() }, p->id, box.key, (int64_t)l.n + 1, name, p->identity_key, box.sealed, box.domain, first,
			      initial, s->hidden, s->wants_mail, place->id, place_region(place)->id, s->net, s->lang, c->now, c->now, &changed);
}

/* ---- the link ---- */

static enum rc row_of(struct ctx *c, struct str token, struct pending_row *ret)
{
	struct str code = token, id_text = S("");
	int64_t id;

	if (!str_cut(&code, '-', &id_text) || !code.n || !str_to_i64(id_text, &id))
		return RC_NOT_FOUND;
	if (!same_secret(code, code_of(c, (struct petition_pending_id){ id })))
		return RC_NOT_FOUND;
	return pending_by_id(c->db, (struct petition_pending_id){ id }, ret);
}

static bool still_open(struct ctx *c, const struct petition_row *p)
{
	if (str_eq(p->state, S("supporters")))
		return p->supporters_due_at.us > c->now.us; /* the supporters' link was shown when the form was filled in */
	return petition_accepts(c, p, S(""), petition_clause(c, "petition_confirm") * WHEN_HOUR);
}

enum rc petition_confirm_look(struct ctx *c, struct str token, struct petition_confirming *ret)
{
	struct petition_row p;

	*ret = (struct petition_confirming){ 0 };
	TRY(row_of(c, token, &ret->pending));
	TRY(petition_by_id(c->db, ret->pending.petition_id, &p));
	ret->open = !when_set(ret->pending.confirmed_at) && still_open(c, &p);
	return signature_state(c, &ret->pending, &ret->counts);
}

enum rc petition_confirm(struct ctx *c, struct str token)
{
	struct pending_row s;
	struct petition_row p;
	struct signature_row mine;
	int64_t changed;

	TRY(row_of(c, token, &s));
	TRY(petition_by_id(c->db, s.petition_id, &p));
	if (when_set(s.confirmed_at))
		return c->now.us - s.confirmed_at.us <= GRACE ? RC_OK : RC_DUPLICATE;
	if (!still_open(c, &p))
		return fail(c, RC_CONFLICT, MSG_PETITION_FAULT_NOT_OPEN);
	TRY(pending_confirmed(c->db, s.id, c->now, &changed));
	if (!changed)
		return RC_OK;
	TRY(signature_insert(c->db, (struct petition_signature_id){ id_make() }, p.id, identity_of(c, &s), 0, s.first_name, s.initial, s.hidden, s.place_id, s.region_id,
			     S("mail"), s.net, s.mail_domain, s.mail_key, s.mail_sealed, s.lang, s.wants_mail, 0, 0, c->now, &changed));
	if (changed)
		return RC_OK;
	TRY(signature_of(c->db, p.id, identity_of(c, &s), &mine));
	enum rc rc = petition_sign_again(c, &mine, s.hidden, 0);

	return rc == RC_DUPLICATE ? RC_OK : rc;
}

enum rc petition_confirm_undo(struct ctx *c, struct str token)
{
	struct pending_row s;
	struct petition_row p;
	struct signature_row mine;
	int64_t changed;

	TRY(row_of(c, token, &s));
	TRY(petition_by_id(c->db, s.petition_id, &p));
	if (!str_eq(p.state, S("open")) && !str_eq(p.state, S("supporters")))
		return fail(c, RC_CONFLICT, MSG_PETITION_FAULT_NOT_OPEN);
	TRY(signature_of(c->db, p.id, identity_of(c, &s), &mine));
	TRY(signature_withdraw(c->db, mine.id, c->now, &changed));
	return changed && !when_set(mine.invalidated_at) ? petition_tally(c, &mine, -1) : RC_OK;
}
