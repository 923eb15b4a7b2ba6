/* error.h: pages and JSON for what went wrong, in the visitor's language, each with a way on. */
#ifndef APP_ERROR_H
#define APP_ERROR_H

#include "app/req.h"

/* A form that could not be taken in, on the page that says so. */
struct kept_field {
	struct str name, value;
	bool lines;     /* shown, so that it can be copied; the others are carried along */
	unsigned label; /* 0: none of its own */
};
struct kept_form {
	struct url to;
	struct kept_field *v;
	size_t n;
	bool files; /* some came along, too, and have to be added again */
};

void error_page(struct req *rq, enum rc rc);       /* status from rc, words from rq->ctx.fail_msg when a handler gave some */
void error_status(struct req *rq, int status);     /* for what never reached a handler */
enum rc error_stale_form(struct req *rq);          /* 403: the form's token is not this visitor's; says how to send again */
int error_status_of(enum rc rc);

#endif
