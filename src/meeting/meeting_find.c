/* meeting_find.c: what the one search knows of a meeting: once it is announced. */
#include "app/app.h"
#include "gen/messages.h"
#include "meeting/meeting_find.h"
#include "search/search.h"

#define FILL 100

enum rc meeting_find_again(struct ctx *c, struct meeting_id id)
{
	struct meeting_row m;
	struct out also = OUT_ON(c->arena);
	struct str key = str_i64(c->arena, id.v);
	enum lang_id lang = LANG_KK;

	TRY(meeting_by_id(c->db, id, &m));
	if (!when_set(m.announced_at))
		return search_drop(c, "meeting", id.v);
	for (size_t l = 0; l < LANG_N; l++)
		out_fmt(&also, "%.*s ", STR_FMT(meeting_title(c->arena, lang_of((enum lang_id)l), c->app->pack, m.place_id)));
	rc_ignore(lang_by_code(m.lang, &lang) ? RC_OK : RC_NOT_FOUND);
	return search_put(c, &(struct search_item){
				     .kind = "meeting", .object = id.v, .region = m.region_id, .path = url_path(c->arena, "/meetings/{}", 1, &key),
				     .title = meeting_title(c->arena, lang_of(lang), c->app->pack, m.place_id), .also = out_done(&also),
				     .text = str_fmt(c->arena, "%.*s %.*s %.*s %.*s", STR_FMT(m.speaker), STR_FMT(m.venue), STR_FMT(m.agenda), STR_FMT(m.summary)),
			     });
}

enum rc meeting_search_fill(struct ctx *c, int64_t before, int64_t *ret_next)
{
	struct meeting_id_line_list l;

	TRY(meeting_ids(c->db, (struct meeting_id){ before }, FILL, &l));
	for (size_t i = 0; i < l.n; i++)
		TRY(meeting_find_again(c, l.v[i].id));
	*ret_next = l.n == FILL ? l.v[l.n - 1].id.v : 0;
	return RC_OK;
}
