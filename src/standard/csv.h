/*
 * csv.h: strict CSV (RFC 4180, UTF-8, one header line). For data of ours and for imports: every row keeps its line for messages.
 */
#ifndef STANDARD_CSV_H
#define STANDARD_CSV_H

#include "base/str.h"

#define CSV_COLUMNS_MAX 64

struct csv {
	struct arena *arena;
	struct str rest;
	struct str columns[CSV_COLUMNS_MAX];
	size_t n_columns;
	int line;      /* of the row that was read last */
	int next_line;
	char separator;
	bool comments; /* lines that start with # are passed over: set it behind csv_open(), for data of ours only */
};

/* Reads the header; RC_INVALID when there is none or it is broken. A byte order mark is passed over. */
MUST_USE enum rc csv_open(struct csv *c, struct arena *a, struct str text, char separator);
/* The next row's cells into ret[0 .. n_columns-1]; RC_NOT_FOUND at the end, RC_INVALID for a broken row (its line in
 * c->line), behind which one may go on. Cells live in the text or in the arena. */
MUST_USE enum rc csv_row(struct csv *c, struct str *ret);
/* Index of a column by name; SIZE_MAX if there is none. */
size_t csv_column(const struct csv *c, const char *name);

#endif
