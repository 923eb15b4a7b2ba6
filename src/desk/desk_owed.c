/* desk_owed.c: everything that the body owes now: one list over all slices, what is due first on top. */
#include "app/app.h"
#include "app/subject.h"
#include "body/body.h"
#include "desk/desk.h"
#include "gen/desk_tmpl.h"
#include "gen/messages.h"
#include "petition/petition.h"
#include "standard/calendar.h"

#define PAGE 30

static enum rc debt_of(struct req *rq, const struct duty_row *d, struct desk_debt *ret)
{
	struct account_row holder;
	enum duty_kind k;

	*ret = (struct desk_debt){ .d = *d, .late = !when_set(d->paused_at) && d->due_at.us < rq->ctx.now.us };
	if (!duty_kind_by_name(d->kind, &k))
		return fail_log(&rq->ctx, RC_INTERNAL, S("a duty of an unknown kind"));
	ret->what = duty_kind_msg(k);
	ret->left = calendar_working_between(rq->ctx.app->pack, when_day(rq->ctx.now), when_day(d->due_at));
	enum rc rc = subject_show(&rq->ctx, rq->view.lang, d->subject_kind, d->subject_id, &ret->s);

	if (rc != RC_OK && rc != RC_NOT_FOUND) /* what was taken away is owed all the same */
		return rc;
	rc = d->account_id ? account_by_id(rq->ctx.db, (struct account_id){ d->account_id }, &holder) : RC_NOT_FOUND;

	if (rc == RC_OK)
		ret->holder = holder.name;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc desk_owed(struct req *rq, const struct option *tabs, size_t n_tabs)
{
	struct desk_debts l = { .v = ARENA_ARRAY(rq->ctx.arena, PAGE, struct desk_debt), .mine = req_query(rq, "whose").n != 0 };
	struct duty_row_list rows;
	struct when due;
	int64_t id;

	desk_cursor(rq, &due, &id);
	if (l.mine)
		TRY(duty_mine(rq->ctx.db, rq->who.account, due, (struct duty_id){ id }, PAGE + 1, &rows));
	else
		TRY(duty_owed(rq->ctx.db, rq->who.body, due, (struct duty_id){ id }, PAGE + 1, &rows));
	for (size_t i = 0; i < rows.n && i < PAGE; i++)
		TRY(debt_of(rq, &rows.v[i], &l.v[l.n++]));
	if (rows.n > PAGE)
		l.older = list_cursor(rq->ctx.arena, rows.v[PAGE - 1].due_at.us, rows.v[PAGE - 1].id.v);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_DESK_Q_ALL, .nav = MSG_LAYOUT_NAV_DESK, .desk = true });

	tmpl_desk_owed(o, &rq->view, tabs, n_tabs, &l, body_name(rq->ctx.app->pack, rq->who.body, lang_id(rq->view.lang)),
			desk_writes(rq), petition_moderator(&rq->ctx, &rq->who));
	return page_close(rq);
}
