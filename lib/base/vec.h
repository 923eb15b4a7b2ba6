/*
 * vec.h: growing arrays in an arena.
 *
 *	VEC(struct part) parts = { 0 };
 *	*VEC_ADD(arena, &parts) = (struct part){ ... };
 *	for (size_t i = 0; i < parts.n; i++) use(&parts.v[i]);
 *
 * A pointer into the vector is good until the next VEC_ADD.
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/arena.h"

#define VEC(type)                                                                                  \
	struct {                                                                                   \
		type *v;                                                                           \
		size_t n, cap;                                                                     \
	}

/* Makes room for one more item of size bytes and returns the grown base. */
void *vec_grow(struct arena *a, void *v, size_t n, size_t *cap, size_t size);

/* A zeroed new last item. */
#define VEC_ADD(arena_, vec_)                                                                      \
	((vec_)->v = vec_grow((arena_), (vec_)->v, (vec_)->n, &(vec_)->cap, sizeof(*(vec_)->v)),   \
	 &(vec_)->v[(vec_)->n++])

#endif
