#include "html/html.h"

#include "base/test.h"
#include "gen/messages.h"
#include "html/asset.h"
#include "html/msg.h"

static struct arena arena;
static struct view_forms forms = { .key = S_INIT("key") };

static struct view view_in(enum lang_id id)
{
	return (struct view){ .arena = &arena, .lang = lang_of(id), .csrf = S("t\"k"), .forms = &forms };
}

static struct day day_of(int y, int m, int d)
{
	struct day r;

	CHECK(day_from_ymd(y, m, d, &r));
	return r;
}

static struct str text_of(struct str s)
{
	struct view v = view_in(LANG_KK);
	struct out o = OUT_ON(&arena);

	EMIT(&o, &v, s);
	return out_done(&o);
}

TEST(text_is_escaped)
{
	CHECK_STR(text_of(S("<a href=\"x\">'&'</a>")), S("&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;"));
	CHECK_STR(text_of(S("Қала & дала")), S("Қала &amp; дала"));
	CHECK_INT(text_of(S("")).n, 0);
	CHECK_INT(text_of((struct str){ NULL, 0 }).n, 0);
}

TEST(a_form_gets_its_token_escaped)
{
	struct view v = view_in(LANG_KK);
	struct out o = OUT_ON(&arena);

	html_form_token(&o, &v);
	CHECK_STR(out_done(&o), S("<input type=\"hidden\" name=\"_csrf\" value=\"t&quot;k\">"
				  "<input type=\"hidden\" name=\"_key\" value=\"key\">"));
}

TEST(attributes_hold_bare_numbers_and_iso_days)
{
	struct view v = view_in(LANG_RU);
	struct out o = OUT_ON(&arena);

	EMIT_ATTR(&o, &v, (int64_t)1234567);
	out_char(&o, ' ');
	EMIT_ATTR(&o, &v, day_of(2026, 11, 24));
	CHECK_STR(out_done(&o), S("1234567 2026-11-24"));
}

TEST(days_are_written_as_each_language_writes_them)
{
	struct day d = day_of(2026, 11, 24);

	CHECK_STR(lang_day(&arena, lang_of(LANG_KK), d), S("2026 жылғы 24 қараша"));
	CHECK_STR(lang_day(&arena, lang_of(LANG_RU), d), S("24 ноября 2026 г."));
	CHECK_STR(lang_day(&arena, lang_of(LANG_EN), d), S("24 November 2026"));
}

TEST(a_moment_has_hours_and_minutes)
{
	struct when w = when_from_civil(2026, 3, 5, 9, 7, 30);

	CHECK_STR(lang_when(&arena, lang_of(LANG_RU), w), S("5 марта 2026 г., 09:07"));
}

TEST(long_numbers_are_grouped)
{
	CHECK_STR(lang_int(&arena, lang_of(LANG_RU), 2026), S("2026"));
	CHECK_STR(lang_int(&arena, lang_of(LANG_RU), 12345), S("12\u00a0345"));
	CHECK_STR(lang_int(&arena, lang_of(LANG_KK), -1234567), S("-1\u00a0234\u00a0567"));
	CHECK_STR(lang_int(&arena, lang_of(LANG_EN), 100000), S("100,000"));
	CHECK_STR(lang_int(&arena, lang_of(LANG_EN), INT64_MIN), S("-9,223,372,036,854,775,808"));
}

TEST(plural_forms_follow_the_language)
{
	static const struct {
		enum lang_id lang;
		int n;
		struct str want;
	} cases[] = {
		{ LANG_RU, 1, S_INIT("1 день") },    { LANG_RU, 2, S_INIT("2 дня") },
		{ LANG_RU, 5, S_INIT("5 дней") },    { LANG_RU, 11, S_INIT("11 дней") },
		{ LANG_RU, 21, S_INIT("21 день") },  { LANG_RU, 112, S_INIT("112 дней") },
		{ LANG_RU, -2, S_INIT("-2 дня") },   { LANG_EN, 1, S_INIT("1 day") },
		{ LANG_EN, 0, S_INIT("0 days") },    { LANG_KK, 1, S_INIT("1 күн") },
		{ LANG_KK, 7, S_INIT("7 күн") },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		CHECK_STR(msg_fmt(&arena, lang_of(cases[i].lang), MSG_APP_DAYS, ARGS(ARG_I("n", cases[i].n))), cases[i].want);
}

TEST(arguments_of_a_message_are_escaped_into_a_page)
{
	struct view v = view_in(LANG_EN);
	struct out o = OUT_ON(&arena);

	html_msg(&o, &v, MSG_APP_WHEN, ARGS(ARG_S("day", S("<b>")), ARG_S("time", S("'"))));
	CHECK_STR(out_done(&o), S("&lt;b&gt;, &#39;"));
	CHECK_STR(msg_fmt(&arena, v.lang, MSG_APP_WHEN, ARGS(ARG_S("day", S("<b>")))), S("<b>, {time}"));
}

TEST(a_sentence_that_ends_in_an_argument_has_one_full_stop)
{
	struct day d;

	CHECK(day_from_ymd(2027, 5, 16, &d));
	CHECK_STR(msg_fmt(&arena, lang_of(LANG_RU), MSG_PETITION_UNTIL, ARGS(ARG_D("day", d))), S("Подписи собирают до 16 мая 2027 г."));
	CHECK_STR(msg_fmt(&arena, lang_of(LANG_EN), MSG_PETITION_UNTIL, ARGS(ARG_D("day", d))), S("Signing is open until 16 May 2027."));
}

TEST(messages_have_names)
{
	for (unsigned m = 1; m < MSG_N; m++)
		CHECK_INT(msg_by_name(msg_name(m)), m);
	CHECK_INT(msg_by_name(S("app.nothing_of_the_kind")), MSG_NONE);
	CHECK_INT(msg_by_name(S("")), MSG_NONE);
	CHECK_INT(msg_text(lang_of(LANG_KK), MSG_NONE).n, 0);
}

TEST(the_browsers_language_is_taken_by_weight)
{
	static const struct {
		struct str header;
		enum lang_id want;
	} cases[] = {
		{ S_INIT(""), LANG_KK },
		{ S_INIT("ru"), LANG_RU },
		{ S_INIT("RU-kz, en;q=0.9"), LANG_RU },
		{ S_INIT("de, en;q=0.5, ru;q=0.7"), LANG_RU },
		{ S_INIT("en;q=0, de"), LANG_KK },
		{ S_INIT("fr;q=1.0 , *;q=0.5, en;q=0.4"), LANG_KK },
		{ S_INIT("en;q=0.333,ru;q=0.334"), LANG_RU },
		{ S_INIT("en;q=7, ru;q=0.1"), LANG_RU },
		{ S_INIT("en;q=, ,;,ru;q=x"), LANG_EN },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		CHECK_INT(lang_accept(cases[i].header), cases[i].want);
}

TEST(paths_are_percent_encoded)
{
	struct str args[] = { S("а/б"), S("x y") };

	CHECK_STR(url_str(url_path(&arena, "/appeals/{}/{}", 2, args)), S("/appeals/%D0%B0%2F%D0%B1/x%20y"));
	CHECK_STR(url_str(url_with(&arena, URL("/a"), S("q"), S("a&b"))), S("/a?q=a%26b"));
	CHECK_STR(url_str(url_with(&arena, URL("/a?x=1#top"), S("q"), S("ж"))), S("/a?x=1&q=%D0%B6#top"));
}

TEST(only_harmless_addresses_pass)
{
	static const struct {
		struct str text, want; /* empty: refused */
	} cases[] = {
		{ S_INIT("https://gov.kz/a?b=c#d"), S_INIT("https://gov.kz/a?b=c#d") },
		{ S_INIT("HTTP://gov.kz"), S_INIT("HTTP://gov.kz") },
		{ S_INIT("mailto:a@b.kz"), S_INIT("mailto:a@b.kz") },
		{ S_INIT("tel:+77010000000"), S_INIT("tel:+77010000000") },
		{ S_INIT("/appeals"), S_INIT("/appeals") },
		{ S_INIT("/"), S_INIT("/") },
		{ S_INIT("https://gov.kz/ә\"<"), S_INIT("https://gov.kz/%D3%99%22%3C") },
		{ S_INIT("//evil.example"), S_INIT("") },
		{ S_INIT("/\\evil.example"), S_INIT("") },
		{ S_INIT("javascript:alert(1)"), S_INIT("") },
		{ S_INIT("java\nscript:alert(1)"), S_INIT("") },
		{ S_INIT("data:text/html,x"), S_INIT("") },
		{ S_INIT("https://"), S_INIT("") },
		{ S_INIT("https:///x"), S_INIT("") },
		{ S_INIT("https://a b"), S_INIT("") },
		{ S_INIT("mailto:"), S_INIT("") },
		{ S_INIT("appeals"), S_INIT("") },
		{ S_INIT(""), S_INIT("") },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct url u = { S("") };

		CHECK(url_checked(&arena, cases[i].text, &u) == (cases[i].want.n > 0));
		CHECK_STR(url_str(u), cases[i].want);
	}
}

TEST(plain_text_has_paragraphs_breaks_and_links)
{
	static const struct {
		struct str text, want;
	} cases[] = {
		{ S_INIT(""), S_INIT("") },
		{ S_INIT("\n\n a \n\n\n"), S_INIT("<p>a</p>\n") },
		{ S_INIT("a\nb\n\nc<"), S_INIT("<p>a<br>\nb</p>\n<p>c&lt;</p>\n") },
		{ S_INIT("(see https://a.kz/x_(y)?q=1&r=2)."),
		  S_INIT("<p>(see <a href=\"https://a.kz/x_(y)?q=1&amp;r=2\" rel=\"nofollow ugc\">"
			 "https://a.kz/x_(y)?q=1&amp;r=2</a>).</p>\n") },
		{ S_INIT("http://a.kz."), S_INIT("<p><a href=\"http://a.kz\" rel=\"nofollow ugc\">http://a.kz</a>.</p>\n") },
		{ S_INIT("http:// https:// httpd javascript:x"), S_INIT("<p>http:// https:// httpd javascript:x</p>\n") },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		CHECK_STR(html_from_plain(&arena, cases[i].text).markup_, cases[i].want);
}

TEST(markdown_cannot_do_harm)
{
	static const struct {
		struct str text, want;
	} cases[] = {
		{ S_INIT("# Атау\n\n*қ* **б**"), S_INIT("<h2>Атау</h2>\n<p><em>қ</em> <strong>б</strong></p>\n") },
		{ S_INIT("[a](https://a.kz)"), S_INIT("<p><a href=\"https://a.kz\">a</a></p>\n") },
		{ S_INIT("[a](javascript:alert(1))"), S_INIT("<p>a</p>\n") },
		{ S_INIT("[a](//evil.example)"), S_INIT("<p>a</p>\n") },
		{ S_INIT("![pic](https://evil.example/x.png)"), S_INIT("<p>pic</p>\n") },
		{ S_INIT("<script>x</script>"), S_INIT("<p>&lt;script&gt;x&lt;/script&gt;\n</p>\n") },
		{ S_INIT("a <b onclick=x>c</b>"), S_INIT("<p>a &lt;b onclick=x&gt;c&lt;/b&gt;</p>\n") },
		{ S_INIT("```js\" x\n<\n```"), S_INIT("<pre><code>&lt;\n</code></pre>\n") },
		{ S_INIT("[![pic](x)](data:y)"), S_INIT("<p>pic</p>\n") },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		CHECK_STR(html_from_markdown(&arena, cases[i].text).markup_, cases[i].want);
}

TEST(finds_are_marked_whatever_the_case)
{
	CHECK_STR(html_mark(&arena, S("Жол <жөндеу> ЖОЛДА"), S("жол")).markup_,
		  S("<mark>Жол</mark> &lt;жөндеу&gt; <mark>ЖОЛ</mark>ДА"));
	CHECK_STR(html_mark(&arena, S("a & b"), S("")).markup_, S("a &amp; b"));
	CHECK_STR(html_mark(&arena, S("water, road"), S("road water x")).markup_,
		  S("<mark>water</mark>, <mark>road</mark>"));
}

TEST(an_unknown_asset_is_not_found)
{
	struct asset x;

	CHECK(!asset_find(S("/assets/none.css"), ASSET_GZIP, &x));
	CHECK(!asset_find(S(""), ASSET_RAW, &x));
}

TESTS("html", T(text_is_escaped), T(a_form_gets_its_token_escaped), T(attributes_hold_bare_numbers_and_iso_days),
      T(days_are_written_as_each_language_writes_them), T(a_moment_has_hours_and_minutes), T(long_numbers_are_grouped),
      T(plural_forms_follow_the_language), T(arguments_of_a_message_are_escaped_into_a_page), T(a_sentence_that_ends_in_an_argument_has_one_full_stop), T(messages_have_names),
      T(the_browsers_language_is_taken_by_weight), T(paths_are_percent_encoded), T(only_harmless_addresses_pass),
      T(plain_text_has_paragraphs_breaks_and_links), T(markdown_cannot_do_harm), T(finds_are_marked_whatever_the_case),
      T(an_unknown_asset_is_not_found))
