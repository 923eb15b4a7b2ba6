/* qr.h: a QR code as SVG (libqrencode), black on white in either theme, so that every phone reads it. */
#ifndef HTML_QR_H
#define HTML_QR_H

#include "html/html.h"

/* Level M; empty markup when the text is too long (over 2,300 bytes). */
struct html html_qr(struct arena *a, struct str text);

#endif
