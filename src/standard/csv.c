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

static enum rc row(struct csv *c, struct str *ret, size_t max, size_t *ret_n)
{
	bool last = false;

	c->line = c->next_line;
	for (*ret_n = 0; !last; (*ret_n)++) {
		if (*ret_n == max)
			return RC_INVALID;
		TRY(cell(c, &ret[*ret_n], &last));
		if (!ret[*ret_n].p)
			ret[*ret_n] = S("");
		if (!utf8_valid(ret[*ret_n]))
			return RC_INVALID;
	}
	return RC_OK;
}

enum rc csv_open(struct csv *c, struct arena *a, struct str text, char separator)
{
	*c = (struct csv){ .arena = a, .rest = text, .next_line = 1, .separator = separator };
	if (str_starts(c->rest, S("\xef\xbb\xbf")))
		c->rest = str_from(c->rest, 3);
	if (!c->rest.n)
		return RC_INVALID;
	return row(c, c->columns, CSV_COLUMNS_MAX, &c->n_columns);
}

enum rc csv_row(struct csv *c, struct str *ret)
{
	struct str cells[CSV_COLUMNS_MAX];
	size_t n;

	/* blank lines and comment lines of our own data */
	while (c->rest.n && (c->rest.p[0] == '\n' || c->rest.p[0] == '\r' || c->rest.p[0] == '#')) {
		size_t end = str_find_byte(c->rest, '\n', 0);

		c->rest = str_from(c->rest, end == SIZE_MAX ? c->rest.n : end + 1);
		c->next_line++;
	}
	if (!c->rest.n)
		return RC_NOT_FOUND;
	enum rc rc = row(c, cells, CSV_COLUMNS_MAX, &n);

	if (rc != RC_OK) { /* go on behind the broken line */
		size_t end = str_find_byte(c->rest, '\n', 0);

		c->rest = str_from(c->rest, end == SIZE_MAX ? c->rest.n : end + 1);
		c->next_line++;
		return rc;
	}
	if (n != c->n_columns)
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
