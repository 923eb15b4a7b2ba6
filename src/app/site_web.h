/* site_web.h: what belongs to no feature: assets, choice of language, robots, security.txt. */
#ifndef APP_SITE_WEB_H
#define APP_SITE_WEB_H

#include "app/route.h"

extern const struct module site_module;

#endif
