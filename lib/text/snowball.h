/*
 * snowball.h: the Snowball stemmers behind text_stem(). Inside lib/text only.
 *
 * A stemmer of libstemmer holds state, so each call of ours has its own pair, made on first use.
 */
#ifndef TEXT_SNOWBALL_H
#define TEXT_SNOWBALL_H

#include "text/text.h"

struct sb_stemmer;

struct stemmers {
	struct sb_stemmer *ru, *en;
};

/* Stem of a lower-case word; lang is TEXT_RU or TEXT_EN. */
struct str snowball(struct arena *a, struct stemmers *stemmers, struct str lower, enum text_lang lang);
void stemmers_end(struct stemmers *s);

#endif
