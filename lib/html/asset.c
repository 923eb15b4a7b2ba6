#include "html/asset.h"

#include "html/asset_table.h"

struct url asset_url(enum asset_id id)
{
	return (struct url){ asset_rows[id].hashed };
}

bool asset_find(struct str path, enum asset_encoding wanted, struct asset *ret)
{
	for (size_t i = 1; i < asset_rows_n; i++) {
		const struct asset_row *r = &asset_rows[i];
		bool hashed = str_eq(path, r->hashed);

		if (!hashed && !str_eq(path, r->plain))
			continue;
		enum asset_encoding e = r->form[wanted].n ? wanted : ASSET_RAW;

		*ret = (struct asset){ .type = r->type,
				       .bytes = { (const char *)r->form[e].p, r->form[e].n },
				       .etag = r->form[e].etag,
				       .encoding = e,
				       .immutable = hashed };
		return true;
	}
	return false;
}
