/*
 * phone.h: the numbering plan of a country as data (its pack brings it), and the checks that masking shares with ident.c.
 */
#ifndef TEXT_PHONE_H
#define TEXT_PHONE_H

#include "base/str.h"

struct phone_plan {
	const char *country;         /* digits behind the plus */
	const char *trunk;           /* what is dialled at home instead of the country code */
	size_t national_n;           /* digits of a national number */
	const char *const *prefixes; /* every national number starts with one of them; NULL ends the list */
	const char *const *mobile;   /* those that people write without country or trunk code; NULL ends the list */
};

bool phone_prefix_in(const char *const *prefixes, struct str national);

bool ident_control_ok(struct str twelve_digits); /* the control digit of an IIN or BIN only */
bool card_valid(struct str digits);              /* ISO/IEC 7812: 13-19 digits, Luhn */
bool iban_valid(struct str s);                   /* ISO 13616: mod 97, no spaces, upper case */

#endif
