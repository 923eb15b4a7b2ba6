/* petition_letters.c: letters to the author: the words of the trail, what to do next, and the way to the page. */
#include "account/account.h"
#include "app/app.h"
#include "app/jobs.h"
#include "gen/account_sql.h"
#include "gen/messages.h"
#include "notify/notify.h"
#include "petition/petition_jobs.h"
#include "standard/pack.h"

#define STAFF_MAX 100

enum rc petition_letter_add(struct ctx *c, struct petition_id id, enum petition_event_kind e)
{
	return job_add(c, "petition.letter", str_fmt(c->arena, "%lld %s", (long long)id.v, petition_event_name(e)), S(""), c->now);
}

/* The address given with the petition, else that of the account. Empty: nobody can be told. */
static enum rc address_of(struct ctx *c, const struct petition_row *p, struct str *ret_to, const struct lang **ret_lang)
{
	struct account_identity_row person;
	enum lang_id lang = LANG_KK;

	*ret_to = S("");
	*ret_lang = lang_of(LANG_KK);
	if (!p->account_id)
		return RC_OK;
	TRY(account_identity(c->db, (struct account_id){ p->account_id }, &person));
	rc_ignore(lang_by_code(person.lang, &lang) ? RC_OK : RC_NOT_FOUND);
	*ret_lang = lang_of(lang);
	if (!person.mail_off && !(p->author_mail.n && key_unseal(c->arena, c->app->keys, p->author_mail, ret_to)))
		*ret_to = person.email;
	return RC_OK;
}

enum rc petition_author_address(struct ctx *c, const struct petition_row *p, struct subject *ret)
{
	const struct lang *lang;

	TRY(address_of(c, p, &ret->person.mail, &lang));
	ret->person.lang = lang_code(lang);
	ret->person.account = p->account_id;
	ret->person.to = url_with(c->arena, petition_path(c->arena, p->id), S("link"), petition_link(c, p->id));
	return RC_OK;
}

static void add_why(struct letter *l, const struct petition_row *p)
{
	struct str said = petition_ground_said(l->lang, p);

	if (said.n)
		letter_add(l, said);
	if (p->ground_text.n)
		letter_add(l, p->ground_text);
}

/* Tells of no term and no right of the author. */
static bool is_news(enum petition_event_kind e)
{
	return e == PE_OPENED || e == PE_REACHED || e == PE_GROUP || e == PE_DISCUSSED || e == PE_REPORTED;
}

static enum rc tell_alone(struct ctx *c, const struct petition_row *p, const struct staff_name *to, struct when due)
{
	enum lang_id id = LANG_KK;

	rc_ignore(lang_by_code(to->lang, &id) ? RC_OK : RC_NOT_FOUND);
	const struct lang *lang = lang_of(id);
	struct letter l = { .lang = lang, .to = to->email, .account = to->id.v, .about = PETITION, .about_id = p->id.v,
			    .subject = msg_text(lang, MSG_PETITION_LETTER_ALONE_SUBJECT), .button = msg_text(lang, MSG_PETITION_LETTER_ALONE_OPEN) };

	letter_add(&l, msg_fmt(c->arena, lang, MSG_PETITION_LETTER_ALONE, ARGS(ARG_S("title", p->title), ARG_D("day", when_day(due)))));
	l.link = URL("/admin/people");
	/* one letter to whoever leads the office and invites its officials, too */
	l.dedup = str_fmt(c->arena, "alone %lld %lld %.*s", (long long)p->id.v, (long long)due.us, STR_FMT(to->email));
	return notify_send(c, &l);
}

enum rc petition_alone(struct ctx *c, const struct petition_row *p, struct when due)
{
	static const enum role told[] = { ROLE_HEAD, ROLE_ADMIN };
	int64_t body = petition_moderating_body(c);
	struct staff_name_list staff;

	TRY(staff_of_role(c->db, body, str_of(role_name(ROLE_MODERATOR)), STAFF_MAX, &staff));
	for (size_t i = 0; i < staff.n; i++)
		if (staff.v[i].id.v != p->moderated_by)
			return RC_OK;
	for (size_t r = 0; r < ARRAY_LEN(told); r++) {
		TRY(staff_of_role(c->db, body, str_of(role_name(told[r])), STAFF_MAX, &staff));
		for (size_t i = 0; i < staff.n; i++)
			TRY(tell_alone(c, p, &staff.v[i], due));
	}
	return RC_OK;
}

enum rc petition_letter(struct ctx *c, struct str payload)
{
	struct str rest = payload, first = S(""), to;
	enum petition_event_kind e;
	struct petition_row p;
	const struct lang *lang;
	int64_t id;

	if (!str_cut(&rest, ' ', &first) || !str_to_i64(first, &id) || !petition_event_by_name(rest, &e))
		return fail_log(c, RC_INVALID, S("not a petition and an event"));
	TRY(petition_by_id(c->db, (struct petition_id){ id }, &p));
	TRY(address_of(c, &p, &to, &lang));
	struct letter l = { .lang = lang, .to = to, .account = p.account_id, .about = PETITION, .about_id = id, .may_wait = is_news(e) };

	l.subject = msg_fmt(c->arena, lang, MSG_PETITION_LETTER_SUBJECT, ARGS(ARG_S("what", msg_text(lang, petition_event_msg(e))), ARG_S("title", p.title)));
	letter_add(&l, msg_fmt(c->arena, lang, MSG_PETITION_LETTER_SUBJECT, ARGS(ARG_S("what", msg_text(lang, petition_event_msg(e))), ARG_S("title", p.title))));
	if (e == PE_REFUSED || e == PE_STOPPED)
		add_why(&l, &p);
	if (e == PE_REFUSED)
		letter_add(&l, msg_text(lang, MSG_PETITION_LETTER_CONTEST));
	if (e == PE_UPHELD && p.contest_answer.n)
		letter_add(&l, p.contest_answer);
	if (e == PE_ACCEPTED)
		letter_add(&l, msg_fmt(c->arena, lang, MSG_PETITION_LETTER_LINK, ARGS(ARG_I("n", petition_clause(c, "petition_supporters")), ARG_D("day", when_day(p.supporters_due_at)))));
	if (e == PE_DECIDED)
		letter_add(&l, p.decision);
	if (e == PE_REPORTED)
		letter_add(&l, p.report);
	l.button = msg_text(lang, MSG_PETITION_LETTER_OPEN);
	l.link = petition_path(c->arena, p.id);
	if (e == PE_ACCEPTED)
		l.link = url_with(c->arena, l.link, S("link"), petition_link(c, p.id));
	else if (!petition_is_public(&p)) /* only the author sees it: they have to be known first */
		l.link = url_with(c->arena, URL("/sign-in"), S("to"), url_str(l.link));
	return notify_send(c, &l);
}
