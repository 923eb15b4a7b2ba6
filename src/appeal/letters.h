/*
 * letters.h: who is told what, and the letters. The jobs notify.appeal (an event of the trail) and notify.duty (a reminder) become letters in the
 * reader's language; what they say is the trail's own sentence, so that site and letter cannot differ. Delivery is src/notify's.
 */
#ifndef APPEAL_LETTERS_H
#define APPEAL_LETTERS_H

#include "app/route.h"

extern const struct module letters_module;

#endif
