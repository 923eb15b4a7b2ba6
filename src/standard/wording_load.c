#include "standard/wording.h"

#include <assert.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "base/vec.h"
#include "standard/pack_read.h"

#define COLUMNS(...) (const char *const[]){ __VA_ARGS__ }, ARRAY_LEN(((const char *const[]){ __VA_ARGS__ }))

static const char *const findings[FINDING_N] = {
	[FINDING_BLANK] = "blank",       [FINDING_EMPTY] = "empty",           [FINDING_COPY] = "copy",       [FINDING_LAW_BARE] = "law_bare",
	[FINDING_PART_OPEN] = "part_open", [FINDING_NO_GROUND] = "no_ground", [FINDING_NO_OPTIONS] = "no_options", [FINDING_HOLLOW] = "hollow",
	[FINDING_LANG] = "lang",         [FINDING_PERSONAL] = "personal",     [FINDING_NO_STEP] = "no_step", [FINDING_NO_DATE] = "no_date",
	[FINDING_HARD] = "hard",         [FINDING_OFFICIALESE] = "officialese",
};

static const char *const cues[CUE_N] = {
	[CUE_LAW] = "law",       [CUE_MEANING] = "meaning", [CUE_HOLLOW] = "hollow",     [CUE_REFUSAL] = "refusal", [CUE_GROUND] = "ground",
	[CUE_OPTION] = "option", [CUE_STEP] = "step",       [CUE_FORMULA] = "formula",   [CUE_WHO] = "who",         [CUE_OFFICIAL] = "official",
	[CUE_DATE] = "date",     [CUE_YOU] = "you",         [CUE_DONE] = "done",
};

const char *finding_name(enum finding f)
{
	assert(f < FINDING_N);
	return findings[f];
}

static size_t index_of(struct str name, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(name, str_of(names[i])))
			return i;
	return SIZE_MAX;
}

bool finding_by_name(struct str name, enum finding *ret)
{
	size_t i = index_of(name, findings, FINDING_N);

	if (i == SIZE_MAX)
		return false;
	*ret = (enum finding)i;
	return true;
}

static int by_kind_and_day(const void *a, const void *b)
{
	const struct finding_rule *x = a, *y = b;

	return x->kind != y->kind ? (x->kind > y->kind) - (x->kind < y->kind) : (x->valid_from.v > y->valid_from.v) - (x->valid_from.v < y->valid_from.v);
}

static void load_findings(struct loading *l, struct wording *w)
{
	VEC(struct finding_rule) v = { 0 };
	struct table t;
	bool there[FINDING_N] = { 0 };

	if (!table_open(&t, l, "findings.csv", COLUMNS("code", "blocks", "name_kk", "name_ru", "name_en", "advice_kk", "advice_ru", "advice_en", "basis",
						     "confidence", "valid_from")))
		return;
	while (table_next(&t)) {
		struct finding_rule r = { .blocks = cell_yes(&t, "blocks"), .name = cell_name3(&t, "name"), .advice = cell_name3(&t, "advice"),
					  .basis = cell_needed(&t, "basis"), .confidence = cell_confidence(&t), .valid_from = cell_day(&t, "valid_from") };

		if (!finding_by_name(cell_needed(&t, "code"), &r.kind)) {
			problem(l, t.file, t.line, "the program knows no finding %.*s", STR_FMT(cell_text(&t, "code")));
			continue;
		}
		row_once(&t, str_fmt(l->arena, "%s of %.*s", findings[r.kind], STR_FMT(cell_text(&t, "valid_from"))));
		there[r.kind] = true;
		*VEC_ADD(l->arena, &v) = r;
	}
	for (size_t i = 0; i < FINDING_N; i++)
		if (!there[i])
			problem(l, t.file, 1, "the finding %s is missing", findings[i]);
	if (v.n)
		qsort(v.v, v.n, sizeof(*v.v), by_kind_and_day);
	w->findings = v.v;
	w->n_findings = v.n;
}

enum text_lang cell_lang(struct table *t)
{
	static const struct { struct str code; enum text_lang lang; } langs[] = { { S_INIT("kk"), TEXT_KK }, { S_INIT("ru"), TEXT_RU }, { S_INIT("en"), TEXT_EN } };
	struct str code = cell_needed(t, "lang");

	for (size_t i = 0; i < ARRAY_LEN(langs); i++)
		if (str_eq(code, langs[i].code))
			return langs[i].lang;
	problem(t->l, t->file, t->line, "lang must be kk, ru or en");
	return TEXT_UNKNOWN;
}

struct str cell_pattern(struct table *t)
{
	struct str p = cell_needed(t, "pattern");

	if (!str_eq(p, utf8_lower(t->l->arena, p)))
		problem(t->l, t->file, t->line, "the pattern must be in lower case");
	if (str_find(p, S("  "), 0) != SIZE_MAX || str_starts(p, S("*")))
		problem(t->l, t->file, t->line, "words are separated by one blank, and * stands only at the end of a word");
	return p;
}

static void load_cues(struct loading *l, struct wording *w)
{
	VEC(struct phrase) v = { 0 };
	struct table t;

	if (!table_open(&t, l, "cues.csv", COLUMNS("lang", "cue", "pattern")))
		return;
	while (table_next(&t)) {
		size_t cue = index_of(cell_needed(&t, "cue"), cues, CUE_N);

		row_once(&t, str_fmt(l->arena, "%.*s %.*s \"%.*s\"", STR_FMT(cell_text(&t, "lang")), STR_FMT(cell_text(&t, "cue")), STR_FMT(cell_text(&t, "pattern"))));
		if (cue == SIZE_MAX)
			problem(l, t.file, t.line, "the program knows no cue %.*s", STR_FMT(cell_text(&t, "cue")));
		else
			*VEC_ADD(l->arena, &v) = (struct phrase){ .pattern = cell_pattern(&t), .lang = cell_lang(&t), .group = (int)cue };
	}
	w->cues = phrase_set_make(l->arena, v.v, v.n);
}

static void load_officialese(struct loading *l, struct wording *w)
{
	VEC(struct phrase) v = { 0 };
	struct table t;

	if (!table_open(&t, l, "officialese.csv", COLUMNS("lang", "pattern", "instead", "category", "inflects", "note", "confidence", "valid_from")))
		return;
	while (table_next(&t)) {
		(void)cell_confidence(&t);
		(void)cell_day(&t, "valid_from");
		row_once(&t, str_fmt(l->arena, "%.*s \"%.*s\"", STR_FMT(cell_text(&t, "lang")), STR_FMT(cell_text(&t, "pattern"))));
		*VEC_ADD(l->arena, &v) = (struct phrase){ .pattern = cell_pattern(&t), .instead = cell_needed(&t, "instead"), .lang = cell_lang(&t),
							  .inflects = cell_yes(&t, "inflects") };
	}
	w->plain = v.v;
	w->n_plain = v.n;
	w->officialese = phrase_set_make(l->arena, v.v, v.n);
}

static void load_templates(struct loading *l, struct wording *w)
{
	static const char *const decisions[] = { "granted", "refused", "explained" };
	VEC(struct answer_template) v = { 0 };
	struct table t;

	if (!table_open(&t, l, "answer_templates.csv", COLUMNS("topic", "decision", "name_kk", "name_ru", "name_en", "text_kk", "text_ru", "text_en", "valid_from")))
		return;
	while (table_next(&t)) {
		struct answer_template x = { .topic = cell_text(&t, "topic"), .decision = cell_needed(&t, "decision"), .name = cell_name3(&t, "name"),
					     .text = cell_name3(&t, "text"), .valid_from = cell_day(&t, "valid_from") };

		if (x.topic.n && !pack_topic(l->pack, x.topic))
			problem(l, t.file, t.line, "there is no topic %.*s", STR_FMT(x.topic));
		if (index_of(x.decision, decisions, ARRAY_LEN(decisions)) == SIZE_MAX)
			problem(l, t.file, t.line, "decision must be granted, refused or explained");
		for (size_t i = 0; i < LANG_N; i++)
			if (str_find_byte(x.text.v[i], '[', 0) == SIZE_MAX)
				problem(l, t.file, t.line, "a template without a place to fill would be sent bare: put one in [brackets]");
		*VEC_ADD(l->arena, &v) = x;
	}
	w->templates = v.v;
	w->n_templates = v.n;
}

void load_wording(struct loading *l)
{
	struct wording *w = ARENA_NEW(l->arena, struct wording);

	w->phones = l->pack->phones;
	load_findings(l, w);
	load_cues(l, w);
	load_officialese(l, w);
	load_templates(l, w);
	l->pack->wording = w;
}

const struct finding_rule *wording_rule(const struct wording *w, enum finding f, struct day on)
{
	const struct finding_rule *found = NULL;

	for (size_t i = 0; i < w->n_findings; i++)
		if (w->findings[i].kind == f && w->findings[i].valid_from.v <= on.v)
			found = &w->findings[i];
	return found;
}
