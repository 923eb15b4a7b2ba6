/*
 * snowball.h: the Snowball stemmers behind text_stem(). Inside lib/text only.
 */
#ifndef TEXT_SNOWBALL_H
#define TEXT_SNOWBALL_H

#include "text/text.h"

/* Stem of a lower-case word; lang is TEXT_RU or TEXT_EN. */
struct str snowball(struct arena *a, struct str lower, enum text_lang lang);

#endif
