#include "standard/standard.h"

#include "place/place.h"

/* Clauses that a pack may leave out take the value of a stricter neighbour: a term is never longer by omission. */
static struct term term_of(const struct pack *p, const char *code, const char *otherwise, struct day on)
{
	const struct clause *c = pack_clause(p, pack_has_clause(p, code) ? code : otherwise, on);

	return (struct term){ (int)c->value, c->unit };
}

enum rc standard_law(const struct pack *p, struct str kind, struct when at, struct law *ret)
{
	const struct kind *k = pack_kind(p, kind);
	struct day on = when_day(at);

	if (!k)
		return RC_NOT_FOUND;
	*ret = (struct law){
		.pack = p,
		.answer = { k->term, k->unit },
		.extendable = k->extendable,
		.hearing = k->hearing,
		/* APPC art. 65: the receiving body opens its own procedure; a pack may say 0 */
		.redirect_restarts = !pack_has_clause(p, "pass_on_restarts") || pack_clause(p, "pass_on_restarts", on)->value != 0,
		.pass_on = term_of(p, "pass_on", "pass_on", on),
		.extension_max = term_of(p, "extension_max", "extension_max", on),
		.supplement = term_of(p, "supplement", "supplement", on),
		.hearing_notice = term_of(p, "hearing_notice", "hearing_notice", on),
		.objection = term_of(p, "objection", "hearing_notice", on),
		.not_clear = term_of(p, "not_clear_term", "not_clear_term", on),
		.control = term_of(p, "control", "pass_on", on),
		.contest = term_of(p, "contest_after", "contest_after", on),
		.reopen = term_of(p, "reopen_term", "reopen_term", on),
		.follow_up = term_of(p, "follow_up", "follow_up", on),
		.hops_told = pack_clause(p, "ping_pong_hops", on)->value,
		.step_moves = pack_clause(p, "step_moves", on)->value,
	};
	return RC_OK;
}

bool standard_place_known(const struct pack *p, int64_t place)
{
	return place == 0 || pack_place(p, place);
}

int64_t standard_region_of(const struct pack *p, int64_t place)
{
	const struct place *at = pack_place(p, place);

	return at ? place_region(at)->id : 0;
}

bool standard_body_known(const struct pack *p, int64_t body)
{
	return pack_body(p, body) != NULL;
}

int64_t standard_superior_of(const struct pack *p, int64_t body)
{
	const struct body *b = pack_body(p, body);

	return b && b->up ? b->up->id : body;
}

bool standard_topic_known(const struct pack *p, struct str topic)
{
	return pack_topic(p, topic) != NULL;
}

bool standard_ground_known(const struct pack *p, const char *use, struct str code)
{
	const struct ground *g = pack_ground(p, code);

	return g && str_eq(g->use, str_of(use));
}
