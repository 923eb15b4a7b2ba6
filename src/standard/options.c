#include "standard/options.h"

#include "app/app.h"

static size_t place_options(const struct req *rq, bool districts, int64_t chosen, struct option **ret)
{
	const struct pack *p = rq->ctx.app->pack;
	size_t n = 0;

	*ret = ARENA_ARRAY(rq->ctx.arena, p->n_places, struct option);
	for (size_t i = 0; i < p->n_places; i++) {
		const struct place *x = &p->places[i];

		if (!x->up == districts)
			continue;
		(*ret)[n++] = (struct option){ .value = id_text(rq, x->id), .text = name_in(&x->name, rq->view.lang), .chosen = x->id == chosen,
					       .within = x->up ? id_text(rq, x->up->id) : S("") };
	}
	return n;
}

size_t pack_region_options(const struct req *rq, int64_t chosen, struct option **ret)
{
	return place_options(rq, false, chosen, ret);
}

size_t pack_district_options(const struct req *rq, int64_t chosen, struct option **ret)
{
	return place_options(rq, true, chosen, ret);
}

struct option pack_topic_option(const struct req *rq, const struct topic *t, struct str chosen)
{
	struct str name = name_in(&t->name, rq->view.lang);

	if (t->up)
		name = str_fmt(rq->ctx.arena, "%.*s: %.*s", STR_FMT(name_in(&t->up->name, rq->view.lang)), STR_FMT(name));
	return (struct option){ .value = t->code, .text = name, .chosen = str_eq(t->code, chosen) };
}

size_t pack_topic_options(const struct req *rq, unsigned none, struct str chosen, struct option **ret)
{
	const struct pack *p = rq->ctx.app->pack;
	size_t n = 0;

	*ret = ARENA_ARRAY(rq->ctx.arena, p->n_topics + 1, struct option);
	if (none)
		(*ret)[n++] = (struct option){ .value = S(""), .text = msg_text(rq->view.lang, none) };
	for (size_t i = 0; i < p->n_topics; i++)
		if (!p->topics[i].up)
			(*ret)[n++] = pack_topic_option(rq, &p->topics[i], chosen);
	return n;
}

size_t pack_narrow_topic_options(const struct req *rq, struct str chosen, struct option **ret)
{
	const struct pack *p = rq->ctx.app->pack;

	*ret = ARENA_ARRAY(rq->ctx.arena, p->n_topics, struct option);
	for (size_t i = 0; i < p->n_topics; i++)
		(*ret)[i] = pack_topic_option(rq, &p->topics[i], chosen);
	return p->n_topics;
}
