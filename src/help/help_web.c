#include "help/help.h"

#include "app/app.h"
#include "base/vec.h"
#include "gen/help_tmpl.h"
#include "gen/messages.h"
#include "search/search.h"

struct str help_part(struct str list, size_t n)
{
	struct str one = { 0 };

	for (size_t i = 0; i <= n; i++)
		if (!list.n || !str_cut(&list, '|', &one))
			return (struct str){ 0 };
	return one;
}

static struct str figured(struct arena *a, const struct help *h, struct str text, struct day on)
{
	struct str done;

	/* the pack was checked for the day its texts were; an older day shows the text as it stands */
	return help_figures(a, h, text, on, &done) ? done : text;
}

static struct help_result result_of(struct arena *a, const struct help *h, const struct situation *s, struct str answers, struct day on, const struct lang *lang)
{
	struct help_result r = { .situation = s, .verdict = help_verdict(s, answers, on), .offer = figured(a, h, name_in(&s->offer, lang), on) };

	r.reasons = ARENA_ARRAY(a, s->n_conditions + 1, struct help_reason);
	for (size_t i = 0; i < s->n_conditions; i++) {
		const struct help_condition *c = &s->conditions[i];

		if (c->valid_from.v <= on.v)
			r.reasons[r.n_reasons++] = (struct help_reason){ c, figured(a, h, name_in(&c->question->text, lang), on),
									help_met(c, help_answer(answers, c->question->code)) };
	}
	return r;
}

void help_results(struct arena *a, const struct help *h, const struct help_group *group, struct str answers, struct day on, const struct lang *lang,
		  struct help_results *ret)
{
	static const enum verdict order[] = { VERDICT_MAY, VERDICT_ASK, VERDICT_NOT };
	VEC(struct help_result) v = { 0 };

	*ret = (struct help_results){ 0 };
	for (size_t o = 0; o < ARRAY_LEN(order); o++)
		for (size_t i = 0; i < h->n_situations; i++) {
			const struct situation *s = &h->situations[i];

			if ((group && s->group != group) || help_verdict(s, answers, on) != order[o])
				continue;
			*VEC_ADD(a, &v) = result_of(a, h, s, answers, on, lang);
			ret->n_may += order[o] == VERDICT_MAY;
			ret->n_ask += order[o] == VERDICT_ASK;
		}
	ret->v = v.v;
	ret->n = v.n;
}

static const struct help *help_of(const struct req *rq)
{
	return rq->ctx.app->pack->help;
}

/* Questions of the group as radios: value "code", text, what was answered in hint. */
static size_t questions_of(struct req *rq, const struct help_group *g, struct option **ret)
{
	static const struct str names[] = { [KNOWN_NO] = S_INIT("no"), [KNOWN_UNKNOWN] = S_INIT("unknown"), [KNOWN_YES] = S_INIT("yes") };
	const struct help *h = help_of(rq);
	size_t n = 0;

	*ret = ARENA_ARRAY(rq->ctx.arena, h->n_questions + 1, struct option);
	for (size_t i = 0; i < h->n_questions; i++)
		if (h->questions[i].group == g)
			(*ret)[n++] = (struct option){ .value = h->questions[i].code,
						       .text = figured(rq->ctx.arena, h, name_in(&h->questions[i].text, rq->view.lang), when_day(rq->ctx.now)),
						       .hint = names[help_answer(rq->http->query_text, h->questions[i].code)] };
	return n;
}

static enum rc list_get(struct req *rq)
{
	cache_public(rq, 300);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_HELP_TITLE, .nav = MSG_LAYOUT_NAV_HELP });

	tmpl_help_list(o, &rq->view, help_of(rq));
	return page_close(rq);
}

static enum rc show_group(struct req *rq, bool embedded)
{
	const struct help_group *g = help_group(help_of(rq), rq->params[0]);
	struct help_results r;
	struct option *questions;

	if (!g)
		return RC_NOT_FOUND;
	size_t n = questions_of(rq, g, &questions);
	bool asked = rq->http->query_text.n > 0;

	help_results(rq->ctx.arena, help_of(rq), g, rq->http->query_text, when_day(rq->ctx.now), rq->view.lang, &r);
	http_set_header(rq->http, S("Referrer-Policy"), S("no-referrer")); /* the answers in the address go nowhere else */
	if (embedded) { /* other sites may show it in a frame: it holds nothing of the person and acts on nothing */
		http_set_header(rq->http, S("Content-Security-Policy"),
				S("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors *"));
		http_set_header(rq->http, S("Cross-Origin-Resource-Policy"), S("cross-origin"));
	}
	struct out *o = page_open(rq, &(struct page){ .title_text = name_in(&g->name, rq->view.lang), .nav = MSG_LAYOUT_NAV_HELP });

	tmpl_help_group(o, &rq->view, g, questions, n, asked ? &r : NULL, embedded);
	return page_close(rq);
}

static enum rc group_get(struct req *rq)
{
	return show_group(rq, false);
}

static enum rc embed_get(struct req *rq)
{
	return show_group(rq, true);
}

static enum rc entry_get(struct req *rq)
{
	const struct help *h = help_of(rq);
	const struct situation *s = help_situation(h, rq->params[0]);

	if (!s)
		return RC_NOT_FOUND;
	cache_public(rq, 300);
	struct help_result r = result_of(rq->ctx.arena, h, s, S(""), when_day(rq->ctx.now), rq->view.lang);
	struct out *o = page_open(rq, &(struct page){ .title_text = name_in(&s->title, rq->view.lang), .nav = MSG_LAYOUT_NAV_HELP });

	/* one tap: the appeal begins with what it is about */
	tmpl_help_entry(o, &rq->view, &r, url_with(rq->ctx.arena, URL("/appeals/new"), S("text"), str_fmt(rq->ctx.arena, "%.*s.\n", STR_FMT(name_in(&s->title, rq->view.lang)))));
	return page_close(rq);
}

/* ---- JSON ---- */

static void put(struct out *o, const char *name, struct str value)
{
	out_fmt(o, "%s\"%s\":", o->n && o->p[o->n - 1] != '{' ? "," : "", name);
	out_json_str(o, value);
}

static void put_list(struct out *o, const char *name, struct str list)
{
	struct str one;

	out_fmt(o, ",\"%s\":[", name);
	for (size_t i = 0; (one = help_part(list, i)).p; i++) {
		if (i)
			out_char(o, ',');
		out_json_str(o, one);
	}
	out_char(o, ']');
}

static void put_result(struct out *o, const struct req *rq, const struct help_result *r)
{
	static const char *const verdicts[] = { [VERDICT_NOT] = "not", [VERDICT_ASK] = "ask", [VERDICT_MAY] = "may" };
	static const char *const known[] = { [KNOWN_NO] = "no", [KNOWN_UNKNOWN] = "unknown", [KNOWN_YES] = "yes" };
	const struct situation *s = r->situation;
	const struct lang *lang = rq->view.lang;

	out_char(o, '{');
	put(o, "code", s->code);
	put(o, "title", name_in(&s->title, lang));
	put(o, "verdict", str_of(verdicts[r->verdict]));
	put(o, "offer", r->offer);
	put(o, "term", name_in(&s->term, lang));
	put(o, "where", name_in(&s->where, lang));
	put(o, "documents", name_in(&s->documents, lang));
	put_list(o, "steps", name_in(&s->steps, lang));
	put_list(o, "contacts", s->contacts);
	put_list(o, "sources", s->sources);
	put(o, "confidence", s->confidence);
	put(o, "checked", day_iso(rq->ctx.arena, s->checked));
	OUT_LIT(o, ",\"conditions\":[");
	for (size_t i = 0; i < r->n_reasons; i++) {
		out_str(o, i ? S(",{") : S("{"));
		put(o, "question", r->reasons[i].condition->question->code);
		put(o, "text", r->reasons[i].text);
		put(o, "needs", r->reasons[i].condition->needs_yes ? S("yes") : S("no"));
		put(o, "met", str_of(known[r->reasons[i].met]));
		put(o, "basis", r->reasons[i].condition->basis);
		out_char(o, '}');
	}
	OUT_LIT(o, "]}");
}

static enum rc send_results(struct req *rq, const struct help_group *g)
{
	struct help_results r;
	struct out o = OUT_ON(rq->ctx.arena);

	help_results(rq->ctx.arena, help_of(rq), g, rq->http->query_text, when_day(rq->ctx.now), rq->view.lang, &r);
	OUT_LIT(&o, "{\"data\":[");
	for (size_t i = 0; i < r.n; i++) {
		if (i)
			out_char(&o, ',');
		put_result(&o, rq, &r.v[i]);
	}
	OUT_LIT(&o, "]}\n");
	cache_public(rq, 300);
	return send_json(rq, 200, out_done(&o));
}

static enum rc all_json(struct req *rq)
{
	return send_results(rq, NULL);
}

static enum rc group_json(struct req *rq)
{
	const struct help_group *g = help_group(help_of(rq), rq->params[0]);

	return g ? send_results(rq, g) : RC_NOT_FOUND;
}

static const struct route routes[] = {
	{ HTTP_GET, "/situations", ANYONE, RL_READ, PLAIN, list_get, .keep = true },
	{ HTTP_GET, "/situations/:group", ANYONE, RL_READ, PLAIN, group_get },
	{ HTTP_GET, "/situations/:group/embed", ANYONE, RL_READ, PLAIN, embed_get },
	{ HTTP_GET, "/situation/:code", ANYONE, RL_READ, PLAIN, entry_get, .keep = true },
	{ HTTP_GET, "/api/v1/situations", ANYONE, RL_API, PLAIN, all_json, .api = true },
	{ HTTP_GET, "/api/v1/situations/:group", ANYONE, RL_API, PLAIN, group_json, .api = true },
};

/* Each situation in three languages, found by all its titles. */
static enum rc search_fill(struct ctx *c, int64_t before, int64_t *ret_next)
{
	const struct help *h = c->app->pack->help;

	(void)before;
	*ret_next = 0;
	for (size_t i = h->n_situations; i-- > 0;) {
		const struct situation *s = &h->situations[i];

		for (size_t l = 0; l < LANG_N; l++) {
			const struct lang *lang = lang_of((enum lang_id)l);
			struct str text = figured(c->arena, h, s->offer.v[l], when_day(c->now));
			struct search_item item = {
				.kind = "situation", .object = (int64_t)i + 1, .lang = lang_code(lang), .pack = true, .title = s->title.v[l],
				.path = url_path(c->arena, "/situation/{}", 1, &s->code),
				.text = str_fmt(c->arena, "%.*s %.*s", STR_FMT(text), STR_FMT(s->where.v[l])),
				.also = str_fmt(c->arena, "%.*s %.*s %.*s", STR_FMT(s->title.v[0]), STR_FMT(s->title.v[1]), STR_FMT(s->title.v[2])),
			};

			TRY(search_put(c, &item));
		}
	}
	return RC_OK;
}

static const struct search_source search[] = {
	{ "situation", MSG_SEARCH_KIND_SITUATION, search_fill, true },
};

const struct module help_module = { .name = "help", .routes = routes, .n_routes = ARRAY_LEN(routes), .search = search, .n_search = ARRAY_LEN(search) };
