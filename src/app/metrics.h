/* metrics.h: counters of the process, and the pages /metrics, /healthz, /readyz. */
#ifndef APP_METRICS_H
#define APP_METRICS_H

#include "app/app.h"

/* Counts a request that has been sent and writes its line to the access log (route, never the address or the query). */
void metrics_request(struct app *app, const struct http_request *http, const struct route *route);

extern const struct module system_module;

#endif
