/*
 * http.h: a server on libmicrohttpd. It parses hostile bytes into struct http_request with limits, and sends struct
 * http_response. It knows nothing of routes, sessions or databases.
 *
 * Life of a request: plan() is asked once the head is there (how large a body, is it refused at once?); the
 * body is read and parsed; handle() runs on the I/O thread. handle() either fills the response and returns true, or
 * returns false and promises that http_finish() will be called once, later, from any thread (the connection is
 * suspended meanwhile). The request, its arena and all that was parsed live until the response has been sent, of an event stream until
 * it has begun.
 */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include "base/out.h"
#include "base/when.h"

enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_PUT, HTTP_PATCH, HTTP_DELETE, HTTP_OPTIONS, HTTP_OTHER };

struct http_pair {
	struct str name, value; /* decoded; UTF-8 checked and cleaned (utf8.h) */
};

struct http_file {
	struct str field;     /* name of the form's field */
	struct str file_name; /* cleaned; never used as a path */
	struct str type;      /* what the sender claims */
	struct str bytes;
};

struct http_address {
	unsigned char ip[16]; /* IPv4 as ::ffff:a.b.c.d; behind a trusted proxy the client's own */
};

struct http_response {
	int status;        /* 200 ... 599 */
	struct str type;   /* Content-Type */
	struct out body;   /* arena of the request */
	struct str file;   /* a static body that outlives the request (embedded asset) instead of body */
	struct str encoding; /* Content-Encoding of file, if it was compressed at build time */
	struct http_pair headers[28];
	size_t n_headers;
	bool no_compress;  /* already compressed, or holds a secret beside text of the sender (BREACH) */
	struct sse_hub *sse; /* an event stream instead of a body */
	struct str sse_topic;
};

struct http_request {
	struct arena arena;
	enum http_method method;
	struct str method_text;
	struct str path;       /* decoded and cleaned; "//", "/./", "/../" refused with 400 */
	struct str query_text; /* as it came */
	struct http_pair *query;
	size_t n_query;
	struct http_pair *form; /* urlencoded or multipart fields */
	size_t n_form;
	struct http_file *files;
	size_t n_files;
	struct str body;        /* other types, raw */
	struct str content_type; /* without parameters, lower case */
	struct http_address from;
	bool https;             /* told by a trusted proxy, or TLS of our own */
	char id[17];            /* request id of the log, 16 hex digits */
	int64_t began_us;       /* monotonic */
	struct http_response response;
	void *user;             /* the application's own */
	struct http_connection_ *connection_;
};

/* Case-insensitive; the empty str if absent. */
struct str http_header(const struct http_request *rq, const char *name);
struct str http_cookie(const struct http_request *rq, const char *name);
/* First value by name; p NULL if absent. */
struct str http_query(const struct http_request *rq, struct str name);
struct str http_form(const struct http_request *rq, struct str name);

void http_set_header(struct http_request *rq, struct str name, struct str value); /* refuses CR, LF by assert */
/* HttpOnly; SameSite=Lax; Path=/; Secure when the request came by https (name then gets the __Host- prefix). max_age 0: of the
 * browser's session; negative: delete. */
void http_set_cookie(struct http_request *rq, const char *name, struct str value, int64_t max_age_sec);

struct http_plan {
	int refuse;         /* 0, or a status: the body is not read, handle() is called at once to say it nicely */
	size_t body_max;    /* bytes; above it 413 */
	unsigned keep_ms;   /* > 0: a 200 with an ETag and no cookie may be sent as it stands to others for so long */
	struct str keep_variant; /* what else the answer depends on (language), besides address and compression */
};

struct http_app {
	void *arg;
	struct http_plan (*plan)(void *arg, struct http_request *rq);
	bool (*handle)(void *arg, struct http_request *rq);
	/* On the connection's thread, after another one called http_finish(): what the answer still needs. May be NULL. */
	void (*finish)(void *arg, struct http_request *rq);
	/* The protocol itself is wrong (400, 408, 413, 414, 431 ...): make a page for that status; the request may be half empty. */
	void (*refuse)(void *arg, struct http_request *rq, int status);
	void (*sent)(void *arg, struct http_request *rq); /* for the access log; the last call with rq */
	void (*rest)(void *arg); /* an I/O thread has done all that had come and is about to wait; may be NULL */
};

struct http_options {
	const char *listen;          /* ADDR:PORT, [ADDR6]:PORT; port 0 lets the kernel choose */
	int listen_fd;               /* > 0: a socket that listens already and others hold too, instead of listen */
	unsigned threads;            /* I/O threads; 0: one a core */
	unsigned connections_max;    /* 20,000 */
	unsigned per_address_max;    /* open connections of one address; 0: no limit (behind a proxy) */
	unsigned idle_sec;           /* 30 */
	unsigned request_sec;        /* time to send head and body: 60 */
	size_t header_max;           /* at most 8 KiB */
	unsigned fields_max;         /* form fields and query items: 500 */
	const char *trusted_proxies; /* CIDRs whose X-Forwarded-For/-Proto are believed: "127.0.0.1/32,::1/128" */
	const char *tls_cert, *tls_key; /* PEM files; NULL: no TLS in the program */
};

struct http_server;
MUST_USE enum rc http_start(const struct http_options *o, const struct http_app *app, struct arena *start,
			    struct http_server **ret, struct str *ret_why);
unsigned http_port(const struct http_server *s);
void http_finish(struct http_request *rq);
/* No new connections; requests under way finish (at most grace_sec), event streams are closed. */
void http_stop(struct http_server *s, unsigned grace_sec);
struct http_stats {
	int64_t connections, requests, bytes_out, sse_viewers;
};
void http_stats(const struct http_server *s, struct http_stats *ret);

/* CIDR lists: "10.0.0.0/8, 2001:db8::/32". */
struct cidr_list;
MUST_USE enum rc cidr_parse(struct arena *a, struct str text, struct cidr_list **ret);
bool cidr_has(const struct cidr_list *l, const struct http_address *ip);
struct str http_address_text(struct arena *a, const struct http_address *ip);

/* Event streams. A hub keeps the last event of each topic, so that a new viewer has a picture at once. */
struct sse_hub;
struct sse_hub *sse_hub_new(struct arena *start, struct http_server *s);
void sse_hub_end(struct sse_hub *h); /* when nobody publishes or watches any more */
void sse_publish(struct sse_hub *h, struct str topic, struct str event, struct str data); /* any thread */

#endif
