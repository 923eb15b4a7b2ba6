/* shape.h: the shapes of places: where a point lies, and pictures of a region. Pure over the pack; a pack without a map scale has no points. */
#ifndef PLACE_SHAPE_H
#define PLACE_SHAPE_H

#include "place/place.h"

struct shape_point {
	double x, y; /* as districts are drawn */
};
struct shape_box {
	double x, y, w, h;
};

/* "M489 196l-3-1...z": whole numbers, lines only. False: none. */
bool shape_bounds(struct str path, struct shape_box *ret);
bool shape_holds(struct str path, struct shape_point p);

bool place_has_map(const struct pack *p);
struct shape_point place_project(const struct pack *p, double lon, double lat);
void place_unproject(const struct pack *p, struct shape_point at, double *ret_lon, double *ret_lat);
/* The district that a point lies in, else the region; NULL outside of the country. */
const struct place *place_at(const struct pack *p, double lon, double lat);
/* Where a map of this place begins and ends: four to three, with some room round it. False: it has no shape. */
bool place_frame(const struct pack *p, const struct place *of, struct shape_box *ret);
/* "51.1605, 71.4704", as maps give it: latitude first. */
MUST_USE bool place_point_read(struct str s, double *ret_lat, double *ret_lon);
struct str place_point_text(struct arena *a, double lat, double lon);

/* A map as layout/map.html draws it. */
struct map_shape {
	const struct place *place;
	struct str path, tone; /* tone: class, "m0" ... "m5" or "here" */
};
struct map_view {
	struct str box, line; /* line: width of a thin one in the map's own units */
	struct map_shape *v;
	size_t n;
	bool marked;
	int64_t x, y, r; /* the mark */
};
/* The districts of a region; `here` stands out. False: no shapes. */
bool place_map(struct arena *a, const struct pack *p, const struct place *region, const struct place *here, struct map_view *ret);
void place_mark(const struct pack *p, struct map_view *m, double lat, double lon);

#endif
