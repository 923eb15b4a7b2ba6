/* reading_web.c: second readers say whether an answer is clear; editors keep the body's list of plain words. */
#include "answer/quality.h"

#include "app/app.h"
#include "app/audit.h"
#include "app/layout/layout.h"
#include "base/random.h"
#include "base/utf8.h"
#include "gen/check_sql.h"
#include "gen/check_tmpl.h"
#include "gen/messages.h"

#define WAITING 20
#define WORDS 300

#define EDITORS (BIT(ROLE_CONTROLLER) | BIT(ROLE_MODERATOR) | BIT(ROLE_HEAD))

struct verdict_form {
	struct str verdict, words;
};
static const struct field verdict_fields[] = {
	FIELD(struct verdict_form, verdict, F_CHOICE, 1, 20, .choices = "clear|not_clear", .label = MSG_CHECK_VERDICT),
	FIELD(struct verdict_form, words, F_LINES, 0, 2000, .label = MSG_CHECK_VERDICT_WORDS),
};
static const struct form verdict_form = { verdict_fields, ARRAY_LEN(verdict_fields), sizeof(struct verdict_form), 0 };

struct word_form {
	struct str lang, pattern, instead;
};
static const struct field word_fields[] = {
	FIELD(struct word_form, lang, F_CHOICE, 2, 2, .choices = "kk|ru|en", .label = MSG_CHECK_WORD_LANG),
	FIELD(struct word_form, pattern, F_TEXT, 2, 120, .label = MSG_CHECK_WORD_PATTERN, .hint = MSG_CHECK_WORD_PATTERN_HINT),
	FIELD(struct word_form, instead, F_TEXT, 1, 200, .label = MSG_CHECK_WORD_INSTEAD),
};
static const struct form word_form = { word_fields, ARRAY_LEN(word_fields), sizeof(struct word_form), 0 };

static enum rc readings_get(struct req *rq)
{
	struct reading_row_list l;

	TRY(reading_waiting(rq->ctx.db, rq->who.account, WAITING, &l));
	int64_t asked = 0; /* whose form comes back with what is wrong */

	if (rq->n_params)
		TRY(req_id(rq, 0, &asked));
	struct out *o = page_open(rq, &(struct page){ .title = MSG_CHECK_READINGS, .nav = MSG_LAYOUT_NAV_DESK, .desk = true });

	tmpl_check_readings(o, &rq->view, &l, &rq->form, asked);
	return page_close(rq);
}

static enum rc reading_post(struct req *rq)
{
	const struct verdict_form *f = FORM_OF(rq, struct verdict_form);
	int64_t id, changed;

	TRY(req_id(rq, 0, &id));
	TRY(reading_done(rq->ctx.db, (struct second_reading_id){ id }, rq->who.account, f->verdict, f->words, rq->ctx.now, &changed));
	return changed ? redirect(rq, URL("/desk/readings"), MSG_CHECK_DONE_READ) : RC_NOT_FOUND;
}

static enum rc words_get(struct req *rq)
{
	struct plain_word_row_list l;

	TRY(plain_word_list(rq->ctx.db, rq->who.body, WORDS, &l));
	if (!rq->form.form)
		rq->form.form = &word_form;
	struct out *o = page_open(rq, &(struct page){ .title = MSG_CHECK_WORDS_TITLE, .nav = MSG_LAYOUT_NAV_DESK, .desk = true });

	tmpl_check_words(o, &rq->view, &l, &rq->form, (rq->who.roles & EDITORS) != 0);
	return page_close(rq);
}

static enum rc word_post(struct req *rq)
{
	const struct word_form *f = FORM_OF(rq, struct word_form);
	int64_t changed;

	if (!(rq->who.roles & EDITORS))
		return RC_FORBIDDEN;
	struct str pattern = utf8_lower(rq->ctx.arena, f->pattern);

	if (str_starts(pattern, S("*")) || str_find(pattern, S("  "), 0) != SIZE_MAX) {
		req_fail(rq, "pattern", MSG_CHECK_WORD_PATTERN_BAD);
		return RC_INVALID;
	}
	TRY(plain_word_insert(rq->ctx.db, (struct plain_word_id){ id_make() }, rq->who.body, f->lang, pattern, f->instead, rq->who.account, rq->ctx.now, &changed));
	return redirect(rq, URL("/desk/words"), MSG_CHECK_DONE_WORD);
}

static enum rc word_end(struct req *rq)
{
	int64_t id, changed;

	TRY(req_id(rq, 0, &id));
	if (!(rq->who.roles & EDITORS))
		return RC_FORBIDDEN;
	TRY(plain_word_end(rq->ctx.db, (struct plain_word_id){ id }, rq->who.body, rq->ctx.now, &changed));
	return changed ? redirect(rq, URL("/desk/words"), MSG_CHECK_DONE_WORD) : RC_NOT_FOUND;
}

static const struct route routes[] = {
	{ HTTP_GET, "/desk/readings", STAFF, RL_READ, READ, readings_get },
	{ HTTP_POST, "/desk/readings/:id", STAFF, RL_WRITE, WRITE, reading_post, &verdict_form, readings_get },
	{ HTTP_GET, "/desk/words", STAFF, RL_READ, READ, words_get },
	{ HTTP_POST, "/desk/words", STAFF, RL_WRITE, WRITE, word_post, &word_form, words_get },
	{ HTTP_POST, "/desk/words/:id/end", STAFF, RL_WRITE, WRITE, word_end },
};

const struct module reading_module = { .name = "reading", .routes = routes, .n_routes = ARRAY_LEN(routes) };
