/* petition_signers.h: what the page of staff about signatures is drawn from. */
#ifndef PETITION_PETITION_SIGNERS_H
#define PETITION_PETITION_SIGNERS_H

#include "petition/petition_pages.h"

struct petition_signers {
	struct petition_page p;
	struct paper_row_list papers;
	struct invalidation_row_list outs;
	struct mailing_row_list mailings;
	struct petition_places places;
	struct option *sheets;
	struct form_state *paper, *out, *mail;
	bool may_enter, may_take_out, may_mail;
};

struct url petition_desk_path(struct arena *a, struct petition_id id);
struct str petition_out_state(const struct lang *l, struct str state);
struct str petition_out_conditions(struct arena *a, const struct lang *l, const struct pack *p, const struct invalidation_row *v);

#endif
