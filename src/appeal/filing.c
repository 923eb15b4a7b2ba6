#include "appeal/filing.h"

#include "app/app.h"
#include "gen/messages.h"
#include "text/text.h"

struct draft_files filing_files(struct str text)
{
	struct draft_files f = { 0 };
	struct str line;

	while (text.n && str_cut(&text, '\n', &line) && f.n < FILES_PER_APPEAL) {
		struct stored_file *s = &f.v[f.n];
		struct str size;

		if (str_cut(&line, ' ', &s->sha256) && str_cut(&line, ' ', &s->type) && str_cut(&line, ' ', &size) &&
		    str_to_i64(size, &s->size) && line.n) {
			s->name = line;
			f.n++;
		}
	}
	return f;
}

struct str filing_files_text(struct arena *a, const struct draft_files *f)
{
	struct out o = OUT_ON(a);

	for (size_t i = 0; i < f->n; i++)
		out_fmt(&o, "%.*s %.*s %lld %.*s\n", STR_FMT(f->v[i].sha256), STR_FMT(f->v[i].type), (long long)f->v[i].size,
			STR_FMT(f->v[i].name));
	return out_done(&o);
}

struct url filing_draft_url(const struct req *rq, const char *page, struct str token)
{
	struct str parts[] = { token };

	return url_path(rq->ctx.arena, str_fmt(rq->ctx.arena, "/appeals/draft/{}/%s", page).p, 1, parts);
}

enum rc filing_open_draft(struct req *rq, struct draft_row *ret)
{
	if (rq->params[0].n != 32)
		return RC_NOT_FOUND;
	enum rc rc = draft_by_token(rq->ctx.db, token_hash(rq->ctx.arena, rq->params[0]), ret);

	return rc == RC_NOT_FOUND ? fail(&rq->ctx, RC_NOT_FOUND, MSG_FILING_DRAFT_GONE) : rc;
}

struct str filing_lang(const struct req *rq, struct str text)
{
	return text_lang_code(text, lang_code(rq->view.lang));
}

/* Packs without a trained model are suggested by the words of their topics. */
static size_t by_words(const struct ctx *c, struct str text, struct suggestion ret[SUGGEST_N])
{
	const struct pack *p = c->app->pack;
	struct suggest_words *words = ARENA_ARRAY(c->arena, p->n_topics, struct suggest_words);

	for (size_t i = 0; i < p->n_topics; i++) {
		struct str both = str_fmt(c->arena, "%.*s,%.*s", STR_FMT(p->topics[i].stems_kk), STR_FMT(p->topics[i].stems_ru));

		words[i] = (struct suggest_words){ p->topics[i].code, both };
	}
	return suggest_topics_by_words(c->arena, words, p->n_topics, text, ret);
}

size_t filing_suggest_topics(const struct ctx *c, struct str text, const struct topic *ret[SUGGEST_N])
{
	const struct suggest_model *m = suggest_model_of(c->app->pack->code);
	struct suggestion found[SUGGEST_N];
	size_t n = m ? suggest_topics(c->arena, m, text, found) : by_words(c, text, found), known = 0;

	for (size_t i = 0; i < n; i++) {
		const struct topic *t = pack_topic(c->app->pack, found[i].code);

		if (t)
			ret[known++] = t;
	}
	return known;
}

size_t filing_suggest_places(const struct req *rq, struct str text, const struct place *ret[SUGGEST_N])
{
	const struct suggest_gazetteer *g = rq->ctx.app->gazetteer;
	struct place_suggestion found[SUGGEST_N];
	size_t n = g ? suggest_places(rq->ctx.arena, g, text, found) : 0, known = 0;

	for (size_t i = 0; i < n; i++) {
		const struct place *p = pack_place(rq->ctx.app->pack, found[i].id);

		if (p)
			ret[known++] = p;
	}
	return known;
}

struct filing_danger filing_danger_of(const struct ctx *c, struct str text, bool said)
{
	const struct danger_rules *r = c->app->pack->danger;
	uint64_t told = danger_in(c->arena, r, text);
	struct filing_danger d = { .now = said || told };

	if (d.now)
		d.n = danger_phones(r, told, when_day(c->now), d.phones, DANGER_PHONES_MAX);
	return d;
}

/* Files are checked and stored before the transaction; what was stored on an earlier try stays. */
enum rc filing_store(struct req *rq, const struct file_list *sent, struct draft_files *ret)
{
	for (size_t i = 0; i < sent->n && ret->n < FILES_PER_APPEAL; i++) {
		enum rc rc = file_store(&rq->ctx, &sent->v[i], &ret->v[ret->n]);

		if (rc == RC_INVALID || rc == RC_TOO_LARGE) {
			req_fail(rq, "files", rq->ctx.fail_msg);
			return RC_INVALID;
		}
		TRY(rc);
		ret->n++;
	}
	return RC_OK;
}

enum rc filing_attach(struct ctx *c, struct appeal_case *k, const struct draft_files *files)
{
	for (size_t i = 0; i < files->n; i++) {
		struct appeal_file f = { "appeal", 0, files->v[i].sha256, files->v[i].type, files->v[i].name, files->v[i].size };

		TRY(appeal_attach(c, k, &f));
	}
	return RC_OK;
}
