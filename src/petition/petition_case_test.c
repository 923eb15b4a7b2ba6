#include "petition/petition_case_test.h"

#include "account/account.h"
#include "standard/pack.h"

enum rc case_person(struct ctx *c, int i, struct actor *ret)
{
	int64_t id;

	TRY(account_by_identity(c, str_fmt(c->arena, "90010130%04d", i), S("Айгүл Серікова"), LANG_KK, &id));
	*ret = (struct actor){ .account = id, .roles = CITIZEN };
	return RC_OK;
}

struct petition_words case_words(const struct ctx *c)
{
	const struct body *b = pack_body_by_code(c->app->pack, S("r10_akimat"));

	return (struct petition_words){ .body = b ? b->id : 0, .topic = S("roads"), .lang = S("kk"), .title = S("Көпірді жөндеуді сұраймыз"), .read_excluded = true,
					.text = S("Көпір ескірген, күн сайын мың адам өтеді. Жөндеуді және жаяу жол салуды ұсынамыз, өйткені балалар мектепке осы жерден барады.") };
}

/* The moderator of the pack's body; the world has moderators of its own bodies only. */
struct actor case_moderator(const struct ctx *c)
{
	return (struct actor){ .account = 77, .body = c->app->pack->petition_body->id, .roles = BIT(ROLE_MODERATOR) };
}

const struct petition_ruling case_accept = { .ground = S_INIT("") };

enum rc case_filed(struct ctx *c, struct petition_id *ret, struct str *ret_link, struct actor *ret_author)
{
	struct petition_words w = case_words(c);

	TRY(case_person(c, 1, ret_author));
	return petition_file(c, ret_author, &w, ret, ret_link);
}

enum rc case_fold(struct ctx *c)
{
	c->now = when_add(c->now, 3 * WHEN_SECOND);
	TRY(petition_fold(c, S("")));
	return petition_tick(c, S(""));
}

enum rc case_sign(struct ctx *c, struct petition_id id, const struct petition_signing *s, int from, int n)
{
	for (int i = from; i < from + n; i++) {
		struct actor who;

		TRY(case_person(c, i, &who));
		TRY(petition_sign(c, &who, id, s));
	}
	return case_fold(c);
}

/* Filed, accepted, supported: open to everybody. As many supporters as the profile asks for, numbered from 1. */
enum rc case_opened(struct ctx *c, const struct world *w, struct petition_id *ret, struct actor *ret_author)
{
	struct actor mod = case_moderator(c);
	struct petition_signing s = { .place = w->place };

	TRY(case_filed(c, ret, &s.link, ret_author));
	TRY(petition_moderate(c, &mod, *ret, &case_accept));
	return case_sign(c, *ret, &s, 1, (int)petition_clause(c, "petition_supporters"));
}

bool case_counts_right(struct ctx *c, struct petition_id id)
{
	int64_t off = -1;

	return petition_recount(c, id, &off) == RC_OK && off == 0;
}
