/* Any path through the routes of the house: what is found has the path's shape, its parameters are its segments, and methods agree with Allow. */
#include "fuzz.h"
#include "app/app.h"
#include "app/router.h"

static void shape(const struct route *found, struct str path, const struct str *params, size_t n)
{
	struct str pattern = str_of(found->path), want, got, rest = path;
	size_t k = 0;

	while (str_cut(&pattern, '/', &want)) {
		if (str_eq(want, S("*")))
			return;
		fuzz_must(str_cut(&rest, '/', &got), "a path shorter than its route", path);
		if (str_starts(want, S(":")))
			fuzz_must(k < n && str_eq(params[k++], got) && got.n, "a parameter that is not its segment", path);
		else
			fuzz_must(str_eq(want, got), "a path of another route", path);
	}
	fuzz_must(!rest.p && k == n, "a path longer than its route", path);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena start;
	static struct router *router;
	struct str path = { (const char *)data, size }, params[4];
	unsigned there = 0, told = 0, refused = 0;

	if (!router)
		router = router_make(&start, modules, modules_n);
	if (!size || data[0] != '/')
		return 0; /* path_clean() lets nothing else through */
	for (int m = HTTP_GET; m < HTTP_OTHER; m++) {
		unsigned allowed = 0;
		size_t n = 0;
		const struct route *found = router_find(router, (enum http_method)m, path, params, &n, &allowed);

		if (found) {
			fuzz_must(n <= 4 && found->method == (enum http_method)m, "a route of another method", path);
			shape(found, path, params, n);
			there |= 1u << m;
		} else {
			fuzz_must(!refused || allowed == told, "methods differ by who asks", path);
			told = allowed;
			refused |= 1u << m;
		}
	}
	fuzz_must(!refused || told == there, "Allow names other methods than are there", path);
	return 0;
}
