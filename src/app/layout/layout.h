/*
 * layout.h: what the partials of the layout are drawn from. Plain view structs: they own nothing, live as long as the request,
 * and hold text that is translated already. docs/design.md shows each partial with the markup it makes.
 */
#ifndef APP_LAYOUT_LAYOUT_H
#define APP_LAYOUT_LAYOUT_H

#include "app/req.h"

/* What a colour means; every tone also has its words, so that nobody needs to see the colour. */
enum tone { TONE_PLAIN, TONE_INFO, TONE_GOOD, TONE_WAIT, TONE_BAD, TONE_N };
struct str tone_class(enum tone t);

struct option {
	struct str value, text, hint;
	struct str within; /* value of the wider select this one belongs to (district in region); empty: always shown */
	bool chosen;       /* on a fresh page; what the person typed wins */
};

/* One input, as form_view.c has worked it out from the field's row. */
struct field_view {
	struct str id, name, label, hint, error, value;
	struct str described;    /* ids for aria-describedby */
	struct str autocomplete, type, mode, width; /* attributes; width is a class: w2 w4 w10 w20 */
	struct str within;       /* id of the wider select */
	struct str day, month, year;
	struct str accept;       /* files: media types */
	const struct option *options;
	size_t n;
	int64_t max;
	bool optional, checked;
	bool secret;             /* scripts must not keep it in a draft */
};

struct error_line {
	struct str id, label, text; /* id empty: the form as a whole */
};

struct fact {
	struct str name, text;
	struct html more;       /* instead of or behind text */
	struct url change;      /* empty: none */
	struct str change_text; /* said to everybody as "change_text name" */
};

struct trail_item {
	struct str title, text, who;
	struct when at; /* not set: lies ahead */
	enum tone tone;
};

struct deadline {
	struct day due;
	int64_t left, total; /* working days; left < 0: late by so many */
	struct day done;     /* v 0: not done yet */
	bool stopped;        /* the clock stands still, somebody else has to do something */
};
enum tone deadline_tone(const struct deadline *d);
int64_t deadline_percent(const struct deadline *d); /* of the bar, 2 ... 100 */

/* Sections of the header, from one table in layout.c. */
struct nav_item {
	unsigned msg;     /* what page.nav says on the pages of this section */
	const char *path;
	unsigned who;     /* role bits */
	bool desk;        /* in the layout of staff */
};
size_t nav_items(const struct page *p, const struct nav_item **ret, size_t max);
struct url nav_url(const struct view *v, const struct nav_item *i);

/* Address of this very page for the language switch, the feed as an address. */
struct str page_here(const struct view *v, const struct page *p);
struct url page_feed(const struct view *v, const struct page *p);
bool page_signed_in(const struct page *p);
static inline bool url_empty(struct url u)
{
	return url_str(u).n == 0;
}

#endif
