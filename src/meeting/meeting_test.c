#include "meeting/meeting.h"

#include "app/world_test.h"
#include "appeal/appeal_do.h"
#include "gen/answer_sql.h"
#include "gen/messages.h"
#include "plan/plan.h"
#include "standard/calendar.h"
#include "standard/duty.h"

/* The akimat of the region is the fourth body of the world; its place holds the world's district. */
#define AKIMAT 3

static const struct actor *hand(const struct world *w, enum post p)
{
	return &w->staff[AKIMAT][p];
}

static struct meeting_words words(const struct world *w)
{
	return (struct meeting_words){ .starts = world_day(w, 20, 15), .ends = world_day(w, 20, 17), .place = w->place, .seats = 2, .lang = S("ru"),
				       .speaker = S("Аким области Ерлан Беков"), .venue = S("Дом культуры, улица Абая, 1") };
}

static enum rc planned(struct ctx *c, const struct world *w, struct meeting_id *ret)
{
	struct meeting_words x = words(w);

	return meeting_plan(c, hand(w, POST_HEAD), &x, ret);
}

static enum rc announced(struct ctx *c, const struct world *w, struct meeting_id *ret)
{
	TRY(planned(c, w, ret));
	return meeting_announce(c, hand(w, POST_HEAD), *ret);
}

static enum rc live(struct ctx *c, const struct world *w, struct meeting_id *ret)
{
	TRY(announced(c, w, ret));
	c->now = world_day(w, 20, 15);
	return meeting_begin(c, hand(w, POST_CONTROLLER), *ret);
}

static enum rc row(struct ctx *c, struct meeting_id id, struct meeting_row *ret)
{
	return meeting_by_id(c->db, id, ret);
}

/* Open duties of a kind about a subject. */
static enum rc duties(struct ctx *c, int64_t subject, const char *kind, int64_t *ret, struct when *ret_due)
{
	struct duty_row_list l;

	*ret = 0;
	TRY(duty_open_of(c->db, subject, &l));
	for (size_t i = 0; i < l.n; i++)
		if (str_eq(l.v[i].kind, str_of(kind))) {
			++*ret;
			*ret_due = l.v[i].due_at;
		}
	return RC_OK;
}

static enum rc ask(struct ctx *c, const struct actor *who, struct meeting_id id, const char *how, struct str text, struct meeting_question_row *ret)
{
	struct meeting_asking a = { .how = str_of(how), .text = text };

	return meeting_ask(c, who, id, &a, ret);
}

/* ---- what is owed ---- */

static enum rc owed(struct ctx *c, const struct world *w)
{
	struct meeting_owed_row_list l;
	struct meeting_calendar_row cal;
	struct day first, last;
	struct when due;
	int64_t n, districts = 0;

	WANT(day_from_ymd(2026, 1, 1, &first) && day_from_ymd(2026, 12, 31, &last));
	WANT_OK(meeting_open_owed(c, S("")));
	WANT_OK(meeting_open_owed(c, S(""))); /* once is enough */
	for (size_t i = 0; i < c->app->pack->n_places; i++)
		districts += c->app->pack->places[i].up && c->app->pack->places[i].up->id == w->region;
	WANT_OK(meeting_owed_of_body(c->db, w->body[AKIMAT], first, last, 100, &l));
	WANT_INT((int64_t)l.n, districts); /* once a year in each district */
	WANT_INT(l.v[0].until_on.v, last.v);
	WANT_OK(duties(c, l.v[0].id.v, "meeting_hold", &n, &due));
	WANT_INT(n, 1);
	WANT_INT(due.us, when_end_of_day(last).us);
	WANT_OK(meeting_calendar_get(c->db, w->body[AKIMAT], 2026, &cal));
	WANT_OK(duties(c, cal.id.v, "meeting_calendar", &n, &due));
	WANT_INT(n, 1);
	WANT_REFUSED(c, meeting_approve_calendar(c, hand(w, POST_EXECUTOR), 2026, S("x")), RC_FORBIDDEN, MSG_MEETING_FAULT_ROLE);
	WANT_REFUSED(c, meeting_approve_calendar(c, hand(w, POST_HEAD), 2026, S(" ")), RC_INVALID, MSG_MEETING_FAULT_NOTE);
	WANT_OK(meeting_approve_calendar(c, hand(w, POST_HEAD), 2026, S("Маслихат уведомлён письмом 12.")));
	WANT_OK(duties(c, cal.id.v, "meeting_calendar", &n, &due));
	WANT_INT(n, 0);
	WANT_REFUSED(c, meeting_approve_calendar(c, hand(w, POST_HEAD), 2026, S("x")), RC_CONFLICT, MSG_MEETING_FAULT_APPROVED);
	return RC_OK;
}
TEST(heads_owe_a_calendar_and_meetings_by_level_and_each_duty_opens_once) { world_run(owed); }

static enum rc terms(struct ctx *c, const struct world *w)
{
	const struct meeting_rules *r = c->app->pack->meetings;
	struct body region = { .kind = S("region_akimat") }, district = { .kind = S("district_akimat") }, dept = { .kind = S("department") };
	struct day y2023, y2026, from, until;

	(void)w;
	WANT(day_from_ymd(2023, 8, 20, &y2023) && day_from_ymd(2026, 8, 20, &y2026));
	WANT_INT(meeting_term_of(r, &region, y2023)->months, 6);
	WANT_INT(meeting_term_of(r, &region, y2026)->months, 12);
	WANT_INT(meeting_term_of(r, &district, y2023)->months, 3);
	WANT(!meeting_term_of(r, &dept, y2026));
	meeting_span_days(meeting_term_of(r, &district, y2026), y2026, &from, &until);
	WANT_STR(day_iso(c->arena, from), S("2026-07-01"));
	WANT_STR(day_iso(c->arena, until), S("2026-12-31"));
	meeting_span_days(meeting_term_of(r, &district, y2023), y2023, &from, &until);
	WANT_STR(day_iso(c->arena, until), S("2023-09-30"));
	return RC_OK;
}
TEST(terms_are_dated_and_spans_begin_with_the_year) { world_run(terms); }

/* ---- before ---- */

static enum rc channels(struct ctx *c, const struct world *w)
{
	struct meeting_evidence e = { .channel = S("media"), .link = S("https://example.kz/1"), .shown = when_day(w->monday) };
	struct meeting_words x = words(w);
	struct meeting_id id;
	struct when due, moved;
	int64_t n;

	x.place = w->region == 0 ? 1 : 110000000; /* another region */
	WANT_REFUSED(c, meeting_plan(c, hand(w, POST_HEAD), &x, &id), RC_INVALID, MSG_MEETING_FAULT_PLACE);
	x = words(w);
	x.reserved = 1;
	WANT_REFUSED(c, meeting_plan(c, hand(w, POST_HEAD), &x, &id), RC_INVALID, MSG_MEETING_FAULT_RESERVED);
	x = words(w);
	x.starts = when_add(c->now, -WHEN_HOUR);
	WANT_REFUSED(c, meeting_plan(c, hand(w, POST_HEAD), &x, &id), RC_INVALID, MSG_MEETING_FAULT_PAST);
	WANT_REFUSED(c, meeting_plan(c, &w->citizen, &x, &id), RC_FORBIDDEN, MSG_MEETING_FAULT_ROLE);
	WANT_OK(planned(c, w, &id));
	WANT_OK(duties(c, id.v, "meeting_announce", &n, &due));
	WANT_INT(n, (int64_t)c->app->pack->meetings->n_channels);
	WANT_INT(when_day(due).v, when_day(world_day(w, 20, 15)).v - 10);
	WANT_OK(meeting_prove(c, hand(w, POST_EXECUTOR), id, &e)); /* several media: one is not enough */
	WANT_OK(duties(c, id.v, "meeting_announce", &n, &due));
	WANT_INT(n, 4);
	WANT_OK(meeting_prove(c, hand(w, POST_EXECUTOR), id, &e));
	WANT_OK(duties(c, id.v, "meeting_announce", &n, &due));
	WANT_INT(n, 3);
	e.link = S("javascript:alert(1)");
	WANT_REFUSED(c, meeting_prove(c, hand(w, POST_EXECUTOR), id, &e), RC_INVALID, MSG_MEETING_FAULT_LINK);
	e = (struct meeting_evidence){ .channel = S("site"), .shown = when_day(w->monday) };
	WANT_REFUSED(c, meeting_prove(c, hand(w, POST_EXECUTOR), id, &e), RC_INVALID, MSG_MEETING_FAULT_PROOF);
	WANT_REFUSED(c, meeting_shift(c, hand(w, POST_HEAD), id, world_day(w, 25, 15), world_day(w, 25, 17), S("")), RC_INVALID, MSG_MEETING_FAULT_REASON);
	WANT_OK(meeting_shift(c, hand(w, POST_HEAD), id, world_day(w, 25, 15), world_day(w, 25, 17), S("Ремонт зала")));
	WANT_OK(duties(c, id.v, "meeting_announce", &n, &moved));
	WANT_INT(moved.us - due.us, world_day(w, 25, 15).us - world_day(w, 20, 15).us);
	WANT_OK(meeting_cancel(c, hand(w, POST_HEAD), id, S("Перенесена на осень")));
	WANT_OK(duties(c, id.v, "meeting_announce", &n, &due));
	WANT_INT(n, 0);
	WANT_REFUSED(c, meeting_announce(c, hand(w, POST_HEAD), id), RC_CONFLICT, MSG_MEETING_FAULT_STATE);
	return RC_OK;
}
TEST(each_channel_owes_its_proofs_ten_days_ahead_and_moves_with_the_day) { world_run(channels); }

static enum rc seats(struct ctx *c, const struct world *w)
{
	struct meeting_seat_row s[4], found, again;
	struct meeting_id id;
	struct meeting_row m;

	WANT_OK(announced(c, w, &id));
	for (int i = 0; i < 4; i++) {
		struct meeting_guest g = { .name = S("Айгүл"), .email = str_fmt(c->arena, "a%d@example.kz", i), .lang = S("kk") };

		WANT_OK(meeting_register(c, id, &g, &s[i]));
		WANT_STR(s[i].state, i < 2 ? S("seat") : S("waiting"));
		WANT(!strpbrk(str_z(c->arena, s[i].code), "0O1ILU"));
	}
	WANT_OK(meeting_register(c, id, &(struct meeting_guest){ .name = S("Айгүл"), .email = S("A0@example.kz"), .lang = S("kk") }, &again));
	WANT_INT(again.id.v, s[0].id.v); /* the same person has one seat */
	WANT_REFUSED(c, meeting_check_in(c, hand(w, POST_REGISTRAR), id, S("22222"), &found), RC_INVALID, MSG_MEETING_FAULT_CODE);
	WANT_OK(meeting_leave(c, s[0].id));
	WANT_OK(meeting_leave(c, s[0].id));
	WANT_OK(meeting_seat_by_id(c->db, s[2].id, &found));
	WANT_STR(found.state, S("seat")); /* who waited longest has moved up */
	WANT_OK(meeting_seat_by_id(c->db, s[3].id, &found));
	WANT_STR(found.state, S("waiting"));
	WANT_OK(row(c, id, &m));
	WANT_INT(m.taken, 2);
	struct meeting_words more = words(w);

	more.seats = 5;
	WANT_OK(meeting_change(c, hand(w, POST_HEAD), id, &more)); /* a larger hall */
	WANT_OK(meeting_seat_by_id(c->db, s[3].id, &found));
	WANT_STR(found.state, S("seat"));
	WANT_OK(meeting_check_in(c, hand(w, POST_REGISTRAR), id, str_lower_ascii(c->arena, s[1].code), &found));
	WANT_INT(found.id.v, s[1].id.v);
	WANT_REFUSED(c, meeting_check_in(c, hand(w, POST_REGISTRAR), id, s[1].code, &found), RC_INVALID, MSG_MEETING_FAULT_CODE_USED);
	WANT_REFUSED(c, meeting_leave(c, s[1].id), RC_CONFLICT, MSG_MEETING_FAULT_CAME);
	WANT_REFUSED(c, meeting_check_in(c, hand(w, POST_REGISTRAR), id, s[0].code, &found), RC_INVALID, MSG_MEETING_FAULT_CODE_LEFT);
	WANT_OK(meeting_walk_in(c, hand(w, POST_REGISTRAR), id, S("Ата"), &found)); /* without a phone */
	WANT_REFUSED(c, meeting_walk_in(c, hand(w, POST_APPROVER), id, S("Ата"), &found), RC_FORBIDDEN, MSG_MEETING_FAULT_ROLE);
	return RC_OK;
}
TEST(the_waiting_list_moves_up_by_itself_and_a_code_opens_the_door_once) { world_run(seats); }

static enum rc queue(struct ctx *c, const struct world *w)
{
	struct meeting_question_row a, b, hall, q;
	struct meeting_question_row_list l;
	struct meeting_id id;
	struct meeting_row m;

	WANT_OK(planned(c, w, &id));
	WANT_REFUSED(c, ask(c, &w->guest, id, "web", S("Когда будет вода?"), &a), RC_CONFLICT, MSG_MEETING_FAULT_CLOSED);
	WANT_OK(meeting_announce(c, hand(w, POST_HEAD), id));
	WANT_OK(ask(c, &w->guest, id, "web", S("Когда в посёлке будет вода? Мой номер 8 701 123 45 67"), &a));
	WANT_STR(a.state, S("waiting"));
	WANT(str_find(a.shown, S("701"), 0) == SIZE_MAX); /* strangers read no phone */
	WANT_OK(ask(c, &w->guest, id, "web", S("Почему нет воды по вечерам?"), &b));
	WANT_REFUSED(c, ask(c, &w->guest, id, "hall", S("Рука из зала, почему-то с сайта"), &q), RC_FORBIDDEN, MSG_MEETING_FAULT_ROLE);
	WANT_OK(ask(c, hand(w, POST_MODERATOR), id, "hall", S("Когда построят школу?"), &hall));
	WANT_STR(hall.state, S("queued"));
	WANT_REFUSED(c, meeting_question_to(c, hand(w, POST_SIGNER), a.id, Q_QUEUED, 0), RC_FORBIDDEN, MSG_MEETING_FAULT_ROLE);
	WANT_OK(meeting_question_to(c, hand(w, POST_MODERATOR), a.id, Q_QUEUED, 0));
	WANT_REFUSED(c, meeting_vote(c, b.id, S("v1")), RC_CONFLICT, MSG_MEETING_FAULT_VOTE);
	WANT_OK(meeting_vote(c, a.id, S("v1")));
	WANT_OK(meeting_vote(c, a.id, S("v2")));
	WANT_OK(meeting_vote(c, a.id, S("v2"))); /* taken back */
	WANT_REFUSED(c, meeting_join(c, hand(w, POST_MODERATOR), b.id, 99), RC_INVALID, MSG_MEETING_FAULT_JOIN);
	WANT_OK(meeting_join(c, hand(w, POST_MODERATOR), b.id, a.number));
	WANT_OK(row(c, id, &m));
	WANT_INT(m.waiting, 0); /* let through, joined, from the hall */
	WANT_OK(meeting_question_queue(c->db, id, INT64_MAX, (struct when){ 0 }, (struct meeting_question_id){ 0 }, 10, &l));
	WANT_INT(l.n, 2);
	WANT_INT(l.v[0].id.v, a.id.v); /* two voices: one vote, one who asked the same */
	WANT_INT(l.v[0].votes, 2);
	WANT_REFUSED(c, meeting_question_to(c, hand(w, POST_HEAD), a.id, Q_ANSWERING, 0), RC_CONFLICT, MSG_MEETING_FAULT_ONE); /* not yet live */
	WANT_REFUSED(c, meeting_question_to(c, hand(w, POST_HEAD), b.id, Q_OWED, 0), RC_CONFLICT, MSG_MEETING_FAULT_QUESTION);
	return RC_OK;
}
TEST(questions_are_let_through_voted_and_joined_and_nobody_is_dropped) { world_run(queue); }

static enum rc counted(struct ctx *c, const struct world *w)
{
	struct meeting_asking a = { .how = S("web"), .text = S("Когда в посёлке будет вода?"), .topic = c->app->pack->topics[0].code };
	struct meeting_topic_row_list topics;
	struct meeting_question_row q, roads;
	struct meeting_id id;
	struct meeting_row m;

	WANT_OK(announced(c, w, &id));
	for (int i = 0; i < 3; i++)
		WANT_OK(meeting_ask(c, &w->guest, id, &a, &q));
	a.topic = c->app->pack->topics[1].code;
	WANT_OK(meeting_ask(c, &w->guest, id, &a, &roads));
	a.topic = S("");
	WANT_OK(meeting_ask(c, &w->guest, id, &a, &q));
	WANT_OK(meeting_topic_list(c->db, id, &topics));
	WANT_INT(topics.n, 2);
	for (size_t i = 0; i < topics.n; i++)
		WANT_INT(topics.v[i].n, str_eq(topics.v[i].topic, roads.topic) ? 1 : 3);
	WANT_OK(row(c, id, &m));
	WANT_INT(m.waiting, 5);
	WANT_OK(meeting_question_to(c, hand(w, POST_MODERATOR), q.id, Q_QUEUED, 0));
	WANT_OK(meeting_question_to(c, hand(w, POST_MODERATOR), roads.id, Q_OWED, 0));
	WANT_OK(row(c, id, &m));
	WANT_INT(m.waiting, 3);
	WANT_OK(meeting_question_to(c, hand(w, POST_MODERATOR), q.id, Q_WAITING, 0)); /* put back */
	WANT_OK(row(c, id, &m));
	WANT_INT(m.waiting, 4);
	WANT_OK(meeting_begin(c, hand(w, POST_HEAD), id));
	WANT_OK(meeting_end(c, hand(w, POST_HEAD), id));
	WANT_OK(row(c, id, &m));
	WANT_INT(m.waiting, 0); /* all of them are owed */
	return RC_OK;
}
TEST(a_meeting_counts_topics_and_who_waits_as_they_come_and_go) { world_run(counted); }

static enum rc paged_queue(struct ctx *c, const struct world *w)
{
	struct meeting_question_row q[7];
	struct meeting_question_row_list l;
	struct meeting_question_id after = { 0 };
	struct when let = { 0 };
	struct meeting_id id;
	int64_t votes = INT64_MAX, n = 0, last = INT64_MAX;

	WANT_OK(announced(c, w, &id));
	for (int i = 0; i < 7; i++) {
		WANT_OK(ask(c, hand(w, POST_MODERATOR), id, "hall", S("Когда построят школу?"), &q[i]));
		for (int k = 0; k < i / 2; k++)
			WANT_OK(meeting_vote(c, q[i].id, str_fmt(c->arena, "voter %d", k)));
	}
	for (;;) { /* two at a time: each once, the most wanted first */
		WANT_OK(meeting_question_queue(c->db, id, votes, let, after, 2, &l));
		if (!l.n)
			break;
		for (size_t i = 0; i < l.n; i++, n++) {
			WANT(l.v[i].votes <= last);
			last = l.v[i].votes;
		}
		votes = l.v[l.n - 1].votes;
		let = l.v[l.n - 1].let_at;
		after = l.v[l.n - 1].id;
	}
	WANT_INT(n, 7);
	return RC_OK;
}
TEST(the_queue_of_the_hall_is_read_page_by_page_with_many_voices_first) { world_run(paged_queue); }

/* ---- during and after ---- */

static enum rc write_line(struct ctx *c, const struct world *w, enum post p, struct meeting_id id, const char *key, const char *kind, const char *about, struct str text)
{
	struct meeting_typed l = { .key = str_of(key), .kind = str_of(kind), .about = str_of(about), .text = text };

	return meeting_write(c, hand(w, p), id, &l);
}

static enum rc clock_of(struct ctx *c, const struct world *w)
{
	struct meeting_span_row_list l;
	struct meeting_id id;
	struct meeting_row m;

	WANT_OK(live(c, w, &id));
	c->now = when_add(c->now, 5 * WHEN_MINUTE);
	WANT_OK(meeting_clock(c, hand(w, POST_HEAD), id, S("talk")));
	c->now = when_add(c->now, 20 * WHEN_MINUTE);
	WANT_OK(meeting_clock(c, hand(w, POST_HEAD), id, S("questions")));
	WANT_REFUSED(c, meeting_clock(c, hand(w, POST_HEAD), id, S("sleep")), RC_INVALID, MSG_MEETING_FAULT_CLOCK);
	c->now = when_from_civil(2026, 3, 3, 0, 30, 0); /* past midnight, whatever the day */
	c->now = c->now.us < world_day(w, 20, 16).us ? when_add(world_day(w, 20, 15), 10 * WHEN_HOUR) : c->now;
	struct when late = c->now;

	WANT_OK(meeting_clock(c, hand(w, POST_HEAD), id, S("")));
	c->now = when_add(c->now, WHEN_HOUR);
	WANT_OK(meeting_span_list(c->db, id, &l));
	struct meeting_times t = meeting_times_of(&l, c->now);

	WANT_INT(t.talk, 20 * 60);
	WANT_INT(t.other, 5 * 60);
	WANT_INT(t.questions, (late.us - world_day(w, 20, 15).us) / WHEN_SECOND - 25 * 60);
	WANT_INT(t.runs.n, 0);
	WANT_INT(meeting_share(25, 70, 5), 25);
	WANT_INT(meeting_share(0, 0, 0), 0);
	WANT_OK(meeting_end(c, hand(w, POST_HEAD), id));
	WANT_OK(row(c, id, &m));
	WANT_INT(m.talk_sec, 20 * 60);
	WANT_REFUSED(c, meeting_end(c, hand(w, POST_HEAD), id), RC_CONFLICT, MSG_MEETING_FAULT_STATE);
	return RC_OK;
}
TEST(the_clock_measures_talk_questions_and_the_rest_across_midnight) { world_run(clock_of); }

static enum rc minutes(struct ctx *c, const struct world *w)
{
	struct meeting_question_row q, second;
	struct meeting_typed_row_list l;
	struct meeting_answer_row_list answers;
	struct meeting_id id;

	WANT_OK(live(c, w, &id));
	for (int i = 0; i < 3; i++) { /* the net was gone: the same line is sent three times */
		WANT_OK(write_line(c, w, POST_EXECUTOR, id, "phone-a-0001", "question", "", S("Когда заработает школа?")));
		WANT_OK(write_line(c, w, POST_EXECUTOR, id, "phone-a-0002", "answer", "phone-a-0001", S("Школа откроется 1 сентября.")));
	}
	/* another minutes-taker at the same time, by the question's number */
	WANT_OK(write_line(c, w, POST_REGISTRAR, id, "phone-b-0001", "answer", "1", S("Строитель отстаёт на две недели.")));
	WANT_OK(write_line(c, w, POST_REGISTRAR, id, "phone-b-0002", "answer", "no-such-line", S("Это сказано не к вопросу.")));
	WANT_OK(write_line(c, w, POST_REGISTRAR, id, "phone-b-0003", "question", "", S("Будет ли автобус?")));
	WANT_REFUSED(c, write_line(c, w, POST_SIGNER, id, "phone-c-0001", "note", "", S("x")), RC_FORBIDDEN, MSG_MEETING_FAULT_ROLE);
	WANT_OK(meeting_line_recent(c->db, id, (struct meeting_line_id){ INT64_MAX }, 10, &l));
	WANT_INT(l.n, 5);
	WANT_STR(l.v[1].kind, S("note")); /* nothing typed is lost */
	WANT_INT(l.v[1].number, 0);
	WANT_INT(l.v[2].number, 1);
	WANT_OK(meeting_question_of_line(c->db, id, S("phone-a-0001"), &q));
	WANT_STR(q.state, S("answering"));
	WANT(q.spoken);
	WANT_OK(meeting_answer_list(c->db, id, 1, 1, &answers));
	WANT_STR(meeting_answer_of(c->arena, &answers, q.id), S("Школа откроется 1 сентября.\nСтроитель отстаёт на две недели."));
	WANT_OK(meeting_question_of_line(c->db, id, S("phone-b-0003"), &second));
	WANT_STR(second.state, S("queued")); /* one is being answered */
	WANT_INT(second.number, 2);
	return RC_OK;
}
TEST(lines_sent_again_are_the_same_lines_and_two_minutes_takers_keep_both) { world_run(minutes); }

static enum rc appeal_of(struct ctx *c, struct meeting_question_id id, struct meeting_question_row *ret_q, struct appeal_row *ret)
{
	TRY(meeting_question_by_id(c->db, id, ret_q));
	return appeal_by_id(c->db, (struct appeal_id){ ret_q->appeal_id }, ret);
}

/* What is asked at a meeting in its four ways. */
struct asked {
	struct meeting_id id;
	struct meeting_question_row spot, ours, waits, alike;
	struct meeting_owed_row owed;
};

static enum rc held(struct ctx *c, const struct world *w, struct asked *k)
{
	const struct actor *chair = hand(w, POST_HEAD), *mod = hand(w, POST_MODERATOR);

	WANT_OK(meeting_open_owed(c, S("")));
	WANT_OK(announced(c, w, &k->id));
	WANT_OK(ask(c, &w->guest, k->id, "web", S("Когда в нашем посёлке отремонтируют мост?"), &k->waits));
	WANT_OK(ask(c, &w->guest, k->id, "web", S("Мост у школы когда починят?"), &k->alike));
	c->now = world_day(w, 20, 15);
	WANT_OK(meeting_owed_open(c->db, w->body[AKIMAT], w->place, when_day(c->now), &k->owed));
	WANT_OK(meeting_begin(c, chair, k->id));
	WANT_OK(meeting_join(c, mod, k->alike.id, k->waits.number));
	WANT_OK(ask(c, mod, k->id, "hall", S("Почему на улице Абая в посёлке нет света третий месяц?"), &k->spot));
	WANT_OK(ask(c, mod, k->id, "phone", S("Когда больница получит новый рентген?"), &k->ours));
	WANT_OK(meeting_question_to(c, chair, k->spot.id, Q_ANSWERING, 0));
	WANT_REFUSED(c, meeting_question_to(c, chair, k->ours.id, Q_ANSWERING, 0), RC_CONFLICT, MSG_MEETING_FAULT_ONE);
	WANT_OK(write_line(c, w, POST_EXECUTOR, k->id, "phone-a-0001", "answer", "3",
			   S("Свет на улице Абая включат до 12 марта 2026 года. Кабель меняет компания «Жарық», мы проверим 13 марта.")));
	WANT_OK(meeting_question_to(c, chair, k->spot.id, Q_ON_SPOT, 0));
	WANT_REFUSED(c, meeting_question_to(c, chair, k->ours.id, Q_NOT_OURS, w->body[AKIMAT]), RC_INVALID, MSG_MEETING_FAULT_BODY);
	WANT_OK(meeting_question_to(c, chair, k->ours.id, Q_NOT_OURS, w->body[2]));
	c->now = when_add(c->now, 2 * WHEN_HOUR);
	WANT_REFUSED(c, meeting_publish(c, chair, k->id, S("x")), RC_CONFLICT, MSG_MEETING_FAULT_STATE);
	WANT_OK(meeting_end(c, chair, k->id));
	WANT_OK(meeting_file(c, S("")));
	WANT_OK(meeting_file(c, S(""))); /* again makes nothing new */
	return RC_OK;
}

static enum rc whole(struct ctx *c, const struct world *w)
{
	struct asked k;
	struct meeting_question_row q;
	struct meeting_row m;
	struct appeal_row a;
	struct answer_row_list answers;
	struct assignment_row_list shares;
	struct when due;
	int64_t n;

	WANT_OK(held(c, w, &k));
	WANT_OK(row(c, k.id, &m));
	WANT(when_set(m.filed_at));
	WANT_OK(appeal_of(c, k.spot.id, &q, &a));
	WANT_STR(q.state, S("on_spot"));
	WANT_STR(a.origin, S("meeting"));
	WANT_STR(a.state, S("answered"));
	WANT_STR(a.public_state, S("cleared"));
	WANT_OK(answer_list(c->db, a.id, &answers));
	WANT_INT(answers.n, 1);
	WANT(str_starts(answers.v[0].text, S("Свет на улице Абая")));
	WANT_OK(appeal_of(c, k.waits.id, &q, &a)); /* nobody reached it: owed, and a stranger's words wait for a moderator */
	WANT_STR(q.state, S("owed"));
	WANT_STR(a.state, S("registered"));
	WANT_STR(a.public_state, S("waiting"));
	WANT_OK(duties(c, a.id.v, "answer", &n, &due));
	WANT_INT(n, 1);
	WANT_OK(appeal_of(c, k.ours.id, &q, &a));
	WANT_OK(assignment_list(c->db, a.id, &shares));
	WANT_INT(shares.n, 2);
	WANT_INT(shares.v[1].body_id, w->body[2]);
	WANT_OK(duties(c, a.id.v, "follow", &n, &due)); /* and the first body follows it */
	WANT_INT(n, 1);
	WANT_OK(meeting_question_by_id(c->db, k.alike.id, &q));
	WANT_STR(q.state, S("joined"));
	WANT_INT(q.appeal_id, 0);
	return RC_OK;
}
TEST(every_question_of_a_meeting_becomes_an_appeal) { world_run(whole); }

static enum rc published(struct ctx *c, const struct world *w)
{
	const struct actor *chair = hand(w, POST_HEAD);
	struct meeting_question_row q;
	struct measure_row plan;
	struct asked k;
	struct when due;
	int64_t n;

	WANT_OK(held(c, w, &k));
	WANT_OK(meeting_owed_by_id(c->db, k.owed.id, &k.owed));
	WANT_INT(k.owed.meeting_id, k.id.v); /* the meeting that was owed is kept */
	WANT_OK(duties(c, k.owed.id.v, "meeting_hold", &n, &due));
	WANT_INT(n, 0);
	WANT_OK(duties(c, k.id.v, "meeting_minutes", &n, &due));
	WANT_INT(n, 1);
	WANT_INT(when_day(due).v, calendar_add_working(c->app->pack, when_day(c->now), 5).v);
	struct meeting_promise later = { .post = S("Управление дорог") }, done = { .post = S("Управление дорог"), .due = when_day(world_day(w, 100, 10)) };

	WANT_REFUSED(c, meeting_put_in_plan(c, chair, k.waits.id, &later), RC_INVALID, MSG_MEETING_FAULT_PLAN);
	later.why = S("Моста нет в бюджете до 2027 года.");
	WANT_OK(meeting_put_in_plan(c, chair, k.waits.id, &later));
	WANT_REFUSED(c, meeting_put_in_plan(c, chair, k.waits.id, &later), RC_CONFLICT, MSG_MEETING_FAULT_PLANNED);
	WANT_OK(meeting_put_in_plan(c, chair, k.spot.id, &done));
	WANT_OK(meeting_question_by_id(c->db, k.waits.id, &q));
	WANT_STR(q.unsolved, later.why);
	WANT_OK(measure_by_id(c->db, (struct measure_id){ q.measure_id }, &plan));
	WANT_STR(plan.state, S("not_now"));
	WANT_STR(plan.origin, S("meeting"));
	WANT_INT(plan.voices, 2); /* who asked, and who asked the same */
	WANT_REFUSED(c, meeting_publish(c, chair, k.id, S(" ")), RC_INVALID, MSG_MEETING_FAULT_SUMMARY);
	WANT_OK(meeting_publish(c, chair, k.id, S("Говорили о мосте и свете.")));
	WANT_REFUSED(c, meeting_publish(c, chair, k.id, S("x")), RC_CONFLICT, MSG_MEETING_FAULT_STATE);
	WANT_OK(duties(c, k.id.v, "meeting_minutes", &n, &due));
	WANT_INT(n, 0);
	return RC_OK;
}
TEST(a_held_meeting_keeps_what_was_owed_and_owes_its_minutes) { world_run(published); }

static enum rc late_lines(struct ctx *c, const struct world *w)
{
	struct meeting_question_row q, hollow;
	struct meeting_row m;
	struct meeting_id id;
	struct appeal_row a;

	WANT_OK(live(c, w, &id));
	WANT_OK(ask(c, hand(w, POST_MODERATOR), id, "hall", S("Когда в селе откроют аптеку?"), &q));
	WANT_OK(meeting_question_to(c, hand(w, POST_HEAD), q.id, Q_ANSWERING, 0));
	WANT_OK(meeting_question_to(c, hand(w, POST_HEAD), q.id, Q_ON_SPOT, 0));
	WANT_OK(ask(c, hand(w, POST_MODERATOR), id, "hall", S("Когда в селе отремонтируют клуб?"), &hollow));
	WANT_OK(meeting_question_to(c, hand(w, POST_HEAD), hollow.id, Q_ANSWERING, 0));
	WANT_OK(write_line(c, w, POST_EXECUTOR, id, "phone-a-0001", "answer", "2", S("Вопрос рассматривается, принимаются соответствующие меры.")));
	WANT_OK(meeting_end(c, hand(w, POST_HEAD), id));
	WANT_OK(meeting_file(c, S("")));
	WANT_OK(row(c, id, &m));
	WANT(!when_set(m.filed_at)); /* answered aloud, but the words have not come yet */
	WANT_OK(appeal_of(c, hollow.id, &hollow, &a));
	WANT_STR(hollow.state, S("owed")); /* an answer that says nothing is not an answer */
	WANT_OK(write_line(c, w, POST_EXECUTOR, id, "phone-a-0002", "answer", "1", S("Аптека откроется 20 апреля 2026 года в здании почты. Помещение уже передано.")));
	WANT_OK(meeting_file(c, S("")));
	WANT_OK(appeal_of(c, q.id, &q, &a));
	WANT_STR(q.state, S("on_spot"));
	WANT_OK(row(c, id, &m));
	WANT(when_set(m.filed_at));
	WANT_OK(write_line(c, w, POST_EXECUTOR, id, "phone-a-0003", "question", "", S("А детская площадка будет?"))); /* typed in time, sent late */
	WANT_OK(meeting_file(c, S("")));
	WANT_OK(meeting_question_of_line(c->db, id, S("phone-a-0003"), &q));
	WANT_STR(q.state, S("owed"));
	WANT(q.appeal_id != 0);
	return RC_OK;
}
TEST(what_was_typed_without_a_net_still_counts_after_the_end) { world_run(late_lines); }

static enum rc never_answered(struct ctx *c, const struct world *w)
{
	struct meeting_question_row q;
	struct meeting_id id;
	struct appeal_row a;

	WANT_OK(live(c, w, &id));
	WANT_OK(ask(c, hand(w, POST_MODERATOR), id, "hall", S("Когда в селе откроют аптеку?"), &q));
	WANT_OK(meeting_question_to(c, hand(w, POST_HEAD), q.id, Q_ANSWERING, 0));
	WANT_OK(meeting_question_to(c, hand(w, POST_HEAD), q.id, Q_ON_SPOT, 0));
	WANT_OK(meeting_end(c, hand(w, POST_HEAD), id));
	c->now = when_add(c->now, 2 * WHEN_HOUR);
	WANT_OK(meeting_file(c, S("")));
	WANT_OK(appeal_of(c, q.id, &q, &a));
	WANT_STR(q.state, S("owed"));
	return RC_OK;
}
TEST(an_answer_that_nobody_wrote_down_is_owed) { world_run(never_answered); }

static enum rc followed(struct ctx *c, const struct world *w)
{
	struct meeting_follow_row f;
	struct meeting_follow_row_list l;
	int64_t changed;

	WANT_OK(meeting_follow_ask(c, w->place, S("aul@example.kz"), S("kk")));
	WANT_OK(meeting_follow_ask(c, w->place, S("Aul@example.kz"), S("kk")));
	WANT_OK(meeting_followers(c->db, w->place, (struct meeting_follow_id){ 0 }, 10, &l));
	WANT_INT(l.n, 0); /* not before it is confirmed */
	WANT_OK(meeting_follow_find(c->db, w->place, S("aul@example.kz"), &f));
	WANT_OK(meeting_follow_confirm(c->db, f.id, c->now, &changed));
	WANT_OK(meeting_followers(c->db, w->place, (struct meeting_follow_id){ 0 }, 10, &l));
	WANT_INT(l.n, 1);
	WANT_REFUSED(c, meeting_follow_ask(c, 12345, S("aul@example.kz"), S("kk")), RC_INVALID, MSG_MEETING_FAULT_PLACE);
	return RC_OK;
}
TEST(followers_hear_nothing_before_they_confirm) { world_run(followed); }

static enum rc cancelled(struct ctx *c, const struct world *w)
{
	struct meeting_question_row q;
	struct meeting_id id;
	struct appeal_row a;

	WANT_OK(announced(c, w, &id));
	WANT_OK(ask(c, &w->guest, id, "web", S("Когда в нашем посёлке отремонтируют мост?"), &q));
	WANT_OK(meeting_cancel(c, hand(w, POST_HEAD), id, S("Паводок")));
	WANT_OK(meeting_file(c, S("")));
	WANT_OK(appeal_of(c, q.id, &q, &a));
	WANT_STR(a.state, S("registered"));
	return RC_OK;
}
TEST(questions_of_a_cancelled_meeting_are_owed_all_the_same) { world_run(cancelled); }

TESTS("meeting", T(heads_owe_a_calendar_and_meetings_by_level_and_each_duty_opens_once), T(terms_are_dated_and_spans_begin_with_the_year),
      T(each_channel_owes_its_proofs_ten_days_ahead_and_moves_with_the_day), T(the_waiting_list_moves_up_by_itself_and_a_code_opens_the_door_once),
      T(questions_are_let_through_voted_and_joined_and_nobody_is_dropped),
      T(a_meeting_counts_topics_and_who_waits_as_they_come_and_go), T(the_queue_of_the_hall_is_read_page_by_page_with_many_voices_first),
      T(the_clock_measures_talk_questions_and_the_rest_across_midnight),
      T(lines_sent_again_are_the_same_lines_and_two_minutes_takers_keep_both), T(every_question_of_a_meeting_becomes_an_appeal),
      T(a_held_meeting_keeps_what_was_owed_and_owes_its_minutes),
      T(what_was_typed_without_a_net_still_counts_after_the_end), T(an_answer_that_nobody_wrote_down_is_owed), T(followers_hear_nothing_before_they_confirm),
      T(questions_of_a_cancelled_meeting_are_owed_all_the_same))
