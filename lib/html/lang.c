/* The languages: which one, and how it writes days and numbers. */
#include "html/msg.h"

#include <assert.h>

#include "gen/messages.h"
#include "html/inner.h"
#include "html/lang_table.h"

const struct lang *lang_of(enum lang_id id)
{
	return (unsigned)id < LANG_N ? &lang_tables[id] : &lang_tables[LANG_KK];
}

enum lang_id lang_id(const struct lang *l)
{
	return l->id;
}

struct str lang_code(const struct lang *l)
{
	return l->code;
}

bool lang_by_code(struct str code, enum lang_id *ret)
{
	for (size_t i = 0; i < LANG_N; i++)
		if (str_eq_nocase(code, lang_tables[i].code)) {
			*ret = lang_tables[i].id;
			return true;
		}
	return false;
}

/* "0.7" to 700; false for what RFC 9110 12.4.2 does not allow. */
static bool weight(struct str s, int *ret)
{
	int v = 0, scale = 1000;

	if (s.n == 0 || s.n > 5 || (s.p[0] != '0' && s.p[0] != '1') || (s.n > 1 && s.p[1] != '.'))
		return false;
	v = (s.p[0] - '0') * 1000;
	for (size_t i = 2; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		scale /= 10;
		v += (s.p[i] - '0') * scale;
	}
	if (v > 1000)
		return false;
	*ret = v;
	return true;
}

/* "ru-KZ;q=0.8": the range before the subtag and its weight. */
static bool accept_item(struct str item, struct str *ret_code, int *ret_q)
{
	struct str code, param;
	int q = 1000;

	if (!str_cut(&item, ';', &code))
		return false;
	while (str_cut(&item, ';', &param)) {
		param = str_trim(param);
		if (param.n > 2 && str_eq_nocase(str_sub(param, 0, 2), S("q=")) && !weight(str_from(param, 2), &q))
			return false;
	}
	code = str_trim(code);
	*ret_code = str_sub(code, 0, str_find_byte(code, '-', 0));
	*ret_q = q;
	return true;
}

enum lang_id lang_accept(struct str accept_language)
{
	enum lang_id best = LANG_KK, id;
	int best_q = 0, q;
	struct str rest = str_sub(accept_language, 0, 1000), item, code;

	while (str_cut(&rest, ',', &item)) {
		if (!accept_item(item, &code, &q) || q <= best_q)
			continue;
		if (str_eq(code, S("*")))
			id = LANG_KK;
		else if (!lang_by_code(code, &id))
			continue;
		best = id;
		best_q = q;
	}
	return best;
}

static struct str month_name(const struct lang *l, int month)
{
	static const unsigned names[] = { MSG_APP_MONTH_1, MSG_APP_MONTH_2,  MSG_APP_MONTH_3,  MSG_APP_MONTH_4,
					  MSG_APP_MONTH_5, MSG_APP_MONTH_6,  MSG_APP_MONTH_7,  MSG_APP_MONTH_8,
					  MSG_APP_MONTH_9, MSG_APP_MONTH_10, MSG_APP_MONTH_11, MSG_APP_MONTH_12 };

	assert(month >= 1 && month <= 12);
	return msg_text(l, names[month - 1]);
}

/* Decimal digits into buf, at least width of them: printf is a third of the cost of a page full of dates. */
static struct str digits_of(char buf[12], unsigned n, size_t width)
{
	size_t i = 12;

	while (n || 12 - i < width) {
		buf[--i] = (char)('0' + n % 10);
		n /= 10;
	}
	return (struct str){ buf + i, 12 - i };
}

static struct str day_text(struct arena *a, const struct lang *l, int year, int month, int day)
{
	char y[12], d[12];

	return msg_fmt(a, l, MSG_APP_DAY,
		       ARGS(ARG_S("year", digits_of(y, (unsigned)year, 1)), ARG_S("month", month_name(l, month)),
			    ARG_S("day", digits_of(d, (unsigned)day, 1))));
}

struct str lang_day(struct arena *a, const struct lang *l, struct day d)
{
	int y, m, dd;

	day_to_ymd(d, &y, &m, &dd);
	return day_text(a, l, y, m, dd);
}

struct str lang_when(struct arena *a, const struct lang *l, struct when w)
{
	struct civil c = when_civil(w);
	char hour[12], minute[12];
	struct str time = str_cat(a, digits_of(hour, (unsigned)c.hour, 2), S(":"));

	time = str_cat(a, time, digits_of(minute, (unsigned)c.minute, 2));
	return msg_fmt(a, l, MSG_APP_WHEN,
		       ARGS(ARG_S("day", day_text(a, l, c.year, c.month, c.day)), ARG_S("time", time)));
}

/* Four digits stay together, as typographers of all three languages like it and years need it. */
void lang_write_int(struct out *o, const struct lang *l, int64_t n)
{
	uint64_t u = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	char digits[24];
	size_t i = sizeof(digits);

	if (u < 10000) {
		out_i64(o, n);
		return;
	}
	do {
		digits[--i] = (char)('0' + u % 10);
		u /= 10;
	} while (u);
	struct str group = msg_text(l, MSG_APP_DIGIT_GROUP);

	if (n < 0)
		out_char(o, '-');
	for (size_t k = i; k < sizeof(digits); k++) {
		if (k > i && (sizeof(digits) - k) % 3 == 0)
			out_str(o, group);
		out_char(o, digits[k]);
	}
}

struct str lang_int(struct arena *a, const struct lang *l, int64_t n)
{
	char buf[64];
	struct out o = { .arena = a, .p = buf, .cap = sizeof(buf) };

	lang_write_int(&o, l, n);
	return str_dup(a, out_done(&o));
}
