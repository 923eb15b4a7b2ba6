#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/random.h"
#include "http/conditional.h"
#include "http/inner.h"

#define QUIET_US (250 * WHEN_SECOND / 1000)
#define ARENA_BESIDE_BODY ((size_t)24 << 20) /* parsed fields, the page, its compressed form */

/* MHD tells of a request by its first line; from here on it has memory of its own. */
void *on_uri(void *cls, const char *uri, struct MHD_Connection *mhd)
{
	struct http_server *s = cls;
	struct http_connection_ *c = calloc(1, sizeof(*c));

	if (!c)
		abort();
	c->server = s;
	c->mhd = mhd;
	c->io = io_mine();
	c->rq.connection_ = c;
	c->rq.began_us = when_monotonic_us();
	c->uri = str_dup(&c->rq.arena, str_of(uri));
	atomic_fetch_add(&s->active, 1);
	return c;
}

static void request_over(struct http_connection_ *c)
{
	struct http_server *s = c->server;

	if (c->planned) {
		atomic_fetch_add(&s->requests, 1);
		s->app.sent(s->app.arg, &c->rq);
		c->planned = false;
	}
	arena_end(&c->rq.arena);
}

void on_completed(void *cls, struct MHD_Connection *mhd, void **con_cls, enum MHD_RequestTerminationCode code)
{
	struct http_server *s = cls;
	struct http_connection_ *c = *con_cls;
	struct http_socket *socket = socket_of(mhd);

	(void)code;
	if (socket)
		socket->head_since_us = when_monotonic_us();
	if (!c)
		return;
	*con_cls = NULL;
	if (c->viewer)
		sse_gone(c);
	request_over(c);
	free(c);
	atomic_fetch_sub(&s->active, 1);
}

static bool compressible(struct str type)
{
	return str_starts(type, S("text/")) || str_starts(type, S("application/json")) || str_ends(type, S("xml"));
}

static struct MHD_Response *response_of(struct http_connection_ *c)
{
	struct http_request *rq = &c->rq;
	struct http_response *r = &rq->response;
	struct str body = r->file.n ? r->file : out_done(&r->body), coding = r->file.n ? r->encoding : S("");

	if (r->sse)
		return sse_response(c);
	if (!r->file.n && compressible(r->type) && !r->no_compress && http_accepts_encoding(rq, "gzip")) {
		struct str packed = gzip(&rq->arena, body);

		if (packed.n) {
			body = packed;
			coding = S("gzip");
		}
	}
	static char nothing[1];
	struct MHD_Response *m = MHD_create_response_from_buffer(body.n, body.n ? (void *)(uintptr_t)body.p : nothing, MHD_RESPMEM_PERSISTENT);

	if (m)
		response_headers(c, m, coding);
	kept_store(c, body, coding);
	c->server->bytes_out += (int64_t)body.n;
	return m;
}

void response_headers(struct http_connection_ *c, struct MHD_Response *m, struct str coding)
{
	struct http_response *r = &c->rq.response;

	if (coding.n)
		MHD_add_response_header(m, "Content-Encoding", str_z(&c->rq.arena, coding));
	if (!r->file.n && compressible(r->type))
		MHD_add_response_header(m, "Vary", "Accept-Encoding");
	for (size_t i = 0; i < r->n_headers; i++)
		MHD_add_response_header(m, str_z(&c->rq.arena, r->headers[i].name), str_z(&c->rq.arena, r->headers[i].value));
}

static enum MHD_Result send_response(struct http_connection_ *c)
{
	struct http_request *rq = &c->rq;
	struct http_response *r = &rq->response;
	struct MHD_Response *m = response_of(c);

	if (!m)
		return MHD_NO;
	if (r->type.n && r->status != 304)
		MHD_add_response_header(m, "Content-Type", str_z(&rq->arena, r->type));
	if (c->server->stopping)
		MHD_add_response_header(m, "Connection", "close");
	enum MHD_Result ok = MHD_queue_response(c->mhd, r->status ? (unsigned)r->status : 500u, m);

	MHD_destroy_response(m);
	if (c->viewer)
		request_over(c); /* a stream lasts for hours and needs nothing of the request that began it */
	return ok;
}

static void say_refused(struct http_connection_ *c, int status)
{
	c->planned = true;
	c->server->app.refuse(c->server->app.arg, &c->rq, status);
}

/* The head is there: plan, and refuse at once what would only waste a body. */
static enum MHD_Result begin(struct http_connection_ *c, const char *method, const char *version)
{
	struct http_server *s = c->server;
	struct http_request *rq = &c->rq;
	struct http_socket *socket = socket_of(c->mhd);
	int64_t length = 0;

	if (socket)
		socket->head_since_us = 0;
	c->body = OUT_ON(&rq->arena);
	c->refuse = request_head(c, method, version);
	if (c->refuse) {
		say_refused(c, c->refuse);
		return send_response(c); /* MHD closes the connection: the rest of it is not to be trusted */
	}
	c->plan = s->app.plan(s->app.arg, rq);
	c->planned = true;
	c->body.limit = c->plan.body_max + 1;
	rq->arena.limit = c->plan.body_max * 2 + ARENA_BESIDE_BODY;
	bool sends_body = str_to_i64(http_header(rq, "content-length"), &length) || http_header(rq, "transfer-encoding").n;

	if (c->plan.refuse && sends_body && length) {
		s->app.handle(s->app.arg, rq);
		return send_response(c);
	}
	if (length > (int64_t)c->plan.body_max) {
		say_refused(c, 413);
		return send_response(c);
	}
	return MHD_YES;
}

static enum MHD_Result more(struct http_connection_ *c, const char *data, size_t *size)
{
	if (when_monotonic_us() - c->rq.began_us > (int64_t)c->server->options.request_sec * WHEN_SECOND)
		return MHD_NO;
	if (!c->refuse && c->body.n + *size > c->plan.body_max)
		c->refuse = 413;
	if (!c->refuse)
		out_bytes(&c->body, data, *size);
	if (c->body.failed && !c->refuse)
		c->refuse = 413;
	*size = 0;
	return MHD_YES;
}

static enum MHD_Result run(struct http_connection_ *c)
{
	struct http_server *s = c->server;
	int expected = RQ_HANDLING;

	if (!c->refuse && c->body.n)
		c->refuse = request_body(c);
	if (c->refuse) {
		say_refused(c, c->refuse);
		return send_response(c);
	}
	struct MHD_Response *kept = s->stopping ? NULL : kept_find(c);

	if (kept) {
		c->state = RQ_FINISHED;
		return MHD_queue_response(c->mhd, (unsigned)c->rq.response.status, kept);
	}
	c->state = RQ_HANDLING;
	if (s->app.handle(s->app.arg, &c->rq)) {
		c->state = RQ_FINISHED;
		return send_response(c);
	}
	/* the other thread may be done already: whoever comes second wakes the connection */
	MHD_suspend_connection(c->mhd);
	if (!atomic_compare_exchange_strong(&c->state, &expected, RQ_SUSPENDED))
		io_resume(c);
	return MHD_YES;
}

void http_finish(struct http_request *rq)
{
	struct http_connection_ *c = rq->connection_;

	if (atomic_exchange(&c->state, RQ_FINISHED) == RQ_SUSPENDED)
		io_resume(c);
}

enum MHD_Result on_request(void *cls, struct MHD_Connection *mhd, const char *url, const char *method, const char *version,
				  const char *data, size_t *size, void **con_cls)
{
	struct http_connection_ *c = *con_cls;

	(void)cls;
	(void)mhd;
	(void)url;
	if (!c)
		return MHD_NO;
	if (!c->planned)
		return begin(c, method, version);
	if (*size)
		return more(c, data, size);
	if (c->state == RQ_FINISHED) {
		if (c->server->app.finish)
			c->server->app.finish(c->server->app.arg, &c->rq);
		return send_response(c);
	}
	return run(c);
}

static unsigned port_of(int fd)
{
	struct sockaddr_storage got = { 0 };
	socklen_t n = sizeof(got);

	if (getsockname(fd, (struct sockaddr *)&got, &n) != 0)
		return 0;
	return ntohs(got.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)(void *)&got)->sin6_port : ((struct sockaddr_in *)(void *)&got)->sin_port);
}

/* Somebody else holds it too: connections wait in it while this program is started anew. */
static int take_over(int fd, struct str *ret_why)
{
	int on = 1, listens = 0;
	socklen_t n = sizeof(listens);

	if (getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &n) != 0 || !listens || fcntl(fd, F_SETFD, FD_CLOEXEC) != 0 ||
	    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK) != 0) {
		*ret_why = S("the socket that was handed over does not listen");
		return -1;
	}
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	return fd;
}

static int listen_on(const char *where, struct arena *a, struct str *ret_why)
{
	const char *colon = strrchr(where, ':');
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV }, *ai = NULL;
	struct str host = str_sub(str_of(where), 0, colon ? (size_t)(colon - where) : 0);
	int on = 1, fd = -1;
	int64_t port;

	if (host.n > 1 && host.p[0] == '[')
		host = str_sub(host, 1, host.n - 2);
	/* the C library would take 99999 and listen somewhere else */
	if (!colon || !str_to_i64(str_of(colon + 1), &port) || port < 0 || port > UINT16_MAX || getaddrinfo(host.n ? str_z(a, host) : NULL, colon + 1, &hints, &ai) != 0) {
		*ret_why = str_fmt(a, "%s is no ADDR:PORT", where);
		return -1;
	}
	fd = socket(ai->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd >= 0) {
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	}
	if (fd < 0 || bind(fd, ai->ai_addr, ai->ai_addrlen) != 0 || listen(fd, 4096) != 0) {
		*ret_why = str_fmt(a, "cannot listen on %s: %s", where, strerrorname_np(errno));
		if (fd >= 0)
			close(fd);
		fd = -1;
	}
	freeaddrinfo(ai);
	return fd;
}

enum rc http_start(const struct http_options *o, const struct http_app *app, struct arena *start, struct http_server **ret,
		   struct str *ret_why)
{
	struct http_server *s = ARENA_NEW(start, struct http_server);

	s->options = *o;
	s->app = *app;
	random_bytes(&s->next_id, sizeof(s->next_id));
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->wake, NULL);
	if (o->trusted_proxies && cidr_parse(start, str_of(o->trusted_proxies), &s->trusted) != RC_OK) {
		*ret_why = S("trusted-proxies is no list of CIDRs");
		return RC_INVALID;
	}
	s->listen_fd = o->listen_fd > 0 ? take_over(o->listen_fd, ret_why) : listen_on(o->listen, start, ret_why);
	if (s->listen_fd < 0)
		return RC_INVALID;
	s->port = port_of(s->listen_fd);
	if (!io_start(s, start)) {
		*ret_why = S("the HTTP daemon does not start: look at the limits of open files and at the TLS files");
		close(s->listen_fd);
		return RC_INTERNAL;
	}
	sockets_start(s);
	*ret = s;
	return RC_OK;
}

unsigned http_port(const struct http_server *s)
{
	return s->port;
}

/*
 * Requests under way finish. A connection that is open may have one on the wire, so there must be a moment in which nothing came; whoever asks meanwhile is
 * answered with "Connection: close".
 */
static void drain(struct http_server *s, int64_t end)
{
	struct timespec tick = { .tv_nsec = 20 * 1000 * 1000 };
	int64_t seen = s->requests, quiet_since = when_monotonic_us(), now;

	while ((now = when_monotonic_us()) < end && (s->active > s->viewers || (s->connections > s->viewers && now - quiet_since < QUIET_US))) {
		if (s->requests != seen || s->active > s->viewers)
			quiet_since = now;
		seen = s->requests;
		nanosleep(&tick, NULL);
	}
	while (s->viewers > 0 && when_monotonic_us() < end)
		nanosleep(&tick, NULL);
}

void http_stop(struct http_server *s, unsigned grace_sec)
{
	int64_t end = when_monotonic_us() + (int64_t)grace_sec * WHEN_SECOND;

	s->stopping = true;
	io_quiesce(s);
	pthread_mutex_lock(&s->lock);
	size_t hubs = s->n_hubs;

	pthread_mutex_unlock(&s->lock);
	for (size_t i = 0; i < hubs; i++)
		sse_close_all(s->hubs[i]);
	drain(s, end);
	sockets_stop(s);
	io_stop(s);
	close(s->listen_fd);
}

void http_stats(const struct http_server *s, struct http_stats *ret)
{
	*ret = (struct http_stats){ s->connections, s->requests, s->bytes_out, s->viewers };
}
