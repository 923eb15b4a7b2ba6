/* appeal_words.h: a row of the trail as a sentence, the same on the site, in letters and in feeds. */
#ifndef APPEAL_APPEAL_WORDS_H
#define APPEAL_APPEAL_WORDS_H

#include "appeal/appeal.h"
#include "html/msg.h"
#include "standard/pack.h"

struct trail_words {
	struct str sentence;
	struct str why; /* the reason where the sentence has no place for it; may be empty */
};
/* stranger: the reader is neither the applicant nor a body, so what looks like personal data in an official's or a person's own words is masked. */
struct trail_words appeal_trail_words(struct arena *a, const struct lang *l, const struct pack *p, const struct event_row *e, bool stranger);

#endif
