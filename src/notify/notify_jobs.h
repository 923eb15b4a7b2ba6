/* notify_jobs.h: the sending of one letter: outside the transaction to the mail server, inside it the result; and the end of its words. */
#ifndef NOTIFY_NOTIFY_JOBS_H
#define NOTIFY_NOTIFY_JOBS_H

#include "app/ctx.h"

MUST_USE enum rc mail_send_outside(struct ctx *c, struct str payload, struct str *ret);
MUST_USE enum rc mail_send_run(struct ctx *c, struct str payload);
/* Every minute: takes away the words of letters that have had their time, a batch at a time. */
MUST_USE enum rc mail_empty(struct ctx *c, struct str payload);

/* Finds whose letters were held before the hour of the setting digest-hour that passed last, and leaves a job for each. */
MUST_USE enum rc notify_digest_run(struct ctx *c, struct str payload);
/* All that is held for an account, in one letter. Letters change state in the same transaction: cut off and run again, it repeats nothing. */
MUST_USE enum rc notify_together_run(struct ctx *c, struct str payload);

#endif
