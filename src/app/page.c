#include "app/route.h"

#include "app/app.h"
#include "gen/layout_tmpl.h"
#include "gen/messages.h"

enum rc req_id(const struct req *rq, size_t param, int64_t *ret)
{
	if (param >= rq->n_params || !str_to_i64(rq->params[param], ret) || *ret <= 0)
		return RC_NOT_FOUND;
	return RC_OK;
}

struct str id_text(const struct req *rq, int64_t id)
{
	return str_i64(rq->ctx.arena, id);
}

struct str req_query(const struct req *rq, const char *name)
{
	return str_trim(http_query(rq->http, str_of(name)));
}

int64_t req_after(const struct req *rq)
{
	int64_t v;

	return str_to_i64(req_query(rq, "after"), &v) && v > 0 ? v : 0;
}

bool req_after_both(const struct req *rq, int64_t most, int64_t *ret_first, int64_t *ret_id)
{
	struct str s = req_query(rq, "after"), head;
	int64_t first, id;

	if (!str_cut(&s, '-', &head) || !str_to_i64(head, &first) || !str_to_i64(s, &id) || first < 0 || first > most || id < 0)
		return false;
	*ret_first = first;
	*ret_id = id;
	return true;
}

struct str list_cursor(struct arena *a, int64_t first, int64_t id)
{
	return str_fmt(a, "%lld-%lld", (long long)first, (long long)id);
}

void req_fail(struct req *rq, const char *field, unsigned msg)
{
	form_fail(&rq->form, field, msg);
}

/* Said once, on the page after a redirect. */
static unsigned take_notice(struct req *rq)
{
	struct str name = http_cookie(rq->http, "notice");
	unsigned msg = name.n ? msg_by_name(name) : 0;

	if (name.n)
		http_set_cookie(rq->http, "notice", S(""), -1);
	return msg;
}

struct out *page_open(struct req *rq, const struct page *p)
{
	struct page *page = ARENA_NEW(rq->ctx.arena, struct page);
	struct out *o = &rq->http->response.body;

	*page = *p;
	page->req = rq;
	if (!page->title_text.n)
		page->title_text = msg_text(rq->view.lang, page->title);
	page->notice = rq->http->method == HTTP_GET ? take_notice(rq) : 0;
	page->has_errors = rq->form.n_errors > 0;
	rq->view.page = page;
	rq->http->response.status = 200;
	rq->http->response.type = S("text/html; charset=utf-8");
	*o = OUT_ON(rq->ctx.arena);
	http_set_header(rq->http, S("Content-Language"), lang_code(rq->view.lang));
	tmpl_layout_page_head(o, &rq->view, page);
	return o;
}

enum rc page_close(struct req *rq)
{
	tmpl_layout_page_foot(&rq->http->response.body, &rq->view, rq->view.page);
	if (rq->form.n_errors)
		rq->http->response.status = 422;
	return rq->http->response.body.failed ? RC_INTERNAL : RC_OK;
}

enum rc redirect(struct req *rq, struct url to, unsigned notice)
{
	http_set_header(rq->http, S("Location"), url_str(to));
	if (notice)
		http_set_cookie(rq->http, "notice", msg_name(notice), 60);
	rq->http->response.status = 303;
	return RC_OK;
}

enum rc send_text(struct req *rq, int status, const char *type, struct str bytes)
{
	rq->http->response.status = status;
	rq->http->response.type = str_of(type);
	rq->http->response.body = OUT_ON(rq->ctx.arena);
	rq->http->response.body.limit = (size_t)256 << 20;
	out_str(&rq->http->response.body, bytes);
	return rq->http->response.body.failed ? RC_TOO_LARGE : RC_OK;
}

enum rc send_json(struct req *rq, int status, struct str json)
{
	return send_text(rq, status, "application/json", json);
}

enum rc send_live(struct req *rq, struct str topic)
{
	rq->http->response.status = 200;
	rq->http->response.sse = rq->ctx.app->sse;
	rq->http->response.sse_topic = topic;
	http_set_header(rq->http, S("Cache-Control"), S("no-store"));
	return RC_OK;
}

/* RFC 6266; the name was cleaned at the edge, here it loses what a header cannot hold. */
enum rc send_file(struct req *rq, const char *type, struct str file_name, struct str bytes)
{
	struct arena *a = rq->ctx.arena;
	char *plain = arena_alloc(a, file_name.n + 1);

	for (size_t i = 0; i < file_name.n; i++) {
		char c = file_name.p[i];

		plain[i] = c >= ' ' && c < 127 && c != '"' && c != '\\' && c != '/' && c != '%' ? c : '_';
	}
	struct str coded = url_str(url_path(a, "/{}", 1, &file_name));

	http_set_header(rq->http, S("Content-Disposition"),
			str_fmt(a, "attachment; filename=\"%s\"; filename*=UTF-8''%.*s", plain, STR_FMT(str_from(coded, 1))));
	return send_text(rq, 200, type, bytes);
}

void cache_public(struct req *rq, unsigned max_age_sec)
{
	if (rq->who.session)
		return;
	http_set_header(rq->http, S("Cache-Control"),
			str_fmt(rq->ctx.arena, "public, max-age=%u, stale-while-revalidate=%u", max_age_sec, 2 * max_age_sec));
	http_set_header(rq->http, S("Vary"), S("Cookie, Accept-Language"));
}
