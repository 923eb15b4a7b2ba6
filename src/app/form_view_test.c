/* Inputs as they are drawn: fresh, typed, and wrong. */
#include "app/form_view.h"

#include "base/test.h"
#include "gen/messages.h"

struct sample {
	struct str name, secret, kind, region;
	int64_t count;
	struct field_list topics;
	struct day on;
	bool yes;
};

static const struct field fields[] = {
	FIELD(struct sample, name, F_TEXT, 2, 60, .label = MSG_DESIGN_FIELD_TEXT, .hint = MSG_DESIGN_FIELD_LINES_HINT, .autocomplete = "name"),
	FIELD(struct sample, secret, F_SECRET, 8, 200, .label = MSG_DESIGN_FIELD_SECRET),
	FIELD(struct sample, kind, F_CHOICE, 1, 0, .label = MSG_DESIGN_FIELD_KIND, .choices = "help|complaint|ask"),
	FIELD(struct sample, region, F_CHOICE, 0, 0, .label = MSG_DESIGN_FIELD_REGION),
	FIELD(struct sample, count, F_INT, 1, 100, .label = MSG_DESIGN_FIELD_COUNT),
	FIELD(struct sample, topics, F_MANY, 0, 3, .label = MSG_DESIGN_FIELD_TOPICS),
	FIELD(struct sample, on, F_DAY, 0, 0, .label = MSG_DESIGN_FIELD_HAPPENED),
	FIELD(struct sample, yes, F_BOOL, 0, 0, .label = MSG_DESIGN_FIELD_PUBLISH),
};
static const struct form form = { fields, ARRAY_LEN(fields), sizeof(struct sample), 0 };

static const struct option options[] = {
	{ .value = S_INIT("1"), .text = S_INIT("one"), .chosen = true }, { .value = S_INIT("2"), .text = S_INIT("two <b>") },
	{ .value = S_INIT("3"), .text = S_INIT("three") },               { .value = S_INIT("4"), .text = S_INIT("four") },
	{ .value = S_INIT("5"), .text = S_INIT("five") },                { .value = S_INIT("6"), .text = S_INIT("six") },
	{ .value = S_INIT("7"), .text = S_INIT("seven") },
};

struct world {
	struct arena arena;
	struct http_request http;
	struct sample values;
	struct form_state f;
	struct view view;
	struct out out;
};

static void world_init(struct world *w)
{
	*w = (struct world){ .values.on = { INT32_MIN } };
	w->f = (struct form_state){ .form = &form, .values = &w->values };
	w->view = (struct view){ .arena = &w->arena, .lang = lang_of(LANG_EN) };
	w->out = OUT_ON(&w->arena);
}

static void world_post(struct world *w, struct http_pair *pairs, size_t n)
{
	w->http.method = HTTP_POST;
	w->http.form = pairs;
	w->http.n_form = n;
	w->f.http = &w->http;
}

static void world_end(struct world *w)
{
	arena_end(&w->arena);
}

static bool shows(const struct world *w, const char *text)
{
	return str_find(out_done(&w->out), str_of(text), 0) != SIZE_MAX;
}

TEST(a_line_carries_its_label_hint_limit_and_error)
{
	struct world w CLEANUP(world_end);

	world_init(&w);
	w.values.name = S("\"><script>");
	form_fail(&w.f, "name", MSG_DESIGN_WRONG);
	field(&w.out, &w.view, &w.f, "name");
	CHECK(shows(&w, "<label class=\"label\" for=\"name\">Your name</label>"));
	CHECK(shows(&w, "aria-describedby=\"name-hint name-error\" aria-invalid=\"true\""));
	CHECK(shows(&w, "id=\"name-error\""));
	CHECK(shows(&w, "maxlength=\"60\" autocomplete=\"name\""));
	CHECK(!shows(&w, "<script>"));
	CHECK(!shows(&w, "optional"));
}

TEST(a_secret_is_never_shown_back)
{
	struct world w CLEANUP(world_end);
	struct http_pair sent[] = { { S("secret"), S("correct horse") } };

	world_init(&w);
	w.values.secret = S("correct horse");
	world_post(&w, sent, ARRAY_LEN(sent));
	field(&w.out, &w.view, &w.f, "secret");
	CHECK(shows(&w, "type=\"password\""));
	CHECK(!shows(&w, "horse"));
}

TEST(what_was_typed_wins_over_what_was_offered)
{
	struct world w CLEANUP(world_end);
	struct http_pair sent[] = { { S("region"), S("2") }, { S("topics"), S("3") }, { S("topics"), S("1") } };

	world_init(&w);
	field_choice(&w.out, &w.view, &w.f, "region", options, 3);
	CHECK(shows(&w, "type=\"radio\" value=\"1\" checked"));
	w.out.n = 0;
	world_post(&w, sent, ARRAY_LEN(sent));
	field_choice(&w.out, &w.view, &w.f, "region", options, 3);
	CHECK(!shows(&w, "value=\"1\" checked"));
	CHECK(shows(&w, "value=\"2\" checked"));
	CHECK(shows(&w, "two &lt;b&gt;"));
	w.out.n = 0;
	field_choice(&w.out, &w.view, &w.f, "topics", options, 3);
	CHECK(shows(&w, "type=\"checkbox\" value=\"1\" checked"));
	CHECK(shows(&w, "value=\"3\" checked"));
	CHECK(!shows(&w, "value=\"2\" checked"));
}

TEST(many_options_and_nested_ones_become_a_select)
{
	struct world w CLEANUP(world_end);

	world_init(&w);
	field_choice(&w.out, &w.view, &w.f, "region", options, 7);
	CHECK(shows(&w, "<select"));
	CHECK(shows(&w, "<option value=\"1\" selected>"));
	w.out.n = 0;
	field_within(&w.out, &w.view, &w.f, "region", "kind", options, 2);
	CHECK(shows(&w, "data-within=\"kind\""));
}

TEST(own_choices_take_their_words_from_messages)
{
	struct world w CLEANUP(world_end);

	world_init(&w);
	w.values.kind = S("complaint");
	field(&w.out, &w.view, &w.f, "kind");
	CHECK(shows(&w, "value=\"complaint\" checked"));
	CHECK(shows(&w, "To complain about a decision"));
}

TEST(a_day_comes_back_in_its_three_parts_even_when_wrong)
{
	struct world w CLEANUP(world_end);
	struct http_pair sent[] = { { S("on-day"), S("31") }, { S("on-month"), S("2") }, { S("on-year"), S("2026") } };

	world_init(&w);
	CHECK(day_from_ymd(2026, 11, 24, &w.values.on));
	field(&w.out, &w.view, &w.f, "on");
	CHECK(shows(&w, "name=\"on-day\" value=\"24\""));
	CHECK(shows(&w, "name=\"on-year\" value=\"2026\""));
	w.out.n = 0;
	world_post(&w, sent, ARRAY_LEN(sent));
	field(&w.out, &w.view, &w.f, "on");
	CHECK(shows(&w, "name=\"on-day\" value=\"31\""));
	CHECK(shows(&w, "name=\"on-month\" value=\"2\""));
}

TEST(a_box_that_was_unticked_stays_unticked)
{
	struct world w CLEANUP(world_end);
	struct http_pair sent[] = { { S("name"), S("x") } };

	world_init(&w);
	w.values.yes = true;
	field(&w.out, &w.view, &w.f, "yes");
	CHECK(shows(&w, "checked"));
	w.out.n = 0;
	world_post(&w, sent, ARRAY_LEN(sent));
	field(&w.out, &w.view, &w.f, "yes");
	CHECK(!shows(&w, "checked"));
}

TEST(the_summary_leads_into_each_wrong_field)
{
	struct world w CLEANUP(world_end);

	world_init(&w);
	form_errors(&w.out, &w.view, &w.f);
	CHECK_INT(w.out.n, 0);
	form_fail(&w.f, "kind", MSG_DESIGN_WRONG);
	form_fail(&w.f, NULL, MSG_DESIGN_DANGER);
	form_errors(&w.out, &w.view, &w.f);
	CHECK(shows(&w, "<a href=\"#kind\">What do you need: This must be filled in</a>"));
	CHECK(shows(&w, "<b>If somebody"));
}

TESTS("form_view", T(a_line_carries_its_label_hint_limit_and_error), T(a_secret_is_never_shown_back),
      T(what_was_typed_wins_over_what_was_offered), T(many_options_and_nested_ones_become_a_select),
      T(own_choices_take_their_words_from_messages), T(a_day_comes_back_in_its_three_parts_even_when_wrong),
      T(a_box_that_was_unticked_stays_unticked), T(the_summary_leads_into_each_wrong_field))
