/*
 * lint.h: the rules of ARCHITECTURE.md and CONTRIBUTING.md that a program can hold. Each finding is "file:line: rule: words".
 *
 * A file is read once into lines, with comments taken out and the insides of literals blanked, so that a rule never trips over words in a text.
 */
#ifndef TOOLS_LINT_H
#define TOOLS_LINT_H

#include "base/map.h"

struct lint_line {
	struct str code;     /* comments and the insides of literals are blanks */
	struct str raw;
	bool line_comment;   /* holds a // comment */
	int depth;           /* braces open at its beginning */
};

struct lint_file {
	struct str path; /* from the root: "src/desk/desk_web.c" */
	struct lint_line *lines;
	size_t n;
	bool test; /* tests may do what the program may not */
};

struct lint {
	struct arena *arena;
	const char *root;
	size_t found;
	struct str builds; /* all meson.build files, one behind the other */
	struct map used;   /* every word of the code, of templates and scripts; MSG_LABEL_VALUE of choices */
};

void lint_say(struct lint *l, struct str path, size_t line, const char *rule, const char *fmt, ...) FORMAT(5, 6);

/* lint_read.c */
MUST_USE enum rc lint_read(struct lint *l, struct str path, struct lint_file *ret);

/* lint_layers.c: the table "May use" */
void lint_layers(struct lint *l, const struct lint_file *f);

/* lint_rules.c: everything else about one file */
void lint_rules(struct lint *l, const struct lint_file *f);

/* lint_used.c: words, statements and classes that nothing uses. First all is gathered, then looked at; both pass over other files. */
MUST_USE enum rc lint_used_gather(struct lint *l, struct str path);
MUST_USE enum rc lint_used(struct lint *l, struct str path);

#endif
