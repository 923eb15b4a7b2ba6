#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "base/random.h"
#include "base/utf8.h"
#include "http/inner.h"

#define TARGET_MAX 4096
#define HOST_ONLY "__Host-" /* RFC 6265bis 4.1.3: the browser keeps such a cookie for this host alone */

static const struct { const char *name; enum http_method method; } methods[] = {
	{ "GET", HTTP_GET },       { "HEAD", HTTP_HEAD },     { "POST", HTTP_POST },       { "PUT", HTTP_PUT },
	{ "PATCH", HTTP_PATCH },   { "DELETE", HTTP_DELETE }, { "OPTIONS", HTTP_OPTIONS },
};

static const char *lookup(const struct http_request *rq, const char *name)
{
	return MHD_lookup_connection_value(rq->connection_->mhd, MHD_HEADER_KIND, name);
}

struct str http_header(const struct http_request *rq, const char *name)
{
	struct str s = str_of(lookup(rq, name));

	return s.n && utf8_valid(s) ? s : S("");
}

struct str http_cookie(const struct http_request *rq, const char *name)
{
	struct str header = http_header(rq, "cookie"), bare = str_of(name);
	char full[80] = HOST_ONLY;
	size_t n = strlen(HOST_ONLY);

	if (!rq->https)
		return cookie_find(header, bare);
	if (bare.n > sizeof(full) - n)
		return S("");
	memcpy(full + n, bare.p, bare.n);
	return cookie_find(header, (struct str){ full, n + bare.n });
}

static struct str find(const struct http_pair *pairs, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(pairs[i].name, name))
			return pairs[i].value;
	return (struct str){ NULL, 0 };
}

struct str http_query(const struct http_request *rq, struct str name)
{
	return find(rq->query, rq->n_query, name);
}

struct str http_form(const struct http_request *rq, struct str name)
{
	return find(rq->form, rq->n_form, name);
}

static enum MHD_Result count_header(void *arg, enum MHD_ValueKind kind, const char *name, const char *value)
{
	size_t *sum = arg;

	(void)kind;
	*sum += strlen(name) + (value ? strlen(value) : 0) + 4;
	return MHD_YES;
}

static void address_of(struct http_connection_ *c)
{
	const struct http_socket *k = socket_of(c->mhd);

	if (k)
		c->rq.from = k->from;
}

static bool address_parse(struct str s, struct http_address *ret)
{
	char z[64] = "";
	unsigned char v4[4];

	s = str_trim(s);
	if (s.n && s.p[0] == '[') /* [v6]:port */
		s = str_sub(s, 1, str_find_byte(s, ']', 0) - 1);
	if (!s.n || s.n >= sizeof(z))
		return false;
	memcpy(z, s.p, s.n);
	if (inet_pton(AF_INET, z, v4) == 1) {
		*ret = (struct http_address){ { 0 } };
		memset(ret->ip + 10, 0xff, 2);
		memcpy(ret->ip + 12, v4, 4);
		return true;
	}
	return inet_pton(AF_INET6, z, ret->ip) == 1;
}

struct forwarded {
	struct arena *arena;
	struct str list;
};

static enum MHD_Result add_forwarded(void *arg, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct forwarded *f = arg;

	(void)kind;
	if (strcasecmp(name, "x-forwarded-for") == 0 && value)
		f->list = str_fmt(f->arena, "%.*s,%s", STR_FMT(f->list), value);
	return MHD_YES;
}

/* From the right: the first address that is not a proxy of ours is the client. Some proxies add a line of their own below what the client wrote. */
static void believe_proxy(struct http_connection_ *c)
{
	struct http_request *rq = &c->rq;
	struct forwarded f = { .arena = &rq->arena, .list = S("") };

	if (!c->server->trusted || !cidr_has(c->server->trusted, &rq->from))
		return;
	rq->https = str_eq(http_header(rq, "x-forwarded-proto"), S("https"));
	MHD_get_connection_values(c->mhd, MHD_HEADER_KIND, add_forwarded, &f);
	struct str list = f.list;

	while (list.n) {
		size_t comma = list.n;
		struct http_address one = { { 0 } };

		while (comma > 0 && list.p[comma - 1] != ',')
			comma--;
		if (!address_parse(str_from(list, comma), &one))
			return;
		rq->from = one;
		if (!cidr_has(c->server->trusted, &one))
			return;
		list = str_sub(list, 0, comma ? comma - 1 : 0);
	}
}

static int check_framing(struct http_connection_ *c, const char *version)
{
	const char *length = lookup(&c->rq, "content-length"), *coding = lookup(&c->rq, "transfer-encoding");
	int64_t n = 0;

	if (length && coding)
		return 400; /* RFC 9112 6.1: this is how requests are smuggled */
	if (coding && strcasecmp(coding, "chunked") != 0)
		return 400;
	if (length && (!str_to_i64(str_of(length), &n) || n < 0))
		return 400;
	if (!lookup(&c->rq, "host") && strcmp(version, "HTTP/1.1") == 0)
		return 400;
	return 0;
}

static int read_target(struct http_connection_ *c)
{
	struct http_request *rq = &c->rq;
	struct str uri = c->uri;
	size_t q = str_find_byte(uri, '?', 0);

	if (uri.n > TARGET_MAX)
		return 414;
	rq->query_text = q == SIZE_MAX ? S("") : str_from(uri, q + 1);
	if (path_clean(&rq->arena, str_sub(uri, 0, q), &rq->path) != RC_OK) {
		rq->path = S("/");
		return 400;
	}
	enum rc rc = form_urlencoded(&rq->arena, rq->query_text, c->server->options.fields_max, &rq->query, &rq->n_query);

	return rc == RC_OK ? 0 : rc == RC_TOO_LARGE ? 414 : 400;
}

/* Tells lines of the log apart and is no secret: a row that begins by chance and repeats nothing. */
static void make_id(struct http_server *s, struct http_request *rq)
{
	struct rng r = { .state = atomic_fetch_add(&s->next_id, 1) };
	uint64_t id = rng_next(&r);

	memcpy(rq->id, str_hex(&rq->arena, &id, sizeof(id)).p, sizeof(rq->id));
}

int request_head(struct http_connection_ *c, const char *method, const char *version)
{
	struct http_request *rq = &c->rq;
	size_t head = 0;

	make_id(c->server, rq);
	rq->path = S("/");
	rq->method = HTTP_OTHER;
	rq->method_text = str_dup(&rq->arena, str_of(method));
	for (size_t i = 0; i < ARRAY_LEN(methods); i++)
		if (strcmp(methods[i].name, method) == 0)
			rq->method = methods[i].method;
	rq->https = c->server->options.tls_cert != NULL;
	address_of(c);
	believe_proxy(c);
	int status = check_framing(c, version);

	if (status)
		return status;
	MHD_get_connection_values(c->mhd, MHD_HEADER_KIND, count_header, &head);
	if (head > c->server->options.header_max)
		return 431;
	struct str type = str_of(lookup(rq, "content-type"));

	rq->content_type = str_lower_ascii(&rq->arena, str_trim(str_sub(type, 0, str_find_byte(type, ';', 0))));
	return read_target(c);
}

int request_body(struct http_connection_ *c)
{
	struct http_request *rq = &c->rq;
	struct str body = out_done(&c->body);
	size_t max = c->server->options.fields_max;
	enum rc rc = RC_OK;

	rq->body = body;
	if (str_eq(rq->content_type, S("application/x-www-form-urlencoded")))
		rc = form_urlencoded(&rq->arena, body, max, &rq->form, &rq->n_form);
	else if (str_eq(rq->content_type, S("multipart/form-data")))
		rc = form_multipart(&rq->arena, body, str_of(lookup(rq, "content-type")), max, &rq->form, &rq->n_form, &rq->files, &rq->n_files);
	return rc == RC_OK ? 0 : rc == RC_TOO_LARGE ? 413 : 400;
}

void http_set_header(struct http_request *rq, struct str name, struct str value)
{
	struct http_response *r = &rq->response;

	for (size_t i = 0; i < value.n; i++)
		if (value.p[i] == '\r' || value.p[i] == '\n' || value.p[i] == '\0')
			abort(); /* a header that splits is a bug of ours */
	if (r->n_headers == ARRAY_LEN(r->headers))
		abort();
	r->headers[r->n_headers++] = (struct http_pair){ name, value.p ? value : S("") };
}

void http_set_cookie(struct http_request *rq, const char *name, struct str value, int64_t max_age)
{
	struct out o = OUT_ON(&rq->arena);

	if (rq->https)
		OUT_LIT(&o, HOST_ONLY);
	out_str(&o, str_of(name));
	out_char(&o, '=');
	out_str(&o, value);
	OUT_LIT(&o, "; Path=/; HttpOnly; SameSite=Lax");
	if (rq->https)
		OUT_LIT(&o, "; Secure");
	if (max_age) {
		OUT_LIT(&o, "; Max-Age=");
		out_i64(&o, max_age < 0 ? 0 : max_age);
	}
	http_set_header(rq, S("Set-Cookie"), out_done(&o));
}
