/* press_feed.c: the press for programs: answers as ATOM and CSV, briefings as iCalendar and CSV. Nothing that is under embargo or for the accredited only. */
#include "app/app.h"
#include "appeal/appeal_web.h"
#include "body/body.h"
#include "channel/feed.h"
#include "gen/messages.h"
#include "press/press_view.h"

#define PAGE 30
#define EXPORT 2000
#define AHEAD 200
#define BRIEFING_HOURS 1

static enum rc load_questions(struct req *rq, int64_t limit, struct press_public_row_list *ret)
{
	struct when before;
	int64_t id;

	press_before(rq, &before, &id);
	return press_question_public(rq->ctx.db, before, (struct press_question_id){ id }, limit, ret);
}

static struct str body_of(const struct req *rq, int64_t body)
{
	return body_name(rq->ctx.app->pack, body, lang_id(rq->view.lang));
}

static enum rc atom_get(struct req *rq)
{
	struct press_public_row_list l;
	struct out o = OUT_ON(rq->ctx.arena);
	struct str root = rq->ctx.app->public_url;

	TRY(load_questions(rq, PAGE, &l));
	struct atom_feed feed = { .id = str_cat(rq->ctx.arena, root, S("/press.atom")), .title = msg_text(rq->view.lang, MSG_PRESS_QUESTIONS),
				  .lang = lang_code(rq->view.lang), .page = str_cat(rq->ctx.arena, root, S("/press/questions")),
				  .updated = l.n ? l.v[0].published_at : rq->ctx.app->started };

	atom_begin(&o, &feed);
	for (size_t i = 0; i < l.n; i++) {
		struct str link = str_cat(rq->ctx.arena, root, url_str(appeal_url(rq->ctx.arena, l.v[i].number, S(""))));
		struct atom_entry e = { .id = link, .title = l.v[i].title, .link = link, .summary = l.v[i].answer, .author = body_of(rq, l.v[i].body_id),
					.updated = l.v[i].published_at, .published = l.v[i].published_at };

		atom_add(&o, &e);
	}
	atom_end(&o);
	cache_public(rq, 60);
	return send_text(rq, 200, "application/atom+xml; charset=utf-8", out_done(&o));
}

static enum rc csv_get(struct req *rq)
{
	static const char *const columns[] = { "number", "body", "medium", "asked", "published", "title", "question", "answer" };
	struct press_public_row_list l;
	struct out o = OUT_ON(rq->ctx.arena);

	TRY(load_questions(rq, EXPORT, &l));
	csv_begin(&o, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < l.n; i++) {
		csv_cell(&o, true, l.v[i].number);
		csv_cell(&o, false, body_of(rq, l.v[i].body_id));
		csv_cell(&o, false, l.v[i].medium);
		csv_cell(&o, false, when_iso(rq->ctx.arena, l.v[i].made_at));
		csv_cell(&o, false, when_iso(rq->ctx.arena, l.v[i].published_at));
		csv_cell(&o, false, l.v[i].title);
		csv_cell(&o, false, l.v[i].question);
		csv_cell(&o, false, l.v[i].answer);
		csv_end_row(&o);
	}
	cache_public(rq, 60);
	return send_file(rq, "text/csv; charset=utf-8", S("press.csv"), out_done(&o));
}

static struct str briefing_link(const struct req *rq, struct briefing_id id)
{
	return str_fmt(rq->ctx.arena, "%.*s/press/briefings/%lld", STR_FMT(rq->ctx.app->public_url), (long long)id.v);
}

static enum rc ical_get(struct req *rq)
{
	struct briefing_row_list l;
	struct out o = OUT_ON(rq->ctx.arena);

	TRY(briefing_ahead(rq->ctx.db, false, rq->ctx.now, (struct briefing_id){ 0 }, AHEAD, &l));
	ical_begin(&o, msg_text(rq->view.lang, MSG_PRESS_CALENDAR));
	for (size_t i = 0; i < l.n; i++) {
		const struct briefing_row *b = &l.v[i];
		struct ical_event e = { .uid = briefing_link(rq, b->id), .title = b->title, .text = b->text, .where = b->place, .link = briefing_link(rq, b->id),
					.starts = b->starts_at, .ends = when_add(b->starts_at, BRIEFING_HOURS * WHEN_HOUR), .made = b->updated_at, .version = b->updated_at.us / WHEN_SECOND - b->made_at.us / WHEN_SECOND };

		ical_add(&o, &e);
	}
	ical_end(&o);
	cache_public(rq, 60);
	return send_text(rq, 200, "text/calendar; charset=utf-8", out_done(&o));
}

static enum rc briefings_csv(struct req *rq)
{
	static const char *const columns[] = { "id", "body", "title", "starts", "place", "held", "record" };
	struct briefing_row_list l;
	struct when before;
	struct out o = OUT_ON(rq->ctx.arena);
	int64_t id;

	press_before(rq, &before, &id);
	TRY(briefing_held(rq->ctx.db, before, (struct briefing_id){ id }, EXPORT, &l));
	csv_begin(&o, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < l.n; i++) {
		csv_cell_int(&o, true, l.v[i].id.v);
		csv_cell(&o, false, body_of(rq, l.v[i].body_id));
		csv_cell(&o, false, l.v[i].title);
		csv_cell(&o, false, when_set(l.v[i].starts_at) ? when_iso(rq->ctx.arena, l.v[i].starts_at) : S(""));
		csv_cell(&o, false, l.v[i].place);
		csv_cell(&o, false, when_iso(rq->ctx.arena, l.v[i].held_at));
		csv_cell(&o, false, l.v[i].record);
		csv_end_row(&o);
	}
	cache_public(rq, 60);
	return send_file(rq, "text/csv; charset=utf-8", S("briefings.csv"), out_done(&o));
}

static const struct route routes[] = {
	{ HTTP_GET, "/press.atom", ANYONE, RL_READ, READ, atom_get },
	{ HTTP_GET, "/press.csv", ANYONE, RL_SEARCH, READ, csv_get },
	{ HTTP_GET, "/press/briefings.ics", ANYONE, RL_READ, READ, ical_get },
	{ HTTP_GET, "/press/briefings.csv", ANYONE, RL_SEARCH, READ, briefings_csv },
};

const struct module press_feed_module = { .name = "press_feed", .routes = routes, .n_routes = ARRAY_LEN(routes) };
