/*
 * demo.h: the demonstration country: people with known sign-ins and appeals in every state, made by the real operations with the clock moved back, the
 * same for the same seed. More than some thousand lives are copies of those (demo_copy.c). Never in an installation that serves people: its passwords are public.
 */
#ifndef DEMO_DEMO_H
#define DEMO_DEMO_H

#include "app/command.h"
#include "app/route.h"
#include "base/random.h"
#include "base/vec.h"

#define DEMO_PASSWORD "demo-Jauap-2026"
#define DEMO_SECRET "jauap-demo-secret-20" /* 20 bytes, shared by all officials of the demonstration */

struct demo_person {
	struct str name, email;
	const char *role; /* "registrar" ... or "everything" */
	int64_t body, account;
};

#define DEMO_PEOPLE_MAX 100
#define DEMO_JOURNALISTS 3 /* journalist1@demo.kz ... */
struct demo {
	struct app *app;
	struct arena *arena;
	struct rng rng;
	struct demo_person people[DEMO_PEOPLE_MAX];
	size_t n_people;
	int64_t citizens[12];
	struct str citizen_mail[12];
	size_t n_citizens;
	int64_t appeals;     /* how many lives to tell */
	int64_t age_days;    /* how far back they begin */
	VEC(int64_t) bounds; /* ids between which lie the rows of some lives each */
};

/* Moments of a life stay so far from the end of their hour: a copy may happen that much later and counts in the same hour. */
#define DEMO_LATER_SEC 900
#define DEMO_STREETS 8
extern const char *const demo_streets[DEMO_STREETS];

/* Officials: one for each role in the first bodies, one with all roles in each. */
MUST_USE enum rc demo_people(struct demo *d);
MUST_USE enum rc demo_appeals(struct demo *d);
/* So many lives by the real operations, then each of them once more until it is there so many times. */
MUST_USE enum rc demo_lives(struct demo *d, int64_t originals, int64_t times);
/* The lives between d->bounds, so often in all; prints how fast. */
MUST_USE enum rc demo_copy(struct demo *d, int64_t times);
/* Copy n from 1 has ids that much smaller and moments that much later than its original. */
struct demo_offset { int64_t shift, later; };
struct demo_offset demo_offset(const struct demo *d, int64_t n);
MUST_USE enum rc demo_meetings(struct demo *d);
MUST_USE enum rc demo_notices(struct demo *d);
MUST_USE enum rc demo_petitions(struct demo *d);
MUST_USE enum rc demo_receptions(struct demo *d);
MUST_USE enum rc demo_plans(struct demo *d);
MUST_USE enum rc demo_press(struct demo *d); /* after what makes meetings */
MUST_USE enum rc demo_fold(struct demo *d);  /* counts all that happened and became due */
MUST_USE enum rc demo_keep(struct demo *d);  /* last: letters of the past, counts */
/* An official of the body in a role: one who can be signed in as, where there is one. */
struct actor demo_official(const struct demo *d, int64_t body, enum role role);
int demo_command(struct arena *start, const struct config *c, const struct str *rest, size_t n);

extern const struct module demo_module;

#endif
