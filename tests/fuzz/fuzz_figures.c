/* Any bytes as a text with figures and as answers in an address. */
#include "fuzz.h"
#include "standard/situation.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a CLEANUP(arena_end) = { .limit = 64 << 20 };
	struct str in = { (const char *)data, size }, out;
	struct help_parameter p = { .code = S("MRP"), .value = 4325 };
	struct help h = { .parameters = &p, .n_parameters = 1, .currency = S("T") };
	struct help_question q = { .code = S("q") };
	struct help_condition c = { .question = &q, .needs_yes = true };
	struct situation s = { .conditions = &c, .n_conditions = 1 };
	struct day on = { 1 };

	if (help_figures(&a, &h, in, on, &out))
		fuzz_must(str_find(out, S("{MRP "), 0) == SIZE_MAX || str_find_byte(out, '}', str_find(out, S("{MRP "), 0)) == SIZE_MAX, "a figure was left open", in);
	enum verdict v = help_verdict(&s, in, on);

	fuzz_must((v == VERDICT_MAY) == (help_answer(in, S("q")) == KNOWN_YES), "what is not known became known", in);
	return 0;
}
