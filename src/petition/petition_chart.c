#include "gen/messages.h"
#include "html/html.h"
#include "petition/petition_view.h"

#define WIDTH 720
#define HEIGHT 120
#define UNUSUAL 5 /* times the median of the last days */

/* Bars by hour; the words beside it say the same to whoever does not see them. */
void petition_hours(struct out *o, const struct view *v, const struct petition_page *p)
{
	const int bar = WIDTH / PETITION_HOURS;

	(void)v;
	if (!p->hours_max)
		return;
	out_fmt(o, "<svg class=\"chart\" viewBox=\"0 0 %d %d\" aria-hidden=\"true\" focusable=\"false\">", WIDTH, HEIGHT);
	for (int i = 0; i < PETITION_HOURS; i++) {
		int h = (int)(p->hours[i] * (HEIGHT - 4) / p->hours_max);
		bool odd = p->hours_median > 0 && p->hours[i] > UNUSUAL * p->hours_median;

		if (h > 0)
			out_fmt(o, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>", odd ? "out" : "in", i * bar, HEIGHT - h, bar - 2, h);
	}
	OUT_LIT(o, "</svg>");
}
