#include "app/pool.h"

#include <assert.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct pool {
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct pool_work *first, *last;
	unsigned waiting, waiting_max, n_threads;
	bool stopping;
	pthread_t threads[64];
};

static void *work(void *arg)
{
	struct pool *p = arg;

	for (;;) {
		pthread_mutex_lock(&p->lock);
		while (!p->first && !p->stopping)
			pthread_cond_wait(&p->more, &p->lock);
		struct pool_work *w = p->first;

		if (w) {
			p->first = w->next_;
			if (!p->first)
				p->last = NULL;
			p->waiting--;
		}
		pthread_mutex_unlock(&p->lock);
		if (!w)
			return NULL;
		w->run(w);
	}
}

struct pool *pool_start(unsigned threads, unsigned waiting_max)
{
	struct pool *p = calloc(1, sizeof(*p));

	assert(p && threads > 0 && threads <= ARRAY_LEN(p->threads));
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->more, NULL);
	p->waiting_max = waiting_max;
	p->n_threads = threads;
	for (unsigned i = 0; i < threads; i++)
		if (pthread_create(&p->threads[i], NULL, work, p) != 0)
			abort();
	return p;
}

enum rc pool_submit(struct pool *p, struct pool_work *w)
{
	pthread_mutex_lock(&p->lock);
	bool full = p->waiting >= p->waiting_max || p->stopping;

	if (!full) {
		w->next_ = NULL;
		if (p->last)
			p->last->next_ = w;
		else
			p->first = w;
		p->last = w;
		p->waiting++;
		pthread_cond_signal(&p->more);
	}
	pthread_mutex_unlock(&p->lock);
	return full ? RC_BUSY : RC_OK;
}

void pool_stop(struct pool *p)
{
	pthread_mutex_lock(&p->lock);
	p->stopping = true;
	pthread_cond_broadcast(&p->more);
	pthread_mutex_unlock(&p->lock);
	for (unsigned i = 0; i < p->n_threads; i++)
		pthread_join(p->threads[i], NULL);
	pthread_mutex_destroy(&p->lock);
	pthread_cond_destroy(&p->more);
	free(p);
}
