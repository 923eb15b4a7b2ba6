/* Any bytes as a day or a moment: what is taken is written and read again as the same. */
#include "fuzz.h"
#include "base/when.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str in = { (const char *)data, size };
	struct day d, e;
	struct when w, x;
	int y, m, n;

	if (day_parse(in, &d)) {
		day_to_ymd(d, &y, &m, &n);
		fuzz_must(m >= 1 && m <= 12 && n >= 1 && n <= 31, "a day that is in no calendar", in);
		fuzz_must(str_eq(day_iso(&a, d), in), "a day is written otherwise", in);
		fuzz_must(day_parse(day_iso(&a, d), &e) && e.v == d.v, "a day changes when read again", in);
	}
	if (when_parse(in, &w)) {
		struct str text = when_iso(&a, w);

		fuzz_must(when_parse(text, &x), "a moment is written so that it cannot be read", text);
		fuzz_must(x.us / WHEN_SECOND == w.us / WHEN_SECOND, "a moment changes when read again", text);
	}
	return 0;
}
