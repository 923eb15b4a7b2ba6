#include "petition/petition.h"

#include "account/account.h"
#include "app/world_test.h"
#include "gen/appeal_sql.h"
#include "gen/messages.h"
#include "standard/petition_rules.h"

static enum rc person(struct ctx *c, int i, struct actor *ret)
{
	int64_t id;

	TRY(account_by_identity(c, str_fmt(c->arena, "90010130%04d", i), str_fmt(c->arena, "Айгүл%d Серікова", i), LANG_KK, &id));
	*ret = (struct actor){ .account = id, .roles = CITIZEN };
	return RC_OK;
}

static struct petition_words words(const struct ctx *c)
{
	const struct body *b = pack_body_by_code(c->app->pack, S("r10_akimat"));

	return (struct petition_words){ .body = b ? b->id : 0, .topic = S("roads"), .lang = S("kk"), .title = S("Көпірді жөндеуді сұраймыз"), .read_excluded = true,
					.text = S("Көпір ескірген, күн сайын мың адам өтеді. Жөндеуді және жаяу жол салуды ұсынамыз, өйткені балалар мектепке осы жерден барады.") };
}

/* The moderator of the pack's body; the world has moderators of its own bodies only. */
static struct actor moderator(const struct ctx *c)
{
	const struct body *b = pack_body_by_code(c->app->pack, c->app->pack->petition_body);

	return (struct actor){ .account = 77, .body = b ? b->id : 0, .roles = BIT(ROLE_MODERATOR), .body_roles = BIT(ROLE_MODERATOR) };
}

static enum rc filed(struct ctx *c, struct petition_id *ret, struct str *ret_link, struct actor *ret_author)
{
	struct petition_words w = words(c);

	TRY(person(c, 1, ret_author));
	return petition_file(c, ret_author, &w, ret, ret_link);
}

static enum rc fold(struct ctx *c)
{
	c->now = when_add(c->now, 3 * WHEN_SECOND);
	TRY(petition_fold(c, S("")));
	return petition_tick(c, S(""));
}

static enum rc whole_life(struct ctx *c, const struct world *w)
{
	struct actor author, mod = moderator(c), someone;
	struct petition_id id;
	struct petition_row p;
	struct str link;
	struct petition_signing s = { .place = w->place };
	struct actor head = { .account = 78, .roles = BIT(ROLE_HEAD), .body_roles = BIT(ROLE_HEAD) };
	int64_t changed;

	WANT_OK(filed(c, &id, &link, &author));
	WANT_REFUSED(c, petition_sign(c, &author, id, &s), RC_CONFLICT, MSG_PETITION_FAULT_NOT_OPEN);
	WANT_OK(petition_moderate(c, &mod, id, S(""), S(""), 0));
	WANT_REFUSED(c, petition_sign(c, &author, id, &s), RC_CONFLICT, MSG_PETITION_FAULT_NOT_OPEN); /* by the link only */
	s.link = link;
	for (int i = 1; i <= 50; i++) {
		WANT_OK(person(c, i, &someone));
		WANT_OK(petition_sign(c, &someone, id, &s));
	}
	WANT_RC(petition_sign(c, &someone, id, &s), RC_DUPLICATE);
	WANT_OK(fold(c));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_STR(p.state, S("open"));
	WANT_INT(p.signatures, 50);
	s.link = S("");
	WANT_OK(person(c, 51, &someone));
	WANT_OK(petition_sign(c, &someone, id, &s));
	WANT_OK(petition_add(c->db, id, p.threshold, c->now, &changed)); /* as if the rest had signed */
	WANT_OK(fold(c));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_STR(p.state, S("review"));
	WANT(p.appeal_id != 0);
	struct appeal_row a;

	WANT_OK(appeal_by_id(c->db, (struct appeal_id){ p.appeal_id }, &a));
	WANT(a.collective && a.body_id == p.body_id);
	head.body = p.body_id;
	struct petition_review r = { .decision = S("Көпір жөнделеді.") };

	WANT_REFUSED(c, petition_say(c, &head, id, &r), RC_INVALID, MSG_PETITION_FAULT_DECIDE);
	r.group = S("Бес адам.");
	r.discussion = S("12 ақпанда өтті.");
	WANT_OK(petition_say(c, &head, id, &r));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_STR(p.state, S("decided"));
	WANT_INT(p.author.n, 0); /* the name leaves the page when it closes */
	return RC_OK;
}
TEST(a_petition_lives_from_moderation_to_the_decision) { world_run(whole_life); }

static enum rc taken_back(struct ctx *c, const struct world *w)
{
	struct actor author, mod = moderator(c), someone;
	struct petition_id id;
	struct petition_row p;
	struct str link;
	struct petition_signing s = { .place = w->place };
	int64_t repaired, changed;

	WANT_OK(filed(c, &id, &link, &author));
	WANT_OK(petition_moderate(c, &mod, id, S(""), S(""), 0));
	s.link = link;
	for (int i = 1; i <= 3; i++) {
		WANT_OK(person(c, i, &someone));
		WANT_OK(petition_sign(c, &someone, id, &s));
	}
	WANT_OK(petition_unsign(c, &someone, id)); /* before it was counted */
	WANT_OK(fold(c));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_INT(p.signatures, 2);
	WANT_OK(petition_unsign(c, &author, id)); /* and after */
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_INT(p.signatures, 1);
	WANT_OK(petition_sign(c, &author, id, &s)); /* and given again */
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_INT(p.signatures, 2);
	WANT_OK(petition_add(c->db, id, 40, c->now, &changed));
	WANT_OK(petition_recount(c, id, &repaired));
	WANT_INT(repaired, -40);
	WANT_OK(petition_repair(c, S("")));
	return RC_OK;
}
TEST(a_signature_is_taken_back_and_given_again_and_counts_are_repaired) { world_run(taken_back); }

static enum rc repeated(struct ctx *c, const struct world *w)
{
	struct actor author, mod = moderator(c);
	struct petition_id id;
	struct petition_row p;
	struct petition_signing s = { .place = w->place, .form_key = 41 };

	WANT_OK(filed(c, &id, &s.link, &author));
	WANT_OK(petition_moderate(c, &mod, id, S(""), S(""), 0));
	WANT_OK(petition_sign(c, &author, id, &s));
	WANT_OK(petition_sign(c, &author, id, &s)); /* the same request */
	s.form_key = 42;
	WANT_RC(petition_sign(c, &author, id, &s), RC_DUPLICATE); /* another one */
	WANT_OK(petition_unsign(c, &author, id));
	s.form_key = 41;
	WANT_OK(petition_sign(c, &author, id, &s)); /* answered as before, and nothing happens */
	WANT_OK(fold(c));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_INT(p.signatures, 0);
	c->now = world_day(w, 30, 10);
	WANT_OK(petition_sign(c, &author, id, &s)); /* nor when it has closed meanwhile */
	s.form_key = 43;
	WANT_REFUSED(c, petition_sign(c, &author, id, &s), RC_CONFLICT, MSG_PETITION_FAULT_NOT_OPEN);
	return RC_OK;
}
TEST(a_repeated_signing_request_is_answered_the_same_and_happens_once) { world_run(repeated); }

/* Requests do not reach the writer in the order in which they began. */
static enum rc overtaken(struct ctx *c, const struct world *w)
{
	struct actor author, mod = moderator(c), someone;
	struct petition_id id;
	struct petition_row p;
	struct petition_signing s = { .place = w->place };

	WANT_OK(filed(c, &id, &s.link, &author));
	WANT_OK(petition_moderate(c, &mod, id, S(""), S(""), 0));
	c->now = when_add(c->now, 5 * WHEN_SECOND);
	WANT_OK(petition_sign(c, &author, id, &s));
	c->now = when_add(c->now, -5 * WHEN_SECOND);
	WANT_OK(person(c, 2, &someone));
	WANT_OK(petition_sign(c, &someone, id, &s));
	WANT_OK(fold(c));
	WANT_OK(fold(c));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_INT(p.signatures, 2);
	return RC_OK;
}
TEST(a_signature_that_was_overtaken_is_counted) { world_run(overtaken); }

static enum rc refused(struct ctx *c, const struct world *w)
{
	struct actor author, mod = moderator(c);
	struct petition_id id;
	struct petition_row p;
	struct str link;
	struct petition_words x = words(c);

	WANT_OK(filed(c, &id, &link, &author));
	WANT_REFUSED(c, petition_moderate(c, &w->staff[1][POST_MODERATOR], id, S(""), S(""), 0), RC_FORBIDDEN, MSG_PETITION_FAULT_ROLE);
	WANT_REFUSED(c, petition_moderate(c, &mod, id, S("petition_excluded"), S(" "), 0), RC_INVALID, MSG_PETITION_FAULT_GROUND);
	WANT_REFUSED(c, petition_moderate(c, &mod, id, S("petition_duplicate"), S("бар"), 5), RC_INVALID, MSG_PETITION_FAULT_ORIGINAL);
	WANT_OK(petition_moderate(c, &mod, id, S("petition_excluded"), S("Тілдер мәртебесі туралы"), 0));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT(petition_is_public(&p)); /* refusals are public with their ground */
	WANT_OK(petition_moderate(c, &mod, id, S(""), S(""), 0));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_STR(p.state, S("supporters"));
	x.read_excluded = false;
	WANT_REFUSED(c, petition_file(c, &author, &x, &id, &link), RC_INVALID, MSG_PETITION_FAULT_EXCLUDED);
	x = words(c);
	x.body = w->body[0];
	WANT_REFUSED(c, petition_file(c, &author, &x, &id, &link), RC_INVALID, MSG_PETITION_FAULT_BODY);
	WANT_REFUSED(c, petition_file(c, &w->citizen, &x, &id, &link), RC_INVALID, MSG_PETITION_FAULT_IDENTITY); /* a mailbox is no identity */
	return RC_OK;
}
TEST(a_refusal_names_its_ground_and_can_be_taken_back) { world_run(refused); }

static enum rc terms(struct ctx *c, const struct world *w)
{
	struct actor author, mod = moderator(c);
	struct petition_id id;
	struct petition_row p;
	struct str link;

	WANT_OK(filed(c, &id, &link, &author));
	WANT_OK(petition_moderate(c, &mod, id, S(""), S(""), 0));
	c->now = world_day(w, 30, 10);
	WANT_OK(petition_tick(c, S("")));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_STR(p.state, S("not_enough"));
	return RC_OK;
}
TEST(without_fifty_supporters_in_ten_working_days_it_ends) { world_run(terms); }

static enum rc thresholds(struct ctx *c, const struct world *w)
{
	const struct petition_rules *r = c->app->pack->petitions;
	struct day on = when_day(w->monday);
	const struct body *government = pack_body_by_code(c->app->pack, S("government")), *region = pack_body_by_code(c->app->pack, S("r10_akimat"));
	struct place small = { .population = 30000 }, large = { .population = 80000 };
	struct body district = { .kind = S("district_akimat"), .place = &small };

	WANT_INT(petition_threshold_of(r, government, on), 50000);
	WANT_INT(petition_threshold_of(r, region, on), 5957); /* one per cent of 595,676, rounded up */
	WANT_INT(petition_threshold_of(r, &district, on), 1500); /* five per cent */
	district.place = &large;
	WANT_INT(petition_threshold_of(r, &district, on), 2500);
	small.population = 0;
	district.place = &small;
	WANT_INT(petition_threshold_of(r, &district, on), 2500);
	WANT_INT(petition_threshold_of(r, &(struct body){ .kind = S("department") }, on), 0);
	return RC_OK;
}
TEST(thresholds_follow_the_addressee_and_the_number_of_people) { world_run(thresholds); }

TESTS("petition", T(a_petition_lives_from_moderation_to_the_decision), T(a_signature_is_taken_back_and_given_again_and_counts_are_repaired),
      T(a_repeated_signing_request_is_answered_the_same_and_happens_once),
      T(a_signature_that_was_overtaken_is_counted),
      T(a_refusal_names_its_ground_and_can_be_taken_back), T(without_fifty_supporters_in_ten_working_days_it_ends),
      T(thresholds_follow_the_addressee_and_the_number_of_people))
