/* Which stored files the sweep takes away, and which it must not. */
#include "file/file_sweep.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/jobs.h"
#include "app/world_test.h"
#include "file/file.h"

static struct stored_file store(struct ctx *c, const char *words)
{
	struct stored_file f = { 0 };

	CHECK_INT(file_store(c, &(struct http_file){ .file_name = S("a.pdf"), .bytes = str_fmt(c->arena, "%%PDF-1.4 %s", words) }, &f), RC_OK);
	return f;
}

static const char *path_of(const struct ctx *c, struct str sum)
{
	return str_fmt(c->arena, "%.*s/files/%.2s/%.*s", STR_FMT(c->app->config.data), sum.p, STR_FMT(sum)).p;
}

static void make_old(const char *path)
{
	struct timespec long_ago[2] = { { .tv_sec = 1000000000 }, { .tv_sec = 1000000000 } };

	CHECK_INT(utimensat(AT_FDCWD, path, long_ago, 0), 0);
}

static void sweep(struct ctx *c)
{
	struct str done;

	for (unsigned i = 0; i < 256; i++)
		CHECK_INT(file_sweep_folder(c, str_fmt(c->arena, "%02x", i), &done), RC_OK);
}

static bool is_there(const struct ctx *c, const struct stored_file *f)
{
	return access(path_of(c, f->sha256), F_OK) == 0;
}

static struct ctx today(struct world *w)
{
	w->app->config.file_max_bytes = 1 << 10;
	return (struct ctx){ .arena = &w->arena, .now = when_now(), .app = w->app };
}

/* Rows by themselves, without what they belong to. */
static void write_row(struct world *w, struct test_store *s, const char *sql)
{
	bool postgres = w->app->config.database.n > 0;

	(void)store_sql(s, str_fmt(&w->arena, "%s%s", postgres ? "SET session_replication_role = replica; " : "", sql).p);
}

static const struct {
	const char *row; /* with the sum of the file */
	const char *end; /* NULL: such rows stay for ever */
} refer[] = {
	{ "INSERT INTO appeal_draft (id, token_hash, kind, lang, text, files, updated_at) VALUES (1, 't', 'message', 'ru', 'x', '%.*s application/pdf 9 a.pdf', 5)",
	  "DELETE FROM appeal_draft" },
	{ "INSERT INTO file (id, appeal_id, owner_kind, owner_id, sha256, media_type, name, size_bytes, added_at) "
	  "VALUES (1, 1, 'answer', 1, '%.*s', 'application/pdf', 'a.pdf', 9, 5)", "DELETE FROM file" },
	{ "INSERT INTO measure_event (id, measure_id, kind, happened_at, sha256) VALUES (1, 1, 'noted', 5, '%.*s')", NULL },
	{ "INSERT INTO meeting_proof (id, meeting_id, channel, shown_on, sha256, account_id, made_at) VALUES (1, 1, 'site', 5, '%.*s', 1, 5)",
	  "DELETE FROM meeting_proof" },
	{ "INSERT INTO petition_paper (id, petition_id, sheet, counted, taken, doubled, place_id, reason, scan_sha256, scan_type, account_id, made_at) "
	  "VALUES (1, 1, '1', 1, 1, 0, 1, 'x', '%.*s', 'application/pdf', 1, 5)", "DELETE FROM petition_paper" },
};

static void references(struct world *w, struct test_store *s)
{
	struct ctx c = today(w);

	for (size_t i = 0; i < ARRAY_LEN(refer); i++) {
		struct stored_file f = store(&c, refer[i].row);
		struct out o = OUT_ON(&w->arena);
		struct str row = str_of(refer[i].row);
		size_t at = str_find(row, S("%.*s"), 0);

		out_str(&o, str_sub(row, 0, at));
		out_str(&o, f.sha256);
		out_str(&o, str_from(row, at + 4));
		write_row(w, s, str_z(&w->arena, out_done(&o)));
		make_old(path_of(&c, f.sha256));
		sweep(&c);
		CHECK(is_there(&c, &f));
		if (!refer[i].end)
			continue;
		write_row(w, s, refer[i].end);
		sweep(&c);
		CHECK(!is_there(&c, &f));
	}
}
TEST(a_file_goes_when_the_last_row_that_refers_to_it_has_gone_and_never_before) { world_with(references); }

static void young(struct world *w, struct test_store *s)
{
	struct ctx c = today(w);
	struct stored_file f = store(&c, "young"), g = store(&c, "kept"), h = store(&c, "old");

	(void)s;
	sweep(&c);
	CHECK(is_there(&c, &f)); /* its row may still be on the way */
	make_old(path_of(&c, f.sha256));
	make_old(path_of(&c, g.sha256));
	make_old(path_of(&c, h.sha256));
	f = store(&c, "young"); /* somebody sends the same again */
	CHECK(file_keep(&c, g.sha256));
	sweep(&c);
	CHECK(is_there(&c, &f) && is_there(&c, &g) && !is_there(&c, &h));
	CHECK(!file_keep(&c, h.sha256));
	h = store(&c, "old");
	CHECK(is_there(&c, &h));
}
TEST(the_same_bytes_sent_again_are_young_again) { world_with(young); }

static enum rc begin(struct db *db, void *arg)
{
	struct ctx *c = arg;

	c->db = db;
	return file_module.jobs[1].run(c, S(""));
}

static void daily(struct world *w, struct test_store *s)
{
	struct ctx c = today(w);
	struct stored_file f = store(&c, "of nobody"), g = store(&c, "of nobody either");
	const char *half = str_fmt(c.arena, "%s.k3x9", path_of(&c, f.sha256)).p;
	int fd = open(half, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	(void)s;
	CHECK(fd >= 0);
	close(fd);
	make_old(half);
	make_old(path_of(&c, f.sha256));
	make_old(path_of(&c, g.sha256));
	CHECK(!str_eq(str_sub(f.sha256, 0, 2), str_sub(g.sha256, 0, 2)));
	CHECK_INT(db_write(w->app->db, &w->arena, begin, &c), RC_OK);
	CHECK_INT(jobs_drain(w->app, when_add(c.now, WHEN_HOUR)), 1);
	CHECK_INT(jobs_drain(w->app, when_add(c.now, WHEN_HOUR)), 1);
	CHECK_INT(jobs_drain(w->app, when_add(c.now, WHEN_HOUR)), 0);
	CHECK(!is_there(&c, &f) && !is_there(&c, &g) && access(half, F_OK) != 0);
}
TEST(the_daily_job_goes_through_all_folders_and_takes_half_written_ones_too) { world_with(daily); }

TESTS("file", T(a_file_goes_when_the_last_row_that_refers_to_it_has_gone_and_never_before), T(the_same_bytes_sent_again_are_young_again),
      T(the_daily_job_goes_through_all_folders_and_takes_half_written_ones_too))
