#include "petition/petition_pace.h"

#include <stdlib.h>

#include "petition/petition_inner.h"

#define HOURS_MAX 10000 /* a year and more */

static int by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static int64_t median_of(int64_t *v, size_t n)
{
	qsort(v, n, sizeof(*v), by_size);
	return n ? v[n / 2] : 0;
}

void petition_pace_judge(struct petition_pace *p, struct arena *a)
{
	int64_t around[2 * PETITION_AROUND], *all = ARENA_ARRAY(a, p->hours + 1, int64_t);

	p->usual = ARENA_ARRAY(a, p->hours + 1, int64_t);
	p->unusual = ARENA_ARRAY(a, p->hours + 1, bool);
	for (size_t i = 0; i < p->hours; i++) {
		size_t first = i > PETITION_AROUND ? i - PETITION_AROUND : 0, n = 0;

		for (size_t k = first; k < p->hours && k <= i + PETITION_AROUND; k++)
			if (k != i)
				around[n++] = p->n[k];
		p->usual[i] = median_of(around, n);
		p->unusual[i] = p->n[i] >= p->least && p->n[i] >= p->times * (p->usual[i] > 1 ? p->usual[i] : 1);
		p->n_unusual += p->unusual[i];
		p->max = p->n[i] > p->max ? p->n[i] : p->max;
		all[i] = p->n[i];
	}
	p->median = median_of(all, p->hours);
}

static enum rc load_counts(struct ctx *c, struct petition_id id, int64_t region, int64_t from, struct petition_count_row_list *ret)
{
	if (!region)
		return petition_counts(c->db, id, S("h"), from, HOURS_MAX, ret);
	TRY(petition_counts_region(c->db, id, region, from * PETITION_HOUR_REGION, HOURS_MAX, ret));
	for (size_t i = 0; i < ret->n; i++)
		ret->v[i].slot /= PETITION_HOUR_REGION;
	return RC_OK;
}

enum rc petition_pace_load(struct ctx *c, const struct petition_row *row, int64_t region, int64_t hours, struct petition_pace *ret)
{
	struct when end = when_set(row->closed_at) && row->closed_at.us < c->now.us ? row->closed_at : c->now;
	int64_t last = end.us / PETITION_HOUR_US, first = (when_set(row->moderated_at) ? row->moderated_at.us : row->made_at.us) / PETITION_HOUR_US;
	struct petition_count_row_list l;

	if (last - first >= HOURS_MAX)
		first = last - HOURS_MAX + 1;
	if (hours && last - first >= hours)
		first = last - hours + 1;
	if (first > last)
		first = last;
	struct petition_pace p = { .from = first, .hours = (size_t)(last - first + 1), .times = petition_clause(c, "petition_unusual_times"),
				   .least = petition_clause(c, "petition_unusual_least") };

	p.n = ARENA_ARRAY(c->arena, p.hours, int64_t);
	TRY(load_counts(c, row->id, region, first, &l));
	for (size_t i = 0; i < l.n; i++)
		if (l.v[i].slot >= first && l.v[i].slot <= last)
			p.n[l.v[i].slot - first] = l.v[i].n;
	petition_pace_judge(&p, c->arena);
	*ret = p;
	return RC_OK;
}
