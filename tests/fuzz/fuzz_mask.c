/* Any bytes into the finder of personal data: spans stand in order inside the text. */
#include "fuzz.h"
#include "text/ident.h"
#include "text/test_phone.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str in = { (const char *)data, size };
	struct mask_spans m = mask_find(&a, &test_plan, in);
	size_t end = 0;

	for (size_t i = 0; i < m.n; i++) {
		fuzz_must(m.v[i].n > 0 && m.v[i].at >= end, "spans overlap", in);
		end = m.v[i].at + m.v[i].n;
		fuzz_must(end <= in.n, "span outside the text", in);
	}
	mask_apply(&a, in, &m);
	return 0;
}
