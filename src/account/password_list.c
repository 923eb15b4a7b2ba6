#include "account/account_rules.h"

#include <openssl/sha.h>
#include <stdio.h>

#include "base/out.h"

struct str account_base32(struct arena *a, struct str bytes)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	struct out o = OUT_ON(a);
	unsigned bits = 0, n = 0;

	for (size_t i = 0; i < bytes.n; i++) {
		bits = (bits << 8 | (unsigned char)bytes.p[i]) & 0xffff;
		for (n += 8; n >= 5; n -= 5)
			out_char(&o, digits[bits >> (n - 5) & 31]);
	}
	if (n)
		out_char(&o, digits[bits << (5 - n) & 31]);
	return out_done(&o);
}

/* First line at or behind a byte offset: seek, drop the broken line, read one. */
static bool line_at(FILE *f, long at, char *line, int size)
{
	if (fseek(f, at > 0 ? at - 1 : 0, SEEK_SET) != 0)
		return false;
	if (at > 0 && !fgets(line, size, f))
		return false;
	return fgets(line, size, f) != NULL;
}

bool account_password_known(const char *list_path, struct str password)
{
	unsigned char h[SHA_DIGEST_LENGTH];
	char want[2 * SHA_DIGEST_LENGTH + 1] = "", line[128];
	FILE *f = list_path && list_path[0] ? fopen(list_path, "re") : NULL;

	if (!f)
		return false;
	SHA1((const unsigned char *)password.p, password.n, h);
	for (size_t i = 0; i < sizeof(h); i++)
		snprintf(want + 2 * i, 3, "%02X", (unsigned)h[i]);
	long low = 0, high = fseek(f, 0, SEEK_END) == 0 ? ftell(f) : 0;
	bool found = false;

	/* binary search over bytes: the file has 40 GB, so it is never read whole */
	while (low < high && !found) {
		long mid = low + (high - low) / 2;
		int c = line_at(f, mid, line, sizeof(line)) ? strncmp(line, want, sizeof(want) - 1) : 1;

		found = c == 0;
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	fclose(f);
	return found;
}
