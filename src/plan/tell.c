/* tell.c: "you said, we did": the letters when a measure is done, and what a duty about a measure or a report is called; the page that ends such letters. */
#include "app/app.h"
#include "app/jobs.h"
#include "app/subject.h"
#include "appeal/appeal.h"
#include "body/body.h"
#include "gen/messages.h"
#include "gen/plan_tmpl.h"
#include "notify/notify.h"
#include "plan/plan_view.h"

#define BATCH 100
#define EVENTS 200

struct telling {
	struct ctx *c;
	struct measure_row m;
	struct measure_event_row done; /* the last word on it, with the evidence */
};

/* "KIND-ID-CODE": of the voice that was told. */
static struct str off_token(const struct ctx *c, struct str kind, int64_t subject)
{
	const char *purpose = str_z(c->arena, str_cat(c->arena, S("plan-letters-"), kind));

	return str_fmt(c->arena, "%.*s-%.*s", STR_FMT(kind), STR_FMT(letters_token(c, purpose, subject)));
}

static struct str address_key(const struct ctx *c, struct str mail)
{
	return key_hash(c->arena, c->app->keys, "plan-letters", str_lower_ascii(c->arena, mail));
}

static enum rc is_off(struct ctx *c, struct str mail, bool *ret)
{
	int64_t at;
	enum rc rc = plan_letters_off_get(c->db, address_key(c, mail), &at);

	*ret = rc == RC_OK;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* By address: who asked twice is told once. A measure that was opened again and is done again is news. */
static enum rc tell_one(struct telling *t, struct str kind, int64_t subject)
{
	struct ctx *c = t->c;
	enum lang_id id = LANG_KK;
	struct subject s;
	enum rc rc = subject_show(c, lang_of(LANG_KK), kind, subject, &s);

	if (rc == RC_NOT_FOUND || (rc == RC_OK && !s.person.mail.n))
		return RC_OK;
	TRY(rc);
	bool off;

	TRY(is_off(c, s.person.mail, &off));
	if (off)
		return RC_OK;
	if (!lang_by_code(s.person.lang, &id))
		id = LANG_KK;
	const struct lang *l = lang_of(id);
	struct letter letter = { .lang = l, .to = s.person.mail, .account = s.person.account, .about = "measure", .about_id = t->m.id.v };
	struct msg_arg title[] = { ARG_S("title", t->m.title) }, asked[] = { ARG_S("title", s.title), ARG_S("number", s.number) };
	struct msg_arg by[] = { ARG_S("body", body_name(c->app->pack, t->m.body_id, id)), ARG_D("day", when_day(t->done.happened_at)) };

	letter.subject = msg_fmt(c->arena, l, MSG_PLAN_LETTER_SUBJECT, title, ARRAY_LEN(title));
	letter.dedup = str_fmt(c->arena, "measure %lld %lld %.*s", (long long)t->m.id.v, (long long)t->done.id.v, STR_FMT(s.person.mail));
	letter_add(&letter, msg_fmt(c->arena, l, s.number.n ? MSG_PLAN_LETTER_ASKED : MSG_PLAN_LETTER_ASKED_OTHER, asked, s.number.n ? 2 : 1));
	letter_add(&letter, msg_fmt(c->arena, l, MSG_PLAN_LETTER_DID, by, ARRAY_LEN(by)));
	letter_add(&letter, t->done.text);
	if (t->done.link.n)
		letter_add(&letter, t->done.link);
	struct str token[] = { off_token(c, kind, subject) };

	if (s.person.account)
		letter_add(&letter, msg_text(l, MSG_PLAN_LETTER_OFF));
	letter.unsubscribe = url_path(c->arena, "/plans/letters/{}", 1, token);
	letter.may_wait = true;
	letter.button = msg_text(l, MSG_PLAN_LETTER_OPEN);
	letter.link = plan_url(c->arena, t->m.id);
	return notify_send(c, &letter);
}

static enum rc telling_of(struct ctx *c, int64_t measure, struct telling *ret)
{
	struct measure_event_row_list l;

	*ret = (struct telling){ .c = c };
	TRY(measure_by_id(c->db, (struct measure_id){ measure }, &ret->m));
	TRY(measure_event_list(c->db, ret->m.id, EVENTS, &l));
	for (size_t i = 0; i < l.n; i++)
		if (str_eq(l.v[i].kind, S("done")))
			ret->done = l.v[i];
	return RC_OK;
}

static bool two_numbers(struct str payload, int64_t *ret_a, int64_t *ret_b, struct str *ret_rest)
{
	struct str rest = payload, first = S(""), second = S("");

	if (!str_cut(&rest, ' ', &first) || !str_to_i64(first, ret_a))
		return false;
	if (!str_cut(&rest, ' ', &second) || !str_to_i64(second, ret_b))
		return false;
	*ret_rest = rest;
	return true;
}

/* A day in digits is the same in every language. */
static void put_day(struct out *o, const char *before, struct day d)
{
	int y, m, dom;

	if (!d.v)
		return;
	day_to_ymd(d, &y, &m, &dom);
	out_fmt(o, "%s%02d.%02d.%04d", before, dom, m, y);
}

enum rc plan_tell_origin(struct ctx *c, const struct actor *who, const struct measure_row *m, enum measure_event_kind e, const struct plan_note *n, struct day due)
{
	struct out o = OUT_ON(c->arena);
	struct subject_news said = { .what = measure_event_name(e), .about = m->id.v, .account = who->account };

	if (!m->origin.n)
		return RC_OK;
	out_fmt(&o, "%.*s", STR_FMT(m->title));
	if (due.v) {
		put_day(&o, "\n", m->due_on);
		put_day(&o, m->due_on.v ? " → " : "\n", due);
	}
	out_fmt(&o, "\n\n%.*s", STR_FMT(n->text));
	if (n->link.n)
		out_fmt(&o, "\n%.*s", STR_FMT(n->link));
	said.text = out_done(&o);
	return subject_tell(c, m->origin, m->origin_id, &said);
}

/* "MEASURE AFTER": everybody behind it, in batches; who joined an appeal is told by a job of its own. */
static enum rc tell(struct ctx *c, struct str payload)
{
	struct measure_voice_row_list voices;
	struct telling t;
	struct str rest;
	int64_t id, after;

	if (!two_numbers(payload, &id, &after, &rest))
		return fail_log(c, RC_INVALID, S("not a measure and a mark"));
	TRY(telling_of(c, id, &t));
	if (!str_eq(t.m.state, S("done")))
		return RC_OK; /* opened again meanwhile */
	TRY(measure_voice_list(c->db, t.m.id, after, BATCH, &voices));
	for (size_t i = 0; i < voices.n; i++) {
		const struct measure_voice_row *v = &voices.v[i];

		TRY(tell_one(&t, v->kind, v->subject_id));
		if (str_eq(v->kind, S("appeal")))
			TRY(job_add(c, "plan.joined", str_fmt(c->arena, "%lld %lld 0", (long long)id, (long long)v->subject_id), S(""), c->now));
	}
	if (voices.n < BATCH)
		return RC_OK;
	return job_add(c, "plan.tell", str_fmt(c->arena, "%lld %lld", (long long)id, (long long)voices.v[voices.n - 1].subject_id), S(""), c->now);
}

/* "MEASURE APPEAL AFTER" */
static enum rc tell_joined(struct ctx *c, struct str payload)
{
	struct appeal_line_list joined;
	struct telling t;
	struct str rest;
	int64_t id, appeal, after;

	if (!two_numbers(payload, &id, &appeal, &rest) || !str_to_i64(rest, &after))
		return fail_log(c, RC_INVALID, S("not a measure, an appeal and a mark"));
	TRY(telling_of(c, id, &t));
	TRY(appeal_joined_list(c->db, appeal, (struct appeal_id){ after }, BATCH, &joined));
	for (size_t i = 0; i < joined.n; i++)
		TRY(tell_one(&t, S("appeal"), joined.v[i].id.v));
	if (joined.n < BATCH)
		return RC_OK;
	return job_add(c, "plan.joined", str_fmt(c->arena, "%lld %lld %lld", (long long)id, (long long)appeal, (long long)joined.v[joined.n - 1].id.v), S(""), c->now);
}

static enum rc show_measure(struct ctx *c, const struct lang *l, int64_t id, struct subject *ret)
{
	struct measure_row m;
	struct str part[] = { str_i64(c->arena, id) };

	(void)l;
	TRY(measure_by_id(c->db, (struct measure_id){ id }, &m));
	*ret = (struct subject){ .title = m.title, .to = plan_url(c->arena, m.id), .desk = url_path(c->arena, "/desk/plan/{}", 1, part) };
	return RC_OK;
}

static enum rc show_report(struct ctx *c, const struct lang *l, int64_t id, struct subject *ret)
{
	struct plan_report_row r;
	struct str part[] = { str_i64(c->arena, id) };

	TRY(plan_report_by_id(c->db, (struct plan_report_id){ id }, &r));
	*ret = (struct subject){ .title = plan_report_title(c->arena, l, r.half), .desk = url_path(c->arena, "/desk/reports/{}", 1, part) };
	if (when_set(r.published_at))
		ret->to = url_path(c->arena, "/reports/{}", 1, part);
	return RC_OK;
}

/* ---- no more of them ---- */

/* The address of the voice that the token is of. */
static enum rc address_of(struct ctx *c, struct str token, struct str *ret)
{
	struct str rest = token, kind = S("");
	struct subject s;
	int64_t id;

	if (!str_cut(&rest, '-', &kind) || !letters_token_read(c, str_z(c->arena, str_cat(c->arena, S("plan-letters-"), kind)), rest, &id))
		return RC_NOT_FOUND;
	TRY(subject_show(c, lang_of(LANG_KK), kind, id, &s));
	*ret = s.person.mail;
	return ret->n ? RC_OK : RC_NOT_FOUND;
}

enum rc plan_letters_off(struct ctx *c, struct str token)
{
	struct str mail;
	int64_t changed;

	TRY(address_of(c, token, &mail));
	return plan_letters_off_put(c->db, address_key(c, mail), c->now, &changed);
}

static enum rc off_get(struct req *rq)
{
	struct str mail;
	bool off;

	TRY(address_of(&rq->ctx, rq->params[0], &mail));
	TRY(is_off(&rq->ctx, mail, &off));
	struct out *o = page_open(rq, &(struct page){ .title = MSG_PLAN_LETTERS_OFF, .nav = MSG_LAYOUT_NAV_BODIES });

	tmpl_plan_letters_off(o, &rq->view, off, rq->params[0]);
	return page_close(rq);
}

/* By the button of the page, or by the mail reader itself (RFC 8058): the token is all it takes. */
static enum rc off_post(struct req *rq)
{
	TRY(plan_letters_off(&rq->ctx, rq->params[0]));
	return redirect(rq, url_path(rq->ctx.arena, "/plans/letters/{}", 1, rq->params), 0);
}

static const struct route routes[] = {
	{ HTTP_GET, "/plans/letters/:token", ANYONE, RL_READ, READ, off_get },
	{ HTTP_POST, "/plans/letters/:token", ANYONE, RL_WRITE, WRITE, off_post, .api = true },
};
static const struct job_kind jobs[] = {
	{ .name = "plan.tell", .run = tell, .attempts_max = 10 },
	{ .name = "plan.joined", .run = tell_joined, .attempts_max = 10 },
	{ .name = "plan.reports", .run = plan_reports_due, .every_sec = 6 * 3600 },
};
static const struct subject_kind subjects[] = {
	{ "measure", show_measure },
	{ "plan_report", show_report },
};
const struct module plan_tell_module = { .name = "plan_tell", .routes = routes, .n_routes = ARRAY_LEN(routes), .jobs = jobs, .n_jobs = ARRAY_LEN(jobs), .subjects = subjects, .n_subjects = ARRAY_LEN(subjects) };
