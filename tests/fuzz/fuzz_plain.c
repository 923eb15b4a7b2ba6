/* Plain text of people, with links, and with finds marked. */
#include "base/utf8.h"
#include "fuzz.h"
#include "html/html.h"
#include "markup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct view v = { .arena = &a };
	struct out plain = OUT_ON(&a), marked = OUT_ON(&a);
	struct str text;

	/* what lib/html is given has passed the edge */
	if (utf8_clean(&a, (struct str){ (const char *)data, size }, &text) != RC_OK)
		return 0;
	EMIT(&plain, &v, html_from_plain(&a, text));
	fuzz_must(markup_is_tame(out_done(&plain)), "foreign markup", out_done(&plain));
	size_t line = str_find_byte(text, '\n', 0);

	/* the first line is looked for in the rest */
	if (line == SIZE_MAX || text.n > 4096)
		return 0;
	EMIT(&marked, &v, html_mark(&a, str_from(text, line + 1), str_sub(text, 0, line)));
	fuzz_must(markup_is_tame(out_done(&marked)), "foreign markup", out_done(&marked));
	return 0;
}
