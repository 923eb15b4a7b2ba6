/*
 * asset.h: style sheets, icons and scripts, part of the program (tools/embed). Static data, never freed.
 *
 * In a template: <link rel="stylesheet" href="{{ ASSET(app_css) }}">; the file is assets/app.css, and one that does
 * not exist does not compile. The address carries a hash of the content, so it may be cached for ever.
 */
#ifndef HTML_ASSET_H
#define HTML_ASSET_H

#include "gen/assets.h"
#include "html/html.h"

#define ASSET(name) asset_url(ASSET_##name)

enum asset_encoding { ASSET_RAW, ASSET_GZIP, ASSET_BROTLI, ASSET_ENCODINGS };

struct asset {
	struct str type;  /* media type */
	struct str bytes;
	struct str etag;  /* strong, with its quotes; differs by encoding */
	enum asset_encoding encoding; /* what bytes are; RAW when the asked one is not there */
	bool immutable;   /* asked for by the hashed address: cache for ever. Otherwise revalidate */
};

struct url asset_url(enum asset_id id);
/* By the path of the request, hashed or plain ("/assets/app.css", as style sheets write it); false: no such file. */
MUST_USE bool asset_find(struct str path, enum asset_encoding wanted, struct asset *ret);

#endif
