#include "app/rate.h"

#include <pthread.h>

#include "base/random.h"

/* TO CHANGE A LIMIT: the numbers are here and nowhere else. */
static const struct {
	unsigned short_sec, short_n, long_sec, long_n;
} limits[RL_N] = {
	[RL_NONE] = { 0, 0, 0, 0 },
	[RL_READ] = { 10, 300, 600, 6000 },
	[RL_SEARCH] = { 10, 40, 600, 600 },
	[RL_WRITE] = { 10, 30, 600, 400 },
	[RL_SUBMIT] = { 60, 6, 3600, 40 },
	[RL_SIGN_IN] = { 60, 8, 3600, 60 },
	[RL_SIGN] = { 60, 30, 3600, 600 }, /* petitions: many sign from one shared network */
	[RL_API] = { 10, 200, 600, 5000 },
};

#define SHARDS 64
#define SLOTS 1024 /* a shard; the oldest of a neighbourhood makes room */
#define PROBE 8

struct slot {
	uint64_t key; /* 0: free */
	int64_t short_from_us, long_from_us;
	unsigned short_n, long_n;
};

struct shard {
	pthread_mutex_t lock;
	struct slot slots[SLOTS];
};

struct rate_limiter {
	struct cidr_list *allow;
	bool off;
	uint64_t seed;
	struct shard *shards;
};

enum rc rate_make(struct arena *start, struct str allow, bool off, struct rate_limiter **ret)
{
	struct rate_limiter *r = ARENA_NEW(start, struct rate_limiter);

	r->off = off;
	random_bytes(&r->seed, sizeof(r->seed));
	if (allow.n)
		TRY(cidr_parse(start, allow, &r->allow));
	r->shards = ARENA_ARRAY(start, SHARDS, struct shard);
	for (size_t i = 0; i < SHARDS; i++)
		pthread_mutex_init(&r->shards[i].lock, NULL);
	*ret = r;
	return RC_OK;
}

static uint64_t key_of(const struct rate_limiter *r, enum rate class, const struct http_address *from)
{
	static const unsigned char v4[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
	bool is_v4 = memcmp(from->ip, v4, sizeof(v4)) == 0;
	uint64_t h = str_hash((struct str){ (const char *)from->ip, is_v4 ? 16 : 8 }, r->seed + (uint64_t)class);

	return h ? h : 1;
}

static struct slot *slot_of(struct shard *s, uint64_t key)
{
	struct slot *oldest = NULL;

	for (size_t i = 0; i < PROBE; i++) {
		struct slot *at = &s->slots[((key >> 8) + i) & (SLOTS - 1)];

		if (at->key == key)
			return at;
		if (!oldest || !at->key || (oldest->key && at->long_from_us < oldest->long_from_us))
			oldest = at;
	}
	*oldest = (struct slot){ .key = key };
	return oldest;
}

static unsigned hit_window(int64_t *from_us, unsigned *n, unsigned sec, unsigned max, int64_t now_us)
{
	if (now_us - *from_us >= sec * WHEN_SECOND) {
		*from_us = now_us;
		*n = 0;
	}
	if (++*n <= max)
		return 0;
	return (unsigned)((*from_us + sec * WHEN_SECOND - now_us) / WHEN_SECOND) + 1;
}

unsigned rate_hit(struct rate_limiter *r, enum rate class, const struct http_address *from, int64_t now_us)
{
	if (r->off || class == RL_NONE || (r->allow && cidr_has(r->allow, from)))
		return 0;
	uint64_t key = key_of(r, class, from);
	struct shard *s = &r->shards[key % SHARDS];

	pthread_mutex_lock(&s->lock);
	struct slot *at = slot_of(s, key);
	unsigned a = hit_window(&at->short_from_us, &at->short_n, limits[class].short_sec, limits[class].short_n, now_us);
	unsigned b = hit_window(&at->long_from_us, &at->long_n, limits[class].long_sec, limits[class].long_n, now_us);

	pthread_mutex_unlock(&s->lock);
	return a > b ? a : b;
}
