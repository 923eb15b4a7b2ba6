#include "notify/notify.h"

#include "app/app.h"
#include "gen/messages.h"
#include "gen/notify_sql.h"
#include "gen/notify_tmpl.h"
#include "notify/notify_jobs.h"

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

static const struct route routes[] = {
	{ HTTP_GET, "/demo/mail", ANYONE, RL_READ, READ, demo_list_get },
	{ HTTP_GET, "/demo/mail/:id", ANYONE, RL_READ, READ, demo_show_get },
};

static const struct job_kind jobs[] = {
	{ .name = "mail.send", .run = mail_send_run, .outside = mail_send_outside, .attempts_max = 20 },
};

const struct module notify_module = {
	.name = "notify", .routes = routes, .n_routes = ARRAY_LEN(routes), .jobs = jobs, .n_jobs = ARRAY_LEN(jobs),
};
