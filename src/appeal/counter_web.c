/* counter_web.c: an operator or a registrar writes down what a person brought on paper, said by phone or at the counter. */
#include "appeal/filing.h"

#include "app/app.h"
#include "appeal/appeal_web.h"
#include "base/random.h"
#include "base/utf8.h"
#include "body/body.h"
#include "gen/appeal_tmpl.h"
#include "gen/messages.h"
#include "html/qr.h"
#include "place/place.h"
#include "reception/reception_visit.h"
#include "standard/options.h"

#define OLDEST_DAYS 366 /* paper older than a year was not forgotten in a drawer: somebody mistyped */
#define RECENT 10
#define KEPT_MAX 6000

struct counter_form {
	struct str origin, lang, text, kind, topic, address, name, iin, phone, email, post_address, on_behalf_of, reply_by, kept;
	int64_t region, district, body, people;
	struct day received;
	bool danger, entity, collective, anonymous, agreed_public;
	struct file_list files;
};

static const struct field fields[] = {
	FIELD(struct counter_form, origin, F_CHOICE, 1, 20, .label = MSG_COUNTER_ORIGIN, .choices = "paper|phone|reception"),
	FIELD(struct counter_form, received, F_DAY, 0, 0, .label = MSG_COUNTER_RECEIVED, .hint = MSG_COUNTER_RECEIVED_HINT),
	FIELD(struct counter_form, text, F_LINES, 20, 20000, .label = MSG_COUNTER_TEXT, .hint = MSG_COUNTER_TEXT_HINT),
	FIELD(struct counter_form, lang, F_CHOICE, 0, 2, .label = MSG_COUNTER_LANG, .choices = "kk|ru|en"),
	FIELD(struct counter_form, kind, F_CHOICE, 1, 40, .label = MSG_DESK_KIND),
	FIELD(struct counter_form, files, F_FILES, 0, FILES_PER_APPEAL, .label = MSG_COUNTER_FILES, .hint = MSG_COUNTER_FILES_HINT),
	FIELD(struct counter_form, kept, F_HIDDEN, 0, KEPT_MAX),
	FIELD(struct counter_form, danger, F_BOOL, 0, 1, .label = MSG_FILING_DANGER),
	FIELD(struct counter_form, topic, F_CHOICE, 0, 80, .label = MSG_FILING_TOPIC, .hint = MSG_COUNTER_GUESS_HINT, .needed = true),
	FIELD(struct counter_form, region, F_ID, 0, 0, .label = MSG_FILING_REGION, .needed = true),
	FIELD(struct counter_form, district, F_ID, 0, 0, .label = MSG_FILING_DISTRICT),
	FIELD(struct counter_form, address, F_TEXT, 0, 300, .label = MSG_FILING_ADDRESS),
	FIELD(struct counter_form, body, F_ID, 0, 0, .label = MSG_FILING_BODY, .hint = MSG_COUNTER_BODY_HINT),
	FIELD(struct counter_form, name, F_TEXT, 0, 120, .label = MSG_COUNTER_NAME, .needed = true, .autocomplete = "off"),
	FIELD(struct counter_form, iin, F_IIN, 0, 14, .label = MSG_FILING_IIN),
	FIELD(struct counter_form, reply_by, F_CHOICE, 1, 20, .label = MSG_COUNTER_REPLY, .choices = "counter|post|mail"),
	FIELD(struct counter_form, phone, F_PHONE, 0, 30, .label = MSG_FILING_PHONE, .autocomplete = "off"),
	FIELD(struct counter_form, post_address, F_TEXT, 0, 300, .label = MSG_FILING_POST_ADDRESS, .autocomplete = "off"),
	FIELD(struct counter_form, email, F_EMAIL, 0, 254, .label = MSG_FILING_EMAIL, .autocomplete = "off"),
	FIELD(struct counter_form, on_behalf_of, F_TEXT, 0, 200, .label = MSG_COUNTER_ON_BEHALF),
	FIELD(struct counter_form, entity, F_BOOL, 0, 1, .label = MSG_COUNTER_ENTITY),
	FIELD(struct counter_form, collective, F_BOOL, 0, 1, .label = MSG_FILING_COLLECTIVE),
	FIELD(struct counter_form, people, F_INT, 0, 1000000, .label = MSG_FILING_PEOPLE),
	FIELD(struct counter_form, anonymous, F_BOOL, 0, 1, .label = MSG_COUNTER_ANONYMOUS),
	FIELD(struct counter_form, agreed_public, F_BOOL, 0, 1, .label = MSG_COUNTER_PUBLIC),
};
static const struct form counter_form = { fields, ARRAY_LEN(fields), sizeof(struct counter_form), (size_t)64 << 20 };

/* Scans of a form that did not pass stay stored; the page carries their names sealed, so that nobody adds others. */
static struct draft_files unseal_files(const struct req *rq, struct str kept)
{
	unsigned char *bytes = ARENA_ARRAY(rq->ctx.arena, kept.n / 2 + 1, unsigned char);
	struct str text;

	if (!kept.n || !str_unhex(kept, bytes, kept.n / 2) ||
	    !key_unseal(rq->ctx.arena, rq->ctx.app->keys, (struct str){ (const char *)bytes, kept.n / 2 }, &text))
		return (struct draft_files){ 0 };
	struct draft_files all = filing_files(text), there = { 0 };

	for (size_t i = 0; i < all.n; i++)
		if (file_keep(&rq->ctx, all.v[i].sha256))
			there.v[there.n++] = all.v[i];
	return there;
}

static struct str seal_files(const struct req *rq, const struct draft_files *f)
{
	struct str sealed = f->n ? key_seal(rq->ctx.arena, rq->ctx.app->keys, filing_files_text(rq->ctx.arena, f)) : S("");

	return str_hex(rq->ctx.arena, sealed.p, sealed.n);
}

static struct option option_of(const struct req *rq, int64_t id, const struct name3 *name)
{
	return (struct option){ .value = str_i64(rq->ctx.arena, id), .text = name_in(name, rq->view.lang) };
}

/* Its own body first, then those of the country and of the region it works in; any other is found by topic and place. */
static void choose_from(const struct req *rq, struct filing_choices *c)
{
	const struct pack *p = rq->ctx.app->pack;
	const struct body *own = pack_body(p, rq->who.body);
	const struct place *region = own && own->place ? place_region(own->place) : NULL;

	c->n_topics = pack_narrow_topic_options(rq, S(""), &c->topics);
	c->n_regions = pack_region_options(rq, 0, &c->regions);
	c->n_districts = pack_district_options(rq, 0, &c->districts);
	c->bodies = ARENA_ARRAY(rq->ctx.arena, p->n_bodies + 1, struct option);
	if (own)
		c->bodies[c->n_bodies++] = option_of(rq, own->id, &own->name);
	for (size_t i = 0; i < p->n_bodies; i++)
		if (&p->bodies[i] != own && (!p->bodies[i].place || (region && place_region(p->bodies[i].place) == region)))
			c->bodies[c->n_bodies++] = option_of(rq, p->bodies[i].id, &p->bodies[i].name);
}

/* ?visit=ID: whoever sits at the counter is not asked again; nothing of the person is in the address. */
static enum rc from_visit(struct req *rq, struct counter_form *ret)
{
	struct reception_visit_row v;
	int64_t id;

	if (!req_query(rq, "visit").n)
		return RC_OK;
	if (!str_to_i64(req_query(rq, "visit"), &id))
		return RC_NOT_FOUND;
	TRY(reception_visit_open(&rq->ctx, &rq->who, (struct reception_visit_id){ id }, &v));
	ret->name = v.name;
	ret->phone = v.phone;
	ret->email = v.email;
	ret->post_address = v.post_address;
	ret->lang = v.lang;
	ret->text = v.asked;
	http_set_header(rq->http, S("Cache-Control"), S("no-store"));
	return RC_OK;
}

static enum rc counter_get(struct req *rq)
{
	const struct pack *p = rq->ctx.app->pack;
	struct counter_form *values = ARENA_NEW(rq->ctx.arena, struct counter_form);
	struct filing_choices c = { 0 };
	struct option *kinds = ARENA_ARRAY(rq->ctx.arena, p->n_kinds, struct option);
	struct appeal_line_list mine;
	size_t n_kinds = 0;

	rq->form.form = &counter_form;
	values->received.v = INT32_MIN;
	values->origin = S("paper");
	values->reply_by = S("counter");
	struct draft_files files = { 0 };

	if (!rq->form.values) {
		TRY(from_visit(rq, values));
		rq->form.values = values;
	} else {
		files = rq->slow ? *(const struct draft_files *)rq->slow : unseal_files(rq, FORM_OF(rq, struct counter_form)->kept);
	}
	for (size_t i = 0; i < p->n_kinds; i++)
		if (p->kinds[i].offered) {
			kinds[n_kinds] = (struct option){ .value = p->kinds[i].code, .text = name_in(&p->kinds[i].name, rq->view.lang),
							  .hint = name_in(&p->kinds[i].plain, rq->view.lang), .chosen = n_kinds == 0 };
			n_kinds++;
		}
	choose_from(rq, &c);
	TRY(appeal_written_by(rq->ctx.db, rq->who.account, (struct appeal_id){ id_at_ms((rq->ctx.now.us - WHEN_DAY) / 1000, 0) }, RECENT, &mine));
	struct out *o = page_open(rq, &(struct page){ .title = MSG_COUNTER_TITLE, .nav = MSG_LAYOUT_NAV_DESK, .desk = true, .refresh_form = true });

	const struct counter_form *f = FORM_OF(rq, struct counter_form);
	struct filing_danger danger = filing_danger_of(&rq->ctx, f->text, f->danger);

	tmpl_appeal_counter(o, &rq->view, &rq->form, &c, kinds, n_kinds, &files, seal_files(rq, &files), &danger, &mine);
	return page_close(rq);
}

static enum rc counter_slow(struct req *rq)
{
	const struct counter_form *f = FORM_OF(rq, struct counter_form);
	struct draft_files *files = ARENA_NEW(rq->ctx.arena, struct draft_files);

	*files = unseal_files(rq, f->kept);
	rq->slow = files;
	return filing_store(rq, &f->files, files);
}

/* What was left empty is filled in from the text and shown once more before anything is filed. */
static void fill_in(struct req *rq, const char *name, struct str value)
{
	for (size_t i = 0; i < rq->http->n_form; i++)
		if (str_eq(rq->http->form[i].name, str_of(name))) {
			rq->http->form[i].value = value;
			return;
		}
}

static const struct topic *check_topic(struct req *rq)
{
	const struct counter_form *f = FORM_OF(rq, struct counter_form);
	const struct topic *found[SUGGEST_N], *t = pack_topic(rq->ctx.app->pack, f->topic);

	if (t)
		return t;
	if (!filing_suggest_topics(&rq->ctx, f->text, found)) {
		req_fail(rq, "topic", MSG_FORM_CHOOSE);
		return NULL;
	}
	fill_in(rq, "topic", found[0]->code);
	req_fail(rq, "topic", MSG_COUNTER_LOOK);
	return NULL;
}

static const struct place *check_place(struct req *rq)
{
	const struct counter_form *f = FORM_OF(rq, struct counter_form);
	const struct pack *p = rq->ctx.app->pack;
	const struct place *found[SUGGEST_N], *region = pack_place(p, f->region), *district = f->district ? pack_place(p, f->district) : NULL;

	if (!f->region && filing_suggest_places(rq, f->text, found)) {
		const struct place *r = place_region(found[0]);

		fill_in(rq, "region", str_i64(rq->ctx.arena, r->id));
		fill_in(rq, "district", found[0] == r ? S("") : str_i64(rq->ctx.arena, found[0]->id));
		req_fail(rq, "region", MSG_COUNTER_LOOK);
		return NULL;
	}
	if (!region || region->up)
		req_fail(rq, "region", MSG_FORM_CHOOSE);
	else if (f->district && (!district || district->up != region))
		req_fail(rq, "district", MSG_FILING_DISTRICT_WRONG);
	return district ? district : region;
}

static void check_person(struct req *rq)
{
	const struct counter_form *f = FORM_OF(rq, struct counter_form);
	struct day today = when_day(rq->ctx.now);

	if (f->received.v != INT32_MIN && (f->received.v > today.v || f->received.v < today.v - OLDEST_DAYS))
		req_fail(rq, "received", MSG_COUNTER_RECEIVED_WRONG);
	if (f->anonymous) {
		if (!filing_danger_of(&rq->ctx, f->text, f->danger).now)
			req_fail(rq, "anonymous", MSG_FILING_ANONYMOUS_NO);
		return;
	}
	if (utf8_count(f->name) < 2)
		req_fail(rq, "name", MSG_FORM_REQUIRED);
	if (str_eq(f->reply_by, S("post")) && !f->post_address.n)
		req_fail(rq, "post_address", MSG_FORM_REQUIRED);
	if (str_eq(f->reply_by, S("mail")) && !f->email.n)
		req_fail(rq, "email", MSG_FORM_REQUIRED);
	if (f->collective && f->people < 2)
		req_fail(rq, "people", MSG_FILING_PEOPLE_FEW);
}

static int64_t body_for(struct req *rq, const struct topic *t, const struct place *where)
{
	const struct counter_form *f = FORM_OF(rq, struct counter_form);
	const struct body *found[COMPETENT_MAX];

	if (f->body)
		return pack_body(rq->ctx.app->pack, f->body) ? f->body : 0;
	return t && where && body_competent(rq->ctx.app->pack, t, where, found) ? found[0]->id : 0;
}

static enum rc counter_post(struct req *rq)
{
	const struct counter_form *f = FORM_OF(rq, struct counter_form);
	const struct kind *kind = pack_kind(rq->ctx.app->pack, f->kind);
	struct appeal_case k;

	if (!kind || !kind->offered)
		req_fail(rq, "kind", MSG_FORM_CHOOSE);
	check_person(rq);
	const struct topic *t = check_topic(rq);
	const struct place *where = check_place(rq);
	int64_t body = body_for(rq, t, where);

	if (t && where && !body)
		req_fail(rq, "body", MSG_FORM_CHOOSE);
	if (rq->form.n_errors)
		return RC_INVALID;
	bool named = !f->anonymous, danger = filing_danger_of(&rq->ctx, f->text, f->danger).now;
	struct appeal_filing filing = {
		.kind = f->kind, .origin = f->origin, .lang = f->lang.n ? f->lang : filing_lang(rq, f->text), .text = f->text, .topic = t->code,
		.place = where->id, .body = body, .address = f->address, .received = f->received.v == INT32_MIN ? (struct day){ 0 } : f->received,
		.entity = f->entity, .collective = f->collective, .anonymous = f->anonymous, .danger = danger,
		.agreed_public = f->agreed_public && named, .people = f->collective ? f->people : 1, .reply_by = f->reply_by,
		.name = named ? f->name : S(""), .email = named ? f->email : S(""), .phone = named ? f->phone : S(""),
		.post_address = named ? f->post_address : S(""), .on_behalf_of = f->on_behalf_of, .identifier = named ? f->iin : S(""),
	};

	TRY(appeal_file(&rq->ctx, &rq->who, &filing, &k));
	TRY(filing_attach(&rq->ctx, &k, rq->slow));
	struct str parts[] = { k.a.number, appeal_secret(&rq->ctx, rq->ctx.arena, k.a.id) };

	return redirect(rq, url_path(rq->ctx.arena, "/desk/new/{}/{}", 2, parts), MSG_COUNTER_TAKEN);
}

/* The slip for the person, in the person's language; only with its own code, which whoever wrote it down was led to. */
static enum rc slip_get(struct req *rq)
{
	struct appeal_case k;
	struct str number;
	enum lang_id lang = lang_id(rq->view.lang);

	if (!appeal_number_clean(rq->ctx.arena, rq->params[0], &number))
		return RC_NOT_FOUND;
	TRY(appeal_open(&rq->ctx, &(struct actor){ .roles = BIT(ROLE_GUEST) }, number, rq->params[1], false, &k));
	if (k.view != VIEW_OWN || !k.a.written_by)
		return RC_NOT_FOUND;
	struct view theirs = rq->view;

	if (lang_by_code(k.a.lang, &lang))
		theirs.lang = lang_of(lang);
	http_set_header(rq->http, S("Cache-Control"), S("no-store"));
	const struct pack *p = rq->ctx.app->pack;
	struct url address = appeal_url(rq->ctx.arena, k.a.number, rq->params[1]);
	struct str full = str_cat(rq->ctx.arena, rq->ctx.app->public_url, url_str(address));
	struct out *o = page_open(rq, &(struct page){ .title = MSG_COUNTER_TAKEN, .nav = MSG_LAYOUT_NAV_DESK, .desk = true });

	struct filing_danger danger = filing_danger_of(&rq->ctx, k.a.text, k.a.danger);

	tmpl_appeal_counter_done(o, &rq->view, &danger);
	tmpl_appeal_counter_slip(o, &theirs, &k.a, rq->params[1], rq->ctx.app->public_url, html_qr(rq->ctx.arena, full), body_name(p, k.a.first_body_id, lang),
				 body_name(p, k.a.written_body_id, lang), rq->who_name);
	return page_close(rq);
}

#define WRITERS (BIT(ROLE_OPERATOR) | BIT(ROLE_REGISTRAR))

static const struct route routes[] = {
	{ HTTP_GET, "/desk/new", WRITERS, RL_READ, READ, counter_get },
	{ HTTP_POST, "/desk/new", WRITERS, RL_WRITE, SLOW, counter_post, &counter_form, counter_get, counter_slow },
	{ HTTP_GET, "/desk/new/:number/:secret", WRITERS, RL_READ, READ, slip_get },
};

const struct module counter_module = { .name = "counter", .routes = routes, .n_routes = ARRAY_LEN(routes) };
