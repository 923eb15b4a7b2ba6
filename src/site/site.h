/* site.h: the home page, the directory of bodies and the pages that explain the site. */
#ifndef SITE_SITE_H
#define SITE_SITE_H

#include "app/layout/layout.h"
#include "app/route.h"
#include "appeal/appeal_view.h"
#include "body/body.h"

struct body_group {
	const struct body *head;   /* ministry, region's akimat */
	const struct body **under;
	size_t n;
};

#define SITE_SEARCH_N 4
extern const struct search_source site_search[SITE_SEARCH_N]; /* bodies, places, topics, pages of words */

extern const struct module home_module;

#endif
