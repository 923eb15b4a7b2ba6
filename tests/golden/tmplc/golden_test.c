/*
 * Templates of this folder are compiled by tmplc, rendered here and compared with NAME.expected. GOLDEN_WRITE=1 in
 * the environment writes what is rendered instead; look at the difference before you keep it.
 */
#include <stdlib.h>

#include "base/test.h"
#include "gen/golden_tmpl.h"

static struct arena arena;
static struct view_forms forms = { .key = S_INIT("key") };
static const char *folder;

static struct view view_en(void)
{
	return (struct view){ .arena = &arena,
			      .lang = lang_of(LANG_EN),
			      .now = when_from_civil(2026, 11, 24, 12, 0, 0),
			      .csrf = S("token"),
			      .forms = &forms };
}

static struct str read_file(const char *path)
{
	static char buf[65536];
	FILE *f = fopen(path, "rb");

	if (!f)
		return S("");
	size_t n = fread(buf, 1, sizeof(buf), f);

	fclose(f);
	return (struct str){ buf, n };
}

static void compare(const char *name, struct out *o)
{
	const char *path = str_fmt(&arena, "%s/%s.expected", folder, name).p;
	struct str made = out_done(o);

	if (getenv("GOLDEN_WRITE")) {
		FILE *f = fopen(path, "wb");

		CHECK(f && fwrite(made.p, 1, made.n, f) == made.n && fclose(f) == 0);
	}
	CHECK(made.n > 0);
	CHECK_STR(made, read_file(path));
}

TEST(every_place_has_its_escaping)
{
	struct view v = view_en();
	struct out o = OUT_ON(&arena);

	tmpl_golden_context(&o, &v, S("<\"a/b'&>"), 12345, URL("/to?a=1&b=2"), html_from_plain(&arena, S("p & q")));
	compare("context", &o);
}

TEST(branches_and_loops_leave_no_traces)
{
	static const struct str words[] = { S_INIT("one"), S_INIT("two"), S_INIT("<three>") };
	struct view v = view_en();
	struct out o = OUT_ON(&arena);

	tmpl_golden_flow(&o, &v, words, ARRAY_LEN(words), true);
	tmpl_golden_flow(&o, &v, words, 0, false);
	compare("flow", &o);
}

TEST(posting_forms_carry_the_token)
{
	struct view v = view_en();
	struct out o = OUT_ON(&arena);

	tmpl_golden_form(&o, &v, URL("/post"));
	compare("form", &o);
}

TEST(a_whole_page_renders)
{
	static const struct str titles[] = { S_INIT("Жол"), S_INIT("Яма & <люк>"), S_INIT("\"x\"") };
	struct view v = view_en();
	struct out o = OUT_ON(&arena);

	tmpl_golden_page(&o, &v, titles, 2);
	compare("page", &o);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { T(every_place_has_its_escaping), T(branches_and_loops_leave_no_traces),
					    T(posting_forms_carry_the_token),
					    T(a_whole_page_renders) };

	folder = argc > 1 ? argv[1] : ".";
	return cmocka_run_group_tests_name("golden tmplc", tests, NULL, NULL);
}
