/* Any bytes as a record of JSON and as CSV cells: a record comes out with limits kept, or a reason. */
#include "channel/import.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a CLEANUP(arena_end) = { .limit = 64 << 20 };
	struct str in = { (const char *)data, size };
	struct import_fields f = { .n = 0 };
	struct import_record r;
	const char *field = NULL;

	rc_ignore(import_csv_whole(in) ? RC_OK : RC_INVALID);
	if (!import_json(&a, in, &f)) {
		f.names[0] = S("id");
		f.values[0] = S("1");
		f.names[1] = S("text");
		f.values[1] = in;
		f.names[2] = S("registered");
		f.values[2] = str_sub(in, 0, 25);
		f.n = 3;
	}
	const char *why = import_map(&a, &f, &r, &field);

	fuzz_must(why ? field != NULL : r.text.n >= 10 && r.id.n > 0 && r.id.n <= 100, "a record without id or text", in);
	return 0;
}
