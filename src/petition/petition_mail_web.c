/* petition_mail_web.c: the pages of signing by mail. They are the same for who is new, who is known and who is held back. */
#include "app/app.h"
#include "app/rate.h"
#include "gen/messages.h"
#include "gen/petition_tmpl.h"
#include "petition/petition_inner.h"
#include "petition/petition_pages.h"

struct mail_form {
	struct str name, mail, link;
	int64_t region, district;
	bool hidden, wants_mail;
};
static const struct field mail_fields[] = {
	FIELD(struct mail_form, name, F_TEXT, 2, 120, .label = MSG_PETITION_YOUR_NAME, .autocomplete = "name"),
	FIELD(struct mail_form, mail, F_EMAIL, 6, 254, .label = MSG_PETITION_YOUR_MAIL, .autocomplete = "email"),
	FIELD(struct mail_form, region, F_ID, 1, INT64_MAX, .label = MSG_PETITION_REGION, .needed = true),
	FIELD(struct mail_form, district, F_ID, 0, INT64_MAX, .label = MSG_PETITION_DISTRICT),
	FIELD(struct mail_form, hidden, F_BOOL, 0, 1, .label = MSG_PETITION_HIDE),
	FIELD(struct mail_form, wants_mail, F_BOOL, 0, 1, .label = MSG_PETITION_WANTS_MAIL),
	FIELD(struct mail_form, link, F_HIDDEN, 0, 60),
};
static const struct form mail_form = { mail_fields, ARRAY_LEN(mail_fields), sizeof(struct mail_form), 0 };
const struct form *const petition_mail_form = &mail_form;

static void name_faults(struct req *rq)
{
	unsigned msg = rq->ctx.fail_msg;

	req_fail(rq, msg == MSG_PETITION_FAULT_PLACE ? "region" : "name", msg);
}

static enum rc sign_post(struct req *rq)
{
	const struct mail_form *f = FORM_OF(rq, struct mail_form);
	struct petition_mail_signing s = { .name = f->name, .mail = f->mail, .link = f->link, .net = petition_net(rq->ctx.arena, &rq->http->from),
					   .lang = lang_code(rq->view.lang), .place = petition_place_of(rq->ctx.app->pack, f->region, f->district), .hidden = f->hidden,
					   .wants_mail = f->wants_mail };
	struct url to = url_path(rq->ctx.arena, "/petitions/{}/check-mail", 1, rq->params);
	int64_t id;

	TRY(req_id(rq, 0, &id));
	if (rate_hit(rq->ctx.app->rate, RL_SIGN, &rq->http->from, rq->ctx.now.us))
		return redirect(rq, to, 0); /* no letter goes; the page does not tell */
	enum rc rc = petition_sign_by_mail(&rq->ctx, (struct petition_id){ id }, &s);

	if (rc == RC_INVALID)
		name_faults(rq);
	TRY(rc);
	return redirect(rq, to, 0);
}

static enum rc check_get(struct req *rq)
{
	int64_t id;

	TRY(req_id(rq, 0, &id));
	if (!petition_signs_by(rq->ctx.app->pack, "mail"))
		return RC_NOT_FOUND;
	struct out *o = page_open(rq, &(struct page){ .title = MSG_PETITION_CHECK_MAIL, .nav = MSG_LAYOUT_NAV_PETITIONS });

	tmpl_petition_check_mail(o, &rq->view, rq->ctx.app->demo);
	return page_close(rq);
}

static enum rc confirm_get(struct req *rq)
{
	struct petition_confirm_page p = { .token = rq->params[0] };

	TRY(petition_confirm_look(&rq->ctx, p.token, &p.c));
	TRY(petition_by_id(rq->ctx.db, p.c.pending.petition_id, &p.p));
	struct out *o = page_open(rq, &(struct page){ .title = MSG_PETITION_CONFIRM, .nav = MSG_LAYOUT_NAV_PETITIONS });

	tmpl_petition_confirm(o, &rq->view, &p);
	return page_close(rq);
}

static struct url confirm_url(struct req *rq)
{
	return url_path(rq->ctx.arena, "/petitions/confirm/{}", 1, rq->params);
}

static enum rc confirm_post(struct req *rq)
{
	enum rc rc = petition_confirm(&rq->ctx, rq->params[0]);

	if (rc == RC_DUPLICATE)
		return redirect(rq, confirm_url(rq), MSG_PETITION_DONE_USED);
	TRY(rc);
	return redirect(rq, confirm_url(rq), MSG_PETITION_DONE_SIGNED);
}

static enum rc undo_post(struct req *rq)
{
	TRY(petition_confirm_undo(&rq->ctx, rq->params[0]));
	return redirect(rq, confirm_url(rq), MSG_PETITION_DONE_UNSIGNED);
}

/* With errors the same page again: the form lies there. */
static const struct route routes[] = {
	{ HTTP_POST, "/petitions/:id/sign-by-mail", ANYONE, RL_WRITE, WRITE, sign_post, &mail_form, petition_sign_get },
	{ HTTP_GET, "/petitions/:id/check-mail", ANYONE, RL_READ, READ, check_get },
	{ HTTP_GET, "/petitions/confirm/:token", ANYONE, RL_READ, READ, confirm_get },
	{ HTTP_POST, "/petitions/confirm/:token", ANYONE, RL_WRITE, WRITE, confirm_post },
	{ HTTP_POST, "/petitions/confirm/:token/undo", ANYONE, RL_WRITE, WRITE, undo_post },
};

const struct module petition_mail_module = { .name = "petition_mail", .routes = routes, .n_routes = ARRAY_LEN(routes) };
