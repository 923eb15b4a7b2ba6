/* pack_load.c: each file of the pack, row by row. */
#include <stdio.h>
#include <stdlib.h>

#include "base/vec.h"
#include "standard/pack_read.h"

#define COLUMNS(...) (const char *const[]){ __VA_ARGS__ }, sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(const char *)

static struct str key_of(const int64_t *id)
{
	return (struct str){ (const char *)id, sizeof(*id) };
}

/* ---- places.csv, map.csv ---- */

static void load_shapes(struct loading *l)
{
	struct table t;

	if (!table_open(&t, l, "map.csv", COLUMNS("id", "path")))
		return;
	while (table_next(&t)) {
		const struct place *found = pack_place(l->pack, cell_int(&t, "id"));
		struct place *p;

		if (!found) {
			problem(l, t.file, t.line, "no place %.*s in places.csv", STR_FMT(cell_text(&t, "id")));
			continue;
		}
		row_once(&t, cell_text(&t, "id"));
		memcpy(&p, &found, sizeof(p));
		p->path = cell_needed(&t, "path");
	}
}

void load_places(struct loading *l)
{
	VEC(struct place) v = { 0 };
	VEC(int64_t) parents = { 0 };
	VEC(int) lines = { 0 };
	struct table t;

	if (!table_open(&t, l, "places.csv", COLUMNS("id", "parent", "level", "type", "name_kk", "name_ru", "name_en", "lon", "lat", "population", "population_year")))
		return;
	while (table_next(&t)) {
		struct place *p = VEC_ADD(l->arena, &v);

		*p = (struct place){ .id = cell_int(&t, "id"), .level = (int)cell_int(&t, "level"), .type = cell_needed(&t, "type"),
				     .name = cell_name3(&t, "name"), .lon = cell_real(&t, "lon"), .lat = cell_real(&t, "lat"),
				     .population = cell_int(&t, "population"), .population_year = (int)cell_int(&t, "population_year") };
		*VEC_ADD(l->arena, &parents) = cell_int(&t, "parent");
		*VEC_ADD(l->arena, &lines) = t.line;
		if (p->id <= 0)
			problem(l, t.file, t.line, "id must be a number above 0");
		if (p->level == 1 && p->population <= 0)
			problem(l, t.file, t.line, "a region needs its population");
	}
	l->pack->places = v.v;
	l->pack->n_places = v.n;
	for (size_t i = 0; i < v.n; i++)
		if (map_put(&l->pack->by_place, key_of(&v.v[i].id), &v.v[i]))
			problem(l, t.file, lines.v[i], "the place %lld stands twice", (long long)v.v[i].id);
	for (size_t i = 0; i < v.n; i++) {
		v.v[i].up = parents.v[i] ? pack_place(l->pack, parents.v[i]) : NULL;
		if ((v.v[i].level == 1) != (parents.v[i] == 0) || (parents.v[i] && (!v.v[i].up || v.v[i].up->level >= v.v[i].level))) {
			problem(l, t.file, lines.v[i], "a region has no parent, a district has a region");
			v.v[i].up = NULL; /* no circle for those who climb */
		}
	}
	load_shapes(l);
}

/* ---- topics.csv ---- */

void load_topics(struct loading *l)
{
	VEC(struct topic) v = { 0 };
	VEC(struct str) parents = { 0 };
	VEC(int) lines = { 0 };
	struct table t;

	if (!table_open(&t, l, "topics.csv", COLUMNS("code", "parent", "name_kk", "name_ru", "name_en", "stems_kk", "stems_ru", "body_kind", "number")))
		return;
	while (table_next(&t)) {
		struct topic *p = VEC_ADD(l->arena, &v);

		*p = (struct topic){ .code = cell_needed(&t, "code"), .name = cell_name3(&t, "name"), .stems_kk = cell_text(&t, "stems_kk"),
				     .stems_ru = cell_text(&t, "stems_ru"), .body_kind = cell_text(&t, "body_kind"), .number = cell_text(&t, "number"),
				     .index = v.n - 1 };
		*VEC_ADD(l->arena, &parents) = cell_text(&t, "parent");
		*VEC_ADD(l->arena, &lines) = t.line;
	}
	l->pack->topics = v.v;
	l->pack->n_topics = v.n;
	for (size_t i = 0; i < v.n; i++)
		if (map_put(&l->pack->by_topic, v.v[i].code, &v.v[i]))
			problem(l, t.file, lines.v[i], "the topic %.*s stands twice", STR_FMT(v.v[i].code));
	for (size_t i = 0; i < v.n; i++) {
		v.v[i].up = parents.v[i].n ? pack_topic(l->pack, parents.v[i]) : NULL;
		if (parents.v[i].n && (!v.v[i].up || parents.v[v.v[i].up->index].n)) {
			problem(l, t.file, lines.v[i], "the parent %.*s is no topic of the first level", STR_FMT(parents.v[i]));
			v.v[i].up = NULL;
		}
		if (!v.v[i].body_kind.n && v.v[i].up)
			v.v[i].body_kind = v.v[i].up->body_kind;
		if (!v.v[i].body_kind.n)
			problem(l, t.file, lines.v[i], "body_kind is empty: who answers first?");
	}
}

/* ---- bodies.csv ---- */

static void read_profile(struct table *t, struct body *b)
{
	VEC(const struct topic *) v = { 0 };
	struct str rest = cell_text(t, "topics"), one;

	while (rest.n && str_cut(&rest, '|', &one)) {
		const struct topic *topic = pack_topic(t->l->pack, one);

		if (topic)
			*VEC_ADD(t->l->arena, &v) = topic;
		else
			problem(t->l, t->file, t->line, "unknown topic in the profile: %.*s", STR_FMT(one));
	}
	b->topics = v.v;
	b->n_topics = v.n;
}

static void link_bodies(struct loading *l, struct body *v, size_t n, const int64_t *parents, const int *lines)
{
	for (size_t i = 0; i < n; i++) {
		if (map_put(&l->pack->by_body, key_of(&v[i].id), &v[i]) || map_put(&l->pack->by_body_code, v[i].code, &v[i]))
			problem(l, "bodies.csv", lines[i], "the body %lld (%.*s) stands twice", (long long)v[i].id, STR_FMT(v[i].code));
	}
	for (size_t i = n; i-- > 0;) {
		const struct body **first = v[i].place ? &l->pack->places[v[i].place - l->pack->places].bodies : &l->pack->central;

		v[i].next = *first;
		*first = &v[i];
	}
	for (size_t i = 0; i < n; i++) {
		v[i].up = parents[i] ? pack_body(l->pack, parents[i]) : NULL;
		if (parents[i] && !v[i].up)
			problem(l, "bodies.csv", lines[i], "unknown parent %lld", (long long)parents[i]);
	}
	for (size_t i = 0; i < n; i++) {
		const struct body *b = &v[i];

		for (int steps = 0; b; b = b->up)
			if (++steps > 10) {
				problem(l, "bodies.csv", lines[i], "the parents of %.*s go in a circle", STR_FMT(v[i].code));
				v[i].up = NULL;
				break;
			}
	}
}

void load_bodies(struct loading *l)
{
	VEC(struct body) v = { 0 };
	VEC(int64_t) parents = { 0 };
	VEC(int) lines = { 0 };
	struct table t;

	if (!table_open(&t, l, "bodies.csv", COLUMNS("id", "code", "parent", "place", "kind", "name_kk", "name_ru", "name_en", "topics", "email", "phone")))
		return;
	while (table_next(&t)) {
		struct body *b = VEC_ADD(l->arena, &v);
		int64_t place = cell_int(&t, "place");

		*b = (struct body){ .id = cell_int(&t, "id"), .code = cell_needed(&t, "code"), .kind = cell_needed(&t, "kind"),
				    .name = cell_name3(&t, "name"), .email = cell_text(&t, "email"), .phone = cell_text(&t, "phone") };
		b->place = place ? pack_place(l->pack, place) : NULL;
		if (place && !b->place)
			problem(l, t.file, t.line, "unknown place %lld", (long long)place);
		if (b->id <= 0)
			problem(l, t.file, t.line, "id must be a number above 0");
		read_profile(&t, b);
		*VEC_ADD(l->arena, &parents) = cell_int(&t, "parent");
		*VEC_ADD(l->arena, &lines) = t.line;
	}
	l->pack->bodies = v.v;
	l->pack->n_bodies = v.n;
	link_bodies(l, v.v, v.n, parents.v, lines.v);
}

/* ---- bases.csv, kinds.csv, standard.csv, grounds.csv ---- */

void load_bases(struct loading *l)
{
	struct table t;

	if (!table_open(&t, l, "bases.csv", COLUMNS("basis", "name_kk", "name_ru", "name_en")))
		return;
	while (table_next(&t)) {
		struct basis *b = ARENA_NEW(l->arena, struct basis);

		*b = (struct basis){ .code = cell_needed(&t, "basis"), .name = cell_name3(&t, "name") };
		row_once(&t, b->code);
		map_put(&l->pack->by_basis, b->code, b);
	}
}

static const struct basis *cell_basis(struct table *t)
{
	struct str code = cell_needed(t, "basis");
	const struct basis *b = map_get(&t->l->pack->by_basis, code);

	if (code.n && !b)
		problem(t->l, t->file, t->line, "the basis \"%.*s\" has no name in bases.csv", STR_FMT(code));
	return b;
}

void load_kinds(struct loading *l)
{
	VEC(struct kind) v = { 0 };
	struct table t;

	if (!table_open(&t, l, "kinds.csv", COLUMNS("code", "name_kk", "name_ru", "name_en", "plain_kk", "plain_ru", "plain_en", "term", "unit", "extendable", "hearing",
						  "simplified", "offered", "basis", "confidence", "valid_from")))
		return;
	while (table_next(&t)) {
		struct kind *k = VEC_ADD(l->arena, &v);

		*k = (struct kind){ .code = cell_needed(&t, "code"), .name = cell_name3(&t, "name"), .plain = cell_name3(&t, "plain"),
				    .term = (int)cell_int(&t, "term"), .unit = cell_unit(&t, "unit"), .extendable = cell_yes(&t, "extendable"),
				    .hearing = cell_yes(&t, "hearing"), .simplified = cell_yes(&t, "simplified"), .offered = cell_yes(&t, "offered"),
				    .basis = cell_basis(&t), .confidence = cell_confidence(&t), .valid_from = cell_day(&t, "valid_from") };
		row_once(&t, k->code);
		if (k->term <= 0 || k->unit > UNIT_MONTH)
			problem(l, t.file, t.line, "the term must be above 0, in working_day, day or month");
	}
	l->pack->kinds = v.v;
	l->pack->n_kinds = v.n;
	for (size_t i = 0; i < v.n; i++)
		map_put(&l->pack->by_kind, v.v[i].code, &v.v[i]);
}

static int by_code_and_day(const void *a, const void *b)
{
	const struct clause *x = a, *y = b;
	int c = str_cmp(x->code, y->code);

	return c ? c : (x->valid_from.v > y->valid_from.v) - (x->valid_from.v < y->valid_from.v);
}

/* The rules that the program asks for by name; a pack without one of them cannot serve. */
static const char *const needed_clauses[] = {
	"register",      "pass_on",        "extension_max",  "extension_notice", "supplement",    "hearing_notice", "complaint_term",
	"contest_after", "not_clear_term", "follow_up",      "remind_before",    "letters_keep",   "reopen_term",   "ping_pong_hops",
	"meeting_announce", "meeting_calendar", "meeting_hold", "meeting_minutes", "meeting_reserved", "meeting_talk",
	"plain_years",   "second_reader",  "quality_sample", "quality_days",
	"petition_moderation", "petition_supporters", "petition_supporters_term", "petition_open", "petition_review", "petition_review_local",
	"petition_group", "petition_report", "petition_contest", "petition_register", "petition_discussion", "petition_queue_late", "petition_confirm",
	"petition_mails", "petition_unusual_times", "petition_unusual_least", "petition_anonymise",
	"reception_monthly", "reception_schedule", "reception_reserve", "reception_confirm", "reception_limit", "reception_limit_all", "reception_ahead",
	"reception_oral", "reception_promise", "reception_sample", "reception_days",
	"answer_step",    "step_moves",     "plan_measure",   "plan_report",    "briefing",       "accreditation",  "press_publish",
	"embargo_remind", "embargo_max",    "board_sample",
};

void load_clauses(struct loading *l)
{
	VEC(struct clause) v = { 0 };
	struct table t;

	if (!table_open(&t, l, "standard.csv", COLUMNS("code", "value", "unit", "text_kk", "text_ru", "text_en", "basis", "confidence", "valid_from")))
		return;
	while (table_next(&t)) {
		struct clause *c = VEC_ADD(l->arena, &v);

		*c = (struct clause){ .code = cell_needed(&t, "code"), .value = cell_int(&t, "value"), .unit = cell_unit(&t, "unit"),
				      .text = cell_name3(&t, "text"), .basis = cell_basis(&t), .confidence = cell_confidence(&t),
				      .valid_from = cell_day(&t, "valid_from") };
		row_once(&t, str_fmt(l->arena, "%.*s of %.*s", STR_FMT(c->code), STR_FMT(cell_text(&t, "valid_from"))));
		if (c->value < 0)
			problem(l, t.file, t.line, "the value of %.*s is below 0", STR_FMT(c->code));
	}
	if (v.n)
		qsort(v.v, v.n, sizeof(*v.v), by_code_and_day);
	l->pack->clauses = v.v;
	l->pack->n_clauses = v.n;
	for (size_t i = v.n; i > 0; i--)
		map_put(&l->pack->by_clause, v.v[i - 1].code, &v.v[i - 1]);
	for (size_t i = 0; i < ARRAY_LEN(needed_clauses); i++)
		if (!pack_has_clause(l->pack, needed_clauses[i]))
			problem(l, t.file, 1, "the clause %s is missing", needed_clauses[i]);
}

/* The grounds that the program itself gives: taking over petitions, and a petition that is there already. */
static const char *const needed_grounds[] = { "petition_duplicate", "petition_excluded", "petition_insult", "petition_no_demand", "petition_not_body" };

void load_grounds(struct loading *l)
{
	VEC(struct ground) v = { 0 };
	struct table t;

	if (!table_open(&t, l, "grounds.csv", COLUMNS("code", "use", "text_kk", "text_ru", "text_en", "basis", "confidence", "valid_from")))
		return;
	while (table_next(&t)) {
		struct ground *g = VEC_ADD(l->arena, &v);

		*g = (struct ground){ .code = cell_needed(&t, "code"), .use = cell_needed(&t, "use"), .text = cell_name3(&t, "text"),
				      .basis = cell_basis(&t), .confidence = cell_confidence(&t), .valid_from = cell_day(&t, "valid_from") };
		row_once(&t, g->code);
	}
	l->pack->grounds = v.v;
	l->pack->n_grounds = v.n;
	for (size_t i = 0; i < v.n; i++)
		map_put(&l->pack->by_ground, v.v[i].code, &v.v[i]);
	for (size_t i = 0; i < ARRAY_LEN(needed_grounds); i++)
		if (!pack_ground(l->pack, str_of(needed_grounds[i])))
			problem(l, t.file, 1, "the ground %s is missing", needed_grounds[i]);
}

/* ---- holidays.csv ---- */

static int by_day(const void *a, const void *b)
{
	const struct special_day *x = a, *y = b;

	return (x->day.v > y->day.v) - (x->day.v < y->day.v);
}

void load_days(struct loading *l)
{
	static const struct { struct str name; enum day_kind kind; } kinds[] = {
		{ S_INIT("holiday"), DAY_HOLIDAY },   { S_INIT("transferred"), DAY_TRANSFERRED }, { S_INIT("off"), DAY_OFF },
		{ S_INIT("swap_off"), DAY_SWAP_OFF }, { S_INIT("swap_worked"), DAY_SWAP_WORKED },
	};
	VEC(struct special_day) v = { 0 };
	struct table t;
	int y = 0, m, d;

	if (!table_open(&t, l, "holidays.csv", COLUMNS("date", "kind", "name_kk", "name_ru", "name_en")))
		return;
	while (table_next(&t)) {
		struct special_day *s = VEC_ADD(l->arena, &v);
		struct str kind = cell_text(&t, "kind");

		*s = (struct special_day){ .day = cell_day(&t, "date"), .name = cell_name3(&t, "name") };
		for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
			if (str_eq(kind, kinds[i].name))
				s->kind = kinds[i].kind;
		if (s->kind == DAY_ORDINARY)
			problem(l, t.file, t.line, "kind must be holiday, transferred, off, swap_off or swap_worked");
		row_once(&t, cell_text(&t, "date"));
	}
	if (v.n) {
		qsort(v.v, v.n, sizeof(*v.v), by_day);
		day_to_ymd(v.v[v.n - 1].day, &y, &m, &d);
	}
	l->pack->days = v.v;
	l->pack->n_days = v.n;
	if (!day_from_ymd(y, 12, 31, &l->pack->days_known_to))
		problem(l, t.file, 1, "there is no holiday at all");
}
