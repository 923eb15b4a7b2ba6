#include "file/file_sweep.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/app.h"
#include "app/jobs.h"
#include "base/vec.h"
#include "file/file.h"
#include "gen/file_sql.h"

#define SUM_DIGITS 64
#define DRAFTS 1000

static bool is_old(const struct ctx *c, const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_mtim.tv_sec < (c->now.us - FILE_AGE) / WHEN_SECOND;
}

/* A new upload of the same bytes makes the file young under the same lock: it is looked at once more. */
static bool remove_old(const struct ctx *c, const char *path)
{
	int lock = file_lock(c, true);
	bool gone = lock >= 0 && is_old(c, path) && unlink(path) == 0;

	if (lock >= 0)
		close(lock);
	return gone;
}

/* Before anything else is asked: a draft that becomes an appeal in between has its row in table file by then. */
static enum rc drafts_say(struct ctx *c, struct str *ret)
{
	struct out o = OUT_ON(c->arena);
	struct file_draft_row_list l = { .n = DRAFTS };
	struct appeal_draft_id after = { 0 };
	struct db *db;

	while (l.n == DRAFTS) {
		TRY(db_read_begin(c->app->db, c->arena, &db));
		enum rc rc = file_drafts(db, after, DRAFTS, &l);

		db_read_end(db);
		TRY(rc);
		for (size_t i = 0; i < l.n; i++)
			out_str(&o, l.v[i].files);
		if (l.n)
			after = l.v[l.n - 1].id;
	}
	*ret = out_done(&o);
	return RC_OK;
}

static enum rc is_used(struct ctx *c, struct str sum, struct str drafts, bool *ret)
{
	struct db *db;
	int64_t n;

	TRY(db_read_begin(c->app->db, c->arena, &db));
	enum rc rc = file_used(db, sum, &n);

	db_read_end(db);
	*ret = rc == RC_OK && (n || str_find(drafts, sum, 0) != SIZE_MAX);
	return rc;
}

enum rc file_sweep_folder(struct ctx *c, struct str folder, struct str *ret)
{
	struct str path = str_fmt(c->arena, "%.*s/files/%.*s", STR_FMT(c->app->config.data), STR_FMT(folder)), drafts;
	DIR *d = opendir(path.p);
	VEC(struct str) old = { 0 };

	*ret = folder;
	if (!d)
		return RC_OK; /* nothing was stored there yet */
	for (struct dirent *e; (e = readdir(d));) {
		struct str name = str_of(e->d_name);

		if (name.n >= SUM_DIGITS && is_old(c, str_fmt(c->arena, "%.*s/%s", STR_FMT(path), e->d_name).p))
			*VEC_ADD(c->arena, &old) = str_fmt(c->arena, "%s", e->d_name);
	}
	closedir(d);
	if (!old.n)
		return RC_OK;
	TRY(drafts_say(c, &drafts));
	for (size_t i = 0; i < old.n; i++) {
		bool used = false;

		if (old.v[i].n == SUM_DIGITS) /* longer: half written */
			TRY(is_used(c, old.v[i], drafts, &used));
		if (!used)
			(void)remove_old(c, str_fmt(c->arena, "%.*s/%.*s", STR_FMT(path), STR_FMT(old.v[i])).p);
	}
	return RC_OK;
}

/* The next one that is there. */
static enum rc add_folder(struct ctx *c, unsigned n)
{
	for (; n <= 0xff; n++) {
		struct str name = str_fmt(c->arena, "%02x", n);

		if (access(str_fmt(c->arena, "%.*s/files/%.*s", STR_FMT(c->app->config.data), STR_FMT(name)).p, F_OK) == 0)
			return job_add(c, "file.folder", name, str_fmt(c->arena, "file.folder %.*s", STR_FMT(name)), c->now);
	}
	return RC_OK;
}

static enum rc sweep(struct ctx *c, struct str payload)
{
	(void)payload;
	return add_folder(c, 0);
}

/* Other jobs have their turn in between. */
static enum rc next_folder(struct ctx *c, struct str payload)
{
	unsigned char n;

	if (!str_unhex(payload, &n, 1))
		return fail_log(c, RC_INVALID, S("not a folder of files"));
	return add_folder(c, n + 1U);
}

static const struct job_kind jobs[] = {
	{ .name = "file.folder", .run = next_folder, .outside = file_sweep_folder },
	{ .name = "file.sweep", .run = sweep, .every_sec = 86400 },
};

const struct module file_module = { .name = "file", .jobs = jobs, .n_jobs = ARRAY_LEN(jobs) };
