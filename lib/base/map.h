/*
 * map.h: text to pointer, made once and read often (messages, topics, places, routes).
 * Lives in its arena; keys are not copied. No removal: nobody needs it.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/str.h"

struct map_slot {
	struct str key;
	const void *value;
	uint64_t hash;
};

struct map {
	struct arena *arena;
	struct map_slot *slots;
	size_t n, cap;
	uint64_t seed; /* set it from random bytes when an outsider chooses the keys */
};

/* The value stored before under this key, or NULL; a second put replaces it. value must not be NULL. */
const void *map_put(struct map *m, struct str key, const void *value);
const void *map_get(const struct map *m, struct str key); /* NULL: no such key */

#endif
