/* booking_web.c: a window is chosen, kept, asked for and confirmed in three steps; moved or given back by the booking's own address. A GET never acts. */
#include "channel/feed.h"
#include "gen/account_sql.h"
#include "gen/messages.h"
#include "gen/reception_tmpl.h"
#include "html/qr.h"
#include "reception/reception_view.h"

#define NEXT 12

struct who_form {
	struct str name, email, phone, matter, lang;
};
static const struct field who_fields[] = {
	FIELD(struct who_form, name, F_TEXT, 2, 120, .label = MSG_RECEPTION_NAME, .autocomplete = "name"),
	FIELD(struct who_form, email, F_EMAIL, 0, 254, .label = MSG_RECEPTION_EMAIL, .hint = MSG_RECEPTION_EMAIL_HINT, .autocomplete = "email", .needed = true),
	FIELD(struct who_form, phone, F_PHONE, 0, 20, .label = MSG_RECEPTION_PHONE, .hint = MSG_RECEPTION_PHONE_HINT, .autocomplete = "tel"),
	FIELD(struct who_form, matter, F_LINES, 0, 1000, .label = MSG_RECEPTION_MATTER, .hint = MSG_RECEPTION_MATTER_HINT),
	FIELD(struct who_form, lang, F_CHOICE, 1, 2, .choices = "kk|ru|en", .label = MSG_RECEPTION_LANG),
};
static const struct form who_form = { who_fields, ARRAY_LEN(who_fields), sizeof(struct who_form), 0 };

struct code_form {
	struct str code;
};
static const struct field code_fields[] = {
	FIELD(struct code_form, code, F_TEXT, 4, 12, .label = MSG_RECEPTION_CODE, .hint = MSG_RECEPTION_CODE_HINT, .autocomplete = "one-time-code"),
};
static const struct form code_form = { code_fields, ARRAY_LEN(code_fields), sizeof(struct code_form), 0 };

/* Number and secret together; anything else is not there. */
static enum rc open_booking(struct req *rq, struct reception_booking_row *ret)
{
	TRY(reception_booking_by_number(rq->ctx.db, rq->params[0], ret));
	return same_secret(rq->params[1], reception_secret(&rq->ctx, rq->ctx.arena, ret->id)) ? RC_OK : RC_NOT_FOUND;
}

static enum rc load(struct req *rq, size_t next, struct reception_booking_page *ret)
{
	struct reception_booking_page p = { .known = rq->who.account && !rq->who.body };
	const struct reception_booking_row *b = &p.b;

	TRY(open_booking(rq, &p.b));
	TRY(reception_day_page_make(rq, b->day_id, &p.day));
	p.secret = rq->params[1];
	p.lapsed = (str_eq(b->state, S("reserved")) || str_eq(b->state, S("waiting"))) && b->expires_at.us <= rq->ctx.now.us;
	if (!url_checked(rq->ctx.arena, p.day.d.link, &p.video))
		p.video = URL("/receptions");
	bool elsewhere = p.lapsed || str_eq(b->state, S("lapsed")) || str_eq(b->state, S("called_off")) || str_eq(b->state, S("cancelled"));

	if (next || elsewhere) {
		TRY(reception_slot_next_head(rq->ctx.db, b->head_id, rq->ctx.now, NEXT, &p.next));
		if (!p.next.n)
			TRY(reception_slot_next_body(rq->ctx.db, b->body_id, rq->ctx.now, NEXT, &p.next));
	}
	if (str_eq(b->state, S("booked")))
		p.qr = html_qr(rq->ctx.arena, str_cat(rq->ctx.arena, rq->ctx.app->public_url, url_str(reception_booking_url(&rq->ctx, rq->ctx.arena, b))));
	*ret = p;
	return RC_OK;
}

static enum rc prefill(struct req *rq, const struct reception_booking_page *p)
{
	struct who_form *f = ARENA_NEW(rq->ctx.arena, struct who_form);
	struct account_row me;

	if (rq->form.values)
		return RC_OK;
	f->lang = lang_code(rq->view.lang);
	if (p->known) {
		TRY(account_by_id(rq->ctx.db, (struct account_id){ rq->who.account }, &me));
		f->name = me.name;
	}
	rq->form.values = f;
	return RC_OK;
}

static enum rc show_get(struct req *rq)
{
	struct reception_booking_page p;

	TRY(load(rq, 0, &p));
	if (str_eq(p.b.state, S("waiting"))) {
		rq->form.form = &code_form;
	} else {
		rq->form.form = &who_form;
		TRY(prefill(rq, &p));
	}
	http_set_header(rq->http, S("Cache-Control"), S("no-store"));
	struct out *o = page_open(rq, &(struct page){ .title = MSG_RECEPTION_BOOKING, .nav = MSG_LAYOUT_NAV_RECEPTIONS });

	tmpl_reception_booking(o, &rq->view, &p, &rq->form);
	return page_close(rq);
}

static struct url to_booking(struct req *rq, const struct reception_booking_row *b)
{
	return reception_booking_url(&rq->ctx, rq->ctx.arena, b);
}

/* Taken, closed, past: said in words on the page of the day, which shows what is free instead. */
static enum rc slot_post(struct req *rq)
{
	struct reception_booking_row b;
	struct reception_slot_row s;
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(reception_slot_by_id(rq->ctx.db, (struct reception_slot_id){ id }, &s));
	enum rc rc = reception_reserve(&rq->ctx, &rq->who, s.id, lang_id(rq->view.lang), &b);

	if (rc == RC_CONFLICT)
		return redirect(rq, reception_day_url(rq->ctx.arena, s.day_id), rq->ctx.fail_msg);
	TRY(rc);
	return redirect(rq, to_booking(rq, &b), 0);
}

static enum rc who_post(struct req *rq)
{
	const struct who_form *f = FORM_OF(rq, struct who_form);
	struct reception_person p = { .name = f->name, .email = f->email, .phone = f->phone, .matter = f->matter, .lang = lang_id(rq->view.lang) };
	struct reception_booking_row b;
	struct account_row me;

	TRY(open_booking(rq, &b));
	if (f->lang.n)
		rc_ignore(lang_by_code(f->lang, &p.lang) ? RC_OK : RC_INVALID);
	if (rq->who.account && !rq->who.body) {
		TRY(account_by_id(rq->ctx.db, (struct account_id){ rq->who.account }, &me));
		p.email = me.email;
	}
	enum rc rc = reception_ask(&rq->ctx, &rq->who, &b, &p);

	if (rc == RC_INVALID)
		req_fail(rq, rq->ctx.fail_msg == MSG_RECEPTION_FAULT_EMAIL ? "email" : NULL, rq->ctx.fail_msg);
	if (rc == RC_CONFLICT)
		return redirect(rq, to_booking(rq, &b), rq->ctx.fail_msg);
	TRY(rc);
	return redirect(rq, to_booking(rq, &b), 0);
}

/* A wrong code must be counted although it is refused: so it is a redirect with a word, not a failure. */
static enum rc confirm_post(struct req *rq)
{
	const struct code_form *f = FORM_OF(rq, struct code_form);
	struct reception_booking_row b;

	TRY(open_booking(rq, &b));
	enum rc rc = reception_confirm(&rq->ctx, &b, f->code);

	if (rc == RC_INVALID || rc == RC_CONFLICT)
		return redirect(rq, to_booking(rq, &b), rq->ctx.fail_msg);
	TRY(rc);
	return redirect(rq, to_booking(rq, &b), MSG_RECEPTION_DONE_BOOKED);
}


/* The letter's link: mail scanners open it too, so it only shows a button. */
static enum rc confirm_get(struct req *rq)
{
	struct reception_booking_page p;

	TRY(load(rq, 0, &p));
	if (!str_eq(p.b.state, S("waiting")) || p.lapsed)
		return redirect(rq, to_booking(rq, &p.b), 0);
	p.code = rq->params[2];
	struct out *o = page_open(rq, &(struct page){ .title = MSG_RECEPTION_CONFIRM, .nav = MSG_LAYOUT_NAV_RECEPTIONS });

	tmpl_reception_confirm(o, &rq->view, &p);
	return page_close(rq);
}

static enum rc cancel_post(struct req *rq)
{
	struct reception_booking_row b;

	TRY(open_booking(rq, &b));
	enum rc rc = reception_cancel(&rq->ctx, &rq->who, &b);

	if (rc == RC_CONFLICT)
		return redirect(rq, to_booking(rq, &b), rq->ctx.fail_msg);
	TRY(rc);
	return redirect(rq, to_booking(rq, &b), MSG_RECEPTION_DONE_CANCELLED);
}

static enum rc move_get(struct req *rq)
{
	struct reception_booking_page p;

	TRY(load(rq, NEXT, &p));
	if (!reception_moved("booking", p.b.state, RE_MOVED))
		return redirect(rq, to_booking(rq, &p.b), 0);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_RECEPTION_MOVE, .nav = MSG_LAYOUT_NAV_RECEPTIONS });

	tmpl_reception_move(o, &rq->view, &p);
	return page_close(rq);
}

static enum rc move_post(struct req *rq)
{
	struct reception_booking_row b;
	int64_t slot;

	TRY(open_booking(rq, &b));
	TRY(req_id(rq, 2, &slot));
	enum rc rc = reception_move_to(&rq->ctx, &rq->who, &b, (struct reception_slot_id){ slot });

	if (rc == RC_CONFLICT)
		return redirect(rq, url_path(rq->ctx.arena, "/bookings/{}/{}/move", 2, rq->params), rq->ctx.fail_msg);
	TRY(rc);
	return redirect(rq, to_booking(rq, &b), MSG_RECEPTION_DONE_MOVED);
}

static enum rc ics_get(struct req *rq)
{
	struct reception_booking_page p;
	struct out o = OUT_ON(rq->ctx.arena);
	struct arena *a = rq->ctx.arena;

	TRY(load(rq, 0, &p));
	bool video = str_eq(p.day.d.kind, S("video"));
	struct ical_event e = { .uid = str_fmt(a, "booking-%.*s@jauap", STR_FMT(p.b.number)), .starts = p.b.starts_at,
				.ends = when_add(p.b.starts_at, p.day.d.slot_min * WHEN_MINUTE), .made = rq->ctx.now, .version = p.b.moved_n + (when_set(p.b.ended_at) ? 1 : 0),
				.cancelled = str_eq(p.b.state, S("cancelled")) || str_eq(p.b.state, S("called_off")), .remind_min = 60,
				.title = msg_fmt(a, rq->view.lang, MSG_RECEPTION_ICS, ARGS(ARG_S("who", reception_head_text(&rq->view, &p.day.h)))),
				.where = video ? p.day.d.link : p.day.at.address, .text = p.day.body };

	if (!str_eq(p.b.state, S("booked")) && !e.cancelled)
		return RC_NOT_FOUND;
	ical_begin(&o, S(""));
	ical_add(&o, &e);
	ical_end(&o);
	http_set_header(rq->http, S("Cache-Control"), S("no-store"));
	return send_file(rq, "text/calendar; charset=utf-8", str_cat(a, p.b.number, S(".ics")), out_done(&o));
}

/* From the cabinet: the secret is not written into lists. */
static enum rc mine_get(struct req *rq)
{
	struct reception_booking_row b;
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(reception_booking_by_id(rq->ctx.db, (struct reception_booking_id){ id }, &b));
	return b.account_id && b.account_id == rq->who.account ? redirect(rq, to_booking(rq, &b), 0) : RC_NOT_FOUND;
}

static const struct route routes[] = {
	{ HTTP_POST, "/receptions/slots/:id", ANYONE, RL_SUBMIT, WRITE, slot_post },
	{ HTTP_GET, "/receptions/mine/:id", CITIZEN, RL_READ, READ, mine_get },
	{ HTTP_GET, "/bookings/:number/:secret", ANYONE, RL_READ, READ, show_get },
	{ HTTP_POST, "/bookings/:number/:secret", ANYONE, RL_SUBMIT, WRITE, who_post, &who_form, show_get },
	{ HTTP_GET, "/bookings/:number/:secret/confirm/:code", ANYONE, RL_READ, READ, confirm_get },
	{ HTTP_POST, "/bookings/:number/:secret/confirm", ANYONE, RL_SUBMIT, WRITE, confirm_post, &code_form, show_get },
	{ HTTP_POST, "/bookings/:number/:secret/cancel", ANYONE, RL_WRITE, WRITE, cancel_post },
	{ HTTP_GET, "/bookings/:number/:secret/move", ANYONE, RL_READ, READ, move_get },
	{ HTTP_POST, "/bookings/:number/:secret/move/:slot", ANYONE, RL_WRITE, WRITE, move_post },
	{ HTTP_GET, "/bookings/:number/:secret/reception.ics", ANYONE, RL_READ, READ, ics_get },
};

const struct module reception_booking_module = { .name = "booking", .routes = routes, .n_routes = ARRAY_LEN(routes) };
