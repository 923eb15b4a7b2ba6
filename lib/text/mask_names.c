#include "text/mask.h"

#include "text/letters.h"

/* Words and endings below are lower case; "|" separates. They belong to the languages of the house. */

static bool one_of(struct str s, struct str list)
{
	struct str one;

	while (str_cut(&list, '|', &one))
		if (str_eq(s, one))
			return true;
	return false;
}

static bool ends_in_one_of(struct str s, struct str list)
{
	struct str one;

	while (str_cut(&list, '|', &one))
		if (str_ends(s, one))
			return true;
	return false;
}

static bool starts_with_one_of(struct str s, struct str list)
{
	struct str one;

	while (str_cut(&list, '|', &one))
		if (str_starts(s, one))
			return true;
	return false;
}

static bool street_before(const struct mask_word *w)
{
	return one_of(w->lower, S("ул|пр|пер|мкр|пр-т|бульвар|шоссе")) ||
	       starts_with_one_of(w->lower, S("улиц|проспект|переул|микрорайон"));
}

static bool street_after(const struct mask_word *w)
{
	return starts_with_one_of(w->lower, S("көше|коше|даңғыл|дангыл|мөлтек|шағын"));
}

bool mask_street_word(const struct mask_word *w)
{
	return street_before(w) || street_after(w) || one_of(w->lower, S("им|имени|атындағы|атындагы")) ||
	       starts_with_one_of(w->lower, S("район|област|аудан|облыс|ауыл|село|селе|села|мектеп|школ|парк"));
}

/* --- addresses --- */

#define STREET_WORDS 3 /* of a name between "улица" and the house */

static bool house_word(const struct mask_word *w)
{
	return one_of(w->lower, S("д|дом|дома|доме|үй|үйі|үйде|корпус|корп|к|стр|подъезд|кіреберіс"));
}

static bool flat_word(const struct mask_word *w)
{
	return one_of(w->lower, S("кв|пат|пәт")) || starts_with_one_of(w->lower, S("квартир|пәтер|патер"));
}

/* After a house number comes a comma, an end, a flat; "5 дней" after a street is no house. */
static bool ends_address(const struct mask_text *t, size_t i)
{
	if (i + 1 >= t->n || flat_word(&t->w[i + 1]) || house_word(&t->w[i + 1]) || t->w[i + 1].number)
		return true;

	size_t gap = t->w[i + 1].at - t->w[i].end;

	return t->w[i + 1].capital || gap != 1 || t->text.p[t->w[i].end] != ' ';
}

/* From the word behind the street's name to the last part of the address; SIZE_MAX when no house follows. */
static size_t address_end(const struct mask_text *t, size_t i, size_t words)
{
	size_t last = SIZE_MAX;
	bool marked = false;

	for (size_t seen = 0; i < t->n && seen < words + 1; i++) {
		if (i > 0 && !mask_joined(t, i - 1, " ,.-/\xe2\x84\x96", 5))
			break;
		if (house_word(&t->w[i]) || flat_word(&t->w[i])) {
			marked = true;
			if (last != SIZE_MAX && mask_joined(t, i - 1, "- ", 1))
				last = i; /* "15-үй", "15 үй" */
			continue;
		}
		if (!t->w[i].number) {
			if (last != SIZE_MAX)
				break;
			seen++;
			continue;
		}
		if (!marked && last == SIZE_MAX && !ends_address(t, i))
			break;
		last = i;
		marked = false;
	}
	return last;
}

static bool flat_number(const struct mask_text *t, size_t i)
{
	/* "45 кв. м" and "2 кв. 2024" are an area and a quarter of a year */
	return flat_word(&t->w[i]) && i + 1 < t->n && t->w[i + 1].number && mask_joined(t, i, " .\xe2\x84\x96", 5) &&
	       !(i > 0 && t->w[i - 1].number && mask_joined(t, i - 1, " ", 1));
}

void mask_addresses(struct mask_text *t)
{
	for (size_t i = 0; i < t->n; i++) {
		size_t end = SIZE_MAX, from = i;

		if (street_before(&t->w[i])) {
			end = address_end(t, i + 1, STREET_WORDS);
		} else if (street_after(&t->w[i]) && i > 0 && t->w[i - 1].capital) {
			from = i > 1 && t->w[i - 2].capital && mask_joined(t, i - 2, " ", 1) ? i - 2 : i - 1;
			end = address_end(t, i + 1, 1);
		} else if (flat_number(t, i)) {
			end = i + 1;
		} else if (t->w[i].number && i + 1 < t->n && flat_word(&t->w[i + 1]) && mask_joined(t, i, "-", 1)) {
			end = i + 1;
		}
		if (end == SIZE_MAX || end < from)
			continue;
		mask_add(t, t->w[from].at, t->w[end].end, MASK_ADDRESS);
		i = end > i ? end : i;
	}
}

/* --- names of persons --- */

static bool patronymic(const struct mask_word *w)
{
	return w->capital && w->letters >= 6 &&
	       ends_in_one_of(w->lower,
			      S("ович|овича|овичу|овичем|овиче|евич|евича|евичу|евичем|евиче|овна|овны|овне|овну|овной|"
				"евна|евны|евне|евну|евной|ұлы|ұлының|ұлына|ұлын|қызы|қызының|қызына|қызын|улы|кызы|uly|qyzy"));
}

static bool surname(const struct mask_word *w)
{
	return w->capital && w->letters >= 4 &&
	       ends_in_one_of(w->lower,
			      S("ов|ова|ову|овым|овой|ове|ев|ева|еву|евым|евой|еве|ин|ина|ину|иным|иной|ский|ского|скому|"
				"ская|ской|скую|енко|ұлы|қызы|овтың|евтың|овқа|евке|оваға|еваға|ованың|еваның"));
}

/* The name as written, or with the ending of a case taken back. */
static bool first_name(const struct mask_word *w, struct arena *a)
{
	static const char *const put[] = { "", "а", "я", "й" };
	struct letters l = letters_of(w->word), s;

	if (!w->capital || l.n < 3)
		return false;
	if (table_has(first_names, first_names_n, w->lower))
		return true;
	s = l;
	letters_stem_kk(&s, false);
	if (table_has(first_names, first_names_n, letters_str(a, &s)))
		return true;
	for (size_t cut = 1; cut <= 2 && l.n > cut + 2; cut++) {
		s = l;
		s.n -= cut;
		for (size_t i = 0; i < ARRAY_LEN(put); i++)
			if (table_has(first_names, first_names_n,
				      str_cat(a, letters_str(a, &s), str_of(put[i]))))
				return true;
	}
	return false;
}

static bool initial(const struct mask_text *t, size_t i)
{
	return i < t->n && t->w[i].letters == 1 && t->w[i].capital && t->w[i].end < t->text.n &&
	       t->text.p[t->w[i].end] == '.';
}

static bool close_by(const struct mask_text *t, size_t i)
{
	return mask_joined(t, i, " .", 2);
}

/* "Иванов И. И.", "И. И. Иванов", "Иванов И.": gives the last word, SIZE_MAX when it is none. */
static size_t with_initials(const struct mask_text *t, size_t i)
{
	const struct mask_word *w = &t->w[i];

	if (w->capital && w->letters >= 3 && mask_joined(t, i, " ", 1) && initial(t, i + 1)) {
		bool two = close_by(t, i + 1) && initial(t, i + 2);

		if (two || surname(w))
			return two ? i + 2 : i + 1;
	}
	if (initial(t, i) && close_by(t, i)) {
		bool two = initial(t, i + 1) && close_by(t, i + 1);
		size_t last = two ? i + 2 : i + 1;

		if (last < t->n && t->w[last].capital && t->w[last].letters >= 3 && (two || surname(&t->w[last])))
			return last;
	}
	return SIZE_MAX;
}

static bool named_after(const struct mask_text *t, size_t from, size_t last)
{
	return (from > 0 && mask_street_word(&t->w[from - 1])) || (last + 1 < t->n && mask_street_word(&t->w[last + 1]));
}

/* Up to two capital words before a patronymic, one behind it when there was but one. */
static void around_patronymic(const struct mask_text *t, size_t i, size_t *ret_from, size_t *ret_last)
{
	size_t from = i, last = i;

	while (from > 0 && i - from < 2 && t->w[from - 1].capital && t->w[from - 1].letters >= 3 &&
	       mask_joined(t, from - 1, " ", 1))
		from--;
	if (i - from < 2 && i + 1 < t->n && t->w[i + 1].capital && surname(&t->w[i + 1]) && mask_joined(t, i, " ", 1))
		last++;
	*ret_from = from;
	*ret_last = last;
}

void mask_names(struct mask_text *t)
{
	for (size_t i = 0; i < t->n; i++) {
		size_t from = i, last = with_initials(t, i);

		if (last == SIZE_MAX && patronymic(&t->w[i]))
			around_patronymic(t, i, &from, &last);
		if (last == SIZE_MAX && mask_joined(t, i, " ", 1) && !patronymic(&t->w[i + 1]) &&
		    ((surname(&t->w[i]) && first_name(&t->w[i + 1], t->arena)) ||
		     (surname(&t->w[i + 1]) && first_name(&t->w[i], t->arena))))
			last = i + 1;
		if (last == SIZE_MAX || named_after(t, from, last))
			continue;

		size_t end = t->w[last].end;

		if (initial(t, last))
			end++;
		mask_add(t, t->w[from].at, end, MASK_NAME);
		i = last;
	}
}
