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

extern const struct module home_module;

#endif
