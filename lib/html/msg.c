/* Messages with their arguments. */
#include "html/msg.h"

#include <assert.h>

#include "gen/messages.h"
#include "html/inner.h"
#include "html/lang_table.h"

static struct str form_of(const struct lang *l, unsigned msg, const int64_t *count)
{
	assert(msg < msg_count);
	uint32_t first = l->first[msg], forms = l->first[msg + 1] - first;
	unsigned k = 0;

	if (count && forms > 1)
		k = l->plural(*count < 0 ? 0 - (uint64_t)*count : (uint64_t)*count);
	return l->forms[first + (k < forms ? k : forms - 1)];
}

struct str msg_text(const struct lang *l, unsigned msg)
{
	if (msg == MSG_NONE)
		return S("");
	return form_of(l, msg, NULL);
}

struct str msg_name(unsigned msg)
{
	return msg < msg_count ? msg_names[msg] : S("");
}

unsigned msg_by_name(struct str name)
{
	unsigned low = 1, high = msg_count;

	while (low < high) {
		unsigned mid = low + (high - low) / 2;
		int c = str_cmp(name, msg_names[mid]);

		if (c == 0)
			return mid;
		if (c < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return MSG_NONE;
}

static const struct msg_arg *arg_named(const struct msg_arg *args, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(str_of(args[i].name), name))
			return &args[i];
	return NULL;
}

typedef void write_text(struct out *o, const struct view *v, struct str s);

static void write_plain(struct out *o, const struct view *v, struct str s)
{
	(void)v;
	out_str(o, s);
}

/* True: what was written ends in a full stop, as days do in Russian. */
static bool write_arg(struct out *o, struct arena *a, const struct lang *l, const struct msg_arg *arg, write_text *put)
{
	struct str s = arg->s;

	switch (arg->kind) {
	case ARG_STR:
		break;
	case ARG_INT:
		lang_write_int(o, l, arg->i);
		return false;
	case ARG_DAY:
		s = lang_day(a, l, (struct day){ (int32_t)arg->i });
		break;
	case ARG_WHEN:
		s = lang_when(a, l, (struct when){ arg->i });
		break;
	}
	put(o, NULL, s);
	return str_ends(s, S("."));
}

/* msgc has checked the braces; a name without its argument stays to be seen. A sentence that ends in an argument has one full stop. */
static void write_msg(struct out *o, struct arena *a, const struct lang *l, struct str text, const struct msg_arg *args,
		      size_t n, write_text *put)
{
	size_t open;

	while ((open = str_find_byte(text, '{', 0)) != SIZE_MAX) {
		size_t close = str_find_byte(text, '}', open);

		assert(close != SIZE_MAX);
		const struct msg_arg *arg = arg_named(args, n, str_sub(text, open + 1, close - open - 1));

		put(o, NULL, str_sub(text, 0, arg ? open : close + 1));
		text = str_from(text, close + 1);
		if (arg && write_arg(o, a, l, arg, put) && str_starts(text, S(".")))
			text = str_from(text, 1);
	}
	put(o, NULL, text);
}

static struct str pick(const struct lang *l, unsigned msg, const struct msg_arg *args, size_t n)
{
	const struct msg_arg *count = arg_named(args, n, S("n"));

	if (msg == MSG_NONE)
		return S("");
	return form_of(l, msg, count && count->kind == ARG_INT ? &count->i : NULL);
}

struct str msg_fmt(struct arena *a, const struct lang *l, unsigned msg, const struct msg_arg *args, size_t n)
{
	char buf[1024];
	struct out o = { .arena = a, .p = buf, .cap = sizeof(buf) };

	write_msg(&o, a, l, pick(l, msg, args, n), args, n, write_plain);
	return str_dup(a, out_done(&o));
}

void html_msg(struct out *o, const struct view *v, unsigned msg, const struct msg_arg *args, size_t n)
{
	write_msg(o, v->arena, v->lang, pick(v->lang, msg, args, n), args, n, html_text);
}
