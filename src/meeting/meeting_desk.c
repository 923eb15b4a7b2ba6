/* meeting_desk.c: where a body plans its meetings, announces them with proof, moves them, and approves the calendar of the year. */
#include "app/app.h"
#include "base/utf8.h"
#include "file/file.h"
#include "gen/meeting_tmpl.h"
#include "gen/messages.h"
#include "meeting/meeting_view.h"
#include "place/place.h"

#define LINES 60

struct plan_form {
	int64_t place, seats, reserved, hour, minute, length;
	struct day day;
	struct str lang, speaker, venue, agenda, broadcast, video, contact;
};
static const struct field plan_fields[] = {
	FIELD(struct plan_form, place, F_ID, 0, INT64_MAX, .label = MSG_MEETING_PLACE),
	FIELD(struct plan_form, day, F_DAY, 0, 0, .label = MSG_MEETING_DAY, .needed = true),
	FIELD(struct plan_form, hour, F_INT, 0, 23, .label = MSG_MEETING_HOUR, .needed = true),
	FIELD(struct plan_form, minute, F_INT, 0, 59, .label = MSG_MEETING_MINUTE),
	FIELD(struct plan_form, length, F_INT, 15, 960, .label = MSG_MEETING_LENGTH, .needed = true),
	FIELD(struct plan_form, lang, F_CHOICE, 2, 2, .choices = "kk|ru", .label = MSG_MEETING_LANG),
	FIELD(struct plan_form, speaker, F_TEXT, 3, 200, .label = MSG_MEETING_SPEAKER),
	FIELD(struct plan_form, venue, F_TEXT, 3, 300, .label = MSG_MEETING_VENUE),
	FIELD(struct plan_form, agenda, F_LINES, 0, 4000, .label = MSG_MEETING_AGENDA),
	FIELD(struct plan_form, seats, F_INT, 0, 100000, .label = MSG_MEETING_SEATS, .hint = MSG_MEETING_SEATS_HINT),
	FIELD(struct plan_form, reserved, F_INT, 0, 100000, .label = MSG_MEETING_RESERVED, .hint = MSG_MEETING_RESERVED_HINT),
	FIELD(struct plan_form, broadcast, F_TEXT, 0, 300, .label = MSG_MEETING_BROADCAST),
	FIELD(struct plan_form, video, F_TEXT, 0, 300, .label = MSG_MEETING_VIDEO),
	FIELD(struct plan_form, contact, F_TEXT, 0, 200, .label = MSG_MEETING_CONTACT),
};
static const struct form plan_form = { plan_fields, ARRAY_LEN(plan_fields), sizeof(struct plan_form), 0 };

struct proof_form {
	struct str channel, link, note;
	struct day shown;
	struct file_list files;
};
static const struct field proof_fields[] = {
	FIELD(struct proof_form, channel, F_CHOICE, 1, 60, .label = MSG_MEETING_CHANNEL),
	FIELD(struct proof_form, link, F_TEXT, 0, 500, .label = MSG_MEETING_LINK),
	FIELD(struct proof_form, shown, F_DAY, 0, 0, .label = MSG_MEETING_SHOWN, .needed = true),
	FIELD(struct proof_form, note, F_TEXT, 0, 200, .label = MSG_MEETING_PROOF_NOTE),
	FIELD(struct proof_form, files, F_FILES, 0, 1, .label = MSG_MEETING_PHOTO),
};
static const struct form proof_form = { proof_fields, ARRAY_LEN(proof_fields), sizeof(struct proof_form), (size_t)16 << 20 };

struct reason_form {
	struct str reason, note;
	struct day day;
	int64_t hour, minute, length, year;
};
static const struct field shift_fields[] = {
	FIELD(struct reason_form, day, F_DAY, 0, 0, .label = MSG_MEETING_DAY, .needed = true),
	FIELD(struct reason_form, hour, F_INT, 0, 23, .label = MSG_MEETING_HOUR, .needed = true),
	FIELD(struct reason_form, minute, F_INT, 0, 59, .label = MSG_MEETING_MINUTE),
	FIELD(struct reason_form, length, F_INT, 15, 960, .label = MSG_MEETING_LENGTH, .needed = true),
	FIELD(struct reason_form, reason, F_TEXT, 3, 500, .label = MSG_MEETING_REASON),
};
static const struct form shift_form = { shift_fields, ARRAY_LEN(shift_fields), sizeof(struct reason_form), 0, .repeats = true };
static const struct field cancel_fields[] = {
	FIELD(struct reason_form, reason, F_TEXT, 3, 500, .label = MSG_MEETING_REASON),
};
static const struct form cancel_form = { cancel_fields, ARRAY_LEN(cancel_fields), sizeof(struct reason_form), 0, .repeats = true };
static const struct field calendar_fields[] = {
	FIELD(struct reason_form, year, F_INT, 2000, 2200, .needed = true),
	FIELD(struct reason_form, note, F_TEXT, 3, 500, .label = MSG_MEETING_NOTE, .hint = MSG_MEETING_NOTE_HINT),
};
static const struct form calendar_form = { calendar_fields, ARRAY_LEN(calendar_fields), sizeof(struct reason_form), 0 };

static enum rc told(struct req *rq, enum rc rc)
{
	if (rc == RC_INVALID || rc == RC_CONFLICT) {
		req_fail(rq, NULL, rq->ctx.fail_msg);
		return RC_INVALID;
	}
	return rc;
}

/* ---- the body's meetings ---- */

/* What lies ahead or behind, from a cursor "MOMENT-ID" or from now. */
struct part {
	struct meeting_line_list l;
	struct str more;
};

static enum rc part_of(struct req *rq, bool past, struct part *ret)
{
	struct str s = req_query(rq, past ? "past" : "ahead"), first = S("");
	struct when at = { rq->ctx.now.us - 12 * WHEN_HOUR };
	struct meeting_id id = { 0 };

	if (s.n && (!str_cut(&s, '-', &first) || !str_to_i64(first, &at.us) || !str_to_i64(s, &id.v)))
		id.v = 0;
	TRY(past ? meeting_past_body(rq->ctx.db, rq->who.body, at, id, LINES + 1, &ret->l) : meeting_ahead_body(rq->ctx.db, rq->who.body, at, id, LINES + 1, &ret->l));
	ret->more = S("");
	if (ret->l.n > LINES) {
		ret->l.n = LINES;
		ret->more = meeting_cursor(rq->ctx.arena, &ret->l.v[LINES - 1]);
	}
	return RC_OK;
}

static enum rc list_get(struct req *rq)
{
	struct part ahead, past;
	struct meeting_owed_row_list owed;
	struct meeting_calendar_row cal = { 0 };
	struct day from = { 0 }, until = { 0 };
	int year = when_civil(rq->ctx.now).year;

	if (!rq->who.body)
		return redirect(rq, URL("/staff/body"), 0);
	TRY(part_of(rq, false, &ahead));
	TRY(part_of(rq, true, &past));
	if (day_from_ymd(year, 1, 1, &from) && day_from_ymd(year, 12, 31, &until))
		TRY(meeting_owed_of_body(rq->ctx.db, rq->who.body, from, until, 300, &owed));
	else
		return RC_INTERNAL;
	enum rc rc = meeting_calendar_get(rq->ctx.db, rq->who.body, year, &cal);

	if (rc != RC_NOT_FOUND)
		TRY(rc);
	rq->form.form = &calendar_form;
	struct out *o = page_open(rq, &(struct page){ .title = MSG_MEETING_DESK_TITLE, .nav = MSG_LAYOUT_NAV_MEETINGS, .desk = true });

	tmpl_meeting_desk_list(o, &rq->view, &ahead.l, ahead.more, &past.l, past.more, &owed, &cal, &rq->form, meeting_holds(&rq->who, rq->who.body, MP_ORGANISER), rq->ctx.app->pack);
	return page_close(rq);
}

static enum rc calendar_post(struct req *rq)
{
	const struct reason_form *f = FORM_OF(rq, struct reason_form);

	TRY(told(rq, meeting_approve_calendar(&rq->ctx, &rq->who, f->year, f->note)));
	return redirect(rq, URL("/desk/meetings"), MSG_MEETING_DONE_CALENDAR);
}

/* Places where the body's head may hold a meeting: what is owed first. */
static size_t places_of(const struct req *rq, struct option **ret)
{
	const struct pack *p = rq->ctx.app->pack;
	const struct body *b = pack_body(p, rq->who.body);
	size_t n = 0;

	*ret = ARENA_ARRAY(rq->ctx.arena, p->n_places + 1, struct option);
	if (b && !b->place)
		(*ret)[n++] = (struct option){ .value = S("0"), .text = name_in(&p->name, rq->view.lang) };
	for (size_t i = 0; b && i < p->n_places; i++)
		if (!b->place || place_within(&p->places[i], b->place->id))
			(*ret)[n++] = (struct option){ .value = str_i64(rq->ctx.arena, p->places[i].id),
						       .text = place_full_name(rq->ctx.arena, p, p->places[i].id, lang_id(rq->view.lang)) };
	return n;
}

static enum rc new_get(struct req *rq)
{
	struct option *places;
	struct plan_form *fresh = ARENA_NEW(rq->ctx.arena, struct plan_form);

	if (!rq->who.body)
		return redirect(rq, URL("/staff/body"), 0);
	size_t n = places_of(rq, &places);

	*fresh = (struct plan_form){ .hour = 15, .length = 120, .day = { INT32_MIN } };
	if (!rq->form.values)
		rq->form.values = fresh;
	rq->form.form = &plan_form;
	struct out *o = page_open(rq, &(struct page){ .title = MSG_MEETING_NEW, .nav = MSG_LAYOUT_NAV_MEETINGS, .desk = true, .refresh_form = true });

	tmpl_meeting_desk_new(o, &rq->view, &rq->form, places, n);
	return page_close(rq);
}

static struct meeting_words words_of(const struct plan_form *f)
{
	struct when starts = f->day.v == INT32_MIN ? (struct when){ 0 } : when_of_day(f->day, (int)f->hour, (int)f->minute);

	return (struct meeting_words){ .starts = starts, .ends = when_add(starts, f->length * WHEN_MINUTE), .place = f->place, .seats = f->seats,
				       .reserved = f->reserved, .lang = f->lang, .speaker = f->speaker, .venue = f->venue, .agenda = f->agenda,
				       .broadcast = f->broadcast, .video = f->video, .contact = f->contact };
}

static enum rc new_post(struct req *rq)
{
	struct meeting_words w = words_of(FORM_OF(rq, struct plan_form));
	struct meeting_id id;

	TRY(told(rq, meeting_plan(&rq->ctx, &rq->who, &w, &id)));
	return redirect(rq, meeting_desk_url(rq->ctx.arena, id.v, ""), MSG_MEETING_DONE_PLANNED);
}

/* ---- one meeting ---- */

static enum rc open_own(struct req *rq, struct meeting_page *ret)
{
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(meeting_page_make(rq, (struct meeting_id){ id }, ret));
	return ret->of_body ? RC_OK : RC_NOT_FOUND;
}

static enum rc show_get(struct req *rq)
{
	struct meeting_page p;
	struct option *channels;
	const struct meeting_rules *r = rq->ctx.app->pack->meetings;

	TRY(open_own(rq, &p));
	channels = ARENA_ARRAY(rq->ctx.arena, r->n_channels + 1, struct option);
	for (size_t i = 0; i < r->n_channels; i++)
		channels[i] = (struct option){ .value = r->channels[i].code, .text = name_in(&r->channels[i].name, rq->view.lang) };
	struct form_state none = { .form = &proof_form, .arena = rq->ctx.arena };
	struct out *o = page_open(rq, &(struct page){ .title_text = p.title, .nav = MSG_LAYOUT_NAV_MEETINGS, .desk = true });

	tmpl_meeting_desk_show(o, &rq->view, &p, &rq->form, rq->form.form == &proof_form ? &rq->form : &none, channels, r->n_channels,
			       meeting_announce_due(&rq->ctx, &p.m), &rq->who);
	return page_close(rq);
}

static enum rc edit_get(struct req *rq)
{
	struct meeting_page p;

	TRY(open_own(rq, &p));
	struct plan_form *now = ARENA_NEW(rq->ctx.arena, struct plan_form);

	*now = (struct plan_form){ .place = p.m.place_id, .seats = p.m.seats, .reserved = p.m.reserved, .day = when_day(p.m.starts_at), .lang = p.m.lang,
				   .hour = when_civil(p.m.starts_at).hour, .minute = when_civil(p.m.starts_at).minute,
				   .length = (p.m.ends_at.us - p.m.starts_at.us) / WHEN_MINUTE, .speaker = p.m.speaker, .venue = p.m.venue, .agenda = p.m.agenda,
				   .broadcast = p.m.broadcast, .video = p.m.video, .contact = p.m.contact };
	if (!rq->form.values)
		rq->form.values = now;
	rq->form.form = &plan_form;
	struct out *o = page_open(rq, &(struct page){ .title_text = p.title, .nav = MSG_LAYOUT_NAV_MEETINGS, .desk = true });

	tmpl_meeting_desk_edit(o, &rq->view, &p, &rq->form);
	return page_close(rq);
}

static enum rc done(struct req *rq, int64_t id, unsigned msg, enum rc rc)
{
	TRY(told(rq, rc));
	return redirect(rq, meeting_desk_url(rq->ctx.arena, id, ""), msg);
}

static enum rc edit_post(struct req *rq)
{
	struct meeting_words w = words_of(FORM_OF(rq, struct plan_form));
	int64_t id;

	TRY(req_id(rq, 0, &id));
	return done(rq, id, MSG_MEETING_DONE_SAVED, meeting_change(&rq->ctx, &rq->who, (struct meeting_id){ id }, &w));
}

/* The photo is drawn anew before the transaction. */
static enum rc proof_slow(struct req *rq)
{
	const struct proof_form *f = FORM_OF(rq, struct proof_form);
	struct stored_file *stored = ARENA_NEW(rq->ctx.arena, struct stored_file);

	rq->slow = stored;
	if (!f->files.n)
		return RC_OK;
	enum rc rc = file_store(&rq->ctx, &f->files.v[0], stored);

	if (rc == RC_INVALID || rc == RC_TOO_LARGE) {
		req_fail(rq, "files", rq->ctx.fail_msg);
		return RC_INVALID;
	}
	return rc;
}

static enum rc proof_post(struct req *rq)
{
	const struct proof_form *f = FORM_OF(rq, struct proof_form);
	const struct stored_file *stored = rq->slow;
	struct meeting_evidence e = { .channel = f->channel, .link = f->link, .note = f->note, .sha256 = stored->sha256, .media_type = stored->type,
				      .file_name = stored->name, .shown = f->shown };
	int64_t id;

	TRY(req_id(rq, 0, &id));
	return done(rq, id, MSG_MEETING_DONE_PROVEN, meeting_prove(&rq->ctx, &rq->who, (struct meeting_id){ id }, &e));
}

static enum rc announce_post(struct req *rq)
{
	int64_t id;

	TRY(req_id(rq, 0, &id));
	return done(rq, id, MSG_MEETING_DONE_ANNOUNCED, meeting_announce(&rq->ctx, &rq->who, (struct meeting_id){ id }));
}

static enum rc shift_post(struct req *rq)
{
	const struct reason_form *f = FORM_OF(rq, struct reason_form);
	struct when starts = f->day.v == INT32_MIN ? (struct when){ 0 } : when_of_day(f->day, (int)f->hour, (int)f->minute);
	int64_t id;

	TRY(req_id(rq, 0, &id));
	return done(rq, id, MSG_MEETING_DONE_MOVED,
		    meeting_shift(&rq->ctx, &rq->who, (struct meeting_id){ id }, starts, when_add(starts, f->length * WHEN_MINUTE), f->reason));
}

static enum rc cancel_post(struct req *rq)
{
	int64_t id;

	TRY(req_id(rq, 0, &id));
	return done(rq, id, MSG_MEETING_DONE_CANCELLED, meeting_cancel(&rq->ctx, &rq->who, (struct meeting_id){ id }, FORM_OF(rq, struct reason_form)->reason));
}

static const struct route routes[] = {
	{ HTTP_GET, "/desk/meetings", STAFF, RL_READ, READ, list_get },
	{ HTTP_POST, "/desk/meetings", STAFF, RL_WRITE, WRITE, calendar_post, &calendar_form, list_get },
	{ HTTP_GET, "/desk/meetings/new", STAFF, RL_READ, READ, new_get },
	{ HTTP_POST, "/desk/meetings/new", STAFF, RL_WRITE, WRITE, new_post, &plan_form, new_get },
	{ HTTP_GET, "/desk/meetings/:id", STAFF, RL_READ, READ, show_get },
	{ HTTP_GET, "/desk/meetings/:id/edit", STAFF, RL_READ, READ, edit_get },
	{ HTTP_POST, "/desk/meetings/:id/edit", STAFF, RL_WRITE, WRITE, edit_post, &plan_form, edit_get },
	{ HTTP_POST, "/desk/meetings/:id/proof", STAFF, RL_WRITE, SLOW, proof_post, &proof_form, show_get, proof_slow },
	{ HTTP_POST, "/desk/meetings/:id/announce", STAFF, RL_WRITE, WRITE, announce_post, NULL, show_get },
	{ HTTP_POST, "/desk/meetings/:id/move", STAFF, RL_WRITE, WRITE, shift_post, &shift_form, show_get },
	{ HTTP_POST, "/desk/meetings/:id/cancel", STAFF, RL_WRITE, WRITE, cancel_post, &cancel_form, show_get },
};

const struct module meeting_desk_module = { .name = "meeting_desk", .routes = routes, .n_routes = ARRAY_LEN(routes) };
