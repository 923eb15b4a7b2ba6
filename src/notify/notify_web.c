#include "notify/notify.h"

#include "app/app.h"
#include "base/utf8.h"
#include "gen/messages.h"
#include "gen/notify_sql.h"
#include "gen/notify_tmpl.h"
#include "notify/notify_jobs.h"
#include "standard/pack.h"
#include "text/ident.h"

#define PAGE 30

/* In the demonstration everybody reads all mail; elsewhere the page does not exist. */
static enum rc demo_list_get(struct req *rq)
{
	struct mail_line_list l;
	int64_t before = req_after(rq);

	if (!rq->ctx.app->demo)
		return RC_NOT_FOUND;
	TRY(mail_list(rq->ctx.db, (struct mail_id){ before ? before : INT64_MAX }, PAGE + 1, &l));
	bool more = l.n > PAGE;

	l.n = more ? PAGE : l.n;
	struct out *o = page_open(rq, &(struct page){ .title = MSG_NOTIFY_DEMO_TITLE });

	tmpl_notify_list(o, &rq->view, &l, more);
	return page_close(rq);
}

static enum rc demo_show_get(struct req *rq)
{
	struct mail_row m;
	int64_t id;

	if (!rq->ctx.app->demo)
		return RC_NOT_FOUND;
	TRY(req_id(rq, 0, &id));
	TRY(mail_by_id(rq->ctx.db, (struct mail_id){ id }, &m));
	struct out *o = page_open(rq, &(struct page){ .title_text = m.subject });

	tmpl_notify_show(o, &rq->view, &m);
	return page_close(rq);
}

/* "a***@example.kz": enough to know one's own, too little to write to. */
static struct str masked_address(struct arena *a, struct str address)
{
	size_t at = str_find_byte(address, '@', 0);

	return at == SIZE_MAX ? S("***") : str_fmt(a, "%.*s***%.*s", STR_FMT(utf8_head(str_sub(address, 0, at), 1)), STR_FMT(str_from(address, at)));
}

/* The other side's line often repeats the address. */
static struct str masked_reply(struct ctx *c, struct str reply, struct str address)
{
	size_t at = str_find(reply, address, 0);
	struct mask_spans found;

	if (at != SIZE_MAX)
		reply = str_fmt(c->arena, "%.*s***%.*s", STR_FMT(str_sub(reply, 0, at)), STR_FMT(str_from(reply, at + address.n)));
	found = mask_find(c->arena, c->app->pack->phones, reply);
	return mask_apply(c->arena, reply, &found);
}

static enum rc refused_get(struct req *rq)
{
	struct mail_refused_row_list l;
	int64_t before = req_after(rq);

	TRY(mail_refused_list(rq->ctx.db, (struct mail_id){ before ? before : INT64_MAX }, PAGE + 1, &l));
	bool more = l.n > PAGE;

	l.n = more ? PAGE : l.n;
	for (size_t i = 0; i < l.n; i++) {
		l.v[i].smtp_reply = masked_reply(&rq->ctx, l.v[i].smtp_reply, l.v[i].address);
		l.v[i].address = masked_address(rq->ctx.arena, l.v[i].address);
	}
	struct out *o = page_open(rq, &(struct page){ .title = MSG_NOTIFY_REFUSED_TITLE, .desk = true });

	tmpl_notify_refused(o, &rq->view, &l, more);
	return page_close(rq);
}

static const struct route routes[] = {
	{ HTTP_GET, "/admin/letters", SITE_ADMIN, RL_READ, READ, refused_get },
	{ HTTP_GET, "/demo/mail", ANYONE, RL_READ, READ, demo_list_get },
	{ HTTP_GET, "/demo/mail/:id", ANYONE, RL_READ, READ, demo_show_get },
};

static const struct job_kind jobs[] = {
	{ .name = "mail.empty", .run = mail_empty, .every_sec = 60 },
	{ .name = "mail.send", .run = mail_send_run, .outside = mail_send_outside, .attempts_max = 20 },
	{ .name = "notify.digest", .run = notify_digest_run, .every_sec = 60 },
	{ .name = "notify.together", .run = notify_together_run, .attempts_max = 20 },
};

const struct module notify_module = {
	.name = "notify", .routes = routes, .n_routes = ARRAY_LEN(routes), .jobs = jobs, .n_jobs = ARRAY_LEN(jobs),
};
