#include "search/search.h"

#include "app/app.h"
#include "app/layout/layout.h"
#include "base/utf8.h"
#include "gen/messages.h"
#include "gen/search_sql.h"
#include "gen/search_tmpl.h"
#include "search/search_view.h"
#include "standard/options.h"
#include "standard/pack.h"

#define MARK 1 /* the one row of search_mark */

static const struct search_source *source_of(struct str kind)
{
	for (size_t m = 0; m < modules_n; m++)
		for (size_t i = 0; i < modules[m]->n_search; i++)
			if (str_eq(str_of(modules[m]->search[i].kind), kind))
				return &modules[m]->search[i];
	return NULL;
}

/* It was an address of ours when it was put in. */
struct url search_address(struct arena *a, struct str path)
{
	struct url u;

	return url_checked(a, path, &u) ? u : URL("/");
}

struct str search_kind_name(const struct lang *l, struct str kind)
{
	const struct search_source *s = source_of(kind);

	return s ? msg_text(l, s->label) : kind;
}

static struct str first_points(struct str s, size_t max)
{
	size_t at = 0;

	for (size_t n = 0; at < s.n && n < max; n++)
		utf8_next(s, &at);
	return str_sub(s, 0, at);
}

static void kinds_of(const struct req *rq, const char *chosen, struct search_view *ret)
{
	size_t n = 0;

	for (size_t m = 0; m < modules_n; m++)
		n += modules[m]->n_search;
	ret->kinds = ARENA_ARRAY(rq->ctx.arena, n, struct option);
	for (size_t m = 0; m < modules_n; m++)
		for (size_t i = 0; i < modules[m]->n_search; i++) {
			const struct search_source *s = &modules[m]->search[i];

			ret->kinds[ret->n_kinds++] = (struct option){ .value = str_of(s->kind), .text = msg_text(rq->view.lang, s->label), .chosen = s->kind == chosen };
		}
}

static void ask_of(const struct req *rq, struct search_ask *ret)
{
	const struct search_source *s = source_of(req_query(rq, "kind"));
	const struct place *region = NULL;
	int64_t id;

	if (str_to_i64(req_query(rq, "region"), &id))
		region = pack_place(rq->ctx.app->pack, id);
	*ret = (struct search_ask){ .q = first_points(str_trim(req_query(rq, "q")), SEARCH_Q_MAX), .lang = lang_code(rq->view.lang), .kind = s ? s->kind : NULL,
				    .region = region && !region->up ? region->id : 0, .after = req_query(rq, "after") };
}

static enum rc search_get(struct req *rq)
{
	struct search_view v = { 0 };

	ask_of(rq, &v.ask);
	TRY(search_find(&rq->ctx, &v.ask, &v.found));
	kinds_of(rq, v.ask.kind, &v);
	v.n_regions = pack_region_options(rq, v.ask.region, &v.regions);
	http_set_header(rq->http, S("X-Robots-Tag"), S("noindex"));
	struct out *o = page_open(rq, &(struct page){ .title = MSG_SEARCH_TITLE });

	tmpl_search_search(o, &rq->view, &v, rq->ctx.app->pack);
	return page_close(rq);
}

/* ---- what comes from the country pack is put in anew when the pack has changed ---- */

static void stir(uint64_t *h, const struct name3 *n)
{
	for (size_t l = 0; l < LANG_N; l++)
		*h = str_hash(n->v[l], *h);
}

static struct str fingerprint(const struct ctx *c)
{
	const struct pack *p = c->app->pack;
	uint64_t h = 1;

	for (size_t i = 0; i < p->n_bodies; i++)
		stir(&h, &p->bodies[i].name);
	for (size_t i = 0; i < p->n_places; i++)
		stir(&h, &p->places[i].name);
	for (size_t i = 0; i < p->n_topics; i++)
		stir(&h, &p->topics[i].name);
	for (size_t m = 0; m < modules_n; m++)
		for (size_t i = 0; i < modules[m]->n_search; i++)
			h = str_hash(str_of(modules[m]->search[i].kind), h);
	return str_fmt(c->arena, "%016llx", (unsigned long long)h);
}

static enum rc drop_kind(struct ctx *c, const char *kind)
{
	struct search_id_row_list l;

	do {
		TRY(search_docs_of_kind(c->db, str_of(kind), 1000, &l));
		TRY(search_drop_docs(c, &l));
	} while (l.n);
	return RC_OK;
}

enum rc search_pack_again(struct ctx *c)
{
	for (size_t m = 0; m < modules_n; m++)
		for (size_t i = 0; i < modules[m]->n_search; i++) {
			const struct search_source *s = &modules[m]->search[i];
			int64_t next = INT64_MAX;

			if (!s->pack)
				continue;
			TRY(drop_kind(c, s->kind));
			while (next)
				TRY(s->fill(c, next, &next));
		}
	return RC_OK;
}

static enum rc pack_job(struct ctx *c, struct str payload)
{
	struct search_mark_row mark;
	struct str now = fingerprint(c);
	int64_t changed;
	enum rc rc = search_mark_get(c->db, (struct search_mark_id){ MARK }, &mark);

	(void)payload;
	if (rc == RC_OK && str_eq(mark.pack, now))
		return RC_OK;
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	TRY(search_pack_again(c));
	return search_mark_put(c->db, (struct search_mark_id){ MARK }, now, &changed);
}

static const struct job_kind jobs[] = {
	{ .name = "search.pack", .run = pack_job, .every_sec = 600 },
};

static const struct route routes[] = {
	{ HTTP_GET, "/search", ANYONE, RL_SEARCH, READ, search_get },
};

const struct module search_module = { .name = "search", .routes = routes, .n_routes = ARRAY_LEN(routes), .jobs = jobs, .n_jobs = ARRAY_LEN(jobs) };
