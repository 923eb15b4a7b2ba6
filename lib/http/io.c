/*
 * io.c: the I/O threads. Each owns a daemon of MHD on the common listening socket and waits for it itself: MHD's own threads ask epoll again, with the
 * whole timeout, when exactly as many events came as fit in one answer (128), and let those wait who came with them. MHD_run() never waits. Connections that
 * other threads resume wait in a list with a signal of its own: MHD's timeout does not know of those that come while it runs.
 */
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "http/inner.h"

/* Above header_max, so that too long heads get a page of ours; all of it stays in memory as long as the connection is open. */
#define CONNECTION_MEMORY ((size_t)11 << 10)

struct io_thread {
	struct http_server *server;
	struct MHD_Daemon *daemon;
	pthread_t thread;
	int epoll_fd, wake_fd;
	struct http_connection_ *_Atomic resumed; /* by others, to go on when the thread looks; whoever is the first in it wakes the thread */
};

static _Thread_local struct io_thread *mine;

struct io_thread *io_mine(void)
{
	return mine;
}

void io_resume(struct http_connection_ *c)
{
	struct io_thread *io = c->io; /* c may be gone as soon as it is in the list */
	struct http_connection_ *first = io->resumed;

	do
		c->resumed_next = first;
	while (!atomic_compare_exchange_weak(&io->resumed, &first, c));
	if (!first)
		eventfd_write(io->wake_fd, 1);
}

static void resume_all(struct io_thread *io)
{
	struct http_connection_ *next;

	for (struct http_connection_ *c = atomic_exchange(&io->resumed, NULL); c; c = next) {
		next = c->resumed_next;
		MHD_resume_connection(c->mhd);
	}
}

static void *io_loop(void *arg)
{
	struct io_thread *io = mine = arg;
	struct pollfd on[] = { { .fd = io->epoll_fd, .events = POLLIN }, { .fd = io->wake_fd, .events = POLLIN } };
	const struct http_app *app = &io->server->app;
	MHD_UNSIGNED_LONG_LONG ms;
	eventfd_t count;

	while (!io->server->io_ends) {
		int wait_ms = MHD_get_timeout(io->daemon, &ms) != MHD_YES ? -1 : ms < INT_MAX ? (int)ms : INT_MAX;

		if (poll(on, 2, wait_ms) > 0 && on[1].revents) {
			eventfd_read(io->wake_fd, &count); /* before the list is taken: whoever is the first in it afterwards wakes us again */
			resume_all(io);
		}
		MHD_run(io->daemon);
		if (app->rest)
			app->rest(app->arg);
	}
	return NULL;
}

static size_t keep_escapes(void *cls, struct MHD_Connection *mhd, char *s)
{
	(void)cls;
	(void)mhd;
	return strlen(s); /* decoding is request.c's, once */
}

static void quiet(void *cls, const char *format, va_list args)
{
	(void)cls;
	(void)format;
	(void)args;
}

static const char *file_text(struct arena *a, const char *path)
{
	char *p = arena_alloc(a, 64 << 10);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, p, (64 << 10) - 1);

	if (fd >= 0)
		close(fd);
	return n > 0 ? p : NULL;
}

static struct MHD_Daemon *daemon_of(struct http_server *s, const char *cert, const char *key)
{
	const struct http_options *o = &s->options;
	bool tls = o->tls_cert && o->tls_key;
	unsigned connections = (o->connections_max + o->threads - 1) / o->threads;
	struct MHD_OptionItem secure[] = {
		{ tls ? MHD_OPTION_HTTPS_MEM_CERT : MHD_OPTION_END, 0, (void *)(uintptr_t)cert },
		{ MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)key },
		{ MHD_OPTION_END, 0, NULL },
	};

	return MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC | MHD_USE_ERROR_LOG | (tls ? MHD_USE_TLS : 0u), 0, may_connect, s,
				on_request, s, MHD_OPTION_EXTERNAL_LOGGER, quiet, NULL, MHD_OPTION_LISTEN_SOCKET, s->listen_fd, MHD_OPTION_URI_LOG_CALLBACK,
				on_uri, s, MHD_OPTION_NOTIFY_COMPLETED, on_completed, s, MHD_OPTION_NOTIFY_CONNECTION, on_connection, s,
				MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, s, MHD_OPTION_CONNECTION_LIMIT, connections, MHD_OPTION_CONNECTION_TIMEOUT,
				o->idle_sec, MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_MEMORY, MHD_OPTION_STRICT_FOR_CLIENT, 1,
				MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_ARRAY, secure, MHD_OPTION_END);
}

static bool start_thread(struct io_thread *io, const char *cert, const char *key)
{
	io->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (io->wake_fd < 0)
		return false;
	io->daemon = daemon_of(io->server, cert, key);
	if (!io->daemon) {
		close(io->wake_fd);
		return false;
	}
	io->epoll_fd = MHD_get_daemon_info(io->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
	if (pthread_create(&io->thread, NULL, io_loop, io) != 0)
		abort();
	return true;
}

bool io_start(struct http_server *s, struct arena *start)
{
	struct http_options *o = &s->options;
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	bool tls = o->tls_cert && o->tls_key;
	const char *cert = tls ? file_text(start, o->tls_cert) : NULL, *key = tls ? file_text(start, o->tls_key) : NULL;

	o->threads = o->threads ? o->threads : (unsigned)(cores > 0 ? cores : 1);
	s->io = arena_alloc(start, o->threads * sizeof(*s->io));
	for (unsigned i = 0; i < o->threads; i++) {
		s->io[i] = (struct io_thread){ .server = s };
		if (start_thread(&s->io[i], cert, key))
			continue;
		o->threads = i;
		io_quiesce(s);
		io_stop(s);
		return false;
	}
	return true;
}

void io_quiesce(struct http_server *s)
{
	for (unsigned i = 0; i < s->options.threads; i++)
		MHD_quiesce_daemon(s->io[i].daemon);
}

void io_stop(struct http_server *s)
{
	s->io_ends = true;
	for (unsigned i = 0; i < s->options.threads; i++) {
		struct io_thread *io = &s->io[i];

		eventfd_write(io->wake_fd, 1);
		pthread_join(io->thread, NULL);
		resume_all(io);
		MHD_stop_daemon(io->daemon);
		close(io->wake_fd);
	}
}
