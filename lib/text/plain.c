#include "text/plain.h"

#include <math.h>

#include "base/utf8.h"
#include "base/vec.h"
#include "text/letters.h"

#define ABBREVIATION_LETTERS_MAX 6

static bool is_end(uint32_t cp)
{
	return cp == '.' || cp == '!' || cp == '?' || cp == 0x2026;
}

static bool is_blank(uint32_t cp)
{
	return cp == ' ' || cp == '\t' || cp == 0xa0;
}

/* The word that ends right before `end`: an initial or a known abbreviation keeps the sentence going. */
static bool abbreviated(struct arena *a, struct str s, size_t from, size_t end)
{
	size_t at = end;

	while (at > from && end - at < 2 * ABBREVIATION_LETTERS_MAX) {
		size_t before = at - 1;

		while (before > from && ((unsigned char)s.p[before] & 0xc0) == 0x80)
			before--;
		size_t next = before;
		uint32_t cp = utf8_next(s, &next);

		if (cp == '.' || !utf8_is_letter(cp))
			break;
		at = before;
	}
	struct str word = str_sub(s, at, end - at);

	if (!word.n)
		return false;
	size_t first = 0;
	uint32_t cp = utf8_next(word, &first);

	if (first == word.n && utf8_is_upper(cp))
		return true; /* an initial */
	return table_has(abbreviations, abbreviations_n, utf8_lower(a, word));
}

/* What stands behind the full stop says whether it was one: a lower-case letter or a digit goes on. */
static bool goes_on(struct str s, size_t at)
{
	while (at < s.n) {
		uint32_t cp = utf8_next(s, &at);

		if (is_blank(cp))
			continue;
		return utf8_is_letter(cp) && !utf8_is_upper(cp);
	}
	return false;
}

struct text_sentences text_sentences(struct arena *a, struct str s)
{
	VEC(struct text_span) v = { 0 };
	size_t at = 0, from = 0;

	while (at <= s.n) {
		size_t here = at;
		uint32_t cp = at < s.n ? utf8_next(s, &at) : '\n';
		bool stop = cp == '\n', mark = is_end(cp);

		if (mark) {
			while (at < s.n) { /* "?!", "...", and what closes a quotation */
				size_t next = at;
				uint32_t c = utf8_next(s, &next);

				if (!is_end(c) && c != '"' && c != ')' && c != 0xbb && c != 0x201d)
					break;
				at = next;
			}
			size_t next = at;
			uint32_t c = at < s.n ? utf8_next(s, &next) : '\n';
			bool apart = at >= s.n || is_blank(c) || c == '\n';

			stop = apart && !(cp == '.' && at == here + 1 && (abbreviated(a, s, from, here) || goes_on(s, at)));
		}
		if (stop) {
			struct str one = str_sub(s, from, (mark ? at : here) - from), trimmed = str_trim(one);

			if (trimmed.n)
				*VEC_ADD(a, &v) = (struct text_span){ (size_t)(trimmed.p - s.p), trimmed.n };
			from = at;
		}
		if (here >= s.n)
			break;
	}
	return (struct text_sentences){ v.v, v.n };
}

/* --- syllables and formulas ---------------------------------------------------------------------------------------------- */

#define KK_U 0x443u /* a vowel in "su", a consonant in "tau" and "uaqyt" */

static bool latin_vowel(uint32_t cp)
{
	return cp == 'a' || cp == 'e' || cp == 'i' || cp == 'o' || cp == 'u' || cp == 'y';
}

size_t text_syllables(struct str word, enum text_lang lang)
{
	struct letters w = letters_of(word);
	size_t n = 0;

	for (size_t i = 0; i < w.n; i++) {
		if (lang == TEXT_EN ? !latin_vowel(w.v[i]) || (i && latin_vowel(w.v[i - 1])) : !letter_is_vowel(w.v[i]))
			continue;
		if (lang == TEXT_KK && w.v[i] == KK_U && (i ? letter_is_vowel(w.v[i - 1]) : w.n > 1 && letter_is_vowel(w.v[1])))
			continue;
		n++;
	}
	return n;
}

struct text_measure text_measure(struct arena *a, struct str s, enum text_lang lang)
{
	struct text_measure m = { .sentences = (int64_t)text_sentences(a, s).n };
	struct text_words words = text_split(a, s);

	for (size_t i = 0; i < words.n; i++) {
		size_t n = text_syllables(words.v[i].word, lang);

		if (!n)
			continue;
		m.words++;
		m.syllables += (int64_t)n;
		m.letters += (int64_t)utf8_count(words.v[i].word);
		m.long_words += n > 4;
		m.many_words += n > 3;
	}
	return m;
}

/* constant + by_asl * words/sentences + by_asw * syllables/words + by_lpw * letters/words + by_spw * sentences/words + by_long * long/words */
static const struct { double constant, by_asl, by_asw, by_lpw, by_spw, by_long; } formulas[FORMULA_N] = {
	[FORMULA_FK_GRADE] = { .constant = -30.5, .by_asl = 0.318, .by_asw = 14.2 },
	[FORMULA_COLEMAN_LIAU] = { .constant = -20.33, .by_lpw = 5.5, .by_spw = -35 },
	[FORMULA_SMOG] = { .constant = 0.05 }, /* 1.1 * sqrt(64.6 / sentences * long words): below */
	[FORMULA_ARI] = { .constant = -31.04, .by_asl = 0.2805, .by_lpw = 6.26 },
	[FORMULA_DALE_CHALL] = { .by_asl = 0.273, .by_long = 55.2 },
	[FORMULA_EASE_RU] = { .constant = 206.835, .by_asl = -1.3, .by_asw = -60.1 },
	[FORMULA_EASE_KK] = { .constant = 206.835, .by_asl = -1.45, .by_asw = -57.1 },
};

double text_formula(enum text_formula f, const struct text_measure *m)
{
	if (!m->words || !m->sentences)
		return 0;
	double words = (double)m->words, sentences = (double)m->sentences;

	if (f == FORMULA_SMOG)
		return 1.1 * sqrt(64.6 / sentences * (double)m->long_words) + formulas[f].constant;
	return formulas[f].constant + formulas[f].by_asl * words / sentences + formulas[f].by_asw * (double)m->syllables / words +
	       formulas[f].by_lpw * (double)m->letters / words + formulas[f].by_spw * sentences / words +
	       formulas[f].by_long * (double)m->long_words / words;
}

/* Ease 0 to 100 as school years: 100 is the first year, 30 the end of school, 0 a university. A straight line is all that the data carries. */
static double years_of_ease(double ease)
{
	return (110 - ease) / 7.3;
}

double text_school_years(const struct text_measure *m, enum text_lang lang)
{
	double sum = 0, years = 0;

	if (m->words < 5 || (lang != TEXT_RU && lang != TEXT_KK))
		return 0;
	if (lang == TEXT_KK)
		years = years_of_ease(text_formula(FORMULA_EASE_KK, m));
	else
		for (int f = FORMULA_FK_GRADE; f <= FORMULA_DALE_CHALL; f++)
			sum += text_formula((enum text_formula)f, m);
	if (lang == TEXT_RU)
		years = sum / (FORMULA_DALE_CHALL + 1);
	return years < 1 ? 1 : years > 20 ? 20 : years;
}
