/* reception_letters.c: what a person who booked is told by letter: the code, the booking, its changes, the day before. */
#include "body/body.h"
#include "gen/account_sql.h"
#include "gen/messages.h"
#include "notify/notify.h"
#include "reception/reception_inner.h"

static const struct { const char *name; unsigned subject, text, button; } letters[LETTER_KINDS] = {
	[LETTER_CODE] = { "code", MSG_RECEPTION_L_CODE_SUBJECT, MSG_RECEPTION_L_CODE, MSG_RECEPTION_CONFIRM },
	[LETTER_BOOKED] = { "booked", MSG_RECEPTION_L_BOOKED_SUBJECT, MSG_RECEPTION_L_BOOKED, MSG_RECEPTION_L_OPEN },
	[LETTER_MOVED] = { "moved", MSG_RECEPTION_L_MOVED_SUBJECT, MSG_RECEPTION_L_MOVED, MSG_RECEPTION_L_OPEN },
	[LETTER_CHANGED] = { "changed", MSG_RECEPTION_L_CHANGED_SUBJECT, MSG_RECEPTION_L_CHANGED, MSG_RECEPTION_L_OPEN },
	[LETTER_CANCELLED] = { "cancelled", MSG_RECEPTION_L_CANCELLED_SUBJECT, MSG_RECEPTION_L_CANCELLED, MSG_RECEPTION_L_OPEN },
	[LETTER_CALLED_OFF] = { "called_off", MSG_RECEPTION_L_CALLED_OFF_SUBJECT, MSG_RECEPTION_L_CALLED_OFF, MSG_RECEPTION_L_CHOOSE },
	[LETTER_REMINDER] = { "reminder", MSG_RECEPTION_L_REMINDER_SUBJECT, MSG_RECEPTION_L_REMINDER, MSG_RECEPTION_L_OPEN },
};

/* Address and language: as given with the booking, else of the account. */
static enum rc reader(struct ctx *c, const struct reception_booking_row *b, struct str *ret_to, const struct lang **ret_lang)
{
	enum lang_id id = LANG_KK;
	struct account_row person;

	if (!lang_by_code(b->lang, &id))
		id = LANG_KK;
	*ret_lang = lang_of(id);
	*ret_to = b->email;
	if (b->email.n || !b->account_id)
		return RC_OK;
	enum rc rc = account_by_id(c->db, (struct account_id){ b->account_id }, &person);

	if (rc == RC_NOT_FOUND)
		return RC_OK;
	TRY(rc);
	*ret_to = person.mail_off ? S("") : person.email;
	return RC_OK;
}

static enum rc add_place(struct ctx *c, struct letter *l, const struct reception_booking_row *b)
{
	struct reception_day_row d;
	struct reception_head_row h;
	struct reception_centre_row at;

	TRY(reception_day_by_id(c->db, b->day_id, &d));
	TRY(reception_head_by_id(c->db, d.head_id, &h));
	TRY(reception_centre_by_id(c->db, d.centre_id, &at));
	letter_add(l, str_fmt(c->arena, "%.*s\n%.*s, %.*s", STR_FMT(body_name(c->app->pack, b->body_id, lang_id(l->lang))), STR_FMT(h.name),
			      STR_FMT(reception_post(l->lang, h.post_kk, h.post_ru, h.post_en))));
	if (str_eq(d.kind, S("video")))
		letter_add(l, msg_text(l->lang, MSG_RECEPTION_L_VIDEO));
	else
		letter_add(l, str_fmt(c->arena, "%.*s\n%.*s", STR_FMT(reception_post(l->lang, at.name_kk, at.name_ru, at.name_en)), STR_FMT(at.address)));
	return RC_OK;
}

/* "The next free time is ...", for people whose reception was called off. */
static enum rc add_next(struct ctx *c, struct letter *l, const struct reception_booking_row *b)
{
	struct reception_slot_row_list next;

	TRY(reception_slot_next_head(c->db, b->head_id, c->now, 1, &next));
	if (!next.n)
		TRY(reception_slot_next_body(c->db, b->body_id, c->now, 1, &next));
	if (next.n)
		letter_add(l, msg_fmt(c->arena, l->lang, MSG_RECEPTION_L_NEXT, ARGS(ARG_W("when", next.v[0].starts_at))));
	return RC_OK;
}

enum rc reception_write_to(struct ctx *c, const struct reception_booking_row *b, enum reception_letter kind, struct str reason)
{
	struct letter l = { .about = "booking", .about_id = b->id.v, .account = b->account_id, .typed = kind == LETTER_CODE && !b->account_id };
	struct str code = reception_code(c, c->arena, b->id), secret = reception_secret(c, c->arena, b->id);
	struct str parts[] = { b->number, secret, code };

	TRY(reader(c, b, &l.to, &l.lang));
	if (!l.to.n)
		return RC_OK;
	const struct msg_arg args[] = { ARG_W("when", b->starts_at), ARG_S("code", code), ARG_S("number", b->number), ARG_S("why", reason),
					ARG_I("n", reception_clause(c, "reception_confirm")) };

	l.subject = msg_fmt(c->arena, l.lang, letters[kind].subject, args, ARRAY_LEN(args));
	letter_add(&l, msg_fmt(c->arena, l.lang, letters[kind].text, args, ARRAY_LEN(args)));
	if (kind == LETTER_CODE) {
		l.once_ends = when_add(c->now, reception_clause(c, "reception_confirm") * WHEN_MINUTE);
		letter_add(&l, msg_text(l.lang, MSG_RECEPTION_L_STRANGER));
	}
	if (kind != LETTER_CANCELLED)
		TRY(add_place(c, &l, b));
	if (kind == LETTER_CALLED_OFF)
		TRY(add_next(c, &l, b));
	if (kind == LETTER_BOOKED || kind == LETTER_MOVED || kind == LETTER_CHANGED || kind == LETTER_REMINDER)
		letter_add(&l, msg_text(l.lang, MSG_RECEPTION_L_KEEP));
	l.button = msg_text(l.lang, letters[kind].button);
	l.link = kind == LETTER_CODE ? url_path(c->arena, "/bookings/{}/{}/confirm/{}", 3, parts) : url_path(c->arena, "/bookings/{}/{}", 2, parts);
	l.dedup = str_fmt(c->arena, "booking %lld %s %lld %lld", (long long)b->id.v, letters[kind].name, (long long)b->moved_n,
			  kind == LETTER_CHANGED ? (long long)c->now.us : 0); /* a place may change twice */
	return notify_send(c, &l);
}
