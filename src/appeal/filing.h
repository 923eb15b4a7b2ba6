/* filing.h: the three pages on which a person writes an appeal. Inside of the appeal's pages. */
#ifndef APPEAL_FILING_H
#define APPEAL_FILING_H

#include "app/layout/layout.h"
#include "appeal/appeal_do.h"
#include "file/file.h"
#include "gen/filing_sql.h"
#include "place/shape.h"
#include "standard/danger.h"
#include "standard/pack.h"
#include "text/suggest.h"

struct what_form { /* page 1: what happened */
	struct str text, kind;
	bool danger;
	struct file_list files;
	int64_t notice; /* asked under this one; 0: none */
};
struct where_form { /* page 2: where, and what it is about */
	struct str topic, topic_other, place, address;
	int64_t region, district;
};
struct who_form { /* page 3: who answers, who asks */
	int64_t body;
	struct str name, iin, email, phone, post_address, on_behalf_of;
	bool entity, collective, anonymous, agreed_public;
	int64_t people;
};

#define FILES_PER_APPEAL 6

/* What a draft says of its files. */
struct draft_files {
	struct stored_file v[FILES_PER_APPEAL];
	size_t n;
};
struct draft_files filing_files(struct str text);
struct str filing_files_text(struct arena *a, const struct draft_files *f);

/* Options of the pages; the suggested ones apart, best first. */
struct filing_choices {
	struct option *topics, *regions, *districts, *bodies;
	struct option near_topics[SUGGEST_N], near_places[SUGGEST_N];
	size_t n_topics, n_regions, n_districts, n_bodies, n_near_topics, n_near_places;
	bool other_topic, other_place; /* what is chosen is none of the suggested */
};

#define POINT_SMALL 288 /* pixels: fits the narrowest phone */
#define POINT_LARGE 640

/* The page of the point on the map. */
struct filing_point {
	struct str token, place_name;
	struct str lies_in; /* the point is in another place than the draft; empty: no */
	int64_t place;
	bool photo, set;
	struct map_view map;
};

/*
 * Danger to people cannot wait for days. It is there when the person says so or the words tell of it, whichever door they come by: whom to call is told at
 * once, the record is registered without waiting for office hours and the body's registrars get a letter. Pure.
 */
#define DANGER_PHONES_MAX 6
struct filing_danger {
	bool now;
	const struct danger_phone *phones[DANGER_PHONES_MAX]; /* none without danger */
	size_t n;
};
struct filing_danger filing_danger_of(const struct ctx *c, struct str text, bool said);

/* The draft of this address; the message says it when it is gone. */
MUST_USE enum rc filing_open_draft(struct req *rq, struct draft_row *ret);
struct url filing_draft_url(const struct req *rq, const char *page, struct str token);

/* Three topics and three places that the text speaks of, best first; returns how many. */
size_t filing_suggest_topics(const struct ctx *c, struct str text, const struct topic *ret[SUGGEST_N]);
size_t filing_suggest_places(const struct req *rq, struct str text, const struct place *ret[SUGGEST_N]);
/* In lane SLOW: checks and stores what was sent under the field `files`; what was stored before a bad one stays in *ret. */
MUST_USE enum rc filing_store(struct req *rq, const struct file_list *sent, struct draft_files *ret);
MUST_USE enum rc filing_attach(struct ctx *c, struct appeal_case *k, const struct draft_files *files);

/* "kk", "ru" or "en": the language the text is written in; the interface's when it cannot be told. */
struct str filing_lang(const struct req *rq, struct str text);

extern const struct module filing_module;
extern const struct module filing_where_module; /* where_web.c: page 2 and the point on the map */
extern const struct module counter_module; /* counter_web.c: officials write down for a person */

#endif
