/* router.h: from method and path to the row of a route. Made once at start from the tables of all modules. */
#ifndef APP_ROUTER_H
#define APP_ROUTER_H

#include "app/route.h"

struct router;

/* Asserts that no two rows answer the same method and shape. */
struct router *router_make(struct arena *start, const struct module *const *modules, size_t n);
/* NULL: none. *ret_allowed then has a bit per method that the path knows (0: no such path). A literal segment wins over :name. */
const struct route *router_find(const struct router *r, enum http_method method, struct str path, struct str params[4],
				size_t *ret_n_params, unsigned *ret_allowed);

#endif
