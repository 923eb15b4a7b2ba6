#include "train.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "text/detect.h"
#include "text/letters.h"

#define TRAIN_LETTERS_MAX 220u /* of one text: what is to be told apart is mostly short */

static int feature_cmp(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

	return a < b ? -1 : a > b;
}

void examples_add(struct arena *a, struct examples *e, uint32_t *features, size_t n, double label)
{
	struct feature_node *x = ARENA_ARRAY(a, n + 1, struct feature_node);
	size_t used = 0;
	double length = 0.0;

	if (n == 0)
		return;
	qsort(features, n, sizeof(features[0]), feature_cmp);
	for (size_t i = 0; i < n; i++) {
		if (used > 0 && x[used - 1].index == (int)features[i] + 1)
			x[used - 1].value += 1.0;
		else
			x[used++] = (struct feature_node){ (int)features[i] + 1, 1.0 };
	}
	for (size_t i = 0; i < used; i++)
		length += x[i].value * x[i].value;
	for (size_t i = 0; i < used; i++)
		x[i].value /= sqrt(length);
	x[used].index = -1;
	e->x = vec_grow(a, e->x, e->n, &e->cap_x, sizeof(e->x[0]));
	e->y = vec_grow(a, e->y, e->n, &e->cap_y, sizeof(e->y[0]));
	e->x[e->n] = x;
	e->y[e->n++] = label;
}

struct model *train_linear(const struct examples *e, size_t width, double cost)
{
	struct problem problem = { .l = (int)e->n, .n = (int)width, .y = e->y, .x = e->x, .bias = -1 };
	struct parameter how = { .solver_type = L2R_LR, .eps = 0.01, .C = cost };

	assert(check_parameter(&problem, &how) == NULL);
	return train(&problem, &how);
}

/* As people type without a Kazakh keyboard. */
static struct str without_own_letters(struct arena *a, struct str s)
{
	static const struct { uint16_t own, other; } pairs[] = {
		{ 0x4d9, 0x430 }, { 0x493, 0x433 }, { 0x49b, 0x43a }, { 0x4a3, 0x43d }, { 0x4e9, 0x43e },
		{ 0x4b1, 0x443 }, { 0x4af, 0x443 }, { 0x4bb, 0x445 }, { 0x456, 0x438 },
	};
	struct out o = OUT_ON(a);

	for (size_t at = 0; at < s.n;) {
		uint32_t c = utf8_lower_cp(utf8_next(s, &at));
		char buf[4];

		for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
			if (pairs[i].own == c)
				c = pairs[i].other;
		out_bytes(&o, buf, utf8_put(buf, c));
	}
	return out_done(&o);
}

/* The Latin alphabet of 2021 as typed on an English keyboard. */
static struct str plain_latin(struct arena *a, struct str latin)
{
	static const struct { uint16_t own; char plain[3]; } pairs[] = {
		{ 0xe4, "a" }, { 0x11f, "g" }, { 0xf1, "n" }, { 0xf6, "o" }, { 0x16b, "u" }, { 0xfc, "u" },
		{ 0x15f, "sh" }, { 0x131, "i" },
	};
	struct out o = OUT_ON(a);

	for (size_t at = 0; at < latin.n;) {
		size_t from = at, i = 0;
		uint32_t c = utf8_lower_cp(utf8_next(latin, &at));

		while (i < ARRAY_LEN(pairs) && pairs[i].own != c)
			i++;
		out_str(&o, i < ARRAY_LEN(pairs) ? str_of(pairs[i].plain) : str_sub(latin, from, at - from));
	}
	return out_done(&o);
}

static void add(struct arena *a, struct examples *e, struct str text, double label)
{
	struct lang_counts c = lang_features(a, text, TRAIN_LETTERS_MAX);

	examples_add(a, e, c.bucket, c.n, label);
}

static void add_file(struct arena *a, struct examples *e, struct str text, size_t class)
{
	struct str line;
	size_t n = 0;

	while (str_cut(&text, '\n', &line)) {
		if (line.n == 0 || line.p[0] == '#' || n++ % 5 == 4)
			continue;
		add(a, e, line, (double)class);
		if (class == 0) {
			struct str latin = text_kk_latin(a, line);

			add(a, e, without_own_letters(a, line), 0.0);
			if (n % 3 == 0)
				add(a, e, latin, 0.0);
			if (n % 3 == 1)
				add(a, e, plain_latin(a, latin), 0.0);
			continue;
		}
		/* halves of a text too: Russian and English come in long sentences, questions in short ones */
		size_t half = line.n / 2;

		while (half < line.n && line.p[half] != ' ')
			half++;
		add(a, e, str_sub(line, 0, half), (double)class);
		add(a, e, str_from(line, half), (double)class);
		for (size_t from = 0; from + 24 < line.n; from += 40) {
			size_t end = from + 40;

			while (from < line.n && line.p[from] != ' ' && from > 0)
				from++;
			while (end < line.n && line.p[end] != ' ')
				end++;
			add(a, e, str_sub(line, from, end > from ? end - from : 0), (double)class);
		}
	}
}

static void write_model(struct out *o, const struct model *m)
{
	double top = 0.0;

	for (size_t i = 0; i < (size_t)LANG_BUCKETS * LANG_CLASSES; i++)
		top = fmax(top, fabs(m->w[i]));
	OUT_LIT(o, "/* Made by tools/train from data/text. */\n#include \"text/detect.h\"\n\n"
		   "const struct lang_model lang_model = { .w = {\n");
	for (size_t b = 0; b < LANG_BUCKETS; b++) {
		OUT_LIT(o, "{");
		for (int class = 0; class < LANG_CLASSES; class++)
			for (int k = 0; k < LANG_CLASSES; k++)
				if (m->label[k] == class)
					out_fmt(o, "%d,",
						(int)lround(m->w[b * LANG_CLASSES + (size_t)k] / top * 127.0));
		OUT_LIT(o, "},\n");
	}
	OUT_LIT(o, "} };\n");
}

enum rc train_lang(struct arena *a, const char *out, char **files)
{
	struct examples e = { 0 };
	struct out o = OUT_ON(a);

	for (size_t i = 0; i < LANG_CLASSES; i++) {
		struct str text;

		TRY(tool_read(a, files[i], &text));
		add_file(a, &e, text, i);
	}

	struct model *m = train_linear(&e, LANG_BUCKETS, 4.0);

	write_model(&o, m);
	free_and_destroy_model(&m);
	return tool_write(out, out_done(&o));
}
