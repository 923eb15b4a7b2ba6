/*
 * open311_web.c: Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2), JSON and XML. A service is a topic; a request is an appeal of the kind "message".
 * Reading shows what the public may see; writing needs a key of /admin/clients.
 */
#include "app/app.h"
#include "base/random.h"
#include "channel/api.h"
#include "channel/feed.h"
#include "gen/channel_sql.h"
#include "gen/messages.h"
#include "place/place.h"

#define PAGE 50
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

static bool is_closed(struct str state)
{
	static const char *const closed[] = { "answered", "closed", "stopped", "withdrawn", "joined" };

	for (size_t i = 0; i < ARRAY_LEN(closed); i++)
		if (str_eq(state, str_of(closed[i])))
			return true;
	return false;
}

static void put_request(struct req *rq, struct writer *w, const struct appeal_public_row *a)
{
	const struct pack *p = rq->ctx.app->pack;
	const struct topic *t = pack_topic(p, a->topic);
	const struct place *pl = pack_place(p, a->place_id);
	bool point = a->lat > 0.0001 || a->lat < -0.0001;

	open_item(w, "request");
	put(w, "service_request_id", a->number);
	put(w, "status", is_closed(a->state) ? S("closed") : S("open"));
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

/* Keyset behind the scenes; `page` counts from 1 as the specification has it and walks at most 200 pages. */
static enum rc requests_page(struct req *rq, struct writer *w)
{
	struct str code = req_query(rq, "service_code"), status = req_query(rq, "status");
	struct appeal_public_row_list l;
	struct when start, end, updated;
	int64_t page = 1, before = INT64_MAX;

	if (!date_of(rq, "start_date", &start) || !date_of(rq, "end_date", &end) || !date_of(rq, "updated_after", &updated) ||
	    (req_query(rq, "page").n && (!str_to_i64(req_query(rq, "page"), &page) || page < 1 || page > 200)))
		return RC_INVALID;
	if (when_set(updated)) {
		TRY(appeal_public_updated(rq->ctx.db, updated, (struct appeal_id){ 0 }, PAGE, &l));
		for (size_t i = 0; i < l.n; i++)
			put_request(rq, w, &l.v[i]);
		return RC_OK;
	}
	if (when_set(end))
		before = id_at_ms(end.us / 1000, 4095);
	for (int64_t at = 1;; at++) {
		if (code.n)
			TRY(appeal_public_of_topic(rq->ctx.db, code, (struct appeal_id){ before }, PAGE, &l));
		else
			TRY(appeal_public_recent(rq->ctx.db, (struct appeal_id){ before }, PAGE, &l));
		if (at == page || l.n < PAGE)
			break;
		before = l.v[l.n - 1].id.v;
	}
	for (size_t i = 0; i < l.n; i++) {
		const struct appeal_public_row *a = &l.v[i];

		if ((when_set(start) && a->filed_at.us < start.us) || (when_set(end) && a->filed_at.us > end.us) ||
		    (status.n && str_eq(status, S("open")) == is_closed(a->state)))
			continue;
		put_request(rq, w, a);
	}
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
	struct str root = rq->ctx.app->public_url;

	if (!w->xml) {
		struct str json = str_fmt(rq->ctx.arena,
					  "{\"changeset\":\"2026-11-24\",\"contact\":\"%.*s/help\",\"endpoints\":[{\"specification\":"
					  "\"http://wiki.open311.org/GeoReport_v2\",\"url\":\"%.*s/open311/v2\",\"type\":\"production\",\"formats\":[\"application/json\","
					  "\"text/xml\"]}]}\n",
					  STR_FMT(root), STR_FMT(root));

		return send_json(rq, 200, json);
	}
	open_list(w, "discovery");
	put(w, "changeset", S("2026-11-24"));
	put(w, "contact", str_cat(rq->ctx.arena, root, S("/help")));
	OUT_LIT(&w->o, "<endpoints>");
	open_item(w, "endpoint");
	put(w, "specification", S("http://wiki.open311.org/GeoReport_v2"));
	put(w, "url", str_cat(rq->ctx.arena, root, S("/open311/v2")));
	put(w, "type", S("production"));
	close_item(w, "endpoint");
	OUT_LIT(&w->o, "</endpoints>");
	close_list(w, "discovery");
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

/* services/CODE, requests/ID, tokens/ID: a token of ours is the number itself, given at once. */
static enum rc inner_get(struct req *rq)
{
	struct str name, number;
	struct writer w;

	if (!cut_suffix(rq, rq->params[1], &name, &w))
		return RC_NOT_FOUND;
	if (str_eq(rq->params[0], S("services"))) {
		const struct topic *t = pack_topic(rq->ctx.app->pack, name);

		if (!t)
			return refuse(rq, &w, 404, S("there is no such service_code"));
		open_list(&w, "service_definition");
		put_service(rq, &w, t);
		close_list(&w, "service_definition");
		return send(rq, &w, 200);
	}
	struct appeal_public_row a;
	bool known = appeal_number_clean(rq->ctx.arena, name, &number) && appeal_public_by_number(rq->ctx.db, number, &a) == RC_OK;

	if (!known)
		return refuse(rq, &w, 404, S("there is no such service_request_id"));
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

static bool key_may_write(struct req *rq)
{
	struct channel_client_row client;
	struct str key = posted(rq, "api_key");

	return key.n >= 16 && channel_client(rq->ctx.db, token_hash(rq->ctx.arena, key), &client) == RC_OK && client.may_write;
}

static enum rc requests_post(struct req *rq)
{
	struct str name;
	struct writer w;
	struct appeal_case k;
	const char *field = "";
	struct api_filing f = { .kind = rq->ctx.app->pack->kind_report->code, .origin = S("open311"), .text = posted(rq, "description"), .topic = posted(rq, "service_code"),
				.address = posted(rq, "address_string"), .email = posted(rq, "email"), .phone = posted(rq, "phone") };

	if (!cut_suffix(rq, rq->params[0], &name, &w) || !str_eq(name, S("requests")))
		return RC_NOT_FOUND;
	if (!key_may_write(rq))
		return refuse(rq, &w, 403, msg_text(rq->view.lang, MSG_CHANNEL_KEY));
	struct str first = posted(rq, "first_name"), last = posted(rq, "last_name");

	f.name = str_trim(str_fmt(rq->ctx.arena, "%.*s %.*s", STR_FMT(first), STR_FMT(last)));
	rc_ignore(str_to_double(posted(rq, "lat"), &f.lat) && str_to_double(posted(rq, "long"), &f.lon) ? RC_OK : RC_INVALID);
	enum rc rc = api_file(rq, &f, &k, &field);

	if (rc == RC_INVALID)
		return refuse(rq, &w, 400, str_fmt(rq->ctx.arena, "%s: %.*s", field, STR_FMT(msg_text(rq->view.lang, rq->ctx.fail_msg))));
	TRY(rc);
	open_list(&w, "service_requests");
	open_item(&w, "request");
	put(&w, "service_request_id", k.a.number);
	put(&w, "service_notice", msg_fmt(rq->ctx.arena, rq->view.lang, MSG_APPEAL_PAGE_DUE, ARGS(ARG_D("day", when_day(k.a.due_at)))));
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
