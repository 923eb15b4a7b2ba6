#include <arpa/inet.h>

#include "base/vec.h"
#include "http/http.h"

struct cidr {
	unsigned char ip[16];
	unsigned bits;
};
struct cidr_list {
	struct cidr *v;
	size_t n, cap;
};

static enum rc one(struct str s, struct cidr *ret)
{
	char z[64] = "";
	unsigned char v4[4];
	size_t slash = str_find_byte(s, '/', 0);
	struct str host = str_sub(s, 0, slash);
	int64_t bits = -1;

	if (!host.n || host.n >= sizeof(z))
		return RC_INVALID;
	memcpy(z, host.p, host.n);
	if (slash != SIZE_MAX && (!str_to_i64(str_from(s, slash + 1), &bits) || bits < 0))
		return RC_INVALID;
	*ret = (struct cidr){ .bits = 128 };
	if (inet_pton(AF_INET, z, v4) == 1) {
		memset(ret->ip + 10, 0xff, 2);
		memcpy(ret->ip + 12, v4, 4);
		if (bits > 32)
			return RC_INVALID;
		ret->bits = bits < 0 ? 128 : (unsigned)bits + 96;
		return RC_OK;
	}
	if (inet_pton(AF_INET6, z, ret->ip) != 1 || bits > 128)
		return RC_INVALID;
	ret->bits = bits < 0 ? 128 : (unsigned)bits;
	return RC_OK;
}

enum rc cidr_parse(struct arena *a, struct str text, struct cidr_list **ret)
{
	struct cidr_list *l = ARENA_NEW(a, struct cidr_list);
	struct str item;

	while (str_cut(&text, ',', &item)) {
		item = str_trim(item);
		if (item.n)
			TRY(one(item, VEC_ADD(a, l)));
	}
	*ret = l;
	return RC_OK;
}

static bool inside(const struct cidr *c, const unsigned char ip[16])
{
	unsigned whole = c->bits / 8, rest = c->bits % 8;

	if (memcmp(c->ip, ip, whole) != 0)
		return false;
	return !rest || (c->ip[whole] ^ ip[whole]) >> (8 - rest) == 0;
}

bool cidr_has(const struct cidr_list *l, const struct http_address *ip)
{
	for (size_t i = 0; i < l->n; i++)
		if (inside(&l->v[i], ip->ip))
			return true;
	return false;
}

struct str http_address_text(struct arena *a, const struct http_address *ip)
{
	static const unsigned char mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
	char z[64] = "";

	if (memcmp(ip->ip, mapped, sizeof(mapped)) == 0)
		inet_ntop(AF_INET, ip->ip + 12, z, sizeof(z));
	else
		inet_ntop(AF_INET6, ip->ip, z, sizeof(z));
	return str_dup(a, str_of(z));
}
