/* /design: every part of the look in every state, so that people and machines can check it in one place. */
#include "app/route.h"

#include "app/form_view.h"
#include "gen/app_tmpl.h"
#include "gen/messages.h"

struct design_form {
	struct str name, text, email, secret, phone, iin, kind, region, district;
	int64_t count;
	struct field_list topics;
	struct day happened;
	bool publish;
	struct file_list files;
};

/* The same with something wrong; names differ, since ids may stand only once on a page. */
struct design_wrong {
	struct str wrong_name, wrong_text, wrong_kind, wrong_region;
	struct day wrong_day;
	bool wrong_publish;
};

struct design_dark {
	struct str dark_name, dark_text, dark_kind, dark_wrong;
	bool dark_publish;
};

static const struct field design_fields[] = {
	/*    struct              member    kind       min max   label ... */
	FIELD(struct design_form, name,     F_TEXT,    2, 60,    .label = MSG_DESIGN_FIELD_TEXT, .autocomplete = "name"),
	FIELD(struct design_form, text,     F_LINES,   10, 5000, .label = MSG_DESIGN_FIELD_LINES, .hint = MSG_DESIGN_FIELD_LINES_HINT),
	FIELD(struct design_form, email,    F_EMAIL,   0, 254,   .label = MSG_DESIGN_FIELD_EMAIL),
	FIELD(struct design_form, secret,   F_SECRET,  8, 200,   .label = MSG_DESIGN_FIELD_SECRET, .autocomplete = "new-password"),
	FIELD(struct design_form, phone,    F_PHONE,   0, 0,     .label = MSG_DESIGN_FIELD_PHONE),
	FIELD(struct design_form, iin,      F_IIN,     12, 12,   .label = MSG_DESIGN_FIELD_IIN, .hint = MSG_DESIGN_FIELD_IIN_HINT),
	FIELD(struct design_form, count,    F_INT,     1, 100,   .label = MSG_DESIGN_FIELD_COUNT),
	FIELD(struct design_form, kind,     F_CHOICE,  1, 0,     .label = MSG_DESIGN_FIELD_KIND, .choices = "help|complaint|ask"),
	FIELD(struct design_form, region,   F_CHOICE,  1, 0,     .label = MSG_DESIGN_FIELD_REGION),
	FIELD(struct design_form, district, F_CHOICE,  0, 0,     .label = MSG_DESIGN_FIELD_DISTRICT),
	FIELD(struct design_form, topics,   F_MANY,    0, 3,     .label = MSG_DESIGN_FIELD_TOPICS),
	FIELD(struct design_form, happened, F_DAY,     0, 0,     .label = MSG_DESIGN_FIELD_HAPPENED),
	FIELD(struct design_form, publish,  F_BOOL,    0, 0,     .label = MSG_DESIGN_FIELD_PUBLISH),
	FIELD(struct design_form, files,    F_FILES,   0, 5,     .label = MSG_DESIGN_FIELD_FILES, .hint = MSG_DESIGN_FIELD_FILES_HINT),
};
static const struct form design_form = { design_fields, ARRAY_LEN(design_fields), sizeof(struct design_form), 0 };

static const struct field wrong_fields[] = {
	FIELD(struct design_wrong, wrong_name,    F_TEXT,   2, 60,    .label = MSG_DESIGN_FIELD_TEXT),
	FIELD(struct design_wrong, wrong_text,    F_LINES,  10, 5000, .label = MSG_DESIGN_FIELD_LINES, .hint = MSG_DESIGN_FIELD_LINES_HINT),
	FIELD(struct design_wrong, wrong_kind,    F_CHOICE, 1, 0,     .label = MSG_DESIGN_FIELD_KIND, .choices = "help|complaint|ask"),
	FIELD(struct design_wrong, wrong_region,  F_CHOICE, 1, 0,     .label = MSG_DESIGN_FIELD_REGION),
	FIELD(struct design_wrong, wrong_day,     F_DAY,    1, 0,     .label = MSG_DESIGN_FIELD_HAPPENED),
	FIELD(struct design_wrong, wrong_publish, F_BOOL,   1, 0,     .label = MSG_DESIGN_FIELD_PUBLISH),
};
static const struct form wrong_form = { wrong_fields, ARRAY_LEN(wrong_fields), sizeof(struct design_wrong), 0 };

static const struct field dark_fields[] = {
	FIELD(struct design_dark, dark_name,    F_TEXT,   2, 60,   .label = MSG_DESIGN_FIELD_TEXT),
	FIELD(struct design_dark, dark_text,    F_LINES,  10, 500, .label = MSG_DESIGN_FIELD_LINES, .hint = MSG_DESIGN_FIELD_LINES_HINT),
	FIELD(struct design_dark, dark_kind,    F_CHOICE, 1, 0,    .label = MSG_DESIGN_FIELD_KIND),
	FIELD(struct design_dark, dark_wrong,   F_TEXT,   2, 60,   .label = MSG_DESIGN_FIELD_TEXT),
	FIELD(struct design_dark, dark_publish, F_BOOL,   0, 0,    .label = MSG_DESIGN_FIELD_PUBLISH),
};
static const struct form dark_form = { dark_fields, ARRAY_LEN(dark_fields), sizeof(struct design_dark), 0 };

static struct form_state clean_state(struct req *rq)
{
	struct design_form *values = ARENA_NEW(rq->ctx.arena, struct design_form);

	values->text = msg_text(rq->view.lang, MSG_DESIGN_SAMPLE_TEXT);
	values->kind = S("help");
	values->happened = when_day(rq->ctx.now);
	return (struct form_state){ .form = &design_form, .values = values };
}

static struct form_state wrong_state(struct req *rq)
{
	struct design_wrong *values = ARENA_NEW(rq->ctx.arena, struct design_wrong);
	struct form_state f = { .form = &wrong_form, .values = values };

	values->wrong_day.v = INT32_MIN;
	for (size_t i = 0; i < ARRAY_LEN(wrong_fields); i++)
		f.errors[f.n_errors++] = (struct form_error){ .field = wrong_fields[i].name, .msg = MSG_DESIGN_WRONG };
	return f;
}

static struct form_state dark_state(struct req *rq)
{
	struct design_dark *values = ARENA_NEW(rq->ctx.arena, struct design_dark);
	struct form_state f = { .form = &dark_form, .values = values };

	values->dark_publish = true;
	f.errors[f.n_errors++] = (struct form_error){ .field = "dark_wrong", .msg = MSG_DESIGN_WRONG };
	return f;
}

static enum rc design_get(struct req *rq)
{
	struct form_state clean = clean_state(rq), wrong = wrong_state(rq), dark = dark_state(rq);
	struct page page = { .title = MSG_DESIGN_TITLE, .canonical = URL("/design"), .refresh_form = true };

	tmpl_app_design(page_open(rq, &page), &rq->view, &clean, &wrong, &dark);
	return page_close(rq);
}

static const struct route routes[] = {
	{ HTTP_GET, "/design", ANYONE, RL_READ, PLAIN, design_get },
};

extern const struct module design_module;
const struct module design_module = { .name = "design", .routes = routes, .n_routes = ARRAY_LEN(routes) };
