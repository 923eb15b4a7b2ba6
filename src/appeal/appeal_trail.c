#include "appeal/appeal_trail.h"

#include <assert.h>

#include "app/app.h"
#include "app/jobs.h"
#include "base/random.h"
#include "gen/messages.h"

#define SECRET_LETTERS 12
#define TOKEN_LETTERS 20

/* Which events the person and the public see, and which somebody is told of. */
enum { PUBLIC = 1, TELL = 2 };
static const unsigned char how[EV_N] = {
	[EV_FILED] = PUBLIC | TELL,       [EV_REGISTERED] = PUBLIC | TELL,   [EV_PASSED_ON] = PUBLIC | TELL,
	[EV_RETURNED] = PUBLIC | TELL,    [EV_TAKEN] = PUBLIC,               [EV_RESOLVED] = PUBLIC,
	[EV_SUPPLEMENT_ASKED] = PUBLIC | TELL, [EV_SUPPLEMENTED] = PUBLIC | TELL, [EV_COMMENTED] = TELL,
	[EV_EXTENDED] = PUBLIC | TELL,    [EV_HEARING_PLANNED] = PUBLIC | TELL, [EV_OBJECTED] = PUBLIC | TELL,
	[EV_HEARD] = PUBLIC | TELL,       [EV_ANSWER_CHECKED] = TELL,        [EV_ANSWER_SENT_BACK] = TELL,
	[EV_ANSWER_APPROVED] = TELL,      [EV_PART_ANSWERED] = PUBLIC | TELL, [EV_ANSWERED] = PUBLIC | TELL,
	[EV_RATED_CLEAR] = PUBLIC,        [EV_RATED_NOT_CLEAR] = PUBLIC | TELL, [EV_RATED_NOT_SOLVED] = PUBLIC | TELL,
	[EV_CLARIFIED] = PUBLIC | TELL,   [EV_REOPENED] = PUBLIC | TELL,     [EV_CONTESTED] = PUBLIC | TELL,
	[EV_WITHDRAWN] = PUBLIC | TELL,   [EV_STOPPED] = PUBLIC | TELL,      [EV_JOINED] = PUBLIC | TELL,
	[EV_JOINED_BY] = PUBLIC,          [EV_HOPS] = TELL,                  [EV_DEEMED] = PUBLIC | TELL,
	[EV_FOLLOWUP] = PUBLIC | TELL,    [EV_PUBLISHED] = PUBLIC,           [EV_NOT_PUBLISHED] = TELL,
	[EV_HIDDEN] = TELL,
	[EV_CLOSED] = PUBLIC,             [EV_STEP_DONE] = PUBLIC | TELL,    [EV_STEP_MOVED] = PUBLIC | TELL,
};

static const char *actor_of(const struct appeal_case *k)
{
	if (k->may & ACT_SYSTEM)
		return "system";
	return k->who.body && !(k->may & ACT_APPLICANT) ? "staff" : "person";
}

enum rc trail_add(struct ctx *c, const struct appeal_case *k, const struct trail *t)
{
	const struct appeal_row *a = &k->a;
	struct event_id id = { id_make() };
	int64_t body = k->who.body ? k->who.body : a->body_id, changed;

	TRY(event_insert(c->db, id, a->id, str_of(appeal_event_name(t->event)), (how[t->event] & PUBLIC) != 0, c->now, k->who.account,
			 str_of(actor_of(k)), body, t->to_body, t->assignment, t->answer, t->detail, t->reason, t->due, t->value, t->late,
			 a->place_id, a->region_id, a->topic, a->kind, a->origin, &changed));
	if (!(how[t->event] & TELL))
		return RC_OK;
	return job_add(c, "notify.appeal", str_i64(c->arena, id.v), S(""), c->now);
}

/* --- opening ----------------------------------------------------------------------------------------------------------- */

struct str appeal_secret(const struct ctx *c, struct arena *a, struct appeal_id id)
{
	return key_code(a, c->app->keys, "receipt", id.v, SECRET_LETTERS);
}

struct str appeal_rate_token(const struct ctx *c, struct arena *a, struct appeal_id id)
{
	return key_code(a, c->app->keys, "rating", id.v, TOKEN_LETTERS);
}

/* People type codes in small letters, with spaces and dashes. */
static struct str folded(struct arena *a, struct str s)
{
	struct out o = OUT_ON(a);

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != ' ' && s.p[i] != '-')
			out_char(&o, s.p[i] >= 'a' && s.p[i] <= 'z' ? (char)(s.p[i] - 'a' + 'A') : s.p[i]);
	return out_done(&o);
}

static bool letters_and_digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!(s.p[i] >= '0' && s.p[i] <= '9') && !(s.p[i] >= 'A' && s.p[i] <= 'Z'))
			return false;
	return true;
}

/* YY-XXXX-XXXC: two digits of the year, seven letters by chance, the check character. */
bool appeal_number_clean(struct arena *a, struct str typed, struct str *ret)
{
	if (typed.n > 40)
		return false;
	struct str s = folded(a, typed);

	if (s.n != 10 || !letters_and_digits(s) || !code_valid(s))
		return false;
	*ret = str_fmt(a, "%.*s-%.*s-%.*s", STR_FMT(str_sub(s, 0, 2)), STR_FMT(str_sub(s, 2, 4)), STR_FMT(str_sub(s, 6, 4)));
	return true;
}

static void whole_as_part(struct ctx *c, struct appeal_case *k)
{
	struct part_row *only = ARENA_NEW(c->arena, struct part_row);

	*only = (struct part_row){ .number = 1, .text = k->a.title };
	k->parts = (struct part_row_list){ only, 1 };
}

static void find_mine(struct appeal_case *k)
{
	k->mine = NULL;
	for (size_t i = 0; i < k->assignments.n; i++) {
		const struct assignment_row *s = &k->assignments.v[i];

		/* a share that was passed on stays open, but there is nothing to do in it */
		if (k->who.body && s->body_id == k->who.body && share_is_open(s) && (!k->mine || !str_eq(s->state, SHARE_PASSED)))
			k->mine = s;
	}
}

enum rc case_reload(struct ctx *c, struct appeal_case *k)
{
	TRY(part_list(c->db, k->a.id, &k->parts));
	if (!k->parts.n)
		whole_as_part(c, k);
	TRY(assignment_list(c->db, k->a.id, &k->assignments));
	find_mine(k);
	return RC_OK;
}

void case_with_first(struct ctx *c, struct appeal_case *k, struct assignment_id share)
{
	struct assignment_row *first = ARENA_NEW(c->arena, struct assignment_row);

	*first = (struct assignment_row){ .id = share, .body_id = k->a.body_id, .state = SHARE_NEW, .reason = S(""), .reason_text = S(""), .resolution = S(""),
					  .made_at = c->now, .due_at = k->a.due_at };
	k->assignments = (struct assignment_row_list){ first, 1 };
	whole_as_part(c, k);
	find_mine(k);
}

/* The body that decides a complaint reads the whole case that the complaint is about; it changes nothing there. */
static enum rc case_file_goes_up(struct ctx *c, struct appeal_case *k)
{
	struct appeal_line_list complaints;

	if (!k->who.body || !(k->who.roles & DESK) || (k->view != VIEW_NONE && k->view != VIEW_PUBLIC))
		return RC_OK;
	TRY(appeal_contested_list(c->db, k->a.id.v, &complaints));
	for (size_t i = 0; i < complaints.n; i++) {
		int64_t n;

		TRY(assignment_held(c->db, complaints.v[i].id, k->who.body, &n));
		if (n)
			k->view = VIEW_BODY;
	}
	return RC_OK;
}

static enum rc open_row(struct ctx *c, const struct actor *who, bool knows_secret, struct appeal_case *k)
{
	if (!appeal_state_by_name(k->a.state, &k->state))
		return fail_log(c, RC_INTERNAL, S("an appeal in an unknown state"));
	k->who = *who;
	TRY(case_reload(c, k));
	k->may = rule_acts(&k->a, &k->assignments, who, knows_secret);
	k->view = rule_view(&k->a, &k->assignments, who, knows_secret);
	TRY(case_file_goes_up(c, k));
	return k->view == VIEW_NONE ? RC_NOT_FOUND : RC_OK;
}

static enum rc open_id(struct ctx *c, struct appeal_id id, bool for_change, struct appeal_case *ret)
{
	if (for_change)
		TRY(appeal_lock(c->db, id, &id));
	return appeal_by_id(c->db, id, &ret->a);
}

enum rc appeal_open(struct ctx *c, const struct actor *who, struct str number, struct str secret, bool for_change, struct appeal_case *ret)
{
	struct appeal_case k = { 0 };
	struct appeal_id id;

	TRY(appeal_id_of(c->db, number, &id));
	TRY(open_id(c, id, for_change, &k));
	bool knows = secret.n && same_secret(folded(c->arena, secret), appeal_secret(c, c->arena, id));

	TRY(open_row(c, who, knows, &k));
	*ret = k;
	return RC_OK;
}

enum rc appeal_open_id(struct ctx *c, const struct actor *who, struct appeal_id id, bool for_change, struct appeal_case *ret)
{
	struct appeal_case k = { 0 };

	TRY(open_id(c, id, for_change, &k));
	TRY(open_row(c, who, false, &k));
	*ret = k;
	return RC_OK;
}

enum rc appeal_open_token(struct ctx *c, struct str number, struct str token, bool for_change, struct appeal_case *ret)
{
	struct appeal_case k = { 0 };
	struct actor guest = { .roles = BIT(ROLE_GUEST) };
	struct appeal_id id;

	TRY(appeal_id_of(c->db, number, &id));
	if (!same_secret(folded(c->arena, token), appeal_rate_token(c, c->arena, id)))
		return RC_NOT_FOUND;
	TRY(open_id(c, id, for_change, &k));
	TRY(open_row(c, &guest, true, &k));
	*ret = k;
	return RC_OK;
}

enum rc appeal_open_system(struct ctx *c, struct appeal_id id, struct appeal_case *ret)
{
	struct appeal_case k = { 0 };
	struct actor nobody = { 0 };

	TRY(open_id(c, id, true, &k));
	TRY(open_row(c, &nobody, true, &k));
	k.may = ACT_SYSTEM;
	k.view = VIEW_FULL;
	*ret = k;
	return RC_OK;
}

/* --- the guard and the writing of the row ------------------------------------------------------------------------------ */

bool appeal_may(const struct appeal_case *k, enum appeal_event e)
{
	return rule_move(k->state, e, k->may, k->mine && !str_eq(k->mine->state, SHARE_PASSED)) != NULL;
}

enum rc case_move(struct ctx *c, const struct appeal_case *k, enum appeal_event e, const struct appeal_move **ret)
{
	bool share = k->mine && !str_eq(k->mine->state, SHARE_PASSED);
	const struct appeal_move *m = rule_move(k->state, e, k->may, share);

	if (!m && rule_move(k->state, e, ~0u, true))
		return fail(c, RC_FORBIDDEN, MSG_APPEAL_NOT_YOURS);
	if (!m)
		return fail(c, RC_CONFLICT, MSG_APPEAL_NOT_NOW);
	*ret = m;
	return RC_OK;
}

enum rc case_save(struct ctx *c, struct appeal_case *k, enum appeal_state to)
{
	int64_t changed;

	k->state = to;
	k->a.state = str_of(appeal_state_name(to));
	k->a.updated_at = c->now;
	return appeal_set_state(c->db, k->a.id, k->a.state, k->a.body_id, k->a.due_at, k->a.paused_at, c->now, &changed);
}

enum rc case_law(struct ctx *c, const struct appeal_case *k, struct law *ret)
{
	/* the clauses that held when the clock began to run: a later change of the law does not shorten a right */
	return standard_law(c->app->pack, k->a.kind, k->a.registered_at, ret);
}

/* --- shares ------------------------------------------------------------------------------------------------------------ */

bool share_is_open(const struct assignment_row *s)
{
	return !when_set(s->done_at);
}

struct when case_due(const struct appeal_case *k)
{
	struct when due = { 0 };

	for (size_t i = 0; i < k->assignments.n; i++) {
		const struct assignment_row *s = &k->assignments.v[i];

		if (share_is_open(s) && !str_eq(s->state, SHARE_PASSED) && s->due_at.us > due.us)
			due = s->due_at;
	}
	return when_set(due) ? due : k->a.due_at;
}

enum rc case_set_due(struct ctx *c, struct appeal_case *k)
{
	struct when due = case_due(k);

	if (due.us == k->a.due_at.us)
		return RC_OK;
	k->a.due_at = due;
	return duty_move(c, k->a.id.v, 0, DUTY_FOLLOW, due);
}

enum rc share_add(struct ctx *c, const struct appeal_case *k, const struct share_new *s, struct assignment_id *ret)
{
	struct assignment_id id = { id_make() };
	struct duty_new d = { .kind = DUTY_ANSWER, .subject_kind = SUBJECT, .subject = k->a.id.v, .part = id.v, .body = s->body, .due = s->due };
	int64_t changed;

	TRY(assignment_insert(c->db, id, k->a.id, s->parent, s->body, s->from_body, s->parts, s->hop, SHARE_NEW, s->reason, s->text, c->now,
			      s->due, &changed));
	TRY(duty_open(c, &d));
	d.kind = DUTY_TAKE;
	d.due = s->take_due;
	if (when_set(s->take_due))
		TRY(duty_open(c, &d));
	*ret = id;
	return RC_OK;
}

enum rc case_cancel(struct ctx *c, struct appeal_case *k)
{
	int64_t changed;

	for (size_t i = 0; i < k->assignments.n; i++) {
		const struct assignment_row *s = &k->assignments.v[i];

		if (share_is_open(s))
			TRY(assignment_set(c->db, s->id, SHARE_CANCELLED, s->parts, s->due_at, c->now, &changed));
	}
	TRY(duty_close_all(c, k->a.id.v, 0, DUTY_CANCELLED));
	return case_reload(c, k);
}
