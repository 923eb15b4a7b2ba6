/* What is read from bytes of strangers, without a socket: addresses, fields, cookies, preferences, networks. */
#include <zlib.h>

#include "base/test.h"
#include "http/conditional.h"
#include "http/inner.h"

#define FIELDS 10

static struct arena arena;

static struct str decoded(const char *s, bool plus)
{
	struct str got = S("");

	return percent_decode(&arena, str_of(s), plus, &got) == RC_OK ? got : S("refused");
}

TEST(percent_signs_are_decoded_once)
{
	CHECK_STR(decoded("a%20b", true), S("a b"));
	CHECK_STR(decoded("a+b", true), S("a b"));
	CHECK_STR(decoded("a+b", false), S("a+b"));
	CHECK_STR(decoded("%2541", true), S("%41"));
	CHECK_STR(decoded("%D2%9A%d0%b0%D0%B7", true), S("Қаз"));
	CHECK_STR(decoded("%", true), S("refused"));
	CHECK_STR(decoded("%4", true), S("refused"));
	CHECK_STR(decoded("%zz", true), S("refused"));
	CHECK_STR(decoded("a%00b", true), S("refused"));
	CHECK_STR(decoded("%ff", true), S("refused"));
	CHECK_STR(decoded("%c0%af", true), S("refused")); /* an overlong slash */
	CHECK_STR(decoded("e%CC%81", true), S("é"));	  /* one letter of two becomes one of one */
}

TEST(paths_cannot_climb)
{
	static const struct { const char *raw, *want; } cases[] = {
		{ "/", "/" },		     { "/appeals/", "/appeals" }, { "/a%20b", "/a b" },	 { "/a+b", "/a+b" },
		{ "/%D2%9A", "/Қ" },	     { "/a/../b", NULL },	  { "/a/%2e%2e/b", NULL }, { "/./a", NULL },
		{ "//evil.example", NULL },  { "/a//b", NULL },	  { "/a\\b", NULL },	 { "/a%5cb", NULL },
		{ "/a%0ab", NULL },	     { "/a%00", NULL },	  { "", NULL },		 { "a", NULL },
		{ "http://x/a", NULL },	     { "/%2f%2fevil", NULL },	  { "/..", NULL },	 { "/a/..", NULL },
		{ "/..a", "/..a" },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str got = S("");
		enum rc rc = path_clean(&arena, str_of(cases[i].raw), &got);

		if ((rc == RC_OK) != (cases[i].want != NULL))
			fail_msg("%s", cases[i].raw);
		if (cases[i].want)
			CHECK_STR(got, str_of(cases[i].want));
	}
}

TEST(fields_of_a_form_keep_their_order_and_have_a_limit)
{
	struct http_pair *v;
	size_t n;

	assert_int_equal(form_urlencoded(&arena, S("a=1&b=&c&&a=2%263"), FIELDS, &v, &n), RC_OK);
	CHECK_INT(n, 4);
	CHECK_STR(v[0].name, S("a"));
	CHECK_STR(v[0].value, S("1"));
	CHECK_STR(v[1].value, S(""));
	CHECK_STR(v[2].name, S("c"));
	CHECK(v[2].value.p != NULL);
	CHECK_STR(v[3].value, S("2&3"));
	assert_int_equal(form_urlencoded(&arena, S(""), FIELDS, &v, &n), RC_OK);
	CHECK_INT(n, 0);
	CHECK_INT(form_urlencoded(&arena, S("1&2&3&4&5&6&7&8&9&10"), FIELDS, &v, &n), RC_OK);
	CHECK_INT(form_urlencoded(&arena, S("1&2&3&4&5&6&7&8&9&10&11"), FIELDS, &v, &n), RC_TOO_LARGE);
	CHECK_INT(form_urlencoded(&arena, S("a=%"), FIELDS, &v, &n), RC_INVALID);
}

static enum rc parts(const char *body, const char *type, struct http_pair **ret, size_t *ret_n, struct http_file **ret_files, size_t *ret_n_files)
{
	return form_multipart(&arena, str_of(body), str_of(type), FIELDS, ret, ret_n, ret_files, ret_n_files);
}

TEST(a_form_of_parts_gives_fields_and_files)
{
	struct http_pair *v;
	struct http_file *f;
	size_t n, n_files;

	assert_int_equal(parts("--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nСәлем\r\nекінші\r\n--x\r\n"
			       "content-disposition: form-data; name=photo; filename=\"C:\\a\\жол.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n\xff\xd8\r\n--y\r\n--x\r\n"
			       "Content-Disposition: form-data; name=\"empty\"; filename=\"\"\r\n\r\n\r\n--x--\r\n",
			       "multipart/form-data; boundary=x", &v, &n, &f, &n_files), RC_OK);
	CHECK_INT(n, 1);
	CHECK_STR(v[0].name, S("text"));
	CHECK_STR(v[0].value, S("Сәлем\nекінші"));
	CHECK_INT(n_files, 1);
	CHECK_STR(f[0].field, S("photo"));
	CHECK_STR(f[0].bytes, S("\xff\xd8\r\n--y")); /* bytes of a file are not cleaned */
	CHECK_STR(f[0].type, S("image/jpeg"));
}

TEST(a_form_of_parts_that_is_broken_is_refused)
{
	static const struct { const char *body, *type; } bad[] = {
		{ "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--", "multipart/form-data" },
		{ "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--", "multipart/form-data; boundary=" },
		{ "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--", "multipart/form-data; boundary=y" },
		{ "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n", "multipart/form-data; boundary=x" },
		{ "--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--", "multipart/form-data; boundary=x" },
		{ "--x\r\n\r\n1\r\n--x--", "multipart/form-data; boundary=x" },
		{ "--x\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--x--", "multipart/form-data; boundary=x" },
		{ "--xContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--", "multipart/form-data; boundary=x" },
		{ "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xff\r\n--x--", "multipart/form-data; boundary=x" },
		{ "--x", "multipart/form-data; boundary=x" },
		{ "x", "multipart/form-data; boundary=0123456789012345678901234567890123456789012345678901234567890123456789x" },
	};
	struct http_pair *v;
	struct http_file *f;
	size_t n, n_files;

	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		if (parts(bad[i].body, bad[i].type, &v, &n, &f, &n_files) != RC_INVALID)
			fail_msg("number %zu is taken", i);
}

TEST(too_many_parts_are_refused)
{
	struct out o = OUT_ON(&arena);
	struct http_pair *v;
	struct http_file *f;
	size_t n, n_files;

	for (int i = 0; i <= FIELDS; i++)
		out_fmt(&o, "--x\r\nContent-Disposition: form-data; name=\"a%d\"\r\n\r\n1\r\n", i);
	OUT_LIT(&o, "--x--");
	CHECK_INT(parts(str_z(&arena, out_done(&o)), "multipart/form-data; boundary=x", &v, &n, &f, &n_files), RC_TOO_LARGE);
	o = OUT_ON(&arena);
	for (int i = 0; i < 30; i++)
		out_fmt(&o, "--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b%d\"\r\n\r\n1\r\n", i);
	OUT_LIT(&o, "--x--");
	CHECK_INT(parts(str_z(&arena, out_done(&o)), "multipart/form-data; boundary=x", &v, &n, &f, &n_files), RC_TOO_LARGE);
}

TEST(a_cookie_is_found_by_its_whole_name)
{
	CHECK_STR(cookie_find(S("a=1; ab=2;b=3"), S("a")), S("1"));
	CHECK_STR(cookie_find(S("a=1; ab=2;b=3"), S("b")), S("3"));
	CHECK_STR(cookie_find(S("a=1; ab=2;b=3"), S("ab")), S("2"));
	CHECK_STR(cookie_find(S("a=1"), S("c")), S(""));
	CHECK_STR(cookie_find(S("a=x=y"), S("a")), S("x=y"));
	CHECK_STR(cookie_find(S("a"), S("a")), S(""));
	CHECK_STR(cookie_find(S(""), S("a")), S(""));
}

TEST(the_client_gets_the_type_it_likes_best)
{
	static const char *const offered[] = { "text/html", "application/json" };
	static const struct { const char *accept; size_t want; } cases[] = {
		{ "", 0 },
		{ "*/*", 0 },
		{ "application/json", 1 },
		{ "text/*;q=0.5, application/json;q=0.4", 0 },
		{ "text/*;q=0.3, application/json; q=0.4", 1 },
		{ "TEXT/HTML", 0 },
		{ "image/png", SIZE_MAX },
		{ "text/html;q=0", SIZE_MAX },
		{ "text/html;q=0, */*", 1 },
		{ "text/html;q=x", SIZE_MAX },
		{ "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", 0 },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (http_accept(str_of(cases[i].accept), offered, 2) != cases[i].want)
			fail_msg("%s", cases[i].accept);
}

TEST(tags_are_compared_weakly)
{
	struct str tag = http_etag_of(&arena, S("page"));

	CHECK_INT(tag.n, 34);
	CHECK(!str_eq(tag, http_etag_of(&arena, S("pagf"))));
	CHECK(!str_eq(http_etag_of(&arena, S("")), http_etag_of(&arena, (struct str){ "\0", 1 })));
	CHECK(http_tag_matches(tag, tag));
	CHECK(http_tag_matches(S("*"), tag));
	CHECK(http_tag_matches(str_fmt(&arena, "\"x\" , W/%.*s", STR_FMT(tag)), tag));
	CHECK(!http_tag_matches(S("\"x\""), tag));
	CHECK(!http_tag_matches(S(""), tag));
}

TEST(what_is_compressed_is_the_same_again)
{
	struct out o = OUT_ON(&arena);

	CHECK_INT(gzip(&arena, S("too short to pay")).n, 0);
	for (int i = 0; i < 3000; i++)
		out_fmt(&o, "<li>%d жауап</li>", i * 7919);
	struct str page = out_done(&o), packed = gzip(&arena, page);
	unsigned char *back = arena_alloc(&arena, page.n);
	z_stream z = { .next_in = (unsigned char *)(uintptr_t)packed.p, .avail_in = (unsigned)packed.n, .next_out = back, .avail_out = (unsigned)page.n };

	CHECK(packed.n > 0 && packed.n < page.n / 3);
	assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	inflateEnd(&z);
	CHECK_STR(((struct str){ (const char *)back, z.total_out }), page);
}

static bool inside(const char *list, const char *v4_or_v6)
{
	struct cidr_list *nets, *ip;
	struct http_address a = { { 0 } };

	assert_int_equal(cidr_parse(&arena, str_of(list), &nets), RC_OK);
	/* an address is a network of its own */
	assert_int_equal(cidr_parse(&arena, str_of(v4_or_v6), &ip), RC_OK);
	for (int last = 0; last < 2; last++) {
		static const unsigned char v4[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 10, 1, 2, 3 }, v6[] = { 0x20, 1, 0xd, 0xb8, 0, 0, 0, 1 };

		memcpy(a.ip, last ? v6 : v4, last ? sizeof(v6) : sizeof(v4));
		if (last)
			memset(a.ip + sizeof(v6), 0, sizeof(a.ip) - sizeof(v6));
		if (cidr_has(ip, &a))
			return cidr_has(nets, &a);
	}
	fail_msg("%s is not an address of this test", v4_or_v6);
	return false;
}

TEST(networks_hold_their_addresses)
{
	struct cidr_list *l;

	CHECK(inside("10.0.0.0/8", "10.1.2.3"));
	CHECK(inside("192.168.0.0/16, 10.1.2.3", "10.1.2.3"));
	CHECK(inside("0.0.0.0/0", "10.1.2.3"));
	CHECK(!inside("10.1.2.4/32", "10.1.2.3"));
	CHECK(inside("10.1.2.2/31", "10.1.2.3"));
	CHECK(!inside("10.1.2.4/31", "10.1.2.3"));
	CHECK(inside("2001:db8::/32", "2001:db8:0:1::"));
	CHECK(!inside("2001:db8::/64", "2001:db8:0:1::"));
	CHECK(!inside("10.0.0.0/8", "2001:db8:0:1::"));
	CHECK_INT(cidr_parse(&arena, S("10.0.0.0/33"), &l), RC_INVALID);
	CHECK_INT(cidr_parse(&arena, S("10.0.0"), &l), RC_INVALID);
	CHECK_INT(cidr_parse(&arena, S("::/129"), &l), RC_INVALID);
	CHECK_INT(cidr_parse(&arena, S("10.0.0.0/-1"), &l), RC_INVALID);
}

TESTS("http form", T(percent_signs_are_decoded_once), T(paths_cannot_climb), T(fields_of_a_form_keep_their_order_and_have_a_limit),
      T(a_form_of_parts_gives_fields_and_files), T(a_form_of_parts_that_is_broken_is_refused), T(too_many_parts_are_refused),
      T(a_cookie_is_found_by_its_whole_name), T(the_client_gets_the_type_it_likes_best), T(tags_are_compared_weakly),
      T(what_is_compressed_is_the_same_again), T(networks_hold_their_addresses))
