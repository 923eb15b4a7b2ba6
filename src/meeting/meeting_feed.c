/* meeting_feed.c: meetings for programs: calendars, ATOM, CSV, a view for other sites' frames, event streams, the photos of announcements. */
#include "app/app.h"
#include "body/body.h"
#include "channel/feed.h"
#include "file/file.h"
#include "gen/meeting_tmpl.h"
#include "gen/messages.h"
#include "meeting/meeting_view.h"
#include "place/place.h"

#define CALENDAR_MAX 500
#define EXPORT 1000
#define EMBEDDED 10

static struct str link_of(const struct req *rq, int64_t id)
{
	return str_cat(rq->ctx.arena, rq->ctx.app->public_url, url_str(meeting_url(rq->ctx.arena, id, "")));
}

static struct ical_event event_of(struct req *rq, const struct meeting_line *m)
{
	struct arena *a = rq->ctx.arena;

	return (struct ical_event){
		.uid = str_fmt(a, "meeting-%lld@jauap", (long long)m->id.v), .title = meeting_title(a, rq->view.lang, rq->ctx.app->pack, m->place_id),
		.text = str_fmt(a, "%.*s%s%.*s", STR_FMT(m->speaker), m->broadcast.n ? "\n" : "", STR_FMT(m->broadcast)), .where = m->venue,
		.link = link_of(rq, m->id.v), .starts = m->starts_at, .ends = m->ends_at, .made = m->updated_at, .version = m->moved,
		.cancelled = str_eq(m->state, S("cancelled")),
	};
}

static enum rc send_calendar(struct req *rq, const struct meeting_line *v, size_t n, const char *file)
{
	struct out o = OUT_ON(rq->ctx.arena);

	ical_begin(&o, msg_text(rq->view.lang, MSG_MEETING_TITLE));
	for (size_t i = 0; i < n; i++) {
		struct ical_event e = event_of(rq, &v[i]);

		ical_add(&o, &e);
	}
	ical_end(&o);
	cache_public(rq, 300);
	return send_file(rq, "text/calendar; charset=utf-8", str_of(file), out_done(&o));
}

static enum rc all_ics(struct req *rq)
{
	struct meeting_filter f = meeting_filter_of(rq);
	struct meeting_line_list l;

	TRY(meeting_find(rq, &f, CALENDAR_MAX, &l));
	return send_calendar(rq, l.v, l.n, "meetings.ics");
}

enum rc meeting_ics(struct req *rq)
{
	struct str name = rq->params[0];
	struct meeting_row m;
	int64_t id;

	if (!str_to_i64(str_sub(name, 0, name.n - 4), &id) || id <= 0)
		return RC_NOT_FOUND;
	TRY(meeting_by_id(rq->ctx.db, (struct meeting_id){ id }, &m));
	struct meeting_line one = { .id = m.id, .place_id = m.place_id, .state = m.state, .starts_at = m.starts_at, .ends_at = m.ends_at, .moved = m.moved,
				    .speaker = m.speaker, .venue = m.venue, .broadcast = m.broadcast, .updated_at = m.updated_at };

	return send_calendar(rq, &one, 1, "meeting.ics");
}

static enum rc atom_get(struct req *rq)
{
	struct meeting_filter f = meeting_filter_of(rq);
	struct meeting_line_list l;
	struct out o = OUT_ON(rq->ctx.arena);
	struct arena *a = rq->ctx.arena;
	struct str root = rq->ctx.app->public_url;

	TRY(meeting_find(rq, &f, 50, &l));
	struct atom_feed feed = { .id = str_cat(a, root, S("/meetings.atom")), .title = msg_text(rq->view.lang, MSG_MEETING_TITLE), .lang = lang_code(rq->view.lang),
				  .page = str_cat(a, root, S("/meetings")), .updated = rq->ctx.app->started };

	for (size_t i = 0; i < l.n; i++)
		if (i == 0 || l.v[i].updated_at.us > feed.updated.us)
			feed.updated = l.v[i].updated_at;
	atom_begin(&o, &feed);
	for (size_t i = 0; i < l.n; i++) {
		struct atom_entry e = { .id = link_of(rq, l.v[i].id.v), .title = meeting_title(a, rq->view.lang, rq->ctx.app->pack, l.v[i].place_id),
					.link = link_of(rq, l.v[i].id.v), .author = body_name(rq->ctx.app->pack, l.v[i].body_id, lang_id(rq->view.lang)),
					.updated = l.v[i].updated_at, .published = when_set(l.v[i].announced_at) ? l.v[i].announced_at : l.v[i].updated_at };

		e.summary = str_fmt(a, "%.*s. %.*s. %.*s", STR_FMT(lang_when(a, rq->view.lang, l.v[i].starts_at)), STR_FMT(l.v[i].venue), STR_FMT(l.v[i].speaker));
		atom_add(&o, &e);
	}
	atom_end(&o);
	cache_public(rq, 60);
	return send_text(rq, 200, "application/atom+xml; charset=utf-8", out_done(&o));
}

static enum rc csv_get(struct req *rq)
{
	static const char *const columns[] = { "id", "state", "body", "place", "starts", "ends", "moved", "speaker", "venue", "announced", "days_before", "talk_sec",
					       "question_sec", "other_sec", "talk_percent", "came", "questions", "published" };
	struct meeting_filter f = meeting_filter_of(rq);
	struct meeting_line_list l;
	struct out o = OUT_ON(rq->ctx.arena);
	struct arena *a = rq->ctx.arena;

	TRY(meeting_find(rq, &f, EXPORT, &l));
	csv_begin(&o, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < l.n; i++) {
		const struct meeting_line *m = &l.v[i];
		bool announced = when_set(m->announced_at);
		struct str cells[] = { str_i64(a, m->id.v), m->state, body_name(rq->ctx.app->pack, m->body_id, lang_id(rq->view.lang)),
				       place_name(rq->ctx.app->pack, m->place_id, lang_id(rq->view.lang)), when_iso(a, m->starts_at), when_iso(a, m->ends_at),
				       str_i64(a, m->moved), m->speaker, m->venue, announced ? when_iso(a, m->announced_at) : S(""),
				       announced ? str_fmt(a, "%d", (int)(when_day(m->starts_at).v - when_day(m->announced_at).v)) : S("") };
		int64_t numbers[] = { m->talk_sec, m->question_sec, m->other_sec, meeting_share(m->talk_sec, m->question_sec, m->other_sec), m->came, m->questions };

		for (size_t k = 0; k < ARRAY_LEN(cells); k++)
			csv_cell(&o, k == 0, cells[k]);
		for (size_t k = 0; k < ARRAY_LEN(numbers); k++)
			csv_cell_int(&o, false, numbers[k]);
		csv_cell(&o, false, when_set(m->published_at) ? when_iso(a, m->published_at) : S(""));
		csv_end_row(&o);
	}
	cache_public(rq, 60);
	return send_file(rq, "text/csv; charset=utf-8", S("meetings.csv"), out_done(&o));
}

/* Other sites may show it in a frame: it holds nothing of the person and acts on nothing. */
static enum rc embed_get(struct req *rq)
{
	struct meeting_filter f = meeting_filter_of(rq);
	struct meeting_line_list l;

	TRY(meeting_find(rq, &f, EMBEDDED, &l));
	http_set_header(rq->http, S("Content-Security-Policy"),
			S("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors *"));
	http_set_header(rq->http, S("Cross-Origin-Resource-Policy"), S("cross-origin"));
	cache_public(rq, 60);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_MEETING_TITLE, .nav = MSG_LAYOUT_NAV_MEETINGS });

	tmpl_meeting_embed(o, &rq->view, &l, rq->ctx.app->pack, str_fmt(rq->ctx.arena, "<iframe src=\"%.*s/meetings/embed?place=%lld\" title=\"%.*s\" width=\"100%%\" height=\"480\"></iframe>",
			   STR_FMT(rq->ctx.app->public_url), (long long)f.region, STR_FMT(msg_text(rq->view.lang, MSG_MEETING_TITLE))));
	return page_close(rq);
}

/* ---- event streams ---- */

static enum rc stream(struct req *rq, const char *what)
{
	int64_t id;

	TRY(req_id(rq, 0, &id));
	return send_live(rq, str_fmt(rq->ctx.arena, "%s:%lld", what, (long long)id));
}

static enum rc stream_get(struct req *rq)
{
	return stream(rq, "meeting");
}

/* For the rooms of staff: says only that something changed. */
static enum rc changes_get(struct req *rq)
{
	return stream(rq, "room");
}

/* "ID EVENT DATA": what any process changes, every process tells its viewers. */
static void hear(void *arg, struct str channel, struct str payload)
{
	struct app *app = arg;
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str id, event;

	if (!app->sse || !str_eq(channel, S("meeting")) || !str_cut(&payload, ' ', &id) || !str_cut(&payload, ' ', &event))
		return;
	if (str_eq(event, S("room")))
		sse_publish(app->sse, str_cat(&a, S("room:"), id), S("refresh"), S("{}"));
	else
		sse_publish(app->sse, str_cat(&a, S("meeting:"), id), event, payload.n ? payload : S("{}"));
}

static enum rc start(struct app *app, struct arena *a)
{
	(void)a;
	db_listen(app->db, hear, app);
	return RC_OK;
}

static enum rc photo_get(struct req *rq)
{
	struct meeting_proof_row p;
	struct str bytes;
	int64_t meeting, id;

	TRY(req_id(rq, 0, &meeting));
	TRY(req_id(rq, 1, &id));
	TRY(meeting_proof_get(rq->ctx.db, (struct meeting_proof_id){ id }, &p));
	if (p.meeting_id.v != meeting || !p.sha256.n)
		return RC_NOT_FOUND;
	TRY(file_load(&rq->ctx, p.sha256, &bytes));
	cache_public(rq, 3600);
	return send_file(rq, str_z(rq->ctx.arena, p.media_type), p.file_name, bytes);
}

static const struct route routes[] = {
	{ HTTP_GET, "/meetings.ics", ANYONE, RL_READ, READ, all_ics },
	{ HTTP_GET, "/meetings.atom", ANYONE, RL_READ, READ, atom_get },
	{ HTTP_GET, "/meetings.csv", ANYONE, RL_SEARCH, READ, csv_get },
	{ HTTP_GET, "/meetings/embed", ANYONE, RL_READ, READ, embed_get },
	{ HTTP_GET, "/meetings/:id/stream", ANYONE, RL_READ, PLAIN, stream_get, .api = true },
	{ HTTP_GET, "/meetings/:id/changes", ANYONE, RL_READ, PLAIN, changes_get, .api = true },
	{ HTTP_GET, "/meetings/:id/photo/:proof", ANYONE, RL_READ, READ, photo_get },
};

const struct module meeting_feed_module = { .name = "meeting_feed", .routes = routes, .n_routes = ARRAY_LEN(routes), .start = start };
