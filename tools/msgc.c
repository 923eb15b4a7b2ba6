/*
 * msgc LOCALE_DIR OUT.h OUT.c DEPFILE: the message catalogues LOCALE_DIR/{kk,ru,en}/(any).po as C tables.
 *
 * The build fails, with file and line, unless the three languages have the same ids, the same {placeholders}, the
 * right number of plural forms each, and no empty or fuzzy text. See lib/html/msg.h for what a catalogue looks like.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <gettext-po.h>

#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "tool.h"

enum { LANGS = 3, FORMS_MAX = 4, ARGS_MAX = 8 };

static const char *const lang_codes[LANGS] = { "kk", "ru", "en" };

struct text {
	const char *file; /* NULL: this language does not have it */
	size_t line;
	size_t forms;
	struct str form[FORMS_MAX];
	struct tool_names args; /* sorted */
};

struct message {
	struct str id;
	bool plural;
	struct text text[LANGS];
};

struct lang {
	struct str plural_expr;
	size_t forms; /* 0: no catalogue read yet */
};

struct job {
	struct arena a;
	struct lang langs[LANGS];
	struct map by_id; /* id -> struct message */
	VEC(struct message *) all;
	VEC(struct str) deps;
	size_t errors;
};

static void complain(struct job *j, const char *file, size_t line, const char *fmt, ...) FORMAT(4, 5);
static void complain(struct job *j, const char *file, size_t line, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "%s:%zu:1: error: ", file, line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	j->errors++;
}

/* libgettextpo keeps no positions: the line of msgid "id" is looked up in the text. */
static size_t line_of(struct job *j, struct str text, const char *id)
{
	size_t at = str_find(text, str_fmt(&j->a, "\nmsgid \"%s\"", id), 0), line = 1;

	if (at == SIZE_MAX)
		return 1;
	for (size_t i = 0; i <= at; i++)
		line += text.p[i] == '\n';
	return line;
}

static bool id_is_sound(struct str id)
{
	size_t dot = str_find_byte(id, '.', 0);

	return dot != SIZE_MAX && tool_is_name(str_sub(id, 0, dot)) && tool_is_name(str_from(id, dot + 1));
}

static int by_bytes(const void *x, const void *y)
{
	return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

static bool names_have(const struct tool_names *l, struct str s)
{
	for (size_t i = 0; i < l->n; i++)
		if (str_eq(l->v[i], s))
			return true;
	return false;
}

/* Adds the {names} of one form; false when a brace does not make sense. */
static bool add_args(struct tool_names *args, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '}')
			return false;
		if (s.p[i] != '{')
			continue;
		size_t end = str_find_byte(s, '}', i);

		if (end == SIZE_MAX)
			return false;
		struct str name = str_sub(s, i + 1, end - i - 1);

		if (!tool_is_name(name))
			return false;
		if (!names_have(args, name)) {
			if (args->n == ARGS_MAX)
				return false;
			args->v[args->n++] = name;
		}
		i = end;
	}
	return true;
}

static void read_forms(struct job *j, struct text *t, po_message_t m, const char *id, size_t want)
{
	bool plural = po_message_msgid_plural(m) != NULL;
	size_t n = 0;

	for (; n < FORMS_MAX; n++) {
		const char *s = plural ? po_message_msgstr_plural(m, (int)n) : n ? NULL : po_message_msgstr(m);

		if (!s)
			break;
		t->form[n] = str_dup(&j->a, str_of(s));
		if (t->form[n].n == 0)
			complain(j, t->file, t->line, "%s has no text", id);
		if (!utf8_valid(t->form[n]))
			complain(j, t->file, t->line, "%s is not UTF-8", id);
		if (!add_args(&t->args, t->form[n]))
			complain(j, t->file, t->line, "%s: braces hold one name each, {like_this}", id);
	}
	t->forms = n;
	if (plural && n != want)
		complain(j, t->file, t->line, "%s has %zu plural forms, this language has %zu", id, n, want);
	if (plural && strcmp(po_message_msgid_plural(m), id) != 0)
		complain(j, t->file, t->line, "%s: msgid_plural repeats the msgid", id);
	if (plural && !names_have(&t->args, S("n")) && t->args.n < ARGS_MAX)
		t->args.v[t->args.n++] = S("n");
	if (t->args.n)
		qsort(t->args.v, t->args.n, sizeof(t->args.v[0]), by_bytes);
}

static void read_message(struct job *j, po_message_t m, size_t lang, const char *file, struct str source)
{
	struct str id = str_dup(&j->a, str_of(po_message_msgid(m)));
	size_t line = line_of(j, source, id.p);
	union {
		const void *in;
		struct message *out;
	} found = { .in = map_get(&j->by_id, id) };
	struct message *msg = found.out;

	if (!id_is_sound(id))
		complain(j, file, line, "\"%s\" is no message id: write slice.message_id", id.p);
	if (po_message_is_fuzzy(m))
		complain(j, file, line, "%s is marked fuzzy", id.p);
	if (!msg) {
		msg = ARENA_NEW(&j->a, struct message);
		msg->id = id;
		msg->plural = po_message_msgid_plural(m) != NULL;
		map_put(&j->by_id, id, msg);
		*VEC_ADD(&j->a, &j->all) = msg;
	}
	struct text *t = &msg->text[lang];

	if (t->file) {
		complain(j, file, line, "%s is here a second time, see %s:%zu", id.p, t->file, t->line);
		return;
	}
	if (msg->plural != (po_message_msgid_plural(m) != NULL))
		complain(j, file, line, "%s has plural forms in one language and none in another", id.p);
	t->file = file;
	t->line = line;
	t->args.v = ARENA_ARRAY(&j->a, ARGS_MAX, struct str);
	read_forms(j, t, m, id.p, j->langs[lang].forms);
}

/* "Plural-Forms: nplurals=3; plural=EXPR;" where EXPR is C over n. */
static void read_header(struct job *j, const char *header, size_t lang, const char *file)
{
	struct str h = str_of(header);
	size_t n_at = str_find(h, S("nplurals="), 0), expr_at = str_find(h, S("plural="), 0);
	struct lang *l = &j->langs[lang];
	int64_t n;

	if (str_find(h, S("charset=UTF-8"), 0) == SIZE_MAX)
		complain(j, file, 1, "the header must say Content-Type: text/plain; charset=UTF-8");
	size_t end = expr_at == SIZE_MAX ? SIZE_MAX : str_find_byte(h, ';', expr_at);

	if (n_at == SIZE_MAX || end == SIZE_MAX || !str_to_i64(str_sub(h, n_at + 9, 1), &n) || n < 1 || n > FORMS_MAX) {
		complain(j, file, 1, "the header needs Plural-Forms: nplurals=N; plural=EXPRESSION;");
		return;
	}
	struct str expr = str_dup(&j->a, str_trim(str_sub(h, expr_at + 7, end - expr_at - 7)));

	for (size_t i = 0; i < expr.n; i++)
		if (!strchr("0123456789n()?:&|!=<>% ", expr.p[i])) {
			complain(j, file, 1, "'%c' in the plural expression", expr.p[i]);
			return;
		}
	if (l->forms && (l->forms != (size_t)n || !str_eq(l->plural_expr, expr)))
		complain(j, file, 1, "Plural-Forms differs from the language's other catalogues");
	l->forms = (size_t)n;
	l->plural_expr = expr;
}

static void on_error(int severity, po_message_t m, const char *file, size_t line, size_t column, int multiline,
		     const char *text)
{
	(void)m;
	(void)column;
	(void)multiline;
	fprintf(stderr, "%s:%zu:1: %s: %s\n", file ? file : "catalogue", line == (size_t)-1 ? 1 : line,
		severity == PO_SEVERITY_WARNING ? "warning" : "error", text);
	if (severity != PO_SEVERITY_WARNING)
		exit(EXIT_FAILURE);
}

static void on_error2(int severity, po_message_t m1, const char *file1, size_t line1, size_t column1, int multiline1,
		      const char *text1, po_message_t m2, const char *file2, size_t line2, size_t column2,
		      int multiline2, const char *text2)
{
	(void)m2;
	(void)file2;
	(void)column2;
	(void)multiline2;
	fprintf(stderr, "%s:%zu:1: note: %s\n", file1 ? file1 : "catalogue", line2, text2);
	on_error(severity, m1, file1, line1, column1, multiline1, text1);
}

static void read_catalogue(struct job *j, size_t lang, const char *file)
{
	static const struct po_xerror_handler handler = { on_error, on_error2 };
	struct str source;

	if (tool_read(&j->a, file, &source) != RC_OK) {
		j->errors++;
		return;
	}
	po_file_t po = po_file_read(file, &handler);
	union {
		const char *in;
		char *out; /* declared const, but the caller's to free */
	} header = { .in = po ? po_file_domain_header(po, NULL) : NULL };

	if (!header.in) {
		complain(j, file, 1, "no header: msgid \"\" with charset and Plural-Forms");
		return;
	}
	read_header(j, header.in, lang, file);
	free(header.out);
	po_message_iterator_t it = po_message_iterator(po, NULL);
	po_message_t m;

	while ((m = po_next_message(it)))
		if (po_message_msgid(m)[0] && !po_message_is_obsolete(m))
			read_message(j, m, lang, file, source);
	po_message_iterator_free(it);
	po_file_free(po);
}

static bool same_args(const struct tool_names *x, const struct tool_names *y)
{
	if (x->n != y->n)
		return false;
	for (size_t i = 0; i < x->n; i++)
		if (!str_eq(x->v[i], y->v[i]))
			return false;
	return true;
}

static void check_message(struct job *j, const struct message *m)
{
	const struct text *first = NULL;

	for (size_t l = 0; l < LANGS && !first; l++)
		if (m->text[l].file)
			first = &m->text[l];
	for (size_t l = 0; l < LANGS && first; l++) {
		const struct text *t = &m->text[l];

		if (!t->file)
			complain(j, first->file, first->line, "%s is missing in %s", m->id.p, lang_codes[l]);
		else if (!same_args(&t->args, &first->args))
			complain(j, t->file, t->line, "%s has other placeholders than in %s:%zu", m->id.p, first->file,
				 first->line);
	}
}

static int by_id(const void *x, const void *y)
{
	const struct message *const *a = x, *const *b = y;

	return str_cmp((*a)->id, (*b)->id);
}

static void put_enum_name(struct out *o, struct str id)
{
	for (size_t i = 0; i < id.n; i++)
		out_char(o, id.p[i] == '.' ? '_' : (char)toupper((unsigned char)id.p[i]));
}

static enum rc write_header(struct job *j, const char *path)
{
	struct out o = { .arena = &j->a, .limit = (size_t)64 << 20 };

	OUT_LIT(&o, "/* Made by msgc; do not edit. */\n#ifndef GEN_MESSAGES_H\n#define GEN_MESSAGES_H\n\nenum msg {\n\tMSG_NONE,\n");
	for (size_t i = 0; i < j->all.n; i++) {
		OUT_LIT(&o, "\tMSG_");
		put_enum_name(&o, j->all.v[i]->id);
		OUT_LIT(&o, ",\n");
	}
	OUT_LIT(&o, "\tMSG_N\n};\n\n/* The arguments of each message, sorted: templates name theirs so, and a wrong one does not compile. */\nenum msg_args {\n");
	for (size_t i = 0; i < j->all.n; i++) {
		const struct message *m = j->all.v[i];

		OUT_LIT(&o, "\tMSGARGS_");
		put_enum_name(&o, m->id);
		OUT_LIT(&o, "_");
		for (size_t k = 0; k < m->text[0].args.n; k++)
			out_fmt(&o, "_%.*s", STR_FMT(m->text[0].args.v[k]));
		OUT_LIT(&o, " = 0,\n");
	}
	OUT_LIT(&o, "\tMSGARGS_NONE_ = 0\n};\n\n#endif\n");
	return o.failed ? RC_TOO_LARGE : tool_write(path, out_done(&o));
}

static void put_literal(struct out *o, struct str s)
{
	OUT_LIT(o, "S_INIT(\"");
	tool_c_text(o, s);
	OUT_LIT(o, "\"),\n");
}

static void write_lang(struct job *j, struct out *o, size_t lang)
{
	const char *code = lang_codes[lang];
	size_t first = 1;

	out_fmt(o, "\nstatic unsigned %s_plural(uint64_t n)\n{\n\t(void)n;\n\treturn (unsigned)(%.*s);\n}\n", code,
		STR_FMT(j->langs[lang].plural_expr));
	out_fmt(o, "\nstatic const struct str %s_forms[] = {\n\tS_INIT(\"\"),\n", code);
	for (size_t i = 0; i < j->all.n; i++)
		for (size_t f = 0; f < j->all.v[i]->text[lang].forms; f++) {
			out_fmt(o, "\t/* %.*s */ ", STR_FMT(j->all.v[i]->id));
			put_literal(o, j->all.v[i]->text[lang].form[f]);
		}
	out_fmt(o, "};\n\nstatic const uint32_t %s_first[] = {\n\t0,\n", code);
	for (size_t i = 0; i < j->all.n; i++) {
		out_fmt(o, "\t%zu,\n", first);
		first += j->all.v[i]->text[lang].forms;
	}
	out_fmt(o, "\t%zu,\n};\n", first);
}

static enum rc write_source(struct job *j, const char *path)
{
	struct out o = { .arena = &j->a, .limit = (size_t)64 << 20 };

	OUT_LIT(&o, "/* Made by msgc; do not edit. */\n#include \"gen/messages.h\"\n#include \"html/lang_table.h\"\n");
	for (size_t l = 0; l < LANGS; l++)
		write_lang(j, &o, l);
	OUT_LIT(&o, "\nconst struct lang lang_tables[LANG_N] = {\n");
	for (size_t l = 0; l < LANGS; l++)
		out_fmt(&o, "\t{ LANG_%c%c, S_INIT(\"%s\"), %s_forms, %s_first, %s_plural },\n", toupper(lang_codes[l][0]),
			toupper(lang_codes[l][1]), lang_codes[l], lang_codes[l], lang_codes[l], lang_codes[l]);
	OUT_LIT(&o, "};\n\nconst struct str msg_names[MSG_N] = {\n\tS_INIT(\"\"),\n");
	for (size_t i = 0; i < j->all.n; i++) {
		OUT_LIT(&o, "\t");
		put_literal(&o, j->all.v[i]->id);
	}
	OUT_LIT(&o, "};\n\nconst unsigned msg_count = MSG_N;\n");
	return o.failed ? RC_TOO_LARGE : tool_write(path, out_done(&o));
}

static enum rc read_all(struct job *j, const char *dir)
{
	for (size_t l = 0; l < LANGS; l++) {
		const char *sub = tool_path(&j->a, dir, str_of(lang_codes[l]));
		struct tool_names files;

		TRY(tool_list(&j->a, sub, ".po", &files));
		*VEC_ADD(&j->a, &j->deps) = str_of(sub);
		for (size_t i = 0; i < files.n; i++) {
			const char *file = tool_path(&j->a, sub, files.v[i]);

			*VEC_ADD(&j->a, &j->deps) = str_of(file);
			read_catalogue(j, l, file);
		}
	}
	for (size_t i = 0; i < j->all.n; i++)
		check_message(j, j->all.v[i]);
	return j->errors ? RC_INVALID : RC_OK;
}

static enum rc run(struct job *j, char **argv)
{
	j->by_id.arena = &j->a;
	TRY(read_all(j, argv[1]));
	if (j->all.n)
		qsort(j->all.v, j->all.n, sizeof(j->all.v[0]), by_id);
	TRY(write_header(j, argv[2]));
	TRY(write_source(j, argv[3]));
	return tool_depfile(&j->a, argv[4], argv[2], &(struct tool_names){ j->deps.v, j->deps.n });
}

int main(int argc, char **argv)
{
	if (argc != 5) {
		fputs("usage: msgc LOCALE_DIR OUT.h OUT.c DEPFILE\n", stderr);
		return EXIT_FAILURE;
	}
	struct job j = { 0 };
	enum rc rc = run(&j, argv);

	arena_end(&j.a);
	return rc == RC_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
