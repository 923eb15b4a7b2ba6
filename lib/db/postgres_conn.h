/*
 * postgres_conn.h: one PostgreSQL connection and the transaction that runs on it.
 *
 * Nothing is kept in the session (no SET, no named prepared statements, no LISTEN), so that pgbouncer may
 * give every transaction another server process. A connection that is lost is opened again at the next
 * pg_begin(); after a failed try it says RC_BUSY for a second without trying, so that a queue drains fast.
 *
 * A statement that changes rows has a savepoint of its own (in the same round trip): one that fails leaves the
 * transaction as it was, as on SQLite.
 */
#ifndef DB_POSTGRES_CONN_H
#define DB_POSTGRES_CONN_H

#include <libpq-fe.h>

#include "db/inner.h"

struct pg_conn {
	struct db db; /* first */
	PGconn *h;
	enum rc doomed;         /* RC_OK, or why this transaction cannot be committed any more */
	bool in_transaction;
	bool reading;           /* nobody runs a page again: RC_RETRY is RC_BUSY */
	int64_t not_before_us;  /* monotonic; no new try to connect until then */
	struct pg_conn *next;   /* in the list of free readers */
};

/* Allocates; connects at the first pg_begin(). */
struct pg_conn *pg_conn_new(struct db_pool *p);
void pg_conn_free(struct pg_conn *c);
MUST_USE enum rc pg_connect(struct pg_conn *c);
/* words: "BEGIN ..." and what else belongs to the start of a transaction. */
MUST_USE enum rc pg_begin(struct pg_conn *c, struct arena *a, const char *words);
/* RC_RETRY: serialization failure or deadlock. RC_BUSY: the connection broke, and whether the commit took is not known. */
MUST_USE enum rc pg_commit(struct pg_conn *c);
void pg_rollback(struct pg_conn *c);
/* A plain connection to the address of the pool; NULL without memory. PQstatus says whether it is one. */
PGconn *pg_raw(const char *url);
static inline struct pg_conn *pg_of(struct db *db)
{
	return (struct pg_conn *)(void *)db;
}

#endif
