/* Any bytes as pack.yaml of a country: the pack loads, or every problem stands with file and line. The other files are those of country/test. */
#include <unistd.h>

#include "fuzz.h"
#include "base/out.h"
#include "standard/pack.h"
#include "standard/pack_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str in = { (const char *)data, size };
	struct pack_problems problems = { 0 };
	struct pack pack = { 0 };
	char dir[] = "/tmp/jauap-fuzz-XXXXXX", path[80];
	struct loading l = { .arena = &a, .dir = mkdtemp(dir), .pack = &pack, .problems = &problems };

	snprintf(path, sizeof(path), "%s/pack.yaml", dir);
	FILE *f = fopen(path, "wb");

	if (!f || fwrite(data, 1, size, f) != size)
		abort();
	fclose(f);
	load_settings(&l);
	unlink(path);
	rmdir(dir);
	for (size_t i = 0; i < problems.n; i++) {
		struct str at = str_from(problems.v[i], str_of(path).n);
		int64_t line;

		fuzz_must(str_starts(problems.v[i], str_of(path)) && at.n > 2 && str_to_i64(str_sub(at, 1, str_find_byte(at, ':', 1) - 1), &line) && line >= 1,
			  "a problem without its place", problems.v[i]);
	}
	if (!problems.n)
		fuzz_must(pack.code.n && pack.zone.n && pack.phones && pack.office_from < pack.office_to && (pack.weekend & 0xfe) != 0xfe, "a pack without its parts", in);
	return 0;
}
