#include "appeal/filing.h"

#include "app/app.h"
#include "base/random.h"
#include "base/utf8.h"
#include "body/body.h"
#include "gen/account_sql.h"
#include "gen/appeal_tmpl.h"
#include "gen/messages.h"
#include "gen/notice_sql.h"
#include "place/place.h"

#define TEXT_LEAST 20
#define TEXT_MOST 20000
#define DRAFT_LIFE (7 * WHEN_DAY)

static const struct field what_fields[] = {
	FIELD(struct what_form, text, F_LINES, TEXT_LEAST, TEXT_MOST, .label = MSG_FILING_TEXT, .hint = MSG_FILING_TEXT_HINT),
	FIELD(struct what_form, kind, F_CHOICE, 1, 40, .label = MSG_FILING_KIND),
	FIELD(struct what_form, danger, F_BOOL, 0, 1, .label = MSG_FILING_DANGER),
	FIELD(struct what_form, files, F_FILES, 0, FILES_PER_APPEAL, .label = MSG_FILING_FILES, .hint = MSG_FILING_FILES_HINT),
	FIELD(struct what_form, notice, F_ID, 0, 0),
};
static const struct form what_form = { what_fields, ARRAY_LEN(what_fields), sizeof(struct what_form), (size_t)64 << 20 };

/* The words that a person began with on the first page: a draft takes them, so that no address holds them. */
static const struct field begin_fields[] = {
	FIELD(struct what_form, text, F_LINES, 0, TEXT_MOST, .label = MSG_FILING_TEXT),
};
static const struct form begin_form = { begin_fields, ARRAY_LEN(begin_fields), sizeof(struct what_form), (size_t)256 << 10 };

static const struct field who_fields[] = {
	FIELD(struct who_form, body, F_ID, 1, 0, .label = MSG_FILING_BODY),
	FIELD(struct who_form, name, F_TEXT, 0, 120, .label = MSG_FILING_NAME, .hint = MSG_FILING_NAME_HINT, .needed = true, .autocomplete = "name"),
	FIELD(struct who_form, email, F_EMAIL, 0, 254, .label = MSG_FILING_EMAIL, .hint = MSG_FILING_EMAIL_HINT, .needed = true, .autocomplete = "email"),
	FIELD(struct who_form, phone, F_PHONE, 0, 30, .label = MSG_FILING_PHONE, .autocomplete = "tel"),
	FIELD(struct who_form, iin, F_IIN, 0, 14, .label = MSG_FILING_IIN, .hint = MSG_FILING_IIN_HINT),
	FIELD(struct who_form, post_address, F_TEXT, 0, 300, .label = MSG_FILING_POST_ADDRESS, .autocomplete = "address-line1"),
	FIELD(struct who_form, on_behalf_of, F_TEXT, 0, 200, .label = MSG_FILING_ON_BEHALF, .hint = MSG_FILING_ON_BEHALF_HINT),
	FIELD(struct who_form, entity, F_BOOL, 0, 1, .label = MSG_FILING_ENTITY),
	FIELD(struct who_form, collective, F_BOOL, 0, 1, .label = MSG_FILING_COLLECTIVE),
	FIELD(struct who_form, people, F_INT, 0, 1000000, .label = MSG_FILING_PEOPLE),
	FIELD(struct who_form, anonymous, F_BOOL, 0, 1, .label = MSG_FILING_ANONYMOUS),
	FIELD(struct who_form, agreed_public, F_BOOL, 0, 1, .label = MSG_FILING_PUBLIC),
};
static const struct form who_form = { who_fields, ARRAY_LEN(who_fields), sizeof(struct who_form), 0 };

static size_t kind_options(const struct req *rq, struct str chosen, struct option *ret, size_t max)
{
	const struct pack *p = rq->ctx.app->pack;
	size_t n = 0;

	for (size_t i = 0; i < p->n_kinds && n < max; i++)
		if (p->kinds[i].offered)
			ret[n++] = (struct option){ .value = p->kinds[i].code, .text = name_in(&p->kinds[i].plain, rq->view.lang),
						    .chosen = str_eq(p->kinds[i].code, chosen) };
	return n;
}

/* ---- page 1 ---- */

static enum rc show_what(struct req *rq, const struct draft_row *d)
{
	struct option kinds[16];
	struct draft_files files = filing_files(d ? d->files : S(""));
	struct what_form *values = ARENA_NEW(rq->ctx.arena, struct what_form);

	rq->form.form = &what_form;
	if (d)
		*values = (struct what_form){ .text = d->text, .kind = d->kind, .danger = d->danger };
	else
		values->text = req_query(rq, "text");
	if (!rq->form.values)
		rq->form.values = values;
	struct str notice = http_form(rq->http, S("notice"));
	size_t n = kind_options(rq, d ? d->kind : rq->ctx.app->pack->kind_report->code, kinds, ARRAY_LEN(kinds));
	struct out *o = page_open(rq, &(struct page){ .title = MSG_FILING_TITLE, .refresh_form = true });

	const struct danger_phone *first = NULL;

	(void)danger_phones(rq->ctx.app->pack->danger, 0, when_day(rq->ctx.now), &first, 1);
	tmpl_appeal_new(o, &rq->view, &rq->form, kinds, n, &files, notice.n ? notice : req_query(rq, "notice"), first ? first->number : S(""));
	return page_close(rq);
}

static enum rc new_get(struct req *rq)
{
	return show_what(rq, NULL);
}

static enum rc edit_get(struct req *rq)
{
	struct draft_row d;

	TRY(filing_open_draft(rq, &d));
	return show_what(rq, &d);
}

static enum rc what_slow(struct req *rq)
{
	struct draft_files *files = ARENA_NEW(rq->ctx.arena, struct draft_files);

	rq->slow = files;
	return filing_store(rq, &FORM_OF(rq, struct what_form)->files, files);
}

static enum rc what_check(struct req *rq)
{
	const struct what_form *f = FORM_OF(rq, struct what_form);
	const struct kind *k = pack_kind(rq->ctx.app->pack, f->kind);

	if (k && k->offered)
		return RC_OK;
	req_fail(rq, "kind", MSG_FORM_CHOOSE);
	return RC_INVALID;
}

/* The first photo that says where it was taken; all zero when none does. */
static struct stored_file where_taken(const struct draft_files *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].located)
			return f->v[i];
	return (struct stored_file){ 0 };
}

/* Whoever tells of a danger first sees whom to call, and then goes on. */
static struct url after_what(const struct req *rq, struct str token)
{
	const struct what_form *f = FORM_OF(rq, struct what_form);

	return filing_draft_url(rq, filing_danger_of(&rq->ctx, f->text, f->danger).now ? "danger" : "where", token);
}

static enum rc danger_get(struct req *rq)
{
	struct draft_row d;

	TRY(filing_open_draft(rq, &d));
	struct filing_danger danger = filing_danger_of(&rq->ctx, d.text, true);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_FILING_DANGER_TITLE });

	tmpl_appeal_danger(o, &rq->view, &danger, rq->params[0]);
	return page_close(rq);
}

static enum rc new_post(struct req *rq)
{
	const struct what_form *f = FORM_OF(rq, struct what_form);
	struct str token = random_token(rq->ctx.arena, 16);
	int64_t changed;

	TRY(what_check(rq));
	const struct draft_files *sent = rq->slow;
	struct stored_file at = where_taken(sent);

	TRY(draft_insert(rq->ctx.db, (struct appeal_draft_id){ id_make() }, token_hash(rq->ctx.arena, token), f->kind, filing_lang(rq, f->text),
			 f->text, f->danger, filing_files_text(rq->ctx.arena, sent), f->notice, at.lat, at.lon, rq->ctx.now, &changed));
	return redirect(rq, after_what(rq, token), 0);
}

static enum rc begin_post(struct req *rq)
{
	const struct what_form *f = FORM_OF(rq, struct what_form);
	struct str token = random_token(rq->ctx.arena, 16);
	int64_t changed;

	if (!f->text.n)
		return redirect(rq, URL("/appeals/new"), 0);
	TRY(draft_insert(rq->ctx.db, (struct appeal_draft_id){ id_make() }, token_hash(rq->ctx.arena, token), rq->ctx.app->pack->kind_report->code,
			 filing_lang(rq, f->text), f->text, false, S(""), 0, 0, 0, rq->ctx.now, &changed));
	return redirect(rq, filing_draft_url(rq, "what", token), 0);
}

static enum rc edit_post(struct req *rq)
{
	const struct what_form *f = FORM_OF(rq, struct what_form);
	const struct draft_files *sent = rq->slow;
	struct draft_row d;
	int64_t changed;

	TRY(filing_open_draft(rq, &d));
	TRY(what_check(rq));
	struct draft_files files = filing_files(d.files);

	for (size_t i = 0; i < sent->n && files.n < FILES_PER_APPEAL; i++)
		files.v[files.n++] = sent->v[i];
	TRY(draft_set_text(rq->ctx.db, d.id, f->kind, filing_lang(rq, f->text), f->text, f->danger, filing_files_text(rq->ctx.arena, &files),
			   rq->ctx.now, &changed));
	struct stored_file at = where_taken(sent);

	if (at.located)
		TRY(draft_set_photo(rq->ctx.db, d.id, at.lat, at.lon, &changed));
	return redirect(rq, after_what(rq, rq->params[0]), 0);
}

/* ---- page 3 ---- */

static void body_choices(const struct req *rq, const struct draft_row *d, struct filing_choices *c)
{
	const struct pack *p = rq->ctx.app->pack;
	const struct topic *t = pack_topic(p, d->topic);
	const struct body *found[COMPETENT_MAX];
	size_t n = t ? body_competent(p, t, pack_place(p, d->place_id), found) : 0;

	c->bodies = ARENA_ARRAY(rq->ctx.arena, COMPETENT_MAX, struct option);
	for (size_t i = 0; i < n; i++)
		c->bodies[c->n_bodies++] = (struct option){ .value = str_i64(rq->ctx.arena, found[i]->id),
							    .text = name_in(&found[i]->name, rq->view.lang), .chosen = i == 0 };
}

/* As it would be sent: words of danger count as much as the box. */
static enum rc open_to_send(struct req *rq, struct draft_row *ret)
{
	TRY(filing_open_draft(rq, ret));
	ret->danger = filing_danger_of(&rq->ctx, ret->text, ret->danger).now;
	return RC_OK;
}

static enum rc who_get(struct req *rq)
{
	struct draft_row d;
	struct filing_choices c = { 0 };
	struct appeal_similar similar[3];
	size_t n_similar = 0;
	struct who_form *values = ARENA_NEW(rq->ctx.arena, struct who_form);
	struct account_row me;

	TRY(open_to_send(rq, &d));
	if (d.number.n)
		return redirect(rq, URL("/"), MSG_FILING_ALREADY);
	if (!d.topic.n)
		return redirect(rq, filing_draft_url(rq, "where", rq->params[0]), 0);
	const struct place *here = pack_place(rq->ctx.app->pack, d.place_id);

	TRY(appeal_similar(&rq->ctx, d.text, d.topic, here ? place_region(here)->id : 0, ARRAY_LEN(similar), similar, &n_similar));
	if (rq->who.account && account_by_id(rq->ctx.db, (struct account_id){ rq->who.account }, &me) == RC_OK &&
	    (rq->who.roles & CITIZEN)) {
		values->name = me.name;
		values->email = me.email;
	}
	values->people = 1;
	rq->form.form = &who_form;
	if (!rq->form.values)
		rq->form.values = values;
	body_choices(rq, &d, &c);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_FILING_WHO_TITLE });

	tmpl_appeal_who(o, &rq->view, &rq->form, &c, &d, rq->params[0], similar, n_similar,
			place_full_name(rq->ctx.arena, rq->ctx.app->pack, d.place_id, lang_id(rq->view.lang)),
			name_in(&pack_topic(rq->ctx.app->pack, d.topic)->name, rq->view.lang), !rq->who.account);
	return page_close(rq);
}

static bool body_offered(const struct req *rq, const struct draft_row *d, int64_t body)
{
	struct filing_choices c = { 0 };
	int64_t id;

	body_choices(rq, d, &c);
	for (size_t i = 0; i < c.n_bodies; i++)
		if (str_to_i64(c.bodies[i].value, &id) && id == body)
			return true;
	return false;
}

/* A name and a way to reach the person; without them only danger is taken, and passed on at once. */
static void check_who(struct req *rq, const struct draft_row *d)
{
	const struct who_form *f = FORM_OF(rq, struct who_form);

	if (!body_offered(rq, d, f->body))
		req_fail(rq, "body", MSG_FORM_CHOOSE);
	if (f->anonymous) {
		if (!d->danger)
			req_fail(rq, "anonymous", MSG_FILING_ANONYMOUS_NO);
		return;
	}
	if (utf8_count(f->name) < 2)
		req_fail(rq, "name", MSG_FORM_REQUIRED);
	if (!f->email.n && !f->phone.n && !f->post_address.n && !rq->who.account)
		req_fail(rq, "email", MSG_FILING_CONTACT);
	if (f->collective && f->people < 2)
		req_fail(rq, "people", MSG_FILING_PEOPLE_FEW);
}

static struct appeal_filing filing_of(const struct req *rq, const struct draft_row *d)
{
	const struct who_form *f = FORM_OF(rq, struct who_form);

	return (struct appeal_filing){
		.kind = d->kind, .origin = S("web"), .lang = d->lang, .text = d->text, .topic = d->topic, .place = d->place_id, .body = f->body,
		.address = d->address, .lat = d->lat, .lon = d->lon, .entity = f->entity, .collective = f->collective, .anonymous = f->anonymous, .danger = d->danger,
		.agreed_public = f->agreed_public && !f->anonymous, .people = f->collective ? f->people : 1,
		.name = f->anonymous ? S("") : f->name, .email = f->anonymous ? S("") : f->email, .phone = f->anonymous ? S("") : f->phone,
		.post_address = f->post_address, .on_behalf_of = f->on_behalf_of,
		.reply_by = f->email.n ? S("mail") : f->post_address.n ? S("post") : S("cabinet"), .identifier = f->anonymous ? S("") : f->iin,
		.account = rq->who.roles & CITIZEN && !f->anonymous ? rq->who.account : 0,
	};
}

/* A question under a notice: it stands there too, once a moderator has cleared it. */
static enum rc notice_ask(struct req *rq, const struct draft_row *d, const struct appeal_case *k)
{
	struct notice_row n;
	int64_t changed;
	enum rc rc = notice_by_id(rq->ctx.db, (struct notice_id){ d->notice_id }, &n);

	if (rc == RC_NOT_FOUND || (rc == RC_OK && !str_eq(n.state, S("published"))))
		return RC_OK;
	TRY(rc);
	return notice_question_insert(rq->ctx.db, n.id, k->a.id, &changed);
}

static enum rc who_post(struct req *rq)
{
	struct draft_row d;
	struct appeal_case k;
	int64_t changed;

	TRY(open_to_send(rq, &d));
	if (d.number.n)
		return redirect(rq, URL("/"), MSG_FILING_ALREADY);
	check_who(rq, &d);
	if (rq->form.n_errors)
		return RC_INVALID;
	struct appeal_filing filing = filing_of(rq, &d);

	TRY(appeal_file(&rq->ctx, &rq->who, &filing, &k));
	struct draft_files files = filing_files(d.files);

	TRY(filing_attach(&rq->ctx, &k, &files));
	if (d.notice_id)
		TRY(notice_ask(rq, &d, &k));
	TRY(draft_set_number(rq->ctx.db, d.id, k.a.number, rq->ctx.now, &changed));
	struct str parts[] = { k.a.number, appeal_secret(&rq->ctx, rq->ctx.arena, k.a.id) };

	return redirect(rq, url_path(rq->ctx.arena, "/receipt/{}/{}", 2, parts), MSG_FILING_TAKEN);
}

static const struct route routes[] = {
	{ HTTP_GET, "/appeals/new", ANYONE, RL_READ, READ, new_get },
	{ HTTP_POST, "/appeals/new", ANYONE, RL_SUBMIT, SLOW, new_post, &what_form, new_get, what_slow },
	{ HTTP_POST, "/appeals/begin", ANYONE, RL_SUBMIT, WRITE, begin_post, &begin_form, new_get },
	{ HTTP_GET, "/appeals/draft/:token/what", ANYONE, RL_READ, READ, edit_get },
	{ HTTP_POST, "/appeals/draft/:token/what", ANYONE, RL_SUBMIT, SLOW, edit_post, &what_form, edit_get, what_slow },
	{ HTTP_GET, "/appeals/draft/:token/danger", ANYONE, RL_READ, READ, danger_get },
	{ HTTP_GET, "/appeals/draft/:token/who", ANYONE, RL_READ, READ, who_get },
	{ HTTP_POST, "/appeals/draft/:token/who", ANYONE, RL_SUBMIT, WRITE, who_post, &who_form, who_get },
};

static enum rc sweep(struct ctx *c, struct str payload)
{
	int64_t changed;

	(void)payload;
	return draft_delete_old(c->db, when_add(c->now, -DRAFT_LIFE), &changed);
}

/* words: separated by | */
static bool has_word(struct str words, struct str word)
{
	struct str one;

	while (words.n && str_cut(&words, '|', &one))
		if (str_eq(one, word))
			return true;
	return false;
}

static const struct job_kind jobs[] = {
	{ .name = "filing.sweep", .run = sweep, .every_sec = 86400 },
};

/* Names of places as people write them, made once from the pack. */
static enum rc start(struct app *app, struct arena *a)
{
	const struct pack *p = app->pack;
	struct suggest_place *v = ARENA_ARRAY(a, p->n_places, struct suggest_place);

	for (size_t i = 0; i < p->n_places; i++) {
		const struct place *pl = &p->places[i];
		bool city = has_word(p->city_types, pl->type);

		v[i] = (struct suggest_place){ .id = pl->id, .parent = pl->up ? pl->up->id : 0,
					       .kind = city ? SUGGEST_CITY : pl->up ? SUGGEST_DISTRICT : SUGGEST_REGION };
		for (size_t l = 0; l < LANG_N; l++)
			v[i].names[l] = pl->name.v[l];
	}
	app->gazetteer = suggest_gazetteer_make(a, v, p->n_places);
	return RC_OK;
}

const struct module filing_module = {
	.name = "filing", .routes = routes, .n_routes = ARRAY_LEN(routes), .jobs = jobs, .n_jobs = ARRAY_LEN(jobs), .start = start,
};
