/*
 * test.h: unit tests with cmocka. A test is a sentence:
 *
 *	TEST(an_arena_refuses_past_its_limit) { ... CHECK(x == y); }
 *	TESTS("base", T(an_arena_refuses_past_its_limit))
 */
#ifndef BASE_TEST_H
#define BASE_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"

#define TEST(name) static void name(void **cmocka_state_ __attribute__((unused)))
#define CHECK(cond) assert_true(cond)
#define CHECK_INT(a, b) assert_int_equal((a), (b))
/* Both texts are printed when they differ. */
#define CHECK_STR(a, b)                                                                            \
	do {                                                                                       \
		struct str check_a_ = (a), check_b_ = (b);                                         \
		if (!str_eq(check_a_, check_b_))                                                   \
			print_error("is:   \"%.*s\"\nwant: \"%.*s\"\n", STR_FMT(check_a_), STR_FMT(check_b_)); \
		assert_true(str_eq(check_a_, check_b_));                                           \
	} while (0)
#define T(name) cmocka_unit_test(name)
#define TESTS(group, ...)                                                                          \
	int main(void)                                                                             \
	{                                                                                          \
		const struct CMUnitTest tests_[] = { __VA_ARGS__ };                                \
		return cmocka_run_group_tests_name(group, tests_, NULL, NULL);                     \
	}

#endif
