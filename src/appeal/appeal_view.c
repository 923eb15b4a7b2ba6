#include "appeal/appeal_view.h"

#include "app/app.h"
#include "appeal/appeal_web.h"
#include "appeal/appeal_words.h"
#include "base/vec.h"
#include "body/body.h"
#include "gen/messages.h"
#include "place/place.h"
#include "standard/calendar.h"
#include "text/ident.h"

enum tone appeal_tone(enum appeal_state s, const struct appeal_row *a)
{
	static const enum tone tones[APPEAL_STATE_N] = {
		[APPEAL_FILED] = TONE_WAIT,    [APPEAL_REGISTERED] = TONE_INFO, [APPEAL_WORKING] = TONE_INFO, [APPEAL_PAUSED] = TONE_WAIT,
		[APPEAL_ANSWERED] = TONE_GOOD, [APPEAL_UNCLEAR] = TONE_WAIT,    [APPEAL_CLOSED] = TONE_GOOD,  [APPEAL_STOPPED] = TONE_PLAIN,
		[APPEAL_WITHDRAWN] = TONE_PLAIN, [APPEAL_JOINED] = TONE_PLAIN,
	};

	return when_set(a->deemed_at) ? TONE_BAD : tones[s];
}

enum tone step_tone(enum step_state s)
{
	static const enum tone tones[STEP_STATE_N] = {
		[STEP_WAITS] = TONE_INFO, [STEP_MOVED] = TONE_WAIT,      [STEP_LATE] = TONE_BAD,
		[STEP_KEPT] = TONE_GOOD,  [STEP_KEPT_LATE] = TONE_WAIT, [STEP_REPLACED] = TONE_PLAIN,
	};

	return tones[s];
}

struct str appeal_decision_text(const struct lang *l, struct str decision)
{
	static const struct { struct str code; unsigned msg; } words[] = {
		{ S_INIT("granted"), MSG_APPEAL_PAGE_GRANTED }, { S_INIT("refused"), MSG_APPEAL_PAGE_REFUSED },
		{ S_INIT("explained"), MSG_APPEAL_PAGE_EXPLAINED },
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_eq(words[i].code, decision))
			return msg_text(l, words[i].msg);
	return S("");
}

static struct trail_item item_of(struct req *rq, const struct event_row *e, bool stranger)
{
	struct trail_words w = appeal_trail_words(rq->ctx.arena, rq->view.lang, rq->ctx.app->pack, e, stranger);

	return (struct trail_item){
		.at = e->happened_at, .tone = e->late ? TONE_BAD : TONE_INFO, .title = w.sentence, .text = w.why,
		.who = str_eq(e->actor, S("staff")) ? body_name(rq->ctx.app->pack, e->body_id, lang_id(rq->view.lang)) : S(""),
	};
}

enum rc appeal_trail(struct req *rq, struct appeal_id id, enum appeal_view view, struct trail_item **ret, size_t *ret_n)
{
	struct event_row_list events;
	VEC(struct trail_item) items = { 0 };
	bool bodies = view == VIEW_BODY || view == VIEW_FULL;

	TRY(event_list(rq->ctx.db, id, &events));
	for (size_t i = 0; i < events.n; i++)
		if (events.v[i].public || bodies)
			*VEC_ADD(rq->ctx.arena, &items) = item_of(rq, &events.v[i], view == VIEW_PUBLIC);
	*ret = items.v;
	*ret_n = items.n;
	return RC_OK;
}

struct deadline appeal_deadline(const struct pack *p, const struct appeal_row *a, struct when now)
{
	struct day today = when_day(now), due = when_day(a->due_at), from = when_day(a->registered_at);
	struct deadline d = {
		.due = due,
		.left = calendar_working_between(p, today.v < from.v ? from : today, due),
		.total = calendar_working_between(p, from, due),
		.stopped = when_set(a->paused_at),
	};

	if (when_set(a->answered_at))
		d.done = when_day(a->answered_at);
	return d;
}

static enum rc load_answers(struct req *rq, const struct appeal_case *k, struct appeal_page *p)
{
	struct answer_row_list rows;

	TRY(answer_list(rq->ctx.db, k->a.id, &rows));
	p->answers = ARENA_ARRAY(rq->ctx.arena, rows.n + 1, struct answer_whole);
	for (size_t i = 0; i < rows.n; i++) {
		struct answer_whole w;

		TRY(answer_load(&rq->ctx, rows.v[i].id, &w));
		if (w.state >= ANSWER_DELIVERED)
			p->answers[p->n_answers++] = w;
	}
	return RC_OK;
}

static struct str how_it_came(const struct lang *l, struct str origin)
{
	static const struct { struct str origin; unsigned msg; } words[] = {
		{ S_INIT("paper"), MSG_COUNTER_ORIGIN_PAPER }, { S_INIT("phone"), MSG_COUNTER_ORIGIN_PHONE },
		{ S_INIT("reception"), MSG_COUNTER_ORIGIN_RECEPTION },
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_eq(words[i].origin, origin))
			return msg_text(l, words[i].msg);
	return S("");
}

/* What officials promised and offered is public with the answer; what looks like personal data in it is not. */
static struct str masked(struct req *rq, struct str s)
{
	struct mask_spans found = mask_find(rq->ctx.arena, rq->ctx.app->pack->phones, s);

	return mask_apply(rq->ctx.arena, s, &found);
}

static void mask_answers(struct req *rq, struct appeal_page *p)
{
	for (size_t i = 0; i < p->n_answers; i++) {
		struct answer_whole *w = &p->answers[i];

		for (size_t k = 0; k < w->options.n; k++)
			w->options.v[k].text = masked(rq, w->options.v[k].text);
		for (size_t k = 0; k < w->steps.n; k++) {
			w->steps.v[k].text = masked(rq, w->steps.v[k].text);
			w->steps.v[k].who = masked(rq, w->steps.v[k].who);
			w->steps.v[k].said = masked(rq, w->steps.v[k].said);
		}
	}
}

/* Files that a moderator let through, under the names they have for the public. */
static void only_public_files(struct file_row_list *l)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].cleared && l->v[i].public_name.n) {
			l->v[n] = l->v[i];
			l->v[n++].name = l->v[i].public_name;
		}
	l->n = n;
}

static void show_point(struct req *rq, struct appeal_page *p)
{
	const struct pack *pack = rq->ctx.app->pack;
	const struct appeal_row *a = &p->k->a;
	double lat = a->lat, lon = a->lon;

	if (p->k->view != VIEW_PUBLIC)
		(void)appeal_exact_point(a, &lat, &lon);
	const struct place *lies = lat != 0 || lon != 0 ? place_at(pack, lon, lat) : NULL;

	if (!lies || !place_map(rq->ctx.arena, pack, place_region(lies), lies->up ? lies : NULL, &p->map))
		return;
	place_mark(pack, &p->map, lat, lon);
	p->point = place_point_text(rq->ctx.arena, lat, lon);
}

/* The case file of a complaint. Who holds the receipt of one holds that of the other. */
static enum rc load_about(struct req *rq, struct appeal_page *p)
{
	const struct appeal_case *k = p->k;
	struct appeal_row first;

	if (!k->a.complaint_about)
		return RC_OK;
	TRY(appeal_by_id(rq->ctx.db, (struct appeal_id){ k->a.complaint_about }, &first));
	if (k->view == VIEW_PUBLIC && !str_eq(first.public_state, S("cleared")))
		return RC_OK;
	p->about = first.number;
	p->about_url = appeal_url(rq->ctx.arena, first.number, p->secret.n ? appeal_secret(&rq->ctx, rq->ctx.arena, first.id) : S(""));
	return RC_OK;
}

enum rc appeal_page_make(struct req *rq, const struct appeal_case *k, struct str secret, struct appeal_page *ret)
{
	const struct pack *pack = rq->ctx.app->pack;
	enum lang_id lang = lang_id(rq->view.lang);
	const struct kind *kind = pack_kind(pack, k->a.kind);
	const struct topic *topic = pack_topic(pack, k->a.topic);
	bool public_only = k->view == VIEW_PUBLIC;
	struct appeal_page p = {
		.k = k, .wording = rq->ctx.app->pack->wording, .state = msg_text(rq->view.lang, appeal_state_msg(k->state)), .tone = appeal_tone(k->state, &k->a),
		.kind = kind ? name_in(&kind->name, rq->view.lang) : k->a.kind, .topic = topic ? name_in(&topic->name, rq->view.lang) : k->a.topic,
		.place = place_full_name(rq->ctx.arena, pack, k->a.place_id, lang), .body = body_name(pack, k->a.body_id, lang),
		.first_body = body_name(pack, k->a.first_body_id, lang), .title = public_only ? k->a.public_title : k->a.title,
		.text = public_only ? k->a.public_text : k->a.text, .clock = appeal_deadline(pack, &k->a, rq->ctx.now), .secret = secret, .own = k->view == VIEW_OWN,
		.how = how_it_came(rq->view.lang, k->a.origin),
	};

	TRY(appeal_trail(rq, k->a.id, public_only ? VIEW_PUBLIC : k->view, &p.trail, &p.n_trail));
	show_point(rq, &p);
	TRY(load_about(rq, &p));
	TRY(load_answers(rq, k, &p));
	TRY(plan_behind(&rq->ctx, "appeal", k->a.joined_to ? k->a.joined_to : k->a.id.v, &p.plans));
	TRY(file_list(rq->ctx.db, k->a.id, &p.files));
	if (public_only) {
		only_public_files(&p.files);
		mask_answers(rq, &p);
	} else {
		TRY(thread_list(rq->ctx.db, k->a.id, &p.thread));
		TRY(hearing_list(rq->ctx.db, k->a.id, &p.hearings));
	}
	*ret = p;
	return RC_OK;
}
