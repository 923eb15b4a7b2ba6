/*
 * jobs.h: work that follows from a change, written in the transaction of the change. Claimed, tried again with growing pauses, visible.
 */
#ifndef APP_JOBS_H
#define APP_JOBS_H

#include "app/app.h"

struct job_runner;

/* Inside a write transaction. due 0: at once. dedup empty: always a new job; otherwise nothing happens while one of that name waits. */
MUST_USE enum rc job_add(struct ctx *c, const char *kind, struct str payload, struct str dedup, struct when due);

/* A thread that looks for due jobs, and one for those with every_ms; job kinds come from all modules. */
MUST_USE enum rc jobs_start(struct app *app, struct job_runner **ret);
void jobs_stop(struct job_runner *r); /* the job under way finishes */
/* Runs what is due now, on the calling thread, until nothing is; for tests and commands. Returns how many ran. */
size_t jobs_drain(struct app *app, struct when now);

#endif
