#include "base/vec.h"
#include "standard/meeting_rules.h"
#include "standard/pack_read.h"

#define COLUMNS(...) (const char *const[]){ __VA_ARGS__ }, ARRAY_LEN(((const char *const[]){ __VA_ARGS__ }))

static void load_terms(struct loading *l, struct meeting_rules *r)
{
	VEC(struct meeting_term) v = { 0 };
	struct table t;

	if (!table_open(&t, l, "meetings.csv", COLUMNS("body_kind", "where", "times", "months", "basis", "confidence", "valid_from")))
		return;
	while (table_next(&t)) {
		struct str where = cell_needed(&t, "where");
		struct meeting_term x = { .body_kind = cell_needed(&t, "body_kind"), .below = str_eq(where, S("below")), .times = cell_int(&t, "times"),
					  .months = cell_int(&t, "months"), .basis = cell_needed(&t, "basis"), .confidence = cell_needed(&t, "confidence"),
					  .valid_from = cell_day(&t, "valid_from") };

		if (!x.below && !str_eq(where, S("own")))
			problem(l, t.file, t.line, "where must be below or own, not \"%.*s\"", STR_FMT(where));
		if (x.times < 1 || x.times > 52)
			problem(l, t.file, t.line, "times must be 1 to 52");
		if (x.months < 1 || 12 % x.months)
			problem(l, t.file, t.line, "months must divide the year: 1, 2, 3, 4, 6 or 12");
		for (size_t i = 0; i < v.n; i++)
			if (str_eq(v.v[i].body_kind, x.body_kind) && v.v[i].valid_from.v == x.valid_from.v)
				problem(l, t.file, t.line, "%.*s has two terms from the same day", STR_FMT(x.body_kind));
		*VEC_ADD(l->arena, &v) = x;
	}
	r->terms = v.v;
	r->n_terms = v.n;
}

static void load_channels(struct loading *l, struct meeting_rules *r)
{
	VEC(struct meeting_channel) v = { 0 };
	struct table t;

	if (!table_open(&t, l, "meeting_channels.csv", COLUMNS("code", "name_kk", "name_ru", "name_en", "proofs", "basis", "confidence", "valid_from")))
		return;
	while (table_next(&t)) {
		struct meeting_channel x = { .code = cell_needed(&t, "code"), .name = cell_name3(&t, "name"), .proofs = cell_int(&t, "proofs"),
					     .basis = cell_needed(&t, "basis"), .confidence = cell_needed(&t, "confidence"), .valid_from = cell_day(&t, "valid_from") };

		if (x.proofs < 1 || x.proofs > 20)
			problem(l, t.file, t.line, "proofs must be 1 to 20");
		for (size_t i = 0; i < v.n; i++)
			if (str_eq(v.v[i].code, x.code))
				problem(l, t.file, t.line, "the channel %.*s stands twice", STR_FMT(x.code));
		*VEC_ADD(l->arena, &v) = x;
	}
	if (!v.n)
		problem(l, t.file, 1, "a meeting must be announced somewhere");
	r->channels = v.v;
	r->n_channels = v.n;
}

void load_meetings(struct loading *l)
{
	struct meeting_rules *r = ARENA_NEW(l->arena, struct meeting_rules);

	load_terms(l, r);
	load_channels(l, r);
	l->pack->meetings = r;
}

const struct meeting_term *meeting_term_of(const struct meeting_rules *r, const struct body *b, struct day on)
{
	const struct meeting_term *best = NULL;

	for (size_t i = 0; i < r->n_terms; i++)
		if (str_eq(r->terms[i].body_kind, b->kind) && r->terms[i].valid_from.v <= on.v && (!best || r->terms[i].valid_from.v > best->valid_from.v))
			best = &r->terms[i];
	return best;
}

void meeting_span_days(const struct meeting_term *t, struct day on, struct day *ret_from, struct day *ret_until)
{
	int year, month, day;
	struct day from = { 0 };

	day_to_ymd(on, &year, &month, &day);
	month = (int)((month - 1) / t->months * t->months) + 1;
	rc_ignore(day_from_ymd(year, month, 1, &from) ? RC_OK : RC_INVALID);
	*ret_from = from;
	*ret_until = (struct day){ day_add_months(from, (int)t->months).v - 1 };
}

const struct meeting_channel *meeting_channel(const struct meeting_rules *r, struct str code)
{
	for (size_t i = 0; i < r->n_channels; i++)
		if (str_eq(r->channels[i].code, code))
			return &r->channels[i];
	return NULL;
}
