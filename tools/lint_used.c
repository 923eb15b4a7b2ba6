/* Words, statements and looks that nothing uses: gathered over the whole tree, since each is made in one file and used in another. */
#include "lint.h"

#include <string.h>

#include "base/map.h"
#include "tool.h"

static bool is_letter(char c, const char *more)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (c && strchr(more, c));
}

/* Every run of letters, digits, _ and `more`. */
static void keep_words(struct map *used, struct str text, const char *more)
{
	size_t begin = 0;

	for (size_t i = 0; i <= text.n; i++) {
		if (i < text.n && is_letter(text.p[i], more))
			continue;
		if (i > begin)
			map_put(used, str_sub(text, begin, i - begin), used);
		begin = i + 1;
	}
}

static struct str between(struct str line, struct str before, const char *more)
{
	size_t at = str_find(line, before, 0), end;

	if (at == SIZE_MAX)
		return S("");
	for (at += before.n, end = at; end < line.n && is_letter(line.p[end], more); end++)
		;
	return str_sub(line, at, end - at);
}

static struct str upper(struct arena *a, struct str s)
{
	char *z = arena_alloc(a, s.n + 1);

	for (size_t i = 0; i < s.n; i++)
		z[i] = s.p[i] == '.' ? '_' : s.p[i] >= 'a' && s.p[i] <= 'z' ? (char)(s.p[i] - 'a' + 'A') : s.p[i];
	return (struct str){ z, s.n };
}

/* A row of a form names its choices' words by their label: LABEL_VALUE (form_view.c). */
static void keep_choices(struct lint *l, struct str text)
{
	struct str line, choice;

	while (str_cut(&text, '\n', &line)) {
		struct str choices = between(line, S(".choices = \""), "|"), label = between(line, S(".label = "), "");

		while (choices.n && label.n && str_cut(&choices, '|', &choice))
			map_put(&l->used, str_fmt(l->arena, "%.*s_%.*s", STR_FMT(label), STR_FMT(upper(l->arena, choice))), l);
	}
}

enum rc lint_used_gather(struct lint *l, struct str path)
{
	bool code = str_ends(path, S(".c")) || str_ends(path, S(".h")) || str_ends(path, S(".html"));
	struct str text;

	if (!code && !str_ends(path, S(".js")))
		return RC_OK;
	TRY(tool_read(l->arena, tool_path(l->arena, l->root, path), &text));
	keep_words(&l->used, text, "-");
	if (!code)
		return RC_OK;
	keep_words(&l->used, text, "");
	keep_words(&l->used, text, ".");
	keep_choices(l, text);
	return RC_OK;
}

static void message(struct lint *l, struct str path, size_t line, struct str text)
{
	struct str id = between(text, S("msgid \""), ".");

	if (id.n && !map_get(&l->used, id) && !map_get(&l->used, str_cat(l->arena, S("MSG_"), upper(l->arena, id))))
		lint_say(l, path, line, "unused", "no page says %.*s", STR_FMT(id));
}

static void statement(struct lint *l, struct str path, size_t line, struct str text)
{
	struct str name = str_starts(text, S("-- ")) && str_find(text, S(") -> "), 0) != SIZE_MAX ? between(text, S("-- "), "") : S("");

	if (name.n && !map_get(&l->used, name))
		lint_say(l, path, line, "unused", "nothing runs %.*s", STR_FMT(name));
}

static void classes_of(struct lint *l, struct str path, size_t line, struct str selector)
{
	struct str before;

	while (str_cut(&selector, '.', &before) && selector.n) {
		struct str name = between(selector, S(""), "-");

		if (name.n && !(name.p[0] >= '0' && name.p[0] <= '9') && !map_get(&l->used, name))
			lint_say(l, path, line, "unused", "no page has the class %.*s", STR_FMT(name));
	}
}

/* Only what stands before a { is looked at: values have points too. */
static void look_of(struct lint *l, struct str path, size_t line, struct str text)
{
	struct str rule;

	if (str_ends(text, S(",")) && str_find_byte(text, '{', 0) == SIZE_MAX && str_find_byte(text, ':', 0) == SIZE_MAX)
		classes_of(l, path, line, text);
	while (str_cut(&text, '}', &rule)) {
		size_t end = str_find_byte(rule, '{', 0);

		if (end != SIZE_MAX)
			classes_of(l, path, line, str_sub(rule, 0, end));
	}
}

static enum rc each_line(struct lint *l, struct str path, void (*see)(struct lint *l, struct str path, size_t line, struct str text))
{
	struct str text, line;

	TRY(tool_read(l->arena, tool_path(l->arena, l->root, path), &text));
	for (size_t n = 1; str_cut(&text, '\n', &line); n++)
		see(l, path, n, str_trim(line));
	return RC_OK;
}

enum rc lint_used(struct lint *l, struct str path)
{
	if (str_starts(path, S("locale/kk/")) && str_ends(path, S(".po")))
		return each_line(l, path, message);
	if (str_starts(path, S("src/")) && str_ends(path, S(".sql")))
		return each_line(l, path, statement);
	if (str_starts(path, S("assets/")) && str_ends(path, S(".css")))
		return each_line(l, path, look_of);
	return RC_OK;
}
