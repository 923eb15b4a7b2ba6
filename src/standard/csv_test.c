/* CSV: what RFC 4180 allows is read, what it does not is named by its line and passed over. */
#include "standard/csv.h"

#include "base/test.h"

TEST(quotes_commas_and_lines_stand_inside_of_quotes)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct csv c;
	struct str v[CSV_COLUMNS_MAX];

	assert_int_equal(csv_open(&c, &a, S("\xef\xbb\xbfone,two\r\n\"a, \"\"b\"\"\r\nc\",\r\nлі,\"\"\n\n x ,y"), ','), RC_OK);
	CHECK_INT(c.n_columns, 2);
	CHECK_INT(csv_column(&c, "one"), 0);
	CHECK_INT(csv_column(&c, "two"), 1);
	CHECK(csv_column(&c, "tw") == SIZE_MAX);
	assert_int_equal(csv_row(&c, v), RC_OK);
	CHECK_INT(c.line, 2);
	CHECK_STR(v[0], S("a, \"b\"\r\nc"));
	CHECK_STR(v[1], S(""));
	assert_int_equal(csv_row(&c, v), RC_OK);
	CHECK_INT(c.line, 4); /* the row before had two lines */
	CHECK_STR(v[0], S("лі"));
	CHECK_STR(v[1], S(""));
	assert_int_equal(csv_row(&c, v), RC_OK);
	CHECK_INT(c.line, 6);
	CHECK_STR(v[0], S(" x ")); /* spaces belong to the cell */
	CHECK_STR(v[1], S("y"));
	CHECK_INT(csv_row(&c, v), RC_NOT_FOUND);
	CHECK_INT(csv_row(&c, v), RC_NOT_FOUND);
}

TEST(a_broken_row_is_named_and_the_next_one_is_read)
{
	static const struct { struct str broken; } cases[] = {
		{ S_INIT("a\n") },                     /* a cell too few */
		{ S_INIT("a,b,c\n") },                 /* a cell too many */
		{ S_INIT("a,b\"c\n") },                /* a quote in a bare cell */
		{ S_INIT("\"a\"b,c\n") },              /* a letter behind the closing quote */
		{ S_INIT("a,\"b\n") },                 /* a quote that never closes */
		{ S_INIT("a,b\rc\n") },                /* a bare carriage return */
		{ S_INIT("a,\xff\n") },                /* no UTF-8 in the last cell: the next line must not be lost */
		{ S_INIT("\xd0,b\n") },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arena a CLEANUP(arena_end) = { 0 };
		struct csv c;
		struct str v[CSV_COLUMNS_MAX];
		struct str text = str_cat(&a, str_cat(&a, S("one,two\ngood,1\n"), cases[i].broken), S("good,2\n"));

		assert_int_equal(csv_open(&c, &a, text, ','), RC_OK);
		assert_int_equal(csv_row(&c, v), RC_OK);
		CHECK_INT(csv_row(&c, v), RC_INVALID);
		CHECK_INT(c.line, 3);
		assert_int_equal(csv_row(&c, v), RC_OK);
		CHECK_INT(c.line, 4);
		CHECK_STR(v[1], S("2"));
		CHECK_INT(csv_row(&c, v), RC_NOT_FOUND);
	}
}

TEST(a_header_must_be_there_and_whole)
{
	static const struct { struct str text; } cases[] = { { S_INIT("") }, { S_INIT("\xef\xbb\xbf") }, { S_INIT("\"a") }, { S_INIT("a\"b,c\n") }, { S_INIT("\xff\n") } };
	struct arena a CLEANUP(arena_end) = { 0 };
	struct csv c;
	struct str wide = S(",");

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		CHECK_INT(csv_open(&c, &a, cases[i].text, ','), RC_INVALID);
	for (int i = 0; i < 6; i++)
		wide = str_cat(&a, wide, wide);
	CHECK_INT(csv_open(&c, &a, str_from(wide, 1), ','), RC_OK);
	CHECK_INT(c.n_columns, CSV_COLUMNS_MAX);
	CHECK_INT(csv_open(&c, &a, wide, ','), RC_INVALID);
}

TEST(comments_are_rows_unless_they_are_asked_for)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct csv c;
	struct str v[CSV_COLUMNS_MAX];

	assert_int_equal(csv_open(&c, &a, S("one;two\n#5;b\n"), ';'), RC_OK);
	assert_int_equal(csv_row(&c, v), RC_OK);
	CHECK_STR(v[0], S("#5"));
	assert_int_equal(csv_open(&c, &a, S("one;two\n# told\n1;2\n"), ';'), RC_OK);
	c.comments = true;
	assert_int_equal(csv_row(&c, v), RC_OK);
	CHECK_INT(c.line, 3);
	CHECK_STR(v[0], S("1"));
}

TESTS("csv", T(quotes_commas_and_lines_stand_inside_of_quotes), T(a_broken_row_is_named_and_the_next_one_is_read),
      T(a_header_must_be_there_and_whole), T(comments_are_rows_unless_they_are_asked_for))
