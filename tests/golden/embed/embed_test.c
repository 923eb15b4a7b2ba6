/* What tools/embed makes of files/ is what was put in, under addresses that change with the content. */
#include <brotli/decode.h>
#include <zlib.h>

#include "base/test.h"
#include "html/asset.h"

static struct asset find(struct str path, enum asset_encoding wanted)
{
	struct asset x = { 0 };

	CHECK(asset_find(path, wanted, &x));
	return x;
}

TEST(an_asset_is_found_by_both_addresses)
{
	struct str hashed = ASSET(app_css).href_;
	struct asset plain = find(S("/assets/app.css"), ASSET_RAW), once = find(hashed, ASSET_RAW);

	CHECK(str_starts(hashed, S("/assets/app.")) && str_ends(hashed, S(".css")));
	CHECK_INT(hashed.n, sizeof("/assets/app.12345678.css") - 1);
	CHECK(once.immutable && !plain.immutable);
	CHECK_STR(once.bytes, plain.bytes);
	CHECK_STR(once.type, S("text/css; charset=utf-8"));
	CHECK(str_starts(once.bytes, S(".space-0 { margin: 0px }\n")));
}

TEST(packed_forms_unpack_to_the_same)
{
	struct asset raw = find(S("/assets/app.css"), ASSET_RAW), gz = find(S("/assets/app.css"), ASSET_GZIP),
		     br = find(S("/assets/app.css"), ASSET_BROTLI);
	static uint8_t buf[4096];
	z_stream z = { .next_out = buf, .avail_out = sizeof(buf) };
	size_t n = sizeof(buf);
	static uint8_t packed[4096];

	CHECK(gz.encoding == ASSET_GZIP && br.encoding == ASSET_BROTLI && gz.bytes.n < raw.bytes.n);
	CHECK(gz.bytes.n <= sizeof(packed));
	memcpy(packed, gz.bytes.p, gz.bytes.n);
	z.next_in = packed;
	z.avail_in = (uInt)gz.bytes.n;
	CHECK(inflateInit2(&z, 15 + 16) == Z_OK);
	CHECK(inflate(&z, Z_FINISH) == Z_STREAM_END);
	CHECK_STR(((struct str){ (const char *)buf, z.total_out }), raw.bytes);
	inflateEnd(&z);
	CHECK(BrotliDecoderDecompress(br.bytes.n, (const uint8_t *)br.bytes.p, &n, buf) == BROTLI_DECODER_RESULT_SUCCESS);
	CHECK_STR(((struct str){ (const char *)buf, n }), raw.bytes);
	CHECK(!str_eq(raw.etag, gz.etag) && !str_eq(gz.etag, br.etag));
}

TEST(what_does_not_shrink_is_sent_as_it_is)
{
	struct asset x = find(S("/assets/icons/pin.svg"), ASSET_GZIP);

	CHECK(x.encoding == ASSET_RAW && str_ends(x.bytes, S("/>")));
	CHECK(str_starts(ASSET(icons_pin_svg).href_, S("/assets/icons/pin.")));
}

TEST(a_script_behind_another_is_one_file_with_it)
{
	CHECK_STR(find(S("/assets/more.js"), ASSET_RAW).bytes, S("alert(1);\nalert(2);\n"));
	CHECK_STR(find(S("/assets/first.js"), ASSET_RAW).bytes, S("alert(1);\n"));
}

TEST(other_paths_are_not_found)
{
	static const struct str paths[] = { S_INIT("/assets/README.md"), S_INIT("/assets/"), S_INIT(""),
					    S_INIT("/assets/app.00000000.css"), S_INIT("/assets/icons") };
	struct asset x;

	for (size_t i = 0; i < ARRAY_LEN(paths); i++)
		CHECK(!asset_find(paths[i], ASSET_RAW, &x));
}

TESTS("golden embed", T(an_asset_is_found_by_both_addresses), T(packed_forms_unpack_to_the_same),
      T(what_does_not_shrink_is_sent_as_it_is), T(a_script_behind_another_is_one_file_with_it), T(other_paths_are_not_found))
