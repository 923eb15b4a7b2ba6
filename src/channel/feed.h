/*
 * feed.h: lists for other programs: CSV (RFC 4180, UTF-8 with its mark so that spreadsheets read it right, no cell that a spreadsheet would
 * take for a formula), ATOM (RFC 4287) and iCalendar (RFC 5545). Writers over struct out; sticky like it.
 */
#ifndef CHANNEL_FEED_H
#define CHANNEL_FEED_H

#include "base/out.h"
#include "base/when.h"

/* The UTF-8 mark and the row of column names. */
void csv_begin(struct out *o, const char *const *columns, size_t n);
void csv_cell(struct out *o, bool first, struct str s);
void csv_cell_int(struct out *o, bool first, int64_t v);
void csv_end_row(struct out *o);

struct atom_feed {
	struct str id;     /* absolute address of the feed: stable for ever */
	struct str title, lang, page; /* page: absolute address of the page it mirrors */
	struct str next;   /* absolute address of the next part, empty: none (RFC 5005) */
	struct when updated;
};
struct atom_entry {
	struct str id, title, link, summary, author;
	struct when updated, published;
};
void atom_begin(struct out *o, const struct atom_feed *f);
void atom_add(struct out *o, const struct atom_entry *e);
void atom_end(struct out *o);
struct ical_event {
	struct str uid;           /* stable for ever */
	struct str title, text, where, link; /* link: absolute, may be empty */
	struct when starts, ends; /* starts not set: the whole day `day` */
	struct day day;
	struct when made;         /* DTSTAMP */
	int64_t version;          /* SEQUENCE: rises when the event moves */
	bool cancelled, shows_free;
	int64_t remind_min;       /* minutes before; 0: no alarm */
};
void ical_begin(struct out *o, struct str name); /* name of the calendar, may be empty */
void ical_add(struct out *o, const struct ical_event *e);
void ical_end(struct out *o);
/* Text into XML: & < > " and no control characters. */
void xml_text(struct out *o, struct str s);

#endif
