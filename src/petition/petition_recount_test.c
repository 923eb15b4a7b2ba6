#include "petition/petition_jobs.h"

#include "app/jobs.h"
#include "petition/petition_case_test.h"

/* A pass is as many jobs as there are batches; the look of each is taken here from the same rows. */
static enum rc past_the_end(struct ctx *c, const struct world *w)
{
	struct actor author, mod = case_moderator(c);
	struct petition_id id;
	struct petition_row p;
	struct petition_recount_id pass = { 900 };
	struct recount_row found;
	int64_t changed, right;

	WANT_OK(case_opened(c, w, &id, &author));
	WANT_OK(petition_stop(c, &mod, id, S("petition_court"), S("Сот")));
	WANT_OK(petition_by_id(c->db, id, &p));
	right = p.signatures;
	WANT_OK(petition_add(c->db, id, 7, c->now, &changed));
	WANT_OK(recount_insert(c->db, pass, c->now, &changed));
	struct str batch = str_fmt(c->arena, "900 0 %lld 1 1 7\n%lld - 0 -7\n", (long long)id.v, (long long)id.v);

	WANT_OK(petition_repair(c, batch));
	WANT_OK(petition_repair(c, batch)); /* a batch that runs twice counts once */
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_INT(p.signatures, right);
	WANT_RC(recount_last(c->db, &found), RC_NOT_FOUND); /* it goes on */
	WANT_OK(petition_repair(c, str_fmt(c->arena, "900 %lld 0 0 0 0\n", (long long)id.v)));
	WANT_OK(recount_last(c->db, &found));
	WANT_INT(found.petitions, 1);
	WANT_INT(found.repaired, 1);
	WANT_INT(found.off_by, 7);
	WANT_OK(recount_insert(c->db, (struct petition_recount_id){ 901 }, c->now, &changed));
	WANT_OK(recount_insert(c->db, (struct petition_recount_id){ 902 }, c->now, &changed));
	WANT_OK(petition_repair(c, str_fmt(c->arena, "901 0 0 1 1 7\n%lld - 0 -7\n", (long long)id.v))); /* a newer pass has begun */
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_INT(p.signatures, right);
	return RC_OK;
}
TEST(a_recount_goes_on_batch_by_batch_and_repairs_each_once) { world_run(past_the_end); }

static enum rc write_pass(struct db *db, void *arg)
{
	const struct world *w = arg;
	struct ctx c = { .arena = db_arena(db), .db = db, .now = w->monday, .app = w->app };
	struct actor author, mod = case_moderator(&c);
	struct petition_id ended, open;
	int64_t changed;

	TRY(case_opened(&c, w, &ended, &author));
	TRY(petition_stop(&c, &mod, ended, S("petition_court"), S("Сот")));
	TRY(petition_add(db, ended, 7, c.now, &changed));
	TRY(petition_count_add(db, ended, S("r"), w->region, -1, &changed));
	TRY(case_opened(&c, w, &open, &author));
	TRY(petition_add(db, open, -3, c.now, &changed));
	return petition_repair_begin(&c, S(""));
}

static void whole_pass(struct world *w, struct test_store *s)
{
	CHECK_INT(db_write(w->app->db, &w->arena, write_pass, w), RC_OK);
	CHECK(jobs_drain(w->app, when_add(w->monday, WHEN_HOUR)) > 0);
	CHECK_INT(store_sql(s, "SELECT COUNT(*) FROM petition WHERE signatures <> 50"), 0);
	CHECK_INT(store_sql(s, "SELECT COUNT(*) FROM petition_recount WHERE ended_at <> 0 AND petitions = 2 AND repaired = 3 AND off_by = 11"), 1);
}
TEST(a_recount_reaches_petitions_that_have_ended) { world_with(whole_pass); }

static enum rc behind(struct ctx *c, const struct world *w)
{
	struct actor author, mod = case_moderator(c);
	struct petition_id id;
	struct petition_signing s = { .place = w->place };
	int64_t sec;

	WANT_OK(case_filed(c, &id, &s.link, &author));
	WANT_OK(petition_moderate(c, &mod, id, &case_accept));
	WANT_OK(petition_lag_sec(c, &sec));
	WANT_INT(sec, 0); /* nobody waits */
	WANT_OK(petition_sign(c, &author, id, &s));
	c->now = when_add(c->now, 6 * WHEN_MINUTE);
	WANT_OK(petition_lag_sec(c, &sec));
	WANT_INT(sec, 360);
	WANT(sec > petition_lag->alarm_sec);
	WANT_OK(case_fold(c));
	WANT_OK(petition_lag_sec(c, &sec));
	WANT_INT(sec, 0);
	return RC_OK;
}
TEST(how_far_counting_is_behind_is_known) { world_run(behind); }

TESTS("petition_recount", T(a_recount_goes_on_batch_by_batch_and_repairs_each_once), T(a_recount_reaches_petitions_that_have_ended),
      T(how_far_counting_is_behind_is_known))
