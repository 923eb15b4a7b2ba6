#include "app/app.h"
#include "appeal/answer.h"
#include "appeal/appeal_module.h"
#include "appeal/appeal_trail.h"
#include "base/random.h"
#include "gen/messages.h"
#include "text/text.h"

#define LOCK_US (10 * WHEN_MINUTE)
#define BATCH 200

/* --- notes, files, locks -------------------------------------------------------------------------------------------------- */

enum rc appeal_note(struct ctx *c, struct appeal_case *k, struct str text)
{
	int64_t changed;

	if (!k->who.body || (k->view != VIEW_BODY && k->view != VIEW_FULL))
		return fail(c, RC_FORBIDDEN, MSG_APPEAL_NOT_YOURS);
	if (!str_trim(text).n)
		return fail(c, RC_INVALID, MSG_APPEAL_FAULT_TEXT);
	return note_insert(c->db, (struct note_id){ id_make() }, k->a.id, k->who.body, k->who.account, text, c->now, &changed);
}

enum rc appeal_attach(struct ctx *c, struct appeal_case *k, const struct appeal_file *f)
{
	int64_t changed;

	/* who only reads the case file adds nothing to it */
	if (!k->may || (k->view != VIEW_BODY && k->view != VIEW_OWN))
		return fail(c, RC_FORBIDDEN, MSG_APPEAL_NOT_YOURS);
	return file_insert(c->db, (struct file_id){ id_make() }, k->a.id, str_of(f->owner_kind), f->owner ? f->owner : k->a.id.v, f->sha256,
			   f->media_type, f->name, f->size, k->who.account, c->now, &changed);
}

enum rc edit_lock(struct ctx *c, const char *kind, int64_t subject, int64_t account, bool over, struct edit_lock_row *ret_holder)
{
	int64_t changed;

	TRY(edit_lock_take(c->db, str_of(kind), subject, account, c->now, when_add(c->now, LOCK_US), over, &changed));
	if (changed)
		return RC_OK;
	TRY(edit_lock_get(c->db, str_of(kind), subject, ret_holder));
	return fail(c, RC_CONFLICT, MSG_APPEAL_LOCKED);
}

enum rc edit_unlock(struct ctx *c, const char *kind, int64_t subject, int64_t account)
{
	int64_t changed;

	return edit_lock_drop(c->db, str_of(kind), subject, account, &changed);
}

/* --- similar ones ---------------------------------------------------------------------------------------------------------- */

#define NEAR_DAYS 180
#define NEAR_ROWS 300
#define NEAR_LEAST 30

static void keep_best(struct appeal_similar *best, size_t max, size_t *n, const struct appeal_near_row *row, int score)
{
	size_t at = *n;

	while (at > 0 && best[at - 1].score < score)
		at--;
	if (at >= max)
		return;
	size_t moved = (*n < max ? *n : max - 1) - at;

	memmove(&best[at + 1], &best[at], moved * sizeof(*best));
	best[at] = (struct appeal_similar){ *row, score };
	*n += *n < max;
}

enum rc appeal_similar(struct ctx *c, struct str text, struct str topic, int64_t region, size_t max, struct appeal_similar *ret, size_t *ret_n)
{
	struct str terms = text_terms(c->arena, text, false);
	struct appeal_id since = { id_at_ms((c->now.us - NEAR_DAYS * WHEN_DAY) / 1000, 0) };
	struct appeal_near_row_list near;
	size_t n = 0;

	TRY(appeal_near(c->db, topic, region, since, NEAR_ROWS, &near));
	for (size_t i = 0; i < near.n; i++) {
		int score = rule_alike(terms, near.v[i].terms);

		if (score >= NEAR_LEAST)
			keep_best(ret, max, &n, &near.v[i], score);
	}
	*ret_n = n;
	return RC_OK;
}

/* --- jobs -------------------------------------------------------------------------------------------------------------------- */

static enum rc silent(struct ctx *c, struct str payload)
{
	int64_t n;

	(void)payload;
	return appeal_deem_silent(c, BATCH, &n);
}

/* Asked in working hours, as every letter that nobody waits for. */
static enum rc ask_followup(struct ctx *c, struct str payload)
{
	int64_t n;

	(void)payload;
	return calendar_office_open(c->app->pack, c->now) ? appeal_ask_followup(c, BATCH, &n) : RC_OK;
}

static const struct job_kind jobs[] = {
	{ .name = "appeal.silent", .run = silent, .every_sec = 60 },
	{ .name = "appeal.followup", .run = ask_followup, .every_sec = 300 },
};
const struct module record_module = { .name = "record", .jobs = jobs, .n_jobs = ARRAY_LEN(jobs) };
