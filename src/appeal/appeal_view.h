/* appeal_view.h: what the page of an appeal shows, worked out from the case. Inside of the appeal's pages and of the desk. */
#ifndef APPEAL_APPEAL_VIEW_H
#define APPEAL_APPEAL_VIEW_H

#include "app/layout/layout.h"
#include "appeal/answer.h"
#include "appeal/appeal_do.h"
#include "place/shape.h"
#include "plan/plan.h"
#include "standard/wording.h"

struct appeal_page {
	const struct appeal_case *k;
	struct str state, kind, topic, place, body, first_body, title, text;
	struct str how; /* it came, where that was not by this site: "on paper" */
	enum tone tone;
	struct deadline clock;
	struct trail_item *trail;
	size_t n_trail;
	struct thread_row_list thread;
	struct file_row_list files;
	struct answer_whole *answers; /* delivered, oldest first */
	size_t n_answers;
	struct hearing_row_list hearings;
	struct str secret;            /* of the receipt when the page was reached by it; the cabinet does not need it */
	bool own;
	const struct wording *wording;
	struct map_view map;          /* its point, when it has one; n 0: none */
	struct str point;
	struct str about;             /* a complaint: the number of what it is about; empty: none, or not for this reader */
	struct url about_url;
	struct measure_row_list plans; /* what bodies promised because of it, or of what it joined */
};

/* Loads what the view allows: public pages get masked words only. */
MUST_USE enum rc appeal_page_make(struct req *rq, const struct appeal_case *k, struct str secret, struct appeal_page *ret);
/* Pure. What comes after hours is registered on the next working day: until then the whole term is left. */
struct deadline appeal_deadline(const struct pack *p, const struct appeal_row *a, struct when now);
enum tone appeal_tone(enum appeal_state s, const struct appeal_row *a);
enum tone step_tone(enum step_state s);
struct str appeal_decision_text(const struct lang *l, struct str decision);
/* The trail in words, oldest first: bodies see all rows, others the public ones, strangers without personal data. */
MUST_USE enum rc appeal_trail(struct req *rq, struct appeal_id id, enum appeal_view view, struct trail_item **ret, size_t *ret_n);

#endif
