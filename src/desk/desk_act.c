/* desk_act.c: what can be done on the desk's screen: a row each, over the operations of the appeal. */
#include "desk/desk.h"

#include "account/account.h"
#include "app/app.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "gen/messages.h"
#include "text/ident.h"

#define POINTS_MAX 30
#define SHARE_MAX 300 /* letters: the part of a helper in words */

static const struct field fields[] = {
	FIELD(struct desk_form, text, F_LINES, 0, 20000, .label = MSG_DESK_WORDS),
	FIELD(struct desk_form, ground, F_CHOICE, 0, 60, .label = MSG_DESK_GROUND),
	FIELD(struct desk_form, kind, F_CHOICE, 0, 40, .label = MSG_DESK_KIND),
	FIELD(struct desk_form, topic, F_CHOICE, 0, 80, .label = MSG_DESK_TOPIC),
	FIELD(struct desk_form, points, F_LINES, 0, 8000, .label = MSG_DESK_POINTS, .hint = MSG_DESK_POINTS_HINT),
	FIELD(struct desk_form, where, F_TEXT, 0, 300, .label = MSG_DESK_WHERE),
	FIELD(struct desk_form, decision, F_CHOICE, 0, 40, .label = MSG_DESK_DECISION),
	FIELD(struct desk_form, lang, F_CHOICE, 0, 2, .choices = "kk|ru|en"),
	FIELD(struct desk_form, steps, F_LINES, 0, 4000, .label = MSG_DESK_STEPS, .hint = MSG_DESK_STEPS_HINT),
	FIELD(struct desk_form, options, F_LINES, 0, 4000, .label = MSG_DESK_OPTIONS, .hint = MSG_DESK_OPTIONS_HINT),
	FIELD(struct desk_form, title, F_TEXT, 0, 300, .label = MSG_DESK_PUBLIC_TITLE),
	FIELD(struct desk_form, other, F_CHOICE, 0, 20, .label = MSG_DESK_OTHER_BODY),
	FIELD(struct desk_form, swap, F_HIDDEN, 0, 60),
	FIELD(struct desk_form, use, F_HIDDEN, 0, 20),
	FIELD(struct desk_form, help, F_HIDDEN, 0, 60),
	FIELD(struct desk_form, said, F_TEXT, 0, 2000, .label = MSG_DESK_STEP_SAID),
	FIELD(struct desk_form, on, F_DAY, 0, 0, .label = MSG_DESK_STEP_DONE_ON),
	FIELD(struct desk_form, step, F_ID, 0, 0, .label = MSG_DESK_STEPS),
	FIELD(struct desk_form, until, F_DAY, 0, 0, .label = MSG_DESK_UNTIL),
	FIELD(struct desk_form, heard_on, F_DAY, 0, 0, .label = MSG_DESK_HEARING_DAY),
	FIELD(struct desk_form, executor, F_ID, 0, 0, .label = MSG_DESK_EXECUTOR),
	FIELD(struct desk_form, hour, F_INT, 0, 23, .label = MSG_DESK_HOUR),
	FIELD(struct desk_form, bodies, F_MANY, 0, 10, .label = MSG_DESK_BODIES),
	FIELD(struct desk_form, helpers, F_MANY, 0, 20, .label = MSG_DESK_HELPERS),
};
const struct form desk_form = { fields, ARRAY_LEN(fields), sizeof(struct desk_form), (size_t)256 << 10 };

/* Lines that hold something. */
size_t desk_lines_of(struct arena *a, struct str text, struct str **ret, size_t max)
{
	struct str line;
	size_t n = 0;

	*ret = ARENA_ARRAY(a, max, struct str);
	while (text.n && str_cut(&text, '\n', &line) && n < max)
		if (str_trim(line).n)
			(*ret)[n++] = str_trim(line);
	return n;
}

static enum rc do_register(struct req *rq, struct appeal_case *k)
{
	const struct desk_form *f = FORM_OF(rq, struct desk_form);
	struct str *points;
	struct appeal_registering r = { .kind = f->kind, .topic = f->topic };

	r.n_points = desk_lines_of(rq->ctx.arena, f->points, &points, POINTS_MAX);
	r.points = points;
	return appeal_register(&rq->ctx, k, &r);
}

/* Points ticked for a body ("for_BODY" = bits) are its part; none ticked means the whole. */
static enum rc do_pass_on(struct req *rq, struct appeal_case *k)
{
	const struct desk_form *f = FORM_OF(rq, struct desk_form);
	VEC(struct appeal_hop) hops = { 0 };
	int64_t id;

	for (size_t i = 0; i < f->bodies.n; i++)
		if (str_to_i64(f->bodies.v[i], &id))
			*VEC_ADD(rq->ctx.arena, &hops) = (struct appeal_hop){ .body = id };
	if (str_to_i64(f->other, &id))
		*VEC_ADD(rq->ctx.arena, &hops) = (struct appeal_hop){ .body = id };
	for (size_t p = 0; p < rq->http->n_form; p++) /* points that go: one list for all bodies of this step */
		if (str_eq(rq->http->form[p].name, S("point")) && str_to_i64(rq->http->form[p].value, &id) && id >= 1 && id <= POINTS_MAX)
			for (size_t i = 0; i < hops.n; i++)
				hops.v[i].parts |= (int64_t)1 << (id - 1);
	if (!hops.n) {
		req_fail(rq, "bodies", MSG_FORM_CHOOSE);
		return RC_INVALID;
	}
	return appeal_pass_on(&rq->ctx, k, hops.v, hops.n, f->ground, f->text);
}

static enum rc do_return(struct req *rq, struct appeal_case *k)
{
	return appeal_return(&rq->ctx, k, FORM_OF(rq, struct desk_form)->text);
}

static enum rc do_take(struct req *rq, struct appeal_case *k)
{
	return appeal_take(&rq->ctx, k);
}

/* What of it is a helper's: one line beside the name. */
static struct str share_of(const struct req *rq, struct str helper)
{
	struct str s = http_form(rq->http, str_fmt(rq->ctx.arena, "share_%.*s", STR_FMT(helper)));

	return s.p ? utf8_head(str_trim(s), SHARE_MAX) : S("");
}

/* Work and letters go to people of this body only. */
static enum rc colleague(struct req *rq, int64_t account, const char *field)
{
	bool works = false;

	if (account)
		TRY(account_works_in(&rq->ctx, account, rq->who.body, &works));
	if (works)
		return RC_OK;
	req_fail(rq, field, MSG_FORM_CHOOSE);
	return RC_INVALID;
}

static enum rc do_resolve(struct req *rq, struct appeal_case *k)
{
	const struct desk_form *f = FORM_OF(rq, struct desk_form);
	VEC(struct appeal_share) shares = { 0 };
	int64_t id;
	struct when due = { 0 };

	TRY(colleague(rq, f->executor, "executor"));
	*VEC_ADD(rq->ctx.arena, &shares) = (struct appeal_share){ .account = f->executor, .lead = true };
	for (size_t i = 0; i < f->helpers.n; i++)
		if (str_to_i64(f->helpers.v[i], &id) && id != f->executor) {
			TRY(colleague(rq, id, "helpers"));
			*VEC_ADD(rq->ctx.arena, &shares) = (struct appeal_share){ .account = id, .share = share_of(rq, f->helpers.v[i]) };
		}
	if (f->until.v != INT32_MIN)
		due = when_end_of_day(f->until);
	return appeal_resolve(&rq->ctx, k, shares.v, shares.n, f->text, due);
}

static enum rc do_share(struct req *rq, struct appeal_case *k)
{
	return appeal_share_done(&rq->ctx, k, FORM_OF(rq, struct desk_form)->text);
}

static enum rc do_supplement(struct req *rq, struct appeal_case *k)
{
	return appeal_ask_supplement(&rq->ctx, k, FORM_OF(rq, struct desk_form)->text);
}

static enum rc do_comment(struct req *rq, struct appeal_case *k)
{
	return appeal_comment(&rq->ctx, k, FORM_OF(rq, struct desk_form)->text);
}

static enum rc do_extend(struct req *rq, struct appeal_case *k)
{
	const struct desk_form *f = FORM_OF(rq, struct desk_form);
	const struct ground *g = pack_ground(rq->ctx.app->pack, f->ground);

	if (f->until.v == INT32_MIN) {
		req_fail(rq, "until", MSG_FORM_REQUIRED);
		return RC_INVALID;
	}
	enum lang_id lang;
	struct str words = f->text;

	/* the reason is for the person: in the language of the appeal */
	if (g && lang_by_code(k->a.lang, &lang))
		words = words.n ? str_fmt(rq->ctx.arena, "%.*s. %.*s", STR_FMT(g->text.v[lang]), STR_FMT(words)) : g->text.v[lang];
	return appeal_extend(&rq->ctx, k, f->until, words);
}

static enum rc do_hearing(struct req *rq, struct appeal_case *k)
{
	const struct desk_form *f = FORM_OF(rq, struct desk_form);

	if (f->heard_on.v == INT32_MIN) {
		req_fail(rq, "heard_on", MSG_FORM_REQUIRED);
		return RC_INVALID;
	}
	return appeal_plan_hearing(&rq->ctx, k, f->text, when_of_day(f->heard_on, (int)(f->hour ? f->hour : 10), 0), f->where);
}

static enum rc do_hold(struct req *rq, struct appeal_case *k)
{
	return appeal_hold_hearing(&rq->ctx, k, FORM_OF(rq, struct desk_form)->text);
}

static enum rc do_stop(struct req *rq, struct appeal_case *k)
{
	const struct desk_form *f = FORM_OF(rq, struct desk_form);

	return appeal_stop(&rq->ctx, k, f->ground, f->text);
}

static enum rc do_note(struct req *rq, struct appeal_case *k)
{
	return appeal_note(&rq->ctx, k, FORM_OF(rq, struct desk_form)->text);
}

/* ---- the answer ---- */

static enum rc save_answer(struct req *rq, struct appeal_case *k, struct answer_whole *ret)
{
	struct answer_text *t = ARENA_NEW(rq->ctx.arena, struct answer_text);
	struct edit_lock_row holder;

	enum rc rc = edit_lock(&rq->ctx, "appeal", k->a.id.v, rq->who.account, false, &holder);

	if (rc == RC_CONFLICT)
		return fail(&rq->ctx, RC_INVALID, MSG_APPEAL_LOCKED); /* beside the form, with everything that was typed */
	TRY(rc);
	desk_read_answer(rq, k, t);
	return answer_draft_save(&rq->ctx, k, t, ret);
}

static enum rc do_save(struct req *rq, struct appeal_case *k)
{
	struct answer_whole w;

	return save_answer(rq, k, &w);
}

static enum rc do_submit(struct req *rq, struct appeal_case *k)
{
	struct answer_whole w;

	TRY(save_answer(rq, k, &w));
	TRY(answer_submit(&rq->ctx, k, &w));
	return edit_unlock(&rq->ctx, "appeal", k->a.id.v, rq->who.account); /* whoever approves or sends back meets nobody at work */
}

static enum rc with_answer(struct req *rq, struct appeal_case *k,
			   enum rc (*run)(struct ctx *c, struct appeal_case *k, struct answer_whole *w, struct str comment))
{
	struct answer_whole w;

	TRY(answer_current(&rq->ctx, k, &w));
	return run(&rq->ctx, k, &w, FORM_OF(rq, struct desk_form)->text);
}

static enum rc do_approve(struct req *rq, struct appeal_case *k)
{
	return with_answer(rq, k, answer_approve);
}

static enum rc do_send_back(struct req *rq, struct appeal_case *k)
{
	return with_answer(rq, k, answer_send_back);
}

static enum rc do_sign(struct req *rq, struct appeal_case *k)
{
	struct answer_whole w;

	TRY(answer_current(&rq->ctx, k, &w));
	return answer_sign(&rq->ctx, k, &w);
}

static enum rc do_let_pass(struct req *rq, struct appeal_case *k)
{
	const struct desk_form *f = FORM_OF(rq, struct desk_form);
	struct answer_whole w;
	enum finding kind;

	if (!finding_by_name(f->ground, &kind))
		return RC_NOT_FOUND;
	TRY(answer_current(&rq->ctx, k, &w));
	return answer_let_pass(&rq->ctx, k, &w, kind, f->text);
}

static enum rc do_step_done(struct req *rq, struct appeal_case *k)
{
	const struct desk_form *f = FORM_OF(rq, struct desk_form);

	return step_done(&rq->ctx, k, (struct answer_step_id){ f->step }, f->on, f->said);
}

static enum rc do_step_move(struct req *rq, struct appeal_case *k)
{
	const struct desk_form *f = FORM_OF(rq, struct desk_form);

	return step_move(&rq->ctx, k, (struct answer_step_id){ f->step }, f->on, f->said);
}

static enum rc do_lock(struct req *rq, struct appeal_case *k)
{
	struct edit_lock_row holder;

	return edit_lock(&rq->ctx, "appeal", k->a.id.v, rq->who.account, true, &holder);
}

static const struct {
	struct str name;
	enum rc (*run)(struct req *rq, struct appeal_case *k);
	unsigned notice;
} acts[] = {
	{ S_INIT("register"), do_register, MSG_DESK_DONE_REGISTER },
	{ S_INIT("pass-on"), do_pass_on, MSG_DESK_DONE_PASS_ON },
	{ S_INIT("return"), do_return, MSG_DESK_DONE_PASS_ON },
	{ S_INIT("take"), do_take, MSG_DESK_DONE_TAKE },
	{ S_INIT("resolve"), do_resolve, MSG_DESK_DONE_RESOLVE },
	{ S_INIT("share"), do_share, MSG_DESK_DONE_SAVE },
	{ S_INIT("supplement"), do_supplement, MSG_DESK_DONE_SUPPLEMENT },
	{ S_INIT("comment"), do_comment, MSG_DESK_DONE_COMMENT },
	{ S_INIT("extend"), do_extend, MSG_DESK_DONE_EXTEND },
	{ S_INIT("hearing"), do_hearing, MSG_DESK_DONE_HEARING },
	{ S_INIT("hold"), do_hold, MSG_DESK_DONE_SAVE },
	{ S_INIT("stop"), do_stop, MSG_DESK_DONE_STOP },
	{ S_INIT("note"), do_note, MSG_DESK_DONE_SAVE },
	{ S_INIT("save"), do_save, MSG_DESK_DONE_SAVE },
	{ S_INIT("submit"), do_submit, MSG_DESK_DONE_SUBMIT },
	{ S_INIT("approve"), do_approve, MSG_DESK_DONE_APPROVE },
	{ S_INIT("send-back"), do_send_back, MSG_DESK_DONE_SEND_BACK },
	{ S_INIT("sign"), do_sign, MSG_DESK_DONE_SIGN },
	{ S_INIT("let-pass"), do_let_pass, MSG_DESK_DONE_SAVE },
	{ S_INIT("step-done"), do_step_done, MSG_DESK_DONE_STEP },
	{ S_INIT("step-move"), do_step_move, MSG_DESK_DONE_STEP },
	{ S_INIT("lock"), do_lock, MSG_DESK_DONE_LOCK },
};

enum rc desk_acted(struct req *rq, const struct appeal_case *k, enum rc rc, unsigned notice)
{
	/* a broken rule, or what is not possible now, is said beside the form, with everything that was typed */
	if ((rc == RC_INVALID || rc == RC_CONFLICT) && rq->ctx.fail_msg) {
		if (!rq->form.n_errors)
			req_fail(rq, NULL, rq->ctx.fail_msg);
		return RC_INVALID;
	}
	TRY(rc);
	return redirect(rq, url_path(rq->ctx.arena, "/desk/{}", 1, &k->a.number), notice);
}

static enum rc act_post(struct req *rq)
{
	struct appeal_case k;

	TRY(desk_open(rq, true, &k));
	for (size_t i = 0; i < ARRAY_LEN(acts); i++)
		if (str_eq(acts[i].name, rq->params[1]))
			return desk_acted(rq, &k, acts[i].run(rq, &k), acts[i].notice);
	return RC_NOT_FOUND;
}

static const struct route routes[] = {
	{ HTTP_POST, "/desk/:number/:act", STAFF, RL_WRITE, WRITE, act_post, &desk_form, desk_show },
};

const struct module desk_acts_module = { .name = "desk_acts", .routes = routes, .n_routes = ARRAY_LEN(routes) };
