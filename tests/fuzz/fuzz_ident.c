/* Any bytes as a phone, an address of mail, an identifier: what passes has the shape it must have. */
#include "fuzz.h"
#include "text/ident.h"
#include "text/test_phone.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str in = { (const char *)data, size }, e164, again;
	struct day today = { 20000 };

	if (phone_e164(&a, &test_plan, in, &e164)) {
		fuzz_must(e164.n >= 9 && e164.n <= 16 && e164.p[0] == '+', "phone of a wrong shape", e164);
		for (size_t i = 1; i < e164.n; i++)
			fuzz_must(e164.p[i] >= '0' && e164.p[i] <= '9', "sign in a phone", e164);
		fuzz_must(phone_e164(&a, &test_plan, e164, &again) && str_eq(e164, again), "phone changes when read again", e164);
	}
	if (email_valid(in))
		for (size_t i = 0; i < in.n; i++)
			fuzz_must(in.p[i] > ' ' && in.p[i] < 0x7f && !strchr("<>\"\\,;:()[]", in.p[i]),
				  "sign in an address", in);
	if (iin_check(in, today) == IDENT_OK || bin_check(in) == IDENT_OK)
		fuzz_must(in.n == 12, "identifier of a wrong length", in);
	return 0;
}
