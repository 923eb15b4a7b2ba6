/* petition_inner.h: what the files of this slice share. */
#ifndef PETITION_PETITION_INNER_H
#define PETITION_PETITION_INNER_H

#include "http/http.h"
#include "petition/petition.h"

struct pack;

#define PETITION "petition" /* subject_kind of its duties and letters */
#define PETITION_HOUR_US WHEN_HOUR
#define PETITION_HOUR_REGION 10000000000 /* hour and region in one slot */

const char *petition_event_name(enum petition_event_kind e);
/* In the searches as everybody may find it now. */
MUST_USE enum rc petition_find_put(struct ctx *c, struct petition_id id);
extern const struct search_source petition_search_source[1];
/* Some grounds of a refusal hide the text: insults, personal data. Moderators and the author still see it. */
bool petition_ground_hides(const struct pack *p, struct str ground);
/* Keeps the words of the ground (and of the point of the list) as the pack has them now. */
MUST_USE enum rc petition_ground_keep(struct ctx *c, struct petition_id id, struct str ground, struct str excluded, bool hide);
struct str petition_ground_said(const struct lang *l, const struct petition_row *p);
/* The same for petitions that were refused or stopped before the words were kept. */
MUST_USE enum rc petition_ground_fill(struct ctx *c);
/* A row of the trail. */
MUST_USE enum rc petition_told(struct ctx *c, struct petition_id id, enum petition_event_kind e, int64_t account, struct str detail, struct str reason);
/* Loads; RC_CONFLICT when the table has no such move now. */
MUST_USE enum rc petition_open_for(struct ctx *c, struct petition_id id, enum petition_event_kind e, struct petition_row *ret);
/* The end of a petition before a decision: state, duties, trail. */
MUST_USE enum rc petition_end(struct ctx *c, const struct petition_row *p, enum petition_event_kind e, int64_t account, struct str ground, struct str words);
MUST_USE enum rc petition_close_appeal(struct ctx *c, int64_t appeal);
int64_t petition_clause(const struct ctx *c, const char *code);
struct when petition_working(const struct ctx *c, const char *code); /* end of the last day of a term that begins now */
int64_t petition_moderating_body(const struct ctx *c);

/* May one sign in this way here: "identity", "mail", "paper"? The pack says. */
bool petition_signs_by(const struct pack *p, const char *way);
/* 0, or what is wrong with a name: addresses, formulas, control characters, no letters. */
unsigned petition_name_fault(struct str name);
/* "Айгүл Серікова" is shown as "Айгүл С." */
void petition_shown_as(struct arena *a, struct str name, struct str *ret_first, struct str *ret_initial);
/* The network without its hosts (/24, /48): enough to see where many came from at once, too little to find a person. */
struct str petition_net(struct arena *a, const struct http_address *from);
/* Is it open to this signer now? link: of the supporters' address. grace: how long after the end it still counts. */
bool petition_accepts(struct ctx *c, const struct petition_row *p, struct str link, int64_t grace_us);

/* A mailbox as it is kept: never in plain text. All empty for an empty address. */
struct petition_mailbox {
	struct str key, domain, sealed;
};
struct petition_mailbox petition_mailbox_of(const struct ctx *c, struct str address);
/* RC_OK: given again; RC_DUPLICATE: stands already. */
MUST_USE enum rc petition_sign_again(struct ctx *c, const struct signature_row *mine, bool hidden, int64_t form_key);

/*
 * Where one may sign by mail too: the place of the account's mailbox and name is this person's. RC_DUPLICATE: their signature by mail stands.
 */
MUST_USE enum rc petition_claim_mailbox(struct ctx *c, const struct petition_signing_row *p, const struct petition_signing *s);

/* A signature enters (n 1) or leaves (n -1) all counts, if folding has passed it; before that folding sees it by itself. */
MUST_USE enum rc petition_tally(struct ctx *c, const struct signature_row *s, int64_t n);

/* Letters to the author (petition_letters.c): job petition.letter, payload "PETITION EVENT". */
/* Whom reminders of the supporters' term go to. */
MUST_USE enum rc petition_author_address(struct ctx *c, const struct petition_row *p, struct subject *ret);
MUST_USE enum rc petition_letter_add(struct ctx *c, struct petition_id id, enum petition_event_kind e);
/* An objection is decided by another moderator than the one who refused. Where the office has no other, its head and its administrators are told. */
MUST_USE enum rc petition_alone(struct ctx *c, const struct petition_row *p, struct when due);

#endif
