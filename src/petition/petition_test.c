#include "petition/petition.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

#include "account/account.h"
#include "gen/account_sql.h"
#include "gen/appeal_sql.h"
#include "gen/messages.h"
#include "gen/notify_sql.h"
#include "petition/petition_case_test.h"
#include "petition/petition_pace.h"
#include "standard/calendar.h"
#include "standard/duty.h"
#include "standard/mail_rules.h"
#include "standard/petition_rules.h"
#include "standard/test_pack.h"
#include "text/text.h"

static enum rc open_duties(struct ctx *c, int64_t subject, size_t *ret)
{
	struct duty_row_list l;

	TRY(duty_open_of(c->db, subject, &l));
	*ret = l.n;
	return RC_OK;
}

static enum rc has_event(struct ctx *c, struct petition_id id, const char *kind)
{
	struct petition_event_row_list l;

	TRY(petition_event_list(c->db, id, &l));
	for (size_t i = 0; i < l.n; i++)
		if (str_eq(l.v[i].kind, str_of(kind)))
			return RC_OK;
	return RC_NOT_FOUND;
}

/* ---- the whole life ---- */

static enum rc whole_life(struct ctx *c, const struct world *w)
{
	struct actor author, mod = case_moderator(c), someone;
	struct petition_id id;
	struct petition_row p;
	struct str link;
	struct petition_signing s = { .place = w->place };
	struct actor head = { .account = 78, .roles = BIT(ROLE_HEAD) };
	int supporters = (int)petition_clause(c, "petition_supporters");
	struct duty_row_list owed;
	struct appeal_row a;
	int64_t changed;
	size_t n;

	WANT_OK(case_filed(c, &id, &link, &author));
	WANT_REFUSED(c, petition_sign(c, &author, id, &s), RC_CONFLICT, MSG_PETITION_FAULT_NOT_OPEN);
	WANT_OK(duty_open_of(c->db, id.v, &owed));
	WANT_INT(owed.n, 1);
	WANT_STR(owed.v[0].kind, S("petition_moderate"));
	WANT_INT(owed.v[0].due_at.us, when_end_of_day(calendar_add_working(c->app->pack, when_day(c->now), (int)petition_clause(c, "petition_moderation"))).us);
	WANT_OK(petition_moderate(c, &mod, id, &case_accept));
	WANT_REFUSED(c, petition_sign(c, &author, id, &s), RC_CONFLICT, MSG_PETITION_FAULT_NOT_OPEN); /* by the link only */
	WANT_OK(duty_open_of(c->db, id.v, &owed));
	WANT_INT(owed.n, 1);
	WANT_STR(owed.v[0].kind, S("petition_support"));
	WANT_INT(owed.v[0].account_id, author.account);
	s.link = petition_link(c, id);
	WANT_STR(s.link, link);
	WANT_OK(case_sign(c, id, &s, 1, supporters - 1));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_STR(p.state, S("supporters"));
	WANT(!petition_is_public(&p));
	WANT_OK(case_sign(c, id, &s, supporters, 1));
	WANT_OK(case_person(c, 1, &someone));
	WANT_RC(petition_sign(c, &someone, id, &s), RC_DUPLICATE);
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_STR(p.state, S("open"));
	WANT_INT(p.signatures, supporters);
	WANT(petition_is_public(&p));
	s.link = S("");
	WANT_OK(case_sign(c, id, &s, supporters + 1, 1));
	WANT(case_counts_right(c, id));
	WANT_OK(petition_add(c->db, id, p.threshold, c->now, &changed)); /* as if the rest had signed */
	WANT_OK(case_fold(c));
	if (petition_clause(c, "petition_register")) {
		WANT_OK(petition_by_id(c->db, id, &p));
		WANT_STR(p.state, S("open")); /* the number is checked first */
		WANT(when_set(p.reached_at));
		c->now = when_add(p.register_due_at, WHEN_SECOND);
		WANT_OK(petition_tick(c, S("")));
	}
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_STR(p.state, S("review"));
	WANT_OK(appeal_by_id(c->db, (struct appeal_id){ p.appeal_id }, &a));
	WANT(a.collective && a.body_id == p.body_id);
	WANT_INT(a.due_at.us, petition_review_due(c, &p).us);
	WANT_INT(when_day(a.due_at).v, calendar_add_working(c->app->pack, when_day(c->now), (int)petition_clause(c, "petition_review_local")).v);
	WANT_OK(duty_open_of(c->db, id.v, &owed));
	WANT_INT(owed.n, 3); /* group, discussion, decision */
	for (size_t i = 0; i < owed.n; i++)
		WANT_INT(owed.v[i].body_id, p.body_id);
	head.body = p.body_id;
	struct petition_review r = { .decision = S("Көпір жөнделеді."), .discuss = { INT32_MIN } };

	WANT_REFUSED(c, petition_say(c, &head, id, &r), RC_INVALID, MSG_PETITION_FAULT_DECIDE);
	r.decision = S("");
	r.group = S("Бес адам.");
	WANT_OK(petition_say(c, &head, id, &r));
	WANT_OK(open_duties(c, id.v, &n));
	WANT_INT(n, 2);
	r.discuss = when_day(world_day(w, 20, 0));
	r.discuss_where = S("Сағат 18:00, 3-мектеп");
	WANT_OK(petition_say(c, &head, id, &r));
	WANT_OK(has_event(c, id, "discussion"));
	WANT_OK(open_duties(c, id.v, &n));
	WANT_INT(n, 2); /* planned is not held */
	r.discussion = S("12 ақпанда өтті.");
	r.decision = S("Көпір жөнделеді.");
	WANT_OK(petition_say(c, &head, id, &r));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_STR(p.state, S("decided"));
	WANT_INT(p.author.n, 0); /* the name leaves the page when it closes */
	WANT_OK(duty_open_of(c->db, id.v, &owed));
	WANT_INT(owed.n, 1);
	WANT_STR(owed.v[0].kind, S("petition_report"));
	WANT_OK(appeal_by_id(c->db, (struct appeal_id){ p.appeal_id }, &a));
	WANT_STR(a.state, S("closed"));
	r.report = S("Облыстық теледидарда айтылды.");
	WANT_OK(petition_say(c, &head, id, &r));
	WANT_OK(open_duties(c, id.v, &n));
	WANT_INT(n, 0);
	return RC_OK;
}
TEST(a_petition_lives_from_moderation_to_the_report_and_owes_each_step) { world_run(whole_life); }

/* ---- a second profile: country/kz with other numbers, in a folder of its own ---- */

struct change {
	const char *file;
	struct str from, to;
};
static const struct change changes[] = {
	{ "standard.csv", S_INIT("petition_supporters,50,"), S_INIT("petition_supporters,5,") },
	{ "standard.csv", S_INIT("petition_supporters_term,10,"), S_INIT("petition_supporters_term,3,") },
	{ "standard.csv", S_INIT("petition_moderation,20,"), S_INIT("petition_moderation,7,") },
	{ "standard.csv", S_INIT("petition_open,6,"), S_INIT("petition_open,2,") },
	{ "standard.csv", S_INIT("petition_register,1,"), S_INIT("petition_register,0,") },
	{ "standard.csv", S_INIT("petition_review_local,20,"), S_INIT("petition_review_local,12,") },
	{ "petition_thresholds.csv", S_INIT("region_akimat,0,0,10,"), S_INIT("region_akimat,0,20,0,") },
	{ "petition_excluded.csv", S_INIT("\nlanguages,"), S_INIT("\ntongues,") },
	{ "pack.yaml", S_INIT("petition_signing: \"identity paper\""), S_INIT("petition_signing: \"identity mail\"") },
};

static struct str replaced(struct arena *a, struct str text, struct str from, struct str to)
{
	size_t at = str_find(text, from, 0);

	CHECK(at != SIZE_MAX);
	return str_fmt(a, "%.*s%.*s%.*s", STR_FMT(str_sub(text, 0, at)), STR_FMT(to), STR_FMT(str_from(text, at + from.n)));
}

static void write_changed(struct arena *a, const char *dir, const char *name)
{
	struct str text = test_file(a, str_fmt(a, SOURCE_ROOT "/country/kz/%s", name).p);
	FILE *f;

	for (size_t i = 0; i < ARRAY_LEN(changes); i++)
		if (str_eq(str_of(changes[i].file), str_of(name)))
			text = replaced(a, text, changes[i].from, changes[i].to);
	f = fopen(str_fmt(a, "%s/%s", dir, name).p, "wbx");
	CHECK(f);
	CHECK(fwrite(text.p, 1, text.n, f) == text.n);
	fclose(f);
}

static bool is_changed(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(changes); i++)
		if (str_eq(str_of(changes[i].file), str_of(name)))
			return true;
	return false;
}

static void with_profile(scenario *run)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	char dir[] = "/tmp/jauap-profile-XXXXXX";
	DIR *kz = opendir(SOURCE_ROOT "/country/kz");

	CHECK(mkdtemp(dir) && kz);
	for (struct dirent *e; (e = readdir(kz));) {
		if (e->d_name[0] == '.')
			continue;
		if (is_changed(e->d_name))
			write_changed(&a, dir, e->d_name);
		else
			CHECK(symlink(str_fmt(&a, SOURCE_ROOT "/country/kz/%s", e->d_name).p, str_fmt(&a, "%s/%s", dir, e->d_name).p) == 0);
	}
	rewinddir(kz);
	world_run_country(run, str_of(dir));
	for (struct dirent *e; (e = readdir(kz));)
		unlink(str_fmt(&a, "%s/%s", dir, e->d_name).p);
	closedir(kz);
	rmdir(dir);
}
TEST(another_profile_lives_by_its_own_numbers) { with_profile(whole_life); }

static enum rc other_numbers(struct ctx *c, const struct world *w)
{
	struct petition_words x = case_words(c);
	struct petition_id id;
	struct petition_row p;
	struct str link;
	struct actor author, mod = case_moderator(c);

	WANT_OK(case_filed(c, &id, &link, &author));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_INT(p.threshold, 20);
	WANT_REFUSED(c, petition_moderate(c, &mod, id, &(struct petition_ruling){ .ground = S("petition_excluded"), .words = S("Тіл"), .excluded = S("languages") }), RC_INVALID,
		     MSG_PETITION_FAULT_POINT);
	WANT_OK(petition_moderate(c, &mod, id, &(struct petition_ruling){ .ground = S("petition_excluded"), .words = S("Тіл"), .excluded = S("tongues") }));
	WANT_INT(petition_clause(c, "petition_open"), 2);
	WANT(petition_signs_by(c->app->pack, "mail") && !petition_signs_by(c->app->pack, "paper"));
	WANT(w->place && x.body);
	return RC_OK;
}
TEST(thresholds_excluded_points_and_ways_to_sign_are_data) { with_profile(other_numbers); }

/* ---- signing by mail ---- */

static enum rc letters_n(struct ctx *c, int64_t *ret)
{
	struct mail_line_list l;

	TRY(mail_list(c->db, (struct mail_id){ INT64_MAX }, 1000, &l));
	*ret = (int64_t)l.n;
	return RC_OK;
}

static struct str token_of(struct ctx *c, int64_t pending)
{
	return str_fmt(c->arena, "%lld-%.*s", (long long)pending, STR_FMT(key_code(c->arena, c->app->keys, "petition-confirm", pending, 20)));
}

static enum rc pending_n(struct ctx *c, struct petition_id id, const char *mail, struct pending_row_list *ret)
{
	return pending_of(c->db, id, petition_mailbox_of(c, str_of(mail)).key, ret);
}

static enum rc by_mail(struct ctx *c, const struct world *w)
{
	struct petition_id id;
	struct petition_row p;
	struct actor author;
	struct pending_row_list l;
	struct petition_confirming look;
	struct petition_mail_signing s = { .name = S("Ерлан Беков"), .mail = S("E.r.lan+petition@gmail.com"), .lang = S("kk"), .place = w->place, .net = S("") };
	int64_t before, after;

	WANT_OK(case_opened(c, w, &id, &author));
	WANT_OK(letters_n(c, &before));
	WANT_OK(petition_sign_by_mail(c, id, &s));
	WANT_OK(letters_n(c, &after));
	WANT_INT(after - before, 1);
	WANT_OK(case_fold(c));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_INT(p.signatures, 5); /* nothing counts before the confirmation */
	s.mail = S("erlan@googlemail.com"); /* the same mailbox, the same person: the letter again */
	for (int i = 0; i < 8; i++)
		WANT_OK(petition_sign_by_mail(c, id, &s));
	WANT_OK(letters_n(c, &after));
	WANT_INT(after - before, 5); /* never more than five */
	WANT_OK(pending_n(c, id, "erlan@gmail.com", &l));
	WANT_INT(l.n, 1);
	struct str token = token_of(c, l.v[0].id.v);

	WANT_OK(petition_confirm_look(c, token, &look));
	WANT(look.open && !look.counts); /* a scanner that opens the link changes nothing */
	WANT_OK(petition_confirm(c, token));
	c->now = when_add(c->now, 20 * WHEN_SECOND);
	WANT_OK(petition_confirm(c, token)); /* a second tap */
	c->now = when_add(c->now, 20 * WHEN_SECOND);
	WANT_RC(petition_confirm(c, token), RC_DUPLICATE);
	WANT_OK(case_fold(c));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_INT(p.signatures, 6);
	s.name = S("Динара Бекова"); /* who lives with them */
	WANT_OK(petition_sign_by_mail(c, id, &s));
	s.name = S("Үшінші Адам");
	WANT_OK(petition_sign_by_mail(c, id, &s)); /* refused silently */
	WANT_OK(pending_n(c, id, "erlan@gmail.com", &l));
	WANT_INT(l.n, 2);
	WANT_OK(petition_confirm(c, token_of(c, l.v[1].id.v)));
	WANT_RC(petition_confirm(c, S("1-AAAA")), RC_NOT_FOUND);
	s = (struct petition_mail_signing){ .name = S("Олег Ким"), .mail = S("oleg@mailinator.com"), .lang = S("ru"), .place = w->place, .net = S("") };
	WANT_OK(petition_sign_by_mail(c, id, &s)); /* a mailbox to throw away: the same answer, no letter */
	WANT_OK(pending_n(c, id, "oleg@mailinator.com", &l));
	WANT_INT(l.n, 0);
	s.mail = S("oleg@mail.ru"); /* ordinary here */
	WANT_OK(petition_sign_by_mail(c, id, &s));
	WANT_OK(pending_n(c, id, "oleg@mail.ru", &l));
	WANT_INT(l.n, 1);
	s.name = S("Ольга Ким");
	s.place = w->region; /* the same address from another place */
	WANT_OK(petition_sign_by_mail(c, id, &s));
	WANT_OK(pending_n(c, id, "oleg@mail.ru", &l));
	WANT_INT(l.n, 1);
	WANT_OK(petition_confirm_undo(c, token));
	WANT_OK(case_fold(c));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_INT(p.signatures, 6);
	WANT(case_counts_right(c, id));
	/* confirmations stay good for a day after the end, signing does not */
	WANT_OK(pending_n(c, id, "oleg@mail.ru", &l));
	c->now = when_add(p.closes_at, WHEN_HOUR);
	WANT_OK(petition_tick(c, S("")));
	s.name = S("Кеш Келген");
	WANT_REFUSED(c, petition_sign_by_mail(c, id, &s), RC_CONFLICT, MSG_PETITION_FAULT_NOT_OPEN);
	WANT_OK(petition_confirm(c, token_of(c, l.v[0].id.v)));
	c->now = when_add(p.closes_at, 25 * WHEN_HOUR);
	WANT_OK(petition_fold(c, S("")));
	WANT_OK(petition_tick(c, S("")));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_STR(p.state, S("not_enough"));
	WANT_INT(p.signatures, 7);
	return RC_OK;
}
TEST(signing_by_mail_is_confirmed_once_shared_by_two_and_tells_nobody_who_is_known) { with_profile(by_mail); }

/* Person i with a confirmed mailbox in the account. */
static enum rc with_mail(struct ctx *c, int i, const char *mail, struct actor *ret)
{
	int64_t changed;

	TRY(case_person(c, i, ret));
	return account_set_mail(c->db, (struct account_id){ ret->account }, str_of(mail), account_email_key(c->arena, str_of(mail)), &changed);
}

static enum rc one_person(struct ctx *c, const struct world *w)
{
	struct petition_id id;
	struct petition_row p;
	struct actor author, known, late, again;
	struct pending_row_list l;
	struct petition_confirming look;
	struct petition_signing in = { .place = w->place };
	struct petition_mail_signing s = { .name = S("Айгүл  серікова"), .mail = S("a.i.gul@gmail.com"), .lang = S("kk"), .place = w->place, .net = S("") };

	WANT_OK(case_opened(c, w, &id, &author));
	/* by identity, then by mail: the letter says that the signature stands, and nothing is confirmed */
	WANT_OK(with_mail(c, 301, "aigul@gmail.com", &known));
	WANT_OK(petition_sign(c, &known, id, &in));
	WANT_OK(petition_sign_by_mail(c, id, &s));
	WANT_OK(pending_n(c, id, "aigul@gmail.com", &l));
	WANT_INT(l.n, 1);
	WANT_OK(petition_confirm_look(c, token_of(c, l.v[0].id.v), &look));
	WANT(look.counts && !look.open);
	s.name = S("Ерлан Серіков"); /* who lives with them is another person */
	WANT_OK(petition_sign_by_mail(c, id, &s));
	WANT_OK(pending_n(c, id, "aigul@gmail.com", &l));
	WANT_INT(l.n, 2);
	WANT_OK(petition_confirm(c, token_of(c, l.v[1].id.v)));
	/* by mail, then by identity */
	s = (struct petition_mail_signing){ .name = S("Айгүл Серікова"), .mail = S("late@mail.ru"), .lang = S("kk"), .place = w->place, .net = S("") };
	WANT_OK(petition_sign_by_mail(c, id, &s));
	WANT_OK(pending_n(c, id, "late@mail.ru", &l));
	struct str token = token_of(c, l.v[0].id.v);

	WANT_OK(petition_confirm(c, token));
	WANT_OK(with_mail(c, 302, "late@mail.ru", &late));
	WANT_RC(petition_sign(c, &late, id, &in), RC_DUPLICATE);
	/* a letter that was not answered is overtaken by the identity, and confirming it then adds nothing */
	s.mail = S("slow@mail.ru");
	WANT_OK(petition_sign_by_mail(c, id, &s));
	WANT_OK(with_mail(c, 303, "slow@mail.ru", &again));
	WANT_OK(petition_sign(c, &again, id, &in));
	WANT_OK(pending_n(c, id, "slow@mail.ru", &l));
	WANT_OK(petition_confirm(c, token_of(c, l.v[0].id.v)));
	WANT_OK(case_fold(c));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_INT(p.signatures, 9);
	/* taken back in one way and given again in the other: one signature still */
	WANT_OK(petition_unsign(c, &again, id));
	WANT_OK(petition_sign_by_mail(c, id, &s));
	WANT_OK(petition_confirm(c, token_of(c, l.v[0].id.v)));
	WANT_RC(petition_sign(c, &again, id, &in), RC_DUPLICATE);
	WANT_OK(petition_confirm_undo(c, token));
	WANT_OK(petition_sign(c, &late, id, &in));
	WANT_OK(case_fold(c));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_INT(p.signatures, 9);
	WANT(case_counts_right(c, id));
	return RC_OK;
}
TEST(one_person_signs_by_identity_or_by_mail_and_once) { with_profile(one_person); }

static enum rc no_mail_here(struct ctx *c, const struct world *w)
{
	struct petition_id id;
	struct actor author;

	WANT_OK(case_opened(c, w, &id, &author));
	WANT_RC(petition_sign_by_mail(c, id, &(struct petition_mail_signing){ .name = S("Ерлан Беков"), .mail = S("e@example.kz"), .lang = S("kk"), .place = w->place }), RC_NOT_FOUND);
	return RC_OK;
}
TEST(signing_by_mail_is_not_there_where_the_pack_does_not_name_it) { world_run(no_mail_here); }

TEST(one_mailbox_has_one_spelling)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	const struct mail_rules *r = test_pack(&a, "country/kz")->mail;
	static const struct { const char *typed, *want; } cases[] = {
		{ "A.b.C+x@Gmail.com", "abc@gmail.com" }, { "abc@googlemail.com", "abc@gmail.com" }, { "a.b@mail.ru", "a.b@mail.ru" },
		{ "a+b@mail.ru", "a@mail.ru" },           { "ivan@ya.ru", "ivan@yandex.ru" },        { "a.b+c@example.kz", "a.b+c@example.kz" },
		{ "+x@gmail.com", "+x@gmail.com" },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		CHECK(str_eq(mail_canonical(&a, r, str_of(cases[i].typed)), str_of(cases[i].want)));
	CHECK(mail_disposable(r, S("mailinator.com")) && mail_disposable(r, S("x.mailinator.com")));
	CHECK(!mail_disposable(r, S("mail.ru")) && !mail_disposable(r, S("yandex.ru")) && !mail_disposable(r, S("notmailinator.com")));
}

TEST(names_hold_no_addresses_formulas_or_signs)
{
	static const struct { struct str name; unsigned want; } cases[] = {
		{ S_INIT("Айгүл Серікова"), 0 },
		{ S_INIT("А. Б. Ким"), 0 },
		{ S_INIT("J.K. Rowling"), 0 },
		{ S_INIT("Әл-Фараби"), 0 },
		{ S_INIT("купи на spam.kz"), MSG_PETITION_FAULT_NAME_ADDRESS },
		{ S_INIT("https://spam.kz"), MSG_PETITION_FAULT_NAME_ADDRESS },
		{ S_INIT("a@b.kz"), MSG_PETITION_FAULT_NAME_ADDRESS },
		{ S_INIT("=SUM(A1)"), MSG_PETITION_FAULT_NAME_SIGN },
		{ S_INIT("-1+1"), MSG_PETITION_FAULT_NAME_SIGN },
		{ S_INIT("Айгүл\x07"), MSG_PETITION_FAULT_NAME_SIGN },
		{ S_INIT("12345"), MSG_PETITION_FAULT_NAME },
		{ S_INIT(""), MSG_PETITION_FAULT_NAME },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		CHECK_INT(petition_name_fault(cases[i].name), cases[i].want);
}

/* ---- taking back ---- */

static enum rc taken_back(struct ctx *c, const struct world *w)
{
	struct actor author, mod = case_moderator(c), someone;
	struct petition_id id;
	struct petition_row p;
	struct petition_signing s = { .place = w->place };
	int64_t off, changed;

	WANT_OK(case_filed(c, &id, &s.link, &author));
	WANT_OK(petition_moderate(c, &mod, id, &case_accept));
	for (int i = 1; i <= 3; i++) {
		WANT_OK(case_person(c, i, &someone));
		WANT_OK(petition_sign(c, &someone, id, &s));
	}
	WANT_OK(petition_unsign(c, &someone, id)); /* before it was counted */
	WANT_OK(petition_sign(c, &someone, id, &s));
	WANT_OK(petition_unsign(c, &someone, id));
	WANT_OK(petition_unsign(c, &author, id));
	WANT_OK(petition_sign(c, &author, id, &s)); /* given again before folding: counted once */
	WANT_OK(case_fold(c));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_INT(p.signatures, 2);
	WANT(case_counts_right(c, id));
	WANT_OK(petition_unsign(c, &author, id)); /* and after */
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_INT(p.signatures, 1);
	WANT(case_counts_right(c, id));
	c->now = when_add(c->now, 3 * WHEN_HOUR);
	WANT_OK(petition_sign(c, &author, id, &s)); /* and given again */
	WANT_OK(case_fold(c));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_INT(p.signatures, 2);
	WANT(case_counts_right(c, id));
	WANT_OK(petition_add(c->db, id, 40, c->now, &changed));
	WANT_OK(petition_count_add(c->db, id, S("r"), w->region, -1, &changed));
	WANT_OK(petition_recount(c, id, &off));
	WANT_INT(off, 41);
	WANT(case_counts_right(c, id));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_INT(p.signatures, 2);
	return RC_OK;
}
TEST(a_signature_is_taken_back_and_given_again_and_counts_are_repaired) { world_run(taken_back); }

static enum rc repeated(struct ctx *c, const struct world *w)
{
	struct actor author, mod = case_moderator(c);
	struct petition_id id;
	struct petition_row p;
	struct petition_signing s = { .place = w->place, .form_key = 41 };

	WANT_OK(case_filed(c, &id, &s.link, &author));
	WANT_OK(petition_moderate(c, &mod, id, &case_accept));
	WANT_OK(petition_sign(c, &author, id, &s));
	WANT_OK(petition_sign(c, &author, id, &s)); /* the same request */
	s.form_key = 42;
	WANT_RC(petition_sign(c, &author, id, &s), RC_DUPLICATE); /* another one */
	WANT_OK(petition_unsign(c, &author, id));
	s.form_key = 41;
	WANT_OK(petition_sign(c, &author, id, &s)); /* answered as before, and nothing happens */
	WANT_OK(case_fold(c));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_INT(p.signatures, 0);
	c->now = world_day(w, 30, 10);
	WANT_OK(petition_sign(c, &author, id, &s)); /* nor when it has closed meanwhile */
	s.form_key = 43;
	WANT_REFUSED(c, petition_sign(c, &author, id, &s), RC_CONFLICT, MSG_PETITION_FAULT_NOT_OPEN);
	return RC_OK;
}
TEST(a_repeated_signing_request_is_answered_the_same_and_happens_once) { world_run(repeated); }

/* Requests do not reach the writer in the order in which they began. */
static enum rc overtaken(struct ctx *c, const struct world *w)
{
	struct actor author, mod = case_moderator(c), someone;
	struct petition_id id;
	struct petition_row p;
	struct petition_signing s = { .place = w->place };

	WANT_OK(case_filed(c, &id, &s.link, &author));
	WANT_OK(petition_moderate(c, &mod, id, &case_accept));
	c->now = when_add(c->now, 5 * WHEN_SECOND);
	WANT_OK(petition_sign(c, &author, id, &s));
	c->now = when_add(c->now, -5 * WHEN_SECOND);
	WANT_OK(case_person(c, 2, &someone));
	WANT_OK(petition_sign(c, &someone, id, &s));
	WANT_OK(case_fold(c));
	WANT_OK(case_fold(c));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_INT(p.signatures, 2);
	return RC_OK;
}
TEST(a_signature_that_was_overtaken_is_counted) { world_run(overtaken); }

static enum rc both_ways(struct ctx *c, const struct world *w)
{
	struct actor author;
	struct petition_id id;
	struct petition_row p;
	int64_t changed, rest;

	WANT_OK(case_opened(c, w, &id, &author));
	WANT_OK(petition_by_id(c->db, id, &p));
	rest = p.threshold - p.signatures;
	WANT_OK(petition_add(c->db, id, rest, c->now, &changed));
	WANT_OK(case_fold(c));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT(when_set(p.reached_at));
	WANT_REFUSED(c, petition_withdraw(c, &author, id, S("")), RC_CONFLICT, MSG_PETITION_FAULT_REACHED);
	WANT_OK(petition_unsign(c, &author, id));
	WANT_OK(case_fold(c));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT(!when_set(p.reached_at) && !when_set(p.register_due_at));
	WANT_OK(has_event(c, id, "fallen"));
	c->now = world_day(w, 7, 10);
	WANT_OK(petition_tick(c, S("")));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_STR(p.state, S("open"));
	WANT_OK(petition_sign(c, &author, id, &(struct petition_signing){ .place = w->place }));
	WANT_OK(case_fold(c));
	WANT_OK(petition_by_id(c->db, id, &p));
	c->now = when_add(p.register_due_at, WHEN_SECOND);
	WANT_OK(petition_tick(c, S("")));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_STR(p.state, S("review"));
	WANT_OK(petition_add(c->db, id, -100, c->now, &changed)); /* the review has begun: nothing turns it back */
	WANT_OK(petition_tick(c, S("")));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_STR(p.state, S("review"));
	return RC_OK;
}
TEST(a_threshold_moves_both_ways_until_the_review_begins) { world_run(both_ways); }

/* ---- refusals ---- */

static enum rc refused(struct ctx *c, const struct world *w)
{
	struct actor author, mod = case_moderator(c), other = case_moderator(c);
	struct petition_id id;
	struct petition_row p;
	struct str link;
	struct petition_words x = case_words(c);
	struct petition_ruling r = { .ground = S("petition_excluded"), .words = S(" "), .excluded = S("languages") };
	size_t n;

	other.account++;
	WANT_OK(case_filed(c, &id, &link, &author));
	WANT_REFUSED(c, petition_moderate(c, &w->staff[1][POST_MODERATOR], id, &case_accept), RC_FORBIDDEN, MSG_PETITION_FAULT_ROLE);
	WANT_REFUSED(c, petition_moderate(c, &mod, id, &r), RC_INVALID, MSG_PETITION_FAULT_GROUND);
	r.words = S("Тілдер мәртебесі туралы");
	r.excluded = S("");
	WANT_REFUSED(c, petition_moderate(c, &mod, id, &r), RC_INVALID, MSG_PETITION_FAULT_POINT);
	r = (struct petition_ruling){ .ground = S("petition_duplicate"), .words = S("бар"), .original = 5 };
	WANT_REFUSED(c, petition_moderate(c, &mod, id, &r), RC_INVALID, MSG_PETITION_FAULT_ORIGINAL);
	r.original = id.v;
	WANT_REFUSED(c, petition_moderate(c, &mod, id, &r), RC_INVALID, MSG_PETITION_FAULT_ORIGINAL);
	r = (struct petition_ruling){ .ground = S("petition_excluded"), .words = S("Тілдер мәртебесі туралы"), .excluded = S("languages") };
	WANT_OK(petition_moderate(c, &mod, id, &r));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT(petition_is_public(&p)); /* refusals are public with their ground */
	WANT_INT(petition_author_shown(&p).n, 0);
	WANT(!p.text_hidden);
	WANT_REFUSED(c, petition_contest(c, &w->citizen, id, S("Неге?")), RC_FORBIDDEN, MSG_PETITION_FAULT_ROLE);
	WANT_REFUSED(c, petition_contest(c, &author, id, S(" ")), RC_INVALID, MSG_PETITION_FAULT_WHY);
	WANT_OK(petition_contest(c, &author, id, S("Тіл туралы емес, көпір туралы.")));
	WANT_REFUSED(c, petition_contest(c, &author, id, S("Тағы")), RC_CONFLICT, MSG_PETITION_FAULT_CONTESTED);
	WANT_OK(open_duties(c, id.v, &n));
	WANT_INT(n, 1);
	WANT_REFUSED(c, petition_uphold(c, &w->staff[1][POST_MODERATOR], id, S("Солай")), RC_FORBIDDEN, MSG_PETITION_FAULT_ROLE);
	WANT_REFUSED(c, petition_uphold(c, &mod, id, S("Мәтін тіл туралы.")), RC_FORBIDDEN, MSG_PETITION_FAULT_OWN_REFUSAL);
	WANT_REFUSED(c, petition_moderate(c, &mod, id, &case_accept), RC_FORBIDDEN, MSG_PETITION_FAULT_OWN_REFUSAL);
	WANT_OK(petition_uphold(c, &other, id, S("Мәтін тіл туралы.")));
	WANT_OK(open_duties(c, id.v, &n));
	WANT_INT(n, 0);
	WANT_REFUSED(c, petition_moderate(c, &mod, id, &case_accept), RC_FORBIDDEN, MSG_PETITION_FAULT_OWN_REFUSAL);
	WANT_OK(petition_moderate(c, &other, id, &case_accept)); /* and can still be taken back */
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_STR(p.state, S("supporters"));
	WANT(!petition_is_public(&p));
	x.read_excluded = false;
	WANT_REFUSED(c, petition_file(c, &author, &x, &id, &link), RC_INVALID, MSG_PETITION_FAULT_EXCLUDED);
	x = case_words(c);
	x.body = w->body[0];
	WANT_REFUSED(c, petition_file(c, &author, &x, &id, &link), RC_INVALID, MSG_PETITION_FAULT_BODY);
	WANT_REFUSED(c, petition_file(c, &w->citizen, &x, &id, &link), RC_INVALID, MSG_PETITION_FAULT_IDENTITY); /* a mailbox is no identity */
	WANT_OK(case_filed(c, &id, &link, &author));
	WANT_OK(petition_moderate(c, &mod, id, &(struct petition_ruling){ .ground = S("petition_insult"), .words = S("Балағат сөз") }));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT(p.text_hidden);
	return RC_OK;
}
TEST(a_refusal_names_its_ground_is_contested_and_can_be_taken_back) { world_run(refused); }

static enum rc stopped(struct ctx *c, const struct world *w)
{
	struct actor author, mod = case_moderator(c);
	struct petition_id id, other;
	struct petition_row p;
	struct str link;
	size_t n;

	WANT_OK(case_opened(c, w, &id, &author));
	WANT_REFUSED(c, petition_stop(c, &author, id, S("petition_court"), S("Сот")), RC_FORBIDDEN, MSG_PETITION_FAULT_ROLE);
	WANT_REFUSED(c, petition_stop(c, &mod, id, S("petition_excluded"), S("Сот")), RC_INVALID, MSG_PETITION_FAULT_GROUND);
	WANT_OK(petition_stop(c, &mod, id, S("petition_court"), S("Сот шешімі 12.")));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_STR(p.state, S("stopped"));
	WANT(petition_is_public(&p));
	WANT_OK(open_duties(c, id.v, &n));
	WANT_INT(n, 0);
	WANT_REFUSED(c, petition_stop(c, &mod, id, S("petition_court"), S("Тағы")), RC_CONFLICT, MSG_PETITION_FAULT_STATE);
	WANT_OK(case_filed(c, &other, &link, &author));
	WANT_OK(petition_withdraw(c, &author, other, S("Қажет емес")));
	WANT_OK(petition_by_id(c->db, other, &p));
	WANT_STR(p.state, S("withdrawn"));
	WANT(!petition_is_public(&p)); /* it never was */
	WANT_OK(open_duties(c, other.v, &n));
	WANT_INT(n, 0);
	return RC_OK;
}
TEST(a_petition_is_stopped_with_a_ground_or_withdrawn) { world_run(stopped); }

static enum rc delayed(struct ctx *c, const struct world *w)
{
	struct actor author;
	struct petition_id id;
	struct petition_delay d;
	struct str link;

	WANT_OK(case_filed(c, &id, &link, &author));
	WANT_OK(petition_delay_now(c, &d));
	WANT(!d.late);
	WANT_INT(d.waiting, 1);
	c->now = world_day(w, 60, 10);
	WANT_OK(petition_delay_now(c, &d));
	WANT(d.late && d.days_over > 0);
	WANT_OK(petition_tick(c, S("")));
	WANT_OK(petition_tick(c, S(""))); /* told once */
	WANT_OK(has_event(c, id, "delayed"));
	struct petition_event_row_list l;

	WANT_OK(petition_event_list(c->db, id, &l));
	WANT_INT(l.n, 2);
	return RC_OK;
}
TEST(when_moderation_is_late_everybody_is_told_and_the_author_once) { world_run(delayed); }

static enum rc terms(struct ctx *c, const struct world *w)
{
	struct actor author, mod = case_moderator(c);
	struct petition_id id;
	struct petition_row p;
	struct str link;

	WANT_OK(case_filed(c, &id, &link, &author));
	WANT_OK(petition_moderate(c, &mod, id, &case_accept));
	c->now = world_day(w, 30, 10);
	WANT_OK(petition_tick(c, S("")));
	WANT_OK(petition_by_id(c->db, id, &p));
	WANT_STR(p.state, S("not_enough"));
	WANT(!petition_is_public(&p)); /* it was seen by its link only, and stays so */
	return RC_OK;
}
TEST(without_fifty_supporters_in_ten_working_days_it_ends_unseen) { world_run(terms); }

static enum rc thresholds(struct ctx *c, const struct world *w)
{
	const struct petition_rules *r = c->app->pack->petitions;
	struct day on = when_day(w->monday);
	static const struct { const char *code; int64_t want; } bodies[] = {
		{ "government", 50000 }, { "r10_akimat", 5957 }, { "r10_maslikhat", 11914 }, /* one and two per cent of 595,676, rounded up */
	};
	struct place small = { .population = 30000 }, large = { .population = 80000 };
	struct body district = { .kind = S("district_akimat"), .place = &small };

	for (size_t i = 0; i < ARRAY_LEN(bodies); i++)
		WANT_INT(petition_threshold_of(r, pack_body_by_code(c->app->pack, str_of(bodies[i].code)), on), bodies[i].want);
	WANT_INT(petition_threshold_of(r, &district, on), 1500); /* five per cent */
	district.place = &large;
	WANT_INT(petition_threshold_of(r, &district, on), 2500);
	small.population = 0;
	district.place = &small;
	WANT_INT(petition_threshold_of(r, &district, on), 2500);
	WANT_INT(petition_threshold_of(r, &(struct body){ .kind = S("department") }, on), 0);
	return RC_OK;
}
TEST(thresholds_follow_the_addressee_and_the_number_of_people) { world_run(thresholds); }

TEST(an_hour_far_above_its_neighbours_is_unusual)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	int64_t n[72];
	struct petition_pace p = { .n = n, .hours = 72, .times = 5, .least = 20 };

	for (size_t i = 0; i < 72; i++)
		n[i] = 10 + (int64_t)(i % 3);
	n[30] = 400;
	n[50] = 45; /* four times: not yet */
	petition_pace_judge(&p, &a);
	CHECK_INT(p.n_unusual, 1);
	CHECK(p.unusual[30] && !p.unusual[50]);
	CHECK_INT(p.usual[30], 11);
	for (size_t i = 0; i < 72; i++)
		n[i] = i == 10 ? 19 : 0; /* far above, but few */
	p.n_unusual = 0;
	petition_pace_judge(&p, &a);
	CHECK_INT(p.n_unusual, 0);
}

TESTS("petition", T(a_petition_lives_from_moderation_to_the_report_and_owes_each_step), T(another_profile_lives_by_its_own_numbers),
      T(thresholds_excluded_points_and_ways_to_sign_are_data), T(signing_by_mail_is_confirmed_once_shared_by_two_and_tells_nobody_who_is_known),
      T(one_person_signs_by_identity_or_by_mail_and_once), T(signing_by_mail_is_not_there_where_the_pack_does_not_name_it), T(one_mailbox_has_one_spelling), T(names_hold_no_addresses_formulas_or_signs),
      T(a_signature_is_taken_back_and_given_again_and_counts_are_repaired), T(a_threshold_moves_both_ways_until_the_review_begins),
      T(a_repeated_signing_request_is_answered_the_same_and_happens_once), T(a_signature_that_was_overtaken_is_counted),
      T(a_refusal_names_its_ground_is_contested_and_can_be_taken_back), T(a_petition_is_stopped_with_a_ground_or_withdrawn),
      T(when_moderation_is_late_everybody_is_told_and_the_author_once), T(without_fifty_supporters_in_ten_working_days_it_ends_unseen),
      T(thresholds_follow_the_addressee_and_the_number_of_people), T(an_hour_far_above_its_neighbours_is_unusual))
