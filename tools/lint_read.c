#include <stdio.h>

#include "base/vec.h"
#include "lint.h"
#include "tool.h"

enum where { CODE, TEXT, LETTER, COMMENT, LINE_COMMENT };

/* One byte further; what is no code becomes a blank. */
static enum where step(enum where at, const char *p, const char *end, char *ret_code, size_t *ret_n)
{
	bool two = p + 1 < end;

	*ret_n = 1;
	*ret_code = ' ';
	switch (at) {
	case CODE:
		if (two && p[0] == '/' && (p[1] == '*' || p[1] == '/')) {
			*ret_n = 2;
			return p[1] == '*' ? COMMENT : LINE_COMMENT;
		}
		*ret_code = *p;
		return *p == '"' ? TEXT : *p == '\'' ? LETTER : CODE;
	case TEXT:
	case LETTER:
		if (two && p[0] == '\\') {
			*ret_n = 2;
			return at;
		}
		if (*p != (at == TEXT ? '"' : '\''))
			return at;
		*ret_code = *p;
		return CODE;
	case COMMENT:
		if (!two || p[0] != '*' || p[1] != '/')
			return COMMENT;
		*ret_n = 2;
		return CODE;
	case LINE_COMMENT:
		return LINE_COMMENT;
	}
	return at;
}

static int braces(struct str code)
{
	int n = 0;

	for (size_t i = 0; i < code.n; i++)
		n += code.p[i] == '{' ? 1 : code.p[i] == '}' ? -1 : 0;
	return n;
}

enum rc lint_read(struct lint *l, struct str path, struct lint_file *ret)
{
	VEC(struct lint_line) v = { 0 };
	struct str text, rest, raw;
	enum where at = CODE;
	int depth = 0;

	TRY(tool_read(l->arena, tool_path(l->arena, l->root, path), &text));
	for (rest = text; str_cut(&rest, '\n', &raw);) {
		char *code = arena_alloc(l->arena, raw.n + 1);
		struct lint_line *line = VEC_ADD(l->arena, &v);
		size_t n;

		memset(code, ' ', raw.n);
		for (const char *p = raw.p, *end = raw.p + raw.n; p < end; p += n)
			at = step(at, p, end, &code[p - raw.p], &n);
		*line = (struct lint_line){ .code = { code, raw.n }, .raw = raw, .line_comment = at == LINE_COMMENT, .depth = depth };
		if (at != COMMENT)
			at = CODE;
		depth += braces(line->code);
	}
	if (v.n && !v.v[v.n - 1].raw.n)
		v.n--; /* behind the last line break */
	*ret = (struct lint_file){ .path = path, .lines = v.v, .n = v.n };
	ret->test = str_find(path, S("_test."), 0) != SIZE_MAX || str_find(path, S("/test_"), 0) != SIZE_MAX || str_starts(path, S("tests/")) ||
		    str_ends(path, S("base/test.h"));
	return RC_OK;
}
