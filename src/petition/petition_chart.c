#include "gen/messages.h"
#include "html/html.h"
#include "petition/petition_view.h"

#define WIDTH 720
#define HEIGHT 120

/* At most so many bars: where there are more hours, a bar is the largest of several. */
#define BARS_MAX 180

/* Bars by hour, unusual ones in another colour; the table beside it says the same to whoever does not see them. */
void petition_hours(struct out *o, const struct view *v, const struct petition_pace *p)
{
	size_t step = (p->hours + BARS_MAX - 1) / BARS_MAX, bars = step ? (p->hours + step - 1) / step : 0;

	(void)v;
	if (!p->max || !bars)
		return;
	out_fmt(o, "<svg class=\"chart\" viewBox=\"0 0 %d %d\" aria-hidden=\"true\" focusable=\"false\"><path class=\"axis\" d=\"M0 %dh%d\"/>", WIDTH, HEIGHT, HEIGHT - 1, WIDTH);
	for (size_t b = 0; b < bars; b++) {
		int64_t n = 0;
		bool odd = false;

		for (size_t i = b * step; i < p->hours && i < (b + 1) * step; i++) {
			n = p->n[i] > n ? p->n[i] : n;
			odd = odd || p->unusual[i];
		}
		int h = (int)(n * (HEIGHT - 4) / p->max), x = (int)(b * WIDTH / bars), w = (int)((b + 1) * WIDTH / bars) - x;

		if (n > 0)
			out_fmt(o, "<rect%s x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>", odd ? " class=\"late\"" : "", x, HEIGHT - 1 - h - (h == 0), w > 2 ? w - 1 : w, h + (h == 0));
	}
	OUT_LIT(o, "</svg>");
}
