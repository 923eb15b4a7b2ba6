/*
 * ident.h: personal and business identifiers, phones, e-mail addresses, and masking of them in texts.
 * Source of the control digits: Government decree of 11.06.2003 No. 565 (shared data identifiers.json).
 * Patterns come from the country pack; this file holds algorithms only.
 */
#ifndef TEXT_IDENT_H
#define TEXT_IDENT_H

#include "base/str.h"
#include "base/when.h"

enum ident_result { IDENT_OK, IDENT_LENGTH, IDENT_DIGITS, IDENT_DATE, IDENT_CONTROL, IDENT_NOT_ISSUED };
enum ident_result iin_check(struct str s, struct day today);
enum ident_result bin_check(struct str s);
bool email_valid(struct str s); /* RFC 5321 addresses that real mail servers take; domain with a dot */
/* How a country numbers its people. */
enum person_id_scheme { PERSON_ID_IIN, PERSON_ID_LUHN };
struct person_id_rule {
	enum person_id_scheme scheme;
	size_t digits; /* of PERSON_ID_LUHN */
};
bool person_id_valid(const struct person_id_rule *rule, struct str s, struct day today);

/* By a country's numbering plan (phone.h): "8(701)1234567" to "+77011234567"; false if it is no phone number. */
struct phone_plan;
bool phone_e164(struct arena *a, const struct phone_plan *plan, struct str s, struct str *ret);

/* A piece of text that looks like personal data: for the moderator's suggestions. */
enum mask_kind { MASK_IIN, MASK_PHONE, MASK_EMAIL, MASK_NAME, MASK_CARD, MASK_IBAN, MASK_DOCUMENT, MASK_ADDRESS, MASK_RUDE };
struct mask_span {
	size_t at, n; /* bytes */
	enum mask_kind kind;
};
struct mask_spans {
	struct mask_span *v;
	size_t n;
};
struct mask_spans mask_find(struct arena *a, const struct phone_plan *plan, struct str text);
/* Rude words: for the moderator to look at, never masked by themselves. */
struct mask_spans rude_find(struct arena *a, struct str text);
/* Each span replaced by "█" signs of a fixed count, so that the length tells nothing. */
struct str mask_apply(struct arena *a, struct str text, const struct mask_spans *m);

#endif
