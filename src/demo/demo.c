#include "demo/demo.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "account/account.h"
#include "app/app.h"
#include "body/body.h"
#include "gen/demo_sql.h"
#include "gen/demo_tmpl.h"
#include "gen/messages.h"

#define DEFAULT_APPEALS 3000
#define DEFAULT_SEED 2026

/* The marker turns on the demonstration's sign-ins; it is made last, so that a half-filled folder is not served as one. */
static bool mark(struct arena *a, const struct config *c)
{
	int fd = open(str_fmt(a, "%.*s/demo", STR_FMT(c->data)).p, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static enum rc count_appeals(struct db *db, void *arg)
{
	return demo_appeals_there(db, arg);
}

/* Copies multiply the counts that stand: those of appeals that were there before must not be among them. */
static bool may_fill(struct app *app, struct arena *a)
{
	int64_t there = 0;

	if (app->demo)
		fputs("jauap: this folder holds a demonstration already\n", stderr);
	else if (db_write(app->db, a, count_appeals, &there) != RC_OK || there)
		fputs("jauap: this database holds appeals already\n", stderr);
	else
		return true;
	return false;
}

static void print_people(const struct demo *d)
{
	printf("%zu officials; password of all: %s\n", d->n_people, DEMO_PASSWORD);
	for (size_t i = 0; i < d->n_people; i++)
		if (d->people[i].role[0] == 'e' && d->people[i].role[1] == 'v')
			printf("  %.*s  (all roles, %.*s)\n", STR_FMT(d->people[i].email),
			       STR_FMT(body_name(d->app->pack, d->people[i].body, LANG_EN)));
	printf("one-time codes and all sign-ins: /demo/staff\ncitizens: citizen1@demo.kz ... citizen%zu@demo.kz, journalists: journalist1@demo.kz ... journalist%d@demo.kz, code by mail at /demo/mail\n", d->n_citizens,
	       DEMO_JOURNALISTS);
}

int demo_command(struct arena *start, const struct config *c, const struct str *rest, size_t n)
{
	struct config filling = *c;

	filling.filling = true;
	struct app *app = command_open(start, &filling);
	struct demo *d = ARENA_NEW(start, struct demo);

	(void)rest;
	(void)n;
	if (!app)
		return 1;
	*d = (struct demo){ .app = app, .arena = start, .rng = { (uint64_t)(c->seed ? c->seed : DEFAULT_SEED) },
			    .appeals = c->appeals ? c->appeals : DEFAULT_APPEALS };
	if (!may_fill(app, start)) {
		app_close(app);
		return 1;
	}
	enum rc rc = demo_people(d);

	if (rc == RC_OK)
		rc = demo_appeals(d);
	if (rc == RC_OK)
		rc = demo_notices(d);
	if (rc == RC_OK)
		rc = demo_petitions(d);
	if (rc == RC_OK)
		rc = demo_receptions(d);
	if (rc == RC_OK)
		rc = demo_meetings(d);
	if (rc == RC_OK)
		rc = demo_plans(d);
	if (rc == RC_OK)
		rc = demo_press(d);
	if (rc == RC_OK)
		rc = demo_keep(d);
	if (rc == RC_OK && !mark(start, c))
		rc = RC_BUSY;
	if (rc == RC_OK) {
		printf("%lld appeals\n", (long long)d->appeals);
		print_people(d);
	} else {
		fprintf(stderr, "jauap: the demonstration could not be filled: %s\n", rc_name(rc));
	}
	app_close(app);
	return rc == RC_OK ? 0 : 1;
}

static enum rc staff_get(struct req *rq)
{
	struct demo_staff_row_list l;

	if (!rq->ctx.app->demo)
		return RC_NOT_FOUND;
	TRY(demo_staff(rq->ctx.db, &l));
	http_set_header(rq->http, S("Cache-Control"), S("no-store"));
	struct out *o = page_open(rq, &(struct page){ .title = MSG_DEMO_STAFF_TITLE });

	tmpl_demo_staff(o, &rq->view, &l, account_totp_now(rq->ctx.arena, S(DEMO_SECRET), rq->ctx.now), S(DEMO_PASSWORD));
	return page_close(rq);
}

static const struct route routes[] = {
	{ HTTP_GET, "/demo/staff", ANYONE, RL_READ, READ, staff_get },
};

const struct module demo_module = { .name = "demo", .routes = routes, .n_routes = ARRAY_LEN(routes) };
