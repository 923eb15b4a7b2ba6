#include "desk/desk.h"

#include "app/app.h"
#include "body/body.h"
#include "gen/desk_tmpl.h"
#include "gen/messages.h"
#include "petition/petition.h"
#include "place/place.h"
#include "standard/calendar.h"

#define PAGE 30

/* Queues of the desk. TO ADD ONE: a row here, its loader below, its message in locale/LANG/desk.po. */
enum queue { Q_OWED, Q_NEW, Q_MINE, Q_APPROVE, Q_SIGN, Q_SHARES, Q_CLEAR, Q_PRESS, Q_ALL, Q_N };
static const struct { const char *name; unsigned label, who; } queues[Q_N] = {
	[Q_OWED] = { "owed", MSG_DESK_Q_OWED, DESK },
	[Q_NEW] = { "new", MSG_DESK_Q_NEW, BIT(ROLE_REGISTRAR) | BIT(ROLE_HEAD) },
	[Q_MINE] = { "mine", MSG_DESK_Q_MINE, BIT(ROLE_EXECUTOR) | BIT(ROLE_COEXECUTOR) },
	[Q_APPROVE] = { "approve", MSG_DESK_Q_APPROVE, BIT(ROLE_APPROVER) | BIT(ROLE_HEAD) },
	[Q_SIGN] = { "sign", MSG_DESK_Q_SIGN, BIT(ROLE_SIGNER) | BIT(ROLE_HEAD) },
	[Q_SHARES] = { "shares", MSG_DESK_Q_SHARES, BIT(ROLE_EXECUTOR) | BIT(ROLE_COEXECUTOR) },
	[Q_CLEAR] = { "clear", MSG_DESK_Q_CLEAR, BIT(ROLE_MODERATOR) },
	[Q_PRESS] = { "press", MSG_DESK_Q_PRESS, DESK | BIT(ROLE_PRESS) },
	[Q_ALL] = { "all", MSG_DESK_Q_ALL, DESK | BIT(ROLE_MODERATOR) | BIT(ROLE_OPERATOR) | BIT(ROLE_PRESS) },
};

static void add(const struct req *rq, struct desk_lines *l, struct desk_line line)
{
	const struct pack *p = rq->ctx.app->pack;
	const struct topic *t = pack_topic(p, line.topic);

	line.late = when_set(line.due) && !line.stands && line.due.us < rq->ctx.now.us;
	line.left = calendar_working_between(p, when_day(rq->ctx.now), when_day(line.due));
	line.topic = t ? name_in(&t->name, rq->view.lang) : line.topic;
	l->v[l->n++] = line;
}

void desk_cursor(const struct req *rq, struct when *ret_due, int64_t *ret_id)
{
	ret_due->us = *ret_id = 0;
	req_after_both(rq, INT64_MAX, &ret_due->us, ret_id);
}

static enum rc from_assignments(struct req *rq, enum queue q, struct desk_lines *l)
{
	struct queue_line_list rows;
	struct when due;
	int64_t id;

	desk_cursor(rq, &due, &id);
	struct assignment_id after = { id };

	if (q == Q_MINE)
		TRY(assignment_queue_mine(rq->ctx.db, rq->who.account, due, after, PAGE + 1, &rows));
	else if (q == Q_NEW)
		TRY(assignment_queue_state(rq->ctx.db, rq->who.body, S("new"), due, after, PAGE + 1, &rows));
	else if (q == Q_PRESS)
		TRY(assignment_queue_press(rq->ctx.db, rq->who.body, due, after, PAGE + 1, &rows));
	else
		TRY(assignment_queue(rq->ctx.db, rq->who.body, due, after, PAGE + 1, &rows));
	for (size_t i = 0; i < rows.n && i < PAGE; i++) {
		const struct queue_line *r = &rows.v[i];

		add(rq, l, (struct desk_line){ .number = r->number, .title = r->title, .topic = r->topic, .state = r->state, .due = r->due_at,
					       .place = r->place_id, .danger = r->danger, .stands = when_set(r->paused_at) });
	}
	if (rows.n > PAGE)
		l->older = list_cursor(rq->ctx.arena, rows.v[PAGE - 1].due_at.us, rows.v[PAGE - 1].id.v);
	return RC_OK;
}

static enum rc from_answers(struct req *rq, enum queue q, struct desk_lines *l)
{
	struct answer_wait_line_list rows;

	TRY(answer_waiting(rq->ctx.db, rq->who.body, q == Q_SIGN ? S("approved") : S("checked"), (struct when){ 0 }, PAGE, &rows));
	for (size_t i = 0; i < rows.n; i++)
		add(rq, l, (struct desk_line){ .number = rows.v[i].number, .title = rows.v[i].title, .topic = rows.v[i].topic,
					       .state = S("working"), .due = rows.v[i].due_at });
	return RC_OK;
}

static enum rc from_shares(struct req *rq, struct desk_lines *l)
{
	struct assignee_line_list rows;

	TRY(assignee_queue(rq->ctx.db, rq->who.account, (struct when){ 0 }, PAGE, &rows));
	for (size_t i = 0; i < rows.n; i++)
		add(rq, l, (struct desk_line){ .number = rows.v[i].number, .title = rows.v[i].title, .topic = rows.v[i].topic,
					       .state = rows.v[i].state, .due = rows.v[i].due_at });
	return RC_OK;
}

static enum rc to_clear(struct req *rq, struct desk_lines *l)
{
	struct appeal_line_list rows;

	if (!req_after(rq)) { /* shown already, but with an answer that nobody has looked at */
		TRY(appeal_unseen_list(rq->ctx.db, rq->who.body, PAGE / 2, &rows));
		for (size_t i = 0; i < rows.n; i++)
			add(rq, l, (struct desk_line){ .number = rows.v[i].number, .title = rows.v[i].title, .topic = rows.v[i].topic,
						       .state = rows.v[i].state, .due = rows.v[i].due_at, .place = rows.v[i].place_id });
	}
	TRY(appeal_to_clear_list(rq->ctx.db, rq->who.body, (struct appeal_id){ req_after(rq) }, PAGE + 1, &rows));
	for (size_t i = 0; i < rows.n && i < PAGE; i++)
		add(rq, l, (struct desk_line){ .number = rows.v[i].number, .title = rows.v[i].title, .topic = rows.v[i].topic,
					       .state = rows.v[i].state, .due = rows.v[i].due_at, .place = rows.v[i].place_id });
	if (rows.n > PAGE)
		l->older = str_i64(rq->ctx.arena, rows.v[PAGE - 1].id.v);
	return RC_OK;
}

static enum rc load_queue(struct req *rq, enum queue q, struct desk_lines *l)
{
	l->v = ARENA_ARRAY(rq->ctx.arena, 2 * PAGE, struct desk_line);
	if (q == Q_APPROVE || q == Q_SIGN)
		return from_answers(rq, q, l);
	if (q == Q_SHARES)
		return from_shares(rq, l);
	return q == Q_CLEAR ? to_clear(rq, l) : from_assignments(rq, q, l);
}

static enum rc queue_get(struct req *rq)
{
	struct desk_lines l = { 0 };
	enum queue q = Q_N;
	struct option tabs[Q_N];
	size_t n = 0;
	struct str asked = req_query(rq, "queue");

	for (size_t i = 0; i < Q_N; i++)
		if (queues[i].who & rq->who.roles) {
			tabs[n++] = (struct option){ .value = str_of(queues[i].name), .text = msg_text(rq->view.lang, queues[i].label) };
			if (q == Q_N || str_eq(asked, str_of(queues[i].name)))
				q = (enum queue)i;
		}
	if (q == Q_N && (rq->who.roles & BIT(ROLE_OPERATOR)))
		return redirect(rq, URL("/desk/new"), 0);
	if (q == Q_N)
		return redirect(rq, rq->who.roles & BIT(ROLE_ANALYST) ? URL("/insight") : URL("/staff/body"), 0);
	for (size_t i = 0; i < n; i++)
		tabs[i].chosen = str_eq(tabs[i].value, str_of(queues[q].name));
	if (q == Q_ALL)
		return desk_owed(rq, tabs, n);
	TRY(load_queue(rq, q, &l));
	struct out *o = page_open(rq, &(struct page){ .title = MSG_DESK_TITLE, .nav = MSG_LAYOUT_NAV_DESK, .desk = true });

	tmpl_desk_queue(o, &rq->view, tabs, n, &l, rq->ctx.app->pack, str_of(queues[q].name),
			body_name(rq->ctx.app->pack, rq->who.body, lang_id(rq->view.lang)), desk_writes(rq),
			petition_moderator(&rq->ctx, &rq->who));
	return page_close(rq);
}

enum rc desk_draw(struct req *rq, const struct appeal_case *k)
{
	struct desk_page d;

	TRY(desk_page_make(rq, k, &d));
	if (!rq->form.form)
		rq->form.form = &desk_form;
	struct out *o = page_open(rq, &(struct page){ .title_text = d.p.title, .nav = MSG_LAYOUT_NAV_DESK, .desk = true, .refresh_form = true });

	tmpl_desk_sheet(o, &rq->view, &d, &rq->form);
	return page_close(rq);
}

enum rc desk_show(struct req *rq)
{
	struct appeal_case k;

	TRY(desk_open(rq, false, &k));
	return desk_draw(rq, &k);
}

/* The section of moderators in the header: their queue. */
static enum rc moderation_get(struct req *rq)
{
	return redirect(rq, URL("/desk?queue=clear"), 0);
}

static const struct route routes[] = {
	{ HTTP_GET, "/moderation", BIT(ROLE_MODERATOR), RL_READ, READ, moderation_get },
	{ HTTP_GET, "/desk", STAFF, RL_READ, READ, queue_get },
	{ HTTP_GET, "/desk/:number", STAFF, RL_READ, READ, desk_show },
};

const struct module desk_module = { .name = "desk", .routes = routes, .n_routes = ARRAY_LEN(routes) };
