/* press_desk.c: the press service: briefings, accreditations, what the public reads of questions and when, releases. */
#include "app/app.h"
#include "gen/messages.h"
#include "gen/press_tmpl.h"
#include "press/press_view.h"
#include "text/mask.h"

#define PAGE 50
#define OFFICERS (BIT(ROLE_PRESS) | BIT(ROLE_HEAD))

struct briefing_form {
	struct str lang, title, text, place, link, record, record_link, reason;
	struct day day;
	int64_t hour, minute;
	bool accredited;
};
static const struct field plan_fields[] = {
	FIELD(struct briefing_form, lang, F_CHOICE, 2, 2, .choices = "kk|ru|en", .label = MSG_NOTICE_LANG),
	FIELD(struct briefing_form, title, F_TEXT, 8, 200, .label = MSG_PRESS_ABOUT),
	FIELD(struct briefing_form, text, F_LINES, 0, 4000, .label = MSG_PRESS_MORE),
	FIELD(struct briefing_form, day, F_DAY, 0, 0, .label = MSG_PRESS_DAY, .needed = true),
	FIELD(struct briefing_form, hour, F_INT, 0, 23, .label = MSG_NOTICE_HOUR, .needed = true),
	FIELD(struct briefing_form, minute, F_INT, 0, 59, .label = MSG_PRESS_MINUTE),
	FIELD(struct briefing_form, place, F_TEXT, 3, 300, .label = MSG_PRESS_PLACE),
	FIELD(struct briefing_form, link, F_TEXT, 0, 500, .label = MSG_PRESS_BROADCAST),
	FIELD(struct briefing_form, accredited, F_BOOL, 0, 1, .label = MSG_PRESS_ONLY_ACCREDITED),
};
static const struct form plan_form = { plan_fields, ARRAY_LEN(plan_fields), sizeof(struct briefing_form), 0 };
static const struct field act_fields[] = {
	FIELD(struct briefing_form, record, F_LINES, 0, 20000, .label = MSG_PRESS_RECORD),
	FIELD(struct briefing_form, record_link, F_TEXT, 0, 500, .label = MSG_PRESS_RECORD_LINK),
	FIELD(struct briefing_form, reason, F_LINES, 0, 1000, .label = MSG_PRESS_REASON),
};
static const struct form act_form = { act_fields, ARRAY_LEN(act_fields), sizeof(struct briefing_form), 0 };

struct words_form {
	struct str title, question, answer, reason, lang, text, link;
	struct day day;
	int64_t hour, minute;
};
static const struct field words_fields[] = {
	FIELD(struct words_form, title, F_TEXT, 0, 200, .label = MSG_PRESS_PUBLIC_TITLE, .needed = true),
	FIELD(struct words_form, question, F_LINES, 0, 5000, .label = MSG_PRESS_QUESTION, .needed = true),
	FIELD(struct words_form, answer, F_LINES, 0, 20000, .label = MSG_PRESS_ANSWER, .needed = true),
	FIELD(struct words_form, day, F_DAY, 0, 0, .label = MSG_PRESS_EMBARGO_DAY, .hint = MSG_PRESS_EMBARGO_HINT),
	FIELD(struct words_form, hour, F_INT, 0, 23, .label = MSG_NOTICE_HOUR),
	FIELD(struct words_form, minute, F_INT, 0, 59, .label = MSG_PRESS_MINUTE),
	FIELD(struct words_form, reason, F_LINES, 0, 1000, .label = MSG_PRESS_REASON),
};
static const struct form words_form = { words_fields, ARRAY_LEN(words_fields), sizeof(struct words_form), (size_t)128 << 10 };
static const struct field release_fields[] = {
	FIELD(struct words_form, lang, F_CHOICE, 2, 2, .choices = "kk|ru|en", .label = MSG_NOTICE_LANG),
	FIELD(struct words_form, title, F_TEXT, 8, 200, .label = MSG_PRESS_PUBLIC_TITLE),
	FIELD(struct words_form, text, F_LINES, 20, 20000, .label = MSG_PRESS_TEXT),
	FIELD(struct words_form, link, F_TEXT, 0, 500, .label = MSG_PRESS_LINK),
	FIELD(struct words_form, day, F_DAY, 0, 0, .label = MSG_PRESS_EMBARGO_DAY, .hint = MSG_PRESS_EMBARGO_HINT),
	FIELD(struct words_form, hour, F_INT, 0, 23, .label = MSG_NOTICE_HOUR),
	FIELD(struct words_form, minute, F_INT, 0, 59, .label = MSG_PRESS_MINUTE),
};
static const struct form release_form = { release_fields, ARRAY_LEN(release_fields), sizeof(struct words_form), (size_t)128 << 10 };

static struct when moment(struct day d, int64_t hour, int64_t minute)
{
	return d.v == INT32_MIN ? (struct when){ 0 } : when_of_day(d, (int)hour, (int)minute);
}

/* Fields of a day and an hour, filled from a moment. */
static void split(struct when w, struct day *ret_day, int64_t *ret_hour, int64_t *ret_minute)
{
	struct civil c = when_civil(w);

	ret_day->v = INT32_MIN;
	if (!when_set(w))
		return;
	*ret_day = when_day(w);
	*ret_hour = c.hour;
	*ret_minute = c.minute;
}

static bool link_right(struct req *rq, const char *field, struct str link)
{
	struct url u;

	if (!link.n || ((str_starts(link, S("https://")) || str_starts(link, S("http://"))) && url_checked(rq->ctx.arena, link, &u)))
		return true;
	req_fail(rq, field, MSG_PLAN_FAULT_LINK);
	return false;
}

static enum rc desk_get(struct req *rq)
{
	static const char *const states[] = { "answered", "embargoed", "asked" };
	struct press_mine_row_list questions[ARRAY_LEN(states)];
	struct briefing_row_list briefings;
	struct press_release_row_list releases;
	const struct press_question_id last = { INT64_MAX };

	for (size_t i = 0; i < ARRAY_LEN(states); i++)
		TRY(press_question_desk(rq->ctx.db, rq->who.body, str_of(states[i]), last, PAGE, &questions[i]));
	TRY(briefing_of_body(rq->ctx.db, rq->who.body, (struct briefing_id){ INT64_MAX }, PAGE, &briefings));
	TRY(press_release_of_body(rq->ctx.db, rq->who.body, (struct press_release_id){ INT64_MAX }, PAGE, &releases));
	struct out *o = page_open(rq, &(struct page){ .title = MSG_PRESS_DESK_TITLE, .nav = MSG_LAYOUT_NAV_DESK, .desk = true });

	tmpl_press_desk(o, &rq->view, questions, &briefings, &releases);
	return page_close(rq);
}

/* ---- briefings ---- */

static struct url briefing_url(struct req *rq, struct briefing_id id)
{
	struct str part[] = { str_i64(rq->ctx.arena, id.v) };

	return url_path(rq->ctx.arena, "/desk/press/briefings/{}", 1, part);
}

static enum rc own_briefing(struct req *rq, struct briefing_row *ret)
{
	int64_t id;

	*ret = (struct briefing_row){ .body_id = rq->who.body, .lang = lang_code(rq->view.lang) };
	if (str_eq(rq->params[0], S("new")))
		return RC_OK;
	TRY(req_id(rq, 0, &id));
	TRY(briefing_by_id(rq->ctx.db, (struct briefing_id){ id }, ret));
	return ret->body_id == rq->who.body ? RC_OK : RC_NOT_FOUND;
}

static enum rc briefing_get(struct req *rq)
{
	struct briefing_row b;

	TRY(own_briefing(rq, &b));
	if (rq->form.form != &plan_form) {
		struct briefing_form *f = ARENA_NEW(rq->ctx.arena, struct briefing_form);
		struct form_state typed = rq->form;

		*f = (struct briefing_form){ .lang = b.lang, .title = b.title, .text = b.text, .place = b.place, .link = b.link, .accredited = b.accredited, .hour = 11 };
		split(b.starts_at, &f->day, &f->hour, &f->minute);
		rq->form = (struct form_state){ .form = &plan_form, .values = f, .arena = rq->ctx.arena };
		for (size_t i = 0; i < typed.n_errors; i++)
			form_fail(&rq->form, NULL, typed.errors[i].msg);
	}
	struct out *o = page_open(rq, &(struct page){ .title = MSG_PRESS_BRIEFING, .nav = MSG_LAYOUT_NAV_DESK, .desk = true, .refresh_form = true });

	tmpl_press_desk_briefing(o, &rq->view, &b, &rq->form, http_form(rq->http, S("record")), http_form(rq->http, S("reason")));
	return page_close(rq);
}

static enum rc plan_post(struct req *rq)
{
	const struct briefing_form *f = FORM_OF(rq, struct briefing_form);
	struct briefing_words w = { .lang = f->lang, .title = f->title, .text = f->text, .place = f->place, .link = f->link, .starts = moment(f->day, f->hour, f->minute),
				    .accredited = f->accredited };
	struct briefing_row b;
	struct briefing_id id;

	TRY(own_briefing(rq, &b));
	if (!link_right(rq, "link", f->link))
		return RC_INVALID;
	enum rc rc = press_briefing_plan(&rq->ctx, &rq->who, b.id, &w, &id);

	if (rc == RC_INVALID)
		req_fail(rq, rq->ctx.fail_msg == MSG_PRESS_FAULT_PAST ? "day" : NULL, rq->ctx.fail_msg);
	TRY(rc);
	return redirect(rq, briefing_url(rq, id), MSG_PLAN_SAVED);
}

static enum rc briefing_post(struct req *rq)
{
	const struct briefing_form *f = FORM_OF(rq, struct briefing_form);
	bool held = str_eq(rq->params[1], S("held"));
	struct briefing_row b;

	TRY(own_briefing(rq, &b));
	if (!held && !str_eq(rq->params[1], S("cancel")))
		return RC_NOT_FOUND;
	if (!link_right(rq, "record_link", f->record_link))
		return RC_INVALID;
	enum rc rc = held ? press_briefing_held(&rq->ctx, &rq->who, b.id, f->record, f->record_link) : press_briefing_cancel(&rq->ctx, &rq->who, b.id, f->reason);

	if (rc == RC_INVALID)
		req_fail(rq, NULL, rq->ctx.fail_msg);
	TRY(rc);
	return redirect(rq, briefing_url(rq, b.id), MSG_PLAN_SAVED);
}

/* ---- accreditations ---- */

static enum rc accreditations_get(struct req *rq)
{
	struct accreditation_row_list l;
	int64_t after = req_after(rq);

	TRY(accreditation_list(rq->ctx.db, rq->who.body, (struct accreditation_id){ after ? after : INT64_MAX }, PAGE + 1, &l));
	bool more = l.n > PAGE;

	l.n = more ? PAGE : l.n;
	struct out *o = page_open(rq, &(struct page){ .title = MSG_PRESS_ACCREDITATIONS, .nav = MSG_LAYOUT_NAV_DESK, .desk = true });

	tmpl_press_desk_accreditations(o, &rq->view, &l, more, &rq->form);
	return page_close(rq);
}

static const struct { struct str name; enum accreditation_act act; } decisions[] = {
	{ S_INIT("grant"), ACCREDIT_GRANT }, { S_INIT("refuse"), ACCREDIT_REFUSE }, { S_INIT("revoke"), ACCREDIT_REVOKE },
};

static enum rc decide_post(struct req *rq)
{
	struct accreditation_row a;
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(accreditation_by_id(rq->ctx.db, (struct accreditation_id){ id }, &a));
	if (a.body_id != rq->who.body)
		return RC_NOT_FOUND;
	for (size_t i = 0; i < ARRAY_LEN(decisions); i++) {
		if (!str_eq(rq->params[1], decisions[i].name))
			continue;
		enum rc rc = press_decide(&rq->ctx, &rq->who, a.id, decisions[i].act, FORM_OF(rq, struct briefing_form)->reason);

		if (rc == RC_INVALID)
			req_fail(rq, NULL, rq->ctx.fail_msg);
		TRY(rc);
		return redirect(rq, URL("/desk/press/accreditations"), MSG_PLAN_SAVED);
	}
	return RC_NOT_FOUND;
}

/* ---- questions ---- */

static enum rc own_question(struct req *rq, struct press_question_row *ret)
{
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(press_question_by_id(rq->ctx.db, (struct press_question_id){ id }, ret));
	return ret->body_id == rq->who.body ? RC_OK : RC_NOT_FOUND;
}

static struct str masked(const struct req *rq, struct str text)
{
	struct mask_spans found = mask_find(rq->ctx.arena, rq->ctx.app->pack->phones, text);

	return mask_apply(rq->ctx.arena, text, &found);
}

/* What the public may read is proposed: the question and the last answer, with what looks like personal data masked. */
static enum rc propose(struct req *rq, const struct press_question_row *q, const struct appeal_row *a, struct words_form *f)
{
	struct answer_row_list answers;
	struct str answer = S("");

	TRY(answer_list(rq->ctx.db, a->id, &answers));
	for (size_t i = 0; i < answers.n; i++)
		if (when_set(answers.v[i].delivered_at))
			answer = answers.v[i].text;
	*f = (struct words_form){ .title = q->title.n ? q->title : masked(rq, a->title), .question = q->question.n ? q->question : masked(rq, a->text),
				  .answer = q->answer.n ? q->answer : masked(rq, answer), .hour = 9 };
	split(str_eq(q->state, S("embargoed")) ? q->release_at : (struct when){ 0 }, &f->day, &f->hour, &f->minute);
	return RC_OK;
}

static enum rc question_get(struct req *rq)
{
	struct words_form *f = ARENA_NEW(rq->ctx.arena, struct words_form);
	struct press_question_row q;
	struct appeal_row a;

	TRY(own_question(rq, &q));
	TRY(appeal_by_id(rq->ctx.db, q.appeal_id, &a));
	if (rq->form.form != &words_form) {
		TRY(propose(rq, &q, &a, f));
		rq->form = (struct form_state){ .form = &words_form, .values = f, .arena = rq->ctx.arena };
	}
	struct out *o = page_open(rq, &(struct page){ .title_text = a.title, .nav = MSG_LAYOUT_NAV_DESK, .desk = true, .refresh_form = true });

	tmpl_press_desk_question(o, &rq->view, &q, &a, &rq->form);
	return page_close(rq);
}

static enum rc publish_post(struct req *rq)
{
	const struct words_form *f = FORM_OF(rq, struct words_form);
	struct press_words w = { .title = f->title, .question = f->question, .answer = f->answer, .release = moment(f->day, f->hour, f->minute) };
	struct press_question_row q;

	TRY(own_question(rq, &q));
	enum rc rc = press_publish(&rq->ctx, &rq->who, q.id, &w);

	if (rc == RC_INVALID)
		req_fail(rq, rq->ctx.fail_msg == MSG_PRESS_FAULT_EMBARGO ? "day" : NULL, rq->ctx.fail_msg);
	TRY(rc);
	return redirect(rq, press_desk_url(rq->ctx.arena, q.id), MSG_PRESS_DONE_PUBLISH);
}

static enum rc withhold_post(struct req *rq)
{
	struct press_question_row q;

	TRY(own_question(rq, &q));
	enum rc rc = press_withhold(&rq->ctx, &rq->who, q.id, FORM_OF(rq, struct words_form)->reason);

	if (rc == RC_INVALID)
		req_fail(rq, "reason", rq->ctx.fail_msg);
	TRY(rc);
	return redirect(rq, press_desk_url(rq->ctx.arena, q.id), MSG_PRESS_DONE_PUBLISH);
}

/* ---- releases ---- */

static enum rc release_get(struct req *rq)
{
	struct words_form *f = ARENA_NEW(rq->ctx.arena, struct words_form);

	f->lang = lang_code(rq->view.lang);
	f->day.v = INT32_MIN;
	f->hour = 9;
	if (!rq->form.form)
		rq->form = (struct form_state){ .form = &release_form, .values = f, .arena = rq->ctx.arena };
	struct out *o = page_open(rq, &(struct page){ .title = MSG_PRESS_NEW_RELEASE, .nav = MSG_LAYOUT_NAV_DESK, .desk = true, .refresh_form = true });

	tmpl_press_desk_release(o, &rq->view, &rq->form);
	return page_close(rq);
}

static enum rc release_post(struct req *rq)
{
	const struct words_form *f = FORM_OF(rq, struct words_form);
	struct release_words w = { .lang = f->lang, .title = f->title, .text = f->text, .link = f->link, .release = moment(f->day, f->hour, f->minute) };
	struct press_release_id id;

	if (!link_right(rq, "link", f->link))
		return RC_INVALID;
	enum rc rc = press_write_release(&rq->ctx, &rq->who, &w, &id);

	if (rc == RC_INVALID)
		req_fail(rq, rq->ctx.fail_msg == MSG_PRESS_FAULT_EMBARGO ? "day" : NULL, rq->ctx.fail_msg);
	TRY(rc);
	return redirect(rq, URL("/desk/press"), MSG_PLAN_SAVED);
}

static const struct route routes[] = {
	{ HTTP_GET, "/desk/press", OFFICERS, RL_READ, READ, desk_get },
	{ HTTP_GET, "/desk/press/briefings/:id", OFFICERS, RL_READ, READ, briefing_get },
	{ HTTP_POST, "/desk/press/briefings/:id", OFFICERS, RL_WRITE, WRITE, plan_post, &plan_form, briefing_get },
	{ HTTP_POST, "/desk/press/briefings/:id/:act", OFFICERS, RL_WRITE, WRITE, briefing_post, &act_form, briefing_get },
	{ HTTP_GET, "/desk/press/accreditations", OFFICERS, RL_READ, READ, accreditations_get },
	{ HTTP_POST, "/desk/press/accreditations/:id/:act", OFFICERS, RL_WRITE, WRITE, decide_post, &act_form, accreditations_get },
	{ HTTP_GET, "/desk/press/questions/:id", OFFICERS, RL_READ, READ, question_get },
	{ HTTP_POST, "/desk/press/questions/:id", OFFICERS, RL_WRITE, WRITE, publish_post, &words_form, question_get },
	{ HTTP_POST, "/desk/press/questions/:id/withhold", OFFICERS, RL_WRITE, WRITE, withhold_post, &words_form, question_get },
	{ HTTP_GET, "/desk/press/releases/new", OFFICERS, RL_READ, READ, release_get },
	{ HTTP_POST, "/desk/press/releases/new", OFFICERS, RL_WRITE, WRITE, release_post, &release_form, release_get },
};

const struct module press_desk_module = { .name = "press_desk", .routes = routes, .n_routes = ARRAY_LEN(routes) };
