/*
 * remind.h: reminders of what is owed, whatever it is about. The job notify.duty (payload "DUTY STAGE", made by standard/duty.c in working hours only) becomes
 * letters in the reader's language: to the official it lies with, or to the role that a duty of this kind falls to; late ones also to the head, and after
 * days to the controller. What a person owes is told to the person. A letter is sent once for each stage of each due time.
 */
#ifndef NOTIFY_REMIND_H
#define NOTIFY_REMIND_H

#include "app/route.h"

extern const struct module remind_module;

#endif
