/* test_phone.h: for tests only: the numbering plan of country/kz, so that lib/text can be tested without a pack. */
#ifndef TEXT_TEST_PHONE_H
#define TEXT_TEST_PHONE_H

#include "text/phone.h"

static const char *const test_prefixes[] = { "70", "747", "77", "71", "72", NULL };
static const char *const test_mobile[] = { "70", "747", "77", NULL };
static const struct phone_plan test_plan = { "7", "8", 10, test_prefixes, test_mobile };

#endif
