#include "app/form_view.h"

#include <assert.h>
#include <limits.h>

#include "gen/layout_tmpl.h"
#include "gen/messages.h"

enum { RADIOS_MAX = 6, SHORT_MAX = 12, NAME_MAX_CHARS = 60 };

static const struct field *row_of(const struct form_state *f, const char *name)
{
	size_t i = 0;

	while (i < f->form->n && strcmp(f->form->fields[i].name, name) != 0)
		i++;
	assert(i < f->form->n); /* a template names a field that the form does not have */
	return &f->form->fields[i];
}

static const void *value_at(const struct form_state *f, const struct field *row)
{
	return f->values ? (const char *)f->values + row->offset : NULL;
}

/* The person has sent something: what was not sent is then empty on purpose. */
static bool was_typed(const struct form_state *f)
{
	return f->http && (f->http->method == HTTP_POST || f->http->n_query > 0);
}

static struct str typed(const struct form_state *f, struct str name)
{
	struct str s = http_form(f->http, name);

	return s.p ? s : http_query(f->http, name);
}

/* Numbers and ids that the page has put into the struct itself; 0 shows as an empty input. */
static struct str number_text(const struct view *v, const struct form_state *f, const struct field *row)
{
	const void *at = value_at(f, row);
	int64_t n = 0;
	double x = 0;

	if (!at)
		return S("");
	if (row->kind == F_NUMBER) {
		memcpy(&x, at, sizeof(x));
		return x == 0 ? S("") : str_fmt(v->arena, "%.10g", x);
	}
	memcpy(&n, at, sizeof(n));
	return n ? str_i64(v->arena, n) : S("");
}

static bool is_number(enum field_kind k)
{
	return k == F_INT || k == F_ID || k == F_NUMBER;
}

static struct str text_of(const struct view *v, const struct form_state *f, const struct field *row)
{
	if (row->kind == F_SECRET)
		return S("");
	if (is_number(row->kind) && !was_typed(f))
		return number_text(v, f, row);
	return form_text(f, row->name);
}

static struct str described(const struct view *v, const struct field_view *x, bool counted)
{
	struct out o = OUT_ON(v->arena);

	if (x->hint.n)
		out_fmt(&o, "%.*s-hint", STR_FMT(x->id));
	if (x->error.n)
		out_fmt(&o, "%s%.*s-error", o.n ? " " : "", STR_FMT(x->id));
	if (counted)
		out_fmt(&o, "%s%.*s-left", o.n ? " " : "", STR_FMT(x->id));
	return out_done(&o);
}

static struct field_view view_of(const struct view *v, const struct form_state *f, const struct field *row)
{
	const struct form_error *e = form_error_of(f, row->name);
	struct field_view x = {
		.id = str_of(row->name),
		.name = str_of(row->name),
		.value = text_of(v, f, row),
		.autocomplete = str_of(row->autocomplete),
		.max = row->max,
		.optional = row->min <= 0 && !row->needed,
	};

	if (row->label)
		x.label = msg_text(v->lang, row->label);
	if (row->hint)
		x.hint = msg_text(v->lang, row->hint);
	if (e)
		x.error = msg_fmt(v->arena, v->lang, e->msg, e->args, e->n_args);
	x.described = described(v, &x, row->kind == F_LINES && row->max > 0);
	return x;
}

static void text_field(struct out *o, const struct view *v, const struct field *row, struct field_view *x)
{
	static const struct {
		const char *type, *mode, *autocomplete, *width;
	} kinds[] = {
		[F_EMAIL] = { "email", "email", "email", "w20" },
		[F_PHONE] = { "tel", "tel", "tel", "w20" },
		[F_IIN] = { "text", "numeric", "off", "w10" },
		[F_INT] = { "text", "numeric", NULL, "w4" },
		[F_ID] = { "text", "numeric", NULL, "w10" },
		[F_NUMBER] = { "text", "decimal", NULL, "w10" },
		[F_TEXT] = { "text", NULL, NULL, NULL },
	};
	size_t k = (size_t)row->kind < ARRAY_LEN(kinds) && kinds[row->kind].type ? (size_t)row->kind : F_TEXT;

	x->type = str_of(kinds[k].type);
	x->mode = str_of(kinds[k].mode);
	if (!x->autocomplete.n)
		x->autocomplete = str_of(kinds[k].autocomplete);
	x->width = str_of(kinds[k].width);
	if (k == F_TEXT && row->max > 0 && row->max <= NAME_MAX_CHARS)
		x->width = row->max <= SHORT_MAX ? S("w10") : S("w20");
	if (is_number(row->kind))
		x->max = 0; /* of the value, not of its length */
	if (row->kind == F_IIN || row->kind == F_PHONE)
		x->max = 20; /* people write them in groups */
	x->secret = row->kind == F_IIN;
	tmpl_layout_field_text(o, v, x);
}

static void date_field(struct out *o, const struct view *v, const struct form_state *f, const struct field *row, struct field_view *x)
{
	const void *at = value_at(f, row);
	struct day d = { INT32_MIN };
	int year, month, day;

	if (was_typed(f)) {
		x->day = typed(f, str_fmt(v->arena, "%s-day", row->name));
		x->month = typed(f, str_fmt(v->arena, "%s-month", row->name));
		x->year = typed(f, str_fmt(v->arena, "%s-year", row->name));
		if (!x->day.n && !x->month.n && !x->year.n && !day_parse(x->value, &d))
			d.v = INT32_MIN;
	} else if (at) {
		memcpy(&d, at, sizeof(d));
	}
	if (d.v != INT32_MIN) {
		day_to_ymd(d, &year, &month, &day);
		x->day = str_fmt(v->arena, "%d", day);
		x->month = str_fmt(v->arena, "%d", month);
		x->year = str_fmt(v->arena, "%d", year);
	}
	tmpl_layout_field_date(o, v, x);
}

static void checkbox_field(struct out *o, const struct view *v, const struct form_state *f, const struct field *row,
			   struct field_view *x)
{
	const void *at = value_at(f, row);

	if (was_typed(f))
		x->checked = x->value.n > 0 && !str_eq(x->value, S("0")) && !str_eq(x->value, S("no"));
	else if (at)
		memcpy(&x->checked, at, sizeof(x->checked));
	tmpl_layout_field_checkbox(o, v, x);
}

static bool sent_among(const struct http_pair *pairs, size_t n, struct str name, struct str value)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(pairs[i].name, name) && str_eq(str_trim(pairs[i].value), value))
			return true;
	return false;
}

static bool is_chosen(const struct form_state *f, const struct field *row, const struct field_view *x, const struct option *option)
{
	const void *at = value_at(f, row);
	struct field_list l = { 0 };

	if (was_typed(f))
		return sent_among(f->http->form, f->http->n_form, x->name, option->value) ||
		       sent_among(f->http->query, f->http->n_query, x->name, option->value);
	if (row->kind == F_MANY && at) {
		memcpy(&l, at, sizeof(l));
		for (size_t i = 0; i < l.n; i++)
			if (str_eq(l.v[i], option->value))
				return true;
	}
	if (row->kind != F_MANY && x->value.n)
		return str_eq(x->value, option->value);
	return option->chosen;
}

static void choice_field(struct out *o, const struct view *v, const struct form_state *f, const struct field *row,
			 struct field_view *x, const struct option *options, size_t n)
{
	struct option *own = ARENA_ARRAY(v->arena, n ? n : 1, struct option);
	bool nested = x->within.n > 0;

	for (size_t i = 0; i < n; i++) {
		own[i] = options[i];
		own[i].chosen = is_chosen(f, row, x, &options[i]);
		nested = nested || options[i].within.n;
	}
	x->options = own;
	x->n = n;
	if (row->kind == F_MANY)
		tmpl_layout_field_checkboxes(o, v, x);
	else if (n <= RADIOS_MAX && !nested)
		tmpl_layout_field_radios(o, v, x);
	else
		tmpl_layout_field_select(o, v, x);
}

/* "web|phone|paper" with the words of LABEL_web, LABEL_phone ... */
static void own_choices(struct out *o, const struct view *v, const struct form_state *f, const struct field *row,
			struct field_view *x)
{
	struct option options[40] = { 0 };
	struct str rest = str_of(row->choices), value;
	size_t n = 0;

	assert(row->choices && row->label);
	while (n < ARRAY_LEN(options) && str_cut(&rest, '|', &value)) {
		struct str id = str_fmt(v->arena, "%.*s_%.*s", STR_FMT(msg_name(row->label)), STR_FMT(value));
		unsigned msg = msg_by_name(id);

		assert(msg && "each choice needs a message LABEL_VALUE");
		options[n++] = (struct option){ .value = value, .text = msg_text(v->lang, msg) };
	}
	choice_field(o, v, f, row, x, options, n);
}

void field(struct out *o, const struct view *v, const struct form_state *f, const char *name)
{
	const struct field *row = row_of(f, name);
	struct field_view x = view_of(v, f, row);

	switch (row->kind) {
	case F_LINES:
		tmpl_layout_field_area(o, v, &x);
		return;
	case F_SECRET:
		tmpl_layout_field_secret(o, v, &x);
		return;
	case F_BOOL:
		checkbox_field(o, v, f, row, &x);
		return;
	case F_CHOICE:
	case F_MANY:
		own_choices(o, v, f, row, &x);
		return;
	case F_DAY:
		date_field(o, v, f, row, &x);
		return;
	case F_FILES:
		x.accept = S("image/jpeg,image/png,image/webp,application/pdf");
		tmpl_layout_field_files(o, v, &x);
		return;
	case F_HIDDEN:
		tmpl_layout_field_hidden(o, v, &x);
		return;
	case F_TEXT:
	case F_EMAIL:
	case F_PHONE:
	case F_IIN:
	case F_INT:
	case F_ID:
	case F_NUMBER:
		break;
	}
	text_field(o, v, row, &x);
}

void field_choice(struct out *o, const struct view *v, const struct form_state *f, const char *name,
		  const struct option *options, size_t n)
{
	const struct field *row = row_of(f, name);
	struct field_view x = view_of(v, f, row);

	choice_field(o, v, f, row, &x, options, n);
}

void field_within(struct out *o, const struct view *v, const struct form_state *f, const char *name, const char *wider,
		  const struct option *options, size_t n)
{
	const struct field *row = row_of(f, name);
	struct field_view x = view_of(v, f, row);

	x.within = str_of(wider);
	choice_field(o, v, f, row, &x, options, n);
}

void form_errors(struct out *o, const struct view *v, const struct form_state *f)
{
	struct error_line lines[ARRAY_LEN(f->errors)] = { 0 };

	if (!f->n_errors)
		return;
	for (size_t i = 0; i < f->n_errors; i++) {
		const struct form_error *e = &f->errors[i];

		lines[i].text = msg_fmt(v->arena, v->lang, e->msg, e->args, e->n_args);
		if (!e->field)
			continue;
		const struct field *row = row_of(f, e->field);

		lines[i].id = f->form->repeats ? S("") : str_of(row->name);
		if (row->label)
			lines[i].label = msg_text(v->lang, row->label);
		if (str_ends(lines[i].label, S("?"))) /* a colon follows */
			lines[i].label.n--;
	}
	tmpl_layout_error_summary(o, v, lines, f->n_errors);
}
