#include "place/place.h"

#include "base/utf8.h"

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

static bool same(struct str a, struct str b)
{
	size_t i = 0, k = 0;

	while (i < a.n && k < b.n)
		if (utf8_lower_cp(utf8_next(a, &i)) != utf8_lower_cp(utf8_next(b, &k)))
			return false;
	return i == a.n && k == b.n;
}

/* Without its first or its last word: "Abay District", "Абайский район", "город Семей". */
static bool same_short(struct str words, struct str name)
{
	size_t first = str_find_byte(name, ' ', 0), last = name.n;

	if (first == SIZE_MAX)
		return false;
	while (name.p[last - 1] != ' ')
		last--;
	return same(words, str_from(name, first + 1)) || same(words, str_sub(name, 0, last - 1));
}

static bool written_so(struct arena *a, const struct pack *p, const struct place *pl, struct str words, bool exact)
{
	bool full = pl->up && str_find_byte(words, ',', 0) != SIZE_MAX;

	for (unsigned l = 0; l < LANG_N; l++) {
		if (exact ? same(words, pl->name.v[l]) : same_short(words, pl->name.v[l]))
			return true;
		if (exact && full && same(words, place_full_name(a, p, pl->id, (enum lang_id)l)))
			return true;
	}
	return false;
}

int64_t place_named(struct arena *a, const struct pack *p, struct str words, int64_t near)
{
	const struct place *region = place_region(pack_place(p, near));

	for (unsigned pass = 0; pass < 4; pass++) { /* in the region exactly, in the region shortened, anywhere exactly, anywhere shortened */
		int64_t found = 0;
		size_t n = 0;

		for (size_t i = 0; i < p->n_places; i++) {
			const struct place *pl = &p->places[i];

			if ((pass >= 2 || (region && place_within(pl, region->id))) && written_so(a, p, pl, words, pass % 2 == 0)) {
				found = pl->id;
				n++;
			}
		}
		if (n)
			return n == 1 ? found : 0;
	}
	return 0;
}
