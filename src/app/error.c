#include "app/error.h"

#include "app/route.h"
#include "gen/app_tmpl.h"
#include "gen/messages.h"

static const struct {
	int status;
	unsigned title, what;
} texts[] = {
	{ 400, MSG_ERROR_S400_TITLE, MSG_ERROR_S400_WHAT }, { 403, MSG_ERROR_S403_TITLE, MSG_ERROR_S403_WHAT },
	{ 404, MSG_ERROR_S404_TITLE, MSG_ERROR_S404_WHAT }, { 405, MSG_ERROR_S405_TITLE, MSG_ERROR_S405_WHAT },
	{ 406, MSG_ERROR_S406_TITLE, MSG_ERROR_S406_WHAT }, { 408, MSG_ERROR_S408_TITLE, MSG_ERROR_S408_WHAT },
	{ 409, MSG_ERROR_S409_TITLE, MSG_ERROR_S409_WHAT }, { 410, MSG_ERROR_S410_TITLE, MSG_ERROR_S410_WHAT },
	{ 413, MSG_ERROR_S413_TITLE, MSG_ERROR_S413_WHAT }, { 414, MSG_ERROR_S414_TITLE, MSG_ERROR_S414_WHAT },
	{ 415, MSG_ERROR_S415_TITLE, MSG_ERROR_S415_WHAT }, { 422, MSG_ERROR_S422_TITLE, MSG_ERROR_S422_WHAT },
	{ 429, MSG_ERROR_S429_TITLE, MSG_ERROR_S429_WHAT }, { 431, MSG_ERROR_S414_TITLE, MSG_ERROR_S414_WHAT },
	{ 503, MSG_ERROR_S503_TITLE, MSG_ERROR_S503_WHAT }, { 500, MSG_ERROR_S500_TITLE, MSG_ERROR_S500_WHAT },
};

int error_status_of(enum rc rc)
{
	static const int of[RC_N] = {
		[RC_OK] = 200,        [RC_NOT_FOUND] = 404, [RC_GONE] = 410,      [RC_FORBIDDEN] = 403,
		[RC_INVALID] = 422,   [RC_CONFLICT] = 409,  [RC_DUPLICATE] = 409, [RC_LIMIT] = 429,
		[RC_TOO_LARGE] = 413, [RC_BUSY] = 503,      [RC_RETRY] = 503,     [RC_INTERNAL] = 500,
	};

	return (unsigned)rc < RC_N ? of[rc] : 500;
}

static size_t text_of(int status)
{
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		if (texts[i].status == status)
			return i;
	return status >= 500 ? ARRAY_LEN(texts) - 1 : 0;
}

static void as_json(struct req *rq, int status, unsigned msg)
{
	struct out o = OUT_ON(rq->ctx.arena);

	OUT_LIT(&o, "{\"error\":{\"status\":");
	out_i64(&o, status);
	OUT_LIT(&o, ",\"message\":");
	out_json_str(&o, msg_text(rq->view.lang, msg));
	OUT_LIT(&o, ",\"request\":");
	out_json_str(&o, str_of(rq->http->id));
	if (rq->form.n_errors) {
		OUT_LIT(&o, ",\"fields\":{");
		for (size_t i = 0; i < rq->form.n_errors; i++) {
			const struct form_error *e = &rq->form.errors[i];

			if (i)
				out_char(&o, ',');
			out_json_str(&o, str_of(e->field ? e->field : ""));
			out_char(&o, ':');
			out_json_str(&o, msg_fmt(rq->ctx.arena, rq->view.lang, e->msg, e->args, e->n_args));
		}
		out_char(&o, '}');
	}
	OUT_LIT(&o, "}}\n");
	rc_ignore(send_json(rq, status, out_done(&o)));
}

static const struct field *field_of(const struct form *f, struct str name)
{
	for (size_t i = 0; f && i < f->n; i++)
		if (str_eq(name, str_of(f->fields[i].name)))
			return &f->fields[i];
	return NULL;
}

/*
 * What was sent and could not be taken in, to be sent again as it was: with the keys of the first try, so that it happens once even if the first
 * did arrive. Needs no database. Passwords and files do not come back.
 */
static const struct kept_form *keep_form(struct req *rq, int status)
{
	const struct http_request *http = rq->http;
	struct kept_form *k = ARENA_NEW(rq->ctx.arena, struct kept_form);
	struct str csrf = http_form(http, S("_csrf"));

	if (status < 500 || !http->n_form || !csrf.n || !url_checked(rq->ctx.arena, http->path, &k->to))
		return NULL;
	k->files = http->n_files > 0;
	k->v = ARENA_ARRAY(rq->ctx.arena, http->n_form, struct kept_field);
	for (size_t i = 0; i < http->n_form; i++) {
		const struct field *f = field_of(rq->route ? rq->route->form : NULL, http->form[i].name);

		if (http->form[i].name.p[0] == '_' || (f && f->kind == F_SECRET))
			continue;
		k->v[k->n++] = (struct kept_field){ http->form[i].name, http->form[i].value, f && f->kind == F_LINES, f ? f->label : 0 };
	}
	rq->view.csrf = csrf;
	rq->forms.key = http_form(http, S("_key"));
	return k;
}

static void show(struct req *rq, int status, unsigned said)
{
	size_t i = text_of(status);
	struct http_response *r = &rq->http->response;

	r->body = OUT_ON(rq->ctx.arena);
	r->file = (struct str){ NULL, 0 };
	r->sse = NULL;
	rq->forms.used = false;
	if (status == 503 || status == 429) {
		bool told = false;

		for (size_t k = 0; k < r->n_headers; k++)
			told = told || str_eq_nocase(r->headers[k].name, S("Retry-After"));
		if (!told)
			http_set_header(rq->http, S("Retry-After"), S("5"));
	}
	if ((rq->route && rq->route->api) || str_starts(rq->http->path, S("/api/"))) {
		as_json(rq, status, said ? said : texts[i].what);
		return;
	}
	const struct kept_form *kept = keep_form(rq, status);
	unsigned what = status == 503 && rq->http->method == HTTP_GET ? MSG_ERROR_S503_READ : texts[i].what;
	struct out *o = page_open(rq, &(struct page){ .title = texts[i].title });

	tmpl_app_error(o, &rq->view, status, texts[i].title, said ? said : what, str_of(rq->http->id), kept);
	rc_ignore(page_close(rq));
	r->status = status;
}

void error_page(struct req *rq, enum rc rc)
{
	show(rq, error_status_of(rc), rq->ctx.fail_msg);
}

void error_status(struct req *rq, int status)
{
	show(rq, status, 0);
}

enum rc error_stale_form(struct req *rq)
{
	rq->ctx.fail_msg = MSG_ERROR_STALE_FORM;
	return RC_FORBIDDEN;
}
