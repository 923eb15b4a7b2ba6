/*
 * petition.h: collective appeals with legal force (Administrative Procedural Code of Kazakhstan, art. 90-1 to 90-5; the numbers are the pack's).
 *
 * moderation -> supporters by direct link -> open -> (threshold) review: an appeal to the body -> decided. Without enough: not_enough; taken back by the
 * author: withdrawn; ended by a court or the law: stopped. A refusal names its ground, is public, can be contested by the author and taken back by a
 * moderator. Every move is a row of petition_moves and of the trail; every term is a duty.
 *
 * A signature is one row, unique by petition and identity; whoever may sign by mail too is known by mailbox and name (petition_mail.c). Counts are folded from the rows in batches, about a second behind (PETITION_LAG_SEC), and a
 * recount repairs them. Signing touches no row that another signer touches.
 *
 * The threshold works in both directions: reached, it is checked for the term petition_register, and if by then too few are left, it was not reached.
 * Once the review has begun, fewer signatures change nothing.
 */
#ifndef PETITION_PETITION_H
#define PETITION_PETITION_H

#include "app/route.h"
#include "gen/petition_sql.h"

#define PETITION_LAG_SEC 1

enum petition_state {
	PETITION_MODERATION, PETITION_SUPPORTERS, PETITION_OPEN, PETITION_REVIEW, PETITION_DECIDED, PETITION_NOT_ENOUGH, PETITION_REFUSED, PETITION_WITHDRAWN,
	PETITION_STOPPED, PETITION_STATE_N
};
enum petition_event_kind {
	PE_FILED, PE_DELAYED, PE_ACCEPTED, PE_REFUSED, PE_CONTESTED, PE_UPHELD, PE_OPENED, PE_PAPER, PE_INVALIDATED, PE_REVALIDATED, PE_REACHED, PE_FALLEN,
	PE_REGISTERED, PE_NOT_ENOUGH, PE_WITHDRAWN, PE_STOPPED, PE_GROUP, PE_DISCUSSION, PE_DISCUSSED, PE_DECIDED, PE_REPORTED, PE_MAILED, PE_ANONYMISED, PE_N
};

const char *petition_state_name(enum petition_state s);
bool petition_state_by_name(struct str name, enum petition_state *ret);
unsigned petition_state_msg(enum petition_state s);
enum petition_state petition_state_of(struct str name); /* of a row: a name that is not ours is a bug */
bool petition_event_by_name(struct str name, enum petition_event_kind *ret);
unsigned petition_event_msg(enum petition_event_kind e);
bool petition_is_public(const struct petition_row *p);
/* The applicant's name stands on the page while the petition is under way. */
struct str petition_author_shown(const struct petition_row *p);

struct petition_move {
	enum petition_state from;
	enum petition_event_kind event;
	enum petition_state to;
};
extern const struct petition_move petition_moves[];
extern const size_t petition_moves_n;
bool petition_may(const struct petition_row *p, enum petition_event_kind e);

struct petition_words {
	int64_t body;
	struct str topic, lang, title, text, title_other, text_other;
	struct str mail;    /* for letters about it; empty: that of the account */
	bool read_excluded; /* the list of what a petition may not be about was read and confirmed */
};
/* By a person with a verified identity. *ret_link: the secret part of the address for supporters. */
MUST_USE enum rc petition_file(struct ctx *c, const struct actor *who, const struct petition_words *w, struct petition_id *ret, struct str *ret_link);
/* The secret part of the supporters' address: derived, stored nowhere. */
struct str petition_link(const struct ctx *c, struct petition_id id);
struct url petition_path(struct arena *a, struct petition_id id); /* its page */
/* Makes the words findable; runs again without harm. */
MUST_USE enum rc petition_index(struct ctx *c, struct petition_id id, struct str title, struct str text, struct str title_other, struct str text_other);

struct petition_ruling {
	struct str ground, words; /* ground empty: accepted; also takes a refusal back */
	struct str excluded;      /* ground petition_excluded: the point of the list */
	int64_t original;         /* ground petition_duplicate */
};
MUST_USE enum rc petition_moderate(struct ctx *c, const struct actor *who, struct petition_id id, const struct petition_ruling *r);
bool petition_moderator(const struct ctx *c, const struct actor *who);
/* Refused by this very moderator and contested: somebody else decides. */
bool petition_own_refusal(const struct actor *who, const struct petition_row *p);
/* The author against a refusal, once; another moderator than the one who refused accepts it after all or says why the refusal stands. */
MUST_USE enum rc petition_contest(struct ctx *c, const struct actor *who, struct petition_id id, struct str words);
MUST_USE enum rc petition_uphold(struct ctx *c, const struct actor *who, struct petition_id id, struct str words);
/* The author, before the threshold is reached. */
MUST_USE enum rc petition_withdraw(struct ctx *c, const struct actor *who, struct petition_id id, struct str why);
/* By a court or the law: a moderator, with a ground of the pack. */
MUST_USE enum rc petition_stop(struct ctx *c, const struct actor *who, struct petition_id id, struct str ground, struct str words);

struct petition_signing {
	int64_t place;
	bool hidden, wants_mail;
	struct str link; /* of the supporters' address, before it is open */
	struct str net;  /* petition_net() of where it comes from */
	struct str mail; /* for letters about it; empty: that of the account */
	struct str lang;
	int64_t form_key; /* the same again is the same request, not a second signature; 0: none */
};
/* RC_DUPLICATE: has signed before. RC_CONFLICT: not open. RC_INVALID: no verified identity, or no place. */
MUST_USE enum rc petition_sign(struct ctx *c, const struct actor *who, struct petition_id id, const struct petition_signing *s);
/*
 * By mail, where the pack allows it. RC_OK says only that the words make sense: who has signed before, who is the third at one address and who uses an
 * address to throw away is told by the letter that comes or does not come. RC_INVALID: the name or the place is none.
 */
struct petition_mail_signing {
	struct str name, mail, link, net, lang;
	int64_t place;
	bool hidden, wants_mail;
};
MUST_USE enum rc petition_sign_by_mail(struct ctx *c, struct petition_id id, const struct petition_mail_signing *s);
/* What the letter's button leads to. Opening it changes nothing; confirming twice is confirming once. */
struct petition_confirming {
	struct pending_row pending;
	bool counts; /* the signature stands */
	bool open;   /* may be confirmed now */
};
MUST_USE enum rc petition_confirm_look(struct ctx *c, struct str token, struct petition_confirming *ret);
/* RC_DUPLICATE: the link was used a while ago. RC_CONFLICT: too late. */
MUST_USE enum rc petition_confirm(struct ctx *c, struct str token);
MUST_USE enum rc petition_confirm_undo(struct ctx *c, struct str token);
MUST_USE enum rc petition_unsign(struct ctx *c, const struct actor *who, struct petition_id id);

/* The body's side: each part as it happens. */
struct petition_review {
	struct str group, discuss_where, discussion, decision, report;
	struct day discuss; /* v INT32_MIN: not set */
};
MUST_USE enum rc petition_say(struct ctx *c, const struct actor *who, struct petition_id id, const struct petition_review *r);
/* Day of the decision: 40 working days for a central body, 20 for a local one. */
struct when petition_review_due(const struct ctx *c, const struct petition_row *p);

/* Moderation is late when too many wait or one waits too long. */
struct petition_delay {
	bool late;
	int64_t waiting, days_over; /* working days that the oldest is over its term */
};
MUST_USE enum rc petition_delay_now(struct ctx *c, struct petition_delay *ret);

/* Jobs: fold counts (every second), move on what is due (every few seconds). */
MUST_USE enum rc petition_fold(struct ctx *c, struct str payload);
MUST_USE enum rc petition_tick(struct ctx *c, struct str payload);
/* Every count of one petition against its rows; *ret_off: by how much they differed in all. */
MUST_USE enum rc petition_recount(struct ctx *c, struct petition_id id, int64_t *ret_off);

struct petition_similar {
	struct petition_near_row row;
	int score; /* 1-100 */
};
MUST_USE enum rc petition_similar(struct ctx *c, struct str text, size_t max, struct petition_similar *ret, size_t *ret_n);

extern const struct module petition_module, petition_desk_module;

#endif
