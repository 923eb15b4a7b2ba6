#include "place/shape.h"

#include <math.h>

#define ROOM 0.06 /* of the larger side */

struct pen {
	struct str s;
	double x, y, start_x, start_y;
	char command;
	bool moved; /* a new outline began with this point */
	bool begun;
};

static bool number(struct str *s, double *ret)
{
	bool minus = false;
	double v = 0;
	size_t i = 0, digits = 0;

	while (i < s->n && (s->p[i] == ' ' || s->p[i] == ','))
		i++;
	if (i < s->n && s->p[i] == '-') {
		minus = true;
		i++;
	}
	for (; i < s->n && s->p[i] >= '0' && s->p[i] <= '9' && digits < 9; i++, digits++)
		v = v * 10 + (s->p[i] - '0');
	if (!digits)
		return false;
	*s = str_from(*s, i);
	*ret = minus ? -v : v;
	return true;
}

/* The next corner; a 'z' gives the first one of its outline again. */
static bool next(struct pen *p)
{
	double a, b;

	p->moved = false;
	while (p->s.n && (p->s.p[0] == ' ' || p->s.p[0] == ','))
		p->s = str_from(p->s, 1);
	if (!p->s.n)
		return false;
	if (strchr("Mlz", p->s.p[0])) {
		p->command = p->s.p[0];
		p->s = str_from(p->s, 1);
	}
	if (!p->command || (p->command != 'M' && !p->begun))
		return false;
	p->begun = true;
	if (p->command == 'z') {
		p->command = 0; /* a number behind it belongs to nothing */
		p->x = p->start_x;
		p->y = p->start_y;
		return true;
	}
	if (!number(&p->s, &a) || !number(&p->s, &b))
		return false;
	p->moved = p->command == 'M';
	p->x = p->moved ? a : p->x + a;
	p->y = p->moved ? b : p->y + b;
	if (p->moved) {
		p->start_x = p->x;
		p->start_y = p->y;
	}
	return true;
}

bool shape_bounds(struct str path, struct shape_box *ret)
{
	struct pen p = { .s = path };
	double x0 = HUGE_VAL, y0 = HUGE_VAL, x1 = -HUGE_VAL, y1 = -HUGE_VAL;

	while (next(&p)) {
		x0 = fmin(x0, p.x);
		y0 = fmin(y0, p.y);
		x1 = fmax(x1, p.x);
		y1 = fmax(y1, p.y);
	}
	if (x0 > x1)
		return false;
	*ret = (struct shape_box){ x0, y0, x1 - x0, y1 - y0 };
	return true;
}

static bool meets(struct shape_point from, struct shape_point to, struct shape_point at)
{
	return (from.y > at.y) != (to.y > at.y) && at.x < (to.x - from.x) * (at.y - from.y) / (to.y - from.y) + from.x;
}

/* How often a ray to the right meets the outline; one left open is closed where the next begins. */
bool shape_holds(struct str path, struct shape_point at)
{
	struct shape_point last = { 0 }, start = { 0 };
	struct pen p = { .s = path };
	bool inside = false;

	while (next(&p)) {
		struct shape_point here = { p.x, p.y };

		inside ^= meets(last, p.moved ? start : here, at);
		last = here;
		start = (struct shape_point){ p.start_x, p.start_y };
	}
	return inside ^ meets(last, start, at);
}

bool place_has_map(const struct pack *p)
{
	return p->map.finer > 0;
}

struct shape_point place_project(const struct pack *p, double lon, double lat)
{
	return (struct shape_point){ (lon - p->map.west) * p->map.per_east, (p->map.north - lat) * p->map.per_south };
}

void place_unproject(const struct pack *p, struct shape_point at, double *ret_lon, double *ret_lat)
{
	*ret_lon = p->map.west + at.x / p->map.per_east;
	*ret_lat = p->map.north - at.y / p->map.per_south;
}

const struct place *place_at(const struct pack *p, double lon, double lat)
{
	if (!place_has_map(p))
		return NULL;
	struct shape_point fine = place_project(p, lon, lat), coarse = { fine.x / p->map.finer, fine.y / p->map.finer };
	const struct place *found = NULL;

	for (size_t i = 0; i < p->n_places; i++) {
		const struct place *pl = &p->places[i];

		if (!pl->path.n || (found && found->up))
			continue;
		if (shape_holds(pl->path, pl->up ? fine : coarse) && (pl->up || !found))
			found = pl;
	}
	return found;
}

bool place_frame(const struct pack *p, const struct place *of, struct shape_box *ret)
{
	struct shape_box b;

	if (!place_has_map(p) || !of || !shape_bounds(of->path, &b))
		return false;
	double finer = of->up ? 1 : p->map.finer, room = ROOM * fmax(b.w, b.h) * finer;

	b = (struct shape_box){ b.x * finer - room, b.y * finer - room, b.w * finer + 2 * room, b.h * finer + 2 * room };
	double w = fmax(b.w, b.h * 4 / 3), h = w * 3 / 4;

	*ret = (struct shape_box){ floor(b.x - (w - b.w) / 2), floor(b.y - (h - b.h) / 2), ceil(w), ceil(h) };
	return true;
}

bool place_point_read(struct str s, double *ret_lat, double *ret_lon)
{
	struct str lat, rest = str_trim(s);

	if (!str_cut(&rest, ',', &lat) || !rest.p) {
		rest = str_trim(s);
		if (!str_cut(&rest, ' ', &lat) || !rest.p)
			return false;
	}
	double a, b;

	if (!str_to_double(str_trim(lat), &a) || !str_to_double(str_trim(rest), &b) || !(a >= -90 && a <= 90) || !(b >= -180 && b <= 180))
		return false;
	*ret_lat = a;
	*ret_lon = b;
	return true;
}

struct str place_point_text(struct arena *a, double lat, double lon)
{
	return str_fmt(a, "%.5f, %.5f", lat, lon);
}

bool place_map(struct arena *a, const struct pack *p, const struct place *region, const struct place *here, struct map_view *ret)
{
	struct map_view m = { .v = ARENA_ARRAY(a, p->n_places, struct map_shape) };
	struct shape_box frame;

	if (!place_frame(p, here ? here : region, &frame))
		return false;
	for (size_t i = 0; i < p->n_places; i++)
		if (p->places[i].up == region && p->places[i].path.n)
			m.v[m.n++] = (struct map_shape){ &p->places[i], p->places[i].path, &p->places[i] == here ? S("here") : S("m1") };
	m.box = str_fmt(a, "%.0f %.0f %.0f %.0f", frame.x, frame.y, frame.w, frame.h);
	m.line = str_fmt(a, "%.2f", frame.w / 400);
	m.r = (int64_t)fmax(1, frame.w / 50);
	*ret = m;
	return m.n > 0;
}

void place_mark(const struct pack *p, struct map_view *m, double lat, double lon)
{
	struct shape_point at = place_project(p, lon, lat);

	m->marked = true;
	m->x = (int64_t)lround(at.x);
	m->y = (int64_t)lround(at.y);
}
