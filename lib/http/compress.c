#include <stdlib.h>
#include <zlib.h>

#include "base/of_thread.h"
#include "http/inner.h"

#define PAYS_FROM 860 /* below, the gain is less than a packet */
#define LEVEL 4

struct state {
	z_stream stream;
	bool made;
};

static void thread_ends(void *p)
{
	struct state *s = p;

	deflateEnd(&s->stream);
	free(s);
}

static struct of_thread states = { .size = sizeof(struct state), .end = thread_ends };

static z_stream *mine(void)
{
	struct state *s = of_thread(&states);

	if (!s->made && deflateInit2(&s->stream, LEVEL, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		abort();
	s->made = true;
	return &s->stream;
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
