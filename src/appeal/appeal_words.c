#include "appeal/appeal_words.h"

#include "body/body.h"
#include "text/ident.h"

/* The moment of a hearing has an hour, a deadline is a day. */
static struct msg_arg due_arg(const struct event_row *e)
{
	if (str_eq(e->kind, S("hearing_planned")))
		return ARG_W("due", e->due_at);
	return ARG_D("due", when_day(e->due_at));
}

static struct str masked(struct arena *a, const struct pack *p, struct str s)
{
	struct mask_spans spans = mask_find(a, p->phones, s);

	return mask_apply(a, s, &spans);
}

/* "No money in this year's budget. We shall ask again in January.": the ground from the pack, then the words of whoever wrote it. */
static struct str reason_of(struct arena *a, const struct lang *l, const struct pack *p, const struct event_row *e, bool stranger)
{
	const struct ground *g = e->detail.n ? pack_ground(p, e->detail) : NULL;
	struct str ground = g ? name_in(&g->text, l) : S(""), words = e->reason;

	if (stranger)
		words = masked(a, p, words);
	if (!ground.n || !words.n)
		return ground.n ? ground : words;
	return str_fmt(a, "%.*s. %.*s", STR_FMT(ground), STR_FMT(words));
}

/* A sentence of the catalogue ends with a full stop; the reason may bring its own. */
static struct str without_stop(struct str s)
{
	s = str_trim(s);
	while (s.n && s.p[s.n - 1] == '.')
		s.n--;
	return s;
}

/* A Russian date ends with a full stop of its own, and so does the sentence behind it. */
static struct str single_stops(struct arena *a, struct str s)
{
	struct out o = OUT_ON(a);

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '.' || i + 1 >= s.n || s.p[i + 1] != '.')
			out_char(&o, s.p[i]);
	return out_done(&o);
}

struct trail_words appeal_trail_words(struct arena *a, const struct lang *l, const struct pack *p, const struct event_row *e, bool stranger)
{
	struct str reason = reason_of(a, l, p, e, stranger);
	struct str detail = without_stop(stranger ? masked(a, p, e->detail) : e->detail);
	unsigned msg = appeal_trail_msg(e);
	const struct msg_arg args[] = {
		ARG_S("body", body_name(p, e->body_id, lang_id(l))), ARG_S("to", body_name(p, e->to_body_id, lang_id(l))), due_arg(e),
		ARG_S("reason", without_stop(reason)), ARG_S("detail", detail), ARG_I("n", e->value),
	};
	bool says_why = str_find(msg_text(l, msg), S("{reason}"), 0) != SIZE_MAX;

	return (struct trail_words){ single_stops(a, msg_fmt(a, l, msg, args, ARRAY_LEN(args))), says_why ? S("") : reason };
}
