/* meeting_web.c: what everybody sees: the list, a meeting, the hall's screen, who has not held what. */
#include "meeting/meeting_find.h"
#include "meeting/meeting_view.h"

#include <limits.h>

#include "app/app.h"
#include "base/utf8.h"
#include "body/body.h"
#include "gen/meeting_tmpl.h"
#include "gen/messages.h"
#include "place/place.h"
#include "standard/options.h"
#include "text/ident.h"

#define PAGE 24
#define LATE_SHOWN 100
#define UNSOLVED_SHOWN 20
#define SHOWN_POINTS 280

struct str meeting_clock_text(struct arena *a, int64_t sec)
{
	return sec < 3600 ? str_fmt(a, "%lld:%02lld", (long long)(sec / 60), (long long)(sec % 60))
			  : str_fmt(a, "%lld:%02lld:%02lld", (long long)(sec / 3600), (long long)(sec / 60 % 60), (long long)(sec % 60));
}

struct str meeting_how_text(const struct lang *l, struct str how)
{
	static const struct { const char *how; unsigned msg; } words[] = {
		{ "web", MSG_MEETING_HOW_WEB }, { "hall", MSG_MEETING_HOW_HALL }, { "phone", MSG_MEETING_HOW_PHONE }, { "video", MSG_MEETING_HOW_VIDEO },
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_eq(how, str_of(words[i].how)))
			return msg_text(l, words[i].msg);
	return S("");
}

struct str meeting_question_words(const struct lang *l, const struct meeting_outcome_row *q)
{
	return when_set(q->let_at) ? q->shown : msg_text(l, MSG_MEETING_UNSEEN);
}

struct str meeting_line_text(struct arena *a, const struct meeting_question_row *q)
{
	return q ? str_fmt(a, "%lld. %.*s", (long long)q->number, STR_FMT(utf8_head(q->shown, SHOWN_POINTS))) : S("");
}

struct str meeting_next_text(struct arena *a, const struct meeting_page *p, size_t i)
{
	return meeting_line_text(a, i < p->next.n ? &p->next.v[i] : NULL);
}

struct str meeting_public(struct arena *a, const struct meeting_page *p, struct str text)
{
	struct mask_spans hidden = mask_find(a, p->pack->phones, text);

	return mask_apply(a, text, &hidden);
}

struct when meeting_approved(const struct meeting_calendar_row_list *l, int64_t body)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].body_id == body)
			return l->v[i].approved_at;
	return (struct when){ 0 };
}

/* ---- lists ---- */

struct meeting_filter meeting_filter_of(const struct req *rq)
{
	struct meeting_filter f = { .past = str_eq(req_query(rq, "when"), S("past")) };
	int64_t id;

	if (str_to_i64(req_query(rq, "place"), &id) && pack_place(rq->ctx.app->pack, id))
		f.region = place_region(pack_place(rq->ctx.app->pack, id))->id;
	if (str_to_i64(req_query(rq, "body"), &id) && pack_body(rq->ctx.app->pack, id))
		f.body = id;
	return f;
}

struct str meeting_cursor(struct arena *a, const struct meeting_line *l)
{
	return list_cursor(a, l->starts_at.us, l->id.v);
}

/* A meeting that is going on stands among those ahead. */
enum rc meeting_find(struct req *rq, const struct meeting_filter *f, int64_t limit, struct meeting_line_list *ret)
{
	struct when at = { rq->ctx.now.us - 6 * WHEN_HOUR };
	struct meeting_id id = { 0 };
	struct db *db = rq->ctx.db;

	req_after_both(rq, INT64_MAX, &at.us, &id.v);
	if (f->past)
		return f->body     ? meeting_past_body(db, f->body, at, id, limit, ret)
		       : f->region ? meeting_past_region(db, f->region, at, id, limit, ret)
				   : meeting_past(db, at, id, limit, ret);
	return f->body     ? meeting_ahead_body(db, f->body, at, id, limit, ret)
	       : f->region ? meeting_ahead_region(db, f->region, at, id, limit, ret)
			   : meeting_ahead(db, at, id, limit, ret);
}

static enum rc list_get(struct req *rq)
{
	struct meeting_filter f = meeting_filter_of(rq);
	struct meeting_line_list l;
	struct option *regions;
	struct str more = S("");

	TRY(meeting_find(rq, &f, PAGE + 1, &l));
	if (l.n > PAGE) {
		l.n = PAGE;
		more = meeting_cursor(rq->ctx.arena, &l.v[PAGE - 1]);
	}
	size_t n = pack_region_options(rq, f.region, &regions);

	cache_public(rq, 15);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_MEETING_TITLE, .nav = MSG_LAYOUT_NAV_MEETINGS, .feed = S("/meetings.atom") });

	tmpl_meeting_list(o, &rq->view, &l, &f, regions, n, more, rq->ctx.app->pack);
	return page_close(rq);
}

/* ---- one meeting ---- */

static enum rc load_trail(struct req *rq, struct meeting_page *p)
{
	struct meeting_event_row_list l;

	TRY(meeting_event_list(rq->ctx.db, p->m.id, &l));
	p->trail = ARENA_ARRAY(rq->ctx.arena, l.n + 1, struct trail_item);
	for (size_t i = 0; i < l.n; i++) {
		enum meeting_event_kind e;
		struct str text = l.v[i].reason, from, detail = l.v[i].detail;
		struct when at;

		if (!meeting_event_by_name(l.v[i].kind, &e))
			continue;
		/* from when it was moved */
		if (e == MG_MOVED && str_cut(&detail, ' ', &from) && when_parse(from, &at))
			text = str_fmt(rq->ctx.arena, "%.*s. %.*s", STR_FMT(lang_when(rq->ctx.arena, rq->view.lang, at)), STR_FMT(l.v[i].reason));
		if (e == MG_PROVEN && meeting_channel(p->pack->meetings, l.v[i].detail))
			text = name_in(&meeting_channel(p->pack->meetings, l.v[i].detail)->name, rq->view.lang);
		p->trail[p->n_trail++] = (struct trail_item){ .title = msg_text(rq->view.lang, meeting_event_msg(e)), .text = text, .at = l.v[i].happened_at,
							      .tone = e == MG_CANCELLED ? TONE_BAD : TONE_INFO };
	}
	return RC_OK;
}

static enum rc load_times(struct req *rq, struct meeting_page *p)
{
	static const struct { const char *kind; unsigned msg; } kinds[] = { { "talk", MSG_MEETING_CLOCK_TALK }, { "questions", MSG_MEETING_CLOCK_QUESTIONS },
									    { "other", MSG_MEETING_CLOCK_OTHER } };
	struct meeting_span_row_list spans;

	p->times = (struct meeting_times){ .talk = p->m.talk_sec, .questions = p->m.question_sec, .other = p->m.other_sec };
	if (p->state == MEETING_LIVE) {
		TRY(meeting_span_list(rq->ctx.db, p->m.id, &spans));
		p->times = meeting_times_of(&spans, rq->ctx.now);
	}
	p->clock = msg_text(rq->view.lang, MSG_MEETING_CLOCK_RESTS);
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (str_eq(p->times.runs, str_of(kinds[i].kind)))
			p->clock = msg_text(rq->view.lang, kinds[i].msg);
	p->share = meeting_share(p->times.talk, p->times.questions, p->times.other);
	p->allowed = pack_clause(p->pack, "meeting_talk", when_day(p->m.starts_at))->value;
	return RC_OK;
}

/* Topics as people chose them, under the widest that holds them; most asked first. */
static enum rc load_topics(struct req *rq, const struct meeting_page *p, struct meeting_shown *s)
{
	struct meeting_topic_row_list l;

	TRY(meeting_topic_list(rq->ctx.db, p->m.id, &l));
	s->topics = ARENA_ARRAY(rq->ctx.arena, l.n + 1, struct meeting_topic_count);
	for (size_t i = 0; i < l.n; i++) {
		const struct topic *t = pack_topic(p->pack, l.v[i].topic);
		size_t k = 0;

		while (t && t->up)
			t = t->up;
		if (!t)
			continue;
		struct str name = name_in(&t->name, rq->view.lang);

		while (k < s->n_topics && !str_eq(s->topics[k].name, name))
			k++;
		if (k == s->n_topics)
			s->topics[s->n_topics++].name = name;
		s->topics[k].n += l.v[i].n;
	}
	for (size_t i = 1; i < s->n_topics; i++)
		for (size_t k = i; k > 0 && s->topics[k].n > s->topics[k - 1].n; k--) {
			struct meeting_topic_count swap = s->topics[k];

			s->topics[k] = s->topics[k - 1];
			s->topics[k - 1] = swap;
		}
	return RC_OK;
}

static enum rc load_asked(struct req *rq, const struct meeting_page *p, bool unsolved, int64_t after, int64_t limit, struct meeting_asked *ret)
{
	struct meeting_asked a = { 0 };

	TRY(unsolved ? meeting_outcome_unsolved(rq->ctx.db, p->m.id, after, limit + 1, &a.l) : meeting_question_outcome(rq->ctx.db, p->m.id, after, limit + 1, &a.l));
	if ((int64_t)a.l.n > limit) {
		a.l.n = (size_t)limit;
		a.more = a.l.v[limit - 1].number;
	}
	if (a.l.n && !unsolved) /* beside those the page says why not */
		TRY(meeting_answer_list(rq->ctx.db, p->m.id, a.l.v[0].number, a.l.v[a.l.n - 1].number, &a.answers));
	*ret = a;
	return RC_OK;
}

enum rc meeting_asked_load(struct req *rq, const struct meeting_page *p, bool unsolved, struct meeting_asked *ret)
{
	return load_asked(rq, p, unsolved, req_after(rq), QUESTIONS_SHOWN, ret);
}

/* "VOTES-MOMENT-ID" of the last one shown; voices given meanwhile may show one twice, and lose none for long. */
enum rc meeting_queue_load(struct req *rq, struct meeting_id id, const char *field, struct meeting_question_row_list *ret, struct str *ret_more)
{
	struct str rest = req_query(rq, field), votes = S(""), let = S("");
	struct meeting_question_id after = { 0 };
	struct when at = { 0 };
	int64_t n = 0;

	if (!str_cut(&rest, '-', &votes) || !str_cut(&rest, '-', &let) || !str_to_i64(votes, &n) || !str_to_i64(let, &at.us) || !str_to_i64(rest, &after.v))
		n = INT64_MAX;
	TRY(meeting_question_queue(rq->ctx.db, id, n, at, after, QUEUE_SHOWN + 1, ret));
	*ret_more = S("");
	if (ret->n > QUEUE_SHOWN) {
		const struct meeting_question_row *last = &ret->v[QUEUE_SHOWN - 1];

		ret->n = QUEUE_SHOWN;
		*ret_more = str_fmt(rq->ctx.arena, "%lld-%lld-%lld", (long long)last->votes, (long long)last->let_at.us, (long long)last->id.v);
	}
	return RC_OK;
}

/* The question that is being answered, and the next ones. */
static enum rc load_hall(struct req *rq, struct meeting_page *p)
{
	struct meeting_question_row *now = ARENA_NEW(rq->ctx.arena, struct meeting_question_row);
	enum rc rc = meeting_question_current(rq->ctx.db, p->m.id, now);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	p->now = rc == RC_OK ? now : NULL;
	return meeting_question_queue(rq->ctx.db, p->m.id, INT64_MAX, (struct when){ 0 }, (struct meeting_question_id){ 0 }, NEXT_SHOWN, &p->next);
}

enum rc meeting_page_make(struct req *rq, struct meeting_id id, struct meeting_page *ret)
{
	struct meeting_page p = { .pack = rq->ctx.app->pack, .announced_days = -1, .free_seats = -1 };

	TRY(meeting_by_id(rq->ctx.db, id, &p.m));
	if (!meeting_state_by_name(p.m.state, &p.state))
		return RC_INTERNAL;
	p.title = meeting_title(rq->ctx.arena, rq->view.lang, p.pack, p.m.place_id);
	p.body = body_name(p.pack, p.m.body_id, lang_id(rq->view.lang));
	p.of_body = rq->who.body && rq->who.body == p.m.body_id;
	if (when_set(p.m.announced_at))
		p.announced_days = when_day(p.m.starts_at).v - when_day(p.m.announced_at).v;
	if (p.m.seats)
		p.free_seats = p.m.seats - p.m.reserved > p.m.taken ? p.m.seats - p.m.reserved - p.m.taken : 0;
	TRY(load_trail(rq, &p));
	TRY(load_times(rq, &p));
	TRY(meeting_proof_list(rq->ctx.db, id, &p.proofs));
	TRY(reception_of_meeting(&rq->ctx, id.v, &p.receptions));
	if (p.state == MEETING_LIVE)
		TRY(load_hall(rq, &p));
	*ret = p;
	return RC_OK;
}

/* Talk, questions and the rest side by side; a line where the talk should have ended. */
void meeting_share_bar(struct out *o, const struct view *v, const struct meeting_page *p)
{
	int64_t all = p->times.talk + p->times.questions + p->times.other;
	int64_t talk = all ? p->times.talk * 1000 / all : 0, questions = all ? p->times.questions * 1000 / all : 0;

	tmpl_meeting_bar(o, v, talk, questions, 1000 - talk - questions, p->allowed * 10, p->share > p->allowed);
}

static enum rc load(struct req *rq, struct meeting_page *ret)
{
	int64_t id;

	TRY(req_id(rq, 0, &id));
	return meeting_page_make(rq, (struct meeting_id){ id }, ret);
}

static enum rc show_get(struct req *rq)
{
	struct meeting_shown s = { .only_unsolved = str_eq(req_query(rq, "only"), S("unsolved")) };
	struct meeting_page p;

	if (str_ends(rq->params[0], S(".ics")))
		return meeting_ics(rq);
	TRY(load(rq, &p));
	TRY(load_topics(rq, &p, &s));
	TRY(meeting_asked_load(rq, &p, s.only_unsolved, &s.asked));
	TRY(load_asked(rq, &p, true, 0, UNSOLVED_SHOWN, &s.unsolved));
	bool moves = p.state == MEETING_ANNOUNCED || p.state == MEETING_LIVE; /* under a viewer's eyes */

	if (!moves)
		cache_public(rq, 5);
	struct out *o = page_open(rq, &(struct page){ .title_text = p.title, .nav = MSG_LAYOUT_NAV_MEETINGS, .comforts = moves ? COMFORTS_MEETING : COMFORTS_ALL });

	tmpl_meeting_show(o, &rq->view, &p, &s);
	return page_close(rq);
}

static enum rc screen_get(struct req *rq)
{
	struct meeting_page p;

	TRY(load(rq, &p));
	struct out *o = page_open(rq, &(struct page){ .title_text = p.title, .bare = true, .comforts = COMFORTS_MEETING });

	tmpl_meeting_screen(o, &rq->view, &p);
	return page_close(rq);
}

/* ---- who has not held what ---- */

int64_t meeting_owed_in(const struct pack *p, const struct meeting_owed_sum *s)
{
	const struct body *b = pack_body(p, s->body_id);

	return b && b->place ? place_region(b->place)->id : 0;
}

/* The country first, then regions in the order of the pack; only those where something is owed. */
static size_t owed_regions(struct arena *a, const struct pack *p, const struct meeting_owed_sum_list *sums, struct meeting_owed_region **ret)
{
	struct meeting_owed_region *r = ARENA_ARRAY(a, p->n_places + 1, struct meeting_owed_region);
	size_t n = 0;

	for (size_t i = 0; i <= p->n_places; i++) {
		if (i && p->places[i - 1].up)
			continue;
		r[n] = (struct meeting_owed_region){ .id = i ? p->places[i - 1].id : 0 };
		for (size_t k = 0; k < sums->n; k++)
			if (meeting_owed_in(p, &sums->v[k]) == r[n].id) {
				r[n].n += sums->v[k].n;
				r[n].kept += sums->v[k].kept;
				r[n].late += sums->v[k].late;
			}
		n += r[n].n > 0;
	}
	*ret = r;
	return n;
}

static enum rc owed_get(struct req *rq)
{
	struct meeting_owed_sum_list sums;
	struct meeting_owed_row_list late;
	struct meeting_calendar_row_list calendars;
	int64_t year, this_year = when_civil(rq->ctx.now).year;
	struct day from = { 0 }, until = { 0 }, today = when_day(rq->ctx.now);

	if (!str_to_i64(req_query(rq, "year"), &year) || year < this_year - 10 || year > this_year)
		year = this_year;
	if (!day_from_ymd((int)year, 1, 1, &from) || !day_from_ymd((int)year, 12, 31, &until))
		return RC_NOT_FOUND;
	TRY(meeting_owed_sums(rq->ctx.db, from, until, today, &sums));
	TRY(meeting_owed_late(rq->ctx.db, today, (struct day){ INT32_MAX }, (struct meeting_owed_id){ INT64_MAX }, LATE_SHOWN, &late));
	TRY(meeting_calendar_list(rq->ctx.db, year, 0, 1000, &calendars));
	cache_public(rq, 60);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_MEETING_OWED_TITLE, .nav = MSG_LAYOUT_NAV_MEETINGS });

	struct meeting_owed_region *regions;
	size_t n = owed_regions(rq->ctx.arena, rq->ctx.app->pack, &sums, &regions);

	tmpl_meeting_owed(o, &rq->view, &sums, regions, n, &late, &calendars, year, this_year, rq->ctx.app->pack);
	return page_close(rq);
}

static const struct route routes[] = {
	{ HTTP_GET, "/meetings", ANYONE, RL_READ, READ, list_get, .keep = true },
	{ HTTP_GET, "/meetings/owed", ANYONE, RL_READ, READ, owed_get, .keep = true },
	{ HTTP_GET, "/meetings/:id", ANYONE, RL_READ, READ, show_get, .keep = true },
	{ HTTP_GET, "/meetings/:id/screen", ANYONE, RL_READ, READ, screen_get, .keep = true },
};

static const struct job_kind jobs[] = {
	{ .name = "meeting.file", .run = meeting_file, .every_sec = 3 },
	{ .name = "meeting.owed", .run = meeting_open_owed, .every_sec = 3600 },
	{ .name = "meeting.refresh", .run = meeting_refresh, .attempts_max = 3 },
	{ .name = "meeting.tell", .run = meeting_tell, .attempts_max = 20 },
};

/* Titles of the three things that duties are about. */
static enum rc subject_meeting(struct ctx *c, const struct lang *l, int64_t id, struct subject *ret)
{
	struct meeting_row m;

	TRY(meeting_by_id(c->db, (struct meeting_id){ id }, &m));
	*ret = (struct subject){ .title = meeting_title(c->arena, l, c->app->pack, m.place_id), .to = meeting_url(c->arena, id, ""), .desk = meeting_desk_url(c->arena, id, "") };
	return RC_OK;
}

static enum rc subject_owed(struct ctx *c, const struct lang *l, int64_t id, struct subject *ret)
{
	struct meeting_owed_row m;

	TRY(meeting_owed_by_id(c->db, (struct meeting_owed_id){ id }, &m));
	*ret = (struct subject){ .title = meeting_title(c->arena, l, c->app->pack, m.place_id), .to = URL("/meetings/owed"), .desk = URL("/desk/meetings") };
	return RC_OK;
}

static enum rc subject_calendar(struct ctx *c, const struct lang *l, int64_t id, struct subject *ret)
{
	struct meeting_calendar_row m;

	TRY(meeting_calendar_by_id(c->db, (struct meeting_calendar_id){ id }, &m));
	*ret = (struct subject){ .title = msg_fmt(c->arena, l, MSG_MEETING_CALENDAR_OF, ARGS(ARG_S("year", str_i64(c->arena, m.year)))),
				 .to = URL("/meetings/owed"), .desk = URL("/desk/meetings") };
	return RC_OK;
}

/* A voice behind a measure: who asked is told what became of it. */
static enum rc subject_question(struct ctx *c, const struct lang *l, int64_t id, struct subject *ret)
{
	struct meeting_question_row q;

	(void)l;
	TRY(meeting_question_by_id(c->db, (struct meeting_question_id){ id }, &q));
	*ret = (struct subject){ .title = q.shown, .to = meeting_url(c->arena, q.meeting_id.v, ""), .desk = meeting_desk_url(c->arena, q.meeting_id.v, "/after") };
	ret->person.mail = q.email;
	ret->person.lang = q.lang;
	ret->person.account = q.account_id;
	ret->person.to = ret->to;
	return RC_OK;
}

static const struct subject_kind subjects[] = {
	{ MEETING_SUBJECT, subject_meeting },
	{ "meeting_owed", subject_owed },
	{ "meeting_question", subject_question },
	{ "meeting_calendar", subject_calendar },
};

static const struct search_source search[] = {
	{ "meeting", MSG_LAYOUT_NAV_MEETINGS, meeting_search_fill, false },
};

const struct module meeting_module = { .name = "meeting", .routes = routes, .n_routes = ARRAY_LEN(routes), .jobs = jobs, .n_jobs = ARRAY_LEN(jobs),
				       .subjects = subjects, .n_subjects = ARRAY_LEN(subjects), .search = search, .n_search = ARRAY_LEN(search) };
