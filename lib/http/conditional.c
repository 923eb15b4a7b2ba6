#include "http/conditional.h"

#include "base/out.h"

static uint64_t mix(uint64_t h, uint64_t word)
{
	h = (h ^ word) * 0x9fb21c651e98df25u;
	return h ^ (h >> 35);
}

/* Eight bytes a step into two sums: 128 bits that tell pages apart; no secret in it, and no defence against a forger needed. */
struct str http_etag_of(struct arena *a, struct str bytes)
{
	uint64_t x = bytes.n, y = ~(uint64_t)bytes.n, word = 0;
	size_t i = 0;

	for (; i + 8 <= bytes.n; i += 8) {
		memcpy(&word, bytes.p + i, 8);
		x = mix(x, word);
		y = mix(y, word << 32 | word >> 32);
	}
	word = 0;
	if (i < bytes.n)
		memcpy(&word, bytes.p + i, bytes.n - i);
	x = mix(x, word);
	y = mix(y, ~word);
	return str_fmt(a, "\"%016llx%016llx\"", (unsigned long long)x, (unsigned long long)y);
}

/* Weak comparison (RFC 9110 8.8.3.2): W/ does not count, nor the -gzip that some proxies add. */
bool http_tag_matches(struct str list, struct str tag)
{
	struct str one;

	while (str_cut(&list, ',', &one)) {
		one = str_trim(one);
		if (str_eq(one, S("*")))
			return true;
		if (str_starts(one, S("W/")))
			one = str_from(one, 2);
		if (str_eq(one, tag))
			return true;
	}
	return false;
}

bool http_not_modified(struct http_request *rq, struct str etag, struct when modified)
{
	struct str none_match = http_header(rq, "if-none-match"), since = http_header(rq, "if-modified-since");
	struct str date = when_set(modified) ? when_http(&rq->arena, modified) : S("");
	bool same = none_match.n ? etag.n && http_tag_matches(none_match, etag) : since.n && date.n && str_eq(since, date);

	if (etag.n)
		http_set_header(rq, S("ETag"), etag);
	if (date.n)
		http_set_header(rq, S("Last-Modified"), date);
	if (!same || (rq->method != HTTP_GET && rq->method != HTTP_HEAD))
		return false;
	rq->response.status = 304;
	return true;
}

static double quality(struct str item)
{
	size_t at = str_find(item, S(";q="), 0);
	double q = 1;

	if (at == SIZE_MAX)
		at = str_find(item, S("; q="), 0);
	if (at != SIZE_MAX && !str_to_double(str_trim(str_from(item, str_find_byte(item, '=', at) + 1)), &q))
		q = 0;
	return q;
}

/* 3 the type itself, 2 its family, 1 anything. */
static int fits(struct str range, struct str type)
{
	if (str_eq_nocase(range, type))
		return 3;
	size_t slash = str_find_byte(type, '/', 0);

	if (str_ends(range, S("/*")) && str_eq_nocase(str_sub(range, 0, range.n - 2), str_sub(type, 0, slash)))
		return 2;
	return str_eq(range, S("*/*")) ? 1 : 0;
}

static double preference(struct str accept, struct str type)
{
	struct str one;
	int best = 0;
	double q = 0;

	while (str_cut(&accept, ',', &one)) {
		int f = fits(str_trim(str_sub(one, 0, str_find_byte(one, ';', 0))), type);

		if (f > best) {
			best = f;
			q = quality(one);
		}
	}
	return q;
}

size_t http_accept(struct str accept, const char *const *offered, size_t n)
{
	size_t best = SIZE_MAX;
	double best_q = 0;

	if (!str_trim(accept).n)
		return n ? 0 : SIZE_MAX;
	for (size_t i = 0; i < n; i++) {
		double q = preference(accept, str_of(offered[i]));

		if (q > best_q) {
			best_q = q;
			best = i;
		}
	}
	return best;
}

bool http_accepts_encoding(const struct http_request *rq, const char *coding)
{
	struct str list = http_header(rq, "accept-encoding"), one;

	while (list.n && str_cut(&list, ',', &one)) {
		struct str name = str_trim(str_sub(one, 0, str_find_byte(one, ';', 0)));

		if (str_eq_nocase(name, str_of(coding)))
			return quality(one) > 0;
	}
	return false;
}
