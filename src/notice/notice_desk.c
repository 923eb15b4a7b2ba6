/* notice_desk.c: where a body writes, approves, corrects its notices and says what became of them. */
#include "app/app.h"
#include "gen/messages.h"
#include "gen/notice_tmpl.h"
#include "notice/notice.h"

#define LINES 60

struct notice_form {
	struct str title, what, why, weighed, affected, softened, ask, changed, topic, lang, words;
	struct day effective, publish;
	int64_t hour;
};
static const struct field fields[] = {
	FIELD(struct notice_form, lang, F_CHOICE, 2, 2, .choices = "kk|ru|en", .label = MSG_NOTICE_LANG),
	FIELD(struct notice_form, title, F_TEXT, 8, 200, .label = MSG_NOTICE_NAME),
	FIELD(struct notice_form, effective, F_DAY, 0, 0, .label = MSG_NOTICE_EFFECTIVE, .needed = true),
	FIELD(struct notice_form, what, F_LINES, 0, 4000, .label = MSG_NOTICE_WHAT, .needed = true),
	FIELD(struct notice_form, why, F_LINES, 0, 4000, .label = MSG_NOTICE_WHY, .needed = true),
	FIELD(struct notice_form, weighed, F_LINES, 0, 4000, .label = MSG_NOTICE_WEIGHED, .needed = true),
	FIELD(struct notice_form, affected, F_LINES, 0, 4000, .label = MSG_NOTICE_AFFECTED, .needed = true),
	FIELD(struct notice_form, softened, F_LINES, 0, 4000, .label = MSG_NOTICE_SOFTENED, .needed = true),
	FIELD(struct notice_form, ask, F_LINES, 0, 1000, .label = MSG_NOTICE_ASK, .needed = true),
	FIELD(struct notice_form, changed, F_LINES, 0, 1000, .label = MSG_NOTICE_CHANGED, .hint = MSG_NOTICE_CHANGED_HINT),
};
static const struct form write_form = { fields, ARRAY_LEN(fields), sizeof(struct notice_form), (size_t)128 << 10 };

static const struct field act_fields[] = {
	FIELD(struct notice_form, publish, F_DAY, 0, 0, .label = MSG_NOTICE_PUBLISH_ON),
	FIELD(struct notice_form, hour, F_INT, 0, 23, .label = MSG_NOTICE_HOUR),
	FIELD(struct notice_form, words, F_LINES, 0, 2000, .label = MSG_NOTICE_OUTCOME),
};
static const struct form act_form = { act_fields, ARRAY_LEN(act_fields), sizeof(struct notice_form), 0 };

static struct notice_words words_of(const struct notice_form *f)
{
	return (struct notice_words){ .title = f->title, .what = f->what, .why = f->why, .weighed = f->weighed, .affected = f->affected, .softened = f->softened,
				      .ask = f->ask, .changed = f->changed, .lang = f->lang, .effective = f->effective };
}

static enum rc list_get(struct req *rq)
{
	struct notice_line_list l;
	int64_t after = req_after(rq);

	TRY(notice_desk(rq->ctx.db, rq->who.body, (struct notice_id){ after ? after : INT64_MAX }, LINES, &l));
	struct out *o = page_open(rq, &(struct page){ .title = MSG_NOTICE_DESK_TITLE, .nav = MSG_LAYOUT_NAV_DESK, .desk = true });

	tmpl_notice_desk_list(o, &rq->view, &l, notice_may_write(&rq->who, rq->who.body));
	return page_close(rq);
}

static enum rc new_get(struct req *rq)
{
	struct notice_form *values = ARENA_NEW(rq->ctx.arena, struct notice_form);

	values->lang = lang_code(rq->view.lang);
	values->effective.v = INT32_MIN;
	if (!rq->form.form)
		rq->form = (struct form_state){ .form = &write_form, .values = values, .arena = rq->ctx.arena };
	struct out *o = page_open(rq, &(struct page){ .title = MSG_NOTICE_NEW, .nav = MSG_LAYOUT_NAV_DESK, .desk = true, .refresh_form = true });

	tmpl_notice_desk_new(o, &rq->view, &rq->form);
	return page_close(rq);
}

static bool day_given(struct req *rq)
{
	if (FORM_OF(rq, struct notice_form)->effective.v != INT32_MIN)
		return true;
	req_fail(rq, "effective", MSG_FORM_REQUIRED);
	return false;
}

static struct url desk_url(struct req *rq, struct notice_id id)
{
	struct str part[] = { str_i64(rq->ctx.arena, id.v) };

	return url_path(rq->ctx.arena, "/desk/notices/{}", 1, part);
}

static enum rc new_post(struct req *rq)
{
	struct notice_words w = words_of(FORM_OF(rq, struct notice_form));
	struct notice_id id;

	if (!day_given(rq))
		return RC_INVALID;
	TRY(notice_write(&rq->ctx, &rq->who, &w, &id));
	return redirect(rq, desk_url(rq, id), MSG_NOTICE_DONE);
}

/* Another body's notice is not there, until it is public. */
static enum rc open_own(struct req *rq, struct notice_row *ret)
{
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(notice_by_id(rq->ctx.db, (struct notice_id){ id }, ret));
	return ret->body_id == rq->who.body ? RC_OK : RC_NOT_FOUND;
}

static enum rc show_get(struct req *rq)
{
	struct notice_row n;
	struct notice_text_row t;

	TRY(open_own(rq, &n));
	TRY(notice_text_get(rq->ctx.db, n.id, n.draft_version ? n.draft_version : n.public_version, &t));
	if (rq->form.form != &write_form) {
		struct notice_form *f = ARENA_NEW(rq->ctx.arena, struct notice_form);
		struct form_state typed = rq->form;

		*f = (struct notice_form){ .title = t.title, .what = t.what, .why = t.why, .weighed = t.weighed, .affected = t.affected, .softened = t.softened,
					   .ask = t.ask, .changed = n.draft_version ? t.changed : S(""), .lang = n.lang, .effective = t.effective_on };
		rq->form = (struct form_state){ .form = &write_form, .values = f, .arena = rq->ctx.arena };
		for (size_t i = 0; i < typed.n_errors; i++) /* what was wrong with an act stands above */
			form_fail(&rq->form, NULL, typed.errors[i].msg);
	}
	struct out *o = page_open(rq, &(struct page){ .title_text = t.title, .nav = MSG_LAYOUT_NAV_DESK, .desk = true, .refresh_form = true });

	tmpl_notice_desk_show(o, &rq->view, &n, &t, &rq->form, notice_may_write(&rq->who, n.body_id), notice_may_approve(&rq->who, &n));
	return page_close(rq);
}

static enum rc save_post(struct req *rq)
{
	struct notice_words w = words_of(FORM_OF(rq, struct notice_form));
	struct notice_row n;

	TRY(open_own(rq, &n));
	if (!day_given(rq))
		return RC_INVALID;
	TRY(notice_save(&rq->ctx, &rq->who, n.id, &w));
	return redirect(rq, desk_url(rq, n.id), MSG_NOTICE_DONE);
}

static enum rc do_submit(struct req *rq, struct notice_id id)
{
	return notice_submit(&rq->ctx, &rq->who, id);
}

static enum rc do_send_back(struct req *rq, struct notice_id id)
{
	return notice_send_back(&rq->ctx, &rq->who, id);
}

static enum rc do_approve(struct req *rq, struct notice_id id)
{
	const struct notice_form *f = FORM_OF(rq, struct notice_form);

	return notice_approve(&rq->ctx, &rq->who, id, f->publish.v == INT32_MIN ? (struct when){ 0 } : when_of_day(f->publish, (int)f->hour, 0));
}

static enum rc do_outcome(struct req *rq, struct notice_id id)
{
	return notice_outcome(&rq->ctx, &rq->who, id, FORM_OF(rq, struct notice_form)->words);
}

static const struct { struct str name; enum rc (*run)(struct req *rq, struct notice_id id); } acts[] = {
	{ S_INIT("submit"), do_submit }, { S_INIT("send-back"), do_send_back }, { S_INIT("approve"), do_approve }, { S_INIT("outcome"), do_outcome },
};

static enum rc act_post(struct req *rq)
{
	struct notice_row n;

	TRY(open_own(rq, &n));
	for (size_t i = 0; i < ARRAY_LEN(acts); i++) {
		if (!str_eq(acts[i].name, rq->params[1]))
			continue;
		enum rc rc = acts[i].run(rq, n.id);

		if (rc == RC_INVALID && rq->ctx.fail_msg)
			req_fail(rq, NULL, rq->ctx.fail_msg);
		TRY(rc);
		return redirect(rq, desk_url(rq, n.id), MSG_NOTICE_DONE);
	}
	return RC_NOT_FOUND;
}

static const struct route routes[] = {
	{ HTTP_GET, "/desk/notices", STAFF, RL_READ, READ, list_get },
	{ HTTP_GET, "/desk/notices/new", STAFF, RL_READ, READ, new_get },
	{ HTTP_POST, "/desk/notices/new", STAFF, RL_WRITE, WRITE, new_post, &write_form, new_get },
	{ HTTP_GET, "/desk/notices/:id", STAFF, RL_READ, READ, show_get },
	{ HTTP_POST, "/desk/notices/:id", STAFF, RL_WRITE, WRITE, save_post, &write_form, show_get },
	{ HTTP_POST, "/desk/notices/:id/:act", STAFF, RL_WRITE, WRITE, act_post, &act_form, show_get },
};

const struct module notice_desk_module = { .name = "notice_desk", .routes = routes, .n_routes = ARRAY_LEN(routes) };
