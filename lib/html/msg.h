/*
 * msg.h: text for people. A message is an id (gen/messages.h, made from locale/LANG/SLICE.po by tools/msgc) and
 * named arguments; its text exists in all languages of the site or the build fails.
 *
 * In a .po file msgid is the id ("appeal.received"), msgstr the text with {name} for each argument. A message with a
 * count uses msgid_plural equal to msgid; the argument n picks the form by the catalogue's Plural-Forms.
 */
#ifndef HTML_MSG_H
#define HTML_MSG_H

#include "base/out.h"
#include "base/when.h"
#include "html/html.h"

enum lang_id { LANG_KK, LANG_RU, LANG_EN, LANG_N };

struct lang; /* one language's table; static data made by msgc */

/* kk for anything unknown: it is the default. */
const struct lang *lang_of(enum lang_id id);
enum lang_id lang_id(const struct lang *l);
struct str lang_code(const struct lang *l);                /* "kk" */
bool lang_by_code(struct str code, enum lang_id *ret);     /* "kk", "ru", "en" */
enum lang_id lang_accept(struct str accept_language);      /* RFC 9110 12.5.4; LANG_KK if none fits */

struct msg_arg {
	const char *name;
	enum { ARG_STR, ARG_INT, ARG_DAY, ARG_WHEN } kind;
	struct str s;
	int64_t i;
};
#define ARG_S(name_, value_) ((struct msg_arg){ .name = (name_), .kind = ARG_STR, .s = (value_) })
#define ARG_I(name_, value_) ((struct msg_arg){ .name = (name_), .kind = ARG_INT, .i = (int64_t)(value_) })
#define ARG_D(name_, value_) ((struct msg_arg){ .name = (name_), .kind = ARG_DAY, .i = (value_).v })
#define ARG_W(name_, value_) ((struct msg_arg){ .name = (name_), .kind = ARG_WHEN, .i = (value_).us })
static inline struct msg_arg msg_arg_str(const char *name, struct str s)
{
	return ARG_S(name, s);
}
static inline struct msg_arg msg_arg_int(const char *name, int64_t n)
{
	return ARG_I(name, n);
}
static inline struct msg_arg msg_arg_int32(const char *name, int n)
{
	return ARG_I(name, n);
}
static inline struct msg_arg msg_arg_size(const char *name, size_t n)
{
	return ARG_I(name, n);
}
static inline struct msg_arg msg_arg_day(const char *name, struct day d)
{
	return ARG_D(name, d);
}
static inline struct msg_arg msg_arg_when(const char *name, struct when w)
{
	return ARG_W(name, w);
}
/* The kind by the type of the value: what {% t id name=value %} uses. */
#define MSG_ARG(name_, x)                                                                          \
	_Generic((x),                                                                              \
		struct str: msg_arg_str,                                                           \
		int64_t: msg_arg_int,                                                              \
		int: msg_arg_int32,                                                                \
		size_t: msg_arg_size,                                                              \
		struct day: msg_arg_day,                                                           \
		struct when: msg_arg_when)((name_), (x))
#define ARGS(...)                                                                                  \
	(const struct msg_arg[]){ __VA_ARGS__ },                                                   \
		sizeof((struct msg_arg[]){ __VA_ARGS__ }) / sizeof(struct msg_arg)

/* msg is enum msg of gen/messages.h; ids that come from data go through msg_by_name(). */
struct str msg_text(const struct lang *l, unsigned msg); /* without arguments */
struct str msg_fmt(struct arena *a, const struct lang *l, unsigned msg, const struct msg_arg *args, size_t n);
unsigned msg_by_name(struct str name); /* 0 (MSG_NONE) if there is none */
struct str msg_name(unsigned msg);
/* Escaped into a page: what {% t appeal.received number=a->number %} compiles to. */
void html_msg(struct out *o, const struct view *v, unsigned msg, const struct msg_arg *args, size_t n);

/* Dates and numbers the way the language writes them. */
struct str lang_day(struct arena *a, const struct lang *l, struct day d);
struct str lang_when(struct arena *a, const struct lang *l, struct when w);
struct str lang_int(struct arena *a, const struct lang *l, int64_t n);

#endif
