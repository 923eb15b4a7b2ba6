/*
 * meeting_room.c: the rooms of a meeting: chair's desk, moderator's queue, minutes, door, and what is done afterwards. Each works on a phone with plain
 * forms; meeting.js lets the clock tick, hears of changes, and keeps what the minutes-taker types until the net is back.
 */
#include "app/app.h"
#include "appeal/appeal_do.h"
#include "base/random.h"
#include "body/body.h"
#include "gen/meeting_tmpl.h"
#include "gen/messages.h"
#include "meeting/meeting_view.h"

#define DOOR_LINES 500
#define LINES_AT_ONCE 100
#define TYPED_SHOWN 100

struct room_form {
	struct str to, kind, text, about, key, name, code, how, email, phone, why, post, summary, lines;
	struct day due;
	int64_t question, number, body;
};
static const struct field question_fields[] = {
	FIELD(struct room_form, question, F_ID, 1, INT64_MAX, .needed = true),
	FIELD(struct room_form, to, F_CHOICE, 1, 20),
	FIELD(struct room_form, body, F_ID, 0, INT64_MAX, .label = MSG_MEETING_BODY),
};
static const struct form question_form = { question_fields, ARRAY_LEN(question_fields), sizeof(struct room_form), 0 };
static const struct field join_fields[] = {
	FIELD(struct room_form, question, F_ID, 1, INT64_MAX, .needed = true),
	FIELD(struct room_form, number, F_INT, 1, 100000, .label = MSG_MEETING_JOIN_NUMBER),
};
static const struct form join_form = { join_fields, ARRAY_LEN(join_fields), sizeof(struct room_form), 0 };
static const struct field clock_fields[] = {
	FIELD(struct room_form, kind, F_CHOICE, 0, 20, .choices = "talk|questions|other"),
};
static const struct form clock_form = { clock_fields, ARRAY_LEN(clock_fields), sizeof(struct room_form), 0 };
static const struct field add_fields[] = {
	FIELD(struct room_form, how, F_CHOICE, 3, 10, .choices = "hall|phone|video", .label = MSG_MEETING_HOW),
	FIELD(struct room_form, text, F_LINES, 8, 1000, .label = MSG_MEETING_LINE_TEXT),
	FIELD(struct room_form, name, F_TEXT, 0, 120, .label = MSG_MEETING_ASKER),
	FIELD(struct room_form, phone, F_PHONE, 0, 40, .label = MSG_MEETING_PHONE),
	FIELD(struct room_form, email, F_EMAIL, 0, 200, .label = MSG_MEETING_EMAIL),
};
static const struct form add_form = { add_fields, ARRAY_LEN(add_fields), sizeof(struct room_form), 0 };
static const struct field line_fields[] = {
	FIELD(struct room_form, key, F_HIDDEN, 0, 80),
	FIELD(struct room_form, kind, F_CHOICE, 1, 20, .choices = "question|answer|note", .label = MSG_MEETING_LINE_KIND),
	FIELD(struct room_form, about, F_TEXT, 0, 80, .label = MSG_MEETING_LINE_ABOUT, .hint = MSG_MEETING_LINE_ABOUT_HINT),
	FIELD(struct room_form, text, F_LINES, 1, 2000, .label = MSG_MEETING_LINE_TEXT),
};
static const struct form line_form = { line_fields, ARRAY_LEN(line_fields), sizeof(struct room_form), 0 };
static const struct field lines_fields[] = {
	FIELD(struct room_form, lines, F_LINES, 1, 200000),
};
static const struct form lines_form = { lines_fields, ARRAY_LEN(lines_fields), sizeof(struct room_form), (size_t)1 << 20 };
static const struct field door_fields[] = {
	FIELD(struct room_form, code, F_TEXT, 0, 20, .label = MSG_MEETING_CODE),
	FIELD(struct room_form, name, F_TEXT, 0, 120, .label = MSG_MEETING_WALK_IN),
};
static const struct form door_form = { door_fields, ARRAY_LEN(door_fields), sizeof(struct room_form), 0 };
static const struct field plan_fields[] = {
	FIELD(struct room_form, question, F_ID, 1, INT64_MAX, .needed = true),
	FIELD(struct room_form, post, F_TEXT, 2, 200, .label = MSG_MEETING_POST),
	FIELD(struct room_form, due, F_DAY, 0, 0, .label = MSG_MEETING_PLAN_DUE),
	FIELD(struct room_form, why, F_TEXT, 0, 1000, .label = MSG_MEETING_WHY),
};
static const struct form plan_form = { plan_fields, ARRAY_LEN(plan_fields), sizeof(struct room_form), 0, .repeats = true };
static const struct field publish_fields[] = {
	FIELD(struct room_form, summary, F_LINES, 3, 8000, .label = MSG_MEETING_SUMMARY, .hint = MSG_MEETING_SUMMARY_HINT),
};
static const struct form publish_form = { publish_fields, ARRAY_LEN(publish_fields), sizeof(struct room_form), 0 };

static enum rc told(struct req *rq, const char *field, enum rc rc)
{
	if (rc == RC_INVALID || rc == RC_CONFLICT) {
		req_fail(rq, field, rq->ctx.fail_msg);
		return RC_INVALID;
	}
	return rc;
}

static enum rc room(struct req *rq, enum meeting_post post, struct meeting_page *ret)
{
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(meeting_page_make(rq, (struct meeting_id){ id }, ret));
	if (!ret->of_body)
		return RC_NOT_FOUND;
	return meeting_holds(&rq->who, ret->m.body_id, post) ? RC_OK : RC_FORBIDDEN;
}

static struct out *open_room(struct req *rq, const struct meeting_page *p)
{
	http_set_header(rq->http, S("Cache-Control"), S("no-store"));
	return page_open(rq, &(struct page){ .title_text = p->title, .nav = MSG_LAYOUT_NAV_MEETINGS, .desk = true, .comforts = COMFORTS_MEETING });
}

/* A state of the form's own when another form of the page was posted; the likely choices are made. */
static struct form_state *own(struct req *rq, const struct form *f)
{
	struct form_state *fresh = ARENA_NEW(rq->ctx.arena, struct form_state);
	struct room_form *likely = ARENA_NEW(rq->ctx.arena, struct room_form);

	*likely = (struct room_form){ .how = S("hall"), .kind = S("answer") };
	*fresh = (struct form_state){ .form = f, .arena = rq->ctx.arena, .values = likely };
	return rq->form.form == f ? &rq->form : fresh;
}

/* Bodies that a question may be passed to: those of the place and above it, and those of the country. */
static size_t bodies_of(const struct req *rq, const struct meeting_row *m, struct option **ret)
{
	const struct pack *p = rq->ctx.app->pack;
	size_t n = 0;

	*ret = ARENA_ARRAY(rq->ctx.arena, p->n_bodies + 1, struct option);
	for (size_t i = 0; i < p->n_bodies; i++) {
		const struct body *b = &p->bodies[i];

		if (b->id != m->body_id && (!b->place || b->place->id == m->place_id || b->place->id == m->region_id))
			(*ret)[n++] = (struct option){ .value = str_i64(rq->ctx.arena, b->id), .text = name_in(&b->name, rq->view.lang) };
	}
	return n;
}

/* ---- the chair ---- */

static enum rc chair_get(struct req *rq)
{
	struct meeting_page p;
	struct option *bodies;

	TRY(room(rq, MP_CHAIR, &p));
	size_t n = bodies_of(rq, &p.m, &bodies);
	struct out *o = open_room(rq, &p);

	tmpl_meeting_chair(o, &rq->view, &p, &rq->form, bodies, n);
	return page_close(rq);
}

static enum rc back_to(struct req *rq, const char *room, unsigned msg, const char *field, enum rc rc)
{
	int64_t id;

	TRY(told(rq, field, rc));
	TRY(req_id(rq, 0, &id));
	return redirect(rq, meeting_desk_url(rq->ctx.arena, id, room), msg);
}

static enum rc begin_post(struct req *rq)
{
	struct meeting_id id;

	TRY(req_id(rq, 0, &id.v));
	return back_to(rq, "/chair", MSG_MEETING_DONE_BEGUN, NULL, meeting_begin(&rq->ctx, &rq->who, id));
}

static enum rc clock_post(struct req *rq)
{
	struct meeting_id id;

	TRY(req_id(rq, 0, &id.v));
	return back_to(rq, "/chair", 0, NULL, meeting_clock(&rq->ctx, &rq->who, id, FORM_OF(rq, struct room_form)->kind));
}

static enum rc end_post(struct req *rq)
{
	struct meeting_id id;

	TRY(req_id(rq, 0, &id.v));
	return back_to(rq, "/after", MSG_MEETING_DONE_ENDED, NULL, meeting_end(&rq->ctx, &rq->who, id));
}

/* The question must be one of this meeting. */
static enum rc own_question(struct req *rq, struct meeting_question_row *ret)
{
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(meeting_question_by_id(rq->ctx.db, (struct meeting_question_id){ FORM_OF(rq, struct room_form)->question }, ret));
	return ret->meeting_id.v == id ? RC_OK : RC_NOT_FOUND;
}

static enum rc move_question(struct req *rq)
{
	const struct room_form *f = FORM_OF(rq, struct room_form);
	struct meeting_question_row q;
	enum question_state to;

	TRY(own_question(rq, &q));
	if (!question_state_by_name(f->to, &to))
		return RC_NOT_FOUND;
	return meeting_question_to(&rq->ctx, &rq->who, q.id, to, f->body);
}

static enum rc chair_question_post(struct req *rq)
{
	return back_to(rq, "/chair", 0, NULL, move_question(rq));
}

/* ---- the moderator ---- */

/* A number of the query: where a list goes on. */
static int64_t number_in(const struct req *rq, const char *field, int64_t otherwise)
{
	int64_t n;

	return str_to_i64(req_query(rq, field), &n) ? n : otherwise;
}

static void cut_heap(struct meeting_heap *h)
{
	h->more = h->l.n > QUEUE_SHOWN ? h->l.v[QUEUE_SHOWN - 1].number : 0;
	h->l.n = h->more ? QUEUE_SHOWN : h->l.n;
}

static enum rc queue_get(struct req *rq)
{
	struct meeting_page p;
	struct meeting_heap waiting, settled;
	struct meeting_question_row_list queue;
	struct option *bodies;
	struct str more;

	TRY(room(rq, MP_MODERATOR, &p));
	TRY(meeting_question_waiting(rq->ctx.db, p.m.id, number_in(rq, "waiting", 0), QUEUE_SHOWN + 1, &waiting.l));
	TRY(meeting_question_settled(rq->ctx.db, p.m.id, number_in(rq, "settled", INT64_MAX), QUEUE_SHOWN + 1, &settled.l));
	TRY(meeting_queue_load(rq, p.m.id, "queued", &queue, &more));
	cut_heap(&waiting);
	cut_heap(&settled);
	size_t n = bodies_of(rq, &p.m, &bodies);
	struct out *o = open_room(rq, &p);

	tmpl_meeting_queue(o, &rq->view, &p, &waiting, &queue, more, &settled, &rq->form, own(rq, &add_form), bodies, n);
	return page_close(rq);
}

static enum rc queue_question_post(struct req *rq)
{
	return back_to(rq, "/queue", 0, NULL, move_question(rq));
}

static enum rc join_post(struct req *rq)
{
	struct meeting_question_row q;

	TRY(own_question(rq, &q));
	return back_to(rq, "/queue", 0, NULL, meeting_join(&rq->ctx, &rq->who, q.id, FORM_OF(rq, struct room_form)->number));
}

static enum rc add_post(struct req *rq)
{
	const struct room_form *f = FORM_OF(rq, struct room_form);
	struct meeting_asking a = { .how = f->how, .text = f->text, .name = f->name, .email = f->email, .phone = f->phone };
	struct meeting_question_row q;
	struct meeting_id id;

	TRY(req_id(rq, 0, &id.v));
	return back_to(rq, "/queue", MSG_MEETING_DONE_ADDED, "text", meeting_ask(&rq->ctx, &rq->who, id, &a, &q));
}

/* ---- the minutes ---- */

static enum rc minutes_get(struct req *rq)
{
	struct meeting_page p;
	struct meeting_heap asked;
	struct meeting_typed_row_list typed;
	int64_t more = 0;

	TRY(room(rq, MP_MINUTES, &p));
	TRY(meeting_question_recent(rq->ctx.db, p.m.id, number_in(rq, "before", INT64_MAX), QUEUE_SHOWN + 1, &asked.l));
	TRY(meeting_line_recent(rq->ctx.db, p.m.id, (struct meeting_line_id){ number_in(rq, "typed", INT64_MAX) }, TYPED_SHOWN + 1, &typed));
	cut_heap(&asked);
	if (typed.n > TYPED_SHOWN) {
		typed.n = TYPED_SHOWN;
		more = typed.v[TYPED_SHOWN - 1].id.v;
	}
	struct out *o = open_room(rq, &p);

	tmpl_meeting_minutes(o, &rq->view, &p, &asked, &typed, more, own(rq, &line_form), random_token(rq->ctx.arena, 12));
	return page_close(rq);
}

static enum rc line_post(struct req *rq)
{
	const struct room_form *f = FORM_OF(rq, struct room_form);
	struct meeting_typed l = { .key = f->key, .kind = f->kind, .about = f->about, .text = f->text };
	struct meeting_id id;

	TRY(req_id(rq, 0, &id.v));
	return back_to(rq, "/minutes", MSG_MEETING_DONE_LINE, "text", meeting_write(&rq->ctx, &rq->who, id, &l));
}

/* Many lines that waited for the net: KEY TAB KIND TAB ABOUT TAB TEXT, one each; breaks in a text stand as U+2028. The answer is the keys that are safe. */
static enum rc lines_post(struct req *rq)
{
	struct str rest = FORM_OF(rq, struct room_form)->lines, line;
	struct out o = OUT_ON(rq->ctx.arena);
	struct meeting_id id;
	size_t n = 0;

	TRY(req_id(rq, 0, &id.v));
	OUT_LIT(&o, "{\"kept\":[");
	while (rest.p && n < LINES_AT_ONCE && str_cut(&rest, '\n', &line)) {
		struct meeting_typed l;

		if (!str_cut(&line, '\t', &l.key) || !str_cut(&line, '\t', &l.kind) || !str_cut(&line, '\t', &l.about) || !line.n)
			continue;
		l.text = line;
		enum rc rc = meeting_write(&rq->ctx, &rq->who, id, &l);

		if (rc == RC_INVALID)
			continue;
		TRY(rc);
		if (n++)
			out_char(&o, ',');
		out_json_str(&o, l.key);
	}
	OUT_LIT(&o, "]}\n");
	return send_json(rq, 200, out_done(&o));
}

/* ---- the door ---- */

static enum rc door_get(struct req *rq)
{
	struct meeting_page p;
	struct meeting_seat_row_list l;
	int64_t came;

	TRY(room(rq, MP_DOOR, &p));
	TRY(meeting_seat_list(rq->ctx.db, p.m.id, (struct meeting_seat_id){ 0 }, DOOR_LINES, &l));
	TRY(meeting_came(rq->ctx.db, p.m.id, &came));
	struct out *o = open_room(rq, &p);

	tmpl_meeting_door(o, &rq->view, &p, own(rq, &door_form), &l, came);
	return page_close(rq);
}

static enum rc door_post(struct req *rq)
{
	const struct room_form *f = FORM_OF(rq, struct room_form);
	struct meeting_seat_row s;
	struct meeting_id id;

	TRY(req_id(rq, 0, &id.v));
	if (f->code.n)
		return back_to(rq, "/door", MSG_MEETING_DONE_CAME, "code", meeting_check_in(&rq->ctx, &rq->who, id, f->code, &s));
	if (!f->name.n) {
		req_fail(rq, "code", MSG_MEETING_FAULT_CODE);
		return RC_INVALID;
	}
	return back_to(rq, "/door", MSG_MEETING_DONE_CAME, "name", meeting_walk_in(&rq->ctx, &rq->who, id, f->name, &s));
}

/* ---- afterwards ---- */

static enum rc after_get(struct req *rq)
{
	struct meeting_page p;
	struct meeting_asked asked;

	TRY(room(rq, MP_ORGANISER, &p));
	TRY(meeting_asked_load(rq, &p, false, &asked));
	struct out *o = open_room(rq, &p);

	tmpl_meeting_after(o, &rq->view, &p, &asked, &rq->form, own(rq, &publish_form));
	return page_close(rq);
}

static enum rc plan_post(struct req *rq)
{
	const struct room_form *f = FORM_OF(rq, struct room_form);
	struct meeting_promise p = { .post = f->post, .why = f->why, .due = f->due };
	struct meeting_question_row q;

	TRY(own_question(rq, &q));
	return back_to(rq, "/after", MSG_MEETING_DONE_PLAN, NULL, meeting_put_in_plan(&rq->ctx, &rq->who, q.id, &p));
}

static enum rc publish_post(struct req *rq)
{
	struct meeting_id id;

	TRY(req_id(rq, 0, &id.v));
	return back_to(rq, "/after", MSG_MEETING_DONE_PUBLISHED, "summary", meeting_publish(&rq->ctx, &rq->who, id, FORM_OF(rq, struct room_form)->summary));
}

/* Slips for those who left no address: number and code of their appeal, to be printed. */
static enum rc slips_get(struct req *rq)
{
	struct meeting_page p;
	struct meeting_asked asked;
	struct str *codes;

	TRY(room(rq, MP_ORGANISER, &p));
	TRY(meeting_asked_load(rq, &p, false, &asked));
	codes = ARENA_ARRAY(rq->ctx.arena, asked.l.n + 1, struct str);
	for (size_t i = 0; i < asked.l.n; i++)
		if (asked.l.v[i].appeal_id)
			codes[i] = appeal_secret(&rq->ctx, rq->ctx.arena, (struct appeal_id){ asked.l.v[i].appeal_id });
	struct out *o = open_room(rq, &p);

	tmpl_meeting_slips(o, &rq->view, &p, &asked, codes, rq->ctx.app->public_url);
	return page_close(rq);
}

static const struct route routes[] = {
	{ HTTP_GET, "/desk/meetings/:id/chair", STAFF, RL_READ, READ, chair_get },
	{ HTTP_POST, "/desk/meetings/:id/begin", STAFF, RL_WRITE, WRITE, begin_post, NULL, chair_get },
	{ HTTP_POST, "/desk/meetings/:id/clock", STAFF, RL_WRITE, WRITE, clock_post, &clock_form, chair_get },
	{ HTTP_POST, "/desk/meetings/:id/question", STAFF, RL_WRITE, WRITE, chair_question_post, &question_form, chair_get },
	{ HTTP_POST, "/desk/meetings/:id/end", STAFF, RL_WRITE, WRITE, end_post, NULL, chair_get },
	{ HTTP_GET, "/desk/meetings/:id/queue", STAFF, RL_READ, READ, queue_get },
	{ HTTP_POST, "/desk/meetings/:id/let", STAFF, RL_WRITE, WRITE, queue_question_post, &question_form, queue_get },
	{ HTTP_POST, "/desk/meetings/:id/join", STAFF, RL_WRITE, WRITE, join_post, &join_form, queue_get },
	{ HTTP_POST, "/desk/meetings/:id/add", STAFF, RL_WRITE, WRITE, add_post, &add_form, queue_get },
	{ HTTP_GET, "/desk/meetings/:id/minutes", STAFF, RL_READ, READ, minutes_get },
	{ HTTP_POST, "/desk/meetings/:id/minutes", STAFF, RL_WRITE, WRITE, line_post, &line_form, minutes_get },
	{ HTTP_POST, "/desk/meetings/:id/lines", STAFF, RL_WRITE, WRITE, lines_post, &lines_form },
	{ HTTP_GET, "/desk/meetings/:id/door", STAFF, RL_READ, READ, door_get },
	{ HTTP_POST, "/desk/meetings/:id/door", STAFF, RL_WRITE, WRITE, door_post, &door_form, door_get },
	{ HTTP_GET, "/desk/meetings/:id/after", STAFF, RL_READ, READ, after_get },
	{ HTTP_POST, "/desk/meetings/:id/plan", STAFF, RL_WRITE, WRITE, plan_post, &plan_form, after_get },
	{ HTTP_POST, "/desk/meetings/:id/publish", STAFF, RL_WRITE, WRITE, publish_post, &publish_form, after_get },
	{ HTTP_GET, "/desk/meetings/:id/slips", STAFF, RL_READ, READ, slips_get },
};

const struct module meeting_room_module = { .name = "meeting_room", .routes = routes, .n_routes = ARRAY_LEN(routes) };
