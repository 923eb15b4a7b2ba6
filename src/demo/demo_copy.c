/*
 * demo_copy.c: a nation's load: lives that real operations made, once more and once more. A copy has every row of its original with ids of its own, some
 * minutes later on the same days (so that every deadline stays right), with another number, person and address. Counts are multiplied, not counted again.
 */
#include "demo/demo.h"

#include <stdio.h>

#include "app/app.h"
#include "appeal/appeal.h"
#include "base/random.h"
#include "gen/demo_copy_sql.h"

#define BAND_SLICES 256
#define NUMBER_TRIES 8

static const char *const names[] = { "Айгүл Серікқызы", "Иван Петров", "Ерлан Бекұлы", "Ольга Ким", "Данияр Омаров", "Гүлнар Әлиева", "Марат Сатпаев",
				     "Татьяна Юн", "Нұрлан Жақыпов", "Светлана Гончар", "Сәуле Қасымова", "Тимур Ахметов" };

struct copying {
	struct demo *d;
	struct copy_appeal_row_list appeals; /* of the chunk */
	int64_t since, until;                /* ids of the chunk */
	struct demo_offset offset;
	struct str indexes;
	int64_t times, lives, rows, slice;
};

static struct str random_letters(struct demo *d, struct arena *a)
{
	char *p = arena_alloc(a, APPEAL_NUMBER_LETTERS);

	for (size_t i = 0; i < APPEAL_NUMBER_LETTERS; i++)
		p[i] = CODE_ALPHABET[rng_below(&d->rng, sizeof(CODE_ALPHABET) - 1)];
	return (struct str){ p, APPEAL_NUMBER_LETTERS };
}

static enum rc copy_one(struct db *db, struct copying *k, const struct copy_appeal_row *row)
{
	struct demo *d = k->d;
	struct arena *a = db_arena(db);
	uint64_t who = rng_next(&d->rng);
	struct str address = str_fmt(a, "%s, %d", demo_streets[who % DEMO_STREETS], 1 + (int)(who / 8 % 190));
	struct str kk = str_fmt(a, "\nМекенжайы: %.*s.", STR_FMT(address)), ru = str_fmt(a, "\nАдрес: ул. %.*s.", STR_FMT(address));
	struct str email = str_fmt(a, "person%lld@demo.kz", (long long)k->lives), number;
	int64_t changed = 0;

	for (int i = 0; i < NUMBER_TRIES && !changed; i++) {
		while (!appeal_number_make(a, str_sub(row->number, 0, 2), random_letters(d, a), &number))
			continue;
		TRY(copy_appeal(db, row->id, number, str_of(names[who / 2048 % ARRAY_LEN(names)]), email, address, kk, ru, k->offset.shift, k->offset.later, &changed));
	}
	k->rows += changed;
	k->lives += changed;
	return changed ? RC_OK : RC_CONFLICT;
}

#define ROWS(call)                                                                                 \
	do {                                                                                       \
		int64_t changed_;                                                                  \
		TRY(call);                                                                         \
		k->rows += changed_;                                                               \
	} while (0)

/* What refers to a row comes behind it. */
static enum rc copy_chunk(struct db *db, void *arg)
{
	struct copying *k = arg;
	int64_t since = k->since, until = k->until, shift = k->offset.shift, later = k->offset.later;

	for (size_t i = 0; i < k->appeals.n; i++)
		TRY(copy_one(db, k, &k->appeals.v[i]));
#define RANGE(table) (struct table##_id){ since }, (struct table##_id){ until }, shift
	ROWS(copy_parts(db, RANGE(part), &changed_));
	ROWS(copy_assignments(db, RANGE(assignment), later, &changed_));
	ROWS(copy_assignees(db, RANGE(assignee), later, &changed_));
	ROWS(copy_events(db, RANGE(event), later, &changed_));
	ROWS(copy_threads(db, RANGE(thread_message), later, &changed_));
	ROWS(copy_duties(db, RANGE(duty), later, &changed_));
	ROWS(copy_answers(db, RANGE(answer), later, &changed_));
	ROWS(copy_answer_parts(db, RANGE(answer_part), &changed_));
	ROWS(copy_answer_steps(db, RANGE(answer_step), later, &changed_));
	ROWS(copy_answer_options(db, RANGE(answer_option), &changed_));
	ROWS(copy_approvals(db, RANGE(approval), later, &changed_));
	ROWS(copy_hearings(db, RANGE(hearing), later, &changed_));
	ROWS(copy_findings(db, RANGE(finding), later, &changed_));
	ROWS(copy_readings(db, RANGE(second_reading), later, &changed_));
	ROWS(copy_sketches(db, RANGE(answer), &changed_));
	ROWS(copy_changes(db, RANGE(public_change), later, &changed_));
	ROWS(copy_search_docs(db, RANGE(search_doc), &changed_));
	ROWS(copy_search_index(db, RANGE(search_doc), &changed_));
#undef RANGE
	return RC_OK;
}

static enum rc copy_slice(struct db *db, void *arg)
{
	struct copying *k = arg;
	const int64_t width = INT64_MAX / BAND_SLICES;
	int64_t low = k->slice * width, high = k->slice + 1 < BAND_SLICES ? low + width - 1 : INT64_MAX;

	ROWS(copy_bands(db, (struct answer_id){ k->since }, (struct answer_id){ k->until }, low, high, k->offset.shift, k->times - 1, &changed_));
	return RC_OK;
}

static enum rc settle(struct db *db, void *arg)
{
	int64_t changed;

	(void)arg;
	return copy_settle(db, &changed);
}

static enum rc multiply_counts(struct db *db, void *arg)
{
	struct copying *k = arg;
	int64_t changed;

	TRY(copy_tallies(db, k->times, &changed));
	TRY(copy_keeping(db, k->times, &changed));
	TRY(copy_quality_cuts(db, k->times, &changed));
	return copy_quality(db, k->times, &changed);
}

static enum rc load_appeals(struct db *db, void *arg)
{
	struct copying *k = arg;

	return copy_appeal_list(db, (struct appeal_id){ k->since }, (struct appeal_id){ k->until }, &k->appeals);
}

static enum rc take_indexes(struct db *db, void *arg)
{
	struct copying *k = arg;

	return db_indexes_take(db, k->d->arena, &k->indexes);
}

static enum rc make_indexes(struct db *db, void *arg)
{
	struct copying *k = arg;

	return db_indexes_make(db, k->d->arena, k->indexes);
}

static enum rc write_once(struct copying *k, enum rc (*run)(struct db *db, void *arg))
{
	struct arena a CLEANUP(arena_end) = { 0 };

	return db_write(k->d->app->db, &a, run, k);
}

struct demo_offset demo_offset(const struct demo *d, int64_t n)
{
	int64_t unit = id_at_ms(1, 0) - id_at_ms(0, 0), span = d->bounds.v[d->bounds.n - 1] - d->bounds.v[0];

	return (struct demo_offset){ n * (span / unit + 1) * unit, (1 + n * 373 % (DEMO_LATER_SEC - 1)) * WHEN_SECOND };
}

/* Copies from the oldest to the newest, all before the originals: ids go on rising with time, and whatever counts behind a mark has passed them. */
enum rc demo_copy(struct demo *d, int64_t times)
{
	const int64_t *bounds = d->bounds.v;
	size_t n = d->bounds.n;
	struct copying k = { .d = d, .times = times };
	struct copy_appeal_row_list *appeals = ARENA_ARRAY(d->arena, n, struct copy_appeal_row_list);
	int64_t began = when_monotonic_us();

	TRY(demo_fold(d)); /* the counts of the originals have to stand before they can be multiplied */
	for (size_t i = 0; i + 1 < n; i++) {
		k.since = bounds[i];
		k.until = bounds[i + 1];
		TRY(db_write(d->app->db, d->arena, load_appeals, &k));
		appeals[i] = k.appeals;
	}
	TRY(write_once(&k, take_indexes));
	for (int64_t copy = times - 1; copy > 0; copy--) {
		k.offset = demo_offset(d, copy);
		for (size_t i = 0; i + 1 < n; i++) {
			k.since = bounds[i];
			k.until = bounds[i + 1];
			k.appeals = appeals[i];
			TRY(write_once(&k, copy_chunk));
		}
	}
	k.since = bounds[0];
	k.until = bounds[n - 1];
	k.offset = demo_offset(d, 1);
	for (k.slice = 0; k.slice < BAND_SLICES; k.slice++)
		TRY(write_once(&k, copy_slice));
	TRY(write_once(&k, make_indexes));
	TRY(write_once(&k, multiply_counts));
	TRY(write_once(&k, settle));
	double sec = (double)(when_monotonic_us() - began) / 1e6;

	printf("%lld lives copied in %.1f s: %.0f appeals and %.0f rows a second\n", (long long)k.lives, sec, (double)k.lives / sec, (double)k.rows / sec);
	return RC_OK;
}
