/*
 * mail_rules.h: what is known of mail domains, as data of the country pack (mail_domains.csv): which addresses are the same mailbox, and which
 * domains give out addresses to throw away. A domain that is not listed is an ordinary one.
 */
#ifndef STANDARD_MAIL_RULES_H
#define STANDARD_MAIL_RULES_H

#include "standard/pack.h"

struct mail_domain {
	struct str domain;  /* "gmail.com", "*.example.org" */
	struct str same_as; /* the domain it is another name of; empty: none */
	bool dots;          /* dots before the @ mean nothing */
	struct str tag;     /* what follows this sign before the @ means nothing: "+"; empty: everything counts */
	bool disposable;
};
struct mail_rules {
	const struct mail_domain *v;
	size_t n;
};

/* The one spelling of a mailbox: lower case, domain by its first name, without dots and tags where they mean nothing. */
struct str mail_canonical(struct arena *a, const struct mail_rules *r, struct str address);
/* The domain of an address, lower case, by its first name. */
struct str mail_domain_of(struct arena *a, const struct mail_rules *r, struct str address);
bool mail_disposable(const struct mail_rules *r, struct str domain);

#endif
