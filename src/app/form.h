/*
 * form.h: a form is a table. One row a field: where its typed value goes, what it may hold, what it is called. Dispatch
 * parses every declared field into the slice's struct before the handler runs; the same rows draw the inputs.
 */
#ifndef APP_FORM_H
#define APP_FORM_H

#include <stddef.h>

#include "html/html.h"
#include "http/http.h"

enum field_kind {
	F_TEXT,   /* struct str, one line, trimmed, min..max code points */
	F_LINES,  /* struct str, many lines */
	F_SECRET, /* struct str, password: never shown again, never logged */
	F_EMAIL,  /* struct str */
	F_PHONE,  /* struct str, E.164 by the pack's rule */
	F_IIN,    /* struct str, 12 digits with right control digit; shown back, never logged */
	F_INT,    /* int64_t, min..max */
	F_ID,     /* int64_t of an id struct, 0 when empty */
	F_BOOL,   /* bool */
	F_CHOICE, /* struct str, one of the options (field.choices) or of what the handler offers */
	F_MANY,   /* struct field_list: several values under one name, max how many */
	F_DAY,    /* struct day; v INT32_MIN when empty */
	F_NUMBER, /* double */
	F_FILES,  /* struct file_list; max how many */
	F_HIDDEN  /* struct str carried along */
};

struct field_list {
	struct str *v;
	size_t n;
};

struct file_list {
	struct http_file *v;
	size_t n;
};

struct field {
	const char *name;
	size_t offset;
	enum field_kind kind;
	int64_t min, max;   /* min > 0 of a text means required; of others see FIELD_REQUIRED */
	unsigned label;     /* message ids; 0: the page writes its own */
	unsigned hint;
	const char *autocomplete;
	bool needed;         /* shown as needed although the handler checks it (needed only in some cases) */
	const char *choices; /* F_CHOICE: "web|phone|paper", NULL: the handler checks */
};
/* FIELD(struct thing_form, member, F_TEXT, min, max, .label = MSG_...) */
#define FIELD(type_, ...) FIELD_(type_, __VA_ARGS__)
#define FIELD_(type_, member_, ...) { #member_, offsetof(type_, member_), __VA_ARGS__ }

struct form {
	const struct field *fields;
	size_t n;
	size_t size; /* of the slice's struct */
	size_t body_max; /* bytes; 0: 64 KiB. Forms with files say more */
	bool repeats;    /* stands on a page several times, with ids of its own: the summary of errors names its fields without a link */
};

/* What was typed and what is wrong with it: pages show both beside the field. */
struct form_error {
	const char *field; /* name, or NULL for the form as a whole */
	unsigned msg;
	const struct msg_arg *args;
	size_t n_args;
};
struct form_state {
	const struct form *form;
	const void *values; /* the typed struct */
	const struct http_request *http; /* raw text as typed; NULL on a fresh page */
	struct arena *arena;
	struct form_error errors[24];
	size_t n_errors;
};

void form_fail(struct form_state *f, const char *field, unsigned msg);
struct str form_text(const struct form_state *f, const char *field); /* what to put back into the input */
/*
 * For the forms of a page that do not stand in its rows: did what came go to the form whose address ends like this, and what was typed in it?
 * otherwise: what stands there on a fresh page.
 */
bool form_came(const struct form_state *f, struct str end);
struct str form_typed(const struct form_state *f, struct str end, const char *field, struct str otherwise);
const struct form_error *form_error_of(const struct form_state *f, const char *field);

#endif
