/* where_web.c: page 2 of the filing: what it is about, where, and if the person likes the point on the map. */
#include "appeal/filing.h"

#include "app/app.h"
#include "gen/appeal_tmpl.h"
#include "gen/messages.h"
#include "place/shape.h"
#include "standard/options.h"

static const struct field where_fields[] = {
	FIELD(struct where_form, topic, F_CHOICE, 0, 80, .label = MSG_FILING_TOPIC, .needed = true),
	FIELD(struct where_form, topic_other, F_CHOICE, 0, 80, .label = MSG_FILING_TOPIC_OTHER, .needed = true),
	FIELD(struct where_form, place, F_CHOICE, 0, 20, .label = MSG_FILING_PLACE_NEAR, .needed = true),
	FIELD(struct where_form, region, F_ID, 0, 0, .label = MSG_FILING_REGION, .needed = true),
	FIELD(struct where_form, district, F_ID, 0, 0, .label = MSG_FILING_DISTRICT),
	FIELD(struct where_form, address, F_TEXT, 0, 300, .label = MSG_FILING_ADDRESS, .hint = MSG_FILING_ADDRESS_HINT),
};
static const struct form where_form = { where_fields, ARRAY_LEN(where_fields), sizeof(struct where_form), 0 };

static void topic_choices(const struct req *rq, const struct draft_row *d, struct filing_choices *c)
{
	const struct topic *found[SUGGEST_N];

	c->n_near_topics = filing_suggest_topics(&rq->ctx, d->text, found);
	c->other_topic = d->topic.n || !c->n_near_topics;
	for (size_t i = 0; i < c->n_near_topics; i++) {
		c->near_topics[i] = pack_topic_option(rq, found[i], d->topic.n ? d->topic : found[0]->code);
		c->other_topic = c->other_topic && !str_eq(found[i]->code, d->topic);
	}
	c->n_topics = pack_narrow_topic_options(rq, c->other_topic ? d->topic : S(""), &c->topics);
}

static void place_choices(const struct req *rq, const struct draft_row *d, struct filing_choices *c)
{
	const struct pack *p = rq->ctx.app->pack;
	const struct place *found[SUGGEST_N], *here = d->place_id ? pack_place(p, d->place_id) : NULL;

	c->n_near_places = filing_suggest_places(rq, d->text, found);
	c->other_place = here || !c->n_near_places;
	for (size_t i = 0; i < c->n_near_places; i++) {
		c->near_places[i] = (struct option){ .value = id_text(rq, found[i]->id), .chosen = here ? found[i] == here : i == 0,
						     .text = place_full_name(rq->ctx.arena, p, found[i]->id, lang_id(rq->view.lang)) };
		c->other_place = c->other_place && found[i] != here;
	}
	if (!c->other_place)
		here = NULL;
	c->n_regions = pack_region_options(rq, here ? place_region(here)->id : 0, &c->regions);
	c->n_districts = pack_district_options(rq, here ? here->id : 0, &c->districts);
}

static enum rc where_get(struct req *rq)
{
	struct draft_row d;
	struct filing_choices c = { 0 };
	struct where_form *values = ARENA_NEW(rq->ctx.arena, struct where_form);

	TRY(filing_open_draft(rq, &d));
	if (d.number.n)
		return redirect(rq, URL("/"), MSG_FILING_ALREADY);
	rq->form.form = &where_form;
	values->address = d.address;
	if (!rq->form.values)
		rq->form.values = values;
	topic_choices(rq, &d, &c);
	place_choices(rq, &d, &c);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_FILING_WHERE_TITLE });

	tmpl_appeal_where(o, &rq->view, &rq->form, &c, rq->params[0], place_has_map(rq->ctx.app->pack),
			  d.lat != 0 || d.lon != 0 ? place_point_text(rq->ctx.arena, d.lat, d.lon) : S(""));
	return page_close(rq);
}

/* What is picked from a whole list was picked on purpose: it goes before the suggestion that is still marked. */
static const struct place *place_chosen(struct req *rq)
{
	const struct where_form *f = FORM_OF(rq, struct where_form);
	const struct pack *p = rq->ctx.app->pack;
	const struct place *region = pack_place(p, f->region), *district = f->district ? pack_place(p, f->district) : NULL;
	int64_t id = 0;

	if (!f->region && !f->district && str_to_i64(f->place, &id) && pack_place(p, id))
		return pack_place(p, id);
	if (!region || region->up)
		req_fail(rq, "region", MSG_FORM_CHOOSE);
	if (f->district && (!district || district->up != region))
		req_fail(rq, "district", MSG_FILING_DISTRICT_WRONG);
	return district ? district : region;
}

static enum rc where_save(struct req *rq, const char *next)
{
	const struct where_form *f = FORM_OF(rq, struct where_form);
	const struct topic *t = pack_topic(rq->ctx.app->pack, f->topic_other.n ? f->topic_other : f->topic);
	struct draft_row d;
	int64_t changed;

	TRY(filing_open_draft(rq, &d));
	if (!t)
		req_fail(rq, "topic_other", MSG_FORM_CHOOSE);
	const struct place *where = place_chosen(rq);

	if (rq->form.n_errors)
		return RC_INVALID;
	TRY(draft_set_place(rq->ctx.db, d.id, t->code, where->id, f->address, rq->ctx.now, &changed));
	return redirect(rq, filing_draft_url(rq, next, rq->params[0]), 0);
}

static enum rc where_post(struct req *rq)
{
	return where_save(rq, "who");
}

static enum rc where_point_post(struct req *rq)
{
	return where_save(rq, "point");
}

/* ---- the point ---- */

struct point_form {
	struct str point, act;
};
static const struct field point_fields[] = {
	FIELD(struct point_form, point, F_TEXT, 0, 60, .label = MSG_FILING_POINT, .hint = MSG_FILING_POINT_HINT),
	FIELD(struct point_form, act, F_CHOICE, 0, 10),
};
static const struct form point_form = { point_fields, ARRAY_LEN(point_fields), sizeof(struct point_form), 0 };

/* Both pictures are this many pixels wide, three quarters of it high: the browser tells the pixel that was pressed, not its size. */
static const struct { const char *name; int64_t wide; } pictures[] = { { "small", POINT_SMALL }, { "large", POINT_LARGE } };

static enum rc point_get(struct req *rq)
{
	const struct pack *p = rq->ctx.app->pack;
	struct draft_row d;
	struct point_form *values = ARENA_NEW(rq->ctx.arena, struct point_form);
	struct filing_point v = { .token = rq->params[0] };

	TRY(filing_open_draft(rq, &d));
	const struct place *here = pack_place(p, d.place_id);

	if (d.number.n)
		return redirect(rq, URL("/"), MSG_FILING_ALREADY);
	if (!here || !place_has_map(p))
		return redirect(rq, filing_draft_url(rq, "where", rq->params[0]), 0);
	v.place = here->id;
	v.place_name = place_full_name(rq->ctx.arena, p, here->id, lang_id(rq->view.lang));
	v.photo = d.photo_lat != 0 || d.photo_lon != 0;
	if (d.lat != 0 || d.lon != 0) {
		const struct place *lies = place_at(p, d.lon, d.lat);

		values->point = place_point_text(rq->ctx.arena, d.lat, d.lon);
		v.set = place_map(rq->ctx.arena, p, place_region(lies ? lies : here), lies && lies->up ? lies : NULL, &v.map);
		if (v.set)
			place_mark(p, &v.map, d.lat, d.lon);
		if (lies && !place_within(lies, here->id))
			v.lies_in = place_full_name(rq->ctx.arena, p, lies->id, lang_id(rq->view.lang));
	}
	rq->form.form = &point_form;
	if (!rq->form.values)
		rq->form.values = values;
	struct out *o = page_open(rq, &(struct page){ .title = MSG_FILING_POINT_TITLE, .comforts = COMFORTS_LOCATE });

	tmpl_appeal_point(o, &rq->view, &rq->form, &v);
	return page_close(rq);
}

/* The pixel that was pressed on a picture of the place. */
static bool pressed(const struct req *rq, const struct place *here, double *ret_lat, double *ret_lon)
{
	const struct pack *p = rq->ctx.app->pack;
	struct shape_box f;
	int64_t x, y;

	if (!place_frame(p, here, &f))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(pictures); i++) {
		if (!str_to_i64(http_form(rq->http, str_fmt(rq->ctx.arena, "%s.x", pictures[i].name)), &x) ||
		    !str_to_i64(http_form(rq->http, str_fmt(rq->ctx.arena, "%s.y", pictures[i].name)), &y))
			continue;
		double unit = f.w / (double)pictures[i].wide;

		place_unproject(p, (struct shape_point){ f.x + (double)x * unit, f.y + (double)y * unit }, ret_lon, ret_lat);
		return true;
	}
	return false;
}

static enum rc take_place(struct req *rq, const struct draft_row *d)
{
	const struct place *lies = place_at(rq->ctx.app->pack, d->lon, d->lat);
	int64_t changed;

	if (!lies)
		return RC_NOT_FOUND;
	TRY(draft_set_place(rq->ctx.db, d->id, d->topic, lies->id, d->address, rq->ctx.now, &changed));
	return redirect(rq, filing_draft_url(rq, "point", rq->params[0]), MSG_FILING_POINT_MOVED);
}

static enum rc point_post(struct req *rq)
{
	const struct point_form *f = FORM_OF(rq, struct point_form);
	const struct pack *p = rq->ctx.app->pack;
	struct draft_row d;
	double lat = 0, lon = 0;
	int64_t changed;
	bool done = str_eq(f->act, S("save"));

	TRY(filing_open_draft(rq, &d));
	const struct place *here = pack_place(p, d.place_id);

	if (str_eq(f->act, S("move")))
		return take_place(rq, &d);
	if (str_eq(f->act, S("photo"))) {
		lat = d.photo_lat;
		lon = d.photo_lon;
	} else if (!str_eq(f->act, S("none")) && !pressed(rq, here, &lat, &lon) && f->point.n && !place_point_read(f->point, &lat, &lon)) {
		req_fail(rq, "point", MSG_FILING_POINT_WRONG);
		return RC_INVALID;
	}
	if ((lat != 0 || lon != 0) && !place_at(p, lon, lat)) {
		req_fail(rq, "point", MSG_FILING_POINT_OUTSIDE);
		return RC_INVALID;
	}
	TRY(draft_set_point(rq->ctx.db, d.id, lat, lon, rq->ctx.now, &changed));
	return redirect(rq, filing_draft_url(rq, done ? "where" : "point", rq->params[0]), done || (lat == 0 && lon == 0) ? 0 : MSG_FILING_POINT_DONE);
}

/* The picture of a place and what lies round it, for pressing on: it says nothing of anybody. */
static enum rc picture_get(struct req *rq)
{
	const struct pack *p = rq->ctx.app->pack;
	struct map_view m;
	int64_t id;

	TRY(req_id(rq, 0, &id));
	const struct place *here = pack_place(p, id);

	if (!here || !place_map(rq->ctx.arena, p, place_region(here), here->up ? here : NULL, &m))
		return RC_NOT_FOUND;
	struct out o = OUT_ON(rq->ctx.arena);

	tmpl_appeal_picture(&o, &rq->view, &m);
	cache_public(rq, 3600);
	return send_text(rq, 200, "image/svg+xml; charset=utf-8", out_done(&o));
}

static const struct route routes[] = {
	{ HTTP_GET, "/appeals/draft/:token/where", ANYONE, RL_READ, READ, where_get },
	{ HTTP_POST, "/appeals/draft/:token/where", ANYONE, RL_WRITE, WRITE, where_post, &where_form, where_get },
	{ HTTP_POST, "/appeals/draft/:token/where/point", ANYONE, RL_WRITE, WRITE, where_point_post, &where_form, where_get },
	{ HTTP_GET, "/appeals/draft/:token/point", ANYONE, RL_READ, READ, point_get },
	{ HTTP_POST, "/appeals/draft/:token/point", ANYONE, RL_WRITE, WRITE, point_post, &point_form, point_get },
	{ HTTP_GET, "/places/:id/map.svg", ANYONE, RL_READ, PLAIN, picture_get },
};

const struct module filing_where_module = { .name = "filing_where", .routes = routes, .n_routes = ARRAY_LEN(routes) };
