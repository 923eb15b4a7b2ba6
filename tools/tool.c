#include "tool.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/vec.h"

#define FILE_MAX ((size_t)64 << 20)

static void close_file(FILE **f)
{
	if (*f)
		fclose(*f);
}

static void close_dir(DIR **d)
{
	if (*d)
		closedir(*d);
}

static enum rc say(const char *path, const char *what)
{
	fprintf(stderr, "%s: %s: %s\n", path, what, strerror(errno));
	return RC_NOT_FOUND;
}

static enum rc read_all(struct arena *a, const char *path, struct str *ret)
{
	FILE *f CLEANUP(close_file) = fopen(path, "rb");
	struct out o = { .arena = a, .limit = FILE_MAX };
	char buf[16384];
	size_t n;

	if (!f)
		return RC_NOT_FOUND;
	while ((n = fread(buf, 1, sizeof(buf), f)) > 0)
		out_bytes(&o, buf, n);
	if (ferror(f) || o.failed)
		return RC_INTERNAL;
	*ret = out_done(&o);
	return RC_OK;
}

enum rc tool_read(struct arena *a, const char *path, struct str *ret)
{
	if (read_all(a, path, ret) != RC_OK)
		return say(path, "cannot be read");
	return RC_OK;
}

enum rc tool_write(const char *path, struct str text)
{
	struct arena old_arena CLEANUP(arena_end) = { 0 };
	struct str old;

	if (read_all(&old_arena, path, &old) == RC_OK && str_eq(old, text))
		return RC_OK;
	FILE *f CLEANUP(close_file) = fopen(path, "wb");

	if (!f)
		return say(path, "cannot be written");
	if (fwrite(text.p, 1, text.n, f) != text.n || fflush(f) != 0)
		return say(path, "cannot be written");
	return RC_OK;
}

static int by_bytes(const void *x, const void *y)
{
	return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

enum rc tool_list(struct arena *a, const char *dir, const char *suffix, struct tool_names *ret)
{
	DIR *d CLEANUP(close_dir) = opendir(dir);
	VEC(struct str) names = { 0 };
	struct dirent *e;

	if (!d)
		return say(dir, "cannot be listed");
	while ((e = readdir(d))) {
		struct str name = str_of(e->d_name);

		if (name.p[0] != '.' && str_ends(name, str_of(suffix)))
			*VEC_ADD(a, &names) = str_dup(a, name);
	}
	if (names.n)
		qsort(names.v, names.n, sizeof(names.v[0]), by_bytes);
	*ret = (struct tool_names){ names.v, names.n };
	return RC_OK;
}

static void dep_name(struct out *o, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == ' ' || s.p[i] == '#')
			out_char(o, '\\');
		out_char(o, s.p[i]);
	}
}

enum rc tool_depfile(struct arena *a, const char *path, const char *target, const struct tool_names *deps)
{
	struct out o = OUT_ON(a);

	dep_name(&o, str_of(target));
	out_char(&o, ':');
	for (size_t i = 0; i < deps->n; i++) {
		OUT_LIT(&o, " \\\n ");
		dep_name(&o, deps->v[i]);
	}
	out_char(&o, '\n');
	return tool_write(path, out_done(&o));
}

const char *tool_path(struct arena *a, const char *dir, struct str name)
{
	return str_fmt(a, "%s/%.*s", dir, STR_FMT(name)).p;
}

void tool_c_text(struct out *o, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c == '\n')
			OUT_LIT(o, "\\n");
		else if (c == '"' || c == '\\' || c == '?') /* ? because of trigraphs */
			out_fmt(o, "\\%c", c);
		else if (c < 0x20 || c >= 0x7f)
			out_fmt(o, "\\%03o", (unsigned)c);
		else
			out_char(o, (char)c);
	}
}

bool tool_is_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		bool letter = s.p[i] >= 'a' && s.p[i] <= 'z';
		bool other = s.p[i] == '_' || (s.p[i] >= '0' && s.p[i] <= '9');

		if (!letter && !(i > 0 && other))
			return false;
	}
	return s.n > 0;
}
