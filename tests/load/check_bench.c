/*
 * check_bench: what the check of an answer costs. Checks a second of a usual answer and of one of 4,000 characters, and the time to find a near copy
 * among N delivered answers: the same ten lookups as in src/answer/check.sql over a table of N * 10 bands on disk.
 *
 *	check_bench PACK FOLDER [ANSWERS]
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "answer/check.h"
#include "base/random.h"

#define ROUNDS 5

static const char *const schema = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;"
				  "CREATE TABLE answer_sketch (answer_id BIGINT PRIMARY KEY, appeal_id BIGINT NOT NULL, least BLOB NOT NULL);"
				  "CREATE TABLE answer_band (band BIGINT NOT NULL, answer_id BIGINT NOT NULL, PRIMARY KEY (band, answer_id)); BEGIN;";
static const char *const near = "SELECT s.answer_id, s.least FROM answer_band b JOIN answer_sketch s ON s.answer_id = b.answer_id "
				"WHERE b.band = ?1 AND s.appeal_id <> ?2 ORDER BY b.answer_id DESC LIMIT 20";

static void must(int code)
{
	if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW) {
		fprintf(stderr, "sqlite: %s\n", sqlite3_errstr(code));
		exit(1);
	}
}

static void checks(const struct pack *p, const char *what, struct str text)
{
	struct check_text t = { .lang = S("ru"), .question = S("Яма на улице Абая у дома 15, машины бьют колёса. Когда её засыплют?"), .text = text,
				.decision = S("granted"), .plain_years = 9 };
	struct day on = { 20781 };
	double best = 0;

	for (int r = 0; r < ROUNDS; r++) {
		int64_t from = when_monotonic_us(), n = 0;

		while (when_monotonic_us() - from < WHEN_SECOND) {
			struct arena a CLEANUP(arena_end) = { 0 };
			struct check_result found;

			check_find(&a, p->wording, on, &t, &found);
			n++;
		}
		double rate = (double)n * 1e6 / (double)(when_monotonic_us() - from);

		best = rate > best ? rate : best;
	}
	printf("check of %s: %.0f a second, %.2f ms each\n", what, best, 1000 / best);
}

/* Rows in the order of the key, so that filling is quick; gaps are random, as hashes leave them. */
static void fill(sqlite3 *db, int64_t n, int64_t *bands, size_t kept)
{
	struct rng r = { 1 };
	sqlite3_stmt *s;
	int64_t band = 0, rows = n * SKETCH_BANDS, every = rows / (int64_t)kept;
	uint32_t least[SKETCH_HASHES] = { 0 };

	must(sqlite3_prepare_v2(db, "INSERT INTO answer_band VALUES (?1, ?2)", -1, &s, NULL));
	for (int64_t i = 0; i < rows; i++) {
		band += 1 + (int64_t)rng_below(&r, (uint64_t)(INT64_MAX / rows / 2));
		if (i % every == 0)
			bands[(size_t)(i / every) % kept] = band;
		sqlite3_bind_int64(s, 1, band);
		sqlite3_bind_int64(s, 2, (int64_t)rng_below(&r, (uint64_t)n));
		must(sqlite3_step(s));
		sqlite3_reset(s);
	}
	sqlite3_finalize(s);
	must(sqlite3_prepare_v2(db, "INSERT INTO answer_sketch VALUES (?1, ?1, ?2)", -1, &s, NULL));
	for (int64_t i = 0; i < n; i++) {
		least[0] = (uint32_t)i;
		sqlite3_bind_int64(s, 1, i);
		sqlite3_bind_blob(s, 2, least, sizeof(least), SQLITE_TRANSIENT);
		must(sqlite3_step(s));
		sqlite3_reset(s);
	}
	sqlite3_finalize(s);
	must(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL));
}

static void copies(const char *folder, int64_t n)
{
	enum { KEPT = 10000, LOOKUPS = 1000 };
	static int64_t bands[KEPT];
	char path[300];
	sqlite3 *db;
	sqlite3_stmt *s;
	struct rng r = { 2 };
	int64_t worst = 0, sum = 0, found = 0;

	snprintf(path, sizeof(path), "%s/check_bench.db", folder);
	unlink(path);
	must(sqlite3_open(path, &db));
	must(sqlite3_exec(db, schema, NULL, NULL, NULL));
	fill(db, n, bands, KEPT);
	must(sqlite3_prepare_v2(db, near, -1, &s, NULL));
	for (int i = 0; i < LOOKUPS; i++) {
		int64_t from = when_monotonic_us();

		for (int b = 0; b < SKETCH_BANDS; b++) {
			sqlite3_bind_int64(s, 1, bands[rng_below(&r, KEPT)]);
			sqlite3_bind_int64(s, 2, -1);
			while (sqlite3_step(s) == SQLITE_ROW)
				found += sqlite3_column_bytes(s, 1) == sizeof(uint32_t) * SKETCH_HASHES;
			sqlite3_reset(s);
		}
		int64_t us = when_monotonic_us() - from;

		sum += us;
		worst = us > worst ? us : worst;
	}
	printf("near copy among %lld answers: %.3f ms on average, %.3f ms at worst, %lld candidates seen\n", (long long)n, (double)sum / LOOKUPS / 1000,
	       (double)worst / 1000, (long long)found);
	sqlite3_finalize(s);
	sqlite3_close(db);
	unlink(path);
}

int main(int argc, char **argv)
{
	static struct arena start;
	struct pack *p;
	struct pack_problems problems = { 0 };
	struct str usual = S("Яму у дома 15 по улице Абая засыпят до 5 декабря. Работу сделает подрядчик «Жол», за ней следит отдел дорог. Если в этот день "
			     "ничего не изменится, позвоните нам: 8 7172 55 12 12. ");
	struct str text = usual;

	if (argc < 3 || pack_load(&start, argv[1], &p, &problems) != RC_OK) {
		fprintf(stderr, "usage: check_bench PACK FOLDER [ANSWERS]\n");
		return 2;
	}
	while (text.n < 7200)
		text = str_cat(&start, text, usual);
	checks(p, "a usual answer (190 characters)", usual);
	checks(p, "a long answer (4,000 characters)", text);
	copies(argv[2], argc > 3 ? atoll(argv[3]) : 5000000);
	return 0;
}
