/*
 * backup_command.c: `jauap backup TO` while the site serves, and `jauap restore FROM` into an empty data folder. A backup is a folder: the database as of one moment,
 * the files (their names are their sums, so copying them while others arrive is safe), the secret key. On PostgreSQL the database is pg_basebackup's
 * work (docs/operate.md); files and key are copied here all the same.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/backup_command.h"

static bool copy_file(const char *from, const char *to)
{
	char buf[64 << 10];
	int in = open(from, O_RDONLY | O_CLOEXEC), out = in < 0 ? -1 : open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	ssize_t n = -1;

	while (out >= 0 && (n = read(in, buf, sizeof(buf))) > 0)
		if (write(out, buf, (size_t)n) != n) {
			n = -1;
			break;
		}
	bool ok = out >= 0 && n == 0 && fsync(out) == 0;

	if (in >= 0)
		close(in);
	if (out >= 0)
		close(out);
	if (!ok)
		fprintf(stderr, "jauap: cannot copy %s to %s: %s\n", from, to, strerrorname_np(errno));
	return ok;
}

/* Regular files of a folder and of the folders in it; names that are there already hold the same bytes. */
static bool copy_tree(struct arena *a, const char *from, const char *to, int depth)
{
	DIR *d = opendir(from);
	bool ok = true;

	if (!d)
		return errno == ENOENT; /* no file was ever sent */
	if (mkdir(to, 0700) != 0 && errno != EEXIST) {
		closedir(d);
		return false;
	}
	for (struct dirent *e; ok && (e = readdir(d));) {
		const char *x = str_fmt(a, "%s/%s", from, e->d_name).p, *y = str_fmt(a, "%s/%s", to, e->d_name).p;
		struct stat st;

		if (e->d_name[0] == '.' || stat(x, &st) != 0)
			continue;
		if (S_ISDIR(st.st_mode))
			ok = depth < 3 && copy_tree(a, x, y, depth + 1);
		else if (S_ISREG(st.st_mode) && access(y, F_OK) != 0)
			ok = copy_file(x, y);
	}
	closedir(d);
	return ok;
}

static const char *in_dir(struct arena *a, struct str dir, const char *name)
{
	return str_fmt(a, "%.*s/%s", STR_FMT(dir), name).p;
}

int backup_command(struct arena *start, const struct config *c, const struct str *rest, size_t n)
{
	if (n != 1) {
		fputs("usage: jauap backup TO-FOLDER --data DIR\n", stderr);
		return 2;
	}
	struct app *app = command_open(start, c);
	struct str why = S("");

	if (!app)
		return 1;
	bool ok = mkdir(str_z(start, rest[0]), 0700) == 0;

	if (!ok)
		fprintf(stderr, "jauap: %.*s must be a new folder\n", STR_FMT(rest[0]));
	if (ok && db_engine(app->db) == DB_SQLITE && db_backup(app->db, in_dir(start, rest[0], "jauap.db"), &why) != RC_OK) {
		fprintf(stderr, "jauap: %.*s\n", STR_FMT(why));
		ok = false;
	}
	ok = ok && copy_tree(start, in_dir(start, c->data, "files"), in_dir(start, rest[0], "files"), 0) &&
	     copy_file(in_dir(start, c->data, "secret.key"), in_dir(start, rest[0], "secret.key"));
	app_close(app);
	if (ok)
		printf("backed up to %.*s\n", STR_FMT(rest[0]));
	return ok ? 0 : 1;
}

/* A damaged copy is refused before anything is touched. */
static bool whole(const char *path)
{
	sqlite3 *h = NULL;
	sqlite3_stmt *s = NULL;
	bool ok = sqlite3_open_v2(path, &h, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
		  sqlite3_prepare_v2(h, "PRAGMA integrity_check", -1, &s, NULL) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW &&
		  strcmp((const char *)sqlite3_column_text(s, 0), "ok") == 0;

	sqlite3_finalize(s);
	sqlite3_close(h);
	return ok;
}

int restore_command(struct arena *start, const struct config *c, const struct str *rest, size_t n)
{
	if (n != 1) {
		fputs("usage: jauap restore FROM-FOLDER --data DIR\n", stderr);
		return 2;
	}
	const char *from = in_dir(start, rest[0], "jauap.db"), *to = in_dir(start, c->data, "jauap.db");

	if (access(from, R_OK) != 0 || !whole(from)) {
		fprintf(stderr, "jauap: %s is no whole database\n", from);
		return 1;
	}
	if ((mkdir(str_z(start, c->data), 0700) != 0 && errno != EEXIST) || access(to, F_OK) == 0) {
		fprintf(stderr, "jauap: %.*s must be empty: nothing is ever restored over a database\n", STR_FMT(c->data));
		return 1;
	}
	bool ok = copy_file(in_dir(start, rest[0], "secret.key"), in_dir(start, c->data, "secret.key")) &&
		  copy_tree(start, in_dir(start, rest[0], "files"), in_dir(start, c->data, "files"), 0) && copy_file(from, to);

	if (ok)
		printf("restored into %.*s\n", STR_FMT(c->data));
	return ok ? 0 : 1;
}
