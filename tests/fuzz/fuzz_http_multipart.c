/* Any bytes as a form of parts: limits hold, fields are clean, files are pieces of the body, and what was read can be written and read again. */
#include "fuzz.h"
#include "base/out.h"
#include "base/utf8.h"
#include "http/inner.h"

#define FIELDS 50

struct form {
	struct http_pair *v;
	struct http_file *files;
	size_t n, n_files;
};

static enum rc read_form(struct arena *a, struct str body, const char *type, struct form *ret)
{
	return form_multipart(a, body, str_of(type), FIELDS, &ret->v, &ret->n, &ret->files, &ret->n_files);
}

static bool plain(struct str name)
{
	return str_find_byte(name, '"', 0) == SIZE_MAX && str_find_byte(name, '\n', 0) == SIZE_MAX && str_find_byte(name, ';', 0) == SIZE_MAX && str_trim(name).n == name.n;
}

static void again(struct arena *a, const struct form *f)
{
	static const char boundary[] = "never-in-a-seed-7f3c";
	struct out o = OUT_ON(a);
	struct form g;

	for (size_t i = 0; i < f->n; i++) {
		if (!plain(f->v[i].name) || str_find(f->v[i].value, S("never-in"), 0) != SIZE_MAX)
			return;
		out_fmt(&o, "--%s\r\nContent-Disposition: form-data; name=\"%.*s\"\r\n\r\n%.*s\r\n", boundary, STR_FMT(f->v[i].name), STR_FMT(f->v[i].value));
	}
	if (!f->n)
		return;
	out_fmt(&o, "--%s--\r\n", boundary);
	fuzz_must(read_form(a, out_done(&o), "multipart/form-data; boundary=never-in-a-seed-7f3c", &g) == RC_OK && g.n == f->n, "written parts are not read",
		  out_done(&o));
	for (size_t i = 0; i < f->n; i++)
		fuzz_must(str_eq(f->v[i].name, g.v[i].name) && str_eq(f->v[i].value, g.v[i].value), "a part changes when read again", out_done(&o));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a CLEANUP(arena_end) = { .limit = 64 << 20 };
	struct str in = { (const char *)data, size };
	struct form f;

	if (read_form(&a, in, "multipart/form-data; boundary=\"x\"", &f) != RC_OK)
		return 0;
	fuzz_must(f.n <= FIELDS, "more fields than allowed", in);
	for (size_t i = 0; i < f.n; i++)
		fuzz_must(f.v[i].name.n && utf8_valid(f.v[i].name) && utf8_valid(f.v[i].value), "a field that is no clean text", in);
	for (size_t i = 0; i < f.n_files; i++)
		fuzz_must(!f.files[i].bytes.n || (f.files[i].bytes.p >= in.p && f.files[i].bytes.p + f.files[i].bytes.n <= in.p + in.n), "a file from elsewhere", in);
	again(&a, &f);
	return 0;
}
