/* centre_web.c: a centre for everybody: the calendar that its bodies share, the display of who is called, its numbers. */
#include "body/body.h"
#include "channel/feed.h"
#include "gen/messages.h"
#include "gen/reception_tmpl.h"
#include "reception/day_view.h"

#define DAYS_AHEAD 30
#define SHOWN 8
#define REFRESH_LEAST 5

static enum rc centre_of(struct req *rq, struct reception_centre_row *ret)
{
	int64_t id;

	TRY(req_id(rq, 0, &id));
	return reception_centre_by_id(rq->ctx.db, (struct reception_centre_id){ id }, ret);
}

static enum rc centre_get(struct req *rq)
{
	struct reception_centre_page p = { .pack = rq->ctx.app->pack };
	struct day today = when_day(rq->ctx.now), last = { today.v + DAYS_AHEAD };

	TRY(centre_of(rq, &p.c));
	TRY(reception_days_of_centre(rq->ctx.db, p.c.id, today, last, 100, rq->ctx.now, &p.days));
	cache_public(rq, 5);
	struct out *o = page_open(rq, &(struct page){ .title_text = reception_centre_name(&rq->view, &p.c), .nav = MSG_LAYOUT_NAV_RECEPTIONS });

	tmpl_reception_centre(o, &rq->view, &p);
	return page_close(rq);
}

/* Numbers and counters, no names. Scripts hear of a call at once; without them the address with ?every=10 comes again by itself. */
static enum rc display_get(struct req *rq)
{
	struct reception_centre_row c;
	struct reception_ticket_row_list called;
	int64_t every = 0;

	TRY(centre_of(rq, &c));
	TRY(reception_tickets_shown(rq->ctx.db, c.id, when_day(rq->ctx.now), SHOWN, &called));
	if (str_to_i64(req_query(rq, "every"), &every) && every >= REFRESH_LEAST && every <= 600)
		http_set_header(rq->http, S("Refresh"), str_i64(rq->ctx.arena, every));
	http_set_header(rq->http, S("Cache-Control"), S("no-store"));
	struct out *o = page_open(rq, &(struct page){ .title = MSG_RECEPTION_DISPLAY, .nav = MSG_LAYOUT_NAV_RECEPTIONS });

	tmpl_reception_display(o, &rq->view, &c, &called, every > 0);
	return page_close(rq);
}

static enum rc live_get(struct req *rq)
{
	int64_t id;

	TRY(req_id(rq, 0, &id));
	return send_live(rq, str_fmt(rq->ctx.arena, "reception:%lld", (long long)id));
}

static enum rc numbers_get(struct req *rq)
{
	struct reception_centre_row c;
	struct reception_numbers n;

	TRY(centre_of(rq, &c));
	TRY(reception_numbers(&rq->ctx, c.id, &n));
	cache_public(rq, 60);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_RECEPTION_NUMBERS, .nav = MSG_LAYOUT_NAV_RECEPTIONS });

	tmpl_reception_numbers(o, &rq->view, &c, &n, rq->ctx.app->pack);
	return page_close(rq);
}

static enum rc csv_get(struct req *rq)
{
	static const char *const columns[] = { "body_id", "body", "appeals", "bookings", "advice", "lawyer", "mediator" };
	struct reception_centre_row c;
	struct reception_numbers n;
	struct out o = OUT_ON(rq->ctx.arena);

	TRY(centre_of(rq, &c));
	TRY(reception_numbers(&rq->ctx, c.id, &n));
	csv_begin(&o, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < n.n_bodies; i++) {
		csv_cell_int(&o, true, n.bodies[i].body);
		csv_cell(&o, false, body_name(rq->ctx.app->pack, n.bodies[i].body, lang_id(rq->view.lang)));
		csv_cell_int(&o, false, n.bodies[i].appeals);
		csv_cell_int(&o, false, n.bodies[i].bookings);
		csv_cell_int(&o, false, n.bodies[i].advice);
		csv_cell_int(&o, false, n.bodies[i].lawyer);
		csv_cell_int(&o, false, n.bodies[i].mediator);
		csv_end_row(&o);
	}
	cache_public(rq, 60);
	return send_file(rq, "text/csv; charset=utf-8", S("centre.csv"), out_done(&o));
}

static const struct route routes[] = {
	{ HTTP_GET, "/receptions/centres/:id", ANYONE, RL_READ, READ, centre_get, .keep = true },
	{ HTTP_GET, "/receptions/centres/:id/display", ANYONE, RL_READ, READ, display_get },
	{ HTTP_GET, "/receptions/centres/:id/live", ANYONE, RL_READ, PLAIN, live_get, .api = true },
	{ HTTP_GET, "/receptions/centres/:id/numbers", ANYONE, RL_READ, READ, numbers_get, .keep = true },
	{ HTTP_GET, "/receptions/centres/:id/numbers.csv", ANYONE, RL_SEARCH, READ, csv_get },
};

/* What any process has called, every process tells its displays. */
static void hear(void *arg, struct str channel, struct str payload)
{
	struct app *app = arg;
	char topic[40];

	if (!app->sse || !str_eq(channel, S("reception")) || payload.n > 20)
		return;
	memcpy(topic, "reception:", 10);
	memcpy(topic + 10, payload.p, payload.n);
	sse_publish(app->sse, (struct str){ topic, 10 + payload.n }, S("refresh"), S("1"));
}

static enum rc start(struct app *app, struct arena *a)
{
	(void)a;
	db_listen(app->db, hear, app);
	return RC_OK;
}

const struct module reception_centre_module = { .name = "reception_centre", .routes = routes, .n_routes = ARRAY_LEN(routes), .start = start };
