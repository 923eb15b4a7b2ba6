/*
 * open311_web.c: Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2), JSON and XML. A service is a topic; a request is an appeal of the kind "message".
 * Reading shows what the public may see; writing needs a key of /admin/clients.
 */
#include "app/app.h"
#include "appeal/appeal_list.h"
#include "appeal/filing.h"
#include "base/random.h"
#include "channel/api.h"
#include "channel/feed.h"
#include "gen/channel_sql.h"
#include "gen/messages.h"
#include "place/place.h"

#define CHANGESET "2026-11-25T00:00:00+05:00" /* what programs see here changed last */
#define PAGE 50
#define PAGE_MOST 200
#define DEEP 2000    /* rows that pages may reach: a page costs those before it */
#define DEEP_WORDS "pages reach 2000 requests: go on with updated_after (the last updated_datetime seen), or with start_date and end_date (windows of requested_datetime)"
#define SPAN_DAYS 90 /* of the specification */
#define WALK 1000    /* changes looked through at a time */
#define BODY_MAX ((size_t)64 << 10)

/* One writer for both forms: an element is a member, a list has one name inside. */
struct writer {
	struct out o;
	bool xml;
	bool comma;
};

static void open_list(struct writer *w, const char *name)
{
	if (w->xml)
		out_fmt(&w->o, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<%s>", name);
	else
		out_char(&w->o, '[');
	w->comma = false;
}

static void close_list(struct writer *w, const char *name)
{
	if (w->xml)
		out_fmt(&w->o, "</%s>\n", name);
	else
		OUT_LIT(&w->o, "]\n");
}

static void open_item(struct writer *w, const char *name)
{
	if (w->xml)
		out_fmt(&w->o, "<%s>", name);
	else
		out_fmt(&w->o, "%s{", w->comma ? "," : "");
	w->comma = false;
}

static void close_item(struct writer *w, const char *name)
{
	if (w->xml)
		out_fmt(&w->o, "</%s>\n", name);
	else
		out_char(&w->o, '}');
	w->comma = true;
}

static void put(struct writer *w, const char *name, struct str value)
{
	if (w->xml) {
		out_fmt(&w->o, "<%s>", name);
		xml_text(&w->o, value);
		out_fmt(&w->o, "</%s>", name);
		return;
	}
	out_fmt(&w->o, "%s\"%s\":", w->comma ? "," : "", name);
	out_json_str(&w->o, value);
	w->comma = true;
}

static enum rc send(struct req *rq, struct writer *w, int status)
{
	return send_text(rq, status, w->xml ? "text/xml; charset=utf-8" : "application/json; charset=utf-8", out_done(&w->o));
}

static enum rc refuse(struct req *rq, struct writer *w, int status, struct str words)
{
	w->o = OUT_ON(rq->ctx.arena);
	w->comma = false;
	open_list(w, "errors");
	open_item(w, "error");
	put(w, "code", str_fmt(rq->ctx.arena, "%d", status));
	put(w, "description", words);
	close_item(w, "error");
	close_list(w, "errors");
	return send(rq, w, status);
}

/* "requests.json" or "26-ABCD-EFGH.xml": the name and the form. */
static bool cut_suffix(struct req *rq, struct str s, struct str *ret_name, struct writer *w)
{
	*w = (struct writer){ .o = OUT_ON(rq->ctx.arena), .xml = str_ends(s, S(".xml")) };
	if (!w->xml && !str_ends(s, S(".json")))
		return false;
	*ret_name = str_sub(s, 0, s.n - (w->xml ? 4 : 5));
	return true;
}

static void put_service(struct req *rq, struct writer *w, const struct topic *t)
{
	open_item(w, "service");
	put(w, "service_code", t->code);
	put(w, "service_name", name_in(&t->name, rq->view.lang));
	put(w, "description", name_in(&t->name, rq->view.lang));
	put(w, "metadata", S("false"));
	put(w, "type", S("realtime"));
	put(w, "keywords", t->stems_ru);
	put(w, "group", name_in(&(t->up ? t->up : t)->name, rq->view.lang));
	close_item(w, "service");
}

static struct str when_or_empty(struct req *rq, struct when w)
{
	return when_set(w) ? when_iso(rq->ctx.arena, w) : S("");
}

static void put_request(struct req *rq, struct writer *w, const struct appeal_public_row *a)
{
	const struct pack *p = rq->ctx.app->pack;
	const struct topic *t = pack_topic(p, a->topic);
	const struct place *pl = pack_place(p, a->place_id);
	bool point = a->lat > 0.0001 || a->lat < -0.0001;

	open_item(w, "request");
	put(w, "service_request_id", a->number);
	put(w, "status", appeal_is_over(a->state) ? S("closed") : S("open"));
	put(w, "status_notes", a->decision);
	put(w, "service_name", t ? name_in(&t->name, rq->view.lang) : a->topic);
	put(w, "service_code", a->topic);
	put(w, "description", a->public_text);
	put(w, "agency_responsible", pack_body(p, a->body_id) ? name_in(&pack_body(p, a->body_id)->name, rq->view.lang) : S(""));
	put(w, "requested_datetime", when_or_empty(rq, a->filed_at));
	put(w, "updated_datetime", when_or_empty(rq, a->updated_at));
	put(w, "expected_datetime", when_or_empty(rq, a->due_at));
	put(w, "address", place_full_name(rq->ctx.arena, p, a->place_id, lang_id(rq->view.lang)));
	put(w, "lat", str_fmt(rq->ctx.arena, "%.6f", point ? a->lat : pl ? pl->lat : 0.0));
	put(w, "long", str_fmt(rq->ctx.arena, "%.6f", point ? a->lon : pl ? pl->lon : 0.0));
	close_item(w, "request");
}

static enum rc requests_of_ids(struct req *rq, struct writer *w, struct str ids)
{
	struct str one, number;

	for (int n = 0; n < 100 && str_cut(&ids, ',', &one); n++) {
		struct appeal_public_row a;

		if (!appeal_number_clean(rq->ctx.arena, str_trim(one), &number))
			continue;
		enum rc rc = appeal_public_by_number(rq->ctx.db, number, &a);

		if (rc == RC_OK)
			put_request(rq, w, &a);
		else if (rc != RC_NOT_FOUND)
			return rc;
	}
	return RC_OK;
}

static bool date_of(const struct req *rq, const char *name, struct when *ret)
{
	struct str s = req_query(rq, name);

	*ret = (struct when){ 0 };
	return !s.n || when_parse(s, ret);
}

/* What is asked for: filters, and which rows of what they leave. */
struct search {
	struct appeal_filter f;
	struct when updated;
	int64_t page, size;
};

static bool number_of(const struct req *rq, const char *name, int64_t most, int64_t *ret)
{
	struct str s = req_query(rq, name);

	return !s.n || (str_to_i64(s, ret) && *ret >= 1 && *ret <= most);
}

/* Codes of services as one list with commas; those that are not there ask for nothing. */
static bool topics_of(const struct req *rq, struct appeal_filter *f)
{
	struct str codes = req_query(rq, "service_code"), code;

	if (!codes.n)
		return true;
	while (str_cut(&codes, ',', &code))
		(void)appeal_filter_add(rq->ctx.app->pack, str_trim(code), f);
	return f->n_topics > 0;
}

/* "open", "closed" or both with a comma; anything else is no state of the specification. */
static bool states_of(const struct req *rq, struct str *ret)
{
	struct str s = req_query(rq, "status"), one;
	bool open = false, closed = false;

	*ret = S("");
	if (!s.n)
		return true;
	while (str_cut(&s, ',', &one)) {
		one = str_trim(one);
		if (!str_eq(one, S("open")) && !str_eq(one, S("closed")))
			return false;
		open |= str_eq(one, S("open"));
		closed |= str_eq(one, S("closed"));
	}
	*ret = open && closed ? S("") : open ? S("open") : S("closed");
	return true;
}

/* A span of at most 90 days: without dates the last ones, with one date those beside it. A whole second ends with its last moment. */
static void span_of(const struct req *rq, struct appeal_filter *f)
{
	struct when now = rq->ctx.now;

	if (when_set(f->until) && f->until.us % WHEN_SECOND == 0)
		f->until = when_add(f->until, WHEN_SECOND - 1);
	if (!when_set(f->until))
		f->until = when_set(f->since) && f->since.us < now.us - SPAN_DAYS * WHEN_DAY ? when_add(f->since, SPAN_DAYS * WHEN_DAY) : now;
	if (!when_set(f->since) || f->since.us < f->until.us - SPAN_DAYS * WHEN_DAY)
		f->since = when_add(f->until, -SPAN_DAYS * WHEN_DAY);
}

static bool fits(const struct search *s, const struct appeal_public_row *a)
{
	return (!s->f.n_topics || appeal_filter_has(&s->f, a->topic)) && (!s->f.state.n || str_eq(s->f.state, S("closed")) == appeal_is_over(a->state)) &&
	       (!when_set(s->f.since) || a->filed_at.us >= s->f.since.us) && (!when_set(s->f.until) || a->filed_at.us <= s->f.until.us);
}

/* In the order of the changes, so that a program may go on from the last updated_datetime it saw. */
static enum rc changes_page(struct req *rq, struct writer *w, const struct search *s)
{
	struct appeal_public_row_list l = { .n = WALK };
	struct appeal_id id = { 0 };
	struct when after = s->updated;
	int64_t skip = (s->page - 1) * s->size, left = s->size;

	while (left && l.n == WALK) {
		TRY(appeal_public_updated(rq->ctx.db, after, id, WALK, &l));
		for (size_t i = 0; i < l.n && left; i++) {
			if (!fits(s, &l.v[i]) || skip-- > 0)
				continue;
			put_request(rq, w, &l.v[i]);
			left--;
		}
		if (l.n) {
			after = l.v[l.n - 1].updated_at;
			id = l.v[l.n - 1].id;
		}
	}
	return RC_OK;
}

/* Keyset behind the scenes; `page` counts from 1 as programs of this kind ask. */
static enum rc requests_page(struct req *rq, struct writer *w)
{
	struct search s = { .page = 1, .size = PAGE };
	struct appeal_public_row_list l = { .n = 0 };
	int64_t before = 0;

	if (!date_of(rq, "start_date", &s.f.since) || !date_of(rq, "end_date", &s.f.until) || !date_of(rq, "updated_after", &s.updated) ||
	    !number_of(rq, "page", INT64_MAX, &s.page) || !number_of(rq, "page_size", PAGE_MOST, &s.size) || !states_of(rq, &s.f.state))
		return RC_INVALID;
	if (s.page > DEEP / s.size)
		return RC_TOO_LARGE;
	if (!topics_of(rq, &s.f))
		return RC_OK;
	if (when_set(s.updated))
		return changes_page(rq, w, &s);
	span_of(rq, &s.f);
	for (int64_t at = 1; at <= s.page; at++) {
		TRY(appeal_list(&rq->ctx, &s.f, before, s.size, &l));
		if ((int64_t)l.n < s.size && at < s.page)
			return RC_OK;
		before = l.n ? l.v[l.n - 1].id.v : 0;
	}
	for (size_t i = 0; i < l.n; i++)
		put_request(rq, w, &l.v[i]);
	return RC_OK;
}

static enum rc requests(struct req *rq, struct writer *w)
{
	struct str ids = req_query(rq, "service_request_id");

	open_list(w, "service_requests");
	TRY(ids.n ? requests_of_ids(rq, w, ids) : requests_page(rq, w));
	close_list(w, "service_requests");
	return send(rq, w, 200);
}

static enum rc discovery(struct req *rq, struct writer *w)
{
	struct str root = rq->ctx.app->public_url, contact = str_cat(rq->ctx.arena, root, S("/help/data")), here = str_cat(rq->ctx.arena, root, S("/open311/v2"));
	static const char *const formats[] = { "text/xml", "application/json" };

	if (w->xml)
		OUT_LIT(&w->o, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
	open_item(w, "discovery");
	put(w, "changeset", S(CHANGESET));
	put(w, "contact", contact);
	put(w, "key_service", contact);
	put(w, "paging", S(DEEP_WORDS));
	out_str(&w->o, w->xml ? S("<endpoints>") : S(",\"endpoints\":["));
	w->comma = false;
	open_item(w, "endpoint");
	put(w, "specification", S("http://wiki.open311.org/GeoReport_v2"));
	put(w, "url", here);
	put(w, "changeset", S(CHANGESET));
	put(w, "type", S("production"));
	out_str(&w->o, w->xml ? S("<formats>") : S(",\"formats\":["));
	for (size_t i = 0; i < ARRAY_LEN(formats); i++)
		out_fmt(&w->o, w->xml ? "<format>%s</format>" : i ? ",\"%s\"" : "\"%s\"", formats[i]);
	out_str(&w->o, w->xml ? S("</formats>") : S("]"));
	close_item(w, "endpoint");
	out_str(&w->o, w->xml ? S("</endpoints>") : S("]"));
	close_item(w, "discovery");
	return send(rq, w, 200);
}

static enum rc top_get(struct req *rq)
{
	const struct pack *p = rq->ctx.app->pack;
	struct str name;
	struct writer w;

	if (!cut_suffix(rq, rq->params[0], &name, &w))
		return RC_NOT_FOUND;
	if (str_eq(name, S("discovery")))
		return discovery(rq, &w);
	if (str_eq(name, S("requests"))) {
		enum rc rc = requests(rq, &w);

		if (rc == RC_TOO_LARGE)
			return refuse(rq, &w, 400, S(DEEP_WORDS));
		return rc == RC_INVALID ? refuse(rq, &w, 400, S("a date or page is not well formed")) : rc;
	}
	if (!str_eq(name, S("services")))
		return RC_NOT_FOUND;
	open_list(&w, "services");
	for (size_t i = 0; i < p->n_topics; i++)
		put_service(rq, &w, &p->topics[i]);
	close_list(&w, "services");
	cache_public(rq, 3600);
	return send(rq, &w, 200);
}

/* No service asks for more than the description: no attributes. */
static enum rc service_definition(struct req *rq, struct writer *w, const struct topic *t)
{
	if (w->xml)
		OUT_LIT(&w->o, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
	open_item(w, "service_definition");
	put(w, "service_code", t->code);
	out_str(&w->o, w->xml ? S("<attributes></attributes>") : S(",\"attributes\":[]"));
	close_item(w, "service_definition");
	return send(rq, w, 200);
}

static bool client_of(struct req *rq, struct str key, struct channel_client_row *ret)
{
	return key.n >= 16 && channel_client(rq->ctx.db, token_hash(rq->ctx.arena, key), ret) == RC_OK;
}

/* A program reads the state of what it filed itself before a moderator has cleared the words: those stay out. */
static enum rc own_request(struct req *rq, struct str number, struct appeal_public_row *ret)
{
	struct channel_client_row client;
	struct client_appeal_row own;
	struct appeal_row a;

	if (!client_of(rq, req_query(rq, "api_key"), &client))
		return RC_NOT_FOUND;
	TRY(appeal_by_number(rq->ctx.db, number, &a));
	TRY(client_appeal_of(rq->ctx.db, a.id, client.id, &own));
	*ret = (struct appeal_public_row){ .id = a.id, .number = a.number, .state = a.state, .topic = a.topic, .place_id = a.place_id, .body_id = a.body_id,
					   .filed_at = a.filed_at, .due_at = a.due_at, .updated_at = a.updated_at, .decision = a.decision, .lat = a.lat, .lon = a.lon,
					   .public_text = S("") };
	return RC_OK;
}

static enum rc request_by(struct req *rq, struct str name, struct appeal_public_row *ret)
{
	struct str number;

	if (!appeal_number_clean(rq->ctx.arena, name, &number))
		return RC_NOT_FOUND;
	enum rc rc = appeal_public_by_number(rq->ctx.db, number, ret);

	return rc == RC_NOT_FOUND ? own_request(rq, number, ret) : rc;
}

/* services/CODE, requests/ID, tokens/ID: a token of ours is the number itself, given at once. */
static enum rc inner_get(struct req *rq)
{
	struct str name;
	struct writer w;

	if (!cut_suffix(rq, rq->params[1], &name, &w))
		return RC_NOT_FOUND;
	if (str_eq(rq->params[0], S("services"))) {
		const struct topic *t = pack_topic(rq->ctx.app->pack, name);

		if (!t)
			return refuse(rq, &w, 404, S("there is no such service_code"));
		return service_definition(rq, &w, t);
	}
	struct appeal_public_row a;
	enum rc rc = request_by(rq, name, &a);

	if (rc == RC_NOT_FOUND)
		return refuse(rq, &w, 404, S("there is no such service_request_id"));
	TRY(rc);
	open_list(&w, "service_requests");
	if (str_eq(rq->params[0], S("requests"))) {
		put_request(rq, &w, &a);
	} else if (str_eq(rq->params[0], S("tokens"))) {
		open_item(&w, "request");
		put(&w, "service_request_id", a.number);
		put(&w, "token", a.number);
		close_item(&w, "request");
	} else {
		return RC_NOT_FOUND;
	}
	close_list(&w, "service_requests");
	return send(rq, &w, 200);
}

static struct str posted(const struct req *rq, const char *name)
{
	struct str s = str_trim(http_form(rq->http, str_of(name)));

	return s.p ? s : S("");
}

/* What the program should tell its person: whom to call first, and when the answer is due. */
static struct str notice_of(const struct req *rq, const struct api_filed *f)
{
	struct str due = msg_fmt(rq->ctx.arena, rq->view.lang, MSG_APPEAL_PAGE_DUE, ARGS(ARG_D("day", when_day(f->k.a.due_at))));
	const struct filing_danger *d = &f->danger;
	struct out o = OUT_ON(rq->ctx.arena);

	if (!d->now)
		return due;
	for (size_t i = 0; i < d->n; i++)
		out_fmt(&o, "%s%.*s (%.*s)", i ? ", " : "", STR_FMT(d->phones[i]->number), STR_FMT(name_in(&d->phones[i]->who, rq->view.lang)));
	struct str call = msg_fmt(rq->ctx.arena, rq->view.lang, MSG_CHANNEL_DANGER, ARGS(ARG_S("numbers", out_done(&o))));

	return str_fmt(rq->ctx.arena, "%.*s %.*s", STR_FMT(call), STR_FMT(due));
}

static enum rc requests_post(struct req *rq)
{
	struct str name;
	struct writer w;
	struct api_filed done;
	struct channel_client_row client;
	int64_t changed;
	struct api_filing f = { .kind = rq->ctx.app->pack->kind_report->code, .origin = S("open311"), .text = posted(rq, "description"), .topic = posted(rq, "service_code"),
				.address = posted(rq, "address_string"), .email = posted(rq, "email"), .phone = posted(rq, "phone") };

	if (!cut_suffix(rq, rq->params[0], &name, &w) || !str_eq(name, S("requests")))
		return RC_NOT_FOUND;
	if (!client_of(rq, posted(rq, "api_key"), &client) || !client.may_write)
		return refuse(rq, &w, 403, msg_text(rq->view.lang, MSG_CHANNEL_KEY));
	struct str first = posted(rq, "first_name"), last = posted(rq, "last_name");

	f.name = str_trim(str_fmt(rq->ctx.arena, "%.*s %.*s", STR_FMT(first), STR_FMT(last)));
	rc_ignore(str_to_double(posted(rq, "lat"), &f.lat) && str_to_double(posted(rq, "long"), &f.lon) ? RC_OK : RC_INVALID);
	enum rc rc = api_file(rq, &f, &done);

	if (rc == RC_INVALID)
		return refuse(rq, &w, 400, str_fmt(rq->ctx.arena, "%s: %.*s", done.field, STR_FMT(msg_text(rq->view.lang, rq->ctx.fail_msg))));
	TRY(rc);
	TRY(client_appeal_insert(rq->ctx.db, done.k.a.id, client.id, &changed));
	open_list(&w, "service_requests");
	open_item(&w, "request");
	put(&w, "service_request_id", done.k.a.number);
	put(&w, "service_notice", notice_of(rq, &done));
	close_item(&w, "request");
	close_list(&w, "service_requests");
	return send(rq, &w, 201);
}

static const struct form body_form = { NULL, 0, 1, BODY_MAX };

static const struct route routes[] = {
	{ HTTP_GET, "/open311/v2/:list", ANYONE, RL_API, READ, top_get, .api = true },
	{ HTTP_GET, "/open311/v2/:list/:id", ANYONE, RL_API, READ, inner_get, .api = true },
	{ HTTP_POST, "/open311/v2/:list", ANYONE, RL_API, WRITE, requests_post, &body_form, .api = true },
};

const struct module open311_module = { .name = "open311", .routes = routes, .n_routes = ARRAY_LEN(routes) };
