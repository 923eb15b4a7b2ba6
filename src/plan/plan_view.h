/* plan_view.h: what the pages of plans are drawn from. Inside of the slice. */
#ifndef PLAN_PLAN_VIEW_H
#define PLAN_PLAN_VIEW_H

#include "app/layout/layout.h"
#include "plan/plan.h"
#include "standard/pack.h"

struct plan_page {
	struct measure_row m;
	enum measure_state state;
	struct str body, topic;
	struct measure_event_row_list events; /* oldest first */
	struct subject origin;                /* title empty: the body itself */
	bool late, keeper;
	int64_t left;                         /* working days */
};
MUST_USE enum rc plan_page_make(struct req *rq, struct measure_id id, struct plan_page *ret);

struct plan_filter {
	int64_t body, region; /* 0: any */
	struct str state;     /* empty: any */
	struct option *regions, *states;
	size_t n_regions, n_states;
};

struct url plan_url(struct arena *a, struct measure_id id);
/* The one search. */
MUST_USE enum rc plan_find_again(struct ctx *c, struct measure_id id);
MUST_USE enum rc plan_search_fill(struct ctx *c, int64_t before, int64_t *ret_next);
/* Those who wait where the measure came from hear of it. due: the new date, 0: none. */
MUST_USE enum rc plan_tell_origin(struct ctx *c, const struct actor *who, const struct measure_row *m, enum measure_event_kind e, const struct plan_note *n,
				  struct day due);
enum tone plan_tone(struct str state, bool late);
struct str plan_state_text(const struct lang *l, struct str state);
bool plan_is_late(const struct measure_row *m, struct day today);
struct option *plan_states(struct arena *a, const struct lang *l, struct str chosen);
/* "The second half of 2026" */
struct str plan_report_title(struct arena *a, const struct lang *l, int64_t half);
struct str plan_money(struct arena *a, const struct lang *l, const struct measure_row *m);

#endif
