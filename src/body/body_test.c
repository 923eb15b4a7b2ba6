/* Who is competent, against a look at all bodies. */
#include "base/test.h"
#include "body/body.h"
#include "standard/test_pack.h"

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

static void check_one(const struct pack *p, const struct topic *t, const struct place *where)
{
	const struct body *found[COMPETENT_MAX];
	size_t n = body_competent(p, t, where, found), better = 0, fit = 0;

	for (size_t i = 0; i < p->n_bodies; i++) {
		int f = fitness(&p->bodies[i], t, where);

		fit += f > 0;
		better += n && f > fitness(found[n - 1], t, where);
	}
	CHECK_INT(n, fit < COMPETENT_MAX ? fit : COMPETENT_MAX);
	CHECK(better < n || !n);
	for (size_t i = 1; i < n; i++) {
		int before = fitness(found[i - 1], t, where), here = fitness(found[i], t, where);

		CHECK(before > here || (before == here && found[i - 1] < found[i])); /* of equals the first of bodies.csv */
	}
}

TEST(the_competent_bodies_are_the_best_of_all)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	const struct pack *p = test_pack(&a, "country/kz");

	for (size_t t = 0; t < p->n_topics; t++)
		for (size_t w = 0; w < p->n_places; w += 7)
			check_one(p, &p->topics[t], &p->places[w]);
}

TESTS("body", T(the_competent_bodies_are_the_best_of_all))
