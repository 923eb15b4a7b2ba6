/*
 * tool.h: what the build's own compilers share: whole files in, generated text out, plain errors.
 *
 * Everything lives in one arena of the process; a tool runs once and ends. Output files are touched only when their
 * bytes change, so that a build stops where nothing changed. Dependencies go into a Makefile-style file for Ninja.
 */
#ifndef TOOLS_TOOL_H
#define TOOLS_TOOL_H

#include "base/out.h"

struct tool_names {
	struct str *v;
	size_t n;
};

/* The whole file; says why on stderr and gives RC_NOT_FOUND when it cannot be read. */
MUST_USE enum rc tool_read(struct arena *a, const char *path, struct str *ret);
/* Writes only what differs from the file that is there. */
MUST_USE enum rc tool_write(const char *path, struct str text);
/* Names in dir that end in suffix, sorted by bytes; no dot files. An empty suffix lists everything. */
MUST_USE enum rc tool_list(struct arena *a, const char *dir, const char *suffix, struct tool_names *ret);
/* "target: dep dep ..." with blanks escaped. */
MUST_USE enum rc tool_depfile(struct arena *a, const char *path, const char *target, const struct tool_names *deps);
/* dir/name, NUL-terminated. */
const char *tool_path(struct arena *a, const char *dir, struct str name);
/* s as the inside of a C string literal: no trigraphs, no bytes above ASCII, no line breaks. */
void tool_c_text(struct out *o, struct str s);
bool tool_is_name(struct str s); /* [a-z][a-z0-9_]* */

#endif
