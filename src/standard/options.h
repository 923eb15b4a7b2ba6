/*
 * options.h: what a person chooses from, taken from the country pack in the language of the page: regions, districts, topics.
 * The options are made in the request's arena. `chosen` is an id or code; 0 or empty: none.
 */
#ifndef STANDARD_OPTIONS_H
#define STANDARD_OPTIONS_H

#include "app/layout/layout.h"
#include "standard/pack.h"

size_t pack_region_options(const struct req *rq, int64_t chosen, struct option **ret);
/* All districts, each within its region (field_within()). */
size_t pack_district_options(const struct req *rq, int64_t chosen, struct option **ret);
/* The wide topics. none: message of a first option without a value ("no topic"), 0: there is no such option. */
size_t pack_topic_options(const struct req *rq, unsigned none, struct str chosen, struct option **ret);
/* Wide and narrow ones: "Roads: Pits". */
size_t pack_narrow_topic_options(const struct req *rq, struct str chosen, struct option **ret);
/* One of these. */
struct option pack_topic_option(const struct req *rq, const struct topic *t, struct str chosen);

#endif
