/*
 * pool.h: a few threads for work that must not run on an I/O thread: password hashes, images, and on PostgreSQL every read.
 */
#ifndef APP_POOL_H
#define APP_POOL_H

#include "base/rc.h"

struct pool;
struct pool_work {
	void (*run)(struct pool_work *w);
	struct pool_work *next_;
};

struct pool *pool_start(unsigned threads, unsigned waiting_max);
/* RC_BUSY when too many wait; the work is then not taken. */
MUST_USE enum rc pool_submit(struct pool *p, struct pool_work *w);
void pool_stop(struct pool *p); /* what waits is done first */

#endif
