/* appeal_module.h: what the slice's module row takes: jobs of the record. Routes are added by its pages. */
#ifndef APPEAL_APPEAL_MODULE_H
#define APPEAL_APPEAL_MODULE_H

#include "app/route.h"

extern const struct module record_module; /* jobs appeal.silent, appeal.followup */

#endif
