/*
 * api.h: JSON under /api/v1, described by /api/v1/openapi.json (OpenAPI 3.1, assets/openapi.json). No cookies, no forms: a program speaks for itself. Only what the
 * public may see goes out, unless the receipt's code comes along.
 */
#ifndef CHANNEL_API_H
#define CHANNEL_API_H

#include "app/route.h"
#include "appeal/appeal_do.h"
#include "appeal/filing.h"

extern const struct module api_module;
extern const struct module open311_module;

/* What a program sends in: shared by both doors. place 0: found from lat and lon. */
struct api_filing {
	struct str kind, text, topic, address, name, email, phone, lang, origin;
	int64_t place, body;
	double lat, lon;
	bool agreed_public, danger;
};
struct api_filed {
	struct appeal_case k;
	struct filing_danger danger;
	const char *field; /* RC_INVALID: the one that is wrong, and ctx.fail_msg why */
};
MUST_USE enum rc api_file(struct req *rq, const struct api_filing *f, struct api_filed *ret);
/* Nearest district by its label point; 0 when both are 0. */
int64_t api_place_at(const struct req *rq, double lat, double lon);

#endif
