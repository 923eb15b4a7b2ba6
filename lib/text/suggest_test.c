#include "text/suggest.h"

#include "base/test.h"

static const struct suggest_place places[] = {
	{ 1, 0, SUGGEST_REGION, { S_INIT("Абай облысы"), S_INIT("область Абай"), S_INIT("Abai Region") } },
	{ 2, 0, SUGGEST_REGION, { S_INIT("Алматы облысы"), S_INIT("Алматинская область"), S_INIT("Almaty Region") } },
	{ 3, 0, SUGGEST_CITY, { S_INIT("Алматы қаласы"), S_INIT("город Алматы"), S_INIT("Almaty") } },
	{ 4, 5, SUGGEST_DISTRICT, { S_INIT("Абай"), S_INIT("Абайский"), S_INIT("Abay") } },
	{ 5, 0, SUGGEST_REGION, { S_INIT("Қарағанды облысы"), S_INIT("Карагандинская область"), S_INIT("Karaganda Region") } },
	{ 6, 1, SUGGEST_DISTRICT, { S_INIT("Абай"), S_INIT("Абайский"), S_INIT("Abay") } },
	{ 7, 5, SUGGEST_CITY, { S_INIT("Теміртау"), S_INIT("Темиртау"), S_INIT("Temirtau") } },
	{ 8, 0, SUGGEST_DISTRICT, { S_INIT("Мағжан Жұмабаев"), S_INIT("Магжана Жумабаева"), S_INIT("") } },
	{ 9, 0, SUGGEST_CITY, { S_INIT("Астана қаласы"), S_INIT("город Астана"), S_INIT("Astana") } },
	{ 10, 0, SUGGEST_DISTRICT, { S_INIT("Индер ауданы"), S_INIT("Индерский район"), S_INIT("Inder District") } },
};

TEST(places_are_found_in_every_case_and_alphabet)
{
	static const struct { const char *text; int64_t want; } cases[] = {
		{ "Живу в Темиртау, воды нет", 7 },
		{ "Теміртауда су жоқ", 7 },
		{ "темиртауда су жок", 7 },
		{ "Temirtauda su joq", 7 },
		{ "в Абайском районе Карагандинской области", 4 },
		{ "Қарағанды облысы Абай ауданында жол жоқ", 4 },
		{ "Абай облысының Абай ауданында", 6 },
		{ "в городе Алматы", 3 },
		{ "Алматыда кептеліс", 3 },
		{ "Алматинской области не хватает школ", 2 },
		{ "Алматы облысында мектеп жетпейді", 2 },
		{ "район Магжана Жумабаева", 8 },
		{ "Мағжан Жұмабаев ауданындағы ауыл", 8 },
		{ "Астананың орталығында", 9 },
		{ "г. Астана", 9 },
		{ "на улице Абая нет света", 0 },
		{ "Абай көшесінде жарық жоқ, Теміртау", 7 },
		{ "нет воды", 0 },
		{ "In our village there is no water in the evening", 0 },
		{ "Індер ауданында су жоқ", 10 },
		{ "In Inder there is no water", 10 },
		{ "", 0 },
	};
	struct arena a CLEANUP(arena_end) = { 0 };
	struct suggest_gazetteer *g = suggest_gazetteer_make(&a, places, ARRAY_LEN(places));

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct place_suggestion got[SUGGEST_N];
		size_t n = suggest_places(&a, g, str_of(cases[i].text), got);
		int64_t first = n > 0 ? got[0].id : 0;

		if (first != cases[i].want)
			fail_msg("%s: is %d", cases[i].text, (int)first);
	}
}

TEST(the_topic_of_an_appeal_is_among_three)
{
	static const struct { const char *text, *want; } cases[] = {
		{ "На нашей улице третий день нет света, электрики не едут", "electricity" },
		{ "Ауламыздағы қоқыс жәшігі толып кетті, шығармайды", "waste" },
		{ "Кошемизде жарык жанбайды, тунде карангы", "lighting" },
		{ "HIDDEN первую очередь пустить автобус, оборудовать остановки", "transport" },
		{ "ауыз судың бұзылып, шірігені бойынша арыздана отырып, заңды түрде шара қолдануды сұрайды.", "water" },
		{ "Выписка с индивидуального пенсионного счета", "pension" },
		{ "Жалақымды үш айдан бері бермей жатыр", "wages" },
		{ "There has been no hot water in our building for two weeks", "heating" },
		{ "The road to our village is full of potholes", "roads" },
		{ "A pack of stray dogs bites people near the market", "animals" },
		{ "My employer has not paid my salary since August", "wages" },
		{ "How do I get a place in a kindergarten for my son?", "kindergarten" },
		{ "The streetlights have not worked since autumn", "lighting" },
	};
	struct arena a CLEANUP(arena_end) = { 0 };
	const struct suggest_model *m = suggest_model_of(S("kz"));

	assert_non_null(m);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct suggestion got[SUGGEST_N];
		size_t n = suggest_topics(&a, m, str_of(cases[i].text), got);
		bool found = false;

		for (size_t k = 0; k < n; k++)
			found |= str_eq(got[k].code, str_of(cases[i].want));
		if (!found)
			fail_msg("%s: is %.*s", cases[i].text, STR_FMT(got[0].code));
		for (size_t k = 1; k < n; k++)
			CHECK(got[k - 1].score >= got[k].score && got[k].score >= 0 && got[k - 1].score <= 1);
	}
}

TEST(a_pack_without_a_model_suggests_by_words)
{
	static const struct suggest_words topics[] = {
		{ S_INIT("water"), S_INIT("вод,водопровод,су") },
		{ S_INIT("roads"), S_INIT("дорог,ям,жол") },
	};
	struct arena a CLEANUP(arena_end) = { 0 };
	struct suggestion got[SUGGEST_N];

	assert_null(suggest_model_of(S("test")));
	CHECK_INT(suggest_topics_by_words(&a, topics, 2, S("яма на дороге, у дороги жолоб, вода"), got), 2);
	CHECK_STR(got[0].code, S("roads"));
	CHECK_INT(suggest_topics_by_words(&a, topics, 2, S("ЖОЛДАР"), got), 1);
	CHECK_INT(suggest_topics_by_words(&a, topics, 2, S("12 xyz"), got), 0);
	CHECK_INT(suggest_topics(&a, suggest_model_of(S("kz")), S(""), got), 0);
}

TESTS("suggest", T(places_are_found_in_every_case_and_alphabet), T(the_topic_of_an_appeal_is_among_three),
      T(a_pack_without_a_model_suggests_by_words))
