/*
 * sqlc: typed C from SQL.
 *
 *	sqlc ids MIGRATIONS-DIR OUT.h OUT.d                   an id type for every table with a column id
 *	sqlc migrations MIGRATIONS-DIR OUT.h OUT.c OUT.d      the migrations as part of the program
 *	sqlc slice NAME FILE.sql MIGRATIONS-DIR OUT.h OUT.c OUT.d
 *
 * A statement begins with a comment line that names and types it:
 *
 *	-- petition_list_open(after petition, limit int) -> many petition_line(signatures int)
 *	SELECT id, title, COUNT(*) AS signatures FROM ... WHERE id > :after LIMIT :limit;
 *
 * Types: int time day bool real text blob, or a table's name for its id. Results: one ROW, many ROW, value TYPE, done. Types of columns come from
 * the schema (id and foreign keys, *_at, *_on, the declared type); the brackets behind the row give others. Statements are prepared
 * here against the migrated schema: a misspelt column is a build error with the file and line. Where the engines need different
 * words, lines stand between "-- only sqlite" / "-- only postgres" and "-- end".
 */
#include "sqlc.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/out.h"
#include "tool.h"

static enum rc migrate(struct sqlc *q, const char *dir)
{
	struct tool_names files;

	TRY(tool_list(q->arena, dir, ".sql", &files));
	if (sqlite3_open(":memory:", &q->db) != SQLITE_OK)
		return RC_INTERNAL;
	for (size_t i = 0; i < files.n; i++) {
		const char *path = tool_path(q->arena, dir, files.v[i]);
		struct str text;
		char *why = NULL;

		TRY(tool_read(q->arena, path, &text));
		if (sqlite3_exec(q->db, str_z(q->arena, sqlc_for_engine(q->arena, text, "sqlite")), NULL, NULL, &why) != SQLITE_OK) {
			fprintf(stderr, "%s:1: %s\n", path, why);
			return RC_INVALID;
		}
	}
	return RC_OK;
}

/* The folder itself too: a new file in it changes its time. */
static enum rc depend(struct sqlc *q, const char *dir, const char *more, const char *target, const char *path)
{
	struct tool_names files, deps;
	size_t n = 0;

	TRY(tool_list(q->arena, dir, ".sql", &files));
	deps.v = ARENA_ARRAY(q->arena, files.n + 2, struct str);
	for (size_t i = 0; i < files.n; i++)
		deps.v[n++] = str_of(tool_path(q->arena, dir, files.v[i]));
	deps.v[n++] = str_of(dir);
	if (more)
		deps.v[n++] = str_of(more);
	deps.n = n;
	return tool_depfile(q->arena, path, target, &deps);
}

static enum rc ids(struct sqlc *q, char **argv)
{
	struct out h = OUT_ON(q->arena);
	sqlite3_stmt *s = NULL;

	TRY(migrate(q, argv[0]));
	OUT_LIT(&h, "/* Made by sqlc: ids are types, so that one table's id is not taken for another's. */\n#ifndef GEN_IDS_H\n#define GEN_IDS_H\n\n"
		    "#include <stdint.h>\n\n");
	if (sqlite3_prepare_v2(q->db,
			       "SELECT m.name FROM sqlite_master m WHERE m.type = 'table' AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) WHERE "
			       "name = 'id') ORDER BY m.name",
			       -1, &s, NULL) != SQLITE_OK)
		return RC_INTERNAL;
	while (sqlite3_step(s) == SQLITE_ROW)
		out_fmt(&h, "struct %s_id {\n\tint64_t v;\n};\n", (const char *)sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
	OUT_LIT(&h, "\n#endif\n");
	TRY(tool_write(argv[1], out_done(&h)));
	return depend(q, argv[0], NULL, argv[1], argv[2]);
}

static enum rc migrations(struct sqlc *q, char **argv)
{
	struct tool_names files;
	struct out h = OUT_ON(q->arena), c = OUT_ON(q->arena);

	TRY(tool_list(q->arena, argv[0], ".sql", &files));
	OUT_LIT(&h, "/* Made by sqlc from db/migrations. */\n#ifndef GEN_MIGRATIONS_H\n#define GEN_MIGRATIONS_H\n\n#include \"db/db.h\"\n\n"
		    "extern const struct migration migrations[];\nextern const size_t migrations_n;\n\n#endif\n");
	OUT_LIT(&c, "/* Made by sqlc from db/migrations. */\n#include \"gen/migrations.h\"\n\nconst struct migration migrations[] = {\n");
	for (size_t i = 0; i < files.n; i++) {
		struct str text, rest, line;
		int64_t number;

		TRY(tool_read(q->arena, tool_path(q->arena, argv[0], files.v[i]), &text));
		if (!str_to_i64(str_sub(files.v[i], 0, 4), &number)) {
			fprintf(stderr, "%s:1: a migration's name begins with four digits\n", tool_path(q->arena, argv[0], files.v[i]));
			return RC_INVALID;
		}
		out_fmt(&c, "\t{ %lld, \"%.*s\",\n", (long long)number, STR_FMT(files.v[i]));
		for (rest = text; str_cut(&rest, '\n', &line);) {
			OUT_LIT(&c, "\t  \"");
			tool_c_text(&c, line);
			OUT_LIT(&c, "\\n\"\n");
		}
		OUT_LIT(&c, "\t},\n");
	}
	out_fmt(&c, "};\nconst size_t migrations_n = %zu;\n", files.n);
	TRY(tool_write(argv[1], out_done(&h)));
	TRY(tool_write(argv[2], out_done(&c)));
	return depend(q, argv[0], NULL, argv[1], argv[3]);
}

static enum rc slice(struct sqlc *q, char **argv)
{
	struct str text;
	struct out h = OUT_ON(q->arena), c = OUT_ON(q->arena);

	TRY(migrate(q, argv[2]));
	q->file = argv[1];
	TRY(tool_read(q->arena, argv[1], &text));
	TRY(sqlc_parse(q, text));
	for (size_t i = 0; i < q->stmts.n; i++)
		TRY(sqlc_types(q, &q->stmts.v[i]));
	TRY(sqlc_write(q, str_of(argv[0]), &h, &c));
	TRY(tool_write(argv[3], out_done(&h)));
	TRY(tool_write(argv[4], out_done(&c)));
	return depend(q, argv[2], argv[1], argv[3], argv[5]);
}

int main(int argc, char **argv)
{
	static const struct { const char *name; int args; enum rc (*run)(struct sqlc *q, char **argv); } commands[] = {
		{ "ids", 3, ids }, { "migrations", 4, migrations }, { "slice", 6, slice },
	};
	struct arena a CLEANUP(arena_end) = { 0 };
	struct sqlc q = { .arena = &a, .file = "" };

	for (size_t i = 0; argc > 1 && i < ARRAY_LEN(commands); i++)
		if (str_eq(str_of(argv[1]), str_of(commands[i].name)) && argc == commands[i].args + 2) {
			enum rc rc = commands[i].run(&q, argv + 2);

			sqlite3_close(q.db);
			return rc == RC_OK ? EXIT_SUCCESS : EXIT_FAILURE;
		}
	fputs("usage: sqlc ids DIR OUT.h OUT.d | migrations DIR OUT.h OUT.c OUT.d | slice NAME FILE.sql DIR OUT.h OUT.c OUT.d\n", stderr);
	return 2;
}
