#include "appeal/letters.h"

#include "app/app.h"
#include "app/jobs.h"
#include "appeal/answer.h"
#include "appeal/appeal_do.h"
#include "appeal/appeal_web.h"
#include "appeal/appeal_words.h"
#include "gen/account_sql.h"
#include "gen/messages.h"
#include "notify/notify.h"

#define JOINED_BATCH 200
#define READERS_MAX 5 /* of one role in one body */

/* Who gets a letter about an event. One row an event; events without a row are read on the site. */
enum to { PERSON = 1, EXECUTOR = 2, WRITER = 4, APPROVERS = 8, SIGNERS = 16, CONTROLLERS = 32, REGISTRARS = 64, JOINED = 128, NEEDED = 256 }; /* NEEDED: to the person also with letters switched off */
enum extra { AS_IT_IS, KEEP, ANSWER, RATE, CONTEST };
static const struct reader { const char *kind; unsigned to; enum extra extra; } readers[] = {
	{ "filed", PERSON | NEEDED, KEEP },
	{ "registered", PERSON, AS_IT_IS },
	{ "passed_on", PERSON, AS_IT_IS },
	{ "returned", PERSON, AS_IT_IS },
	{ "supplement_asked", PERSON | NEEDED, AS_IT_IS },
	{ "supplemented", EXECUTOR, AS_IT_IS },
	{ "commented", PERSON | EXECUTOR, AS_IT_IS },
	{ "extended", PERSON | NEEDED, AS_IT_IS },
	{ "hearing_planned", PERSON | NEEDED, AS_IT_IS },
	{ "objected", EXECUTOR, AS_IT_IS },
	{ "heard", PERSON, AS_IT_IS },
	{ "answer_checked", APPROVERS, AS_IT_IS },
	{ "answer_sent_back", WRITER, AS_IT_IS },
	{ "answer_approved", SIGNERS, AS_IT_IS },
	{ "part_answered", PERSON | NEEDED, ANSWER },
	{ "answered", PERSON | JOINED | NEEDED, ANSWER },
	{ "clarified", PERSON | JOINED | NEEDED, ANSWER },
	{ "rated", EXECUTOR, AS_IT_IS },
	{ "reopened", PERSON | REGISTRARS, AS_IT_IS },
	{ "contested", PERSON, AS_IT_IS },
	{ "withdrawn", EXECUTOR, AS_IT_IS },
	{ "stopped", PERSON | NEEDED, CONTEST },
	{ "joined", PERSON, AS_IT_IS },
	{ "hops", CONTROLLERS, AS_IT_IS },
	{ "deemed", PERSON | NEEDED, CONTEST },
	{ "followup", PERSON, RATE },
	{ "step_done", PERSON | JOINED, AS_IT_IS },
	{ "step_moved", PERSON | JOINED, AS_IT_IS },
};

struct telling {
	struct ctx *c;
	struct event_row e;
	struct appeal_row a;
	const struct reader *how;
};

static struct str fmt1(struct ctx *c, const struct lang *l, unsigned msg, const struct msg_arg *args, size_t n)
{
	return msg_fmt(c->arena, l, msg, args, n);
}

/* One letter a reader and an event, however often the job runs. */
static struct letter letter_of(struct telling *t, const struct lang *l, struct str to, int64_t account, const struct appeal_row *a)
{
	struct ctx *c = t->c;
	struct letter letter = { .lang = l, .to = to, .account = account, .about = "appeal", .about_id = a->id.v };

	letter.subject = fmt1(c, l, MSG_LETTER_SUBJECT, ARGS(ARG_S("number", a->number), ARG_S("title", a->title)));
	letter.dedup = str_fmt(c->arena, "event %lld %lld %.*s", (long long)t->e.id.v, (long long)a->id.v, STR_FMT(to));
	struct trail_words words = appeal_trail_words(c->arena, l, c->app->pack, &t->e, false);

	letter_add(&letter, words.sentence);
	if (words.why.n)
		letter_add(&letter, words.why);
	return letter;
}

/* Replies, next steps and options follow the text; what finds no room stands on the page that the button opens. */
#define ROOM (LETTER_PARTS - 2)

static void add_if_room(struct letter *letter, struct str text)
{
	if (text.n && letter->n_parts < ROOM)
		letter_add(letter, text);
}

static enum rc add_answer(struct telling *t, struct letter *letter)
{
	struct ctx *c = t->c;
	struct answer_whole w;
	enum rc rc = answer_load(c, (struct answer_id){ t->e.answer_id }, &w);

	if (rc == RC_NOT_FOUND)
		return RC_OK;
	TRY(rc);
	letter_add(letter, msg_text(letter->lang, MSG_LETTER_ANSWER_HEAD));
	letter_add(letter, w.a.text);
	for (size_t i = 0; i < w.parts.n; i++)
		add_if_room(letter, str_fmt(c->arena, "%lld. %.*s", (long long)w.parts.v[i].number, STR_FMT(w.parts.v[i].text)));
	for (size_t i = 0; i < w.steps.n; i++)
		add_if_room(letter, str_fmt(c->arena, "%.*s: %.*s", STR_FMT(lang_day(c->arena, letter->lang, w.steps.v[i].due_on)),
					    STR_FMT(w.steps.v[i].text)));
	for (size_t i = 0; i < w.options.n; i++)
		add_if_room(letter, w.options.v[i].text);
	return RC_OK;
}

static enum lang_id lang_of_person(const struct appeal_row *a)
{
	enum lang_id id = LANG_KK;

	/* a text in a language that the site does not speak is answered in the first one */
	if (!lang_by_code(a->lang, &id))
		id = LANG_KK;
	return id;
}

/* The address and language of the applicant; without an address there is nothing to send, with letters switched off only what is needed. */
static enum rc address_of(struct ctx *c, const struct appeal_row *a, bool needed, struct str *ret_to, enum lang_id *ret_lang)
{
	struct account_row person;

	*ret_to = a->email;
	*ret_lang = lang_of_person(a);
	if (!a->account_id)
		return RC_OK;
	enum rc rc = account_by_id(c->db, (struct account_id){ a->account_id }, &person);

	if (rc == RC_NOT_FOUND)
		return RC_OK;
	TRY(rc);
	rc_ignore(lang_by_code(person.lang, ret_lang) ? RC_OK : RC_NOT_FOUND);
	if (!ret_to->n)
		*ret_to = person.email;
	if (person.mail_off && !needed)
		*ret_to = S("");
	return RC_OK;
}

static enum rc tell_applicant(struct telling *t, const struct appeal_row *a, bool joined)
{
	struct ctx *c = t->c;
	enum lang_id lang;
	struct str to;

	TRY(address_of(c, a, t->how->to & NEEDED, &to, &lang));
	if (!to.n)
		return RC_OK;
	const struct lang *l = lang_of(lang);
	struct letter letter = letter_of(t, l, to, a->account_id, a);
	struct str secret = appeal_secret(c, c->arena, a->id);
	enum extra extra = t->how->extra;

	letter.may_wait = !(t->how->to & NEEDED) && !when_set(t->e.due_at);
	letter.typed = extra == KEEP && !a->account_id;
	letter.button = msg_text(l, MSG_LETTER_OPEN);
	letter.link = appeal_url(c->arena, a->number, secret);
	if (joined && extra == ANSWER)
		letter_add(&letter, fmt1(c, l, MSG_LETTER_JOINED_ANSWER, ARGS(ARG_S("number", t->a.number))));
	if (extra == KEEP)
		letter_add(&letter, fmt1(c, l, MSG_LETTER_KEEP, ARGS(ARG_S("number", a->number), ARG_S("secret", secret))));
	if (extra == ANSWER)
		TRY(add_answer(t, &letter));
	if (extra == CONTEST)
		letter_add(&letter, msg_text(l, MSG_LETTER_CONTEST_LEAD));
	if (!joined && (extra == RATE || (extra == ANSWER && when_set(a->answered_at)))) {
		struct str parts[] = { a->number, appeal_rate_token(c, c->arena, a->id) };

		letter_add(&letter, msg_text(l, MSG_LETTER_RATE_LEAD));
		letter.button = msg_text(l, MSG_LETTER_RATE);
		letter.link = url_path(c->arena, "/rate/{}/{}", 2, parts);
	}
	return notify_send(c, &letter);
}

/* Who joined gets the same answer; in batches, the next one by a job of its own. */
static enum rc tell_joined(struct telling *t, int64_t after)
{
	struct ctx *c = t->c;
	struct appeal_line_list joined;

	TRY(appeal_joined_list(c->db, t->a.id.v, (struct appeal_id){ after }, JOINED_BATCH, &joined));
	for (size_t i = 0; i < joined.n; i++) {
		struct appeal_row a;

		TRY(appeal_by_id(c->db, joined.v[i].id, &a));
		TRY(tell_applicant(t, &a, true));
	}
	if (joined.n < JOINED_BATCH)
		return RC_OK;
	return job_add(c, "notify.joined", str_fmt(c->arena, "%lld %lld", (long long)t->e.id.v, (long long)joined.v[joined.n - 1].id.v), S(""),
		       c->now);
}

/* --- officials ------------------------------------------------------------------------------------------------------------ */

/* Danger was filed: whoever registers is told at once, also with letters switched off. */
static bool is_danger(const struct telling *t)
{
	return t->a.danger && str_eq(t->e.kind, S("filed"));
}

static enum rc tell_official(struct telling *t, struct account_id id)
{
	struct ctx *c = t->c;
	struct account_row who;
	enum lang_id lang = LANG_KK;
	enum rc rc = account_by_id(c->db, id, &who);

	if (rc == RC_NOT_FOUND || (rc == RC_OK && ((who.mail_off && !is_danger(t)) || !str_eq(who.state, S("active")))))
		return RC_OK;
	TRY(rc);
	if (!lang_by_code(who.lang, &lang))
		lang = LANG_KK;
	struct letter letter = letter_of(t, lang_of(lang), who.email, who.id.v, &t->a);

	if (is_danger(t))
		letter.subject = fmt1(c, letter.lang, MSG_LETTER_DANGER, ARGS(ARG_S("number", t->a.number), ARG_S("title", t->a.title)));
	letter.button = msg_text(letter.lang, MSG_LETTER_OPEN);
	letter.link = url_path(c->arena, "/desk/{}", 1, &t->a.number);
	return notify_send(c, &letter);
}

static enum rc tell_role(struct telling *t, int64_t body, enum role role)
{
	struct staff_name_list staff;

	TRY(staff_of_role(t->c->db, body, str_of(role_name(role)), READERS_MAX, &staff));
	for (size_t i = 0; i < staff.n; i++)
		TRY(tell_official(t, staff.v[i].id));
	return RC_OK;
}

/* Executors of the open shares; the one who did it need not be told. */
static enum rc tell_executors(struct telling *t)
{
	struct assignment_row_list shares;

	TRY(assignment_list(t->c->db, t->a.id, &shares));
	for (size_t i = 0; i < shares.n; i++) {
		int64_t executor = shares.v[i].executor_id;

		if (executor && executor != t->e.account_id && !str_eq(shares.v[i].state, S("passed")))
			TRY(tell_official(t, (struct account_id){ executor }));
	}
	return RC_OK;
}

static enum rc tell_writer(struct telling *t)
{
	struct answer_row w;

	TRY(answer_by_id(t->c->db, (struct answer_id){ t->e.answer_id }, &w));
	return tell_official(t, (struct account_id){ w.writer_id });
}

static enum rc telling_of(struct ctx *c, int64_t event, struct telling *ret)
{
	*ret = (struct telling){ .c = c };
	TRY(event_by_id(c->db, (struct event_id){ event }, &ret->e));
	TRY(appeal_by_id(c->db, ret->e.appeal_id, &ret->a));
	for (size_t i = 0; i < ARRAY_LEN(readers); i++)
		if (str_eq(ret->e.kind, str_of(readers[i].kind)))
			ret->how = &readers[i];
	return RC_OK;
}

static enum rc tell(struct ctx *c, struct str payload)
{
	struct telling t;
	int64_t event;

	if (!str_to_i64(payload, &event))
		return fail_log(c, RC_INVALID, S("not an event"));
	TRY(telling_of(c, event, &t));
	unsigned to = t.how ? t.how->to : 0;
	int64_t at = t.e.to_body_id ? t.e.to_body_id : t.e.body_id;

	/* a person is not told what they have just done themselves, but they get their receipt and confirmations */
	if (str_eq(t.e.kind, S("commented")))
		to = str_eq(t.e.actor, S("person")) ? EXECUTOR : PERSON;
	if (is_danger(&t))
		to |= REGISTRARS;
	if (to & PERSON)
		TRY(tell_applicant(&t, &t.a, false));
	if (to & JOINED)
		TRY(tell_joined(&t, 0));
	if (to & EXECUTOR)
		TRY(tell_executors(&t));
	if (to & WRITER)
		TRY(tell_writer(&t));
	if (to & APPROVERS)
		TRY(tell_role(&t, t.e.body_id, ROLE_APPROVER));
	if (to & SIGNERS)
		TRY(tell_role(&t, t.e.body_id, ROLE_SIGNER));
	if (to & CONTROLLERS)
		TRY(tell_role(&t, at, ROLE_CONTROLLER));
	return to & REGISTRARS ? tell_role(&t, at, ROLE_REGISTRAR) : RC_OK;
}

static enum rc tell_more_joined(struct ctx *c, struct str payload)
{
	struct str rest = payload, first = S("");
	struct telling t;
	int64_t event, after;

	if (!str_cut(&rest, ' ', &first) || !str_to_i64(first, &event) || !str_to_i64(rest, &after))
		return fail_log(c, RC_INVALID, S("not an event and a mark"));
	TRY(telling_of(c, event, &t));
	return t.how ? tell_joined(&t, after) : RC_OK;
}

/* --- what a duty about an appeal is called ------------------------------------------------------------------------------------ */

static enum rc show_subject(struct ctx *c, const struct lang *l, int64_t id, struct subject *ret)
{
	struct appeal_row a;
	enum lang_id lang;

	(void)l;
	TRY(appeal_by_id(c->db, (struct appeal_id){ id }, &a));
	*ret = (struct subject){ .title = a.title, .number = a.number, .person.account = a.account_id };
	if (str_eq(a.public_state, S("cleared"))) {
		ret->to = appeal_url(c->arena, a.number, S(""));
		ret->public_title = a.public_title;
	}
	ret->desk = url_path(c->arena, "/desk/{}", 1, &a.number);
	TRY(address_of(c, &a, false, &ret->person.mail, &lang));
	ret->person.lang = lang_code(lang_of(lang));
	ret->person.to = appeal_url(c->arena, a.number, appeal_secret(c, c->arena, a.id));
	return RC_OK;
}

/* A promised step is called by its words and stands at its appeal. */
static enum rc show_step(struct ctx *c, const struct lang *l, int64_t id, struct subject *ret)
{
	struct answer_step_row s;
	struct answer_row w;

	TRY(answer_step_by_id(c->db, (struct answer_step_id){ id }, &s));
	TRY(answer_by_id(c->db, s.answer_id, &w));
	TRY(show_subject(c, l, w.appeal_id.v, ret));
	ret->title = s.text;
	return RC_OK;
}

static const struct subject_kind subjects[] = {
	{ "appeal", show_subject },
	{ SUBJECT_STEP, show_step },
};
static const struct job_kind jobs[] = {
	{ .name = "notify.appeal", .run = tell, .attempts_max = 10 },
	{ .name = "notify.joined", .run = tell_more_joined, .attempts_max = 10 },
};
const struct module letters_module = { .name = "letters", .jobs = jobs, .n_jobs = ARRAY_LEN(jobs),
				       .subjects = subjects, .n_subjects = ARRAY_LEN(subjects) };
