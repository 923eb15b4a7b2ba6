/*
 * stmt.h: what generated code (tools/sqlc) stands on: a statement with its words for both engines, values, and a cursor over rows. Slices do not
 * use it themselves.
 */
#ifndef DB_STMT_H
#define DB_STMT_H

#include "db/db.h"

struct db_stmt {
	const char *name;
	const char *sqlite, *postgres; /* parameters as ?1 and $1 */
	size_t n_params;
	const char *types; /* a letter a parameter: i b r t x (bytes) */
};

enum db_type { DB_INT, DB_BOOL, DB_REAL, DB_TEXT, DB_BLOB };

struct db_value {
	enum db_type type;
	int64_t i;
	double d;
	struct str s;
};
#define DB_V_INT(x) { .type = DB_INT, .i = (x) }
#define DB_V_BOOL(x) { .type = DB_BOOL, .i = (x) }
#define DB_V_REAL(x) { .type = DB_REAL, .d = (x) }
#define DB_V_TEXT(x) { .type = DB_TEXT, .s = (x) }
#define DB_V_BLOB(x) { .type = DB_BLOB, .s = (x) }

struct db_cursor {
	struct db *db;
	void *at;   /* sqlite3_stmt or PGresult */
	int row;    /* PostgreSQL: the current row */
	enum rc rc; /* how the walk ended */
};

MUST_USE enum rc db_exec(struct db *db, const struct db_stmt *s, const struct db_value *args, int64_t *ret_changed);
MUST_USE enum rc db_query(struct db *db, const struct db_stmt *s, const struct db_value *args, struct db_cursor *ret);
MUST_USE bool db_next(struct db_cursor *c); /* false at the end and on errors: look at c->rc */
void db_cursor_end(struct db_cursor *c);
int64_t db_col_int(const struct db_cursor *c, size_t column);
double db_col_real(const struct db_cursor *c, size_t column);
struct str db_col_text(const struct db_cursor *c, size_t column); /* copied into the arena */
struct str db_col_blob(const struct db_cursor *c, size_t column);
/* Does the engine understand it? For the test that prepares everything. */
MUST_USE enum rc db_prepares(struct db *db, const struct db_stmt *s, struct str *ret_why);

#endif
