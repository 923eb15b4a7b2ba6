#include "base/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>

#define CHUNK_SIZE ((size_t)16 << 10)
#define SPARE_MAX 128

#if defined(__SANITIZE_ADDRESS__)
#define OWN_MALLOC 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define OWN_MALLOC 1
#endif
#endif
#ifndef OWN_MALLOC
#define OWN_MALLOC 0
#endif

struct arena_chunk {
	struct arena_chunk *next;
	size_t size, used;
	alignas(max_align_t) unsigned char mem[];
};

/*
 * Chunks of the usual size wait in their thread for the next request: asked of malloc thousands of times a second, among what lives longer, they
 * would tear the heap to pieces.
 */
static _Thread_local struct {
	struct arena_chunk *first;
	unsigned n;
} spare;
static tss_t spare_key;
static once_flag spare_once = ONCE_FLAG_INIT;

static void spare_free(void *p)
{
	(void)p;
	while (spare.first) {
		struct arena_chunk *c = spare.first;

		spare.first = c->next;
		free(c);
	}
	spare.n = 0;
}

static void spare_make_key(void)
{
	if (tss_create(&spare_key, spare_free) != thrd_success)
		abort();
}

static void chunk_free(struct arena_chunk *c)
{
	if (OWN_MALLOC || c->size != CHUNK_SIZE || spare.n == SPARE_MAX) {
		free(c);
		return;
	}
	if (!spare.first) {
		call_once(&spare_once, spare_make_key);
		tss_set(spare_key, &spare_key); /* anything but NULL: the thread's end frees what waits */
	}
	c->next = spare.first;
	spare.first = c;
	spare.n++;
}

static struct arena_chunk *chunk_new(size_t size)
{
	size_t all;

	if (size == CHUNK_SIZE && spare.first) {
		struct arena_chunk *c = spare.first;

		spare.first = c->next;
		spare.n--;
		c->used = 0;
		return c;
	}
	if (__builtin_add_overflow(size, sizeof(struct arena_chunk), &all))
		return NULL;
	struct arena_chunk *c = malloc(all);

	if (!c)
		return NULL;
	c->size = size;
	c->used = 0;
	return c;
}

void *arena_try(struct arena *a, size_t n)
{
	size_t mask = alignof(max_align_t) - 1, need;
	size_t limit = a->limit ? a->limit : SIZE_MAX;

	if (__builtin_add_overflow(n, mask, &need))
		return NULL;
	need &= ~mask;
	if (need > limit - a->used)
		return NULL;
	if (!a->head || OWN_MALLOC || a->head->size - a->head->used < need) {
		struct arena_chunk *c =
			chunk_new(OWN_MALLOC ? n : need > CHUNK_SIZE ? need : CHUNK_SIZE);

		if (!c)
			return NULL;
		c->next = a->head;
		a->head = c;
	}
	void *p = a->head->mem + a->head->used;

	a->head->used += OWN_MALLOC ? n : need;
	a->used += need;
	return memset(p, 0, n);
}

void *arena_alloc(struct arena *a, size_t n)
{
	void *p = arena_try(a, n);

	if (!p) {
		fprintf(stderr, "arena: %zu bytes refused (used %zu, limit %zu)\n", n, a->used, a->limit);
		abort();
	}
	return p;
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
	size_t all;

	if (__builtin_mul_overflow(n, size, &all))
		abort();
	return arena_alloc(a, all);
}

void arena_end(struct arena *a)
{
	while (a->head) {
		struct arena_chunk *c = a->head;

		a->head = c->next;
		chunk_free(c);
	}
	a->used = 0;
}
