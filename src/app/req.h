/*
 * req.h: one request as a handler sees it. Role, rate, CSRF, size and every declared field were checked from the route's
 * row; a handler only says what happens next.
 */
#ifndef APP_REQ_H
#define APP_REQ_H

#include "app/ctx.h"
#include "app/form.h"
#include "app/role.h"
#include "html/html.h"
#include "html/msg.h"
#include "http/http.h"

struct route;

struct req {
	struct ctx ctx;
	struct http_request *http;
	const struct route *route;
	struct actor who;
	struct str who_name;       /* of the account, empty for guests */
	struct str visitor;        /* guests: random name of this browser, for CSRF only */
	bool visitor_new;          /* it has no cookie yet */
	struct str once_key;       /* under which the answer is kept for the same request sent again; empty: it is not (once.c) */
	struct view_forms forms;   /* of the page that was drawn */
	struct view view;          /* language, csrf token: handed to templates as v */
	struct str params[4];      /* :name parts of the path, in order, cleaned */
	size_t n_params;
	struct form_state form;    /* values typed by the person, errors beside them */
	enum rc rc;                /* SLOW routes: what the slow part found */
	void *slow;                /* SLOW routes: what the slow part made for the handler */
};

#define FORM_OF(rq, type) ((const type *)(rq)->form.values)

/* Number in a path; RC_NOT_FOUND if it is none. */
MUST_USE enum rc req_id(const struct req *rq, size_t param, int64_t *ret);
struct str id_text(const struct req *rq, int64_t id); /* as it stands in addresses and in the values of choices */
struct str req_query(const struct req *rq, const char *name); /* empty if absent */
/* Opaque keyset cursor of a list: "?after=". 0 / empty when absent or bad. */
int64_t req_after(const struct req *rq);
/*
 * The same for a list by a time or a day and then by id: "?after=FIRST-ID", as list_cursor() writes it. False, and nothing is written, when it is
 * absent, bad or first is above most.
 */
bool req_after_both(const struct req *rq, int64_t most, int64_t *ret_first, int64_t *ret_id);
struct str list_cursor(struct arena *a, int64_t first, int64_t id);

/* Comforts of one page stand behind site.js in one script (assets/README.md). */
enum page_comforts { COMFORTS_ALL, COMFORTS_MEETING, COMFORTS_LOCATE };

/* A page. page_open writes the head of the layout into the response; templates go on into the same out. */
struct page {
	unsigned title;            /* message id ... */
	struct str title_text;     /* ... or text, which wins */
	unsigned nav;              /* message id of the current section, 0: none */
	struct url canonical;      /* address without language and paging */
	struct str feed;           /* path of the ATOM feed of this page, empty: none */
	bool desk;                 /* staff layout: wide */
	bool bare;                 /* without header and footer: a projector */
	enum page_comforts comforts;
	bool refresh_form;         /* the page holds unsaved text: scripts keep a draft */
	struct str og_description;
	/* filled by page_open() for the layout */
	const struct req *req;
	unsigned notice;           /* message to say once */
	bool has_errors;           /* the title says so first: screen readers read it at once */
};
struct out *page_open(struct req *rq, const struct page *p);
enum rc page_close(struct req *rq); /* 200, or 422 when the form has errors */

/* POST, then GET: 303. notice is a message id shown once on the next page, 0: none. */
enum rc redirect(struct req *rq, struct url to, unsigned notice);
enum rc send_json(struct req *rq, int status, struct str json);
enum rc send_text(struct req *rq, int status, const char *type, struct str bytes);
enum rc send_file(struct req *rq, const char *type, struct str file_name, struct str bytes);
/* Server-sent events of a topic until the reader leaves (sse_publish() speaks to them). */
enum rc send_live(struct req *rq, struct str topic);
/* Cacheable by others for max_age seconds, and stale-while-revalidate twice that. Only for pages without anything of the person. */
void cache_public(struct req *rq, unsigned max_age_sec);

/* Adds an error to the posted form; the handler then returns RC_INVALID and the route's `again` page is shown with 422. */
void req_fail(struct req *rq, const char *field, unsigned msg);

#endif
