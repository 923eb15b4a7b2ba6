/* reception_book.c: a window is reserved for minutes, asked for by a person, confirmed by letter. Two people never get the same one: the row decides. */
#include "base/random.h"
#include "gen/account_sql.h"
#include "gen/messages.h"
#include "reception/reception_inner.h"

#define TRIES_MAX 5
#define NUMBER_TRIES 8
#define BATCH 200
#define REMIND_HOUR 10

struct str reception_secret(const struct ctx *c, struct arena *a, struct reception_booking_id id)
{
	return key_code(a, c->app->keys, "booking", id.v, 12);
}

struct str reception_code(const struct ctx *c, struct arena *a, struct reception_booking_id id)
{
	return key_code(a, c->app->keys, "booking letter", id.v, 6);
}

struct url reception_booking_url(const struct ctx *c, struct arena *a, const struct reception_booking_row *b)
{
	struct str parts[] = { b->number, reception_secret(c, a, b->id) };

	return url_path(a, "/bookings/{}/{}", 2, parts);
}

struct when reception_remind_at(const struct ctx *c, struct when starts)
{
	struct day before = { when_day(starts).v - 1 };
	struct when at = when_of_day(before, REMIND_HOUR, 0);

	return at.us > c->now.us ? at : (struct when){ 0 };
}

enum rc reception_step(struct ctx *c, struct reception_booking_row *b, const struct reception_step *s)
{
	const char *to = reception_moved("booking", b->state, s->event);
	bool over = s->event == RE_CANCELLED || s->event == RE_LAPSED || s->event == RE_MISSED || s->event == RE_SEEN || s->event == RE_CALLED_OFF;
	struct when ended = over ? c->now : (struct when){ 0 };
	int64_t changed;

	if (!to)
		return fail(c, RC_CONFLICT, MSG_RECEPTION_FAULT_STATE);
	TRY(reception_booking_set_state(c->db, b->id, b->state, str_of(to), s->expires, s->remind, ended, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_RECEPTION_FAULT_STATE);
	b->state = str_of(to);
	b->expires_at = s->expires;
	b->remind_at = s->remind;
	b->ended_at = ended;
	return reception_tell(c, &(struct reception_told){ .of = "booking", .subject = b->id.v, .body = b->body_id, .account = s->account, .event = s->event,
							   .detail = s->detail, .reason = s->reason });
}

/* ---- reserving ---- */

/* XXXX-XXXC, the check character among them. */
static struct str make_number(struct arena *a)
{
	for (;;) {
		struct str code = code_random(a, 7);
		char check = code_check(code);

		if (strchr(CODE_ALPHABET, check))
			return str_fmt(a, "%.*s-%.*s%c", STR_FMT(str_sub(code, 0, 4)), STR_FMT(str_sub(code, 4, 3)), check);
	}
}

static enum rc insert(struct ctx *c, const struct actor *who, const struct reception_slot_row *s, const struct reception_booking_row *b)
{
	int64_t changed;
	enum rc rc = RC_DUPLICATE;

	/* numbers are made by chance; a taken slot cannot be the reason here, its row is ours */
	for (int i = 0; rc == RC_DUPLICATE && i < NUMBER_TRIES; i++)
		rc = reception_booking_insert(c->db, b->id, i ? make_number(c->arena) : b->number, s->id, s->day_id, s->head_id, s->body_id, S("reserved"), s->starts_at,
					      b->account_id, b->lang, c->now, b->expires_at, b->by_staff, &changed);
	return rc == RC_OK ? reception_tell(c, &(struct reception_told){ .of = "booking", .subject = b->id.v, .body = s->body_id, .account = who->account, .event = RE_RESERVED,
									 .detail = S(""), .reason = S("") })
			   : rc;
}

static enum rc check_slot(struct ctx *c, const struct reception_slot_row *s)
{
	struct reception_day_row d;

	TRY(reception_day_by_id(c->db, s->day_id, &d));
	if (!str_eq(d.state, S("public")) || s->closed)
		return fail(c, RC_CONFLICT, MSG_RECEPTION_FAULT_SLOT_CLOSED);
	if (s->starts_at.us <= c->now.us)
		return fail(c, RC_CONFLICT, MSG_RECEPTION_FAULT_SLOT_PAST);
	if (d.held_on.v > when_day(c->now).v + reception_clause(c, "reception_ahead"))
		return fail(c, RC_CONFLICT, MSG_RECEPTION_FAULT_SLOT_EARLY);
	return s->booking_id ? fail(c, RC_CONFLICT, MSG_RECEPTION_FAULT_TAKEN) : RC_OK;
}

/* The one place where a window changes hands. */
static enum rc take(struct ctx *c, struct reception_slot_id slot, int64_t booking, struct reception_slot_row *ret)
{
	int64_t changed;

	TRY(reception_slot_by_id(c->db, slot, ret));
	TRY(check_slot(c, ret));
	TRY(reception_slot_take(c->db, slot, booking, c->now, &changed));
	return changed ? RC_OK : fail(c, RC_CONFLICT, MSG_RECEPTION_FAULT_TAKEN);
}

enum rc reception_reserve(struct ctx *c, const struct actor *who, struct reception_slot_id slot, enum lang_id lang, struct reception_booking_row *ret)
{
	struct reception_booking_row b = { .id = { id_make() }, .lang = lang_code(lang_of(lang)), .number = make_number(c->arena) };
	struct reception_slot_row s;

	b.account_id = who->body ? 0 : who->account;
	b.by_staff = who->body ? who->account : 0;
	b.expires_at = when_add(c->now, reception_clause(c, "reception_reserve") * WHEN_MINUTE);
	TRY(take(c, slot, b.id.v, &s));
	TRY(insert(c, who, &s, &b));
	return reception_booking_by_id(c->db, b.id, ret);
}

/* ---- asking ---- */

static struct str person_key(struct ctx *c, const struct reception_person *p, int64_t account)
{
	struct arena *a = c->arena;

	if (p->email.n)
		return key_hash(a, c->app->keys, "booking", str_lower_ascii(a, str_trim(p->email)));
	if (account)
		return key_hash(a, c->app->keys, "booking", str_fmt(a, "account %lld", (long long)account));
	return key_hash(a, c->app->keys, "booking", str_fmt(a, "%.*s %.*s", STR_FMT(p->phone), STR_FMT(p->name)));
}

static enum rc check_limit(struct ctx *c, struct str key, int64_t body)
{
	int64_t here, all, asked;

	TRY(reception_booking_count(c->db, key, body, c->now, &here));
	TRY(reception_booking_count_all(c->db, key, c->now, &all));
	if (here >= reception_clause(c, "reception_limit") || all >= reception_clause(c, "reception_limit_all"))
		return fail(c, RC_INVALID, MSG_RECEPTION_FAULT_LIMIT);
	TRY(reception_booking_asked(c->db, key, when_add(c->now, -WHEN_HOUR), &asked));
	return asked < 2 * reception_clause(c, "reception_limit_all") ? RC_OK : fail(c, RC_INVALID, MSG_RECEPTION_FAULT_OFTEN);
}

static enum rc live(struct ctx *c, const struct reception_booking_row *b)
{
	if (when_set(b->expires_at) && b->expires_at.us <= c->now.us)
		return fail(c, RC_CONFLICT, MSG_RECEPTION_FAULT_LAPSED);
	return RC_OK;
}

static enum rc set_person(struct ctx *c, struct reception_booking_row *b, int64_t account, const struct reception_person *p)
{
	struct str key = person_key(c, p, account);
	int64_t changed;

	TRY(check_limit(c, key, b->body_id));
	return reception_booking_set_person(c->db, b->id, account, p->name, p->email, key, p->phone, p->matter, lang_code(lang_of(p->lang)), &changed);
}

static enum rc booked(struct ctx *c, struct reception_booking_row *b, int64_t account)
{
	int64_t changed;

	TRY(reception_step(c, b, &(struct reception_step){ .event = RE_BOOKED, .remind = reception_remind_at(c, b->starts_at), .account = account }));
	TRY(reception_booking_set_confirmed(c->db, b->id, c->now, &changed));
	b->confirmed_at = c->now;
	return reception_write_to(c, b, LETTER_BOOKED, S(""));
}

enum rc reception_ask(struct ctx *c, const struct actor *who, struct reception_booking_row *b, const struct reception_person *p)
{
	bool known = who->account && !who->body;

	if (!str_eq(b->state, S("reserved")))
		return fail(c, RC_CONFLICT, MSG_RECEPTION_FAULT_STATE);
	TRY(live(c, b));
	if (!known && !p->email.n)
		return fail(c, RC_INVALID, MSG_RECEPTION_FAULT_EMAIL);
	TRY(set_person(c, b, known ? who->account : 0, p));
	TRY(reception_booking_by_id(c->db, b->id, b));
	if (known)
		return booked(c, b, who->account);
	TRY(reception_step(c, b, &(struct reception_step){ .event = RE_ASKED, .expires = when_add(c->now, reception_clause(c, "reception_confirm") * WHEN_MINUTE) }));
	return reception_write_to(c, b, LETTER_CODE, S(""));
}

enum rc reception_confirm(struct ctx *c, struct reception_booking_row *b, struct str code)
{
	struct out o = OUT_ON(c->arena);
	int64_t changed;

	if (when_set(b->confirmed_at) && !str_eq(b->state, S("called_off")) && !str_eq(b->state, S("cancelled")))
		return RC_OK; /* pressed twice */
	if (!str_eq(b->state, S("waiting")))
		return fail(c, RC_CONFLICT, str_eq(b->state, S("lapsed")) ? MSG_RECEPTION_FAULT_LAPSED : MSG_RECEPTION_FAULT_STATE);
	TRY(live(c, b));
	for (size_t i = 0; i < code.n; i++) /* people add blanks and write small */
		if (code.p[i] != ' ' && code.p[i] != '-')
			out_char(&o, (char)(code.p[i] >= 'a' && code.p[i] <= 'z' ? code.p[i] - 32 : code.p[i]));
	if (b->tries >= TRIES_MAX)
		return fail(c, RC_INVALID, MSG_RECEPTION_FAULT_TRIES);
	if (!same_secret(out_done(&o), reception_code(c, c->arena, b->id))) {
		TRY(reception_booking_tried(c->db, b->id, &changed));
		return fail(c, RC_INVALID, MSG_RECEPTION_FAULT_CODE);
	}
	return booked(c, b, 0);
}

enum rc reception_book_for(struct ctx *c, const struct actor *who, struct reception_slot_id slot, const struct reception_person *p, struct reception_booking_row *ret)
{
	if (!who->body || !(who->roles & (BIT(ROLE_OPERATOR) | BIT(ROLE_REGISTRAR) | BIT(ROLE_HEAD) | BIT(ROLE_EXECUTOR))))
		return fail(c, RC_FORBIDDEN, MSG_RECEPTION_FAULT_ROLE);
	if (!p->name.n)
		return fail(c, RC_INVALID, MSG_RECEPTION_FAULT_NAME);
	TRY(reception_reserve(c, who, slot, p->lang, ret));
	TRY(set_person(c, ret, 0, p));
	TRY(reception_booking_by_id(c->db, ret->id, ret));
	return booked(c, ret, who->account);
}

/* ---- changing one's mind ---- */

enum rc reception_cancel(struct ctx *c, const struct actor *who, struct reception_booking_row *b)
{
	bool was_booked = str_eq(b->state, S("booked"));
	int64_t changed;

	if (str_eq(b->state, S("cancelled")))
		return RC_OK;
	TRY(reception_step(c, b, &(struct reception_step){ .event = RE_CANCELLED, .account = who->account }));
	TRY(reception_slot_release(c->db, b->slot_id, b->id.v, &changed));
	return was_booked ? reception_write_to(c, b, LETTER_CANCELLED, S("")) : RC_OK;
}

enum rc reception_move_to(struct ctx *c, const struct actor *who, struct reception_booking_row *b, struct reception_slot_id slot)
{
	struct reception_slot_row s;
	struct reception_slot_id before = b->slot_id;
	int64_t changed;

	if (before.v == slot.v && str_eq(b->state, S("booked")))
		return RC_OK;
	if (!reception_moved("booking", b->state, RE_MOVED) || !when_set(b->confirmed_at))
		return fail(c, RC_CONFLICT, MSG_RECEPTION_FAULT_STATE);
	TRY(take(c, slot, b->id.v, &s));
	if (s.body_id != b->body_id)
		return fail(c, RC_INVALID, MSG_RECEPTION_FAULT_OTHER_BODY);
	struct str from = when_iso(c->arena, b->starts_at);

	TRY(reception_slot_release(c->db, before, b->id.v, &changed));
	TRY(reception_booking_set_slot(c->db, b->id, s.id, s.day_id, s.head_id, s.body_id, s.starts_at, &changed));
	TRY(reception_step(c, b, &(struct reception_step){ .event = RE_MOVED, .remind = reception_remind_at(c, s.starts_at), .account = who->account, .detail = from,
							    .reason = S("") }));
	TRY(reception_booking_by_id(c->db, b->id, b));
	return reception_write_to(c, b, LETTER_MOVED, S(""));
}

/* The body cannot receive then. The person is told, and told where there is room. */
enum rc reception_call_off(struct ctx *c, const struct actor *who, struct reception_booking_row *b, struct str reason)
{
	bool had_address = b->email.n != 0 || b->account_id;
	int64_t changed;

	TRY(reception_step(c, b, &(struct reception_step){ .event = RE_CALLED_OFF, .account = who->account, .reason = reason }));
	TRY(reception_slot_release(c->db, b->slot_id, b->id.v, &changed));
	return had_address && when_set(b->confirmed_at) ? reception_write_to(c, b, LETTER_CALLED_OFF, reason) : RC_OK;
}

/* ---- jobs ---- */

enum rc reception_free(struct ctx *c, struct str payload)
{
	struct reception_booking_row_list l;
	int64_t changed;

	(void)payload;
	TRY(reception_bookings_expired(c->db, c->now, BATCH, &l));
	for (size_t i = 0; i < l.n; i++) {
		TRY(reception_step(c, &l.v[i], &(struct reception_step){ .event = RE_LAPSED }));
		TRY(reception_slot_release(c->db, l.v[i].slot_id, l.v[i].id.v, &changed));
	}
	return RC_OK;
}

enum rc reception_remind(struct ctx *c, struct str payload)
{
	struct reception_booking_row_list l;
	int64_t changed;

	(void)payload;
	TRY(reception_bookings_to_remind(c->db, c->now, BATCH, &l));
	for (size_t i = 0; i < l.n; i++) {
		TRY(reception_booking_set_remind(c->db, l.v[i].id, (struct when){ 0 }, &changed));
		if (str_eq(l.v[i].state, S("booked")) && l.v[i].starts_at.us > c->now.us)
			TRY(reception_write_to(c, &l.v[i], LETTER_REMINDER, S("")));
	}
	return RC_OK;
}
