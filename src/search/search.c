#include "search/search.h"

#include "app/app.h"
#include "base/random.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "search/search_view.h"
#include "text/text.h"

#define TEXT_KEPT 8000    /* bytes of what is shown and found of one thing */
#define VERSIONS_MAX 8    /* of one thing: languages */
#define DROP_BATCH 500
#define BEFORE_WORDS 60   /* bytes before the first word found */
#define PART 280          /* bytes of the part that is shown */
#define MARKS_MAX 40
/* Tags stand among the words; the letter in front is in none of them, as terms hold digits and Cyrillic or ASCII letters only. */
#define TAG "\u03c9"

/* A cut at a whole code point. */
static struct str clip(struct str s, size_t max)
{
	if (s.n <= max)
		return s;
	while (max > 0 && ((unsigned char)s.p[max] & 0xc0) == 0x80)
		max--;
	return str_sub(s, 0, max);
}

enum rc search_drop_docs(struct ctx *c, const struct search_id_row_list *l)
{
	int64_t changed;

	for (size_t i = 0; i < l->n; i++) {
		TRY(search_index_delete(c->db, l->v[i].id, &changed));
		TRY(search_doc_delete(c->db, l->v[i].id, &changed));
	}
	return RC_OK;
}

enum rc search_drop(struct ctx *c, const char *kind, int64_t object)
{
	struct search_id_row_list l;

	TRY(search_docs_of(c->db, str_of(kind), object, VERSIONS_MAX, &l));
	return search_drop_docs(c, &l);
}

enum rc search_put(struct ctx *c, const struct search_item *i)
{
	struct search_doc_id id = { i->pack ? id_make() : i->object };
	struct str text = clip(i->text, TEXT_KEPT), none = S("x");
	struct str title_terms = text_terms(c->arena, str_fmt(c->arena, "%.*s %.*s", STR_FMT(i->title), STR_FMT(i->also)), false);
	struct str words = text_terms(c->arena, text, false);
	struct str tags = str_fmt(c->arena, TAG "k%s " TAG "r%lld " TAG "l%.*s " TAG "%s", i->kind, (long long)i->region,
				  STR_FMT(i->lang.n ? i->lang : none), i->pack ? "pack" : "own");
	int64_t changed;

	if (!i->pack) /* those of the pack are all dropped before they are put in anew */
		TRY(search_drop(c, i->kind, i->object));
	TRY(search_doc_insert(c->db, id, str_of(i->kind), i->object, i->lang, i->region, url_str(i->path), i->title, text, &changed));
	return search_index_insert(c->db, id, title_terms, str_fmt(c->arena, "%.*s %.*s", STR_FMT(title_terms), STR_FMT(words)), tags, &changed);
}

/* ---- the query ---- */

/* The terms of the question: each a run of the letters that terms hold, so nothing of it is syntax. */
static struct str joined(struct arena *a, struct str terms, const char *between, const char *quote)
{
	struct out o = OUT_ON(a);
	struct str one;

	while (str_cut(&terms, ' ', &one)) {
		if (!one.n)
			continue;
		if (o.n)
			out_str(&o, str_of(between));
		out_fmt(&o, "%s%.*s%s", quote, STR_FMT(one), quote);
	}
	return out_done(&o);
}

static struct str tags_sqlite(const struct ctx *c, const struct search_ask *a, bool pack)
{
	struct out o = OUT_ON(c->arena);

	out_fmt(&o, "tags : (\"" TAG "%s\" AND (\"" TAG "lx\" OR \"" TAG "l%.*s\")", pack ? "pack" : "own", STR_FMT(a->lang));
	if (a->kind)
		out_fmt(&o, " AND \"" TAG "k%s\"", a->kind);
	if (a->region)
		out_fmt(&o, " AND \"" TAG "r%lld\"", (long long)a->region);
	out_str(&o, S(")"));
	return out_done(&o);
}

static struct str tags_postgres(const struct ctx *c, const struct search_ask *a, bool pack)
{
	struct out o = OUT_ON(c->arena);

	out_fmt(&o, TAG "%s & (" TAG "lx | " TAG "l%.*s)", pack ? "pack" : "own", STR_FMT(a->lang));
	if (a->kind)
		out_fmt(&o, " & " TAG "k%s", a->kind);
	if (a->region)
		out_fmt(&o, " & " TAG "r%lld", (long long)a->region);
	return out_done(&o);
}

/* Where to look, in the order of the page. */
enum tier { PACK_FIRST, TITLE_OWN, WORDS_OWN, PACK_REST, WORDS_PACK, TIER_N };
#define PACK_FIRST_N 5 /* twenty regions have a road department each; people's words shall not drown behind them */

static enum rc look(struct ctx *c, const struct search_ask *a, struct str terms, bool any, unsigned tier, int64_t before, int64_t limit,
		    struct search_row_list *ret)
{
	bool pack = tier != TITLE_OWN && tier != WORDS_OWN, title = tier != WORDS_OWN && tier != WORDS_PACK;
	struct str q;

	if (db_engine_of(c->db) == DB_POSTGRES) {
		struct str t = joined(c->arena, terms, any ? " | " : " & ", ""), tags = tags_postgres(c, a, pack);

		q = str_fmt(c->arena, "(%.*s) & %.*s", STR_FMT(t), STR_FMT(tags));
	} else {
		struct str t = joined(c->arena, terms, any ? " OR " : " AND ", "\""), tags = tags_sqlite(c, a, pack);

		q = title ? str_fmt(c->arena, "title : (%.*s) AND %.*s", STR_FMT(t), STR_FMT(tags))
			  : str_fmt(c->arena, "(words : (%.*s) AND %.*s) NOT title : (%.*s)", STR_FMT(t), STR_FMT(tags), STR_FMT(t));
	}
	struct search_doc_id at = { before };

	return title ? search_title(c->db, q, at, limit, ret) : search_words(c->db, q, at, limit, ret);
}

/* ---- what is shown ---- */

static size_t pieces(struct arena *a, struct str s, struct str terms, struct search_piece **ret)
{
	struct text_word *words = ARENA_ARRAY(a, MARKS_MAX, struct text_word);
	size_t n = text_found(a, s, terms, words, MARKS_MAX), at = 0;
	VEC(struct search_piece) v = { 0 };

	for (size_t i = 0; i < n; i++) {
		if (words[i].at > at)
			*VEC_ADD(a, &v) = (struct search_piece){ str_sub(s, at, words[i].at - at), false };
		*VEC_ADD(a, &v) = (struct search_piece){ words[i].word, true };
		at = words[i].at + words[i].word.n;
	}
	if (at < s.n)
		*VEC_ADD(a, &v) = (struct search_piece){ str_from(s, at), false };
	*ret = v.v;
	return v.n;
}

/* The part of a long text round the first word found, from the beginning of a word. */
static struct str part_of(struct arena *a, struct str text, struct str terms, bool *ret_cut)
{
	struct text_word first;
	size_t from = 0;

	*ret_cut = false;
	if (text.n > PART && text_found(a, text, terms, &first, 1) && first.at > BEFORE_WORDS) {
		from = first.at - BEFORE_WORDS;
		size_t space = str_find_byte(text, ' ', from);

		from = space < first.at ? space + 1 : first.at;
		*ret_cut = true;
	}
	return clip(str_from(text, from), PART);
}

static void show(struct arena *a, const struct search_row *r, struct str terms, struct search_hit *ret)
{
	*ret = (struct search_hit){ .kind = r->kind, .path = r->path, .object = r->object_id, .region = r->region_id };
	ret->n_title = pieces(a, r->title, terms, &ret->title);
	ret->n_text = pieces(a, part_of(a, r->text, terms, &ret->cut), terms, &ret->text);
}

/* "3-1234": tier and id of the last one shown; TIER_N and more: those with some of the words. */
static void cursor_of(struct str s, unsigned *ret_tier, int64_t *ret_before)
{
	struct str head;
	int64_t tier, before;

	if (s.n && str_cut(&s, '-', &head) && s.p && str_to_i64(head, &tier) && tier >= 0 && tier < 2 * TIER_N && str_to_i64(s, &before) && before > 0) {
		*ret_tier = (unsigned)tier;
		*ret_before = before;
	}
}

static enum rc gather(struct ctx *c, const struct search_ask *a, struct str terms, unsigned tier, int64_t before, struct search_found *f)
{
	size_t limit = a->limit && a->limit < SEARCH_PAGE ? a->limit : SEARCH_PAGE;
	unsigned end = tier < TIER_N ? TIER_N : 2 * TIER_N;

	f->any = tier >= TIER_N;
	for (; tier < end; tier++, before = INT64_MAX) {
		struct search_row_list l;

		unsigned t = tier % TIER_N;
		size_t skip = t == PACK_REST && before == INT64_MAX ? PACK_FIRST_N : 0;

		TRY(look(c, a, terms, f->any, t, before, (int64_t)(limit - f->n + skip) + 1, &l));
		if (t == PACK_FIRST && l.n > PACK_FIRST_N)
			l.n = PACK_FIRST_N;
		for (size_t i = skip; i < l.n; i++) {
			if (f->n == limit)
				return RC_OK; /* older is set */
			show(c->arena, &l.v[i], terms, &f->v[f->n++]);
			f->older = str_fmt(c->arena, "%u-%lld", tier, (long long)l.v[i].id.v);
		}
	}
	f->older = S("");
	return RC_OK;
}

enum rc search_find(struct ctx *c, const struct search_ask *a, struct search_found *ret)
{
	struct search_found *f = ARENA_NEW(c->arena, struct search_found);
	struct str terms = text_terms(c->arena, a->q, true);
	unsigned tier = PACK_FIRST;
	int64_t before = INT64_MAX;

	f->empty = !terms.n;
	if (!f->empty) {
		cursor_of(a->after, &tier, &before);
		TRY(gather(c, a, terms, tier, before, f));
		if (!f->n && !a->after.n && str_find_byte(terms, ' ', 0) < terms.n)
			TRY(gather(c, a, terms, TIER_N, INT64_MAX, f));
	}
	*ret = *f;
	return RC_OK;
}

/* ---- all anew ---- */

struct filling {
	struct app *app;
	const struct search_source *source;
	int64_t before, dropped, n;
};

static struct ctx ctx_for(struct filling *f, struct db *db)
{
	return app_ctx(f->app, db_arena(db), db);
}

static enum rc drop_some(struct db *db, void *arg)
{
	struct filling *f = arg;
	struct ctx c = ctx_for(f, db);
	struct search_id_row_list l;

	TRY(search_docs_of_kind(db, str_of(f->source->kind), DROP_BATCH, &l));
	f->dropped = (int64_t)l.n;
	return search_drop_docs(&c, &l);
}

static enum rc fill_some(struct db *db, void *arg)
{
	struct filling *f = arg;
	struct ctx c = ctx_for(f, db);
	int64_t next = 0;

	TRY(f->source->fill(&c, f->before, &next));
	f->before = next;
	return RC_OK;
}

static enum rc in_batches(struct filling *f)
{
	do {
		struct arena a CLEANUP(arena_end) = { 0 };

		TRY(db_write(f->app->db, &a, drop_some, f));
	} while (f->dropped == DROP_BATCH);
	f->before = INT64_MAX;
	do {
		struct arena a CLEANUP(arena_end) = { 0 };

		TRY(db_write(f->app->db, &a, fill_some, f));
	} while (f->before);
	return RC_OK;
}

static enum rc count(struct db *db, void *arg)
{
	struct search_sum sum;

	TRY(search_count(db, &sum));
	*(int64_t *)arg = sum.n;
	return RC_OK;
}

enum rc search_rebuild(struct app *app, int64_t *ret_n)
{
	struct arena a CLEANUP(arena_end) = { 0 };

	for (size_t m = 0; m < modules_n; m++)
		for (size_t i = 0; i < modules[m]->n_search; i++) {
			struct filling f = { .app = app, .source = &modules[m]->search[i] };

			TRY(in_batches(&f));
		}
	return db_write(app->db, &a, count, ret_n);
}
