#include <stdlib.h>
#include <zlib.h>

#include "http/inner.h"

#define PAYS_FROM 860 /* below, the gain is less than a packet */
#define LEVEL 4

/* A deflate state costs more to make than to use: one a thread, until that ends. */
static pthread_key_t of_thread;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void thread_ends(void *p)
{
	deflateEnd(p);
	free(p);
}

static void make_key(void)
{
	if (pthread_key_create(&of_thread, thread_ends) != 0)
		abort();
}

static z_stream *mine(void)
{
	pthread_once(&once, make_key);
	z_stream *stream = pthread_getspecific(of_thread);

	if (!stream) {
		stream = calloc(1, sizeof(*stream));
		if (!stream || deflateInit2(stream, LEVEL, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK || pthread_setspecific(of_thread, stream) != 0)
			abort();
	}
	return stream;
}

struct str gzip(struct arena *a, struct str body)
{
	if (body.n < PAYS_FROM || body.n > UINT32_MAX)
		return S("");
	z_stream *stream = mine();
	unsigned long max = deflateBound(stream, body.n);
	unsigned char *p = arena_try(a, max);

	if (!p)
		return S("");
	deflateReset(stream);
	stream->next_in = (unsigned char *)(uintptr_t)body.p; /* zlib does not write to it */
	stream->avail_in = (unsigned)body.n;
	stream->next_out = p;
	stream->avail_out = (unsigned)max;
	if (deflate(stream, Z_FINISH) != Z_STREAM_END)
		return S("");
	return (struct str){ (const char *)p, max - stream->avail_out };
}
