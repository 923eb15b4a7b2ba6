/*
 * submit_bench: what a filed appeal costs at the least. The rows of the newest appeal of a database are written again and again, into the same tables with
 * the same indexes, by a bare loop over SQLite's own functions: so many appeals a transaction, one fsync each. Prints appeals a second.
 *
 *	submit_bench DATABASE APPEALS GROUP
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bare.h"
#include "base/random.h"
#include "base/when.h"
#include "db/db.h"

#define ROWS_MAX 40
#define COLUMNS_MAX 80
#define MOMENTS_TO ((int64_t)1 << 52) /* microseconds since 1970; larger numbers are ids of rows */
#define OWN_NODE ((int64_t)1023 << 12) /* in ids: nobody else makes such */

static void must(sqlite3 *h, int code)
{
	if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW) {
		fprintf(stderr, "sqlite: %s\n", sqlite3_errmsg(h));
		exit(1);
	}
}

/* One row that is written for each appeal. */
struct row {
	sqlite3_stmt *insert;
	sqlite3_value *v[COLUMNS_MAX];
	bool name[COLUMNS_MAX]; /* a text that may stand only once */
	int n;
};

static const struct { const char *table, *which; } tables[] = {
	{ "appeal", "id = ?1" }, { "part", "appeal_id = ?1" }, { "assignment", "appeal_id = ?1" }, { "duty", "subject_id = ?1" },
	{ "event", "appeal_id = ?1" }, { "job", "kind = 'notify.appeal' AND payload IN (SELECT CAST(id AS TEXT) FROM event WHERE appeal_id = ?1)" },
	{ "once", "key = (SELECT key FROM once ORDER BY made_at DESC LIMIT 1) AND ?1 <> 0" },
};

static void take_row(sqlite3 *h, sqlite3_stmt *from, const char *table, struct row *r)
{
	char sql[1000];
	int at = snprintf(sql, sizeof(sql), "INSERT INTO %s VALUES (?", table);

	r->n = sqlite3_column_count(from);
	for (int i = 0; i < r->n; i++) {
		const char *column = sqlite3_column_name(from, i);

		r->v[i] = sqlite3_value_dup(sqlite3_column_value(from, i));
		r->name[i] = strcmp(column, "number") == 0 || strcmp(column, "key") == 0;
		at += i ? snprintf(sql + at, sizeof(sql) - (size_t)at, ",?") : 0;
	}
	snprintf(sql + at, sizeof(sql) - (size_t)at, ")");
	must(h, sqlite3_prepare_v2(h, sql, -1, &r->insert, NULL));
}

static size_t take_rows(sqlite3 *h, struct row *rows)
{
	sqlite3_stmt *s;
	size_t n = 0;
	int64_t appeal;

	must(h, sqlite3_prepare_v2(h, "SELECT MAX(id) FROM appeal", -1, &s, NULL));
	must(h, sqlite3_step(s));
	appeal = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	for (size_t t = 0; t < sizeof(tables) / sizeof(*tables); t++) {
		char sql[300];

		snprintf(sql, sizeof(sql), "SELECT * FROM %s WHERE %s", tables[t].table, tables[t].which);
		must(h, sqlite3_prepare_v2(h, sql, -1, &s, NULL));
		sqlite3_bind_int64(s, 1, appeal);
		while (sqlite3_step(s) == SQLITE_ROW && n < ROWS_MAX)
			take_row(h, s, tables[t].table, &rows[n++]);
		sqlite3_finalize(s);
	}
	return n;
}

/* A number or key of the same shape by chance, as those of the server are: in order they would all go to the end of their index. */
static void bind_name(struct row *r, int c, struct rng *rng)
{
	static const char hex[] = "0123456789abcdef", letters[] = CODE_ALPHABET;
	char name[64];
	int n = sqlite3_value_bytes(r->v[c]);

	if (n > (int)sizeof(name))
		n = sizeof(name);
	memcpy(name, sqlite3_value_text(r->v[c]), (size_t)n);
	bool number = memchr(name, '-', (size_t)n) != NULL;

	for (int i = number ? 2 : 0; i < n; i++) /* the year of a number stays */
		if (name[i] != '-')
			name[i] = number ? letters[rng_below(rng, sizeof(letters) - 1)] : hex[rng_below(rng, 16)];
	sqlite3_bind_text(r->insert, c + 1, name, n, SQLITE_TRANSIENT);
}

/* Ids move on by a millisecond an appeal, as made by another node; moments stay. */
static void write_row(sqlite3 *h, struct row *r, int64_t i, struct rng *rng)
{
	for (int c = 0; c < r->n; c++) {
		int64_t number = sqlite3_value_type(r->v[c]) == SQLITE_INTEGER ? sqlite3_value_int64(r->v[c]) : 0;

		if (r->name[c]) {
			bind_name(r, c, rng);
		} else if (number > MOMENTS_TO) {
			sqlite3_bind_int64(r->insert, c + 1, (number | OWN_NODE) + (i << 22));
		} else {
			sqlite3_bind_value(r->insert, c + 1, r->v[c]);
		}
	}
	must(h, sqlite3_step(r->insert));
	sqlite3_reset(r->insert);
}

int main(int argc, char **argv)
{
	static struct row rows[ROWS_MAX];
	int64_t appeals = argc > 3 ? atoll(argv[2]) : 0, group = argc > 3 ? atoll(argv[3]) : 0;
	sqlite3 *h = NULL;

	if (appeals <= 0 || group <= 0) {
		fputs("usage: submit_bench DATABASE APPEALS GROUP\n", stderr);
		return 2;
	}
	must(h, bare_open(argv[1], &h));
	size_t n = take_rows(h, rows);
	int64_t began = when_monotonic_us();
	struct rng rng = { (uint64_t)began };

	for (int64_t i = 1; i <= appeals;) {
		must(h, sqlite3_exec(h, "BEGIN IMMEDIATE", NULL, NULL, NULL));
		for (int64_t k = 0; k < group && i <= appeals; k++, i++)
			for (size_t r = 0; r < n; r++)
				write_row(h, &rows[r], i, &rng);
		must(h, sqlite3_exec(h, "COMMIT", NULL, NULL, NULL));
	}
	printf("%.0f %zu\n", (double)appeals * 1e6 / (double)(when_monotonic_us() - began), n);
	return 0;
}
