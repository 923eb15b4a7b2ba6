/*
 * tmplc.h: the compiler of HTML templates, apart from files and arguments (tmplc.c), so that tests and fuzzers can
 * feed it any bytes. The language stands in docs/templates.md.
 *
 * It knows where in the markup it is (text, tag, attribute name, quoted attribute, address, script, style,
 * comment) and picks the emitter of html/html.h for the place, or refuses. It does not know C: an expression is
 * passed on, with a #line that leads the C compiler's errors back to the template.
 */
#ifndef TOOLS_TMPLC_H
#define TOOLS_TMPLC_H

#include "tool.h"

struct tmpl_source {
	struct str file;  /* for errors and #line */
	struct str slice; /* "appeal" */
	struct str name;  /* "show": the function is tmpl_appeal_show */
	struct str text;
};

struct tmpl {
	struct str signature;     /* void tmpl_appeal_show(struct out *o, const struct view *v, ...) */
	struct tool_names headers; /* "appeal/appeal.h" */
	struct str body;          /* C statements */
};

/* RC_INVALID with "file:line:column: what is wrong" in *ret_error; everything lives in a. */
MUST_USE enum rc tmpl_compile(struct arena *a, const struct tmpl_source *src, struct tmpl *ret, struct str *ret_error);

#endif
