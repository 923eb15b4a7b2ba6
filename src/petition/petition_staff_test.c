#include "petition/petition_staff.h"

#include "base/random.h"
#include "gen/account_sql.h"
#include "gen/messages.h"
#include "gen/notify_sql.h"
#include "petition/petition_case_test.h"
#include "petition/petition_jobs.h"
#include "place/place.h"
#include "plan/plan.h"
#include "standard/pack.h"

static struct actor operator_of(const struct ctx *c)
{
	return (struct actor){ .account = 78, .body = petition_moderating_body(c), .roles = BIT(ROLE_OPERATOR) };
}

/* An identifier with right control digits, of person i. */
static struct str identifier(struct ctx *c, int i)
{
	for (int tail = 0; tail < 10; tail++) {
		struct str s = str_fmt(c->arena, "9001013%04d%d", i, tail);

		if (person_id_valid(&c->app->pack->person_id, s, when_day(c->now)))
			return s;
	}
	return identifier(c, i + 5000);
}

static enum rc signatures_of(struct ctx *c, struct petition_id id, int64_t *ret)
{
	struct petition_row p;

	TRY(petition_by_id(c->db, id, &p));
	*ret = p.signatures;
	return RC_OK;
}

/* ---- paper ---- */

static enum rc paper(struct ctx *c, const struct world *w)
{
	struct actor author, who = operator_of(c);
	struct petition_id id;
	struct paper_row done;
	struct petition_sheet_new s = { .sheet = S("12-А"), .reason = S("Ауылда интернет жоқ"), .scan_sha256 = S("aa"), .scan_type = S("image/jpeg"), .counted = 3, .place = w->place };
	struct petition_paper_line *lines;
	struct str wrong;
	int64_t before, after;
	size_t n;

	WANT_OK(case_opened(c, w, &id, &author));
	WANT_OK(signatures_of(c, id, &before));
	s.lines = str_fmt(c->arena, "%.*s Ерлан Беков\n\n%.*s; Динара Омарова\n%.*s Ерлан Беков\n", STR_FMT(identifier(c, 7001)), STR_FMT(identifier(c, 7002)), STR_FMT(identifier(c, 7001)));
	WANT_REFUSED(c, petition_paper(c, &author, id, &s, &done), RC_FORBIDDEN, MSG_PETITION_FAULT_ROLE);
	s.counted = 2;
	WANT_REFUSED(c, petition_paper(c, &who, id, &s, &done), RC_INVALID, MSG_PETITION_FAULT_SHEET_COUNT);
	s.counted = 3;
	WANT_OK(petition_paper(c, &who, id, &s, &done));
	WANT_INT(done.taken, 2);
	WANT_INT(done.doubled, 1);
	WANT_STR(done.doubled_lines, S("4")); /* the line on the sheet, the empty one counted */
	WANT_REFUSED(c, petition_paper(c, &who, id, &s, &done), RC_DUPLICATE, MSG_PETITION_FAULT_SHEET_KNOWN);
	WANT_OK(case_fold(c));
	WANT_OK(signatures_of(c, id, &after));
	WANT_INT(after - before, 2);
	s.sheet = S("13");
	s.scan_sha256 = S("");
	WANT_REFUSED(c, petition_paper(c, &who, id, &s, &done), RC_INVALID, MSG_PETITION_FAULT_SCAN);
	WANT_OK(petition_paper_read(c, S("123 Ерлан Беков\n900101300017 =cmd\n"), w->place, &lines, &n, &wrong));
	WANT_STR(wrong, S("1, 2"));
	WANT(case_counts_right(c, id));
	return RC_OK;
}
TEST(paper_signatures_are_entered_by_identity_and_doubles_are_named) { world_run(paper); }

static enum rc region_n(struct ctx *c, struct petition_id id, const char *cut, int64_t place, int64_t *ret)
{
	struct petition_count_row_list l;

	TRY(petition_counts(c->db, id, str_of(cut), 0, 1000, &l));
	*ret = 0;
	for (size_t i = 0; i < l.n; i++)
		if (l.v[i].slot == place)
			*ret = l.v[i].n;
	return RC_OK;
}

static enum rc paper_places(struct ctx *c, const struct world *w)
{
	static const struct { const char *words; int64_t place; } written[] = {
		{ "Бурабай ауданы", 117000000 }, { "бурабайский РАЙОН", 117000000 }, { "Burabay", 117000000 }, { "Семей", 101000000 }, { "Абайский район", 103200000 },
		{ "область Абай, Абайский район", 103200000 }, { "Абай", 0 }, { "район", 0 }, { "Атлантида", 0 }, { "Абай облысы,", 0 },
	};
	struct actor author, who = operator_of(c);
	struct petition_id id;
	struct paper_row done;
	struct petition_sheet_new s = { .sheet = S("21"), .reason = S("Ауылда интернет жоқ"), .scan_sha256 = S("aa"), .scan_type = S("image/jpeg"), .counted = 3, .place = 103400000 };
	struct petition_paper_line *lines;
	struct str wrong;
	int64_t n;
	size_t n_lines;

	for (size_t i = 0; i < ARRAY_LEN(written); i++)
		WANT_INT(place_named(c->arena, c->app->pack, str_of(written[i].words), s.place), written[i].place);
	WANT_OK(case_opened(c, w, &id, &author));
	s.lines = str_fmt(c->arena, "%.*s Ерлан Беков\n%.*s Динара Омарова; Семей қаласы\n%.*s; Асан Қайратов ;Бурабайский район\n",
			  STR_FMT(identifier(c, 7011)), STR_FMT(identifier(c, 7012)), STR_FMT(identifier(c, 7013)));
	WANT_OK(petition_paper(c, &who, id, &s, &done));
	WANT_INT(done.taken, 3);
	WANT_OK(case_fold(c));
	WANT_OK(region_n(c, id, "r", 100000000, &n));
	WANT_INT(n, 2 + (w->region == 100000000 ? petition_clause(c, "petition_supporters") : 0));
	WANT_OK(region_n(c, id, "r", 110000000, &n));
	WANT_INT(n, 1 + (w->region == 110000000 ? petition_clause(c, "petition_supporters") : 0));
	WANT_OK(region_n(c, id, "d", 117000000, &n));
	WANT_INT(n, 1);
	WANT(case_counts_right(c, id));
	s.lines = str_fmt(c->arena, "%.*s Ерлан Беков; Атлантида", STR_FMT(identifier(c, 7014)));
	WANT_OK(petition_paper_read(c, s.lines, s.place, &lines, &n_lines, &wrong));
	WANT_STR(wrong, S("1"));
	return RC_OK;
}
TEST(signers_of_one_sheet_may_live_in_different_places) { world_run(paper_places); }

/* ---- taking out ---- */

static enum rc run_out(struct ctx *c, struct petition_invalidation_id job, int steps)
{
	struct str payload = str_i64(c->arena, job.v);

	for (int i = 0; i < steps; i++)
		TRY(petition_invalidation_step(c, payload));
	return RC_OK;
}

static enum rc count_out(struct ctx *c, struct petition_invalidation_id job, int64_t *ret)
{
	TRY(petition_invalidation_count(c, job, ret));
	return petition_invalidation_found(c, str_fmt(c->arena, "%lld %lld", (long long)job.v, (long long)*ret));
}

static enum rc takes_back(struct ctx *c, int i, struct petition_id id)
{
	struct actor who;

	TRY(case_person(c, i, &who));
	return petition_unsign(c, &who, id);
}

static enum rc taken_out(struct ctx *c, const struct world *w)
{
	struct actor author, mod = case_moderator(c), someone;
	struct petition_id id;
	struct petition_invalidation_id job;
	struct invalidation_row v;
	struct petition_signing honest = { .place = w->place, .net = S("00000000000000000000ffffc0000200") },
				bought = { .place = w->place, .net = S("00000000000000000000ffffcb007100"), .mail = S("x@bought.example") };
	struct petition_invalidating n = { .reason = S("Бір желіден бір сағатта") };
	int64_t all, found, left;

	WANT_OK(case_opened(c, w, &id, &author));
	WANT_OK(case_sign(c, id, &honest, 100, 30));
	WANT_OK(case_sign(c, id, &bought, 200, 250));
	WANT_OK(signatures_of(c, id, &all));
	WANT_INT(all, 330);
	WANT_REFUSED(c, petition_invalidate(c, &mod, id, &n, &job), RC_INVALID, MSG_PETITION_FAULT_CONDITION); /* never everything */
	n.cidr = S("0.0.0.0/0");
	WANT_REFUSED(c, petition_invalidate(c, &mod, id, &n, &job), RC_INVALID, MSG_PETITION_FAULT_CIDR);
	n.cidr = S("203.0.113.0/24");
	WANT_REFUSED(c, petition_invalidate(c, &author, id, &n, &job), RC_FORBIDDEN, MSG_PETITION_FAULT_ROLE);
	WANT_OK(petition_invalidate(c, &mod, id, &n, &job));
	WANT_RC(petition_invalidate_start(c, &mod, job), RC_CONFLICT); /* counted first */
	WANT_OK(count_out(c, job, &found));
	WANT_INT(found, 250);
	WANT_OK(signatures_of(c, id, &left));
	WANT_INT(left, 330); /* counting changes nothing */
	WANT_OK(takes_back(c, 205, id));
	WANT_OK(petition_invalidate_start(c, &mod, job));
	WANT_OK(run_out(c, job, 1));
	WANT_OK(invalidation_by_id(c->db, job, &v));
	WANT_INT(v.done_n, 100);
	WANT_INT(petition_invalidation_percent(&v), 40);
	WANT_OK(petition_invalidate_cancel(c, &mod, job));
	WANT_OK(run_out(c, job, 3));
	WANT_OK(signatures_of(c, id, &left));
	WANT_INT(left, 229); /* one went by itself, a hundred were taken out, and then it stopped */
	WANT(case_counts_right(c, id));
	WANT_OK(case_person(c, 201, &someone));
	WANT_RC(petition_sign(c, &someone, id, &honest), RC_DUPLICATE); /* what was taken out is not given again by itself */
	WANT_OK(petition_invalidate_undo(c, &mod, job));
	WANT_OK(run_out(c, job, 3));
	WANT_OK(invalidation_by_id(c->db, job, &v));
	WANT_STR(v.state, S("undone"));
	WANT_OK(signatures_of(c, id, &left));
	WANT_INT(left, 329);
	WANT(case_counts_right(c, id));
	n = (struct petition_invalidating){ .reason = S("Домен"), .domain = S("Bought.example") };
	WANT_OK(petition_invalidate(c, &mod, id, &n, &job));
	WANT_OK(count_out(c, job, &found));
	WANT_INT(found, 249);
	WANT_OK(petition_invalidate_start(c, &mod, job));
	WANT_OK(run_out(c, job, 4));
	WANT_OK(invalidation_by_id(c->db, job, &v));
	WANT_STR(v.state, S("done"));
	WANT_OK(signatures_of(c, id, &left));
	WANT_INT(left, 80);
	WANT(case_counts_right(c, id));
	return RC_OK;
}
TEST(many_signatures_are_counted_taken_out_stopped_and_given_back_exactly) { world_run(taken_out); }

static enum rc conditions(struct ctx *c, const struct world *w)
{
	struct actor author, mod = case_moderator(c);
	struct petition_id id;
	struct petition_invalidation_id job;
	struct petition_signing s = { .place = w->place, .net = S("20010db8000100000000000000000000") };
	int64_t found;

	WANT_OK(case_opened(c, w, &id, &author));
	c->now = when_add(c->now, WHEN_HOUR);
	struct when from = c->now;

	WANT_OK(case_sign(c, id, &s, 100, 7));
	s.place = w->region;
	c->now = when_add(c->now, WHEN_HOUR);
	WANT_OK(case_sign(c, id, &s, 200, 5));
	const struct { struct petition_invalidating n; int64_t want; } cases[] = {
		{ { .since = from, .until = when_add(from, WHEN_MINUTE) }, 7 },
		{ { .since = from }, 12 },
		{ { .cidr = S("2001:db8:1::/48") }, 12 },
		{ { .cidr = S("2001:db8:2::/48") }, 0 },
		{ { .cidr = S("2001:db8:1::/48"), .until = when_add(from, WHEN_MINUTE) }, 7 },
		{ { .place = w->region, .since = from }, 12 },
		{ { .place = w->place, .since = from }, 7 },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct petition_invalidating n = cases[i].n;

		n.reason = S("Тексеру");
		WANT_OK(petition_invalidate(c, &mod, id, &n, &job));
		WANT_OK(petition_invalidation_count(c, job, &found));
		WANT_INT(found, cases[i].want);
	}
	return RC_OK;
}
TEST(conditions_of_taking_out_hold_together) { world_run(conditions); }

static enum rc moves_threshold(struct ctx *c, const struct world *w)
{
	struct actor author, mod = case_moderator(c);
	struct petition_id id;
	struct petition_row p;
	struct petition_invalidation_id job;
	struct petition_signing bought = { .place = w->place, .net = S("00000000000000000000ffffcb007100") };
	struct petition_invalidating n = { .cidr = S("203.0.113.7"), .reason = S("Бір компьютерден") };
	int64_t changed, found;

	WANT_OK(case_opened(c, w, &id, &author));
	WANT_OK(case_sign(c, id, &bought, 200, 10));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_OK(petition_add(c->db, id, p.threshold - p.signatures, c->now, &changed));
	WANT_OK(case_fold(c));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT(when_set(p.reached_at));
	WANT_OK(petition_invalidate(c, &mod, id, &n, &job));
	WANT_OK(count_out(c, job, &found));
	WANT_OK(petition_invalidate_start(c, &mod, job));
	WANT_OK(run_out(c, job, 1));
	WANT_OK(petition_tick(c, S("")));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT(!when_set(p.reached_at));
	WANT_OK(petition_invalidate_undo(c, &mod, job));
	WANT_OK(run_out(c, job, 1));
	WANT_OK(petition_tick(c, S("")));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT(when_set(p.reached_at));
	return RC_OK;
}
TEST(a_threshold_falls_with_what_is_taken_out_and_rises_with_what_is_given_back) { world_run(moves_threshold); }

/* ---- letters to signers ---- */

static enum rc letters_n(struct ctx *c, int64_t *ret)
{
	struct mail_line_list l;

	*ret = 0;
	TRY(mail_list(c->db, (struct mail_id){ INT64_MAX }, 10000, &l));
	for (size_t i = 0; i < l.n; i++) {
		struct mail_row m;

		TRY(mail_by_id(c->db, l.v[i].id, &m));
		if (str_find(m.unsubscribe, S("/petitions/letters/"), 0) != SIZE_MAX && !str_eq(m.state, S("dropped")))
			(*ret)++;
	}
	return RC_OK;
}

static enum rc run_mail(struct ctx *c, struct petition_mailing_id id, int64_t limit)
{
	struct mailing_row m;

	TRY(mailing_by_id(c->db, id, &m));
	return str_eq(m.state, S("running")) ? petition_mailing_batch(c, &m, limit) : RC_OK;
}

static enum rc mailed(struct ctx *c, const struct world *w)
{
	struct actor author, head = { .account = 79, .roles = BIT(ROLE_HEAD) };
	struct petition_id id;
	struct petition_row p;
	struct petition_mailing_id first, second, news;
	struct mailing_row m;
	struct petition_signing s = { .place = w->place, .mail = S("a@example.kz"), .lang = S("kk") };
	struct signature_shown_row_list shown;
	struct signature_petition_row mine;
	struct petition_signature_id sig;
	int64_t n, changed;

	WANT_OK(case_opened(c, w, &id, &author));
	WANT_OK(petition_by_id(c->db, id, &p));
	head.body = p.body_id;
	WANT_OK(case_sign(c, id, &s, 100, 40)); /* with an address */
	s.wants_mail = true;
	WANT_OK(case_sign(c, id, &s, 200, 10)); /* and who wants to hear more */
	WANT_OK(signature_shown(c->db, id, (struct petition_signature_id){ INT64_MAX }, 1, &shown));
	struct str token = petition_letters_token(c, shown.v[0].id);

	WANT_RC(petition_letters_of(c, S("5-AAAA"), &sig, &mine), RC_NOT_FOUND);
	WANT_OK(petition_letters_of(c, token, &sig, &mine));
	WANT_OK(signature_set_mail_off(c->db, sig, true, &changed)); /* one tap, no letters */
	WANT_REFUSED(c, petition_mail_signers(c, &author, id, S("decision"), S("Шешім қабылданды."), S(""), &first), RC_FORBIDDEN, MSG_PETITION_FAULT_ROLE);
	WANT_OK(petition_mail_signers(c, &head, id, S("decision"), S("Шешім қабылданды."), S(""), &first));
	WANT_OK(run_mail(c, first, 60));
	WANT_OK(letters_n(c, &n));
	WANT_INT(n, 10); /* fifty supporters have no address */
	WANT_OK(mailing_by_id(c->db, first, &m));
	WANT_INT(m.seen, 60);
	WANT_INT(petition_mailing_percent(&m), 60);
	WANT_OK(petition_mail_signers(c, &head, id, S("decision"), S("Шешім қабылданды, түзетілген."), S(""), &second)); /* supersedes */
	WANT_OK(mailing_by_id(c->db, first, &m));
	WANT_STR(m.state, S("superseded"));
	WANT_OK(letters_n(c, &n));
	WANT_INT(n, 0); /* what had not left is not sent any more */
	WANT_OK(run_mail(c, first, 60));
	for (int i = 0; i < 5; i++)
		WANT_OK(run_mail(c, second, 30));
	WANT_OK(mailing_by_id(c->db, second, &m));
	WANT_STR(m.state, S("done"));
	WANT_INT(m.queued, 49);
	WANT_OK(letters_n(c, &n));
	WANT_INT(n, 49);
	/* a batch that is run again with an old mark, as after a death in the wrong moment, writes to nobody twice */
	m.mark = 0;
	WANT_OK(petition_mailing_batch(c, &m, 200));
	WANT_OK(letters_n(c, &n));
	WANT_INT(n, 49);
	WANT_OK(petition_mail_signers(c, &head, id, S("news"), S("Көпірдің бірінші бөлігі ашылды."), S(""), &news));
	WANT_OK(run_mail(c, news, 200));
	WANT_OK(letters_n(c, &n));
	WANT_INT(n - 49, 9);
	return RC_OK;
}
TEST(every_signer_gets_one_letter_and_a_newer_one_takes_its_place) { world_run(mailed); }

static enum rc promised(struct ctx *c, const struct world *w)
{
	struct actor author, head = { .account = 79, .roles = BIT(ROLE_HEAD) };
	struct petition_id id;
	struct petition_row p;
	struct measure_id measure, other;
	struct mailing_row_list l;
	struct petition_mailing_id letter;
	struct petition_signing s = { .place = w->place, .mail = S("a@example.kz"), .lang = S("ru") };
	struct measure_new m = { .lang = S("kk"), .title = S("Көпірге жаяу жол салу"), .post = S("Бөлім"), .origin = PETITION };
	int64_t n;

	WANT_OK(case_opened(c, w, &id, &author));
	WANT_OK(petition_by_id(c->db, id, &p));
	head.body = m.body = p.body_id;
	m.origin_id = id.v;
	m.due = (struct day){ when_day(c->now).v + 30 };
	WANT_OK(case_sign(c, id, &s, 100, 20)); /* of the decision only */
	s.wants_mail = true;
	WANT_OK(case_sign(c, id, &s, 200, 10)); /* and who wants to hear more */
	WANT_OK(plan_add(c, &head, &m, &measure));
	WANT_OK(plan_add(c, &head, &m, &other));
	WANT_OK(petition_mail_signers(c, &head, id, S("news"), S("Жұмыс басталды, құрылысшылар келді."), S(""), &letter));
	WANT_OK(plan_start(c, &head, measure, &(struct plan_note){ .text = S("Басталды") }));
	WANT_OK(plan_move_date(c, &head, other, (struct day){ m.due.v + 9 }, S("Қар жауды.")));
	WANT_OK(plan_move_date(c, &head, measure, (struct day){ m.due.v + 7 }, S("Тақтай келмеді.")));
	WANT_OK(plan_done(c, &head, measure, &(struct plan_note){ .text = S("Жол салынды."), .link = S("https://example.kz/jol") }));
	WANT_OK(mailing_list(c->db, id, (struct petition_mailing_id){ INT64_MAX }, 10, &l));
	WANT_INT(l.n, 4); /* the start of the work is no letter */
	const struct { const char *kind, *state; } want[] = { { "done", "running" }, { "moved", "superseded" }, { "moved", "running" }, { "news", "running" } };

	for (size_t i = 0; i < l.n; i++) {
		WANT_STR(l.v[i].kind, str_of(want[i].kind));
		WANT_STR(l.v[i].state, str_of(want[i].state));
	}
	WANT(str_find(l.v[0].text, S("Жол салынды."), 0) != SIZE_MAX && str_find(l.v[0].text, S("https://example.kz/jol"), 0) != SIZE_MAX);
	WANT(str_find(l.v[2].text, S("04.03.2026 → 13.03.2026"), 0) != SIZE_MAX && str_find(l.v[2].text, S("Қар жауды."), 0) != SIZE_MAX);
	WANT_OK(run_mail(c, l.v[0].id, 500));
	WANT_OK(letters_n(c, &n));
	WANT_INT(n, 10);
	return RC_OK;
}
TEST(what_becomes_of_a_promise_is_told_to_the_signers_who_want_to_hear) { world_run(promised); }

/* ---- forgetting ---- */

static enum rc forgotten(struct ctx *c, const struct world *w)
{
	struct actor author, mod = case_moderator(c);
	struct petition_id id;
	struct petition_row p;
	struct signature_shown_row_list shown;
	struct petition_signing s = { .place = w->place, .mail = S("a@example.kz") };
	struct signer_row_list rows;
	struct petition_due_row_list due;
	struct str payload;

	WANT_OK(case_opened(c, w, &id, &author));
	WANT_OK(case_sign(c, id, &s, 100, 5));
	WANT_OK(petition_stop(c, &mod, id, S("petition_court"), S("Сот")));
	WANT_OK(petition_to_anonymise(c->db, when_add(c->now, -WHEN_DAY), 10, &due));
	WANT_INT(due.n, 0); /* not before the term */
	c->now = world_day(w, 200, 10);
	WANT_OK(petition_anonymise(c, S("")));
	payload = str_fmt(c->arena, "%lld 0", (long long)id.v);
	WANT_OK(petition_forget(c, payload));
	WANT_OK(signer_rows(c->db, id, (struct petition_signature_id){ 0 }, INT64_MAX, 100, &rows));
	WANT_INT(rows.n, 55);
	for (size_t i = 0; i < rows.n; i++)
		WANT(!rows.v[i].account_id && !rows.v[i].mail_sealed.n && !rows.v[i].email.n);
	payload = str_fmt(c->arena, "%lld %lld", (long long)id.v, (long long)rows.v[rows.n - 1].id.v);
	WANT_OK(petition_forget(c, payload));
	WANT_OK(signature_shown(c->db, id, (struct petition_signature_id){ INT64_MAX }, 10, &shown));
	WANT_INT(shown.n, 0);
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT(when_set(p.anonymised_at) && !p.account_id && !p.author_mail.n);
	WANT_INT(p.signatures, 55); /* counts stay */
	WANT(case_counts_right(c, id));
	WANT_OK(petition_to_anonymise(c->db, c->now, 10, &due));
	WANT_INT(due.n, 0);
	return RC_OK;
}
TEST(names_are_forgotten_after_the_term_and_counts_stay) { world_run(forgotten); }

/* ---- letters to the author ---- */

static enum rc author_letter(struct ctx *c, struct petition_id id, enum petition_event_kind e, struct str *ret_state)
{
	struct mail_line_list l;

	TRY(petition_letter(c, str_fmt(c->arena, "%lld %s", (long long)id.v, petition_event_name(e))));
	TRY(mail_list(c->db, (struct mail_id){ INT64_MAX }, 1, &l));
	*ret_state = l.v[0].state;
	return RC_OK;
}

static enum rc author_day(struct ctx *c, const struct world *w)
{
	static const struct { enum petition_event_kind e; const char *state; } cases[] = {
		{ PE_OPENED, "held" },     { PE_GROUP, "held" },     { PE_REPORTED, "held" },   { PE_ACCEPTED, "queued" }, { PE_REFUSED, "queued" },
		{ PE_FALLEN, "queued" }, { PE_DISCUSSION, "queued" }, { PE_DECIDED, "queued" },
	};
	struct petition_words x = case_words(c);
	struct actor author;
	struct petition_id id;
	struct str link, state;
	int64_t changed;

	(void)w;
	x.mail = S("ayaz@example.kz");
	WANT_OK(case_person(c, 0, &author));
	WANT_OK(account_set(c->db, (struct account_id){ author.account }, S("Аяз"), S("kk"), false, true, &changed));
	WANT_INT(changed, 1);
	WANT_OK(petition_file(c, &author, &x, &id, &link));
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		WANT_OK(author_letter(c, id, cases[i].e, &state));
		WANT_STR(state, str_of(cases[i].state));
	}
	return RC_OK;
}
TEST(news_of_a_petition_waits_for_the_letter_of_the_day_and_a_term_or_a_right_does_not) { world_run(author_day); }

static enum rc hire(struct ctx *c, int64_t body, const char *mail, enum role role, struct account_id *ret)
{
	int64_t changed;

	*ret = (struct account_id){ id_make() };
	TRY(account_insert_staff(c->db, *ret, S("Қызметкер"), str_of(mail), str_of(mail), S(""), S(""), c->now, &changed));
	return staff_role_insert(c->db, (struct staff_role_id){ id_make() }, *ret, body, str_of(role_name(role)), c->now, &changed);
}

/* Refused and contested; how many letters went about it to officials. */
static enum rc objected(struct ctx *c, const struct actor *mod, size_t *ret)
{
	struct petition_id id;
	struct str link;
	struct actor author;
	struct mail_line_list l;

	TRY(case_filed(c, &id, &link, &author));
	TRY(petition_moderate(c, mod, id, &(struct petition_ruling){ .ground = S("petition_insult"), .words = S("Балағат сөз") }));
	TRY(petition_contest(c, &author, id, S("Балағат жоқ.")));
	TRY(mail_list(c->db, (struct mail_id){ INT64_MAX }, 50, &l));
	*ret = l.n;
	return RC_OK;
}

static enum rc lone_moderator(struct ctx *c, const struct world *w)
{
	struct actor mod = case_moderator(c);
	struct account_id head, admin, only, second;
	size_t n;

	(void)w;
	WANT_OK(hire(c, mod.body, "head@mki.example", ROLE_HEAD, &head));
	WANT_OK(hire(c, mod.body, "admin@mki.example", ROLE_ADMIN, &admin));
	WANT_OK(hire(c, mod.body, "moderator@mki.example", ROLE_MODERATOR, &only));
	mod.account = only.v;
	WANT_OK(objected(c, &mod, &n));
	WANT_INT(n, 2); /* the head and the administrator */
	WANT_OK(hire(c, mod.body, "second@mki.example", ROLE_MODERATOR, &second));
	WANT_OK(objected(c, &mod, &n));
	WANT_INT(n, 2); /* somebody decides: nobody else need be told */
	return RC_OK;
}
TEST(an_objection_that_nobody_can_decide_is_told_to_the_head_and_the_administrator) { world_run(lone_moderator); }

TESTS("petition_staff", T(an_objection_that_nobody_can_decide_is_told_to_the_head_and_the_administrator),
      T(news_of_a_petition_waits_for_the_letter_of_the_day_and_a_term_or_a_right_does_not),
      T(paper_signatures_are_entered_by_identity_and_doubles_are_named), T(signers_of_one_sheet_may_live_in_different_places),
      T(many_signatures_are_counted_taken_out_stopped_and_given_back_exactly), T(conditions_of_taking_out_hold_together),
      T(a_threshold_falls_with_what_is_taken_out_and_rises_with_what_is_given_back), T(every_signer_gets_one_letter_and_a_newer_one_takes_its_place),
      T(what_becomes_of_a_promise_is_told_to_the_signers_who_want_to_hear),
      T(names_are_forgotten_after_the_term_and_counts_stay))
