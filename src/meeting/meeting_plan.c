/* meeting_plan.c: what heads owe, the calendar of the year, planning, moving, announcing with proof. */
#include "app/app.h"
#include "base/random.h"
#include "gen/messages.h"
#include "meeting/meeting_find.h"
#include "meeting/meeting_view.h"
#include "place/place.h"
#include "standard/calendar.h"
#include "standard/duty.h"

#define LENGTH_MAX (16 * WHEN_HOUR)
#define CALENDAR_SUBJECT "meeting_calendar"
#define OWED_SUBJECT "meeting_owed"

static int64_t clause(const struct ctx *c, const char *code)
{
	return pack_clause(c->app->pack, code, when_day(c->now))->value;
}

struct when meeting_announce_due(const struct ctx *c, const struct meeting_row *m)
{
	return when_end_of_day((struct day){ when_day(m->starts_at).v - (int32_t)clause(c, "meeting_announce") });
}

/* ---- what is owed ---- */

static enum rc open_calendar(struct ctx *c, const struct body *b, int year)
{
	struct meeting_calendar_id id = { id_make() };
	struct day first = { 0 };
	int64_t changed, term = clause(c, "meeting_calendar");

	TRY(meeting_calendar_insert(c->db, id, b->id, year, c->now, &changed));
	if (!changed || !day_from_ymd(year, 1, 1, &first))
		return RC_OK;
	struct when due = when_end_of_day((struct day){ first.v + (int32_t)term - 1 });

	/* a body that begins in the middle of a year has the same term from then on */
	if (due.us < c->now.us)
		due = when_end_of_day((struct day){ when_day(c->now).v + (int32_t)term });
	return duty_open(c, &(struct duty_new){ .kind = DUTY_MEETING_CALENDAR, .subject_kind = CALENDAR_SUBJECT, .subject = id.v, .body = b->id, .due = due });
}

static enum rc open_span(struct ctx *c, const struct body *b, const struct meeting_term *t, const struct place *p)
{
	const struct place *region = place_region(p);
	struct day from, until;
	int64_t changed;

	meeting_span_days(t, when_day(c->now), &from, &until);
	for (int64_t n = 1; n <= t->times; n++) {
		struct meeting_owed_id id = { id_make() };

		TRY(meeting_owed_insert(c->db, id, b->id, p ? p->id : 0, region ? region->id : 0, from, until, n, &changed));
		if (changed)
			TRY(duty_open(c, &(struct duty_new){ .kind = DUTY_MEETING_HOLD, .subject_kind = OWED_SUBJECT, .subject = id.v, .body = b->id,
							     .due = when_end_of_day(until) }));
	}
	return RC_OK;
}

enum rc meeting_open_owed(struct ctx *c, struct str payload)
{
	const struct pack *p = c->app->pack;

	(void)payload;
	for (size_t i = 0; i < p->n_bodies; i++) {
		const struct body *b = &p->bodies[i];
		const struct meeting_term *t = meeting_term_of(p->meetings, b, when_day(c->now));

		if (!t)
			continue;
		TRY(open_calendar(c, b, when_civil(c->now).year));
		if (!t->below)
			TRY(open_span(c, b, t, b->place));
		for (size_t k = 0; t->below && k < p->n_places; k++)
			if (p->places[k].up == b->place && b->place)
				TRY(open_span(c, b, t, &p->places[k]));
	}
	return RC_OK;
}

enum rc meeting_approve_calendar(struct ctx *c, const struct actor *who, int64_t year, struct str note)
{
	struct meeting_calendar_row cal;
	int64_t changed;

	if (!(who->roles & (BIT(ROLE_HEAD) | BIT(ROLE_CONTROLLER))))
		return fail(c, RC_FORBIDDEN, MSG_MEETING_FAULT_ROLE);
	TRY(meeting_calendar_get(c->db, who->body, year, &cal));
	if (!str_trim(note).n)
		return fail(c, RC_INVALID, MSG_MEETING_FAULT_NOTE);
	TRY(meeting_calendar_approve(c->db, cal.id, who->account, note, c->now, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_MEETING_FAULT_APPROVED);
	return duty_close(c, cal.id.v, 0, DUTY_MEETING_CALENDAR, DUTY_DONE);
}

/* ---- planning ---- */

static enum rc check_place(struct ctx *c, const struct actor *who, int64_t place)
{
	const struct body *b = pack_body(c->app->pack, who->body);
	const struct place *p = pack_place(c->app->pack, place);

	if (!b || (place && !p) || (b->place && (!p || !place_within(p, b->place->id))))
		return fail(c, RC_INVALID, MSG_MEETING_FAULT_PLACE);
	return RC_OK;
}

static enum rc check_times(struct ctx *c, struct when starts, struct when ends)
{
	if (starts.us <= c->now.us)
		return fail(c, RC_INVALID, MSG_MEETING_FAULT_PAST);
	if (ends.us <= starts.us || ends.us - starts.us > LENGTH_MAX)
		return fail(c, RC_INVALID, MSG_MEETING_FAULT_LENGTH);
	return RC_OK;
}

/* The standard says how many seats may be kept back; by default none. */
static enum rc check_words(struct ctx *c, const struct meeting_words *w)
{
	if (!str_trim(w->speaker).n || !str_trim(w->venue).n)
		return fail(c, RC_INVALID, MSG_MEETING_FAULT_WORDS);
	if (w->reserved * 100 > w->seats * clause(c, "meeting_reserved"))
		return fail(c, RC_INVALID, MSG_MEETING_FAULT_RESERVED);
	for (size_t i = 0; i < 2; i++) {
		struct str s = i ? w->video : w->broadcast;

		if (s.n && !str_starts(s, S("https://")) && !str_starts(s, S("http://")))
			return fail(c, RC_INVALID, MSG_MEETING_FAULT_LINK);
	}
	return RC_OK;
}

static enum rc owe_channels(struct ctx *c, const struct meeting_row *m)
{
	const struct meeting_rules *r = c->app->pack->meetings;

	for (size_t i = 0; i < r->n_channels; i++)
		TRY(duty_open(c, &(struct duty_new){ .kind = DUTY_MEETING_ANNOUNCE, .subject_kind = MEETING_SUBJECT, .subject = m->id.v, .part = (int64_t)i + 1,
						     .body = m->body_id, .due = meeting_announce_due(c, m) }));
	return RC_OK;
}

enum rc meeting_plan(struct ctx *c, const struct actor *who, const struct meeting_words *w, struct meeting_id *ret)
{
	const struct place *region = place_region(pack_place(c->app->pack, w->place));
	struct meeting_calendar_row cal = { 0 };
	struct meeting_id id = { id_make() };
	struct meeting_row m;
	int64_t changed;

	if (!meeting_holds(who, who->body, MP_ORGANISER))
		return fail(c, RC_FORBIDDEN, MSG_MEETING_FAULT_ROLE);
	TRY(check_place(c, who, w->place));
	TRY(check_times(c, w->starts, w->ends));
	TRY(check_words(c, w));
	enum rc rc = meeting_calendar_get(c->db, who->body, when_civil(w->starts).year, &cal);

	if (rc != RC_NOT_FOUND)
		TRY(rc);
	TRY(meeting_insert(c->db, id, who->body, w->place, region ? region->id : 0, when_set(cal.approved_at), w->starts, w->ends, w->lang, w->speaker, w->venue,
			   w->agenda, w->seats, w->reserved, w->broadcast, w->video, w->contact, c->now, &changed));
	TRY(meeting_by_id(c->db, id, &m));
	TRY(owe_channels(c, &m));
	TRY(meeting_note(c, id, MG_PLANNED, who->account, S(""), S("")));
	*ret = id;
	return RC_OK;
}

static enum rc organise(struct ctx *c, const struct actor *who, struct meeting_id id, enum meeting_event_kind e, struct meeting_row *ret)
{
	TRY(meeting_open_for(c, who, id, MP_ORGANISER, ret));
	return meeting_may(ret, e) ? RC_OK : fail(c, RC_CONFLICT, MSG_MEETING_FAULT_STATE);
}

enum rc meeting_change(struct ctx *c, const struct actor *who, struct meeting_id id, const struct meeting_words *w)
{
	struct meeting_row m;
	int64_t changed, taken;

	TRY(organise(c, who, id, MG_CHANGED, &m));
	TRY(check_words(c, w));
	TRY(meeting_set_words(c->db, id, w->speaker, w->venue, w->agenda, w->seats, w->reserved, w->broadcast, w->video, w->contact, c->now, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_MEETING_FAULT_STATE);
	/* a larger hall: who waits moves up */
	for (bool more = true; more;) {
		struct meeting_seat_row next;
		enum rc rc = meeting_seat_next(c->db, id, &next);

		if (rc == RC_NOT_FOUND)
			break;
		TRY(rc);
		TRY(meeting_take_seat(c->db, id, &taken));
		more = taken == 1;
		if (more)
			TRY(meeting_move_up(c, &m, &next));
	}
	return meeting_note(c, id, MG_CHANGED, who->account, S(""), S(""));
}

/* "2026-11-25T10:00:00+05:00 2026-11-26T10:00:00+05:00": from and to, for the history that everybody reads. */
enum rc meeting_shift(struct ctx *c, const struct actor *who, struct meeting_id id, struct when starts, struct when ends, struct str reason)
{
	struct meeting_row m;
	int64_t changed;

	TRY(organise(c, who, id, MG_MOVED, &m));
	TRY(check_times(c, starts, ends));
	if (!str_trim(reason).n)
		return fail(c, RC_INVALID, MSG_MEETING_FAULT_REASON);
	struct str detail = str_fmt(c->arena, "%.*s %.*s", STR_FMT(when_iso(c->arena, m.starts_at)), STR_FMT(when_iso(c->arena, starts)));

	TRY(meeting_set_moved(c->db, id, starts, ends, c->now, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_MEETING_FAULT_STATE);
	m.starts_at = starts;
	TRY(duty_move(c, id.v, 0, DUTY_MEETING_ANNOUNCE, meeting_announce_due(c, &m)));
	TRY(meeting_note(c, id, MG_MOVED, who->account, detail, reason));
	return str_eq(m.state, S("announced")) ? meeting_tell_later(c, id, MG_MOVED) : RC_OK;
}

enum rc meeting_cancel(struct ctx *c, const struct actor *who, struct meeting_id id, struct str reason)
{
	struct meeting_row m;
	int64_t changed;

	TRY(organise(c, who, id, MG_CANCELLED, &m));
	if (!str_trim(reason).n)
		return fail(c, RC_INVALID, MSG_MEETING_FAULT_REASON);
	TRY(meeting_set_cancelled(c->db, id, c->now, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_MEETING_FAULT_STATE);
	TRY(duty_close_all(c, id.v, 0, DUTY_CANCELLED));
	TRY(meeting_note(c, id, MG_CANCELLED, who->account, S(""), reason));
	/* what was asked beforehand is still owed an answer: the job files it */
	TRY(meeting_question_close(c->db, id, c->now, &changed));
	return str_eq(m.state, S("announced")) ? meeting_tell_later(c, id, MG_CANCELLED) : RC_OK;
}

/* ---- announcing ---- */

static enum rc channel_proven(struct ctx *c, struct meeting_id id, size_t channel)
{
	const struct meeting_channel *ch = &c->app->pack->meetings->channels[channel];
	int64_t n;

	TRY(meeting_proof_count(c->db, id, ch->code, &n));
	return n >= ch->proofs ? duty_close(c, id.v, (int64_t)channel + 1, DUTY_MEETING_ANNOUNCE, DUTY_DONE) : RC_OK;
}

enum rc meeting_prove(struct ctx *c, const struct actor *who, struct meeting_id id, const struct meeting_evidence *e)
{
	const struct meeting_channel *ch = meeting_channel(c->app->pack->meetings, e->channel);
	struct meeting_row m;
	struct url link;
	int64_t changed;

	TRY(organise(c, who, id, MG_PROVEN, &m));
	if (!ch)
		return fail(c, RC_INVALID, MSG_MEETING_FAULT_CHANNEL);
	if (!e->link.n && !e->sha256.n)
		return fail(c, RC_INVALID, MSG_MEETING_FAULT_PROOF);
	if (e->link.n && (!str_starts(e->link, S("http")) || !url_checked(c->arena, e->link, &link)))
		return fail(c, RC_INVALID, MSG_MEETING_FAULT_LINK);
	if (e->shown.v > when_day(c->now).v || e->shown.v < when_day(m.made_at).v - 366)
		return fail(c, RC_INVALID, MSG_MEETING_FAULT_SHOWN);
	TRY(meeting_proof_insert(c->db, (struct meeting_proof_id){ id_make() }, id, e->channel, e->link, e->note, e->shown, e->sha256, e->media_type, e->file_name,
				 who->account, c->now, &changed));
	TRY(meeting_note(c, id, MG_PROVEN, who->account, e->channel, S("")));
	return channel_proven(c, id, (size_t)(ch - c->app->pack->meetings->channels));
}

enum rc meeting_announce(struct ctx *c, const struct actor *who, struct meeting_id id)
{
	struct meeting_row m;
	int64_t changed;

	TRY(organise(c, who, id, MG_ANNOUNCED, &m));
	TRY(meeting_set_announced(c->db, id, c->now, &changed));
	if (!changed)
		return fail(c, RC_CONFLICT, MSG_MEETING_FAULT_STATE);
	TRY(meeting_note(c, id, MG_ANNOUNCED, who->account, S(""), S("")));
	TRY(meeting_find_again(c, id));
	return meeting_tell_later(c, id, MG_ANNOUNCED);
}
