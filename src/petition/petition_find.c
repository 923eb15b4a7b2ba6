/* petition_find.c: the words by which petitions are found: in the list of petitions and its JSON, and in the one search of the site. */
#include "app/app.h"
#include "gen/messages.h"
#include "petition/petition_inner.h"
#include "petition/petition_pages.h"
#include "search/search.h"
#include "text/text.h"

#define FILL 200

static struct str terms_of(struct ctx *c, struct str title, struct str text, struct str title_other, struct str text_other)
{
	struct str all = str_fmt(c->arena, "%.*s %.*s %.*s %.*s", STR_FMT(title), STR_FMT(text), STR_FMT(title_other), STR_FMT(text_other));

	return text_terms(c->arena, all, false);
}

enum rc petition_index(struct ctx *c, struct petition_id id, struct str title, struct str text, struct str title_other, struct str text_other)
{
	struct str rest = terms_of(c, title, text, title_other, text_other), one;
	int64_t changed;

	while (rest.n && str_cut(&rest, ' ', &one))
		if (one.n)
			TRY(term_insert(c->db, one, id.v, &changed));
	return petition_set_indexed(c->db, id, &changed);
}

/* What a ground hides is not found by its words either. */
static enum rc unindex(struct ctx *c, const struct petition_row *p)
{
	struct str rest = terms_of(c, p->title, p->text, p->title_other, p->text_other), one;
	int64_t changed;

	while (rest.n && str_cut(&rest, ' ', &one))
		if (one.n)
			TRY(term_delete(c->db, one, p->id.v, &changed));
	return RC_OK;
}

enum rc petition_find_put(struct ctx *c, struct petition_id id)
{
	struct petition_row p;

	TRY(petition_by_id(c->db, id, &p));
	TRY(p.text_hidden ? unindex(c, &p) : petition_index(c, id, p.title, p.text, p.title_other, p.text_other));
	if (!petition_is_public(&p) || p.text_hidden)
		return search_drop(c, PETITION, id.v);
	return search_put(c, &(struct search_item){ .kind = PETITION, .object = id.v, .region = p.region_id, .path = petition_path(c->arena, id), .title = p.title,
						    .text = str_fmt(c->arena, "%.*s\n%.*s", STR_FMT(p.text), STR_FMT(p.text_other)), .also = p.title_other });
}

static enum rc fill(struct ctx *c, int64_t before, int64_t *ret_next)
{
	struct petition_line_list l;

	TRY(petition_list(c->db, (struct petition_id){ before }, FILL, &l));
	for (size_t i = 0; i < l.n; i++)
		TRY(petition_find_put(c, l.v[i].id));
	*ret_next = l.n == FILL ? l.v[FILL - 1].id.v : 0;
	return RC_OK;
}

const struct search_source petition_search_source[1] = {
	{ PETITION, MSG_SEARCH_KIND_PETITION, fill, false },
};
