/* case_test.h: an appeal brought to where a test begins: filed, registered, in work, answered. */
#ifndef APPEAL_CASE_TEST_H
#define APPEAL_CASE_TEST_H

#include "app/world_test.h"
#include "appeal/answer.h"
#include "appeal/appeal_do.h"
#include "standard/duty.h"

/* By the citizen of the world, in Kazakh, with two points, to the first body. */
struct appeal_filing case_filing(const struct world *w);
enum rc case_as(struct ctx *c, const struct actor *who, const struct appeal_case *k, struct appeal_case *ret);
enum rc case_duties(struct ctx *c, const struct appeal_case *k, const char *kind, int64_t *ret);
enum rc case_events(struct ctx *c, const struct appeal_case *k, const char *kind, struct event_row *ret_last, int64_t *ret);
enum rc case_registered(struct ctx *c, const struct world *w, struct appeal_case *ret);
enum rc case_in_work(struct ctx *c, const struct world *w, struct appeal_case *ret);
struct answer_text case_good_answer(void);
enum rc case_signed(struct ctx *c, const struct world *w, size_t body, const struct appeal_case *k, const struct answer_text *t);
enum rc case_answered(struct ctx *c, const struct world *w, struct appeal_case *ret);

#endif
