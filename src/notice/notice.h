/*
 * notice.h: explanations in advance. A notice about a coming decision has six fixed parts and is published before it takes effect: one official writes, another
 * one approves, at once or for a day ahead. A correction is a new version that goes the same way; what was public stays to be compared.
 * Questions under it are appeals to the body, and afterwards the body says what became of it.
 */
#ifndef NOTICE_NOTICE_H
#define NOTICE_NOTICE_H

#include "app/layout/layout.h"
#include "app/route.h"
#include "gen/notice_sql.h"

struct notice_words {
	struct str title, what, why, weighed, affected, softened, ask, changed, topic, lang;
	struct day effective;
};
/* The parts in their order: column of the words, message of its heading. */
struct notice_part {
	size_t at; /* in struct notice_text_row and in struct notice_words alike: by the accessors below */
	unsigned msg;
};
#define NOTICE_PARTS 6
struct str notice_part_text(const struct notice_text_row *t, size_t part);
unsigned notice_part_msg(size_t part);

/* Writers: executor, head, moderator; approvers: head, approver, signer, controller, but never who wrote it. */
bool notice_may_write(const struct actor *who, int64_t body);
bool notice_may_approve(const struct actor *who, const struct notice_row *n);

MUST_USE enum rc notice_write(struct ctx *c, const struct actor *who, const struct notice_words *w, struct notice_id *ret);
/* The draft under work; of a published notice it begins the next version (w->changed says why). */
MUST_USE enum rc notice_save(struct ctx *c, const struct actor *who, struct notice_id id, const struct notice_words *w);
/* RC_INVALID with c->fail_msg when a part is missing. */
MUST_USE enum rc notice_submit(struct ctx *c, const struct actor *who, struct notice_id id);
MUST_USE enum rc notice_send_back(struct ctx *c, const struct actor *who, struct notice_id id);
/* publish not set or past: at once. Refused on or after the day it takes effect. */
MUST_USE enum rc notice_approve(struct ctx *c, const struct actor *who, struct notice_id id, struct when publish);
MUST_USE enum rc notice_outcome(struct ctx *c, const struct actor *who, struct notice_id id, struct str words);

/* The one search knows what is public of it. */
MUST_USE enum rc notice_find_again(struct ctx *c, struct notice_id id);

extern const struct module notice_module, notice_desk_module;

#endif
