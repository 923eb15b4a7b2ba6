/* petition_desk.c: moderation with its ages and grounds, and the body's side of a petition that reached its threshold. */
#include "petition/petition_desk.h"

#include "app/app.h"
#include "app/audit.h"
#include "gen/messages.h"
#include "gen/petition_tmpl.h"
#include "petition/petition_staff.h"
#include "plan/plan.h"
#include "standard/calendar.h"

#define LINES 50

struct sheet_form {
	struct str ground, words, excluded, group, discuss_where, discussion, decision, report;
	int64_t original;
	struct day discuss;
};
static const struct field moderate_fields[] = {
	FIELD(struct sheet_form, ground, F_CHOICE, 0, 60, .label = MSG_PETITION_GROUND),
	FIELD(struct sheet_form, excluded, F_CHOICE, 0, 60, .label = MSG_PETITION_POINT),
	FIELD(struct sheet_form, words, F_LINES, 0, 2000, .label = MSG_PETITION_GROUND_WORDS),
	FIELD(struct sheet_form, original, F_ID, 0, INT64_MAX, .label = MSG_PETITION_ORIGINAL),
};
static const struct form moderate_form = { moderate_fields, ARRAY_LEN(moderate_fields), sizeof(struct sheet_form), 0 };
static const struct field words_fields[] = {
	FIELD(struct sheet_form, ground, F_CHOICE, 0, 60, .label = MSG_PETITION_STOP_GROUND),
	FIELD(struct sheet_form, words, F_LINES, 0, 2000, .label = MSG_PETITION_GROUND_WORDS),
};
static const struct form words_form = { words_fields, ARRAY_LEN(words_fields), sizeof(struct sheet_form), 0 };
static const struct field review_fields[] = {
	FIELD(struct sheet_form, group, F_LINES, 0, 2000, .label = MSG_PETITION_GROUP, .hint = MSG_PETITION_GROUP_HINT),
	FIELD(struct sheet_form, discuss, F_DAY, 0, 0, .label = MSG_PETITION_DISCUSS_DAY),
	FIELD(struct sheet_form, discuss_where, F_TEXT, 0, 300, .label = MSG_PETITION_DISCUSS_WHERE),
	FIELD(struct sheet_form, discussion, F_LINES, 0, 4000, .label = MSG_PETITION_DISCUSSION_TEXT),
	FIELD(struct sheet_form, decision, F_LINES, 0, 8000, .label = MSG_PETITION_DECISION),
	FIELD(struct sheet_form, report, F_LINES, 0, 1000, .label = MSG_PETITION_REPORT, .hint = MSG_PETITION_REPORT_HINT),
};
static const struct form review_form = { review_fields, ARRAY_LEN(review_fields), sizeof(struct sheet_form), (size_t)128 << 10 };

struct measure_form {
	struct str title, post;
	struct day due;
};
static const struct field measure_fields[] = {
	FIELD(struct measure_form, title, F_TEXT, 5, 200, .label = MSG_PETITION_MEASURE),
	FIELD(struct measure_form, post, F_TEXT, 2, 200, .label = MSG_PETITION_MEASURE_POST),
	FIELD(struct measure_form, due, F_DAY, 0, 0, .label = MSG_PETITION_MEASURE_DUE, .needed = true),
};
static const struct form measure_form = { measure_fields, ARRAY_LEN(measure_fields), sizeof(struct measure_form), 0 };

struct str petition_duty_name(const struct lang *l, struct str kind)
{
	enum duty_kind k;

	return duty_kind_by_name(kind, &k) ? msg_text(l, duty_kind_msg(k)) : kind;
}

struct url petition_desk_url(struct req *rq, int64_t id)
{
	struct str part[] = { str_i64(rq->ctx.arena, id) };

	return url_path(rq->ctx.arena, "/desk/petitions/{}", 1, part);
}

/* ---- the queue ---- */

static void band(const struct req *rq, struct petition_queue *q)
{
	for (size_t i = 0; i < q->l.n; i++) {
		int64_t all = q->l.v[i].moderate_due_at.us - q->l.v[i].made_at.us, gone = rq->ctx.now.us - q->l.v[i].made_at.us;

		q->bands[gone > all ? 2 : gone > all / 2]++;
	}
}

static enum rc queue_get(struct req *rq)
{
	struct petition_queue q = { .me = rq->who.account };

	if (!petition_moderator(&rq->ctx, &rq->who))
		return RC_FORBIDDEN;
	TRY(petition_waiting(rq->ctx.db, (struct petition_id){ req_after(rq) }, LINES + 1, &q.l));
	if (q.l.n > LINES) {
		q.l.n = LINES;
		q.older = str_i64(rq->ctx.arena, q.l.v[LINES - 1].id.v);
	}
	band(rq, &q);
	TRY(petition_delay_now(&rq->ctx, &q.delay));
	TRY(petition_contested(rq->ctx.db, (struct petition_id){ 0 }, LINES, &q.contested));
	TRY(petition_list_state(rq->ctx.db, S("open"), (struct petition_id){ INT64_MAX }, LINES, &q.open));
	enum rc rc = recount_last(rq->ctx.db, &q.recount);

	if (rc != RC_NOT_FOUND)
		TRY(rc);
	q.counted = rc == RC_OK;
	struct out *o = page_open(rq, &(struct page){ .title = MSG_PETITION_QUEUE, .nav = MSG_LAYOUT_NAV_DESK, .desk = true });

	tmpl_petition_queue(o, &rq->view, &q, rq->ctx.app->pack);
	return page_close(rq);
}

/* ---- one petition ---- */

/* first: words of an option that is none of the grounds; 0: no such option. */
static size_t grounds(const struct req *rq, const char *const *uses, size_t n_uses, unsigned first, struct option **ret)
{
	const struct pack *p = rq->ctx.app->pack;
	struct str typed = form_text(&rq->form, "ground");
	size_t n = 0;

	*ret = ARENA_ARRAY(rq->ctx.arena, p->n_grounds + 1, struct option);
	if (first)
		(*ret)[n++] = (struct option){ .value = S(""), .text = msg_text(rq->view.lang, first) };
	for (size_t i = 0; i < p->n_grounds; i++)
		for (size_t k = 0; k < n_uses; k++)
			if (str_eq(p->grounds[i].use, str_of(uses[k])))
				(*ret)[n++] = (struct option){ .value = p->grounds[i].code, .text = name_in(&p->grounds[i].text, rq->view.lang),
							       .chosen = str_eq(p->grounds[i].code, typed) };
	return n;
}

static size_t points(const struct req *rq, struct option **ret)
{
	struct option *all;
	size_t n = petition_points(rq, &all);
	struct str typed = form_text(&rq->form, "excluded");

	*ret = ARENA_ARRAY(rq->ctx.arena, n + 1, struct option);
	(*ret)[0] = (struct option){ .value = S(""), .text = msg_text(rq->view.lang, MSG_PETITION_NO_POINT) };
	for (size_t i = 0; i < n; i++) {
		(*ret)[i + 1] = all[i];
		(*ret)[i + 1].chosen = str_eq(all[i].value, typed);
	}
	return n + 1;
}

enum rc petition_desk_load(struct req *rq, struct petition_page *ret)
{
	TRY(petition_page_load(rq, ret));
	return ret->moderator || ret->of_body ? RC_OK : RC_NOT_FOUND;
}

/* What has been said so far stands in the fields. */
static void fill_review(struct req *rq, const struct petition_row *p)
{
	struct sheet_form *f = ARENA_NEW(rq->ctx.arena, struct sheet_form);

	*f = (struct sheet_form){ .group = p->group_text, .discuss = { when_set(p->discuss_at) ? when_day(p->discuss_at).v : INT32_MIN }, .discuss_where = p->discuss_where,
				 .discussion = p->discussion, .decision = p->decision, .report = p->report };
	rq->form = (struct form_state){ .form = &review_form, .values = f, .arena = rq->ctx.arena };
}

static enum rc show_get(struct req *rq)
{
	static const char *const refusals[] = { "petition", "petition_hide" }, *const stops[] = { "petition_stop" };
	struct petition_page p;
	struct petition_sheet s = { 0 };

	TRY(petition_desk_load(rq, &p));
	struct form_state measure = { .form = &measure_form, .arena = rq->ctx.arena };

	if (rq->form.form == &measure_form)
		measure = rq->form;
	if (!rq->form.form || rq->form.form == &measure_form)
		fill_review(rq, &p.p);
	for (size_t i = 0; i < measure.n_errors; i++) /* said at the top of the page, too */
		form_fail(&rq->form, NULL, measure.errors[i].msg);
	s.measure = &measure;
	s.own_refusal = petition_own_refusal(&rq->who, &p.p);
	s.keeper = plan_keeper(&rq->who, p.p.body_id);
	s.staff = petition_operator(&rq->ctx, &rq->who) || petition_may_mail(&rq->ctx, &rq->who, &p.p);
	s.n_grounds = grounds(rq, refusals, ARRAY_LEN(refusals), MSG_PETITION_ACCEPT, &s.grounds);
	s.n_stops = grounds(rq, stops, ARRAY_LEN(stops), 0, &s.stops);
	s.n_points = points(rq, &s.points);
	TRY(duty_of_subject(rq->ctx.db, p.p.id.v, &s.duties));
	struct out *o = page_open(rq, &(struct page){ .title_text = p.p.title, .nav = MSG_LAYOUT_NAV_DESK, .desk = true });

	tmpl_petition_desk(o, &rq->view, &p, &s, &rq->form);
	return page_close(rq);
}

enum rc petition_desk_done(struct req *rq, enum rc rc, struct url to)
{
	if (rc == RC_INVALID)
		req_fail(rq, NULL, rq->ctx.fail_msg);
	TRY(rc);
	return redirect(rq, to, MSG_PETITION_DONE_SAVED);
}

/* Every act of a moderator is in the audit besides the trail. */
static enum rc moderated(struct req *rq, enum rc rc, const char *act, int64_t id, struct str detail)
{
	if (rc == RC_OK)
		TRY(audit(rq, act, PETITION, id, detail));
	return petition_desk_done(rq, rc, petition_desk_url(rq, id));
}

static enum rc moderate_post(struct req *rq)
{
	const struct sheet_form *f = FORM_OF(rq, struct sheet_form);
	struct petition_ruling r = { f->ground, f->words, f->excluded, f->original };
	int64_t id;

	TRY(req_id(rq, 0, &id));
	return moderated(rq, petition_moderate(&rq->ctx, &rq->who, (struct petition_id){ id }, &r), "petition.moderate", id, f->ground);
}

static enum rc uphold_post(struct req *rq)
{
	int64_t id;

	TRY(req_id(rq, 0, &id));
	return moderated(rq, petition_uphold(&rq->ctx, &rq->who, (struct petition_id){ id }, FORM_OF(rq, struct sheet_form)->words), "petition.uphold", id, S(""));
}

static enum rc stop_post(struct req *rq)
{
	const struct sheet_form *f = FORM_OF(rq, struct sheet_form);
	int64_t id;

	TRY(req_id(rq, 0, &id));
	return moderated(rq, petition_stop(&rq->ctx, &rq->who, (struct petition_id){ id }, f->ground, f->words), "petition.stop", id, f->ground);
}

static enum rc review_post(struct req *rq)
{
	const struct sheet_form *f = FORM_OF(rq, struct sheet_form);
	struct petition_review r = { .group = f->group, .discuss = f->discuss, .discuss_where = f->discuss_where, .discussion = f->discussion, .decision = f->decision,
				     .report = f->report };
	int64_t id;

	TRY(req_id(rq, 0, &id));
	return petition_desk_done(rq, petition_say(&rq->ctx, &rq->who, (struct petition_id){ id }, &r), petition_desk_url(rq, id));
}

/* A promise of the decision goes into the body's plan: with a date it is a duty, and the petition's page follows it. */
static enum rc measure_post(struct req *rq)
{
	const struct measure_form *f = FORM_OF(rq, struct measure_form);
	struct petition_page p;
	struct measure_id id;

	TRY(petition_desk_load(rq, &p));
	if (!plan_keeper(&rq->who, p.p.body_id))
		return fail(&rq->ctx, RC_FORBIDDEN, MSG_PETITION_FAULT_ROLE);
	if (p.state != PETITION_DECIDED)
		return fail(&rq->ctx, RC_CONFLICT, MSG_PETITION_FAULT_STATE);
	struct measure_new m = { .body = p.p.body_id, .lang = p.p.lang, .title = f->title, .topic = p.p.topic, .post = f->post, .due = { f->due.v == INT32_MIN ? 0 : f->due.v },
				 .origin = PETITION, .origin_id = p.p.id.v };
	enum rc rc = plan_add(&rq->ctx, &rq->who, &m, &id);

	if (rc == RC_OK && p.p.appeal_id)
		TRY(plan_add_voice(&rq->ctx, id, "appeal", p.p.appeal_id));
	return petition_desk_done(rq, rc, petition_desk_url(rq, p.p.id.v));
}

static const struct route routes[] = {
	{ HTTP_GET, "/desk/petitions", STAFF, RL_READ, READ, queue_get },
	{ HTTP_GET, "/desk/petitions/:id", STAFF, RL_READ, READ, show_get },
	{ HTTP_POST, "/desk/petitions/:id/moderate", STAFF, RL_WRITE, WRITE, moderate_post, &moderate_form, show_get },
	{ HTTP_POST, "/desk/petitions/:id/uphold", STAFF, RL_WRITE, WRITE, uphold_post, &words_form, show_get },
	{ HTTP_POST, "/desk/petitions/:id/stop", STAFF, RL_WRITE, WRITE, stop_post, &words_form, show_get },
	{ HTTP_POST, "/desk/petitions/:id/measure", STAFF, RL_WRITE, WRITE, measure_post, &measure_form, show_get },
	{ HTTP_POST, "/desk/petitions/:id/review", STAFF, RL_WRITE, WRITE, review_post, &review_form, show_get },
};

static enum rc show_subject(struct ctx *c, const struct lang *l, int64_t id, struct subject *ret)
{
	struct petition_row p;
	struct str part[] = { str_i64(c->arena, id) };

	(void)l;
	TRY(petition_by_id(c->db, (struct petition_id){ id }, &p));
	*ret = (struct subject){ .title = p.title, .desk = url_path(c->arena, "/desk/petitions/{}", 1, part) };
	if (petition_is_public(&p))
		ret->to = petition_path(c->arena, p.id);
	return petition_author_address(c, &p, ret);
}

static const struct subject_kind subjects[] = {
	{ "petition", show_subject, petition_news },
};

const struct module petition_desk_module = { .name = "petition_desk", .routes = routes, .n_routes = ARRAY_LEN(routes), .subjects = subjects,
					      .n_subjects = ARRAY_LEN(subjects) };
