/* socket.c: the open sockets in chains by address: how many one address holds, and who sends a head drop by drop. */
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "http/inner.h"

#define SWEEP_SEC 5

static struct http_address address_of(const struct sockaddr *from)
{
	struct http_address a = { { 0 } };

	if (from && from->sa_family == AF_INET) {
		struct sockaddr_in in;

		memcpy(&in, from, sizeof(in));
		memset(a.ip + 10, 0xff, 2);
		memcpy(a.ip + 12, &in.sin_addr, 4);
	} else if (from && from->sa_family == AF_INET6) {
		struct sockaddr_in6 in6;

		memcpy(&in6, from, sizeof(in6));
		memcpy(a.ip, &in6.sin6_addr, 16);
	}
	return a;
}

static struct http_socket **chain_of(struct http_server *s, const struct http_address *a)
{
	uint64_t high, low;

	memcpy(&high, a->ip, 8);
	memcpy(&low, a->ip + 8, 8);
	return &s->sockets[((high * 31 + low) * 0x9e3779b97f4a7c15u >> 32) % SOCKET_CHAINS];
}

struct http_socket *socket_of(struct MHD_Connection *mhd)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	return info ? info->socket_context : NULL;
}

/* Two threads that ask in the same moment may both let the last one in. */
enum MHD_Result may_connect(void *cls, const struct sockaddr *from, socklen_t n)
{
	struct http_server *s = cls;
	struct http_address a = address_of(from);
	unsigned open = 0, most = s->options.per_address_max;

	(void)n;
	if (!most)
		return MHD_YES;
	pthread_mutex_lock(&s->lock);
	for (struct http_socket *k = *chain_of(s, &a); k && open < most; k = k->next)
		open += memcmp(k->from.ip, a.ip, sizeof(a.ip)) == 0;
	pthread_mutex_unlock(&s->lock);
	return open < most ? MHD_YES : MHD_NO;
}

static void opened(struct http_server *s, struct MHD_Connection *mhd, void **context)
{
	const union MHD_ConnectionInfo *fd = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
	const union MHD_ConnectionInfo *from = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	struct http_socket *k = calloc(1, sizeof(*k));

	if (!k)
		abort();
	k->fd = fd ? fd->connect_fd : -1;
	k->from = address_of(from ? from->client_addr : NULL);
	k->head_since_us = when_monotonic_us();
	pthread_mutex_lock(&s->lock);
	struct http_socket **first = chain_of(s, &k->from);

	k->next = *first;
	if (k->next)
		k->next->prev = k;
	*first = k;
	pthread_mutex_unlock(&s->lock);
	*context = k;
	atomic_fetch_add(&s->connections, 1);
}

static void closed(struct http_server *s, struct http_socket *k)
{
	pthread_mutex_lock(&s->lock);
	if (k->prev)
		k->prev->next = k->next;
	else
		*chain_of(s, &k->from) = k->next;
	if (k->next)
		k->next->prev = k->prev;
	pthread_mutex_unlock(&s->lock);
	free(k);
	atomic_fetch_sub(&s->connections, 1);
}

void on_connection(void *cls, struct MHD_Connection *mhd, void **context, enum MHD_ConnectionNotificationCode code)
{
	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		opened(cls, mhd, context);
	} else if (*context) {
		closed(cls, *context);
		*context = NULL;
	}
}

/* Heads sent drop by drop hold a connection without ever being idle: they get idle + request time in all. */
static void cut_slow(struct http_server *s)
{
	int64_t limit_us = (int64_t)(s->options.idle_sec + s->options.request_sec) * WHEN_SECOND, now = when_monotonic_us();

	for (size_t i = 0; i < SOCKET_CHAINS; i++)
		for (struct http_socket *k = s->sockets[i]; k; k = k->next)
			if (k->head_since_us && now - k->head_since_us > limit_us)
				shutdown(k->fd, SHUT_RDWR);
}

static void *sweep(void *arg)
{
	struct http_server *s = arg;

	pthread_mutex_lock(&s->lock);
	while (!s->stopping) {
		struct timespec until;

		cut_slow(s);
		clock_gettime(CLOCK_REALTIME, &until);
		until.tv_sec += SWEEP_SEC;
		pthread_cond_timedwait(&s->wake, &s->lock, &until);
	}
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

void sockets_start(struct http_server *s)
{
	if (pthread_create(&s->sweeper, NULL, sweep, s) != 0)
		abort();
}

void sockets_stop(struct http_server *s)
{
	pthread_mutex_lock(&s->lock);
	pthread_cond_signal(&s->wake);
	pthread_mutex_unlock(&s->lock);
	pthread_join(s->sweeper, NULL);
}
