#include "petition/petition_import.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/random.h"
#include "base/utf8.h"
#include "petition/petition_inner.h"
#include "standard/pack.h"
#include "text/text.h"

#define BATCH 200
#define SOURCE "https://petition.parliament.uk/petitions/"
#define LINE_MAX_BYTES ((size_t)1 << 20)

struct past {
	struct str key, source, source_state, title, text, other, state, ground, ground_text, decision, report;
	int64_t signatures;
	struct when made, opened, closed, reached, decided;
};
struct importing {
	struct app *app;
	struct arena arena;
	struct past batch[BATCH];
	size_t n;
	int64_t line, taken, known, refused, before[2];
};

static struct str text_of(struct arena *a, const json_t *o, const char *name)
{
	const json_t *v = json_object_get(o, name);
	struct str s = S("");

	if (json_is_string(v) && utf8_clean(a, (struct str){ json_string_value(v), json_string_length(v) }, &s) == RC_OK)
		return str_trim(s);
	return S("");
}

static struct when when_in(struct arena *a, const json_t *o, const char *name)
{
	struct when w = { 0 };

	return when_parse(text_of(a, o, name), &w) ? w : (struct when){ 0 };
}

/* Codes there and grounds here; what is not in the table is "no demand". */
static struct str ground_of(struct str code)
{
	static const struct { struct str there, here; } codes[] = {
		{ S_INIT("duplicate"), S_INIT("petition_duplicate") },
		{ S_INIT("irrelevant"), S_INIT("petition_not_body") },
		{ S_INIT("honours"), S_INIT("petition_excluded") },
		{ S_INIT("libellous"), S_INIT("petition_insult") },
		{ S_INIT("offensive"), S_INIT("petition_insult") },
	};

	for (size_t i = 0; i < ARRAY_LEN(codes); i++)
		if (str_eq(code, codes[i].there))
			return codes[i].here;
	return S("petition_no_demand");
}

/* NULL: taken; else why not. */
static const char *read_one(struct arena *a, const json_t *o, struct past *ret)
{
	const json_t *id = json_object_get(o, "id"), *response = json_object_get(o, "government_response");
	struct str state = text_of(a, o, "state");
	struct past p = { .title = text_of(a, o, "action"), .text = text_of(a, o, "background"), .other = text_of(a, o, "additional_details"),
			  .signatures = json_integer_value(json_object_get(o, "signature_count")), .made = when_in(a, o, "created_at"), .opened = when_in(a, o, "opened_at"),
			  .closed = when_in(a, o, "closed_at"), .reached = when_in(a, o, "response_threshold_reached_at") };

	if (!json_is_integer(id) || json_integer_value(id) <= 0)
		return "id: is no number";
	if (!p.title.n || !p.text.n)
		return "action, background: one of them is empty";
	if (!when_set(p.made))
		return "created_at: is no date";
	if (p.signatures < 0)
		return "signature_count: is below 0";
	p.source = str_fmt(a, SOURCE "%lld", (long long)json_integer_value(id));
	p.source_state = state;
	p.key = str_fmt(a, "past:%lld", (long long)json_integer_value(id));
	if (p.other.n)
		p.text = str_fmt(a, "%.*s\n\n%.*s", STR_FMT(p.text), STR_FMT(p.other));
	p.decision = response ? text_of(a, response, "details") : S("");
	p.report = response ? text_of(a, response, "summary") : S("");
	if (response && !p.decision.n)
		p.decision = p.report;
	p.decided = p.decision.n ? when_in(a, o, "government_response_at") : (struct when){ 0 };
	if (str_eq(state, S("rejected"))) {
		p.state = S("refused");
		p.ground = ground_of(text_of(a, o, "rejection_code"));
		p.ground_text = text_of(a, o, "rejection_details");
	} else if (str_eq(state, S("open"))) {
		/* nobody can sign it here: it says so and leads to where one can */
		p.state = S("stopped");
		p.ground = S("petition_elsewhere");
	} else if (str_eq(state, S("closed"))) {
		p.state = p.decision.n ? S("decided") : S("not_enough");
	} else {
		return "state: is neither open, closed nor rejected";
	}
	*ret = p;
	return NULL;
}

static enum rc run_batch(struct db *db, void *arg)
{
	struct importing *im = arg;
	struct ctx c = app_ctx(im->app, &im->arena, db);
	const struct body *b = &c.app->pack->bodies[0];
	int64_t changed;

	im->taken = im->before[0]; /* a transaction that is run again counts again from here */
	im->known = im->before[1];
	for (size_t i = 0; i < im->n; i++) {
		const struct past *p = &im->batch[i];
		struct petition_row seen;
		enum rc rc = petition_by_link(db, p->key, &seen);

		if (rc == RC_OK) {
			im->known++;
			continue;
		}
		if (rc != RC_NOT_FOUND)
			return rc;
		struct petition_id id = { id_make() };
		struct str terms = text_terms(c.arena, str_fmt(c.arena, "%.*s %.*s", STR_FMT(p->title), STR_FMT(p->text)), false);

		TRY(petition_insert(db, id, b->id, 0, S(""), 10000, 0, S(""), (struct str){ 0 }, text_lang_code(p->text, S("en")), p->title, p->text, S(""), S(""),
				    terms, p->key, p->made, p->made, &changed));
		TRY(petition_set_past(db, id, p->state, p->signatures, p->made, p->opened, p->closed, p->closed, p->reached, p->ground, p->ground_text, p->decision,
				      p->decided, p->report, p->source, p->source_state, &changed));
		TRY(petition_ground_keep(&c, id, p->ground, S(""), str_eq(p->state, S("refused")) && petition_ground_hides(c.app->pack, p->ground)));
		TRY(petition_find_put(&c, id));
		im->taken++;
	}
	return RC_OK;
}

static enum rc flush_batch(struct importing *im)
{
	im->before[0] = im->taken;
	im->before[1] = im->known;
	enum rc rc = im->n ? db_write(im->app->db, &im->arena, run_batch, im) : RC_OK;

	if (rc != RC_OK) {
		im->taken = im->before[0];
		im->known = im->before[1];
	}
	im->n = 0;
	arena_end(&im->arena);
	return rc;
}

static enum rc take_line(struct importing *im, struct str line)
{
	json_error_t error;
	json_t *o = line.n <= LINE_MAX_BYTES ? json_loadb(line.p, line.n, JSON_REJECT_DUPLICATES, &error) : NULL;
	const char *why = json_is_object(o) ? read_one(&im->arena, o, &im->batch[im->n]) : "record: is no JSON object of at most a megabyte";

	json_decref(o);
	if (why) {
		im->refused++;
		printf("line %lld: %s\n", (long long)im->line, why);
		return RC_OK;
	}
	im->n++;
	return im->n == BATCH ? flush_batch(im) : RC_OK;
}

int petition_import_command(struct arena *start, const struct config *c, struct str file)
{
	struct importing *im = ARENA_NEW(start, struct importing);
	FILE *f = fopen(str_z(start, file), "re");
	char *buf = NULL;
	size_t cap = 0;
	ssize_t n;
	enum rc rc = RC_OK;

	if (!f) {
		fprintf(stderr, "jauap: %.*s: %s\n", STR_FMT(file), strerrorname_np(errno));
		return 1;
	}
	im->app = command_open(start, c);
	while (im->app && rc == RC_OK && (n = getline(&buf, &cap, f)) > 0) {
		im->line++;
		struct str line = str_trim((struct str){ buf, (size_t)n });

		if (line.n)
			rc = take_line(im, line);
	}
	free(buf);
	fclose(f);
	if (!im->app)
		return 1;
	if (rc == RC_OK)
		rc = flush_batch(im);
	app_close(im->app);
	printf("%lld taken, %lld there already, %lld refused\n", (long long)im->taken, (long long)im->known, (long long)im->refused);
	if (rc != RC_OK)
		fprintf(stderr, "jauap: stopped before line %lld: %s\n", (long long)im->line, rc_name(rc));
	return rc == RC_OK ? 0 : 1;
}
