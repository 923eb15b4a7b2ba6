/* reception_find.c: what the one search knows of who receives people: by name, post and matters, while they receive. */
#include "app/app.h"
#include "reception/reception_inner.h"
#include "search/search.h"

#define FILL 100

enum rc reception_find_again(struct ctx *c, struct reception_head_id id)
{
	struct reception_head_row h;

	TRY(reception_head_by_id(c->db, id, &h));
	if (!h.active)
		return search_drop(c, "reception", id.v);
	struct str body = str_i64(c->arena, h.body_id);

	return search_put(c, &(struct search_item){ .kind = "reception", .object = id.v, .region = h.region_id, .title = h.name,
						    .path = url_path(c->arena, "/receptions/bodies/{}", 1, &body),
						    .text = str_fmt(c->arena, "%.*s · %.*s · %.*s. %.*s", STR_FMT(h.post_kk), STR_FMT(h.post_ru), STR_FMT(h.post_en),
								    STR_FMT(h.matters)) });
}

enum rc reception_search_fill(struct ctx *c, int64_t before, int64_t *ret_next)
{
	struct reception_head_line_list l;

	TRY(reception_head_ids(c->db, (struct reception_head_id){ before }, FILL, &l));
	for (size_t i = 0; i < l.n; i++)
		TRY(reception_find_again(c, l.v[i].id));
	*ret_next = l.n == FILL ? l.v[l.n - 1].id.v : 0;
	return RC_OK;
}
