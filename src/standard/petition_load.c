#include "base/vec.h"
#include "standard/pack_read.h"
#include "standard/petition_rules.h"

#define COLUMNS(...) (const char *const[]){ __VA_ARGS__ }, ARRAY_LEN(((const char *const[]){ __VA_ARGS__ }))

static bool is_body_kind(const struct pack *p, struct str kind)
{
	for (size_t i = 0; i < p->n_bodies; i++)
		if (str_eq(p->bodies[i].kind, kind))
			return true;
	return false;
}

static void load_thresholds(struct loading *l, struct petition_rules *r)
{
	VEC(struct petition_threshold) v = { 0 };
	struct table t;

	if (!table_open(&t, l, "petition_thresholds.csv", COLUMNS("body_kind", "population_above", "count", "permille", "basis", "confidence", "valid_from")))
		return;
	while (table_next(&t)) {
		struct petition_threshold x = { .body_kind = cell_needed(&t, "body_kind"), .population_above = cell_int(&t, "population_above"),
						.count = cell_int(&t, "count"), .permille = cell_int(&t, "permille"), .basis = cell_needed(&t, "basis"),
						.valid_from = cell_day(&t, "valid_from") };

		if (x.count < 0 || x.permille < 0 || x.permille > 1000 || (x.count > 0) == (x.permille > 0))
			problem(l, t.file, t.line, "a threshold is either a count or a share in permille");
		(void)cell_confidence(&t);
		row_once(&t, str_fmt(l->arena, "%.*s above %lld of %.*s", STR_FMT(x.body_kind), (long long)x.population_above, STR_FMT(cell_text(&t, "valid_from"))));
		if (!is_body_kind(l->pack, x.body_kind))
			problem(l, t.file, t.line, "no body of bodies.csv is of the kind %.*s", STR_FMT(x.body_kind));
		*VEC_ADD(l->arena, &v) = x;
	}
	r->thresholds = v.v;
	r->n_thresholds = v.n;
}

static void load_excluded(struct loading *l, struct petition_rules *r)
{
	VEC(struct petition_excluded) v = { 0 };
	struct table t;

	if (!table_open(&t, l, "petition_excluded.csv", COLUMNS("code", "text_kk", "text_ru", "text_en", "basis", "confidence", "valid_from")))
		return;
	while (table_next(&t))
		*VEC_ADD(l->arena, &v) = (struct petition_excluded){ .code = cell_needed(&t, "code"), .text = cell_name3(&t, "text"), .basis = cell_needed(&t, "basis"),
								    .confidence = cell_confidence(&t), .valid_from = cell_day(&t, "valid_from") };
	if (!v.n)
		problem(l, t.file, 1, "the list of what a petition may not be about is empty");
	r->excluded = v.v;
	r->n_excluded = v.n;
}

void load_petitions(struct loading *l)
{
	struct petition_rules *r = ARENA_NEW(l->arena, struct petition_rules);

	load_thresholds(l, r);
	load_excluded(l, r);
	l->pack->petitions = r;
}

int64_t petition_threshold_of(const struct petition_rules *r, const struct body *b, struct day on)
{
	const struct petition_threshold *best = NULL;
	int64_t population = b->place ? b->place->population : 0;

	for (size_t i = 0; i < r->n_thresholds; i++) {
		const struct petition_threshold *t = &r->thresholds[i];
		/* where the number of people is not known the fixed count holds: it is the cautious one */
		bool fits = population > t->population_above || (!population && t->count) || !t->population_above;

		if (!str_eq(t->body_kind, b->kind) || t->valid_from.v > on.v || !fits || (!population && t->permille))
			continue;
		if (!best || t->valid_from.v > best->valid_from.v || t->population_above > best->population_above)
			best = t;
	}
	if (!best)
		return 0;
	return best->count ? best->count : (population * best->permille + 999) / 1000;
}
