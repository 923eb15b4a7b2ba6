#include "html/qr.h"

#include <qrencode.h>

#define MARGIN 4 /* quiet zone of the standard, in modules */

struct html html_qr(struct arena *a, struct str text)
{
	struct out o = OUT_ON(a);
	QRcode *qr = text.n <= 2300 ? QRcode_encodeString8bit(str_z(a, text), 0, QR_ECLEVEL_M) : NULL;

	if (!qr)
		return (struct html){ S("") };
	int all = qr->width + 2 * MARGIN;

	out_fmt(&o, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-hidden=\"true\">"
		    "<path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path fill=\"#000\" d=\"", all, all, all * 4, all * 4, all, all);
	for (int y = 0; y < qr->width; y++)
		for (int x = 0; x < qr->width; x++) {
			int run = 0;

			while (x + run < qr->width && qr->data[y * qr->width + x + run] & 1)
				run++;
			if (!run)
				continue;
			out_fmt(&o, "M%d %dh%dv1h-%dz", x + MARGIN, y + MARGIN, run, run);
			x += run;
		}
	OUT_LIT(&o, "\"/></svg>");
	QRcode_free(qr);
	return (struct html){ out_done(&o) };
}
