#include "app/world_test.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/random.h"
#include "gen/account_sql.h"
#include "gen/migrations.h"

static const struct { enum post post; enum role role; } posts[POST_N] = {
	{ POST_REGISTRAR, ROLE_REGISTRAR }, { POST_HEAD, ROLE_HEAD },     { POST_EXECUTOR, ROLE_EXECUTOR },
	{ POST_COEXECUTOR, ROLE_COEXECUTOR }, { POST_APPROVER, ROLE_APPROVER }, { POST_SIGNER, ROLE_SIGNER },
	{ POST_CONTROLLER, ROLE_CONTROLLER }, { POST_MODERATOR, ROLE_MODERATOR },
	{ POST_PRESS, ROLE_PRESS },
};

enum rc world_wrong(const char *file, int line, const char *what, long long got, long long want)
{
	fprintf(stderr, "%s:%d: %s: is %lld, want %lld\n", file, line, what, got, want);
	return RC_INTERNAL;
}

struct when world_day(const struct world *w, int days, int hour)
{
	struct day d = when_day(w->monday);

	d.v += days;
	return when_of_day(d, hour, 0);
}

static enum rc add_staff(struct db *db, struct world *w, size_t body, size_t post)
{
	struct account_id id = { id_make() };
	struct str name = str_fmt(&w->arena, "%s %zu", role_name(posts[post].role), body);
	struct str email = str_fmt(&w->arena, "s%lld@example.kz", (long long)id.v);
	int64_t changed;

	TRY(account_insert_staff(db, id, name, email, email, S(""), S(""), w->monday, &changed));
	TRY(staff_role_insert(db, (struct staff_role_id){ id_make() }, id, w->body[body], str_of(role_name(posts[post].role)), w->monday,
			      &changed));
	w->staff[body][post] = (struct actor){ .account = id.v, .roles = BIT(posts[post].role), .body = w->body[body] };
	return RC_OK;
}

static enum rc people(struct db *db, void *arg)
{
	struct world *w = arg;
	struct actor *who[] = { &w->citizen, &w->stranger };
	int64_t changed;

	for (size_t b = 0; b < WORLD_BODIES; b++)
		for (size_t p = 0; p < POST_N; p++)
			TRY(add_staff(db, w, b, p));
	for (size_t i = 0; i < ARRAY_LEN(who); i++) {
		struct account_id id = { id_make() };
		struct str email = str_fmt(&w->arena, "c%lld@example.kz", (long long)id.v);

		TRY(account_insert_citizen(db, id, S("Айгүл"), email, email, S("kk"), w->monday, &changed));
		*who[i] = (struct actor){ .account = id.v, .roles = CITIZEN };
	}
	w->guest = (struct actor){ .roles = BIT(ROLE_GUEST) };
	return RC_OK;
}

static void make(struct world *w, struct test_store *store, struct str country)
{
	static const char *const codes[WORLD_BODIES] = { "r10_roads", "r10_utilities", "r10_health", "r10_akimat" };
	struct str why = S("");

	memcpy(w->dir, "/tmp/jauap-world-XXXXXX", sizeof("/tmp/jauap-world-XXXXXX"));
	CHECK(mkdtemp(w->dir));
	struct config c = { .country = country, .data = str_of(w->dir), .database = str_of(store->options.url), .db_readers = 2,
			    .db_writers = 2, .rate_off = true };

	if (app_open(&w->arena, &c, &w->app, &why) != RC_OK)
		print_error("%.*s\n", STR_FMT(why));
	CHECK(w->app);
	for (size_t i = 0; i < WORLD_BODIES; i++) {
		const struct body *b = pack_body_by_code(w->app->pack, str_of(codes[i]));

		CHECK(b);
		w->body[i] = b->id;
	}
	for (size_t i = 0; i < w->app->pack->n_places && !w->place; i++)
		if (w->app->pack->places[i].up) {
			w->place = w->app->pack->places[i].id;
			w->region = w->app->pack->places[i].up->id;
		}
	w->monday = when_from_civil(2026, 2, 2, 10, 0, 0);
	CHECK(db_write(w->app->db, &w->arena, people, w) == RC_OK);
}

static void take_away(struct world *w)
{
	char path[400];
	DIR *d = opendir(w->dir);

	app_close(w->app);
	for (struct dirent *e; d && (e = readdir(d));) {
		snprintf(path, sizeof(path), "%s/%s", w->dir, e->d_name);
		unlink(path);
	}
	if (d)
		closedir(d);
	rmdir(w->dir);
	arena_end(&w->arena);
}

struct running {
	struct world *w;
	scenario *run;
};

static enum rc in_transaction(struct db *db, void *arg)
{
	struct running *r = arg;
	struct ctx c = { .arena = &r->w->arena, .db = db, .now = r->w->monday, .app = r->w->app };

	enum rc rc = r->run(&c, r->w);

	if (rc != RC_OK && c.fail_detail.n)
		fprintf(stderr, "detail: %.*s\n", STR_FMT(c.fail_detail));
	return rc;
}

static struct test_store model;

static void end_model(void)
{
	store_end(&model);
}

/* All migrations cost PostgreSQL more than most tests: they run once a process, in a database that the worlds are copies of. */
static const struct test_store *migrated(void)
{
	struct str why = S("");

	if (model.options.url)
		return &model;
	store_make(&model, DB_POSTGRES);
	store_open(&model);
	if (db_migrate(model.pool, migrations, migrations_n, &why) != RC_OK)
		fail_msg("%.*s", STR_FMT(why));
	store_close(&model);
	atexit(end_model);
	return &model;
}

static void begin(struct world *w, struct test_store *store, struct str country, enum db_engine e)
{
	if (e == DB_POSTGRES)
		store_copy(store, migrated());
	else
		store_make(store, e);
	make(w, store, country);
	snprintf(store->path, sizeof(store->path), "%.30s/jauap.db", w->dir);
}

static void end(struct world *w, struct test_store *store)
{
	take_away(w);
	store_end(store);
	arena_end(&store->arena);
}

static void run_on(scenario *run, struct str country, enum db_engine e)
{
	struct world w = { 0 };
	struct running r = { &w, run };
	struct test_store store;

	begin(&w, &store, country, e);
	enum rc rc = db_write(w.app->db, &w.arena, in_transaction, &r);

	end(&w, &store);
	CHECK_INT(rc, RC_OK);
}

void world_run_country(scenario *run, struct str country)
{
	run_on(run, country, DB_SQLITE);
	if (getenv("JAUAP_TEST_PG"))
		run_on(run, country, DB_POSTGRES);
}

void world_run(scenario *run)
{
	world_run_country(run, S(SOURCE_ROOT "/country/kz"));
}

void world_with(void (*run)(struct world *w, struct test_store *s))
{
	static const enum db_engine engines[] = { DB_SQLITE, DB_POSTGRES };

	for (size_t i = 0; i < (getenv("JAUAP_TEST_PG") ? ARRAY_LEN(engines) : 1); i++) {
		struct world w = { 0 };
		struct test_store store;

		begin(&w, &store, S(SOURCE_ROOT "/country/kz"), engines[i]);
		run(&w, &store);
		end(&w, &store);
	}
}
