/*
 * fuzz.h: the entry points of the fuzzers, one file a border: fuzz_NAME.c holds LLVMFuzzerTestOneInput and what must
 * hold beyond "no crash". With -Dfuzz=true they are libFuzzer programs; in every build replay.c runs them over
 * corpus/NAME and simple changes of it.
 */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stdio.h>
#include <stdlib.h>

#include "base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Aborts with the text that broke the promise. */
static inline void fuzz_must(bool holds, const char *what, struct str text)
{
	if (holds)
		return;
	fprintf(stderr, "%s:\n%.*s\n", what, STR_FMT(text));
	abort();
}

#endif
