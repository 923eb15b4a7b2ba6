/* The partials and what they are drawn from. */
#include "app/layout/layout.h"

#include "base/test.h"
#include "gen/layout_tmpl.h"
#include "gen/messages.h"

struct world {
	struct arena arena;
	struct http_request http;
	struct req rq;
	struct page page;
	struct view view;
	struct view_forms forms;
	struct out out;
};

static void world_init(struct world *w, enum lang_id lang, unsigned roles)
{
	*w = (struct world){ 0 };
	w->http.path = S("/appeals");
	w->rq.http = &w->http;
	w->rq.who.roles = roles;
	w->rq.who.account = roles == BIT(ROLE_GUEST) ? 0 : 7;
	w->page.req = &w->rq;
	w->page.title_text = S("Су & жол");
	w->forms.key = S("key");
	w->view = (struct view){ .arena = &w->arena, .lang = lang_of(lang), .csrf = S("token"), .forms = &w->forms };
	w->out = OUT_ON(&w->arena);
}

static void world_end(struct world *w)
{
	arena_end(&w->arena);
}

static bool shows(const struct world *w, const char *text)
{
	return str_find(out_done(&w->out), str_of(text), 0) != SIZE_MAX;
}

static size_t count(const struct world *w, const char *text)
{
	size_t n = 0, at = 0;

	while ((at = str_find(out_done(&w->out), str_of(text), at)) != SIZE_MAX) {
		n++;
		at++;
	}
	return n;
}

TEST(a_deadline_says_in_its_tone_how_near_it_is)
{
	static const struct {
		int64_t left, total;
		int32_t done;
		bool stopped;
		enum tone tone;
		int64_t percent;
	} cases[] = {
		{ 15, 15, 0, false, TONE_GOOD, 2 },     { 9, 15, 0, false, TONE_GOOD, 40 },   { 3, 15, 0, false, TONE_WAIT, 80 },
		{ 0, 15, 0, false, TONE_WAIT, 100 },    { -1, 15, 0, false, TONE_BAD, 100 },  { -1, 15, 20000, false, TONE_GOOD, 100 },
		{ 5, 15, 0, true, TONE_INFO, 66 },      { 0, 0, 0, false, TONE_WAIT, 100 },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct deadline d = { .left = cases[i].left, .total = cases[i].total, .done = { cases[i].done }, .stopped = cases[i].stopped };

		CHECK_INT(deadline_tone(&d), cases[i].tone);
		CHECK_INT(deadline_percent(&d), cases[i].percent);
	}
}

TEST(a_deadline_is_told_in_words_of_the_language)
{
	struct world w CLEANUP(world_end);
	struct deadline late = { .due = { 20000 }, .left = -2, .total = 15 };

	world_init(&w, LANG_RU, BIT(ROLE_GUEST));
	tmpl_layout_deadline(&w.out, &w.view, &late);
	CHECK(shows(&w, "Опоздание: 2 рабочих дня"));
	CHECK(shows(&w, "class=\"due bad\""));
	CHECK(shows(&w, "<rect width=\"100\""));
}

TEST(a_guest_sees_the_sections_and_the_way_in_but_no_desk)
{
	struct world w CLEANUP(world_end);

	world_init(&w, LANG_KK, BIT(ROLE_GUEST));
	w.page.nav = MSG_LAYOUT_NAV_APPEALS;
	tmpl_layout_nav(&w.out, &w.view, &w.page);
	CHECK(shows(&w, "<a href=\"/appeals\" aria-current=\"page\">Өтініштер</a>"));
	CHECK(shows(&w, "/sign-in"));
	CHECK(!shows(&w, "/desk"));
	CHECK(!shows(&w, "/sign-out"));
}

TEST(staff_reach_the_desk_from_the_site_and_the_site_from_the_desk)
{
	struct world w CLEANUP(world_end);

	world_init(&w, LANG_EN, BIT(ROLE_EXECUTOR));
	w.rq.who_name = S("A <b>");
	tmpl_layout_nav(&w.out, &w.view, &w.page);
	CHECK(shows(&w, "href=\"/desk\""));
	CHECK(shows(&w, "A &lt;b&gt;"));
	CHECK(shows(&w, "token")); /* signing out is a form, and it carries the token */
	w.out.n = 0;
	w.page.desk = true;
	tmpl_layout_nav(&w.out, &w.view, &w.page);
	CHECK(shows(&w, "Public site"));
	CHECK(!shows(&w, "/admin/people"));
}

TEST(the_language_switch_keeps_the_address)
{
	struct world w CLEANUP(world_end);

	world_init(&w, LANG_KK, BIT(ROLE_GUEST));
	w.http.query_text = S("q=a&b=%D2%9B");
	tmpl_layout_languages(&w.out, &w.view, &w.page);
	CHECK(shows(&w, "/lang/ru?to=%2Fappeals%3Fq%3Da%26b%3D%25D2%259B"));
	CHECK(!shows(&w, "/lang/kk"));
	w.out.n = 0;
	w.http.method = HTTP_POST; /* what was drawn for a POST has no address to come back to */
	tmpl_layout_languages(&w.out, &w.view, &w.page);
	CHECK(shows(&w, "/lang/ru?to=%2F\""));
}

TEST(the_title_says_first_that_something_is_wrong)
{
	struct world w CLEANUP(world_end);

	world_init(&w, LANG_EN, BIT(ROLE_GUEST));
	w.page.has_errors = true;
	tmpl_layout_page_head(&w.out, &w.view, &w.page);
	CHECK(shows(&w, "<title>Error: Су &amp; жол · Jauap</title>"));
	CHECK(shows(&w, "<html lang=\"en\">"));
	CHECK(!shows(&w, "style="));
}

TEST(what_lies_ahead_has_no_time_in_the_trail)
{
	struct world w CLEANUP(world_end);
	const struct trail_item items[] = { { .title = S("a"), .at = { 1700000000 * WHEN_SECOND }, .tone = TONE_INFO }, { .title = S("b") } };

	world_init(&w, LANG_EN, BIT(ROLE_GUEST));
	tmpl_layout_timeline(&w.out, &w.view, items, ARRAY_LEN(items));
	CHECK_INT(count(&w, "<time"), 1);
	CHECK_INT(count(&w, "next"), 1);
}

TEST(paging_shows_only_the_ways_that_exist)
{
	struct world w CLEANUP(world_end);

	world_init(&w, LANG_EN, BIT(ROLE_GUEST));
	tmpl_layout_pagination(&w.out, &w.view, URL(""), URL(""));
	CHECK_INT(w.out.n, 0);
	tmpl_layout_pagination(&w.out, &w.view, URL(""), URL("/appeals?after=5"));
	CHECK(shows(&w, "rel=\"next\" href=\"/appeals?after=5\""));
	CHECK(!shows(&w, "rel=\"prev\""));
}

TESTS("layout", T(a_deadline_says_in_its_tone_how_near_it_is), T(a_deadline_is_told_in_words_of_the_language),
      T(a_guest_sees_the_sections_and_the_way_in_but_no_desk), T(staff_reach_the_desk_from_the_site_and_the_site_from_the_desk),
      T(the_language_switch_keeps_the_address), T(the_title_says_first_that_something_is_wrong),
      T(what_lies_ahead_has_no_time_in_the_trail), T(paging_shows_only_the_ways_that_exist))
