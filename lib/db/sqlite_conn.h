/* sqlite_conn.h: one SQLite connection with its prepared statements. */
#ifndef DB_SQLITE_CONN_H
#define DB_SQLITE_CONN_H

#include <sqlite3.h>

#include "db/inner.h"

#define BUSY_MS 10000 /* for others that write to the same file */
#define CACHE_SLOTS 4096 /* more than all statements of the house */

struct sqlite_conn {
	struct db db; /* first */
	sqlite3 *h;
	bool keeps, held; /* reading: its thread calls db_read_rest(); a snapshot is open between two reads */
	int64_t commits;  /* of the pool when the snapshot was taken */
	struct {
		const char *sql;
		sqlite3_stmt *stmt;
	} cache[CACHE_SLOTS];
};

MUST_USE enum rc conn_open(struct db_pool *p, bool writes, struct sqlite_conn **ret);
void conn_close(struct sqlite_conn *c);
/* A statement without parameters and rows: BEGIN, SAVEPOINT ... */
MUST_USE enum rc conn_run(struct sqlite_conn *c, const char *literal);
enum rc sqlite_rc(int code);
static inline struct sqlite_conn *conn_of(struct db *db)
{
	return (struct sqlite_conn *)(void *)db;
}

#endif
