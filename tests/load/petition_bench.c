/*
 * petition_bench: fills a data folder for `script/bench petitions` and measures the yardstick beside it.
 *
 *	petition_bench fill PEOPLE SIGNATURES LIST --data DIR   people with a verified identity and a session each, an open petition with so many
 *	                                                         signatures, and in LIST a signing request of each person for tests/load/load.c
 *	petition_bench bare SECONDS GROUP --data DIR            signatures a second of a bare loop over SQLite's own functions into the same table of the
 *	                                                         same database: groups of GROUP rows, a commit with fsync each, nothing else; they are
 *	                                                         counted afterwards, and nobody may serve meanwhile
 *	petition_bench counts --data DIR                        the petition's count, its rows, and whether they agree
 */
#include <stdio.h>
#include <stdlib.h>

#include "app/command.h"
#include "app/session.h"
#include "bare.h"
#include "base/random.h"
#include "standard/pack.h"

#define PETITION 1000
#define PERSON 1000000000000 /* ids of the people and their sessions from here on */
#define TEXT "Моста нет, дети идут в школу по льду, взрослые в объезд двадцать километров. Предлагаем построить пешеходный мост до осени: проект есть, "

static void must(sqlite3 *h, int code)
{
	if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW) {
		fprintf(stderr, "sqlite: %s\n", sqlite3_errmsg(h));
		exit(1);
	}
}

static const char *file_of(struct arena *a, const struct app *app)
{
	return str_fmt(a, "%.*s/jauap.db", STR_FMT(app->config.data)).p;
}

static sqlite3 *open_file(const struct app *app, const char *pragmas)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	sqlite3 *h = NULL;

	must(NULL, sqlite3_open(file_of(&a, app), &h));
	must(h, sqlite3_exec(h, pragmas, NULL, NULL, NULL));
	return h;
}

static sqlite3_stmt *prepare(sqlite3 *h, const char *sql)
{
	sqlite3_stmt *s;

	must(h, sqlite3_prepare_v2(h, sql, -1, &s, NULL));
	return s;
}

static void step(sqlite3 *h, sqlite3_stmt *s)
{
	must(h, sqlite3_step(s));
	must(h, sqlite3_reset(s));
}

static int64_t number(sqlite3 *h, const char *sql)
{
	sqlite3_stmt *s = prepare(h, sql);

	must(h, sqlite3_step(s));
	int64_t v = sqlite3_column_int64(s, 0);

	sqlite3_finalize(s);
	return v;
}

static void put_text(sqlite3_stmt *s, int at, struct str text)
{
	sqlite3_bind_text(s, at, text.p, (int)text.n, SQLITE_TRANSIENT);
}

/* ---- fill ---- */

/* As if n more had been folded, the last of them with this id. */
static void add_counts(sqlite3 *h, struct arena *a, int64_t n, int64_t last, int64_t region)
{
	struct str sql = str_fmt(a,
				 "UPDATE petition SET signatures = signatures + %lld; UPDATE petition_mark SET signature = %lld;"
				 "UPDATE petition_count SET n = n + %lld WHERE cut IN ('r', 'd') AND slot = %lld",
				 (long long)n, (long long)last, (long long)n, (long long)region);

	must(h, sqlite3_exec(h, str_z(a, sql), NULL, NULL, NULL));
}

static void add_petition(sqlite3 *h, const struct pack *p, struct when now)
{
	sqlite3_stmt *s = prepare(h, "INSERT INTO petition (id, state, listed, body_id, topic, threshold, account_id, author, lang, title, text, link_key, made_at, moderated_at, "
				     "moderate_due_at, opened_at, closes_at, updated_at) VALUES (?1, 'open', '1', ?2, 'roads', 100000000, 1, 'Айгүл Серікова', 'ru', "
				     "'Построить пешеходный мост через реку', ?3, 'none', ?4, ?4, ?4, ?4, ?5, ?4)");
	const struct body *b = pack_body_by_code(p, S("government"));

	sqlite3_bind_int64(s, 1, PETITION);
	sqlite3_bind_int64(s, 2, b ? b->id : 1);
	put_text(s, 3, S(TEXT TEXT TEXT TEXT TEXT TEXT));
	sqlite3_bind_int64(s, 4, now.us);
	sqlite3_bind_int64(s, 5, now.us + 180 * WHEN_DAY);
	step(h, s);
	sqlite3_finalize(s);
	must(h, sqlite3_exec(h, "INSERT INTO petition_mark (id, signature, folded_at) VALUES (1, 0, 0)", NULL, NULL, NULL));
	s = prepare(h, "INSERT INTO petition_count (petition_id, cut, slot, n) VALUES (?1, 'r', ?2, 0), (?1, 'd', ?2, 0)");
	sqlite3_bind_int64(s, 1, PETITION);
	sqlite3_bind_int64(s, 2, p->places[0].id);
	step(h, s);
	sqlite3_finalize(s);
	/* the nightly recount of all rows, which a new installation begins with, has had its turn */
	s = prepare(h, "INSERT INTO job (id, kind, dedup, due_at, made_at) VALUES (1, 'petition.repair', 'every petition.repair', ?1, ?2)");
	sqlite3_bind_int64(s, 1, now.us + WHEN_DAY);
	sqlite3_bind_int64(s, 2, now.us);
	step(h, s);
	sqlite3_finalize(s);
}

/* Sorted indexes are made at the end: a hundred times quicker than ten million places at random. */
static void add_signatures(sqlite3 *h, struct arena *a, int64_t n, int64_t region, struct when now)
{
	sqlite3_stmt *s = prepare(h, "SELECT name, sql FROM sqlite_schema WHERE tbl_name = 'petition_signature' AND type = 'index' AND sql IS NOT NULL");
	struct str drops = S(""), makes = S("");

	while (sqlite3_step(s) == SQLITE_ROW) {
		drops = str_fmt(a, "%.*sDROP INDEX %s;", STR_FMT(drops), (const char *)sqlite3_column_text(s, 0));
		makes = str_fmt(a, "%.*s%s;", STR_FMT(makes), (const char *)sqlite3_column_text(s, 1));
	}
	sqlite3_finalize(s);
	int64_t first = id_at_ms(now.us / 1000 - 86400000, 0);
	struct str rows = str_fmt(a,
				  "WITH RECURSIVE k (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < %lld) "
				  "INSERT INTO petition_signature (id, petition_id, identity_key, account_id, first_name, initial, place_id, region_id, how, signed_at) "
				  "SELECT %lld + i, %d, lower(hex(randomblob(16))), i, 'Айгүл', 'С.', %lld, %lld, 'web', %lld FROM k",
				  (long long)n, (long long)first, PETITION, (long long)region, (long long)region, (long long)(now.us - WHEN_DAY));

	if (!n)
		return;
	must(h, sqlite3_exec(h, str_z(a, drops), NULL, NULL, NULL));
	must(h, sqlite3_exec(h, str_z(a, rows), NULL, NULL, NULL));
	must(h, sqlite3_exec(h, str_z(a, makes), NULL, NULL, NULL));
	add_counts(h, a, n, first + n, region);
}

/* One person, one session, one request as a browser would send it. */
static void add_person(sqlite3 *h, const struct app *app, sqlite3_stmt *account, sqlite3_stmt *session, int64_t i, int64_t region, struct when now, FILE *list)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str token = random_token(&a, 32), csrf = random_token(&a, 32), key = random_token(&a, 16), hash = token_hash(&a, token);

	sqlite3_bind_int64(account, 1, PERSON + i);
	put_text(account, 2, str_fmt(&a, "Айгүл%lld Серікова", (long long)i));
	put_text(account, 3, key_hash(&a, app->keys, "identity", str_fmt(&a, "%012lld", (long long)i)));
	sqlite3_bind_int64(account, 4, now.us);
	step(h, account);
	sqlite3_bind_int64(session, 1, session_id_of(hash));
	sqlite3_bind_int64(session, 6, PERSON + i);
	put_text(session, 2, hash);
	put_text(session, 3, csrf);
	sqlite3_bind_int64(session, 4, now.us + WHEN_HOUR); /* as if the form had been opened just before: no visit to note */
	sqlite3_bind_int64(session, 5, now.us + 30 * WHEN_DAY);
	step(h, session);
	struct str body = str_fmt(&a, "_csrf=%.*s&_key=%.*s&region=%lld&district=&link=", STR_FMT(csrf), STR_FMT(key), (long long)region);
	struct str request = str_fmt(&a,
				     "POST /petitions/%d/sign HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nAccept-Language: kk,ru;q=0.8\r\n"
				     "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\nCookie: session=%.*s\r\n\r\n%.*s",
				     PETITION, body.n, STR_FMT(token), STR_FMT(body));
	uint32_t n = (uint32_t)request.n;

	fwrite(&n, sizeof(n), 1, list);
	fwrite(request.p, request.n, 1, list);
}

static int fill(const struct app *app, int64_t people, int64_t signatures, const char *list_path)
{
	sqlite3 *h = open_file(app, "PRAGMA synchronous=OFF; PRAGMA cache_size=-262144; PRAGMA temp_store=MEMORY; BEGIN");
	sqlite3_stmt *account = prepare(h, "INSERT INTO account (id, kind, name, identity_key, created_at) VALUES (?1, 'citizen', ?2, ?3, ?4)");
	sqlite3_stmt *session = prepare(h, "INSERT INTO session (id, token_hash, account_id, csrf, created_at, seen_at, expires_at) VALUES (?1, ?2, ?6, ?3, ?4, ?4, ?5)");
	FILE *list = fopen(list_path, "w");
	struct when now = when_now();
	int64_t region = app->pack->places[0].id;

	if (!list)
		return 1;
	add_petition(h, app->pack, now);
	for (int64_t i = 0; i < people; i++)
		add_person(h, app, account, session, i, region, now, list);
	add_signatures(h, app->start, signatures, region, now);
	must(h, sqlite3_exec(h, "COMMIT; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL));
	sqlite3_finalize(account);
	sqlite3_finalize(session);
	sqlite3_close(h);
	return fclose(list) == 0 ? 0 : 1;
}

/* ---- the yardstick ---- */

static int bare(const struct app *app, int64_t seconds, int64_t group)
{
	struct arena of_open CLEANUP(arena_end) = { 0 };
	sqlite3 *h = NULL;

	must(NULL, bare_open(file_of(&of_open, app), &h));
	sqlite3_stmt *begin = prepare(h, "BEGIN IMMEDIATE"), *commit = prepare(h, "COMMIT");
	sqlite3_stmt *sign = prepare(h, "INSERT INTO petition_signature (id, petition_id, identity_key, account_id, first_name, initial, place_id, region_id, how, signed_at) "
					"VALUES (?1, ?2, ?3, ?1, 'Айгүл', 'С.', ?4, ?4, 'web', ?5)");
	int64_t start = when_monotonic_us(), rows = 0, last = 0;

	while (when_monotonic_us() - start < seconds * WHEN_SECOND) {
		struct arena a CLEANUP(arena_end) = { 0 };

		step(h, begin);
		for (int64_t i = 0; i < group; i++, rows++) {
			last = id_make();
			sqlite3_bind_int64(sign, 1, last);
			sqlite3_bind_int64(sign, 2, PETITION);
			put_text(sign, 3, random_token(&a, 16));
			sqlite3_bind_int64(sign, 4, app->pack->places[0].id);
			sqlite3_bind_int64(sign, 5, when_now().us);
			step(h, sign);
		}
		step(h, commit);
	}
	double per_sec = (double)rows * 1e6 / (double)(when_monotonic_us() - start);

	add_counts(h, app->start, rows, last, app->pack->places[0].id);
	must(h, sqlite3_exec(h, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL));
	sqlite3_finalize(begin);
	sqlite3_finalize(commit);
	sqlite3_finalize(sign);
	sqlite3_close(h);
	printf("rows=%lld per_sec=%.0f\n", (long long)rows, per_sec);
	return 0;
}

static int counts(const struct app *app)
{
	sqlite3 *h = open_file(app, "PRAGMA query_only=ON");
	int64_t shown = number(h, "SELECT signatures FROM petition"), rows = number(h, "SELECT COUNT(*) FROM petition_signature WHERE withdrawn_at = 0");
	int64_t regions = number(h, "SELECT SUM(n) FROM petition_count WHERE cut = 'r'");

	sqlite3_close(h);
	printf("shown=%lld rows=%lld regions=%lld\n", (long long)shown, (long long)rows, (long long)regions);
	return shown == rows && (regions == rows) ? 0 : 1;
}

static int use(void)
{
	fputs("usage: petition_bench fill PEOPLE SIGNATURES LIST | bare SECONDS GROUP | counts, each with --data DIR\n", stderr);
	return 2;
}

int main(int argc, char **argv)
{
	struct arena start CLEANUP(arena_end) = { 0 };
	struct config c;
	struct str rest[8], why = S("");
	size_t n;
	int64_t x = 0, y = 0;

	if (config_read(&start, argc - 1, argv + 1, &c, rest, &n, &why) != RC_OK || n < 1)
		return use();
	bool is_fill = str_eq(rest[0], S("fill")) && n == 4, is_bare = str_eq(rest[0], S("bare")) && n == 3;

	if ((is_fill || is_bare) && (!str_to_i64(rest[1], &x) || !str_to_i64(rest[2], &y)))
		return use();
	struct app *app = command_open(&start, &c);

	if (!app)
		return 1;
	int status = is_fill ? fill(app, x, y, str_z(&start, rest[3])) : is_bare ? bare(app, x, y) : counts(app);

	app_close(app);
	return status;
}
