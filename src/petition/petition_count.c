/* petition_count.c: counts folded from signatures, moves that follow from counts and days, and the repair. */
#include "app/app.h"
#include "app/jobs.h"
#include "appeal/appeal_do.h"
#include "base/log.h"
#include "base/random.h"
#include "base/vec.h"
#include "gen/messages.h"
#include "petition/petition.h"
#include "standard/calendar.h"
#include "text/text.h"

#define FOLD_MAX 20000
#define MOVE_MAX 100
#define NEAR_MAX 500
#define SIMILAR_LEAST 40
#define HOUR_US ((int64_t)3600 * WHEN_SECOND)
#define MARK ((struct petition_mark_id){ 1 })

/* Sums of a batch, so that ten thousand signatures of one petition cost a handful of updates. */
struct sum {
	int64_t petition, slot, n;
	char cut;
};
struct sums {
	struct arena *arena;
	struct map by_key;
	VEC(struct sum *) list;
};

static void count(struct sums *s, int64_t petition, char cut, int64_t slot)
{
	struct str key = str_fmt(s->arena, "%lld%c%lld", (long long)petition, cut, (long long)slot);
	struct sum *x = (struct sum *)(uintptr_t)map_get(&s->by_key, key);

	if (!x) {
		x = ARENA_NEW(s->arena, struct sum);
		*x = (struct sum){ petition, slot, 0, cut };
		map_put(&s->by_key, key, x);
		*VEC_ADD(s->arena, &s->list) = x;
	}
	x->n++;
}

static enum rc keep(struct ctx *c, const struct sums *s)
{
	int64_t changed;

	for (size_t i = 0; i < s->list.n; i++) {
		const struct sum *x = s->list.v[i];
		struct petition_id id = { x->petition };

		if (x->cut == ' ') {
			TRY(petition_add(c->db, id, x->n, c->now, &changed));
			TRY(db_notify(c->db, S("petition"), str_fmt(c->arena, "%lld", (long long)x->petition)));
		} else {
			TRY(petition_count_add(c->db, id, (struct str){ &x->cut, 1 }, x->slot, x->n, &changed));
		}
	}
	return RC_OK;
}

enum rc petition_fold(struct ctx *c, struct str payload)
{
	struct petition_mark_row mark;
	struct signature_fold_row_list l;
	struct sums s = { .arena = c->arena, .by_key = { .arena = c->arena } };
	size_t n = 0;
	int64_t changed;

	(void)payload;
	TRY(petition_mark_insert(c->db, MARK, c->now, &changed));
	TRY(petition_mark_get(c->db, MARK, &mark));
	/*
	 * Up to the first that may be too young: on PostgreSQL whoever began earlier may still have to commit. Not past it, though rows behind it be older: the
	 * moment is that of the request, the id that of the write.
	 */
	struct when until = db_engine_of(c->db) == DB_POSTGRES ? when_add(c->now, -PETITION_LAG_SEC * WHEN_SECOND) : c->now;

	TRY(signature_fold(c->db, (struct petition_signature_id){ mark.signature }, FOLD_MAX, &l));
	while (n < l.n && l.v[n].signed_at.us <= until.us)
		n++;
	if (!n)
		return RC_OK;
	TRY(petition_mark_set(c->db, MARK, l.v[n - 1].id.v, mark.signature, c->now, &changed));
	if (!changed)
		return RC_OK; /* another process was faster */
	for (size_t i = 0; i < n; i++) {
		const struct signature_fold_row *r = &l.v[i];

		if (when_set(r->withdrawn_at))
			continue;
		count(&s, r->petition_id.v, ' ', 0);
		count(&s, r->petition_id.v, 'r', r->region_id);
		count(&s, r->petition_id.v, 'd', r->place_id);
		count(&s, r->petition_id.v, 'h', r->signed_at.us / HOUR_US);
	}
	return keep(c, &s);
}

enum rc petition_recount(struct ctx *c, struct petition_id id, int64_t *ret_repaired)
{
	struct petition_row p;
	struct petition_mark_row mark = { 0 };
	struct signature_sum sum;
	int64_t changed;
	enum rc rc = petition_mark_get(c->db, MARK, &mark);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	TRY(petition_by_id(c->db, id, &p));
	TRY(signature_rows(c->db, id, mark.signature, &sum));
	*ret_repaired = sum.n - p.signatures;
	return *ret_repaired ? petition_add(c->db, id, *ret_repaired, c->now, &changed) : RC_OK;
}

/* Every day: what the rows say wins over what was added up. */
enum rc petition_repair(struct ctx *c, struct str payload)
{
	struct petition_id before = { INT64_MAX };
	struct petition_line_list l;

	(void)payload;
	do {
		TRY(petition_list_state(c->db, S("open"), before, MOVE_MAX, &l));
		for (size_t i = 0; i < l.n; i++) {
			int64_t repaired;

			before = l.v[i].id;
			TRY(petition_recount(c, before, &repaired));
			if (repaired)
				LOG(LOG_WARN, "petition count repaired", LOG_INT("petition", before.v), LOG_INT("by", repaired));
		}
	} while (l.n == MOVE_MAX);
	return RC_OK;
}

/* ---- what follows from counts and days ---- */

static enum rc told(struct ctx *c, struct petition_id id, const char *kind, struct str detail)
{
	int64_t changed;

	return petition_event_insert(c->db, (struct petition_event_id){ id_make() }, id, str_of(kind), 0, detail, S(""), c->now, &changed);
}

static enum rc opens(struct ctx *c, struct petition_id id)
{
	int64_t months = pack_clause(c->app->pack, "petition_open", when_day(c->now))->value, changed;

	TRY(petition_set_open(c->db, id, when_end_of_day(day_add_months(when_day(c->now), (int)months)), c->now, &changed));
	return changed ? told(c, id, "opened", S("")) : RC_OK;
}

static enum rc closes(struct ctx *c, struct petition_id id, const char *from)
{
	int64_t changed;

	TRY(petition_set_closed(c->db, id, S("not_enough"), str_of(from), c->now, &changed));
	return changed ? told(c, id, "not_enough", S("")) : RC_OK;
}

/* The threshold makes it an appeal to the competent body, on the same track as every other. */
static enum rc reached(struct ctx *c, struct petition_id id)
{
	struct petition_row p;
	struct appeal_case k;
	struct actor who = { 0 };
	int64_t changed;

	TRY(petition_by_id(c->db, id, &p));
	const struct body *b = pack_body(c->app->pack, p.body_id);

	who = (struct actor){ .account = p.account_id, .roles = BIT(ROLE_CITIZEN) };
	struct appeal_filing f = { .kind = c->app->pack->kind_petition->code, .origin = S("petition"), .lang = p.lang, .title = p.title, .text = p.text,
				   .topic = p.topic.n ? p.topic : c->app->pack->topic_other->code, .place = b && b->place ? b->place->id : c->app->pack->places[0].id, .body = p.body_id,
				   .collective = true, .people = p.signatures, .name = p.author.n ? p.author : S("-"), .reply_by = S("cabinet"),
				   .account = p.account_id, .agreed_public = true };

	TRY(appeal_file(c, &who, &f, &k));
	TRY(petition_set_review(c->db, id, k.a.id, c->now, &changed));
	return changed ? told(c, id, "reached", k.a.number) : fail(c, RC_CONFLICT, MSG_PETITION_FAULT_STATE);
}

enum rc petition_tick(struct ctx *c, struct str payload)
{
	struct petition_due_row_list l;
	int64_t supporters = pack_clause(c->app->pack, "petition_supporters", when_day(c->now))->value;

	(void)payload;
	TRY(petition_supported(c->db, supporters, MOVE_MAX, &l));
	for (size_t i = 0; i < l.n; i++)
		TRY(opens(c, l.v[i].id));
	TRY(petition_reached(c->db, MOVE_MAX, &l));
	for (size_t i = 0; i < l.n; i++)
		TRY(reached(c, l.v[i].id));
	TRY(petition_due_supporters(c->db, c->now, MOVE_MAX, &l));
	for (size_t i = 0; i < l.n; i++)
		TRY(closes(c, l.v[i].id, "supporters"));
	TRY(petition_due_close(c->db, c->now, MOVE_MAX, &l));
	for (size_t i = 0; i < l.n; i++)
		TRY(closes(c, l.v[i].id, "open"));
	return RC_OK;
}

/* ---- similar ones ---- */

static void keep_best(struct petition_similar *best, size_t max, size_t *n, const struct petition_similar *one)
{
	size_t at = *n;

	while (at > 0 && best[at - 1].score < one->score)
		at--;
	if (at >= max)
		return;
	memmove(&best[at + 1], &best[at], ((*n < max ? *n : max - 1) - at) * sizeof(*best));
	best[at] = *one;
	*n += *n < max;
}

enum rc petition_similar(struct ctx *c, struct str text, struct str topic, size_t max, struct petition_similar *ret, size_t *ret_n)
{
	struct petition_near_row_list l;
	struct str query = text_terms(c->arena, text, true), rest, one;

	*ret_n = 0;
	TRY(petition_near(c->db, topic, NEAR_MAX, &l));
	for (size_t i = 0; i < l.n && query.n; i++) {
		struct map terms = { .arena = c->arena };
		int found = 0, all = 0;

		for (rest = l.v[i].terms; rest.n && str_cut(&rest, ' ', &one);)
			map_put(&terms, one, "");
		for (rest = query; rest.n && str_cut(&rest, ' ', &one); all++)
			found += map_get(&terms, one) != NULL;
		struct petition_similar s = { l.v[i], all ? found * 100 / all : 0 };

		if (s.score >= SIMILAR_LEAST)
			keep_best(ret, max, ret_n, &s);
	}
	return RC_OK;
}
