/* site.h: the home page, the directory of bodies and the pages that explain the site. */
#ifndef SITE_SITE_H
#define SITE_SITE_H

#include "app/layout/layout.h"
#include "app/route.h"
#include "appeal/appeal_view.h"
#include "body/body.h"
#include "keeping/keeping.h"
#include "meeting/meeting.h"
#include "notice/notice.h"
#include "plan/plan.h"
#include "reception/reception.h"

struct body_group {
	const struct body *head;   /* ministry, region's akimat */
	const struct body **under;
	size_t n;
};

#define SITE_SEARCH_N 4
extern const struct search_source site_search[SITE_SEARCH_N]; /* bodies, places, topics, pages of words */

/* Everything about a body in one place. */
struct body_page {
	const struct body *b;
	struct notice_line_list notices;
	struct meeting_line_list meetings;       /* ahead */
	struct reception_day_line_list receptions; /* ahead */
	struct measure_count_row_list plan;
	struct keep_body kept;                   /* in the half-year that runs */
	int64_t measures, measures_done;
};

extern const struct module home_module;

#endif
