/*
 * crypt.h: the few cryptographic acts of the house, all on libsodium. Keys are derived from one secret of 32 bytes in DATA/secret.key.
 */
#ifndef APP_CRYPT_H
#define APP_CRYPT_H

#include "base/str.h"

struct keys; /* locked memory, made at start */

/* Reads DATA/secret.key or makes it (mode 0600). */
MUST_USE enum rc keys_open(struct arena *start, struct str data_dir, const struct keys **ret, struct str *ret_why);

/* Keyed hash for uniqueness without knowing: purpose separates the uses ("iin", "email", "receipt" ...). 64 hex digits. */
struct str key_hash(struct arena *a, const struct keys *k, const char *purpose, struct str text);
/* The same as a number that is never 0 and only tells texts apart (SipHash-2-4): a twentieth of the price. */
int64_t key_number(const struct keys *k, struct str text);
/* A short code derived from an id, in CODE_ALPHABET: the receipt's secret. */
struct str key_code(struct arena *a, const struct keys *k, const char *purpose, int64_t id, size_t letters);
/* SHA-256, hex: for tokens that are random already. */
struct str token_hash(struct arena *a, struct str token);
/* Sealed with a random nonce (XSalsa20-Poly1305); unseal is false if the bytes were touched. */
struct str key_seal(struct arena *a, const struct keys *k, struct str text);
MUST_USE bool key_unseal(struct arena *a, const struct keys *k, struct str sealed, struct str *ret);
bool same_secret(struct str a, struct str b); /* in constant time */

/* Argon2id; takes tens of milliseconds on purpose: only in lane SLOW. */
struct str password_hash(struct arena *a, struct str password);
bool password_right(struct arena *a, struct str hash, struct str password);

#endif
