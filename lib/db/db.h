/*
 * db.h: one interface, two engines (SQLite and PostgreSQL 15+).
 *
 * struct db_pool owns every connection of the process. struct db is one connection while one thread uses
 * it, with the arena that the results of queries go to. Slices never see SQL at run time: tools/sqlc turns
 * SLICE.sql into typed functions (gen/SLICE_sql.h) over struct db.
 *
 * Writing is group commit. On SQLite one writer thread takes everyone who waits, opens one transaction,
 * runs all works, commits once with synchronous=FULL and only then calls the done functions; when a work
 * fails that has written already, the group is run once more with a savepoint for each. A group ends after
 * a tenth of a second; who is left is in the next. On PostgreSQL each work has a transaction of its own on a
 * pool of connections; 40001 and 40P01 run it again (at most 16 times). So run() may run more than once and
 * must leave nothing behind but rows and arena memory.
 * Nothing is acknowledged before it is durable.
 */
#ifndef DB_DB_H
#define DB_DB_H

#include "base/arena.h"
#include "base/str.h"
#include "base/when.h"

struct db;
struct db_pool;

enum db_engine { DB_SQLITE, DB_POSTGRES };

struct db_options {
	const char *path;         /* SQLite: the file; used when url is NULL */
	const char *url;          /* postgresql://host1,host2/jauap?target_session_attrs=read-write */
	const char *listen_url;   /* the same database without a pooler between, for notes; NULL: url */
	unsigned readers;         /* PostgreSQL: connections for reading; SQLite opens one a thread as needed */
	unsigned writers;         /* PostgreSQL: connections for writing */
	unsigned queue_max;       /* works that may wait; more get RC_BUSY at once. 0: 10,000 */
	bool unsafe_no_sync;      /* a throw-away test; never for serving */
	bool filling;             /* one process fills a fresh database that nobody reads yet; what dies in the middle is thrown away */
};

/* ret_why explains a refusal in one English line, for the log and the command line. */
MUST_USE enum rc db_open(const struct db_options *o, struct arena *start, struct db_pool **ret, struct str *ret_why);
void db_close(struct db_pool *p); /* works under way finish first */
enum db_engine db_engine(const struct db_pool *p);
enum db_engine db_engine_of(const struct db *db);

struct migration {
	int number;       /* rising; the first digits of the file's name */
	const char *name;
	const char *sql;  /* both engines; see db/migrations/README.md for the common dialect */
};
/* Applies what is missing, each in its own transaction; killed in the middle it goes on at the next start. RC_CONFLICT: the
 * database is newer than the program. */
MUST_USE enum rc db_migrate(struct db_pool *p, const struct migration *m, size_t n, struct str *ret_why);

/* Reading. On SQLite the calling thread's own read-only connection, never blocked by the writer; on PostgreSQL one of the pool, RC_BUSY
 * when none comes free in 2 s. All queries between get and put see one snapshot. */
MUST_USE enum rc db_read_begin(struct db_pool *p, struct arena *a, struct db **ret);
void db_read_end(struct db *db);
/* A thread that calls this after each batch of reads keeps its snapshot from one read to the next as long as this process committed nothing
 * between; here it lets it go. Others take a new snapshot for every read. */
void db_read_rest(struct db_pool *p);

struct db_work {
	/* On a writer thread inside the transaction; anything but RC_OK rolls this work back and no other. */
	enum rc (*run)(struct db_work *w, struct db *db);
	/* After the commit is on disk (or failed): RC_OK, what run said, or RC_BUSY. Must not block. */
	void (*done)(struct db_work *w, enum rc rc);
	struct arena *arena; /* for the results of queries; the work's owner keeps it alive until done */
	struct db_work *next_;
	int64_t since_us_;
};
void db_submit(struct db_pool *p, struct db_work *w);
/* The same, waiting: for jobs, commands and tests. */
MUST_USE enum rc db_write(struct db_pool *p, struct arena *a, enum rc (*run)(struct db *db, void *arg), void *arg);

/* Rows that this connection has changed so far: the same before and behind a piece of work means that it wrote nothing. */
int64_t db_changed(const struct db *db);

/* A savepoint inside a running transaction: what happens in it can be taken back alone. */
MUST_USE enum rc db_savepoint(struct db *db);
MUST_USE enum rc db_release(struct db *db);
MUST_USE enum rc db_rollback_to(struct db *db);

struct arena *db_arena(struct db *db);

/* Is the database there, writable, and does fsync take time at all? For /readyz. */
MUST_USE enum rc db_ready(struct db_pool *p, struct str *ret_why);
struct db_stats {
	int64_t works, commits, rollbacks, retries, queue, group_max, commit_us_sum, wal_bytes;
};
void db_stats(struct db_pool *p, struct db_stats *ret);

/* Why the last call on it failed: one English line for the log, never for people. "" if nothing failed. */
const char *db_why(const struct db *db);

/* Changes that other processes or threads wait for (SSE): a channel name of ours (no spaces, at most 60 bytes) and a short text (at
 * most 7,900 bytes, else RC_TOO_LARGE). Delivered after the commit, to this process too. A hint to look again, never the only trace of
 * something: on PostgreSQL a note can be lost when the network is. */
MUST_USE enum rc db_notify(struct db *db, struct str channel, struct str payload);
/* hear runs on a thread of the pool and must not block. At most 8, before the first work. */
void db_listen(struct db_pool *p, void (*hear)(void *arg, struct str channel, struct str payload), void *arg);

/*
 * SQLite: KiB of the file that a connection keeps in memory while nobody commits, a 64th of the machine's and 16 to 64 MiB. What reads thousands of rows
 * that lie scattered over millions (an export) reads the pages between them once, not again and again.
 */
long db_cache_kib(void);

/* A consistent copy while others write (SQLite online backup; PostgreSQL: refuses and names pg_basebackup). */
MUST_USE enum rc db_backup(struct db_pool *p, const char *to_path, struct str *ret_why);

/* Filling with millions of rows: every index that is no rule (UNIQUE) is taken away, and made again from all rows at once. *ret_make: the statements. */
MUST_USE enum rc db_indexes_take(struct db *db, struct arena *a, struct str *ret_make);
MUST_USE enum rc db_indexes_make(struct db *db, struct arena *a, struct str make);

#endif
