#include "appeal/appeal_rules.h"

#include "appeal/appeal_do.h"
#include "gen/messages.h"

/* --- time ------------------------------------------------------------------------------------------------------------- */

struct when rule_due(const struct law *l, struct when registered)
{
	return calendar_due(l->pack, registered, l->answer);
}

struct day rule_extend_limit(const struct law *l, struct when registered)
{
	struct day d = when_day(registered);

	/* not rolled to a working day: the limit itself is the law's */
	return l->extension_max.unit == UNIT_MONTH ? day_add_months(d, l->extension_max.n) :
						     when_day(calendar_due(l->pack, registered, l->extension_max));
}

struct when rule_hearing_earliest(const struct law *l, struct when told)
{
	struct day d = when_day(calendar_due(l->pack, told, l->hearing_notice));

	return when_of_day(calendar_add_working(l->pack, d, 1), 0, 0);
}

/* --- what the person may ----------------------------------------------------------------------------------------------- */

static bool within(const struct law *l, struct when from, struct term t, struct when now)
{
	return now.us <= calendar_due(l->pack, from, t).us;
}

bool rule_may_contest(const struct law *l, const struct appeal_row *a, struct when now)
{
	struct when from = when_set(a->answered_at) ? a->answered_at : when_set(a->deemed_at) ? a->deemed_at : a->closed_at;

	return when_set(from) && within(l, from, l->contest, now);
}

bool rule_may_reopen(const struct law *l, const struct appeal_row *a, struct when now)
{
	return when_set(a->answered_at) && within(l, a->answered_at, l->reopen, now);
}

bool rule_deemed(const struct appeal_row *a, struct when now)
{
	return !when_set(a->answered_at) && !when_set(a->closed_at) && !when_set(a->deemed_at) && !when_set(a->paused_at) &&
	       now.us > a->due_at.us;
}

unsigned rule_filing_fault(const struct appeal_filing *f)
{
	if (!str_trim(f->text).n)
		return MSG_APPEAL_FAULT_TEXT;
	if (f->n_points > 30)
		return MSG_APPEAL_FAULT_POINTS;
	if (f->anonymous)
		return f->danger ? 0 : MSG_APPEAL_FAULT_ANONYMOUS;
	if (!str_trim(f->name).n)
		return MSG_APPEAL_FAULT_NAME;
	if (!f->email.n && !f->phone.n && !f->post_address.n && !f->account && !str_eq(f->reply_by, S("counter")))
		return MSG_APPEAL_FAULT_CONTACT;
	if (f->collective && f->people < 2)
		return MSG_APPEAL_FAULT_PEOPLE;
	return 0;
}

/* --- points and shares ------------------------------------------------------------------------------------------------- */

int64_t parts_all(size_t n)
{
	return n >= 62 ? INT64_MAX : ((int64_t)1 << n) - 1;
}

int64_t parts_of(const struct assignment_row *s, size_t n_parts)
{
	return s->parts ? s->parts & parts_all(n_parts) : parts_all(n_parts);
}

bool rule_hops_valid(const struct assignment_row *s, size_t n_parts, const int64_t *parts, size_t n, int64_t *ret_left)
{
	int64_t held = parts_of(s, n_parts), given = 0;

	if (n == 0)
		return false;
	for (size_t i = 0; i < n; i++) {
		int64_t bits = parts[i] ? parts[i] : held;

		if (bits & ~held)
			return false;
		given |= bits;
	}
	*ret_left = held & ~given;
	return true;
}

/* --- who may see and act ----------------------------------------------------------------------------------------------- */

static const struct assignment_row *share_of(const struct assignment_row_list *shares, int64_t body, bool open)
{
	for (size_t i = shares->n; body && i-- > 0;)
		if (shares->v[i].body_id == body && (!open || !when_set(shares->v[i].done_at)))
			return &shares->v[i];
	return NULL;
}

static bool is_applicant(const struct appeal_row *a, const struct actor *who, bool knows_secret)
{
	return knows_secret || (a->account_id != 0 && a->account_id == who->account);
}

/* Body against body: roles count only where the body holds or held a share, or took it in. */
static bool holds(const struct appeal_row *a, const struct assignment_row_list *shares, const struct actor *who)
{
	return who->body && (share_of(shares, who->body, false) || a->first_body_id == who->body);
}

/* The press service takes in, answers and signs what journalists ask; of other appeals it sees no more than anybody. */
#define PRESS_ACTS (BIT(ROLE_REGISTRAR) | BIT(ROLE_EXECUTOR) | BIT(ROLE_APPROVER) | BIT(ROLE_SIGNER))

static bool is_press(const struct appeal_row *a, const struct actor *who)
{
	return str_eq(a->origin, ORIGIN_PRESS) && (who->roles & BIT(ROLE_PRESS));
}

enum appeal_view rule_view(const struct appeal_row *a, const struct assignment_row_list *shares, const struct actor *who, bool knows_secret)
{
	if (is_applicant(a, who, knows_secret))
		return VIEW_OWN;
	if (holds(a, shares, who) && (who->roles & BIT(ROLE_MODERATOR)))
		return VIEW_FULL;
	if (holds(a, shares, who) && ((who->roles & (DESK | BIT(ROLE_OPERATOR))) || is_press(a, who)))
		return VIEW_BODY;
	return str_eq(a->public_state, S("cleared")) ? VIEW_PUBLIC : VIEW_NONE;
}

unsigned rule_acts(const struct appeal_row *a, const struct assignment_row_list *shares, const struct actor *who, bool knows_secret)
{
	unsigned may = 0;

	if (is_applicant(a, who, knows_secret))
		may |= ACT_APPLICANT;
	if (holds(a, shares, who))
		may |= (who->roles & (DESK | BIT(ROLE_MODERATOR))) | (is_press(a, who) ? PRESS_ACTS : 0);
	return may;
}

const struct appeal_move *rule_move(enum appeal_state from, enum appeal_event e, unsigned may, bool has_share)
{
	for (size_t i = 0; i < appeal_moves_n; i++) {
		const struct appeal_move *m = &appeal_moves[i];

		if (m->from != from || m->event != e || !(m->who & may))
			continue;
		/* the program and the applicant need no share */
		if (!m->mine || has_share || (m->who & may & (ACT_SYSTEM | ACT_APPLICANT)))
			return m;
	}
	return NULL;
}

/* --- similar ones ------------------------------------------------------------------------------------------------------ */

static size_t count_terms(struct str terms)
{
	struct str rest = terms, t;
	size_t n = 0;

	while (str_cut(&rest, ' ', &t))
		n += t.n > 0;
	return n;
}

static bool has_term(struct str terms, struct str term)
{
	for (size_t at = 0; (at = str_find(terms, term, at)) != SIZE_MAX; at++) {
		bool starts = at == 0 || terms.p[at - 1] == ' ';
		bool ends = at + term.n == terms.n || terms.p[at + term.n] == ' ';

		if (starts && ends)
			return true;
	}
	return false;
}

/* Short texts share a word by accident: fewer than six terms are measured against six. */
#define ALIKE_FLOOR 6

int rule_alike(struct str a, struct str b)
{
	size_t na = count_terms(a), nb = count_terms(b), shared = 0;
	size_t base = na < nb ? na : nb;
	struct str rest = na < nb ? a : b, other = na < nb ? b : a, t;

	while (str_cut(&rest, ' ', &t))
		shared += t.n > 0 && has_term(other, t);
	if (base < ALIKE_FLOOR)
		base = ALIKE_FLOOR;
	return (int)(shared * 100 / base);
}
