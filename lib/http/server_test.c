/* The server over real sockets: what it takes, what it refuses and how, who waits for whom. The application behind it says what it was told. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/test.h"
#include "http/conditional.h"
#include "http/http.h"

#define BODY_MAX 1000
#define PATIENCE_SEC 20

struct world {
	struct arena arena;
	struct http_server *server;
	struct http_options options;
	_Atomic int known, sent;
	struct http_request *_Atomic waiting; /* a request that another thread will finish */
	_Atomic int made;		      /* pages of /keep */
	_Atomic bool holds, let;	      /* /hold keeps its I/O thread busy until it is let go */
	struct sse_hub *hub;		      /* /watch/NAME is a topic of it */
};

static struct http_plan plan(void *arg, struct http_request *rq)
{
	struct world *w = arg;

	w->known++;
	rq->user = w;
	if (str_eq(rq->path, S("/closed")))
		return (struct http_plan){ .refuse = 405 };
	if (str_eq(rq->path, S("/keep")))
		return (struct http_plan){ .body_max = BODY_MAX, .keep_ms = 60000, .keep_variant = S("kk") };
	return (struct http_plan){ .body_max = BODY_MAX };
}

static void pairs(struct out *o, const char *name, const struct http_pair *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		out_fmt(o, "%s %.*s=%.*s\n", name, STR_FMT(v[i].name), STR_FMT(v[i].value));
}

static void echo(struct http_request *rq)
{
	struct out *o = &rq->response.body;
	struct str from = http_address_text(&rq->arena, &rq->from);

	out_fmt(o, "%.*s %.*s\n", STR_FMT(rq->method_text), STR_FMT(rq->path));
	pairs(o, "query", rq->query, rq->n_query);
	pairs(o, "form", rq->form, rq->n_form);
	for (size_t i = 0; i < rq->n_files; i++)
		out_fmt(o, "file %.*s %zu\n", STR_FMT(rq->files[i].field), rq->files[i].bytes.n);
	out_fmt(o, "body %zu\nfrom %.*s%s\n", rq->body.n, STR_FMT(from), rq->https ? " https" : "");
	struct str cookie = http_cookie(rq, "who");

	if (cookie.n)
		out_fmt(o, "cookie %.*s\n", STR_FMT(cookie));
}

static void page(struct world *w, struct http_request *rq)
{
	for (int i = 0; i < 300; i++)
		out_fmt(&rq->response.body, "<p>%d Жауап</p>", i);
	out_fmt(&rq->response.body, "<!-- %d -->", str_eq(rq->path, S("/keep")) ? ++w->made : 0);
	if (http_not_modified(rq, http_etag_of(&rq->arena, out_done(&rq->response.body)), (struct when){ 0 }))
		rq->response.body = OUT_ON(&rq->arena);
}

static bool handle(void *arg, struct http_request *rq)
{
	struct world *w = arg;

	rq->response.body = OUT_ON(&rq->arena);
	rq->response.type = S("text/html; charset=utf-8");
	rq->response.status = str_eq(rq->path, S("/closed")) ? 405 : 200;
	if (str_eq(rq->path, S("/later"))) {
		echo(rq);
		w->waiting = rq;
		return false;
	}
	if (str_eq(rq->path, S("/hold")))
		for (w->holds = true; !w->let;)
			usleep(1000);
	if (str_starts(rq->path, S("/watch/"))) {
		rq->response.sse = w->hub;
		rq->response.sse_topic = rq->path;
	}
	if (str_eq(rq->path, S("/page")) || str_eq(rq->path, S("/keep")))
		page(w, rq);
	else
		echo(rq);
	if (str_eq(rq->path, S("/cookie")))
		http_set_cookie(rq, "who", S("me"), 60);
	return true;
}

static void refuse(void *arg, struct http_request *rq, int status)
{
	struct world *w = arg;

	w->known += !rq->user;
	rq->response.body = OUT_ON(&rq->arena);
	rq->response.type = S("text/plain");
	rq->response.status = status;
	out_fmt(&rq->response.body, "refused %d", status);
}

static void sent(void *arg, struct http_request *rq)
{
	struct world *w = arg;

	(void)rq;
	w->sent++;
}

static void begin(struct world *w)
{
	struct http_app app = { .arg = w, .plan = plan, .handle = handle, .refuse = refuse, .sent = sent };
	struct str why = S("");

	if (!w->options.listen)
		w->options.listen = "127.0.0.1:0";
	w->options.threads = w->options.threads ? w->options.threads : 2;
	w->options.connections_max = 200;
	w->options.idle_sec = w->options.idle_sec ? w->options.idle_sec : 30;
	w->options.request_sec = w->options.request_sec ? w->options.request_sec : 30;
	w->options.header_max = 8 << 10;
	w->options.fields_max = 20;
	if (http_start(&w->options, &app, &w->arena, &w->server, &why) != RC_OK)
		fail_msg("%.*s", STR_FMT(why));
}

static void end(struct world *w)
{
	http_stop(w->server, 5);
	CHECK_INT(w->known, w->sent); /* each that was begun is told to be over, once */
	arena_end(&w->arena);
}

static int dial(const struct world *w)
{
	struct sockaddr_in in = { .sin_family = AF_INET, .sin_port = htons((uint16_t)http_port(w->server)) };
	struct timeval patience = { .tv_sec = PATIENCE_SEC };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	assert_int_equal(connect(fd, (struct sockaddr *)&in, sizeof(in)), 0);
	return fd;
}

static void say(int fd, struct str s)
{
	while (s.n) {
		ssize_t n = send(fd, s.p, s.n, MSG_NOSIGNAL);

		if (n <= 0)
			return; /* the server had enough: its answer says why */
		s = str_from(s, (size_t)n);
	}
}

static size_t length_of(struct str head)
{
	size_t at = str_find(head, S("Content-Length: "), 0);
	int64_t n = 0;

	if (at == SIZE_MAX || !str_to_i64(str_sub(head, at + 16, str_find_byte(head, '\r', at) - at - 16), &n))
		return 0;
	return (size_t)n;
}

/* One whole answer; empty when the connection ended before it. */
static struct str hear(struct world *w, int fd, bool head_only)
{
	struct out o = OUT_ON(&w->arena);
	char c;

	/* byte by byte, so that the next answer stays in the socket */
	while (str_find(out_done(&o), S("\r\n\r\n"), 0) == SIZE_MAX) {
		if (recv(fd, &c, 1, 0) != 1)
			return S("");
		out_char(&o, c);
	}
	for (size_t left = head_only ? 0 : length_of(out_done(&o)); left; left--) {
		if (recv(fd, &c, 1, 0) != 1)
			return S("");
		out_char(&o, c);
	}
	return out_done(&o);
}

static int status_of(struct str answer)
{
	int64_t n = 0;

	return str_starts(answer, S("HTTP/1.1 ")) && str_to_i64(str_sub(answer, 9, 3), &n) ? (int)n : 0;
}

static bool has(struct str answer, const char *what)
{
	return str_find(answer, str_of(what), 0) != SIZE_MAX;
}

static bool ended(int fd)
{
	char c;

	return recv(fd, &c, 1, 0) <= 0;
}

static struct str ask(struct world *w, const char *request)
{
	int fd = dial(w);

	say(fd, str_of(request));
	struct str answer = hear(w, fd, str_starts(str_of(request), S("HEAD")));

	close(fd);
	return answer;
}

TEST(a_request_arrives_decoded)
{
	struct world w = { 0 };

	begin(&w);
	struct str a = ask(&w, "GET /%D2%9A%20a?x=1+2&y=%26 HTTP/1.1\r\nHost: h\r\nCookie: a=b; who=me\r\n\r\n");

	CHECK_INT(status_of(a), 200);
	CHECK(has(a, "GET /Қ a\nquery x=1 2\nquery y=&\nbody 0\nfrom 127.0.0.1\ncookie me\n"));
	a = ask(&w, "POST / HTTP/1.1\r\nHost: h\r\nContent-Type: Application/X-www-form-urlencoded; charset=utf-8\r\nContent-Length: 11\r\n\r\na=%D2%9B&b=");
	CHECK(has(a, "form a=қ\nform b=\nbody 11\n"));
	a = ask(&w, "POST / HTTP/1.1\r\nHost: h\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 77\r\n\r\n"
		    "--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\"\r\n\r\nabc\r\n--x--\r\n\r\n");
	CHECK(has(a, "file a 3\n"));
	a = ask(&w, "HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
	CHECK_INT(status_of(a), 200);
	a = ask(&w, "BREW /pot HTTP/1.1\r\nHost: h\r\n\r\n");
	CHECK(has(a, "BREW /pot"));
	end(&w);
}

TEST(a_body_in_pieces_is_the_body)
{
	struct world w = { 0 };
	static const char *const pieces[] = { "POST / HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form", "-urlencoded\r\nTransfer-Encoding: chu",
		"nked\r\n\r\n3\r", "\na=1\r\n", "6;x=y\r\n&b=%", "32\r\n0\r\n", "\r\n" };

	begin(&w);
	int fd = dial(&w);

	for (size_t i = 0; i < ARRAY_LEN(pieces); i++)
		say(fd, str_of(pieces[i]));
	struct str a = hear(&w, fd, false);

	CHECK(has(a, "form a=1\nform b=2\nbody 9\n"));
	close(fd);
	end(&w);
}

TEST(what_is_wrong_with_the_protocol_is_said)
{
	static const struct { const char *request; int status; } cases[] = {
		{ "GET / HTTP/1.1\r\n\r\n", 400 },
		{ "GET /../etc HTTP/1.1\r\nHost: h\r\n\r\n", 400 },
		{ "GET /%2e%2e/etc HTTP/1.1\r\nHost: h\r\n\r\n", 400 },
		{ "GET /%ff HTTP/1.1\r\nHost: h\r\n\r\n", 400 },
		{ "GET /?a=%zz HTTP/1.1\r\nHost: h\r\n\r\n", 400 },
		{ "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400 },
		{ "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400 },
		{ "POST / HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\na=%", 400 },
		{ "POST / HTTP/1.1\r\nHost: h\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 3\r\n\r\n--y", 400 },
		{ "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1001\r\n\r\n", 413 },
		{ "POST /closed HTTP/1.1\r\nHost: h\r\nContent-Length: 500\r\n\r\n", 405 },
		{ "GET /?1&2&3&4&5&6&7&8&9&10&11&12&13&14&15&16&17&18&19&20&21 HTTP/1.1\r\nHost: h\r\n\r\n", 414 },
	};
	struct world w = { 0 };

	begin(&w);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str a = ask(&w, cases[i].request);

		if (status_of(a) != cases[i].status)
			fail_msg("%s gives %.*s", cases[i].request, STR_FMT(a));
	}
	/* the daemon itself refuses what is no HTTP, without asking us */
	CHECK_INT(status_of(ask(&w, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: abc\r\n\r\n")), 400);
	CHECK_INT(status_of(ask(&w, "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")), 400);
	end(&w);
}

static struct str long_request(struct world *w, size_t path, size_t header)
{
	struct out o = OUT_ON(&w->arena);

	OUT_LIT(&o, "GET /");
	for (size_t i = 0; i < path; i++)
		out_char(&o, 'a');
	OUT_LIT(&o, " HTTP/1.1\r\nHost: h\r\nX-Long: ");
	for (size_t i = 0; i < header; i++)
		out_char(&o, 'b');
	OUT_LIT(&o, "\r\n\r\n");
	return out_done(&o);
}

TEST(heads_have_limits)
{
	static const struct { size_t path, header; int status; } cases[] = {
		{ 4000, 10, 200 }, { 5000, 10, 414 }, { 10, 7000, 200 }, { 10, 9000, 431 },
	};
	struct world w = { 0 };

	begin(&w);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str a = ask(&w, str_z(&w.arena, long_request(&w, cases[i].path, cases[i].header)));

		CHECK_INT(status_of(a), cases[i].status);
	}
	CHECK_INT(status_of(ask(&w, str_z(&w.arena, long_request(&w, 10, 200000)))), 431);
	end(&w);
}

TEST(a_body_that_grows_without_end_is_stopped)
{
	struct world w = { 0 };
	int fd;

	begin(&w);
	fd = dial(&w);
	say(fd, S("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"));
	for (int i = 0; i < 30; i++)
		say(fd, S("32\r\n01234567890123456789012345678901234567890123456789\r\n"));
	say(fd, S("0\r\n\r\n"));
	struct str a = hear(&w, fd, false);

	CHECK_INT(status_of(a), 413);
	CHECK(has(a, "refused 413"));
	close(fd);
	end(&w);
}

TEST(requests_on_one_connection_are_answered_in_order)
{
	struct world w = { 0 };

	begin(&w);
	int fd = dial(&w);

	say(fd, S("GET /one HTTP/1.1\r\nHost: h\r\n\r\nPOST /two HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabcGET /three HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"));
	CHECK(has(hear(&w, fd, false), "GET /one\n"));
	CHECK(has(hear(&w, fd, false), "POST /two\nbody 3\n"));
	CHECK(has(hear(&w, fd, false), "GET /three\n"));
	CHECK(ended(fd));
	close(fd);
	end(&w);
}

TEST(an_answer_may_come_from_another_thread)
{
	struct world w = { .options = { .threads = 1 } };

	begin(&w);
	int fd = dial(&w);

	say(fd, S("GET /later HTTP/1.1\r\nHost: h\r\n\r\n"));
	while (!w.waiting)
		CHECK(has(ask(&w, "GET /else HTTP/1.1\r\nHost: h\r\n\r\n"), "GET /else")); /* the one thread serves others meanwhile */
	http_finish(w.waiting);
	CHECK(has(hear(&w, fd, false), "GET /later\n"));
	close(fd);
	end(&w);
}

static void *stop(void *arg)
{
	struct world *w = arg;

	http_stop(w->server, PATIENCE_SEC);
	return NULL;
}

static struct str watch(struct world *w, int fd, const char *until)
{
	struct out o = OUT_ON(&w->arena);
	char c;

	while (str_find(out_done(&o), str_of(until), 0) == SIZE_MAX && recv(fd, &c, 1, 0) == 1)
		out_char(&o, c);
	return out_done(&o);
}

TEST(a_viewer_hears_its_own_topic_only_however_many_there_are)
{
	struct world w = { 0 };
	char name[32];

	w.hub = sse_hub_new(&w.arena, NULL);
	begin(&w);
	for (int i = 0; i < 20000; i++) {
		int n = snprintf(name, sizeof(name), "/watch/%d", i);

		sse_publish(w.hub, (struct str){ name, (size_t)n }, S("numbers"), S("old"));
	}
	int fd = dial(&w);

	say(fd, S("GET /watch/mine HTTP/1.1\r\nHost: h\r\n\r\n"));
	CHECK_INT(status_of(watch(&w, fd, "\n\n\r\n")), 200);
	sse_publish(w.hub, S("/watch/other"), S("numbers"), S("of another"));
	sse_publish(w.hub, S("/watch/mine"), S("numbers"), S("of mine"));
	struct str heard = watch(&w, fd, "of mine");

	CHECK(has(heard, "of mine"));
	CHECK(!has(heard, "of another"));
	close(fd);
	http_stop(w.server, 5);
	sse_hub_end(w.hub);
	arena_end(&w.arena);
}

TEST(a_stop_lets_requests_under_way_finish)
{
	struct world w = { 0 };
	pthread_t stopper;

	begin(&w);
	int fd = dial(&w);

	say(fd, S("GET /later HTTP/1.1\r\nHost: h\r\n\r\n"));
	while (!w.waiting)
		usleep(1000);
	assert_int_equal(pthread_create(&stopper, NULL, stop, &w), 0);
	http_finish(w.waiting);
	CHECK_INT(status_of(hear(&w, fd, false)), 200);
	pthread_join(stopper, NULL);
	CHECK_INT(w.sent, 1);
	close(fd);
	arena_end(&w.arena);
}

TEST(pages_are_compressed_for_those_who_say_so)
{
	struct world w = { 0 };

	begin(&w);
	struct str plain = ask(&w, "GET /page HTTP/1.1\r\nHost: h\r\n\r\n");
	struct str packed = ask(&w, "GET /page HTTP/1.1\r\nHost: h\r\nAccept-Encoding: br, gzip;q=0.5\r\n\r\n");
	struct str never = ask(&w, "GET /page HTTP/1.1\r\nHost: h\r\nAccept-Encoding: gzip;q=0\r\n\r\n");

	CHECK(!has(plain, "Content-Encoding") && has(plain, "Vary: Accept-Encoding"));
	CHECK(has(packed, "Content-Encoding: gzip") && packed.n < plain.n / 3);
	CHECK(!has(never, "Content-Encoding"));
	end(&w);
}

TEST(a_page_that_the_client_has_is_not_sent)
{
	struct world w = { 0 };

	begin(&w);
	struct str a = ask(&w, "GET /page HTTP/1.1\r\nHost: h\r\n\r\n");
	size_t at = str_find(a, S("ETag: "), 0);
	struct str tag = str_sub(a, at + 6, 34);
	struct str b = ask(&w, str_fmt(&w.arena, "GET /page HTTP/1.1\r\nHost: h\r\nIf-None-Match: \"old\", W/%.*s\r\n\r\n", STR_FMT(tag)).p);

	CHECK_INT(status_of(b), 304);
	CHECK(!has(b, "<p>"));
	CHECK_INT(status_of(ask(&w, "GET /page HTTP/1.1\r\nHost: h\r\nIf-None-Match: \"old\"\r\n\r\n")), 200);
	end(&w);
}

TEST(a_page_for_everybody_is_made_once_and_kept)
{
	struct world w = { .options = { .threads = 1 } }; /* each thread keeps its own */

	begin(&w);
	struct str first = ask(&w, "GET /keep HTTP/1.1\r\nHost: h\r\n\r\n"), second = ask(&w, "GET /keep HTTP/1.1\r\nHost: h\r\n\r\n");

	CHECK(has(first, "<!-- 1 -->") && has(second, "<!-- 1 -->"));
	CHECK(has(ask(&w, "GET /keep?x=1 HTTP/1.1\r\nHost: h\r\n\r\n"), "<!-- 2 -->"));
	CHECK_INT(status_of(ask(&w, "GET /keep HTTP/1.1\r\nHost: h\r\nAccept-Encoding: gzip\r\n\r\n")), 200);
	CHECK_INT(w.made, 3);
	struct str tag = str_sub(first, str_find(first, S("ETag: "), 0) + 6, 34);

	CHECK_INT(status_of(ask(&w, str_fmt(&w.arena, "GET /keep HTTP/1.1\r\nHost: h\r\nIf-None-Match: %.*s\r\n\r\n", STR_FMT(tag)).p)), 304);
	CHECK_INT(w.made, 3);
	http_stop(w.server, 5);
	arena_end(&w.arena);
}

TEST(a_proxy_is_believed_only_when_it_is_ours)
{
	static const char request[] = "GET / HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 203.0.113.9, 192.0.2.7\r\nX-Forwarded-Proto: https\r\n\r\n";
	struct world w = { 0 }, behind = { .options = { .trusted_proxies = "127.0.0.1/32, 192.0.2.0/24" } },
		     near = { .options = { .trusted_proxies = "127.0.0.1" } };

	begin(&w);
	CHECK(has(ask(&w, request), "from 127.0.0.1\n"));
	end(&w);
	begin(&behind);
	CHECK(has(ask(&behind, request), "from 203.0.113.9 https\n"));
	CHECK(has(ask(&behind, "GET / HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: nonsense\r\n\r\n"), "from 127.0.0.1\n"));
	CHECK(has(ask(&behind, "GET / HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 198.51.100.1\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n"), "from 203.0.113.9\n"));
	CHECK(has(ask(&behind, "GET /cookie HTTP/1.1\r\nHost: h\r\nX-Forwarded-Proto: https\r\n\r\n"),
		  "Set-Cookie: __Host-who=me; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60"));
	end(&behind);
	begin(&near);
	CHECK(has(ask(&near, request), "from 192.0.2.7 https\n"));
	end(&near);
}

TEST(whoever_says_nothing_is_sent_away)
{
	struct world w = { .options = { .idle_sec = 1 } };

	begin(&w);
	int silent = dial(&w), half = dial(&w);

	say(half, S("GET / HTTP/1.1\r\nHo"));
	CHECK(ended(silent));
	CHECK(ended(half));
	CHECK_INT(status_of(ask(&w, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")), 200);
	close(silent);
	close(half);
	end(&w);
}

TEST(a_head_sent_drop_by_drop_is_cut)
{
	struct world w = { .options = { .idle_sec = 1, .request_sec = 1 } };
	char c;

	begin(&w);
	int fd = dial(&w);
	int drops = 0;

	say(fd, S("GET / HTTP/1.1\r\nHost: h\r\nX: "));
	/* a byte every fifth of a second is never idle; in all it gets two seconds and the sweeper's five */
	for (; drops < 5 * PATIENCE_SEC; drops++) {
		say(fd, S("a"));
		usleep(200000);
		if (recv(fd, &c, 1, MSG_DONTWAIT) == 0)
			break;
	}
	CHECK(drops >= 5 && drops < 5 * PATIENCE_SEC);
	close(fd);
	end(&w);
}

TEST(one_address_has_so_many_connections)
{
	struct world w = { .options = { .per_address_max = 3 } };

	begin(&w);
	int fd[3];

	for (size_t i = 0; i < 3; i++) {
		fd[i] = dial(&w);
		say(fd[i], S("GET / HTTP/1.1\r\nHost: h\r\n\r\n"));
		CHECK_INT(status_of(hear(&w, fd[i], false)), 200);
	}
	int more = dial(&w);

	say(more, S("GET / HTTP/1.1\r\nHost: h\r\n\r\n"));
	CHECK(ended(more));
	close(more);
	for (size_t i = 0; i < 3; i++)
		close(fd[i]);
	end(&w);
}

/* 128: what MHD takes from epoll at once. Whoever asks again then, and waits, lets all of them wait. */
TEST(as_many_requests_at_once_as_fit_in_one_look_are_answered)
{
	for (int n = 126; n <= 130; n++) {
		struct world w = { .options = { .threads = 1 } };
		int fd[130], busy;

		begin(&w);
		for (int i = 0; i < n; i++) {
			fd[i] = dial(&w);
			say(fd[i], S("GET / HTTP/1.1\r\nHost: h\r\n\r\n"));
			CHECK_INT(status_of(hear(&w, fd[i], false)), 200);
		}
		say(busy = dial(&w), S("GET /hold HTTP/1.1\r\nHost: h\r\n\r\n"));
		while (!w.holds)
			usleep(1000);
		for (int i = 0; i < n; i++)
			say(fd[i], S("GET / HTTP/1.1\r\nHost: h\r\n\r\n"));
		w.let = true;
		CHECK_INT(status_of(hear(&w, busy, false)), 200);
		for (int i = 0; i < n; i++) {
			CHECK_INT(status_of(hear(&w, fd[i], false)), 200);
			close(fd[i]);
		}
		close(busy);
		end(&w);
	}
}

TEST(a_wrong_address_or_network_does_not_start)
{
	static const struct http_options bad[] = {
		{ .listen = "127.0.0.1" }, { .listen = "nowhere:80" }, { .listen = "127.0.0.1:99999" }, { .listen = "127.0.0.1:0", .trusted_proxies = "x" },
	};
	struct arena a CLEANUP(arena_end) = { 0 };
	struct http_app app = { .plan = plan, .handle = handle, .refuse = refuse, .sent = sent };

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct http_server *s;
		struct str why = S("");

		assert_int_equal(http_start(&bad[i], &app, &a, &s, &why), RC_INVALID);
		CHECK(why.n > 0);
	}
}

TESTS("http server", T(a_request_arrives_decoded), T(a_body_in_pieces_is_the_body), T(what_is_wrong_with_the_protocol_is_said), T(heads_have_limits),
      T(a_body_that_grows_without_end_is_stopped), T(requests_on_one_connection_are_answered_in_order), T(an_answer_may_come_from_another_thread),
      T(a_stop_lets_requests_under_way_finish), T(a_viewer_hears_its_own_topic_only_however_many_there_are), T(pages_are_compressed_for_those_who_say_so), T(a_page_that_the_client_has_is_not_sent),
      T(a_page_for_everybody_is_made_once_and_kept), T(a_proxy_is_believed_only_when_it_is_ours), T(whoever_says_nothing_is_sent_away),
      T(a_head_sent_drop_by_drop_is_cut), T(one_address_has_so_many_connections),
      T(as_many_requests_at_once_as_fit_in_one_look_are_answered), T(a_wrong_address_or_network_does_not_start))
