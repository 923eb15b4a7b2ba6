/* meeting_seat.c: seats and the waiting list, the door, and letters to those who follow a place. */
#include "account/account.h"
#include "app/app.h"
#include "app/jobs.h"
#include "base/random.h"
#include "base/utf8.h"
#include "gen/messages.h"
#include "meeting/meeting_view.h"
#include "notify/notify.h"
#include "place/place.h"

#define CODE_LETTERS 5
#define CODE_TRIES 8
#define SECRET_LETTERS 12
#define BATCH 200

struct str meeting_seat_secret(const struct ctx *c, struct meeting_seat_id id)
{
	return key_code(c->arena, c->app->keys, "meeting-seat", id.v, SECRET_LETTERS);
}

struct str meeting_follow_secret(const struct ctx *c, struct meeting_follow_id id)
{
	return key_code(c->arena, c->app->keys, "meeting-follow", id.v, SECRET_LETTERS);
}

static const struct lang *lang_of_code(struct str code)
{
	enum lang_id id = LANG_KK;

	return lang_by_code(code, &id) ? lang_of(id) : lang_of(LANG_KK);
}

static struct url secret_url(struct ctx *c, const char *fmt, int64_t a, int64_t b, struct str secret)
{
	struct str part[3] = { str_i64(c->arena, a) };
	size_t n = 1;

	if (b)
		part[n++] = str_i64(c->arena, b);
	part[n++] = secret;
	return url_path(c->arena, fmt, n, part);
}

/* What every letter about a meeting begins with: which, when, where. */
static struct letter letter_of(struct ctx *c, const struct meeting_row *m, const struct lang *l, struct str to, unsigned subject)
{
	struct str title = meeting_title(c->arena, l, c->app->pack, m->place_id);
	struct letter letter = { .lang = l, .to = to, .about = MEETING_SUBJECT, .about_id = m->id.v };

	letter.subject = msg_fmt(c->arena, l, subject, ARGS(ARG_S("title", title)));
	letter_add(&letter, letter.subject);
	letter_add(&letter, str_fmt(c->arena, "%.*s. %.*s", STR_FMT(lang_when(c->arena, l, m->starts_at)), STR_FMT(m->venue)));
	letter.button = msg_text(l, MSG_MEETING_LETTER_OPEN);
	letter.link = meeting_url(c->arena, m->id.v, "");
	return letter;
}

static enum rc send_ticket(struct ctx *c, const struct meeting_row *m, const struct meeting_seat_row *s, unsigned subject)
{
	const struct lang *l = lang_of_code(s->lang);
	struct letter letter = letter_of(c, m, l, s->email, subject);

	letter.typed = !s->account_id;
	if (str_eq(s->state, S("seat")))
		letter_add(&letter, msg_fmt(c->arena, l, MSG_MEETING_LETTER_CODE, ARGS(ARG_S("code", s->code))));
	letter.button = msg_text(l, MSG_MEETING_LETTER_TICKET);
	letter.link = secret_url(c, "/meetings/{}/seat/{}/{}", m->id.v, s->id.v, meeting_seat_secret(c, s->id));
	return notify_send(c, &letter);
}

/* Letters without look-alikes, said at the door; taken codes are one in a hundred thousand. */
static enum rc insert_seat(struct ctx *c, struct meeting_row *m, struct meeting_seat_row *s, struct str key, struct when came)
{
	for (int i = 0; i < CODE_TRIES; i++) {
		int64_t changed;

		s->id = (struct meeting_seat_id){ id_make() };
		s->code = code_random(c->arena, CODE_LETTERS);
		TRY(meeting_seat_insert(c->db, s->id, m->id, s->state, s->code, key, s->account_id, s->name, s->email, s->lang, s->walked_in, came, c->now, &changed));
		if (changed)
			return RC_OK;
	}
	return fail_log(c, RC_BUSY, S("no free code"));
}

enum rc meeting_register(struct ctx *c, struct meeting_id id, const struct meeting_guest *g, struct meeting_seat_row *ret)
{
	struct str key = g->email.n ? key_hash(c->arena, c->app->keys, "meeting-person", account_email_key(c->arena, g->email)) : S("");
	struct meeting_row m;
	int64_t seat;

	TRY(meeting_by_id(c->db, id, &m));
	if (!str_eq(m.state, S("announced")))
		return fail(c, RC_CONFLICT, MSG_MEETING_FAULT_CLOSED);
	if (key.n) {
		enum rc rc = meeting_seat_of_person(c->db, id, key, ret);

		if (rc != RC_NOT_FOUND)
			return rc == RC_OK ? send_ticket(c, &m, ret, MSG_MEETING_LETTER_REGISTERED) : rc;
	}
	TRY(meeting_take_seat(c->db, id, &seat));
	struct meeting_seat_row s = { .meeting_id = id, .state = seat ? S("seat") : S("waiting"), .account_id = g->account, .name = g->name, .email = g->email,
				      .lang = g->lang, .made_at = c->now };

	TRY(insert_seat(c, &m, &s, key, (struct when){ 0 }));
	TRY(send_ticket(c, &m, &s, seat ? MSG_MEETING_LETTER_REGISTERED : MSG_MEETING_LETTER_WAITING));
	*ret = s;
	return RC_OK;
}

enum rc meeting_move_up(struct ctx *c, const struct meeting_row *m, const struct meeting_seat_row *s)
{
	struct meeting_seat_row up = *s;
	int64_t changed;

	TRY(meeting_seat_up(c->db, s->id, &changed));
	up.state = S("seat");
	return changed ? send_ticket(c, m, &up, MSG_MEETING_LETTER_UP) : RC_OK;
}

enum rc meeting_leave(struct ctx *c, struct meeting_seat_id id)
{
	struct meeting_seat_row s, next;
	struct meeting_row m;
	int64_t changed;

	TRY(meeting_seat_by_id(c->db, id, &s));
	if (str_eq(s.state, S("left")))
		return RC_OK; /* pressed twice */
	TRY(meeting_by_id(c->db, s.meeting_id, &m));
	TRY(meeting_seat_leave(c->db, id, s.state, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_MEETING_FAULT_CAME);
	if (!str_eq(s.state, S("seat")))
		return RC_OK;
	enum rc rc = meeting_seat_next(c->db, s.meeting_id, &next);

	if (rc == RC_NOT_FOUND)
		return meeting_free_seat(c->db, s.meeting_id, &changed);
	TRY(rc);
	return meeting_move_up(c, &m, &next);
}

/* ---- the door ---- */

static enum rc at_door(struct ctx *c, const struct actor *who, struct meeting_id id, struct meeting_row *ret)
{
	TRY(meeting_open_for(c, who, id, MP_DOOR, ret));
	return str_eq(ret->state, S("announced")) || str_eq(ret->state, S("live")) || str_eq(ret->state, S("planned")) ? RC_OK
														       : fail(c, RC_CONFLICT, MSG_MEETING_FAULT_STATE);
}

/* Typed in a hurry: small letters, blanks and dashes do not matter. */
static struct str clean_code(struct arena *a, struct str typed)
{
	struct out o = OUT_ON(a);

	for (size_t i = 0; i < typed.n; i++) {
		char ch = typed.p[i];

		if (ch != ' ' && ch != '-')
			out_char(&o, ch >= 'a' && ch <= 'z' ? (char)(ch - 32) : ch);
	}
	return out_done(&o);
}

enum rc meeting_check_in(struct ctx *c, const struct actor *who, struct meeting_id id, struct str code, struct meeting_seat_row *ret)
{
	struct meeting_row m;
	int64_t changed;

	TRY(at_door(c, who, id, &m));
	enum rc rc = meeting_seat_by_code(c->db, id, clean_code(c->arena, code), ret);

	if (rc == RC_NOT_FOUND)
		return fail(c, RC_INVALID, MSG_MEETING_FAULT_CODE);
	TRY(rc);
	if (str_eq(ret->state, S("left")))
		return fail(c, RC_INVALID, MSG_MEETING_FAULT_CODE_LEFT);
	TRY(meeting_seat_came(c->db, ret->id, c->now, &changed));
	if (!changed)
		return fail(c, RC_INVALID, MSG_MEETING_FAULT_CODE_USED);
	return RC_OK;
}

enum rc meeting_walk_in(struct ctx *c, const struct actor *who, struct meeting_id id, struct str name, struct meeting_seat_row *ret)
{
	struct meeting_row m;

	TRY(at_door(c, who, id, &m));
	struct meeting_seat_row s = { .meeting_id = id, .state = S("seat"), .name = name, .lang = m.lang, .walked_in = true, .made_at = c->now, .came_at = c->now };

	TRY(insert_seat(c, &m, &s, S(""), c->now));
	*ret = s;
	return RC_OK;
}

/* ---- following a place ---- */

enum rc meeting_follow_ask(struct ctx *c, int64_t place, struct str email, struct str lang)
{
	struct meeting_follow_id id = { id_make() };
	struct meeting_follow_row f;
	struct str key = account_email_key(c->arena, email);
	const struct lang *l = lang_of_code(lang);
	int64_t changed;

	if (place && !pack_place(c->app->pack, place))
		return fail(c, RC_INVALID, MSG_MEETING_FAULT_PLACE);
	TRY(meeting_follow_insert(c->db, id, place, email, key, lang, c->now, &changed));
	TRY(meeting_follow_find(c->db, place, key, &f));
	if (when_set(f.confirmed_at))
		return RC_OK; /* the page says the same: whether somebody follows is nobody's business */
	struct str name = place ? place_full_name(c->arena, c->app->pack, place, lang_id(l)) : name_in(&c->app->pack->name, l);
	struct letter letter = { .lang = l, .to = f.email, .about = "meeting_follow", .about_id = f.id.v, .typed = true, .button = msg_text(l, MSG_MEETING_FOLLOW_CONFIRM),
				 .once_ends = LETTER_ONCE, .dedup = str_fmt(c->arena, "meeting-follow %lld %d", (long long)f.id.v, (int)when_day(c->now).v) };

	letter.subject = msg_fmt(c->arena, l, MSG_MEETING_FOLLOW_LETTER, ARGS(ARG_S("place", name)));
	letter_add(&letter, letter.subject);
	letter_add(&letter, msg_text(l, MSG_MEETING_FOLLOW_LETTER_WHY));
	letter.link = secret_url(c, "/meetings/follow/{}/{}", f.id.v, 0, meeting_follow_secret(c, f.id));
	return notify_send(c, &letter);
}

/* ---- letters in batches ---- */

enum phase { FOLLOW_PLACE, FOLLOW_REGION, FOLLOW_COUNTRY, SEATS, ASKERS, PHASES };

static const struct { enum meeting_event_kind e; unsigned subject; bool seats, askers; } tellings[] = {
	{ MG_ANNOUNCED, MSG_MEETING_LETTER_ANNOUNCED, false, false },
	{ MG_MOVED, MSG_MEETING_LETTER_MOVED, true, true },
	{ MG_CANCELLED, MSG_MEETING_LETTER_CANCELLED, true, true },
	{ MG_PUBLISHED, MSG_MEETING_LETTER_PUBLISHED, false, true },
};

static enum rc queue(struct ctx *c, int64_t id, int64_t e, int64_t phase, int64_t after)
{
	return job_add(c, "meeting.tell", str_fmt(c->arena, "%lld %lld %lld %lld", (long long)id, (long long)e, (long long)phase, (long long)after), S(""), c->now);
}

enum rc meeting_tell_later(struct ctx *c, struct meeting_id id, enum meeting_event_kind e)
{
	return queue(c, id.v, e, FOLLOW_PLACE, 0);
}

static struct str once(struct ctx *c, const struct meeting_row *m, unsigned subject, struct str to)
{
	return str_fmt(c->arena, "meeting %lld %u %lld %.*s", (long long)m->id.v, subject, (long long)m->moved, STR_FMT(account_email_key(c->arena, to)));
}

static enum rc to_followers(struct ctx *c, const struct meeting_row *m, unsigned subject, int64_t place, int64_t after, int64_t *ret_after)
{
	struct meeting_follow_row_list l;

	TRY(meeting_followers(c->db, place, (struct meeting_follow_id){ after }, BATCH, &l));
	for (size_t i = 0; i < l.n; i++) {
		struct letter letter = letter_of(c, m, lang_of_code(l.v[i].lang), l.v[i].email, subject);
		struct url stop = secret_url(c, "/meetings/follow/{}/{}", l.v[i].id.v, 0, meeting_follow_secret(c, l.v[i].id));

		letter.dedup = once(c, m, subject, letter.to);
		letter_add(&letter, msg_fmt(c->arena, letter.lang, MSG_MEETING_LETTER_STOP,
					    ARGS(ARG_S("link", str_cat(c->arena, c->app->public_url, url_str(stop))))));
		TRY(notify_send(c, &letter));
	}
	*ret_after = l.n == BATCH ? l.v[BATCH - 1].id.v : 0;
	return RC_OK;
}

static enum rc to_seats(struct ctx *c, const struct meeting_row *m, unsigned subject, int64_t after, int64_t *ret_after)
{
	struct meeting_seat_row_list l;

	TRY(meeting_seat_list(c->db, m->id, (struct meeting_seat_id){ after }, BATCH, &l));
	for (size_t i = 0; i < l.n; i++) {
		struct letter letter = letter_of(c, m, lang_of_code(l.v[i].lang), l.v[i].email, subject);

		letter.dedup = once(c, m, subject, letter.to);
		TRY(notify_send(c, &letter));
	}
	*ret_after = l.n == BATCH ? l.v[BATCH - 1].id.v : 0;
	return RC_OK;
}

/* "What came of your question": its number, and what became of it. */
static enum rc to_askers(struct ctx *c, const struct meeting_row *m, unsigned subject, int64_t after, int64_t *ret_after)
{
	struct meeting_outcome_row_list l;

	TRY(meeting_question_outcome(c->db, m->id, after, BATCH, &l));
	for (size_t i = 0; i < l.n; i++) {
		const struct lang *lang = lang_of_code(l.v[i].lang);
		struct letter letter = letter_of(c, m, lang, l.v[i].email, subject);
		enum question_state s;

		if (!question_state_by_name(l.v[i].state, &s))
			return fail_log(c, RC_INTERNAL, S("a question in an unknown state"));
		letter.dedup = str_fmt(c->arena, "meeting question %lld %u %lld", (long long)l.v[i].id.v, subject, (long long)m->moved);
		letter_add(&letter, str_fmt(c->arena, "«%.*s»: %.*s", STR_FMT(utf8_head(l.v[i].shown, 200)), STR_FMT(msg_text(lang, question_state_msg(s)))));
		if (l.v[i].appeal_number.n)
			letter_add(&letter, msg_fmt(c->arena, lang, MSG_MEETING_LETTER_NUMBER, ARGS(ARG_S("number", l.v[i].appeal_number))));
		TRY(notify_send(c, &letter));
	}
	*ret_after = l.n == BATCH ? l.v[BATCH - 1].number : 0;
	return RC_OK;
}

enum rc meeting_tell(struct ctx *c, struct str payload)
{
	int64_t n[4] = { 0 }, after = 0;
	struct str rest = payload, word;
	struct meeting_row m;
	size_t k = 0;

	while (k < ARRAY_LEN(n) && rest.p && str_cut(&rest, ' ', &word) && str_to_i64(word, &n[k]))
		k++;
	if (k != ARRAY_LEN(n))
		return fail_log(c, RC_INTERNAL, S("a broken job meeting.tell"));
	TRY(meeting_by_id(c->db, (struct meeting_id){ n[0] }, &m));
	for (k = 0; k < ARRAY_LEN(tellings) && tellings[k].e != (enum meeting_event_kind)n[1];)
		k++;
	if (k == ARRAY_LEN(tellings))
		return RC_OK;
	if (n[2] == FOLLOW_PLACE && m.place_id)
		TRY(to_followers(c, &m, tellings[k].subject, m.place_id, n[3], &after));
	else if (n[2] == FOLLOW_REGION && m.region_id && m.region_id != m.place_id)
		TRY(to_followers(c, &m, tellings[k].subject, m.region_id, n[3], &after));
	else if (n[2] == FOLLOW_COUNTRY)
		TRY(to_followers(c, &m, tellings[k].subject, 0, n[3], &after));
	else if (n[2] == SEATS && tellings[k].seats)
		TRY(to_seats(c, &m, tellings[k].subject, n[3], &after));
	else if (n[2] == ASKERS && tellings[k].askers)
		TRY(to_askers(c, &m, tellings[k].subject, n[3], &after));
	if (after)
		return queue(c, n[0], n[1], n[2], after);
	return n[2] + 1 < PHASES ? queue(c, n[0], n[1], n[2] + 1, 0) : RC_OK;
}
