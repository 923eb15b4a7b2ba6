#include "desk/public.h"

#include "app/app.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "gen/desk_tmpl.h"
#include "gen/messages.h"
#include "text/ident.h"

#define CHANGES 50
#define FILE_NAME_MAX 100
#define WORDS_MAX 40000 /* bytes of an answer's public words */

static struct str masked(struct ctx *c, struct str s)
{
	struct mask_spans found = mask_find(c->arena, c->app->pack->phones, s);

	return mask_apply(c->arena, s, &found);
}

/* The field of this form, or an empty str with p NULL where the form does not have it. */
static struct str field_of(const struct req *rq, const char *name, int64_t id)
{
	return http_form(rq->http, str_fmt(rq->ctx.arena, "%s_%lld", name, (long long)id));
}

static void find_in(struct req *rq, struct public_page *p, size_t *cap, struct str text)
{
	static const unsigned kinds[] = {
		[MASK_IIN] = MSG_DESK_FIND_IIN, [MASK_PHONE] = MSG_DESK_FIND_PHONE, [MASK_EMAIL] = MSG_DESK_FIND_EMAIL, [MASK_NAME] = MSG_DESK_FIND_NAME,
		[MASK_CARD] = MSG_DESK_FIND_CARD, [MASK_IBAN] = MSG_DESK_FIND_IBAN, [MASK_DOCUMENT] = MSG_DESK_FIND_DOCUMENT,
		[MASK_ADDRESS] = MSG_DESK_FIND_ADDRESS, [MASK_RUDE] = MSG_DESK_FIND_RUDE,
	};
	struct mask_spans both[] = { mask_find(rq->ctx.arena, rq->ctx.app->pack->phones, text), rude_find(rq->ctx.arena, text) };

	for (size_t b = 0; b < ARRAY_LEN(both); b++)
		for (size_t i = 0; i < both[b].n && *cap > 0; i++, --*cap)
			p->finds[p->n_finds++] = (struct public_find){ str_sub(text, both[b].v[i].at, both[b].v[i].n),
								       msg_text(rq->view.lang, kinds[both[b].v[i].kind]) };
}

static void take_answers(struct req *rq, struct public_page *p)
{
	p->answers = ARENA_ARRAY(rq->ctx.arena, p->p.n_answers + 1, struct public_answer);
	for (size_t i = 0; i < p->p.n_answers; i++) {
		const struct answer_whole *w = &p->p.answers[i];
		struct public_answer a = { .id = w->a.id.v, .delivered = w->a.delivered_at, .whole = answer_as_one(rq->ctx.arena, w) };
		struct str typed = field_of(rq, "answer", a.id);

		a.words = typed.p ? typed : w->a.public_text.n ? w->a.public_text : masked(&rq->ctx, a.whole);
		p->answers[p->n_answers++] = a;
	}
}

static void take_files(struct req *rq, struct public_page *p, bool posted)
{
	p->files = ARENA_ARRAY(rq->ctx.arena, p->p.files.n + 1, struct public_file);
	for (size_t i = 0; i < p->p.files.n; i++) {
		const struct file_row *r = &p->p.files.v[i];
		struct str typed = field_of(rq, "name", r->id.v);

		p->files[p->n_files++] = (struct public_file){
			.row = r, .picture = str_eq(r->media_type, S("image/jpeg")), .shown = posted ? field_of(rq, "show", r->id.v).n > 0 : r->cleared,
			.name = typed.p ? typed : r->public_name.n ? r->public_name : masked(&rq->ctx, r->name),
		};
	}
}

static struct str now_of(const struct public_page *p, const struct public_change_row *r)
{
	const struct appeal_row *a = &p->p.k->a;

	if (str_eq(r->what, S("title")))
		return a->public_title;
	if (str_eq(r->what, S("text")))
		return a->public_text;
	if (str_eq(r->what, S("state")))
		return a->public_state;
	if (str_eq(r->what, S("point")))
		return appeal_point_state(a);
	for (size_t i = 0; i < p->p.n_answers; i++)
		if (p->p.answers[i].a.id.v == r->subject_id)
			return p->p.answers[i].a.public_text;
	for (size_t i = 0; i < p->p.files.n; i++)
		if (p->p.files.v[i].id.v == r->subject_id)
			return p->p.files.v[i].public_name;
	return S("\n");
}

static enum rc take_changes(struct req *rq, struct public_page *p)
{
	static const struct { struct str what; unsigned msg; } whats[] = {
		{ S_INIT("title"), MSG_DESK_PUBLIC_TITLE }, { S_INIT("text"), MSG_DESK_PUBLIC_TEXT }, { S_INIT("answer"), MSG_DESK_PUBLIC_ANSWER },
		{ S_INIT("file"), MSG_DESK_PUBLIC_FILE }, { S_INIT("state"), MSG_DESK_PUBLIC_STATE },
		{ S_INIT("point"), MSG_DESK_PUBLIC_POINT },
	};
	struct public_change_row_list l;

	TRY(public_change_list(rq->ctx.db, p->p.k->a.id, CHANGES, &l));
	p->changes = ARENA_ARRAY(rq->ctx.arena, l.n + 1, struct public_change);
	for (size_t i = 0; i < l.n; i++) {
		struct public_change c = { .row = l.v[i], .undo = l.v[i].body_id && str_eq(now_of(p, &l.v[i]), l.v[i].after_text) };
		struct account_row who;

		for (size_t k = 0; k < ARRAY_LEN(whats); k++)
			if (str_eq(whats[k].what, l.v[i].what))
				c.what = msg_text(rq->view.lang, whats[k].msg);
		if (!l.v[i].body_id)
			c.who = msg_text(rq->view.lang, MSG_DESK_PUBLIC_PERSON);
		else if (account_by_id(rq->ctx.db, (struct account_id){ l.v[i].account_id }, &who) == RC_OK)
			c.who = who.name;
		p->changes[p->n_changes++] = c;
	}
	return RC_OK;
}

enum shown { AS_STORED, AS_TYPED, PREVIEW };

/* why: typed in the small form, for which the rest is as it is stored. */
static enum rc show(struct req *rq, enum shown how, struct str why)
{
	struct appeal_case k;
	bool preview = how == PREVIEW;
	struct public_page p = { .preview = preview, .why = why };
	const struct desk_form *f = how == AS_STORED ? NULL : FORM_OF(rq, struct desk_form);
	size_t cap = 100;

	TRY(desk_open(rq, false, &k));
	if (!(k.may & BIT(ROLE_MODERATOR)) || !k.a.agreed_public)
		return RC_NOT_FOUND;
	TRY(appeal_page_make(rq, &k, S(""), &p.p));
	p.shown = str_eq(k.a.public_state, S("cleared"));
	p.title = f ? f->title : k.a.public_title.n ? k.a.public_title : masked(&rq->ctx, k.a.title);
	p.text = f ? f->text : k.a.public_text.n ? k.a.public_text : masked(&rq->ctx, k.a.text);
	p.point_hidden = f ? http_form(rq->http, S("hide_point")).n > 0 : appeal_point_hidden(&k.a);
	take_answers(rq, &p);
	take_files(rq, &p, how != AS_STORED);
	TRY(take_changes(rq, &p));
	p.finds = ARENA_ARRAY(rq->ctx.arena, cap, struct public_find);
	/* before the first time in the originals, afterwards in what would be shown */
	find_in(rq, &p, &cap, p.shown || preview ? p.title : k.a.title);
	find_in(rq, &p, &cap, p.shown || preview ? p.text : k.a.text);
	for (size_t i = 0; i < p.n_answers; i++)
		find_in(rq, &p, &cap, p.shown || preview ? p.answers[i].words : p.answers[i].whole);
	for (size_t i = 0; i < p.n_files; i++)
		find_in(rq, &p, &cap, p.shown || preview ? p.files[i].name : p.files[i].row->name);
	if (!rq->form.form)
		rq->form.form = &desk_form;
	struct out *o = page_open(rq, &(struct page){ .title = MSG_DESK_PUBLISH, .nav = MSG_LAYOUT_NAV_MODERATION, .desk = true });

	tmpl_desk_public(o, &rq->view, &p, &rq->form);
	return page_close(rq);
}

static enum rc public_get(struct req *rq)
{
	return show(rq, rq->form.values ? AS_TYPED : AS_STORED, S(""));
}

static enum rc why_again(struct req *rq)
{
	return show(rq, AS_STORED, FORM_OF(rq, struct desk_form)->text);
}

static enum rc preview_post(struct req *rq)
{
	return show(rq, PREVIEW, S(""));
}

/* What the form says of answers and files; what it does not name is left to the patterns. */
static enum rc save(struct req *rq, struct appeal_case *k, struct str title, struct str text)
{
	struct answer_row_list answers;
	struct file_row_list files;
	bool whole = field_of(rq, "files", 0).p != NULL; /* the moderator's page, which names every file and answer */

	TRY(appeal_publish(&rq->ctx, k, title, text));
	if (whole)
		TRY(appeal_publish_point(&rq->ctx, k, http_form(rq->http, S("hide_point")).n > 0));
	TRY(answer_list(rq->ctx.db, k->a.id, &answers));
	for (size_t i = 0; i < answers.n; i++) {
		struct str words = field_of(rq, "answer", answers.v[i].id.v);

		if (!when_set(answers.v[i].delivered_at))
			continue;
		if (words.n > WORDS_MAX)
			return RC_TOO_LARGE;
		TRY(words.p ? answer_publish(&rq->ctx, k, answers.v[i].id, str_trim(words)) : answer_publish_masked(&rq->ctx, k, answers.v[i].id));
	}
	TRY(file_list(rq->ctx.db, k->a.id, &files));
	for (size_t i = 0; whole && i < files.n; i++) {
		struct str name = str_trim(field_of(rq, "name", files.v[i].id.v));
		bool show_it = field_of(rq, "show", files.v[i].id.v).n > 0;

		TRY(appeal_publish_file(&rq->ctx, k, files.v[i].id, show_it ? utf8_head(name.n ? name : S("file"), FILE_NAME_MAX) : S("")));
	}
	return RC_OK;
}

static enum rc publish_post(struct req *rq)
{
	const struct desk_form *f = FORM_OF(rq, struct desk_form);
	struct appeal_case k;

	TRY(desk_open(rq, true, &k));
	return desk_acted(rq, &k, save(rq, &k, f->title, f->text), MSG_DESK_DONE_PUBLISH);
}

static enum rc off_the_site(struct req *rq, enum rc (*act)(struct ctx *c, struct appeal_case *k, struct str why), unsigned notice)
{
	struct appeal_case k;

	TRY(desk_open(rq, true, &k));
	return desk_acted(rq, &k, act(&rq->ctx, &k, FORM_OF(rq, struct desk_form)->text), notice);
}

static enum rc keep_private_post(struct req *rq)
{
	return off_the_site(rq, appeal_keep_private, MSG_DESK_DONE_SAVE);
}

static enum rc take_down_post(struct req *rq)
{
	return off_the_site(rq, appeal_take_down, MSG_DESK_DONE_TAKE_DOWN);
}

static enum rc undo_post(struct req *rq)
{
	struct appeal_case k;
	int64_t id;

	TRY(desk_open(rq, true, &k));
	TRY(req_id(rq, 1, &id));
	TRY(appeal_public_undo(&rq->ctx, &k, (struct public_change_id){ id }));
	return redirect(rq, url_path(rq->ctx.arena, "/desk/{}/public", 1, &k.a.number), MSG_DESK_DONE_SAVE);
}

static const struct route routes[] = {
	{ HTTP_GET, "/desk/:number/public", BIT(ROLE_MODERATOR), RL_READ, READ, public_get },
	{ HTTP_POST, "/desk/:number/preview", BIT(ROLE_MODERATOR), RL_READ, READ, preview_post, &desk_form, public_get },
	{ HTTP_POST, "/desk/:number/publish", STAFF, RL_WRITE, WRITE, publish_post, &desk_form, public_get },
	{ HTTP_POST, "/desk/:number/keep-private", STAFF, RL_WRITE, WRITE, keep_private_post, &desk_form, why_again },
	{ HTTP_POST, "/desk/:number/take-down", STAFF, RL_WRITE, WRITE, take_down_post, &desk_form, why_again },
	{ HTTP_POST, "/desk/:number/undo/:change", BIT(ROLE_MODERATOR), RL_WRITE, WRITE, undo_post },
};

const struct module desk_public_module = { .name = "desk_public", .routes = routes, .n_routes = ARRAY_LEN(routes) };
