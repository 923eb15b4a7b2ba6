#include "standard/situation.h"

#include "base/out.h"

const struct situation *help_situation(const struct help *h, struct str code)
{
	for (size_t i = 0; i < h->n_situations; i++)
		if (str_eq(h->situations[i].code, code))
			return &h->situations[i];
	return NULL;
}

const struct help_group *help_group(const struct help *h, struct str code)
{
	for (size_t i = 0; i < h->n_groups; i++)
		if (str_eq(h->groups[i].code, code))
			return &h->groups[i];
	return NULL;
}

const struct help_parameter *help_parameter(const struct help *h, struct str code, struct day on)
{
	const struct help_parameter *found = NULL;

	for (size_t i = 0; i < h->n_parameters; i++) {
		const struct help_parameter *p = &h->parameters[i];

		if (str_eq(p->code, code) && p->valid_from.v <= on.v && (!found || found->valid_from.v <= p->valid_from.v))
			found = p;
	}
	return found;
}

/* 164350 as "164 350", with spaces that do not break. */
static void put_money(struct out *o, int64_t v)
{
	if (v >= 1000) {
		put_money(o, v / 1000);
		out_fmt(o, "\xc2\xa0%03d", (int)(v % 1000));
	} else {
		out_i64(o, v);
	}
}

bool help_figures(struct arena *a, const struct help *h, struct str text, struct day on, struct str *ret)
{
	struct out o = OUT_ON(a);
	size_t at = 0;

	for (;;) {
		size_t open = str_find_byte(text, '{', at), close = open == SIZE_MAX ? SIZE_MAX : str_find_byte(text, '}', open);
		struct str inner, name;
		double times;

		if (close == SIZE_MAX)
			break;
		out_str(&o, str_sub(text, at, open - at));
		inner = str_sub(text, open + 1, close - open - 1);
		if (!str_cut(&inner, ' ', &name) || !str_to_double(str_trim(inner), &times) || times < 0 || times > 1e6)
			return false;
		const struct help_parameter *p = help_parameter(h, name, on);

		if (!p)
			return false;
		put_money(&o, (int64_t)(p->value * times + 0.5));
		out_fmt(&o, "\xc2\xa0%.*s", STR_FMT(h->currency));
		at = close + 1;
	}
	out_str(&o, str_from(text, at));
	*ret = out_done(&o);
	return true;
}

enum known help_answer(struct str answers, struct str question)
{
	struct str pair, name;

	while (answers.n && str_cut(&answers, '&', &pair)) {
		if (!str_cut(&pair, '=', &name) || !str_eq(name, question))
			continue;
		return str_eq(pair, S("yes")) ? KNOWN_YES : str_eq(pair, S("no")) ? KNOWN_NO : KNOWN_UNKNOWN;
	}
	return KNOWN_UNKNOWN;
}

enum known help_met(const struct help_condition *c, enum known answer)
{
	if (answer == KNOWN_UNKNOWN)
		return KNOWN_UNKNOWN;
	return (answer == KNOWN_YES) == c->needs_yes ? KNOWN_YES : KNOWN_NO;
}

enum verdict help_verdict(const struct situation *s, struct str answers, struct day on)
{
	enum verdict v = VERDICT_MAY;

	for (size_t i = 0; i < s->n_conditions; i++) {
		const struct help_condition *c = &s->conditions[i];

		if (c->valid_from.v > on.v)
			continue;
		enum known met = help_met(c, help_answer(answers, c->question->code));

		if (met == KNOWN_NO)
			return VERDICT_NOT;
		if (met == KNOWN_UNKNOWN)
			v = VERDICT_ASK;
	}
	return v;
}
