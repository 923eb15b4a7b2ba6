#include "petition/petition.h"

#include "petition/petition_case_test.h"
#include "text/text.h"

static enum rc search(struct ctx *c, const struct world *w)
{
	struct petition_id id;
	struct actor author;
	int64_t n;

	WANT_OK(case_opened(c, w, &id, &author));
	WANT_OK(petition_found_n(c->db, str_trim(text_terms(c->arena, S("көпірлер"), true)), S(""), S(""), S(""), S(""), S(""), S(""), S(""), S(""), &n));
	WANT_INT(n, 1);
	return RC_OK;
}
TEST(a_petition_is_found_by_the_stem_of_any_of_its_words) { world_run(search); }

static enum rc old_one(struct ctx *c, const struct world *w)
{
	struct petition_words x = case_words(c);
	struct petition_similar near[3];
	struct petition_id id;
	struct actor author;
	struct when no = { 0 };
	int64_t changed;
	size_t n;

	WANT_OK(case_opened(c, w, &id, &author));
	for (int i = 0; i < 510; i++) { /* of the same topic, about something else */
		struct petition_id other = { id.v + 1000 + i };
		struct str text = str_fmt(c->arena, "Жаңа саябақ керек %d", i);

		WANT_OK(petition_insert(c->db, other, x.body, w->region, x.topic, 5, author.account, S("-"), (struct str){ 0 }, S("kk"), text, text, S(""), S(""),
					text_terms(c->arena, text, false), str_fmt(c->arena, "link%d", i), c->now, c->now, &changed));
		WANT_OK(petition_set_past(c->db, other, S("open"), 1, c->now, c->now, c->now, no, no, S(""), S(""), S(""), no, S(""), S(""), S(""), &changed));
		WANT_OK(petition_index(c, other, text, text, S(""), S("")));
	}
	WANT_OK(petition_similar(c, S("Көпірді жөндеуді және жаяу жол салуды сұраймыз"), 3, near, &n));
	WANT_INT(n, 1);
	WANT_INT(near[0].row.id.v, id.v);
	WANT_OK(petition_similar(c, S("Саябаққа жаңа ағаш отырғызу"), 3, near, &n));
	for (size_t i = 0; i < n; i++)
		WANT(near[i].row.id.v != id.v);
	return RC_OK;
}
TEST(a_similar_petition_is_found_however_many_are_newer) { world_run(old_one); }

TESTS("petition_find", T(a_petition_is_found_by_the_stem_of_any_of_its_words), T(a_similar_petition_is_found_however_many_are_newer))
