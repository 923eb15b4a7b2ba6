#include "app/router.h"

#include <assert.h>

#include "base/map.h"
#include "base/vec.h"

#define SEGMENTS_MAX 8

struct compiled {
	const struct route *route;
	struct str segments[SEGMENTS_MAX];
	size_t n;
	bool tail; /* the last segment is "*": everything below */
};

struct router {
	struct compiled *rows;
	size_t n;
	struct map by_first; /* first segment -> struct bucket */
};

struct bucket {
	size_t *rows;
	size_t n, cap;
};

static size_t split(struct str path, struct str *segments, size_t max)
{
	struct str rest = str_from(path, 1), one;
	size_t n = 0;

	if (!rest.n)
		return 0;
	while (str_cut(&rest, '/', &one)) {
		if (n == max)
			return SIZE_MAX;
		segments[n++] = one;
	}
	return n;
}

static bool is_param(struct str segment)
{
	return segment.n > 1 && segment.p[0] == ':';
}

/* A row whose first segment is a parameter would have to stand in every bucket; none of ours is. */
static struct str first_of(const struct str *segments, size_t n)
{
	return n ? segments[0] : S("");
}

static void add(struct router *r, struct arena *start, const struct route *route)
{
	struct compiled *c = &r->rows[r->n];

	c->route = route;
	assert(route->path[0] == '/');
	c->n = split(str_of(route->path), c->segments, SEGMENTS_MAX);
	assert(c->n != SIZE_MAX);
	assert(c->n == 0 || !is_param(c->segments[0]));
	c->tail = c->n > 0 && str_eq(c->segments[c->n - 1], S("*"));
	struct str key = first_of(c->segments, c->n);
	struct bucket *b;
	const void *found = map_get(&r->by_first, key);

	if (found) {
		memcpy(&b, &found, sizeof(b));
	} else {
		b = ARENA_NEW(start, struct bucket);
		map_put(&r->by_first, key, b);
	}
	b->rows = vec_grow(start, b->rows, b->n, &b->cap, sizeof(*b->rows));
	b->rows[b->n++] = r->n++;
}

struct router *router_make(struct arena *start, const struct module *const *modules, size_t n)
{
	struct router *r = ARENA_NEW(start, struct router);
	size_t routes = 0;

	for (size_t i = 0; i < n; i++)
		routes += modules[i]->n_routes;
	r->rows = ARENA_ARRAY(start, routes, struct compiled);
	r->by_first.arena = start;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < modules[i]->n_routes; k++)
			add(r, start, &modules[i]->routes[k]);
	return r;
}

/* Points for each literal segment, earlier ones counting more; -1: no match. */
static int match(const struct compiled *c, const struct str *segments, size_t n, struct str params[4], size_t *ret_n)
{
	int points = 0;

	*ret_n = 0;
	if (c->tail ? n < c->n : n != c->n)
		return -1;
	for (size_t i = 0; i < c->n; i++) {
		points *= 2;
		if (c->tail && i == c->n - 1)
			break;
		if (is_param(c->segments[i])) {
			if (!segments[i].n || *ret_n == 4)
				return -1;
			params[(*ret_n)++] = segments[i];
		} else if (str_eq(c->segments[i], segments[i])) {
			points++;
		} else {
			return -1;
		}
	}
	return points;
}

const struct route *router_find(const struct router *r, enum http_method method, struct str path, struct str params[4],
				size_t *ret_n_params, unsigned *ret_allowed)
{
	struct str segments[SEGMENTS_MAX];
	size_t n = split(path, segments, SEGMENTS_MAX);
	const struct route *best = NULL;
	int best_points = -1;

	*ret_allowed = 0;
	*ret_n_params = 0;
	const struct bucket *b = n == SIZE_MAX ? NULL : map_get(&r->by_first, first_of(segments, n));

	for (size_t i = 0; b && i < b->n; i++) {
		const struct compiled *c = &r->rows[b->rows[i]];
		struct str found[4];
		size_t n_found;
		int points = match(c, segments, n, found, &n_found);

		if (points < 0)
			continue;
		*ret_allowed |= 1u << c->route->method;
		if (c->route->method != method || points <= best_points)
			continue;
		best = c->route;
		best_points = points;
		*ret_n_params = n_found;
		for (size_t k = 0; k < n_found; k++)
			params[k] = found[k];
	}
	return best;
}
