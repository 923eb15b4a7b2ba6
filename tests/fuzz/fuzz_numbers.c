/* Any bytes as the number of an appeal, as something sealed, as a hex token: never taken by accident, and a number is what it is when read again. */
#include <unistd.h>

#include "fuzz.h"
#include "app/crypt.h"
#include "appeal/appeal.h"

static const struct keys *keys(void)
{
	static struct arena start;
	static const struct keys *made;
	char dir[] = "/tmp/jauap-fuzz-XXXXXX", file[80];
	struct str why;

	if (!made && (!mkdtemp(dir) || keys_open(&start, str_of(dir), &made, &why) != RC_OK))
		abort();
	snprintf(file, sizeof(file), "%s/secret.key", dir);
	unlink(file);
	rmdir(dir);
	return made;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str in = { (const char *)data, size }, clean, again, open;
	unsigned char bytes[32];

	if (appeal_number_clean(&a, in, &clean)) {
		fuzz_must(clean.n <= 20, "a number that is too long", clean);
		fuzz_must(appeal_number_clean(&a, clean, &again) && str_eq(clean, again), "a number changes when read again", clean);
	}
	fuzz_must(!key_unseal(&a, keys(), in, &open), "something was sealed by chance", in);
	if (str_unhex(in, bytes, sizeof(bytes)))
		fuzz_must(str_eq(str_hex(&a, bytes, sizeof(bytes)), str_lower_ascii(&a, in)), "a token changes when read again", in);
	return 0;
}
