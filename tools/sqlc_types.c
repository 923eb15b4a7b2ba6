#include "sqlc.h"

#include <stdio.h>

#include "base/vec.h"

bool sqlc_is_table(const struct sqlc *q, struct str name)
{
	sqlite3_stmt *s = NULL;
	const char *sql = "SELECT 1 FROM pragma_table_info(?1) WHERE name = 'id'";

	if (sqlite3_prepare_v2(q->db, sql, -1, &s, NULL) != SQLITE_OK)
		return false;
	sqlite3_bind_text(s, 1, name.p, (int)name.n, SQLITE_STATIC);
	bool yes = sqlite3_step(s) == SQLITE_ROW;

	sqlite3_finalize(s);
	return yes;
}

/* The table that a column points to, or empty. */
static struct str foreign(const struct sqlc *q, const char *table, const char *column)
{
	sqlite3_stmt *s = NULL;
	struct str to = S("");

	if (sqlite3_prepare_v2(q->db, "SELECT \"table\" FROM pragma_foreign_key_list(?1) WHERE \"from\" = ?2", -1, &s, NULL) != SQLITE_OK)
		return to;
	sqlite3_bind_text(s, 1, table, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 2, column, -1, SQLITE_STATIC);
	if (sqlite3_step(s) == SQLITE_ROW)
		to = str_dup(q->arena, str_of((const char *)sqlite3_column_text(s, 0)));
	sqlite3_finalize(s);
	return to;
}

static struct str by_name(struct str name, struct str otherwise)
{
	if (str_ends(name, S("_at")))
		return S("time");
	if (str_ends(name, S("_on")))
		return S("day");
	return otherwise;
}

static struct str declared(struct str decl, struct str name)
{
	static const struct { const char *decl; struct str type; } known[] = {
		{ "TEXT", S_INIT("text") }, { "BLOB", S_INIT("blob") }, { "BOOLEAN", S_INIT("bool") }, { "DOUBLE PRECISION", S_INIT("real") },
	};

	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (str_eq_nocase(decl, str_of(known[i].decl)))
			return known[i].type;
	return by_name(name, S("int"));
}

static struct str column_type(const struct sqlc *q, const struct sqlc_stmt *st, sqlite3_stmt *s, int i, struct str name)
{
	const char *table = sqlite3_column_table_name(s, i), *origin = sqlite3_column_origin_name(s, i);

	for (size_t k = 0; k < st->columns.n; k++)
		if (str_eq(st->columns.v[k].name, name))
			return st->columns.v[k].type;
	if (!table || !origin)
		return by_name(name, S("int"));
	if (str_eq(str_of(origin), S("id")))
		return str_dup(q->arena, str_of(table));
	struct str to = foreign(q, table, origin);

	if (to.n)
		return to;
	const char *decl = sqlite3_column_decltype(s, i);

	return declared(str_of(decl ? decl : ""), name);
}

static size_t count_of(const struct sqlc_names *names, struct str name)
{
	size_t n = 0;

	for (size_t i = 0; i < names->n; i++)
		n += str_eq(names->v[i].name, name);
	return n;
}

static enum rc check_names(const struct sqlc *q, const struct sqlc_stmt *st)
{
	for (size_t i = 0; i < st->out.n; i++)
		if (count_of(&st->out, st->out.v[i].name) > 1)
			return sqlc_error(q, st->line, "two columns of this name", st->out.v[i].name);
	for (size_t i = 0; i < st->columns.n; i++)
		if (count_of(&st->out, st->columns.v[i].name) != 1)
			return sqlc_error(q, st->line, "the SQL gives no column of this name", st->columns.v[i].name);
	return RC_OK;
}

enum rc sqlc_types(struct sqlc *q, struct sqlc_stmt *st)
{
	sqlite3_stmt *s = NULL;

	if (str_find(st->sqlite, S("SELECT *"), 0) != SIZE_MAX || str_find(st->sqlite, S(".*"), 0) != SIZE_MAX)
		return sqlc_error(q, st->line, "name the columns: no SELECT *", st->name);
	const char *tail = NULL;

	if (sqlite3_prepare_v2(q->db, st->sqlite.p, (int)st->sqlite.n, &s, &tail) != SQLITE_OK)
		return sqlc_error(q, st->line, sqlite3_errmsg(q->db), st->name);
	int n = sqlite3_column_count(s);
	enum rc rc = RC_OK;

	if (tail < st->sqlite.p + st->sqlite.n) /* it would never run */
		rc = sqlc_error(q, st->line, "more than one statement, or a misspelt first line behind it", st->name);
	if ((n == 0) != (st->kind == SQLC_DONE) && st->kind != SQLC_DONE)
		rc = sqlc_error(q, st->line, "the SQL gives no rows", st->name);
	if (st->kind == SQLC_DONE && n > 0)
		rc = sqlc_error(q, st->line, "the SQL gives rows, \"done\" takes none", st->name);
	if (st->kind == SQLC_VALUE && n != 1)
		rc = sqlc_error(q, st->line, "a value is one column", st->name);
	for (int i = 0; i < n && rc == RC_OK; i++) {
		struct sqlc_name *c = VEC_ADD(q->arena, &st->out);

		c->name = str_dup(q->arena, str_of(sqlite3_column_name(s, i)));
		c->type = st->kind == SQLC_VALUE ? st->row : column_type(q, st, s, i, c->name);
		for (size_t k = 0; st->kind != SQLC_VALUE && k < c->name.n; k++)
			if (!strchr("abcdefghijklmnopqrstuvwxyz_0123456789", c->name.p[k]))
				rc = sqlc_error(q, st->line, "give this column a name with AS", c->name);
	}
	sqlite3_finalize(s);
	return rc == RC_OK ? check_names(q, st) : rc;
}
