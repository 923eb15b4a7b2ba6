#include "app/app.h"
#include "appeal/appeal_trail.h"
#include "base/random.h"
#include "base/utf8.h"
#include "gen/messages.h"
#include "text/text.h"

#define NUMBER_TRIES 8
#define TITLE_POINTS 120 /* code points */
#define TERMS_BYTES 600

bool appeal_number_make(struct arena *a, struct str year, struct str letters, struct str *ret)
{
	struct str code = str_fmt(a, "%.*s%.*s", STR_FMT(year), STR_FMT(letters));
	char check = code_check(code);

	if (!strchr(CODE_ALPHABET, check))
		return false;
	*ret = str_fmt(a, "%.*s-%.*s-%.*s%c", STR_FMT(str_sub(code, 0, 2)), STR_FMT(str_sub(code, 2, 4)), STR_FMT(str_sub(code, 6, 3)), check);
	return true;
}

static struct str make_number(struct arena *a, struct when now)
{
	struct str year = str_fmt(a, "%02u", (unsigned)when_civil(now).year % 100), number;

	while (!appeal_number_make(a, year, code_random(a, APPEAL_NUMBER_LETTERS), &number))
		continue;
	return number;
}

/* The first sentence, cut at a word. */
static struct str gist(struct str text)
{
	size_t n = 0, space = 0, points = 0;

	text = str_trim(text);
	while (n < text.n && points < TITLE_POINTS && text.p[n] != '\n') {
		if (strchr(".!?", text.p[n]) && points > 10)
			return str_sub(text, 0, n);
		if (text.p[n] == ' ')
			space = n;
		do {
			n++;
		} while (n < text.n && ((unsigned char)text.p[n] & 0xc0) == 0x80);
		points++;
	}
	if (points < TITLE_POINTS || !space)
		return str_trim(str_sub(text, 0, n));
	return str_sub(text, 0, space);
}

static enum rc check_filing(struct ctx *c, const struct appeal_filing *f)
{
	unsigned fault = rule_filing_fault(f);

	if (fault)
		return fail(c, RC_INVALID, fault);
	if (!standard_body_known(c->app->pack, f->body))
		return fail(c, RC_INVALID, MSG_APPEAL_FAULT_BODY);
	if (!standard_topic_known(c->app->pack, f->topic))
		return fail(c, RC_INVALID, MSG_APPEAL_FAULT_TOPIC);
	if (!standard_place_known(c->app->pack, f->place))
		return fail(c, RC_INVALID, MSG_APPEAL_FAULT_PLACE);
	return RC_OK;
}

/* When it came: paper that lay a day before it was typed came the day before. */
static struct when came(const struct ctx *c, const struct appeal_filing *f)
{
	return f->received.v && f->received.v < when_day(c->now).v ? when_of_day(f->received, 12, 0) : c->now;
}

/* As many whole ones as there is room for: half a letter is no text, and PostgreSQL refuses the row. */
static struct str first_terms(struct str terms)
{
	size_t end = terms.n;

	if (end > TERMS_BYTES)
		for (end = TERMS_BYTES; end && terms.p[end] != ' '; end--)
			continue;
	return str_sub(terms, 0, end);
}

/* The row as it will stand; the identifier is hashed and sealed and goes nowhere else. */
static void fill(struct ctx *c, const struct actor *who, const struct appeal_filing *f, const struct law *l, struct appeal_row *a)
{
	bool staff = who->body != 0;

	*a = (struct appeal_row){
		.id = { id_make() }, .kind = f->kind, .origin = f->origin, .lang = f->lang, .state = S("filed"), .topic = f->topic,
		.place_id = f->place, .region_id = standard_region_of(c->app->pack, f->place), .first_body_id = f->body, .body_id = f->body,
		.account_id = f->anonymous ? 0 : f->account, .filed_at = c->now, .taken_by = staff ? who->account : 0,
		.complaint_about = f->complaint_about, .collective = f->collective, .people_n = f->people > 1 ? f->people : 1,
		.anonymous = f->anonymous, .danger = f->danger, .agreed_public = f->agreed_public && !f->anonymous,
		.received_on = f->received, .written_by = staff ? who->account : 0, .written_body_id = who->body, .lat = f->lat, .lon = f->lon, .entity = f->entity, .reply_by = f->reply_by.n ? f->reply_by : S("cabinet"),
		.address = f->address, .title = f->title.n ? f->title : gist(f->text), .text = f->text, .updated_at = c->now,
	};
	a->public_state = a->agreed_public ? S("waiting") : S("private");
	a->terms = first_terms(text_terms(c->arena, f->title.n ? str_fmt(c->arena, "%.*s %.*s", STR_FMT(a->title), STR_FMT(a->text)) : a->text, false));
	/* crime and danger do not wait for office hours */
	a->registered_at = f->danger ? c->now : calendar_registration(l->pack, came(c, f));
	a->due_at = when_set(f->due) ? f->due : rule_due(l, a->registered_at);
	if (f->anonymous)
		return;
	a->name = f->name;
	a->email = f->email;
	a->phone = f->phone;
	a->post_address = f->post_address;
	a->on_behalf_of = f->on_behalf_of;
	if (f->identifier.n) {
		a->identity_key = key_hash(c->arena, c->app->keys, "iin", f->identifier);
		a->identity_sealed = key_seal(c->arena, c->app->keys, f->identifier);
	}
}

/* Numbers are made by chance: one in some ten thousand is taken already. */
static enum rc insert(struct ctx *c, struct appeal_row *a)
{
	for (int i = 0; i < NUMBER_TRIES; i++) {
		int64_t changed;

		a->number = make_number(c->arena, c->now);
		TRY(appeal_insert(c->db, a->id, a->number, a->kind, a->origin, a->lang, a->state, a->topic, a->place_id, a->region_id,
				  a->body_id, a->account_id, c->now, a->registered_at, a->taken_by, a->due_at, a->complaint_about, a->collective,
				  a->people_n, a->anonymous, a->danger, a->agreed_public, a->public_state, a->received_on, a->written_by,
				  a->written_body_id, a->lat, a->lon, a->entity, a->name, a->email, a->phone, a->post_address, a->on_behalf_of, a->reply_by, a->identity_key, a->identity_sealed,
				  a->address, a->terms, a->title, a->text, &changed));
		if (changed)
			return RC_OK;
	}
	return fail_log(c, RC_BUSY, S("no free number"));
}

static enum rc put_points(struct ctx *c, struct appeal_id id, const struct str *points, size_t n)
{
	int64_t changed;

	for (size_t i = 0; i < n; i++)
		TRY(part_insert(c->db, (struct part_id){ id_make() }, id, (int64_t)i + 1, points[i], &changed));
	return RC_OK;
}

enum rc appeal_file(struct ctx *c, const struct actor *who, const struct appeal_filing *f, struct appeal_case *ret)
{
	struct appeal_case k = { .state = APPEAL_FILED, .who = *who, .may = ACT_APPLICANT, .view = VIEW_OWN };
	struct law l;
	struct assignment_id share;

	TRY(check_filing(c, f));
	TRY(standard_law(c->app->pack, f->kind, c->now, &l));
	fill(c, who, f, &l, &k.a);
	TRY(insert(c, &k.a));
	if (f->n_points > 1)
		TRY(put_points(c, k.a.id, f->points, f->n_points));
	TRY(share_add(c, &k, &(struct share_new){ .body = f->body, .due = k.a.due_at }, &share));
	TRY(duty_open(c, &(struct duty_new){ .kind = DUTY_REGISTER, .subject_kind = SUBJECT, .subject = k.a.id.v, .part = share.v,
					     .body = f->body, .due = when_end_of_day(when_day(k.a.registered_at)) }));
	TRY(trail_add(c, &k, &(struct trail){ .event = EV_FILED, .to_body = f->body, .assignment = share.v, .due = k.a.due_at }));
	if (f->n_points > 1)
		TRY(case_reload(c, &k));
	else
		case_with_first(c, &k, share);
	*ret = k;
	return RC_OK;
}

/* --- registration ------------------------------------------------------------------------------------------------------ */

static enum rc correct(struct ctx *c, struct appeal_case *k, const struct appeal_registering *r, struct law *ret)
{
	int64_t changed;

	if (r->topic.n && !standard_topic_known(c->app->pack, r->topic))
		return fail(c, RC_INVALID, MSG_APPEAL_FAULT_TOPIC);
	if (r->place && !standard_place_known(c->app->pack, r->place))
		return fail(c, RC_INVALID, MSG_APPEAL_FAULT_PLACE);
	if (r->n_points > 30)
		return fail(c, RC_INVALID, MSG_APPEAL_FAULT_POINTS);
	bool other_kind = r->kind.n && !str_eq(r->kind, k->a.kind);

	if (other_kind)
		k->a.kind = r->kind;
	if (r->topic.n)
		k->a.topic = r->topic;
	if (r->place) {
		k->a.place_id = r->place;
		k->a.region_id = standard_region_of(c->app->pack, r->place);
	}
	TRY(case_law(c, k, ret));
	if (other_kind)
		k->a.due_at = rule_due(ret, k->a.registered_at);
	k->a.taken_by = k->who.account;
	TRY(appeal_set_registered(c->db, k->a.id, k->a.kind, k->a.topic, k->a.place_id, k->a.region_id, k->a.due_at, k->who.account, &changed));
	if (!r->n_points)
		return RC_OK;
	TRY(part_delete(c->db, k->a.id, &changed));
	return put_points(c, k->a.id, r->points, r->n_points);
}

enum rc appeal_register(struct ctx *c, struct appeal_case *k, const struct appeal_registering *r)
{
	const struct appeal_move *m;
	struct law l;
	int64_t changed, id = k->a.id.v;

	TRY(case_move(c, k, EV_REGISTERED, &m));
	TRY(correct(c, k, r, &l));
	int64_t share = k->mine->id.v;

	if (k->mine->due_at.us != k->a.due_at.us) {
		TRY(assignment_set(c->db, k->mine->id, k->mine->state, k->mine->parts, k->a.due_at, (struct when){ 0 }, &changed));
		TRY(duty_move(c, id, share, DUTY_ANSWER, k->a.due_at));
	}
	TRY(duty_close(c, id, 0, DUTY_REGISTER, DUTY_DONE));
	TRY(duty_open(c, &(struct duty_new){ .kind = DUTY_TAKE, .subject_kind = SUBJECT, .subject = id, .part = share, .body = k->who.body,
					     .due = calendar_due(l.pack, k->a.registered_at, l.pass_on) }));
	TRY(case_save(c, k, m->to));
	TRY(trail_add(c, k, &(struct trail){ .event = EV_REGISTERED, .assignment = share, .due = k->a.due_at,
					     .late = when_day(c->now).v > when_day(k->a.registered_at).v }));
	return case_reload(c, k);
}
