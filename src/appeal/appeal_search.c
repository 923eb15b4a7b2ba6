/* appeal_search.c: what the public may see of an appeal, in the one search. */
#include "appeal/answer.h"
#include "appeal/appeal_list.h"
#include "appeal/appeal_trail.h"
#include "appeal/appeal_web.h"
#include "search/search.h"

#define FILL 200

static enum rc put(struct ctx *c, struct appeal_id id, struct str number, int64_t region, struct str title, struct str text)
{
	struct answer_row_list answers;
	struct out words = OUT_ON(c->arena);

	TRY(answer_list(c->db, id, &answers));
	out_str(&words, text);
	for (size_t i = 0; i < answers.n; i++)
		if (when_set(answers.v[i].delivered_at) && answers.v[i].public_text.n) {
			out_str(&words, S("\n"));
			out_str(&words, answers.v[i].public_text);
		}
	return search_put(c, &(struct search_item){ .kind = SUBJECT, .object = id.v, .region = region, .path = appeal_url(c->arena, number, S("")),
						    .title = title, .text = out_done(&words) });
}

enum rc appeal_find_again(struct ctx *c, const struct appeal_case *k)
{
	if (str_eq(k->a.public_state, S("cleared")))
		return put(c, k->a.id, k->a.number, k->a.region_id, k->a.public_title, k->a.public_text);
	return search_drop(c, SUBJECT, k->a.id.v);
}

enum rc appeal_search_fill(struct ctx *c, int64_t before, int64_t *ret_next)
{
	struct appeal_public_row_list l;

	TRY(appeal_list(c, &(struct appeal_filter){ .state = S("") }, before, FILL, &l));
	for (size_t i = 0; i < l.n; i++)
		TRY(put(c, l.v[i].id, l.v[i].number, l.v[i].region_id, l.v[i].public_title, l.v[i].public_text));
	*ret_next = l.n == FILL ? l.v[l.n - 1].id.v : 0;
	return RC_OK;
}
