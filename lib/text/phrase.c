#include "base/utf8.h"
#include "base/vec.h"
#include "text/letters.h"
#include "text/plain.h"

#define WORDS_MAX 10
#define STEM_LETTERS_MIN 5 /* shorter words change too much when their ends go */

struct token {
	struct str text, stem; /* stem empty: as written only */
	bool open;             /* "*": only the beginning counts */
};

struct entry {
	const struct phrase *phrase;
	struct token words[WORDS_MAX];
	size_t n, order;
	struct entry *next; /* of the same first letters, the longest first */
};

struct phrase_set {
	struct map by_start; /* first two letters of the first word -> struct entry */
};

static struct str start_of(struct str word)
{
	return utf8_head(word, 2);
}

static void token_of(struct arena *a, const struct phrase *p, struct str word, struct token *ret)
{
	ret->open = str_ends(word, S("*"));
	ret->text = ret->open ? str_sub(word, 0, word.n - 1) : word;
	if (p->inflects && !ret->open && utf8_count(ret->text) >= STEM_LETTERS_MIN)
		ret->stem = text_stem(a, ret->text, p->lang);
}

static void add(struct phrase_set *set, struct arena *a, const struct phrase *p, size_t order)
{
	struct entry *e = ARENA_NEW(a, struct entry);
	struct str rest = p->pattern, word;

	e->phrase = p;
	e->order = order;
	while (rest.n && str_cut(&rest, ' ', &word) && e->n < WORDS_MAX)
		if (word.n)
			token_of(a, p, word, &e->words[e->n++]);
	if (!e->n || !e->words[0].text.n)
		return;
	struct str start = start_of(e->words[0].text);
	struct entry *first = (struct entry *)(uintptr_t)map_get(&set->by_start, start), **at = &first;

	while (*at && ((*at)->n > e->n || ((*at)->n == e->n && (*at)->phrase->pattern.n >= p->pattern.n)))
		at = &(*at)->next;
	e->next = *at;
	*at = e;
	map_put(&set->by_start, start, first);
}

struct phrase_set *phrase_set_make(struct arena *a, const struct phrase *v, size_t n)
{
	struct phrase_set *set = ARENA_NEW(a, struct phrase_set);

	set->by_start.arena = a;
	for (size_t i = 0; i < n; i++)
		add(set, a, &v[i], i);
	return set;
}

struct reading_word {
	struct str lower, stems[TEXT_MIXED + 1]; /* by the phrase's language; p is NULL until it is asked for */
};

static bool same_stem(struct arena *a, struct reading_word *w, const struct token *t, enum text_lang lang)
{
	if (!t->stem.n || str_sub(w->lower, 0, 2).n < 2 || !str_starts(w->lower, start_of(t->text)))
		return false;
	if (!w->stems[lang].p)
		w->stems[lang] = text_stem(a, w->lower, lang);
	return str_eq(w->stems[lang], t->stem);
}

static bool matches(struct arena *a, const struct entry *e, struct reading_word *w, const struct text_words *words, size_t i, struct str s)
{
	if (i + e->n > words->n)
		return false;
	for (size_t k = 0; k < e->n; k++) {
		const struct token *t = &e->words[k];
		struct reading_word *r = &w[i + k];

		if (!(t->open ? str_starts(r->lower, t->text) : str_eq(r->lower, t->text) || same_stem(a, r, t, e->phrase->lang)))
			return false;
		if (k && words->v[i + k].at > words->v[i + k - 1].at + words->v[i + k - 1].word.n + 3)
			return false; /* something long stands between: another clause */
		if (k && str_find_byte(str_sub(s, words->v[i + k - 1].at, words->v[i + k].at - words->v[i + k - 1].at), '.', 0) != SIZE_MAX)
			return false;
	}
	return true;
}

static void take(struct arena *a, struct phrase_hits *hits, size_t *cap, const struct entry *e, const struct text_words *words, size_t i)
{
	const struct text_word *last = &words->v[i + e->n - 1];

	hits->v = vec_grow(a, hits->v, hits->n, cap, sizeof(*hits->v));
	hits->v[hits->n++] = (struct phrase_hit){ e->phrase, { words->v[i].at, last->at + last->word.n - words->v[i].at } };
}

struct phrase_hits phrase_find(struct arena *a, const struct phrase_set *set, struct str s, enum text_lang lang, uint64_t groups)
{
	struct phrase_hits hits = { 0 };
	struct text_words words = text_split(a, s);
	struct reading_word *w = ARENA_ARRAY(a, words.n + 1, struct reading_word);
	size_t free_from[64] = { 0 }, cap = 0;

	for (size_t i = 0; i < words.n; i++) {
		struct letters letters = letters_of(words.v[i].word);

		w[i].lower = letters_str(a, &letters);
	}
	for (size_t i = 0; i < words.n; i++) {
		uint64_t seen = 0;

		for (const struct entry *e = map_get(&set->by_start, start_of(w[i].lower)); e; e = e->next) {
			uint64_t bit = (uint64_t)1 << e->phrase->group;

			if (!(groups & bit) || (seen & bit) || free_from[e->phrase->group] > i)
				continue;
			if (e->phrase->lang != TEXT_UNKNOWN && lang != TEXT_UNKNOWN && lang != TEXT_MIXED && e->phrase->lang != lang)
				continue;
			if (!matches(a, e, w, &words, i, s))
				continue;
			take(a, &hits, &cap, e, &words, i);
			seen |= bit;
			free_from[e->phrase->group] = i + e->n;
		}
	}
	return hits;
}
