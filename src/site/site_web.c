#include "site/site.h"

#include "app/app.h"
#include "appeal/appeal_list.h"
#include "base/vec.h"
#include "gen/insight_sql.h"
#include "gen/messages.h"
#include "gen/site_tmpl.h"
#include "place/place.h"
#include "standard/options.h"
#include "standard/standard.h"

static enum rc total(struct req *rq, const char *metric, int64_t *ret)
{
	enum rc rc = tally_total(rq->ctx.db, str_of(metric), ret);

	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc home_get(struct req *rq)
{
	struct appeal_public_row_list latest;
	int64_t filed = 0, answered = 0, open = 0;

	TRY(appeal_list(&rq->ctx, &(struct appeal_filter){ .state = S("") }, 0, 6, &latest));
	TRY(total(rq, "filed", &filed));
	TRY(total(rq, "answered", &answered));
	TRY(total(rq, "open", &open));
	cache_public(rq, 10);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_SITE_HOME_TITLE, .feed = S("/appeals.atom") });

	tmpl_site_home(o, &rq->view, &latest, rq->ctx.app->pack, filed, answered, open, rq->ctx.app->demo);
	return page_close(rq);
}

/* ---- the directory: the country's bodies, or those of one region; any body in three clicks ---- */

static size_t group(const struct req *rq, const struct place *region, struct body_group **ret)
{
	const struct pack *p = rq->ctx.app->pack;
	VEC(struct body_group) groups = { 0 };

	for (size_t i = 0; i < p->n_bodies; i++) {
		const struct body *b = &p->bodies[i];
		VEC(const struct body *) under = { 0 };
		bool head = region ? b->place == region && (!b->up || b->up->place != region) : !b->place && (!b->up || !b->up->up);

		if (!head)
			continue;
		for (size_t k = 0; k < p->n_bodies; k++)
			if (p->bodies[k].up == b && (region || !p->bodies[k].place) && (region || b->up))
				*VEC_ADD(rq->ctx.arena, &under) = &p->bodies[k];
		*VEC_ADD(rq->ctx.arena, &groups) = (struct body_group){ b, under.v, under.n };
	}
	*ret = groups.v;
	return groups.n;
}

static enum rc bodies_get(struct req *rq)
{
	const struct pack *p = rq->ctx.app->pack;
	const struct place *region = NULL;
	struct option *regions;
	struct body_group *groups;
	int64_t id;

	if (str_to_i64(req_query(rq, "region"), &id)) {
		region = pack_place(p, id);
		if (!region || region->up)
			return RC_NOT_FOUND;
	}
	size_t n = group(rq, region, &groups), n_regions = pack_region_options(rq, region ? region->id : 0, &regions);

	cache_public(rq, 300);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_SITE_BODIES_TITLE, .nav = MSG_LAYOUT_NAV_BODIES });

	tmpl_site_bodies(o, &rq->view, groups, n, regions, n_regions);
	return page_close(rq);
}

static enum rc load_body(struct req *rq, struct body_page *p)
{
	struct day today = when_day(rq->ctx.now);
	int64_t id = p->b->id;

	TRY(notice_list_of_body(rq->ctx.db, id, 20, &p->notices));
	TRY(meeting_ahead_body(rq->ctx.db, id, rq->ctx.now, (struct meeting_id){ 0 }, 1, &p->meetings));
	TRY(reception_days_body(rq->ctx.db, id, today, (struct reception_day_id){ 0 }, 1, rq->ctx.now, &p->receptions));
	TRY(measure_counts(rq->ctx.db, id, &p->plan));
	for (size_t i = 0; i < p->plan.n; i++) {
		p->measures += p->plan.v[i].n;
		p->measures_done += str_eq(p->plan.v[i].state, S("done")) ? p->plan.v[i].n : 0;
	}
	return keep_load_body(&rq->ctx, keep_span_of('h', today), id, &p->kept);
}

static enum rc body_get(struct req *rq)
{
	struct body_page p = { 0 };
	int64_t id;

	TRY(req_id(rq, 0, &id));
	p.b = pack_body(rq->ctx.app->pack, id);
	if (!p.b)
		return RC_NOT_FOUND;
	TRY(load_body(rq, &p));
	cache_public(rq, 60);
	struct out *o = page_open(rq, &(struct page){ .title_text = name_in(&p.b->name, rq->view.lang), .nav = MSG_LAYOUT_NAV_BODIES });

	tmpl_site_body(o, &rq->view, &p);
	return page_close(rq);
}

/* ---- how it works: drawn from the same rows that run it ---- */

static enum rc help_get(struct req *rq)
{
	cache_public(rq, 300);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_SITE_HELP_TITLE, .nav = MSG_LAYOUT_NAV_HELP });

	tmpl_site_help(o, &rq->view, rq->ctx.app->pack);
	return page_close(rq);
}

/* Pages of plain words: TO ADD ONE: a row, a title and a text of paragraphs in locale/LANG/site.po. */
static const struct { const char *name; unsigned title, text; } texts[] = {
	{ "privacy", MSG_SITE_PRIVACY_TITLE, MSG_SITE_PRIVACY_TEXT },
	{ "accessibility", MSG_SITE_ACCESSIBILITY_TITLE, MSG_SITE_ACCESSIBILITY_TEXT },
	{ "data", MSG_SITE_DATA_TITLE, MSG_SITE_DATA_TEXT },
};

static enum rc text_get(struct req *rq)
{
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		if (!str_eq(rq->params[0], str_of(texts[i].name)))
			continue;
		cache_public(rq, 300);
		struct out *o = page_open(rq, &(struct page){ .title = texts[i].title, .nav = MSG_LAYOUT_NAV_HELP });

		tmpl_site_text(o, &rq->view, texts[i].title, html_from_markdown(rq->ctx.arena, msg_text(rq->view.lang, texts[i].text)));
		return page_close(rq);
	}
	return RC_NOT_FOUND;
}

static const struct route routes[] = {
	{ HTTP_GET, "/", ANYONE, RL_READ, READ, home_get },
	{ HTTP_GET, "/bodies", ANYONE, RL_READ, READ, bodies_get, .keep = true },
	{ HTTP_GET, "/bodies/:id", ANYONE, RL_READ, READ, body_get, .keep = true },
	{ HTTP_GET, "/help", ANYONE, RL_READ, READ, help_get, .keep = true },
	{ HTTP_GET, "/help/:page", ANYONE, RL_READ, READ, text_get, .keep = true },
};

const struct module home_module = { .name = "home", .routes = routes, .n_routes = ARRAY_LEN(routes), .search = site_search, .n_search = SITE_SEARCH_N };
