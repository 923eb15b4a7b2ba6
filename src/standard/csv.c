#include "standard/csv.h"

#include "base/out.h"
#include "base/utf8.h"

/* One cell off the rest. *ret_last: the row ends behind it. */
static enum rc cell(struct csv *c, struct str *ret, bool *ret_last)
{
	struct str s = c->rest;
	size_t i = 0;

	if (s.n && s.p[0] == '"') {
		struct out o = OUT_ON(c->arena);

		for (i = 1;; i++) {
			if (i >= s.n)
				return RC_INVALID;
			if (s.p[i] == '\n')
				c->next_line++;
			if (s.p[i] != '"')
				out_char(&o, s.p[i]);
			else if (i + 1 < s.n && s.p[i + 1] == '"')
				out_char(&o, s.p[++i]);
			else
				break;
		}
		if (o.failed)
			return RC_INVALID; /* too long for one cell */
		i++;
		*ret = out_done(&o);
	} else {
		while (i < s.n && s.p[i] != c->separator && s.p[i] != '\n' && s.p[i] != '\r') {
			if (s.p[i] == '"')
				return RC_INVALID;
			i++;
		}
		*ret = str_sub(s, 0, i);
	}
	if (i < s.n && s.p[i] == c->separator) {
		*ret_last = false;
		c->rest = str_from(s, i + 1);
		return RC_OK;
	}
	if (i < s.n && s.p[i] == '\r')
		i++;
	if (i < s.n && s.p[i] != '\n')
		return RC_INVALID;
	*ret_last = true;
	c->rest = str_from(s, i + 1);
	c->next_line++;
	return RC_OK;
}

/* A row as it stands: RC_INVALID leaves c somewhere inside it. */
static enum rc row(struct csv *c, struct str *ret, size_t *ret_n)
{
	bool last = false;

	c->line = c->next_line;
	for (*ret_n = 0; !last; (*ret_n)++) {
		if (*ret_n == CSV_COLUMNS_MAX)
			return RC_INVALID;
		TRY(cell(c, &ret[*ret_n], &last));
		if (!ret[*ret_n].p)
			ret[*ret_n] = S("");
	}
	return RC_OK;
}

static bool all_utf8(const struct str *cells, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!utf8_valid(cells[i]))
			return false;
	return true;
}

static void skip_line(struct csv *c)
{
	size_t end = str_find_byte(c->rest, '\n', 0);

	c->rest = str_from(c->rest, end == SIZE_MAX ? c->rest.n : end + 1);
	c->next_line++;
}

enum rc csv_open(struct csv *c, struct arena *a, struct str text, char separator)
{
	*c = (struct csv){ .arena = a, .rest = text, .next_line = 1, .separator = separator };
	if (str_starts(c->rest, S("\xef\xbb\xbf")))
		c->rest = str_from(c->rest, 3);
	if (!c->rest.n)
		return RC_INVALID;
	TRY(row(c, c->columns, &c->n_columns));
	return all_utf8(c->columns, c->n_columns) ? RC_OK : RC_INVALID;
}

enum rc csv_row(struct csv *c, struct str *ret)
{
	struct str cells[CSV_COLUMNS_MAX], start;
	size_t n;

	while (c->rest.n && (c->rest.p[0] == '\n' || c->rest.p[0] == '\r' || (c->comments && c->rest.p[0] == '#')))
		skip_line(c);
	if (!c->rest.n)
		return RC_NOT_FOUND;
	start = c->rest;
	if (row(c, cells, &n) != RC_OK) {
		/* nobody knows where a broken row ends; its first line is given up and the next one is tried */
		c->rest = start;
		c->next_line = c->line;
		skip_line(c);
		return RC_INVALID;
	}
	if (n != c->n_columns || !all_utf8(cells, n))
		return RC_INVALID;
	memcpy(ret, cells, n * sizeof(*ret));
	return RC_OK;
}

size_t csv_column(const struct csv *c, const char *name)
{
	for (size_t i = 0; i < c->n_columns; i++)
		if (str_eq(c->columns[i], str_of(name)))
			return i;
	return SIZE_MAX;
}
