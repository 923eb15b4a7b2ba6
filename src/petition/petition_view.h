/* petition_view.h: what the pages of petitions are drawn from. Inside of the slice. */
#ifndef PETITION_PETITION_VIEW_H
#define PETITION_PETITION_VIEW_H

#include "app/layout/layout.h"
#include "petition/petition.h"
#include "standard/pack.h"
#include "standard/petition_rules.h"

#define PETITION_HOURS 72

struct petition_page {
	struct petition_row p;
	enum petition_state state;
	struct str body;
	struct trail_item *trail;
	size_t n_trail;
	struct petition_count_row_list regions;
	int64_t hours[PETITION_HOURS], hours_max, hours_median; /* oldest first */
	struct signature_shown_row_list shown;
	struct petition_row original;
	struct str appeal;      /* number of the appeal that it became */
	bool appeal_public;     /* a moderator has cleared it: then it has a page for everybody */
	struct when review_due;
	int64_t percent, left;  /* of the threshold; signatures still needed */
	bool signed_by_me, author, moderator, of_body, can_sign;
	struct str link;        /* of the supporters' address this page was reached by */
	const struct pack *pack;
};
/* A petition that this visitor may see; RC_NOT_FOUND else. */
MUST_USE enum rc petition_page_make(struct req *rq, const struct petition_row *p, struct petition_page *ret);
void petition_hours(struct out *o, const struct view *v, const struct petition_page *p);

/* petition_feed.c: "/petitions/ID.json" */
enum rc petition_json(struct req *rq);
extern const struct module petition_feed_module;

#endif
