#include "text/text.h"

#include "base/test.h"

TEST(words_are_split_with_their_places)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str s = S("Су жоқ, 3-ші күн! don't");
	struct text_words w = text_split(&a, s);
	static const char *const want[] = { "Су", "жоқ", "3", "ші", "күн", "don't" };

	CHECK_INT(w.n, ARRAY_LEN(want));
	for (size_t i = 0; i < w.n; i++) {
		CHECK_STR(w.v[i].word, str_of(want[i]));
		CHECK(w.v[i].word.p == s.p + w.v[i].at);
	}
	CHECK_INT(text_split(&a, S("")).n, 0);
	CHECK_INT(text_split(&a, S(" .,— ")).n, 0);
}

TEST(stems_follow_the_language)
{
	static const struct { const char *word; enum text_lang lang; const char *want; } cases[] = {
		{ "мектептеріміздегі", TEXT_KK, "мектеп" }, { "көшелерде", TEXT_KK, "көше" },
		{ "кітабы", TEXT_KK, "кітап" },		    { "Астанада", TEXT_KK, "астана" },
		{ "су", TEXT_KK, "су" },		    { "қаланың", TEXT_KK, "қала" },
		{ "дорогами", TEXT_RU, "дорог" },	    { "Ремонта", TEXT_RU, "ремонт" },
		{ "roads", TEXT_EN, "road" },		    { "балалардың", TEXT_UNKNOWN, "бала" },
		{ "больницы", TEXT_UNKNOWN, "больниц" },    { "зелёная", TEXT_RU, "зелен" },
	};
	struct arena a CLEANUP(arena_end) = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		CHECK_STR(text_stem(&a, str_of(cases[i].word), cases[i].lang), str_of(cases[i].want));
}

static bool has_term(struct str terms, struct str term)
{
	struct str one;

	while (str_cut(&terms, ' ', &one))
		if (str_eq(one, term))
			return true;
	return false;
}

/* Each term of the query stands in the text. */
static bool finds(struct arena *a, const char *query, const char *text)
{
	struct str q = text_terms(a, str_of(query), true), t = text_terms(a, str_of(text), false), one;

	if (q.n == 0)
		return false;
	while (str_cut(&q, ' ', &one))
		if (!has_term(t, one))
			return false;
	return true;
}

TEST(a_query_finds_a_text_across_alphabets_suffixes_and_stand_ins)
{
	static const struct { const char *query, *text; } good[] = {
		{ "қала", "қаланың" },
		{ "кала", "қаланың" },
		{ "qala", "қаланың" },
		{ "қала", "qalanyñ" },
		{ "көше жарығы", "Көшелердегі жарық жанбайды" },
		{ "коше", "көшеде" },
		{ "мектептерде", "mektep" },
		{ "балабақша", "балабакшада" },
		{ "дороги", "яма на дороге" },
		{ "ремонт дорог", "Прошу отремонтировать дорогу: ремонта не было" },
		{ "ёлка", "елка" },
		{ "Aqtöbe", "Ақтөбеде" },
		{ "Казахстан", "Kazakhstan" },
		{ "water pipes", "the water pipe burst" },
		{ "дом 15", "у дома 15 нет света" },
	};
	static const struct { const char *query, *text; } bad[] = {
		{ "су", "жол" }, { "дорога", "дом" }, { "нет воды", "вода есть" }, { "жоқ", "бар" },
	};
	struct arena a CLEANUP(arena_end) = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(good); i++)
		if (!finds(&a, good[i].query, good[i].text))
			fail_msg("%s does not find %s: [%s] [%s]", good[i].query, good[i].text,
				 str_z(&a, text_terms(&a, str_of(good[i].query), true)),
				 str_z(&a, text_terms(&a, str_of(good[i].text), false)));
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		if (finds(&a, bad[i].query, bad[i].text))
			fail_msg("%s finds %s", bad[i].query, bad[i].text);
}

TEST(a_query_loses_stop_words_but_keeps_negations_and_its_limit)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str q = text_terms(&a, S("в доме и на улице нет воды"), true), one;
	size_t n = 0;

	CHECK(has_term(q, S("нет")));
	CHECK(!has_term(q, S("в")) && !has_term(q, S("и")) && !has_term(q, S("на")));
	CHECK(has_term(text_terms(&a, S("су және жол емес"), true), S("емес")));
	CHECK(!has_term(text_terms(&a, S("су және жол емес"), true), S("жане")));
	q = text_terms(&a, S("а1 а2 а3 а4 а5 а6 а7 а8 а9 а10 а11 а12 а13 а14"), true);
	while (str_cut(&q, ' ', &one))
		n++;
	CHECK_INT(n, 12);
	CHECK_INT(text_terms(&a, S("и в на"), true).n, 0);
}

TEST(terms_are_made_of_plain_letters_and_digits_only)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str t = text_terms(&a, S("Ә\"ұ* OR (қ) AND -x: щёлк, Ñandú 漢字 №5"), false);

	for (size_t i = 0; i < t.n; i++) {
		unsigned char c = (unsigned char)t.p[i];

		CHECK(c == ' ' || c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'));
	}
}

TEST(kazakh_goes_to_latin_and_back)
{
	struct arena a CLEANUP(arena_end) = { 0 };

	CHECK_STR(text_kk_latin(&a, S("Қазақстан, Ақтөбе: үй 5")), S("Qazaqstan, Aqtöbe: üi 5"));
	CHECK_STR(text_kk_cyrillic(&a, S("Qazaqstan, Aqtöbe: jol 5")), S("Қазақстан, Ақтөбе: жол 5"));
	CHECK_STR(text_kk_cyrillic(&a, S("ışkı Ğalym şaruaşylyq")), S("ішкі Ғалым шаруашылық"));
	CHECK_STR(text_kk_cyrillic(&a, S("日 жол")), S("日 жол"));
	CHECK_STR(text_kk_latin(&a, text_kk_cyrillic(&a, S("mäñgı"))), S("mäñgı"));
}

TEST(languages_are_told_apart)
{
	static const struct { const char *text; enum text_lang want; } cases[] = {
		{ "Көшеміздегі жарық бір аптадан бері жанбайды.", TEXT_KK },
		{ "Кошемиздеги жарык бир аптадан бери жанбайды", TEXT_KK },
		{ "Köşemizdegı jaryq bır aptadan berı janbaidy", TEXT_KK },
		{ "Уже неделю на нашей улице не горит свет", TEXT_RU },
		{ "The street lights have been off for a week", TEXT_EN },
		{ "Көшеміздегі жарық бір аптадан бері жанбайды. Уже неделю на нашей улице не горит свет, примите меры.", TEXT_MIXED },
		{ "", TEXT_UNKNOWN },
		{ "12 345 !!!", TEXT_UNKNOWN },
		{ "これは日本語の文です", TEXT_UNKNOWN },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (text_detect(str_of(cases[i].text)) != cases[i].want)
			fail_msg("%s is taken for %d", cases[i].text, text_detect(str_of(cases[i].text)));
}

TESTS("text", T(words_are_split_with_their_places), T(stems_follow_the_language),
      T(a_query_finds_a_text_across_alphabets_suffixes_and_stand_ins),
      T(a_query_loses_stop_words_but_keeps_negations_and_its_limit),
      T(terms_are_made_of_plain_letters_and_digits_only), T(kazakh_goes_to_latin_and_back),
      T(languages_are_told_apart))
