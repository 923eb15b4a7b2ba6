#include "text/ident.h"

#include "base/test.h"
#include "text/test_phone.h"

static struct str file(struct arena *a, const char *name)
{
	const char *path = str_z(a, str_fmt(a, "%s/%s", SOURCE_ROOT, name));
	FILE *f = fopen(path, "rb");
	char *p = arena_alloc(a, 1 << 20);

	assert_non_null(f);

	size_t n = fread(p, 1, 1 << 20, f);

	fclose(f);
	return (struct str){ p, n };
}

static enum ident_result check(struct str kind, struct str value, struct day today)
{
	return str_eq(kind, S("IIN")) ? iin_check(value, today) : bin_check(value);
}

static void check_vector(struct str kind, struct str value, struct str want, struct day today)
{
	static const struct { struct str name; enum ident_result result; } names[] = {
		{ S_INIT("valid"), IDENT_OK },
		{ S_INIT("invalid_checksum"), IDENT_CONTROL },
		{ S_INIT("not_issuable"), IDENT_NOT_ISSUED },
		{ S_INIT("invalid_date"), IDENT_DATE },
		{ S_INIT("invalid_length"), IDENT_LENGTH },
	};
	char digits[13] = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (!str_eq(want, names[i].name))
			continue;
		if (names[i].result != IDENT_NOT_ISSUED) {
			CHECK_INT(check(kind, value, today), names[i].result);
			return;
		}
		memcpy(digits, value.p, 12);
		for (digits[11] = '0'; digits[11] <= '9'; digits[11]++)
			CHECK_INT(check(kind, str_of(digits), today), IDENT_NOT_ISSUED);
		return;
	}
	fail_msg("unknown expectation %.*s", STR_FMT(want));
}

TEST(every_vector_of_identifiers_gives_its_result)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str text = file(&a, "tests/data/iin_bin_test_vectors.tsv"), line;
	struct day today;
	size_t n = 0;

	CHECK(day_from_ymd(2100, 1, 1, &today));
	str_cut(&text, '\n', &line);
	while (str_cut(&text, '\n', &line)) {
		struct str kind = S(""), value = S(""), want = S("");

		if (line.n == 0)
			continue;
		CHECK(str_cut(&line, '\t', &kind) && str_cut(&line, '\t', &value) && str_cut(&line, '\t', &want));
		check_vector(kind, value, want, today);
		n++;
	}
	CHECK_INT(n, 20);
}

TEST(an_iin_of_tomorrow_is_none)
{
	struct day today;

	CHECK(day_from_ymd(2099, 12, 30, &today));
	CHECK_INT(iin_check(S("991231500016"), today), IDENT_DATE);
	CHECK_INT(iin_check(S("99123150001a"), today), IDENT_DIGITS);
	CHECK_INT(iin_check(S(""), today), IDENT_LENGTH);
	CHECK_INT(iin_check(S("990229500010"), today), IDENT_DATE); /* 2099 is no leap year */
	CHECK_INT(iin_check(S("991231700016"), today), IDENT_DATE);
	CHECK_INT(bin_check(S("991340000013")), IDENT_DATE);
	CHECK_INT(bin_check(S("991230000013")), IDENT_DATE);
}

TEST(mail_addresses_are_told_from_other_texts)
{
	static const char *const good[] = { "a@b.kz", "aigul.s@mail.kz", "x+y@sub.example.com", "o'neil@a-b.org" };
	static const char *const bad[] = { "", "a", "a@", "@b.kz", "a@b", "a@b.", "a@.kz", "a..b@c.kz", ".a@c.kz",
		"a.@c.kz", "a b@c.kz", "a@b@c.kz", "a@-b.kz", "a@b-.kz", "a@b.k", "a@1.2.3.4", "a@b.kz\r\nBcc: x@y.kz" };
	char wide[300];

	for (size_t i = 0; i < ARRAY_LEN(good); i++)
		CHECK(email_valid(str_of(good[i])));
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		CHECK(!email_valid(str_of(bad[i])));
	memset(wide, 'a', sizeof(wide));
	memcpy(wide + 65, "@b.kz", 5);
	CHECK(!email_valid((struct str){ wide, 70 }));
	CHECK(email_valid((struct str){ wide + 1, 69 }));
}

TEST(phones_become_e164)
{
	static const struct { const char *in, *want; } cases[] = {
		{ "+7 701 123 45 67", "+77011234567" }, { "8(701)1234567", "+77011234567" },
		{ "87011234567", "+77011234567" },	{ "77011234567", "+77011234567" },
		{ " 701-123-45-67 ", "+77011234567" },	{ "8 7172 74 20 10", "+77172742010" },
		{ "+7 (727) 250-00-00", "+77272500000" }, { "0077011234567", "+77011234567" },
		{ "+996 555 123456", "+996555123456" }, { "+7 912 345 67 89", "+79123456789" },
	};
	static const char *const bad[] = { "", "+", "109", "8 900 123 45 67", "7011234", "+7701123456", "+770112345678",
		"870112345678", "call me", "7172742010x", "++77011234567", "1234567890123456", "2501234567" };
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str got;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		CHECK(phone_e164(&a, &test_plan, str_of(cases[i].in), &got));
		CHECK_STR(got, str_of(cases[i].want));
	}
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		CHECK(!phone_e164(&a, &test_plan, str_of(bad[i]), &got));
}

TEST(another_country_brings_its_own_numbering_plan)
{
	static const char *const prefixes[] = { "5", "7", NULL };
	static const struct phone_plan plan = { "996", "0", 9, prefixes, prefixes };
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str got;

	CHECK(phone_e164(&a, &plan, S("0555 123 456"), &got));
	CHECK_STR(got, S("+996555123456"));
	CHECK(phone_e164(&a, &plan, S("555123456"), &got));
	CHECK_STR(got, S("+996555123456"));
	CHECK(!phone_e164(&a, &plan, S("0355123456"), &got));
}

TEST(another_country_numbers_its_people_otherwise)
{
	static const struct person_id_rule rule = { PERSON_ID_LUHN, 9 };
	struct day today = { 20000 };

	CHECK(person_id_valid(&rule, S("046454286"), today));
	CHECK(!person_id_valid(&rule, S("046454287"), today));
	CHECK(!person_id_valid(&rule, S("04645428"), today));
	CHECK(!person_id_valid(&rule, S("04645428x"), today));
}

TEST(cards_and_accounts_carry_their_checks)
{
	CHECK(card_valid(S("4111111111111111")));
	CHECK(!card_valid(S("4111111111111112")));
	CHECK(!card_valid(S("411111111111")));
	CHECK(iban_valid(S("KZ90999TEST000000001")));
	CHECK(!iban_valid(S("KZ91999TEST000000001")));
	CHECK(!iban_valid(S("kz90999test000000001")));
}

TESTS("ident", T(every_vector_of_identifiers_gives_its_result), T(an_iin_of_tomorrow_is_none),
      T(mail_addresses_are_told_from_other_texts), T(phones_become_e164),
      T(another_country_brings_its_own_numbering_plan), T(another_country_numbers_its_people_otherwise), T(cards_and_accounts_carry_their_checks))
