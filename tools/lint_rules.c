/* lint_rules.c: the rules that look at one file. */
#include "lint.h"

#define FILE_LINES_MAX 800
#define HEADER_LINES_MAX 150
#define FUNCTION_LINES_MAX 60
#define STORY_LINES_MAX 100 /* a test may tell a life from its first day to its last */
#define DEPTH_MAX 4 /* the function's own braces and three levels */

/* Calls that the house has a better one for. */
static const char *const forbidden[] = {
	"strcpy", "strcat", "sprintf", "vsprintf", "strncpy", "strncat", "strtok", "gets", "atoi", "atol", "atof", "strtol", "strtoll", "strtoul",
	"strtoull", "rand", "srand", "random", "system", "popen", "gmtime", "localtime", "mktime", "ctime", "asctime", "tmpnam", "mktemp", "alloca",
	"setjmp", "longjmp", "signal", "scanf", "sscanf",
};
/* Who may after all, and why. */
static const struct { const char *path, *call; } excused[] = {
	{ "src/app/app.c", "signal" }, /* SIG_IGN before any thread starts */
};

/* Where html and url are proven; everybody else gets them from there. */
static const char *const provers[] = {
	"lib/html/", "tools/tmplc", "tests/fuzz/", "tests/golden/",
};
/* Made at the edge of a template: a message's markup, a link of a generated page. */
static const char *const printers[] = { /* commands of a terminal print */
	"src/app/main.c", "src/app/app.c", "src/app/backup_command.c", "_command.c", "src/demo/demo", "_import.c",
};
/* Written once at start, or atomics and thread-locals: lib/base says so beside each. */
static const char *const globals[] = {
	"lib/base/arena.c", "lib/base/log.c", "lib/base/of_thread.c", "lib/base/random.c", "lib/http/io.c", "lib/http/server.c", "lib/db/sqlite.c", "lib/db/sqlite_log.c",
	"src/file/file.c", "src/channel/import_command.c",
};

static bool listed(const char *const *v, size_t n, struct str path)
{
	for (size_t i = 0; i < n; i++)
		if (str_find(path, str_of(v[i]), 0) != SIZE_MAX)
			return true;
	return false;
}
#define LISTED(v, path) listed(v, sizeof(v) / sizeof((v)[0]), path)

static bool is_name_byte(char c)
{
	return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* The whole word, with a ( behind it when call. */
static bool has_word(struct str code, struct str word, bool call)
{
	for (size_t at = 0; (at = str_find(code, word, at)) != SIZE_MAX; at += word.n) {
		size_t end = at + word.n;

		if ((at && (is_name_byte(code.p[at - 1]) || code.p[at - 1] == '.' || code.p[at - 1] == '>')) || (end < code.n && is_name_byte(code.p[end])))
			continue;
		while (call && end < code.n && code.p[end] == ' ')
			end++;
		if (!call || (end < code.n && code.p[end] == '('))
			return true;
	}
	return false;
}

static void calls(struct lint *l, const struct lint_file *f, size_t i)
{
	struct str code = f->lines[i].code;

	if (!str_starts(f->path, S("lib/base/")))
		for (size_t k = 0; k < sizeof(forbidden) / sizeof(forbidden[0]); k++) {
			bool excuse = f->test && str_eq(str_of(forbidden[k]), S("signal"));

			for (size_t e = 0; e < sizeof(excused) / sizeof(excused[0]); e++)
				excuse = excuse || (str_eq(f->path, str_of(excused[e].path)) && str_eq(str_of(excused[e].call), str_of(forbidden[k])));
			if (!excuse && has_word(code, str_of(forbidden[k]), true))
				lint_say(l, f->path, i + 1, "call", "%s() is not called here", forbidden[k]);
		}
	if (str_starts(f->path, S("src/")) && !f->test && !LISTED(printers, f->path) &&
	    (has_word(code, S("printf"), true) || has_word(code, S("fprintf"), true) || has_word(code, S("puts"), true)))
		lint_say(l, f->path, i + 1, "print", "a slice prints nothing: pages, rows and the log are where words go");
}

static void forging(struct lint *l, const struct lint_file *f, size_t i)
{
	struct str code = f->lines[i].code;

	if (LISTED(provers, f->path))
		return;
	if (str_find(code, S("markup_"), 0) != SIZE_MAX || str_find(code, S("href_"), 0) != SIZE_MAX || str_find(code, S("(struct html){ {"), 0) != SIZE_MAX ||
	    str_find(code, S("(struct url){ {"), 0) != SIZE_MAX || str_find(code, S("(struct html){ ."), 0) != SIZE_MAX ||
	    str_find(code, S("(struct url){ ."), 0) != SIZE_MAX)
		lint_say(l, f->path, i + 1, "forging", "html and url are made by lib/html and templates only");
}

static void statements(struct lint *l, const struct lint_file *f, size_t i)
{
	static const char *const starts[] = { "SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "CREATE TABLE ", "DROP TABLE ", "ALTER TABLE " };
	struct str raw = f->lines[i].raw, code = f->lines[i].code;

	if (f->test || str_starts(f->path, S("lib/db/")) || str_starts(f->path, S("tools/")))
		return;
	for (size_t at = 0; (at = str_find_byte(code, '"', at)) != SIZE_MAX; at++)
		for (size_t k = 0; k < sizeof(starts) / sizeof(starts[0]); k++)
			if (str_starts(str_from(raw, at + 1), str_of(starts[k])))
				lint_say(l, f->path, i + 1, "sql", "statements stand in SLICE.sql");
}

static void words(struct lint *l, const struct lint_file *f, size_t i)
{
	struct str code = f->lines[i].code, raw = f->lines[i].raw;

	if (f->lines[i].line_comment)
		lint_say(l, f->path, i + 1, "comment", "// means not finished: finish it, or say why in /* */");
	if (str_find(raw, S("TO" "DO"), 0) != SIZE_MAX || str_find(raw, S("FIX" "ME"), 0) != SIZE_MAX || str_find(raw, S("X" "XX "), 0) != SIZE_MAX)
		lint_say(l, f->path, i + 1, "comment", "an unfinished thing");
	if (raw.n && (raw.p[raw.n - 1] == ' ' || raw.p[raw.n - 1] == '\t'))
		lint_say(l, f->path, i + 1, "blank", "white space at the end of a line");
	if (!f->test && !LISTED(globals, f->path) && !str_starts(f->path, S("tools/")) && str_starts(str_trim(code), S("static ")) &&
	    str_find_byte(code, '(', 0) == SIZE_MAX && !has_word(code, S("const"), false) && (str_ends(code, S(";")) || str_find(code, S(" = "), 0) != SIZE_MAX))
		lint_say(l, f->path, i + 1, "global", "nothing that changes lives outside of a request, a job or the start");
}

/* Lengths and depths; a function stands between { and } at the margin. */
static void sizes(struct lint *l, const struct lint_file *f)
{
	bool header = str_ends(f->path, S(".h"));
	size_t max = header ? HEADER_LINES_MAX : FILE_LINES_MAX, longest = f->test ? STORY_LINES_MAX : FUNCTION_LINES_MAX, begin = 0;
	int deepest = 0;

	if (f->n > max)
		lint_say(l, f->path, max + 1, "length", "%zu lines; %zu are the most", f->n, max);
	for (size_t i = 0; i < f->n; i++) {
		struct str raw = f->lines[i].raw;

		if (str_eq(raw, S("{"))) {
			begin = i + 1;
			deepest = 0;
		}
		if (begin && f->lines[i].depth > deepest)
			deepest = f->lines[i].depth;
		if (!begin || !str_eq(raw, S("}")))
			continue;
		if (i - begin > longest)
			lint_say(l, f->path, begin, "length", "a function of %zu lines; %zu are the most", i - begin, longest);
		if (deepest > DEPTH_MAX)
			lint_say(l, f->path, begin, "depth", "%d levels; 3 are the most", deepest - 1);
		begin = 0;
	}
}

/* A header guards itself, and says first what it is. */
static void header(struct lint *l, const struct lint_file *f)
{
	if (!str_ends(f->path, S(".h")) || !f->n)
		return;
	if (!str_starts(f->lines[0].raw, S("/*")))
		lint_say(l, f->path, 1, "header", "the first comment says what it owns");
	for (size_t i = 0; i < f->n; i++) {
		if (str_starts(f->lines[i].raw, S("#ifndef ")))
			return;
		if (str_trim(f->lines[i].code).n)
			break;
	}
	lint_say(l, f->path, 1, "header", "no guard");
}

/* A source that no build knows is a file without need. */
static void needed(struct lint *l, const struct lint_file *f)
{
	struct str name = f->path;
	size_t slash;

	if (!str_ends(name, S(".c")) || str_starts(name, S("tests/nocompile/")))
		return;
	while ((slash = str_find_byte(name, '/', 0)) != SIZE_MAX)
		name = str_from(name, slash + 1);
	/* families that a build names in a loop: 'db' + '_test.c', 'fuzz_' + 'csv' */
	struct str stem = str_starts(name, S("fuzz_"))	  ? str_fmt(l->arena, "'%.*s'", STR_FMT(str_sub(name, 5, name.n - 7)))
			  : str_ends(name, S("_test.c")) ? str_sub(name, 0, name.n - 7)
							  : name;

	if (str_find(l->builds, stem, 0) == SIZE_MAX)
		lint_say(l, f->path, 1, "need", "no meson.build names this file");
}

void lint_rules(struct lint *l, const struct lint_file *f)
{
	for (size_t i = 0; i < f->n; i++) {
		calls(l, f, i);
		forging(l, f, i);
		statements(l, f, i);
		words(l, f, i);
	}
	sizes(l, f);
	header(l, f);
	needed(l, f);
}
