/*
 * Any bytes as CSV: it ends, lines only grow, every row that is taken has all its cells in UTF-8, and what is written out again with quotes
 * reads back the same.
 */
#include "fuzz.h"
#include "base/out.h"
#include "base/utf8.h"
#include "standard/csv.h"

static void quote(struct out *o, const struct str *cells, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i)
			out_char(o, ',');
		out_char(o, '"');
		for (size_t k = 0; k < cells[i].n; k++) {
			if (cells[i].p[k] == '"')
				out_char(o, '"');
			out_char(o, cells[i].p[k]);
		}
		out_char(o, '"');
	}
	out_char(o, '\n');
}

static void check_again(struct arena *a, struct str written, size_t columns, const struct str *cells)
{
	struct csv c;
	struct str again[CSV_COLUMNS_MAX];

	fuzz_must(csv_open(&c, a, written, ',') == RC_OK && c.n_columns == columns, "written header is not read", written);
	fuzz_must(csv_row(&c, again) == RC_OK, "written row is not read", written);
	for (size_t i = 0; i < columns; i++)
		fuzz_must(str_eq(again[i], cells[i]), "a cell changed", written);
	fuzz_must(csv_row(&c, again) == RC_NOT_FOUND, "a row came from nowhere", written);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str in = { (const char *)data, size }, cells[CSV_COLUMNS_MAX];
	struct csv c;
	enum rc rc;
	int line = 0;

	if (csv_open(&c, &a, in, ',') != RC_OK)
		return 0;
	while ((rc = csv_row(&c, cells)) != RC_NOT_FOUND) {
		fuzz_must(c.line > line, "lines do not grow", in);
		line = c.line;
		if (rc != RC_OK)
			continue;
		struct out o = OUT_ON(&a);

		for (size_t i = 0; i < c.n_columns; i++)
			fuzz_must(utf8_valid(cells[i]), "a cell that is no UTF-8", in);
		quote(&o, c.columns, c.n_columns);
		quote(&o, cells, c.n_columns);
		check_again(&a, out_done(&o), c.n_columns, cells);
	}
	return 0;
}
