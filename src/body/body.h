/* body.h: organisations that owe answers, over the pack. */
#ifndef BODY_BODY_H
#define BODY_BODY_H

#include "standard/pack.h"

/* Its name in a language; the empty str for an unknown id. */
struct str body_name(const struct pack *p, int64_t id, enum lang_id lang);

#define COMPETENT_MAX 3
/*
 * Who answers for a topic in a place, best first, at most three: the kind of body that the topic names, in the place or the nearest place above it;
 * then others with the topic in their profile, the near before the far. Returns how many.
 */
size_t body_competent(const struct pack *p, const struct topic *t, const struct place *where, const struct body *ret[COMPETENT_MAX]);

#endif
