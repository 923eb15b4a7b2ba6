#include "app/crypt.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/random.h"

struct keys {
	unsigned char hash[crypto_generichash_KEYBYTES];
	unsigned char seal[crypto_secretbox_KEYBYTES];
	unsigned char number[crypto_shorthash_KEYBYTES];
};

/* The key must be on disk before anything that depends on it. */
static enum rc make_secret(const char *path, const char *dir, struct str hex)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		return errno == EEXIST ? RC_DUPLICATE : RC_BUSY;
	bool ok = write(fd, hex.p, hex.n) == (ssize_t)hex.n && fsync(fd) == 0;

	close(fd);
	int dir_fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	ok = ok && dir_fd >= 0 && fsync(dir_fd) == 0;
	if (dir_fd >= 0)
		close(dir_fd);
	return ok ? RC_OK : RC_BUSY;
}

enum rc keys_open(struct arena *start, struct str data_dir, const struct keys **ret, struct str *ret_why)
{
	const char *dir = str_z(start, data_dir);
	const char *path = str_fmt(start, "%s/secret.key", dir).p;
	unsigned char secret[32];
	char hex[65] = "";

	if (sodium_init() < 0)
		return RC_INTERNAL;
	if (access(path, F_OK) != 0) {
		random_bytes(secret, sizeof(secret));
		enum rc rc = make_secret(path, dir, str_hex(start, secret, sizeof(secret)));

		if (rc != RC_OK && rc != RC_DUPLICATE) {
			*ret_why = str_fmt(start, "cannot make %s: %s", path, strerrorname_np(errno));
			return rc;
		}
	}
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got = fd < 0 ? -1 : read(fd, hex, 64);

	if (fd >= 0)
		close(fd);
	if (got != 64 || !str_unhex((struct str){ hex, 64 }, secret, sizeof(secret))) {
		*ret_why = str_fmt(start, "%s does not hold 64 hex digits", path);
		return RC_INVALID;
	}
	struct keys *k = sodium_malloc(sizeof(*k));

	assert(k);
	crypto_kdf_derive_from_key(k->hash, sizeof(k->hash), 1, "jauapkdf", secret);
	crypto_kdf_derive_from_key(k->seal, sizeof(k->seal), 2, "jauapkdf", secret);
	crypto_kdf_derive_from_key(k->number, sizeof(k->number), 3, "jauapkdf", secret);
	sodium_memzero(secret, sizeof(secret));
	sodium_memzero(hex, sizeof(hex));
	sodium_mprotect_readonly(k);
	*ret = k;
	return RC_OK;
}

static void keyed(const struct keys *k, const char *purpose, struct str text, unsigned char ret[32])
{
	crypto_generichash_state st;

	crypto_generichash_init(&st, k->hash, sizeof(k->hash), 32);
	crypto_generichash_update(&st, (const unsigned char *)purpose, strlen(purpose) + 1);
	crypto_generichash_update(&st, (const unsigned char *)text.p, text.n);
	crypto_generichash_final(&st, ret, 32);
}

struct str key_hash(struct arena *a, const struct keys *k, const char *purpose, struct str text)
{
	unsigned char h[32];

	keyed(k, purpose, text, h);
	return str_hex(a, h, sizeof(h));
}

int64_t key_number(const struct keys *k, struct str text)
{
	uint64_t n;

	crypto_shorthash((unsigned char *)&n, (const unsigned char *)text.p, text.n, k->number);
	return (int64_t)(n >> 1 | 1);
}

struct str key_code(struct arena *a, const struct keys *k, const char *purpose, int64_t id, size_t letters)
{
	unsigned char h[32];
	char *p = arena_alloc(a, letters + 1);

	assert(letters <= sizeof(h));
	keyed(k, purpose, (struct str){ (const char *)&id, sizeof(id) }, h);
	for (size_t i = 0; i < letters; i++)
		p[i] = CODE_ALPHABET[h[i] % (sizeof(CODE_ALPHABET) - 1)];
	return (struct str){ p, letters };
}

struct str token_hash(struct arena *a, struct str token)
{
	unsigned char h[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(h, (const unsigned char *)token.p, token.n);
	return str_hex(a, h, sizeof(h));
}

struct str key_seal(struct arena *a, const struct keys *k, struct str text)
{
	size_t n = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + text.n;
	unsigned char *p = arena_alloc(a, n);

	random_bytes(p, crypto_secretbox_NONCEBYTES);
	crypto_secretbox_easy(p + crypto_secretbox_NONCEBYTES, (const unsigned char *)text.p, text.n, p, k->seal);
	return (struct str){ (const char *)p, n };
}

bool key_unseal(struct arena *a, const struct keys *k, struct str sealed, struct str *ret)
{
	const unsigned char *p = (const unsigned char *)sealed.p;
	size_t head = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;

	if (sealed.n < head)
		return false;
	unsigned char *plain = arena_alloc(a, sealed.n - head + 1);

	if (crypto_secretbox_open_easy(plain, p + crypto_secretbox_NONCEBYTES, sealed.n - crypto_secretbox_NONCEBYTES, p,
				       k->seal) != 0)
		return false;
	*ret = (struct str){ (const char *)plain, sealed.n - head };
	return true;
}

bool same_secret(struct str a, struct str b)
{
	return a.n == b.n && a.n > 0 && sodium_memcmp(a.p, b.p, a.n) == 0;
}

struct str password_hash(struct arena *a, struct str password)
{
	char *p = arena_alloc(a, crypto_pwhash_STRBYTES);

	/* OWASP's floor for Argon2id is 19 MiB, two passes; this is above it */
	if (crypto_pwhash_str_alg(p, password.p, password.n, 3, (size_t)32 << 20, crypto_pwhash_ALG_ARGON2ID13) != 0)
		abort();
	return str_of(p);
}

bool password_right(struct arena *a, struct str hash, struct str password)
{
	char buf[crypto_pwhash_STRBYTES] = "";

	(void)a;
	if (hash.n >= sizeof(buf))
		return false;
	memcpy(buf, hash.p, hash.n);
	return crypto_pwhash_str_verify(buf, password.p, password.n) == 0;
}
