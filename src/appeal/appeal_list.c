#include "appeal/appeal_list.h"

#include <stdlib.h>

#include "base/vec.h"

static void add(struct appeal_filter *f, const struct topic *t)
{
	if (!appeal_filter_has(f, t->code) && f->n_topics < FILTER_TOPICS)
		f->topics[f->n_topics++] = t;
}

bool appeal_filter_add(const struct pack *p, struct str code, struct appeal_filter *f)
{
	const struct topic *t = pack_topic(p, code);

	if (!t)
		return false;
	add(f, t);
	for (size_t i = 0; i < p->n_topics; i++)
		if (p->topics[i].up == t)
			add(f, &p->topics[i]);
	return true;
}

bool appeal_filter_has(const struct appeal_filter *f, struct str code)
{
	for (size_t i = 0; i < f->n_topics; i++)
		if (str_eq(f->topics[i]->code, code))
			return true;
	return false;
}

bool appeal_is_over(struct str state)
{
	static const char *const over[] = { "answered", "closed", "stopped", "withdrawn", "joined" };

	for (size_t i = 0; i < ARRAY_LEN(over); i++)
		if (str_eq(state, str_of(over[i])))
			return true;
	return false;
}

static int newest_first(const void *x, const void *y)
{
	const struct appeal_public_row *a = x, *b = y;

	if (a->filed_at.us != b->filed_at.us)
		return a->filed_at.us < b->filed_at.us ? 1 : -1;
	return a->id.v < b->id.v ? 1 : -1;
}

/* Each topic has its own way through the index; the newest of all are the newest. */
enum rc appeal_list(struct ctx *c, const struct appeal_filter *f, int64_t before, int64_t limit, struct appeal_public_row_list *ret)
{
	struct appeal_id at = { before ? before : INT64_MAX };
	struct when until = { when_set(f->until) ? f->until.us : INT64_MAX };
	VEC(struct appeal_public_row) all = { 0 };

	if (!f->n_topics)
		return f->region ? appeal_public_of_region(c->db, f->region, f->since, until, f->state, at, limit, ret)
				 : appeal_public_recent(c->db, f->since, until, f->state, at, limit, ret);
	for (size_t i = 0; i < f->n_topics; i++) {
		struct str code = f->topics[i]->code;
		struct appeal_public_row_list l;

		if (f->region)
			TRY(appeal_public_of_both(c->db, code, f->region, f->since, until, f->state, at, limit, &l));
		else
			TRY(appeal_public_of_topic(c->db, code, f->since, until, f->state, at, limit, &l));
		for (size_t k = 0; k < l.n; k++)
			*VEC_ADD(c->arena, &all) = l.v[k];
	}
	if (all.n)
		qsort(all.v, all.n, sizeof(all.v[0]), newest_first);
	*ret = (struct appeal_public_row_list){ .v = all.v, .n = all.n < (size_t)limit ? all.n : (size_t)limit };
	return RC_OK;
}
