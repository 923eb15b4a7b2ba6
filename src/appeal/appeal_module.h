/* appeal_module.h: what the slice's module row takes: jobs of the record. Routes are added by its pages. */
#ifndef APPEAL_APPEAL_MODULE_H
#define APPEAL_APPEAL_MODULE_H

#include "app/route.h"

extern const struct job_kind appeal_jobs[]; /* appeal.silent, appeal.followup */
extern const size_t appeal_jobs_n;

#endif
