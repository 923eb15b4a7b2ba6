#include "text/mask.h"

#include <stdlib.h>

#include "base/out.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "text/letters.h"
#include "text/phone.h"

void mask_add(struct mask_text *t, size_t at, size_t end, enum mask_kind kind)
{
	t->spans = vec_grow(t->arena, t->spans, t->spans_n, &t->spans_cap, sizeof(t->spans[0]));
	t->spans[t->spans_n++] = (struct mask_span){ at, end - at, kind };
}

bool mask_joined(const struct mask_text *t, size_t i, const char *bytes, size_t most)
{
	if (i + 1 >= t->n)
		return false;

	size_t from = t->w[i].end, to = t->w[i + 1].at;

	if (to - from > most)
		return false;
	for (size_t k = from; k < to; k++)
		if (!t->text.p[k] || !strchr(bytes, t->text.p[k]))
			return false;
	return true;
}

/* --- numbers: groups of digits, read together where people write them together --- */

struct group {
	size_t at, n; /* bytes, which are digits */
	bool joined;  /* with the group before: by a blank, dash or bracket */
};
struct groups {
	struct group *v;
	size_t n, cap;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool joins_groups(struct str text, size_t from, size_t to)
{
	if (to - from > 3)
		return false;
	for (size_t i = from; i < to; i++)
		if (!text.p[i] || !strchr(" -()\xc2\xa0", text.p[i]))
			return false;
	return true;
}

static struct groups groups_of(struct arena *a, struct str text)
{
	struct groups g = { 0 };
	size_t end = 0;

	for (size_t i = 0; i < text.n; i++) {
		size_t from = i;

		if (!is_digit(text.p[i]))
			continue;
		while (i < text.n && is_digit(text.p[i]))
			i++;
		*VEC_ADD(a, &g) = (struct group){ from, i - from, g.n > 0 && joins_groups(text, end, from) };
		end = i;
	}
	return g;
}

/* The digits of k groups; 0 when there are more than fit or the groups do not hang together. */
static size_t digits_of(struct str text, const struct group *g, size_t k, char buf[24])
{
	size_t n = 0;

	for (size_t i = 0; i < k; i++) {
		if ((i > 0 && !g[i].joined) || n + g[i].n > 20)
			return 0;
		memcpy(buf + n, text.p + g[i].at, g[i].n);
		n += g[i].n;
	}
	return n;
}

/* Part of a longer number ("1/2024", "12.5", "3,14") or of a code with letters. */
static bool stands_alone(struct str text, size_t from, size_t end)
{
	char before = from > 0 ? text.p[from - 1] : ' ', after = end < text.n ? text.p[end] : ' ';

	if ((before >= 'A' && before <= 'Z') || (before >= 'a' && before <= 'z') || before == '/' || before == '_')
		return false;
	if ((before == '.' || before == ',' || before == '-') && from > 1 && is_digit(text.p[from - 2]))
		return false;
	if ((after >= 'A' && after <= 'Z') || (after >= 'a' && after <= 'z') || after == '/' || after == '_')
		return false;
	return !((after == '.' || after == ',' || after == '-') && end + 1 < text.n && is_digit(text.p[end + 1]));
}

/* Lengths of groups, 0 ends. Thousands of a price (3, 3, 3) are none of them. */
static const unsigned char phone_shapes[][6] = {
	{ 1, 3, 3, 2, 2 }, { 1, 3, 2, 2, 3 }, { 1, 4, 2, 2, 2 }, { 1, 5, 1, 2, 2 }, { 1, 3, 3, 4 }, { 1, 3, 4, 3 },
	{ 1, 4, 3, 3 },	   { 4, 3, 2, 2 },    { 4, 2, 2, 3 },	 { 5, 2, 2, 2 },    { 3, 3, 2, 2 }, { 3, 2, 2, 3 },
	{ 1, 3, 7 },	   { 1, 4, 6 },	      { 1, 5, 5 },	 { 4, 3, 4 },	    { 3, 3, 4 },    { 1, 10 },
	{ 4, 7 },	   { 5, 6 },	      { 3, 7 },		 { 11 },	    { 10 },
};
static const unsigned char card_shapes[][6] = {
	{ 4, 4, 4, 4, 3 }, { 4, 4, 4, 4 }, { 4, 6, 5 }, { 19 }, { 18 }, { 16 }, { 15 },
};

static size_t shape_fits(const unsigned char shape[6], const struct group *g, size_t left)
{
	size_t k = 0;

	while (k < 6 && shape[k] != 0) {
		if (k == left || g[k].n != shape[k] || (k > 0 && !g[k].joined))
			return 0;
		k++;
	}
	return k;
}

static size_t foreign_phone(struct mask_text *t, const struct group *g, size_t left)
{
	char buf[25];
	struct str e164;

	for (size_t k = left < 6 ? left : 6; k > 0; k--) {
		size_t n = digits_of(t->text, g, k, buf + 1);

		buf[0] = '+';
		if (n >= 10 && n <= 15 && phone_e164(t->arena, t->plan, (struct str){ buf, n + 1 }, &e164))
			return k;
	}
	return 0;
}

static size_t phone_at(struct mask_text *t, const struct group *g, size_t left)
{
	bool plus = g[0].at > 0 && t->text.p[g[0].at - 1] == '+';
	char buf[24];
	struct str e164;

	if (plus)
		return foreign_phone(t, g, left);
	for (size_t i = 0; i < ARRAY_LEN(phone_shapes); i++) {
		size_t k = shape_fits(phone_shapes[i], g, left);
		size_t n = k > 0 ? digits_of(t->text, g, k, buf) : 0;

		if (n > 0 && stands_alone(t->text, g[0].at, g[k - 1].at + g[k - 1].n) &&
		    phone_e164(t->arena, t->plan, (struct str){ buf, n }, &e164))
			return k;
	}
	return 0;
}

static size_t card_at(const struct mask_text *t, const struct group *g, size_t left)
{
	char buf[24];

	for (size_t i = 0; i < ARRAY_LEN(card_shapes); i++) {
		size_t k = shape_fits(card_shapes[i], g, left);
		size_t n = k > 0 ? digits_of(t->text, g, k, buf) : 0;

		if (n > 0 && buf[0] >= '2' && (n != 15 || buf[0] == '3') && card_valid((struct str){ buf, n }) &&
		    stands_alone(t->text, g[0].at, g[k - 1].at + g[k - 1].n))
			return k;
	}
	return 0;
}

/* Is one of the words (lower case, separated by '|') within the 60 bytes before at? */
static bool said_before(const struct mask_text *t, size_t at, struct str words)
{
	size_t from = at > 60 ? at - 60 : 0;
	struct str near = utf8_lower(t->arena, str_sub(t->text, from, at - from)), word;

	while (str_cut(&words, '|', &word))
		if (str_find(near, word, 0) != SIZE_MAX)
			return true;
	return false;
}

static bool dated(const char *p)
{
	int month = (p[2] - '0') * 10 + p[3] - '0', day = (p[4] - '0') * 10 + p[5] - '0';

	return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* Twelve digits of a person: with the right control digit, or dated like one, or called so. A BIN names a firm. */
static size_t iin_at(const struct mask_text *t, const struct group *g, size_t left)
{
	char buf[24];
	size_t k = g[0].n == 12 ? 1 : left > 1 && g[0].n == 6 && g[1].n == 6 ? 2 : 0;
	size_t n = k > 0 ? digits_of(t->text, g, k, buf) : 0;

	if (n != 12 || !stands_alone(t->text, g[0].at, g[k - 1].at + g[k - 1].n))
		return 0;

	bool control = dated(buf) && buf[6] <= '6' && ident_control_ok((struct str){ buf, n });

	if (k == 2)
		return control ? k : 0;
	if (said_before(t, g[0].at, S("иин|жсн|iin")))
		return k;
	return dated(buf) && buf[6] <= '6' ? k : 0;
}

static size_t document_at(const struct mask_text *t, const struct group *g)
{
	struct str text = t->text;
	size_t at = g[0].at;

	if (g[0].n == 8 && at > 0 && text.p[at - 1] == 'N')
		return at == 1 || !((text.p[at - 2] >= 'A' && text.p[at - 2] <= 'Z') || is_digit(text.p[at - 2]));
	if (g[0].n != 9 || !stands_alone(text, at, at + 9))
		return 0;
	return said_before(t, at, S("удостовер|куәлік|куалик|паспорт|төлқұжат|толкужат|уд. лич|уд.лич"));
}

static void numbers_in_groups(struct mask_text *t)
{
	struct groups g = groups_of(t->arena, t->text);

	for (size_t i = 0; i < g.n;) {
		const struct group *at = &g.v[i];
		size_t left = g.n - i, k, from = at->at;
		enum mask_kind kind = MASK_IIN;

		if ((k = iin_at(t, at, left)) == 0) {
			kind = MASK_CARD;
			k = card_at(t, at, left);
		}
		if (k == 0) {
			kind = MASK_PHONE;
			k = phone_at(t, at, left);
			if (k > 0 && from > 0 && (t->text.p[from - 1] == '+' || t->text.p[from - 1] == '('))
				from--;
		}
		if (k == 0) {
			kind = MASK_DOCUMENT;
			k = document_at(t, at);
			if (k > 0 && at->n == 8)
				from--;
		}
		if (k > 0)
			mask_add(t, from, at[k - 1].at + at[k - 1].n, kind);
		i += k > 0 ? k : 1;
	}
}

/* --- accounts and addresses of mail --- */

static bool is_upper_alnum(char c)
{
	return is_digit(c) || (c >= 'A' && c <= 'Z');
}

static void ibans(struct mask_text *t)
{
	struct str s = t->text;

	for (size_t i = 0; i + 15 <= s.n; i++) {
		char buf[34];
		size_t n = 0, at = i, end = i;

		if (!(s.p[i] >= 'A' && s.p[i] <= 'Z' && s.p[i + 1] >= 'A' && s.p[i + 1] <= 'Z' &&
		      is_digit(s.p[i + 2]) && is_digit(s.p[i + 3])))
			continue;
		if (i > 0 && is_upper_alnum(s.p[i - 1]))
			continue;
		while (at < s.n && n < sizeof(buf)) {
			if (is_upper_alnum(s.p[at])) {
				buf[n++] = s.p[at];
				end = at + 1;
			} else if (s.p[at] != ' ' || n % 4 != 0 || s.p[at - 1] == ' ') {
				break;
			}
			at++;
		}
		if (!iban_valid((struct str){ buf, n }))
			continue;
		mask_add(t, i, end, MASK_IBAN);
		i = end;
	}
}

static bool is_mail_byte(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c && strchr(".-_+%'", c));
}

static void mails(struct mask_text *t)
{
	struct str s = t->text;

	for (size_t at = str_find_byte(s, '@', 0); at != SIZE_MAX; at = str_find_byte(s, '@', at + 1)) {
		size_t from = at, end = at + 1;

		while (from > 0 && at - from < 64 && is_mail_byte(s.p[from - 1]))
			from--;
		while (from < at && (s.p[from] == '.' || s.p[from] == '\''))
			from++;
		while (end < s.n && end - at < 190 && is_mail_byte(s.p[end]))
			end++;
		while (end > at + 1 && strchr(".-_'", s.p[end - 1]))
			end--;
		if (email_valid(str_sub(s, from, end - from)))
			mask_add(t, from, end, MASK_EMAIL);
	}
}

void mask_numbers(struct mask_text *t)
{
	numbers_in_groups(t);
	ibans(t);
	mails(t);
}

/* --- all together --- */

static void words_of(struct mask_text *t)
{
	struct text_words words = text_split(t->arena, t->text);

	t->w = ARENA_ARRAY(t->arena, words.n + 1, struct mask_word);
	t->n = words.n;
	for (size_t i = 0; i < words.n; i++) {
		struct letters l = letters_of(words.v[i].word);
		size_t at = 0, digits = 0;

		for (size_t k = 0; k < l.n; k++)
			digits += l.v[k] >= '0' && l.v[k] <= '9';
		t->w[i] = (struct mask_word){ .word = words.v[i].word,
					      .lower = letters_str(t->arena, &l),
					      .at = words.v[i].at,
					      .end = words.v[i].at + words.v[i].word.n,
					      .capital = utf8_is_upper(utf8_next(words.v[i].word, &at)),
					      .number = digits > 0 && digits <= 4 && l.n - digits <= 1,
					      .letters = l.n };
	}
}

static int span_cmp(const void *x, const void *y)
{
	const struct mask_span *a = x, *b = y;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return a->n > b->n ? -1 : a->n < b->n;
}

struct mask_spans mask_find(struct arena *a, const struct phone_plan *plan, struct str text)
{
	struct mask_text t = { .arena = a, .plan = plan, .text = text };
	size_t kept = 0;

	words_of(&t);
	mask_numbers(&t);
	mask_addresses(&t);
	mask_names(&t);
	if (t.spans_n == 0)
		return (struct mask_spans){ 0 };
	qsort(t.spans, t.spans_n, sizeof(t.spans[0]), span_cmp);
	for (size_t i = 1; i < t.spans_n; i++) {
		struct mask_span *last = &t.spans[kept], *s = &t.spans[i];

		if (s->at >= last->at + last->n) {
			t.spans[++kept] = *s;
		} else if (s->at + s->n > last->at + last->n) {
			last->n = s->at + s->n - last->at; /* they overlap: hide both */
		}
	}
	return (struct mask_spans){ t.spans, kept + 1 };
}

struct str mask_apply(struct arena *a, struct str text, const struct mask_spans *m)
{
	struct out o = OUT_ON(a);
	size_t at = 0;

	for (size_t i = 0; i < m->n; i++) {
		out_str(&o, str_sub(text, at, m->v[i].at - at));
		out_str(&o, S("█████"));
		at = m->v[i].at + m->v[i].n;
	}
	out_str(&o, str_from(text, at));
	return out_done(&o);
}
