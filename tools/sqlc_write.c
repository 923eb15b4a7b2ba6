#include "sqlc.h"

#include "base/out.h"
#include "tool.h"

/* One row a type: how it is declared, bound and read. */
static const struct type {
	struct str name;
	const char *c, *bind, *read;
	char letter; /* in db_stmt.types */
} types[] = {
	{ S_INIT("int"), "int64_t", "DB_V_INT(%s)", "r->%s = db_col_int(&c, %zu);", 'i' },
	{ S_INIT("time"), "struct when", "DB_V_INT(%s.us)", "r->%s.us = db_col_int(&c, %zu);", 'i' },
	{ S_INIT("day"), "struct day", "DB_V_INT(%s.v)", "r->%s.v = (int32_t)db_col_int(&c, %zu);", 'i' },
	{ S_INIT("bool"), "bool", "DB_V_BOOL(%s)", "r->%s = db_col_int(&c, %zu) != 0;", 'b' },
	{ S_INIT("real"), "double", "DB_V_REAL(%s)", "r->%s = db_col_real(&c, %zu);", 'r' },
	{ S_INIT("text"), "struct str", "DB_V_TEXT(%s)", "r->%s = db_col_text(&c, %zu);", 't' },
	{ S_INIT("blob"), "struct str", "DB_V_BLOB(%s)", "r->%s = db_col_blob(&c, %zu);", 'x' },
};
static const struct type id_type = { S_INIT("id"), "", "DB_V_INT(%s.v)", "r->%s.v = db_col_int(&c, %zu);", 'i' };

static const struct type *type_of(const struct sqlc *q, struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (str_eq(types[i].name, name))
			return &types[i];
	return sqlc_is_table(q, name) ? &id_type : NULL;
}

static void put_type(struct out *o, const struct type *t, struct str name)
{
	if (t == &id_type)
		out_fmt(o, "struct %.*s_id", STR_FMT(name));
	else
		out_str(o, str_of(t->c));
}

/* In a pattern the name stands for %s and the number, if there is one, for %zu. */
static void put_pattern(struct out *o, const char *pattern, struct str name, size_t number)
{
	for (const char *p = pattern; *p; p++) {
		if (p[0] == '%' && p[1] == 's') {
			out_str(o, name);
			p++;
		} else if (p[0] == '%' && p[1] == 'z') {
			out_fmt(o, "%zu", number);
			p += 2;
		} else {
			out_char(o, *p);
		}
	}
}

static enum rc check_types(struct sqlc *q, const struct sqlc_stmt *st)
{
	for (size_t i = 0; i < st->params.n; i++)
		if (!type_of(q, st->params.v[i].type))
			return sqlc_error(q, st->line, "unknown type of a parameter", st->params.v[i].type);
	for (size_t i = 0; i < st->out.n; i++)
		if (!type_of(q, st->out.v[i].type))
			return sqlc_error(q, st->line, "unknown type of a column", st->out.v[i].type);
	return RC_OK;
}

static bool same_row(const struct sqlc_stmt *a, const struct sqlc_stmt *b)
{
	if (a->out.n != b->out.n)
		return false;
	for (size_t i = 0; i < a->out.n; i++)
		if (!str_eq(a->out.v[i].name, b->out.v[i].name) || !str_eq(a->out.v[i].type, b->out.v[i].type))
			return false;
	return true;
}

static enum rc put_row(struct sqlc *q, const struct sqlc_stmt *st, struct out *h)
{
	for (const struct sqlc_stmt *b = q->stmts.v; b < st; b++) {
		if ((b->kind != SQLC_ONE && b->kind != SQLC_MANY) || !str_eq(b->row, st->row))
			continue;
		return same_row(b, st) ? RC_OK : sqlc_error(q, st->line, "this row has other columns or types in an earlier statement", st->row);
	}
	out_fmt(h, "struct %.*s {\n", STR_FMT(st->row));
	for (size_t i = 0; i < st->out.n; i++) {
		OUT_LIT(h, "\t");
		put_type(h, type_of(q, st->out.v[i].type), st->out.v[i].type);
		out_fmt(h, " %.*s;\n", STR_FMT(st->out.v[i].name));
	}
	out_fmt(h, "};\nstruct %.*s_list {\n\tstruct %.*s *v;\n\tsize_t n;\n};\n\n", STR_FMT(st->row), STR_FMT(st->row));
	return RC_OK;
}

static void put_prototype(struct sqlc *q, const struct sqlc_stmt *st, struct out *o)
{
	out_fmt(o, "enum rc %.*s(struct db *db", STR_FMT(st->name));
	for (size_t i = 0; i < st->params.n; i++) {
		OUT_LIT(o, ", ");
		put_type(o, type_of(q, st->params.v[i].type), st->params.v[i].type);
		out_fmt(o, " %.*s", STR_FMT(st->params.v[i].name));
	}
	if (st->kind == SQLC_DONE)
		OUT_LIT(o, ", int64_t *ret_changed)");
	else if (st->kind == SQLC_ONE)
		out_fmt(o, ", struct %.*s *ret)", STR_FMT(st->row));
	else if (st->kind == SQLC_MANY)
		out_fmt(o, ", struct %.*s_list *ret)", STR_FMT(st->row));
	else {
		OUT_LIT(o, ", ");
		put_type(o, type_of(q, st->row), st->row);
		OUT_LIT(o, " *ret)");
	}
}

static void put_reading(struct sqlc *q, const struct sqlc_stmt *st, struct out *c, const char *indent)
{
	for (size_t i = 0; i < st->out.n; i++) {
		out_str(c, str_of(indent));
		put_pattern(c, type_of(q, st->out.v[i].type)->read, st->out.v[i].name, i);
		out_char(c, '\n');
	}
}

static void put_rows(struct sqlc *q, const struct sqlc_stmt *st, struct out *c)
{
	if (st->kind == SQLC_MANY) {
		out_fmt(c, "\tVEC(struct %.*s) rows = { 0 };\n\n\twhile (db_next(&c)) {\n\t\tstruct %.*s *r = VEC_ADD(db_arena(db), &rows);\n\n",
			STR_FMT(st->row), STR_FMT(st->row));
		put_reading(q, st, c, "\t\t");
		out_fmt(c, "\t}\n\tTRY(c.rc);\n\t*ret = (struct %.*s_list){ rows.v, rows.n };\n\treturn RC_OK;\n", STR_FMT(st->row));
		return;
	}
	OUT_LIT(c, "\n\tif (!db_next(&c))\n\t\treturn c.rc == RC_OK ? RC_NOT_FOUND : c.rc;\n");
	if (st->kind == SQLC_ONE) {
		out_fmt(c, "\tstruct %.*s *r = ret;\n\n", STR_FMT(st->row));
		put_reading(q, st, c, "\t");
	} else {
		OUT_LIT(c, "\tstruct {\n\t\t");
		put_type(c, type_of(q, st->row), st->row);
		OUT_LIT(c, " value;\n\t} row, *r = &row;\n\n\t");
		put_pattern(c, type_of(q, st->row)->read, S("value"), 0);
		OUT_LIT(c, "\n\t*ret = row.value;\n");
	}
	OUT_LIT(c, "\treturn RC_OK;\n");
}

static void put_function(struct sqlc *q, const struct sqlc_stmt *st, struct out *c)
{
	out_fmt(c, "static const struct db_stmt stmt_%.*s = {\n\t\"%.*s\",\n\t\"", STR_FMT(st->name), STR_FMT(st->name));
	tool_c_text(c, st->sqlite);
	OUT_LIT(c, "\",\n\t\"");
	tool_c_text(c, st->postgres);
	out_fmt(c, "\", %zu, \"", st->params.n);
	for (size_t i = 0; i < st->params.n; i++)
		out_char(c, type_of(q, st->params.v[i].type)->letter);
	OUT_LIT(c, "\" };\n\n");
	put_prototype(q, st, c);
	OUT_LIT(c, "\n{\n");
	if (st->params.n) {
		OUT_LIT(c, "\tconst struct db_value args[] = { ");
		for (size_t i = 0; i < st->params.n; i++) {
			if (i)
				OUT_LIT(c, ", ");
			put_pattern(c, type_of(q, st->params.v[i].type)->bind, st->params.v[i].name, 0);
		}
		OUT_LIT(c, " };\n\n");
	}
	const char *args = st->params.n ? "args" : "NULL";

	if (st->kind == SQLC_DONE) {
		out_fmt(c, "\treturn db_exec(db, &stmt_%.*s, %s, ret_changed);\n", STR_FMT(st->name), args);
	} else {
		out_fmt(c, "\tstruct db_cursor c CLEANUP(db_cursor_end);\n\n\tTRY(db_query(db, &stmt_%.*s, %s, &c));\n", STR_FMT(st->name), args);
		put_rows(q, st, c);
	}
	OUT_LIT(c, "}\n\n");
}

enum rc sqlc_write(struct sqlc *q, struct str slice, struct out *h, struct out *c)
{
	out_fmt(h, "/* Made by sqlc from %s. */\n#ifndef GEN_%.*s_SQL_H\n#define GEN_%.*s_SQL_H\n\n#include \"db/stmt.h\"\n#include \"gen/ids.h\"\n\n",
		q->file, STR_FMT(slice), STR_FMT(slice));
	out_fmt(c, "/* Made by sqlc from %s. */\n#include \"gen/%.*s_sql.h\"\n\n#include \"base/vec.h\"\n\n", q->file, STR_FMT(slice));
	for (size_t i = 0; i < q->stmts.n; i++) {
		const struct sqlc_stmt *st = &q->stmts.v[i];

		TRY(check_types(q, st));
		if (st->kind == SQLC_ONE || st->kind == SQLC_MANY)
			TRY(put_row(q, st, h));
		OUT_LIT(h, "MUST_USE ");
		put_prototype(q, st, h);
		OUT_LIT(h, ";\n\n");
		put_function(q, st, c);
	}
	/* every statement by name, so that a test can prepare all of them on both engines */
	out_fmt(h, "extern const struct db_stmt *const %.*s_stmts[];\nextern const size_t %.*s_stmts_n;\n\n#endif\n", STR_FMT(slice), STR_FMT(slice));
	out_fmt(c, "const struct db_stmt *const %.*s_stmts[] = {\n", STR_FMT(slice));
	for (size_t i = 0; i < q->stmts.n; i++)
		out_fmt(c, "\t&stmt_%.*s,\n", STR_FMT(q->stmts.v[i].name));
	out_fmt(c, "};\nconst size_t %.*s_stmts_n = %zu;\n", STR_FMT(slice), q->stmts.n);
	return RC_OK;
}
