#include "keeping/keeping.h"

#include <assert.h>
#include <stdlib.h>

#include "app/app.h"
#include "base/random.h"
#include "base/vec.h"
#include "gen/messages.h"
#include "place/place.h"
#include "standard/duty.h"

#define BATCH 1000
#define LAG_MS 5000 /* a visit's row is visible long before that */

/* What counts on a line: kinds of duties; of appeals those with this origin, or with none of the origins that have a line of their own. */
#define KIND(k) (UINT64_C(1) << (k))
static const struct line_row {
	const char *name;
	unsigned msg;
	uint64_t kinds;
	const char *origin;
} lines[KEEP_LINE_N] = {
	[KEEP_MEETINGS] = { "meetings", MSG_KEEPING_L_MEETINGS, KIND(DUTY_MEETING_HOLD), NULL },
	[KEEP_ANNOUNCED] = { "announced", MSG_KEEPING_L_ANNOUNCED, KIND(DUTY_MEETING_ANNOUNCE), NULL },
	[KEEP_MINUTES] = { "minutes", MSG_KEEPING_L_MINUTES, KIND(DUTY_MEETING_MINUTES), NULL },
	[KEEP_QUESTIONS] = { "questions", MSG_KEEPING_L_QUESTIONS, KIND(DUTY_ANSWER), "meeting" },
	[KEEP_PLAN] = { "plan", MSG_KEEPING_L_PLAN, KIND(DUTY_MEASURE), NULL },
	[KEEP_REPORTS] = { "reports", MSG_KEEPING_L_REPORTS, KIND(DUTY_PLAN_REPORT), NULL },
	[KEEP_RECEPTIONS] = { "receptions", MSG_KEEPING_L_RECEPTIONS, KIND(DUTY_RECEPTION_HOLD), NULL },
	[KEEP_PROMISES] = { "promises", MSG_KEEPING_L_PROMISES, KIND(DUTY_PROMISE) | KIND(DUTY_STEP), NULL },
	[KEEP_APPEALS] = { "appeals", MSG_KEEPING_L_APPEALS, KIND(DUTY_ANSWER), "" },
	[KEEP_PETITIONS] = { "petitions", MSG_KEEPING_L_PETITIONS, KIND(DUTY_PETITION_GROUP) | KIND(DUTY_PETITION_DISCUSS) |
			    KIND(DUTY_PETITION_DECIDE) | KIND(DUTY_PETITION_REPORT), NULL },
	[KEEP_BRIEFINGS] = { "briefings", MSG_KEEPING_L_BRIEFINGS, KIND(DUTY_BRIEFING), NULL },
	[KEEP_JOURNALISTS] = { "journalists", MSG_KEEPING_L_JOURNALISTS, KIND(DUTY_ANSWER), "press" },
};
static const struct { const char *name; unsigned msg; } sums[KEEP_SUM_N] = {
	[KEEP_TALK] = { "talk", MSG_KEEPING_TALK },
	[KEEP_WAITING] = { "waiting", MSG_KEEPING_WAITING },
};

const char *keep_sum_name(enum keep_sum s)
{
	assert(s < KEEP_SUM_N);
	return sums[s].name;
}

unsigned keep_sum_msg(enum keep_sum s)
{
	assert(s < KEEP_SUM_N);
	return sums[s].msg;
}

bool keep_sum_by_name(struct str name, enum keep_sum *ret)
{
	for (unsigned i = 0; i < KEEP_SUM_N; i++)
		if (str_eq(name, str_of(sums[i].name))) {
			*ret = (enum keep_sum)i;
			return true;
		}
	return false;
}

const char *keep_line_name(enum keep_line l)
{
	assert(l < KEEP_LINE_N);
	return lines[l].name;
}

unsigned keep_line_msg(enum keep_line l)
{
	assert(l < KEEP_LINE_N);
	return lines[l].msg;
}

bool keep_line_by_name(struct str name, enum keep_line *ret)
{
	for (unsigned i = 0; i < KEEP_LINE_N; i++)
		if (str_eq(name, str_of(lines[i].name))) {
			*ret = (enum keep_line)i;
			return true;
		}
	return false;
}

enum keep_line keep_line_of(struct str duty_kind, struct str subject_kind, struct str origin)
{
	enum keep_line rest = KEEP_LINE_N;
	enum duty_kind kind;

	if (!duty_kind_by_name(duty_kind, &kind))
		return rest;
	for (unsigned i = 0; i < KEEP_LINE_N; i++) {
		if (!(lines[i].kinds & KIND(kind)))
			continue;
		if (!lines[i].origin || (lines[i].origin[0] && str_eq(origin, str_of(lines[i].origin))))
			return (enum keep_line)i;
		if (!lines[i].origin[0] && str_eq(subject_kind, S("appeal")))
			rest = (enum keep_line)i;
	}
	return rest;
}

/* ---- periods ---- */

struct keep_span keep_span_of(char span, struct day d)
{
	int year, month, day;

	day_to_ymd(d, &year, &month, &day);
	switch (span) {
	case 'm':
		return (struct keep_span){ 'm', (int64_t)year * 12 + month - 1 };
	case 'q':
		return (struct keep_span){ 'q', (int64_t)year * 4 + (month - 1) / 3 };
	case 'h':
		return (struct keep_span){ 'h', (int64_t)year * 2 + (month - 1) / 6 };
	default:
		return (struct keep_span){ 'y', year };
	}
}

static int per_year(char span)
{
	return span == 'm' ? 12 : span == 'q' ? 4 : span == 'h' ? 2 : 1;
}

struct day keep_span_begin(struct keep_span s)
{
	int n = per_year(s.span);
	struct day d = { 0 };

	return day_from_ymd((int)(s.slot / n), (int)(s.slot % n) * (12 / n) + 1, 1, &d) ? d : (struct day){ 0 };
}

bool keep_span_read(struct str text, struct keep_span *ret)
{
	int64_t slot;

	if (text.n < 2 || !strchr("mqhy", text.p[0]) || !str_to_i64(str_from(text, 1), &slot))
		return false;
	*ret = (struct keep_span){ text.p[0], slot };
	return slot >= 2000 * per_year(ret->span) && slot < 3000 * per_year(ret->span);
}

struct str keep_span_text(struct arena *a, struct keep_span s)
{
	return str_fmt(a, "%c%lld", s.span, (long long)s.slot);
}

struct str keep_span_name(struct arena *a, const struct lang *l, struct keep_span s)
{
	static const unsigned months[12] = { MSG_KEEPING_M_1, MSG_KEEPING_M_2, MSG_KEEPING_M_3, MSG_KEEPING_M_4,  MSG_KEEPING_M_5,  MSG_KEEPING_M_6,
					     MSG_KEEPING_M_7, MSG_KEEPING_M_8, MSG_KEEPING_M_9, MSG_KEEPING_M_10, MSG_KEEPING_M_11, MSG_KEEPING_M_12 };
	int n = per_year(s.span);
	struct msg_arg args[] = { ARG_S("year", str_i64(a, (s.slot / n))), ARG_S("part", str_i64(a, (s.slot % n + 1))) };

	if (s.span == 'm')
		return msg_fmt(a, l, months[s.slot % 12], args, 1);
	if (s.span == 'y')
		return msg_fmt(a, l, MSG_KEEPING_YEAR, args, 1);
	return msg_fmt(a, l, s.span == 'q' ? MSG_KEEPING_QUARTER : MSG_KEEPING_HALF, args, 2);
}

/* ---- folding ---- */

/* One body's changes on one line for one day. */
struct change {
	int64_t body;
	struct str line;
	struct day on;
	struct keep_cell n;
};
struct change_list {
	struct change *v;
	size_t n, cap;
};

static struct change *change_of(struct ctx *c, struct change_list *l, int64_t body, struct str line, struct day on)
{
	for (size_t i = l->n; i-- > 0;)
		if (l->v[i].body == body && l->v[i].on.v == on.v && str_eq(l->v[i].line, line))
			return &l->v[i];
	struct change *n = VEC_ADD(c->arena, l);

	*n = (struct change){ .body = body, .line = line, .on = on };
	return n;
}

static void count(struct ctx *c, struct change_list *l, const struct keep_duty_row *d, struct str line, struct day on, struct str as, int64_t by)
{
	if (!line.n || str_eq(as, S("none")))
		return;
	struct change *n = change_of(c, l, d->body_id, line, on);

	*(str_eq(as, S("kept"))    ? &n->n.kept
	  : str_eq(as, S("moved")) ? &n->n.moved
	  : str_eq(as, S("late"))  ? &n->n.late
				   : &n->n.open) += by;
}

/* What the row counts as now, in place of what it counted as. */
static enum rc recount(struct ctx *c, struct change_list *l, const struct keep_duty_row *d)
{
	enum keep_line k = keep_line_of(d->kind, d->subject_kind, d->origin);
	bool closed = when_set(d->closed_at), overdue = !closed && d->due_at.us < c->now.us;
	struct str line = k < KEEP_LINE_N && d->body_id ? str_of(lines[k].name) : S(""), as = S("");
	struct day on = when_day(d->due_at);
	int64_t changed;

	if (closed)
		as = !line.n || !str_eq(d->outcome, S("done")) ? S("none") : d->late ? S("late") : d->moves ? S("moved") : S("kept");
	else if (overdue)
		as = line.n ? S("open") : S("none");
	if (d->kept_as.n)
		count(c, l, d, d->kept_line, d->kept_on, d->kept_as, -1);
	if (as.n)
		count(c, l, d, line, on, as, 1);
	return keep_set(c->db, d->id, as.n ? line : S(""), on, as, &changed);
}

static enum rc store(struct ctx *c, const struct change_list *l)
{
	static const char spans[] = "mqhy";
	int64_t changed;

	for (size_t i = 0; i < l->n; i++)
		for (size_t k = 0; k + 1 < sizeof(spans); k++) {
			const struct change *n = &l->v[i];
			struct keep_span s = keep_span_of(spans[k], n->on);

			TRY(keep_add(c->db, str_sub(str_of(spans), k, 1), s.slot, n->body, n->line, n->n.kept, n->n.moved, n->n.late, n->n.open, &changed));
		}
	return RC_OK;
}

static enum rc fold_duties(struct ctx *c, int64_t limit, int64_t *ret_n)
{
	struct keep_duty_row_list l[3];
	struct change_list changes = { 0 };

	TRY(keep_closed(c->db, limit, &l[0]));
	TRY(keep_overdue(c->db, c->now, limit, &l[1]));
	TRY(keep_moved(c->db, c->now, limit, &l[2]));
	*ret_n = 0;
	for (size_t k = 0; k < ARRAY_LEN(l); k++)
		for (size_t i = 0; i < l[k].n; i++, ++*ret_n)
			TRY(recount(c, &changes, &l[k].v[i]));
	return store(c, &changes);
}

static enum rc add_sum(struct ctx *c, enum keep_sum s, int64_t body, struct day on, int64_t part, int64_t whole)
{
	static const char spans[] = "mqhy";
	int64_t changed;

	for (size_t k = 0; k + 1 < sizeof(spans); k++)
		TRY(keep_sum_add(c->db, str_sub(str_of(spans), k, 1), keep_span_of(spans[k], on).slot, body, str_of(sums[s].name), part, whole, &changed));
	return RC_OK;
}

static enum rc mark_of(struct ctx *c, enum keep_sum s, int64_t *ret)
{
	*ret = 0;
	enum rc rc = keep_mark_get(c->db, str_of(sums[s].name), ret);

	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* Minutes of waiting, visit by visit; the mark moves in the same transaction. */
static enum rc fold_visits(struct ctx *c, int64_t limit, int64_t *ret_n)
{
	struct keep_visit_row_list l;
	int64_t mark, changed;

	TRY(mark_of(c, KEEP_WAITING, &mark));
	TRY(keep_visits(c->db, (struct reception_visit_id){ mark }, (struct reception_visit_id){ id_at_ms(c->now.us / 1000 - LAG_MS, 0) }, limit, &l));
	for (size_t i = 0; i < l.n; i++)
		TRY(add_sum(c, KEEP_WAITING, l.v[i].body_id, when_day(l.v[i].opened_at), l.v[i].waited_us / WHEN_MINUTE, 1));
	*ret_n += (int64_t)l.n;
	return l.n ? keep_mark_set(c->db, str_of(sums[KEEP_WAITING].name), l.v[l.n - 1].id.v, &changed) : RC_OK;
}

/* Seconds of talk, meeting by meeting. Those that ended in the last moment of a full batch wait for the next one: more may have ended in it. */
static enum rc fold_meetings(struct ctx *c, int64_t limit, int64_t *ret_n)
{
	struct keep_meeting_row_list l;
	int64_t mark, changed;

	TRY(mark_of(c, KEEP_TALK, &mark));
	TRY(keep_meetings(c->db, (struct when){ mark }, when_add(c->now, -LAG_MS * 1000), limit, &l));
	if ((int64_t)l.n == limit) {
		size_t whole = l.n;

		while (whole > 0 && l.v[whole - 1].ended_at.us == l.v[l.n - 1].ended_at.us)
			whole--;
		l.n = whole ? whole : l.n;
	}
	for (size_t i = 0; i < l.n; i++)
		TRY(add_sum(c, KEEP_TALK, l.v[i].body_id, when_day(l.v[i].ended_at), l.v[i].talk_sec, l.v[i].all_sec));
	*ret_n += (int64_t)l.n;
	return l.n ? keep_mark_set(c->db, str_of(sums[KEEP_TALK].name), l.v[l.n - 1].ended_at.us, &changed) : RC_OK;
}

enum rc keep_fold_some(struct ctx *c, int64_t limit, int64_t *ret_n)
{
	TRY(fold_duties(c, limit, ret_n));
	TRY(fold_visits(c, limit, ret_n));
	return fold_meetings(c, limit, ret_n);
}

/* A batch that was full goes on at once: a database that was filled elsewhere is caught up with. */
enum rc keep_fold(struct ctx *c, struct str payload)
{
	int64_t n;

	(void)payload;
	TRY(keep_fold_some(c, BATCH, &n));
	c->more = n >= BATCH;
	return RC_OK;
}

/* ---- reading ---- */

static void put_count(struct keep_body *b, const struct keep_count_row *r)
{
	enum keep_line l;

	if (keep_line_by_name(r->line, &l))
		b->line[l] = (struct keep_cell){ r->kept, r->moved, r->late, r->open };
}

static void put_sum(struct keep_body *b, const struct keep_sum_row *r)
{
	for (size_t i = 0; i < KEEP_SUM_N; i++)
		if (str_eq(r->line, str_of(sums[i].name))) {
			b->sum[i].part = r->part;
			b->sum[i].whole = r->whole;
		}
}

static void work_out(struct keep_body *b, int64_t sample)
{
	int64_t kept = 0;

	b->owed = 0;
	for (size_t i = 0; i < KEEP_LINE_N; i++) {
		kept += b->line[i].kept;
		b->owed += keep_owed(&b->line[i]);
	}
	b->percent = b->owed >= sample && b->owed > 0 ? (kept * 100 + b->owed / 2) / b->owed : -1;
}

static int by_kept(const void *a, const void *b)
{
	const struct keep_body *x = a, *y = b;

	if (x->percent != y->percent)
		return x->percent > y->percent ? -1 : 1;
	if (x->owed != y->owed)
		return x->owed > y->owed ? -1 : 1;
	return (x->body->id > y->body->id) - (x->body->id < y->body->id);
}

static struct keep_body *body_of(struct keep_table *t, size_t at[], const struct pack *p, int64_t body)
{
	const struct body *b = pack_body(p, body);

	return b && at[b - p->bodies] ? &t->v[at[b - p->bodies] - 1] : NULL;
}

enum rc keep_load(struct ctx *c, struct keep_span span, int64_t region, struct keep_table *ret)
{
	const struct pack *p = c->app->pack;
	struct keep_table t = { .span = span, .sample = pack_clause(p, "board_sample", when_day(c->now))->value };
	struct str name = { &span.span, 1 };
	struct keep_count_row_list counts;
	struct keep_sum_row_list measured;
	size_t *at = ARENA_ARRAY(c->arena, p->n_bodies, size_t), n = 0;

	TRY(keep_counts(c->db, name, span.slot, &counts));
	TRY(keep_sums(c->db, name, span.slot, &measured));
	t.v = ARENA_ARRAY(c->arena, p->n_bodies, struct keep_body);
	for (size_t i = 0; i < p->n_bodies; i++)
		if (!region || (p->bodies[i].place && place_region(p->bodies[i].place)->id == region)) {
			t.v[t.n++].body = &p->bodies[i];
			at[i] = t.n;
		}
	for (size_t i = 0; i < counts.n; i++) {
		struct keep_body *b = body_of(&t, at, p, counts.v[i].body_id);

		if (b)
			put_count(b, &counts.v[i]);
	}
	for (size_t i = 0; i < measured.n; i++) {
		struct keep_body *b = body_of(&t, at, p, measured.v[i].body_id);

		if (b)
			put_sum(b, &measured.v[i]);
	}
	for (size_t i = 0; i < t.n; i++) {
		work_out(&t.v[i], t.sample);
		if (t.v[i].owed || t.v[i].sum[KEEP_TALK].whole || t.v[i].sum[KEEP_WAITING].whole) /* who owed nothing at all is not on the board */
			t.v[n++] = t.v[i];
	}
	t.n = n;
	qsort(t.v, t.n, sizeof(*t.v), by_kept);
	*ret = t;
	return RC_OK;
}

enum rc keep_load_body(struct ctx *c, struct keep_span span, int64_t body, struct keep_body *ret)
{
	struct keep_body b = { .body = pack_body(c->app->pack, body) };
	struct str name = { &span.span, 1 };
	struct keep_count_row_list counts;
	struct keep_sum_row_list measured;

	TRY(keep_counts_of(c->db, name, span.slot, body, &counts));
	TRY(keep_sums_of(c->db, name, span.slot, body, &measured));
	for (size_t i = 0; i < counts.n; i++)
		put_count(&b, &counts.v[i]);
	for (size_t i = 0; i < measured.n; i++)
		put_sum(&b, &measured.v[i]);
	work_out(&b, pack_clause(c->app->pack, "board_sample", when_day(c->now))->value);
	*ret = b;
	return RC_OK;
}
