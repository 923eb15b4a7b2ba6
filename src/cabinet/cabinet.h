/* cabinet.h: everything a person has here in one place, to take along as a file, and the way out. */
#ifndef CABINET_CABINET_H
#define CABINET_CABINET_H

#include "app/layout/layout.h"
#include "app/route.h"
#include "gen/cabinet_sql.h"

struct cabinet_item {
	struct str title, note;
	struct url to;
	struct when at;
};
struct cabinet_items {
	struct cabinet_item *v;
	size_t n;
};
struct cabinet_page {
	struct cabinet_items petitions, signed_ones, receptions;
	struct str email;
};

extern const struct module cabinet_module;

#endif
