#include "text/ident.h"

#include <assert.h>

#include "text/phone.h"

#define ID_DIGITS 12

static bool all_digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return true;
}

static int two_digits(const char *p)
{
	return (p[0] - '0') * 10 + (p[1] - '0');
}

/* Decree No. 565: weights 1..11; when the rest is 10, weights 3..11,1,2; when it is 10 again, no number is issued. */
static enum ident_result control_check(struct str s)
{
	int sum = 0;

	for (int i = 0; i < ID_DIGITS - 1; i++)
		sum += (i + 1) * (s.p[i] - '0');
	if (sum % 11 == 10) {
		sum = 0;
		for (int i = 0; i < ID_DIGITS - 1; i++)
			sum += ((i + 2) % 11 + 1) * (s.p[i] - '0');
	}
	if (sum % 11 == 10)
		return IDENT_NOT_ISSUED;
	return sum % 11 == s.p[ID_DIGITS - 1] - '0' ? IDENT_OK : IDENT_CONTROL;
}

static bool born_in(struct str s, int century, struct day today)
{
	struct day born;

	return day_from_ymd(century + two_digits(s.p), two_digits(s.p + 2), two_digits(s.p + 4), &born) &&
	       born.v <= today.v;
}

enum ident_result iin_check(struct str s, struct day today)
{
	if (s.n != ID_DIGITS)
		return IDENT_LENGTH;
	if (!all_digits(s))
		return IDENT_DIGITS;

	int c = s.p[6] - '0';
	bool dated;

	if (c > 6)
		return IDENT_DATE;
	if (c == 0) /* numbers given to foreigners carry no century */
		dated = born_in(s, 1900, today) || born_in(s, 2000, today);
	else
		dated = born_in(s, 1800 + (c - 1) / 2 * 100, today);
	return dated ? control_check(s) : IDENT_DATE;
}

enum ident_result bin_check(struct str s)
{
	if (s.n != ID_DIGITS)
		return IDENT_LENGTH;
	if (!all_digits(s))
		return IDENT_DIGITS;

	int month = two_digits(s.p + 2);

	if (month < 1 || month > 12 || s.p[4] < '4' || s.p[4] > '6')
		return IDENT_DATE;
	return control_check(s);
}

/* --- e-mail --- */

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool local_valid(struct str s)
{
	if (s.n == 0 || s.n > 64 || s.p[0] == '.' || s.p[s.n - 1] == '.')
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '.' && s.p[i + 1] == '.')
			return false;
		if (s.p[i] != '.' && !is_alnum(s.p[i]) &&
		    !(s.p[i] && strchr("!#$%&'*+/=?^_`{|}~-", s.p[i])))
			return false;
	}
	return true;
}

static bool label_valid(struct str s)
{
	if (s.n == 0 || s.n > 63 || s.p[0] == '-' || s.p[s.n - 1] == '-')
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!is_alnum(s.p[i]) && s.p[i] != '-')
			return false;
	return true;
}

bool email_valid(struct str s)
{
	size_t at = str_find_byte(s, '@', 0);

	if (at == SIZE_MAX || s.n > 254 || !local_valid(str_sub(s, 0, at)))
		return false;

	struct str rest = str_from(s, at + 1), label = { 0 };
	size_t labels = 0;

	if (rest.n == 0 || rest.p[rest.n - 1] == '.')
		return false;
	while (str_cut(&rest, '.', &label)) {
		if (!label_valid(label))
			return false;
		labels++;
	}
	return labels >= 2 && label.n >= 2 && !all_digits(label);
}

/* --- phones --- */

bool phone_prefix_in(const char *const *prefixes, struct str national)
{
	for (; *prefixes; prefixes++)
		if (str_starts(national, str_of(*prefixes)))
			return true;
	return false;
}

/* Digits only into buf; false on a foreign character, a + in the middle or too many digits. */
static bool phone_digits(struct str s, char buf[16], size_t *ret_n, bool *ret_plus)
{
	size_t n = 0;
	bool plus = false;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c >= '0' && c <= '9') {
			if (n == 15)
				return false;
			buf[n++] = c;
		} else if (c == '+' && n == 0 && !plus) {
			plus = true;
		} else if (c != ' ' && c != '-' && c != '(' && c != ')' && c != '.') {
			return false;
		}
	}
	*ret_n = n;
	*ret_plus = plus;
	return true;
}

bool phone_e164(struct arena *a, const struct phone_plan *plan, struct str s, struct str *ret)
{
	char buf[16];
	size_t n, cn = strlen(plan->country), tn = strlen(plan->trunk);
	bool plus;

	if (!phone_digits(str_trim(s), buf, &n, &plus))
		return false;

	struct str d = { buf, n };

	if (!plus && str_starts(d, S("00"))) {
		d = str_from(d, 2);
		plus = true;
	}
	if (plus && !str_starts(d, str_of(plan->country))) { /* another country: only its length is known */
		if (d.n < 8 || d.p[0] == '0')
			return false;
		*ret = str_cat(a, S("+"), d);
		return true;
	}

	struct str national = d;

	if (d.n == plan->national_n + cn && str_starts(d, str_of(plan->country)))
		national = str_from(d, cn);
	else if (!plus && d.n == plan->national_n + tn && str_starts(d, str_of(plan->trunk)))
		national = str_from(d, tn);
	else if (plus || d.n != plan->national_n || !phone_prefix_in(plan->mobile, d))
		return false;
	/* neighbours may share the country code (+7 9xx): with a plus their numbers pass */
	if (!plus && !phone_prefix_in(plan->prefixes, national))
		return false;
	*ret = str_fmt(a, "+%s%.*s", plan->country, STR_FMT(national));
	return true;
}

/* --- numbers with a check of their own, for masking --- */

bool ident_control_ok(struct str twelve_digits)
{
	assert(twelve_digits.n == ID_DIGITS);
	return control_check(twelve_digits) == IDENT_OK;
}

static bool luhn(struct str digits)
{
	int sum = 0;

	for (size_t i = 0; i < digits.n; i++) {
		int d = digits.p[digits.n - 1 - i] - '0';

		if (i % 2 == 1)
			d = d > 4 ? 2 * d - 9 : 2 * d;
		sum += d;
	}
	return sum % 10 == 0;
}

bool card_valid(struct str digits)
{
	return digits.n >= 13 && digits.n <= 19 && all_digits(digits) && luhn(digits);
}

bool person_id_valid(const struct person_id_rule *rule, struct str s, struct day today)
{
	if (rule->scheme == PERSON_ID_IIN)
		return iin_check(s, today) == IDENT_OK;
	return s.n == rule->digits && all_digits(s) && luhn(s);
}

bool iban_valid(struct str s)
{
	unsigned rest = 0;

	if (s.n < 15 || s.n > 34)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[(i + 4) % s.n];

		if (c >= '0' && c <= '9')
			rest = (rest * 10 + (unsigned)(c - '0')) % 97;
		else if (c >= 'A' && c <= 'Z')
			rest = (rest * 100 + (unsigned)(c - 'A') + 10) % 97;
		else
			return false;
	}
	return rest == 1;
}
