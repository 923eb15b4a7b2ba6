/*
 * tmplc_parser.h: the inside of the template compiler, shared by its two halves: tmplc_markup.c follows the markup
 * byte by byte, tmplc_lang.c reads {{ }}, {% %} and {# #} and writes C. Nothing else includes this.
 */
#ifndef TOOLS_TMPLC_PARSER_H
#define TOOLS_TMPLC_PARSER_H

#include "base/vec.h"
#include "tmplc.h"

enum place {
	IN_TEXT,
	IN_RAW, /* inside script or style */
	IN_TAG_NAME,
	IN_TAG, /* between attributes */
	IN_ATTR_NAME,
	IN_BEFORE_VALUE, /* behind the = */
	IN_VALUE,
	IN_COMMENT,
	IN_DECLARATION, /* <!doctype html> */
};

enum attr_kind {
	ATTR_PLAIN,
	ATTR_URL,
	ATTR_REFUSED, /* may not be interpolated */
	ATTR_FIXED,   /* may hold neither interpolation nor directives: tmplc itself reads the value */
};

/* How far the address in an ATTR_URL value has got. */
enum address {
	ADDRESS_START,
	ADDRESS_LITERAL, /* begun, but scheme and host are not settled yet */
	ADDRESS_OPEN,    /* settled by literal text: parts may follow */
	ADDRESS_WHOLE,   /* came from a struct url */
};

/* Everything that two branches of an {% if %} must agree on. */
struct context {
	enum place place;
	char quote; /* of the value: " or ' or 0 for none */
	enum attr_kind kind;
	enum address address;
	struct str tag;  /* lower-case name of the tag we are in */
	bool closing;    /* </tag */
	bool post;       /* a form with method="post" */
	struct str until; /* element whose end alone counts: textarea, title, script, style */
	bool pre;
	/* Not compared: */
	bool gap;        /* white space stands before us in the tag */
	bool line_start; /* the last thing written is a line break */
};

struct block {
	enum { BLOCK_IF, BLOCK_FOR } kind;
	size_t at; /* of its directive, for errors */
	struct context start, end;
	bool has_end;  /* a branch has ended: the others must end as it did */
	bool has_else;
};

struct parser {
	struct arena *a;
	const struct tmpl_source *src;
	struct str text;
	size_t at;
	struct context cx;
	size_t name_at, value_at, tag_at;
	size_t equiv_at, content_at; /* last http-equiv and last interpolated content: of this tag when above tag_at */
	struct str attr;
	struct out literal; /* not written yet */
	struct out body, params;
	VEC(struct str) headers;
	VEC(struct block) blocks;
	struct str error;
};

#define BLOCKS_MAX 64

/* Notes the first error at an offset; always RC_INVALID. */
enum rc parser_fail(struct parser *p, size_t at, const char *fmt, ...) FORMAT(3, 4);
/* One byte (or one run) of markup at p->at; moves on. */
enum rc markup_step(struct parser *p);
/* A directive or comment begins at p->at: names that were under way are complete. */
enum rc markup_pause(struct parser *p);
/* NULL, or how the two places differ, in words. */
const char *markup_differs(const struct context *x, const struct context *y);
const char *markup_place_name(const struct context *cx);

#endif
