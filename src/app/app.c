#include "app/app.h"

#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/command.h"
#include "app/dispatch.h"
#include "app/jobs.h"
#include "app/pool.h"
#include "app/rate.h"
#include "app/router.h"
#include "base/log.h"
#include "base/random.h"
#include "gen/migrations.h"
#include "standard/pack.h"

#define POOL_WAITING_MAX 10000
#define MEMORY_KEPT (4 << 20) /* bytes that each arena of malloc may hold on to */

static enum rc make_dir(struct arena *start, struct str path, struct str *ret_why)
{
	char *p = arena_alloc(start, path.n + 1);

	memcpy(p, path.p, path.n);
	for (size_t i = 1; i <= path.n; i++) {
		if (p[i] != '/' && p[i] != '\0')
			continue;
		char keep = p[i];

		p[i] = '\0';
		if (mkdir(p, 0700) != 0 && errno != EEXIST) {
			*ret_why = str_fmt(start, "cannot make folder %s: %s", p, strerrorname_np(errno));
			return RC_BUSY;
		}
		p[i] = keep;
	}
	return RC_OK;
}

/* The setting; else country/kz beside the program's folder (a build tree); else the place where a package puts it. */
static const char *country_dir(struct arena *start, const struct config *c)
{
	char exe[4096];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe));

	if (c->country.n)
		return str_z(start, c->country);
	for (int up = 0; n > 0 && up < 2; up++)
		while (n > 0 && exe[--n] != '/')
			continue;
	if (n > 0) {
		const char *beside = str_fmt(start, "%.*s/country/kz", (int)n, exe).p;

		if (access(beside, R_OK) == 0)
			return beside;
	}
	return "/usr/share/jauap/country/kz";
}

static enum rc open_pack(struct app *app, struct str *ret_why)
{
	const char *dir = app->country_dir = country_dir(app->start, &app->config);
	struct pack_problems problems = { 0 };
	struct pack *pack;
	enum rc rc = pack_load(app->start, dir, &pack, &problems);

	if (rc != RC_OK) {
		*ret_why = problems.n ? str_fmt(app->start, "country pack %s: %.*s (and %zu more)", dir, STR_FMT(problems.v[0]),
						problems.n - 1)
				      : str_fmt(app->start, "country pack %s cannot be read", dir);
		return rc;
	}
	app->pack = pack;
	enum rc zone = when_zone(str_z(app->start, pack->zone));

	if (zone != RC_OK)
		*ret_why = str_fmt(app->start, "the tz database has no zone %.*s", STR_FMT(pack->zone));
	return zone;
}

static sigset_t stop_signals(void)
{
	sigset_t stop;

	sigemptyset(&stop);
	sigaddset(&stop, SIGTERM);
	sigaddset(&stop, SIGINT);
	return stop;
}

static enum rc open_database(struct app *app, struct str *ret_why)
{
	const struct config *c = &app->config;
	struct db_options o = {
		.path = str_fmt(app->start, "%.*s/jauap.db", STR_FMT(c->data)).p,
		.url = c->database.n ? str_z(app->start, c->database) : NULL,
		.listen_url = c->database_direct.n ? str_z(app->start, c->database_direct) : NULL,
		.readers = (unsigned)c->db_readers,
		.writers = (unsigned)c->db_writers,
		.filling = c->filling,
	};

	sigset_t stop = stop_signals(), before;

	/* its threads leave them to the one that waits: a stop in the first moment is a stop, not a death */
	pthread_sigmask(SIG_BLOCK, &stop, &before);
	enum rc rc = db_open(&o, app->start, &app->db, ret_why);

	pthread_sigmask(SIG_SETMASK, &before, NULL);
	TRY(rc);
	return db_migrate(app->db, migrations, migrations_n, ret_why);
}

enum rc app_open(struct arena *start, const struct config *c, struct app **ret, struct str *ret_why)
{
	struct app *app = ARENA_NEW(start, struct app);

	app->config = *c;
	app->start = start;
	app->started = when_now();
	id_node_set((unsigned)c->node);
	TRY(open_pack(app, ret_why));
	TRY(make_dir(start, c->data, ret_why));
	TRY(keys_open(start, c->data, &app->keys, ret_why));
	app->demo = access(str_fmt(start, "%.*s/demo", STR_FMT(c->data)).p, F_OK) == 0;
	TRY(open_database(app, ret_why));
	if (rate_make(start, c->rate_allow, c->rate_off, &app->rate) != RC_OK) {
		*ret_why = S("rate-allow is no list of CIDRs");
		return RC_INVALID;
	}
	app->router = router_make(start, modules, modules_n);
	for (size_t i = 0; i < modules_n; i++)
		if (modules[i]->start)
			TRY(modules[i]->start(app, start));
	*ret = app;
	return RC_OK;
}

void app_close(struct app *app)
{
	db_close(app->db);
	if (app->sse)
		sse_hub_end(app->sse);
}

/* Socket activation as systemd does it (sd_listen_fds(3)): the socket outlives the program, and a restart refuses nobody. */
static int handed_socket(void)
{
	int64_t pid = 0, n = 0;

	if (!str_to_i64(str_of(getenv("LISTEN_PID")), &pid) || !str_to_i64(str_of(getenv("LISTEN_FDS")), &n) || pid != getpid() || n < 1)
		return 0;
	return 3;
}

static enum rc start_http(struct app *app, struct str *ret_why)
{
	const struct config *c = &app->config;
	struct arena *a = app->start;
	struct http_options o = {
		.listen = str_z(a, c->listen),
		.listen_fd = handed_socket(),
		.threads = (unsigned)c->io_threads,
		.connections_max = (unsigned)c->connections_max,
		.per_address_max = (unsigned)c->per_address_max,
		.idle_sec = (unsigned)c->idle_sec,
		.request_sec = (unsigned)c->request_sec,
		.header_max = 8 << 10,
		.fields_max = 500,
		.trusted_proxies = c->trusted_proxies.n ? str_z(a, c->trusted_proxies) : NULL,
		.tls_cert = c->tls_cert.n ? str_z(a, c->tls_cert) : NULL,
		.tls_key = c->tls_key.n ? str_z(a, c->tls_key) : NULL,
	};
	struct http_app http = dispatch_app(app);

	/* the hub must be there before the first request; the server tells it who watches */
	app->sse = sse_hub_new(a, NULL);
	TRY(http_start(&o, &http, a, &app->http, ret_why));
	if (!app->public_url.n) {
		struct str host = str_sub(c->listen, 0, c->listen.n);

		while (host.n && host.p[host.n - 1] != ':')
			host.n--;
		app->public_url = c->public_url.n ? c->public_url
						  : str_fmt(a, "http://%.*s%u", STR_FMT(host), http_port(app->http));
	}
	return RC_OK;
}

enum rc app_serve(struct app *app, struct str *ret_why)
{
	sigset_t stop = stop_signals();
	int got;

	/* blocked before any thread starts, so that only sigwait() sees them */
	pthread_sigmask(SIG_BLOCK, &stop, NULL);
	signal(SIGPIPE, SIG_IGN);
	/* memory of a request goes back to the kernel and is asked for again thousands of times a second otherwise */
	mallopt(M_TRIM_THRESHOLD, MEMORY_KEPT);
	mallopt(M_MMAP_THRESHOLD, MEMORY_KEPT);
	bool postgres = db_engine(app->db) == DB_POSTGRES;

	app->pool = pool_start(postgres ? (unsigned)app->config.db_readers : 2, POOL_WAITING_MAX);
	TRY(start_http(app, ret_why));
	TRY(jobs_start(app, &app->jobs));
	LOG(LOG_INFO, "serving", LOG_TEXT("listen", app->config.listen), LOG_INT("port", http_port(app->http)),
	    LOG_TEXT("database", postgres ? S("postgresql") : S("sqlite")));
	sigwait(&stop, &got);
	LOG(LOG_INFO, "stopping", LOG_INT("signal", got));
	http_stop(app->http, (unsigned)app->config.grace_sec);
	jobs_stop(app->jobs);
	pool_stop(app->pool);
	return RC_OK;
}

struct app *command_open(struct arena *start, const struct config *c)
{
	struct app *app;
	struct str why = S("");
	enum rc rc = app_open(start, c, &app, &why);

	if (rc == RC_OK)
		return app;
	fprintf(stderr, "jauap: %s: %.*s\n", rc_name(rc), STR_FMT(why));
	return NULL;
}
