/*
 * search.h: one search over everything that is public. A slice puts a thing in when the public may see it and drops it when it may
 * not, in the transaction of that change; struct search_source in its module row puts in everything again (`jauap search rebuild`).
 *
 * The words are lib/text's own terms (Snowball for ru and en, our stemmer for kk, Cyrillic equals Latin), so FTS5 and tsvector are
 * dumb and give the same rows in the same order: a few of what the country pack holds (bodies, help), then records, the title before the text and
 * the newest first, then the rest of the pack. Nothing private ever enters: put only masked words.
 */
#ifndef SEARCH_SEARCH_H
#define SEARCH_SEARCH_H

#include "app/route.h"

struct search_item {
	const char *kind;      /* of a search_source */
	int64_t object;        /* of a record: its time-ordered id */
	struct str lang;       /* the thing stands there in each language and this is one; empty: it is as it is for everybody */
	int64_t region;        /* 0: none */
	struct url path;       /* of its page */
	struct str title, text;
	struct str also;       /* words that find it as its title does and are not shown: its names in other languages */
	bool pack;             /* comes from the country pack */
};
/* Puts in or replaces, in a write transaction. */
MUST_USE enum rc search_put(struct ctx *c, const struct search_item *i);
MUST_USE enum rc search_drop(struct ctx *c, const char *kind, int64_t object);

#define SEARCH_PAGE 20
#define SEARCH_Q_MAX 200 /* code points; more helps nobody */

struct search_ask {
	struct str q, lang; /* lang: of the reader */
	const char *kind;   /* NULL: all */
	int64_t region;     /* 0: all */
	struct str after;   /* cursor of the page before, empty: the first */
	size_t limit;       /* at most SEARCH_PAGE; 0: SEARCH_PAGE */
};

struct search_piece {
	struct str text;
	bool found; /* why it is here */
};
struct search_hit {
	struct str kind, path;
	int64_t object, region;
	struct search_piece *title, *text; /* text: a part of it, round the words found */
	size_t n_title, n_text;
	bool cut; /* the part does not begin at the beginning */
};
struct search_found {
	struct search_hit v[SEARCH_PAGE];
	size_t n;
	struct str older; /* cursor, empty: no more */
	bool any;         /* no page has all the words; these have some */
	bool empty;       /* q holds no word to look for */
};
MUST_USE enum rc search_find(struct ctx *c, const struct search_ask *a, struct search_found *ret);

/* Puts in everything of all sources again, in batches; how many documents there are then. */
MUST_USE enum rc search_rebuild(struct app *app, int64_t *ret_n);

extern const struct module search_module;

#endif
