/*
 * file_sweep.h: takes away stored files that nothing refers to: those of drafts that became nothing, and what a killed process left half written.
 * Once a day, a folder at a time. A row is only ever written for a file that was stored or kept within FILE_AGE before, so what is younger stays.
 */
#ifndef FILE_FILE_SWEEP_H
#define FILE_FILE_SWEEP_H

#include "app/route.h"

#define FILE_AGE (8 * WHEN_DAY) /* longer than a draft lives */

/* Outside a transaction: one folder, "00" to "ff". Sees only what is committed, so a file goes after the commit that took its last row away. */
MUST_USE enum rc file_sweep_folder(struct ctx *c, struct str folder, struct str *ret);

extern const struct module file_module;

#endif
