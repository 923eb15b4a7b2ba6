/* inner.h: inside of lib/db: what an engine gives, and what the group commit and the migrations need of it. */
#ifndef DB_INNER_H
#define DB_INNER_H

#include <pthread.h>
#include <stdatomic.h>

#include "db/stmt.h"

struct db_note {
	struct db_note *next;
	struct str channel, payload;
};

struct db {
	const struct db_ops *ops;
	struct db_pool *pool;
	struct arena *arena;
	struct db_note *notes; /* said in this transaction, newest first */
	int64_t changed;       /* rows, by db_exec() */
	char why[200];         /* of the last failure */
};

struct db_ops {
	enum rc (*exec)(struct db *db, const struct db_stmt *s, const struct db_value *args, int64_t *ret_changed);
	enum rc (*query)(struct db *db, const struct db_stmt *s, const struct db_value *args, struct db_cursor *ret);
	bool (*next)(struct db_cursor *c);
	void (*end)(struct db_cursor *c);
	int64_t (*col_int)(const struct db_cursor *c, size_t column);
	double (*col_real)(const struct db_cursor *c, size_t column);
	struct str (*col_text)(const struct db_cursor *c, size_t column);
	struct str (*col_blob)(const struct db_cursor *c, size_t column);
	enum rc (*script)(struct db *db, const char *sql, struct str *ret_why); /* several statements, no parameters */
	enum rc (*prepares)(struct db *db, const struct db_stmt *s, struct str *ret_why);
};

struct db_hear {
	void (*hear)(void *arg, struct str channel, struct str payload);
	void *arg;
};

struct db_engine_part {
	enum rc (*read_begin)(struct db_pool *p, struct arena *a, struct db **ret);
	void (*read_end)(struct db *db);
	void (*read_rest)(struct db_pool *p); /* NULL: nothing is kept */
	void (*submit)(struct db_pool *p, struct db_work *w);
	void (*close)(struct db_pool *p);
	/* A writing connection outside the queue, for migrations. */
	enum rc (*own_begin)(struct db_pool *p, struct arena *a, struct db **ret);
	void (*own_end)(struct db *db);
	enum rc (*ready)(struct db_pool *p, struct str *ret_why);
	enum rc (*backup)(struct db_pool *p, const char *to_path, struct str *ret_why);
	void (*stats)(struct db_pool *p, struct db_stats *ret);
};

struct db_pool {
	enum db_engine engine;
	const struct db_engine_part *part;
	struct arena *start;
	struct db_options options;
	struct db_hear hears[8];
	_Atomic size_t n_hears;
	_Atomic int64_t works, commits, rollbacks, retries, group_max, commit_us, queue;
	void *inside; /* the engine's own */
};

MUST_USE enum rc sqlite_open(struct db_pool *p, struct str *ret_why);
MUST_USE enum rc postgres_open(struct db_pool *p, struct str *ret_why);
void db_tell(struct db_pool *p, const struct db_note *newest);
void db_why_set(struct db *db, const char *why);

#endif
