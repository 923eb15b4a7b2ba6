/* Where points lie, over Kazakhstan's shapes. */
#include "base/test.h"

#include <math.h>

#include "place/shape.h"
#include "standard/test_pack.h"

TEST(an_outline_holds_what_is_inside_and_nothing_else)
{
	struct str ring = S("M10 10l20 0 0 20-20 0z"), two = S("M0 0l4 0 0 4-4 0zM10 0l4 0 0 4-4 0z");
	struct shape_box b;

	CHECK(shape_bounds(ring, &b) && b.x == 10 && b.y == 10 && b.w == 20 && b.h == 20);
	CHECK(shape_holds(ring, (struct shape_point){ 20, 20 }));
	CHECK(!shape_holds(ring, (struct shape_point){ 5, 20 }) && !shape_holds(ring, (struct shape_point){ 31, 20 }));
	CHECK(shape_holds(two, (struct shape_point){ 12, 2 }) && !shape_holds(two, (struct shape_point){ 7, 2 }));
	struct str open = S("M10 10l20 0 0 20");
	CHECK(!shape_holds(open, (struct shape_point){ 9, 10 }) && shape_holds(open, (struct shape_point){ 28, 15 }));
	CHECK(shape_bounds(S("M1 1l2 2z5 5"), &b) && b.w == 2);
	CHECK(!shape_bounds(S(""), &b) && !shape_bounds(S("l"), &b));
}

TEST(cities_lie_in_their_own_districts)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	static const struct { double lat, lon; const char *name; } points[] = {
		{ 50.4111, 80.2275, "Semey" }, { 43.2380, 76.9450, "Almaty" }, { 51.1282, 71.4304, "Astana" }, { 42.3170, 69.5960, "Shymkent" },
		{ 49.8019, 73.1021, "Karaganda" }, { 43.6500, 51.1600, "Aktau" },
	};
	const struct pack *p = test_pack(&a, "country/kz");

	for (size_t i = 0; i < ARRAY_LEN(points); i++) {
		const struct place *pl = place_at(p, points[i].lon, points[i].lat);

		struct str name = pl ? place_full_name(&a, p, pl->id, LANG_EN) : S("nowhere");

		if (str_find(name, str_of(points[i].name), 0) == SIZE_MAX)
			print_message("%s: %.*s\n", points[i].name, STR_FMT(name));
		CHECK(str_find(name, str_of(points[i].name), 0) != SIZE_MAX);
	}
	CHECK(!place_at(p, 37.6173, 55.7558)); /* Moscow */
	CHECK(!place_at(p, 0, 0));
}

TEST(a_point_and_its_place_on_the_map_are_each_others_reverse)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	const struct pack *p = test_pack(&a, "country/kz");
	double lon, lat;

	place_unproject(p, place_project(p, 71.4304, 51.1282), &lon, &lat);
	CHECK(fabs(lon - 71.4304) < 1e-9 && fabs(lat - 51.1282) < 1e-9);
	CHECK(place_point_read(S(" 51.1282 , 71.4304 "), &lat, &lon) && fabs(lat - 51.1282) < 1e-9);
	CHECK(place_point_read(S("51.1282 71.4304"), &lat, &lon));
	CHECK(!place_point_read(S("51.1282"), &lat, &lon) && !place_point_read(S("91, 10"), &lat, &lon) && !place_point_read(S("a, b"), &lat, &lon));
}

TEST(every_place_with_a_shape_has_a_map)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	const struct pack *p = test_pack(&a, "country/kz");
	struct map_view m;

	for (size_t i = 0; i < p->n_places; i++)
		CHECK(place_map(&a, p, place_region(&p->places[i]), p->places[i].up ? &p->places[i] : NULL, &m) && m.n > 0);
}

TESTS("shape", T(an_outline_holds_what_is_inside_and_nothing_else), T(cities_lie_in_their_own_districts),
      T(a_point_and_its_place_on_the_map_are_each_others_reverse), T(every_place_with_a_shape_has_a_map))
