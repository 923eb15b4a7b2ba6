/* The one search on both engines: the same rows in the same order, whatever is asked. */
#include "app/world_test.h"

#include "base/random.h"
#include "search/search_view.h"

struct doc {
	const char *kind, *lang, *title, *text;
	int64_t object, region;
	bool pack;
};
/* Rising ids: the later ones are the newer. */
static const struct doc docs[] = {
	{ "body", "kk", "Абай облысының жолдар басқармасы", "Жолдар, Тұрғын үй", 1, 10, true },
	{ "body", "ru", "Управление дорог области Абай", "Дороги, Жильё", 1, 10, true },
	{ "appeal", "", "Мектеп жанындағы жол", "Балалар мектепке батпақпен барады", 1001, 10, false },
	{ "appeal", "", "Яма на дороге у школы", "Дети ходят в школу по грязи, просим починить дорогу", 1002, 11, false },
	{ "appeal", "", "Жылу жоқ", "Үйде жылу жоқ. Жолдың бойындағы құбыр жарылған", 1003, 10, false },
	{ "petition", "", "Построить школу", "В районе нет школы. Ближайшая за рекой, дороги нет", 1004, 11, false },
	{ "notice", "", "Water supply", "The water is off on Monday because of road works", 1005, 10, false },
};

static enum rc put_docs(struct ctx *c)
{
	for (size_t i = 0; i < ARRAY_LEN(docs); i++) {
		const struct doc *d = &docs[i];
		struct search_item item = {
			.kind = d->kind, .object = d->object, .lang = str_of(d->lang), .region = d->region, .path = URL("/x"), .title = str_of(d->title),
			.text = str_of(d->text), .pack = d->pack, .also = d->pack ? S("Абай облысының жолдар басқармасы Управление дорог области Абай") : S(""),
		};

		TRY(search_put(c, &item));
	}
	return RC_OK;
}

/* "body:1 appeal:1001 ...", with "~" in front when only some of the words were found. */
static struct str asked(struct ctx *c, const char *q, const char *lang, const char *kind, int64_t region)
{
	struct search_found f;
	struct out o = OUT_ON(c->arena);
	struct search_ask a = { .q = str_of(q), .lang = str_of(lang), .kind = kind, .region = region };

	if (search_find(c, &a, &f) != RC_OK)
		return S("failed");
	for (size_t i = 0; i < f.n; i++)
		out_fmt(&o, "%s%s%.*s:%lld", i ? " " : "", f.any && !i ? "~" : "", STR_FMT(f.v[i].kind), (long long)f.v[i].object);
	return out_done(&o);
}

static enum rc same_rows(struct ctx *c, const struct world *w)
{
	static const struct { const char *q, *lang, *kind; int64_t region; const char *want; } cases[] = {
		{ "жолдар", "kk", NULL, 0, "body:1 appeal:1001 appeal:1003" },         /* title before text, pack before records */
		{ "joldar", "kk", NULL, 0, "body:1 appeal:1001 appeal:1003" },         /* either alphabet */
		{ "дорог", "ru", NULL, 0, "body:1 appeal:1002 petition:1004" },
		{ "управление дорог", "kk", NULL, 0, "body:1" },                       /* by its name in another language, once */
		{ "школа", "ru", NULL, 0, "petition:1004 appeal:1002" },               /* the newest first */
		{ "школу", "ru", "appeal", 0, "appeal:1002" },
		{ "школы", "ru", NULL, 11, "petition:1004 appeal:1002" },
		{ "мектепте", "kk", NULL, 0, "appeal:1001" },                          /* any case of the word */
		{ "мектеп", "kk", NULL, 11, "" },
		{ "road works", "en", NULL, 0, "notice:1005" },
		{ "жылу вертолёт", "kk", NULL, 0, "~appeal:1003" },                    /* not all the words: some */
		{ "вертолёт", "ru", NULL, 0, "" },
		{ "и в на", "ru", NULL, 0, "" },                                       /* stop words only */
		{ "", "ru", NULL, 0, "" },
	};

	(void)w;
	WANT_OK(put_docs(c));
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str got = asked(c, cases[i].q, cases[i].lang, cases[i].kind, cases[i].region);

		if (!str_eq(got, str_of(cases[i].want)))
			print_message("'%s': %.*s, not %s\n", cases[i].q, STR_FMT(got), cases[i].want);
		WANT_STR(got, str_of(cases[i].want));
	}
	return RC_OK;
}
TEST(both_engines_give_the_same_rows_in_the_same_order) { world_run(same_rows); }

static enum rc shown(struct ctx *c, const struct world *w)
{
	struct search_found f;
	struct search_ask a = { .q = S("грязи"), .lang = S("ru") };
	struct out o = OUT_ON(c->arena);

	(void)w;
	WANT_OK(put_docs(c));
	WANT_OK(search_find(c, &a, &f));
	WANT_INT(f.n, 1);
	for (size_t i = 0; i < f.v[0].n_text; i++)
		out_fmt(&o, f.v[0].text[i].found ? "[%.*s]" : "%.*s", STR_FMT(f.v[0].text[i].text));
	WANT_STR(out_done(&o), S("Дети ходят в школу по [грязи], просим починить дорогу"));
	return RC_OK;
}
TEST(it_shows_why_a_page_was_found) { world_run(shown); }

static enum rc dropped(struct ctx *c, const struct world *w)
{
	(void)w;
	WANT_OK(put_docs(c));
	WANT_OK(search_drop(c, "appeal", 1002));
	WANT_STR(asked(c, "школа", "ru", NULL, 0), S("petition:1004"));
	WANT_OK(search_put(c, &(struct search_item){ .kind = "petition", .object = 1004, .path = URL("/x"), .title = S("Мост"), .text = S("Мост через реку") }));
	WANT_STR(asked(c, "школа", "ru", NULL, 0), S(""));
	WANT_STR(asked(c, "мост", "ru", NULL, 0), S("petition:1004"));
	return RC_OK;
}
TEST(what_is_hidden_or_changed_is_found_no_more) { world_run(dropped); }

static enum rc paged(struct ctx *c, const struct world *w)
{
	struct search_found f;
	struct search_ask a = { .q = S("жол"), .lang = S("kk") };
	int64_t seen = 0, last = INT64_MAX;

	(void)w;
	for (int64_t i = 1; i <= 50; i++)
		WANT_OK(search_put(c, &(struct search_item){ .kind = "appeal", .object = i, .path = URL("/x"), .title = i % 2 ? S("Жол") : S("Көше"),
							     .text = S("Жол туралы") }));
	do {
		WANT_OK(search_find(c, &a, &f));
		for (size_t i = 0; i < f.n; i++) {
			WANT(f.v[i].object < last || seen == 25); /* titles first, then texts; newest first in both */
			last = f.v[i].object;
			seen++;
		}
		a.after = f.older;
	} while (f.older.n);
	WANT_INT(seen, 50);
	return RC_OK;
}
TEST(pages_show_everything_once) { world_run(paged); }

static enum rc pack(struct ctx *c, const struct world *w)
{
	static const struct { const char *q, *lang; } asks[] = {
		{ "ministry of education", "en" }, { "министерство просвещения", "kk" }, { "оқу ағарту министрлігі", "ru" }, { "oqu agartu ministrligi", "kk" },
	};
	struct search_found f;

	(void)w;
	WANT_OK(search_pack_again(c));
	for (size_t i = 0; i < ARRAY_LEN(asks); i++) {
		struct search_ask a = { .q = str_of(asks[i].q), .lang = str_of(asks[i].lang), .kind = "body" };

		WANT_OK(search_find(c, &a, &f));
		if (!f.n || f.any)
			print_message("'%s'\n", asks[i].q);
		WANT(f.n > 0 && !f.any);
	}
	return RC_OK;
}
TEST(bodies_are_found_by_their_names_in_any_language) { world_run(pack); }

/* Nothing that is typed is syntax. */
static enum rc hostile(struct ctx *c, const struct world *w)
{
	static const char *const words[] = { "\"", "'", "*", "NEAR(", ")", "AND", "OR", "NOT", "title:", "{tags}", "^", "-", "+", "жол", "&", "|", "!", "<->", ":*", "\\",
					     "ωkbody", "ωown", "\xef\xbf\xbd", "\xf0\x9f\x98\x80", "a\xcc\x81", "мектеп", "--", ";", "%", "_", "x'00'", "$1", "?1" };
	struct rng r = { 7 };

	(void)w;
	WANT_OK(put_docs(c));
	for (int i = 0; i < 400; i++) {
		struct out o = OUT_ON(c->arena);
		struct search_found f;

		for (uint64_t k = rng_below(&r, 12); k > 0; k--) {
			out_str(&o, str_of(words[rng_below(&r, ARRAY_LEN(words))]));
			if (rng_below(&r, 2))
				out_char(&o, ' ');
		}
		struct search_ask a = { .q = out_done(&o), .lang = S("kk"), .after = rng_below(&r, 2) ? S("9-9-9") : S("-1-") };

		WANT_OK(search_find(c, &a, &f));
	}
	WANT_STR(asked(c, "ωkbody", "kk", NULL, 0), S(""));
	return RC_OK;
}
TEST(nothing_that_is_typed_is_syntax) { world_run(hostile); }

TESTS("search", T(both_engines_give_the_same_rows_in_the_same_order), T(it_shows_why_a_page_was_found), T(what_is_hidden_or_changed_is_found_no_more),
      T(pages_show_everything_once), T(bodies_are_found_by_their_names_in_any_language), T(nothing_that_is_typed_is_syntax))
