/* notify_jobs.h: the sending of one letter: outside the transaction to the mail server, inside it the result; and the end of its words. */
#ifndef NOTIFY_NOTIFY_JOBS_H
#define NOTIFY_NOTIFY_JOBS_H

#include "app/ctx.h"

MUST_USE enum rc mail_send_outside(struct ctx *c, struct str payload, struct str *ret);
MUST_USE enum rc mail_send_run(struct ctx *c, struct str payload);
/* Every minute: takes away the words of letters that have had their time, a batch at a time. */
MUST_USE enum rc mail_empty(struct ctx *c, struct str payload);

#endif
