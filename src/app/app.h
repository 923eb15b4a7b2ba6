/*
 * app.h: what lives as long as the process. Made once by app_open(), read-only while serving; the parts that change
 * (rate limits, pools, metrics) guard themselves.
 */
#ifndef APP_APP_H
#define APP_APP_H

#include <stdatomic.h>

#include "app/config.h"
#include "app/crypt.h"
#include "app/route.h"

struct pack; /* standard/pack.h */
struct router;
struct rate_limiter;
struct pool;
struct job_runner;
struct suggest_gazetteer;

struct app {
	struct config config;
	struct arena *start;
	struct db_pool *db;
	const struct keys *keys;
	const struct pack *pack;
	const char *country_dir;
	bool demo;             /* DATA/demo is there: demonstration sign-ins and /demo/mail */
	struct str public_url; /* no slash at the end */
	struct when started;
	struct http_server *http;
	struct sse_hub *sse;
	const struct router *router;
	struct rate_limiter *rate;
	struct pool *pool;      /* threads for SLOW work and, on PostgreSQL, for READ */
	struct job_runner *jobs;
	const struct suggest_gazetteer *gazetteer; /* text/suggest.h, made by the filing pages */
	_Atomic int64_t count[16]; /* metrics.h */
};

/* Opens everything but the network: pack, keys, database (migrated), modules. One English line in ret_why on failure. */
MUST_USE enum rc app_open(struct arena *start, const struct config *c, struct app **ret, struct str *ret_why);
void app_close(struct app *app);
/* Serves until SIGTERM or SIGINT. */
MUST_USE enum rc app_serve(struct app *app, struct str *ret_why);

/* THE list of modules (modules.c). */
extern const struct module *const modules[];
extern const size_t modules_n;

/* A context for jobs and commands. */
struct ctx app_ctx(const struct app *app, struct arena *a, struct db *db);

#endif
