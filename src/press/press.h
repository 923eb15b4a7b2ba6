/*
 * press.h: journalists and bodies. A journalist is a person with an account whom a body has accredited for a medium; what they ask is an appeal with an origin,
 * a kind and a term of its own (pack: kind_media), so number, clock and trail are everybody's. The press service answers it and sets when the public reads it:
 * at once or after an embargo. Until then the appeal stays private, so no page, feed, search or export holds it; a job releases it on time.
 *
 * After a meeting the body owes a briefing: press_briefing_due().
 */
#ifndef PRESS_PRESS_H
#define PRESS_PRESS_H

#include "app/layout/layout.h"
#include "app/route.h"
#include "gen/press_sql.h"

/* ---- briefings ---- */

/*
 * Inside the transaction that ends a meeting: the body owes a briefing by the standard's term. Once for each subject, however often it is called.
 * kind: of a subject ("meeting"); title: what it was about, in lang.
 */
MUST_USE enum rc press_briefing_due(struct ctx *c, int64_t body, const char *kind, int64_t subject, struct str lang, struct str title);

struct briefing_words {
	struct str lang, title, text, place, link;
	struct when starts;
	bool accredited; /* only accredited journalists see and enter it */
};
/* id 0: a new one, called by the body itself. */
MUST_USE enum rc press_briefing_plan(struct ctx *c, const struct actor *who, struct briefing_id id, const struct briefing_words *w, struct briefing_id *ret);
/* It took place: what was said, and where it can be seen. Fulfils what is owed. */
MUST_USE enum rc press_briefing_held(struct ctx *c, const struct actor *who, struct briefing_id id, struct str record, struct str link);
/* Called off, with a reason that everybody reads; a briefing that is owed stays owed. */
MUST_USE enum rc press_briefing_cancel(struct ctx *c, const struct actor *who, struct briefing_id id, struct str reason);

/* ---- accreditation ---- */

bool press_officer(const struct actor *who, int64_t body);
struct accreditation_words {
	struct str name, medium, post, link;
};
MUST_USE enum rc press_apply(struct ctx *c, const struct actor *who, int64_t body, const struct accreditation_words *w, struct accreditation_id *ret);
enum accreditation_act { ACCREDIT_GRANT, ACCREDIT_REFUSE, ACCREDIT_REVOKE };
MUST_USE enum rc press_decide(struct ctx *c, const struct actor *who, struct accreditation_id id, enum accreditation_act act, struct str reason);
/* The medium this person is accredited for, anywhere; RC_NOT_FOUND: nowhere. */
MUST_USE enum rc press_accredited(struct ctx *c, const struct actor *who, struct accreditation_row *ret);

/* ---- questions ---- */

struct press_asking {
	int64_t body, place;
	struct str topic, lang, title, text;
};
/* By an accredited journalist. *ret_number: of the appeal. */
MUST_USE enum rc press_ask(struct ctx *c, const struct actor *who, const struct press_asking *q, struct press_question_id *ret, struct str *ret_number);

struct press_words {
	struct str title, question, answer;
	struct when release; /* not set or past: at once */
};
/* For the public, now or later; may be changed until it is released. */
MUST_USE enum rc press_publish(struct ctx *c, const struct actor *who, struct press_question_id id, const struct press_words *w);
MUST_USE enum rc press_withhold(struct ctx *c, const struct actor *who, struct press_question_id id, struct str reason);

struct release_words {
	struct str lang, title, text, link;
	struct when release; /* not set or past: at once */
};
MUST_USE enum rc press_write_release(struct ctx *c, const struct actor *who, const struct release_words *w, struct press_release_id *ret);

/* Of a briefing, a question, an accreditation or a release, in words. */
struct str press_state(const struct lang *l, struct str state);
enum tone press_tone(struct str state);

/* Job, every 30 seconds: notes what has been answered, reminds of embargoes, releases what is due. */
MUST_USE enum rc press_tick(struct ctx *c, struct str payload);

extern const struct module press_module, press_tick_module, press_person_module, press_feed_module, press_desk_module;

#endif
