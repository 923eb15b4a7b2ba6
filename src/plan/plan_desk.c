/* plan_desk.c: where a body keeps its plan: the list, a new measure, and each thing that becomes of one. */
#include "account/account.h"
#include "app/app.h"
#include "appeal/appeal.h"
#include "file/file.h"
#include "gen/account_sql.h"
#include "gen/messages.h"
#include "gen/plan_tmpl.h"
#include "plan/plan_view.h"
#include "standard/options.h"

#define PAGE 50
#define STAFF_MAX 200

struct new_form {
	struct str lang, title, text, topic, post, money_source, not_now;
	struct day due;
	int64_t amount, account;
};
static const struct field new_fields[] = {
	FIELD(struct new_form, lang, F_CHOICE, 2, 2, .choices = "kk|ru|en", .label = MSG_NOTICE_LANG),
	FIELD(struct new_form, title, F_TEXT, 8, 200, .label = MSG_PLAN_WHAT, .hint = MSG_PLAN_WHAT_HINT),
	FIELD(struct new_form, text, F_LINES, 0, 4000, .label = MSG_PLAN_MORE),
	FIELD(struct new_form, topic, F_CHOICE, 0, 80, .label = MSG_PETITION_TOPIC),
	FIELD(struct new_form, post, F_TEXT, 3, 160, .label = MSG_PLAN_POST, .hint = MSG_PLAN_POST_HINT),
	FIELD(struct new_form, account, F_ID, 0, INT64_MAX, .label = MSG_PLAN_OFFICIAL),
	FIELD(struct new_form, due, F_DAY, 0, 0, .label = MSG_PLAN_DUE),
	FIELD(struct new_form, not_now, F_LINES, 0, 1000, .label = MSG_PLAN_WHY_NOT_NOW, .hint = MSG_PLAN_WHY_NOT_NOW_HINT),
	FIELD(struct new_form, amount, F_INT, 0, 1000000000000000, .label = MSG_PLAN_AMOUNT),
	FIELD(struct new_form, money_source, F_TEXT, 0, 200, .label = MSG_PLAN_MONEY_SOURCE, .hint = MSG_PLAN_MONEY_SOURCE_HINT),
};
static const struct form new_form = { new_fields, ARRAY_LEN(new_fields), sizeof(struct new_form), 0 };

/* What may be put otherwise later; dates have their own history. */
static const struct field words_fields[] = {
	FIELD(struct new_form, title, F_TEXT, 8, 200, .label = MSG_PLAN_WHAT, .hint = MSG_PLAN_WHAT_HINT),
	FIELD(struct new_form, text, F_LINES, 0, 4000, .label = MSG_PLAN_MORE),
	FIELD(struct new_form, topic, F_CHOICE, 0, 80, .label = MSG_PETITION_TOPIC),
	FIELD(struct new_form, post, F_TEXT, 3, 160, .label = MSG_PLAN_POST, .hint = MSG_PLAN_POST_HINT),
	FIELD(struct new_form, account, F_ID, 0, INT64_MAX, .label = MSG_PLAN_OFFICIAL),
	FIELD(struct new_form, amount, F_INT, 0, 1000000000000000, .label = MSG_PLAN_AMOUNT),
	FIELD(struct new_form, money_source, F_TEXT, 0, 200, .label = MSG_PLAN_MONEY_SOURCE, .hint = MSG_PLAN_MONEY_SOURCE_HINT),
};
static const struct form words_form = { words_fields, ARRAY_LEN(words_fields), sizeof(struct new_form), 0, .repeats = true };

struct act_form {
	struct str text, link;
	struct day due;
	struct file_list file;
};
static const struct field act_fields[] = {
	FIELD(struct act_form, text, F_LINES, 0, 2000, .label = MSG_PLAN_WORDS),
	FIELD(struct act_form, link, F_TEXT, 0, 500, .label = MSG_PLAN_LINK, .hint = MSG_PLAN_LINK_HINT),
	FIELD(struct act_form, due, F_DAY, 0, 0, .label = MSG_PLAN_NEW_DUE),
	FIELD(struct act_form, file, F_FILES, 0, 1, .label = MSG_PLAN_FILE, .hint = MSG_PLAN_FILE_HINT),
};
static const struct form act_form = { act_fields, ARRAY_LEN(act_fields), sizeof(struct act_form), (size_t)12 << 20 };

static struct url desk_url(struct req *rq, struct measure_id id)
{
	struct str part[] = { str_i64(rq->ctx.arena, id.v) };

	return url_path(rq->ctx.arena, "/desk/plan/{}", 1, part);
}

/* ---- the list ---- */

static enum rc list_get(struct req *rq)
{
	struct measure_row_list l;
	struct plan_report_row_list reports;
	struct str state = req_query(rq, "state"), older = S("");
	enum measure_state known;
	int64_t due = -1, id = 0;

	if (!measure_state_by_name(state, &known))
		state = S("");
	req_after_both(rq, INT32_MAX, &due, &id);
	TRY(measure_plan(rq->ctx.db, rq->who.body, state, (struct day){ (int32_t)due }, (struct measure_id){ id }, PAGE + 1, &l));
	TRY(plan_report_list(rq->ctx.db, rq->who.body, 10, &reports));
	if (l.n > PAGE) {
		l.n = PAGE;
		older = list_cursor(rq->ctx.arena, l.v[PAGE - 1].due_on.v, l.v[PAGE - 1].id.v);
	}
	struct out *o = page_open(rq, &(struct page){ .title = MSG_PLAN_DESK_TITLE, .nav = MSG_LAYOUT_NAV_DESK, .desk = true });

	tmpl_plan_desk_list(o, &rq->view, &l, plan_states(rq->ctx.arena, rq->view.lang, state), &reports, when_day(rq->ctx.now), plan_keeper(&rq->who, rq->who.body), older, state);
	return page_close(rq);
}

/* ---- a new one ---- */

static enum rc officials(struct req *rq, struct option **ret, size_t *ret_n)
{
	static const enum role working[] = { ROLE_EXECUTOR, ROLE_HEAD, ROLE_COEXECUTOR };

	*ret = ARENA_ARRAY(rq->ctx.arena, ARRAY_LEN(working) * STAFF_MAX + 1, struct option);
	(*ret)[0] = (struct option){ .value = S(""), .text = msg_text(rq->view.lang, MSG_PLAN_NOBODY) };
	*ret_n = 1;
	for (size_t r = 0; r < ARRAY_LEN(working); r++) {
		struct staff_name_list l;

		TRY(staff_of_role(rq->ctx.db, rq->who.body, str_of(role_name(working[r])), STAFF_MAX, &l));
		for (size_t i = 0; i < l.n; i++) {
			struct str id = str_i64(rq->ctx.arena, l.v[i].id.v);
			bool there = false;

			for (size_t k = 0; k < *ret_n; k++)
				there = there || str_eq((*ret)[k].value, id);
			if (!there)
				(*ret)[(*ret_n)++] = (struct option){ .value = id, .text = l.v[i].name };
		}
	}
	return RC_OK;
}

static enum rc new_get(struct req *rq)
{
	struct new_form *values = ARENA_NEW(rq->ctx.arena, struct new_form);
	struct option *topics, *people;
	size_t n_topics = pack_topic_options(rq, MSG_PLAN_NO_TOPIC, S(""), &topics), n_people;

	if (!plan_keeper(&rq->who, rq->who.body))
		return fail(&rq->ctx, RC_FORBIDDEN, MSG_PLAN_FAULT_ROLE);
	TRY(officials(rq, &people, &n_people));
	values->lang = lang_code(rq->view.lang);
	values->due.v = INT32_MIN;
	if (!rq->form.form)
		rq->form = (struct form_state){ .form = &new_form, .values = values, .arena = rq->ctx.arena };
	struct out *o = page_open(rq, &(struct page){ .title = MSG_PLAN_NEW, .nav = MSG_LAYOUT_NAV_DESK, .desk = true, .refresh_form = true });

	tmpl_plan_desk_new(o, &rq->view, &rq->form, topics, n_topics, people, n_people);
	return page_close(rq);
}

/* Nobody, or somebody of this body. */
static enum rc check_official(struct req *rq, int64_t account)
{
	bool works = true;

	if (account)
		TRY(account_works_in(&rq->ctx, account, rq->who.body, &works));
	if (works)
		return RC_OK;
	req_fail(rq, "account", MSG_FORM_CHOOSE);
	return RC_INVALID;
}

static enum rc new_post(struct req *rq)
{
	const struct new_form *f = FORM_OF(rq, struct new_form);
	struct measure_new m = { .body = rq->who.body, .lang = f->lang, .title = f->title, .text = f->text, .topic = f->topic, .post = f->post, .account = f->account,
				 .due = { f->due.v == INT32_MIN ? 0 : f->due.v }, .amount = f->amount, .money_source = f->money_source, .not_now = f->not_now };
	struct measure_id id;

	if (!plan_keeper(&rq->who, rq->who.body))
		return fail(&rq->ctx, RC_FORBIDDEN, MSG_PLAN_FAULT_ROLE);
	TRY(check_official(rq, f->account));
	enum rc rc = plan_add(&rq->ctx, &rq->who, &m, &id);

	if (rc == RC_INVALID)
		req_fail(rq, rq->ctx.fail_msg == MSG_PLAN_FAULT_DUE ? "due" : NULL, rq->ctx.fail_msg);
	TRY(rc);
	return redirect(rq, desk_url(rq, id), MSG_PLAN_SAVED);
}

/* ---- one ---- */

/* Another body's measure is public, but nobody keeps it from here. */
static enum rc open_own(struct req *rq, struct plan_page *ret)
{
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(plan_page_make(rq, (struct measure_id){ id }, ret));
	return ret->m.body_id == rq->who.body ? RC_OK : RC_NOT_FOUND;
}

static enum rc show_get(struct req *rq)
{
	struct plan_page p;

	TRY(open_own(rq, &p));
	struct str voice = http_form(rq->http, S("number"));

	if (rq->form.form != &act_form) {
		struct act_form *f = ARENA_NEW(rq->ctx.arena, struct act_form);
		struct form_state typed = rq->form;

		f->due.v = INT32_MIN;
		rq->form = (struct form_state){ .form = &act_form, .values = f, .arena = rq->ctx.arena };
		for (size_t i = 0; i < typed.n_errors; i++) /* what was wrong with a number stands above */
			form_fail(&rq->form, NULL, typed.errors[i].msg);
	}
	struct out *o = page_open(rq, &(struct page){ .title_text = p.m.title, .nav = MSG_LAYOUT_NAV_DESK, .desk = true, .refresh_form = true });

	tmpl_plan_desk_show(o, &rq->view, &p, &rq->form, voice);
	return page_close(rq);
}

/* A photo is checked and stored before the transaction. */
static enum rc act_slow(struct req *rq)
{
	const struct act_form *f = FORM_OF(rq, struct act_form);
	struct stored_file *file = ARENA_NEW(rq->ctx.arena, struct stored_file);

	rq->slow = file;
	enum rc rc = f->file.n ? file_store(&rq->ctx, &f->file.v[0], file) : RC_OK;

	if (rc == RC_INVALID || rc == RC_TOO_LARGE) {
		req_fail(rq, "file", rq->ctx.fail_msg);
		return RC_INVALID;
	}
	return rc;
}

typedef enum rc act(struct ctx *c, const struct actor *who, struct measure_id id, const struct plan_note *n, struct day due);

static enum rc do_start(struct ctx *c, const struct actor *who, struct measure_id id, const struct plan_note *n, struct day due)
{
	(void)due;
	return plan_start(c, who, id, n);
}

static enum rc do_note(struct ctx *c, const struct actor *who, struct measure_id id, const struct plan_note *n, struct day due)
{
	(void)due;
	return plan_write(c, who, id, n);
}

static enum rc do_move(struct ctx *c, const struct actor *who, struct measure_id id, const struct plan_note *n, struct day due)
{
	return plan_move_date(c, who, id, due, n->text);
}

static enum rc do_done(struct ctx *c, const struct actor *who, struct measure_id id, const struct plan_note *n, struct day due)
{
	(void)due;
	return plan_done(c, who, id, n);
}

static enum rc do_drop(struct ctx *c, const struct actor *who, struct measure_id id, const struct plan_note *n, struct day due)
{
	(void)due;
	return plan_drop(c, who, id, n->text);
}

static enum rc do_not_now(struct ctx *c, const struct actor *who, struct measure_id id, const struct plan_note *n, struct day due)
{
	(void)due;
	return plan_not_now(c, who, id, n->text);
}

static enum rc do_resume(struct ctx *c, const struct actor *who, struct measure_id id, const struct plan_note *n, struct day due)
{
	return plan_resume(c, who, id, due, n->text);
}

static const struct { struct str name; act *run; } acts[] = {
	{ S_INIT("start"), do_start }, { S_INIT("note"), do_note },       { S_INIT("move"), do_move },     { S_INIT("done"), do_done },
	{ S_INIT("drop"), do_drop },   { S_INIT("not-now"), do_not_now }, { S_INIT("resume"), do_resume },
};

static enum rc act_post(struct req *rq)
{
	const struct act_form *f = FORM_OF(rq, struct act_form);
	const struct stored_file *file = rq->slow;
	struct plan_note n = { .text = f->text, .link = f->link, .sha256 = file->sha256, .media_type = file->type, .file_name = file->name };
	struct url checked;
	struct plan_page p;

	TRY(open_own(rq, &p));
	if (f->link.n && ((!str_starts(f->link, S("https://")) && !str_starts(f->link, S("http://"))) || !url_checked(rq->ctx.arena, f->link, &checked))) {
		req_fail(rq, "link", MSG_PLAN_FAULT_LINK);
		return RC_INVALID;
	}
	for (size_t i = 0; i < ARRAY_LEN(acts); i++) {
		if (!str_eq(acts[i].name, rq->params[1]))
			continue;
		enum rc rc = acts[i].run(&rq->ctx, &rq->who, p.m.id, &n, (struct day){ f->due.v == INT32_MIN ? 0 : f->due.v });

		if (rc == RC_INVALID)
			req_fail(rq, rq->ctx.fail_msg == MSG_PLAN_FAULT_DUE ? "due" : "text", rq->ctx.fail_msg);
		TRY(rc);
		return redirect(rq, desk_url(rq, p.m.id), MSG_PLAN_SAVED);
	}
	return RC_NOT_FOUND;
}

/* ---- whose words stand behind it ---- */

struct voice_form {
	struct str number;
};
static const struct field voice_fields[] = {
	FIELD(struct voice_form, number, F_TEXT, 4, 40, .label = MSG_PLAN_VOICE, .hint = MSG_PLAN_VOICE_HINT),
};
static const struct form voice_form = { voice_fields, ARRAY_LEN(voice_fields), sizeof(struct voice_form), 0 };

/* An appeal that this body may read. */
static enum rc voice_post(struct req *rq)
{
	struct appeal_case k;
	struct plan_page p;
	struct str number;

	TRY(open_own(rq, &p));
	if (!p.keeper)
		return fail(&rq->ctx, RC_FORBIDDEN, MSG_PLAN_FAULT_ROLE);
	enum rc rc = appeal_number_clean(rq->ctx.arena, FORM_OF(rq, struct voice_form)->number, &number)
			     ? appeal_open(&rq->ctx, &rq->who, number, S(""), false, &k) : RC_NOT_FOUND;

	if (rc == RC_NOT_FOUND || (rc == RC_OK && k.view == VIEW_PUBLIC)) {
		req_fail(rq, NULL, MSG_PLAN_FAULT_VOICE);
		return RC_INVALID;
	}
	TRY(rc);
	TRY(plan_add_voice(&rq->ctx, p.m.id, "appeal", k.a.id.v));
	return redirect(rq, desk_url(rq, p.m.id), MSG_PLAN_SAVED);
}

/* ---- its words ---- */

static enum rc words_get(struct req *rq)
{
	struct new_form *values = ARENA_NEW(rq->ctx.arena, struct new_form);
	struct option *topics, *people;
	size_t n_topics = pack_topic_options(rq, MSG_PLAN_NO_TOPIC, S(""), &topics), n_people;
	struct plan_page p;

	TRY(open_own(rq, &p));
	if (!p.keeper)
		return fail(&rq->ctx, RC_FORBIDDEN, MSG_PLAN_FAULT_ROLE);
	TRY(officials(rq, &people, &n_people));
	*values = (struct new_form){ .title = p.m.title, .text = p.m.text, .topic = p.m.topic, .post = p.m.post, .account = p.m.account_id, .amount = p.m.amount,
				     .money_source = p.m.money_source };
	if (!rq->form.form)
		rq->form = (struct form_state){ .form = &words_form, .values = values, .arena = rq->ctx.arena };
	struct out *o = page_open(rq, &(struct page){ .title = MSG_PLAN_REWORD, .nav = MSG_LAYOUT_NAV_DESK, .desk = true, .refresh_form = true });

	tmpl_plan_desk_words(o, &rq->view, &p.m, &rq->form, topics, n_topics, people, n_people);
	return page_close(rq);
}

static enum rc words_post(struct req *rq)
{
	const struct new_form *f = FORM_OF(rq, struct new_form);
	struct measure_new m = { .title = f->title, .text = f->text, .topic = f->topic, .post = f->post, .account = f->account, .amount = f->amount,
				 .money_source = f->money_source };
	struct plan_page p;

	TRY(open_own(rq, &p));
	TRY(check_official(rq, f->account));
	enum rc rc = plan_reword(&rq->ctx, &rq->who, p.m.id, &m);

	if (rc == RC_INVALID)
		req_fail(rq, NULL, rq->ctx.fail_msg);
	TRY(rc);
	return redirect(rq, desk_url(rq, p.m.id), MSG_PLAN_SAVED);
}

static const struct route routes[] = {
	{ HTTP_GET, "/desk/plan", STAFF, RL_READ, READ, list_get },
	{ HTTP_GET, "/desk/plan/new", STAFF, RL_READ, READ, new_get },
	{ HTTP_POST, "/desk/plan/new", STAFF, RL_WRITE, WRITE, new_post, &new_form, new_get },
	{ HTTP_GET, "/desk/plan/:id", STAFF, RL_READ, READ, show_get },
	{ HTTP_GET, "/desk/plan/:id/words", STAFF, RL_READ, READ, words_get },
	{ HTTP_POST, "/desk/plan/:id/words", STAFF, RL_WRITE, WRITE, words_post, &words_form, words_get },
	{ HTTP_POST, "/desk/plan/:id/voices", STAFF, RL_WRITE, WRITE, voice_post, &voice_form, show_get },
	{ HTTP_POST, "/desk/plan/:id/:act", STAFF, RL_WRITE, SLOW, act_post, &act_form, show_get, act_slow },
};

const struct module plan_desk_module = { .name = "plan_desk", .routes = routes, .n_routes = ARRAY_LEN(routes) };
