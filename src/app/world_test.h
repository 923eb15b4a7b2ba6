/*
 * world_test.h: a small world for tests of slices: a throw-away data folder, the country pack, a migrated database, a clock that stands still, and
 * staff in four bodies. With JAUAP_TEST_PG (tests/pg/start) every scenario runs on PostgreSQL too, in a database of its own.
 *
 * A scenario is plain sequential code inside one write transaction. It checks with WANT and the like, which return instead of jumping, because it
 * runs on the writer's thread:
 *
 *	static enum rc taken(struct ctx *c, const struct world *w) { WANT_OK(appeal_take(c, &k)); WANT(k.state == APPEAL_WORKING); return RC_OK; }
 *	TEST(an_executor_takes_it_to_work) { world_run(taken); }
 */
#ifndef APP_WORLD_TEST_H
#define APP_WORLD_TEST_H

#include <stdio.h>

#include "app/app.h"
#include "base/test.h"
#include "db/test_store.h"
#include "standard/pack.h"

/* Staff of every body; the moderator and the analyst sit in the first one. */
enum post { POST_REGISTRAR, POST_HEAD, POST_EXECUTOR, POST_COEXECUTOR, POST_APPROVER, POST_SIGNER, POST_CONTROLLER, POST_MODERATOR, POST_PRESS, POST_N };
enum { WORLD_BODIES = 4 };

struct world {
	struct arena arena;
	struct app *app;
	char dir[64];
	int64_t body[WORLD_BODIES];      /* roads, utilities, health, and the akimat above them */
	int64_t place;                   /* a district */
	int64_t region;
	struct actor staff[WORLD_BODIES][POST_N];
	struct actor citizen, stranger, guest;
	struct when monday;              /* Monday 2 February 2026, 10:00: no holiday for weeks */
};

typedef enum rc scenario(struct ctx *c, const struct world *w);
/* Makes a world, runs the scenario in one transaction with the clock at w->monday, takes everything away. Fails the test on anything but RC_OK. */
void world_run(scenario *run);
/* The same without a transaction around it: for what writes by itself. store_sql() looks at the rows. */
void world_with(void (*run)(struct world *w, struct test_store *s));
/* The same with another country pack, which must have the four bodies. */
void world_run_country(scenario *run, struct str country);
/* The working day n days after monday, at an hour. */
struct when world_day(const struct world *w, int days, int hour);

enum rc world_wrong(const char *file, int line, const char *what, long long got, long long want);
#define WANT(cond)                                                                                 \
	do {                                                                                       \
		if (!(cond))                                                                       \
			return world_wrong(__FILE__, __LINE__, #cond, 0, 1);                       \
	} while (0)
#define WANT_INT(a, b)                                                                             \
	do {                                                                                       \
		long long want_a_ = (long long)(a), want_b_ = (long long)(b);                      \
		if (want_a_ != want_b_)                                                            \
			return world_wrong(__FILE__, __LINE__, #a " == " #b, want_a_, want_b_);    \
	} while (0)
#define WANT_STR(a, b) WANT(str_eq((a), (b)))
#define WANT_RC(expr, rc) WANT_INT((expr), (rc))
#define WANT_OK(expr) WANT_RC(expr, RC_OK)
/* Refused with this code and this message, and nothing is left of the try. */
#define WANT_REFUSED(c, expr, rc, msg)                                                             \
	do {                                                                                       \
		WANT_OK(db_savepoint((c)->db));                                                    \
		(c)->fail_msg = 0;                                                                 \
		WANT_RC(expr, rc);                                                                 \
		WANT_INT((c)->fail_msg, msg);                                                      \
		WANT_OK(db_rollback_to((c)->db));                                                  \
	} while (0)

#endif
