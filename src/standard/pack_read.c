#include "standard/pack_read.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/vec.h"

#define FILE_BYTES_MAX ((off_t)32 << 20)

void problem(struct loading *l, const char *file, int line, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	*VEC_ADD(l->arena, l->problems) = str_fmt(l->arena, "%s/%s:%d: %s", l->dir, file, line, text);
}

bool read_text(struct loading *l, const char *file, bool needed, struct str *ret)
{
	const char *path = str_fmt(l->arena, "%s/%s", l->dir, file).p;
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		if (needed)
			problem(l, file, 1, "the file is missing");
		return false;
	}
	bool ok = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size <= FILE_BYTES_MAX;
	char *p = ok ? arena_alloc(l->arena, (size_t)st.st_size + 1) : NULL;
	size_t n = 0;

	while (ok && n < (size_t)st.st_size) {
		ssize_t got = read(fd, p + n, (size_t)st.st_size - n);

		if (got <= 0)
			break;
		n += (size_t)got;
	}
	close(fd);
	if (!ok)
		problem(l, file, 1, "the file cannot be read or is too large");
	*ret = (struct str){ p, n };
	return ok;
}

bool table_open(struct table *t, struct loading *l, const char *file, const char *const *columns, size_t n)
{
	struct str text;

	*t = (struct table){ .l = l, .file = file };
	if (!read_text(l, file, true, &text))
		return false;
	if (csv_open(&t->csv, l->arena, text, ',') != RC_OK) {
		problem(l, file, 1, "the first line must name the columns");
		return false;
	}
	t->csv.comments = true;
	t->seen.arena = l->arena;
	bool ok = true;

	for (size_t i = 0; i < n; i++)
		if (csv_column(&t->csv, columns[i]) == SIZE_MAX) {
			problem(l, file, 1, "the column %s is missing", columns[i]);
			ok = false;
		}
	return ok;
}

bool table_next(struct table *t)
{
	for (;;) {
		enum rc rc = csv_row(&t->csv, t->cells);

		t->line = t->csv.line;
		if (rc == RC_OK)
			return true;
		if (rc == RC_NOT_FOUND)
			return false;
		problem(t->l, t->file, t->line, "this row is broken: it needs %zu cells, quotes in pairs, UTF-8", t->csv.n_columns);
	}
}

struct str cell_text(struct table *t, const char *column)
{
	size_t i = csv_column(&t->csv, column);

	return i == SIZE_MAX ? S("") : str_trim(t->cells[i]);
}

struct str cell_needed(struct table *t, const char *column)
{
	struct str s = cell_text(t, column);

	if (!s.n)
		problem(t->l, t->file, t->line, "%s is empty", column);
	return s;
}

int64_t cell_int(struct table *t, const char *column)
{
	struct str s = cell_text(t, column);
	int64_t v = 0;

	if (s.n && !str_to_i64(s, &v))
		problem(t->l, t->file, t->line, "%s is no whole number: %.*s", column, STR_FMT(s));
	return v;
}

double cell_real(struct table *t, const char *column)
{
	struct str s = cell_text(t, column);
	double v = 0;

	if (s.n && !str_to_double(s, &v))
		problem(t->l, t->file, t->line, "%s is no number: %.*s", column, STR_FMT(s));
	return v;
}

bool cell_yes(struct table *t, const char *column)
{
	struct str s = cell_text(t, column);

	if (!str_eq(s, S("yes")) && !str_eq(s, S("no")))
		problem(t->l, t->file, t->line, "%s must be yes or no, not \"%.*s\"", column, STR_FMT(s));
	return str_eq(s, S("yes"));
}

struct day cell_day(struct table *t, const char *column)
{
	struct str s = cell_text(t, column);
	struct day d = { 0 };

	if (!day_parse(s, &d))
		problem(t->l, t->file, t->line, "%s must be a date like 2026-01-31, not \"%.*s\"", column, STR_FMT(s));
	return d;
}

struct name3 cell_name3(struct table *t, const char *prefix)
{
	static const char *const ends[LANG_N] = { [LANG_KK] = "kk", [LANG_RU] = "ru", [LANG_EN] = "en" };
	struct name3 n;

	for (size_t i = 0; i < LANG_N; i++)
		n.v[i] = cell_needed(t, str_fmt(t->l->arena, "%s_%s", prefix, ends[i]).p);
	return n;
}

struct str cell_confidence(struct table *t)
{
	struct str s = cell_text(t, "confidence");

	if (s.n != 1 || !strchr("CSDK", s.p[0]))
		problem(t->l, t->file, t->line, "confidence must be C, S, D or K, not \"%.*s\"", STR_FMT(s));
	return s;
}

void row_once(struct table *t, struct str key)
{
	if (map_put(&t->seen, key, t))
		problem(t->l, t->file, t->line, "%.*s stands twice", STR_FMT(key));
}

enum unit cell_unit(struct table *t, const char *column)
{
	static const char *const names[] = {
		[UNIT_WORKING_DAY] = "working_day", [UNIT_DAY] = "day",       [UNIT_MONTH] = "month",    [UNIT_HOUR] = "hour",
		[UNIT_MINUTE] = "minute",           [UNIT_PERCENT] = "percent", [UNIT_COUNT] = "count",
	};
	struct str s = cell_text(t, column);

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_eq(s, str_of(names[i])))
			return (enum unit)i;
	problem(t->l, t->file, t->line, "%s is no unit: %.*s", column, STR_FMT(s));
	return UNIT_COUNT;
}
