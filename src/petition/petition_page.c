/* petition_page.c: one petition as a visitor may see it, and how fast its signatures came. */
#include "app/app.h"
#include "app/error.h"
#include "appeal/appeal.h"
#include "base/random.h"
#include "body/body.h"
#include "gen/appeal_sql.h"
#include "gen/messages.h"
#include "gen/petition_tmpl.h"
#include "petition/petition_inner.h"
#include "petition/petition_pages.h"
#include "place/place.h"

#define SHOWN 30
#define HOURS 72
#define ODD_MAX 50
#define DAYS_MAX 400

struct url petition_path(struct arena *a, struct petition_id id)
{
	struct str part[] = { str_i64(a, id.v) };

	return url_path(a, "/petitions/{}", 1, part);
}

struct url petition_url(struct req *rq, struct petition_id id)
{
	return petition_path(rq->ctx.arena, id);
}

enum tone petition_state_tone(enum petition_state s)
{
	static const enum tone tones[PETITION_STATE_N] = {
		[PETITION_MODERATION] = TONE_WAIT, [PETITION_SUPPORTERS] = TONE_WAIT, [PETITION_OPEN] = TONE_INFO,     [PETITION_REVIEW] = TONE_WAIT,
		[PETITION_DECIDED] = TONE_GOOD,    [PETITION_NOT_ENOUGH] = TONE_PLAIN, [PETITION_REFUSED] = TONE_BAD, [PETITION_WITHDRAWN] = TONE_PLAIN,
		[PETITION_STOPPED] = TONE_BAD,
	};

	return tones[s];
}

struct str petition_lang_name(const struct lang *l, struct str lang)
{
	return msg_text(l, str_eq(lang, S("kk")) ? MSG_PETITION_LANG_KK : MSG_PETITION_LANG_RU);
}

struct str petition_other_lang(const struct petition_row *p)
{
	return str_eq(p->lang, S("kk")) ? S("ru") : S("kk");
}

struct str measure_words(const struct lang *l, struct str state)
{
	enum measure_state s;

	return measure_state_by_name(state, &s) ? msg_text(l, measure_state_msg(s)) : state;
}

struct url petition_source_url(struct arena *a, struct str source)
{
	struct url u = URL("");

	rc_ignore(url_checked(a, source, &u) ? RC_OK : RC_INVALID);
	return u;
}

/* What the author writes against a refusal nobody has moderated: it is for them and the moderators. */
static bool private_words(enum petition_event_kind e)
{
	return e == PE_CONTESTED || e == PE_WITHDRAWN;
}

static enum rc load_trail(struct req *rq, struct petition_page *p)
{
	struct petition_event_row_list l;

	TRY(petition_event_list(rq->ctx.db, p->p.id, &l));
	p->trail = ARENA_ARRAY(rq->ctx.arena, l.n + 1, struct trail_item);
	for (size_t i = 0; i < l.n; i++) {
		enum petition_event_kind e;

		if (petition_event_by_name(l.v[i].kind, &e))
			p->trail[p->n_trail++] = (struct trail_item){ .title = msg_text(rq->view.lang, petition_event_msg(e)),
								      .text = private_words(e) && !p->is_author && !p->moderator ? S("") : l.v[i].reason,
								      .at = l.v[i].happened_at, .tone = TONE_INFO };
	}
	return RC_OK;
}

static enum rc load_appeal(struct req *rq, struct petition_page *p)
{
	struct appeal_row a;

	if (!p->p.appeal_id)
		return RC_OK;
	TRY(appeal_by_id(rq->ctx.db, (struct appeal_id){ p->p.appeal_id }, &a));
	p->appeal = a.number;
	p->appeal_public = str_eq(a.public_state, S("cleared"));
	p->review_due = petition_review_due(&rq->ctx, &p->p);
	return RC_OK;
}

static enum rc load_mine(struct req *rq, struct petition_page *p)
{
	struct account_identity_row me;
	struct signature_row mine;

	if (!(rq->who.roles & CITIZEN) || !rq->who.account)
		return RC_OK;
	TRY(account_identity(rq->ctx.db, (struct account_id){ rq->who.account }, &me));
	enum rc rc = me.identity_key.n ? signature_of(rq->ctx.db, p->p.id, me.identity_key, &mine) : RC_NOT_FOUND;

	if (rc != RC_NOT_FOUND)
		TRY(rc);
	p->signed_by_me = rc == RC_OK && !when_set(mine.withdrawn_at);
	return RC_OK;
}

static enum rc load_rest(struct req *rq, struct petition_page *p)
{
	const struct petition_row *row = &p->p;

	TRY(load_trail(rq, p));
	TRY(load_appeal(rq, p));
	TRY(load_mine(rq, p));
	if (!row->source.n) {
		TRY(petition_pace_load(&rq->ctx, row, 0, HOURS, &p->pace));
		TRY(petition_counts(rq->ctx.db, row->id, S("r"), 0, 100, &p->regions));
		TRY(signature_shown(rq->ctx.db, row->id, (struct petition_signature_id){ INT64_MAX }, SHOWN, &p->shown));
	}
	if (row->original_id)
		TRY(petition_by_id(rq->ctx.db, (struct petition_id){ row->original_id }, &p->original));
	if (p->state == PETITION_MODERATION)
		TRY(petition_delay_now(&rq->ctx, &p->delay));
	TRY(measure_of_origin(rq->ctx.db, S(PETITION), row->id.v, 50, &p->measures));
	return petition_copies(rq->ctx.db, row->id.v, PETITION_COPIES, &p->copies);
}

enum rc petition_page_make(struct req *rq, const struct petition_row *row, struct petition_page *ret)
{
	struct petition_page p = { .p = *row, .pack = rq->ctx.app->pack, .link = req_query(rq, "link"), .state = petition_state_of(row->state) };

	p.is_author = rq->who.account && rq->who.account == row->account_id;
	p.moderator = petition_moderator(&rq->ctx, &rq->who);
	p.of_body = rq->who.body && rq->who.body == row->body_id;
	bool by_link = p.state == PETITION_SUPPORTERS && p.link.n && same_secret(token_hash(rq->ctx.arena, p.link), row->link_key);

	if (!petition_is_public(row) && !p.is_author && !p.moderator && !by_link)
		return RC_NOT_FOUND;
	if (p.is_author && p.state == PETITION_SUPPORTERS)
		p.link = petition_link(&rq->ctx, row->id);
	else if (!by_link)
		p.link = S("");
	p.text_hidden = row->text_hidden && !p.is_author && !p.moderator;
	p.title = petition_title_shown(rq->view.lang, p.text_hidden, row->title);
	p.author = petition_author_shown(row);
	p.body = body_name(p.pack, row->body_id, lang_id(rq->view.lang));
	p.left = row->threshold > row->signatures ? row->threshold - row->signatures : 0;
	p.supporters = petition_clause(&rq->ctx, "petition_supporters");
	p.can_sign = (p.state == PETITION_OPEN && row->closes_at.us > rq->ctx.now.us) || by_link || (p.is_author && p.state == PETITION_SUPPORTERS);
	TRY(load_rest(rq, &p));
	*ret = p;
	return RC_OK;
}

enum rc petition_page_load(struct req *rq, struct petition_page *ret)
{
	struct petition_row row;
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(petition_by_id(rq->ctx.db, (struct petition_id){ id }, &row));
	return petition_page_make(rq, &row, ret);
}

/* A format that is not offered is said to be so; anything else that is no number is not there. */
static enum rc other_format(struct req *rq)
{
	if (str_find_byte(rq->params[0], '.', 0) == SIZE_MAX)
		return RC_NOT_FOUND;
	error_status(rq, 406);
	return RC_OK;
}

enum rc petition_show_get(struct req *rq)
{
	struct petition_page p;
	int64_t id;

	if (str_ends(rq->params[0], S(".json")))
		return petition_json(rq);
	if (req_id(rq, 0, &id) != RC_OK)
		return other_format(rq);
	TRY(petition_page_load(rq, &p));
	if (!rq->form.form)
		rq->form.form = petition_contest_form;
	struct out *o = page_open(rq, &(struct page){ .title_text = p.title, .nav = MSG_LAYOUT_NAV_PETITIONS });

	tmpl_petition_show(o, &rq->view, &p, &rq->form);
	return page_close(rq);
}

/* ---- how fast ---- */

static enum rc load_odd(struct req *rq, struct petition_pace_page *p)
{
	const struct petition_pace *w = &p->pace;

	p->odd = ARENA_ARRAY(rq->ctx.arena, ODD_MAX, struct petition_odd);
	for (size_t i = w->hours; i-- > 0 && p->n_odd < ODD_MAX;) { /* the newest first */
		struct petition_count_row_list l;
		struct out names = OUT_ON(rq->ctx.arena);
		int64_t hour = w->from + (int64_t)i;

		if (!w->unusual[i])
			continue;
		TRY(petition_counts_between(rq->ctx.db, p->p.p.id, hour * PETITION_HOUR_REGION, (hour + 1) * PETITION_HOUR_REGION, &l));
		for (size_t k = 0; k < l.n && k < 3; k++)
			out_fmt(&names, "%s%.*s: %lld", k ? ", " : "", STR_FMT(place_name(p->p.pack, l.v[k].slot % PETITION_HOUR_REGION, lang_id(rq->view.lang))),
				(long long)l.v[k].n);
		p->odd[p->n_odd++] = (struct petition_odd){ .at = { hour * PETITION_HOUR_US }, .n = w->n[i], .usual = w->usual[i], .regions = out_done(&names) };
	}
	return RC_OK;
}

static void sum_days(struct req *rq, struct petition_pace_page *p)
{
	const struct petition_pace *w = &p->pace;

	p->days = ARENA_ARRAY(rq->ctx.arena, DAYS_MAX, struct petition_pace_day);
	for (size_t i = w->hours; i-- > 0;) {
		struct day d = when_day((struct when){ (w->from + (int64_t)i) * PETITION_HOUR_US });

		if (!w->n[i])
			continue;
		if (!p->n_days || p->days[p->n_days - 1].day.v != d.v) {
			if (p->n_days == DAYS_MAX)
				return;
			p->days[p->n_days++] = (struct petition_pace_day){ .day = d };
		}
		p->days[p->n_days - 1].n += w->n[i];
	}
}

enum rc petition_pace_get(struct req *rq)
{
	struct petition_pace_page p = { 0 };

	TRY(petition_page_load(rq, &p.p));
	if (!str_to_i64(req_query(rq, "region"), &p.region) || !pack_place(p.p.pack, p.region))
		p.region = 0;
	TRY(petition_pace_load(&rq->ctx, &p.p.p, p.region, 0, &p.pace));
	p.from = (struct when){ p.pace.from * PETITION_HOUR_US };
	p.until = (struct when){ (p.pace.from + (int64_t)p.pace.hours - 1) * PETITION_HOUR_US };
	TRY(load_odd(rq, &p));
	sum_days(rq, &p);
	cache_public(rq, 30);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_PETITION_PACE, .nav = MSG_LAYOUT_NAV_PETITIONS });

	tmpl_petition_pace(o, &rq->view, &p);
	return page_close(rq);
}
