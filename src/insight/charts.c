#include "insight/insight.h"

#include "gen/layout_tmpl.h"
#include "html/html.h"
#include "place/shape.h"

/* Numbers only: nothing here is text of a person. */
void insight_hours(struct out *o, const struct view *v, const struct insight_page *p)
{
	int64_t max = p->hours_max ? p->hours_max : 1;

	(void)v;
	OUT_LIT(o, "<svg class=\"chart\" viewBox=\"0 0 480 120\" role=\"img\" aria-hidden=\"true\"><path class=\"axis\" d=\"M0 110h480\"/>");
	for (int i = 0; i < 48; i++) {
		int64_t in = p->hours_in[i] * 100 / max, out = p->hours_out[i] * 100 / max;

		out_fmt(o, "<path class=\"soon\" d=\"M%d %lldh4V110h-4z\"/><path class=\"ok\" d=\"M%d %lldh4V110h-4z\"/>", i * 10, (long long)(110 - in),
			i * 10 + 5, (long long)(110 - out));
	}
	OUT_LIT(o, "</svg>");
}

/* The regions of the country, or the districts of a region, the darker the more people write there. */
void insight_map(struct out *o, const struct view *v, const struct insight_page *p, const struct pack *pack)
{
	static const struct str tones[] = { S_INIT("m0"), S_INIT("m1"), S_INIT("m2"), S_INIT("m3"), S_INIT("m4"), S_INIT("m5") };
	struct map_view m = { .box = pack->view_box, .v = ARENA_ARRAY(v->arena, p->n_places + 1, struct map_shape) };
	struct shape_box frame;

	if (p->region) {
		if (!place_frame(pack, p->region, &frame))
			return;
		m.box = str_fmt(v->arena, "%.0f %.0f %.0f %.0f", frame.x, frame.y, frame.w, frame.h);
	}
	for (size_t i = 0; i < p->n_places; i++) {
		int64_t id, shade = p->places[i].rising_percent;
		const struct place *pl = str_to_i64(p->places[i].key, &id) ? pack_place(pack, id) : NULL;

		if (pl && pl->path.n)
			m.v[m.n++] = (struct map_shape){ pl, pl->path, tones[shade >= 0 && shade < (int64_t)ARRAY_LEN(tones) ? shade : 0] };
	}
	if (m.n && m.box.n)
		tmpl_layout_map(o, v, &m);
}
