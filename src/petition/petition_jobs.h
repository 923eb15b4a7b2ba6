/* petition_jobs.h: work of this slice that follows from something or comes round; the rows stand in petition_web.c. */
#ifndef PETITION_PETITION_JOBS_H
#define PETITION_PETITION_JOBS_H

#include "petition/petition_inner.h"

/* Every day a pass over all petitions: what the rows say wins over what was added up. Then a batch a job. */
MUST_USE enum rc petition_repair_begin(struct ctx *c, struct str payload);
MUST_USE enum rc petition_repair_look(struct ctx *c, struct str payload, struct str *ret);
MUST_USE enum rc petition_repair(struct ctx *c, struct str payload);
/* How long the oldest signature has waited to be counted; every minute an error in the log while that is too long. */
MUST_USE enum rc petition_lag_sec(struct ctx *c, int64_t *ret);
MUST_USE enum rc petition_lag_watch(struct ctx *c, struct str payload);
extern const struct lag petition_lag[1];
/* Taking many out: count outside of the writer, keep the number, a batch of 100. */
MUST_USE enum rc petition_invalidation_count(struct ctx *c, struct petition_invalidation_id id, int64_t *ret);
MUST_USE enum rc petition_invalidation_look(struct ctx *c, struct str payload, struct str *ret);
MUST_USE enum rc petition_invalidation_found(struct ctx *c, struct str payload);
MUST_USE enum rc petition_invalidation_step(struct ctx *c, struct str payload);
/* Letters to signers: a second's share of all that run; a batch of one. */
MUST_USE enum rc petition_mailing_run(struct ctx *c, struct str payload);
MUST_USE enum rc petition_mailing_batch(struct ctx *c, const struct mailing_row *m, int64_t limit);
/* Every day: petitions whose term is over; then batches of each. */
MUST_USE enum rc petition_anonymise(struct ctx *c, struct str payload);
MUST_USE enum rc petition_forget(struct ctx *c, struct str payload);
/* A letter to the author about an event. */
MUST_USE enum rc petition_letter(struct ctx *c, struct str payload);

#endif
