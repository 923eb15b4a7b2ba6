/*
 * appeal.h: the tracked record of a person's voice (the one header that other slices include).
 *
 * An appeal has points asked (part), shares of bodies (assignment), a trail (event), answers and duties. Its lifecycle is one
 * table, `appeal_moves`: no row, no move; the same rows draw the buttons, the help page and the tests. Every operation checks the
 * table, the role and the body, changes the rows, writes the event, opens and closes duties and queues the job `notify.appeal` (payload: the event's
 * id in decimal), all in the caller's write transaction. It never sends anything and never renders anything.
 *
 * Rules are pure and stand in appeal_rules.h; statements in appeal.sql (generated: gen/appeal_sql.h); answers in answer.h.
 * Sources: Administrative Procedural Code of Kazakhstan, art. 4, 63-65, 73, 76, 87-91, 99; the numbers themselves are in the country pack.
 */
#ifndef APPEAL_APPEAL_H
#define APPEAL_APPEAL_H

#include "app/req.h"
#include "gen/appeal_sql.h"

enum appeal_state {
	APPEAL_FILED,      /* has its number; waits for the registrar */
	APPEAL_REGISTERED, /* waits for the head's resolution */
	APPEAL_WORKING,
	APPEAL_PAUSED,     /* the person was asked to supplement; the clock stands */
	APPEAL_ANSWERED,   /* delivered by everybody; the person may say how it was */
	APPEAL_UNCLEAR,    /* answered, not understood: lies with the writer again */
	APPEAL_CLOSED,
	APPEAL_STOPPED,    /* not considered, with a ground */
	APPEAL_WITHDRAWN,
	APPEAL_JOINED,     /* stands behind another appeal and gets its answer */
	APPEAL_STATE_N
};

/* What happens. The names are the trail's kinds and its words are the messages trail.NAME. */
enum appeal_event {
	EV_FILED, EV_REGISTERED, EV_PASSED_ON, EV_RETURNED, EV_TAKEN, EV_RESOLVED, EV_SUPPLEMENT_ASKED, EV_SUPPLEMENTED, EV_COMMENTED,
	EV_EXTENDED, EV_HEARING_PLANNED, EV_OBJECTED, EV_HEARD, EV_ANSWER_CHECKED, EV_ANSWER_SENT_BACK, EV_ANSWER_APPROVED, EV_PART_ANSWERED,
	EV_ANSWERED, EV_RATED_CLEAR, EV_RATED_NOT_CLEAR, EV_RATED_NOT_SOLVED, EV_CLARIFIED, EV_REOPENED, EV_CONTESTED, EV_WITHDRAWN,
	EV_STOPPED, EV_JOINED, EV_JOINED_BY, EV_HOPS, EV_DEEMED, EV_FOLLOWUP, EV_PUBLISHED, EV_NOT_PUBLISHED, EV_HIDDEN, EV_CLOSED,
	EV_STEP_DONE, EV_STEP_MOVED, EV_N
};

const char *appeal_state_name(enum appeal_state s); /* "filed" */
bool appeal_state_by_name(struct str name, enum appeal_state *ret);
unsigned appeal_state_msg(enum appeal_state s);
const char *appeal_event_name(enum appeal_event e); /* "passed_on"; the three ratings are all "rated" */
/* The words of a trail row; needs its detail because "rated" has three. */
unsigned appeal_trail_msg(const struct event_row *e);

/* Besides the role bits of app/role.h: the applicant, by cabinet or by the receipt's secret, and the program itself. */
#define ACT_APPLICANT BIT(ROLE_CITIZEN)
#define ACT_SYSTEM 0x40000000u

/* Where a question of a journalist comes from: its own queue, its own term; shown to the public by the press service alone. */
#define ORIGIN_PRESS S("press")

struct appeal_move {
	enum appeal_state from;
	enum appeal_event event;
	enum appeal_state to;
	unsigned who;  /* any of these bits */
	bool mine;     /* staff: their body must hold an open share */
	bool open_now; /* shown as a button; others follow from something else */
};
extern const struct appeal_move appeal_moves[];
extern const size_t appeal_moves_n;

enum appeal_view {
	VIEW_NONE,   /* not to be known of: 404 */
	VIEW_PUBLIC, /* masked title and text, trail without officials' names */
	VIEW_BODY,   /* staff of a body that holds or held a share: everything but other bodies' notes */
	VIEW_OWN,    /* the applicant: everything but notes and drafts */
	VIEW_FULL    /* moderators of such a body: everything to read */
};

/* An appeal as one actor has it before them. Made by appeal_open; rows live in the context's arena. */
struct appeal_case {
	struct appeal_row a;
	enum appeal_state state;
	struct part_row_list parts;             /* at least one: the title when none are split out */
	struct assignment_row_list assignments; /* oldest first */
	const struct assignment_row *mine;      /* the open share of the actor's body, NULL: none */
	struct actor who;
	unsigned may;                           /* bits: roles in the body, ACT_APPLICANT, ACT_SYSTEM */
	enum appeal_view view;
};

/*
 * Loads by public number. secret: of the receipt, empty when none was given. RC_NOT_FOUND also when this actor may not know of it.
 * for_change locks the row where the engine needs it: use it in WRITE routes.
 */
MUST_USE enum rc appeal_open(struct ctx *c, const struct actor *who, struct str number, struct str secret, bool for_change, struct appeal_case *ret);
MUST_USE enum rc appeal_open_id(struct ctx *c, const struct actor *who, struct appeal_id id, bool for_change, struct appeal_case *ret);
/* For jobs: acts as the program. */
MUST_USE enum rc appeal_open_system(struct ctx *c, struct appeal_id id, struct appeal_case *ret);

/* Does the table have a row for this actor now? Draws the buttons; the operations ask it again. */
bool appeal_may(const struct appeal_case *k, enum appeal_event e);
/* The receipt's secret: derived from the id, stored nowhere. 12 characters of CODE_ALPHABET. */
struct str appeal_secret(const struct ctx *c, struct arena *a, struct appeal_id id);
/* YY-XXXX-XXXC of two digits and letters without look-alikes; false if the check character would be one. */
#define APPEAL_NUMBER_LETTERS 7
MUST_USE bool appeal_number_make(struct arena *a, struct str year, struct str letters, struct str *ret);
/* "kz-26-7K2M-9QXD" without spaces; false if the check character says it was mistyped. Folds case and dashes. */
MUST_USE bool appeal_number_clean(struct arena *a, struct str typed, struct str *ret);

#endif
