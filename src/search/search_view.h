/* search_view.h: inside of the search: what its page shows. */
#ifndef SEARCH_SEARCH_VIEW_H
#define SEARCH_SEARCH_VIEW_H

#include "app/layout/layout.h"
#include "gen/search_sql.h"
#include "search/search.h"

struct search_view {
	struct search_ask ask;
	struct search_found found;
	struct option *kinds, *regions;
	size_t n_kinds, n_regions;
};

struct url search_address(struct arena *a, struct str path);
struct str search_kind_name(const struct lang *l, struct str kind);
MUST_USE enum rc search_drop_docs(struct ctx *c, const struct search_id_row_list *l);
/* What comes from the country pack, in one transaction. */
MUST_USE enum rc search_pack_again(struct ctx *c);

#endif
