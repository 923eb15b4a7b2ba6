#include "app/site_web.h"

#include "app/app.h"
#include "html/asset.h"
#include "http/conditional.h"

/* Assets carry a hash of their bytes in the address, so they are kept for good. */
static enum rc asset_get(struct req *rq)
{
	struct asset a;
	enum asset_encoding wanted = http_accepts_encoding(rq->http, "br")     ? ASSET_BROTLI
				     : http_accepts_encoding(rq->http, "gzip") ? ASSET_GZIP
									       : ASSET_RAW;
	static const char *const names[ASSET_ENCODINGS] = { [ASSET_RAW] = "", [ASSET_GZIP] = "gzip", [ASSET_BROTLI] = "br" };

	if (!asset_find(rq->http->path, wanted, &a))
		return RC_NOT_FOUND;
	struct http_response *r = &rq->http->response;

	http_set_header(rq->http, S("Cache-Control"),
			a.immutable ? S("public, max-age=31536000, immutable") : S("public, max-age=300"));
	http_set_header(rq->http, S("Vary"), S("Accept-Encoding"));
	r->status = 200;
	r->type = a.type;
	if (http_not_modified(rq->http, a.etag, (struct when){ 0 }))
		return RC_OK;
	r->file = a.bytes;
	r->encoding = str_of(names[a.encoding]);
	return RC_OK;
}

/* A link, so that it works everywhere; the choice lives in a cookie of its own, and nothing else does. */
static enum rc lang_get(struct req *rq)
{
	enum lang_id id;
	struct url back;

	if (!lang_by_code(rq->params[0], &id))
		return RC_NOT_FOUND;
	struct str to = req_query(rq, "to");

	if (!str_starts(to, S("/")) || !url_checked(rq->ctx.arena, to, &back))
		back = URL("/");
	http_set_cookie(rq->http, "lang", lang_code(lang_of(id)), 365 * 86400);
	http_set_header(rq->http, S("Cache-Control"), S("no-store"));
	return redirect(rq, back, 0);
}

static enum rc robots_get(struct req *rq)
{
	cache_public(rq, 3600);
	return send_text(rq, 200, "text/plain; charset=utf-8",
			 S("User-agent: *\nDisallow: /staff/\nDisallow: /desk\nDisallow: /me\nDisallow: /sign-in\nDisallow: /lang/\n"
			   "Disallow: /receipt/\nDisallow: /demo/\n"));
}

static const struct route routes[] = {
	{ HTTP_GET, "/assets/*", ANYONE, RL_NONE, PLAIN, asset_get },
	{ HTTP_GET, "/lang/:code", ANYONE, RL_READ, PLAIN, lang_get },
	{ HTTP_GET, "/robots.txt", ANYONE, RL_READ, PLAIN, robots_get },
};

const struct module site_module = { .name = "site", .routes = routes, .n_routes = ARRAY_LEN(routes) };
