#include "appeal/appeal_words.h"

#include "body/body.h"

/* The moment of a hearing has an hour, a deadline is a day. */
static struct msg_arg due_arg(const struct event_row *e)
{
	if (str_eq(e->kind, S("hearing_planned")))
		return ARG_W("due", e->due_at);
	return ARG_D("due", when_day(e->due_at));
}

struct str appeal_trail_text(struct arena *a, const struct lang *l, const struct pack *p, const struct event_row *e)
{
	const struct msg_arg args[] = {
		ARG_S("body", body_name(p, e->body_id, lang_id(l))), ARG_S("to", body_name(p, e->to_body_id, lang_id(l))), due_arg(e),
		ARG_S("reason", e->reason), ARG_S("detail", e->detail), ARG_I("n", e->value),
	};

	return msg_fmt(a, l, appeal_trail_msg(e), args, ARRAY_LEN(args));
}

struct str appeal_state_text(const struct lang *l, struct str state)
{
	enum appeal_state s;

	return appeal_state_by_name(state, &s) ? msg_text(l, appeal_state_msg(s)) : S("");
}
