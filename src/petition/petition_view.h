/* petition_view.h: what the pages of petitions are drawn from. Inside of the slice. */
#ifndef PETITION_PETITION_VIEW_H
#define PETITION_PETITION_VIEW_H

#include "app/layout/layout.h"
#include "petition/petition_pace.h"
#include "plan/plan.h"
#include "standard/pack.h"
#include "standard/petition_rules.h"

#define PETITION_COPIES 10

struct petition_page {
	struct petition_row p;
	enum petition_state state;
	struct str body, title, author;
	struct trail_item *trail;
	size_t n_trail;
	struct petition_count_row_list regions;
	struct petition_pace pace; /* the last three days by hour */
	struct signature_shown_row_list shown;
	struct petition_row original;
	struct petition_copy_row_list copies; /* refused because this one was there before */
	struct petition_delay delay;
	struct measure_row_list measures; /* what the body has promised after its decision */
	struct str appeal;      /* number of the appeal that it became */
	bool appeal_public;     /* a moderator has cleared it: then it has a page for everybody */
	struct when review_due;
	int64_t left;           /* signatures still needed */
	int64_t supporters;     /* how many it takes to be public */
	bool text_hidden;       /* for this reader */
	bool signed_by_me, is_author, moderator, of_body, can_sign;
	struct str link;        /* of the supporters' address this page was reached by; the author always has it */
	const struct pack *pack;
};
/* A petition that this visitor may see; RC_NOT_FOUND else. */
MUST_USE enum rc petition_page_make(struct req *rq, const struct petition_row *p, struct petition_page *ret);
MUST_USE enum rc petition_page_load(struct req *rq, struct petition_page *ret); /* by the first part of the path */
struct url petition_url(struct req *rq, struct petition_id id);
/* "Text hidden" where a ground hides it. */
struct str petition_title_shown(const struct lang *l, bool hidden, struct str title);
struct url petition_list_url(struct arena *a, struct str state, struct str q, int64_t page);
/* What one chooses from: regions, districts within them. */
struct petition_places {
	struct option *regions, *districts;
	size_t n_regions, n_districts;
};
struct petition_places petition_places(struct req *rq);
/* The points of the list of what a petition may not be about, as they hold today. */
size_t petition_points(const struct req *rq, struct option **ret);

/* petition_list.c: one page of what was looked for. */
struct petition_search {
	struct str state, q;
	int64_t page, pages, total; /* from 1 */
	struct petition_line_list l;
};
MUST_USE enum rc petition_search(struct req *rq, int64_t per_page, struct petition_search *ret);
MUST_USE enum rc petition_list_get(struct req *rq);

/* petition_chart.c */
void petition_hours(struct out *o, const struct view *v, const struct petition_pace *p);

/* petition_feed.c: "/petitions/ID.json" */
enum rc petition_json(struct req *rq);
extern const struct module petition_feed_module;

#endif
