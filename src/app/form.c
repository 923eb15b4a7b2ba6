#include "app/form.h"

#include <assert.h>
#include <limits.h>

#include "app/form_parse.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "gen/messages.h"
#include "html/msg.h"
#include "standard/pack.h"
#include "text/ident.h"

struct parse {
	struct form_state *f;
	const struct field *field;
	const struct http_request *http;
	struct arena *arena;
	void *at;          /* the member of the typed struct */
	struct str raw;    /* trimmed */
	bool query;
	const struct pack *pack; /* how the country numbers people and phones */
	struct day today;
};

void form_fail(struct form_state *f, const char *field, unsigned msg)
{
	if (f->n_errors < ARRAY_LEN(f->errors) && !(field && form_error_of(f, field)))
		f->errors[f->n_errors++] = (struct form_error){ .field = field, .msg = msg };
}

static void fail_n(struct parse *p, unsigned msg, int64_t n)
{
	size_t before = p->f->n_errors;

	form_fail(p->f, p->field->name, msg);
	if (p->f->n_errors == before)
		return;
	struct msg_arg *arg = ARENA_NEW(p->arena, struct msg_arg);

	*arg = ARG_I("n", n);
	p->f->errors[before].args = arg;
	p->f->errors[before].n_args = 1;
}

const struct form_error *form_error_of(const struct form_state *f, const char *field)
{
	for (size_t i = 0; i < f->n_errors; i++)
		if (f->errors[i].field && strcmp(f->errors[i].field, field) == 0)
			return &f->errors[i];
	return NULL;
}

static const struct field *field_of(const struct form *form, const char *name)
{
	for (size_t i = 0; form && i < form->n; i++)
		if (strcmp(form->fields[i].name, name) == 0)
			return &form->fields[i];
	return NULL;
}

/* Members that hold their value as text can be shown back from a struct that a page has filled itself. */
static bool is_text(enum field_kind k)
{
	return k == F_TEXT || k == F_LINES || k == F_EMAIL || k == F_PHONE || k == F_IIN || k == F_CHOICE || k == F_HIDDEN;
}

bool form_came(const struct form_state *f, struct str end)
{
	return f->http && f->http->method == HTTP_POST && str_ends(f->http->path, end);
}

struct str form_typed(const struct form_state *f, struct str end, const char *name, struct str otherwise)
{
	const struct field *field = field_of(f->form, name);
	struct str s = form_came(f, end) && !(field && field->kind == F_SECRET) ? http_form(f->http, str_of(name)) : (struct str){ 0 };

	return s.p ? s : otherwise;
}

struct str form_text(const struct form_state *f, const char *name)
{
	const struct field *field = field_of(f->form, name);
	struct str s = { 0 };

	if (!field || field->kind == F_SECRET)
		return s;
	if (f->http) {
		s = http_form(f->http, str_of(name));
		if (!s.p)
			s = http_query(f->http, str_of(name));
		if (s.p)
			return s;
	}
	if (f->values && is_text(field->kind))
		memcpy(&s, (const char *)f->values + field->offset, sizeof(s));
	return s;
}

static void text(struct parse *p)
{
	struct str s = p->raw;
	int64_t n = (int64_t)utf8_count(s);

	if (p->field->min > 0 && n == 0)
		form_fail(p->f, p->field->name, MSG_FORM_REQUIRED);
	else if (n < p->field->min)
		fail_n(p, MSG_FORM_TOO_SHORT, p->field->min);
	else if (p->field->max && n > p->field->max)
		fail_n(p, MSG_FORM_TOO_LONG, p->field->max);
	memcpy(p->at, &s, sizeof(s));
}

static void line(struct parse *p)
{
	if (str_find_byte(p->raw, '\n', 0) != SIZE_MAX)
		form_fail(p->f, p->field->name, MSG_FORM_ONE_LINE);
	text(p);
}

static void email(struct parse *p)
{
	text(p);
	if (p->raw.n && !email_valid(p->raw))
		form_fail(p->f, p->field->name, MSG_FORM_EMAIL);
}

static void phone(struct parse *p)
{
	struct str s = { 0 };

	if (p->raw.n ? !phone_e164(p->arena, p->pack->phones, p->raw, &s) : p->field->min > 0)
		form_fail(p->f, p->field->name, p->raw.n ? MSG_FORM_PHONE : MSG_FORM_REQUIRED);
	memcpy(p->at, &s, sizeof(s));
}

static void iin(struct parse *p)
{
	struct out o = OUT_ON(p->arena);

	for (size_t i = 0; i < p->raw.n; i++) /* people write it in groups */
		if (p->raw.p[i] != ' ' && p->raw.p[i] != '-')
			out_char(&o, p->raw.p[i]);
	struct str s = out_done(&o);

	if (!s.n && p->field->min > 0)
		form_fail(p->f, p->field->name, MSG_FORM_REQUIRED);
	else if (s.n && !person_id_valid(&p->pack->person_id, s, p->today))
		form_fail(p->f, p->field->name, MSG_FORM_IIN);
	memcpy(p->at, &s, sizeof(s));
}

static void integer(struct parse *p)
{
	int64_t v = 0;

	if (p->raw.n && !str_to_i64(p->raw, &v))
		form_fail(p->f, p->field->name, MSG_FORM_NUMBER);
	else if (!p->raw.n && p->field->min > 0)
		form_fail(p->f, p->field->name, MSG_FORM_REQUIRED);
	else if (p->raw.n && p->field->kind == F_INT && v < p->field->min)
		fail_n(p, MSG_FORM_LEAST, p->field->min);
	else if (p->raw.n && p->field->max && v > p->field->max)
		fail_n(p, MSG_FORM_MOST, p->field->max);
	memcpy(p->at, &v, sizeof(v));
}

static void real(struct parse *p)
{
	double v = 0;

	if (p->raw.n && !str_to_double(p->raw, &v))
		form_fail(p->f, p->field->name, MSG_FORM_NUMBER);
	memcpy(p->at, &v, sizeof(v));
}

static void yes(struct parse *p)
{
	bool v = p->raw.n > 0 && !str_eq(p->raw, S("0")) && !str_eq(p->raw, S("no"));

	if (!v && p->field->min > 0)
		form_fail(p->f, p->field->name, MSG_FORM_CONFIRM);
	memcpy(p->at, &v, sizeof(v));
}

static bool offered(struct str choices, struct str value)
{
	struct str one;

	while (str_cut(&choices, '|', &one))
		if (str_eq(one, value))
			return true;
	return false;
}

static void choice(struct parse *p)
{
	if (!p->raw.n && p->field->min > 0)
		form_fail(p->f, p->field->name, MSG_FORM_CHOOSE);
	else if (p->raw.n > 200 || (p->raw.n && p->field->choices && !offered(str_of(p->field->choices), p->raw)))
		form_fail(p->f, p->field->name, MSG_FORM_CHOOSE);
	memcpy(p->at, &p->raw, sizeof(p->raw));
}

static void many(struct parse *p)
{
	VEC(struct str) found = { 0 };
	const struct http_pair *pairs = p->query ? p->http->query : p->http->form;
	size_t n = p->query ? p->http->n_query : p->http->n_form;
	struct str name = str_of(p->field->name);

	for (size_t i = 0; i < n; i++)
		if (str_eq(pairs[i].name, name) && str_trim(pairs[i].value).n)
			*VEC_ADD(p->arena, &found) = str_trim(pairs[i].value);
	if ((int64_t)found.n < p->field->min)
		form_fail(p->f, p->field->name, MSG_FORM_CHOOSE);
	if (p->field->max && (int64_t)found.n > p->field->max)
		fail_n(p, MSG_FORM_TOO_MANY, p->field->max);
	struct field_list l = { found.v, found.n };

	memcpy(p->at, &l, sizeof(l));
}

/* Three inputs NAME-day, NAME-month, NAME-year, or one NAME in ISO form. */
static void day(struct parse *p)
{
	struct day d = { INT32_MIN };
	static const char *const parts[] = { "year", "month", "day" };
	int64_t v[3] = { 0, 0, 0 };
	bool any = p->raw.n > 0, ok = any && day_parse(p->raw, &d);

	for (size_t i = 0; !p->raw.n && i < ARRAY_LEN(parts); i++) {
		struct str name = str_fmt(p->arena, "%s-%s", p->field->name, parts[i]);
		struct str s = str_trim(p->query ? http_query(p->http, name) : http_form(p->http, name));

		any = any || s.n;
		ok = (i == 0 || ok) && str_to_i64(s, &v[i]) && v[i] > 0 && v[i] < 10000;
	}
	if (!p->raw.n && ok)
		ok = day_from_ymd((int)v[0], (int)v[1], (int)v[2], &d);
	if (any ? !ok : p->field->min > 0)
		form_fail(p->f, p->field->name, any ? MSG_FORM_DATE : MSG_FORM_REQUIRED);
	memcpy(p->at, &d, sizeof(d));
}

static void files(struct parse *p)
{
	VEC(struct http_file) found = { 0 };
	struct str name = str_of(p->field->name);

	for (size_t i = 0; i < p->http->n_files; i++)
		if (str_eq(p->http->files[i].field, name) && p->http->files[i].bytes.n)
			*VEC_ADD(p->arena, &found) = p->http->files[i];
	if (p->field->max && (int64_t)found.n > p->field->max)
		fail_n(p, MSG_FORM_TOO_MANY, p->field->max);
	struct file_list l = { found.v, found.n };

	memcpy(p->at, &l, sizeof(l));
}

static void (*const parsers[])(struct parse *p) = {
	[F_TEXT] = line,      [F_LINES] = text,   [F_SECRET] = line, [F_EMAIL] = email, [F_PHONE] = phone,
	[F_IIN] = iin,        [F_INT] = integer,  [F_ID] = integer,  [F_BOOL] = yes,    [F_CHOICE] = choice,
	[F_MANY] = many,      [F_DAY] = day,      [F_NUMBER] = real, [F_FILES] = files, [F_HIDDEN] = text,
};

void form_parse(struct form_state *f, const struct form *form, const struct http_request *http, bool from_query, const struct pack *pack,
		struct day today)
{
	struct arena *a = f->arena;
	char *values = arena_alloc(a, form->size);

	*f = (struct form_state){ .form = form, .values = values, .http = http, .arena = a };
	for (size_t i = 0; i < form->n; i++) {
		const struct field *field = &form->fields[i];
		struct str raw = from_query ? http_query(http, str_of(field->name)) : http_form(http, str_of(field->name));
		struct parse p = { .f = f, .field = field, .http = http, .arena = a, .at = values + field->offset,
				   .raw = field->kind == F_SECRET ? raw : str_trim(raw), .query = from_query, .pack = pack, .today = today };

		assert((size_t)field->kind < ARRAY_LEN(parsers));
		parsers[field->kind](&p);
	}
}
