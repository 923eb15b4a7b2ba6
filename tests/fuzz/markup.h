/*
 * markup.h: does markup hold only what lib/html may make of people's text? For the fuzzers' promises.
 */
#ifndef TESTS_FUZZ_MARKUP_H
#define TESTS_FUZZ_MARKUP_H

#include "base/str.h"

/* Only known tags, balanced by name count, with known attributes in double quotes and harmless addresses. */
bool markup_is_tame(struct str s);
/* Replaces the entities that we write by their characters; *ret_ok is false at a bare & or any of <>"'. */
struct str markup_unescape(struct arena *a, struct str s, bool *ret_ok);

#endif
