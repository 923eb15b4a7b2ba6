#include "db/queue.h"

void db_queue_init(struct db_queue *q)
{
	pthread_mutex_init(&q->lock, NULL);
	pthread_cond_init(&q->more, NULL);
}

void db_queue_put(struct db_pool *p, struct db_queue *q, struct db_work *w)
{
	pthread_mutex_lock(&q->lock);
	bool full = q->waiting >= p->options.queue_max || q->stopping;

	if (!full) {
		if (q->last)
			q->last->next_ = w;
		else
			q->first = w;
		q->last = w;
		p->queue = ++q->waiting;
		pthread_cond_signal(&q->more);
	}
	pthread_mutex_unlock(&q->lock);
	if (full)
		w->done(w, RC_BUSY);
}

struct db_work *db_queue_take(struct db_pool *p, struct db_queue *q, size_t max)
{
	struct db_work *first, *cut;
	size_t n = 1;

	pthread_mutex_lock(&q->lock);
	while (!q->first && !q->stopping)
		pthread_cond_wait(&q->more, &q->lock);
	first = cut = q->first;
	while (cut && cut->next_ && n < max) {
		cut = cut->next_;
		n++;
	}
	if (cut) {
		q->first = cut->next_;
		cut->next_ = NULL;
		q->waiting -= (int64_t)n;
		p->queue = q->waiting;
		if (!q->first)
			q->last = NULL;
	}
	pthread_mutex_unlock(&q->lock);
	return first;
}

void db_queue_stop(struct db_queue *q)
{
	pthread_mutex_lock(&q->lock);
	q->stopping = true;
	pthread_cond_broadcast(&q->more);
	pthread_mutex_unlock(&q->lock);
}

void db_queue_end(struct db_queue *q)
{
	pthread_mutex_destroy(&q->lock);
	pthread_cond_destroy(&q->more);
}
