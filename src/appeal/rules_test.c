/* The pure rules: the lifecycle as a graph, who may what, points and shares, terms, likeness. */
#include "appeal/appeal_rules.h"

#include "app/app.h"
#include "appeal/answer.h"
#include "appeal/appeal_do.h"
#include "base/test.h"
#include "gen/messages.h"

static struct when at(int month, int day, int hour)
{
	return when_from_civil(2026, month, day, hour, 0, 0);
}

/* --- the tables -------------------------------------------------------------------------------------------------------- */

TEST(no_two_rows_of_the_lifecycle_say_different_things)
{
	for (size_t i = 0; i < appeal_moves_n; i++)
		for (size_t j = 0; j < i; j++)
			CHECK(appeal_moves[i].from != appeal_moves[j].from || appeal_moves[i].event != appeal_moves[j].event);
	for (size_t i = 0; i < answer_moves_n; i++)
		for (size_t j = 0; j < i; j++)
			CHECK(answer_moves[i].from != answer_moves[j].from || answer_moves[i].event != answer_moves[j].event);
}

TEST(every_state_is_reached_and_every_state_but_the_last_ones_is_left)
{
	bool reached[APPEAL_STATE_N] = { [APPEAL_FILED] = true };
	bool left[APPEAL_STATE_N] = { [APPEAL_WITHDRAWN] = true, [APPEAL_JOINED] = true };

	for (unsigned round = 0; round < APPEAL_STATE_N; round++)
		for (size_t i = 0; i < appeal_moves_n; i++)
			if (reached[appeal_moves[i].from])
				reached[appeal_moves[i].to] = true;
	for (size_t i = 0; i < appeal_moves_n; i++)
		left[appeal_moves[i].from] = true;
	for (unsigned s = 0; s < APPEAL_STATE_N; s++) {
		CHECK(reached[s]);
		CHECK(left[s]);
	}
}

/* From every state a person has a way on: to withdraw, to rate, to reopen or to contest. Only what they ended themselves is over. */
TEST(a_person_is_never_stuck)
{
	static const enum appeal_event ways[] = { EV_WITHDRAWN, EV_RATED_CLEAR, EV_RATED_NOT_SOLVED, EV_REOPENED, EV_CONTESTED, EV_SUPPLEMENTED };

	for (unsigned s = 0; s < APPEAL_STATE_N; s++) {
		bool way = s == APPEAL_WITHDRAWN || s == APPEAL_JOINED;

		for (size_t i = 0; i < ARRAY_LEN(ways); i++)
			way = way || rule_move((enum appeal_state)s, ways[i], ACT_APPLICANT, false);
		CHECK(way);
	}
}

/* Walks every cell: state x event x role, with and without a share, against the rows themselves. */
TEST(no_row_no_move)
{
	for (unsigned s = 0; s < APPEAL_STATE_N; s++)
		for (unsigned e = 0; e < EV_N; e++)
			for (unsigned r = 0; r < 31; r++) {
				const struct appeal_move *row = NULL;

				for (size_t i = 0; i < appeal_moves_n; i++)
					if (appeal_moves[i].from == s && appeal_moves[i].event == e && (appeal_moves[i].who & (1u << r)))
						row = &appeal_moves[i];
				bool person = (1u << r) == ACT_APPLICANT || (1u << r) == ACT_SYSTEM;

				CHECK(rule_move((enum appeal_state)s, (enum appeal_event)e, 1u << r, true) == row);
				CHECK(rule_move((enum appeal_state)s, (enum appeal_event)e, 1u << r, false) ==
				      (row && row->mine && !person ? NULL : row));
			}
}

TEST(nobody_without_a_role_can_move_anything)
{
	for (unsigned s = 0; s < APPEAL_STATE_N; s++)
		for (unsigned e = 0; e < EV_N; e++)
			CHECK(!rule_move((enum appeal_state)s, (enum appeal_event)e, 0, true));
}

/* What only the applicant decides no official can press, and the other way round. */
TEST(the_persons_moves_are_not_the_officials)
{
	static const enum appeal_event persons[] = { EV_WITHDRAWN, EV_RATED_CLEAR, EV_RATED_NOT_CLEAR, EV_RATED_NOT_SOLVED,
						     EV_REOPENED,  EV_CONTESTED,   EV_SUPPLEMENTED,    EV_OBJECTED };

	for (size_t i = 0; i < appeal_moves_n; i++)
		for (size_t p = 0; p < ARRAY_LEN(persons); p++)
			if (appeal_moves[i].event == persons[p])
				CHECK_INT(appeal_moves[i].who, ACT_APPLICANT);
	for (size_t i = 0; i < appeal_moves_n; i++)
		if (appeal_moves[i].event == EV_ANSWERED || appeal_moves[i].event == EV_CLARIFIED)
			CHECK_INT(appeal_moves[i].who, BIT(ROLE_SIGNER));
}

TEST(names_go_both_ways_and_every_event_has_its_words)
{
	for (unsigned i = 0; i < APPEAL_STATE_N; i++) {
		enum appeal_state s;

		CHECK(appeal_state_by_name(str_of(appeal_state_name((enum appeal_state)i)), &s) && s == i && appeal_state_msg(s) != 0);
	}
	for (unsigned i = 0; i < ANSWER_STATE_N; i++) {
		enum answer_state s;

		CHECK(answer_state_by_name(str_of(answer_state_name((enum answer_state)i)), &s) && s == i && answer_state_msg(s) != 0);
	}
	for (unsigned i = 0; i < EV_N; i++) {
		static const struct str details[] = { S_INIT("clear"), S_INIT("not_clear"), S_INIT("not_solved") };
		struct event_row e = { .kind = str_of(appeal_event_name((enum appeal_event)i)) };

		if (i >= EV_RATED_CLEAR && i <= EV_RATED_NOT_SOLVED)
			e.detail = details[i - EV_RATED_CLEAR];
		CHECK(appeal_trail_msg(&e) != 0);
	}
	CHECK_INT(appeal_trail_msg(&(struct event_row){ .kind = S("nonsense") }), 0);
}

/* --- who sees what ------------------------------------------------------------------------------------------------------- */

TEST(who_sees_an_appeal_depends_on_share_role_and_clearance)
{
	struct assignment_row rows[] = { { .body_id = 5, .done_at = { 9 } }, { .body_id = 6 } };
	struct assignment_row_list shares = { rows, 2 };
	const unsigned exec = BIT(ROLE_EXECUTOR), analyst = BIT(ROLE_ANALYST), admin = BIT(ROLE_ADMIN), mod = BIT(ROLE_MODERATOR);
	const struct { struct actor who; bool secret; const char *state; enum appeal_view want; unsigned acts; } cases[] = {
		{ { .roles = 1 }, false, "private", VIEW_NONE, 0 },
		{ { .roles = 1 }, false, "waiting", VIEW_NONE, 0 },
		{ { .roles = 1 }, false, "cleared", VIEW_PUBLIC, 0 },
		{ { .roles = 1 }, true, "private", VIEW_OWN, ACT_APPLICANT },
		{ { .account = 7 }, false, "private", VIEW_OWN, ACT_APPLICANT },
		{ { .account = 8 }, false, "private", VIEW_NONE, 0 },
		{ { .account = 9, .body = 6, .roles = exec }, false, "private", VIEW_BODY, exec },
		{ { .account = 9, .body = 5, .roles = exec }, false, "private", VIEW_BODY, exec }, /* done: may still read */
		{ { .account = 9, .body = 4, .roles = exec }, false, "private", VIEW_BODY, exec }, /* took it in */
		{ { .account = 9, .body = 3, .roles = exec }, false, "private", VIEW_NONE, 0 },
		{ { .account = 9, .body = 3, .roles = exec }, false, "cleared", VIEW_PUBLIC, 0 },
		{ { .account = 9, .body = 6, .roles = analyst }, false, "private", VIEW_NONE, 0 }, /* analysts see counts, not people */
		{ { .account = 9, .body = 6, .roles = admin }, false, "private", VIEW_NONE, 0 },   /* nor do administrators */
		{ { .account = 9, .body = 6, .roles = mod }, false, "private", VIEW_FULL, mod },
		{ { .account = 9, .body = 3, .roles = mod }, false, "private", VIEW_NONE, 0 }, /* of another body: a stranger */
		{ { .account = 9, .body = 6, .roles = admin | exec }, false, "private", VIEW_BODY, exec }, /* one person, several roles */
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct appeal_row a = { .account_id = 7, .first_body_id = 4, .public_state = str_of(cases[i].state) };

		CHECK_INT(rule_view(&a, &shares, &cases[i].who, cases[i].secret), cases[i].want);
		CHECK_INT(rule_acts(&a, &shares, &cases[i].who, cases[i].secret), cases[i].acts);
	}
}

TEST(a_guest_is_not_the_owner_of_an_appeal_without_an_account)
{
	struct appeal_row a = { .account_id = 0, .public_state = S("private") };
	struct assignment_row_list none = { 0 };
	struct actor guest = { .roles = 1 };

	CHECK_INT(rule_view(&a, &none, &guest, false), VIEW_NONE);
	CHECK_INT(rule_acts(&a, &none, &guest, false), 0);
}

/* --- points ------------------------------------------------------------------------------------------------------------------ */

TEST(points_are_passed_on_only_by_who_holds_them)
{
	static const struct { int64_t held; int64_t parts[2]; size_t n; bool want; int64_t left; } cases[] = {
		{ 0, { 0 }, 1, true, 0 },       { 0, { 1 }, 1, true, 6 },    { 0, { 1, 2 }, 2, true, 4 }, { 0, { 1, 6 }, 2, true, 0 },
		{ 0, { 3, 3 }, 2, true, 4 },    { 0, { 8 }, 1, false, 0 },   { 2, { 1 }, 1, false, 0 },   { 2, { 2 }, 1, true, 0 },
		{ 6, { 0 }, 1, true, 0 },       { 6, { 2 }, 1, true, 4 },    { 0, { 0 }, 0, false, 0 },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct assignment_row s = { .parts = cases[i].held };
		int64_t left = -1;

		CHECK_INT(rule_hops_valid(&s, 3, cases[i].parts, cases[i].n, &left), cases[i].want);
		if (cases[i].want)
			CHECK_INT(left, cases[i].left);
	}
}

/* --- terms -------------------------------------------------------------------------------------------------------------------- */

static struct law some_law(struct pack *p)
{
	p->weekend = 1u << 6 | 1u << 7;
	p->office_from = 9 * 60;
	p->office_to = 18 * 60 + 30;
	p->days_known_to = when_day(when_from_civil(2026, 12, 31, 0, 0, 0));
	return (struct law){ .pack = p, .answer = { 15, UNIT_WORKING_DAY }, .extension_max = { 2, UNIT_MONTH }, .hearing_notice = { 3, UNIT_WORKING_DAY },
			     .contest = { 3, UNIT_MONTH }, .reopen = { 3, UNIT_MONTH } };
}

TEST(fifteen_and_twenty_working_days_end_where_the_code_says)
{
	struct pack p = { 0 };
	struct law l = some_law(&p);

	CHECK_INT(rule_due(&l, at(2, 2, 10)).us, when_end_of_day(when_day(at(2, 23, 0))).us);
	l.answer.n = 20;
	CHECK_INT(rule_due(&l, at(2, 2, 10)).us, when_end_of_day(when_day(at(3, 2, 0))).us);
	l.answer = (struct term){ 15, UNIT_DAY };
	CHECK_INT(rule_due(&l, at(2, 6, 10)).us, when_end_of_day(when_day(at(2, 23, 0))).us); /* Saturday 21 rolls to Monday */
}

TEST(an_extension_reaches_at_most_two_months_from_registration)
{
	struct pack p = { 0 };
	struct law l = some_law(&p);

	CHECK_INT(rule_extend_limit(&l, at(2, 2, 10)).v, when_day(at(4, 2, 0)).v);
	CHECK_INT(rule_extend_limit(&l, when_from_civil(2026, 12, 31, 10, 0, 0)).v, when_day(when_from_civil(2027, 2, 28, 0, 0, 0)).v);
}

TEST(three_full_working_days_lie_before_a_hearing)
{
	struct pack p = { 0 };
	struct law l = some_law(&p);

	CHECK_INT(rule_hearing_earliest(&l, at(2, 2, 10)).us, at(2, 6, 0).us);
	CHECK_INT(rule_hearing_earliest(&l, at(2, 4, 10)).us, at(2, 10, 0).us); /* over a weekend */
}

TEST(the_last_day_to_contest_still_counts)
{
	struct pack p = { 0 };
	struct law l = some_law(&p);
	struct appeal_row a = { .answered_at = at(2, 2, 10) };

	CHECK(rule_may_contest(&l, &a, at(5, 4, 23))); /* 2 May is a Saturday */
	CHECK(!rule_may_contest(&l, &a, at(5, 5, 0)));
	CHECK(rule_may_reopen(&l, &a, at(5, 4, 23)));
	CHECK(!rule_may_reopen(&l, &a, at(5, 5, 0)));
	a = (struct appeal_row){ .deemed_at = at(2, 2, 10) };
	CHECK(rule_may_contest(&l, &a, at(3, 1, 0)));
	CHECK(!rule_may_reopen(&l, &a, at(3, 1, 0)));
	a = (struct appeal_row){ 0 };
	CHECK(!rule_may_contest(&l, &a, at(3, 1, 0)));
}

TEST(silence_counts_only_past_the_term_and_not_while_the_clock_stands)
{
	struct appeal_row a = { .due_at = at(2, 20, 12) };

	CHECK(!rule_deemed(&a, at(2, 20, 12)));
	CHECK(rule_deemed(&a, at(2, 20, 13)));
	a.paused_at = at(2, 10, 0);
	CHECK(!rule_deemed(&a, at(2, 20, 13)));
	a = (struct appeal_row){ .due_at = at(2, 20, 12), .answered_at = at(2, 19, 0) };
	CHECK(!rule_deemed(&a, at(2, 20, 13)));
	a = (struct appeal_row){ .due_at = at(2, 20, 12), .deemed_at = at(2, 20, 13) };
	CHECK(!rule_deemed(&a, at(2, 21, 13)));
}

/* --- likeness ------------------------------------------------------------------------------------------------------------------- */

TEST(likeness_is_by_shared_words_and_short_texts_are_not_alike_by_accident)
{
	CHECK_INT(rule_alike(S("a b c d e f"), S("a b c d e f g h")), 100);
	CHECK_INT(rule_alike(S("a b c d e f"), S("a b c x y z")), 50);
	CHECK_INT(rule_alike(S("road"), S("road x y z")), 16);
	CHECK_INT(rule_alike(S("ab"), S("abc xab ab1")), 0); /* whole words only */
	CHECK_INT(rule_alike(S(""), S("")), 0);
}

TEST(an_answer_to_one_point_is_its_own_reply_and_to_two_is_not)
{
	struct part_row points[] = { { .number = 1 }, { .number = 2 } };
	struct answer_part_row reply[] = { { .number = 2, .text = S("yes") } };
	struct appeal_case k = { .a = { .lang = S("kk") }, .parts = { points, 1 } };
	struct answer_whole w = { .a = { .text = S("text"), .decision = S("granted"), .lang = S("kk") } };

	CHECK_INT(answer_check(&k, &w, true, false).n, 0);
	k.parts.n = 2;
	CHECK_INT(answer_check(&k, &w, true, false).parts_open, 3);
	w.parts = (struct answer_part_row_list){ reply, 1 };
	CHECK_INT(answer_check(&k, &w, true, false).parts_open, 1);
	w.a.decision = S("maybe");
	struct answer_faults f = answer_check(&k, &w, true, false);

	CHECK(f.n == 2 && f.msg[0] == MSG_APPEAL_FAULT_DECISION && f.msg[1] == MSG_APPEAL_FAULT_PARTS_OPEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(no_two_rows_of_the_lifecycle_say_different_things),
		T(every_state_is_reached_and_every_state_but_the_last_ones_is_left),
		T(a_person_is_never_stuck),
		T(no_row_no_move),
		T(nobody_without_a_role_can_move_anything),
		T(the_persons_moves_are_not_the_officials),
		T(names_go_both_ways_and_every_event_has_its_words),
		T(who_sees_an_appeal_depends_on_share_role_and_clearance),
		T(a_guest_is_not_the_owner_of_an_appeal_without_an_account),
		T(points_are_passed_on_only_by_who_holds_them),
		T(fifteen_and_twenty_working_days_end_where_the_code_says),
		T(an_extension_reaches_at_most_two_months_from_registration),
		T(three_full_working_days_lie_before_a_hearing),
		T(the_last_day_to_contest_still_counts),
		T(silence_counts_only_past_the_term_and_not_while_the_clock_stands),
		T(likeness_is_by_shared_words_and_short_texts_are_not_alike_by_accident),
		T(an_answer_to_one_point_is_its_own_reply_and_to_two_is_not),
	};

	if (when_zone("Asia/Almaty") != RC_OK)
		return 1;
	return cmocka_run_group_tests_name("appeal rules", tests, NULL, NULL);
}
