/*
 * notify.h: letters to people. A letter is queued in the transaction of its cause and sent by a job; its delivery has states
 * of its own. Text and HTML are made from the same parts, in the language of the reader. The words are kept for the clause letters_keep, the
 * row with its delivery for ever; in the demonstration, where everybody reads all mail, the words too.
 */
#ifndef NOTIFY_NOTIFY_H
#define NOTIFY_NOTIFY_H

#include "app/route.h"

#define LETTER_PARTS 10
#define LETTER_ONCE ((struct when){ INT64_MAX }) /* once_ends of a link that works once and has no end */
#define LETTERS_TYPED 20 /* to one address; the rest of the hour is dropped */

/* A letter that waited, within the letter of the day. */
struct letter_item {
	struct str subject, text;
};

struct letter {
	const struct lang *lang;
	struct str to;              /* address */
	int64_t account;            /* 0: none */
	struct str subject;         /* plain text; no line breaks */
	struct str parts[LETTER_PARTS]; /* paragraphs, plain text */
	size_t n_parts;
	const struct letter_item *items; /* after the paragraphs */
	size_t n_items;
	struct str button;          /* label of the one thing to do; empty: none */
	struct url link;            /* where it leads, from the root of the site */
	const char *about;          /* "appeal" ... */
	int64_t about_id;
	struct url unsubscribe;     /* path that ends letters of this sort in one tap, without sign-in; empty: none */
	bool typed;                 /* somebody typed the address and nobody has shown yet that it is theirs: LETTERS_TYPED an hour go */
	struct when once_ends;      /* holds a one-time code or link, worth nothing from then on: its words go with the delivery; unset: none */
	bool may_wait;              /* tells of no right and no term: whoever chose one letter a day gets it with that */
	struct str dedup;           /* a letter of this name is queued once; empty: no limit */
};

void letter_add(struct letter *l, struct str paragraph); /* more than LETTER_PARTS: a bug */
/* Inside a write transaction. Nothing happens when the address is empty. */
MUST_USE enum rc notify_send(struct ctx *c, const struct letter *l);

/* Inside a write transaction: what was held for this account leaves now, in one letter. */
MUST_USE enum rc notify_release(struct ctx *c, int64_t account);

/* "ID-CODE": of a link that ends letters of a sort (the purpose) to whom this row is about. Derived, nothing is stored. */
struct str letters_token(const struct ctx *c, const char *purpose, int64_t id);
bool letters_token_read(const struct ctx *c, const char *purpose, struct str token, int64_t *ret_id);

extern const struct module notify_module;

#endif
