/* import_command.c: reads the file record by record and files batches of them, a transaction a batch. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "appeal/appeal_do.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "body/body.h"
#include "channel/api.h"
#include "channel/import.h"
#include "gen/channel_sql.h"
#include "petition/petition_import.h"
#include "place/place.h"
#include "standard/csv.h"
#include "standard/standard.h"
#include "text/suggest.h"
#include "text/text.h"

#define BATCH 200
#define SHOWN 200 /* reasons printed; the rest is counted */

struct line {
	struct import_record r;
	int64_t number;
};
struct importing {
	struct app *app;
	FILE *file;
	bool json, dry, too_long;  /* too_long: the record read last was not kept */
	struct str header;       /* CSV: the first line */
	int64_t number;          /* of the line read last */
	struct line batch[BATCH];
	size_t n;
	struct arena arena;      /* of the batch */
	int64_t taken, known, refused, before[3];
};

static void refuse(struct importing *im, int64_t line, const char *field, const char *why)
{
	if (im->refused++ < SHOWN)
		printf("line %lld: %s: %s\n", (long long)line, field, why);
}

/* ---- from a record to an appeal ---- */

static struct str kind_of(const struct pack *p, struct str name)
{
	for (size_t i = 0; i < p->n_kinds; i++)
		for (size_t l = 0; l < LANG_N; l++)
			if (str_eq(p->kinds[i].name.v[l], name) && p->kinds[i].offered)
				return p->kinds[i].code;
	return p->kind_report->code;
}

static const struct body *body_named(const struct pack *p, struct str name)
{
	for (size_t i = 0; name.n && i < p->n_bodies; i++)
		for (size_t l = 0; l < LANG_N; l++)
			if (str_eq(p->bodies[i].name.v[l], name))
				return &p->bodies[i];
	return NULL;
}

static const struct topic *topic_for(struct arena *a, const struct pack *p, const struct import_record *r)
{
	const struct topic *t = r->topic.n ? pack_topic(p, r->topic) : NULL;
	const struct suggest_model *m = suggest_model_of(p->code);
	struct suggestion found[SUGGEST_N];

	if (!t && m && suggest_topics(a, m, r->text, found))
		t = pack_topic(p, found[0].code);
	return t ? t : p->topic_other;
}

static const struct place *place_for(struct ctx *c, const struct import_record *r, const struct body *b)
{
	struct req rq = { .ctx = *c };
	struct place_suggestion found[SUGGEST_N];
	const struct pack *p = c->app->pack;
	const struct place *place = pack_place(p, api_place_at(&rq, r->lat, r->lon));

	if (!place && c->app->gazetteer && suggest_places(c->arena, c->app->gazetteer, str_fmt(c->arena, "%.*s %.*s", STR_FMT(r->text), STR_FMT(r->org)), found))
		place = pack_place(p, found[0].id);
	if (!place && b)
		place = b->place;
	return place ? place : &p->places[0];
}

/* The person is not in exports: the record stands for them by its number there. */
static enum rc take(struct ctx *c, const struct import_record *r)
{
	const struct pack *p = c->app->pack;
	const struct body *named = body_named(p, r->org), *found[COMPETENT_MAX];
	const struct topic *topic = topic_for(c->arena, p, r);
	const struct place *place = place_for(c, r, named);
	struct actor who = { .roles = BIT(ROLE_GUEST) };
	struct appeal_case k;

	if (!topic)
		return RC_INVALID;
	if (!named && body_competent(p, topic, place, found))
		named = found[0];
	if (!named)
		return RC_INVALID;
	struct appeal_filing f = { .kind = kind_of(p, r->kind), .origin = S("import"), .lang = text_lang_code(r->text, S("ru")),
				   .text = r->text, .topic = topic->code, .place = place->id, .body = named->id, .address = r->address, .lat = r->lat, .lon = r->lon,
				   .people = 1, .reply_by = S("post"), .post_address = str_fmt(c->arena, "%.*s", STR_FMT(r->source)),
				   .name = str_fmt(c->arena, "%.*s %.*s", STR_FMT(r->source), STR_FMT(r->id)) };

	TRY(appeal_file(c, &who, &f, &k));
	int64_t changed;

	TRY(import_keep(c->db, r->source, r->id, k.a.id, when_now(), &changed));
	return r->closed ? appeal_close_past(c, k.a.id) : RC_OK;
}

static enum rc run_batch(struct db *db, void *arg)
{
	struct importing *im = arg;
	struct ctx c = app_ctx(im->app, &im->arena, db);

	im->taken = im->before[0]; /* a transaction that is run again counts again from here */
	im->known = im->before[1];
	im->refused = im->before[2];
	for (size_t i = 0; i < im->n; i++) {
		struct import_row seen;
		enum rc rc = import_seen(db, im->batch[i].r.source, im->batch[i].r.id, &seen);

		if (rc == RC_OK) {
			im->known++;
			continue;
		}
		if (rc != RC_NOT_FOUND)
			return rc;
		c.now = im->batch[i].r.at;
		TRY(db_savepoint(db));
		rc = take(&c, &im->batch[i].r);
		if (rc == RC_INVALID) {
			TRY(db_rollback_to(db));
			refuse(im, im->batch[i].number, "record", "no body of the pack is competent for it, or a field breaks a rule of filing");
			continue;
		}
		TRY(rc);
		if (im->dry)
			TRY(db_rollback_to(db));
		else
			TRY(db_release(db));
		im->taken++;
	}
	return RC_OK;
}

static enum rc flush_batch(struct importing *im)
{
	im->before[0] = im->taken;
	im->before[1] = im->known;
	im->before[2] = im->refused;
	enum rc rc = im->n ? db_write(im->app->db, &im->arena, run_batch, im) : RC_OK;

	if (rc != RC_OK) { /* nothing of the batch is there */
		im->taken = im->before[0];
		im->known = im->before[1];
		im->refused = im->before[2];
	}
	im->n = 0;
	arena_end(&im->arena);
	return rc;
}

/* ---- reading ---- */

/* A record as text: a line of JSON, or the lines of a CSV record with quoted line breaks. RC_NOT_FOUND at the end. */
static enum rc next_text(struct importing *im, struct str *ret, int64_t *ret_line)
{
	struct out o = OUT_ON(&im->arena);
	char *buf = NULL;
	size_t cap = 0;
	ssize_t n;

	*ret_line = im->number + 1;
	im->too_long = false;
	while ((n = getline(&buf, &cap, im->file)) > 0) {
		im->number++;
		im->too_long = im->too_long || o.n + (size_t)n > IMPORT_RECORD_MAX;
		if (!im->too_long)
			out_bytes(&o, buf, (size_t)n);
		if (im->json || import_csv_whole(out_done(&o)))
			break;
	}
	free(buf);
	*ret = str_trim(out_done(&o));
	return n > 0 || o.n ? RC_OK : RC_NOT_FOUND;
}

static bool csv_fields(struct importing *im, struct str text, struct import_fields *f)
{
	struct csv csv;
	struct str cells[CSV_COLUMNS_MAX];
	struct str whole = str_fmt(&im->arena, "%.*s\n%.*s\n", STR_FMT(im->header), STR_FMT(text));

	if (csv_open(&csv, &im->arena, whole, ',') != RC_OK || csv_row(&csv, cells) != RC_OK)
		return false;
	f->n = csv.n_columns < IMPORT_COLUMNS_MAX ? csv.n_columns : IMPORT_COLUMNS_MAX;
	for (size_t i = 0; i < f->n; i++) {
		f->names[i] = csv.columns[i];
		f->values[i] = cells[i];
	}
	return true;
}

static enum rc read_one(struct importing *im)
{
	struct import_fields f = { .n = 0 };
	struct import_record r;
	struct str text;
	const char *field = "record";
	int64_t line;

	TRY(next_text(im, &text, &line));
	if (im->too_long) {
		refuse(im, line, "record", "is longer than a megabyte");
		return RC_OK;
	}
	if (!text.n)
		return RC_OK;
	if (!im->json && !im->header.n) {
		static struct arena header; /* lives as long as the command */

		im->header = str_dup(&header, text);
		return RC_OK;
	}
	if (!(im->json ? import_json(&im->arena, text, &f) : csv_fields(im, text, &f))) {
		refuse(im, line, "record", im->json ? "is no JSON object" : "does not have the columns of the first line");
		return RC_OK;
	}
	const char *why = import_map(&im->arena, &f, &r, &field);

	if (why)
		refuse(im, line, field, why);
	else
		im->batch[im->n++] = (struct line){ r, line };
	return im->n == BATCH ? flush_batch(im) : RC_OK;
}

static enum rc read_all(struct importing *im)
{
	enum rc rc;

	while ((rc = read_one(im)) == RC_OK)
		if (!im->n && im->arena.used > IMPORT_RECORD_MAX)
			arena_end(&im->arena); /* many refused in a row */
	return rc == RC_NOT_FOUND ? flush_batch(im) : rc;
}

int import_command(struct arena *start, const struct config *c, const struct str *rest, size_t n)
{
	if (n == 2 && str_eq(rest[0], S("petitions")))
		return petition_import_command(start, c, rest[1]);
	if (n < 2 || n > 3 || !str_eq(rest[0], S("appeals")) || (n == 3 && !str_eq(rest[2], S("check")))) {
		fputs("usage: jauap import appeals FILE.csv|FILE.jsonl [check] --data DIR   check: report only, take nothing\n"
		      "       jauap import petitions FILE.jsonl --data DIR\n", stderr);
		return 2;
	}
	struct importing *im = ARENA_NEW(start, struct importing);

	im->file = fopen(str_z(start, rest[1]), "re");
	im->json = str_ends(rest[1], S(".jsonl"));
	im->dry = n == 3;
	if (!im->file) {
		fprintf(stderr, "jauap: %.*s: %s\n", STR_FMT(rest[1]), strerrorname_np(errno));
		return 1;
	}
	im->app = command_open(start, c);
	if (!im->app) {
		fclose(im->file);
		return 1;
	}
	enum rc rc = read_all(im);

	fclose(im->file);
	app_close(im->app);
	printf("%lld %s, %lld there already, %lld refused\n", (long long)im->taken, im->dry ? "would be taken" : "taken", (long long)im->known, (long long)im->refused);
	if (rc != RC_OK)
		fprintf(stderr, "jauap: stopped before line %lld: %s; reading the file again goes on there\n", (long long)im->number, rc_name(rc));
	return rc == RC_OK ? 0 : 1;
}
