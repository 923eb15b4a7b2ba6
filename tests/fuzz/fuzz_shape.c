/* Any bytes as the outline of a place and as a point that somebody typed. */
#include <math.h>

#include "fuzz.h"
#include "place/shape.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str in = { (const char *)data, size };
	struct shape_box b;
	double lat, lon, lat2, lon2;

	if (shape_bounds(in, &b)) {
		fuzz_must(isfinite(b.x) && isfinite(b.y) && b.w >= 0 && b.h >= 0, "box of a wrong shape", in);
		fuzz_must(!shape_holds(in, (struct shape_point){ b.x - 1, b.y }), "holds what lies beside it", in);
		shape_holds(in, (struct shape_point){ b.x + b.w / 2, b.y + b.h / 2 });
	}
	if (place_point_read(in, &lat, &lon)) {
		fuzz_must(fabs(lat) <= 90 && fabs(lon) <= 180, "point off the globe", in);
		fuzz_must(place_point_read(place_point_text(&a, lat, lon), &lat2, &lon2) && fabs(lat - lat2) < 1e-4 && fabs(lon - lon2) < 1e-4,
			  "point changes when read again", in);
	}
	return 0;
}
