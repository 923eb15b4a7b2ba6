#include "notice/notice.h"

#include <assert.h>

#include "app/app.h"
#include "base/random.h"
#include "gen/messages.h"
#include "place/place.h"
#include "search/search.h"
#include "standard/pack.h"

#define WRITERS (BIT(ROLE_EXECUTOR) | BIT(ROLE_HEAD) | BIT(ROLE_MODERATOR))
#define APPROVERS (BIT(ROLE_HEAD) | BIT(ROLE_APPROVER) | BIT(ROLE_SIGNER) | BIT(ROLE_CONTROLLER))

static const struct notice_part parts[NOTICE_PARTS] = {
	{ offsetof(struct notice_text_row, what), MSG_NOTICE_WHAT },         { offsetof(struct notice_text_row, why), MSG_NOTICE_WHY },
	{ offsetof(struct notice_text_row, weighed), MSG_NOTICE_WEIGHED },   { offsetof(struct notice_text_row, affected), MSG_NOTICE_AFFECTED },
	{ offsetof(struct notice_text_row, softened), MSG_NOTICE_SOFTENED }, { offsetof(struct notice_text_row, ask), MSG_NOTICE_ASK },
};

struct str notice_part_text(const struct notice_text_row *t, size_t part)
{
	struct str s;

	assert(part < NOTICE_PARTS);
	memcpy(&s, (const char *)t + parts[part].at, sizeof(s));
	return s;
}

unsigned notice_part_msg(size_t part)
{
	assert(part < NOTICE_PARTS);
	return parts[part].msg;
}

bool notice_may_write(const struct actor *who, int64_t body)
{
	return who->body == body && (who->roles & WRITERS);
}

bool notice_may_approve(const struct actor *who, const struct notice_row *n)
{
	return who->body == n->body_id && (who->roles & APPROVERS) && who->account != n->writer_id;
}

static enum rc check_words(struct ctx *c, const struct notice_words *w)
{
	if (w->topic.n && !pack_topic(c->app->pack, w->topic))
		return fail(c, RC_INVALID, MSG_NOTICE_FAULT_TOPIC);
	return RC_OK;
}

enum rc notice_write(struct ctx *c, const struct actor *who, const struct notice_words *w, struct notice_id *ret)
{
	struct notice_id id = { id_make() };
	int64_t changed;

	if (!notice_may_write(who, who->body))
		return fail(c, RC_FORBIDDEN, MSG_NOTICE_FAULT_ROLE);
	TRY(check_words(c, w));
	TRY(notice_insert(c->db, id, who->body, w->lang, w->topic, w->title, w->effective, who->account, c->now, &changed));
	TRY(notice_text_insert(c->db, (struct notice_text_id){ id_make() }, id, 1, w->title, w->what, w->why, w->weighed, w->affected, w->softened, w->ask, w->changed,
			       w->effective, c->now, &changed));
	*ret = id;
	return RC_OK;
}

enum rc notice_save(struct ctx *c, const struct actor *who, struct notice_id id, const struct notice_words *w)
{
	struct notice_row n;
	int64_t changed;

	TRY(notice_by_id(c->db, id, &n));
	if (!notice_may_write(who, n.body_id))
		return fail(c, RC_FORBIDDEN, MSG_NOTICE_FAULT_ROLE);
	if (str_eq(n.draft_state, S("waiting")))
		return fail(c, RC_CONFLICT, MSG_NOTICE_FAULT_WAITS);
	TRY(check_words(c, w));
	if (n.draft_version)
		TRY(notice_text_update(c->db, id, n.draft_version, w->title, w->what, w->why, w->weighed, w->affected, w->softened, w->ask, w->changed, w->effective,
				       c->now, &changed));
	else
		TRY(notice_text_insert(c->db, (struct notice_text_id){ id_make() }, id, n.public_version + 1, w->title, w->what, w->why, w->weighed, w->affected,
				       w->softened, w->ask, w->changed, w->effective, c->now, &changed));
	TRY(notice_set_draft(c->db, id, n.draft_version ? n.draft_version : n.public_version + 1, S("draft"), who->account, c->now, &changed));
	/* until something is public the head shows the draft; afterwards approval brings it over */
	return n.public_version ? RC_OK : notice_set_title(c->db, id, w->title, w->topic, w->effective, c->now, &changed);
}

enum rc notice_submit(struct ctx *c, const struct actor *who, struct notice_id id)
{
	struct notice_row n;
	struct notice_text_row t;
	int64_t changed;

	TRY(notice_by_id(c->db, id, &n));
	if (!notice_may_write(who, n.body_id))
		return fail(c, RC_FORBIDDEN, MSG_NOTICE_FAULT_ROLE);
	if (!n.draft_version)
		return fail(c, RC_CONFLICT, MSG_NOTICE_FAULT_WAITS);
	TRY(notice_text_get(c->db, id, n.draft_version, &t));
	for (size_t i = 0; i < NOTICE_PARTS; i++)
		if (!str_trim(notice_part_text(&t, i)).n)
			return fail(c, RC_INVALID, MSG_NOTICE_FAULT_PARTS);
	if (n.public_version && !str_trim(t.changed).n)
		return fail(c, RC_INVALID, MSG_NOTICE_FAULT_CHANGED);
	TRY(notice_set_state(c->db, id, S("draft"), S("waiting"), c->now, &changed));
	return changed ? RC_OK : fail(c, RC_CONFLICT, MSG_NOTICE_FAULT_WAITS);
}

static enum rc approving(struct ctx *c, const struct actor *who, struct notice_id id, struct notice_row *ret)
{
	TRY(notice_by_id(c->db, id, ret));
	if (!str_eq(ret->draft_state, S("waiting")))
		return fail(c, RC_CONFLICT, MSG_NOTICE_FAULT_WAITS);
	return notice_may_approve(who, ret) ? RC_OK : fail(c, RC_FORBIDDEN, MSG_NOTICE_FAULT_SECOND);
}

enum rc notice_send_back(struct ctx *c, const struct actor *who, struct notice_id id)
{
	struct notice_row n;
	int64_t changed;

	TRY(approving(c, who, id, &n));
	return notice_set_state(c->db, id, S("waiting"), S("draft"), c->now, &changed);
}

enum rc notice_approve(struct ctx *c, const struct actor *who, struct notice_id id, struct when publish)
{
	struct notice_row n;
	struct notice_text_row t;
	int64_t changed;
	bool later = publish.us > c->now.us;

	TRY(approving(c, who, id, &n));
	TRY(notice_text_get(c->db, id, n.draft_version, &t));
	/* explained before, not after: a correction of what is public already may come at any time */
	if (!n.public_version && t.effective_on.v <= when_day(later ? publish : c->now).v)
		return fail(c, RC_INVALID, MSG_NOTICE_FAULT_LATE);
	bool out = str_eq(n.state, S("published"));
	struct when published = out ? n.published_at : later ? (struct when){ 0 } : c->now;

	TRY(notice_set_public(c->db, id, out || !later ? S("published") : S("scheduled"), t.title, t.effective_on, who->account, later ? publish : c->now, published,
			      c->now, &changed));
	return changed ? notice_find_again(c, id) : fail(c, RC_CONFLICT, MSG_NOTICE_FAULT_WAITS);
}

enum rc notice_find_again(struct ctx *c, struct notice_id id)
{
	struct notice_row n;
	struct notice_text_row t;
	struct str key = str_i64(c->arena, id.v);

	TRY(notice_by_id(c->db, id, &n));
	if (!str_eq(n.state, S("published")))
		return search_drop(c, "notice", id.v);
	TRY(notice_text_get(c->db, id, n.public_version, &t));
	const struct body *b = pack_body(c->app->pack, n.body_id);
	const struct place *region = b && b->place ? place_region(b->place) : NULL;

	return search_put(c, &(struct search_item){ .kind = "notice", .object = id.v, .region = region ? region->id : 0, .title = t.title,
						    .path = url_path(c->arena, "/notices/{}", 1, &key),
						    .text = str_fmt(c->arena, "%.*s %.*s %.*s %.*s", STR_FMT(t.what), STR_FMT(t.why), STR_FMT(t.affected),
								    STR_FMT(t.softened)) });
}

enum rc notice_outcome(struct ctx *c, const struct actor *who, struct notice_id id, struct str words)
{
	struct notice_row n;
	int64_t changed;

	TRY(notice_by_id(c->db, id, &n));
	if (who->body != n.body_id || !(who->roles & (WRITERS | APPROVERS)))
		return fail(c, RC_FORBIDDEN, MSG_NOTICE_FAULT_ROLE);
	if (!str_trim(words).n)
		return fail(c, RC_INVALID, MSG_NOTICE_FAULT_OUTCOME);
	TRY(notice_set_outcome(c->db, id, words, c->now, &changed));
	return changed ? RC_OK : fail(c, RC_CONFLICT, MSG_NOTICE_FAULT_WAITS);
}
