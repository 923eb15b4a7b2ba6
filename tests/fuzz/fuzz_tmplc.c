/*
 * The template compiler: any bytes give C or an error with its place, twice the same; and a value that stands where a
 * tag, script or comment is under way never compiles.
 */
#include "fuzz.h"
#include "tmplc.h"

static enum rc compile(struct arena *a, struct str text, struct tmpl *ret, struct str *ret_error)
{
	struct tmpl_source src = { S("fuzz.html"), S("fuzz"), S("one"), text };

	return tmpl_compile(a, &src, ret, ret_error);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct str traps[] = { S_INIT("<script>{{ x }}</script>"), S_INIT("<p a={{ x }}>"),
					    S_INIT("<!--{{ x }}-->"), S_INIT("<a href=\"x{{ x }}\">") };
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str text = { (const char *)data, size }, error = { 0 }, again = { 0 };
	struct tmpl t = { 0 }, u = { 0 };

	if (size > 20000)
		return 0;
	enum rc rc = compile(&a, text, &t, &error);

	fuzz_must(rc == compile(&a, text, &u, &again), "two compilations differ", text);
	if (rc != RC_OK) {
		fuzz_must(str_starts(error, S("fuzz.html:")) && str_eq(error, again), "an error without its place", error);
		return 0;
	}
	fuzz_must(str_eq(t.body, u.body) && str_eq(t.signature, u.signature), "two compilations differ", text);
	/* a whole template ends in text: what follows starts afresh */
	for (size_t i = 0; i < ARRAY_LEN(traps); i++)
		fuzz_must(compile(&a, str_cat(&a, text, traps[i]), &u, &error) != RC_OK, "a trap compiles", text);
	fuzz_must(compile(&a, str_cat(&a, text, S("<p>{{ x }}</p>")), &u, &error) == RC_OK, "text after it does not compile",
		  error);
	return 0;
}
