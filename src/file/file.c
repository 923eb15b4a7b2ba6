#include "file/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/app.h"
#include "base/random.h"
#include "base/utf8.h"
#include "file/exif.h"
#include "gen/messages.h"

#define WORK_TIME_MS 15000
#define OUT_MAX ((size_t)16 << 20)
#define NAME_MAX_POINTS 80

static const struct {
	enum file_type type;
	size_t at;
	struct str magic;
} magics[] = {
	{ FILE_JPEG, 0, S_INIT("\xff\xd8\xff") },
	{ FILE_PNG, 0, S_INIT("\x89PNG\r\n\x1a\n") },
	{ FILE_WEBP, 8, S_INIT("WEBPVP8") },
	{ FILE_PDF, 0, S_INIT("%PDF-1.") },
	{ FILE_PDF, 0, S_INIT("%PDF-2.") },
};

enum file_type file_sniff(struct str bytes)
{
	for (size_t i = 0; i < ARRAY_LEN(magics); i++)
		if (str_starts(str_from(bytes, magics[i].at), magics[i].magic) &&
		    (magics[i].type != FILE_WEBP || str_starts(bytes, S("RIFF"))))
			return magics[i].type;
	return FILE_NONE;
}

/* Feeds the worker and drains it at once, or both would wait for each other. */
static bool exchange(int to, int from, struct str in, struct out *o)
{
	int64_t end = when_monotonic_us() + (int64_t)WORK_TIME_MS * 1000;
	char buf[16 << 10];

	for (;;) {
		struct pollfd p[2] = { { .fd = to, .events = POLLOUT }, { .fd = from, .events = POLLIN } };
		int64_t left = (end - when_monotonic_us()) / 1000;

		if (left <= 0 || poll(p, 2, (int)left) < 0)
			return false;
		if (to >= 0 && p[0].revents) {
			ssize_t n = in.n ? write(to, in.p, in.n) : 0;

			if (n > 0)
				in = str_from(in, (size_t)n);
			if (!in.n || (n < 0 && errno != EAGAIN)) {
				close(to);
				to = -1;
			}
		}
		if (p[1].revents) {
			ssize_t n = read(from, buf, sizeof(buf));

			if (n <= 0) {
				if (to >= 0)
					close(to);
				return n == 0 && !o->failed;
			}
			out_bytes(o, buf, (size_t)n);
		}
	}
}

static bool spawn_worker(int in, int out, pid_t *ret)
{
	static char name[] = "jauap", arg[] = "image-worker";
	char *argv[] = { name, arg, NULL }, *envp[] = { NULL };
	posix_spawn_file_actions_t fa;

	posix_spawn_file_actions_init(&fa);
	posix_spawn_file_actions_adddup2(&fa, in, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&fa, out, STDOUT_FILENO);
	bool ok = posix_spawn(ret, "/proc/self/exe", &fa, NULL, argv, envp) == 0;

	posix_spawn_file_actions_destroy(&fa);
	return ok;
}

static enum rc draw_anew(struct ctx *c, struct str bytes, struct str *ret)
{
	int in[2], out[2], status = -1;
	pid_t pid;
	struct out o = OUT_ON(c->arena);

	o.limit = OUT_MAX;
	if (pipe2(in, O_CLOEXEC) != 0)
		return RC_BUSY;
	if (pipe2(out, O_CLOEXEC) != 0) {
		close(in[0]);
		close(in[1]);
		return RC_BUSY;
	}
	bool started = spawn_worker(in[0], out[1], &pid);

	close(in[0]);
	close(out[1]);
	if (!started) {
		close(in[1]);
		close(out[0]);
		return RC_BUSY;
	}
	fcntl(in[1], F_SETFL, O_NONBLOCK);
	bool ok = exchange(in[1], out[0], bytes, &o);

	close(out[0]);
	if (!ok)
		kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	if (!ok || !WIFEXITED(status) || WEXITSTATUS(status) != 0 || !o.n)
		return fail(c, RC_INVALID, MSG_FILE_UNREADABLE);
	*ret = out_done(&o);
	return RC_OK;
}

static const char *path_of(const struct ctx *c, struct str sha256, bool folder)
{
	struct str data = c->app->config.data;

	if (folder)
		return str_fmt(c->arena, "%.*s/files/%.2s", STR_FMT(data), sha256.p).p;
	return str_fmt(c->arena, "%.*s/files/%.2s/%.*s", STR_FMT(data), sha256.p, STR_FMT(sha256)).p;
}

static bool sync_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	return ok;
}

static bool write_all(int fd, struct str bytes)
{
	while (bytes.n) {
		ssize_t n = write(fd, bytes.p, bytes.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes = str_from(bytes, (size_t)n);
	}
	return true;
}

int file_lock(const struct ctx *c, bool alone)
{
	int fd = open(str_fmt(c->arena, "%.*s/files/lock", STR_FMT(c->app->config.data)).p, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	while (fd >= 0 && flock(fd, alone ? LOCK_EX : LOCK_SH) != 0)
		if (errno != EINTR) {
			close(fd);
			return -1;
		}
	return fd;
}

bool file_keep(const struct ctx *c, struct str sha256)
{
	int lock = file_lock(c, false);
	bool there = lock >= 0 && utimensat(AT_FDCWD, path_of(c, sha256, false), NULL, 0) == 0;

	if (lock >= 0)
		close(lock);
	return there;
}

/* Under another name first: a file with a right name is always whole. */
static enum rc put_on_disk(struct ctx *c, struct str sha256, struct str bytes)
{
	const char *path = path_of(c, sha256, false), *folder = path_of(c, sha256, true);
	const char *root = str_fmt(c->arena, "%.*s/files", STR_FMT(c->app->config.data)).p;
	const char *temp = str_fmt(c->arena, "%s.%s", path, random_token(c->arena, 6).p).p;

	if ((mkdir(root, 0700) != 0 && errno != EEXIST) || (mkdir(folder, 0700) != 0 && errno != EEXIST))
		return RC_BUSY;
	if (file_keep(c, sha256))
		return RC_OK;
	int fd = open(temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		return RC_BUSY;
	bool ok = write_all(fd, bytes) && fsync(fd) == 0;

	close(fd);
	ok = ok && rename(temp, path) == 0 && sync_folder(folder) && sync_folder(root);
	if (!ok)
		unlink(temp);
	return ok ? RC_OK : RC_BUSY;
}

/* The name is shown and offered for saving, never used as a path. */
static struct str clean_name(struct arena *a, struct str name, const char *ending)
{
	struct out o = OUT_ON(a);
	size_t dot = SIZE_MAX;

	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] == '/' || name.p[i] == '\\')
			name = (struct str){ name.p + i + 1, name.n - i - 1 }, i = SIZE_MAX;
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] == '.')
			dot = i;
	name = utf8_head(str_trim(str_sub(name, 0, dot)), NAME_MAX_POINTS);
	for (size_t i = 0; i < name.n; i++)
		out_char(&o, (unsigned char)name.p[i] < 0x20 || strchr("<>:\"|?*", name.p[i]) ? '_' : name.p[i]);
	if (!o.n)
		OUT_LIT(&o, "file");
	out_str(&o, str_of(ending));
	return out_done(&o);
}

enum rc file_store(struct ctx *c, const struct http_file *sent, struct stored_file *ret)
{
	enum file_type type = file_sniff(sent->bytes);
	struct str bytes = sent->bytes;

	if ((int64_t)bytes.n > c->app->config.file_max_bytes)
		return fail(c, RC_TOO_LARGE, MSG_FILE_TOO_LARGE);
	if (type == FILE_NONE)
		return fail(c, RC_INVALID, MSG_FILE_TYPE);
	if (type != FILE_PDF)
		TRY(draw_anew(c, sent->bytes, &bytes));
	struct stored_file f = {
		.sha256 = token_hash(c->arena, bytes),
		.type = type == FILE_PDF ? S("application/pdf") : S("image/jpeg"),
		.name = clean_name(c->arena, sent->file_name, type == FILE_PDF ? ".pdf" : ".jpg"),
		.size = (int64_t)bytes.n,
	};

	f.located = type == FILE_JPEG && exif_point(sent->bytes, &f.lat, &f.lon);
	TRY(put_on_disk(c, f.sha256, bytes));
	*ret = f;
	return RC_OK;
}

enum rc file_load(struct ctx *c, struct str sha256, struct str *ret)
{
	unsigned char sum[32];
	struct stat st;

	if (!str_unhex(sha256, sum, sizeof(sum)))
		return RC_NOT_FOUND;
	int fd = open(path_of(c, sha256, false), O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return RC_NOT_FOUND;
	bool ok = fstat(fd, &st) == 0;
	char *p = ok ? arena_try(c->arena, (size_t)st.st_size + 1) : NULL;
	size_t n = 0;

	while (p && n < (size_t)st.st_size) {
		ssize_t got = read(fd, p + n, (size_t)st.st_size - n);

		if (got <= 0)
			break;
		n += (size_t)got;
	}
	close(fd);
	if (!p || !str_eq(token_hash(c->arena, (struct str){ p, n }), sha256))
		return fail_log(c, RC_INTERNAL, S("stored file does not match its sum"));
	*ret = (struct str){ p, n };
	return RC_OK;
}
