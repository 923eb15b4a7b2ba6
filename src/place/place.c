#include "place/place.h"

const struct place *place_region(const struct place *p)
{
	while (p && p->up)
		p = p->up;
	return p;
}

struct str place_name(const struct pack *p, int64_t id, enum lang_id lang)
{
	const struct place *pl = pack_place(p, id);

	return pl ? pl->name.v[lang] : S("");
}

struct str place_full_name(struct arena *a, const struct pack *p, int64_t id, enum lang_id lang)
{
	const struct place *pl = pack_place(p, id);

	if (!pl)
		return S("");
	if (!pl->up)
		return pl->name.v[lang];
	struct str region = place_region(pl)->name.v[lang], own = pl->name.v[lang];

	return str_fmt(a, "%.*s, %.*s", STR_FMT(region), STR_FMT(own));
}

bool place_within(const struct place *p, int64_t above)
{
	for (; p; p = p->up)
		if (p->id == above)
			return true;
	return false;
}
