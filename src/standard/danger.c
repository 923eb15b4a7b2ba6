#include "standard/danger.h"

#include "base/vec.h"
#include "standard/pack_read.h"

#define ANY 0
#define COLUMNS(...) (const char *const[]){ __VA_ARGS__ }, ARRAY_LEN(((const char *const[]){ __VA_ARGS__ }))

static size_t code_index(const struct danger_rules *r, struct str code)
{
	for (size_t i = 0; i < r->n_codes; i++)
		if (str_eq(r->codes[i], code))
			return i;
	return SIZE_MAX;
}

static void load_phones(struct loading *l, struct danger_rules *r)
{
	VEC(struct danger_phone) v = { 0 };
	struct table t;
	bool any = false;

	if (!table_open(&t, l, "danger_phones.csv", COLUMNS("danger", "number", "who_kk", "who_ru", "who_en", "basis", "confidence", "valid_from")))
		return;
	while (table_next(&t)) {
		struct danger_phone p = { .danger = cell_needed(&t, "danger"), .number = cell_needed(&t, "number"), .who = cell_name3(&t, "who"),
					  .basis = cell_text(&t, "basis"), .confidence = cell_confidence(&t), .valid_from = cell_day(&t, "valid_from") };

		row_once(&t, str_fmt(l->arena, "%.*s %.*s of %.*s", STR_FMT(p.danger), STR_FMT(p.number), STR_FMT(cell_text(&t, "valid_from"))));
		any = any || str_eq(p.danger, r->codes[ANY]);
		if (code_index(r, p.danger) == SIZE_MAX && r->n_codes < DANGERS_MAX)
			r->codes[r->n_codes++] = p.danger;
		else if (code_index(r, p.danger) == SIZE_MAX)
			problem(l, t.file, t.line, "more than %d dangers", DANGERS_MAX);
		*VEC_ADD(l->arena, &v) = p;
	}
	if (!any)
		problem(l, t.file, 1, "the danger any is missing: whom to call whatever it is");
	r->phones = v.v;
	r->n_phones = v.n;
}

static void load_words(struct loading *l, struct danger_rules *r)
{
	VEC(struct phrase) v = { 0 };
	struct table t;

	if (!table_open(&t, l, "danger_words.csv", COLUMNS("lang", "danger", "pattern")))
		return;
	while (table_next(&t)) {
		size_t code = code_index(r, cell_needed(&t, "danger"));

		row_once(&t, str_fmt(l->arena, "%.*s \"%.*s\"", STR_FMT(cell_text(&t, "lang")), STR_FMT(cell_text(&t, "pattern"))));
		if (code == SIZE_MAX)
			problem(l, t.file, t.line, "danger_phones.csv has no number for %.*s", STR_FMT(cell_text(&t, "danger")));
		else
			*VEC_ADD(l->arena, &v) = (struct phrase){ .pattern = cell_pattern(&t), .lang = cell_lang(&t), .group = (int)code };
	}
	r->words = phrase_set_make(l->arena, v.v, v.n);
}

void load_danger(struct loading *l)
{
	struct danger_rules *r = ARENA_NEW(l->arena, struct danger_rules);

	r->codes[r->n_codes++] = S("any");
	load_phones(l, r);
	load_words(l, r);
	l->pack->danger = r;
}

uint64_t danger_in(struct arena *a, const struct danger_rules *r, struct str text)
{
	struct phrase_hits h = phrase_find(a, r->words, text, TEXT_MIXED, ~(uint64_t)0); /* in a hurry people mix languages */
	uint64_t found = 0;

	for (size_t i = 0; i < h.n; i++)
		found |= (uint64_t)1 << h.v[i].phrase->group;
	return found;
}

/* The rows of a danger that stand on a day are those of its latest date. */
static bool in_force(const struct danger_rules *r, const struct danger_phone *p, struct day on)
{
	for (size_t i = 0; i < r->n_phones; i++)
		if (str_eq(r->phones[i].danger, p->danger) && r->phones[i].valid_from.v <= on.v && r->phones[i].valid_from.v > p->valid_from.v)
			return false;
	return p->valid_from.v <= on.v;
}

size_t danger_phones(const struct danger_rules *r, uint64_t dangers, struct day on, const struct danger_phone **ret, size_t max)
{
	size_t n = 0;

	for (size_t k = 1; k <= r->n_codes; k++) {
		size_t code = k == r->n_codes ? ANY : k;

		for (size_t i = 0; i < r->n_phones && n < max; i++) {
			const struct danger_phone *p = &r->phones[i];
			bool there = false;

			for (size_t j = 0; j < n; j++)
				there = there || str_eq(ret[j]->number, p->number);
			if (!there && str_eq(p->danger, r->codes[code]) && (code == ANY || (dangers & (uint64_t)1 << code)) && in_force(r, p, on))
				ret[n++] = p;
		}
	}
	return n;
}
