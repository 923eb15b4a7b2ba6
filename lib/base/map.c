#include "base/map.h"

#include <assert.h>

static struct map_slot *slot_of(const struct map *m, struct str key, uint64_t hash)
{
	size_t i = hash & (m->cap - 1);

	while (m->slots[i].value && !(m->slots[i].hash == hash && str_eq(m->slots[i].key, key)))
		i = (i + 1) & (m->cap - 1);
	return &m->slots[i];
}

static void grow(struct map *m)
{
	struct map old = *m;

	m->cap = old.cap ? old.cap * 2 : 16;
	m->slots = ARENA_ARRAY(m->arena, m->cap, struct map_slot);
	for (size_t i = 0; i < old.cap; i++)
		if (old.slots[i].value)
			*slot_of(m, old.slots[i].key, old.slots[i].hash) = old.slots[i];
}

const void *map_put(struct map *m, struct str key, const void *value)
{
	assert(value);
	if (m->n * 4 >= m->cap * 3)
		grow(m);
	uint64_t hash = str_hash(key, m->seed);
	struct map_slot *s = slot_of(m, key, hash);
	const void *before = s->value;

	if (!before)
		m->n++;
	*s = (struct map_slot){ key, value, hash };
	return before;
}

const void *map_get(const struct map *m, struct str key)
{
	return m->cap ? slot_of(m, key, str_hash(key, m->seed))->value : NULL;
}
