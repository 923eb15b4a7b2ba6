/* check_find.c: takes an answer apart into sentences with their cues and runs the rules over it. */
#include "answer/check_inner.h"

#include "base/utf8.h"
#include "base/vec.h"

static enum text_lang lang_named(struct str code)
{
	return str_eq(code, S("kk")) ? TEXT_KK : str_eq(code, S("ru")) ? TEXT_RU : str_eq(code, S("en")) ? TEXT_EN : TEXT_UNKNOWN;
}

/* "12.12.2026", "2026-12-12", "12/12": a number, a separator, a number. */
static bool has_numeric_date(struct str s)
{
	size_t digits = 0;

	for (size_t i = 0; i < s.n; i++) {
		bool digit = utf8_is_digit((unsigned char)s.p[i]);

		if (digit) {
			digits++;
			continue;
		}
		bool separates = s.p[i] == '.' || s.p[i] == '/' || s.p[i] == '-';

		if (separates && digits >= 1 && digits <= 4 && i + 2 < s.n && utf8_is_digit((unsigned char)s.p[i + 1]) &&
		    utf8_is_digit((unsigned char)s.p[i + 2]))
			return true;
		digits = 0;
	}
	return false;
}

static uint64_t cues_of(struct checking *c, struct str s, struct text_span *ret_hollow)
{
	struct phrase_hits h = phrase_find(c->arena, c->wording->cues, s, c->lang, ~(uint64_t)0);
	uint64_t cues = 0;

	for (size_t i = 0; i < h.n; i++) {
		if (h.v[i].phrase->group == CUE_HOLLOW && !(cues & CUE_BIT(CUE_HOLLOW)) && ret_hollow)
			*ret_hollow = h.v[i].span;
		cues |= CUE_BIT(h.v[i].phrase->group);
	}
	return cues;
}

static void take_piece(struct checking *c, int64_t part, struct str piece, size_t *cap)
{
	struct text_sentences v = text_sentences(c->arena, piece);

	for (size_t i = 0; i < v.n; i++) {
		struct str text = str_sub(piece, v.v[i].at, v.v[i].n);
		struct sentence one = { .part = part, .piece = piece, .span = v.v[i] };

		one.cues = cues_of(c, text, &one.hollow);
		one.hollow.at += v.v[i].at;
		one.words = text_split(c->arena, text).n;
		one.dated = has_numeric_date(text) || (one.cues & CUE_BIT(CUE_DATE));
		c->s = vec_grow(c->arena, c->s, c->n, cap, sizeof(*c->s));
		c->s[c->n++] = one;
		c->all |= one.cues;
		c->any_date = c->any_date || one.dated;
	}
}

void check_add(struct checking *c, enum finding kind, int64_t part, struct str piece, struct text_span span, struct str instead)
{
	const struct finding_rule *rule = wording_rule(c->wording, kind, c->on);
	struct check_result *r = c->ret;

	if (!rule)
		return; /* not a rule yet on that day */
	r->v = vec_grow(c->arena, r->v, r->n, &c->cap, sizeof(*r->v));
	r->v[r->n++] = (struct check_finding){ .kind = kind, .blocks = rule->blocks, .part = part, .at = span.at, .n = span.n,
					       .quote = str_sub(piece, span.at, span.n), .instead = instead };
}

static int by_weight(const struct check_finding *x, const struct check_finding *y)
{
	if (x->blocks != y->blocks)
		return x->blocks ? -1 : 1;
	return x->kind != y->kind ? (int)x->kind - (int)y->kind : x->part != y->part ? (int)(x->part - y->part) : (x->at > y->at) - (x->at < y->at);
}

/* What stops a signature comes first; insertion sort, there are few and they come nearly in order. */
static void sort(struct check_result *r)
{
	for (size_t i = 1; i < r->n; i++)
		for (size_t k = i; k && by_weight(&r->v[k], &r->v[k - 1]) < 0; k--) {
			struct check_finding x = r->v[k];

			r->v[k] = r->v[k - 1];
			r->v[k - 1] = x;
		}
}

void check_find(struct arena *a, const struct wording *w, struct day on, const struct check_text *t, struct check_result *ret)
{
	struct checking c = { .arena = a, .wording = w, .t = t, .on = on, .lang = lang_named(t->lang), .ret = ret };
	size_t cap = 0;
	struct text_measure m;

	*ret = (struct check_result){ 0 };
	take_piece(&c, 0, t->text, &cap);
	for (size_t i = 0; i < t->n_points; i++)
		take_piece(&c, t->points[i].number, t->points[i].reply, &cap);
	c.all |= cues_of(&c, t->options, NULL) | cues_of(&c, t->steps, NULL);
	c.any_date = c.any_date || t->dated_steps || has_numeric_date(t->steps);
	m = text_measure(a, t->text, c.lang);
	ret->words = m.words;
	ret->years = text_school_years(&m, c.lang);
	ret->rough = c.lang == TEXT_KK;
	for (size_t i = 0; i < check_rules_n; i++)
		check_rules[i].run(&c);
	sort(ret);
}
