#include "app/dispatch.h"

#include <assert.h>
#include <stdlib.h>

#include "app/error.h"
#include "app/form_parse.h"
#include "app/metrics.h"
#include "app/once.h"
#include "app/pool.h"
#include "app/rate.h"
#include "app/router.h"
#include "app/session.h"
#include "base/log.h"
#include "base/random.h"
#include "http/conditional.h"

#define BODY_STANDARD ((size_t)64 << 10)

/* A request on its way through the lanes. */
struct serving {
	struct req rq; /* first: handlers see only this */
	struct app *app;
	struct db_work write;
	struct pool_work pool;
	struct http_response fresh; /* the response before a handler ran: retries start from it */
	int refuse;                 /* status decided before any handler */
	enum rc rc;                 /* what the handler said: the response follows from it */
};

static struct serving *serving_of(struct http_request *http)
{
	return http->user;
}

static bool is_post(enum http_method m)
{
	return m == HTTP_POST || m == HTTP_PUT || m == HTTP_PATCH || m == HTTP_DELETE;
}

static void choose_language(struct req *rq)
{
	enum lang_id id;

	if (!lang_by_code(http_cookie(rq->http, "lang"), &id))
		id = lang_accept(http_header(rq->http, "accept-language"));
	rq->view.lang = lang_of(id);
}

static struct serving *serving_new(struct app *app, struct http_request *http)
{
	struct serving *s = ARENA_NEW(&http->arena, struct serving);
	struct req *rq = &s->rq;

	s->app = app;
	rq->http = http;
	rq->ctx = (struct ctx){ .arena = &http->arena, .now = when_now(), .app = app };
	rq->who.roles = BIT(ROLE_GUEST);
	choose_language(rq);
	rq->view.arena = &http->arena;
	rq->view.now = rq->ctx.now;
	rq->view.forms = &rq->forms;
	rq->form.arena = &http->arena;
	http->user = s;
	return s;
}

/* Names of the methods that a path knows, for the Allow header of a 405. */
static struct str allow_text(struct arena *a, unsigned allowed)
{
	static const char *const names[] = { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" };
	struct out o = OUT_ON(a);

	if (allowed & 1u << HTTP_GET)
		allowed |= 1u << HTTP_HEAD;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (allowed & 1u << i)
			out_fmt(&o, "%s%s", o.n ? ", " : "", names[i]);
	return out_done(&o);
}

static bool takes_files(const struct form *form)
{
	for (size_t i = 0; form && i < form->n; i++)
		if (form->fields[i].kind == F_FILES)
			return true;
	return false;
}

static bool type_fits(const struct route *route, struct str type)
{
	if (route->api)
		return true; /* an API handler reads what it declares in its own documentation */
	if (!type.n || str_eq(type, S("application/x-www-form-urlencoded")))
		return true;
	return str_eq(type, S("multipart/form-data")) && takes_files(route->form);
}

static int plan_route(struct serving *s)
{
	struct req *rq = &s->rq;
	enum http_method method = rq->http->method == HTTP_HEAD ? HTTP_GET : rq->http->method;
	unsigned allowed;

	rq->route = router_find(s->app->router, method, rq->http->path, rq->params, &rq->n_params, &allowed);
	if (!rq->route) {
		if (allowed)
			http_set_header(rq->http, S("Allow"), allow_text(rq->ctx.arena, allowed));
		return allowed ? 405 : 404;
	}
	unsigned wait = rate_hit(s->app->rate, rq->route->rate, &rq->http->from, rq->ctx.now.us);

	if (wait) {
		http_set_header(rq->http, S("Retry-After"), str_fmt(rq->ctx.arena, "%u", wait));
		return 429;
	}
	if (is_post(method) && !type_fits(rq->route, rq->http->content_type))
		return 415;
	return 0;
}

/* Browsers that hold anything but a language may see something of their own: a notice, a form, what they just did. */
static bool is_anybody(const struct http_request *http)
{
	struct str cookies = http_header(http, "cookie");

	return !cookies.n ||
	       ((str_starts(cookies, S("lang=")) || str_starts(cookies, S("__Host-lang="))) && str_find_byte(cookies, ';', 0) >= cookies.n);
}

static bool takes_anything(const struct http_request *http)
{
	struct str accept = http_header(http, "accept");

	return !accept.n || str_find(accept, S("*/*"), 0) != SIZE_MAX;
}

/* A client that names types takes one of them (406 otherwise). */
static bool takes(struct req *rq, struct str type)
{
	const char *bare = str_z(rq->ctx.arena, str_trim(str_sub(type, 0, str_find_byte(type, ';', 0))));

	return takes_anything(rq->http) || !type.n || http_accept(http_header(rq->http, "accept"), &bare, 1) != SIZE_MAX;
}

static unsigned may_keep(const struct serving *s)
{
	const struct http_request *http = s->rq.http;

	return s->rq.route->keep && http->method == HTTP_GET && is_anybody(http) && takes_anything(http) ? (unsigned)s->app->config.page_keep_ms : 0;
}

static struct http_plan plan(void *arg, struct http_request *http)
{
	struct serving *s = serving_new(arg, http);

	s->refuse = plan_route(s);
	if (s->refuse)
		return (struct http_plan){ .refuse = s->refuse };
	const struct form *form = s->rq.route->form;

	struct http_plan p = { .body_max = form && form->body_max ? form->body_max : BODY_STANDARD, .keep_ms = may_keep(s) };

	if (p.keep_ms)
		p.keep_variant = str_fmt(&http->arena, "%.*s%d", STR_FMT(lang_code(s->rq.view.lang)), http->https);
	return p;
}

static bool has_header(const struct req *rq, struct str name)
{
	for (size_t i = 0; i < rq->http->response.n_headers; i++)
		if (str_eq_nocase(rq->http->response.headers[i].name, name))
			return true;
	return false;
}

static void security_headers(struct req *rq)
{
	static const struct { struct str name, value; bool document; } rows[] = {
		{ S_INIT("Content-Security-Policy"),
		  S_INIT("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
			 "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"), true },
		{ S_INIT("X-Content-Type-Options"), S_INIT("nosniff"), false },
		{ S_INIT("Referrer-Policy"), S_INIT("same-origin"), false },
		{ S_INIT("Permissions-Policy"), S_INIT("camera=(), microphone=(), geolocation=(self), interest-cohort=()"), true },
		{ S_INIT("Cross-Origin-Opener-Policy"), S_INIT("same-origin"), true },
		{ S_INIT("Cross-Origin-Resource-Policy"), S_INIT("same-origin"), false },
	};

	bool shown = rq->http->response.status != 303 && !str_eq(rq->http->response.type, S("application/json"));

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		if (rows[i].document && !shown)
			continue; /* there is nothing that it could bind */
		if (!has_header(rq, rows[i].name)) /* a page that may be shown in a frame says so itself */
			http_set_header(rq->http, rows[i].name, rows[i].value);
	}
	if (rq->http->https)
		http_set_header(rq->http, S("Strict-Transport-Security"), S("max-age=31536000"));
}

/* Pages of guests are compared with what the browser holds; pages of signed-in people are not kept anywhere. */
static void caching(struct req *rq)
{
	struct http_response *r = &rq->http->response;

	if (has_header(rq, S("Cache-Control")) && !(rq->route && rq->route->keep && r->status == 200))
		return;
	if (rq->who.session || rq->forms.used || r->status != 200 || rq->http->method != HTTP_GET) {
		http_set_header(rq->http, S("Cache-Control"), S("no-store"));
		return;
	}
	if (!has_header(rq, S("Cache-Control"))) {
		http_set_header(rq->http, S("Cache-Control"), S("no-cache"));
		http_set_header(rq->http, S("Vary"), S("Cookie, Accept-Language"));
	}
	if (r->body.n && !r->sse && http_not_modified(rq->http, http_etag_of(rq->ctx.arena, out_done(&r->body)), (struct when){ 0 }))
		r->body = OUT_ON(rq->ctx.arena);
}

static void log_failure(const struct req *rq, enum rc rc)
{
	if (rc != RC_INTERNAL && rc != RC_BUSY)
		return;
	LOG(LOG_ERROR, "request failed", LOG_TEXT("id", str_of(rq->http->id)),
	    LOG_TEXT("route", str_of(rq->route ? rq->route->path : "-")), LOG_TEXT("rc", str_of(rc_name(rc))),
	    LOG_TEXT("detail", rq->ctx.fail_detail.p ? rq->ctx.fail_detail : S("")));
}

/* The last step on our side, whatever happened before. */
static void respond(struct serving *s, enum rc rc)
{
	struct req *rq = &s->rq;

	log_failure(rq, rc);
	if (rc == RC_OK && rq->http->response.body.failed)
		rc = RC_INTERNAL;
	if (rc != RC_OK) {
		error_page(rq, rc);
	} else if (rq->http->response.status == 200 && !takes(rq, rq->http->response.type)) {
		rq->http->response = s->fresh;
		error_status(rq, 406);
	}
	if (rq->forms.used)
		session_visitor_cookie(rq);
	security_headers(rq);
	caching(rq);
}

/* From the writer or the pool, which have better to do: the thread of the connection ends it. */
static void later(struct serving *s, enum rc rc)
{
	s->rc = rc;
	http_finish(s->rq.http);
}

static void finish(void *arg, struct http_request *http)
{
	struct serving *s = serving_of(http);

	(void)arg;
	respond(s, s->rc);
}

/* NOT_FOUND hides from guests and strangers what staff of the right body may see. */
static enum rc check_who(struct serving *s)
{
	struct req *rq = &s->rq;
	const struct route *route = rq->route;

	if (route->who & rq->who.roles)
		return RC_OK;
	if (rq->who.roles == BIT(ROLE_GUEST) && rq->http->method == HTTP_GET && !route->api) {
		struct url to = url_with(rq->ctx.arena, (route->who & CITIZEN) ? URL("/sign-in") : URL("/staff/sign-in"), S("to"),
					 rq->http->path);

		rc_ignore(redirect(rq, to, 0));
		return RC_CONFLICT; /* answered: no handler runs */
	}
	return RC_FORBIDDEN;
}

static void read_form(struct serving *s)
{
	struct req *rq = &s->rq;

	if (rq->route->form && !(rq->route->api && is_post(rq->http->method)))
		form_parse(&rq->form, rq->route->form, rq->http, !is_post(rq->http->method), rq->ctx.app->pack, when_day(rq->ctx.now));
}

/* The page of the form again, with what was typed and what is wrong; runs with a read connection. */
static enum rc again(struct serving *s)
{
	s->rq.http->response = s->fresh;
	enum rc rc = s->rq.route->again ? s->rq.route->again(&s->rq) : RC_INVALID;

	if (rc == RC_OK)
		s->rq.http->response.status = 422;
	return rc;
}

static void again_in_pool(struct pool_work *w)
{
	struct serving *s = (struct serving *)(void *)((char *)w - offsetof(struct serving, pool));
	enum rc rc = db_read_begin(s->app->db, s->rq.ctx.arena, &s->rq.ctx.db);

	if (rc == RC_OK) {
		rc = again(s);
		db_read_end(s->rq.ctx.db);
	}
	later(s, rc);
}

static enum rc write_run(struct db_work *w, struct db *db)
{
	struct serving *s = (struct serving *)(void *)((char *)w - offsetof(struct serving, write));
	struct req *rq = &s->rq;

	rq->http->response = s->fresh;
	rq->form.n_errors = 0;
	rq->ctx.db = db;
	bool answered;

	TRY(once_recall(rq, &answered));
	if (answered)
		return RC_OK;
	TRY(rq->route->run(rq));
	return once_keep(rq);
}

static void write_done(struct db_work *w, enum rc rc)
{
	struct serving *s = (struct serving *)(void *)((char *)w - offsetof(struct serving, write));

	s->rq.ctx.db = NULL;
	if (rc == RC_INVALID && s->rq.form.n_errors && s->rq.route->again) {
		s->pool.run = again_in_pool;
		if (pool_submit(s->app->pool, &s->pool) == RC_OK)
			return;
		rc = RC_BUSY;
	}
	if (rc != RC_OK)
		s->rq.http->response = s->fresh; /* what a failed handler began is not said */
	later(s, rc);
}

static void submit_write(struct serving *s)
{
	s->write = (struct db_work){ .run = write_run, .done = write_done, .arena = s->rq.ctx.arena };
	db_submit(s->app->db, &s->write);
}

static void slow_in_pool(struct pool_work *w)
{
	struct serving *s = (struct serving *)(void *)((char *)w - offsetof(struct serving, pool));
	enum rc rc = db_read_begin(s->app->db, s->rq.ctx.arena, &s->rq.ctx.db);

	if (rc == RC_OK) {
		rc = s->rq.route->slow(&s->rq);
		if (rc == RC_INVALID && s->rq.form.n_errors && s->rq.route->again)
			rc = again(s);
		else if (rc == RC_OK)
			rc = RC_RETRY; /* goes on in the writer */
		db_read_end(s->rq.ctx.db);
	}
	if (rc == RC_RETRY) {
		submit_write(s);
		return;
	}
	later(s, rc);
}

static enum rc check_csrf(const struct req *rq)
{
	if (rq->route->api || !is_post(rq->http->method) || session_csrf_right(rq))
		return RC_OK;
	return RC_FORBIDDEN;
}

/* With a read connection: who, may they, is the form right; READ routes end here. *ret_on: a lane behind goes on. */
static enum rc front(struct serving *s, bool *ret_on)
{
	struct req *rq = &s->rq;

	*ret_on = false;
	TRY(session_load(rq));
	s->fresh = rq->http->response;
	enum rc rc = check_who(s);

	if (rc == RC_CONFLICT)
		return RC_OK;
	TRY(rc);
	if (check_csrf(rq) != RC_OK)
		return error_stale_form(rq);
	read_form(s);
	if (rq->form.n_errors && rq->route->form && is_post(rq->http->method))
		return again(s);
	if (rq->route->lane == READ)
		return rq->route->run(rq);
	*ret_on = true;
	return RC_OK;
}

/* True: it ends here, with s->rc; otherwise another lane goes on. */
static bool run_front(struct serving *s)
{
	bool on = false;

	s->rc = db_read_begin(s->app->db, s->rq.ctx.arena, &s->rq.ctx.db);
	if (s->rc == RC_OK) {
		s->rc = front(s, &on);
		db_read_end(s->rq.ctx.db);
		s->rq.ctx.db = NULL;
	}
	if (s->rc != RC_OK || !on)
		return true;
	if (s->rq.route->lane != SLOW) {
		submit_write(s);
		return false;
	}
	s->pool.run = slow_in_pool;
	if (pool_submit(s->app->pool, &s->pool) == RC_OK)
		return false;
	s->rc = RC_BUSY;
	return true;
}

static void front_in_pool(struct pool_work *w)
{
	struct serving *s = (struct serving *)(void *)((char *)w - offsetof(struct serving, pool));

	if (run_front(s))
		http_finish(s->rq.http);
}

static bool handle(void *arg, struct http_request *http)
{
	struct serving *s = serving_of(http);

	(void)arg;
	if (s->refuse) {
		error_status(&s->rq, s->refuse);
		security_headers(&s->rq);
		return true;
	}
	if (s->rq.route->lane == PLAIN) {
		s->fresh = http->response;
		respond(s, s->rq.route->run(&s->rq));
		return true;
	}
	if (db_engine(s->app->db) == DB_SQLITE) {
		bool ends = run_front(s);

		if (ends)
			respond(s, s->rc);
		return ends;
	}
	s->pool.run = front_in_pool;
	if (pool_submit(s->app->pool, &s->pool) == RC_OK)
		return false;
	respond(s, RC_BUSY);
	return true;
}

static void refuse(void *arg, struct http_request *http, int status)
{
	struct serving *s = serving_of(http) ? serving_of(http) : serving_new(arg, http);

	error_status(&s->rq, status);
	security_headers(&s->rq);
}

static void sent(void *arg, struct http_request *http)
{
	const struct serving *s = serving_of(http);

	metrics_request(arg, http, s && s->rq.route ? s->rq.route : NULL);
}

static void rest(void *arg)
{
	struct app *app = arg;

	db_read_rest(app->db);
}

struct http_app dispatch_app(struct app *app)
{
	return (struct http_app){ .arg = app, .plan = plan, .handle = handle, .finish = finish, .refuse = refuse, .sent = sent, .rest = rest };
}
