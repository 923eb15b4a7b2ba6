/* petition_web.c: writing, reading and signing petitions. */
#include <stdlib.h>

#include "app/app.h"
#include "app/once.h"
#include "base/random.h"
#include "body/body.h"
#include "gen/appeal_sql.h"
#include "gen/messages.h"
#include "gen/petition_tmpl.h"
#include "petition/petition_view.h"
#include "place/place.h"
#include "standard/calendar.h"

#define PAGE 30
#define SHOWN 30
#define SIMILAR 3

struct new_form {
	struct str lang, topic, title, text, title_other, text_other;
	int64_t body;
	bool read_excluded, not_similar;
};
static const struct field new_fields[] = {
	FIELD(struct new_form, body, F_ID, 1, INT64_MAX, .label = MSG_PETITION_BODY, .needed = true),
	FIELD(struct new_form, topic, F_CHOICE, 0, 80, .label = MSG_PETITION_TOPIC),
	FIELD(struct new_form, lang, F_CHOICE, 2, 2, .choices = "kk|ru", .label = MSG_PETITION_LANG),
	FIELD(struct new_form, title, F_TEXT, 10, 150, .label = MSG_PETITION_NAME, .hint = MSG_PETITION_NAME_HINT),
	FIELD(struct new_form, text, F_LINES, 50, 5000, .label = MSG_PETITION_TEXT, .hint = MSG_PETITION_TEXT_HINT),
	FIELD(struct new_form, title_other, F_TEXT, 0, 150, .label = MSG_PETITION_NAME_OTHER),
	FIELD(struct new_form, text_other, F_LINES, 0, 5000, .label = MSG_PETITION_TEXT_OTHER),
	FIELD(struct new_form, read_excluded, F_BOOL, 0, 1, .label = MSG_PETITION_READ_EXCLUDED),
	FIELD(struct new_form, not_similar, F_BOOL, 0, 1, .label = MSG_PETITION_NOT_SIMILAR),
};
static const struct form new_form = { new_fields, ARRAY_LEN(new_fields), sizeof(struct new_form), (size_t)128 << 10 };

struct sign_form {
	struct str link;
	int64_t region, district;
	bool hidden;
};
static const struct field sign_fields[] = {
	FIELD(struct sign_form, region, F_ID, 1, INT64_MAX, .label = MSG_PETITION_REGION, .needed = true),
	FIELD(struct sign_form, district, F_ID, 0, INT64_MAX, .label = MSG_PETITION_DISTRICT),
	FIELD(struct sign_form, hidden, F_BOOL, 0, 1, .label = MSG_PETITION_HIDE),
	FIELD(struct sign_form, link, F_HIDDEN, 0, 60),
};
static const struct form sign_form = { sign_fields, ARRAY_LEN(sign_fields), sizeof(struct sign_form), 0 };

static struct url petition_url(struct req *rq, struct petition_id id)
{
	struct str part[] = { str_fmt(rq->ctx.arena, "%lld", (long long)id.v) };

	return url_path(rq->ctx.arena, "/petitions/{}", 1, part);
}

/* ---- reading ---- */

static enum rc load_trail(struct req *rq, struct petition_page *p)
{
	struct petition_event_row_list l;

	TRY(petition_event_list(rq->ctx.db, p->p.id, &l));
	p->trail = ARENA_ARRAY(rq->ctx.arena, l.n + 1, struct trail_item);
	for (size_t i = 0; i < l.n; i++) {
		enum petition_event_kind e;

		if (petition_event_by_name(l.v[i].kind, &e))
			p->trail[p->n_trail++] = (struct trail_item){ .title = msg_text(rq->view.lang, petition_event_msg(e)), .text = l.v[i].reason,
								      .at = l.v[i].happened_at, .tone = TONE_INFO };
	}
	return RC_OK;
}

static int by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* The last three days by hour; an hour far above the median is marked, so that pressure to sign shows. */
static enum rc load_hours(struct req *rq, struct petition_page *p)
{
	struct petition_count_row_list l;
	int64_t now = rq->ctx.now.us / ((int64_t)3600 * WHEN_SECOND), sorted[PETITION_HOURS];

	TRY(petition_counts(rq->ctx.db, p->p.id, S("h"), now - PETITION_HOURS + 1, PETITION_HOURS, &l));
	for (size_t i = 0; i < l.n; i++) {
		int64_t at = l.v[i].slot - (now - PETITION_HOURS + 1);

		if (at >= 0 && at < PETITION_HOURS)
			p->hours[at] = l.v[i].n;
		if (l.v[i].n > p->hours_max)
			p->hours_max = l.v[i].n;
	}
	memcpy(sorted, p->hours, sizeof(sorted));
	qsort(sorted, PETITION_HOURS, sizeof(sorted[0]), by_size);
	p->hours_median = sorted[PETITION_HOURS / 2];
	return RC_OK;
}

static enum rc load_appeal(struct req *rq, struct petition_page *p)
{
	const struct pack *pack = rq->ctx.app->pack;
	const struct body *b = pack_body(pack, p->p.body_id);
	struct appeal_row a;

	if (!p->p.appeal_id)
		return RC_OK;
	TRY(appeal_by_id(rq->ctx.db, (struct appeal_id){ p->p.appeal_id }, &a));
	p->appeal = a.number;
	p->appeal_public = str_eq(a.public_state, S("cleared"));
	const char *code = b && b->place ? "petition_review_local" : "petition_review";

	p->review_due = when_end_of_day(calendar_add_working(pack, when_day(p->p.reached_at), (int)pack_clause(pack, code, when_day(p->p.reached_at))->value));
	return RC_OK;
}

static enum rc load_mine(struct req *rq, struct petition_page *p)
{
	struct account_identity_row me;
	struct signature_row mine;

	if (!(rq->who.roles & CITIZEN) || !rq->who.account)
		return RC_OK;
	TRY(account_identity(rq->ctx.db, (struct account_id){ rq->who.account }, &me));
	enum rc rc = me.identity_key.n ? signature_of(rq->ctx.db, p->p.id, me.identity_key, &mine) : RC_NOT_FOUND;

	if (rc != RC_NOT_FOUND)
		TRY(rc);
	p->signed_by_me = rc == RC_OK && !when_set(mine.withdrawn_at);
	return RC_OK;
}

enum rc petition_page_make(struct req *rq, const struct petition_row *row, struct petition_page *ret)
{
	struct petition_page p = { .p = *row, .pack = rq->ctx.app->pack, .link = req_query(rq, "link") };

	if (!petition_state_by_name(row->state, &p.state))
		return RC_INTERNAL;
	p.author = rq->who.account && rq->who.account == row->account_id;
	p.moderator = petition_moderator(&rq->ctx, &rq->who);
	p.of_body = rq->who.body == row->body_id && rq->who.body_roles;
	bool by_link = p.state == PETITION_SUPPORTERS && p.link.n && same_secret(token_hash(rq->ctx.arena, p.link), row->link_key);

	if (!petition_is_public(row) && !p.author && !p.moderator && !by_link)
		return RC_NOT_FOUND;
	p.body = body_name(p.pack, row->body_id, lang_id(rq->view.lang));
	p.percent = row->signatures * 100 / (row->threshold ? row->threshold : 1);
	p.percent = p.percent > 100 ? 100 : p.percent;
	p.left = row->threshold > row->signatures ? row->threshold - row->signatures : 0;
	p.can_sign = (p.state == PETITION_OPEN && row->closes_at.us > rq->ctx.now.us) || by_link;
	TRY(load_trail(rq, &p));
	TRY(load_hours(rq, &p));
	TRY(load_appeal(rq, &p));
	TRY(load_mine(rq, &p));
	TRY(petition_counts(rq->ctx.db, row->id, S("r"), 0, 100, &p.regions));
	TRY(signature_shown(rq->ctx.db, row->id, (struct petition_signature_id){ INT64_MAX }, SHOWN, &p.shown));
	if (row->original_id)
		TRY(petition_by_id(rq->ctx.db, (struct petition_id){ row->original_id }, &p.original));
	*ret = p;
	return RC_OK;
}

static enum rc load(struct req *rq, struct petition_page *ret)
{
	struct petition_row row;
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(petition_by_id(rq->ctx.db, (struct petition_id){ id }, &row));
	return petition_page_make(rq, &row, ret);
}

static enum rc show_get(struct req *rq)
{
	struct petition_page p;

	if (str_ends(rq->params[0], S(".json")))
		return petition_json(rq);

	TRY(load(rq, &p));
	struct out *o = page_open(rq, &(struct page){ .title_text = p.p.title, .nav = MSG_LAYOUT_NAV_PETITIONS });

	tmpl_petition_show(o, &rq->view, &p);
	return page_close(rq);
}

static enum rc list_get(struct req *rq)
{
	static const char *const tabs[] = { "open", "review", "decided", "not_enough", "refused" };
	struct petition_line_list l;
	struct str state = req_query(rq, "state");
	struct option options[ARRAY_LEN(tabs)];
	enum petition_state s;
	int64_t before = req_after(rq);
	struct petition_id from = { before ? before : INT64_MAX };
	bool known = petition_state_by_name(state, &s) && (s == PETITION_OPEN || s >= PETITION_REVIEW) && s != PETITION_WITHDRAWN;

	TRY(known ? petition_list_state(rq->ctx.db, state, from, PAGE + 1, &l) : petition_list(rq->ctx.db, from, PAGE + 1, &l));
	for (size_t i = 0; i < ARRAY_LEN(tabs); i++)
		if (petition_state_by_name(str_of(tabs[i]), &s))
			options[i] = (struct option){ .value = str_of(tabs[i]), .text = msg_text(rq->view.lang, petition_state_msg(s)), .chosen = str_eq(state, str_of(tabs[i])) };
	bool more = l.n > PAGE;

	l.n = more ? PAGE : l.n;
	cache_public(rq, 5);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_PETITION_TITLE, .nav = MSG_LAYOUT_NAV_PETITIONS, .feed = S("/petitions.atom") });

	tmpl_petition_list(o, &rq->view, &l, options, ARRAY_LEN(options), known ? state : S(""), more, rq->ctx.app->pack);
	return page_close(rq);
}

/* ---- writing ---- */

static size_t bodies_of(struct req *rq, struct option **ret)
{
	const struct pack *p = rq->ctx.app->pack;
	size_t n = 0;

	*ret = ARENA_ARRAY(rq->ctx.arena, p->n_bodies, struct option);
	for (size_t i = 0; i < p->n_bodies; i++) {
		int64_t needs = petition_threshold_of(p->petitions, &p->bodies[i], when_day(rq->ctx.now));
		struct msg_arg args[] = { ARG_I("n", needs) };

		if (needs) /* how many it needs stands beside the name while one chooses */
			(*ret)[n++] = (struct option){ .value = str_fmt(rq->ctx.arena, "%lld", (long long)p->bodies[i].id),
						       .text = str_fmt(rq->ctx.arena, "%.*s: %.*s", STR_FMT(name_in(&p->bodies[i].name, rq->view.lang)),
								       STR_FMT(msg_fmt(rq->ctx.arena, rq->view.lang, MSG_PETITION_NEEDS, args, 1))) };
	}
	return n;
}

static size_t topics_of(struct req *rq, struct option **ret)
{
	const struct pack *p = rq->ctx.app->pack;
	size_t n = 0;

	*ret = ARENA_ARRAY(rq->ctx.arena, p->n_topics, struct option);
	for (size_t i = 0; i < p->n_topics; i++)
		if (!p->topics[i].up)
			(*ret)[n++] = (struct option){ .value = p->topics[i].code, .text = name_in(&p->topics[i].name, rq->view.lang) };
	return n;
}

static enum rc new_get(struct req *rq)
{
	struct option *bodies, *topics;
	struct petition_similar near[SIMILAR];
	const struct new_form *typed = rq->form.form == &new_form && rq->form.values ? rq->form.values : NULL;
	size_t n_bodies = bodies_of(rq, &bodies), n_topics = topics_of(rq, &topics), n_near = 0;

	if (typed && typed->text.n)
		TRY(petition_similar(&rq->ctx, str_fmt(rq->ctx.arena, "%.*s %.*s", STR_FMT(typed->title), STR_FMT(typed->text)), typed->topic, SIMILAR, near, &n_near));
	rq->form.form = &new_form;
	struct out *o = page_open(rq, &(struct page){ .title = MSG_PETITION_NEW, .nav = MSG_LAYOUT_NAV_PETITIONS, .refresh_form = true });

	tmpl_petition_write(o, &rq->view, &rq->form, bodies, n_bodies, topics, n_topics, rq->ctx.app->pack->petitions, near, n_near);
	return page_close(rq);
}

static enum rc new_post(struct req *rq)
{
	const struct new_form *f = FORM_OF(rq, struct new_form);
	struct petition_words w = { .body = f->body, .topic = f->topic, .lang = f->lang, .title = f->title, .text = f->text, .title_other = f->title_other,
				    .text_other = f->text_other, .read_excluded = f->read_excluded };
	struct petition_similar near[SIMILAR];
	struct petition_id id;
	struct str link;
	size_t n;

	if (!f->read_excluded)
		req_fail(rq, "read_excluded", MSG_PETITION_FAULT_EXCLUDED);
	TRY(petition_similar(&rq->ctx, str_fmt(rq->ctx.arena, "%.*s %.*s", STR_FMT(f->title), STR_FMT(f->text)), f->topic, SIMILAR, near, &n));
	if (n && !f->not_similar)
		req_fail(rq, "not_similar", MSG_PETITION_FAULT_SIMILAR);
	if (rq->form.n_errors)
		return RC_INVALID;
	enum rc rc = petition_file(&rq->ctx, &rq->who, &w, &id, &link);

	if (rc == RC_INVALID)
		req_fail(rq, NULL, rq->ctx.fail_msg);
	TRY(rc);
	return redirect(rq, url_with(rq->ctx.arena, petition_url(rq, id), S("link"), link), MSG_PETITION_DONE_FILED);
}

/* ---- signing ---- */

static enum rc sign_get(struct req *rq)
{
	struct petition_page p;
	const struct pack *pack = rq->ctx.app->pack;
	struct option *regions = ARENA_ARRAY(rq->ctx.arena, pack->n_places, struct option), *districts = ARENA_ARRAY(rq->ctx.arena, pack->n_places, struct option);
	size_t n_regions = 0, n_districts = 0;

	TRY(load(rq, &p));
	for (size_t i = 0; i < pack->n_places; i++) {
		const struct place *x = &pack->places[i];
		struct option one = { .value = str_fmt(rq->ctx.arena, "%lld", (long long)x->id), .text = name_in(&x->name, rq->view.lang) };

		if (x->up) {
			one.within = str_fmt(rq->ctx.arena, "%lld", (long long)x->up->id);
			districts[n_districts++] = one;
		} else {
			regions[n_regions++] = one;
		}
	}
	rq->form.form = &sign_form;
	struct out *o = page_open(rq, &(struct page){ .title_text = p.p.title, .nav = MSG_LAYOUT_NAV_PETITIONS });

	tmpl_petition_sign(o, &rq->view, &p, &rq->form, regions, n_regions, districts, n_districts, http_form(rq->http, S("link")).n ? http_form(rq->http, S("link")) : p.link);
	return page_close(rq);
}

static enum rc sign_post(struct req *rq)
{
	const struct sign_form *f = FORM_OF(rq, struct sign_form);
	const struct place *district = pack_place(rq->ctx.app->pack, f->district);
	struct petition_signing s = { .place = district && place_within(district, f->region) ? f->district : f->region, .hidden = f->hidden, .link = f->link,
				      .form_key = once_number(rq) };
	int64_t id;

	TRY(req_id(rq, 0, &id));
	enum rc rc = petition_sign(&rq->ctx, &rq->who, (struct petition_id){ id }, &s);
	struct url to = petition_url(rq, (struct petition_id){ id });

	if (f->link.n)
		to = url_with(rq->ctx.arena, to, S("link"), f->link);
	if (rc == RC_DUPLICATE)
		return redirect(rq, to, MSG_PETITION_DONE_ALREADY);
	if (rc == RC_INVALID)
		req_fail(rq, rq->ctx.fail_msg == MSG_PETITION_FAULT_PLACE ? "region" : NULL, rq->ctx.fail_msg);
	TRY(rc);
	return redirect(rq, to, MSG_PETITION_DONE_SIGNED);
}

static enum rc unsign_post(struct req *rq)
{
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(petition_unsign(&rq->ctx, &rq->who, (struct petition_id){ id }));
	return redirect(rq, petition_url(rq, (struct petition_id){ id }), MSG_PETITION_DONE_UNSIGNED);
}

static enum rc withdraw_post(struct req *rq)
{
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(petition_withdraw(&rq->ctx, &rq->who, (struct petition_id){ id }, S("")));
	return redirect(rq, URL("/petitions"), MSG_PETITION_DONE_WITHDRAWN);
}

static const struct route routes[] = {
	{ HTTP_GET, "/petitions", ANYONE, RL_READ, READ, list_get, .keep = true },
	{ HTTP_GET, "/petitions/new", SIGNED_IN, RL_READ, READ, new_get },
	{ HTTP_POST, "/petitions/new", CITIZEN, RL_SUBMIT, WRITE, new_post, &new_form, new_get },
	{ HTTP_GET, "/petitions/:id", ANYONE, RL_READ, READ, show_get, .keep = true },
	{ HTTP_GET, "/petitions/:id/sign", SIGNED_IN, RL_READ, READ, sign_get },
	{ HTTP_POST, "/petitions/:id/sign", CITIZEN, RL_SUBMIT, WRITE, sign_post, &sign_form, sign_get, .own_key = true },
	{ HTTP_POST, "/petitions/:id/unsign", CITIZEN, RL_WRITE, WRITE, unsign_post },
	{ HTTP_POST, "/petitions/:id/withdraw", CITIZEN, RL_WRITE, WRITE, withdraw_post },
};

static const struct job_kind jobs[] = {
	{ .name = "petition.fold", .run = petition_fold, .every_sec = 1 },
	{ .name = "petition.repair", .run = petition_repair, .every_sec = 86400 },
	{ .name = "petition.tick", .run = petition_tick, .every_sec = 5 },
};

const struct module petition_module = { .name = "petition", .routes = routes, .n_routes = ARRAY_LEN(routes), .jobs = jobs, .n_jobs = ARRAY_LEN(jobs) };
