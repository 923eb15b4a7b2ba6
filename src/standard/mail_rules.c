#include "standard/mail_rules.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "standard/pack_read.h"

#define COLUMNS(...) (const char *const[]){ __VA_ARGS__ }, ARRAY_LEN(((const char *const[]){ __VA_ARGS__ }))

void load_mail(struct loading *l)
{
	struct mail_rules *r = ARENA_NEW(l->arena, struct mail_rules);
	VEC(struct mail_domain) v = { 0 };
	struct table t;

	l->pack->mail = r;
	if (!table_open(&t, l, "mail_domains.csv", COLUMNS("domain", "same_as", "dots", "tag", "disposable")))
		return;
	while (table_next(&t)) {
		struct mail_domain d = { .domain = cell_needed(&t, "domain"), .same_as = cell_text(&t, "same_as"), .dots = cell_yes(&t, "dots"),
					 .tag = cell_text(&t, "tag"), .disposable = cell_yes(&t, "disposable") };

		if (d.tag.n > 1)
			problem(l, t.file, t.line, "a tag begins with one sign");
		*VEC_ADD(l->arena, &v) = d;
	}
	*r = (struct mail_rules){ v.v, v.n };
}

/* "*.example.org" stands for every domain below it. */
static bool fits(struct str pattern, struct str domain)
{
	return str_starts(pattern, S("*.")) ? str_ends(domain, str_from(pattern, 1)) : str_eq(pattern, domain);
}

static const struct mail_domain *rule_of(const struct mail_rules *r, struct str domain)
{
	for (size_t i = 0; i < r->n; i++)
		if (fits(r->v[i].domain, domain))
			return &r->v[i];
	return NULL;
}

bool mail_disposable(const struct mail_rules *r, struct str domain)
{
	const struct mail_domain *d = rule_of(r, domain);

	return d && d->disposable;
}

struct str mail_domain_of(struct arena *a, const struct mail_rules *r, struct str address)
{
	size_t at = str_find_byte(address, '@', 0);
	struct str domain = at == SIZE_MAX ? S("") : utf8_lower(a, str_trim(str_from(address, at + 1)));
	const struct mail_domain *d = rule_of(r, domain);

	return d && d->same_as.n ? d->same_as : domain;
}

struct str mail_canonical(struct arena *a, const struct mail_rules *r, struct str address)
{
	struct str whole = utf8_lower(a, str_trim(address)), domain = mail_domain_of(a, r, whole);
	struct str local = str_sub(whole, 0, str_find_byte(whole, '@', 0));
	const struct mail_domain *d = rule_of(r, domain);
	struct out o = OUT_ON(a);

	if (d && d->tag.n) {
		size_t tag = str_find_byte(local, d->tag.p[0], 0);

		if (tag != SIZE_MAX && tag > 0)
			local = str_sub(local, 0, tag);
	}
	for (size_t i = 0; i < local.n; i++)
		if (local.p[i] != '.' || !d || !d->dots)
			out_char(&o, local.p[i]);
	out_char(&o, '@');
	out_str(&o, domain);
	return out_done(&o);
}
