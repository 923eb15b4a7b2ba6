#include "db/sqlite_log.h"

#include <pthread.h>
#include <sqlite3.h>
#include <string.h>

#include "base/str.h"

#define NAME "jauap"
#define PIECE (1 << 16) /* SQLite's own file system cuts what is 128 KiB and longer */

struct log {
	sqlite3_file file; /* first */
	sqlite3_file *real; /* behind this struct, in the same block */
	char *waits;        /* PIECE bytes, made with the first write */
	int n;
	sqlite3_int64 at; /* of the first that waits */
};

static struct log *log_of(sqlite3_file *f)
{
	return (struct log *)(void *)f;
}

static int write_out(struct log *l)
{
	int n = l->n;

	l->n = 0;
	return n ? l->real->pMethods->xWrite(l->real, l->waits, n, l->at) : SQLITE_OK;
}

static int log_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
	struct log *l = log_of(f);
	bool follows = l->n && at == l->at + l->n && n <= PIECE - l->n;

	if (l->n && !follows) {
		int code = write_out(l);

		if (code != SQLITE_OK)
			return code;
	}
	if (!l->waits)
		l->waits = sqlite3_malloc(PIECE);
	if (!l->waits || n > PIECE)
		return l->real->pMethods->xWrite(l->real, p, n, at);
	if (!l->n)
		l->at = at;
	memcpy(l->waits + l->n, p, (size_t)n);
	l->n += n;
	return SQLITE_OK;
}

static int log_read(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
	struct log *l = log_of(f);
	int code = write_out(l);

	return code == SQLITE_OK ? l->real->pMethods->xRead(l->real, p, n, at) : code;
}

static int log_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	struct log *l = log_of(f);
	int code = write_out(l);

	return code == SQLITE_OK ? l->real->pMethods->xTruncate(l->real, size) : code;
}

static int log_sync(sqlite3_file *f, int flags)
{
	struct log *l = log_of(f);
	int code = write_out(l);

	return code == SQLITE_OK ? l->real->pMethods->xSync(l->real, flags) : code;
}

static int log_size(sqlite3_file *f, sqlite3_int64 *ret)
{
	struct log *l = log_of(f);
	int code = write_out(l);

	return code == SQLITE_OK ? l->real->pMethods->xFileSize(l->real, ret) : code;
}

/* What still waits belongs to no transaction that ended. */
static int log_close(sqlite3_file *f)
{
	struct log *l = log_of(f);

	sqlite3_free(l->waits);
	return l->real->pMethods->xClose(l->real);
}

static int log_lock(sqlite3_file *f, int how)
{
	return log_of(f)->real->pMethods->xLock(log_of(f)->real, how);
}

static int log_unlock(sqlite3_file *f, int how)
{
	return log_of(f)->real->pMethods->xUnlock(log_of(f)->real, how);
}

static int log_reserved(sqlite3_file *f, int *ret)
{
	return log_of(f)->real->pMethods->xCheckReservedLock(log_of(f)->real, ret);
}

static int log_control(sqlite3_file *f, int what, void *arg)
{
	return log_of(f)->real->pMethods->xFileControl(log_of(f)->real, what, arg);
}

static int log_sector(sqlite3_file *f)
{
	return log_of(f)->real->pMethods->xSectorSize(log_of(f)->real);
}

static int log_device(sqlite3_file *f)
{
	return log_of(f)->real->pMethods->xDeviceCharacteristics(log_of(f)->real);
}

static const sqlite3_io_methods methods = { 1, log_close, log_read, log_write, log_truncate, log_sync, log_size, log_lock, log_unlock, log_reserved,
					    log_control, log_sector, log_device };

static sqlite3_vfs *under; /* SQLite's own */

static int log_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *f, int flags, int *ret_flags)
{
	struct log *l = log_of(f);

	(void)vfs;
	if (!(flags & SQLITE_OPEN_WAL))
		return under->xOpen(under, path, f, flags, ret_flags);
	*l = (struct log){ .real = (sqlite3_file *)(void *)(l + 1) };
	int code = under->xOpen(under, path, l->real, flags, ret_flags);

	if (code == SQLITE_OK)
		l->file.pMethods = &methods;
	else if (l->real->pMethods)
		l->real->pMethods->xClose(l->real);
	return code;
}

static sqlite3_vfs own;

static void register_own(void)
{
	under = sqlite3_vfs_find(NULL);
	if (!under)
		return;
	own = *under;
	own.zName = NAME;
	own.pNext = NULL;
	own.xOpen = log_open;
	own.szOsFile = (int)sizeof(struct log) + under->szOsFile;
	sqlite3_vfs_register(&own, 0);
}

const char *sqlite_log_vfs(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, register_own);
	return under ? NAME : NULL;
}
