/* Markdown of editors: only listed tags and attributes, harmless addresses. */
#include "fuzz.h"
#include "html/html.h"
#include "markup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct view v = { .arena = &a };
	struct out o = OUT_ON(&a);

	EMIT(&o, &v, html_from_markdown(&a, (struct str){ (const char *)data, size }));
	fuzz_must(markup_is_tame(out_done(&o)), "foreign markup", out_done(&o));
	return 0;
}
