/* Accept-Language: always one of our languages, and spaces round the items change nothing. */
#include "base/out.h"
#include "fuzz.h"
#include "html/msg.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str in = { (const char *)data, size };
	struct out o = OUT_ON(&a);
	enum lang_id id = lang_accept(in);

	fuzz_must((unsigned)id < LANG_N, "no such language", in);
	if (size > 300)
		return 0;
	for (size_t i = 0; i < in.n; i++) {
		out_char(&o, in.p[i]);
		if (in.p[i] == ',')
			out_char(&o, ' ');
	}
	fuzz_must(lang_accept(out_done(&o)) == id, "a space behind a comma changes the language", in);
	return 0;
}
