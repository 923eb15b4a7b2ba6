#include "standard/pack.h"

#include <assert.h>
#include <stdio.h>

#include "standard/pack_read.h"

/* Somebody must answer for every topic everywhere, or an appeal would have nowhere to go. */
static void check_competence(struct loading *l)
{
	const struct pack *p = l->pack;

	for (size_t i = 0; i < p->n_topics; i++) {
		bool there = false;

		for (size_t k = 0; k < p->n_bodies && !there; k++)
			there = body_answers_for(&p->bodies[k], &p->topics[i]);
		if (!there)
			problem(l, "bodies.csv", 1, "nobody is competent for the topic %.*s", STR_FMT(p->topics[i].code));
		there = false;
		for (size_t k = 0; k < p->n_bodies && !there; k++)
			there = str_eq(p->bodies[k].kind, p->topics[i].body_kind);
		if (!there && p->topics[i].body_kind.n)
			problem(l, "topics.csv", 1, "no body is of the kind %.*s, which answers first for %.*s", STR_FMT(p->topics[i].body_kind),
				STR_FMT(p->topics[i].code));
	}
}

static void check_signing(struct loading *l)
{
	static const char *const ways[] = { "identity", "mail", "paper" };
	struct str rest = l->pack->petition_signing, one;

	while (rest.n && str_cut(&rest, ' ', &one)) {
		bool known = false;

		for (size_t i = 0; i < ARRAY_LEN(ways); i++)
			known = known || str_eq(one, str_of(ways[i]));
		if (!known)
			problem(l, "pack.yaml", setting_line(l, "petition_signing"), "petition_signing names identity, mail, paper, not \"%.*s\"", STR_FMT(one));
	}
}

/* Which kind plays which part, from pack.yaml. */
static void link_parts(struct loading *l)
{
	struct pack *p = l->pack;
	const struct { const char *name; const struct kind **kind; } kinds[] = {
		{ "kind_report", &p->kind_report }, { "kind_contest", &p->kind_contest }, { "kind_petition", &p->kind_petition },
		{ "kind_media", &p->kind_media },
		{ "kind_question", &p->kind_question },
	};
	const struct { const char *name; const struct body **body; } bodies[] = { { "site_body", &p->site_body }, { "petition_body", &p->petition_body } };

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (!(*kinds[i].kind = pack_kind(p, setting_named(l, kinds[i].name))))
			problem(l, "pack.yaml", setting_line(l, kinds[i].name), "%s must be a kind of kinds.csv", kinds[i].name);
	if (!(p->topic_other = pack_topic(p, setting_named(l, "topic_other"))))
		problem(l, "pack.yaml", setting_line(l, "topic_other"), "topic_other must be a topic of topics.csv");
	check_signing(l);
	for (size_t i = 0; i < ARRAY_LEN(bodies); i++)
		if (!(*bodies[i].body = pack_body_by_code(p, setting_named(l, bodies[i].name))))
			problem(l, "pack.yaml", setting_line(l, bodies[i].name), "%s must be a code of bodies.csv", bodies[i].name);
}

enum rc pack_load(struct arena *start, const char *dir, struct pack **ret, struct pack_problems *ret_problems)
{
	struct pack *p = ARENA_NEW(start, struct pack);
	struct loading l = { start, dir, p, ret_problems };
	struct map *maps[] = { &p->by_place, &p->by_body, &p->by_body_code, &p->by_topic, &p->by_kind, &p->by_clause, &p->by_ground, &p->by_basis };
	static void (*const steps[])(struct loading *) = { load_settings, load_places,  load_topics,    load_bodies,   load_bases,
							   load_kinds,    load_clauses, load_grounds,   load_days,     load_wording,
							   load_help,     load_petitions, load_meetings, load_mail,    load_danger };

	for (size_t i = 0; i < ARRAY_LEN(maps); i++)
		maps[i]->arena = start;
	for (size_t i = 0; i < ARRAY_LEN(steps); i++)
		steps[i](&l);
	link_parts(&l);
	check_competence(&l);
	if (ret_problems->n)
		return RC_INVALID;
	*ret = p;
	return RC_OK;
}

static const void *by_id(const struct map *m, int64_t id)
{
	return map_get(m, (struct str){ (const char *)&id, sizeof(id) });
}

const struct place *pack_place(const struct pack *p, int64_t id)
{
	return by_id(&p->by_place, id);
}

const struct body *pack_body(const struct pack *p, int64_t id)
{
	return by_id(&p->by_body, id);
}

const struct body *pack_body_by_code(const struct pack *p, struct str code)
{
	return map_get(&p->by_body_code, code);
}

const struct topic *pack_topic(const struct pack *p, struct str code)
{
	return map_get(&p->by_topic, code);
}

const struct kind *pack_kind(const struct pack *p, struct str code)
{
	return map_get(&p->by_kind, code);
}

const struct ground *pack_ground(const struct pack *p, struct str code)
{
	return map_get(&p->by_ground, code);
}

bool pack_has_clause(const struct pack *p, const char *code)
{
	return map_get(&p->by_clause, str_of(code)) != NULL;
}

const struct clause *pack_clause(const struct pack *p, const char *code, struct day on)
{
	const struct clause *c = map_get(&p->by_clause, str_of(code)), *end = p->clauses + p->n_clauses;

	assert(c);
	while (c + 1 < end && str_eq(c[1].code, c->code) && c[1].valid_from.v <= on.v)
		c++;
	return c; /* before the first date the first value holds */
}

bool body_answers_for(const struct body *b, const struct topic *t)
{
	for (; t; t = t->up)
		for (size_t i = 0; i < b->n_topics; i++)
			if (b->topics[i] == t)
				return true;
	return false;
}
