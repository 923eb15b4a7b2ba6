/*
 * Any bytes into the socket of a server: request line, heads, bodies with a length and in chunks. It lives, and what it answers to bytes that
 * come in two pieces is what it answers to them at once. The first byte says where they are cut.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fuzz.h"
#include "base/out.h"
#include "http/http.h"

#define BODY_MAX 2000
#define SOON_MS 2
#define ANSWER_MAX ((size_t)1 << 20)

static struct http_plan plan(void *arg, struct http_request *rq)
{
	(void)arg;
	(void)rq;
	return (struct http_plan){ .body_max = BODY_MAX };
}

/* Everything that was understood. */
static bool handle(void *arg, struct http_request *rq)
{
	struct out *o = &rq->response.body;

	(void)arg;
	*o = OUT_ON(&rq->arena);
	rq->response.type = S("text/plain");
	rq->response.status = 200;
	out_fmt(o, "%.*s %.*s %zu\n", STR_FMT(rq->method_text), STR_FMT(rq->path), rq->body.n);
	for (size_t i = 0; i < rq->n_query; i++)
		out_fmt(o, "%.*s=%.*s\n", STR_FMT(rq->query[i].name), STR_FMT(rq->query[i].value));
	for (size_t i = 0; i < rq->n_form; i++)
		out_fmt(o, "%.*s=%.*s\n", STR_FMT(rq->form[i].name), STR_FMT(rq->form[i].value));
	out_fmt(o, "%.*s", STR_FMT(http_cookie(rq, "who")));
	return true;
}

static void refuse(void *arg, struct http_request *rq, int status)
{
	(void)arg;
	rq->response.body = OUT_ON(&rq->arena);
	rq->response.type = S("text/plain");
	rq->response.status = status;
	out_fmt(&rq->response.body, "refused %d", status);
}

static void sent(void *arg, struct http_request *rq)
{
	(void)arg;
	(void)rq;
}

static unsigned port(void)
{
	static struct arena start;
	static struct http_server *server;
	struct str why = S("");
	struct http_options o = { .listen = "127.0.0.1:0", .threads = 1, .connections_max = 100, .idle_sec = 5, .request_sec = 5, .header_max = 4 << 10, .fields_max = 50 };
	struct http_app app = { .plan = plan, .handle = handle, .refuse = refuse, .sent = sent };

	if (!server && http_start(&o, &app, &start, &server, &why) != RC_OK)
		fuzz_must(false, "the server does not start", why);
	return http_port(server);
}

static int dial(void)
{
	struct sockaddr_in in = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port()) };
	struct linger reset = { .l_onoff = 1 }; /* no thousands of sockets in TIME_WAIT */
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;

	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
	if (connect(fd, (struct sockaddr *)&in, sizeof(in)) != 0)
		fuzz_must(false, "the server is gone", S(""));
	return fd;
}

/* The first answer is whole: its head and as many bytes as that says. */
static bool whole(struct str answer)
{
	size_t head = str_find(answer, S("\r\n\r\n"), 0), at = str_find(answer, S("Content-Length: "), 0);
	int64_t n = 0;

	if (head == SIZE_MAX)
		return false;
	if (at < head && !str_to_i64(str_sub(answer, at + 16, str_find_byte(answer, '\r', at) - at - 16), &n))
		return false;
	return answer.n >= head + 4 + (size_t)n;
}

/* Sends the pieces and takes down the first answer; the empty str when none comes soon: half a request has none. */
static struct str ask(struct arena *a, struct str one, struct str two)
{
	struct out o = { .arena = a, .limit = ANSWER_MAX };
	int fd = dial();
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char buf[4096];
	ssize_t n = send(fd, one.p, one.n, MSG_NOSIGNAL);

	if (n >= 0 && two.n)
		n = send(fd, two.p, two.n, MSG_NOSIGNAL);
	while (!whole(out_done(&o)) && poll(&p, 1, SOON_MS) == 1 && (n = recv(fd, buf, sizeof(buf), 0)) > 0)
		out_bytes(&o, buf, (size_t)n);
	close(fd);
	return whole(out_done(&o)) ? out_done(&o) : S("");
}

/* The first answer without its date. */
static struct str without_date(struct arena *a, struct str answer)
{
	size_t at = str_find(answer, S("\r\nDate: "), 0), end = str_find(answer, S("\r\n"), at + 2), head = str_find(answer, S("\r\n\r\n"), 0);
	size_t length = str_find(answer, S("Content-Length: "), 0);
	int64_t n = 0;

	if (length < head && !str_to_i64(str_sub(answer, length + 16, str_find_byte(answer, '\r', length) - length - 16), &n))
		return S("");
	answer = str_sub(answer, 0, head + 4 + (size_t)n);
	return at < head ? str_cat(a, str_sub(answer, 0, at), str_from(answer, end)) : answer;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str in = { (const char *)data, size };

	if (size < 2 || size > 8000)
		return 0;
	size_t at = 1 + (size_t)data[0] * (size - 1) / 256;
	struct str once = ask(&a, str_from(in, 1), S("")), twice = ask(&a, str_sub(in, 1, at - 1), str_from(in, at));

	if (once.n && twice.n)
		fuzz_must(str_eq(without_date(&a, once), without_date(&a, twice)), "two pieces are read otherwise than one", twice);
	return 0;
}
