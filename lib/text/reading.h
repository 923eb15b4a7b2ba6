/*
 * reading.h: the two ways to read a word for search and for the models. Inside lib/text and tools/train only.
 */
#ifndef TEXT_READING_H
#define TEXT_READING_H

#include "text/letters.h"
#include "text/snowball.h"

/* Folded stems: as Kazakh (either alphabet), and as Russian or English where its letters allow that. */
struct reading {
	struct letters kk, other;
	bool has_kk, has_other;
};

void reading_of(struct arena *a, struct str word, struct reading *ret);

#endif
