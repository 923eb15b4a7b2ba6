/*
 * lint.c: lint ROOT: every .c and .h below lib, src, tools and tests, the migrations and the build files; words, statements and classes that nothing
 * uses. One line a finding; 1 when there is one.
 *
 * TO ADD A RULE: 1 a function in lint_rules.c, called for each file or line  2 a file in tests/lint/bad that breaks it  3 its line in
 * tests/lint/bad.expected.
 */
#include "lint.h"

#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/out.h"
#include "tool.h"

#define FOLDERS_DEEP_MAX 8

void lint_say(struct lint *l, struct str path, size_t line, const char *rule, const char *fmt, ...)
{
	va_list ap;

	printf("%.*s:%zu: %s: ", STR_FMT(path), line, rule);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
	l->found++;
}

static bool is_folder(struct lint *l, struct str path)
{
	struct stat st;

	return stat(tool_path(l->arena, l->root, path), &st) == 0 && S_ISDIR(st.st_mode);
}

/* What must break is no part of the tree; packages of Node are not ours. */
static bool passed_over(struct str path)
{
	return str_ends(path, S("/node_modules")) || str_eq(path, S("tests/lint")) || str_eq(path, S("tests/nocompile")) || str_eq(path, S("tests/data"));
}

/* Calls see() for every file below. */
static enum rc walk(struct lint *l, struct str dir, int deep, enum rc (*see)(struct lint *l, struct str path))
{
	struct tool_names names;

	if (deep > FOLDERS_DEEP_MAX || !is_folder(l, dir) || passed_over(dir))
		return RC_OK;
	TRY(tool_list(l->arena, tool_path(l->arena, l->root, dir), "", &names));
	for (size_t i = 0; i < names.n; i++) {
		struct str path = str_fmt(l->arena, "%.*s/%.*s", STR_FMT(dir), STR_FMT(names.v[i]));

		TRY(is_folder(l, path) ? walk(l, path, deep + 1, see) : see(l, path));
	}
	return RC_OK;
}

static enum rc gather_build(struct lint *l, struct str path)
{
	struct str text;

	if (!str_ends(path, S("/meson.build")) && !str_eq(path, S("meson.build")))
		return RC_OK;
	TRY(tool_read(l->arena, tool_path(l->arena, l->root, path), &text));
	l->builds = str_cat(l->arena, l->builds, text);
	return RC_OK;
}

static enum rc look(struct lint *l, struct str path)
{
	struct lint_file f;

	if (!str_ends(path, S(".c")) && !str_ends(path, S(".h")))
		return RC_OK;
	TRY(lint_read(l, path, &f));
	lint_layers(l, &f);
	lint_rules(l, &f);
	return RC_OK;
}

/* NNNN_name.sql, each number once: two branches took the same one. */
static enum rc migrations(struct lint *l)
{
	struct tool_names names;

	if (!is_folder(l, S("db/migrations")))
		return RC_OK;
	TRY(tool_list(l->arena, tool_path(l->arena, l->root, S("db/migrations")), ".sql", &names));
	for (size_t i = 0; i < names.n; i++) {
		struct str path = str_cat(l->arena, S("db/migrations/"), names.v[i]);
		int64_t number;

		if (names.v[i].n < 10 || names.v[i].p[4] != '_' || !str_to_i64(str_sub(names.v[i], 0, 4), &number))
			lint_say(l, path, 1, "migration", "its name is not NNNN_name.sql");
		if (i && str_eq(str_sub(names.v[i], 0, 4), str_sub(names.v[i - 1], 0, 4)))
			lint_say(l, path, 1, "migration", "the number of %.*s again", STR_FMT(names.v[i - 1]));
	}
	return RC_OK;
}

static enum rc lint(struct lint *l)
{
	static const char *const builds[] = { "lib", "src", "tools", "tests", "db", "locale", "assets" }, *const code[] = { "lib", "src", "tools", "tests" },
			  *const users[] = { "lib", "src", "tests", "assets" }, *const made[] = { "src", "locale/kk", "assets" };

	TRY(gather_build(l, S("meson.build")));
	for (size_t i = 0; i < sizeof(builds) / sizeof(builds[0]); i++)
		TRY(walk(l, str_of(builds[i]), 1, gather_build));
	for (size_t i = 0; i < sizeof(code) / sizeof(code[0]); i++)
		TRY(walk(l, str_of(code[i]), 1, look));
	for (size_t i = 0; i < sizeof(users) / sizeof(users[0]); i++)
		TRY(walk(l, str_of(users[i]), 1, lint_used_gather));
	for (size_t i = 0; i < sizeof(made) / sizeof(made[0]); i++)
		TRY(walk(l, str_of(made[i]), 1, lint_used));
	return migrations(l);
}

int main(int argc, char **argv)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct lint l = { .arena = &a, .used = { .arena = &a }, .root = argc == 2 ? argv[1] : "." };

	if (argc > 2) {
		fputs("usage: lint [ROOT]   checks the rules of ARCHITECTURE.md and CONTRIBUTING.md\n", stderr);
		return 2;
	}
	if (lint(&l) != RC_OK)
		return 2;
	return l.found > 0;
}
