/* meeting_take.c: what people do: register, ask, vote, follow a place. */
#include "app/app.h"
#include "gen/meeting_tmpl.h"
#include "gen/messages.h"
#include "meeting/meeting_view.h"
#include "place/place.h"
#include "standard/options.h"

struct register_form {
	struct str name, email;
};
static const struct field register_fields[] = {
	FIELD(struct register_form, name, F_TEXT, 2, 120, .label = MSG_MEETING_NAME, .autocomplete = "name"),
	FIELD(struct register_form, email, F_EMAIL, 0, 200, .label = MSG_MEETING_EMAIL, .hint = MSG_MEETING_EMAIL_HINT, .autocomplete = "email"),
};
static const struct form register_form = { register_fields, ARRAY_LEN(register_fields), sizeof(struct register_form), 0 };

struct ask_form {
	struct str text, topic, name, email, phone;
};
static const struct field ask_fields[] = {
	FIELD(struct ask_form, text, F_LINES, 8, 1000, .label = MSG_MEETING_QUESTION, .hint = MSG_MEETING_QUESTION_HINT),
	FIELD(struct ask_form, topic, F_CHOICE, 0, 80, .label = MSG_MEETING_TOPIC),
	FIELD(struct ask_form, name, F_TEXT, 0, 120, .label = MSG_MEETING_NAME, .autocomplete = "name"),
	FIELD(struct ask_form, email, F_EMAIL, 0, 200, .label = MSG_MEETING_EMAIL, .hint = MSG_MEETING_ANSWER_HINT, .autocomplete = "email"),
	FIELD(struct ask_form, phone, F_PHONE, 0, 40, .label = MSG_MEETING_PHONE, .autocomplete = "tel"),
};
static const struct form ask_form = { ask_fields, ARRAY_LEN(ask_fields), sizeof(struct ask_form), 0 };

struct vote_form {
	int64_t question;
};
static const struct field vote_fields[] = {
	FIELD(struct vote_form, question, F_ID, 1, INT64_MAX, .needed = true),
};
static const struct form vote_form = { vote_fields, ARRAY_LEN(vote_fields), sizeof(struct vote_form), 0 };

struct follow_form {
	int64_t place, district;
	struct str email;
};
static const struct field follow_fields[] = {
	FIELD(struct follow_form, place, F_ID, 0, INT64_MAX, .label = MSG_MEETING_REGION),
	FIELD(struct follow_form, district, F_ID, 0, INT64_MAX, .label = MSG_MEETING_DISTRICT),
	FIELD(struct follow_form, email, F_EMAIL, 3, 200, .label = MSG_MEETING_FOLLOW_EMAIL, .autocomplete = "email"),
};
static const struct form follow_form = { follow_fields, ARRAY_LEN(follow_fields), sizeof(struct follow_form), 0 };

static enum rc load(struct req *rq, struct meeting_page *ret)
{
	int64_t id;

	TRY(req_id(rq, 0, &id));
	return meeting_page_make(rq, (struct meeting_id){ id }, ret);
}

/* A fault of the rules becomes an error of the form. */
static enum rc told(struct req *rq, const char *field, enum rc rc)
{
	if (rc == RC_INVALID)
		req_fail(rq, field, rq->ctx.fail_msg);
	return rc;
}

/* ---- seats ---- */

static enum rc register_get(struct req *rq)
{
	struct meeting_page p;

	TRY(load(rq, &p));
	rq->form.form = &register_form;
	struct out *o = page_open(rq, &(struct page){ .title = MSG_MEETING_REGISTER, .nav = MSG_LAYOUT_NAV_MEETINGS });

	tmpl_meeting_register(o, &rq->view, &p, &rq->form);
	return page_close(rq);
}

static struct url seat_url(struct req *rq, const struct meeting_seat_row *s)
{
	struct str part[] = { str_i64(rq->ctx.arena, s->meeting_id.v), str_i64(rq->ctx.arena, s->id.v),
			      meeting_seat_secret(&rq->ctx, s->id) };

	return url_path(rq->ctx.arena, "/meetings/{}/seat/{}/{}", 3, part);
}

static enum rc register_post(struct req *rq)
{
	const struct register_form *f = FORM_OF(rq, struct register_form);
	struct meeting_guest g = { .name = f->name, .email = f->email, .lang = lang_code(rq->view.lang), .account = rq->who.body ? 0 : rq->who.account };
	struct meeting_seat_row s;
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(told(rq, NULL, meeting_register(&rq->ctx, (struct meeting_id){ id }, &g, &s)));
	return redirect(rq, seat_url(rq, &s), str_eq(s.state, S("seat")) ? MSG_MEETING_DONE_REGISTERED : MSG_MEETING_DONE_WAITING);
}

/* Only who has the secret sees a ticket. */
static enum rc open_seat(struct req *rq, struct meeting_seat_row *ret)
{
	int64_t meeting, id;

	TRY(req_id(rq, 0, &meeting));
	TRY(req_id(rq, 1, &id));
	TRY(meeting_seat_by_id(rq->ctx.db, (struct meeting_seat_id){ id }, ret));
	return ret->meeting_id.v == meeting && same_secret(rq->params[2], meeting_seat_secret(&rq->ctx, ret->id)) ? RC_OK : RC_NOT_FOUND;
}

static enum rc seat_get(struct req *rq)
{
	struct meeting_seat_row s;
	struct meeting_page p;
	int64_t before = 0;

	TRY(open_seat(rq, &s));
	TRY(load(rq, &p));
	if (str_eq(s.state, S("waiting")))
		TRY(meeting_seat_before(rq->ctx.db, s.meeting_id, s.id, &before));
	http_set_header(rq->http, S("Cache-Control"), S("no-store"));
	http_set_header(rq->http, S("Referrer-Policy"), S("no-referrer"));
	struct out *o = page_open(rq, &(struct page){ .title = MSG_MEETING_TICKET, .nav = MSG_LAYOUT_NAV_MEETINGS });

	tmpl_meeting_ticket(o, &rq->view, &p, &s, before, rq->params[2]);
	return page_close(rq);
}

static enum rc leave_post(struct req *rq)
{
	struct meeting_seat_row s;

	TRY(open_seat(rq, &s));
	TRY(meeting_leave(&rq->ctx, s.id));
	return redirect(rq, meeting_url(rq->ctx.arena, s.meeting_id.v, ""), MSG_MEETING_DONE_LEFT);
}

/* ---- questions ---- */

static enum rc questions_get(struct req *rq)
{
	struct meeting_page p;
	struct meeting_question_row_list queue;
	struct option *topics;
	struct str more;

	TRY(load(rq, &p));
	TRY(meeting_queue_load(rq, p.m.id, "after", &queue, &more));
	size_t n = pack_topic_options(rq, MSG_MEETING_TOPIC_ANY, S(""), &topics);

	if (rq->form.form != &ask_form)
		rq->form = (struct form_state){ .form = &ask_form, .arena = rq->ctx.arena };
	struct out *o = page_open(rq, &(struct page){ .title = MSG_MEETING_ASK, .nav = MSG_LAYOUT_NAV_MEETINGS, .refresh_form = true });

	tmpl_meeting_ask(o, &rq->view, &p, &queue, more, &rq->form, topics, n);
	return page_close(rq);
}

static enum rc questions_post(struct req *rq)
{
	const struct ask_form *f = FORM_OF(rq, struct ask_form);
	struct meeting_asking a = { .how = S("web"), .text = f->text, .lang = lang_code(rq->view.lang), .topic = f->topic, .name = f->name, .email = f->email,
				    .phone = f->phone, .account = rq->who.body ? 0 : rq->who.account };
	struct meeting_question_row q;
	int64_t id;

	TRY(req_id(rq, 0, &id));
	enum rc rc = meeting_ask(&rq->ctx, &rq->who, (struct meeting_id){ id }, &a, &q);

	TRY(told(rq, rq->ctx.fail_msg == MSG_MEETING_FAULT_TEXT ? "text" : NULL, rc));
	return redirect(rq, meeting_url(rq->ctx.arena, id, "/questions"), MSG_MEETING_DONE_ASKED);
}

/* A person by account, a guest by the browser's cookie; only a keyed hash is kept. */
static struct str voter_of(const struct req *rq)
{
	struct str who = rq->who.account ? str_fmt(rq->ctx.arena, "account %lld", (long long)rq->who.account) : rq->visitor;

	return who.n ? key_hash(rq->ctx.arena, rq->ctx.app->keys, "meeting-voter", who) : S("");
}

static enum rc vote_post(struct req *rq)
{
	struct meeting_question_id question = { FORM_OF(rq, struct vote_form)->question };
	struct meeting_question_row q;
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(meeting_question_by_id(rq->ctx.db, question, &q));
	if (q.meeting_id.v != id)
		return RC_NOT_FOUND;
	TRY(meeting_vote(&rq->ctx, question, voter_of(rq)));
	return redirect(rq, meeting_url(rq->ctx.arena, id, "/questions"), MSG_MEETING_DONE_VOTED);
}

/* ---- following ---- */

static enum rc follow_get(struct req *rq)
{
	const struct pack *p = rq->ctx.app->pack;
	struct option *regions, *districts;
	const struct place *chosen;
	int64_t place = 0;

	rc_ignore(str_to_i64(req_query(rq, "place"), &place) ? RC_OK : RC_NOT_FOUND);
	chosen = pack_place(p, place);
	size_t n = pack_region_options(rq, chosen ? place_region(chosen)->id : 0, &regions), n_districts = pack_district_options(rq, place, &districts);

	rq->form.form = &follow_form;
	struct out *o = page_open(rq, &(struct page){ .title = MSG_MEETING_FOLLOW, .nav = MSG_LAYOUT_NAV_MEETINGS });

	tmpl_meeting_follow(o, &rq->view, &rq->form, regions, n, districts, n_districts);
	return page_close(rq);
}

static enum rc follow_post(struct req *rq)
{
	const struct follow_form *f = FORM_OF(rq, struct follow_form);
	const struct place *district = pack_place(rq->ctx.app->pack, f->district);

	TRY(told(rq, "place", meeting_follow_ask(&rq->ctx, district && place_within(district, f->place) ? f->district : f->place, f->email, lang_code(rq->view.lang))));
	return redirect(rq, URL("/meetings"), MSG_MEETING_DONE_FOLLOW);
}

static enum rc open_follow(struct req *rq, struct meeting_follow_row *ret)
{
	struct meeting_follow_id id;

	TRY(req_id(rq, 0, &id.v));
	if (!same_secret(rq->params[1], meeting_follow_secret(&rq->ctx, id)))
		return RC_NOT_FOUND;
	return meeting_follow_by_id(rq->ctx.db, id, ret);
}

/* Letters' links only show a page: a scanner that opens them presses nothing. */
static enum rc following_get(struct req *rq)
{
	struct meeting_follow_row f;

	TRY(open_follow(rq, &f));
	http_set_header(rq->http, S("Cache-Control"), S("no-store"));
	http_set_header(rq->http, S("Referrer-Policy"), S("no-referrer"));
	struct out *o = page_open(rq, &(struct page){ .title = MSG_MEETING_FOLLOW, .nav = MSG_LAYOUT_NAV_MEETINGS });

	tmpl_meeting_following(o, &rq->view, &f, rq->params[1], rq->ctx.app->pack);
	return page_close(rq);
}

static enum rc confirm_post(struct req *rq)
{
	struct meeting_follow_row f;
	int64_t changed;

	TRY(open_follow(rq, &f));
	TRY(meeting_follow_confirm(rq->ctx.db, f.id, rq->ctx.now, &changed));
	return redirect(rq, URL("/meetings"), MSG_MEETING_DONE_CONFIRMED);
}

static enum rc stop_post(struct req *rq)
{
	struct meeting_follow_row f;
	int64_t changed;
	enum rc rc = open_follow(rq, &f);

	if (rc == RC_OK)
		TRY(meeting_follow_stop(rq->ctx.db, f.id, &changed));
	else if (rc != RC_NOT_FOUND)
		return rc;
	return redirect(rq, URL("/meetings"), MSG_MEETING_DONE_STOPPED);
}

static const struct route routes[] = {
	{ HTTP_GET, "/meetings/:id/register", ANYONE, RL_READ, READ, register_get },
	{ HTTP_POST, "/meetings/:id/register", ANYONE, RL_SUBMIT, WRITE, register_post, &register_form, register_get },
	{ HTTP_GET, "/meetings/:id/seat/:seat/:secret", ANYONE, RL_READ, READ, seat_get },
	{ HTTP_POST, "/meetings/:id/seat/:seat/:secret/leave", ANYONE, RL_WRITE, WRITE, leave_post },
	{ HTTP_GET, "/meetings/:id/questions", ANYONE, RL_READ, READ, questions_get },
	{ HTTP_POST, "/meetings/:id/questions", ANYONE, RL_SUBMIT, WRITE, questions_post, &ask_form, questions_get },
	{ HTTP_POST, "/meetings/:id/vote", ANYONE, RL_WRITE, WRITE, vote_post, &vote_form, questions_get },
	{ HTTP_GET, "/meetings/follow", ANYONE, RL_READ, READ, follow_get },
	{ HTTP_POST, "/meetings/follow", ANYONE, RL_SUBMIT, WRITE, follow_post, &follow_form, follow_get },
	{ HTTP_GET, "/meetings/follow/:id/:secret", ANYONE, RL_READ, READ, following_get },
	{ HTTP_POST, "/meetings/follow/:id/:secret/confirm", ANYONE, RL_WRITE, WRITE, confirm_post },
	{ HTTP_POST, "/meetings/follow/:id/:secret/stop", ANYONE, RL_WRITE, WRITE, stop_post },
};

const struct module meeting_take_module = { .name = "meeting_take", .routes = routes, .n_routes = ARRAY_LEN(routes) };
