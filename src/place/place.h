/* place.h: regions and districts, over the pack. */
#ifndef PLACE_PLACE_H
#define PLACE_PLACE_H

#include "standard/pack.h"

const struct place *place_region(const struct place *p); /* the region that a place lies in; itself for a region */
struct str place_name(const struct pack *p, int64_t id, enum lang_id lang);
/* "Abai Region, Semey": the region first, in a language. */
struct str place_full_name(struct arena *a, const struct pack *p, int64_t id, enum lang_id lang);
/* Is the place itself or inside the other? */
bool place_within(const struct place *p, int64_t above);

#endif
