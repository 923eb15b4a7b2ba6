/* petition_list.c: what everybody may find: by state, by words, page by page. */
#include "app/app.h"
#include "gen/messages.h"
#include "gen/petition_tmpl.h"
#include "petition/petition_view.h"
#include "text/text.h"

#define TERMS 4
#define STATES 5
#define PER_PAGE 30
#define PAGES_MAX 100000

/* The three words of the UK Parliament's service for our states; ours are taken too. */
static void states_of(struct str word, struct str ret[STATES])
{
	static const struct { struct str word, states[STATES]; } shapes[] = {
		{ S_INIT("closed"), { S_INIT("review"), S_INIT("decided"), S_INIT("not_enough"), S_INIT("withdrawn"), S_INIT("stopped") } },
		{ S_INIT("rejected"), { S_INIT("refused") } },
	};
	enum petition_state s;

	for (size_t i = 0; i < STATES; i++)
		ret[i] = S("");
	if (petition_state_by_name(word, &s))
		ret[0] = word;
	for (size_t i = 0; i < ARRAY_LEN(shapes); i++)
		if (str_eq(shapes[i].word, word))
			memcpy(ret, shapes[i].states, sizeof(shapes[i].states));
}

static size_t terms_of(struct arena *a, struct str q, struct str ret[TERMS])
{
	struct str rest = q.n ? text_terms(a, q, true) : S(""), one;
	size_t n = 0;

	for (size_t i = 0; i < TERMS; i++)
		ret[i] = S("");
	while (n < TERMS && rest.n && str_cut(&rest, ' ', &one))
		if (one.n)
			ret[n++] = one;
	return n;
}

enum rc petition_search(struct req *rq, int64_t per_page, struct petition_search *ret)
{
	struct petition_search s = { .state = req_query(rq, "state"), .q = str_trim(req_query(rq, "q")), .page = 1 };
	struct str t[TERMS], st[STATES];
	struct db *db = rq->ctx.db;

	if (!str_to_i64(req_query(rq, "page"), &s.page) || s.page < 1 || s.page > PAGES_MAX)
		s.page = 1;
	states_of(s.state, st);
	if (!st[0].n)
		s.state = S("");
	int64_t skip = (s.page - 1) * per_page;

	if (terms_of(rq->ctx.arena, s.q, t)) {
		TRY(petition_found_n(db, t[0], t[1], t[2], t[3], st[0], st[1], st[2], st[3], st[4], &s.total));
		TRY(petition_found(db, t[0], t[1], t[2], t[3], st[0], st[1], st[2], st[3], st[4], skip, per_page, &s.l));
	} else {
		TRY(petition_page_n(db, st[0], st[1], st[2], st[3], st[4], &s.total));
		TRY(petition_page(db, st[0], st[1], st[2], st[3], st[4], skip, per_page, &s.l));
	}
	s.pages = s.total ? (s.total + per_page - 1) / per_page : 1;
	*ret = s;
	return RC_OK;
}

struct url petition_list_url(struct arena *a, struct str state, struct str q, int64_t page)
{
	struct url u = URL("/petitions");

	if (state.n)
		u = url_with(a, u, S("state"), state);
	if (q.n)
		u = url_with(a, u, S("q"), q);
	return page > 1 ? url_with(a, u, S("page"), str_i64(a, page)) : u;
}

struct str petition_title_shown(const struct lang *l, bool hidden, struct str title)
{
	return hidden ? msg_text(l, MSG_PETITION_TEXT_HIDDEN) : title;
}

enum rc petition_list_get(struct req *rq)
{
	static const enum petition_state tabs[] = { PETITION_OPEN, PETITION_REVIEW, PETITION_DECIDED, PETITION_NOT_ENOUGH, PETITION_REFUSED, PETITION_STOPPED };
	struct option options[ARRAY_LEN(tabs)];
	struct petition_search s;
	struct petition_delay delay;

	TRY(petition_search(rq, PER_PAGE, &s));
	TRY(petition_delay_now(&rq->ctx, &delay));
	for (size_t i = 0; i < ARRAY_LEN(tabs); i++) {
		struct str name = str_of(petition_state_name(tabs[i]));

		options[i] = (struct option){ .value = name, .text = msg_text(rq->view.lang, petition_state_msg(tabs[i])), .chosen = str_eq(s.state, name) };
	}
	cache_public(rq, 5);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_PETITION_TITLE, .nav = MSG_LAYOUT_NAV_PETITIONS, .feed = S("/petitions.atom") });

	tmpl_petition_list(o, &rq->view, &s, options, ARRAY_LEN(options), &delay, rq->ctx.app->pack);
	return page_close(rq);
}
