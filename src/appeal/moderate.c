/* moderate.c: what the public may see of an appeal, and every change of it. */
#include "app/app.h"
#include "appeal/answer.h"
#include "appeal/appeal_trail.h"
#include "base/random.h"
#include "gen/messages.h"
#include "text/ident.h"

#define CLEARED S("cleared")
#define REMOVED S("removed")
#define WAITING S("waiting")

bool appeal_is_gone(const struct appeal_row *a)
{
	return str_eq(a->public_state, REMOVED) || (str_eq(a->public_state, WAITING) && a->public_title.n);
}

static enum rc moderator(struct ctx *c, const struct appeal_case *k)
{
	return k->may & BIT(ROLE_MODERATOR) ? RC_OK : fail(c, RC_FORBIDDEN, MSG_APPEAL_NOT_YOURS);
}

static enum rc kept(struct ctx *c, const struct appeal_case *k, struct str what, int64_t subject, struct str before, struct str after, struct str why)
{
	int64_t changed;

	if (str_eq(before, after))
		return RC_OK;
	return public_change_insert(c->db, (struct public_change_id){ id_make() }, k->a.id, what, subject, before, after, k->who.account, k->who.body, why,
				    c->now, &changed);
}

/* The one place where the public words and their state are written. */
static enum rc set_public(struct ctx *c, struct appeal_case *k, struct str state, struct str title, struct str text, struct str why)
{
	int64_t changed;

	TRY(kept(c, k, S("title"), 0, k->a.public_title, title, S("")));
	TRY(kept(c, k, S("text"), 0, k->a.public_text, text, S("")));
	TRY(kept(c, k, S("state"), 0, k->a.public_state, state, why));
	TRY(appeal_set_public(c->db, k->a.id, state, title, text, c->now, &changed));
	k->a.public_state = state;
	k->a.public_title = title;
	k->a.public_text = text;
	return appeal_find_again(c, k);
}

enum rc appeal_publish(struct ctx *c, struct appeal_case *k, struct str title, struct str text)
{
	bool first = !str_eq(k->a.public_state, CLEARED);
	int64_t changed;

	if (!str_trim(title).n || !str_trim(text).n)
		return fail(c, RC_INVALID, MSG_APPEAL_FAULT_TEXT);
	TRY(moderator(c, k));
	/* what the person did not agree to is not shown, whoever decides */
	if (!k->a.agreed_public)
		return fail(c, RC_CONFLICT, MSG_APPEAL_FAULT_NOT_AGREED);
	TRY(set_public(c, k, CLEARED, title, text, S("")));
	TRY(appeal_set_unseen(c->db, k->a.id, false, &changed));
	return first ? trail_add(c, k, &(struct trail){ .event = EV_PUBLISHED }) : RC_OK;
}

enum rc appeal_keep_private(struct ctx *c, struct appeal_case *k, struct str why)
{
	if (!str_trim(why).n)
		return fail(c, RC_INVALID, MSG_APPEAL_FAULT_REASON);
	TRY(moderator(c, k));
	if (!k->a.agreed_public)
		return fail(c, RC_CONFLICT, MSG_APPEAL_FAULT_NOT_AGREED);
	TRY(set_public(c, k, S("refused"), S(""), S(""), why));
	return trail_add(c, k, &(struct trail){ .event = EV_NOT_PUBLISHED, .reason = why });
}

enum rc appeal_take_down(struct ctx *c, struct appeal_case *k, struct str why)
{
	if (!str_trim(why).n)
		return fail(c, RC_INVALID, MSG_APPEAL_FAULT_REASON);
	TRY(moderator(c, k));
	if (!str_eq(k->a.public_state, CLEARED))
		return fail(c, RC_CONFLICT, MSG_APPEAL_NOT_NOW);
	TRY(set_public(c, k, REMOVED, k->a.public_title, k->a.public_text, why));
	return trail_add(c, k, &(struct trail){ .event = EV_HIDDEN, .reason = why });
}

enum rc appeal_hide(struct ctx *c, struct appeal_case *k, struct str why)
{
	if (!(k->may & ACT_APPLICANT))
		return fail(c, RC_FORBIDDEN, MSG_APPEAL_NOT_YOURS);
	if (!str_eq(k->a.public_state, CLEARED))
		return fail(c, RC_CONFLICT, MSG_APPEAL_NOT_NOW);
	TRY(set_public(c, k, WAITING, k->a.public_title, k->a.public_text, why));
	return trail_add(c, k, &(struct trail){ .event = EV_HIDDEN, .reason = why });
}

enum rc answer_publish(struct ctx *c, struct appeal_case *k, struct answer_id answer, struct str text)
{
	struct answer_row w;
	int64_t changed;

	TRY(moderator(c, k));
	TRY(answer_by_id(c->db, answer, &w));
	if (w.appeal_id.v != k->a.id.v || !when_set(w.delivered_at))
		return RC_NOT_FOUND;
	if (!str_eq(k->a.public_state, CLEARED))
		return fail(c, RC_CONFLICT, MSG_APPEAL_NOT_NOW);
	TRY(kept(c, k, S("answer"), answer.v, w.public_text, text, S("")));
	TRY(answer_set_public(c->db, answer, text, &changed));
	TRY(appeal_find_again(c, k));
	return appeal_set_updated(c->db, k->a.id, c->now, &changed);
}

struct str answer_as_one(struct arena *a, const struct answer_whole *w)
{
	struct str words = w->a.text;

	for (size_t i = 0; i < w->parts.n; i++)
		words = str_fmt(a, "%.*s\n\n%.*s", STR_FMT(words), STR_FMT(w->parts.v[i].text));
	return words;
}

enum rc answer_publish_masked(struct ctx *c, struct appeal_case *k, struct answer_id answer)
{
	struct answer_whole w;

	TRY(answer_load(c, answer, &w));
	struct str words = answer_as_one(c->arena, &w);
	struct mask_spans hidden = mask_find(c->arena, c->app->pack->phones, words);

	return answer_publish(c, k, answer, str_trim(mask_apply(c->arena, words, &hidden)));
}

enum rc appeal_publish_masked(struct ctx *c, struct appeal_case *k, struct str title, struct str text)
{
	struct answer_row_list all;

	TRY(appeal_publish(c, k, title, text));
	TRY(answer_list(c->db, k->a.id, &all));
	for (size_t i = 0; i < all.n; i++)
		if (when_set(all.v[i].delivered_at))
			TRY(answer_publish_masked(c, k, all.v[i].id));
	return RC_OK;
}

enum rc appeal_release(struct ctx *c, struct appeal_id id, struct str title, struct str text, struct str answer)
{
	struct answer_row_list answers;
	struct appeal_case k;
	int64_t changed;

	TRY(appeal_open_system(c, id, &k));
	if (!str_eq(k.a.origin, ORIGIN_PRESS) || !str_trim(title).n || !str_trim(text).n || !str_trim(answer).n)
		return fail(c, RC_CONFLICT, MSG_APPEAL_NOT_NOW);
	TRY(answer_list(c->db, id, &answers));
	for (size_t i = answers.n; i-- > 0;)
		if (when_set(answers.v[i].delivered_at)) { /* the last word; earlier versions stay inside */
			TRY(answer_set_public(c->db, answers.v[i].id, answer, &changed));
			break;
		}
	TRY(set_public(c, &k, CLEARED, title, text, S("")));
	return trail_add(c, &k, &(struct trail){ .event = EV_PUBLISHED });
}

enum rc appeal_publish_file(struct ctx *c, struct appeal_case *k, struct file_id file, struct str name)
{
	struct file_row f;
	int64_t changed;

	TRY(moderator(c, k));
	TRY(file_by_id(c->db, file, &f));
	if (f.appeal_id.v != k->a.id.v)
		return RC_NOT_FOUND;
	TRY(kept(c, k, S("file"), file.v, f.public_name, name, S("")));
	return file_set_public(c->db, file, k->a.id, name.n > 0, name, &changed);
}

bool appeal_point_hidden(const struct appeal_row *a)
{
	return a->hidden_lat != 0 || a->hidden_lon != 0;
}

struct str appeal_point_state(const struct appeal_row *a)
{
	return appeal_point_hidden(a) ? S("hidden") : S("shown");
}

bool appeal_exact_point(const struct appeal_row *a, double *ret_lat, double *ret_lon)
{
	bool hidden = appeal_point_hidden(a);

	*ret_lat = hidden ? a->hidden_lat : a->lat;
	*ret_lon = hidden ? a->hidden_lon : a->lon;
	return *ret_lat != 0 || *ret_lon != 0;
}

enum rc appeal_publish_point(struct ctx *c, struct appeal_case *k, bool hidden)
{
	struct appeal_row *a = &k->a;
	double lat, lon;
	int64_t changed;

	TRY(moderator(c, k));
	if (!appeal_exact_point(a, &lat, &lon) || hidden == appeal_point_hidden(a))
		return RC_OK;
	TRY(kept(c, k, S("point"), 0, appeal_point_state(a), hidden ? S("hidden") : S("shown"), S("")));
	TRY(hidden ? appeal_hide_point(c->db, a->id, c->now, &changed) : appeal_show_point(c->db, a->id, c->now, &changed));
	a->lat = hidden ? 0 : lat;
	a->lon = hidden ? 0 : lon;
	a->hidden_lat = hidden ? lat : 0;
	a->hidden_lon = hidden ? lon : 0;
	return RC_OK;
}

/* What stands there now must be what the change made of it. */
static enum rc still(struct ctx *c, struct str now, struct str after)
{
	return str_eq(now, after) ? RC_OK : fail(c, RC_CONFLICT, MSG_APPEAL_CHANGED_SINCE);
}

static enum rc undo_state(struct ctx *c, struct appeal_case *k, const struct public_change_row *r)
{
	bool shown = str_eq(r->before_text, CLEARED);

	TRY(still(c, k->a.public_state, r->after_text));
	if (shown && (!k->a.agreed_public || !k->a.public_title.n || !k->a.public_text.n))
		return fail(c, RC_CONFLICT, MSG_APPEAL_CHANGED_SINCE);
	return set_public(c, k, r->before_text, k->a.public_title, k->a.public_text, S(""));
}

enum rc appeal_public_undo(struct ctx *c, struct appeal_case *k, struct public_change_id change)
{
	struct public_change_row r;
	struct answer_row w;
	struct file_row f;

	TRY(moderator(c, k));
	TRY(public_change_by_id(c->db, change, k->a.id, &r));
	if (!r.body_id) /* the person's own wish is not taken back by others */
		return fail(c, RC_CONFLICT, MSG_APPEAL_CHANGED_SINCE);
	if (str_eq(r.what, S("state")))
		return undo_state(c, k, &r);
	if (str_eq(r.what, S("title"))) {
		TRY(still(c, k->a.public_title, r.after_text));
		return set_public(c, k, k->a.public_state, r.before_text, k->a.public_text, S(""));
	}
	if (str_eq(r.what, S("text"))) {
		TRY(still(c, k->a.public_text, r.after_text));
		return set_public(c, k, k->a.public_state, k->a.public_title, r.before_text, S(""));
	}
	if (str_eq(r.what, S("point"))) {
		TRY(still(c, appeal_point_state(&k->a), r.after_text));
		return appeal_publish_point(c, k, str_eq(r.before_text, S("hidden")));
	}
	if (str_eq(r.what, S("answer"))) {
		TRY(answer_by_id(c->db, (struct answer_id){ r.subject_id }, &w));
		TRY(still(c, w.public_text, r.after_text));
		return answer_publish(c, k, w.id, r.before_text);
	}
	TRY(file_by_id(c->db, (struct file_id){ r.subject_id }, &f));
	TRY(still(c, f.public_name, r.after_text));
	return appeal_publish_file(c, k, f.id, r.before_text);
}
