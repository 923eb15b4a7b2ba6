/* When a duty reminds: two days before, on the last morning, the morning after, three days later; never twice. */
#include "standard/duty.h"

#include "base/test.h"

static struct when at(int day, int hour)
{
	return when_from_civil(2026, 2, day, hour, 0, 0);
}

TEST(a_duty_is_looked_at_two_days_before_it_is_due)
{
	struct when due = when_end_of_day(when_day(at(20, 0)));

	CHECK_INT(duty_next(DUTY_ANSWER, due, 0, at(2, 10)).us, at(18, 9).us);
	CHECK_INT(duty_next(DUTY_ANSWER, due, 0, at(18, 9)).us, at(20, 9).us);
	CHECK_INT(duty_next(DUTY_ANSWER, due, 0, at(20, 9)).us, at(21, 9).us);
	CHECK_INT(duty_next(DUTY_ANSWER, due, 0, at(21, 9)).us, at(24, 9).us);
	CHECK_INT(duty_next(DUTY_ANSWER, due, 0, at(24, 9)).us, 0);
}

TEST(a_stage_is_told_once_and_those_slept_through_not_at_all)
{
	struct when due = when_end_of_day(when_day(at(20, 0)));

	CHECK_INT(duty_stage_due(DUTY_ANSWER, due, 0, at(17, 23)), DUTY_STAGE_N);
	CHECK_INT(duty_stage_due(DUTY_ANSWER, due, 0, at(18, 9)), DUTY_SOON);
	CHECK_INT(duty_stage_due(DUTY_ANSWER, due, 1 << DUTY_SOON, at(19, 12)), DUTY_STAGE_N);
	CHECK_INT(duty_stage_due(DUTY_ANSWER, due, 0, at(21, 9)), DUTY_LATE);
	CHECK_INT(duty_stage_due(DUTY_ANSWER, due, 1 << DUTY_LATE, at(23, 9)), DUTY_STAGE_N);
	CHECK_INT(duty_stage_due(DUTY_ANSWER, due, 1 << DUTY_LATE, at(24, 9)), DUTY_ESCALATED);
}

TEST(registration_of_the_same_day_does_not_remind_beforehand)
{
	struct when due = when_end_of_day(when_day(at(2, 0)));

	CHECK_INT(duty_next(DUTY_REGISTER, due, 0, at(2, 10)).us, at(3, 9).us);
}

TEST(names_of_duties_and_stages_go_both_ways)
{
	for (unsigned i = 0; i < DUTY_KIND_N; i++) {
		enum duty_kind k;

		CHECK(duty_kind_by_name(str_of(duty_kind_name((enum duty_kind)i)), &k) && k == i);
		CHECK(duty_kind_msg(k) != 0);
	}
	for (unsigned i = 0; i < DUTY_STAGE_N; i++) {
		enum duty_stage s;

		CHECK(duty_stage_by_name(str_of(duty_stage_name((enum duty_stage)i)), &s) && s == i);
	}
}

TESTS("duty", T(a_duty_is_looked_at_two_days_before_it_is_due), T(a_stage_is_told_once_and_those_slept_through_not_at_all),
      T(registration_of_the_same_day_does_not_remind_beforehand), T(names_of_duties_and_stages_go_both_ways))
