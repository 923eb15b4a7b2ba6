/*
 * sqlite_log.h: SQLite's file system with one change: what a commit appends to the write-ahead log goes out in one piece.
 *
 * SQLite writes each page of a group as two: 24 bytes of head, then the page. Of a group with a hundred pages that is two hundred writes, a fifth of
 * the writer's time. Here they wait in memory until the fsync of the commit, or until anything else is asked of that file. Nobody looks for them
 * before: other connections learn of a frame from the shared index, which SQLite changes after the fsync. What is lost with the process was not
 * committed. (SQLite documentation: "The OS Interface or VFS", "WAL-mode file format".) So it is for connections with synchronous=FULL alone:
 * without that fsync others would look for what still waits.
 */
#ifndef DB_SQLITE_LOG_H
#define DB_SQLITE_LOG_H

/* The name to open files by; registers it when it is new. NULL: SQLite has no file system of its own here. */
const char *sqlite_log_vfs(void);

#endif
