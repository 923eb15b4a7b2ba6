/* petition_web.c: writing and signing petitions. */
#include "app/app.h"
#include "app/once.h"
#include "gen/messages.h"
#include "gen/petition_tmpl.h"
#include "petition/petition_jobs.h"
#include "petition/petition_pages.h"
#include "place/place.h"
#include "standard/options.h"
#include "text/text.h"

#define SIMILAR 3

struct new_form {
	struct str lang, topic, title, text, title_other, text_other, mail;
	int64_t body;
	bool read_excluded, not_similar, lang_sure;
};
static const struct field new_fields[] = {
	FIELD(struct new_form, body, F_ID, 1, INT64_MAX, .label = MSG_PETITION_BODY, .needed = true),
	FIELD(struct new_form, topic, F_CHOICE, 0, 80, .label = MSG_PETITION_TOPIC),
	FIELD(struct new_form, lang, F_CHOICE, 2, 2, .choices = "kk|ru", .label = MSG_PETITION_LANG),
	FIELD(struct new_form, title, F_TEXT, 10, 150, .label = MSG_PETITION_NAME, .hint = MSG_PETITION_NAME_HINT),
	FIELD(struct new_form, text, F_LINES, 50, 5000, .label = MSG_PETITION_TEXT, .hint = MSG_PETITION_TEXT_HINT),
	FIELD(struct new_form, title_other, F_TEXT, 0, 150, .label = MSG_PETITION_NAME_OTHER),
	FIELD(struct new_form, text_other, F_LINES, 0, 5000, .label = MSG_PETITION_TEXT_OTHER),
	FIELD(struct new_form, mail, F_EMAIL, 0, 254, .label = MSG_PETITION_MAIL, .hint = MSG_PETITION_MAIL_HINT, .autocomplete = "email"),
	FIELD(struct new_form, read_excluded, F_BOOL, 0, 1, .label = MSG_PETITION_READ_EXCLUDED),
	FIELD(struct new_form, not_similar, F_BOOL, 0, 1, .label = MSG_PETITION_NOT_SIMILAR),
	FIELD(struct new_form, lang_sure, F_BOOL, 0, 1, .label = MSG_PETITION_LANG_SURE),
};
static const struct form new_form = { new_fields, ARRAY_LEN(new_fields), sizeof(struct new_form), (size_t)128 << 10 };

struct sign_form {
	struct str link, mail;
	int64_t region, district;
	bool hidden, wants_mail;
};
static const struct field sign_fields[] = {
	FIELD(struct sign_form, region, F_ID, 1, INT64_MAX, .label = MSG_PETITION_REGION, .needed = true),
	FIELD(struct sign_form, district, F_ID, 0, INT64_MAX, .label = MSG_PETITION_DISTRICT),
	FIELD(struct sign_form, hidden, F_BOOL, 0, 1, .label = MSG_PETITION_HIDE),
	FIELD(struct sign_form, mail, F_EMAIL, 0, 254, .label = MSG_PETITION_MAIL, .hint = MSG_PETITION_SIGN_MAIL_HINT, .autocomplete = "email"),
	FIELD(struct sign_form, wants_mail, F_BOOL, 0, 1, .label = MSG_PETITION_WANTS_MAIL),
	FIELD(struct sign_form, link, F_HIDDEN, 0, 60),
};
static const struct form sign_form = { sign_fields, ARRAY_LEN(sign_fields), sizeof(struct sign_form), 0 };

struct words_form {
	struct str words;
};
static const struct field words_fields[] = {
	FIELD(struct words_form, words, F_LINES, 1, 2000, .label = MSG_PETITION_CONTEST_WORDS, .hint = MSG_PETITION_CONTEST_HINT),
};
static const struct form words_form = { words_fields, ARRAY_LEN(words_fields), sizeof(struct words_form), 0 };
const struct form *const petition_contest_form = &words_form;

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
			(*ret)[n++] = (struct option){ .value = str_i64(rq->ctx.arena, p->bodies[i].id),
						       .text = str_fmt(rq->ctx.arena, "%.*s: %.*s", STR_FMT(name_in(&p->bodies[i].name, rq->view.lang)),
								       STR_FMT(msg_fmt(rq->ctx.arena, rq->view.lang, MSG_PETITION_NEEDS, args, 1))) };
	}
	return n;
}

size_t petition_points(const struct req *rq, struct option **ret)
{
	const struct petition_rules *r = rq->ctx.app->pack->petitions;
	size_t n = 0;

	*ret = ARENA_ARRAY(rq->ctx.arena, r->n_excluded + 1, struct option);
	for (size_t i = 0; i < r->n_excluded; i++)
		if (r->excluded[i].valid_from.v <= when_day(rq->ctx.now).v)
			(*ret)[n++] = (struct option){ .value = r->excluded[i].code, .text = name_in(&r->excluded[i].text, rq->view.lang) };
	return n;
}

static enum rc near_of(struct req *rq, const struct new_form *f, struct petition_similar *ret, size_t *ret_n)
{
	return petition_similar(&rq->ctx, str_fmt(rq->ctx.arena, "%.*s %.*s", STR_FMT(f->title), STR_FMT(f->text)), SIMILAR, ret, ret_n);
}

static enum rc new_get(struct req *rq)
{
	struct option *bodies, *topics, *points;
	struct petition_similar near[SIMILAR];
	const struct new_form *typed = rq->form.form == &new_form && rq->form.values ? rq->form.values : NULL;
	size_t n_bodies = bodies_of(rq, &bodies), n_topics = pack_topic_options(rq, 0, S(""), &topics), n_points = petition_points(rq, &points), n_near = 0;
	struct petition_delay delay;

	TRY(petition_delay_now(&rq->ctx, &delay));
	if (typed && typed->text.n)
		TRY(near_of(rq, typed, near, &n_near));
	rq->form.form = &new_form;
	struct out *o = page_open(rq, &(struct page){ .title = MSG_PETITION_NEW, .nav = MSG_LAYOUT_NAV_PETITIONS, .refresh_form = true });

	tmpl_petition_write(o, &rq->view, &rq->form, bodies, n_bodies, topics, n_topics, points, n_points, &delay, near, n_near);
	return page_close(rq);
}

/* A text that is clearly in another language than was chosen. Whoever is sure says so and goes on. */
static bool other_language(struct str lang, struct str title, struct str text, struct arena *a)
{
	enum text_lang found = text_detect(str_fmt(a, "%.*s. %.*s", STR_FMT(title), STR_FMT(text)));

	return text.n && found != TEXT_UNKNOWN && found != TEXT_MIXED && found != (str_eq(lang, S("kk")) ? TEXT_KK : TEXT_RU);
}

static enum rc check_new(struct req *rq, const struct new_form *f)
{
	struct petition_similar near[SIMILAR];
	struct str other = str_eq(f->lang, S("kk")) ? S("ru") : S("kk");
	size_t n;

	if (!f->read_excluded)
		req_fail(rq, "read_excluded", MSG_PETITION_FAULT_EXCLUDED);
	if (!f->lang_sure && other_language(f->lang, f->title, f->text, rq->ctx.arena))
		req_fail(rq, "lang", MSG_PETITION_FAULT_LANG);
	if (!f->lang_sure && other_language(other, f->title_other, f->text_other, rq->ctx.arena)) {
		req_fail(rq, "lang", MSG_PETITION_FAULT_LANG);
		req_fail(rq, "text_other", MSG_PETITION_FAULT_LANG_OTHER);
	}
	TRY(near_of(rq, f, near, &n));
	if (n && !f->not_similar)
		req_fail(rq, "not_similar", MSG_PETITION_FAULT_SIMILAR);
	return rq->form.n_errors ? RC_INVALID : RC_OK;
}

static enum rc new_post(struct req *rq)
{
	const struct new_form *f = FORM_OF(rq, struct new_form);
	struct petition_words w = { .body = f->body, .topic = f->topic, .lang = f->lang, .title = f->title, .text = f->text, .title_other = f->title_other,
				    .text_other = f->text_other, .mail = f->mail, .read_excluded = f->read_excluded };
	struct petition_id id;
	struct str link;

	TRY(check_new(rq, f));
	enum rc rc = petition_file(&rq->ctx, &rq->who, &w, &id, &link);

	if (rc == RC_INVALID)
		req_fail(rq, NULL, rq->ctx.fail_msg);
	TRY(rc);
	return redirect(rq, url_with(rq->ctx.arena, petition_url(rq, id), S("link"), link), MSG_PETITION_DONE_FILED);
}

/* ---- signing ---- */

struct petition_places petition_places(struct req *rq)
{
	struct petition_places w = { 0 };

	w.n_regions = pack_region_options(rq, 0, &w.regions);
	w.n_districts = pack_district_options(rq, 0, &w.districts);
	return w;
}

static struct url with_link(struct req *rq, struct url u, struct str link)
{
	return link.n ? url_with(rq->ctx.arena, u, S("link"), link) : u;
}

static struct str link_of(const struct req *rq)
{
	struct str posted = http_form(rq->http, S("link"));

	return posted.n ? posted : req_query(rq, "link");
}

/* After a POST with errors the link of supporters stands in the form, not in the address. */
static enum rc load_to_sign(struct req *rq, struct petition_page *ret)
{
	struct petition_row row;
	struct str link = link_of(rq);
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(petition_by_id(rq->ctx.db, (struct petition_id){ id }, &row));
	if (!petition_accepts(&rq->ctx, &row, link, 0))
		return petition_page_make(rq, &row, ret);
	*ret = (struct petition_page){ .p = row, .state = petition_state_of(row.state), .title = row.title, .link = link, .pack = rq->ctx.app->pack, .can_sign = true };
	return RC_OK;
}

enum rc petition_sign_get(struct req *rq)
{
	struct petition_places places = petition_places(rq);
	bool citizen = rq->who.account && (rq->who.roles & CITIZEN);
	struct petition_page p;

	TRY(load_to_sign(rq, &p));
	if (!p.can_sign)
		return fail(&rq->ctx, RC_CONFLICT, MSG_PETITION_FAULT_NOT_OPEN);
	struct url self = petition_url(rq, p.p.id), here = url_path(rq->ctx.arena, "/petitions/{}/sign", 1, rq->params);
	struct petition_ways ways = { .enter = !citizen && petition_signs_by(p.pack, "identity"), .identity = citizen, .mail = !citizen && petition_signs_by(p.pack, "mail"),
				      .back = with_link(rq, self, p.link), .link = p.link,
				      .sign_in = url_with(rq->ctx.arena, URL("/sign-in"), S("to"), url_str(with_link(rq, here, p.link))) };

	ways.action = ways.mail ? url_path(rq->ctx.arena, "/petitions/{}/sign-by-mail", 1, rq->params) : here;
	if (!rq->form.form || !rq->form.n_errors)
		rq->form.form = ways.mail ? petition_mail_form : &sign_form;
	struct out *o = page_open(rq, &(struct page){ .title_text = p.title, .nav = MSG_LAYOUT_NAV_PETITIONS });

	tmpl_petition_sign(o, &rq->view, &p, &rq->form, &places, &ways);
	return page_close(rq);
}

int64_t petition_place_of(const struct pack *p, int64_t region, int64_t district)
{
	const struct place *d = pack_place(p, district);

	return d && place_within(d, region) ? district : region;
}

static enum rc sign_post(struct req *rq)
{
	const struct sign_form *f = FORM_OF(rq, struct sign_form);
	struct petition_signing s = { .place = petition_place_of(rq->ctx.app->pack, f->region, f->district), .hidden = f->hidden, .wants_mail = f->wants_mail,
				      .link = f->link, .mail = f->mail, .net = petition_net(rq->ctx.arena, &rq->http->from), .lang = lang_code(rq->view.lang), .form_key = once_number(rq) };
	int64_t id;

	TRY(req_id(rq, 0, &id));
	enum rc rc = petition_sign(&rq->ctx, &rq->who, (struct petition_id){ id }, &s);
	struct url to = with_link(rq, petition_url(rq, (struct petition_id){ id }), f->link);

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

/* ---- the author ---- */

static enum rc withdraw_post(struct req *rq)
{
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(petition_withdraw(&rq->ctx, &rq->who, (struct petition_id){ id }, S("")));
	return redirect(rq, URL("/petitions"), MSG_PETITION_DONE_WITHDRAWN);
}

static enum rc contest_post(struct req *rq)
{
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(petition_contest(&rq->ctx, &rq->who, (struct petition_id){ id }, FORM_OF(rq, struct words_form)->words));
	return redirect(rq, petition_url(rq, (struct petition_id){ id }), MSG_PETITION_DONE_CONTESTED);
}

static const struct route routes[] = {
	{ HTTP_GET, "/petitions", ANYONE, RL_READ, READ, petition_list_get, .keep = true },
	{ HTTP_GET, "/petitions/new", SIGNED_IN, RL_READ, READ, new_get },
	{ HTTP_POST, "/petitions/new", CITIZEN, RL_SUBMIT, WRITE, new_post, &new_form, new_get },
	{ HTTP_GET, "/petitions/:id", ANYONE, RL_READ, READ, petition_show_get, .keep = true },
	{ HTTP_GET, "/petitions/:id/pace", ANYONE, RL_SEARCH, READ, petition_pace_get, .keep = true },
	{ HTTP_GET, "/petitions/:id/sign", ANYONE, RL_READ, READ, petition_sign_get },
	{ HTTP_POST, "/petitions/:id/sign", CITIZEN, RL_SIGN, WRITE, sign_post, &sign_form, petition_sign_get, .own_key = true },
	{ HTTP_POST, "/petitions/:id/unsign", CITIZEN, RL_WRITE, WRITE, unsign_post },
	{ HTTP_POST, "/petitions/:id/withdraw", CITIZEN, RL_WRITE, WRITE, withdraw_post },
	{ HTTP_POST, "/petitions/:id/contest", CITIZEN, RL_WRITE, WRITE, contest_post, &words_form, petition_show_get },
};

static const struct job_kind jobs[] = {
	{ .name = "petition.anonymise", .run = petition_anonymise, .every_sec = 86400 },
	{ .name = "petition.fold", .run = petition_fold, .every_ms = 200 },
	{ .name = "petition.forget", .run = petition_forget, .attempts_max = 20 },
	{ .name = "petition.invalidate", .run = petition_invalidation_step, .attempts_max = 20 },
	{ .name = "petition.invalidation_count", .run = petition_invalidation_found, .outside = petition_invalidation_look, .attempts_max = 10 },
	{ .name = "petition.lag", .run = petition_lag_watch, .every_sec = 60 },
	{ .name = "petition.letter", .run = petition_letter, .attempts_max = 10 },
	{ .name = "petition.mailing", .run = petition_mailing_run, .every_sec = 1 },
	{ .name = "petition.recount", .run = petition_repair, .outside = petition_repair_look, .attempts_max = 20 },
	{ .name = "petition.repair", .run = petition_repair_begin, .every_sec = 86400 },
	{ .name = "petition.tick", .run = petition_tick, .every_sec = 5 },
};

const struct module petition_module = { .name = "petition", .routes = routes, .n_routes = ARRAY_LEN(routes), .jobs = jobs, .n_jobs = ARRAY_LEN(jobs),
					  .search = petition_search_source, .n_search = ARRAY_LEN(petition_search_source), .lags = petition_lag, .n_lags = ARRAY_LEN(petition_lag) };
