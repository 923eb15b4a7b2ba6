#include "notice/notice.h"

#include "app/world_test.h"
#include "gen/messages.h"

static struct notice_words good(const struct world *w)
{
	return (struct notice_words){ .title = S("Су ақысы өзгереді"), .what = S("Текше метр 95 теңге болады."), .why = S("Құбыр ауыстырылады."),
				      .weighed = S("Кезең-кезеңімен көтеру қаралды, бірақ жөндеу кешігеді."), .affected = S("Барлық тұрғын, айына 300 теңге."),
				      .softened = S("Табысы аз отбасы айырмасын алады."), .ask = S("109"), .lang = S("kk"),
				      .effective = { when_day(w->monday).v + 20 } };
}

static enum rc row(struct ctx *c, struct notice_id id, struct notice_row *ret)
{
	return notice_by_id(c->db, id, ret);
}

static enum rc two_people(struct ctx *c, const struct world *w)
{
	struct actor writer = w->staff[0][POST_EXECUTOR], head = w->staff[0][POST_HEAD], other = w->staff[1][POST_SIGNER];
	struct notice_words words = good(w);
	struct notice_id id;
	struct notice_row n;

	WANT_OK(notice_write(c, &writer, &words, &id));
	WANT_REFUSED(c, notice_approve(c, &head, id, (struct when){ 0 }), RC_CONFLICT, MSG_NOTICE_FAULT_WAITS);
	WANT_OK(notice_submit(c, &writer, id));
	writer.roles |= BIT(ROLE_SIGNER); /* with every role: still the one who wrote it */
	WANT_REFUSED(c, notice_approve(c, &writer, id, (struct when){ 0 }), RC_FORBIDDEN, MSG_NOTICE_FAULT_SECOND);
	WANT_REFUSED(c, notice_approve(c, &other, id, (struct when){ 0 }), RC_FORBIDDEN, MSG_NOTICE_FAULT_SECOND);
	WANT_OK(notice_approve(c, &head, id, (struct when){ 0 }));
	WANT_OK(row(c, id, &n));
	WANT_STR(n.state, S("published"));
	WANT_INT(n.public_version, 1);
	return RC_OK;
}
TEST(a_notice_needs_two_people_of_the_body) { world_run(two_people); }

static enum rc missing(struct ctx *c, const struct world *w)
{
	struct notice_words words = good(w);
	struct notice_id id;

	words.weighed = S(" ");
	WANT_OK(notice_write(c, &w->staff[0][POST_EXECUTOR], &words, &id));
	WANT_REFUSED(c, notice_submit(c, &w->staff[0][POST_EXECUTOR], id), RC_INVALID, MSG_NOTICE_FAULT_PARTS);
	WANT_REFUSED(c, notice_write(c, &w->staff[0][POST_REGISTRAR], &words, &id), RC_FORBIDDEN, MSG_NOTICE_FAULT_ROLE);
	return RC_OK;
}
TEST(all_six_parts_are_needed) { world_run(missing); }

static enum rc too_late(struct ctx *c, const struct world *w)
{
	struct notice_words words = good(w);
	struct notice_id id;

	words.effective = when_day(w->monday);
	WANT_OK(notice_write(c, &w->staff[0][POST_EXECUTOR], &words, &id));
	WANT_OK(notice_submit(c, &w->staff[0][POST_EXECUTOR], id));
	WANT_REFUSED(c, notice_approve(c, &w->staff[0][POST_HEAD], id, (struct when){ 0 }), RC_INVALID, MSG_NOTICE_FAULT_LATE);
	return RC_OK;
}
TEST(it_is_published_before_it_takes_effect) { world_run(too_late); }

static enum rc scheduled(struct ctx *c, const struct world *w)
{
	struct notice_words words = good(w);
	struct notice_id id;
	struct notice_row n;
	const struct job_kind *job = &notice_module.jobs[0];

	WANT_OK(notice_write(c, &w->staff[0][POST_EXECUTOR], &words, &id));
	WANT_OK(notice_submit(c, &w->staff[0][POST_EXECUTOR], id));
	WANT_OK(notice_approve(c, &w->staff[0][POST_HEAD], id, world_day(w, 3, 9)));
	c->now = world_day(w, 3, 8);
	WANT_OK(job->run(c, S("")));
	WANT_OK(row(c, id, &n));
	WANT_STR(n.state, S("scheduled"));
	c->now = world_day(w, 3, 10);
	WANT_OK(job->run(c, S("")));
	WANT_OK(row(c, id, &n));
	WANT_STR(n.state, S("published"));
	WANT_INT(n.published_at.us, c->now.us);
	return RC_OK;
}
TEST(a_set_time_publishes_it_by_itself) { world_run(scheduled); }

static enum rc corrected(struct ctx *c, const struct world *w)
{
	const struct actor *writer = &w->staff[0][POST_EXECUTOR], *head = &w->staff[0][POST_HEAD];
	struct notice_words words = good(w);
	struct notice_id id;
	struct notice_row n;
	struct notice_text_row_list all;

	WANT_OK(notice_write(c, writer, &words, &id));
	WANT_OK(notice_submit(c, writer, id));
	WANT_OK(notice_approve(c, head, id, (struct when){ 0 }));
	words.what = S("Текше метр 90 теңге болады.");
	WANT_OK(notice_save(c, writer, id, &words));
	WANT_REFUSED(c, notice_submit(c, writer, id), RC_INVALID, MSG_NOTICE_FAULT_CHANGED);
	words.changed = S("Есепте қате болды.");
	WANT_OK(notice_save(c, writer, id, &words));
	WANT_OK(row(c, id, &n));
	WANT_INT(n.public_version, 1); /* the public still reads the first */
	WANT_OK(notice_submit(c, writer, id));
	WANT_OK(notice_approve(c, head, id, (struct when){ 0 }));
	WANT_OK(row(c, id, &n));
	WANT_INT(n.public_version, 2);
	WANT_OK(notice_text_list(c->db, id, 2, &all));
	WANT_INT(all.n, 2);
	WANT_STR(all.v[1].what, S("Текше метр 95 теңге болады."));
	WANT_REFUSED(c, notice_outcome(c, head, id, S(" ")), RC_INVALID, MSG_NOTICE_FAULT_OUTCOME);
	WANT_OK(notice_outcome(c, head, id, S("Баға өзгерді.")));
	return RC_OK;
}
TEST(a_correction_is_a_new_version_and_the_old_one_stays) { world_run(corrected); }

TESTS("notice", T(a_notice_needs_two_people_of_the_body), T(all_six_parts_are_needed), T(it_is_published_before_it_takes_effect),
      T(a_set_time_publishes_it_by_itself), T(a_correction_is_a_new_version_and_the_old_one_stays))
