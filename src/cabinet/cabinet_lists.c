/* cabinet_lists.c: what a person has here, one list a kind, each found by an index of the person. */
#include "account/account.h"
#include "app/app.h"
#include "body/body.h"
#include "cabinet/cabinet.h"
#include "gen/account_sql.h"
#include "gen/messages.h"
#include "meeting/meeting.h"
#include "petition/petition.h"
#include "place/place.h"
#include "press/press.h"
#include "reception/reception_visit.h"

static struct cabinet_items room_for(const struct req *rq, size_t n)
{
	return (struct cabinet_items){ ARENA_ARRAY(rq->ctx.arena, n, struct cabinet_item), 0 };
}

static struct str name_of_body(const struct req *rq, int64_t body)
{
	return body_name(rq->ctx.app->pack, body, lang_id(rq->view.lang));
}

static struct str by_day(const struct req *rq, unsigned msg, struct day day)
{
	return msg_fmt(rq->ctx.arena, rq->view.lang, msg, ARGS(ARG_D("day", day)));
}

/* ---- receptions ---- */

static enum rc bookings(struct req *rq, int64_t before, int64_t limit, struct cabinet_items *ret)
{
	struct reception_booking_row_list l;

	TRY(reception_bookings_of_account(rq->ctx.db, rq->who.account, (struct reception_booking_id){ before }, limit, &l));
	*ret = room_for(rq, l.n);
	for (size_t i = 0; i < l.n; i++)
		ret->v[ret->n++] = (struct cabinet_item){
			.id = l.v[i].id.v, .title = name_of_body(rq, l.v[i].body_id), .at = l.v[i].starts_at,
			.state = msg_text(rq->view.lang, reception_state_msg("booking", l.v[i].state)), .tone = reception_state_tone(l.v[i].state),
			.to = reception_booking_url(&rq->ctx, rq->ctx.arena, &l.v[i]),
		};
	return RC_OK;
}

/* While it goes on there is no summary to read yet. */
static struct cabinet_item visit_item(struct req *rq, const struct cabinet_visit *v)
{
	bool over = str_eq(v->state, S("closed")), promised = v->promise_on.v && !when_set(v->kept_at);
	struct str parts[] = { id_text(rq, v->id.v), reception_visit_secret(&rq->ctx, rq->ctx.arena, v->id) };

	return (struct cabinet_item){
		.id = v->id.v, .title = name_of_body(rq, v->body_id), .at = v->opened_at, .tone = !over || promised ? TONE_WAIT : TONE_GOOD,
		.state = msg_text(rq->view.lang, !over ? MSG_RECEPTION_VISIT_OPEN : v->settled ? MSG_CABINET_VISIT_SETTLED : MSG_CABINET_VISIT_OVER),
		.note = promised ? by_day(rq, MSG_CABINET_PROMISED, v->promise_on) : S(""),
		.to = over ? url_path(rq->ctx.arena, "/visits/{}/{}", 2, parts) : URL(""),
	};
}

static enum rc visits(struct req *rq, int64_t before, int64_t limit, struct cabinet_items *ret)
{
	struct cabinet_visit_list l;

	TRY(cabinet_visits(rq->ctx.db, rq->who.account, (struct reception_visit_id){ before }, limit, &l));
	*ret = room_for(rq, l.n);
	for (size_t i = 0; i < l.n; i++)
		ret->v[ret->n++] = visit_item(rq, &l.v[i]);
	return RC_OK;
}

/* ---- meetings ---- */

static struct cabinet_item seat_item(struct req *rq, const struct cabinet_seat *s)
{
	const struct lang *lang = rq->view.lang;
	struct str parts[] = { id_text(rq, s->meeting_id.v), id_text(rq, s->id.v), meeting_seat_secret(&rq->ctx, s->id) };
	struct cabinet_item item = { .id = s->id.v, .title = meeting_title(rq->ctx.arena, lang, rq->ctx.app->pack, s->place_id), .at = s->starts_at,
				     .to = url_path(rq->ctx.arena, "/meetings/{}/seat/{}/{}", 3, parts) };
	bool waits = str_eq(s->state, S("waiting"));
	enum meeting_state state;

	if (meeting_state_by_name(s->meeting_state, &state) && state != MEETING_ANNOUNCED) {
		item.state = msg_text(lang, meeting_state_msg(state));
		item.tone = meeting_tone(state);
	} else {
		item.state = msg_text(lang, waits ? MSG_CABINET_SEAT_WAITS : MSG_CABINET_SEAT);
		item.tone = waits ? TONE_WAIT : TONE_GOOD;
	}
	if (when_set(s->came_at))
		item.note = msg_text(lang, MSG_CABINET_SEAT_CAME);
	else if (!waits)
		item.note = msg_fmt(rq->ctx.arena, lang, MSG_CABINET_SEAT_CODE, ARGS(ARG_S("code", s->code)));
	return item;
}

static enum rc seats(struct req *rq, int64_t before, int64_t limit, struct cabinet_items *ret)
{
	struct cabinet_seat_list l;

	TRY(cabinet_seats(rq->ctx.db, rq->who.account, (struct meeting_seat_id){ before }, limit, &l));
	*ret = room_for(rq, l.n);
	for (size_t i = 0; i < l.n; i++)
		ret->v[ret->n++] = seat_item(rq, &l.v[i]);
	return RC_OK;
}

/* Places are followed by an address: those of the address that this account has confirmed. */
static enum rc follows(struct req *rq, int64_t before, int64_t limit, struct cabinet_items *ret)
{
	const struct pack *pack = rq->ctx.app->pack;
	struct account_row me;
	struct cabinet_follow_list l;

	TRY(account_by_id(rq->ctx.db, (struct account_id){ rq->who.account }, &me));
	*ret = (struct cabinet_items){ 0 };
	if (!me.email.n)
		return RC_OK;
	TRY(cabinet_follows(rq->ctx.db, account_email_key(rq->ctx.arena, me.email), (struct meeting_follow_id){ before }, limit, &l));
	*ret = room_for(rq, l.n);
	for (size_t i = 0; i < l.n; i++) {
		bool on = when_set(l.v[i].confirmed_at);
		struct str part = id_text(rq, l.v[i].id.v);

		ret->v[ret->n++] = (struct cabinet_item){
			.id = l.v[i].id.v, .at = l.v[i].made_at, .tone = on ? TONE_GOOD : TONE_WAIT,
			.title = l.v[i].place_id ? place_full_name(rq->ctx.arena, pack, l.v[i].place_id, lang_id(rq->view.lang)) : name_in(&pack->name, rq->view.lang),
			.state = msg_text(rq->view.lang, on ? MSG_CABINET_FOLLOW_ON : MSG_CABINET_FOLLOW_ASKED),
			.stop = url_path(rq->ctx.arena, "/me/follows/{}/stop", 1, &part),
		};
	}
	return RC_OK;
}

/* ---- petitions ---- */

static struct str petition_words(const struct req *rq, struct str name)
{
	enum petition_state state;

	return petition_state_by_name(name, &state) ? msg_text(rq->view.lang, petition_state_msg(state)) : S("");
}

static enum rc petitions(struct req *rq, int64_t before, int64_t limit, struct cabinet_items *ret)
{
	struct cabinet_petition_list l;

	TRY(cabinet_petitions(rq->ctx.db, rq->who.account, (struct petition_id){ before }, limit, &l));
	*ret = room_for(rq, l.n);
	for (size_t i = 0; i < l.n; i++)
		ret->v[ret->n++] = (struct cabinet_item){
			.id = l.v[i].id.v, .title = l.v[i].title, .to = petition_path(rq->ctx.arena, l.v[i].id), .at = l.v[i].made_at,
			.state = petition_words(rq, l.v[i].state), .tone = TONE_INFO,
			.note = msg_fmt(rq->ctx.arena, rq->view.lang, MSG_CABINET_SIGNATURES, ARGS(ARG_I("n", l.v[i].signatures))),
		};
	return RC_OK;
}

static enum rc signed_ones(struct req *rq, int64_t before, int64_t limit, struct cabinet_items *ret)
{
	struct account_identity_row me;
	struct cabinet_signed_row_list l;

	TRY(account_identity(rq->ctx.db, (struct account_id){ rq->who.account }, &me));
	*ret = (struct cabinet_items){ 0 };
	if (!me.identity_key.n)
		return RC_OK;
	TRY(cabinet_signed(rq->ctx.db, me.identity_key, (struct petition_id){ before }, limit, &l));
	*ret = room_for(rq, l.n);
	for (size_t i = 0; i < l.n; i++)
		ret->v[ret->n++] = (struct cabinet_item){
			.id = l.v[i].petition_id.v, .title = l.v[i].title, .to = petition_path(rq->ctx.arena, l.v[i].petition_id), .at = l.v[i].signed_at,
			.state = petition_words(rq, l.v[i].state), .tone = TONE_INFO,
		};
	return RC_OK;
}

/* ---- questions of a journalist ---- */

static enum rc press_questions(struct req *rq, int64_t before, int64_t limit, struct cabinet_items *ret)
{
	struct press_mine_row_list l;

	TRY(press_question_mine(rq->ctx.db, rq->who.account, (struct press_question_id){ before }, limit, &l));
	*ret = room_for(rq, l.n);
	for (size_t i = 0; i < l.n; i++) {
		const struct press_mine_row *q = &l.v[i];

		ret->v[ret->n++] = (struct cabinet_item){
			.id = q->id.v, .title = q->title, .at = q->made_at, .state = press_state(rq->view.lang, q->state), .tone = press_tone(q->state),
			.to = url_path(rq->ctx.arena, "/appeals/{}", 1, &q->number),
			.note = str_eq(q->state, S("asked")) ? by_day(rq, MSG_APPEAL_PAGE_DUE, when_day(q->due)) : name_of_body(rq, q->body_id),
		};
	}
	return RC_OK;
}

const struct cabinet_kind cabinet_kinds[] = {
	{ "receptions", MSG_CABINET_RECEPTIONS, MSG_CABINET_NO_RECEPTIONS, bookings },
	{ "visits", MSG_CABINET_VISITS, MSG_CABINET_NO_VISITS, visits },
	{ "meetings", MSG_CABINET_MEETINGS, MSG_CABINET_NO_MEETINGS, seats },
	{ "follows", MSG_CABINET_FOLLOWS, MSG_CABINET_NO_FOLLOWS, follows },
	{ "petitions", MSG_CABINET_PETITIONS, MSG_CABINET_NO_PETITIONS, petitions },
	{ "signatures", MSG_CABINET_SIGNED, MSG_CABINET_NO_SIGNED, signed_ones },
	{ "press_questions", MSG_CABINET_PRESS, 0, press_questions }, /* few are journalists: without any there is nothing to say */
};
const size_t cabinet_kinds_n = ARRAY_LEN(cabinet_kinds);
