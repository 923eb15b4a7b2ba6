/*
 * embed ASSETS_DIR OUT.h OUT.c DEPFILE: the files of assets/ as C tables: addresses with a hash of the content, and
 * the bytes as they are, gzipped (level 9) and with brotli (level 11). See lib/html/asset.h.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <brotli/encode.h>
#include <zlib.h>

#include "base/vec.h"
#include "tool.h"

enum { DEPTH_MAX = 4 };

static const struct {
	const char *suffix, *type;
	bool packed; /* compressed already */
} types[] = {
	{ ".css", "text/css; charset=utf-8", false },
	{ ".js", "text/javascript; charset=utf-8", false },
	{ ".svg", "image/svg+xml", false },
	{ ".json", "application/json", false },
	{ ".webmanifest", "application/manifest+json", false },
	{ ".txt", "text/plain; charset=utf-8", false },
	{ ".ico", "image/vnd.microsoft.icon", false },
	{ ".png", "image/png", true },
	{ ".jpg", "image/jpeg", true },
	{ ".webp", "image/webp", true },
	{ ".woff2", "font/woff2", true },
};

struct asset {
	struct str name; /* "app.css", "icons/pin.svg" */
	struct str bytes, gzip, brotli; /* empty when it would not be smaller */
	size_t type;
	struct str hash; /* 16 hex digits */
};

struct job {
	struct arena a;
	const char *dir;
	VEC(struct asset) all;
	VEC(struct str) deps;
};

static struct str gzip(struct arena *a, struct str s)
{
	z_stream z = { 0 };

	if (deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
		abort();
	size_t room = deflateBound(&z, s.n);
	char *p = arena_alloc(a, room);

	union {
		const char *in;
		Bytef *out; /* zlib's next_in is not const without ZLIB_CONST */
	} from = { .in = s.p };

	z.next_in = from.out;
	z.avail_in = (uInt)s.n;
	z.next_out = (Bytef *)p;
	z.avail_out = (uInt)room;
	if (deflate(&z, Z_FINISH) != Z_STREAM_END)
		abort();
	struct str r = { p, z.total_out };

	deflateEnd(&z);
	return r;
}

static struct str brotli(struct arena *a, struct str s)
{
	size_t n = BrotliEncoderMaxCompressedSize(s.n);
	uint8_t *p = arena_alloc(a, n);

	if (!BrotliEncoderCompress(11, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, s.n, (const uint8_t *)s.p, &n, p))
		abort();
	return (struct str){ (const char *)p, n };
}

static size_t type_of(struct str name)
{
	size_t i = 0;

	while (i < ARRAY_LEN(types) && !str_ends(name, str_of(types[i].suffix)))
		i++;
	return i;
}

/* "// behind FILE" on the first line of a script: both are one file, so that a page needs one request for them. */
static enum rc put_behind(struct job *j, const char *dir, struct str *bytes)
{
	struct str rest = *bytes, line, first;

	if (!str_starts(rest, S("// behind ")) || !str_cut(&rest, '\n', &line))
		return RC_OK;
	const char *path = tool_path(&j->a, dir, str_from(line, strlen("// behind ")));

	TRY(tool_read(&j->a, path, &first));
	*bytes = str_cat(&j->a, first, rest);
	return RC_OK;
}

static enum rc add_file(struct job *j, const char *path, struct str name)
{
	struct asset x = { .name = name, .type = type_of(name) };

	if (x.type == ARRAY_LEN(types)) {
		if (str_ends(name, S(".md"))) /* notes for people stay at home */
			return RC_OK;
		fprintf(stderr, "%s:1:1: error: no media type for this suffix; tools/embed.c has the table\n", path);
		return RC_INVALID;
	}
	TRY(tool_read(&j->a, path, &x.bytes));
	TRY(put_behind(j, j->dir, &x.bytes));
	if (x.bytes.n == 0) {
		fprintf(stderr, "%s:1:1: error: the file is empty\n", path);
		return RC_INVALID;
	}
	if (!types[x.type].packed) {
		x.gzip = gzip(&j->a, x.bytes);
		x.brotli = brotli(&j->a, x.bytes);
		if (x.gzip.n >= x.bytes.n)
			x.gzip = S("");
		if (x.brotli.n >= x.bytes.n)
			x.brotli = S("");
	}
	uint64_t h = str_hash(x.bytes, 0);

	x.hash = str_fmt(&j->a, "%016llx", (unsigned long long)h);
	*VEC_ADD(&j->a, &j->all) = x;
	return RC_OK;
}

static enum rc add_folder(struct job *j, struct str prefix, int depth)
{
	const char *dir = prefix.n ? tool_path(&j->a, j->dir, str_sub(prefix, 0, prefix.n - 1)) : j->dir;
	struct tool_names names;

	TRY(tool_list(&j->a, dir, "", &names));
	*VEC_ADD(&j->a, &j->deps) = str_of(dir);
	for (size_t i = 0; i < names.n; i++) {
		const char *path = tool_path(&j->a, dir, names.v[i]);
		struct str name = str_cat(&j->a, prefix, names.v[i]);
		struct stat st;

		if (str_eq(names.v[i], S("meson.build")) || stat(path, &st) != 0)
			continue;
		if (S_ISDIR(st.st_mode)) {
			if (depth < DEPTH_MAX)
				TRY(add_folder(j, str_cat(&j->a, name, S("/")), depth + 1));
			continue;
		}
		*VEC_ADD(&j->a, &j->deps) = str_of(path);
		TRY(add_file(j, path, name));
	}
	return RC_OK;
}

/* "icons/pin.svg" to icons_pin_svg */
static void put_name(struct out *o, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool sound = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');

		out_char(o, sound ? c : '_');
	}
}

static void put_bytes(struct out *o, const char *kind, size_t i, struct str s)
{
	if (s.n == 0)
		return;
	out_fmt(o, "static const unsigned char %s_%zu[] = {", kind, i);
	for (size_t k = 0; k < s.n; k++)
		out_fmt(o, "%s%u,", k % 24 == 0 ? "\n\t" : "", (unsigned)(unsigned char)s.p[k]);
	OUT_LIT(o, "\n};\n");
}

/* { bytes, length, "etag" } of one encoding; each encoding is a representation with a tag of its own. */
static void put_form(struct out *o, const char *kind, size_t i, const struct asset *x, struct str s, const char *tag)
{
	if (s.n)
		out_fmt(o, "\t\t{ %s_%zu, %zu, S_INIT(\"\\\"%.*s%s\\\"\") },\n", kind, i, s.n, STR_FMT(x->hash), tag);
	else
		OUT_LIT(o, "\t\t{ NULL, 0, S_INIT(\"\") },\n");
}

static void put_asset(struct out *o, size_t i, const struct asset *x)
{
	size_t dot = x->name.n;

	while (dot > 0 && x->name.p[dot - 1] != '.')
		dot--;
	out_fmt(o, "\t{ S_INIT(\"/assets/%.*s\"), S_INIT(\"/assets/%.*s%.8s.%s\"), S_INIT(\"%s\"), {\n", STR_FMT(x->name),
		(int)dot, x->name.p, x->hash.p, x->name.p + dot, types[x->type].type);
	put_form(o, "raw", i, x, x->bytes, "");
	put_form(o, "gzip", i, x, x->gzip, "-g");
	put_form(o, "brotli", i, x, x->brotli, "-b");
	OUT_LIT(o, "\t} },\n");
}

static enum rc write_all(struct job *j, const char *header, const char *source)
{
	struct out h = { .arena = &j->a, .limit = (size_t)256 << 20 };
	struct out c = h;

	OUT_LIT(&h, "/* Made by embed; do not edit. */\n#ifndef GEN_ASSETS_H\n#define GEN_ASSETS_H\n\nenum asset_id {\n\tASSET_NONE_,\n");
	OUT_LIT(&c, "/* Made by embed; do not edit. */\n#include \"html/asset_table.h\"\n\n");
	for (size_t i = 0; i < j->all.n; i++) {
		const struct asset *x = &j->all.v[i];

		OUT_LIT(&h, "\tASSET_");
		put_name(&h, x->name);
		OUT_LIT(&h, ",\n");
		put_bytes(&c, "raw", i, x->bytes);
		put_bytes(&c, "gzip", i, x->gzip);
		put_bytes(&c, "brotli", i, x->brotli);
	}
	OUT_LIT(&h, "\tASSET_N\n};\n\n#endif\n");
	OUT_LIT(&c, "const struct asset_row asset_rows[] = {\n\t{ S_INIT(\"\"), S_INIT(\"\"), S_INIT(\"\"), { { NULL, 0, S_INIT(\"\") } } },\n");
	for (size_t i = 0; i < j->all.n; i++)
		put_asset(&c, i, &j->all.v[i]);
	OUT_LIT(&c, "};\n\nconst size_t asset_rows_n = sizeof(asset_rows) / sizeof(asset_rows[0]);\n");
	if (h.failed || c.failed)
		return RC_TOO_LARGE;
	TRY(tool_write(header, out_done(&h)));
	return tool_write(source, out_done(&c));
}

static enum rc run(struct job *j, char **argv)
{
	j->dir = argv[1];
	TRY(add_folder(j, S(""), 0));
	TRY(write_all(j, argv[2], argv[3]));
	return tool_depfile(&j->a, argv[4], argv[2], &(struct tool_names){ j->deps.v, j->deps.n });
}

int main(int argc, char **argv)
{
	if (argc != 5) {
		fputs("usage: embed ASSETS_DIR OUT.h OUT.c DEPFILE\n", stderr);
		return EXIT_FAILURE;
	}
	struct job j = { 0 };
	enum rc rc = run(&j, argv);

	arena_end(&j.a);
	return rc == RC_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
