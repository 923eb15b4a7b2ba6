#include "insight/insight.h"

#include <math.h>

#include "app/app.h"
#include "base/random.h"
#include "gen/appeal_sql.h"
#include "place/place.h"
#include "standard/options.h"

#define LAG_MS 2000 /* a commit is visible long before that */
#define BATCH 4000
#define SUMS_MAX 4000 /* rows one transaction adds to: while a long one lasts, PostgreSQL makes every other run again and again */
#define MARK 1

int64_t percent_of(int64_t part, int64_t all, int64_t least)
{
	return all < least || all <= 0 ? -1 : (part * 100 + all / 2) / all;
}

static struct tally_event event_of(const struct event_count_row *e)
{
	return (struct tally_event){ .kind = e->kind, .topic = e->topic, .place = e->place_id, .region = e->region_id, .body = e->body_id,
				     .value = e->value, .detail = e->detail, .late = e->late, .at = e->happened_at };
}

static enum rc tell(struct ctx *c)
{
	int64_t filed = 0, answered = 0, open = 0;
	static const char *const names[] = { "filed", "answered", "open" };
	int64_t *to[] = { &filed, &answered, &open };

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		enum rc rc = tally_total(c->db, str_of(names[i]), to[i]);

		if (rc != RC_OK && rc != RC_NOT_FOUND)
			return rc;
	}
	return db_notify(c->db, S("now"),
			 str_fmt(c->arena, "{\"filed\":\"%lld\",\"answered\":\"%lld\",\"open\":\"%lld\"}", (long long)filed, (long long)answered,
				 (long long)open));
}

/* The mark moves with the counts in one transaction: an event is counted once, whatever dies in between. */
enum rc insight_fold(struct ctx *c, struct str payload)
{
	struct tally_sum sum = { .arena = c->arena };
	struct tally_mark_id mark = { MARK };
	struct tally_mark_row at;
	struct event_count_row_list events;
	struct event_id until = { id_at_ms(c->now.us / 1000 - LAG_MS, 0) };
	int64_t changed;
	size_t n = 0;

	(void)payload;
	c->more = false;
	TRY(tally_mark_insert(c->db, mark, 0, c->now, &changed));
	TRY(tally_mark_get(c->db, mark, &at));
	TRY(event_after(c->db, (struct event_id){ at.event }, until, BATCH, &events));
	if (!events.n)
		return RC_OK;
	while (n < events.n && sum.n < SUMS_MAX) {
		struct tally_event e = event_of(&events.v[n++]);

		tally_count(&sum, &e);
	}
	TRY(tally_mark_set(c->db, mark, events.v[n - 1].id.v, at.event, c->now, &changed));
	if (changed != 1)
		return RC_RETRY; /* another process folded the same batch */
	for (size_t i = 0; i < sum.n; i++) {
		const struct tally_add *a = sum.list[i];

		TRY(tally_add(c->db, a->span, a->slot, a->metric, a->topic, a->place, a->body, a->n, &changed));
	}
	c->more = n < events.n || n == BATCH;
	return tell(c);
}

static void put_metric(struct insight_sums *s, struct str metric, int64_t n)
{
	struct { const char *name; int64_t *at; } known[] = {
		{ "filed", &s->filed },         { "answered", &s->answered }, { "on_time", &s->on_time },     { "late", &s->late },
		{ "deemed", &s->deemed },       { "clear", &s->clear },       { "not_clear", &s->not_clear }, { "not_solved", &s->not_solved },
		{ "passed", &s->passed },       { "reopened", &s->reopened }, { "granted", &s->granted },     { "refused", &s->refused },
		{ "explained", &s->explained },
	};
	int64_t bucket;

	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (str_eq(metric, str_of(known[i].name)))
			*known[i].at = n;
	if (str_starts(metric, S("tta:")) && str_to_i64(str_from(metric, 4), &bucket) && bucket >= 0 && bucket < TTA_BUCKETS)
		s->tta[bucket] = n;
}

/* A span of days as its whole weeks and the days at its ends: a year is some sixty rows. */
struct span {
	int64_t since, week, week_end, until;
};

static struct span span_of(int64_t since, int64_t until)
{
	struct span s = { since, (since + 6) / 7, (until + 1) / 7, until };

	if (s.week_end <= s.week)
		s.week = s.week_end = until / 7 + 1; /* no whole week in it: days only */
	return s;
}

static enum rc sums(struct req *rq, int64_t place, int64_t body, struct str topic, struct span s, struct insight_sums *ret)
{
	struct tally_metric_list l;

	TRY(tally_sums(rq->ctx.db, place, body, topic, s.since, s.week, s.week_end, s.until, &l));
	for (size_t i = 0; i < l.n; i++)
		put_metric(ret, l.v[i].metric, l.v[i].n);
	return RC_OK;
}

static void rate_row(struct insight_row *r, const struct insight_sums *s, int64_t max)
{
	int64_t median = tta_percentile(s->tta, 50, LEAST_SAMPLE), p90 = tta_percentile(s->tta, 90, LEAST_SAMPLE);
	int64_t rated = s->clear + s->not_clear + s->not_solved;

	r->share_permille = max > 0 ? r->n * 1000 / max : 0;
	r->median_hours = median < 0 ? -1 : median / 3600;
	r->p90_hours = p90 < 0 ? -1 : p90 / 3600;
	r->on_time_percent = percent_of(s->on_time, s->answered, LEAST_SAMPLE);
	r->clear_percent = percent_of(s->clear, rated, LEAST_SAMPLE);
}

/* A week against the mean of the four before; small numbers say nothing. */
static enum rc rising(struct req *rq, int64_t place, struct str topic, int64_t today, int64_t *ret)
{
	struct span now = span_of(today - 6, today), then = span_of(today - 34, today - 7);
	int64_t week, before;

	TRY(tally_filed(rq->ctx.db, place, topic, now.since, now.week, now.week_end, now.until, &week));
	TRY(tally_filed(rq->ctx.db, place, topic, then.since, then.week, then.week_end, then.until, &before));
	*ret = before >= LEAST_SAMPLE ? week * 400 / before - 100 : 0;
	return RC_OK;
}

static enum rc make_topics(struct req *rq, struct insight_page *p, int64_t place, struct span span)
{
	const struct pack *pack = rq->ctx.app->pack;
	struct tally_topic_list l;

	TRY(tally_topics(rq->ctx.db, place, span.since, span.week, span.week_end, span.until, &l));
	for (size_t i = 0; i < l.n && p->n_topics < SHOW_TOPICS; i++) {
		const struct topic *t = pack_topic(pack, l.v[i].topic);
		struct insight_row *r = &p->topics[p->n_topics++];
		struct insight_sums s = { 0 };

		*r = (struct insight_row){ .name = t ? name_in(&t->name, rq->view.lang) : l.v[i].topic, .key = l.v[i].topic, .n = l.v[i].n };
		TRY(sums(rq, place, 0, l.v[i].topic, span, &s));
		rate_row(r, &s, l.v[0].n);
		TRY(rising(rq, place, l.v[i].topic, span.until, &r->rising_percent));
	}
	return RC_OK;
}

static struct str topic_code(const struct insight_page *p)
{
	return p->topic ? p->topic->code : S("");
}

static enum rc make_bodies(struct req *rq, struct insight_page *p, struct span span)
{
	const struct pack *pack = rq->ctx.app->pack;
	struct tally_body_list l;

	TRY(tally_bodies(rq->ctx.db, topic_code(p), span.since, span.week, span.week_end, span.until, &l));
	for (size_t i = 0; i < l.n && p->n_bodies < SHOW_BODIES; i++) {
		const struct body *b = pack_body(pack, l.v[i].body_id);
		struct insight_sums s = { 0 };

		if (!b || (p->region && (!b->place || place_region(b->place) != p->region)))
			continue;
		struct insight_row *r = &p->bodies[p->n_bodies++];

		*r = (struct insight_row){ .name = name_in(&b->name, rq->view.lang), .key = str_i64(rq->ctx.arena, b->id),
					   .n = l.v[i].n };
		TRY(sums(rq, 0, b->id, topic_code(p), span, &s));
		rate_row(r, &s, p->bodies[0].n);
	}
	return RC_OK;
}

/* Shade of the map, 0 to 5: by the square root, so that one region far ahead does not pale all others. */
static int64_t shade(int64_t rate, int64_t max)
{
	return max > 0 && rate > 0 ? 1 + (int64_t)(4.0 * sqrt((double)rate / (double)max)) : 0;
}

/* Regions of the country, or districts of the region that is looked at. */
static enum rc make_places(struct req *rq, struct insight_page *p, struct span span)
{
	const struct pack *pack = rq->ctx.app->pack;
	struct tally_place_list l;
	int64_t max = 0;

	TRY(tally_places(rq->ctx.db, topic_code(p), span.since, span.week, span.week_end, span.until, &l));
	p->places = ARENA_ARRAY(rq->ctx.arena, pack->n_places, struct insight_row);
	for (size_t i = 0; i < pack->n_places; i++) {
		const struct place *pl = &pack->places[i];
		int64_t n = 0;

		if (pl->up != p->region)
			continue;
		for (size_t k = 0; k < l.n; k++)
			if (l.v[k].place_id == pl->id)
				n = l.v[k].n;
		/* regions are compared per million people */
		int64_t rate = pl->population ? n * 1000000 / pl->population : n;

		p->places[p->n_places++] = (struct insight_row){ .name = name_in(&pl->name, rq->view.lang), .n = n, .share_permille = rate,
								 .key = str_i64(rq->ctx.arena, pl->id) };
		max = rate > max ? rate : max;
	}
	for (size_t i = 0; i < p->n_places; i++)
		p->places[i].rising_percent = shade(p->places[i].share_permille, max);
	return RC_OK;
}

static enum rc make_hours(struct req *rq, struct insight_page *p, int64_t place)
{
	int64_t now = (rq->ctx.now.us / WHEN_SECOND + when_offset_sec(rq->ctx.now)) / 3600, first = now - 47;
	struct { struct str metric; int64_t *to; } lines[] = { { S("filed"), p->hours_in }, { S("answered"), p->hours_out } };

	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		struct tally_point_list l;

		TRY(tally_series(rq->ctx.db, S("hour"), lines[i].metric, place, 0, topic_code(p), first, 48, &l));
		for (size_t k = 0; k < l.n; k++) {
			int64_t at = l.v[k].slot - first;

			if (at < 0 || at > 47)
				continue;
			lines[i].to[at] = l.v[k].n;
			if (l.v[k].n > p->hours_max)
				p->hours_max = l.v[k].n;
		}
	}
	return RC_OK;
}

enum rc insight_page_make(struct req *rq, struct insight_page *ret)
{
	struct insight_page p = { .days = 30, .topic = pack_topic(rq->ctx.app->pack, req_query(rq, "topic")) };
	int64_t id, today = when_day(rq->ctx.now).v, days;

	if (str_to_i64(req_query(rq, "region"), &id)) {
		p.region = pack_place(rq->ctx.app->pack, id);
		p.region = p.region && p.region->up ? NULL : p.region;
	}
	if (str_to_i64(req_query(rq, "days"), &days) && (days == 7 || days == 90 || days == 365))
		p.days = days;
	int64_t place = p.region ? p.region->id : 0;
	struct span span = span_of(today - p.days + 1, today);

	p.hourly = !place || !p.topic;
	TRY(sums(rq, place, 0, topic_code(&p), span, &p.sums));
	TRY(sums(rq, place, 0, topic_code(&p), span_of(today, today), &p.today));
	enum rc rc = place || p.topic ? RC_NOT_FOUND : tally_total(rq->ctx.db, S("open"), &p.open);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	TRY(make_topics(rq, &p, place, span));
	TRY(make_bodies(rq, &p, span));
	TRY(make_places(rq, &p, span));
	if (p.hourly)
		TRY(make_hours(rq, &p, place));
	p.n_all_topics = pack_topic_options(rq, 0, topic_code(&p), &p.all_topics);
	p.n_regions = pack_region_options(rq, place, &p.regions);
	*ret = p;
	return RC_OK;
}
