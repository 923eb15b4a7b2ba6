/* petition_case_test.h: people and petitions that several tests begin with. */
#ifndef PETITION_PETITION_CASE_TEST_H
#define PETITION_PETITION_CASE_TEST_H

#include "app/world_test.h"
#include "petition/petition_inner.h"

extern const struct petition_ruling case_accept;
/* Number i of those with a verified identity. */
enum rc case_person(struct ctx *c, int i, struct actor *ret);
struct petition_words case_words(const struct ctx *c);
/* The moderator of the pack's body; the world has moderators of its own bodies only. */
struct actor case_moderator(const struct ctx *c);
enum rc case_filed(struct ctx *c, struct petition_id *ret, struct str *ret_link, struct actor *ret_author);
enum rc case_fold(struct ctx *c);
/* Those from `from` on, n of them, and the counts. */
enum rc case_sign(struct ctx *c, struct petition_id id, const struct petition_signing *s, int from, int n);
/* Filed, accepted, supported: open to everybody. As many supporters as the profile asks for, numbered from 1. */
enum rc case_opened(struct ctx *c, const struct world *w, struct petition_id *ret, struct actor *ret_author);
bool case_counts_right(struct ctx *c, struct petition_id id);

#endif
