/*
 * Any bytes as a path, a query, a form, a cookie header: what is taken is clean UTF-8, cannot climb, keeps its limit, and reads back the same when it
 * is written out again.
 */
#include "fuzz.h"
#include "base/out.h"
#include "base/utf8.h"
#include "http/inner.h"

#define FIELDS 50

static void put(struct out *o, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		out_fmt(o, "%%%02X", (unsigned)(unsigned char)s.p[i]);
}

static void path(struct arena *a, struct str in)
{
	struct str got, again, rest, part;

	if (path_clean(a, in, &got) != RC_OK)
		return;
	fuzz_must(got.n && got.p[0] == '/' && utf8_valid(got), "a path of a wrong shape", got);
	for (rest = got; str_cut(&rest, '/', &part);)
		fuzz_must(!str_eq(part, S("..")) && !str_eq(part, S(".")) && str_find_byte(part, '\\', 0) == SIZE_MAX, "a path that climbs", got);
	struct out o = OUT_ON(a);

	for (size_t i = 0; i < got.n; i++)
		if (got.p[i] == '/')
			out_char(&o, '/');
		else
			put(&o, str_sub(got, i, 1));
	fuzz_must(path_clean(a, out_done(&o), &again) == RC_OK && str_eq(again, got), "a path changes when read again", got);
}

static void fields(struct arena *a, struct str in)
{
	struct http_pair *v, *w;
	size_t n, m;
	enum rc rc = form_urlencoded(a, in, FIELDS, &v, &n);
	struct out o = OUT_ON(a);

	if (rc != RC_OK)
		return;
	fuzz_must(n <= FIELDS, "more fields than allowed", in);
	for (size_t i = 0; i < n; i++) {
		fuzz_must(utf8_valid(v[i].name) && utf8_valid(v[i].value) && v[i].value.p, "a field that is no clean text", in);
		put(&o, v[i].name);
		out_char(&o, '=');
		put(&o, v[i].value);
		out_char(&o, '&');
	}
	fuzz_must(form_urlencoded(a, out_done(&o), FIELDS, &w, &m) == RC_OK && m == n, "written fields are not read", out_done(&o));
	for (size_t i = 0; i < n; i++)
		fuzz_must(str_eq(v[i].name, w[i].name) && str_eq(v[i].value, w[i].value), "a field changes when read again", out_done(&o));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a CLEANUP(arena_end) = { .limit = 64 << 20 };
	struct str in = { (const char *)data, size }, cookie;

	path(&a, in);
	fields(&a, in);
	cookie = cookie_find(in, S("who"));
	fuzz_must(str_find_byte(cookie, ';', 0) == SIZE_MAX && str_eq(cookie, str_trim(cookie)), "a cookie with more than its value", in);
	fuzz_must(!cookie.n || (cookie.p >= in.p && cookie.p + cookie.n <= in.p + in.n), "a cookie from elsewhere", in);
	return 0;
}
