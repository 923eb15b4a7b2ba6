/*
 * commit_bench: what the group commit costs. The same rows in groups of the same size, with one fsync a group: first by a
 * bare loop over SQLite's own functions, then by works through db_submit from one thread. Prints rows a second of both and the
 * ratio, the best of the rounds each; the two take turns, so that a disk in a bad mood hits both. On a disk whose fsync takes
 * milliseconds the ratio is about 1; in memory (/dev/shm) it shows the CPU of queue, thread and savepoints: about a half.
 *
 *	commit_bench FOLDER [ROWS [GROUP [ROUNDS]]]
 */
#include <assert.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "bare.h"
#include "base/random.h"
#include "db/stmt.h"

#define NAME "a signature of somebody who lives in a street of a town, some hundred bytes of it, as rows are in practice"

static const char *const schema = "CREATE TABLE sign (id BIGINT PRIMARY KEY, name TEXT NOT NULL, made_at BIGINT NOT NULL);\n"
				  "CREATE UNIQUE INDEX sign_by_time ON sign (made_at, id);\n";
static const struct db_stmt insert = { "sign", "INSERT INTO sign (id, name, made_at) VALUES (?1, ?2, ?3)",
				       "INSERT INTO sign (id, name, made_at) VALUES ($1, $2, $3)", 3, "iti" };

static void clean(const char *path)
{
	char file[300];

	for (size_t i = 0; i < 3; i++) {
		snprintf(file, sizeof(file), "%s%s", path, ((const char *const[]){ "", "-wal", "-shm" })[i]);
		unlink(file);
	}
}

static void must(int code)
{
	if (code != SQLITE_OK && code != SQLITE_DONE) {
		fprintf(stderr, "sqlite: %s\n", sqlite3_errstr(code));
		exit(1);
	}
}

static double bare(const char *path, int64_t rows, int64_t group)
{
	sqlite3 *h = NULL;
	sqlite3_stmt *s, *begin, *commit;

	clean(path);
	must(bare_open(path, &h));
	must(sqlite3_exec(h, schema, NULL, NULL, NULL));
	must(sqlite3_prepare_v2(h, insert.sqlite, -1, &s, NULL));
	must(sqlite3_prepare_v2(h, "BEGIN IMMEDIATE", -1, &begin, NULL));
	must(sqlite3_prepare_v2(h, "COMMIT", -1, &commit, NULL));
	int64_t start = when_monotonic_us();

	for (int64_t i = 0; i < rows;) {
		must(sqlite3_step(begin));
		must(sqlite3_reset(begin));
		for (int64_t k = 0; k < group && i < rows; k++, i++) {
			sqlite3_bind_int64(s, 1, id_make());
			sqlite3_bind_text(s, 2, NAME, sizeof(NAME) - 1, SQLITE_STATIC);
			sqlite3_bind_int64(s, 3, i);
			must(sqlite3_step(s));
			must(sqlite3_reset(s));
		}
		must(sqlite3_step(commit));
		must(sqlite3_reset(commit));
	}
	double per_sec = (double)rows * 1e6 / (double)(when_monotonic_us() - start);

	sqlite3_finalize(s);
	sqlite3_finalize(begin);
	sqlite3_finalize(commit);
	sqlite3_close(h);
	clean(path);
	return per_sec;
}

struct sign {
	struct db_work work;
	int64_t i;
	sem_t *room;
};

static enum rc sign_run(struct db_work *w, struct db *db)
{
	const struct sign *s = (const struct sign *)(const void *)w;
	const struct db_value args[] = { DB_V_INT(id_make()), DB_V_TEXT(S(NAME)), DB_V_INT(s->i) };
	int64_t changed;

	return db_exec(db, &insert, args, &changed);
}

static void sign_done(struct db_work *w, enum rc rc)
{
	assert(rc == RC_OK);
	sem_post(((struct sign *)(void *)w)->room);
}

/* At most two groups wait: as many as fit while one is being written. */
static double grouped(const char *path, int64_t rows, int64_t group)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	const struct migration m = { 1, "0001_sign.sql", schema };
	const struct db_options o = { .path = path };
	struct sign *works = calloc((size_t)rows, sizeof(*works));
	struct db_pool *p;
	struct str why = S("");
	sem_t room;

	clean(path);
	if (!works || db_open(&o, &a, &p, &why) != RC_OK || db_migrate(p, &m, 1, &why) != RC_OK)
		exit(1);
	sem_init(&room, 0, (unsigned)(2 * group));
	int64_t start = when_monotonic_us();

	for (int64_t i = 0; i < rows; i++) {
		works[i] = (struct sign){ .work = { .run = sign_run, .done = sign_done, .arena = &a }, .i = i, .room = &room };
		sem_wait(&room);
		db_submit(p, &works[i].work);
	}
	for (int64_t i = 0; i < 2 * group; i++)
		sem_wait(&room);
	double per_sec = (double)rows * 1e6 / (double)(when_monotonic_us() - start);
	struct db_stats stats;

	db_stats(p, &stats);
	printf("  groups: %lld, largest %lld, in COMMIT %lld ms\n", (long long)stats.commits, (long long)stats.group_max,
	       (long long)stats.commit_us_sum / 1000);
	db_close(p);
	sem_destroy(&room);
	free(works);
	clean(path);
	return per_sec;
}

static int64_t argument(int argc, char **argv, int at, int64_t otherwise)
{
	int64_t v;

	return argc > at && str_to_i64(str_of(argv[at]), &v) && v > 0 ? v : otherwise;
}

int main(int argc, char **argv)
{
	int64_t rows = argument(argc, argv, 2, 50000), group = argument(argc, argv, 3, 200), rounds = argument(argc, argv, 4, 3);
	double best_bare = 0, best_grouped = 0;
	char path[250];

	if (argc < 2) {
		fputs("usage: commit_bench FOLDER [ROWS [GROUP [ROUNDS]]]\n", stderr);
		return 2;
	}
	snprintf(path, sizeof(path), "%s/commit_bench.db", argv[1]);
	for (int64_t i = 0; i < rounds; i++) {
		double b = bare(path, rows, group), g = grouped(path, rows, group);

		best_bare = b > best_bare ? b : best_bare;
		best_grouped = g > best_grouped ? g : best_grouped;
		printf("bare loop %.0f rows/s, db_submit %.0f rows/s\n", b, g);
	}
	printf("ratio of the best: %.2f\n", best_grouped / best_bare);
	return 0;
}
