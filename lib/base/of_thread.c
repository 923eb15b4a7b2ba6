#include "base/of_thread.h"

#include <stdlib.h>

static void make_key(struct of_thread *t)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

	pthread_mutex_lock(&lock);
	if (!atomic_load(&t->made)) {
		if (pthread_key_create(&t->key, t->end) != 0)
			abort();
		atomic_store_explicit(&t->made, 1, memory_order_release);
	}
	pthread_mutex_unlock(&lock);
}

void *of_thread(struct of_thread *t)
{
	if (!atomic_load_explicit(&t->made, memory_order_acquire))
		make_key(t);
	void *p = pthread_getspecific(t->key);

	if (!p) {
		p = calloc(1, t->size);
		if (!p || pthread_setspecific(t->key, p) != 0)
			abort();
	}
	return p;
}
