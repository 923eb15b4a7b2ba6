/* petition_count.c: counts folded from signatures, moves that follow from counts and days, and the repair. */
#include "app/app.h"
#include "app/jobs.h"
#include "appeal/appeal_do.h"
#include "base/map.h"
#include "base/vec.h"
#include "gen/messages.h"
#include "petition/petition_inner.h"
#include "standard/duty.h"
#include "standard/pack.h"
#include "text/text.h"

#define FOLD_MAX 20000
#define MOVE_MAX 100
#define HOLDERS_MAX 200 /* a word that more petitions hold says little */
#define RARE_MAX 8      /* of at most twelve: whoever shares two fifths of them shares one of these */
#define NEAR_MAX 100    /* petitions with such a word, the newest */
#define SIMILAR_LEAST 40
#define CLOSING_LAG (10 * WHEN_SECOND) /* what was signed in the last moment is counted first */
#define MARK ((struct petition_mark_id){ 1 })

/* Sums of a batch, so that ten thousand signatures of one petition cost a handful of updates. */
struct sum {
	struct sum_of {
		int64_t petition, cut, slot;
	} of;
	int64_t n;
};
struct sums {
	struct arena *arena;
	struct map by_key;
	VEC(struct sum *) list;
};

static void count(struct sums *s, int64_t petition, char cut, int64_t slot)
{
	const struct sum_of of = { petition, cut, slot };
	struct sum *x = (struct sum *)(uintptr_t)map_get(&s->by_key, (struct str){ (const char *)&of, sizeof(of) });

	if (!x) {
		x = ARENA_NEW(s->arena, struct sum);
		*x = (struct sum){ .of = of };
		map_put(&s->by_key, (struct str){ (const char *)&x->of, sizeof(x->of) }, x);
		*VEC_ADD(s->arena, &s->list) = x;
	}
	x->n++;
}

/* Viewers of the page get the number itself: nobody has to ask for the page again. */
static enum rc tell_viewers(struct ctx *c, struct petition_id id)
{
	struct petition_row p;

	TRY(petition_by_id(c->db, id, &p));
	return db_notify(c->db, S("petition"), str_fmt(c->arena, "%lld %lld", (long long)id.v, (long long)p.signatures));
}

static enum rc keep(struct ctx *c, const struct sums *s)
{
	int64_t changed;

	for (size_t i = 0; i < s->list.n; i++) {
		const struct sum *x = s->list.v[i];
		struct petition_id id = { x->of.petition };
		char cut = (char)x->of.cut;

		if (cut == ' ') {
			TRY(petition_add(c->db, id, x->n, c->now, &changed));
			TRY(tell_viewers(c, id));
		} else {
			TRY(petition_count_add(c->db, id, (struct str){ &cut, 1 }, x->of.slot, x->n, &changed));
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

		int64_t hour = r->signed_at.us / PETITION_HOUR_US;

		if (when_set(r->withdrawn_at) || when_set(r->invalidated_at))
			continue;
		count(&s, r->petition_id.v, ' ', 0);
		count(&s, r->petition_id.v, 'r', r->region_id);
		count(&s, r->petition_id.v, 'd', r->place_id);
		count(&s, r->petition_id.v, 'h', hour);
		count(&s, r->petition_id.v, 'x', hour * PETITION_HOUR_REGION + r->region_id);
	}
	return keep(c, &s);
}

/* ---- what follows from counts and days ---- */

static enum rc opens(struct ctx *c, struct petition_id id)
{
	int64_t months = petition_clause(c, "petition_open"), changed;

	TRY(petition_set_open(c->db, id, when_end_of_day(day_add_months(when_day(c->now), (int)months)), c->now, &changed));
	if (!changed)
		return RC_OK;
	TRY(duty_close(c, id.v, 0, DUTY_PETITION_SUPPORT, DUTY_DONE));
	return petition_told(c, id, PE_OPENED, 0, S(""), S(""));
}

static enum rc closes(struct ctx *c, struct petition_id id)
{
	struct petition_row p;

	TRY(petition_by_id(c->db, id, &p));
	return petition_end(c, &p, PE_NOT_ENOUGH, 0, S(""), S(""));
}

static enum rc reached(struct ctx *c, struct petition_id id)
{
	int64_t changed;

	TRY(petition_set_reached(c->db, id, petition_working(c, "petition_register"), c->now, &changed));
	return changed ? petition_told(c, id, PE_REACHED, 0, S(""), S("")) : RC_OK;
}

/* Signatures were taken back or were not honest: the threshold is not reached after all. */
static enum rc falls(struct ctx *c, struct petition_id id)
{
	int64_t changed;

	TRY(petition_set_fallen(c->db, id, c->now, &changed));
	return changed ? petition_told(c, id, PE_FALLEN, 0, S(""), S("")) : RC_OK;
}

static enum rc owe_review(struct ctx *c, const struct petition_row *p)
{
	const struct { enum duty_kind k; struct when due; } owed[] = {
		{ DUTY_PETITION_GROUP, petition_working(c, "petition_group") },
		{ DUTY_PETITION_DISCUSS, petition_working(c, "petition_discussion") },
		{ DUTY_PETITION_DECIDE, petition_review_due(c, p) },
	};

	for (size_t i = 0; i < ARRAY_LEN(owed); i++)
		TRY(duty_open(c, &(struct duty_new){ .kind = owed[i].k, .subject_kind = PETITION, .subject = p->id.v, .body = p->body_id, .due = owed[i].due }));
	return RC_OK;
}

/* The threshold makes it an appeal to the competent body, on the same track as every other, in the petition's own term. */
static enum rc registers(struct ctx *c, struct petition_id id)
{
	struct petition_row p;
	struct appeal_case k;
	int64_t changed;

	TRY(petition_by_id(c->db, id, &p));
	p.closed_at = c->now;
	const struct body *b = pack_body(c->app->pack, p.body_id);
	struct actor who = { .account = p.account_id, .roles = BIT(ROLE_CITIZEN) };
	struct appeal_filing f = { .kind = c->app->pack->kind_petition->code, .origin = S("petition"), .lang = p.lang, .title = p.title, .text = p.text,
				   .topic = p.topic.n ? p.topic : c->app->pack->topic_other->code, .place = b && b->place ? b->place->id : c->app->pack->places[0].id, .body = p.body_id,
				   .collective = true, .people = p.signatures, .name = p.author.n ? p.author : S("-"), .reply_by = S("cabinet"),
				   .account = p.account_id, .agreed_public = true, .due = petition_review_due(c, &p) };

	TRY(appeal_file(c, &who, &f, &k));
	TRY(petition_set_review(c->db, id, k.a.id, c->now, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_PETITION_FAULT_STATE);
	TRY(owe_review(c, &p));
	return petition_told(c, id, PE_REGISTERED, 0, k.a.number, S(""));
}

static enum rc delayed(struct ctx *c)
{
	struct petition_delay_row_list l;
	int64_t changed;

	TRY(petition_delayed(c->db, c->now, MOVE_MAX, &l));
	for (size_t i = 0; i < l.n; i++) {
		TRY(petition_set_delay_told(c->db, l.v[i].id, c->now, &changed));
		TRY(petition_told(c, l.v[i].id, PE_DELAYED, 0, S(""), S("")));
	}
	return RC_OK;
}

static enum rc index_old(struct ctx *c)
{
	struct petition_words_row_list l;

	TRY(petition_unindexed(c->db, MOVE_MAX, &l));
	for (size_t i = 0; i < l.n; i++)
		TRY(petition_index(c, l.v[i].id, l.v[i].title, l.v[i].text, l.v[i].title_other, l.v[i].text_other));
	return RC_OK;
}

static enum rc each(struct ctx *c, const struct petition_due_row_list *l, enum rc (*move)(struct ctx *c, struct petition_id id))
{
	for (size_t i = 0; i < l->n; i++)
		TRY(move(c, l->v[i].id));
	return RC_OK;
}

enum rc petition_tick(struct ctx *c, struct str payload)
{
	struct petition_due_row_list l;
	/* who signed by mail in the last minute may confirm for a while */
	int64_t grace = petition_signs_by(c->app->pack, "mail") ? petition_clause(c, "petition_confirm") * WHEN_HOUR : 0;
	struct when ended = when_add(c->now, -grace - CLOSING_LAG);

	(void)payload;
	TRY(petition_supported(c->db, petition_clause(c, "petition_supporters"), MOVE_MAX, &l));
	TRY(each(c, &l, opens));
	TRY(petition_reached(c->db, MOVE_MAX, &l));
	TRY(each(c, &l, reached));
	TRY(petition_fallen(c->db, MOVE_MAX, &l));
	TRY(each(c, &l, falls));
	TRY(petition_due_register(c->db, c->now, MOVE_MAX, &l));
	TRY(each(c, &l, registers));
	TRY(petition_due_supporters(c->db, when_add(c->now, -CLOSING_LAG), MOVE_MAX, &l));
	TRY(each(c, &l, closes));
	TRY(petition_due_close(c->db, ended, MOVE_MAX, &l));
	TRY(each(c, &l, closes));
	TRY(delayed(c));
	TRY(petition_ground_fill(c));
	return index_old(c);
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

struct rare {
	struct str term;
	int64_t n;
};

/* The words that say most: those that the fewest petitions hold. However many petitions there are, a look at each costs the same. */
static enum rc rarest(struct ctx *c, struct str query, struct rare *ret, size_t *ret_n)
{
	struct str rest = query, one;

	*ret_n = 0;
	while (rest.n && str_cut(&rest, ' ', &one)) {
		struct rare r = { .term = one };
		size_t at = *ret_n;

		TRY(term_holders(c->db, one, HOLDERS_MAX, &r.n));
		while (at > 0 && ret[at - 1].n > r.n)
			at--;
		if (!r.n || at >= RARE_MAX)
			continue;
		memmove(&ret[at + 1], &ret[at], ((*ret_n < RARE_MAX ? *ret_n : RARE_MAX - 1) - at) * sizeof(*ret));
		ret[at] = r;
		*ret_n += *ret_n < RARE_MAX;
	}
	return RC_OK;
}

static int score(struct ctx *c, struct str query, struct str of)
{
	struct map terms = { .arena = c->arena };
	struct str rest, one;
	int found = 0, all = 0;

	for (rest = of; rest.n && str_cut(&rest, ' ', &one);)
		map_put(&terms, one, "");
	for (rest = query; rest.n && str_cut(&rest, ' ', &one); all++)
		found += map_get(&terms, one) != NULL;
	return all ? found * 100 / all : 0;
}

enum rc petition_similar(struct ctx *c, struct str text, size_t max, struct petition_similar *ret, size_t *ret_n)
{
	struct map seen = { .arena = c->arena };
	struct str query = text_terms(c->arena, text, true);
	struct rare rare[RARE_MAX];
	size_t n_rare;

	*ret_n = 0;
	TRY(rarest(c, query, rare, &n_rare));
	for (size_t r = 0; r < n_rare; r++) {
		struct petition_near_row_list l;

		TRY(petition_near(c->db, rare[r].term, NEAR_MAX, &l));
		for (size_t i = 0; i < l.n; i++) {
			struct str id = str_i64(c->arena, l.v[i].id.v);

			if (map_get(&seen, id))
				continue;
			map_put(&seen, id, "");
			struct petition_similar s = { l.v[i], score(c, query, l.v[i].terms) };

			if (s.score >= SIMILAR_LEAST)
				keep_best(ret, max, ret_n, &s);
		}
	}
	return RC_OK;
}
