/*
 * meeting_rules.h: which heads owe meetings with residents, where and how often, and where a meeting must be announced. From the country pack
 * (meetings.csv, meeting_channels.csv); terms and shares are clauses of standard.csv. Pure.
 */
#ifndef STANDARD_MEETING_RULES_H
#define STANDARD_MEETING_RULES_H

#include "standard/pack.h"

struct meeting_term {
	struct str body_kind;
	bool below;           /* each place right under the body's own; otherwise its own */
	int64_t times, months; /* so many in a span of so many months; spans begin with the year */
	struct str basis, confidence;
	struct day valid_from;
};
struct meeting_channel {
	struct str code;
	struct name3 name;
	int64_t proofs;
	struct str basis, confidence;
	struct day valid_from;
};
struct meeting_rules {
	struct meeting_term *terms;
	struct meeting_channel *channels;
	size_t n_terms, n_channels;
};

/* The term in force for the body on a day; NULL: its head owes no meetings. */
const struct meeting_term *meeting_term_of(const struct meeting_rules *r, const struct body *b, struct day on);
/* First and last day of the span that holds a day. */
void meeting_span_days(const struct meeting_term *t, struct day on, struct day *ret_from, struct day *ret_until);
const struct meeting_channel *meeting_channel(const struct meeting_rules *r, struct str code);

#endif
