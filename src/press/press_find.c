/* press_find.c: what the one search knows of a release: once its embargo is over. */
#include "app/app.h"
#include "place/place.h"
#include "press/press_view.h"
#include "search/search.h"

#define FILL 100

enum rc press_find_again(struct ctx *c, struct press_release_id id)
{
	struct press_release_row r;
	struct str key = str_i64(c->arena, id.v);

	TRY(press_release_by_id(c->db, id, &r));
	const struct body *b = pack_body(c->app->pack, r.body_id);

	if (!str_eq(r.state, S("public")))
		return search_drop(c, "press", id.v);
	return search_put(c, &(struct search_item){ .kind = "press", .object = id.v, .region = b && b->place ? place_region(b->place)->id : 0,
						    .path = url_path(c->arena, "/press/releases/{}", 1, &key), .title = r.title, .text = r.text });
}

enum rc press_search_fill(struct ctx *c, int64_t before, int64_t *ret_next)
{
	struct press_release_line_list l;

	TRY(press_release_ids(c->db, (struct press_release_id){ before }, FILL, &l));
	for (size_t i = 0; i < l.n; i++)
		TRY(press_find_again(c, l.v[i].id));
	*ret_next = l.n == FILL ? l.v[l.n - 1].id.v : 0;
	return RC_OK;
}
