/*
 * sqlc.h: inside of sqlc. See sqlc.c for what it does.
 */
#ifndef TOOLS_SQLC_H
#define TOOLS_SQLC_H

#include <sqlite3.h>

#include "base/out.h"

enum sqlc_kind { SQLC_DONE, SQLC_ONE, SQLC_MANY, SQLC_VALUE };

struct sqlc_name {
	struct str name, type;
	bool used;
};
struct sqlc_names {
	struct sqlc_name *v;
	size_t n, cap;
};

struct sqlc_stmt {
	struct str name, row, sql, sqlite, postgres;
	int line;
	enum sqlc_kind kind;
	struct sqlc_names params;
	struct sqlc_names columns; /* types that the first line gives to columns */
	struct sqlc_names out;     /* name and type of every column of the result */
};

struct sqlc {
	struct arena *arena;
	const char *file;
	sqlite3 *db;
	struct {
		struct sqlc_stmt *v;
		size_t n, cap;
	} stmts;
};

enum rc sqlc_error(const struct sqlc *q, int line, const char *what, struct str about);
MUST_USE enum rc sqlc_parse(struct sqlc *q, struct str text);
struct str sqlc_for_engine(struct arena *a, struct str sql, const char *engine);
MUST_USE enum rc sqlc_number(struct sqlc *q, struct sqlc_stmt *st, struct str sql, char sign, struct str *ret);
/* Types of a statement's result from the schema. */
MUST_USE enum rc sqlc_types(struct sqlc *q, struct sqlc_stmt *st);
/* Is there a table of this name with a column id? */
bool sqlc_is_table(const struct sqlc *q, struct str name);
MUST_USE enum rc sqlc_write(struct sqlc *q, struct str slice, struct out *h, struct out *c);

#endif
