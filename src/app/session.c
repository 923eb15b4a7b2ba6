#include "app/session.h"

#include <stdlib.h>

#include "app/app.h"
#include "base/random.h"
#include "gen/app_sql.h"
#include "standard/pack.h"

#define COOKIE "session"
#define VISITOR "visitor"
#define TOUCH_EVERY (5 * WHEN_MINUTE)

struct touch {
	struct db_work work;
	struct arena arena;
	struct session_id session;
	struct when now;
};

static enum rc touch_run(struct db_work *w, struct db *db)
{
	struct touch *t = (struct touch *)(void *)w;
	int64_t changed;

	return session_touch(db, t->session, t->now, &changed);
}

/* A lost touch only makes a session idle a little sooner. */
static void touch_done(struct db_work *w, enum rc rc)
{
	struct touch *t = (struct touch *)(void *)w;
	struct arena a = t->arena; /* the work lives in its own arena */

	rc_ignore(rc);
	arena_end(&a);
}

static void touch(const struct req *rq, struct session_id id)
{
	struct arena a = { 0 };
	struct touch *t = ARENA_NEW(&a, struct touch);

	*t = (struct touch){ .work = { .run = touch_run, .done = touch_done }, .session = id, .now = rq->ctx.now };
	t->arena = a;
	t->work.arena = &t->arena;
	db_submit(rq->ctx.app->db, &t->work);
}

static struct str guest_csrf(const struct req *rq, struct str visitor)
{
	return key_hash(rq->ctx.arena, rq->ctx.app->keys, "csrf", visitor);
}

static void be_guest(struct req *rq)
{
	rq->who = (struct actor){ .roles = BIT(ROLE_GUEST) };
	rq->who_name = S("");
	if (rq->route && rq->route->api) /* no form, so nothing to tell apart by a cookie */
		return;
	struct str visitor = http_cookie(rq->http, VISITOR);

	rq->visitor_new = visitor.n != 32;
	rq->visitor = rq->visitor_new ? random_token(rq->ctx.arena, 16) : visitor;
	rq->view.csrf = guest_csrf(rq, rq->visitor);
}

static bool ended(const struct req *rq, const struct session_who *s)
{
	const struct config *c = &rq->ctx.app->config;
	bool staff = str_eq(s->kind, S("staff"));
	int64_t idle = (staff ? c->staff_idle_sec : c->session_idle_sec) * WHEN_SECOND;

	return s->expires_at.us <= rq->ctx.now.us || s->seen_at.us + idle <= rq->ctx.now.us || !str_eq(s->state, S("active"));
}

/* Roles are held per body and count only there: the actor works in one body at a time, and no route sees those of another. */
static void add_roles(const struct pack *pack, struct actor *who, const struct session_role_list *roles)
{
	bool here = false;

	for (size_t i = 0; i < roles->n; i++)
		here = here || roles->v[i].body_id == who->body;
	if (!here)
		who->body = roles->n ? roles->v[0].body_id : 0;
	for (size_t i = 0; i < roles->n; i++) {
		char name[32] = "";
		enum role role;

		if (roles->v[i].body_id != who->body || roles->v[i].role.n >= sizeof(name))
			continue;
		memcpy(name, roles->v[i].role.p, roles->v[i].role.n);
		if (role_by_name(name, &role))
			who->roles |= BIT(role);
	}
	if (who->body == pack->site_body->id && (who->roles & BIT(ROLE_ADMIN)))
		who->roles |= SITE_ADMIN;
}

int64_t session_id_of(struct str hash)
{
	uint64_t n = 0;

	if (!str_unhex(str_sub(hash, 0, 2 * sizeof(n)), &n, sizeof(n)))
		abort();
	return (int64_t)(n >> 1 | 1); /* never 0 */
}

enum rc session_load(struct req *rq)
{
	struct str token = http_cookie(rq->http, COOKIE);
	struct session_who s;
	struct str hash = token.n == 64 ? token_hash(rq->ctx.arena, token) : S("");
	enum rc rc = hash.n ? session_by_token(rq->ctx.db, (struct session_id){ session_id_of(hash) }, hash, &s) : RC_NOT_FOUND;

	if (rc == RC_NOT_FOUND || (rc == RC_OK && ended(rq, &s))) {
		be_guest(rq);
		return RC_OK;
	}
	TRY(rc);
	rq->who = (struct actor){ .account = s.account_id.v, .session = s.id.v, .body = s.body_id };
	rq->who_name = s.name;
	rq->view.csrf = s.csrf;
	if (str_eq(s.kind, S("staff"))) {
		struct session_role_list roles;

		TRY(session_roles(rq->ctx.db, s.account_id, &roles));
		add_roles(rq->ctx.app->pack, &rq->who, &roles);
		if (!rq->who.roles)
			be_guest(rq); /* no body left to work in */
	} else {
		rq->who.roles = CITIZEN;
	}
	if (rq->ctx.now.us - s.seen_at.us > TOUCH_EVERY)
		touch(rq, s.id);
	return RC_OK;
}

/* Enough to know one's own devices by; the first hit wins, so what names others beside itself stands before them. */
struct str session_device(struct arena *a, struct str user_agent)
{
	static const struct { const char *sign, *name; } browsers[] = {
		{ "YaBrowser/", "Yandex Browser" }, { "OPR/", "Opera" }, { "SamsungBrowser/", "Samsung Internet" }, { "Edg", "Edge" },
		{ "Firefox/", "Firefox" }, { "FxiOS/", "Firefox" }, { "CriOS/", "Chrome" }, { "Chrome/", "Chrome" }, { "Safari/", "Safari" },
	}, systems[] = {
		{ "Android", "Android" }, { "iPhone", "iPhone" }, { "iPad", "iPad" }, { "Windows", "Windows" }, { "Mac OS X", "macOS" },
		{ "CrOS", "ChromeOS" }, { "Linux", "Linux" },
	};
	const char *browser = "", *on = "";

	for (size_t i = ARRAY_LEN(browsers); i-- > 0;)
		if (str_find(user_agent, str_of(browsers[i].sign), 0) != SIZE_MAX)
			browser = browsers[i].name;
	for (size_t i = ARRAY_LEN(systems); i-- > 0;)
		if (str_find(user_agent, str_of(systems[i].sign), 0) != SIZE_MAX)
			on = systems[i].name;
	return str_fmt(a, "%s%s%s", browser, *browser && *on ? ", " : "", on);
}

enum rc session_open(struct req *rq, int64_t account, bool staff, int64_t body)
{
	struct arena *a = rq->ctx.arena;
	struct str token = random_token(a, 32);
	int64_t max_sec = rq->ctx.app->config.session_max_sec, changed;
	struct str hash = token_hash(a, token);

	if (rq->who.session)
		TRY(session_delete(rq->ctx.db, (struct session_id){ rq->who.session }, &changed));
	TRY(session_insert(rq->ctx.db, (struct session_id){ session_id_of(hash) }, hash, (struct account_id){ account }, body, random_token(a, 32),
			   session_device(a, http_header(rq->http, "user-agent")), rq->ctx.now, when_add(rq->ctx.now, max_sec * WHEN_SECOND), &changed));
	/* an official's cookie goes with the browser's session; the idle limit is the server's */
	http_set_cookie(rq->http, COOKIE, token, staff ? 0 : max_sec);
	return RC_OK;
}

enum rc session_close(struct req *rq)
{
	int64_t changed;

	http_set_cookie(rq->http, COOKIE, S(""), -1);
	return rq->who.session ? session_delete(rq->ctx.db, (struct session_id){ rq->who.session }, &changed) : RC_OK;
}

bool session_csrf_right(const struct req *rq)
{
	struct str site = http_header(rq->http, "sec-fetch-site");

	if (str_eq(site, S("cross-site")) || (!rq->who.session && rq->visitor_new))
		return false;
	return same_secret(http_form(rq->http, S("_csrf")), rq->view.csrf);
}

void session_visitor_cookie(struct req *rq)
{
	if (!rq->who.session && rq->visitor_new)
		http_set_cookie(rq->http, VISITOR, rq->visitor, 30 * 86400);
}
