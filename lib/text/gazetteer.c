#include "text/suggest.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "text/reading.h"

#define NAME_WORDS 4   /* of a place's name; what follows is not compared */
#define TEXT_WORDS 600 /* of a text; a place is named early */
#define HITS_MAX 64

/* The spellings under which one word of a name or a text is looked up, folded. */
struct spellings {
	struct str v[3];
	size_t n;
};
struct entry {
	const struct suggest_place *place;
	struct spellings words[NAME_WORDS];
	size_t n;
	const struct entry *next; /* another name that begins alike */
};
struct suggest_gazetteer {
	const struct suggest_place *places;
	size_t n;
	struct map heads; /* spelling of the first word -> struct entry */
};

/* What words beside a name say of it. Stems, folded; they are of the languages of the house, not of a country. */
enum hint { HINT_NONE, HINT_REGION, HINT_CITY, HINT_DISTRICT, HINT_SETTLEMENT, HINT_STREET };
static const struct { const char *head; size_t least; enum hint hint; } hints[] = {
	{ "област", 0, HINT_REGION },	{ "облыс", 0, HINT_REGION },   { "обл", 3, HINT_REGION },
	{ "регион", 0, HINT_REGION },	{ "город", 0, HINT_CITY },     { "калас", 0, HINT_CITY },
	{ "г", 1, HINT_CITY },		{ "район", 0, HINT_DISTRICT }, { "аудан", 0, HINT_DISTRICT },
	{ "село", 0, HINT_SETTLEMENT }, { "сел", 3, HINT_SETTLEMENT }, { "ауыл", 0, HINT_SETTLEMENT },
	{ "поселк", 0, HINT_SETTLEMENT }, { "кент", 0, HINT_SETTLEMENT }, { "улиц", 0, HINT_STREET },
	{ "ул", 2, HINT_STREET },	{ "коше", 0, HINT_STREET },    { "даныл", 0, HINT_STREET },
	{ "дангыл", 0, HINT_STREET },	{ "проспект", 0, HINT_STREET }, { "пр", 2, HINT_STREET },
	{ "пер", 3, HINT_STREET },	{ "переулок", 0, HINT_STREET }, { "имен", 0, HINT_STREET },
	{ "region", 0, HINT_REGION },	{ "city", 4, HINT_CITY },      { "district", 0, HINT_DISTRICT },
	{ "street", 0, HINT_STREET },
};

/* least 0: the head begins the word; otherwise the whole word. */
static enum hint hint_of(struct str folded, struct str lower)
{
	for (size_t i = 0; i < ARRAY_LEN(hints); i++) {
		struct str head = str_of(hints[i].head);

		if (hints[i].least == 0 ? str_starts(folded, head) || str_starts(lower, head)
					: str_eq(folded, head) || str_eq(lower, head))
			return hints[i].hint;
	}
	return HINT_NONE;
}

static void spell(struct spellings *s, struct str one)
{
	for (size_t i = 0; i < s->n; i++)
		if (str_eq(s->v[i], one))
			return;
	if (one.n > 0 && s->n < ARRAY_LEN(s->v))
		s->v[s->n++] = one;
}

static struct spellings spellings_of(struct arena *a, struct str word, enum hint *ret_hint)
{
	struct letters w = letters_of(word), folded = letters_fold(&w);
	struct spellings s = { 0 };
	struct reading r;

	spell(&s, letters_str(a, &folded));
	reading_of(a, word, &r);
	if (r.has_kk)
		spell(&s, letters_str(a, &r.kk));
	if (r.has_other)
		spell(&s, letters_str(a, &r.other));
	*ret_hint = s.n > 0 ? hint_of(s.v[0], letters_str(a, &w)) : HINT_NONE;
	return s;
}

static bool meet(const struct spellings *x, const struct spellings *y)
{
	for (size_t i = 0; i < x->n; i++)
		for (size_t k = 0; k < y->n; k++)
			if (str_eq(x->v[i], y->v[k]))
				return true;
	return false;
}

static void add_name(struct arena *a, struct suggest_gazetteer *g,
		     const struct suggest_place *place, struct str name)
{
	struct text_words words = text_split(a, name);
	struct entry e = { .place = place };

	for (size_t i = 0; i < words.n && e.n < NAME_WORDS; i++) {
		enum hint hint;
		struct spellings s = spellings_of(a, words.v[i].word, &hint);

		if (s.n > 0 && hint == HINT_NONE) /* "район", "облысы" are said or left out at will */
			e.words[e.n++] = s;
	}
	if (e.n == 0 || (e.n == 1 && e.words[0].v[0].n < 5)) /* two letters are no name to look for */
		return;
	for (size_t i = 0; i < e.words[0].n; i++) {
		struct entry *one;

		if (e.n == 1 && e.words[0].v[i].n < 5) /* a stemmer leaves "in" of Inder */
			continue;
		one = ARENA_NEW(a, struct entry);
		*one = e;
		one->next = map_put(&g->heads, e.words[0].v[i], one);
	}
}

struct suggest_gazetteer *suggest_gazetteer_make(struct arena *a, const struct suggest_place *places, size_t n)
{
	struct suggest_gazetteer *g = ARENA_NEW(a, struct suggest_gazetteer);

	g->places = places;
	g->n = n;
	g->heads.arena = a;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < ARRAY_LEN(places[i].names); k++)
			add_name(a, g, &places[i], places[i].names[k]);
	return g;
}

struct word {
	struct spellings s;
	enum hint hint;
	bool capital;
	struct text_word at;
};
struct hit {
	const struct suggest_place *place;
	double score;
	size_t at, n;
};
struct hits {
	struct hit v[HITS_MAX];
	size_t n;
};

static bool capital(struct str word)
{
	size_t at = 0;

	return word.n > 0 && utf8_is_upper(utf8_next(word, &at));
}

static bool fits(enum hint hint, enum suggest_kind kind)
{
	return (hint == HINT_REGION && kind == SUGGEST_REGION) || (hint == HINT_CITY && kind == SUGGEST_CITY) ||
	       (hint == HINT_DISTRICT && kind == SUGGEST_DISTRICT) ||
	       (hint == HINT_SETTLEMENT && kind == SUGGEST_SETTLEMENT);
}

/* A name counts for more with a capital, more words, and the right kind of word beside it; a street is no place. */
static double score_hit(const struct word *words, size_t n, size_t from, const struct entry *e)
{
	enum hint before = from > 0 ? words[from - 1].hint : HINT_NONE;
	enum hint after = from + e->n < n ? words[from + e->n].hint : HINT_NONE;
	double score = words[from].capital ? 1.0 : 0.6;

	if (before == HINT_STREET || after == HINT_STREET)
		return 0.0;
	score += 0.5 * (double)(e->n - 1);
	if (fits(after, e->place->kind))
		score += 1.0;
	else if (fits(before, e->place->kind))
		score += 0.9;
	else if (after != HINT_NONE || before != HINT_NONE)
		score -= 0.3;
	if (e->place->kind == SUGGEST_CITY && after == HINT_NONE && before == HINT_NONE)
		score += 0.2; /* a bare name is mostly the town */
	return score;
}

static void hits_add(struct hits *hits, struct hit h)
{
	for (size_t i = 0; i < hits->n; i++) {
		struct hit *old = &hits->v[i];

		if (old->place->id != h.place->id)
			continue;
		if (h.score > old->score)
			*old = h;
		return;
	}
	if (hits->n < HITS_MAX)
		hits->v[hits->n++] = h;
}

static void find_at(const struct suggest_gazetteer *g, const struct word *words, size_t n, size_t from,
		    struct hits *hits)
{
	for (size_t k = 0; k < words[from].s.n; k++) {
		const struct entry *e = map_get(&g->heads, words[from].s.v[k]);

		for (; e; e = e->next) {
			size_t i = 1;

			while (i < e->n && from + i < n && meet(&e->words[i], &words[from + i].s))
				i++;
			if (i < e->n)
				continue;

			const struct text_word *first = &words[from].at, *last = &words[from + e->n - 1].at;
			double score = score_hit(words, n, from, e);

			if (score > 0.0)
				hits_add(hits, (struct hit){ e->place, score, first->at,
							     last->at + last->word.n - first->at });
		}
	}
}

static const struct hit *hit_of(const struct hits *hits, int64_t id)
{
	for (size_t i = 0; i < hits->n; i++)
		if (hits->v[i].place->id == id)
			return &hits->v[i];
	return NULL;
}

size_t suggest_places(struct arena *a, const struct suggest_gazetteer *g, struct str text,
		      struct place_suggestion ret[SUGGEST_N])
{
	struct text_words split = text_split(a, utf8_head(text, 8000));
	size_t n = split.n < TEXT_WORDS ? split.n : TEXT_WORDS, got = 0;
	struct word *words = ARENA_ARRAY(a, n + 1, struct word);
	struct hits hits = { .n = 0 };

	for (size_t i = 0; i < n; i++) {
		words[i].s = spellings_of(a, split.v[i].word, &words[i].hint);
		words[i].capital = capital(split.v[i].word);
		words[i].at = split.v[i];
	}
	for (size_t i = 0; i < n; i++)
		find_at(g, words, n, i, &hits);
	for (size_t i = 0; i < hits.n; i++) {
		struct hit *h = &hits.v[i];
		size_t at;

		const struct hit *above = hit_of(&hits, h->place->parent);

		/* the narrower of two that agree, unless both are read from the same words */
		if (h->place->parent != 0 && above && above->at != h->at)
			h->score += 1.5;
		for (at = got; at > 0 && ret[at - 1].score < h->score; at--)
			if (at < SUGGEST_N)
				ret[at] = ret[at - 1];
		if (at == SUGGEST_N)
			continue;
		ret[at] = (struct place_suggestion){ h->place->id, h->score, h->at, h->n };
		got += got < SUGGEST_N;
	}
	return got;
}
