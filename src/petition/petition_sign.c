/* petition_sign.c: one person, one signature: giving it, taking it back, and how it enters the counts. */
#include "app/app.h"
#include "base/random.h"
#include "base/utf8.h"
#include "gen/messages.h"
#include "petition/petition_inner.h"
#include "place/place.h"
#include "standard/mail_rules.h"

#define MARK ((struct petition_mark_id){ 1 })

bool petition_signs_by(const struct pack *p, const char *way)
{
	struct str rest = p->petition_signing, one;

	while (rest.n && str_cut(&rest, ' ', &one))
		if (str_eq(one, str_of(way)))
			return true;
	return false;
}

/* ---- names ---- */

static bool small_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

/* "t.me", "site.kz": a dot before two small Latin letters. "J.K." and "А.Б." are initials. */
static bool holds_address(struct str s)
{
	if (str_find(s, S("://"), 0) != SIZE_MAX || str_find_byte(s, '/', 0) != SIZE_MAX || str_find_byte(s, '@', 0) != SIZE_MAX)
		return true;
	for (size_t i = 1; i + 2 < s.n; i++)
		if (s.p[i] == '.' && s.p[i - 1] != ' ' && small_letter(s.p[i + 1]) && small_letter(s.p[i + 2]))
			return true;
	return false;
}

unsigned petition_name_fault(struct str name)
{
	size_t at = 0, letters = 0;

	if (holds_address(name))
		return MSG_PETITION_FAULT_NAME_ADDRESS;
	if (name.n && strchr("=+-@", name.p[0])) /* what a spreadsheet would run */
		return MSG_PETITION_FAULT_NAME_SIGN;
	while (at < name.n) {
		uint32_t cp = utf8_next(name, &at);

		if (cp < 0x20 || cp == 0x7f || cp == UTF8_BAD)
			return MSG_PETITION_FAULT_NAME_SIGN;
		letters += utf8_is_letter(cp);
	}
	return letters < 2 ? MSG_PETITION_FAULT_NAME : 0;
}

void petition_shown_as(struct arena *a, struct str name, struct str *ret_first, struct str *ret_initial)
{
	struct str rest = str_trim(name), first = S("");

	if (!str_cut(&rest, ' ', &first))
		first = name;
	rest = rest.p ? str_trim(rest) : S("");
	*ret_first = utf8_head(first, 40);
	*ret_initial = rest.n ? str_fmt(a, "%.*s.", STR_FMT(utf8_head(rest, 1))) : S("");
}

struct str petition_net(struct arena *a, const struct http_address *from)
{
	static const unsigned char v4[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
	unsigned char ip[16];
	size_t keep = memcmp(from->ip, v4, sizeof(v4)) == 0 ? 15 : 6;

	memcpy(ip, from->ip, sizeof(ip));
	memset(ip + keep, 0, sizeof(ip) - keep);
	return str_hex(a, ip, sizeof(ip));
}

/* ---- counts ---- */

static enum rc count_one(struct ctx *c, struct petition_id id, const char *cut, int64_t slot, int64_t n)
{
	int64_t changed;

	return petition_count_add(c->db, id, str_of(cut), slot, n, &changed);
}

enum rc petition_tally(struct ctx *c, const struct signature_row *s, int64_t n)
{
	struct petition_mark_row mark = { 0 };
	int64_t changed, hour = s->signed_at.us / PETITION_HOUR_US;
	enum rc rc = petition_mark_get(c->db, MARK, &mark);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	if (s->id.v > mark.signature)
		return RC_OK; /* not counted yet */
	TRY(petition_add(c->db, s->petition_id, n, c->now, &changed));
	TRY(count_one(c, s->petition_id, "r", s->region_id, n));
	TRY(count_one(c, s->petition_id, "d", s->place_id, n));
	TRY(count_one(c, s->petition_id, "h", hour, n));
	return count_one(c, s->petition_id, "x", hour * PETITION_HOUR_REGION + s->region_id, n);
}

/* ---- signing ---- */

static enum rc identity(struct ctx *c, const struct actor *who, struct account_identity_row *ret)
{
	if (!who->account || !(who->roles & CITIZEN))
		return fail(c, RC_FORBIDDEN, MSG_PETITION_FAULT_IDENTITY);
	TRY(account_identity(c->db, (struct account_id){ who->account }, ret));
	return ret->identity_key.n ? RC_OK : fail(c, RC_INVALID, MSG_PETITION_FAULT_IDENTITY);
}

static bool accepts(struct ctx *c, const struct petition_signing_row *p, struct str link, int64_t grace_us)
{
	if (str_eq(p->state, S("open")))
		return p->closes_at.us + grace_us > c->now.us;
	return str_eq(p->state, S("supporters")) && p->supporters_due_at.us > c->now.us && link.n && same_secret(token_hash(c->arena, link), p->link_key);
}

bool petition_accepts(struct ctx *c, const struct petition_row *p, struct str link, int64_t grace_us)
{
	struct petition_signing_row s = { .state = p->state, .closes_at = p->closes_at, .supporters_due_at = p->supporters_due_at, .link_key = p->link_key };

	return accepts(c, &s, link, grace_us);
}

struct petition_mailbox petition_mailbox_of(const struct ctx *c, struct str address)
{
	const struct mail_rules *r = c->app->pack->mail;

	if (!address.n)
		return (struct petition_mailbox){ S(""), S(""), { 0 } };
	return (struct petition_mailbox){ key_hash(c->arena, c->app->keys, "petition-mail", mail_canonical(c->arena, r, address)),
					  mail_domain_of(c->arena, r, address), key_seal(c->arena, c->app->keys, str_trim(address)) };
}

/* Taken back once and given again, or simply twice. What was found to be not honest stays out, and the answer is the same. */
enum rc petition_sign_again(struct ctx *c, const struct signature_row *mine, bool hidden, int64_t form_key)
{
	int64_t changed;

	if (!when_set(mine->withdrawn_at) || when_set(mine->invalidated_at))
		return RC_DUPLICATE;
	TRY(signature_again(c->db, mine->id, hidden, form_key, &changed));
	return changed ? petition_tally(c, mine, 1) : RC_DUPLICATE;
}

/* Why this signature cannot be taken; 0: it can. */
static unsigned fault_of(const struct ctx *c, const struct petition_signing_row *p, const struct petition_signing *s)
{
	return pack_place(c->app->pack, s->place) ? petition_name_fault(p->name) : MSG_PETITION_FAULT_PLACE;
}

static enum rc insert(struct ctx *c, const struct actor *who, const struct petition_signing_row *p, const struct petition_signing *s, int64_t *ret_changed)
{
	const struct place *place = pack_place(c->app->pack, s->place);
	struct petition_mailbox box = petition_mailbox_of(c, s->mail);
	struct str first, initial;

	petition_shown_as(c->arena, p->name, &first, &initial);
	return signature_insert(c->db, (struct petition_signature_id){ id_make() }, p->id, p->identity_key, who->account, first, initial, s->hidden, place->id,
				place_region(place)->id, S("web"), s->net, box.domain, box.key, box.sealed, s->lang, s->wants_mail, 0, s->form_key, c->now, ret_changed);
}

enum rc petition_sign(struct ctx *c, const struct actor *who, struct petition_id id, const struct petition_signing *s)
{
	struct petition_signing_row p;
	struct signature_row mine;
	int64_t changed = 0;

	if (!who->account || !(who->roles & CITIZEN))
		return fail(c, RC_FORBIDDEN, MSG_PETITION_FAULT_IDENTITY);
	TRY(petition_signing_of(c->db, id, (struct account_id){ who->account }, &p));
	if (!p.identity_key.n)
		return fail(c, RC_INVALID, MSG_PETITION_FAULT_IDENTITY);
	bool open = petition_signs_by(c->app->pack, "identity") && accepts(c, &p, s->link, 0);
	unsigned fault = open ? fault_of(c, &p, s) : 0;

	if (fault)
		return fail(c, RC_INVALID, fault);
	if (open) {
		TRY(petition_claim_mailbox(c, &p, s));
		TRY(insert(c, who, &p, s, &changed));
	}
	if (changed)
		return RC_OK;
	/* there already: the same request again, taken back once and given again, or simply twice */
	enum rc rc = signature_of(c->db, id, p.identity_key, &mine);

	if (rc == RC_OK && s->form_key && mine.form_key == s->form_key)
		return RC_OK;
	if (!open && (rc == RC_OK || rc == RC_NOT_FOUND))
		return fail(c, RC_CONFLICT, MSG_PETITION_FAULT_NOT_OPEN);
	TRY(rc);
	return petition_sign_again(c, &mine, s->hidden, s->form_key);
}

enum rc petition_unsign(struct ctx *c, const struct actor *who, struct petition_id id)
{
	struct account_identity_row person;
	struct signature_row mine;
	struct petition_row p;
	int64_t changed;

	TRY(identity(c, who, &person));
	TRY(petition_by_id(c->db, id, &p));
	if (!str_eq(p.state, S("open")) && !str_eq(p.state, S("supporters")))
		return fail(c, RC_CONFLICT, MSG_PETITION_FAULT_NOT_OPEN);
	TRY(signature_of(c->db, id, person.identity_key, &mine));
	TRY(signature_withdraw(c->db, mine.id, c->now, &changed));
	return changed && !when_set(mine.invalidated_at) ? petition_tally(c, &mine, -1) : RC_OK;
}
