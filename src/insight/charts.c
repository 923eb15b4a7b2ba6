#include "insight/insight.h"

#include "html/html.h"

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

void insight_map(struct out *o, const struct view *v, const struct insight_page *p, const struct pack *pack)
{
	if (p->region || !pack->view_box.n)
		return;
	OUT_LIT(o, "<svg class=\"map\" viewBox=\"");
	html_text(o, v, pack->view_box);
	OUT_LIT(o, "\" role=\"img\" aria-hidden=\"true\">");
	for (size_t i = 0; i < p->n_places; i++) {
		int64_t id;
		const struct place *pl = str_to_i64(p->places[i].key, &id) ? pack_place(pack, id) : NULL;

		if (!pl || !pl->path.n)
			continue;
		out_fmt(o, "<path class=\"m%lld\" d=\"", (long long)p->places[i].rising_percent);
		html_text(o, v, pl->path);
		OUT_LIT(o, "\"/>");
	}
	OUT_LIT(o, "</svg>");
}
