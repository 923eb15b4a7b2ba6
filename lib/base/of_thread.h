/*
 * of_thread.h: an object that each thread has for itself, made on first use and ended with the thread. For what costs more to make than to use.
 *
 *	static struct of_thread states = { .size = sizeof(struct state), .end = state_end };
 *	struct state *s = of_thread(&states);
 */
#ifndef BASE_OF_THREAD_H
#define BASE_OF_THREAD_H

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

struct of_thread {
	size_t size;
	void (*end)(void *p); /* frees p too; free() itself when that is all */
	_Atomic int made;
	pthread_key_t key;
};

/* Zeroed when it is new; without memory the program ends. */
void *of_thread(struct of_thread *t);

#endif
