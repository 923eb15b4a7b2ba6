/*
 * random.h: chance, and the identities made from it.
 *
 * Ids are 63 bits, time-ordered, made by the program: 41 bits of milliseconds since 2020, 10 bits of
 * node, 12 bits of sequence. Public numbers are short and carry a check character, so that a number read
 * over the phone with one wrong or two swapped characters is not somebody else's number.
 */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include "base/str.h"

void random_bytes(void *p, size_t n); /* getrandom(2); aborts if the kernel has none to give */
uint64_t random_below(uint64_t n);    /* uniform in [0, n) */
/* A token of n random bytes in lower-case hex. */
struct str random_token(struct arena *a, size_t n);

/* Repeatable numbers for demonstrations and tests (SplitMix64); never for secrets. */
struct rng {
	uint64_t state;
};
uint64_t rng_next(struct rng *r);
uint64_t rng_below(struct rng *r, uint64_t n);

void id_node_set(unsigned node); /* 0-1023, unique per running process; before threads */
int64_t id_make(void);           /* unique and rising within a process */
int64_t id_at_ms(int64_t unix_ms, unsigned seq); /* for imports: an id of a given time */

/* Letters and digits without look-alikes (no 0 O 1 I L U). */
#define CODE_ALPHABET "23456789ABCDEFGHJKMNPQRSTVWXYZ"
struct str code_random(struct arena *a, size_t n);
/* The check character of a number made of CODE_ALPHABET or digits and '-': ISO 7064 style, mod 37,36. */
char code_check(struct str number);
/* Upper-cases, drops spaces and dashes that people add, and checks the last character. */
MUST_USE bool code_valid(struct str number_with_check);

#endif
