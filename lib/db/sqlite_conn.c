#include "db/sqlite_conn.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "db/sqlite_log.h"

#define AGAIN_MS 5

enum rc sqlite_rc(int code)
{
	switch (code & 0xff) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE:
		return RC_OK;
	case SQLITE_CONSTRAINT:
		if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY)
			return RC_DUPLICATE;
		return RC_CONFLICT;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_FULL:
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
	case SQLITE_READONLY:
	case SQLITE_PROTOCOL:
		return RC_BUSY;
	case SQLITE_TOOBIG:
		return RC_TOO_LARGE;
	default:
		return RC_INTERNAL;
	}
}

/* The code of what just failed, its reason kept for the log. */
static int failure(struct sqlite_conn *c)
{
	db_why_set(&c->db, sqlite3_errmsg(c->h));
	return sqlite3_extended_errcode(c->h);
}

static sqlite3_stmt *prepared(struct sqlite_conn *c, const char *sql, enum rc *ret_rc)
{
	size_t i = ((uintptr_t)sql * 0x9e3779b97f4a7c15u >> 40) % CACHE_SLOTS;

	while (c->cache[i].sql && c->cache[i].sql != sql)
		i = (i + 1) % CACHE_SLOTS;
	if (!c->cache[i].stmt) {
		int code = sqlite3_prepare_v3(c->h, sql, -1, SQLITE_PREPARE_PERSISTENT, &c->cache[i].stmt, NULL);

		*ret_rc = sqlite_rc(code == SQLITE_ERROR ? SQLITE_INTERNAL : sqlite3_extended_errcode(c->h));
		if (code != SQLITE_OK) {
			db_why_set(&c->db, sqlite3_errmsg(c->h));
			return NULL;
		}
		c->cache[i].sql = sql;
	}
	*ret_rc = RC_OK;
	return c->cache[i].stmt;
}

enum rc conn_run(struct sqlite_conn *c, const char *literal)
{
	enum rc rc;
	sqlite3_stmt *s = prepared(c, literal, &rc);

	if (!s)
		return rc;
	int code = sqlite3_step(s);

	if (code != SQLITE_DONE && code != SQLITE_ROW)
		code = failure(c);
	sqlite3_reset(s);
	return sqlite_rc(code);
}

static void bind(sqlite3_stmt *s, const struct db_value *v, int at)
{
	switch (v->type) {
	case DB_INT:
	case DB_BOOL:
		sqlite3_bind_int64(s, at, v->i);
		break;
	case DB_REAL:
		sqlite3_bind_double(s, at, v->d);
		break;
	case DB_TEXT:
		sqlite3_bind_text64(s, at, v->s.n ? v->s.p : "", v->s.n, SQLITE_STATIC, SQLITE_UTF8);
		break;
	case DB_BLOB:
		sqlite3_bind_blob64(s, at, v->s.n ? v->s.p : "", v->s.n, SQLITE_STATIC);
		break;
	}
}

static sqlite3_stmt *bound(struct db *db, const struct db_stmt *st, const struct db_value *args, enum rc *ret_rc)
{
	sqlite3_stmt *s = prepared(conn_of(db), st->sqlite, ret_rc);

	for (size_t i = 0; s && i < st->n_params; i++)
		bind(s, &args[i], (int)i + 1);
	return s;
}

static enum rc exec(struct db *db, const struct db_stmt *st, const struct db_value *args, int64_t *ret_changed)
{
	struct sqlite_conn *c = conn_of(db);
	enum rc rc;
	sqlite3_stmt *s = bound(db, st, args, &rc);

	if (!s)
		return rc;
	int code = sqlite3_step(s);

	if (code != SQLITE_DONE)
		code = failure(c);
	sqlite3_reset(s);
	sqlite3_clear_bindings(s);
	rc = code == SQLITE_ROW ? RC_INTERNAL : sqlite_rc(code);
	if (rc == RC_OK)
		*ret_changed = sqlite3_changes64(c->h);
	return rc;
}

static enum rc query(struct db *db, const struct db_stmt *st, const struct db_value *args, struct db_cursor *ret)
{
	enum rc rc;

	ret->at = bound(db, st, args, &rc);
	return rc;
}

static bool next(struct db_cursor *c)
{
	int code = sqlite3_step(c->at);

	if (code == SQLITE_ROW)
		return true;
	c->rc = code == SQLITE_DONE ? RC_OK : sqlite_rc(failure(conn_of(c->db)));
	return false;
}

static void end(struct db_cursor *c)
{
	sqlite3_reset(c->at);
	sqlite3_clear_bindings(c->at);
}

static int64_t col_int(const struct db_cursor *c, size_t column)
{
	return sqlite3_column_int64(c->at, (int)column);
}

static double col_real(const struct db_cursor *c, size_t column)
{
	return sqlite3_column_double(c->at, (int)column);
}

static struct str col_text(const struct db_cursor *c, size_t column)
{
	const char *p = (const char *)sqlite3_column_text(c->at, (int)column);

	return str_dup(c->db->arena, (struct str){ p, (size_t)sqlite3_column_bytes(c->at, (int)column) });
}

static struct str col_blob(const struct db_cursor *c, size_t column)
{
	const char *p = sqlite3_column_blob(c->at, (int)column);

	return str_dup(c->db->arena, (struct str){ p, (size_t)sqlite3_column_bytes(c->at, (int)column) });
}

static enum rc script(struct db *db, const char *sql, struct str *ret_why)
{
	char *why = NULL;
	int code = sqlite3_exec(conn_of(db)->h, sql, NULL, NULL, &why);

	if (code != SQLITE_OK)
		*ret_why = str_dup(db->arena ? db->arena : db->pool->start, str_of(why ? why : sqlite3_errstr(code)));
	sqlite3_free(why);
	return code == SQLITE_ERROR ? RC_INVALID : sqlite_rc(code);
}

static enum rc prepares(struct db *db, const struct db_stmt *st, struct str *ret_why)
{
	sqlite3_stmt *s = NULL;
	int code = sqlite3_prepare_v2(conn_of(db)->h, st->sqlite, -1, &s, NULL);

	if (code != SQLITE_OK)
		*ret_why = str_dup(db->arena, str_of(sqlite3_errmsg(conn_of(db)->h)));
	sqlite3_finalize(s);
	return code == SQLITE_OK ? RC_OK : RC_INVALID;
}

static const struct db_ops ops = {
	.exec = exec, .query = query, .next = next, .end = end, .col_int = col_int, .col_real = col_real, .col_text = col_text,
	.col_blob = col_blob, .script = script, .prepares = prepares,
};

long db_cache_kib(void)
{
	long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE), kib = pages > 0 && page > 0 ? pages / 64 * (page / 1024) : 0;

	return kib < 16 << 10 ? 16 << 10 : kib > 64 << 10 ? 64 << 10 : kib;
}

/* Filling: a log written before the database costs as much as the rows; the indexes of millions of rows want memory. */
static const char *pragmas(const struct db_options *o, const char **ret_vfs)
{
	*ret_vfs = NULL;
	if (o->filling)
		return "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF; PRAGMA cache_size=-2097152";
	if (o->unsafe_no_sync)
		return "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON; PRAGMA wal_autocheckpoint=0";
	*ret_vfs = sqlite_log_vfs();
	return "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA wal_autocheckpoint=0";
}

/* While another opens or leaves the same file, turning to the write-ahead log is refused at once: SQLite asks its busy timeout only of transactions. */
static int settle(struct sqlite_conn *c, const char *pragmas)
{
	int code = sqlite3_exec(c->h, pragmas, NULL, NULL, NULL);

	for (int waited = 0; (code & 0xff) == SQLITE_BUSY && waited < BUSY_MS; waited += AGAIN_MS) {
		sqlite3_sleep(AGAIN_MS);
		code = sqlite3_exec(c->h, pragmas, NULL, NULL, NULL);
	}
	return code;
}

enum rc conn_open(struct db_pool *p, bool writes, struct sqlite_conn **ret)
{
	struct sqlite_conn *c = calloc(1, sizeof(*c));

	if (!c)
		return RC_BUSY;
	c->db = (struct db){ .ops = &ops, .pool = p, .arena = NULL };
	const char *vfs, *own = pragmas(&p->options, &vfs);
	int code = sqlite3_open_v2(p->options.path, &c->h, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, vfs);

	char cache[60];

	snprintf(cache, sizeof(cache), "PRAGMA cache_size=-%ld", db_cache_kib());
	if (code == SQLITE_OK) {
		sqlite3_extended_result_codes(c->h, 1);
		sqlite3_busy_timeout(c->h, BUSY_MS);
		code = settle(c, cache);
	}
	if (code == SQLITE_OK)
		code = settle(c, own);
	if (code == SQLITE_OK)
		code = settle(c, writes ? "PRAGMA temp_store=MEMORY" : "PRAGMA temp_store=MEMORY; PRAGMA query_only=ON");
	if (code != SQLITE_OK) {
		conn_close(c);
		return RC_BUSY; /* whatever is wrong with the file, it is the environment's */
	}
	*ret = c;
	return RC_OK;
}

void conn_close(struct sqlite_conn *c)
{
	for (size_t i = 0; i < CACHE_SLOTS; i++)
		sqlite3_finalize(c->cache[i].stmt);
	sqlite3_close(c->h);
	free(c);
}
