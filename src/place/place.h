/* place.h: regions and districts, over the pack. */
#ifndef PLACE_PLACE_H
#define PLACE_PLACE_H

#include "standard/pack.h"

const struct place *place_region(const struct place *p); /* the region that a place lies in; itself for a region */
struct str place_name(const struct pack *p, int64_t id, enum lang_id lang);
/* "Abai Region, Semey": the region first, in a language. */
struct str place_full_name(struct arena *a, const struct pack *p, int64_t id, enum lang_id lang);
/*
 * The place that is written so: its name in any language, with or without "district" or "city", or the region, a comma and the name. One within the
 * region of `near` goes before others of the same name; 0: there is none, or several.
 */
int64_t place_named(struct arena *a, const struct pack *p, struct str words, int64_t near);
/* Is the place itself or inside the other? */
bool place_within(const struct place *p, int64_t above);

#endif
