#include "standard/situation.h"

#include "base/vec.h"
#include "standard/pack_read.h"

#define COLUMNS(...) (const char *const[]){ __VA_ARGS__ }, ARRAY_LEN(((const char *const[]){ __VA_ARGS__ }))

static void load_groups(struct loading *l, struct help *h)
{
	VEC(struct help_group) v = { 0 };
	struct table t;

	if (!table_open(&t, l, "help/groups.csv", COLUMNS("code", "name_kk", "name_ru", "name_en")))
		return;
	while (table_next(&t)) {
		row_once(&t, cell_text(&t, "code"));
		*VEC_ADD(l->arena, &v) = (struct help_group){ .code = cell_needed(&t, "code"), .name = cell_name3(&t, "name") };
	}
	h->groups = v.v;
	h->n_groups = v.n;
}

static const struct help_group *group_of(struct table *t, const struct help *h)
{
	const struct help_group *g = help_group(h, cell_needed(t, "group"));

	if (!g)
		problem(t->l, t->file, t->line, "there is no group %.*s in groups.csv", STR_FMT(cell_text(t, "group")));
	return g;
}

static void load_parameters(struct loading *l, struct help *h)
{
	VEC(struct help_parameter) v = { 0 };
	struct table t;

	if (!table_open(&t, l, "help/parameters.csv", COLUMNS("code", "value", "name_kk", "name_ru", "name_en", "source", "confidence", "valid_from")))
		return;
	while (table_next(&t)) {
		struct help_parameter p = { .code = cell_needed(&t, "code"), .value = cell_real(&t, "value"), .name = cell_name3(&t, "name"),
					    .source = cell_needed(&t, "source"), .valid_from = cell_day(&t, "valid_from") };

		if (p.value <= 0)
			problem(l, t.file, t.line, "the value of %.*s must be above 0", STR_FMT(p.code));
		(void)cell_confidence(&t);
		row_once(&t, str_fmt(l->arena, "%.*s of %.*s", STR_FMT(p.code), STR_FMT(cell_text(&t, "valid_from"))));
		*VEC_ADD(l->arena, &v) = p;
	}
	h->parameters = v.v;
	h->n_parameters = v.n;
}

/* Every figure in a text must be known from the day that the text was checked. */
static void check_figures(struct table *t, const struct help *h, const struct name3 *text, struct day on)
{
	struct str done;

	for (size_t i = 0; i < LANG_N; i++)
		if (!help_figures(t->l->arena, h, text->v[i], on, &done))
			problem(t->l, t->file, t->line, "a figure in braces is no known parameter: %.*s", STR_FMT(text->v[i]));
}

static void load_questions(struct loading *l, struct help *h, struct day today)
{
	VEC(struct help_question) v = { 0 };
	struct table t;

	if (!table_open(&t, l, "help/questions.csv", COLUMNS("code", "group", "text_kk", "text_ru", "text_en")))
		return;
	while (table_next(&t)) {
		struct help_question q = { .code = cell_needed(&t, "code"), .group = group_of(&t, h), .text = cell_name3(&t, "text") };

		check_figures(&t, h, &q.text, today);
		row_once(&t, q.code);
		*VEC_ADD(l->arena, &v) = q;
	}
	h->questions = v.v;
	h->n_questions = v.n;
}

static void load_entries(struct loading *l, struct help *h)
{
	VEC(struct situation) v = { 0 };
	struct table t;

	if (!table_open(&t, l, "help/situations.csv", COLUMNS("code", "group", "topic", "title_kk", "title_ru", "title_en", "offer_kk", "offer_ru", "offer_en", "steps_kk",
							    "steps_ru", "steps_en", "documents_kk", "documents_ru", "documents_en", "term_kk", "term_ru", "term_en",
							    "where_kk", "where_ru", "where_en", "contacts", "confidence", "checked", "sources")))
		return;
	while (table_next(&t)) {
		struct situation s = { .code = cell_needed(&t, "code"), .group = group_of(&t, h), .topic = pack_topic(l->pack, cell_needed(&t, "topic")),
				       .title = cell_name3(&t, "title"), .offer = cell_name3(&t, "offer"), .steps = cell_name3(&t, "steps"),
				       .term = cell_name3(&t, "term"), .where = cell_name3(&t, "where"), .contacts = cell_needed(&t, "contacts"),
				       .confidence = cell_needed(&t, "confidence"), .checked = cell_day(&t, "checked"), .sources = cell_text(&t, "sources") };

		s.documents = (struct name3){ { [LANG_KK] = cell_text(&t, "documents_kk"), [LANG_RU] = cell_text(&t, "documents_ru"), [LANG_EN] = cell_text(&t, "documents_en") } };
		if (!s.topic)
			problem(l, t.file, t.line, "there is no topic %.*s", STR_FMT(cell_text(&t, "topic")));
		row_once(&t, s.code);
		check_figures(&t, h, &s.offer, s.checked);
		*VEC_ADD(l->arena, &v) = s;
	}
	h->situations = v.v;
	h->n_situations = v.n;
}

static const struct help_question *question_of(const struct help *h, struct str code)
{
	for (size_t i = 0; i < h->n_questions; i++)
		if (str_eq(h->questions[i].code, code))
			return &h->questions[i];
	return NULL;
}

static void load_conditions(struct loading *l, struct help *h)
{
	struct table t;

	if (!table_open(&t, l, "help/conditions.csv", COLUMNS("situation", "question", "needs", "basis", "valid_from")))
		return;
	while (table_next(&t)) {
		struct situation *s = (struct situation *)(uintptr_t)help_situation(h, cell_needed(&t, "situation"));
		struct help_condition c = { .question = question_of(h, cell_needed(&t, "question")), .needs_yes = str_eq(cell_text(&t, "needs"), S("yes")),
					    .basis = cell_needed(&t, "basis"), .valid_from = cell_day(&t, "valid_from") };

		if (!s || !c.question || (!c.needs_yes && !str_eq(cell_text(&t, "needs"), S("no")))) {
			problem(l, t.file, t.line, "situation and question must be known, needs is yes or no");
			continue;
		}
		struct help_condition *more = ARENA_ARRAY(l->arena, s->n_conditions + 1, struct help_condition);

		for (size_t i = 0; i < s->n_conditions; i++)
			more[i] = s->conditions[i];
		more[s->n_conditions++] = c;
		s->conditions = more;
	}
	for (size_t i = 0; i < h->n_situations; i++)
		if (!h->situations[i].n_conditions)
			problem(l, t.file, 1, "the situation %.*s has no condition", STR_FMT(h->situations[i].code));
}

static void run_cases(struct loading *l, const struct help *h)
{
	static const char *const names[] = { [VERDICT_NOT] = "not", [VERDICT_ASK] = "ask", [VERDICT_MAY] = "may" };
	struct table t;

	if (!table_open(&t, l, "help/cases.csv", COLUMNS("situation", "on", "answers", "expect")))
		return;
	while (table_next(&t)) {
		const struct situation *s = help_situation(h, cell_needed(&t, "situation"));
		struct str expect = cell_needed(&t, "expect");

		if (!s) {
			problem(l, t.file, t.line, "there is no situation %.*s", STR_FMT(cell_text(&t, "situation")));
			continue;
		}
		const char *got = names[help_verdict(s, cell_text(&t, "answers"), cell_day(&t, "on"))];

		if (!str_eq(expect, str_of(got)))
			problem(l, t.file, t.line, "the rules of %.*s say \"%s\" here, the case expects \"%.*s\"", STR_FMT(s->code), got, STR_FMT(expect));
	}
}

void load_help(struct loading *l)
{
	struct help *h = ARENA_NEW(l->arena, struct help);
	struct day today = when_day(when_now());

	h->currency = l->pack->currency;
	load_groups(l, h);
	load_parameters(l, h);
	load_questions(l, h, today);
	load_entries(l, h);
	load_conditions(l, h);
	run_cases(l, h);
	l->pack->help = h;
}
