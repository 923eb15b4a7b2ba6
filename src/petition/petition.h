/*
 * petition.h: collective appeals with legal force (Administrative Procedural Code of Kazakhstan, art. 90-1 to 90-5; the numbers are the pack's).
 *
 * moderation -> supporters by direct link -> open -> (threshold) review: an appeal to the body -> decided. Without enough: not_enough. A refusal names its
 * ground, is public, and can be taken back by a moderator. Every move is a row of petition_moves and of the trail.
 *
 * A signature is one row, unique by petition and identity; counts are folded from the rows in batches, about a second behind (PETITION_LAG_SEC), and a
 * recount repairs them. Signing touches no row that another signer touches.
 */
#ifndef PETITION_PETITION_H
#define PETITION_PETITION_H

#include "app/route.h"
#include "gen/petition_sql.h"

#define PETITION_LAG_SEC 1

enum petition_state { PETITION_MODERATION, PETITION_SUPPORTERS, PETITION_OPEN, PETITION_REVIEW, PETITION_DECIDED, PETITION_NOT_ENOUGH, PETITION_REFUSED, PETITION_WITHDRAWN, PETITION_STATE_N };
enum petition_event_kind { PE_FILED, PE_ACCEPTED, PE_REFUSED, PE_OPENED, PE_REACHED, PE_NOT_ENOUGH, PE_WITHDRAWN, PE_GROUP, PE_DISCUSSED, PE_DECIDED, PE_REPORTED, PE_N };

const char *petition_state_name(enum petition_state s);
bool petition_state_by_name(struct str name, enum petition_state *ret);
unsigned petition_state_msg(enum petition_state s);
bool petition_event_by_name(struct str name, enum petition_event_kind *ret);
unsigned petition_event_msg(enum petition_event_kind e);
bool petition_is_public(const struct petition_row *p);

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
	bool read_excluded; /* the list of what a petition may not be about was read and confirmed */
};
/* By a person with a verified identity. *ret_link: the secret part of the address for supporters. */
MUST_USE enum rc petition_file(struct ctx *c, const struct actor *who, const struct petition_words *w, struct petition_id *ret, struct str *ret_link);
/* ground empty: accepted; also takes a refusal back. original: of a duplicate. */
MUST_USE enum rc petition_moderate(struct ctx *c, const struct actor *who, struct petition_id id, struct str ground, struct str words, int64_t original);
bool petition_moderator(const struct ctx *c, const struct actor *who);
MUST_USE enum rc petition_withdraw(struct ctx *c, const struct actor *who, struct petition_id id, struct str why);

struct petition_signing {
	int64_t place;
	bool hidden;
	struct str link; /* of the supporters' address, before it is open */
	int64_t form_key; /* the same again is the same request, not a second signature; 0: none */
};
/* RC_DUPLICATE: has signed before. RC_CONFLICT: not open. RC_INVALID: no verified identity, or no place. */
MUST_USE enum rc petition_sign(struct ctx *c, const struct actor *who, struct petition_id id, const struct petition_signing *s);
MUST_USE enum rc petition_unsign(struct ctx *c, const struct actor *who, struct petition_id id);

/* The body's side: each part as it happens. */
struct petition_review {
	struct str group, discussion, decision, report;
};
MUST_USE enum rc petition_say(struct ctx *c, const struct actor *who, struct petition_id id, const struct petition_review *r);

/* Jobs: fold counts (every second), move on what is due (every minute), repair counts (every day). */
MUST_USE enum rc petition_fold(struct ctx *c, struct str payload);
MUST_USE enum rc petition_tick(struct ctx *c, struct str payload);
MUST_USE enum rc petition_repair(struct ctx *c, struct str payload);
MUST_USE enum rc petition_recount(struct ctx *c, struct petition_id id, int64_t *ret_repaired);

struct petition_similar {
	struct petition_near_row row;
	int score; /* 1-100 */
};
MUST_USE enum rc petition_similar(struct ctx *c, struct str text, struct str topic, size_t max, struct petition_similar *ret, size_t *ret_n);

extern const struct module petition_module, petition_desk_module;

#endif
