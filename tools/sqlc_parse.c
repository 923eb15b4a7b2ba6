#include "sqlc.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/vec.h"

enum rc sqlc_error(const struct sqlc *q, int line, const char *what, struct str about)
{
	fprintf(stderr, "%s:%d: %s%s%.*s\n", q->file, line, what, about.n ? ": " : "", STR_FMT(about));
	return RC_INVALID;
}

/* Keeps the lines of one engine: "-- only sqlite" or "-- only postgres" up to "-- end", and all lines outside. */
struct str sqlc_for_engine(struct arena *a, struct str sql, const char *engine)
{
	struct out o = OUT_ON(a);
	struct str rest = sql, line;
	bool keep = true;

	while (str_cut(&rest, '\n', &line)) {
		struct str t = str_trim(line);

		if (str_starts(t, S("-- only "))) {
			keep = str_eq(str_trim(str_from(t, 8)), str_of(engine));
			line = S("");
		} else if (str_eq(t, S("-- end"))) {
			keep = true;
			line = S("");
		}
		if (keep)
			out_str(&o, line);
		out_char(&o, '\n'); /* line numbers stay */
	}
	return out_done(&o);
}

static bool word(struct str *s, struct str *ret)
{
	size_t n = 0;

	*s = str_trim(*s);
	while (n < s->n && (isalnum((unsigned char)s->p[n]) || s->p[n] == '_'))
		n++;
	*ret = str_sub(*s, 0, n);
	*s = str_from(*s, n);
	return n > 0;
}

static bool symbol(struct str *s, struct str what)
{
	*s = str_trim(*s);
	if (!str_starts(*s, what))
		return false;
	*s = str_from(*s, what.n);
	return true;
}

/* "(name type, name type)" */
static enum rc typed_names(struct sqlc *q, struct str *s, int line, struct sqlc_names *ret)
{
	if (!symbol(s, S("(")))
		return sqlc_error(q, line, "an opening bracket is missing", S(""));
	while (!symbol(s, S(")"))) {
		struct sqlc_name *n = VEC_ADD(q->arena, ret);

		if (!word(s, &n->name) || !word(s, &n->type))
			return sqlc_error(q, line, "wanted \"name type\" separated by commas", *s);
		for (size_t i = 0; i + 1 < ret->n; i++)
			if (str_eq(ret->v[i].name, ret->v[ret->n - 1].name))
				return sqlc_error(q, line, "this name stands twice", ret->v[i].name);
		symbol(s, S(","));
	}
	return RC_OK;
}

/* -- name(param type, ...) -> one|many ROW[(column type, ...)] | value TYPE | done */
static enum rc head(struct sqlc *q, struct str s, int line, struct sqlc_stmt *st)
{
	static const struct { struct str word; enum sqlc_kind kind; } kinds[] = {
		{ S_INIT("one"), SQLC_ONE }, { S_INIT("many"), SQLC_MANY }, { S_INIT("value"), SQLC_VALUE }, { S_INIT("done"), SQLC_DONE },
	};
	struct str kind;

	st->line = line;
	if (!word(&s, &st->name))
		return sqlc_error(q, line, "a statement needs a name", S(""));
	TRY(typed_names(q, &s, line, &st->params));
	if (!symbol(&s, S("->")) || !word(&s, &kind))
		return sqlc_error(q, line, "wanted \"-> one|many|value|done\"", st->name);
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (str_eq(kind, kinds[i].word)) {
			st->kind = kinds[i].kind;
			if (st->kind != SQLC_DONE && !word(&s, &st->row))
				return sqlc_error(q, line, "wanted the name of the row or the type of the value", st->name);
			s = str_trim(s);
			if (s.n)
				TRY(typed_names(q, &s, line, &st->columns));
			return RC_OK;
		}
	return sqlc_error(q, line, "unknown kind of result", kind);
}

static bool is_head(struct str t)
{
	return str_starts(t, S("-- ")) && t.n > 3 && islower((unsigned char)t.p[3]) && str_find(t, S(" -> "), 0) != SIZE_MAX &&
	       str_find_byte(t, '(', 0) != SIZE_MAX;
}

/* Skips a string or a comment; returns how many bytes, 0 when there is none at *at. */
static size_t skip(struct str s, size_t at)
{
	size_t end;

	if (s.p[at] == '\'') {
		end = str_find_byte(s, '\'', at + 1);
		return (end == SIZE_MAX ? s.n : end + 1) - at;
	}
	if (s.p[at] == '-' && at + 1 < s.n && s.p[at + 1] == '-') {
		end = str_find_byte(s, '\n', at);
		return (end == SIZE_MAX ? s.n : end) - at;
	}
	return 0;
}

static size_t param_of(const struct sqlc_stmt *st, struct str name)
{
	for (size_t i = 0; i < st->params.n; i++)
		if (str_eq(st->params.v[i].name, name))
			return i;
	return SIZE_MAX;
}

enum rc sqlc_number(struct sqlc *q, struct sqlc_stmt *st, struct str sql, char sign, struct str *ret)
{
	struct out o = OUT_ON(q->arena);
	int line = st->line + 1;
	bool blank = true;

	for (size_t at = 0; at < sql.n;) {
		size_t n = skip(sql, at);
		char c = sql.p[at];

		if (c == '\n')
			line++;
		if (n && c == '\'')
			out_str(&o, str_sub(sql, at, n));
		blank = n ? c != '\'' && blank : blank;
		if (n) {
			at += n;
			continue;
		}
		if (str_starts(str_from(sql, at), S("::"))) { /* PostgreSQL's cast */
			OUT_LIT(&o, "::");
			at += 2;
			continue;
		}
		if (c == ':' && at + 1 < sql.n && (isalpha((unsigned char)sql.p[at + 1]))) {
			struct str rest = str_from(sql, at + 1), name;

			word(&rest, &name);
			size_t p = param_of(st, name);

			if (p == SIZE_MAX)
				return sqlc_error(q, line, "a parameter that the first line does not name", name);
			st->params.v[p].used = true;
			out_fmt(&o, "%c%zu", sign, p + 1);
			at += 1 + name.n;
			blank = false;
			continue;
		}
		bool space = isspace((unsigned char)c) != 0;

		if (!space || !blank)
			out_char(&o, space ? ' ' : c);
		blank = space;
		at++;
	}
	struct str done = str_trim(out_done(&o));

	while (done.n && (done.p[done.n - 1] == ';' || done.p[done.n - 1] == ' '))
		done.n--;
	*ret = done;
	return RC_OK;
}

static enum rc finish(struct sqlc *q, struct sqlc_stmt *st)
{
	for (const struct sqlc_stmt *b = q->stmts.v; b < st; b++)
		if (str_eq(b->name, st->name))
			return sqlc_error(q, st->line, "two statements of this name", st->name);
	if (!str_trim(st->sql).n)
		return sqlc_error(q, st->line, "a statement without SQL", st->name);
	TRY(sqlc_number(q, st, sqlc_for_engine(q->arena, st->sql, "sqlite"), '?', &st->sqlite));
	TRY(sqlc_number(q, st, sqlc_for_engine(q->arena, st->sql, "postgres"), '$', &st->postgres));
	for (size_t i = 0; i < st->params.n; i++)
		if (!st->params.v[i].used)
			return sqlc_error(q, st->line, "a parameter that the SQL does not use", st->params.v[i].name);
	return RC_OK;
}

enum rc sqlc_parse(struct sqlc *q, struct str text)
{
	struct str rest = text, line;
	struct sqlc_stmt *st = NULL;

	for (int n = 1; str_cut(&rest, '\n', &line); n++) {
		struct str t = str_trim(line);

		if (is_head(t)) {
			if (st)
				TRY(finish(q, st));
			st = VEC_ADD(q->arena, &q->stmts);
			TRY(head(q, str_from(t, 3), n, st));
			st->sql = (struct str){ rest.p ? rest.p : line.p + line.n, 0 };
			continue;
		}
		if (st)
			st->sql.n = (size_t)(line.p + line.n - st->sql.p);
		else if (t.n && !str_starts(t, S("--")))
			return sqlc_error(q, n, "SQL before the first statement's line", t);
	}
	return st ? finish(q, st) : RC_OK;
}
