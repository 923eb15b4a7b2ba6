#include "answer/reading.h"

#include "answer/quality.h"
#include "app/app.h"
#include "appeal/appeal_rules.h"
#include "base/random.h"
#include "gen/account_sql.h"
#include "gen/messages.h"
#include "insight/tally.h"

#define NEAR_PER_BAND 20
#define COPY_SHOWN 75
#define WORDS_OF_BODY 300
#define READERS_MAX 100

static struct str lines(struct arena *a, struct str to, struct str line)
{
	return to.n ? str_fmt(a, "%.*s\n%.*s", STR_FMT(to), STR_FMT(line)) : line;
}

static struct str reply_to(const struct answer_whole *w, int64_t number)
{
	for (size_t i = 0; i < w->parts.n; i++)
		if (w->parts.v[i].number == number)
			return w->parts.v[i].text;
	return S("");
}

/* The delivered answer to another appeal that agrees most; ten lookups, however many answers there are. */
static enum rc earlier_like(struct ctx *c, const struct appeal_case *k, struct str text, struct str *ret)
{
	struct text_sketch mine = text_sketch(c->arena, text), other = { .triples = 1 };
	int best = COPY_SHOWN - 1;
	int64_t best_id = 0;

	*ret = S("");
	for (size_t b = 0; mine.triples && b < SKETCH_BANDS; b++) {
		struct sketch_row_list near;

		TRY(sketch_near(c->db, text_sketch_band(&mine, b), k->a.id.v, NEAR_PER_BAND, &near));
		for (size_t i = 0; i < near.n; i++) {
			if (near.v[i].least.n != sizeof(other.least))
				continue;
			memcpy(other.least, near.v[i].least.p, sizeof(other.least));
			int alike = text_sketch_alike(&mine, &other);

			if (alike > best) {
				best = alike;
				best_id = near.v[i].answer_id;
			}
		}
	}
	struct answer_row w;

	if (best_id) {
		TRY(answer_by_id(c->db, (struct answer_id){ best_id }, &w));
		*ret = w.text;
	}
	return RC_OK;
}

static void fill(struct ctx *c, const struct appeal_case *k, const struct answer_whole *w, struct check_text *t)
{
	struct arena *a = c->arena;
	struct check_point *points = ARENA_ARRAY(a, k->parts.n + 1, struct check_point);
	int64_t owed = k->mine ? parts_of(k->mine, k->parts.n) : parts_all(k->parts.n);

	*t = (struct check_text){ .lang = k->a.lang, .question = lines(a, k->a.title, k->a.text), .text = w->a.text, .decision = w->a.decision,
				  .ground = w->a.ground.n > 0, .points = points,
				  .plain_years = pack_clause(c->app->pack, "plain_years", when_day(c->now))->value };
	t->own = str_fmt(a, "%.*s %.*s %.*s %.*s %.*s", STR_FMT(k->a.name), STR_FMT(k->a.email), STR_FMT(k->a.phone), STR_FMT(k->a.post_address),
			 STR_FMT(k->a.on_behalf_of));
	for (size_t i = 0; i < k->parts.n; i++) {
		int64_t n = k->parts.v[i].number;

		if (n >= 1 && n <= 30 && (owed & (int64_t)1 << (n - 1)))
			points[t->n_points++] = (struct check_point){ n, k->parts.v[i].text, reply_to(w, n) };
	}
	for (size_t i = 0; i < w->options.n; i++)
		t->options = lines(a, t->options, w->options.v[i].text);
	for (size_t i = 0; i < w->steps.n; i++) {
		t->steps = lines(a, t->steps, w->steps.v[i].text);
		t->dated_steps += w->steps.v[i].due_on.v > 0;
	}
}

static enum rc words_of_body(struct ctx *c, int64_t body, const struct phrase_set **ret)
{
	struct plain_word_row_list rows;

	TRY(plain_word_list(c->db, body, WORDS_OF_BODY, &rows));
	struct phrase *v = ARENA_ARRAY(c->arena, rows.n + 1, struct phrase);

	for (size_t i = 0; i < rows.n; i++) {
		enum text_lang lang = str_eq(rows.v[i].lang, S("kk")) ? TEXT_KK : str_eq(rows.v[i].lang, S("ru")) ? TEXT_RU : TEXT_EN;

		v[i] = (struct phrase){ .pattern = rows.v[i].pattern, .instead = rows.v[i].instead, .lang = lang, .inflects = true };
	}
	*ret = phrase_set_make(c->arena, v, rows.n);
	return RC_OK;
}

bool answer_reading_passed(const struct answer_reading *r, enum finding f)
{
	for (size_t i = 0; i < r->passed.n; i++)
		if (str_eq(r->passed.v[i].kind, str_of(finding_name(f))))
			return true;
	return false;
}

enum rc answer_read(struct ctx *c, const struct appeal_case *k, const struct answer_whole *w, struct answer_reading *ret)
{
	struct answer_reading r = { .blocking = 0 };
	struct check_text t;

	fill(c, k, w, &t);
	TRY(earlier_like(c, k, w->a.text, &t.earlier));
	TRY(words_of_body(c, k->who.body, &t.own_words));
	if (w->a.id.v)
		TRY(finding_pass_list(c->db, w->a.id, &r.passed));
	check_find(c->arena, c->app->pack->wording, when_day(c->now), &t, &r.found);
	for (size_t i = 0; i < r.found.n; i++)
		r.blocking += r.found.v[i].blocks && !answer_reading_passed(&r, r.found.v[i].kind);
	*ret = r;
	return RC_OK;
}

enum rc answer_let_pass(struct ctx *c, const struct appeal_case *k, const struct answer_whole *w, enum finding f, struct str reason)
{
	struct answer_reading r;
	int64_t changed;
	bool found = false;

	if (!k->mine || !(k->may & BIT(ROLE_CONTROLLER)))
		return fail(c, RC_FORBIDDEN, MSG_APPEAL_NOT_YOURS);
	if (w->state >= ANSWER_DELIVERED)
		return fail(c, RC_CONFLICT, MSG_APPEAL_NOT_NOW);
	if (!str_trim(reason).n)
		return fail(c, RC_INVALID, MSG_APPEAL_FAULT_REASON);
	TRY(answer_read(c, k, w, &r));
	for (size_t i = 0; i < r.found.n; i++)
		found = found || (r.found.v[i].kind == f && r.found.v[i].blocks);
	if (!found)
		return fail(c, RC_INVALID, MSG_CHECK_NOTHING_TO_PASS);
	return finding_pass_insert(c->db, (struct finding_pass_id){ id_make() }, w->a.id, k->who.body, str_of(finding_name(f)), k->who.account, reason, c->now,
				   &changed);
}

/* ---- what is kept ---- */

enum rc answer_count(struct ctx *c, int64_t body, struct str metric)
{
	int64_t changed;

	return quality_add(c->db, when_day(c->now).v / 7, body, metric, 1, &changed);
}

static enum rc keep_sketch(struct ctx *c, const struct appeal_case *k, const struct answer_whole *w)
{
	struct text_sketch s = text_sketch(c->arena, w->a.text);
	int64_t changed;

	if (!s.triples)
		return RC_OK;
	TRY(sketch_insert(c->db, w->a.id, k->a.id, (struct str){ (const char *)s.least, sizeof(s.least) }, &changed));
	for (size_t b = 0; b < SKETCH_BANDS; b++)
		TRY(band_insert(c->db, text_sketch_band(&s, b), w->a.id, &changed));
	return RC_OK;
}

static enum rc keep_findings(struct ctx *c, const struct appeal_case *k, const struct answer_whole *w, const struct answer_reading *r)
{
	uint64_t told = 0;
	int64_t changed;

	for (size_t i = 0; i < r->found.n; i++) {
		const struct check_finding *f = &r->found.v[i];
		struct str kind = str_of(finding_name(f->kind));

		if (told & (uint64_t)1 << f->kind)
			continue; /* a kind counts once an answer */
		told |= (uint64_t)1 << f->kind;
		TRY(finding_insert(c->db, (struct finding_id){ id_make() }, w->a.id, w->a.body_id, w->a.writer_id, k->a.topic, kind, f->blocks, c->now, &changed));
		TRY(quality_found(c, w->a.body_id, w->a.writer_id, k->a.topic, kind));
		TRY(answer_count(c, w->a.body_id, str_fmt(c->arena, "%s:%.*s", f->blocks ? "passed" : "finding", STR_FMT(kind))));
	}
	return RC_OK;
}

/* Anybody of the body who reads answers, but not who wrote, approved or signed this one. */
static enum rc draw_reader(struct ctx *c, const struct answer_whole *w, int64_t signer)
{
	static const enum role readers[] = { ROLE_CONTROLLER, ROLE_APPROVER, ROLE_EXECUTOR, ROLE_REGISTRAR };
	int64_t one_in = pack_clause(c->app->pack, "second_reader", when_day(c->now))->value, found[READERS_MAX], changed;
	size_t n = 0;

	if (one_in <= 0 || random_below((uint64_t)one_in) != 0)
		return RC_OK;
	for (size_t r = 0; r < ARRAY_LEN(readers); r++) {
		struct staff_name_list l;

		TRY(staff_of_role(c->db, w->a.body_id, str_of(role_name(readers[r])), READERS_MAX, &l));
		for (size_t i = 0; i < l.n && n < READERS_MAX; i++)
			if (l.v[i].id.v != w->a.writer_id && l.v[i].id.v != w->a.approver_id && l.v[i].id.v != signer)
				found[n++] = l.v[i].id.v;
	}
	if (!n)
		return RC_OK; /* a body of two people has no third pair of eyes */
	return reading_insert(c->db, (struct second_reading_id){ id_make() }, w->a.id, w->a.body_id, found[random_below(n)], c->now, &changed);
}

enum rc answer_keep_reading(struct ctx *c, const struct appeal_case *k, const struct answer_whole *w)
{
	struct answer_reading r;

	TRY(answer_read(c, k, w, &r));
	TRY(keep_findings(c, k, w, &r));
	TRY(keep_sketch(c, k, w));
	TRY(answer_count(c, w->a.body_id, S("answers")));
	TRY(answer_count(c, w->a.body_id, str_fmt(c->arena, "tta:%d", tta_bucket((c->now.us - k->a.registered_at.us) / WHEN_SECOND))));
	return draw_reader(c, w, k->who.account);
}
