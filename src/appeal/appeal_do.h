/*
 * appeal_do.h: what can be done with an appeal. All functions run inside a write transaction of the caller and change the case they get so
 * that it shows what is now. RC_CONFLICT: the table has no such move now; RC_FORBIDDEN: not this actor; RC_INVALID: an
 * argument breaks a rule (c->fail_msg says which, for the person). Text arguments were cleaned and limited at the edge.
 */
#ifndef APPEAL_APPEAL_DO_H
#define APPEAL_APPEAL_DO_H

#include "appeal/appeal.h"

struct appeal_filing {
	struct str kind, origin, lang, title, text, topic; /* title empty: the text's first sentence */
	const struct str *points; /* points asked; n_points 0: one, the title */
	size_t n_points;
	int64_t place, body;
	struct str address;
	struct day received;      /* on paper, when that was before now; v 0: now */
	double lat, lon;          /* both 0: none */
	bool entity, collective, anonymous, danger, agreed_public;
	int64_t people;
	struct str name, email, phone, post_address, on_behalf_of, reply_by;
	struct str identifier;    /* IIN or BIN, digits; hashed and sealed here, kept nowhere else */
	int64_t account;          /* the applicant's cabinet, 0: none */
	struct when due;             /* another rule's term; not set: that of the kind */
	int64_t complaint_about;     /* appeal_contest fills it */
};
/*
 * Takes in. Refusal to accept does not exist: only input that breaks the form is RC_INVALID. Anonymous only with danger.
 * who: the applicant, or the operator or registrar who files for a person. ret is the case as the applicant sees it.
 */
MUST_USE enum rc appeal_file(struct ctx *c, const struct actor *who, const struct appeal_filing *f, struct appeal_case *ret);

/* An appeal taken over from elsewhere that was closed there: no duty stays open here, and the trail says so. */
MUST_USE enum rc appeal_close_past(struct ctx *c, struct appeal_id id);

struct appeal_registering {
	struct str kind, topic; /* corrected; empty: as filed */
	int64_t place;          /* 0: as filed */
	const struct str *points; /* n_points 0: as filed */
	size_t n_points;
};
MUST_USE enum rc appeal_register(struct ctx *c, struct appeal_case *k, const struct appeal_registering *r);

struct appeal_hop {
	int64_t body;
	int64_t parts; /* bit n-1: point n; 0: the whole of the share */
};
/* Passes the actor's body's share on, wholly or in part, to one or several bodies in one step. reason: code of the pack; text: for the person. */
MUST_USE enum rc appeal_pass_on(struct ctx *c, struct appeal_case *k, const struct appeal_hop *to, size_t n, struct str reason, struct str text);
/* "Not ours": back to the body that passed it on. */
MUST_USE enum rc appeal_return(struct ctx *c, struct appeal_case *k, struct str text);
/* An executor takes it to work without waiting for a resolution. */
MUST_USE enum rc appeal_take(struct ctx *c, struct appeal_case *k);

struct appeal_share {
	int64_t account;
	bool lead;        /* exactly one */
	struct str share; /* in words */
	struct when due;  /* not set: the inner term */
};
MUST_USE enum rc appeal_resolve(struct ctx *c, struct appeal_case *k, const struct appeal_share *s, size_t n, struct str words, struct when inner_due);
/* A co-executor hands in what they found. */
MUST_USE enum rc appeal_share_done(struct ctx *c, struct appeal_case *k, struct str reply);

MUST_USE enum rc appeal_ask_supplement(struct ctx *c, struct appeal_case *k, struct str what);
MUST_USE enum rc appeal_supplement(struct ctx *c, struct appeal_case *k, struct str text);
MUST_USE enum rc appeal_comment(struct ctx *c, struct appeal_case *k, struct str text); /* either side, at any time before the end */
MUST_USE enum rc appeal_extend(struct ctx *c, struct appeal_case *k, struct day until, struct str reason);

MUST_USE enum rc appeal_plan_hearing(struct ctx *c, struct appeal_case *k, struct str preliminary, struct when starts, struct str where);
MUST_USE enum rc appeal_object(struct ctx *c, struct appeal_case *k, struct str objection);
MUST_USE enum rc appeal_hold_hearing(struct ctx *c, struct appeal_case *k, struct str protocol);

enum appeal_rating { RATING_CLEAR, RATING_NOT_CLEAR, RATING_NOT_SOLVED, RATING_N };
bool appeal_rating_by_name(struct str name, enum appeal_rating *ret);
MUST_USE enum rc appeal_rate(struct ctx *c, struct appeal_case *k, enum appeal_rating r, struct str words);
/* What the letter's button carries: proves that the person has the letter. Valid for rating and the four-week question only. */
struct str appeal_rate_token(const struct ctx *c, struct arena *a, struct appeal_id id);
MUST_USE enum rc appeal_open_token(struct ctx *c, struct str number, struct str token, bool for_change, struct appeal_case *ret);
MUST_USE enum rc appeal_reopen(struct ctx *c, struct appeal_case *k, struct str why);
/* A complaint to the superior body with reference to the case; ret: the new appeal. */
MUST_USE enum rc appeal_contest(struct ctx *c, struct appeal_case *k, struct str why, struct appeal_case *ret);
MUST_USE enum rc appeal_withdraw(struct ctx *c, struct appeal_case *k, struct str why);
MUST_USE enum rc appeal_stop(struct ctx *c, struct appeal_case *k, struct str ground, struct str text);
/* k joins `to` instead of being a copy of it. */
MUST_USE enum rc appeal_join(struct ctx *c, struct appeal_case *k, struct appeal_case *to);
/*
 * A moderator lets the public see it, with these masked words, or does not; takes down what is shown; shows a file under a name without personal data
 * (empty: no longer). Each change is kept with what stood before and can be taken back; the originals stay. RC_CONFLICT of the undo: it was
 * changed again since.
 */
MUST_USE enum rc appeal_publish(struct ctx *c, struct appeal_case *k, struct str title, struct str text);
MUST_USE enum rc appeal_keep_private(struct ctx *c, struct appeal_case *k, struct str why);
MUST_USE enum rc appeal_take_down(struct ctx *c, struct appeal_case *k, struct str why);
/* The exact place apart from the words: hidden, it moves to where only those who work on it, and the person, see it; the district stays. */
MUST_USE enum rc appeal_publish_point(struct ctx *c, struct appeal_case *k, bool hidden);
bool appeal_point_hidden(const struct appeal_row *a);
struct str appeal_point_state(const struct appeal_row *a); /* "hidden", "shown": as a change of it is written down */
/* For them, hidden or not; false: there is none. */
bool appeal_exact_point(const struct appeal_row *a, double *ret_lat, double *ret_lon);
MUST_USE enum rc appeal_publish_file(struct ctx *c, struct appeal_case *k, struct file_id file, struct str name);
MUST_USE enum rc appeal_public_undo(struct ctx *c, struct appeal_case *k, struct public_change_id change);
/* The person takes it off the site at once; a moderator looks again. why is for the moderator. */
MUST_USE enum rc appeal_hide(struct ctx *c, struct appeal_case *k, struct str why);
/* It was shown and was taken away: its page says 410 to strangers. */
bool appeal_is_gone(const struct appeal_row *a);
/* A question of a journalist and what was answered, with the press service's words, at the time it set; before that nobody sees it. */
MUST_USE enum rc appeal_release(struct ctx *c, struct appeal_id id, struct str title, struct str text, struct str answer);
MUST_USE enum rc appeal_note(struct ctx *c, struct appeal_case *k, struct str text);

struct appeal_file {
	const char *owner_kind; /* appeal | thread_message | answer | hearing */
	int64_t owner;          /* 0: the appeal itself */
	struct str sha256, media_type, name;
	int64_t size;
};
MUST_USE enum rc appeal_attach(struct ctx *c, struct appeal_case *k, const struct appeal_file *f);

/* One works, the others read. A lock holds 10 minutes from its last renewal; over: take it from whoever has it. RC_CONFLICT and *ret_holder when held. */
MUST_USE enum rc edit_lock(struct ctx *c, const char *kind, int64_t subject, int64_t account, bool over, struct edit_lock_row *ret_holder);
MUST_USE enum rc edit_unlock(struct ctx *c, const char *kind, int64_t subject, int64_t account);

/* Bounded batches for the jobs appeal.silent, appeal.followup, appeal.close; *ret_n says how many were changed. */
MUST_USE enum rc appeal_deem_silent(struct ctx *c, int64_t limit, int64_t *ret_n);
MUST_USE enum rc appeal_ask_followup(struct ctx *c, int64_t limit, int64_t *ret_n);

/* Similar ones by shared search terms, best first; candidates are the recent of the topic in the region. Only what the public may see. */
struct appeal_similar {
	struct appeal_near_row row;
	int score; /* 1-100 */
};
MUST_USE enum rc appeal_similar(struct ctx *c, struct str text, struct str topic, int64_t region, size_t max, struct appeal_similar *ret, size_t *ret_n);

#endif
