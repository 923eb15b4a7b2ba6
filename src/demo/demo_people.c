#include "demo/demo.h"

#include "account/account.h"
#include "app/app.h"
#include "gen/account_sql.h"
#include "standard/pack.h"

/* Bodies whose officials can be signed in as; the first two have a person for each role. */
static const char *const bodies[] = { "r10_roads", "r10_utilities", "r10_akimat", "r10_social", "r71_roads", "r71_utilities", "r75_utilities", "mt", "mtszn", "mki", "miicr" };
#define FULL_BODIES 2

static const enum role roles[] = {
	ROLE_REGISTRAR, ROLE_HEAD,      ROLE_EXECUTOR, ROLE_COEXECUTOR, ROLE_APPROVER, ROLE_SIGNER,
	ROLE_CONTROLLER, ROLE_MODERATOR, ROLE_ANALYST,  ROLE_OPERATOR,   ROLE_ADMIN,      ROLE_PRESS,
};

/* Invented names; any likeness is chance. */
static const char *const names[] = { "Aigul Serikova", "Yerlan Bekov", "Dinara Omarova", "Timur Akhmetov", "Saule Kassymova", "Nurlan Zhakupov",
				     "Gulnara Ivanova", "Arman Tuleuov", "Madina Sadykova", "Olga Petrova", "Daniyar Mukhanov" };

static enum rc insert_person(struct ctx *c, struct demo *d, struct demo_person *p, const enum role *held, size_t n, struct str hash)
{
	struct account_id id = { id_make() };
	struct str sealed = key_seal(c->arena, c->app->keys, S(DEMO_SECRET));
	int64_t changed;

	TRY(account_insert_staff(c->db, id, p->name, p->email, account_email_key(c->arena, p->email), hash, sealed, c->now, &changed));
	for (size_t i = 0; i < n; i++)
		TRY(staff_role_insert(c->db, (struct staff_role_id){ id_make() }, id, p->body, str_of(role_name(held[i])), c->now, &changed));
	p->account = id.v;
	d->people[d->n_people++] = *p;
	return RC_OK;
}

/* In one role only. */
static enum rc one_role(struct ctx *c, struct demo *d, size_t at, const struct body *b, enum role role, size_t name, struct str hash)
{
	struct demo_person p = { .name = str_of(names[name % ARRAY_LEN(names)]), .role = role_name(role), .body = b->id };

	p.email = str_fmt(d->arena, "%s.%s@demo.kz", p.role, bodies[at]);
	return insert_person(c, d, &p, &role, 1, hash);
}

static enum rc staff_of(struct ctx *c, struct demo *d, size_t at, struct str hash)
{
	const struct body *b = pack_body_by_code(c->app->pack, str_of(bodies[at]));

	if (!b)
		return RC_OK; /* another country's pack: fewer people */
	for (size_t r = 0; at < FULL_BODIES && r < ARRAY_LEN(roles); r++)
		TRY(one_role(c, d, at, b, roles[r], r + at * 3, hash));
	if (at >= FULL_BODIES && b == d->app->pack->petition_body) /* an objection is decided by another moderator */
		TRY(one_role(c, d, at, b, ROLE_MODERATOR, at + 1, hash));
	if (at >= FULL_BODIES && b == d->app->pack->site_body)
		TRY(one_role(c, d, at, b, ROLE_ADMIN, at + 2, hash));
	struct demo_person all = { .name = str_of(names[at % ARRAY_LEN(names)]), .role = "everything", .body = b->id };

	all.email = str_fmt(d->arena, "all.%s@demo.kz", bodies[at]);
	return insert_person(c, d, &all, roles, ARRAY_LEN(roles), hash);
}

static enum rc people(struct db *db, void *arg)
{
	struct demo *d = arg;
	struct ctx c = app_ctx(d->app, d->arena, db);
	struct str hash = password_hash(d->arena, S(DEMO_PASSWORD));

	for (size_t i = 0; i < ARRAY_LEN(bodies); i++)
		TRY(staff_of(&c, d, i, hash));
	for (size_t i = 0; i < ARRAY_LEN(d->citizens); i++) {
		d->citizen_mail[i] = str_fmt(d->arena, "citizen%zu@demo.kz", i + 1);
		TRY(account_by_mail(&c, d->citizen_mail[i], i % 2 ? LANG_RU : LANG_KK, &d->citizens[i]));
		d->n_citizens++;
	}
	return RC_OK;
}

struct actor demo_official(const struct demo *d, int64_t body, enum role role)
{
	struct actor a = { .account = 1, .body = body, .roles = BIT(role) };

	for (size_t i = 0; i < d->n_people; i++)
		if (d->people[i].body == body && (str_eq(str_of(d->people[i].role), str_of(role_name(role))) || str_eq(str_of(d->people[i].role), S("everything"))))
			a.account = d->people[i].account;
	return a;
}

enum rc demo_people(struct demo *d)
{
	return db_write(d->app->db, d->arena, people, d);
}
