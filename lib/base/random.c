#include "base/random.h"

#include <assert.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/random.h>

#include "base/when.h"

void random_bytes(void *p, size_t n)
{
	char *at = p;

	while (n) {
		ssize_t got = getrandom(at, n, 0);

		if (got < 0) {
			if (errno == EINTR)
				continue;
			abort();
		}
		at += got;
		n -= (size_t)got;
	}
}

uint64_t random_below(uint64_t n)
{
	uint64_t v, least;

	assert(n > 0);
	least = (0 - n) % n; /* values under it would make some results likelier */
	do
		random_bytes(&v, sizeof(v));
	while (v < least);
	return v % n;
}

struct str random_token(struct arena *a, size_t n)
{
	unsigned char buf[64];

	assert(n <= sizeof(buf));
	random_bytes(buf, n);
	return str_hex(a, buf, n);
}

uint64_t rng_next(struct rng *r)
{
	uint64_t z = (r->state += 0x9e3779b97f4a7c15u);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

uint64_t rng_below(struct rng *r, uint64_t n)
{
	assert(n > 0);
	return rng_next(r) % n;
}

#define ID_EPOCH_MS 1577836800000 /* 2020-01-01T00:00:00Z */
#define ID_MS_MAX ((INT64_MAX >> 22) - 1)

static unsigned node_id;          /* set once at start */
static _Atomic int64_t last_tick; /* milliseconds << 12 | sequence */

void id_node_set(unsigned node)
{
	assert(node < 1024);
	node_id = node;
}

/* Moments that ids cannot hold (1950 and before, 2090 and after) are the first and the last one they can. */
int64_t id_at_ms(int64_t unix_ms, unsigned seq)
{
	int64_t ms = 0;

	if (__builtin_sub_overflow(unix_ms, ID_EPOCH_MS, &ms) || ms < -ID_MS_MAX || ms > ID_MS_MAX)
		ms = unix_ms < 0 ? -ID_MS_MAX : ID_MS_MAX;
	return ms * ((int64_t)1 << 22) + ((int64_t)node_id << 12) + (int64_t)(seq & 4095);
}

int64_t id_make(void)
{
	int64_t now = (when_now().us / 1000) << 12, last = atomic_load(&last_tick), next;

	do
		next = now > last ? now : last + 1; /* a busy millisecond borrows from the next one */
	while (!atomic_compare_exchange_weak(&last_tick, &last, next));
	return id_at_ms(next >> 12, (unsigned)(next & 4095));
}

struct str code_random(struct arena *a, size_t n)
{
	const unsigned letters = sizeof(CODE_ALPHABET) - 1, fair = 256 / letters * letters; /* values above it would make some letters likelier */
	char *p = arena_alloc(a, n + 1);
	unsigned char some[32];

	for (size_t i = 0, at = sizeof(some); i < n; at++) {
		if (at == sizeof(some)) {
			random_bytes(some, sizeof(some));
			at = 0;
		}
		if (some[at] < fair)
			p[i++] = CODE_ALPHABET[some[at] % letters];
	}
	return (struct str){ p, n };
}

static int code_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'Z' ? c - 'A' + 10 : -1;
}

/* ISO 7064 MOD 37,36: finds every single wrong character and nearly every swap of neighbours. */
char code_check(struct str number)
{
	int p = 36;

	for (size_t i = 0; i < number.n; i++) {
		int v = code_value(number.p[i]);

		if (v < 0)
			continue;
		p = (p + v) % 36;
		p = (p ? p : 36) * 2 % 37;
	}
	return "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(37 - p) % 36];
}

bool code_valid(struct str number)
{
	size_t n = number.n;

	while (n && code_value(number.p[n - 1]) < 0)
		n--;
	if (n < 2)
		return false;
	char last = code_check(str_sub(number, 0, n - 1));

	return code_value(last) == code_value(number.p[n - 1]);
}
