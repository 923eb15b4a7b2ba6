/* test_pack.h: a pack for tests, from the folder of the sources; fails the test when it does not load. SOURCE_ROOT comes from the build. */
#ifndef STANDARD_TEST_PACK_H
#define STANDARD_TEST_PACK_H

#include "standard/pack.h"

/* dir below the sources: "country/kz". The zone of the process becomes the pack's. */
const struct pack *test_pack(struct arena *a, const char *dir);
/* A whole file; fails the test when it cannot be read. */
struct str test_file(struct arena *a, const char *path);

#endif
