/* petition_staff.c: the page where staff enter sheets, take signatures out and write to signers; and the page that ends such letters. */
#include "petition/petition_staff.h"

#include "app/app.h"
#include "app/audit.h"
#include "file/file.h"
#include "gen/messages.h"
#include "gen/petition_tmpl.h"
#include "petition/petition_desk.h"
#include "petition/petition_signers.h"
#include "place/place.h"

#define LINES 20

struct staff_form {
	struct str sheet, lines, reason, domain, cidr, why, kind, text, text_other;
	int64_t counted, region, district, out_region, paper, hour_from, hour_to;
	struct day since, until;
	struct file_list scan;
};
static const struct field paper_fields[] = {
	FIELD(struct staff_form, sheet, F_TEXT, 1, 60, .label = MSG_PETITION_SHEET, .hint = MSG_PETITION_SHEET_HINT),
	FIELD(struct staff_form, counted, F_INT, 1, 500, .label = MSG_PETITION_SHEET_COUNTED, .needed = true),
	FIELD(struct staff_form, region, F_ID, 1, INT64_MAX, .label = MSG_PETITION_REGION, .needed = true),
	FIELD(struct staff_form, district, F_ID, 0, INT64_MAX, .label = MSG_PETITION_DISTRICT),
	FIELD(struct staff_form, lines, F_LINES, 1, 50000, .label = MSG_PETITION_SHEET_LINES, .hint = MSG_PETITION_SHEET_LINES_HINT),
	FIELD(struct staff_form, reason, F_LINES, 3, 500, .label = MSG_PETITION_SHEET_REASON, .hint = MSG_PETITION_SHEET_REASON_HINT),
	FIELD(struct staff_form, scan, F_FILES, 0, 1, .label = MSG_PETITION_SHEET_SCAN, .needed = true),
};
static const struct form paper_form = { paper_fields, ARRAY_LEN(paper_fields), sizeof(struct staff_form), (size_t)16 << 20 };
static const struct field out_fields[] = {
	FIELD(struct staff_form, domain, F_TEXT, 0, 253, .label = MSG_PETITION_OUT_DOMAIN),
	FIELD(struct staff_form, cidr, F_TEXT, 0, 60, .label = MSG_PETITION_OUT_CIDR, .hint = MSG_PETITION_OUT_CIDR_HINT),
	FIELD(struct staff_form, since, F_DAY, 0, 0, .label = MSG_PETITION_OUT_SINCE),
	FIELD(struct staff_form, hour_from, F_INT, 0, 23, .label = MSG_PETITION_OUT_HOUR_FROM),
	FIELD(struct staff_form, until, F_DAY, 0, 0, .label = MSG_PETITION_OUT_UNTIL),
	FIELD(struct staff_form, hour_to, F_INT, 0, 24, .label = MSG_PETITION_OUT_HOUR_TO),
	FIELD(struct staff_form, out_region, F_ID, 0, INT64_MAX, .label = MSG_PETITION_REGION),
	FIELD(struct staff_form, paper, F_ID, 0, INT64_MAX, .label = MSG_PETITION_OUT_PAPER),
	FIELD(struct staff_form, why, F_LINES, 3, 1000, .label = MSG_PETITION_OUT_REASON, .hint = MSG_PETITION_OUT_REASON_HINT),
};
static const struct form out_form = { out_fields, ARRAY_LEN(out_fields), sizeof(struct staff_form), 0 };
static const struct field mail_fields[] = {
	FIELD(struct staff_form, kind, F_CHOICE, 1, 20, .choices = "decision|news", .label = MSG_PETITION_MAILING),
	FIELD(struct staff_form, text, F_LINES, 20, 5000, .label = MSG_PETITION_MAILING_TEXT),
	FIELD(struct staff_form, text_other, F_LINES, 0, 5000, .label = MSG_PETITION_MAILING_TEXT_OTHER),
};
static const struct form mail_form = { mail_fields, ARRAY_LEN(mail_fields), sizeof(struct staff_form), (size_t)128 << 10 };

struct url petition_desk_path(struct arena *a, struct petition_id id)
{
	struct str part[] = { str_i64(a, id.v) };

	return url_path(a, "/desk/petitions/{}", 1, part);
}

/* Of a job that takes out, and of a mailing. */
struct str petition_out_state(const struct lang *l, struct str state)
{
	static const struct { struct str state; unsigned msg; } states[] = {
		{ S_INIT("counting"), MSG_PETITION_JOB_COUNTING },   { S_INIT("counted"), MSG_PETITION_JOB_COUNTED },     { S_INIT("running"), MSG_PETITION_JOB_RUNNING },
		{ S_INIT("done"), MSG_PETITION_JOB_DONE },           { S_INIT("cancelled"), MSG_PETITION_JOB_CANCELLED }, { S_INIT("undoing"), MSG_PETITION_JOB_UNDOING },
		{ S_INIT("undone"), MSG_PETITION_JOB_UNDONE },       { S_INIT("superseded"), MSG_PETITION_JOB_SUPERSEDED },
	};

	for (size_t i = 0; i < ARRAY_LEN(states); i++)
		if (str_eq(states[i].state, state))
			return msg_text(l, states[i].msg);
	return state;
}

static void condition(struct out *o, const struct lang *l, unsigned msg, struct str value)
{
	if (value.n)
		out_fmt(o, "%s%.*s: %.*s", o->n ? " · " : "", STR_FMT(msg_text(l, msg)), STR_FMT(value));
}

struct str petition_out_conditions(struct arena *a, const struct lang *l, const struct pack *p, const struct invalidation_row *v)
{
	struct out o = OUT_ON(a);

	condition(&o, l, MSG_PETITION_OUT_DOMAIN, v->domain);
	condition(&o, l, MSG_PETITION_OUT_CIDR, v->cidr);
	condition(&o, l, MSG_PETITION_OUT_SINCE, when_set(v->since_at) ? lang_when(a, l, v->since_at) : S(""));
	condition(&o, l, MSG_PETITION_OUT_UNTIL, when_set(v->until_at) ? lang_when(a, l, v->until_at) : S(""));
	condition(&o, l, MSG_PETITION_REGION, v->place_id ? place_name(p, v->place_id, lang_id(l)) : S(""));
	condition(&o, l, MSG_PETITION_OUT_PAPER, v->paper_id ? str_i64(a, v->paper_id) : S(""));
	return out_done(&o);
}

/* ---- the page ---- */

static struct option *sheets_of(struct req *rq, const struct paper_row_list *l)
{
	struct option *o = ARENA_ARRAY(rq->ctx.arena, l->n + 1, struct option);

	for (size_t i = 0; i < l->n; i++)
		o[i] = (struct option){ .value = str_i64(rq->ctx.arena, l->v[i].id.v), .text = l->v[i].sheet };
	return o;
}

/* The form that was sent keeps what was typed; the others are fresh. */
static struct form_state *state_of(struct req *rq, const struct form *form)
{
	struct form_state *f = ARENA_NEW(rq->ctx.arena, struct form_state);

	*f = rq->form.form == form ? rq->form : (struct form_state){ .form = form, .arena = rq->ctx.arena };
	return f;
}

static enum rc page_get(struct req *rq)
{
	struct petition_signers s = { 0 };
	struct petition_id id;

	TRY(petition_page_load(rq, &s.p));
	id = s.p.p.id;
	s.may_enter = petition_operator(&rq->ctx, &rq->who) && petition_signs_by(s.p.pack, "paper") && petition_may(&s.p.p, PE_PAPER);
	s.may_take_out = petition_moderator(&rq->ctx, &rq->who);
	s.may_mail = petition_may_mail(&rq->ctx, &rq->who, &s.p.p);
	if (!petition_operator(&rq->ctx, &rq->who) && !s.may_mail)
		return RC_NOT_FOUND;
	TRY(paper_list(rq->ctx.db, id, (struct petition_paper_id){ INT64_MAX }, LINES, &s.papers));
	TRY(invalidation_list(rq->ctx.db, id, (struct petition_invalidation_id){ INT64_MAX }, LINES, &s.outs));
	TRY(mailing_list(rq->ctx.db, id, (struct petition_mailing_id){ INT64_MAX }, LINES, &s.mailings));
	s.sheets = sheets_of(rq, &s.papers);
	s.places = petition_places(rq);
	s.paper = state_of(rq, &paper_form);
	s.out = state_of(rq, &out_form);
	s.mail = state_of(rq, &mail_form);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_PETITION_STAFF, .nav = MSG_LAYOUT_NAV_DESK, .desk = true });

	tmpl_petition_signers(o, &rq->view, &s, rq->form.form ? &rq->form : s.paper);
	return page_close(rq);
}

static struct url here(struct req *rq, int64_t id)
{
	struct str part[] = { str_i64(rq->ctx.arena, id) };

	return url_path(rq->ctx.arena, "/desk/petitions/{}/signatures", 1, part);
}

/* ---- paper ---- */

static enum rc paper_slow(struct req *rq)
{
	const struct staff_form *f = FORM_OF(rq, struct staff_form);
	struct stored_file *file = ARENA_NEW(rq->ctx.arena, struct stored_file);

	if (!petition_operator(&rq->ctx, &rq->who))
		return RC_FORBIDDEN;
	rq->slow = file;
	if (!f->scan.n)
		return RC_OK;
	enum rc rc = file_store(&rq->ctx, &f->scan.v[0], file);

	if (rc == RC_INVALID || rc == RC_TOO_LARGE) {
		req_fail(rq, "scan", rq->ctx.fail_msg);
		return RC_INVALID;
	}
	return rc;
}

/* A wrong line is named by its number; nothing is entered until all are right, and nothing typed is lost. */
static enum rc check_lines(struct req *rq, const struct staff_form *f)
{
	struct petition_paper_line *lines;
	struct str wrong;
	size_t n;

	TRY(petition_paper_read(&rq->ctx, f->lines, petition_place_of(rq->ctx.app->pack, f->region, f->district), &lines, &n, &wrong));
	if (!wrong.n)
		return RC_OK;
	struct msg_arg *arg = ARENA_NEW(rq->ctx.arena, struct msg_arg);

	*arg = ARG_S("lines", wrong);
	req_fail(rq, "lines", MSG_PETITION_FAULT_LINES);
	rq->form.errors[rq->form.n_errors - 1].args = arg;
	rq->form.errors[rq->form.n_errors - 1].n_args = 1;
	return RC_INVALID;
}

static const char *field_of_fault(unsigned msg)
{
	static const struct { unsigned msg; const char *field; } known[] = {
		{ MSG_PETITION_FAULT_SCAN, "scan" },        { MSG_PETITION_FAULT_PLACE, "region" },      { MSG_PETITION_FAULT_SHEET_COUNT, "counted" },
		{ MSG_PETITION_FAULT_SHEET_KNOWN, "sheet" }, { MSG_PETITION_FAULT_SHEET_LINES, "lines" }, { MSG_PETITION_FAULT_SHEET_LONG, "lines" },
		{ MSG_PETITION_FAULT_CIDR, "cidr" },        { MSG_PETITION_FAULT_SHEET, "paper" },
	};

	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (known[i].msg == msg)
			return known[i].field;
	return NULL;
}

/* Whatever is wrong with the words stands beside its field, and what was typed stays. */
static enum rc settle(struct req *rq, enum rc rc)
{
	if (rc != RC_INVALID && !(rc == RC_DUPLICATE && rq->ctx.fail_msg))
		return rc;
	if (!rq->form.n_errors)
		req_fail(rq, field_of_fault(rq->ctx.fail_msg), rq->ctx.fail_msg);
	return RC_INVALID;
}

static enum rc paper_post(struct req *rq)
{
	const struct staff_form *f = FORM_OF(rq, struct staff_form);
	const struct stored_file *scan = rq->slow;
	struct petition_sheet_new s = { .sheet = f->sheet, .reason = f->reason, .lines = f->lines, .scan_sha256 = scan->sha256, .scan_type = scan->type, .counted = f->counted,
					.place = petition_place_of(rq->ctx.app->pack, f->region, f->district) };
	struct paper_row done;
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(check_lines(rq, f));
	TRY(settle(rq, petition_paper(&rq->ctx, &rq->who, (struct petition_id){ id }, &s, &done)));
	TRY(audit(rq, "petition.paper", PETITION, id, str_fmt(rq->ctx.arena, "%.*s: %lld + %lld", STR_FMT(f->sheet), (long long)done.taken, (long long)done.doubled)));
	return redirect(rq, here(rq, id), done.doubled ? MSG_PETITION_DONE_SHEET_DOUBLED : MSG_PETITION_DONE_SAVED);
}

/* The scan, for those who enter and check sheets only. */
static enum rc scan_get(struct req *rq)
{
	struct paper_row p;
	struct str bytes;
	int64_t id, sheet;

	TRY(req_id(rq, 0, &id));
	TRY(req_id(rq, 1, &sheet));
	if (!petition_operator(&rq->ctx, &rq->who))
		return RC_NOT_FOUND;
	TRY(paper_by_id(rq->ctx.db, (struct petition_paper_id){ sheet }, &p));
	if (p.petition_id.v != id)
		return RC_NOT_FOUND;
	TRY(file_load(&rq->ctx, p.scan_sha256, &bytes));
	return send_file(rq, str_z(rq->ctx.arena, p.scan_type), str_fmt(rq->ctx.arena, "sheet-%lld", (long long)sheet), bytes);
}

/* ---- taking out ---- */

static struct when moment(struct day d, int64_t hour)
{
	return d.v == INT32_MIN ? (struct when){ 0 } : when_add(when_of_day(d, 0, 0), hour * WHEN_HOUR);
}

static enum rc out_post(struct req *rq)
{
	const struct staff_form *f = FORM_OF(rq, struct staff_form);
	/* a last day without an hour is meant as a whole */
	struct petition_invalidating n = { .domain = f->domain, .cidr = f->cidr, .reason = f->why, .since = moment(f->since, f->hour_from),
					   .until = moment(f->until, f->hour_to ? f->hour_to : 24), .paper = f->paper, .place = f->out_region };
	struct petition_invalidation_id job;
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(settle(rq, petition_invalidate(&rq->ctx, &rq->who, (struct petition_id){ id }, &n, &job)));
	TRY(audit(rq, "petition.invalidate", PETITION, id, str_i64(rq->ctx.arena, job.v)));
	return redirect(rq, here(rq, id), MSG_PETITION_DONE_COUNTING);
}

static enum rc turn(struct req *rq, const char *act, enum rc (*run)(struct ctx *c, const struct actor *who, struct petition_invalidation_id id))
{
	struct invalidation_row v;
	int64_t id, job;

	TRY(req_id(rq, 0, &id));
	TRY(req_id(rq, 1, &job));
	TRY(invalidation_by_id(rq->ctx.db, (struct petition_invalidation_id){ job }, &v));
	if (v.petition_id.v != id)
		return RC_NOT_FOUND;
	TRY(run(&rq->ctx, &rq->who, v.id));
	TRY(audit(rq, act, PETITION, id, str_i64(rq->ctx.arena, job)));
	return redirect(rq, here(rq, id), MSG_PETITION_DONE_SAVED);
}

static enum rc start_post(struct req *rq)
{
	return turn(rq, "petition.invalidate_start", petition_invalidate_start);
}

static enum rc cancel_post(struct req *rq)
{
	return turn(rq, "petition.invalidate_cancel", petition_invalidate_cancel);
}

static enum rc undo_post(struct req *rq)
{
	return turn(rq, "petition.invalidate_undo", petition_invalidate_undo);
}

/* ---- letters ---- */

static enum rc mail_post(struct req *rq)
{
	const struct staff_form *f = FORM_OF(rq, struct staff_form);
	struct petition_mailing_id m;
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(settle(rq, petition_mail_signers(&rq->ctx, &rq->who, (struct petition_id){ id }, f->kind, f->text, f->text_other, &m)));
	TRY(audit(rq, "petition.mail", PETITION, id, f->kind));
	return redirect(rq, here(rq, id), MSG_PETITION_DONE_MAILING);
}

static enum rc stop_mail_post(struct req *rq)
{
	struct mailing_row m;
	int64_t id, mailing;

	TRY(req_id(rq, 0, &id));
	TRY(req_id(rq, 1, &mailing));
	TRY(mailing_by_id(rq->ctx.db, (struct petition_mailing_id){ mailing }, &m));
	if (m.petition_id.v != id)
		return RC_NOT_FOUND;
	TRY(petition_mailing_cancel(&rq->ctx, &rq->who, m.id));
	return redirect(rq, here(rq, id), MSG_PETITION_DONE_SAVED);
}

static enum rc off_get(struct req *rq)
{
	struct petition_signature_id id;
	struct signature_petition_row s;
	struct petition_row p;

	TRY(petition_letters_of(&rq->ctx, rq->params[0], &id, &s));
	TRY(petition_by_id(rq->ctx.db, s.petition_id, &p));
	struct out *o = page_open(rq, &(struct page){ .title = MSG_PETITION_LETTERS_OFF, .nav = MSG_LAYOUT_NAV_PETITIONS });

	tmpl_petition_letters_off(o, &rq->view, &p, s.mail_off, rq->params[0]);
	return page_close(rq);
}

/* By the button of the page, or by the mail reader itself (RFC 8058): the token is all it takes. */
static enum rc off_post(struct req *rq)
{
	struct petition_signature_id id;
	struct signature_petition_row s;
	int64_t changed;

	TRY(petition_letters_of(&rq->ctx, rq->params[0], &id, &s));
	TRY(signature_set_mail_off(rq->ctx.db, id, true, &changed));
	return redirect(rq, url_path(rq->ctx.arena, "/petitions/letters/{}", 1, rq->params), 0);
}

static const struct route routes[] = {
	{ HTTP_GET, "/desk/petitions/:id/signatures", STAFF, RL_READ, READ, page_get },
	{ HTTP_POST, "/desk/petitions/:id/paper", STAFF, RL_WRITE, SLOW, paper_post, &paper_form, page_get, paper_slow },
	{ HTTP_GET, "/desk/petitions/:id/paper/:sheet", STAFF, RL_READ, READ, scan_get },
	{ HTTP_POST, "/desk/petitions/:id/invalidate", STAFF, RL_WRITE, WRITE, out_post, &out_form, page_get },
	{ HTTP_POST, "/desk/petitions/:id/invalidate/:job/start", STAFF, RL_WRITE, WRITE, start_post },
	{ HTTP_POST, "/desk/petitions/:id/invalidate/:job/cancel", STAFF, RL_WRITE, WRITE, cancel_post },
	{ HTTP_POST, "/desk/petitions/:id/invalidate/:job/undo", STAFF, RL_WRITE, WRITE, undo_post },
	{ HTTP_POST, "/desk/petitions/:id/mail", STAFF, RL_WRITE, WRITE, mail_post, &mail_form, page_get },
	{ HTTP_POST, "/desk/petitions/:id/mail/:mailing/cancel", STAFF, RL_WRITE, WRITE, stop_mail_post },
};
static const struct route letters_routes[] = {
	{ HTTP_GET, "/petitions/letters/:token", ANYONE, RL_READ, READ, off_get },
	{ HTTP_POST, "/petitions/letters/:token", ANYONE, RL_WRITE, WRITE, off_post, .api = true },
};

const struct module petition_staff_module = { .name = "petition_staff", .routes = routes, .n_routes = ARRAY_LEN(routes) };
const struct module petition_letters_module = { .name = "petition_letters", .routes = letters_routes, .n_routes = ARRAY_LEN(letters_routes) };
