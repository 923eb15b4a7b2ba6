/* check_rules.c: one function a finding. A rule says nothing when in doubt: a wrong stop costs an official's time and trust. */
#include "answer/check_inner.h"

#include "base/utf8.h"
#include "text/ident.h"

#define EMPTY_WORDS 5        /* fewer words outside formulas say nothing */
#define HOLLOW_WORDS 6       /* a hollow phrase with hardly a word around it */
#define HARD_WORDS 30        /* a shorter text makes no measure */
#define HARD_SENTENCE_WORDS 25
#define COPY_ALIKE 75
#define TERM_BYTES_MIN 6     /* three Cyrillic letters */

static struct text_span whole(struct str s)
{
	return (struct text_span){ 0, s.n };
}

static bool any(const struct checking *c, enum cue cue)
{
	return c->all & CUE_BIT(cue);
}

static bool has(const struct sentence *s, enum cue cue)
{
	return s->cues & CUE_BIT(cue);
}

/* "[street]" or "____": a place of a template that nobody filled. */
static void blank(struct checking *c)
{
	for (size_t i = 0; i < c->n; i++) {
		struct str s = str_sub(c->s[i].piece, c->s[i].span.at, c->s[i].span.n);
		size_t open = str_find_byte(s, '[', 0), close = open == SIZE_MAX ? SIZE_MAX : str_find_byte(s, ']', open);
		size_t line = str_find(s, S("___"), 0);

		if (close != SIZE_MAX)
			check_add(c, FINDING_BLANK, c->s[i].part, c->s[i].piece, (struct text_span){ c->s[i].span.at + open, close - open + 1 }, S(""));
		else if (line != SIZE_MAX)
			check_add(c, FINDING_BLANK, c->s[i].part, c->s[i].piece, (struct text_span){ c->s[i].span.at + line, 3 }, S(""));
	}
}

static void empty(struct checking *c)
{
	size_t words = 0, all = 0;

	for (size_t i = 0; i < c->n; i++)
		all += c->s[i].words;
	if (any(c, CUE_HOLLOW) && all > HOLLOW_WORDS)
		return; /* that finding says it better */
	for (size_t i = 0; i < c->n; i++)
		if (!(c->s[i].cues & (CUE_BIT(CUE_FORMULA) | CUE_BIT(CUE_HOLLOW))) || c->s[i].dated || has(&c->s[i], CUE_DONE) || has(&c->s[i], CUE_GROUND))
			words += c->s[i].words;
	words += text_split(c->arena, c->t->options).n + text_split(c->arena, c->t->steps).n;
	if (words < EMPTY_WORDS)
		check_add(c, FINDING_EMPTY, 0, c->t->text, whole(c->t->text), S(""));
}

static struct map terms_of(struct arena *a, struct str s)
{
	struct map m = { .arena = a };
	struct str terms = text_terms(a, s, false), one;
	static const char there[] = "";

	while (terms.n && str_cut(&terms, ' ', &one))
		if (one.n >= TERM_BYTES_MIN || (one.n && utf8_is_digit((unsigned char)one.p[0])))
			map_put(&m, one, there);
	return m;
}

/* Who asks the same as somebody before may get the same words: a copy is one that does not take up what was asked. A word of the question that the answer
 * has and the earlier one has not says that this person was meant. */
bool check_is_copy(struct arena *a, const struct check_text *t)
{
	if (!t->earlier.n)
		return false;
	struct text_sketch mine = text_sketch(a, t->text), other = text_sketch(a, t->earlier);

	if (text_sketch_alike(&mine, &other) < COPY_ALIKE)
		return false;
	struct map answer = terms_of(a, t->text), earlier = terms_of(a, t->earlier);
	struct str terms = text_terms(a, t->question, false), one;
	size_t n = 0, found = 0;

	while (terms.n && str_cut(&terms, ' ', &one)) {
		if (one.n < TERM_BYTES_MIN)
			continue;
		if (map_get(&answer, one) && !map_get(&earlier, one))
			return false;
		n++;
		found += map_get(&answer, one) != NULL;
	}
	return found * 3 < n;
}

static void copy(struct checking *c)
{
	if (check_is_copy(c->arena, c->t))
		check_add(c, FINDING_COPY, 0, c->t->text, whole(c->t->text), S(""));
}

/* Somebody tells the person what the law means for them: beside the quotation, in words to them or with what happens. */
static bool explained(const struct checking *c, size_t at)
{
	size_t from = at ? at - 1 : 0;

	if (has(&c->s[at], CUE_MEANING))
		return true;
	for (size_t i = from; i < c->n && i <= at + 2; i++) {
		const struct sentence *s = &c->s[i];

		if (i != at && (has(s, CUE_MEANING) || (!has(s, CUE_LAW) && !has(s, CUE_HOLLOW) && !has(s, CUE_FORMULA) &&
							(has(s, CUE_YOU) || has(s, CUE_STEP) || has(s, CUE_DONE) || has(s, CUE_GROUND)))))
			return true;
	}
	return false;
}

static void law_bare(struct checking *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (has(&c->s[i], CUE_LAW) && !explained(c, i)) {
			check_add(c, FINDING_LAW_BARE, c->s[i].part, c->s[i].piece, c->s[i].span, S(""));
			return;
		}
}

/* Words of the point that the answer takes up. */
static bool takes_up(struct checking *c, struct str point, struct str answer)
{
	struct map said = terms_of(c->arena, answer);
	struct str terms = text_terms(c->arena, point, true), one;
	size_t n = 0, found = 0;

	while (terms.n && str_cut(&terms, ' ', &one)) {
		if (one.n < TERM_BYTES_MIN)
			continue;
		n++;
		found += map_get(&said, one) != NULL;
	}
	return !n || found * 4 >= n;
}

static void part_open(struct checking *c)
{
	if (c->t->n_points < 2)
		return; /* the answer as a whole is the reply */
	for (size_t i = 0; i < c->t->n_points; i++) {
		const struct check_point *p = &c->t->points[i];
		bool replied = text_split(c->arena, p->reply).n >= 3;

		if (!replied && !takes_up(c, p->text, c->t->text))
			check_add(c, FINDING_PART_OPEN, p->number, p->text, whole(p->text), S(""));
	}
}

static const struct sentence *refusing(const struct checking *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (has(&c->s[i], CUE_REFUSAL))
			return &c->s[i];
	return NULL;
}

static void refusal(struct checking *c, enum finding kind, bool missing)
{
	const struct sentence *s = refusing(c);

	if (!missing || str_eq(c->t->decision, S("granted")) || (!s && !str_eq(c->t->decision, S("refused"))))
		return;
	if (s)
		check_add(c, kind, s->part, s->piece, s->span, S(""));
	else
		check_add(c, kind, 0, c->t->text, whole(c->t->text), S(""));
}

static void no_ground(struct checking *c)
{
	/* an explanation may say no to something and show another way in the same breath */
	bool shown = str_eq(c->t->decision, S("explained")) && any(c, CUE_OPTION);

	refusal(c, FINDING_NO_GROUND, !c->t->ground && !any(c, CUE_GROUND) && !shown);
}

static void no_options(struct checking *c)
{
	refusal(c, FINDING_NO_OPTIONS, !str_trim(c->t->options).n && !any(c, CUE_OPTION));
}

/* "Sent", "being considered", "taken into account": then the same place must say who and by when. */
static void hollow(struct checking *c)
{
	for (size_t i = 0; i < c->n; i++) {
		bool who = false, when = c->t->dated_steps > 0;

		if (!has(&c->s[i], CUE_HOLLOW))
			continue;
		for (size_t k = i; k < c->n && k <= i + 2 && c->s[k].part == c->s[i].part; k++) {
			who = who || has(&c->s[k], CUE_WHO);
			when = when || c->s[k].dated;
		}
		if (!who || !when)
			check_add(c, FINDING_HOLLOW, c->s[i].part, c->s[i].piece, c->s[i].hollow, S(""));
	}
}

static void lang(struct checking *c)
{
	enum text_lang found = text_detect(c->t->text);

	if (c->lang == TEXT_UNKNOWN || found == c->lang || found == TEXT_UNKNOWN || found == TEXT_MIXED)
		return;
	c->wrong_lang = true; /* its words are not known here: the rules behind say nothing */
	check_add(c, FINDING_LANG, 0, c->t->text, whole(c->t->text), S(""));
}

/* Officials are named with their post or phone on purpose; the applicant's own data and what they wrote themselves are known to them. */
static bool may_stand(const struct checking *c, const struct sentence *s, struct str found, enum mask_kind kind)
{
	struct str lower = utf8_lower(c->arena, found);

	if (str_find(utf8_lower(c->arena, c->t->own), lower, 0) != SIZE_MAX || str_find(utf8_lower(c->arena, c->t->question), lower, 0) != SIZE_MAX)
		return true;
	bool contact = kind == MASK_NAME || kind == MASK_PHONE || kind == MASK_EMAIL || kind == MASK_ADDRESS;

	if (contact && has(s, CUE_OFFICIAL))
		return true;
	return kind == MASK_PHONE || kind == MASK_EMAIL || kind == MASK_ADDRESS; /* where to call, write and come: wanted in an answer */
}

static void personal(struct checking *c)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct sentence *s = &c->s[i];
		struct str text = str_sub(s->piece, s->span.at, s->span.n);
		struct mask_spans m = mask_find(c->arena, c->wording->phones, text);

		for (size_t k = 0; k < m.n; k++)
			if (!may_stand(c, s, str_sub(text, m.v[k].at, m.v[k].n), m.v[k].kind))
				check_add(c, FINDING_PERSONAL, s->part, s->piece, (struct text_span){ s->span.at + m.v[k].at, m.v[k].n }, S(""));
	}
}

static void no_step(struct checking *c)
{
	bool moves = any(c, CUE_STEP) || any(c, CUE_DONE) || any(c, CUE_OPTION) || c->any_date || str_trim(c->t->steps).n;

	if (!moves && !c->wrong_lang)
		check_add(c, FINDING_NO_STEP, 0, c->t->text, whole(c->t->text), S(""));
}

/* A promise needs its day; an explanation of what the person may do does not. */
static void no_date(struct checking *c)
{
	if (!c->any_date && !c->wrong_lang && (str_eq(c->t->decision, S("granted")) || any(c, CUE_HOLLOW)))
		check_add(c, FINDING_NO_DATE, 0, c->t->text, whole(c->t->text), S(""));
}

static void hard(struct checking *c)
{
	size_t worst = SIZE_MAX;

	if (c->ret->words < HARD_WORDS || c->ret->years <= (double)c->t->plain_years || !c->t->plain_years)
		return;
	for (size_t i = 0; i < c->n; i++) {
		if (c->s[i].words > HARD_SENTENCE_WORDS)
			check_add(c, FINDING_HARD, c->s[i].part, c->s[i].piece, c->s[i].span, S(""));
		if (worst == SIZE_MAX || c->s[i].words > c->s[worst].words)
			worst = i;
	}
	if (worst != SIZE_MAX && c->s[worst].words <= HARD_SENTENCE_WORDS)
		check_add(c, FINDING_HARD, c->s[worst].part, c->s[worst].piece, c->s[worst].span, S(""));
}

static void phrases_in(struct checking *c, int64_t part, struct str piece, const struct phrase_set *set)
{
	struct phrase_hits h = phrase_find(c->arena, set, piece, c->lang, 1);

	for (size_t k = 0; k < h.n; k++)
		check_add(c, FINDING_OFFICIALESE, part, piece, h.v[k].span, h.v[k].phrase->instead);
}

static void officialese(struct checking *c)
{
	struct str last = { 0 };

	for (size_t i = 0; i < c->n; i++) {
		if (c->s[i].piece.p == last.p)
			continue;
		last = c->s[i].piece;
		phrases_in(c, c->s[i].part, last, c->wording->officialese);
		if (c->t->own_words)
			phrases_in(c, c->s[i].part, last, c->t->own_words);
	}
}

const struct check_rule check_rules[] = {
	{ FINDING_LANG, lang }, /* first: see wrong_lang */
	{ FINDING_BLANK, blank },         { FINDING_EMPTY, empty },           { FINDING_COPY, copy },     { FINDING_LAW_BARE, law_bare },
	{ FINDING_PART_OPEN, part_open }, { FINDING_NO_GROUND, no_ground },   { FINDING_NO_OPTIONS, no_options }, { FINDING_HOLLOW, hollow },
	{ FINDING_PERSONAL, personal },     { FINDING_NO_STEP, no_step }, { FINDING_NO_DATE, no_date },
	{ FINDING_HARD, hard },           { FINDING_OFFICIALESE, officialese },
};
const size_t check_rules_n = ARRAY_LEN(check_rules);
