/* form_parse.h: from the raw fields of a request to the typed struct of a form. Called by dispatch, and by nobody else. */
#ifndef APP_FORM_PARSE_H
#define APP_FORM_PARSE_H

#include "app/form.h"

struct pack;

/* Fills f->values (in the request's arena) and f->errors. from_query: the fields come from the query string (GET). */
void form_parse(struct form_state *f, const struct form *form, const struct http_request *http, bool from_query, const struct pack *pack,
		struct day today);

#endif
