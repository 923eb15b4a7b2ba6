/*
 * dispatch.h: from a parsed request to a response, by the row of its route. This is the only place that checks role, rate, CSRF,
 * size, content type and fields, and the only one that knows lanes.
 */
#ifndef APP_DISPATCH_H
#define APP_DISPATCH_H

#include "app/app.h"

/* The application that lib/http calls. */
struct http_app dispatch_app(struct app *app);

#endif
