/*
 * html.h: the only place where markup is made.
 *
 * struct html holds markup that is proven: made by a template, by markdown.c or by this file. struct url
 * holds an address that is ours: made by the builders below, scheme checked. A template's {{ x }} takes
 * a str (escaped), html (as it is), int, int64_t, size_t, struct day, struct when; no char *, no default, so forgetting to
 * escape does not compile. Forging ((struct html){ s }, .markup_, .href_) is confined to lib/html by tools/lint.
 */
#ifndef HTML_HTML_H
#define HTML_HTML_H

#include "base/out.h"
#include "base/when.h"

struct lang; /* html/msg.h */

struct html {
	struct str markup_;
};

struct url {
	struct str href_;
};

/* What the forms of one rendering of a page share; html_form_token() fills it with the first of them. */
struct view_forms {
	bool used;      /* the page holds a form, so its visitor needs a token cookie */
	struct str key; /* idempotency key; made by chance when it is empty */
};

/* What every template is handed beside its own parameters; lives as long as the request. */
struct view {
	struct arena *arena;
	const struct lang *lang; /* language of the interface */
	struct when now;
	struct str csrf;     /* token of the session; every <form method="post"> gets it from tmplc */
	struct view_forms *forms;
	const void *page;    /* struct page of src/app/page.h, for the layout and its partials */
};

/* In text and in quoted attributes: & < > " ' escaped. */
void html_text(struct out *o, const struct view *v, struct str s);
void html_raw(struct out *o, const struct view *v, struct html h);
void html_int(struct out *o, const struct view *v, int64_t n);  /* 1 234 567, grouped the language's way */
void html_day(struct out *o, const struct view *v, struct day d);   /* 24 ноября 2026 г. */
void html_when(struct out *o, const struct view *v, struct when w); /* with hours and minutes */
static inline void html_int32(struct out *o, const struct view *v, int n)
{
	html_int(o, v, n);
}

static inline void html_size(struct out *o, const struct view *v, size_t n)
{
	html_int(o, v, (int64_t)n);
}

#define EMIT(o, v, x)                                                                              \
	_Generic((x),                                                                              \
		struct str: html_text,                                                             \
		struct html: html_raw,                                                             \
		int64_t: html_int,                                                                 \
		size_t: html_size,                                                                 \
		int: html_int32,                                                                   \
		struct day: html_day,                                                              \
		struct when: html_when)((o), (v), (x))

/* In attributes numbers stand bare and dates in ISO form (value="", datetime="", data-*). */
void html_attr_int(struct out *o, const struct view *v, int64_t n);
void html_attr_day(struct out *o, const struct view *v, struct day d);
void html_attr_when(struct out *o, const struct view *v, struct when w);
static inline void html_attr_int32(struct out *o, const struct view *v, int n)
{
	html_attr_int(o, v, n);
}
static inline void html_attr_size(struct out *o, const struct view *v, size_t n)
{
	html_attr_int(o, v, (int64_t)n);
}
#define EMIT_ATTR(o, v, x)                                                                         \
	_Generic((x),                                                                              \
		struct str: html_text,                                                             \
		int64_t: html_attr_int,                                                            \
		size_t: html_attr_size,                                                            \
		int: html_attr_int32,                                                              \
		struct day: html_attr_day,                                                         \
		struct when: html_attr_when)((o), (v), (x))

/* A whole href/src/action: only a struct url compiles. */
void html_href(struct out *o, const struct view *v, struct url u);
/* A part of an address behind a literal start ("/appeals/{{ n }}"): percent-encoded. */
void html_url_str(struct out *o, const struct view *v, struct str s);
void html_url_int(struct out *o, const struct view *v, int64_t n);
static inline void html_url_int32(struct out *o, const struct view *v, int n)
{
	html_url_int(o, v, n);
}
static inline void html_url_size(struct out *o, const struct view *v, size_t n)
{
	html_url_int(o, v, (int64_t)n);
}
#define EMIT_URL_PART(o, v, x)                                                                     \
	_Generic((x),                                                                              \
		struct str: html_url_str,                                                          \
		int64_t: html_url_int,                                                             \
		size_t: html_url_size,                                                             \
		int: html_url_int32)((o), (v), (x))

/* tmplc calls this behind every <form method="post" ...>: hidden fields "_csrf" and "_key" (idempotency). */
void html_form_token(struct out *o, const struct view *v);

/* The text of a template or of out so far as proven markup. */
struct html html_of(const struct out *o); /* o was written by templates only */
/* Plain text of a person: paragraphs, line breaks, http(s) addresses as links with rel="nofollow ugc". */
struct html html_from_plain(struct arena *a, struct str text);
/* CommonMark of an editor, without raw HTML and with safe links only. */
struct html html_from_markdown(struct arena *a, struct str text);
struct html html_mark(struct arena *a, struct str text, struct str needle); /* <mark> round the finds */

/* Addresses. fmt holds "{}" for each argument, percent-encoded: url_path(a, "/appeals/{}", 1, &number). */
struct url url_lit_(struct str literal);
#define URL(literal) url_lit_(S(literal))
struct url url_path(struct arena *a, const char *fmt, size_t n, const struct str *args);
struct url url_with(struct arena *a, struct url base, struct str name, struct str value); /* adds a query item */
/* From outside: http, https, mailto, tel, or a path that starts with one '/'; false otherwise. */
MUST_USE bool url_checked(struct arena *a, struct str s, struct url *ret);
struct str url_str(struct url u); /* for headers, mail and JSON */

#endif
