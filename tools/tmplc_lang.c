#include "tmplc_parser.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

/* Compilers promise 4095 bytes of string literal (C17 5.2.4.1). An octal escape stands for one. */
#define LITERAL_MAX 4000

enum rc parser_fail(struct parser *p, size_t at, const char *fmt, ...)
{
	size_t line = 1, start = 0;
	va_list ap;
	char buf[300];

	if (p->error.n)
		return RC_INVALID;
	for (size_t i = 0; i < at && i < p->text.n; i++)
		if (p->text.p[i] == '\n') {
			line++;
			start = i + 1;
		}
	va_start(ap, fmt);
	vsnprintf(buf, sizeof(buf), fmt, ap);
	va_end(ap);
	p->error = str_fmt(p->a, "%.*s:%zu:%zu: error: %s", STR_FMT(p->src->file), line,
			   utf8_count(str_sub(p->text, start, at - start)) + 1, buf);
	return RC_INVALID;
}

static size_t line_of(const struct parser *p, size_t at)
{
	size_t line = 1;

	for (size_t i = 0; i < at; i++)
		line += p->text.p[i] == '\n';
	return line;
}

static void write_literal(struct parser *p)
{
	struct str s = { p->literal.p, p->literal.n };

	for (size_t from = 0; from < s.n; from += LITERAL_MAX) {
		OUT_LIT(&p->body, "\tOUT_LIT(o, \"");
		tool_c_text(&p->body, str_sub(s, from, LITERAL_MAX));
		OUT_LIT(&p->body, "\");\n");
	}
	p->literal.n = 0;
}

/* What follows comes from this place of the template. */
static void write_line(struct parser *p, size_t at)
{
	write_literal(p);
	out_fmt(&p->body, "#line %zu \"", line_of(p, at));
	tool_c_text(&p->body, p->src->file);
	OUT_LIT(&p->body, "\"\n\t");
}

/* Offset behind the string or character literal that begins at i, or i + 1. */
static size_t skip_literal(struct str s, size_t i)
{
	char quote = s.p[i++];

	if (quote != '"' && quote != '\'')
		return i;
	while (i < s.n && s.p[i] != quote && s.p[i] != '\n')
		i += s.p[i] == '\\' ? 2 : 1;
	return i + 1;
}

/* Offset of end in s outside of C literals, SIZE_MAX if it does not come. */
static size_t find_end(struct str s, struct str end)
{
	for (size_t i = 0; i < s.n; i = skip_literal(s, i))
		if (str_starts(str_from(s, i), end))
			return i;
	return SIZE_MAX;
}

/* The C text must close what it opens, or it would reach into our own C. */
static enum rc check_c(struct parser *p, size_t at, struct str s, bool semicolons)
{
	char open[32];
	size_t depth = 0;

	for (size_t i = 0; i < s.n; i = skip_literal(s, i)) {
		char c = s.p[i];

		if (c == '(' || c == '[' || c == '{') {
			if (depth == sizeof(open))
				return parser_fail(p, at, "brackets too deep");
			open[depth++] = c == '(' ? ')' : c == '[' ? ']' : '}';
		} else if (c == ')' || c == ']' || c == '}') {
			if (depth == 0 || open[--depth] != c)
				return parser_fail(p, at, "'%c' closes nothing", c);
		} else if (c == ';' && !semicolons) {
			return parser_fail(p, at, "';' in an expression");
		} else if (c == '#' || (c == '/' && i + 1 < s.n && (s.p[i + 1] == '/' || s.p[i + 1] == '*'))) {
			return parser_fail(p, at, "comments and '#' have no place in an expression");
		}
	}
	if (depth)
		return parser_fail(p, at, "'%c' is missing", open[depth - 1]);
	return RC_OK;
}

static enum rc check_expr(struct parser *p, size_t at, struct str expr)
{
	if (expr.n == 0)
		return parser_fail(p, at, "an expression is missing");
	return check_c(p, at, expr, false);
}

/* Which emitter fits the place; NULL with the error set if none does. */
static const char *emitter(struct parser *p, size_t at)
{
	const struct context *cx = &p->cx;

	if (cx->place == IN_TEXT)
		return cx->until.n ? "EMIT_ATTR" : "EMIT"; /* textarea and title hold plain text */
	if (cx->place != IN_VALUE || !cx->quote) {
		rc_ignore(parser_fail(p, at, "{{ }} may not stand %s%s", markup_place_name(cx),
				      cx->place == IN_VALUE || cx->place == IN_BEFORE_VALUE ? ": put quotes round the value" :
											      ""));
		return NULL;
	}
	if (cx->kind == ATTR_PLAIN)
		return "EMIT_ATTR";
	if (cx->kind != ATTR_URL) {
		rc_ignore(parser_fail(p, at, "{{ }} may not stand in the attribute %.*s", STR_FMT(p->attr)));
		return NULL;
	}
	if (cx->address == ADDRESS_START)
		return "html_href";
	if (cx->address == ADDRESS_OPEN)
		return "EMIT_URL_PART";
	rc_ignore(parser_fail(p, at, cx->address == ADDRESS_WHOLE ?
					     "nothing may follow a whole address but a literal #fragment" :
					     "the address must start with literal text that settles where it leads, "
					     "such as /appeals/"));
	return NULL;
}

/* Elements that run or show foreign documents take files of ours only. */
static bool asset_only(const struct context *cx)
{
	static const char *const tags[] = { "script", "iframe", "object", "embed", "frame" };

	for (size_t i = 0; i < ARRAY_LEN(tags); i++)
		if (str_eq(cx->tag, str_of(tags[i])))
			return true;
	return false;
}

/* What the element as a whole has to say about a value in one of its attributes. */
static enum rc check_element(struct parser *p, size_t at, struct str expr)
{
	if (p->cx.place != IN_VALUE)
		return RC_OK;
	if (p->cx.kind == ATTR_URL && asset_only(&p->cx) && !str_starts(expr, S("ASSET(")))
		return parser_fail(p, at, "the address of <%.*s> is {{ ASSET(name) }} or literal", STR_FMT(p->cx.tag));
	if (str_eq(p->cx.tag, S("meta")) && str_eq(p->attr, S("content"))) {
		p->content_at = at;
		if (p->equiv_at > p->tag_at)
			return parser_fail(p, at, "http-equiv goes with literal content only");
	}
	return RC_OK;
}

static enum rc interpolation(struct parser *p)
{
	size_t at = p->at;
	size_t n = find_end(str_from(p->text, at + 2), S("}}"));

	if (n == SIZE_MAX)
		return parser_fail(p, at, "{{ without }}");
	struct str expr = str_trim(str_sub(p->text, at + 2, n));
	const char *emit = emitter(p, at);

	if (!emit)
		return RC_INVALID;
	TRY(check_element(p, at, expr));
	TRY(check_expr(p, at, expr));
	write_line(p, at);
	out_fmt(&p->body, "%s(o, v, (%.*s));\n", emit, STR_FMT(expr));
	if (p->cx.place == IN_VALUE && p->cx.kind == ATTR_URL && p->cx.address == ADDRESS_START)
		p->cx.address = ADDRESS_WHOLE;
	p->cx.line_start = false;
	p->at = at + 2 + n + 2;
	return RC_OK;
}

/* "(cond)" for if and for: whole and balanced. */
static enum rc parenthesised(struct parser *p, size_t at, struct str rest, bool semicolons)
{
	if (rest.n < 2 || rest.p[0] != '(' || rest.p[rest.n - 1] != ')')
		return parser_fail(p, at, "the condition stands in parentheses: {%% if (x) %%}");
	return check_c(p, at, str_sub(rest, 1, rest.n - 2), semicolons);
}

static enum rc block_open(struct parser *p, size_t at, int kind, struct str rest)
{
	bool loop = kind == BLOCK_FOR;

	TRY(parenthesised(p, at, rest, loop));
	if (p->blocks.n == BLOCKS_MAX)
		return parser_fail(p, at, "blocks too deep");
	write_line(p, at);
	out_fmt(&p->body, "%s %.*s {\n", loop ? "for" : "if", STR_FMT(rest));
	struct block *b = VEC_ADD(p->a, &p->blocks);

	*b = (struct block){ .at = at, .start = p->cx };
	b->kind = loop ? BLOCK_FOR : BLOCK_IF;
	return RC_OK;
}

/* The branch that ends here must end where the others did. */
static enum rc branch_end(struct parser *p, struct block *b, size_t at)
{
	const char *what = b->has_end ? markup_differs(&b->end, &p->cx) : NULL;

	if (what)
		return parser_fail(p, at, "the branches of the block of line %zu end differently (%s): one %s, this one %s",
				   line_of(p, b->at), what, markup_place_name(&b->end), markup_place_name(&p->cx));
	if (b->has_end) {
		b->end.gap = b->end.gap && p->cx.gap;
		b->end.line_start = b->end.line_start && p->cx.line_start;
	} else {
		b->end = p->cx;
		b->has_end = true;
	}
	return RC_OK;
}

static enum rc block_turn(struct parser *p, size_t at, struct str rest, bool last)
{
	struct block *b = p->blocks.n ? &p->blocks.v[p->blocks.n - 1] : NULL;

	if (!b || b->kind != BLOCK_IF || b->has_else)
		return parser_fail(p, at, "{%% %s %%} without {%% if %%}", last ? "else" : "elif");
	if (last && rest.n)
		return parser_fail(p, at, "{%% else %%} takes nothing; {%% elif (x) %%} does");
	if (!last)
		TRY(parenthesised(p, at, rest, false));
	TRY(branch_end(p, b, at));
	b->has_else = last;
	p->cx = b->start;
	write_line(p, at);
	if (last)
		OUT_LIT(&p->body, "} else {\n");
	else
		out_fmt(&p->body, "} else if %.*s {\n", STR_FMT(rest));
	return RC_OK;
}

static enum rc block_close(struct parser *p, size_t at, struct str rest)
{
	if (rest.n)
		return parser_fail(p, at, "{%% end %%} takes nothing");
	if (p->blocks.n == 0)
		return parser_fail(p, at, "{%% end %%} without a block");
	struct block *b = &p->blocks.v[p->blocks.n - 1];

	TRY(branch_end(p, b, at));
	if (!b->has_else) {
		/* the way past the block must lead to the same place */
		struct context through = p->cx;

		p->cx = b->start;
		TRY(branch_end(p, b, at));
		p->cx = through;
	}
	p->cx = b->end;
	p->blocks.n--;
	write_literal(p);
	OUT_LIT(&p->body, "\t}\n");
	return RC_OK;
}

static enum rc do_header(struct parser *p, size_t at, struct str rest)
{
	struct str name = str_sub(rest, 1, rest.n < 2 ? 0 : rest.n - 2);

	if (rest.n < 3 || rest.p[0] != '"' || rest.p[rest.n - 1] != '"' || str_find_byte(name, '"', 0) != SIZE_MAX ||
	    str_find_byte(name, '\n', 0) != SIZE_MAX || str_find_byte(name, '\\', 0) != SIZE_MAX)
		return parser_fail(p, at, "write {%% header \"slice/slice.h\" %%}");
	*VEC_ADD(p->a, &p->headers) = name;
	return RC_OK;
}

static enum rc do_param(struct parser *p, size_t at, struct str rest)
{
	if (p->blocks.n)
		return parser_fail(p, at, "{%% param %%} inside a block");
	TRY(check_expr(p, at, rest));
	if (str_find_byte(rest, ' ', 0) == SIZE_MAX)
		return parser_fail(p, at, "write {%% param TYPE name %%}");
	OUT_LIT(&p->params, ", ");
	out_str(&p->params, rest);
	return RC_OK;
}

static enum rc do_let(struct parser *p, size_t at, struct str rest)
{
	TRY(check_expr(p, at, rest));
	if (str_find_byte(rest, '=', 0) == SIZE_MAX)
		return parser_fail(p, at, "write {%% let TYPE name = expression %%}");
	write_line(p, at);
	out_fmt(&p->body, "%.*s;\n", STR_FMT(rest));
	return RC_OK;
}

static enum rc do_call(struct parser *p, size_t at, struct str rest)
{
	size_t open = str_find_byte(rest, '(', 0);
	struct str name = str_trim(str_sub(rest, 0, open));
	struct str args = S("");

	if (p->cx.place != IN_TEXT)
		return parser_fail(p, at, "{%% call %%} may not stand %s: only in text", markup_place_name(&p->cx));
	if (open != SIZE_MAX) {
		TRY(parenthesised(p, at, str_from(rest, open), false));
		args = str_trim(str_sub(rest, open + 1, rest.n - open - 2));
	}
	if (!tool_is_name(name))
		return parser_fail(p, at, "write {%% call function(arguments) %%}");
	write_line(p, at);
	out_fmt(&p->body, "%.*s(o, v%s%.*s);\n", STR_FMT(name), args.n ? ", " : "", STR_FMT(args));
	p->cx.line_start = false;
	return RC_OK;
}

/* Where the next "name=" begins, at blank space outside brackets; the end of s if there is none. */
static size_t arg_end(struct str s)
{
	int depth = 0;

	for (size_t i = 0; i < s.n; i = skip_literal(s, i)) {
		if (strchr("([{", s.p[i]))
			depth++;
		else if (strchr(")]}", s.p[i]))
			depth--;
		if (depth || (s.p[i] != ' ' && s.p[i] != '\n' && s.p[i] != '\t'))
			continue;
		struct str next = str_trim(str_from(s, i));
		size_t eq = str_find_byte(next, '=', 0);

		if (eq != SIZE_MAX && tool_is_name(str_sub(next, 0, eq)) && !str_starts(str_from(next, eq), S("==")))
			return i;
	}
	return s.n;
}

static int by_bytes(const void *x, const void *y)
{
	return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

static void write_upper(struct out *o, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		out_char(o, (char)(c >= 'a' && c <= 'z' ? c - 32 : c == '.' ? '_' : c));
	}
}

/* The names of the arguments are part of an enumerator that msgc makes, so that a missing one does not compile. */
static void write_arg_check(struct parser *p, struct str id, struct str *names, size_t n)
{
	if (n)
		qsort(names, n, sizeof(names[0]), by_bytes);
	OUT_LIT(&p->body, "_Static_assert(MSGARGS_");
	write_upper(&p->body, id);
	OUT_LIT(&p->body, "_");
	for (size_t i = 0; i < n; i++) {
		OUT_LIT(&p->body, "_");
		out_str(&p->body, names[i]);
	}
	OUT_LIT(&p->body, " == 0, \"arguments of the message\"); ");
}

static enum rc do_message(struct parser *p, size_t at, struct str rest)
{
	size_t id_end = 0;
	VEC(struct str) names = { 0 };
	struct out args = OUT_ON(p->a);
	bool attr = p->cx.place == IN_VALUE && p->cx.quote && p->cx.kind == ATTR_PLAIN;

	if (p->cx.place != IN_TEXT && !attr)
		return parser_fail(p, at, "{%% t %%} may not stand %s%s", markup_place_name(&p->cx),
				   p->cx.place == IN_VALUE && p->cx.quote ? " that is no plain text" : "");
	while (id_end < rest.n && !strchr(" \t\n", rest.p[id_end]))
		id_end++;
	struct str id = str_sub(rest, 0, id_end);
	size_t dot = str_find_byte(id, '.', 0);

	if (dot == SIZE_MAX || !tool_is_name(str_sub(id, 0, dot)) || !tool_is_name(str_from(id, dot + 1)))
		return parser_fail(p, at, "write {%% t slice.message_id name=value %%}");
	rest = str_trim(str_from(rest, id_end));
	while (rest.n) {
		size_t eq = str_find_byte(rest, '=', 0), end = arg_end(rest);

		if (eq >= end || !tool_is_name(str_sub(rest, 0, eq)))
			return parser_fail(p, at, "arguments of a message are name=value");
		struct str expr = str_trim(str_sub(rest, eq + 1, end - eq - 1));

		TRY(check_expr(p, at, expr));
		*VEC_ADD(p->a, &names) = str_sub(rest, 0, eq);
		out_fmt(&args, "%sMSG_ARG(\"%.*s\", (%.*s))", names.n > 1 ? ", " : "", (int)eq, rest.p, STR_FMT(expr));
		rest = str_trim(str_from(rest, end));
	}
	write_line(p, at);
	write_arg_check(p, id, names.v, names.n);
	OUT_LIT(&p->body, "html_msg(o, v, MSG_");
	write_upper(&p->body, id);
	if (names.n)
		out_fmt(&p->body, ", ARGS(%.*s));\n", STR_FMT(out_done(&args)));
	else
		OUT_LIT(&p->body, ", NULL, 0);\n");
	p->cx.line_start = false;
	return RC_OK;
}

static enum rc directive_named(struct parser *p, size_t at, struct str word, struct str rest)
{
	if (str_eq(word, S("if")))
		return block_open(p, at, BLOCK_IF, rest);
	if (str_eq(word, S("for")))
		return block_open(p, at, BLOCK_FOR, rest);
	if (str_eq(word, S("elif")))
		return block_turn(p, at, rest, false);
	if (str_eq(word, S("else")))
		return block_turn(p, at, rest, true);
	if (str_eq(word, S("end")))
		return block_close(p, at, rest);
	if (str_eq(word, S("t")))
		return do_message(p, at, rest);
	if (str_eq(word, S("let")))
		return do_let(p, at, rest);
	if (str_eq(word, S("call")))
		return do_call(p, at, rest);
	if (str_eq(word, S("param")))
		return do_param(p, at, rest);
	if (str_eq(word, S("header")))
		return do_header(p, at, rest);
	return parser_fail(p, at, "unknown directive \"%.*s\"", STR_FMT(word));
}

/* Directives may stand where their output is a piece of the place: text, between attributes, in quoted values. */
static enum rc check_place(struct parser *p, size_t at)
{
	const struct context *cx = &p->cx;

	if (cx->place == IN_TEXT || cx->place == IN_TAG)
		return RC_OK;
	if (cx->place != IN_VALUE || !cx->quote)
		return parser_fail(p, at, "{%% %%} may not stand %s", markup_place_name(cx));
	if (cx->kind == ATTR_FIXED)
		return parser_fail(p, at, "{%% %%} may not stand in the attribute %.*s", STR_FMT(p->attr));
	if (cx->kind == ATTR_URL && cx->address == ADDRESS_LITERAL)
		return parser_fail(p, at, "{%% %%} in the start of an address: put it behind, or round the attribute");
	return RC_OK;
}

static enum rc directive(struct parser *p)
{
	size_t at = p->at, word_n = 0;
	size_t n = find_end(str_from(p->text, at + 2), S("%}"));

	if (n == SIZE_MAX)
		return parser_fail(p, at, "{%% without %%}");
	struct str inner = str_trim(str_sub(p->text, at + 2, n));

	while (word_n < inner.n && inner.p[word_n] >= 'a' && inner.p[word_n] <= 'z')
		word_n++;
	struct str word = str_sub(inner, 0, word_n), rest = str_trim(str_from(inner, word_n));

	TRY(markup_pause(p));
	TRY(check_place(p, at));
	TRY(directive_named(p, at, word, rest));
	p->at = at + 2 + n + 2;
	return RC_OK;
}

static enum rc step(struct parser *p)
{
	struct str s = str_from(p->text, p->at);
	bool opaque = p->cx.place == IN_RAW || p->cx.place == IN_COMMENT;

	if (str_starts(s, S("{{")))
		return interpolation(p);
	if (str_starts(s, S("{%")))
		return directive(p);
	if (str_starts(s, S("{#")) && !opaque) {
		size_t end = str_find(s, S("#}"), 2);

		if (end == SIZE_MAX)
			return parser_fail(p, p->at, "{# without #}");
		p->at += end + 2;
		return RC_OK;
	}
	TRY(markup_step(p));
	if (p->cx.place == IN_TEXT && p->cx.post) {
		write_literal(p);
		OUT_LIT(&p->body, "\thtml_form_token(o, v);\n");
		p->cx.post = false;
	}
	return RC_OK;
}

static enum rc finish(struct parser *p)
{
	if (p->blocks.n)
		return parser_fail(p, p->blocks.v[p->blocks.n - 1].at, "this block has no {%% end %%}");
	if (p->cx.place != IN_TEXT || p->cx.until.n)
		return parser_fail(p, p->name_at, "the file ends %s%s%.*s", markup_place_name(&p->cx),
				   p->cx.until.n ? " of " : "", STR_FMT(p->cx.until));
	if (p->literal.n && p->literal.p[p->literal.n - 1] == '\n')
		p->literal.n--;
	write_literal(p);
	if (p->body.failed || p->literal.failed || p->params.failed)
		return parser_fail(p, 0, "the template is too large");
	return RC_OK;
}

static enum rc parse(struct parser *p)
{
	if (!utf8_valid(p->text) || str_find_byte(p->text, '\0', 0) != SIZE_MAX)
		return parser_fail(p, 0, "the file is not UTF-8 text");
	while (p->at < p->text.n)
		TRY(step(p));
	return finish(p);
}

enum rc tmpl_compile(struct arena *a, const struct tmpl_source *src, struct tmpl *ret, struct str *ret_error)
{
	struct parser p = { .a = a,
			    .src = src,
			    .text = src->text,
			    .cx = { .line_start = true },
			    .literal = OUT_ON(a),
			    .body = OUT_ON(a),
			    .params = OUT_ON(a) };

	if (parse(&p) != RC_OK) {
		*ret_error = p.error;
		return RC_INVALID;
	}
	ret->signature = str_fmt(a, "void tmpl_%.*s_%.*s(struct out *o, const struct view *v%.*s)", STR_FMT(src->slice),
				 STR_FMT(src->name), STR_FMT(out_done(&p.params)));
	ret->headers = (struct tool_names){ p.headers.v, p.headers.n };
	ret->body = out_done(&p.body);
	return RC_OK;
}
