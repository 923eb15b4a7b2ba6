#include "standard/test_pack.h"

#include "base/out.h"
#include "base/test.h"

const struct pack *test_pack(struct arena *a, const char *dir)
{
	struct pack *p = NULL;
	struct pack_problems problems = { 0 };
	enum rc rc = pack_load(a, str_fmt(a, SOURCE_ROOT "/%s", dir).p, &p, &problems);

	for (size_t i = 0; i < problems.n; i++)
		print_error("%.*s\n", STR_FMT(problems.v[i]));
	assert_int_equal(rc, RC_OK);
	return p;
}

struct str test_file(struct arena *a, const char *path)
{
	struct out o = OUT_ON(a);
	FILE *f = fopen(path, "rb");
	char buf[4096];
	size_t n;

	if (!f)
		fail_msg("%s cannot be read", path);
	while ((n = fread(buf, 1, sizeof(buf), f)) > 0)
		out_bytes(&o, buf, n);
	fclose(f);
	return out_done(&o);
}
