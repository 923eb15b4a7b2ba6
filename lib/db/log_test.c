/* log_test.c: the log that goes out in pieces holds, at every moment that counts, what SQLite's own would hold. */
#include "base/test.h"

#include <dirent.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/random.h"
#include "db/sqlite_log.h"

#define ROUNDS 250

struct side {
	sqlite3 *h;
	char path[80];
};

static char folder[] = "/tmp/jauap-log.XXXXXX";

static void run(sqlite3 *h, const char *sql)
{
	char *why = NULL;

	if (sqlite3_exec(h, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s: %s", sql, why ? why : "?");
}

static int64_t number(sqlite3 *h, const char *sql)
{
	sqlite3_stmt *s;

	if (sqlite3_prepare_v2(h, sql, -1, &s, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(h));
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	int64_t n = sqlite3_column_int64(s, 0);

	sqlite3_finalize(s);
	return n;
}

/* Rows, their places and every byte of them count. */
static int64_t sum_of(sqlite3 *h)
{
	return number(h, "SELECT COUNT(*) + COALESCE(SUM(id * 7 + length(body) * 31 + unicode(substr(body, id % 97 + 1, 1)) * id), 0) FROM thing");
}

static void side_open(struct side *s, const char *name, const char *vfs)
{
	snprintf(s->path, sizeof(s->path), "%s/%s.db", folder, name);
	assert_int_equal(sqlite3_open_v2(s->path, &s->h, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, vfs), SQLITE_OK);
	run(s->h, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=12; PRAGMA wal_autocheckpoint=0");
	run(s->h, "CREATE TABLE thing (id INTEGER PRIMARY KEY, body TEXT NOT NULL); CREATE INDEX thing_body ON thing (substr(body, 1, 20))");
}

static int64_t seen_by_others(const char *path)
{
	sqlite3 *h;

	assert_int_equal(sqlite3_open_v2(path, &h, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	int64_t sum = sum_of(h);

	assert_int_equal(number(h, "SELECT COUNT(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"), 0);
	sqlite3_close(h);
	return sum;
}

static void copy_file(const char *from, const char *to)
{
	static char bytes[1 << 16];
	FILE *in = fopen(from, "r"), *out = fopen(to, "w");
	size_t n;

	assert_true(in && out);
	while ((n = fread(bytes, 1, sizeof(bytes), in)) > 0)
		assert_int_equal(fwrite(bytes, 1, n, out), n);
	fclose(in);
	assert_int_equal(fclose(out), 0);
}

/* As after a kill -9: the two files as they stand, without the index in memory. */
static int64_t after_a_crash(const char *path)
{
	char copy[90], log[100], log_copy[100];

	snprintf(copy, sizeof(copy), "%s.copy", path);
	snprintf(log, sizeof(log), "%s-wal", path);
	snprintf(log_copy, sizeof(log_copy), "%s-wal", copy);
	copy_file(path, copy);
	copy_file(log, log_copy);
	return seen_by_others(copy);
}

/* Savepoints that are taken back: only while no page is written before its time, as lib/db has it (sqlite.c, open_writer). */
static void change(sqlite3 *h, struct rng rng, bool savepoints)
{
	char sql[300];
	unsigned steps = (unsigned)rng_below(&rng, 6) + 1;

	for (unsigned i = 0; i < steps; i++) {
		unsigned from = (unsigned)rng_below(&rng, 400), n = (unsigned)rng_below(&rng, 60) + 1, letter = (unsigned)rng_below(&rng, 26);

		snprintf(sql, sizeof(sql), "WITH RECURSIVE i (n) AS (SELECT %u UNION ALL SELECT n + 1 FROM i WHERE n < %u) "
			 "INSERT OR REPLACE INTO thing (id, body) SELECT n, printf('%%.*c', (n * 7919) %% 9000 + 1, '%c') FROM i", from, from + n, (char)('a' + letter));
		if (rng_below(&rng, 4) == 0)
			snprintf(sql, sizeof(sql), "DELETE FROM thing WHERE id BETWEEN %u AND %u", from, from + n);
		run(h, "SAVEPOINT step");
		run(h, sql);
		run(h, savepoints && rng_below(&rng, 4) == 0 ? "ROLLBACK TO step; RELEASE step" : "RELEASE step");
	}
}

TEST(what_is_committed_is_there_for_everybody_and_after_a_crash)
{
	static const char *const copies[] = { "PRAGMA wal_checkpoint(PASSIVE)", "PRAGMA wal_checkpoint(RESTART)", "PRAGMA wal_checkpoint(TRUNCATE)" };
	struct rng rng = { 20261126 };
	struct side own, usual;

	side_open(&own, "own", sqlite_log_vfs());
	side_open(&usual, "usual", NULL);
	for (int i = 0; i < ROUNDS; i++) {
		struct rng same = { rng_next(&rng) };
		const char *end = rng_below(&rng, 5) ? "COMMIT" : "ROLLBACK";
		bool spills = rng_below(&rng, 2) == 0;

		run(own.h, spills ? "PRAGMA cache_spill=12; BEGIN IMMEDIATE" : "PRAGMA cache_spill=OFF; BEGIN IMMEDIATE");
		run(usual.h, spills ? "PRAGMA cache_spill=12; BEGIN IMMEDIATE" : "PRAGMA cache_spill=OFF; BEGIN IMMEDIATE");
		change(own.h, same, !spills);
		change(usual.h, same, !spills);
		CHECK_INT(sum_of(own.h), sum_of(usual.h)); /* what was written and not yet committed is read again */
		run(own.h, end);
		run(usual.h, end);
		CHECK_INT(seen_by_others(own.path), sum_of(usual.h));
		if (i % 10 == 0)
			CHECK_INT(after_a_crash(own.path), sum_of(usual.h));
		if (rng_below(&rng, 8) == 0)
			run(own.h, copies[rng_below(&rng, 3)]);
	}
	sqlite3_close(own.h);
	CHECK_INT(seen_by_others(own.path), sum_of(usual.h));
	sqlite3_close(usual.h);
}

/* Calls of write() and the like by this process. */
static int64_t writes(void)
{
	char all[1000];
	int64_t n = -1;
	FILE *f = fopen("/proc/self/io", "r");
	struct str rest = { all, f ? fread(all, 1, sizeof(all), f) : 0 }, line;

	while (str_cut(&rest, '\n', &line))
		if (str_starts(line, S("syscw: ")) && !str_to_i64(str_from(line, 7), &n))
			n = -1;
	if (f)
		fclose(f);
	return n;
}

static int64_t writes_of_a_commit(const char *vfs, const char *name)
{
	struct side s;

	side_open(&s, name, vfs);
	run(s.h, "PRAGMA cache_size=2000; BEGIN");
	change(s.h, (struct rng){ 7 }, false);
	int64_t before = writes();

	run(s.h, "COMMIT");
	int64_t n = writes() - before;

	sqlite3_close(s.h);
	return n;
}

TEST(a_commit_of_many_pages_is_a_few_writes)
{
	if (writes() < 0)
		skip();
	int64_t usual = writes_of_a_commit(NULL, "two-a-page"), own = writes_of_a_commit(sqlite_log_vfs(), "pieces");

	CHECK(usual > 100);
	CHECK(own * 10 < usual);
}

int main(void)
{
	const struct CMUnitTest tests[] = { T(what_is_committed_is_there_for_everybody_and_after_a_crash), T(a_commit_of_many_pages_is_a_few_writes) };

	assert_non_null(mkdtemp(folder));
	int failed = cmocka_run_group_tests_name("log", tests, NULL, NULL);
	DIR *d = opendir(folder);

	for (struct dirent *e; d && (e = readdir(d));) {
		char path[300];

		snprintf(path, sizeof(path), "%s/%s", folder, e->d_name);
		unlink(path);
	}
	closedir(d);
	rmdir(folder);
	return failed;
}
