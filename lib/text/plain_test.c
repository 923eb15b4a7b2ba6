#include "text/plain.h"

#include <dirent.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "base/random.h"
#include "base/test.h"
#include "base/utf8.h"
#include "text/ident.h"

static struct str file(struct arena *a, const char *path)
{
	int fd = open(path, O_RDONLY);
	char *p = arena_alloc(a, 1 << 20);
	ssize_t n = fd < 0 ? 0 : read(fd, p, 1 << 20);

	if (fd >= 0)
		close(fd);
	return (struct str){ p, n > 0 ? (size_t)n : 0 };
}

TEST(sentences_end_where_a_reader_would_end_them)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	static const struct { const char *text; size_t n; } cases[] = {
		{ "", 0 },
		{ "Вода есть.", 1 },
		{ "Вода есть. Тепла нет.", 2 },
		{ "ул. Абая, д. 5 кв. 7. Приезжайте!", 2 },
		{ "А. Б. Иванов ответил. Он прав?", 2 },
		{ "Су, жылу, т.б. жоқ. Көмектесіңіз.", 2 },
		{ "2026 ж. 5 мамырда келдім. Рахмет!", 2 },
		{ "Заголовок\nпервая строка\nвторая", 3 },
		{ "Что?! Как... Не знаю", 3 },
		{ "Он сказал: «Приду завтра.» И пришёл.", 2 },
		{ "Цена 3.5 тг. за штуку", 1 },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		CHECK_INT(text_sentences(&a, str_of(cases[i].text)).n, cases[i].n);
}

TEST(sentences_cover_the_text_and_do_not_overlap)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str s = S("Бірінші. Екінші сөйлем!  Үшінші\n\n\nТөртінші… соңы");
	struct text_sentences v = text_sentences(&a, s);

	for (size_t i = 0; i < v.n; i++) {
		CHECK(v.v[i].n > 0 && v.v[i].at + v.v[i].n <= s.n);
		if (i)
			CHECK(v.v[i].at >= v.v[i - 1].at + v.v[i - 1].n);
	}
}

TEST(kazakh_u_is_a_vowel_only_between_consonants)
{
	static const struct { const char *word; size_t n; } cases[] = {
		{ "тау", 1 }, { "су", 1 }, { "уақыт", 2 }, { "бару", 2 }, { "баруы", 3 }, { "туралы", 3 }, { "қала", 2 }, { "123", 0 },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		CHECK_INT(text_syllables(str_of(cases[i].word), TEXT_KK), cases[i].n);
	CHECK_INT(text_syllables(S("обращение"), TEXT_RU), 5);
}

/* The graded texts that came with the formulas: columns 2 grade, 3 fk, 5 cl, 7 dc, 9 smog, 11 ari; capitals were not
 * counted there and "..." made three sentences, so that the indexes differ by up to two years. */
TEST(the_formulas_agree_with_the_graded_texts)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str rest = file(&a, SOURCE_ROOT "/tests/data/plain/metrics.csv"), line;
	static const struct { enum text_formula f; size_t column; double within; } columns[] = {
		{ FORMULA_FK_GRADE, 3, 2.2 }, { FORMULA_COLEMAN_LIAU, 5, 2.2 }, { FORMULA_DALE_CHALL, 7, 2.2 }, { FORMULA_SMOG, 9, 2.2 }, { FORMULA_ARI, 11, 2.2 },
	};
	double off[ARRAY_LEN(columns)] = { 0 }, sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0;
	size_t texts = 0;

	str_cut(&rest, '\n', &line);
	while (rest.n && str_cut(&rest, '\n', &line)) {
		struct str cells[26] = { 0 }, cell;
		size_t n = 0;
		double grade, want;

		while (line.n && n < ARRAY_LEN(cells) && str_cut(&line, ',', &cell))
			cells[n++] = cell;
		if (n < 12 || !str_to_double(cells[2], &grade))
			continue;
		struct str text = file(&a, str_fmt(&a, SOURCE_ROOT "/tests/data/plain/texts/%.*s/%.*s", STR_FMT(cells[2]), STR_FMT(cells[0])).p);

		if (!text.n)
			continue; /* texts under copyright are not here */
		struct text_measure m = text_measure(&a, text, TEXT_RU);
		double years = text_school_years(&m, TEXT_RU);

		for (size_t c = 0; c < ARRAY_LEN(columns); c++)
			if (str_to_double(cells[columns[c].column], &want))
				off[c] += fabs(text_formula(columns[c].f, &m) - want);
		texts++;
		sx += grade;
		sy += years;
		sxx += grade * grade;
		syy += years * years;
		sxy += grade * years;
	}
	CHECK(texts >= 25);
	double k = (double)texts, r = (k * sxy - sx * sy) / sqrt((k * sxx - sx * sx) * (k * syy - sy * sy));

	printf("%zu graded texts, correlation with the teachers' grades %.3f; mean distance", texts, r);
	for (size_t c = 0; c < ARRAY_LEN(columns); c++) {
		printf(" %.2f", off[c] / k);
		CHECK(off[c] / k < columns[c].within);
	}
	printf("\n");
	CHECK(r > 0.8);
}

TEST(phrases_are_found_as_written_by_their_stems_and_longest_first)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	static const struct phrase rows[] = {
		{ S_INIT("в связи с"), S_INIT("из-за"), TEXT_RU, 0, false },
		{ S_INIT("в связи с тем что"), S_INIT("потому что"), TEXT_RU, 0, false },
		{ S_INIT("осуществление"), S_INIT("(глагол)"), TEXT_RU, 0, true },
		{ S_INIT("направлен*"), S_INIT(""), TEXT_RU, 1, false },
	};
	struct phrase_set *set = phrase_set_make(&a, rows, ARRAY_LEN(rows));
	struct str s = S("В связи с  тем, что осуществления работ нет, письмо направлено. В связи с этим.");
	struct phrase_hits h = phrase_find(&a, set, s, TEXT_RU, ~0ull);

	CHECK_INT(h.n, 4);
	CHECK(h.v[0].phrase == &rows[1]);
	CHECK(h.v[1].phrase == &rows[2]);
	CHECK(h.v[2].phrase == &rows[3]);
	CHECK(h.v[3].phrase == &rows[0]);
	CHECK_INT(phrase_find(&a, set, s, TEXT_RU, 1u << 1).n, 1);
	CHECK_INT(phrase_find(&a, set, S("в связи. С тем"), TEXT_RU, ~0ull).n, 0); /* not over a full stop */
}

TEST(a_changed_word_leaves_a_copy_a_copy_and_another_text_is_none)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str x = S("Яма на улице Абая будет засыпана до 12 декабря 2026 года бригадой отдела дорог. Асфальт положат весной, когда станет тепло. "
			 "Мы пришлём фотографию и сообщение, когда работа будет закончена. Если яма останется, напишите нам ещё раз через эту страницу.");
	struct str y = S("Яма на улице Сатпаева будет засыпана до 12 декабря 2026 года бригадой отдела дорог. Асфальт положат весной, когда станет тепло. "
			 "Мы пришлём фотографию и сообщение, когда работа будет закончена. Если яма останется, напишите нам ещё раз через эту страницу.");
	struct str z = S("Пособие назначено с первого ноября. Деньги придут на вашу карту до десятого числа каждого месяца, справка не нужна.");
	struct text_sketch kx = text_sketch(&a, x), ky = text_sketch(&a, y), kz = text_sketch(&a, z);
	size_t shared = 0, wrong = 0;

	for (size_t b = 0; b < SKETCH_BANDS; b++) {
		shared += text_sketch_band(&kx, b) == text_sketch_band(&ky, b);
		wrong += text_sketch_band(&kx, b) == text_sketch_band(&kz, b);
	}
	CHECK(text_sketch_alike(&kx, &ky) >= 70);
	CHECK(shared > 0);
	CHECK(text_sketch_alike(&kx, &kz) < 20);
	CHECK_INT(wrong, 0);
	CHECK_INT(text_sketch_alike(&kx, &(struct text_sketch){ 0 }), 0);
}

/* Texts that nobody writes by hand must not make the machine wait. */
TEST(strange_texts_give_a_result)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	static const struct phrase rows[] = { { S_INIT("в целях"), S_INIT("чтобы"), TEXT_RU, 0, true } };
	struct phrase_set *set = phrase_set_make(&a, rows, 1);
	char *long_text = arena_alloc(&a, 1 << 20);

	for (size_t i = 0; i < (1 << 20); i++)
		long_text[i] = i % 7 ? 'a' : ' ';
	struct str texts[] = { { long_text, 1 << 20 }, S("\xff\xfe\xd0"), S("....!!!!????"), S("\xe2\x80\x8b\xe2\x80\xae а\xcc\x81"), S("\n\n\n \t") };

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct text_measure m = text_measure(&a, texts[i], TEXT_RU);

		CHECK(m.words >= 0 && text_school_years(&m, TEXT_RU) <= 20);
		rc_ignore(phrase_find(&a, set, texts[i], TEXT_RU, ~0ull).n ? RC_OK : RC_INVALID);
		CHECK(text_sketch(&a, texts[i]).triples <= texts[i].n);
	}
}

TESTS("plain", T(sentences_end_where_a_reader_would_end_them), T(sentences_cover_the_text_and_do_not_overlap),
      T(kazakh_u_is_a_vowel_only_between_consonants), T(the_formulas_agree_with_the_graded_texts),
      T(phrases_are_found_as_written_by_their_stems_and_longest_first), T(a_changed_word_leaves_a_copy_a_copy_and_another_text_is_none),
      T(strange_texts_give_a_result))
