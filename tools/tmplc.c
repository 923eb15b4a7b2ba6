/*
 * tmplc SLICE DIR OUT.h OUT.c DEPFILE: all templates of a folder as C. DIR/NAME.html becomes
 * void tmpl_SLICE_NAME(struct out *o, const struct view *v, ...), declared in OUT.h.
 */
#include "tmplc.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/vec.h"

struct job {
	struct arena a;
	const char *slice, *dir, *header, *source, *depfile;
	struct tool_names files;
	struct tmpl *made; /* one a file */
};

static enum rc compile_one(struct job *j, size_t i)
{
	struct str file = j->files.v[i];
	struct tmpl_source src = { .slice = str_of(j->slice), .name = str_sub(file, 0, file.n - 5) };
	struct str error = { 0 };

	src.file = str_of(tool_path(&j->a, j->dir, file));
	if (!tool_is_name(src.name)) {
		fprintf(stderr, "%s:1:1: error: a template is called [a-z][a-z0-9_]*.html\n", src.file.p);
		return RC_INVALID;
	}
	TRY(tool_read(&j->a, src.file.p, &src.text));
	enum rc rc = tmpl_compile(&j->a, &src, &j->made[i], &error);

	if (rc != RC_OK)
		fprintf(stderr, "%.*s\n", STR_FMT(error));
	return rc;
}

static void write_headers(struct job *j, struct out *o)
{
	VEC(struct str) seen = { 0 };

	OUT_LIT(o, "#include \"html/html.h\"\n#include \"html/asset.h\"\n#include \"html/msg.h\"\n#include \"gen/messages.h\"\n");
	for (size_t i = 0; i < j->files.n; i++)
		for (size_t k = 0; k < j->made[i].headers.n; k++) {
			struct str h = j->made[i].headers.v[k];
			size_t s = 0;

			while (s < seen.n && !str_eq(seen.v[s], h))
				s++;
			if (s < seen.n)
				continue;
			*VEC_ADD(&j->a, &seen) = h;
			out_fmt(o, "#include \"%.*s\"\n", STR_FMT(h));
		}
}

static enum rc write_out(struct job *j)
{
	struct out h = { .arena = &j->a, .limit = (size_t)64 << 20 };
	struct out c = h;

	out_fmt(&h, "/* Made by tmplc; do not edit. */\n#ifndef GEN_%s_TMPL_H\n#define GEN_%s_TMPL_H\n\n", j->slice,
		j->slice);
	write_headers(j, &h);
	out_fmt(&c, "/* Made by tmplc; do not edit. */\n#include \"gen/%s_tmpl.h\"\n", j->slice);
	for (size_t i = 0; i < j->files.n; i++) {
		const struct tmpl *t = &j->made[i];

		out_fmt(&h, "%s%.*s;\n", i ? "" : "\n", STR_FMT(t->signature));
		out_fmt(&c, "\n%.*s\n{\n\t(void)o;\n\t(void)v;\n", STR_FMT(t->signature));
		out_str(&c, t->body);
		OUT_LIT(&c, "}\n");
	}
	OUT_LIT(&h, "\n#endif\n");
	if (h.failed || c.failed)
		return RC_TOO_LARGE;
	TRY(tool_write(j->header, out_done(&h)));
	return tool_write(j->source, out_done(&c));
}

static enum rc run(struct job *j)
{
	VEC(struct str) deps = { 0 };
	enum rc rc = RC_OK;

	if (!tool_is_name(str_of(j->slice)))
		return RC_INVALID;
	TRY(tool_list(&j->a, j->dir, ".html", &j->files));
	j->made = ARENA_ARRAY(&j->a, j->files.n + 1, struct tmpl);
	*VEC_ADD(&j->a, &deps) = str_of(j->dir); /* a template that comes or goes changes the folder */
	for (size_t i = 0; i < j->files.n; i++) {
		*VEC_ADD(&j->a, &deps) = str_of(tool_path(&j->a, j->dir, j->files.v[i]));
		if (compile_one(j, i) != RC_OK)
			rc = RC_INVALID; /* the other files' errors are of interest too */
	}
	TRY(rc);
	TRY(write_out(j));
	return tool_depfile(&j->a, j->depfile, j->header, &(struct tool_names){ deps.v, deps.n });
}

int main(int argc, char **argv)
{
	if (argc != 6) {
		fputs("usage: tmplc SLICE DIR OUT.h OUT.c DEPFILE\n", stderr);
		return EXIT_FAILURE;
	}
	struct job j = { .slice = argv[1], .dir = argv[2], .header = argv[3], .source = argv[4], .depfile = argv[5] };
	enum rc rc = run(&j);

	arena_end(&j.a);
	return rc == RC_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
