/* The first bytes of a file: what is taken for an image or a PDF begins like one, whatever comes behind; one byte more changes nothing. */
#include "fuzz.h"
#include "file/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str in = { (const char *)data, size };
	enum file_type type = file_sniff(in);

	fuzz_must(type != FILE_JPEG || str_starts(in, S("\xff\xd8\xff")), "no JPEG", in);
	fuzz_must(type != FILE_PNG || str_starts(in, S("\x89PNG\r\n\x1a\n")), "no PNG", in);
	fuzz_must(type != FILE_WEBP || (str_starts(in, S("RIFF")) && str_eq(str_sub(in, 8, 4), S("WEBP"))), "no WebP", in);
	fuzz_must(type != FILE_PDF || str_find(str_sub(in, 0, 1024), S("%PDF-"), 0) != SIZE_MAX, "no PDF", in);
	if (type != FILE_NONE)
		fuzz_must(file_sniff(str_cat(&a, in, S("\0"))) == type, "the end decides", in);
	return 0;
}
