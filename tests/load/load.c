/*
 * load: a small HTTP/1.1 client for measuring. One thread, epoll, connections kept open, one request under way on each.
 *
 *	load PORT --get PATH | --list FILE [--from N] | --streams PATH
 *	     [--connections N] [--seconds S] [--rate R [--ramp S]] [--expect TEXT] [--ledger FILE]
 *
 * --list: requests of a file, each its length (4 bytes, this machine's order) and its bytes; each is sent once, from the Nth on.
 * --rate: so many requests a second, whether answers come or not; the wait for a free connection counts as latency. With --ramp the rate climbs evenly
 * from nothing. Without --rate the next request goes as soon as an answer came. --expect: text that the head of a right answer holds.
 * --ledger: the numbers of the requests of the list that were answered rightly, a line each, written before the next one goes.
 * --streams: holds connections open on an event stream and counts what comes.
 *
 * Prints one line: sent ok failed (of them lost with their connection, unanswered after 10 s) per_sec p50_ms p99_ms max_ms next (the first request of the list that was not sent), or viewers and events.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"
#include "base/when.h"

#define HEAD_MAX 8192
#define BUCKETS 64

struct client {
	int fd;
	bool busy, ready;   /* a request is under way; connected and free */
	int64_t since_us;   /* when the request was due */
	int64_t number;     /* in the list */
	struct str out;     /* what is left to send */
	char head[HEAD_MAX];
	size_t n_head, body_left;
	bool in_body, right;
};

static struct {
	struct sockaddr_in to;
	int64_t connections, seconds, rate, ramp, from;
	const char *get, *list, *streams, *expect;
	FILE *ledger;
	struct str file, request;
	size_t at;
	int epoll;
	struct client *clients, **free; /* a ring: whoever has waited longest is next, so that none stands still until the server closes it */
	int64_t first_free, n_free, sent, ok, failed, lost, reconnects, events, start_us, last_us;
	int64_t histogram[64][BUCKETS], max_us;
} g = { .connections = 256, .seconds = 3 };

static void die(const char *what)
{
	fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
	exit(2);
}

/* ---- latency: 64 steps to each doubling ---- */

static void note(int64_t us)
{
	unsigned top = us < BUCKETS ? 0 : 64u - (unsigned)__builtin_clzll((uint64_t)us) - 6u;

	if (us < 0)
		us = 0;
	g.histogram[top][(us >> top) & (BUCKETS - 1)]++;
	if (us > g.max_us)
		g.max_us = us;
}

static double quantile(double q)
{
	int64_t all = g.ok + g.failed, seen = 0;

	for (unsigned top = 0; top < 58; top++)
		for (unsigned i = 0; i < BUCKETS; i++) {
			seen += g.histogram[top][i];
			if (all && (double)seen >= q * (double)all)
				return (double)((int64_t)i << top) / 1000;
		}
	return 0;
}

/* ---- what to send ---- */

static bool next_request(struct str *ret, int64_t *ret_number)
{
	uint32_t n;

	*ret_number = g.from;
	if (!g.list) {
		*ret = g.request;
		return true;
	}
	if (g.at + sizeof(n) > g.file.n)
		return false;
	memcpy(&n, g.file.p + g.at, sizeof(n));
	*ret = (struct str){ g.file.p + g.at + sizeof(n), n };
	g.at += sizeof(n) + n;
	g.from++;
	return true;
}

static void open_list(void)
{
	struct stat st;
	int fd = open(g.list, O_RDONLY);
	int64_t skip = g.from, number;
	struct str one;

	if (fd < 0 || fstat(fd, &st) != 0)
		die(g.list);
	const char *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);

	if (p == MAP_FAILED)
		die(g.list);
	g.file = (struct str){ p, (size_t)st.st_size };
	g.from = 0;
	while (g.from < skip && next_request(&one, &number))
		continue;
}

/* ---- connections ---- */

static void watch(struct client *c, unsigned events, int how)
{
	struct epoll_event e = { .events = events, .data.ptr = c };

	if (epoll_ctl(g.epoll, how, c->fd, &e) != 0)
		die("epoll_ctl");
}

static void dial(struct client *c)
{
	int on = 1;

	c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (c->fd < 0)
		die("socket");
	setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (connect(c->fd, (struct sockaddr *)&g.to, sizeof(g.to)) != 0 && errno != EINPROGRESS)
		die("connect");
	c->busy = c->ready = false;
	watch(c, EPOLLOUT, EPOLL_CTL_ADD);
}

static void push(struct client *c)
{
	while (c->out.n) {
		ssize_t n = send(c->fd, c->out.p, c->out.n, MSG_NOSIGNAL);

		if (n < 0) {
			if (errno == EAGAIN)
				watch(c, EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD);
			return; /* anything else shows when reading */
		}
		c->out = (struct str){ c->out.p + n, c->out.n - (size_t)n };
	}
}

static bool begin(struct client *c, int64_t due_us)
{
	if (!next_request(&c->out, &c->number))
		return false;
	c->busy = true;
	c->ready = false;
	c->since_us = due_us;
	c->n_head = 0;
	c->in_body = false;
	g.sent++;
	push(c);
	return true;
}

static void answered(struct client *c, bool right)
{
	g.last_us = when_monotonic_us();
	note(g.last_us - c->since_us);
	if (right)
		g.ok++;
	else if (++g.failed == 1)
		fprintf(stderr, "load: the first wrong answer:\n%.*s\n", (int)c->n_head, c->head);
	if (right && g.ledger) {
		fprintf(g.ledger, "%lld\n", (long long)c->number);
		fflush(g.ledger);
	}
	c->busy = false;
	c->ready = true;
}

static void lost(struct client *c)
{
	close(c->fd);
	if (c->busy) {
		g.failed++;
		g.lost++;
		note(when_monotonic_us() - c->since_us);
		if (g.failed > 100 && !g.ok)
			die("no answer is right");
	}
	g.reconnects++;
	dial(c);
}

/* ---- answers ---- */

static size_t length_of(struct str head)
{
	struct str line;
	int64_t n = 0;

	while (str_cut(&head, '\n', &line))
		if (line.n > 15 && strncasecmp(line.p, "content-length:", 15) == 0)
			return str_to_i64(str_trim(str_from(line, 15)), &n) ? (size_t)n : 0;
	return 0;
}

/* False: the head is not whole yet. */
static bool read_head(struct client *c)
{
	struct str all = { c->head, c->n_head };
	size_t end = str_find(all, S("\r\n\r\n"), 0);

	if (end == SIZE_MAX)
		return false;
	struct str head = str_sub(all, 0, end);
	size_t body = length_of(head), here = c->n_head - end - 4;

	c->right = head.n > 12 && (head.p[9] == '2' || head.p[9] == '3') && (!g.expect || str_find(head, str_of(g.expect), 0) != SIZE_MAX);
	c->body_left = body > here ? body - here : 0;
	c->in_body = true;
	return true;
}

static void count_events(struct str s)
{
	for (size_t at = 0; (at = str_find(s, S("\nevent:"), at)) != SIZE_MAX; at++)
		g.events++;
}

/* False: the connection has ended. */
static bool pull(struct client *c)
{
	static char waste[64 << 10];

	for (;;) {
		bool head = !c->in_body && !g.streams;
		ssize_t n = recv(c->fd, head ? c->head + c->n_head : waste, head ? sizeof(c->head) - c->n_head : sizeof(waste), 0);

		if (n < 0 && errno == EAGAIN)
			return true;
		if (n <= 0)
			return false;
		if (g.streams) {
			count_events((struct str){ waste, (size_t)n });
			continue;
		}
		if (head) {
			c->n_head += (size_t)n;
			if (!read_head(c)) {
				if (c->n_head == sizeof(c->head))
					return false;
				continue;
			}
		} else {
			c->body_left -= (size_t)n < c->body_left ? (size_t)n : c->body_left;
		}
		if (c->in_body && !c->body_left) {
			answered(c, c->right);
			return true; /* one request at a time: nothing else can be there */
		}
	}
}

/* ---- when to send ---- */

/* The moment at which the kth request is due. */
static int64_t due_us(int64_t k)
{
	double r = (double)g.rate, ramp = (double)g.ramp, climbed = r * ramp / 2, n = (double)k;

	return g.start_us + (int64_t)(1e6 * (n < climbed ? sqrt(2 * ramp * n / r) : ramp + (n - climbed) / r));
}

static struct client **free_at(int64_t i)
{
	return &g.free[(g.first_free + i) % g.connections];
}

static struct client *take_free(void)
{
	struct client *c = *free_at(0);

	g.first_free = (g.first_free + 1) % g.connections;
	g.n_free--;
	return c;
}

static void drop_free(const struct client *c)
{
	for (int64_t i = 0; i < g.n_free; i++)
		if (*free_at(i) == c)
			*free_at(i) = *free_at(--g.n_free);
}

static bool go_on(struct client *c)
{
	if (g.streams)
		return true;
	if (!g.rate && when_monotonic_us() < g.start_us + g.seconds * WHEN_SECOND)
		return begin(c, when_monotonic_us());
	*free_at(g.n_free++) = c;
	return true;
}

static void send_due(void)
{
	int64_t now = when_monotonic_us(), due;

	while (g.rate && g.n_free && (due = due_us(g.sent)) <= now && due < g.start_us + g.seconds * WHEN_SECOND)
		if (!begin(take_free(), due))
			return;
}

static void happens(struct client *c, unsigned events)
{
	if (!c->ready && !c->busy) { /* connected, or not */
		int error = 0;
		socklen_t n = sizeof(error);

		getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &n);
		if (error) {
			usleep(1000); /* a full backlog: a moment of patience */
			lost(c);
			return;
		}
		watch(c, EPOLLIN, EPOLL_CTL_MOD);
		c->ready = true;
		if (g.streams)
			begin(c, 0);
		else
			go_on(c);
		return;
	}
	if (events & EPOLLOUT) {
		push(c);
		if (!c->out.n)
			watch(c, EPOLLIN, EPOLL_CTL_MOD);
	}
	if (!(events & (EPOLLIN | EPOLLHUP | EPOLLERR)))
		return;
	if (!pull(c)) {
		drop_free(c);
		lost(c);
	} else if (c->ready && !c->busy) {
		go_on(c);
	}
}

static void run(void)
{
	static struct epoll_event got[512];
	int64_t end = g.start_us + g.seconds * WHEN_SECOND;

	for (;;) {
		int64_t now = when_monotonic_us();

		if (now >= end && (g.streams || g.ok + g.failed >= g.sent || now > end + 10 * WHEN_SECOND))
			return;
		int n = epoll_wait(g.epoll, got, 512, g.rate ? 1 : 100);

		for (int i = 0; i < n; i++)
			happens(got[i].data.ptr, got[i].events);
		send_due();
	}
}

/* ---- the command line ---- */

static void read_flag(const char *name, const char *value)
{
	const struct { const char *name; const char **text; int64_t *number; } flags[] = {
		{ "--get", &g.get, NULL },          { "--list", &g.list, NULL },          { "--streams", &g.streams, NULL },
		{ "--expect", &g.expect, NULL },    { "--from", NULL, &g.from },          { "--connections", NULL, &g.connections },
		{ "--seconds", NULL, &g.seconds },  { "--rate", NULL, &g.rate },          { "--ramp", NULL, &g.ramp },
	};

	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
		if (strcmp(name, flags[i].name) != 0)
			continue;
		if (flags[i].text)
			*flags[i].text = value;
		else if (!str_to_i64(str_of(value), flags[i].number))
			break;
		return;
	}
	if (strcmp(name, "--ledger") == 0 && (g.ledger = fopen(value, "a")) != NULL)
		return;
	fprintf(stderr, "load: %s %s\n", name, value);
	exit(2);
}

int main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct rlimit files = { 0 };
	int64_t port;

	if (argc < 4 || argc % 2 || !str_to_i64(str_of(argv[1]), &port)) {
		fputs("usage: load PORT --get PATH | --list FILE | --streams PATH [flags]; see the top of tests/load/load.c\n", stderr);
		return 2;
	}
	for (int i = 2; i + 1 < argc; i += 2)
		read_flag(argv[i], argv[i + 1]);
	getrlimit(RLIMIT_NOFILE, &files);
	files.rlim_cur = files.rlim_max;
	setrlimit(RLIMIT_NOFILE, &files);
	g.to = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	if (g.list)
		open_list();
	else
		g.request = str_fmt(&a, "GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n", g.get ? g.get : g.streams, g.streams ? "Accept: text/event-stream\r\n" : "");
	g.epoll = epoll_create1(EPOLL_CLOEXEC);
	g.clients = calloc((size_t)g.connections, sizeof(*g.clients));
	g.free = calloc((size_t)g.connections, sizeof(struct client *));
	if (!g.clients || !g.free)
		die("memory");
	g.start_us = when_monotonic_us();
	for (int64_t i = 0; i < g.connections; i++)
		dial(&g.clients[i]);
	run();
	if (g.streams) {
		printf("viewers=%lld events=%lld lost=%lld\n", (long long)g.sent, (long long)g.events, (long long)g.reconnects);
		return 0;
	}
	int64_t waiting = g.sent - g.ok - g.failed, took = (g.rate ? g.start_us + g.seconds * WHEN_SECOND : g.last_us) - g.start_us;

	printf("sent=%lld ok=%lld failed=%lld lost=%lld unanswered=%lld per_sec=%.0f p50_ms=%.2f p99_ms=%.2f max_ms=%.2f next=%lld\n", (long long)g.sent, (long long)g.ok,
	       (long long)(g.failed + waiting), (long long)g.lost, (long long)waiting, took > 0 ? (double)g.ok * 1e6 / (double)took : 0, quantile(0.5), quantile(0.99), (double)g.max_us / 1000,
	       (long long)g.from);
	return 0;
}
