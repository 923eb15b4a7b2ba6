/*
 * petition_ground.c: why a petition was refused or stopped, kept with it as it was said: the ground, the point of the list it falls under, the law.
 * A ground that has left the pack since is still read on the page, and what it hid stays hidden.
 */
#include "app/app.h"
#include "petition/petition_inner.h"
#include "standard/pack.h"
#include "standard/petition_rules.h"
#include "standard/standard.h"

#define FILL 200

static const struct name3 *point_of(const struct pack *p, struct str code)
{
	for (size_t i = 0; code.n && i < p->petitions->n_excluded; i++)
		if (str_eq(p->petitions->excluded[i].code, code))
			return &p->petitions->excluded[i].text;
	return NULL;
}

/* "A matter that cannot be the subject of a petition (art. 90-1): languages" */
static struct str said(struct arena *a, const struct ground *g, const struct name3 *point, enum lang_id l)
{
	struct out o = OUT_ON(a);

	if (g)
		out_fmt(&o, "%.*s (%.*s)%s", STR_FMT(g->text.v[l]), STR_FMT(g->basis->name.v[l]), point ? ": " : "");
	if (point)
		out_str(&o, point->v[l]);
	return out_done(&o);
}

bool petition_ground_hides(const struct pack *p, struct str ground)
{
	return standard_ground_known(p, "petition_hide", ground);
}

enum rc petition_ground_keep(struct ctx *c, struct petition_id id, struct str ground, struct str excluded, bool hide)
{
	const struct ground *g = pack_ground(c->app->pack, ground);
	const struct name3 *point = point_of(c->app->pack, excluded);
	int64_t changed;

	return petition_set_ground(c->db, id, said(c->arena, g, point, LANG_KK), said(c->arena, g, point, LANG_RU), said(c->arena, g, point, LANG_EN), hide, &changed);
}

struct str petition_ground_said(const struct lang *l, const struct petition_row *p)
{
	const struct str words[LANG_N] = { [LANG_KK] = p->ground_kk, [LANG_RU] = p->ground_ru, [LANG_EN] = p->ground_en };

	return words[lang_id(l)];
}

enum rc petition_ground_fill(struct ctx *c)
{
	struct petition_ground_row_list l;

	TRY(petition_ground_unkept(c->db, FILL, &l));
	for (size_t i = 0; i < l.n; i++) {
		const struct petition_ground_row *r = &l.v[i];
		bool known = pack_ground(c->app->pack, r->ground) != NULL;

		TRY(petition_ground_keep(c, r->id, r->ground, r->excluded, r->text_hidden && (!known || petition_ground_hides(c->app->pack, r->ground))));
		if (r->text_hidden)
			TRY(petition_find_put(c, r->id));
	}
	return RC_OK;
}
