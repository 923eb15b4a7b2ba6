/*
 * asset_table.h: what gen/assets.c (made by tools/embed) holds. Only that file and asset.c include this.
 */
#ifndef HTML_ASSET_TABLE_H
#define HTML_ASSET_TABLE_H

#include "html/asset.h"

struct asset_bytes {
	const unsigned char *p;
	size_t n;
	struct str etag; /* with its quotes */
};

struct asset_row {
	struct str plain, hashed; /* "/assets/app.css", "/assets/app.3f9a1c2b.css" */
	struct str type;
	struct asset_bytes form[ASSET_ENCODINGS];
};

extern const struct asset_row asset_rows[]; /* the first is empty */
extern const size_t asset_rows_n;

#endif
