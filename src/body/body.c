#include "body/body.h"

struct str body_name(const struct pack *p, int64_t id, enum lang_id lang)
{
	const struct body *b = pack_body(p, id);

	return b ? b->name.v[lang] : S("");
}

/* The best so far, and how well each fits: near counts more than far, the kind that answers first for the topic more than near. */
struct best {
	const struct body **v;
	int fit[COMPETENT_MAX];
	size_t n;
};

static void offer(struct best *best, const struct body *b, int fit)
{
	size_t at = best->n;

	while (at > 0 && best->fit[at - 1] < fit)
		at--;
	if (at == COMPETENT_MAX)
		return;
	for (size_t k = best->n < COMPETENT_MAX ? best->n : COMPETENT_MAX - 1; k > at; k--) {
		best->v[k] = best->v[k - 1];
		best->fit[k] = best->fit[k - 1];
	}
	best->v[at] = b;
	best->fit[at] = fit;
	if (best->n < COMPETENT_MAX)
		best->n++;
}

static void offer_all(struct best *best, const struct body *first, const struct topic *t, int near)
{
	for (const struct body *b = first; b; b = b->next)
		if (body_answers_for(b, t))
			offer(best, b, near + (str_eq(b->kind, t->body_kind) ? 10 : 0));
}

size_t body_competent(const struct pack *p, const struct topic *t, const struct place *where, const struct body *ret[COMPETENT_MAX])
{
	struct best best = { .v = ret };

	for (const struct place *w = where; w; w = w->up)
		offer_all(&best, w->bodies, t, w->level + 1);
	offer_all(&best, p->central, t, 1);
	return best.n;
}
