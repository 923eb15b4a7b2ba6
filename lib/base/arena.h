/*
 * arena.h: memory by lifetime.
 *
 * An arena owns every byte taken from it and gives all back at once in arena_end(). Nothing taken
 * from an arena is ever freed by itself. One arena serves one thread at a time.
 * In sanitizer builds each allocation is a malloc of its own, so that overruns between neighbours show.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

#include "base/rc.h"

struct arena_chunk;

struct arena {
	struct arena_chunk *head;
	size_t used;  /* bytes given out so far */
	size_t limit; /* bytes; 0 means no limit (start-up data only) */
};

/* NULL past the limit or without memory: for sizes that come off the wire. Zeroed, aligned for any type. */
MUST_USE void *arena_try(struct arena *a, size_t n);
/* The same but never NULL: past the limit it aborts, because our own code asked for too much. */
void *arena_alloc(struct arena *a, size_t n);
/* n items of size bytes each, overflow-checked; never NULL. */
void *arena_array(struct arena *a, size_t n, size_t size);
#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, n, type) ((type *)arena_array((a), (n), sizeof(type)))
/* Gives everything back; the arena may be used again. */
void arena_end(struct arena *a);

#endif
