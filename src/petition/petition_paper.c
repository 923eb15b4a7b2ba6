/* petition_paper.c: sheets of paper signatures, entered by an operator: who, from which sheet, why on paper. */
#include "account/account.h"
#include "app/app.h"
#include "base/random.h"
#include "base/vec.h"
#include "gen/messages.h"
#include "petition/petition_staff.h"
#include "place/place.h"
#include "text/ident.h"

#define LINES_MAX 500

bool petition_operator(const struct ctx *c, const struct actor *who)
{
	return (who->roles & (BIT(ROLE_OPERATOR) | BIT(ROLE_MODERATOR))) && who->body == petition_moderating_body(c);
}

/* "900101300017 Айгүл Серікова; Абай ауданы": other signs between the first two do no harm, and the place may be left out. */
static bool read_line(struct ctx *c, struct str line, int64_t place, struct petition_paper_line *ret)
{
	size_t digits = 0;

	while (digits < line.n && line.p[digits] >= '0' && line.p[digits] <= '9')
		digits++;
	struct str name = str_from(line, digits);

	while (name.n && strchr(" ,;\t", name.p[0]))
		name = str_from(name, 1);
	size_t mark = str_find_byte(name, ';', 0);
	struct str where = mark == SIZE_MAX ? S("") : str_trim(str_from(name, mark + 1));

	ret->identifier = str_sub(line, 0, digits);
	ret->name = str_trim(str_sub(name, 0, mark == SIZE_MAX ? name.n : mark));
	ret->place = where.n ? place_named(c->arena, c->app->pack, where, place) : place;
	return ret->place && person_id_valid(&c->app->pack->person_id, ret->identifier, when_day(c->now)) && !petition_name_fault(ret->name);
}

enum rc petition_paper_read(struct ctx *c, struct str lines, int64_t place, struct petition_paper_line **ret, size_t *ret_n, struct str *ret_wrong)
{
	VEC(struct petition_paper_line) v = { 0 };
	struct out wrong = OUT_ON(c->arena);
	struct str rest = lines, line;
	int number = 0;

	while (rest.n && str_cut(&rest, '\n', &line)) {
		struct petition_paper_line one = { .number = ++number };

		line = str_trim(line);
		if (!line.n)
			continue;
		if (v.n == LINES_MAX)
			return fail(c, RC_INVALID, MSG_PETITION_FAULT_SHEET_LONG);
		if (read_line(c, line, place, &one))
			*VEC_ADD(c->arena, &v) = one;
		else
			out_fmt(&wrong, "%s%d", wrong.n ? ", " : "", number);
	}
	*ret = v.v;
	*ret_n = v.n;
	*ret_wrong = out_done(&wrong);
	return RC_OK;
}

static enum rc enter(struct ctx *c, struct petition_id id, struct petition_paper_id paper, const struct petition_paper_line *l, bool *ret_taken)
{
	const struct place *place = pack_place(c->app->pack, l->place);
	struct str first, initial, key = account_identity_key(c, c->arena, l->identifier);
	int64_t changed;

	petition_shown_as(c->arena, l->name, &first, &initial);
	TRY(signature_insert(c->db, (struct petition_signature_id){ id_make() }, id, key, 0, first, initial, false, place->id, place_region(place)->id, S("paper"), S(""),
			     S(""), S(""), (struct str){ 0 }, S(""), false, paper.v, 0, c->now, &changed));
	*ret_taken = changed > 0;
	return RC_OK;
}

static enum rc check(struct ctx *c, const struct actor *who, struct petition_id id, const struct petition_sheet_new *s)
{
	struct petition_row p;

	if (!petition_operator(c, who))
		return fail(c, RC_FORBIDDEN, MSG_PETITION_FAULT_ROLE);
	if (!petition_signs_by(c->app->pack, "paper"))
		return fail(c, RC_CONFLICT, MSG_PETITION_FAULT_NO_PAPER);
	TRY(petition_open_for(c, id, PE_PAPER, &p));
	if (!pack_place(c->app->pack, s->place))
		return fail(c, RC_INVALID, MSG_PETITION_FAULT_PLACE);
	return s->scan_sha256.n ? RC_OK : fail(c, RC_INVALID, MSG_PETITION_FAULT_SCAN);
}

enum rc petition_paper(struct ctx *c, const struct actor *who, struct petition_id id, const struct petition_sheet_new *s, struct paper_row *ret)
{
	struct petition_paper_id paper = { id_make() };
	struct petition_paper_line *lines;
	struct out doubled = OUT_ON(c->arena);
	struct str wrong;
	int64_t changed, taken = 0;
	size_t n;

	TRY(check(c, who, id, s));
	TRY(petition_paper_read(c, s->lines, s->place, &lines, &n, &wrong));
	if (wrong.n || !n)
		return fail(c, RC_INVALID, MSG_PETITION_FAULT_SHEET_LINES);
	if ((int64_t)n != s->counted)
		return fail(c, RC_INVALID, MSG_PETITION_FAULT_SHEET_COUNT);
	TRY(paper_insert(c->db, paper, id, s->sheet, s->counted, s->place, s->reason, s->scan_sha256, s->scan_type, who->account, c->now, &changed));
	if (!changed)
		return fail(c, RC_DUPLICATE, MSG_PETITION_FAULT_SHEET_KNOWN);
	for (size_t i = 0; i < n; i++) {
		bool is_new;

		TRY(enter(c, id, paper, &lines[i], &is_new));
		taken += is_new;
		if (!is_new)
			out_fmt(&doubled, "%s%d", doubled.n ? ", " : "", lines[i].number);
	}
	TRY(paper_set_taken(c->db, paper, taken, (int64_t)n - taken, out_done(&doubled), &changed));
	TRY(petition_told(c, id, PE_PAPER, who->account, S(""), str_fmt(c->arena, "%.*s: %lld", STR_FMT(s->sheet), (long long)taken)));
	return paper_by_id(c->db, paper, ret);
}
