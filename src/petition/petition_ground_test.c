#include "gen/notify_sql.h"
#include "petition/petition_case_test.h"
#include "petition/petition_jobs.h"
#include "standard/petition_rules.h"
#include "text/text.h"

/* The same country later: without a single ground or point of the list. */
static void leave(struct ctx *c, struct app *app)
{
	struct pack *p = ARENA_NEW(c->arena, struct pack);
	struct petition_rules *r = ARENA_NEW(c->arena, struct petition_rules);

	*p = *c->app->pack;
	*r = *p->petitions;
	r->excluded = NULL;
	r->n_excluded = 0;
	p->petitions = r;
	p->grounds = NULL;
	p->n_grounds = 0;
	p->by_ground = (struct map){ 0 };
	app->pack = p;
}

static enum rc found(struct ctx *c, struct str word, int64_t *ret)
{
	return petition_found_n(c->db, str_trim(text_terms(c->arena, word, true)), S(""), S(""), S(""), S(""), S(""), S(""), S(""), S(""), ret);
}

static enum rc kept(struct ctx *c, const struct world *w)
{
	struct actor author, mod = case_moderator(c);
	struct petition_id refused, hidden, ended;
	const struct pack *before = c->app->pack;
	struct petition_words x = case_words(c);
	struct petition_row p;
	struct mail_line_list sent;
	struct mail_row mail;
	struct str link;
	int64_t n;

	WANT_OK(case_opened(c, w, &ended, &author));
	WANT_OK(petition_stop(c, &mod, ended, S("petition_court"), S("Сот шешімі")));
	x.mail = S("ayaz@example.kz");
	WANT_OK(petition_file(c, &author, &x, &refused, &link));
	WANT_OK(petition_moderate(c, &mod, refused, &(struct petition_ruling){ .ground = S("petition_excluded"), .words = S("Тіл"), .excluded = S("languages") }));
	WANT_OK(case_filed(c, &hidden, &link, &author));
	WANT_OK(petition_moderate(c, &mod, hidden, &(struct petition_ruling){ .ground = S("petition_insult"), .words = S("Балағат") }));
	leave(c, w->app);
	WANT_OK(petition_letter(c, str_fmt(c->arena, "%lld refused", (long long)refused.v)));
	WANT_OK(mail_list(c->db, (struct mail_id){ INT64_MAX }, 1, &sent));
	WANT_INT(sent.n, 1);
	WANT_OK(mail_by_id(c->db, sent.v[0].id, &mail));
	WANT(str_find(mail.body_text, S("Петиция нысанасы бола алмайтын мәселе ("), 0) != SIZE_MAX);
	WANT_OK(petition_tick(c, S("")));
	WANT_OK(petition_by_id(c->db, refused, &p));
	WANT(str_find(petition_ground_said(lang_of(LANG_KK), &p), S("Петиция нысанасы бола алмайтын мәселе ("), 0) == 0);
	WANT(str_find(petition_ground_said(lang_of(LANG_EN), &p), S("A matter that cannot be the subject of a petition ("), 0) == 0);
	WANT(str_find(p.ground_ru, S("): "), 0) != SIZE_MAX); /* the point of the list */
	WANT(!p.text_hidden);
	WANT_OK(petition_by_id(c->db, ended, &p));
	WANT(str_find(p.ground_ru, S("По решению суда ("), 0) == 0);
	WANT(!p.text_hidden);
	WANT_OK(petition_find_put(c, hidden)); /* a search that is filled anew */
	WANT_OK(petition_by_id(c->db, hidden, &p));
	WANT(p.text_hidden);
	WANT(str_find(p.ground_ru, S("Оскорбления или личные данные ("), 0) == 0);
	WANT_OK(found(c, S("көпір"), &n));
	WANT_INT(n, 2); /* the refused one and the stopped one */
	w->app->pack = before;
	mod.account++;
	WANT_OK(petition_moderate(c, &mod, hidden, &case_accept)); /* taken back: shown again, and no ground is left */
	WANT_OK(petition_by_id(c->db, hidden, &p));
	WANT(!p.text_hidden && !p.ground_ru.n);
	return RC_OK;
}
TEST(the_words_of_a_ground_stay_and_what_it_hid_stays_hidden_when_it_leaves_the_pack) { world_run(kept); }

/* ---- refused before words were kept ---- */

static struct petition_id old[2];

static enum rc refuse_two(struct db *db, void *arg)
{
	struct world *w = arg;
	struct ctx c = app_ctx(w->app, &w->arena, db);
	static const struct str grounds[] = { S_INIT("petition_no_demand"), S_INIT("petition_insult") };
	struct actor author, mod = case_moderator(&c);
	struct str link;

	for (size_t i = 0; i < ARRAY_LEN(old); i++) {
		TRY(case_filed(&c, &old[i], &link, &author));
		TRY(petition_moderate(&c, &mod, old[i], &(struct petition_ruling){ .ground = grounds[i], .words = S("Жоқ") }));
	}
	return RC_OK;
}

static enum rc look_at_two(struct db *db, void *arg)
{
	struct world *w = arg;
	struct ctx c = app_ctx(w->app, &w->arena, db);
	struct petition_row p;

	WANT_OK(petition_tick(&c, S("")));
	WANT_OK(petition_by_id(db, old[0], &p));
	WANT(!p.text_hidden && str_find(p.ground_kk, S("Не сұралатыны жазылмаған"), 0) == 0);
	WANT_OK(petition_by_id(db, old[1], &p));
	WANT(p.text_hidden && str_find(p.ground_en, S("Insults or personal data"), 0) == 0);
	return RC_OK;
}

static void old_rows(struct world *w, struct test_store *s)
{
	CHECK_INT(db_write(w->app->db, &w->arena, refuse_two, w), RC_OK);
	store_sql(s, "UPDATE petition SET ground_kept = '0', ground_kk = '', ground_ru = '', ground_en = '', text_hidden = '1'");
	CHECK_INT(db_write(w->app->db, &w->arena, look_at_two, w), RC_OK);
	CHECK_INT(store_sql(s, "SELECT COUNT(*) FROM petition WHERE ground_kept = '0'"), 0);
}
TEST(what_was_refused_before_gets_its_words_from_the_pack) { world_with(old_rows); }

TESTS("petition_ground", T(the_words_of_a_ground_stay_and_what_it_hid_stays_hidden_when_it_leaves_the_pack), T(what_was_refused_before_gets_its_words_from_the_pack))
