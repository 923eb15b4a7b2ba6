#include "answer/quality.h"

#include <stdlib.h>

#include "app/app.h"
#include "base/vec.h"
#include "gen/check_sql.h"
#include "insight/tally.h"

struct sums {
	struct quality_line line;
	int64_t tta[TTA_BUCKETS];
};

/* Metrics that are a plain number: one row each. */
static const struct { struct str metric; size_t at; } plain[] = {
	{ S_INIT("answers"), offsetof(struct quality_line, answers) },       { S_INIT("clear"), offsetof(struct quality_line, clear) },
	{ S_INIT("not_clear"), offsetof(struct quality_line, not_clear) },   { S_INIT("not_solved"), offsetof(struct quality_line, not_solved) },
	{ S_INIT("reopened"), offsetof(struct quality_line, reopened) },
};

static void take(struct sums *s, struct str metric, int64_t n)
{
	struct str rest = metric, head;
	enum finding kind;
	int64_t bucket;

	for (size_t i = 0; i < ARRAY_LEN(plain); i++)
		if (str_eq(metric, plain[i].metric))
			*(int64_t *)(void *)((char *)&s->line + plain[i].at) += n;
	if (str_find_byte(metric, ':', 0) == SIZE_MAX || !str_cut(&rest, ':', &head))
		return;
	if (str_eq(head, S("tta")) && str_to_i64(rest, &bucket) && bucket >= 0 && bucket < TTA_BUCKETS)
		s->tta[bucket] += n;
	if (!finding_by_name(rest, &kind))
		return;
	if (str_eq(head, S("finding"))) {
		s->line.findings += n;
		s->line.by_kind[kind] += n;
	} else if (str_eq(head, S("passed"))) {
		s->line.passed += n;
		s->line.passed_kind[kind] += n;
	}
}

static int64_t percent(int64_t part, int64_t all)
{
	return all > 0 ? (part * 100 + all / 2) / all : -1;
}

static void work_out(struct sums *s, int64_t sample)
{
	struct quality_line *l = &s->line;
	int64_t said = l->clear + l->not_clear + l->not_solved, seconds = tta_percentile(s->tta, 50, sample);

	l->median_hours = seconds < 0 ? -1 : seconds / 3600;
	l->clear_percent = said >= sample / 2 ? percent(l->clear, said) : -1;
	l->reopened_percent = percent(l->reopened, l->answers);
	l->per_100 = percent(l->findings, l->answers);
	l->ranked = l->answers >= sample && l->clear_percent >= 0;
}

static int by_clear(const void *a, const void *b)
{
	const struct quality_line *x = a, *y = b;

	if (x->ranked != y->ranked)
		return x->ranked ? -1 : 1;
	if (x->ranked && x->clear_percent != y->clear_percent)
		return x->clear_percent > y->clear_percent ? -1 : 1;
	if (x->answers != y->answers)
		return x->answers > y->answers ? -1 : 1;
	return (x->body > y->body) - (x->body < y->body);
}

enum rc quality_load(struct ctx *c, int64_t body, struct quality_table *ret)
{
	const struct pack *p = c->app->pack;
	struct quality_table t = { .days = pack_clause(p, "quality_days", when_day(c->now))->value,
				   .sample = pack_clause(p, "quality_sample", when_day(c->now))->value };
	struct quality_row_list rows;
	VEC(struct quality_line) v = { 0 };
	struct sums s = { 0 };

	int64_t today = when_day(c->now).v, since = (today - t.days) / 7;

	TRY(body ? quality_sums_of(c->db, body, since, &rows) : quality_sums(c->db, since, today / 7, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		if (!i || rows.v[i].body_id != rows.v[i - 1].body_id)
			s = (struct sums){ .line = { .body = rows.v[i].body_id } };
		take(&s, rows.v[i].metric, rows.v[i].n);
		if (i + 1 < rows.n && rows.v[i + 1].body_id == rows.v[i].body_id)
			continue;
		work_out(&s, t.sample);
		*VEC_ADD(c->arena, &v) = s.line;
		t.n_ranked += s.line.ranked;
	}
	if (v.n)
		qsort(v.v, v.n, sizeof(*v.v), by_clear);
	t.v = v.v;
	t.n = v.n;
	*ret = t;
	return RC_OK;
}

static enum rc add(struct ctx *c, int64_t body, struct when at, struct str cut, int64_t writer, struct str name, struct str said, int64_t n)
{
	int64_t changed;

	return cut_add(c->db, body, when_day(at).v / 7, cut, writer, name, said, n, &changed);
}

/* One answer in its three cuts; n -1 takes back what was said before. */
static enum rc say(struct ctx *c, const struct rateable_row *w, struct str topic, struct when at, struct str said, int64_t n)
{
	struct finding_kind_list kinds;

	TRY(finding_of_answer(c->db, w->id, &kinds));
	TRY(add(c, w->body_id, at, S("writer"), w->writer_id, S(""), said, n));
	TRY(add(c, w->body_id, at, S("topic"), 0, topic, said, n));
	for (size_t i = 0; i < kinds.n; i++)
		TRY(add(c, w->body_id, at, S("finding"), 0, kinds.v[i].kind, said, n));
	return RC_OK;
}

enum rc quality_said(struct ctx *c, struct appeal_id appeal, struct str topic, struct str said)
{
	struct rateable_row_list answers;

	TRY(rateable(c->db, appeal, &answers));
	for (size_t i = 0; i < answers.n; i++) {
		if (when_set(answers.v[i].rated_at))
			TRY(say(c, &answers.v[i], topic, answers.v[i].rated_at, answers.v[i].state, -1));
		TRY(say(c, &answers.v[i], topic, c->now, said, 1));
	}
	return RC_OK;
}

enum rc quality_found(struct ctx *c, int64_t body, int64_t writer, struct str topic, struct str kind)
{
	TRY(add(c, body, c->now, S("found_writer"), writer, S(""), kind, 1));
	return add(c, body, c->now, S("found_topic"), 0, topic, kind, 1);
}
