/* queue.h: works that wait for a writer, in the order in which they came. Any thread puts, writer threads take. */
#ifndef DB_QUEUE_H
#define DB_QUEUE_H

#include <pthread.h>

#include "db/inner.h"

struct db_queue {
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct db_work *first, *last;
	int64_t waiting;
	bool stopping;
};

void db_queue_init(struct db_queue *q);
/* Calls done() with RC_BUSY at once when queue_max works wait already or the pool is closing. */
void db_queue_put(struct db_pool *p, struct db_queue *q, struct db_work *w);
/* Waits for works and takes up to max of them, linked by next_; NULL when the queue is stopped and empty. */
struct db_work *db_queue_take(struct db_pool *p, struct db_queue *q, size_t max);
void db_queue_stop(struct db_queue *q); /* what waits is still taken */
void db_queue_end(struct db_queue *q);

#endif
