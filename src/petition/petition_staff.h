/*
 * petition_staff.h: what staff do with signatures: sheets of paper, taking many out, letters to all. Inside of the slice.
 */
#ifndef PETITION_PETITION_STAFF_H
#define PETITION_PETITION_STAFF_H

#include "petition/petition_inner.h"

/* May this actor enter sheets: operators and moderators of the moderating body. */
bool petition_operator(const struct ctx *c, const struct actor *who);

/* One line of a sheet: the identifier, then the name; behind a semicolon the place, where it is not the sheet's. */
struct petition_paper_line {
	struct str identifier, name;
	int64_t place;
	int number; /* on the sheet */
};
struct petition_sheet_new {
	struct str sheet, reason, lines, scan_sha256, scan_type;
	int64_t counted, place;
};
/* Reads the lines. *ret_wrong: numbers of the lines that cannot be read, as words; empty: all is well. */
MUST_USE enum rc petition_paper_read(struct ctx *c, struct str lines, int64_t place, struct petition_paper_line **ret, size_t *ret_n, struct str *ret_wrong);
/* Each line once by its identity; who has signed already is reported, not counted. RC_DUPLICATE: this sheet was entered before. */
MUST_USE enum rc petition_paper(struct ctx *c, const struct actor *who, struct petition_id id, const struct petition_sheet_new *s, struct paper_row *ret);

struct petition_invalidating {
	struct str domain, cidr, reason;
	struct when since, until;
	int64_t place, paper;
};
/* At least one condition and a reason. Counted by a job first; nothing is taken out before it is started. */
MUST_USE enum rc petition_invalidate(struct ctx *c, const struct actor *who, struct petition_id id, const struct petition_invalidating *n, struct petition_invalidation_id *ret);
MUST_USE enum rc petition_invalidate_start(struct ctx *c, const struct actor *who, struct petition_invalidation_id id);
MUST_USE enum rc petition_invalidate_cancel(struct ctx *c, const struct actor *who, struct petition_invalidation_id id);
MUST_USE enum rc petition_invalidate_undo(struct ctx *c, const struct actor *who, struct petition_invalidation_id id);
int64_t petition_invalidation_percent(const struct invalidation_row *v);

/* To every signer ("decision") or to those who want to hear more ("news"). An earlier one of the kind that still runs is superseded. */
MUST_USE enum rc petition_mail_signers(struct ctx *c, const struct actor *who, struct petition_id id, struct str kind, struct str text, struct str text_other,
				       struct petition_mailing_id *ret);
/* What became of a promise that the decision brought, to those who want to hear more. News of the same promise that still run are superseded. */
MUST_USE enum rc petition_news(struct ctx *c, int64_t id, const struct subject_news *n);
MUST_USE enum rc petition_mailing_cancel(struct ctx *c, const struct actor *who, struct petition_mailing_id id);
int64_t petition_mailing_percent(const struct mailing_row *m);
bool petition_may_mail(const struct ctx *c, const struct actor *who, const struct petition_row *p);
/* The token of a letter, without sign-in. */
struct str petition_letters_token(const struct ctx *c, struct petition_signature_id id);
MUST_USE enum rc petition_letters_of(struct ctx *c, struct str token, struct petition_signature_id *ret, struct signature_petition_row *ret_row);

extern const struct module petition_staff_module, petition_letters_module;

#endif
