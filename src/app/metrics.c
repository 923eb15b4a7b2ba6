#include "app/metrics.h"

#include <assert.h>
#include <stdio.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "app/jobs.h"
#include "base/log.h"
#include "gen/app_sql.h"

enum count { N_2XX, N_3XX, N_4XX, N_5XX, N_BUCKET_1MS, N_BUCKET_5MS, N_BUCKET_25MS, N_BUCKET_100MS, N_BUCKET_1S, N_BUCKET_INF, N_US, N_COUNTS };

static const struct { enum count at; int64_t us; const char *le; } buckets[] = {
	{ N_BUCKET_1MS, 1000, "0.001" },     { N_BUCKET_5MS, 5000, "0.005" }, { N_BUCKET_25MS, 25000, "0.025" },
	{ N_BUCKET_100MS, 100000, "0.1" },   { N_BUCKET_1S, 1000000, "1" },   { N_BUCKET_INF, INT64_MAX, "+Inf" },
};
static_assert(N_COUNTS <= sizeof(((struct app *)0)->count) / sizeof(int64_t), "struct app holds all counters");

static void bump(struct app *app, enum count c, int64_t by)
{
	atomic_fetch_add_explicit(&app->count[c], by, memory_order_relaxed);
}

void metrics_request(struct app *app, const struct http_request *http, const struct route *route)
{
	int status = http->response.status;
	int64_t us = when_monotonic_us() - http->began_us;
	enum count class = status < 300 ? N_2XX : status < 400 ? N_3XX : status < 500 ? N_4XX : N_5XX;
	const struct config *c = &app->config;
	bool write = http->method != HTTP_GET && http->method != HTTP_HEAD;

	bump(app, class, 1);
	bump(app, N_US, us);
	for (size_t i = 0; i < ARRAY_LEN(buckets); i++)
		if (us <= buckets[i].us) {
			bump(app, buckets[i].at, 1);
			break;
		}
	if (str_eq(c->access_log, S("none")))
		return;
	if (!str_eq(c->access_log, S("all")) && !write && status < 400 && us < 200000)
		return;
	LOG(LOG_INFO, "request", LOG_TEXT("id", str_of(http->id)), LOG_TEXT("method", http->method_text),
	    LOG_TEXT("route", str_of(route ? route->path : "-")), LOG_INT("status", status), LOG_INT("us", us));
}

static int64_t get(const struct app *app, enum count c)
{
	return atomic_load_explicit(&app->count[c], memory_order_relaxed);
}

static void family(struct out *o, const char *name, const char *type, const char *help)
{
	out_fmt(o, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void one(struct out *o, const char *name, const char *type, const char *help, int64_t v)
{
	family(o, name, type, help);
	out_fmt(o, "%s %lld\n", name, (long long)v);
}

static void requests(struct out *o, const struct app *app)
{
	static const char *const classes[] = { "2xx", "3xx", "4xx", "5xx" };
	int64_t sum = 0;

	family(o, "jauap_http_responses_total", "counter", "Responses by class of status.");
	for (size_t i = 0; i < ARRAY_LEN(classes); i++)
		out_fmt(o, "jauap_http_responses_total{class=\"%s\"} %lld\n", classes[i], (long long)get(app, (enum count)(N_2XX + i)));
	family(o, "jauap_http_request_duration_seconds", "histogram", "Time from the head of a request to the end of its response.");
	for (size_t i = 0; i < ARRAY_LEN(buckets); i++) {
		sum += get(app, buckets[i].at);
		out_fmt(o, "jauap_http_request_duration_seconds_bucket{le=\"%s\"} %lld\n", buckets[i].le, (long long)sum);
	}
	out_fmt(o, "jauap_http_request_duration_seconds_sum %.6f\n", (double)get(app, N_US) / 1e6);
	out_fmt(o, "jauap_http_request_duration_seconds_count %lld\n", (long long)sum);
}

static int64_t resident_bytes(void)
{
	long pages = 0, resident = 0;
	FILE *f = fopen("/proc/self/statm", "re");

	if (!f)
		return 0;
	int got = fscanf(f, "%ld %ld", &pages, &resident);

	fclose(f);
	return got == 2 ? (int64_t)resident * sysconf(_SC_PAGESIZE) : 0;
}

static void database(struct out *o, const struct app *app)
{
	struct db_stats d;

	db_stats(app->db, &d);
	one(o, "jauap_db_works_total", "counter", "Writes that were run.", d.works);
	one(o, "jauap_db_commits_total", "counter", "Transactions made durable.", d.commits);
	one(o, "jauap_db_rollbacks_total", "counter", "Writes that were taken back.", d.rollbacks);
	one(o, "jauap_db_retries_total", "counter", "Transactions run again after a conflict.", d.retries);
	one(o, "jauap_db_queue_length", "gauge", "Writes that wait for the writer.", d.queue);
	one(o, "jauap_db_wal_bytes", "gauge", "Size of the write-ahead log.", d.wal_bytes);
	family(o, "jauap_db_commit_seconds_total", "counter", "Time spent in commits.");
	out_fmt(o, "jauap_db_commit_seconds_total %.6f\n", (double)d.commit_us_sum / 1e6);
}

static enum rc lags(struct out *o, struct ctx *c)
{
	for (size_t i = 0; i < modules_n; i++)
		for (size_t k = 0; k < modules[i]->n_lags; k++) {
			const struct lag *l = &modules[i]->lags[k];
			int64_t sec;

			TRY(l->read(c, &sec));
			one(o, l->metric, "gauge", l->help, sec);
		}
	return RC_OK;
}

static enum rc metrics_get(struct req *rq)
{
	const struct app *app = rq->ctx.app;
	struct out o = OUT_ON(rq->ctx.arena);
	struct http_stats h;
	struct job_kind_row_list jobs;

	requests(&o, app);
	http_stats(app->http, &h);
	one(&o, "jauap_http_connections", "gauge", "Open connections.", h.connections);
	one(&o, "jauap_http_event_streams", "gauge", "Open event streams.", h.sse_viewers);
	one(&o, "jauap_http_sent_bytes_total", "counter", "Bytes of bodies sent.", h.bytes_out);
	database(&o, app);
	one(&o, "jauap_memory_resident_bytes", "gauge", "Memory that the process holds.", resident_bytes());
	TRY(job_overview(rq->ctx.db, &jobs));
	family(&o, "jauap_jobs_waiting", "gauge", "Jobs that wait, by kind.");
	for (size_t i = 0; i < jobs.n; i++)
		out_fmt(&o, "jauap_jobs_waiting{kind=\"%.*s\"} %lld\n", STR_FMT(jobs.v[i].kind), (long long)jobs.v[i].waiting);
	family(&o, "jauap_jobs_failed", "gauge", "Jobs that were given up, by kind.");
	for (size_t i = 0; i < jobs.n; i++)
		out_fmt(&o, "jauap_jobs_failed{kind=\"%.*s\"} %lld\n", STR_FMT(jobs.v[i].kind), (long long)jobs.v[i].failed);
	family(&o, "jauap_jobs_oldest_age_seconds", "gauge", "How long the oldest due job of a kind has waited.");
	for (size_t i = 0; i < jobs.n; i++) {
		int64_t age = rq->ctx.now.us - jobs.v[i].oldest_at.us;

		out_fmt(&o, "jauap_jobs_oldest_age_seconds{kind=\"%.*s\"} %lld\n", STR_FMT(jobs.v[i].kind),
			(long long)(age > 0 ? age / WHEN_SECOND : 0));
	}
	TRY(lags(&o, &rq->ctx));
	http_set_header(rq->http, S("Cache-Control"), S("no-store"));
	return send_text(rq, 200, "text/plain; version=0.0.4; charset=utf-8", out_done(&o));
}

static enum rc healthz_get(struct req *rq)
{
	http_set_header(rq->http, S("Cache-Control"), S("no-store"));
	return send_text(rq, 200, "text/plain", S("ok\n"));
}

/* Ready means: the next appeal can be made durable. */
static enum rc readyz_get(struct req *rq)
{
	struct str why = S("");
	const struct config *c = &rq->ctx.app->config;
	struct statvfs fs;
	struct out o = OUT_ON(rq->ctx.arena);
	enum rc database_rc = db_ready(rq->ctx.app->db, &why);
	bool disk = statvfs(str_z(rq->ctx.arena, c->data), &fs) == 0 && fs.f_bavail * fs.f_frsize > (uint64_t)64 << 20;
	bool clock = rq->ctx.now.us > 1735689600 * WHEN_SECOND; /* a machine that woke up in 1970 must not date appeals */
	bool ready = database_rc == RC_OK && disk && clock;

	out_fmt(&o, "{\"ready\":%s,\"database\":%s,\"disk\":%s,\"clock\":%s,\"why\":", ready ? "true" : "false",
		database_rc == RC_OK ? "true" : "false", disk ? "true" : "false", clock ? "true" : "false");
	out_json_str(&o, why);
	OUT_LIT(&o, "}\n");
	http_set_header(rq->http, S("Cache-Control"), S("no-store"));
	return send_json(rq, ready ? 200 : 503, out_done(&o));
}

static const struct route routes[] = {
	{ HTTP_GET, "/healthz", ANYONE, RL_NONE, PLAIN, healthz_get, .api = true },
	{ HTTP_GET, "/readyz", ANYONE, RL_NONE, PLAIN, readyz_get, .api = true },
	{ HTTP_GET, "/metrics", ANYONE, RL_NONE, READ, metrics_get, .api = true },
};

const struct module system_module = { .name = "system", .routes = routes, .n_routes = ARRAY_LEN(routes) };
