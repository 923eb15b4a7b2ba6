/*
 * textc: the tables of lib/text from data/text, as one C file.
 *
 *	textc DATA_DIR OUT.c
 *
 * suffixes_kk.tsv (layer, suffix, vowel row, letters before), cyr_latin_2021.tsv (pairs of letters), stopwords_*.txt and
 * first_names.txt, abbreviations.txt, rude_words.txt, rude_beginnings.txt (words). Sorting is done here, so that the program can search by halves.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "base/vec.h"
#include "text/letters.h"
#include "tool.h"

struct suffix {
	struct letters w, after;
	int layer, row;
	size_t line;
};
struct suffixes {
	struct suffix *v;
	size_t n, cap;
};
struct words {
	struct str *v;
	size_t n, cap;
};

static unsigned last_letter(const struct suffix *x)
{
	return letter_bit(x->w.v[x->w.n - 1]);
}

static int suffix_cmp(const void *x, const void *y)
{
	const struct suffix *a = x, *b = y;

	if (last_letter(a) != last_letter(b))
		return last_letter(a) < last_letter(b) ? -1 : 1;
	if (a->w.n != b->w.n)
		return a->w.n < b->w.n ? 1 : -1;
	return a->line < b->line ? -1 : a->line > b->line;
}

static int word_cmp(const void *x, const void *y)
{
	return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

/* Index of s in names, or -1. */
static int index_in(struct str s, const char *const *names, int n)
{
	for (int i = 0; i < n; i++)
		if (str_eq(s, str_of(names[i])))
			return i;
	return -1;
}

static enum rc suffixes_read(struct arena *a, struct str text, struct suffixes *ret)
{
	static const char *const layers[] = { "", "plural", "possessive", "case", "derived" };
	static const char *const rows[] = { "any", "back", "front" };
	struct str line;
	size_t n = 0;

	while (str_cut(&text, '\n', &line)) {
		struct str f[4] = { 0 };

		n++;
		if (line.n == 0 || line.p[0] == '#')
			continue;
		for (size_t i = 0; i < 4; i++)
			str_cut(&line, '\t', &f[i]);

		struct suffix x = { .w = letters_of(f[1]), .after = letters_of(f[3]), .line = n };

		x.layer = index_in(f[0], layers, ARRAY_LEN(layers));
		x.row = index_in(f[2], rows, ARRAY_LEN(rows));
		if (x.layer < 1 || x.row < 0 || x.w.n == 0 || x.w.n > 6 || x.after.n == 0 || last_letter(&x) == LETTER_OTHER) {
			fprintf(stderr, "suffixes_kk.tsv:%zu: want layer, suffix, row, letters\n", n);
			return RC_INVALID;
		}
		*VEC_ADD(a, ret) = x;
	}
	return RC_OK;
}

static void suffixes_fold(struct suffixes *list)
{
	for (size_t i = 0; i < list->n; i++) {
		list->v[i].w = letters_fold(&list->v[i].w);
		list->v[i].after = letters_fold(&list->v[i].after);
	}
}

static uint64_t bits_of(const struct letters *w)
{
	uint64_t bits = 0;

	for (size_t i = 0; i < w->n; i++)
		bits |= (uint64_t)1 << letter_bit(w->v[i]);
	return bits & ~((uint64_t)1 << LETTER_OTHER);
}

static void suffixes_write(struct out *o, const char *name, struct suffixes *list)
{
	static const char *const rows[] = { "KK_ANY", "KK_BACK", "KK_FRONT" };

	qsort(list->v, list->n, sizeof(list->v[0]), suffix_cmp);
	out_fmt(o, "static const struct kk_suffix %s_rows[] = {\n\t{ .n = 0 },\n", name);
	for (size_t i = 0; i < list->n; i++) {
		const struct suffix *x = &list->v[i];

		out_fmt(o, "\t{ 0x%llx, { ", (unsigned long long)bits_of(&x->after));
		for (size_t k = 0; k < x->w.n; k++)
			out_fmt(o, "0x%x, ", (unsigned)x->w.v[k]);
		out_fmt(o, "}, %zu, %d, %s },\n", x->w.n, x->layer, rows[x->row]);
	}
	out_fmt(o, "\t{ .n = 0 },\n};\nconst struct kk_suffixes %s = { %s_rows, {\n", name, name);
	for (size_t i = 0; i < list->n; i++)
		if (i == 0 || last_letter(&list->v[i]) != last_letter(&list->v[i - 1]))
			out_fmt(o, "\t[%u] = %zu,\n", last_letter(&list->v[i]), i + 1);
	OUT_LIT(o, "} };\n");
}

static void latin_write(struct out *o, struct str text)
{
	struct str line;
	bool head = true;

	OUT_LIT(o, "const struct latin_pair latin_pairs[] = {\n");
	while (str_cut(&text, '\n', &line)) {
		struct str cyrillic = { 0 }, latin = { 0 }, one, other;

		str_cut(&line, '\t', &cyrillic);
		str_cut(&line, '\t', &latin);
		if (head || cyrillic.n == 0) {
			head = false;
			continue;
		}
		while (str_cut(&cyrillic, ' ', &one)) {
			size_t at = 0;

			if (!str_cut(&latin, ' ', &other))
				other = S("");
			out_fmt(o, "\t{ 0x%x, \"", (unsigned)utf8_next(one, &at));
			tool_c_text(o, other);
			OUT_LIT(o, "\" },\n");
		}
	}
	OUT_LIT(o, "\t{ 0, \"\" },\n};\n");
}

static void words_read(struct arena *a, struct str text, bool folded, struct words *ret)
{
	struct str line, word;

	while (str_cut(&text, '\n', &line)) {
		if (line.n > 0 && line.p[0] == '#')
			continue;
		while (str_cut(&line, ' ', &word)) {
			struct letters w = letters_of(word), f = letters_fold(&w);

			if (w.n > 0)
				*VEC_ADD(a, ret) = letters_str(a, folded ? &f : &w);
		}
	}
}

static void words_write(struct out *o, const char *name, struct words *list)
{
	size_t n = 0;

	qsort(list->v, list->n, sizeof(list->v[0]), word_cmp);
	out_fmt(o, "const char *const %s[] = {\n", name);
	for (size_t i = 0; i < list->n; i++) {
		if (i > 0 && str_eq(list->v[i], list->v[i - 1]))
			continue;
		OUT_LIT(o, "\t\"");
		tool_c_text(o, list->v[i]);
		OUT_LIT(o, "\",\n");
		n++;
	}
	out_fmt(o, "};\nconst size_t %s_n = %zu;\n", name, n);
}

static enum rc run(struct arena *a, const char *dir, const char *out_path)
{
	static const char *const stops[] = { "stopwords_kk.txt", "stopwords_ru.txt", "stopwords_en.txt" };
	struct out o = OUT_ON(a);
	struct suffixes suffixes = { 0 };
	struct words stop = { 0 }, names = { 0 }, short_forms = { 0 }, rude = { 0 }, beginnings = { 0 };
	struct str text;

	OUT_LIT(&o, "/* Made by tools/textc from data/text. */\n#include \"text/letters.h\"\n\n");
	TRY(tool_read(a, tool_path(a, dir, S("suffixes_kk.tsv")), &text));
	TRY(suffixes_read(a, text, &suffixes));
	suffixes_write(&o, "kk_suffixes", &suffixes);
	suffixes_fold(&suffixes);
	suffixes_write(&o, "kk_suffixes_folded", &suffixes);
	TRY(tool_read(a, tool_path(a, dir, S("cyr_latin_2021.tsv")), &text));
	latin_write(&o, text);
	for (size_t i = 0; i < ARRAY_LEN(stops); i++) {
		TRY(tool_read(a, tool_path(a, dir, str_of(stops[i])), &text));
		words_read(a, text, true, &stop);
	}
	words_write(&o, "stop_words", &stop);
	TRY(tool_read(a, tool_path(a, dir, S("first_names.txt")), &text));
	words_read(a, text, false, &names);
	words_write(&o, "first_names", &names);
	TRY(tool_read(a, tool_path(a, dir, S("abbreviations.txt")), &text));
	words_read(a, text, false, &short_forms);
	words_write(&o, "abbreviations", &short_forms);
	TRY(tool_read(a, tool_path(a, dir, S("rude_words.txt")), &text));
	words_read(a, text, false, &rude);
	words_write(&o, "rude_words", &rude);
	TRY(tool_read(a, tool_path(a, dir, S("rude_beginnings.txt")), &text));
	words_read(a, text, false, &beginnings);
	words_write(&o, "rude_beginnings", &beginnings);
	return o.failed ? RC_INTERNAL : tool_write(out_path, out_done(&o));
}

int main(int argc, char **argv)
{
	struct arena a CLEANUP(arena_end) = { 0 };

	if (argc != 3) {
		fprintf(stderr, "usage: textc DATA_DIR OUT.c\n");
		return 2;
	}
	return run(&a, argv[1], argv[2]) == RC_OK ? 0 : 1;
}
