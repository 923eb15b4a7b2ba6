/* plan_find.c: what the one search knows of a measure. */
#include "app/app.h"
#include "plan/plan_view.h"
#include "search/search.h"

#define FILL 200

static enum rc put(struct ctx *c, const struct measure_row *m)
{
	return search_put(c, &(struct search_item){ .kind = "plan", .object = m->id.v, .region = m->region_id, .path = plan_url(c->arena, m->id), .title = m->title,
						    .text = m->text });
}

enum rc plan_find_again(struct ctx *c, struct measure_id id)
{
	struct measure_row m;

	TRY(measure_by_id(c->db, id, &m));
	return put(c, &m);
}

enum rc plan_search_fill(struct ctx *c, int64_t before, int64_t *ret_next)
{
	struct measure_row_list l;

	TRY(measure_list(c->db, (struct measure_id){ before }, FILL, &l));
	for (size_t i = 0; i < l.n; i++)
		TRY(put(c, &l.v[i]));
	*ret_next = l.n == FILL ? l.v[l.n - 1].id.v : 0;
	return RC_OK;
}
