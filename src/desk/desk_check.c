/*
 * desk_check.c: the answer under the check: as typed, with what was found, with one-tap replacement. Nothing is saved here but who writes: others see it
 * from the first pause in the first sentence on, not only when something was saved.
 */
#include "desk/desk.h"

#include "app/app.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "gen/messages.h"
#include "standard/situation.h"
#include "text/ident.h"

#define POINTS_MAX 30
#define CLEAR_ANSWERS 3

/* "2026-12-01 text": a step with its date. */
static void read_steps(struct req *rq, struct answer_text *t)
{
	struct str *lines;
	size_t n = desk_lines_of(rq->ctx.arena, FORM_OF(rq, struct desk_form)->steps, &lines, ARRAY_LEN(t->steps));

	for (size_t i = 0; i < n; i++) {
		struct day d;

		if (day_parse(str_sub(lines[i], 0, 10), &d)) {
			t->steps[t->n_steps].due = d;
			lines[i] = str_trim(str_from(lines[i], 10));
		}
		t->steps[t->n_steps++].text = lines[i];
	}
}

static void read_options(struct req *rq, struct answer_text *t)
{
	struct str *lines;

	t->n_options = desk_lines_of(rq->ctx.arena, FORM_OF(rq, struct desk_form)->options, &lines, ARRAY_LEN(t->options));
	for (size_t i = 0; i < t->n_options; i++)
		t->options[i].text = lines[i];
}

void desk_read_answer(struct req *rq, const struct appeal_case *k, struct answer_text *t)
{
	const struct desk_form *f = FORM_OF(rq, struct desk_form);

	*t = (struct answer_text){ .text = f->text, .decision = f->decision, .ground = str_eq(f->decision, S("refused")) ? f->ground : S(""),
				   .lang = f->lang.n ? f->lang : k->a.lang };
	for (int64_t i = 1; i <= POINTS_MAX; i++) {
		struct str reply = str_trim(http_form(rq->http, str_fmt(rq->ctx.arena, "part_%lld", (long long)i)));

		if (reply.n) {
			t->parts[t->n_parts].number = i;
			t->parts[t->n_parts++].text = reply;
		}
	}
	read_steps(rq, t);
	read_options(rq, t);
}

/* ---- one tap ---- */

/* "PART:AT:BYTES:CHOICE" of a button beside a finding; false when it does not fit the text any more. */
static bool swap_parts(struct str s, int64_t ret[4])
{
	struct str one;
	size_t n = 0;

	while (n < 4 && s.n && str_cut(&s, ':', &one))
		if (!str_to_i64(one, &ret[n++]) || ret[n - 1] < 0)
			return false;
	return n == 4;
}

/* The n-th alternative; "-" leaves the words out. */
static struct str alternative(struct str instead, int64_t choice)
{
	struct str one = { 0 };

	for (int64_t i = 0; i <= choice && instead.n; i++)
		if (!str_cut(&instead, ';', &one))
			break;
	one = str_trim(one);
	return str_eq(one, S("-")) ? S("") : one;
}

/* "(...)" tells what to do; it is no text to put in. */
bool desk_can_swap(struct str instead)
{
	return !str_starts(instead, S("("));
}

static struct str swapped(struct req *rq, struct str text, const int64_t p[4])
{
	const struct wording *w = rq->ctx.app->pack->wording;
	struct arena *a = rq->ctx.arena;

	if ((uint64_t)p[1] + (uint64_t)p[2] > text.n)
		return text;
	struct str old = str_sub(text, (size_t)p[1], (size_t)p[2]), rest = str_from(text, (size_t)(p[1] + p[2]));
	struct phrase_hits h = phrase_find(a, w->officialese, old, TEXT_UNKNOWN, 1);

	if (!h.n || h.v[0].span.n != old.n)
		return text;
	struct str now = alternative(h.v[0].phrase->instead, p[3]);
	size_t at = 0;

	if (!desk_can_swap(now))
		return text;

	if (now.n && utf8_is_upper(utf8_next(old, &at)))
		now = utf8_upper_first(a, now);
	if (!now.n && rest.n && rest.p[0] == ' ')
		rest = str_from(rest, 1);
	return str_fmt(a, "%.*s%.*s%.*s", STR_FMT(str_sub(text, 0, (size_t)p[1])), STR_FMT(now), STR_FMT(rest));
}

static void take_tap(struct req *rq, struct answer_text *t, const struct appeal_case *k)
{
	const struct desk_form *f = FORM_OF(rq, struct desk_form);
	const struct wording *w = rq->ctx.app->pack->wording;
	int64_t p[4], use;
	enum lang_id lang;

	if (f->swap.n && swap_parts(f->swap, p)) {
		if (p[0] == 0)
			t->text = swapped(rq, t->text, p);
		for (size_t i = 0; i < t->n_parts; i++)
			if (t->parts[i].number == p[0])
				t->parts[i].text = swapped(rq, t->parts[i].text, p);
	}
	const struct situation *help = f->help.n ? help_situation(rq->ctx.app->pack->help, f->help) : NULL;

	if (help && t->n_options < ARRAY_LEN(t->options) && lang_by_code(k->a.lang, &lang)) {
		struct str offer;

		if (!help_figures(rq->ctx.arena, rq->ctx.app->pack->help, help->offer.v[lang], when_day(rq->ctx.now), &offer))
			offer = S("");
		t->options[t->n_options++].text = str_fmt(rq->ctx.arena, "%.*s: %.*s. %.*s. %.*s/situation/%.*s", STR_FMT(help->title.v[lang]), STR_FMT(offer),
							  STR_FMT(help->where.v[lang]), STR_FMT(rq->ctx.app->public_url), STR_FMT(help->code));
	}
	if (f->use.n && str_to_i64(f->use, &use) && use >= 0 && (size_t)use < w->n_templates && lang_by_code(k->a.lang, &lang)) {
		struct str words = w->templates[use].text.v[lang];

		t->text = str_trim(t->text).n ? str_fmt(rq->ctx.arena, "%.*s\n\n%.*s", STR_FMT(t->text), STR_FMT(words)) : words;
		if (!t->decision.n)
			t->decision = w->templates[use].decision;
	}
}

/* ---- what is shown ---- */

static void rows_of(struct arena *a, const struct answer_text *t, struct answer_whole *w)
{
	w->a.text = t->text;
	w->a.decision = t->decision;
	w->a.ground = t->ground;
	w->a.lang = t->lang;
	w->parts = (struct answer_part_row_list){ ARENA_ARRAY(a, t->n_parts + 1, struct answer_part_row), t->n_parts };
	for (size_t i = 0; i < t->n_parts; i++)
		w->parts.v[i] = (struct answer_part_row){ .number = t->parts[i].number, .text = t->parts[i].text };
	w->steps = (struct answer_step_row_list){ ARENA_ARRAY(a, t->n_steps + 1, struct answer_step_row), t->n_steps };
	for (size_t i = 0; i < t->n_steps; i++)
		w->steps.v[i] = (struct answer_step_row){ .number = (int64_t)i + 1, .text = t->steps[i].text, .due_on = t->steps[i].due };
	w->options = (struct answer_option_row_list){ ARENA_ARRAY(a, t->n_options + 1, struct answer_option_row), t->n_options };
	for (size_t i = 0; i < t->n_options; i++)
		w->options.v[i] = (struct answer_option_row){ .number = (int64_t)i + 1, .text = t->options[i].text };
}

/* Nothing that was typed is lost: after an error and after a check the form holds it again. */
void desk_overlay(struct req *rq, struct desk_page *d)
{
	static const struct str writing[] = { S_INIT("save"), S_INIT("submit") };
	struct answer_text *t = ARENA_NEW(rq->ctx.arena, struct answer_text);
	bool ours = rq->n_params < 2; /* the check itself */

	for (size_t i = 0; i < ARRAY_LEN(writing); i++)
		ours = ours || str_eq(rq->params[1], writing[i]);
	if (rq->http->method != HTTP_POST || !ours || !d->p.k->mine)
		return;
	desk_read_answer(rq, d->p.k, t);
	take_tap(rq, t, d->p.k);
	rows_of(rq->ctx.arena, t, &d->answer);
	d->has_answer = d->answer_open = d->typed = true;
}

/* The text cut at the findings that have a place in it; the first of two that overlap wins. */
static void marks_of(struct req *rq, struct desk_page *d)
{
	struct str text = d->answer.a.text;
	const struct check_result *r = &d->reading.found;
	const struct wording *w = rq->ctx.app->pack->wording;
	VEC(struct desk_mark) v = { 0 };
	size_t at = 0;

	while (at < text.n) {
		const struct check_finding *next = NULL;

		for (size_t i = 0; i < r->n; i++)
			if (r->v[i].part == 0 && r->v[i].n && r->v[i].n < text.n && r->v[i].at >= at && r->v[i].quote.p == text.p + r->v[i].at &&
			    (!next || r->v[i].at < next->at))
				next = &r->v[i];
		size_t end = next ? next->at : text.n;

		if (end > at)
			*VEC_ADD(rq->ctx.arena, &v) = (struct desk_mark){ .text = str_sub(text, at, end - at) };
		if (next)
			*VEC_ADD(rq->ctx.arena, &v) = (struct desk_mark){ next->quote, wording_rule(w, next->kind, when_day(rq->ctx.now)) };
		at = next ? next->at + next->n : text.n;
	}
	d->marks = v.v;
	d->n_marks = v.n;
}

static void templates_of(struct req *rq, struct desk_page *d)
{
	const struct wording *w = rq->ctx.app->pack->wording;
	const struct appeal_row *a = &d->p.k->a;
	enum lang_id lang;

	if (!lang_by_code(a->lang, &lang))
		return;
	d->templates = ARENA_ARRAY(rq->ctx.arena, w->n_templates + 1, struct option);
	for (size_t i = 0; i < w->n_templates; i++) {
		const struct answer_template *t = &w->templates[i];
		const struct topic *asked = pack_topic(rq->ctx.app->pack, a->topic);
		bool fits = !t->topic.n || str_eq(t->topic, a->topic) || (asked && asked->up && str_eq(asked->up->code, t->topic));

		if (fits && t->valid_from.v <= when_day(rq->ctx.now).v)
			d->templates[d->n_templates++] = (struct option){ .value = str_fmt(rq->ctx.arena, "%zu", i), .text = name_in(&t->name, rq->view.lang),
									  .hint = t->text.v[lang] };
	}
}

/* Life situations of the topic and of the topic above it. */
static void helps_of(struct req *rq, struct desk_page *d)
{
	const struct help *h = rq->ctx.app->pack->help;
	const struct topic *asked = pack_topic(rq->ctx.app->pack, d->p.k->a.topic);

	d->helps = ARENA_ARRAY(rq->ctx.arena, h->n_situations + 1, struct option);
	for (size_t i = 0; asked && i < h->n_situations; i++)
		if (h->situations[i].topic == asked || h->situations[i].topic == asked->up)
			d->helps[d->n_helps++] = (struct option){ .value = h->situations[i].code, .text = name_in(&h->situations[i].title, rq->view.lang) };
}

static enum rc earlier_answers(struct req *rq, struct desk_page *d)
{
	struct answer_clear_text_list l;

	TRY(answer_called_clear(rq->ctx.db, d->p.k->a.topic, d->p.k->a.lang, CLEAR_ANSWERS, &l));
	for (size_t i = 0; i < l.n; i++) {
		struct mask_spans m = mask_find(rq->ctx.arena, rq->ctx.app->pack->phones, l.v[i].text);

		d->clear_answers[d->n_clear_answers++] = mask_apply(rq->ctx.arena, l.v[i].text, &m);
	}
	return RC_OK;
}

/* What came back to the writer: the sentences that were not understood, and the second reader's words. */
static enum rc came_back(struct req *rq, struct desk_page *d)
{
	const struct appeal_page *p = &d->p;

	for (size_t i = 0; i < p->n_answers; i++) {
		const struct answer_row *w = &p->answers[i].a;
		struct text_sentences s = text_sentences(rq->ctx.arena, w->text);
		struct unclear_row_list marks;
		struct reading_verdict verdict;

		if (w->body_id != rq->who.body)
			continue;
		TRY(unclear_list(rq->ctx.db, w->id, &marks));
		for (size_t m = 0; m < marks.n && d->n_unclear < ARRAY_LEN(d->unclear); m++)
			if (marks.v[m].sentence >= 1 && (size_t)marks.v[m].sentence <= s.n) {
				struct text_span span = s.v[marks.v[m].sentence - 1];

				d->unclear[d->n_unclear++] = str_sub(w->text, span.at, span.n);
			}
		enum rc rc = reading_of_answer(rq->ctx.db, w->id, &verdict);

		if (rc == RC_OK)
			d->reader_said = verdict.words.n ? verdict.words : msg_text(rq->view.lang, str_eq(verdict.verdict, S("clear")) ? MSG_CHECK_READER_CLEAR
																   : MSG_CHECK_READER_NOT_CLEAR);
		else if (rc != RC_NOT_FOUND)
			return rc;
	}
	return RC_OK;
}

enum rc desk_load_check(struct req *rq, struct desk_page *d)
{
	TRY(came_back(rq, d));
	if (!d->p.k->mine || (d->has_answer && !d->answer_open))
		return RC_OK;
	templates_of(rq, d);
	helps_of(rq, d);
	TRY(earlier_answers(rq, d));
	if (!d->has_answer || !str_trim(d->answer.a.text).n)
		return RC_OK;
	TRY(answer_read(&rq->ctx, d->p.k, &d->answer, &d->reading));
	d->read = true;
	marks_of(rq, d);
	return RC_OK;
}

struct checked {
	struct appeal_case k;
	struct http_response page;
};

/* The same page with what was typed and what was found; scripts take the panel out of it while one types. */
static enum rc check_slow(struct req *rq)
{
	struct checked *c = rq->slow = ARENA_NEW(rq->ctx.arena, struct checked);

	TRY(desk_open(rq, false, &c->k));
	TRY(desk_draw(rq, &c->k));
	c->page = rq->http->response;
	return RC_OK;
}

static enum rc check_post(struct req *rq)
{
	const struct checked *c = rq->slow;
	struct edit_lock_row holder;
	enum rc rc = appeal_may(&c->k, EV_ANSWER_CHECKED) ? edit_lock(&rq->ctx, "appeal", c->k.a.id.v, rq->who.account, false, &holder) : RC_OK;

	rq->http->response = c->page;
	return rc == RC_CONFLICT ? RC_OK : rc; /* the page says who else is at work */
}

static const struct route routes[] = {
	{ HTTP_POST, "/desk/:number/check", STAFF, RL_READ, SLOW, check_post, &desk_form, desk_show, check_slow, .own_key = true },
};

const struct module desk_check_module = { .name = "desk_check", .routes = routes, .n_routes = ARRAY_LEN(routes) };
