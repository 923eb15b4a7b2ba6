/* petition_jobs.h: work of this slice that follows from something or comes round; the rows stand in petition_web.c. */
#ifndef PETITION_PETITION_JOBS_H
#define PETITION_PETITION_JOBS_H

#include "petition/petition_inner.h"

/* Every day: what the rows say wins over what was added up. */
MUST_USE enum rc petition_repair_look(struct ctx *c, struct str payload, struct str *ret);
MUST_USE enum rc petition_repair(struct ctx *c, struct str payload);
/* A letter to the author about an event. */
MUST_USE enum rc petition_letter(struct ctx *c, struct str payload);

#endif
