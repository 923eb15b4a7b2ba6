/*
 * bare.h: what the loops over SQLite's own functions share that our speed stands beside: the file opened as lib/db opens it (write-ahead log, fsync
 * at each commit, cache as large), with SQLite's own checkpoint every 1,000 pages.
 */
#ifndef LOAD_BARE_H
#define LOAD_BARE_H

#include <sqlite3.h>
#include <stdio.h>

#include "db/db.h"

/* SQLite's code. Call it first: what it settles for the whole program is refused later. */
static inline int bare_open(const char *path, sqlite3 **ret)
{
	char pragmas[200];

	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	int code = sqlite3_open(path, ret);

	snprintf(pragmas, sizeof(pragmas), "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-%ld", db_cache_kib());
	return code == SQLITE_OK ? sqlite3_exec(*ret, pragmas, NULL, NULL, NULL) : code;
}

#endif
