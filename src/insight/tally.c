#include "insight/tally.h"

#include <math.h>

#include "base/out.h"
#include "base/vec.h"

int tta_bucket(int64_t seconds)
{
	if (seconds < 3600)
		return 0;
	int b = (int)(log2((double)seconds / 3600.0) * 4) + 1;

	return b < TTA_BUCKETS ? b : TTA_BUCKETS - 1;
}

int64_t tta_seconds(int bucket)
{
	return (int64_t)(3600.0 * exp2((double)bucket / 4.0));
}

int64_t tta_percentile(const int64_t counts[TTA_BUCKETS], int p, int64_t least)
{
	int64_t all = 0, seen = 0;

	for (int i = 0; i < TTA_BUCKETS; i++)
		all += counts[i];
	if (all < least || all == 0)
		return -1;
	for (int i = 0; i < TTA_BUCKETS; i++) {
		seen += counts[i];
		if (seen * 100 >= all * p)
			return tta_seconds(i);
	}
	return tta_seconds(TTA_BUCKETS - 1);
}

/* Which cuts are kept: a bit each for topic, place (the district), region, body. */
enum { CUT_TOPIC = 1, CUT_PLACE = 2, CUT_REGION = 4, CUT_BODY = 8 };
static const struct { unsigned cut; bool hourly; } cuts[] = {
	{ 0, true },           { CUT_TOPIC, true },       { CUT_REGION, true },          { CUT_PLACE, false },
	{ CUT_BODY, false },   { CUT_TOPIC | CUT_REGION, false }, { CUT_TOPIC | CUT_PLACE, false }, { CUT_TOPIC | CUT_BODY, false },
	{ CUT_REGION | CUT_BODY, false },
};

/* Which event adds what; open goes up and down so that "in work now" needs no scan. */
static const struct { const char *kind, *detail, *metric; int64_t n; } counted[] = {
	{ "filed", NULL, "filed", 1 },            { "filed", NULL, "open", 1 },
	{ "passed_on", NULL, "passed", 1 },       { "answered", NULL, "answered", 1 },
	{ "answered", NULL, "open", -1 },         { "answered", "granted", "granted", 1 },
	{ "answered", "refused", "refused", 1 },  { "answered", "explained", "explained", 1 },
	{ "joined", NULL, "open", -1 },
	{ "stopped", NULL, "open", -1 },          { "withdrawn", NULL, "open", -1 },
	{ "deemed", NULL, "deemed", 1 },          { "rated", "clear", "clear", 1 },
	{ "rated", "not_clear", "not_clear", 1 }, { "rated", "not_solved", "not_solved", 1 },
	{ "reopened", NULL, "reopened", 1 },      { "reopened", NULL, "open", 1 },
	{ "extended", NULL, "extended", 1 },      { "contested", NULL, "contested", 1 },
};

static void add(struct tally_sum *s, const struct tally_add *a)
{
	struct str key = str_fmt(s->arena, "%.*s|%.*s|%.*s|%lld|%lld|%lld", STR_FMT(a->span), STR_FMT(a->metric), STR_FMT(a->topic),
				 (long long)a->slot, (long long)a->place, (long long)a->body);
	const void *found = map_get(&s->rows, key);
	struct tally_add *row;

	if (found) {
		memcpy(&row, &found, sizeof(row));
		row->n += a->n;
		return;
	}
	row = ARENA_NEW(s->arena, struct tally_add);
	*row = *a;
	s->rows.arena = s->arena;
	map_put(&s->rows, key, row);
	s->list = vec_grow(s->arena, s->list, s->n, &s->cap, sizeof(struct tally_add *));
	s->list[s->n++] = row;
}

static void count_metric(struct tally_sum *s, const struct tally_event *e, struct str metric, int64_t n)
{
	int64_t day = when_day(e->at).v, hour = (e->at.us / WHEN_SECOND + when_offset_sec(e->at)) / 3600;

	for (size_t i = 0; i < ARRAY_LEN(cuts); i++) {
		unsigned cut = cuts[i].cut;
		struct tally_add a = { .metric = metric, .n = n };

		if (((cut & CUT_PLACE) && !e->place) || ((cut & CUT_REGION) && !e->region) || ((cut & CUT_BODY) && !e->body))
			continue;
		if ((cut & CUT_PLACE) && e->place == e->region)
			continue; /* the region's own cut counts it */
		a.topic = cut & CUT_TOPIC ? e->topic : S("");
		a.place = cut & CUT_PLACE ? e->place : cut & CUT_REGION ? e->region : 0;
		a.body = cut & CUT_BODY ? e->body : 0;
		a.span = S("all");
		add(s, &a);
		a.span = S("day");
		a.slot = day;
		add(s, &a);
		a.span = S("week");
		a.slot = day / 7;
		add(s, &a);
		a.span = S("hour");
		a.slot = hour;
		if (cuts[i].hourly)
			add(s, &a);
	}
}

void tally_count(struct tally_sum *s, const struct tally_event *e)
{
	for (size_t i = 0; i < ARRAY_LEN(counted); i++)
		if (str_eq(e->kind, str_of(counted[i].kind)) && (!counted[i].detail || str_eq(e->detail, str_of(counted[i].detail))))
			count_metric(s, e, str_of(counted[i].metric), counted[i].n);
	if (!str_eq(e->kind, S("answered")))
		return;
	count_metric(s, e, e->late ? S("late") : S("on_time"), 1);
	count_metric(s, e, str_fmt(s->arena, "tta:%d", tta_bucket(e->value)), 1);
}
