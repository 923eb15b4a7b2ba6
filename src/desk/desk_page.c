#include "desk/desk.h"

#include "app/app.h"
#include "body/body.h"
#include "gen/messages.h"
#include "place/place.h"
#include "standard/options.h"
#include "text/ident.h"

enum rc desk_open(struct req *rq, bool for_change, struct appeal_case *ret)
{
	struct str number;

	if (!appeal_number_clean(rq->ctx.arena, rq->params[0], &number))
		return RC_NOT_FOUND;
	TRY(appeal_open(&rq->ctx, &rq->who, number, S(""), for_change, ret));
	/* the public page is elsewhere: the desk is for bodies that hold or held a share, and those above */
	return ret->view == VIEW_BODY || ret->view == VIEW_FULL ? RC_OK : RC_NOT_FOUND;
}

static size_t grounds(const struct req *rq, const char *use, struct option **ret)
{
	const struct pack *p = rq->ctx.app->pack;
	size_t n = 0;

	*ret = ARENA_ARRAY(rq->ctx.arena, p->n_grounds, struct option);
	for (size_t i = 0; i < p->n_grounds; i++)
		if (str_eq(p->grounds[i].use, str_of(use)))
			(*ret)[n++] = (struct option){ .value = p->grounds[i].code, .text = name_in(&p->grounds[i].text, rq->view.lang) };
	return n;
}

static void choices_of_pack(const struct req *rq, const struct appeal_row *a, struct desk_page *d)
{
	const struct pack *p = rq->ctx.app->pack;

	d->kinds = ARENA_ARRAY(rq->ctx.arena, p->n_kinds, struct option);
	for (size_t i = 0; i < p->n_kinds; i++)
		d->kinds[d->n_kinds++] = (struct option){ .value = p->kinds[i].code, .text = name_in(&p->kinds[i].name, rq->view.lang),
							  .chosen = str_eq(p->kinds[i].code, a->kind) };
	d->n_topics = pack_narrow_topic_options(rq, a->topic, &d->topics);
	d->n_pass = grounds(rq, "pass_on", &d->grounds_pass);
	d->n_stop = grounds(rq, "stop", &d->grounds_stop);
	d->n_refuse = grounds(rq, "refuse", &d->grounds_refuse);
	d->n_extend = grounds(rq, "extend", &d->grounds_extend);
}

/* Three that are competent, to tick; all of the country and of the region, to pick one more. */
static void choices_of_bodies(const struct req *rq, const struct appeal_row *a, struct desk_page *d)
{
	const struct pack *p = rq->ctx.app->pack;
	const struct place *where = pack_place(p, a->place_id);
	const struct topic *t = pack_topic(p, a->topic);
	const struct body *found[COMPETENT_MAX];
	size_t n = t ? body_competent(p, t, where, found) : 0;

	d->bodies = ARENA_ARRAY(rq->ctx.arena, COMPETENT_MAX, struct option);
	for (size_t i = 0; i < n; i++)
		if (found[i]->id != rq->who.body)
			d->bodies[d->n_bodies++] =
				(struct option){ .value = id_text(rq, found[i]->id), .text = name_in(&found[i]->name, rq->view.lang) };
	d->others = ARENA_ARRAY(rq->ctx.arena, p->n_bodies + 1, struct option);
	d->others[d->n_others++] = (struct option){ .value = S(""), .text = msg_text(rq->view.lang, MSG_DESK_NO_OTHER) };
	for (size_t i = 0; i < p->n_bodies; i++) {
		const struct body *b = &p->bodies[i];

		if (b->id != rq->who.body && (!b->place || (where && place_region(b->place) == place_region(where))))
			d->others[d->n_others++] = (struct option){ .value = id_text(rq, b->id), .text = name_in(&b->name, rq->view.lang) };
	}
}

static enum rc choices_of_people(struct req *rq, struct desk_page *d)
{
	static const enum role working[] = { ROLE_EXECUTOR, ROLE_COEXECUTOR };

	d->people = ARENA_ARRAY(rq->ctx.arena, 400, struct option);
	for (size_t r = 0; r < ARRAY_LEN(working); r++) {
		struct staff_name_list l;

		TRY(staff_of_role(rq->ctx.db, rq->who.body, str_of(role_name(working[r])), 200, &l));
		for (size_t i = 0; i < l.n; i++) {
			struct str id = id_text(rq, l.v[i].id.v);
			bool there = false;

			for (size_t k = 0; k < d->n_people; k++)
				there = there || str_eq(d->people[k].value, id);
			if (!there)
				d->people[d->n_people++] = (struct option){ .value = id, .text = l.v[i].name };
		}
	}
	return RC_OK;
}

static void texts_of_answer(struct req *rq, struct desk_page *d)
{
	struct out points = OUT_ON(rq->ctx.arena), steps = OUT_ON(rq->ctx.arena), options = OUT_ON(rq->ctx.arena);
	const struct appeal_case *k = d->p.k;

	for (size_t i = 0; i < k->parts.n; i++)
		out_fmt(&points, "%.*s\n", STR_FMT(k->parts.v[i].text));
	for (size_t i = 0; d->has_answer && i < d->answer.steps.n; i++) {
		const struct answer_step_row *s = &d->answer.steps.v[i];

		if (s->due_on.v)
			out_fmt(&steps, "%.*s ", STR_FMT(day_iso(rq->ctx.arena, s->due_on)));
		out_fmt(&steps, "%.*s\n", STR_FMT(s->text));
	}
	for (size_t i = 0; d->has_answer && i < d->answer.options.n; i++)
		out_fmt(&options, "%.*s\n", STR_FMT(d->answer.options.v[i].text));
	d->points_text = out_done(&points);
	d->steps_text = out_done(&steps);
	d->options_text = out_done(&options);
}

static void choices_of_answer(struct req *rq, struct desk_page *d)
{
	static const char *const codes[] = { "granted", "refused", "explained" };

	d->decisions = ARENA_ARRAY(rq->ctx.arena, ARRAY_LEN(codes), struct option);
	for (size_t i = 0; i < ARRAY_LEN(codes); i++)
		d->decisions[d->n_decisions++] =
			(struct option){ .value = str_of(codes[i]), .text = appeal_decision_text(rq->view.lang, str_of(codes[i])),
					 .chosen = d->has_answer && str_eq(d->answer.a.decision, str_of(codes[i])) };
	for (size_t i = 0; i < d->n_refuse; i++)
		d->grounds_refuse[i].chosen = d->has_answer && str_eq(d->answer.a.ground, d->grounds_refuse[i].value);
}

static enum rc load_answer(struct req *rq, const struct appeal_case *k, struct desk_page *d)
{
	enum rc rc = k->mine ? answer_current(&rq->ctx, k, &d->answer) : RC_NOT_FOUND;

	if (rc == RC_NOT_FOUND)
		return RC_OK;
	TRY(rc);
	d->has_answer = true;
	d->answer_open = d->answer.state < ANSWER_DELIVERED;
	return answer_faults_of(&rq->ctx, k, &d->answer, &d->faults);
}

static enum rc load_lock(struct req *rq, const struct appeal_case *k, struct desk_page *d)
{
	struct account_row holder;
	enum rc rc = edit_lock_get(rq->ctx.db, S("appeal"), k->a.id.v, &d->lock);

	if (rc == RC_NOT_FOUND)
		return RC_OK;
	TRY(rc);
	if (d->lock.account_id == rq->who.account || d->lock.until_at.us < rq->ctx.now.us) {
		d->lock.account_id = 0;
		return RC_OK;
	}
	if (account_by_id(rq->ctx.db, (struct account_id){ d->lock.account_id }, &holder) == RC_OK)
		d->lock_name = holder.name;
	return RC_OK;
}

/* What the page offers only when it is possible. */
static enum rc load_hearing(struct req *rq, const struct appeal_case *k, struct desk_page *d)
{
	struct hearing_row_list l;

	TRY(hearing_list(rq->ctx.db, k->a.id, &l));
	for (size_t i = 0; i < l.n; i++)
		d->hearing_planned |= k->mine && l.v[i].assignment_id.v == k->mine->id.v && !when_set(l.v[i].held_at);
	return RC_OK;
}

/* Everybody whom the head has named, with what they found. */
static enum rc load_team(struct req *rq, const struct appeal_case *k, struct desk_page *d)
{
	struct assignee_row_list l;

	if (!k->mine)
		return RC_OK;
	TRY(assignee_list(rq->ctx.db, k->mine->id, &l));
	d->team = ARENA_ARRAY(rq->ctx.arena, l.n + 1, struct desk_hand);
	for (size_t i = 0; i < l.n; i++) {
		struct desk_hand *h = &d->team[d->n_team++];
		struct account_row who;

		*h = (struct desk_hand){ .row = l.v[i], .name = S("—") };
		if (account_by_id(rq->ctx.db, (struct account_id){ l.v[i].account_id }, &who) == RC_OK)
			h->name = who.name;
		if (l.v[i].account_id == rq->who.account && !l.v[i].lead && !when_set(l.v[i].done_at))
			d->may_hand_in = true;
	}
	return RC_OK;
}

enum rc desk_page_make(struct req *rq, const struct appeal_case *k, struct desk_page *ret)
{
	struct desk_page d = { .form = &rq->form, .act = rq->form.n_errors && rq->n_params > 1 ? rq->params[1] : S("") };

	TRY(appeal_page_make(rq, k, S(""), &d.p));
	TRY(duty_of_subject(rq->ctx.db, k->a.id.v, &d.duties));
	TRY(note_list(rq->ctx.db, k->a.id, rq->who.body, &d.notes));
	TRY(load_answer(rq, k, &d));
	desk_overlay(rq, &d);
	TRY(desk_load_check(rq, &d));
	TRY(load_lock(rq, k, &d));
	TRY(load_team(rq, k, &d));
	TRY(load_hearing(rq, k, &d));
	choices_of_pack(rq, &k->a, &d);
	choices_of_bodies(rq, &k->a, &d);
	TRY(choices_of_people(rq, &d));
	choices_of_answer(rq, &d);
	texts_of_answer(rq, &d);
	*ret = d;
	return RC_OK;
}

struct str desk_typed(const struct desk_page *d, struct str act, const char *field, struct str otherwise)
{
	return str_eq(d->act, act) ? form_text(d->form, field) : otherwise;
}

bool desk_ticked(const struct desk_page *d, struct str act, struct str field, struct str value)
{
	const struct http_request *h = d->form->http;

	if (!h || !str_eq(d->act, act))
		return false;
	for (size_t i = 0; i < h->n_form; i++)
		if (str_eq(h->form[i].name, field) && str_eq(h->form[i].value, value))
			return true;
	return false;
}

struct str desk_share_typed(const struct desk_page *d, struct str helper)
{
	struct str s = d->form->http && str_eq(d->act, S("resolve")) ?
			       http_form(d->form->http, str_fmt(d->form->arena, "share_%.*s", STR_FMT(helper))) : S("");

	return s.p ? s : S("");
}

struct str desk_step_typed(const struct desk_page *d, struct str act, const struct answer_step_row *s, const char *field)
{
	struct str id = desk_typed(d, act, "step", S(""));
	int64_t step;

	return str_to_i64(id, &step) && step == s->id.v ? desk_typed(d, act, field, S("")) : S("");
}

bool desk_steps_open(const struct desk_page *d, const struct answer_whole *w)
{
	bool any = false;

	for (size_t i = 0; i < w->steps.n; i++)
		any = any || step_may(d->p.k, w, &w->steps.v[i]);
	return any;
}

struct str desk_part_reply(const struct desk_page *d, int64_t number)
{
	for (size_t i = 0; d->has_answer && i < d->answer.parts.n; i++)
		if (d->answer.parts.v[i].number == number)
			return d->answer.parts.v[i].text;
	return S("");
}
