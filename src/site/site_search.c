/* site_search.c: what the one search finds of the country pack and of the pages of plain words. */
#include "site/site.h"

#include "app/app.h"
#include "gen/messages.h"
#include "search/search.h"
#include "standard/pack.h"

/* A thing with a name in each language: three documents, each found by all its names. */
static enum rc put_each(struct ctx *c, struct search_item item, const struct name3 *name, const struct name3 *text)
{
	item.pack = true;
	item.also = str_fmt(c->arena, "%.*s %.*s %.*s", STR_FMT(name->v[0]), STR_FMT(name->v[1]), STR_FMT(name->v[2]));
	for (size_t l = 0; l < LANG_N; l++) {
		item.lang = lang_code(lang_of((enum lang_id)l));
		item.title = name->v[l];
		item.text = text ? text->v[l] : S("");
		TRY(search_put(c, &item));
	}
	return RC_OK;
}

static struct str topics_of(struct arena *a, const struct body *b, size_t lang)
{
	struct out o = OUT_ON(a);

	for (size_t i = 0; i < b->n_topics && i < 40; i++)
		out_fmt(&o, "%s%.*s", i ? ", " : "", STR_FMT(b->topics[i]->name.v[lang]));
	return out_done(&o);
}

/* The last put in stands first: ministries before departments. */
static enum rc bodies(struct ctx *c, int64_t before, int64_t *ret_next)
{
	const struct pack *p = c->app->pack;

	(void)before;
	*ret_next = 0;
	for (size_t i = p->n_bodies; i-- > 0;) {
		const struct body *b = &p->bodies[i];
		struct str id = str_i64(c->arena, b->id);
		struct name3 text;

		for (size_t l = 0; l < LANG_N; l++)
			text.v[l] = topics_of(c->arena, b, l);
		const struct place *region = b->place && b->place->up ? b->place->up : b->place;

		TRY(put_each(c, (struct search_item){ .kind = "body", .object = b->id, .region = region ? region->id : 0,
						      .path = url_path(c->arena, "/bodies/{}", 1, &id) }, &b->name, &text));
	}
	return RC_OK;
}

static enum rc places(struct ctx *c, int64_t before, int64_t *ret_next)
{
	const struct pack *p = c->app->pack;

	(void)before;
	*ret_next = 0;
	for (size_t i = p->n_places; i-- > 0;) {
		const struct place *pl = &p->places[i];
		struct str id = str_i64(c->arena, (pl->up ? pl->up->id : pl->id));

		TRY(put_each(c, (struct search_item){ .kind = "place", .object = pl->id, .region = pl->up ? pl->up->id : pl->id,
						      .path = url_with(c->arena, URL("/bodies"), S("region"), id) },
			     &pl->name, pl->up ? &pl->up->name : NULL));
	}
	return RC_OK;
}

static enum rc topics(struct ctx *c, int64_t before, int64_t *ret_next)
{
	const struct pack *p = c->app->pack;

	(void)before;
	*ret_next = 0;
	for (size_t i = p->n_topics; i-- > 0;) {
		const struct topic *t = &p->topics[i];

		TRY(put_each(c, (struct search_item){ .kind = "topic", .object = (int64_t)t->index + 1,
						      .path = url_with(c->arena, URL("/appeals"), S("topic"), t->code) },
			     &t->name, t->up ? &t->up->name : NULL));
	}
	return RC_OK;
}

static enum rc help(struct ctx *c, int64_t before, int64_t *ret_next)
{
	static const struct { const char *path; unsigned title, text; } pages[] = {
		{ "/help", MSG_SITE_HELP_TITLE, MSG_NONE },
		{ "/help/privacy", MSG_SITE_PRIVACY_TITLE, MSG_SITE_PRIVACY_TEXT },
		{ "/help/accessibility", MSG_SITE_ACCESSIBILITY_TITLE, MSG_SITE_ACCESSIBILITY_TEXT },
		{ "/help/data", MSG_SITE_DATA_TITLE, MSG_SITE_DATA_TEXT },
		{ "/situations", MSG_HELP_TITLE, MSG_HELP_LEAD },
		{ "/track", MSG_APPEAL_PAGE_TRACK_TITLE, MSG_APPEAL_PAGE_TRACK_LEAD },
		{ "/quality", MSG_CHECK_QUALITY_TITLE, MSG_NONE },
		{ "/now", MSG_LAYOUT_NAV_NOW, MSG_SITE_TASK_NOW },
		{ "/appeals/new", MSG_SITE_ASK, MSG_SITE_ASK_LEAD },
	};

	(void)before;
	*ret_next = 0;
	for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
		struct name3 title, text;

		for (size_t l = 0; l < LANG_N; l++) {
			title.v[l] = msg_text(lang_of((enum lang_id)l), pages[i].title);
			text.v[l] = pages[i].text ? msg_text(lang_of((enum lang_id)l), pages[i].text) : S("");
		}
		TRY(put_each(c, (struct search_item){ .kind = "help", .object = (int64_t)i + 1, .path = url_path(c->arena, pages[i].path, 0, NULL) }, &title,
			     &text));
	}
	return RC_OK;
}

const struct search_source site_search[SITE_SEARCH_N] = {
	{ "place", MSG_SEARCH_KIND_PLACE, places, true },
	{ "topic", MSG_SEARCH_KIND_TOPIC, topics, true },
	{ "body", MSG_SEARCH_KIND_BODY, bodies, true },
	{ "help", MSG_SEARCH_KIND_HELP, help, true },
};
