/*
 * postgres_listen.h: notes between the processes that share one PostgreSQL.
 *
 * One thread with a connection of its own sends what was said in committed transactions and hears what everybody
 * said. Not inside the works' transactions: NOTIFY takes one lock for the whole database at commit, which would make
 * all writers stand in a row. A note is a hint ("look again"), never the only trace of something: it is lost when the
 * process dies between commit and sending, or while the connection is down.
 */
#ifndef DB_POSTGRES_LISTEN_H
#define DB_POSTGRES_LISTEN_H

#include "db/inner.h"

struct pg_listen;

struct pg_listen *pg_listen_start(struct db_pool *p);
void pg_listen_stop(struct pg_listen *l); /* sends what waits, if there is a connection */
/* Copies the notes, newest first in the list; any thread. Past 10,000 waiting ones new ones are dropped. */
void pg_listen_send(struct pg_listen *l, const struct db_note *newest);

#endif
