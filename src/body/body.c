#include "body/body.h"

struct str body_name(const struct pack *p, int64_t id, enum lang_id lang)
{
	const struct body *b = pack_body(p, id);

	return b ? b->name.v[lang] : S("");
}

/* 0 not at all; more is better. */
static int fitness(const struct body *b, const struct topic *t, const struct place *where)
{
	int near = b->place ? 0 : 1;

	for (const struct place *w = where; w && !near; w = w->up)
		if (b->place == w)
			near = w->level + 1;
	if (!near || !body_answers_for(b, t))
		return 0;
	return near + (str_eq(b->kind, t->body_kind) ? 10 : 0);
}

size_t body_competent(const struct pack *p, const struct topic *t, const struct place *where, const struct body *ret[COMPETENT_MAX])
{
	int points[COMPETENT_MAX] = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < p->n_bodies; i++) {
		int fit = fitness(&p->bodies[i], t, where);
		size_t at = n;

		if (!fit)
			continue;
		while (at > 0 && points[at - 1] < fit)
			at--;
		if (at == COMPETENT_MAX)
			continue;
		for (size_t k = n < COMPETENT_MAX ? n : COMPETENT_MAX - 1; k > at; k--) {
			ret[k] = ret[k - 1];
			points[k] = points[k - 1];
		}
		ret[at] = &p->bodies[i];
		points[at] = fit;
		if (n < COMPETENT_MAX)
			n++;
	}
	return n;
}
