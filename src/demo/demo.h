/*
 * demo.h: the demonstration country: people with known sign-ins and appeals in every state, made by the real operations with the clock moved back, the
 * same for the same seed. Never in an installation that serves people: its passwords are public.
 */
#ifndef DEMO_DEMO_H
#define DEMO_DEMO_H

#include "app/command.h"
#include "app/route.h"
#include "base/random.h"

#define DEMO_PASSWORD "demo-Jauap-2026"
#define DEMO_SECRET "jauap-demo-secret-20" /* 20 bytes, shared by all officials of the demonstration */

struct demo_person {
	struct str name, email;
	const char *role; /* "registrar" ... or "everything" */
	int64_t body, account;
};

#define DEMO_PEOPLE_MAX 100
struct demo {
	struct app *app;
	struct arena *arena;
	struct rng rng;
	struct demo_person people[DEMO_PEOPLE_MAX];
	size_t n_people;
	int64_t citizens[12];
	struct str citizen_mail[12];
	size_t n_citizens;
	int64_t appeals;     /* how many to make */
};

/* Officials: one for each role in the first bodies, one with all roles in each. */
MUST_USE enum rc demo_people(struct demo *d);
MUST_USE enum rc demo_appeals(struct demo *d);
MUST_USE enum rc demo_notices(struct demo *d);
MUST_USE enum rc demo_petitions(struct demo *d);
int demo_command(struct arena *start, const struct config *c, const struct str *rest, size_t n);

extern const struct module demo_module;

#endif
