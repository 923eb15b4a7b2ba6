/*
 * route.h: one row per route, per job, per setting. A slice exports one struct module; src/app/modules.c lists them.
 */
#ifndef APP_ROUTE_H
#define APP_ROUTE_H

#include "app/req.h"

enum lane {
	READ,  /* read connection; on SQLite at once on the I/O thread */
	WRITE, /* inside the writer's transaction; the response leaves after the commit */
	SLOW,  /* route.slow first, in a pool without a database (password hash, image); then the handler as WRITE */
	PLAIN  /* no database at all */
};

enum rate { RL_NONE, RL_READ, RL_SEARCH, RL_WRITE, RL_SUBMIT, RL_SIGN_IN, RL_SIGN, RL_API, RL_N };

typedef enum rc handler(struct req *rq);

struct route {
	enum http_method method;
	const char *path; /* "/appeals/:number" */
	unsigned who;     /* role bits */
	enum rate rate;
	enum lane lane;
	handler *run;
	const struct form *form; /* POST: parsed before run; GET: the query string is parsed by the same rows */
	handler *again;          /* POST whose form has errors: draws the page again (runs in the READ lane) */
	handler *slow;           /* lane SLOW */
	bool keep;               /* GET: the same for every guest; a rendered page may be sent again for the setting page-keep */
	bool own_key;            /* POST: the handler knows a repeat by once_number(); no row in table once */
	bool api;                /* errors as JSON; no CSRF token, but an API key or nothing of the person */
};

struct job_kind {
	const char *name;
	/* Inside a write transaction of its own; may run twice, so it must be idempotent. */
	enum rc (*run)(struct ctx *c, struct str payload);
	/* Optional: work outside the transaction (SMTP, HTTP) before run; what it returns in *ret reaches run as payload. */
	enum rc (*outside)(struct ctx *c, struct str payload, struct str *ret);
	unsigned attempts_max;
	unsigned every_sec; /* > 0: repeats by itself with an empty payload; one runner at a time */
	unsigned every_ms;  /* the same for what must not wait for slow jobs: a thread of its own, no outside part */
};

/* What a duty is about, as lists of what is owed and letters name it. */
struct subject {
	struct str title, number; /* number empty: none */
	struct str public_title;  /* for everybody, where the title is not; empty: the title is */
	struct url to;            /* for everybody; empty: not public */
	struct url desk;          /* for officials of the body that owes */
	struct {                  /* for duties that a person owes; mail empty: nobody can be told */
		struct str mail, lang;
		int64_t account;
		struct url to;
	} person;
};

/* What became of a promise that came from a subject, in the words of whoever made it. */
struct subject_news {
	const char *what;    /* "done", "moved", "dropped", "not_now", "resumed" */
	int64_t about;       /* the promise: newer news of it take the place of older */
	int64_t account;     /* who says it */
	struct str text;
};

/* One row a subject_kind of duties; read by subject_show() (app/subject.h). */
struct subject_kind {
	const char *name; /* "appeal" */
	enum rc (*show)(struct ctx *c, const struct lang *l, int64_t id, struct subject *ret);
	enum rc (*news)(struct ctx *c, int64_t id, const struct subject_news *n); /* optional: tells those who wait for it there; in the caller's transaction */
};

/* What can be found by the one search (search/search.h). */
struct search_source {
	const char *kind;
	unsigned label; /* message: "Appeals" */
	/* Puts in what is public with ids below `before`, newest first, some hundreds; *ret_next: where to go on, 0: done. */
	enum rc (*fill)(struct ctx *c, int64_t before, int64_t *ret_next);
	bool pack; /* comes from the country pack: put in anew whenever that changes */
};

/* Work that has a pace of its own: how far it is behind is a metric, and above the alarm administrators see it on the page of jobs. */
struct lag {
	const char *metric, *help;
	int64_t alarm_sec;
	unsigned words; /* message with {minutes} */
	enum rc (*read)(struct ctx *c, int64_t *ret_sec);
};

struct setting; /* config.h */

struct module {
	const char *name;
	const struct route *routes;
	size_t n_routes;
	const struct job_kind *jobs;
	size_t n_jobs;
	const struct subject_kind *subjects;
	size_t n_subjects;
	const struct search_source *search;
	size_t n_search;
	const struct lag *lags;
	size_t n_lags;
	enum rc (*start)(struct app *app, struct arena *start); /* optional, once, before serving */
};

#endif
