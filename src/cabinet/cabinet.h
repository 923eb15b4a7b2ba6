/* cabinet.h: everything a person has here in one place, to take along as a file, and the way out. */
#ifndef CABINET_CABINET_H
#define CABINET_CABINET_H

#include "app/layout/layout.h"
#include "app/route.h"
#include "gen/cabinet_sql.h"

struct cabinet_item {
	int64_t id;                   /* place in its list, for the next page */
	struct str title, state, note;
	enum tone tone;
	struct url to;                /* empty: there is no page */
	struct when at;
	struct url stop;              /* a POST that ends it; empty: none */
};
struct cabinet_items {
	struct cabinet_item *v;
	size_t n;
};
/* One row a kind of what a person has: the newest below `before` first. */
struct cabinet_kind {
	const char *name; /* in the address and in the file */
	unsigned title, none;
	enum rc (*load)(struct req *rq, int64_t before, int64_t limit, struct cabinet_items *ret);
};
extern const struct cabinet_kind cabinet_kinds[];
extern const size_t cabinet_kinds_n;

struct cabinet_list {
	const struct cabinet_kind *kind;
	struct cabinet_items l;
	bool more;
};

extern const struct module cabinet_module;

#endif
