/*
 * letters.h: who is told what, and the letters. The job notify.appeal (an event of the trail) becomes letters in the reader's language; what they
 * say is the trail's own sentence, so that site and letter cannot differ. Reminders of what is owed are notify/remind.h's, delivery is notify/notify.h's.
 */
#ifndef APPEAL_LETTERS_H
#define APPEAL_LETTERS_H

#include "app/route.h"

extern const struct module letters_module;

#endif
