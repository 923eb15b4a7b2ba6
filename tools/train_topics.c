#include "train.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "text/topic_model.h"

#define COST 8.0 /* of a wrong example against small weights; the held-out share is flat from 1 to 40 */

struct line {
	struct str code, text;
	bool sentence; /* of the phrases: what accuracy is measured on */
};
struct corpus {
	struct line *v;
	size_t n, cap;
	struct str *codes;
	size_t codes_n, codes_cap;
};

static size_t code_index(const struct corpus *c, struct str code)
{
	size_t i = 0;

	while (i < c->codes_n && !str_eq(c->codes[i], code))
		i++;
	return i;
}

static void add_line(struct arena *a, struct corpus *c, struct line l)
{
	c->v = vec_grow(a, c->v, c->n, &c->cap, sizeof(c->v[0]));
	c->v[c->n++] = l;
}

/* Each word of a seed alone marks its topic. */
static void add_words(struct arena *a, struct corpus *c, struct line l)
{
	struct str rest = l.text;

	while (str_cut(&rest, ' ', &l.text))
		add_line(a, c, l);
}

/* Lines of "topic TAB language-or-kind TAB text"; '#' begins a note. */
static enum rc read_lines(struct arena *a, const char *path, struct corpus *c)
{
	struct str text, line;
	size_t n = 0;

	TRY(tool_read(a, path, &text));
	while (str_cut(&text, '\n', &line)) {
		struct line l;
		struct str kind;

		n++;
		if (line.n == 0 || line.p[0] == '#')
			continue;
		if (!str_cut(&line, '\t', &l.code) || !str_cut(&line, '\t', &kind) || line.n == 0) {
			fprintf(stderr, "%s:%zu: want topic, kind, text\n", path, n);
			return RC_INVALID;
		}
		l.text = line;
		l.sentence = str_eq(kind, S("problem")) || str_eq(kind, S("request"));
		if (code_index(c, l.code) == c->codes_n) {
			c->codes = vec_grow(a, c->codes, c->codes_n, &c->codes_cap, sizeof(c->codes[0]));
			c->codes[c->codes_n++] = l.code;
		}
		add_line(a, c, l);
		if (str_eq(kind, S("seed")))
			add_words(a, c, l);
	}
	return RC_OK;
}

static int u32_cmp(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

	return a < b ? -1 : a > b;
}

/* Every feature of the corpus, rising, each once. */
static struct topic_features vocabulary(struct arena *a, const struct corpus *c, const struct topic_features *of)
{
	struct topic_features all = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		n += of[i].n;
	all.v = ARENA_ARRAY(a, n + 1, uint32_t);
	n = 0;
	for (size_t i = 0; i < c->n; i++)
		for (size_t k = 0; k < of[i].n; k++)
			all.v[n++] = of[i].v[k];
	qsort(all.v, n, sizeof(all.v[0]), u32_cmp);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || all.v[i] != all.v[i - 1])
			all.v[all.n++] = all.v[i];
	return all;
}

static uint32_t index_of(const struct topic_features *vocabulary, uint32_t feature)
{
	const uint32_t *at =
		bsearch(&feature, vocabulary->v, vocabulary->n, sizeof(feature), u32_cmp);

	assert(at);
	return (uint32_t)(at - vocabulary->v);
}

static bool held_out(const struct line *l, size_t i, bool measuring)
{
	return measuring && l->sentence && i % 5 == 4;
}

static struct model *fit(struct arena *a, const struct corpus *c, const struct topic_features *of,
			 const struct topic_features *words, bool measuring)
{
	struct examples e = { 0 };

	for (size_t i = 0; i < c->n; i++) {
		uint32_t *x = ARENA_ARRAY(a, of[i].n + 1, uint32_t);

		if (held_out(&c->v[i], i, measuring))
			continue;
		for (size_t k = 0; k < of[i].n; k++)
			x[k] = index_of(words, of[i].v[k]);
		examples_add(a, &e, x, of[i].n, (double)code_index(c, c->v[i].code));
	}
	return train_linear(&e, words->n, COST);
}

static void write_model(struct out *o, const struct corpus *c, const struct topic_features *words, const struct model *m,
			struct str pack)
{
	double top = 0.0;

	for (size_t i = 0; i < words->n * c->codes_n; i++)
		top = fmax(top, fabs(m->w[i]));
	OUT_LIT(o, "/* Made by tools/train. */\n#include \"text/topic_model.h\"\n\nstatic const char *const codes[] = {\n");
	for (size_t k = 0; k < c->codes_n; k++)
		out_fmt(o, "\t\"%.*s\",\n", STR_FMT(c->codes[(size_t)m->label[k]]));
	OUT_LIT(o, "};\nstatic const uint32_t features[] = {\n");
	for (size_t i = 0; i < words->n; i++)
		out_fmt(o, "%uu,%s", words->v[i], i % 8 == 7 ? "\n" : "");
	OUT_LIT(o, "};\nstatic const int8_t w[] = {\n");
	for (size_t i = 0; i < words->n; i++) {
		for (size_t k = 0; k < c->codes_n; k++)
			out_fmt(o, "%d,", (int)lround(m->w[i * c->codes_n + k] / top * 127.0));
		out_char(o, '\n');
	}
	out_fmt(o, "};\nstatic const struct suggest_model model = { \"%.*s\", codes, %zu, features, %zu, w, %.9g };\n",
		STR_FMT(pack), c->codes_n, words->n, top / 127.0);
	OUT_LIT(o, "const struct suggest_model *const suggest_models[] = { &model, NULL };\n");
}

/* How many topics score above the right one, by the model as trained (floating point, all features known). */
static size_t rank_of(const struct model *m, const struct topic_features *words, const struct topic_features *x,
		      int want)
{
	double *sum = calloc((size_t)m->nr_class, sizeof(*sum));
	size_t before = 0, right = 0, classes = (size_t)m->nr_class;

	assert(sum);
	for (size_t i = 0; i < x->n; i++)
		for (size_t k = 0; k < classes; k++)
			sum[k] += m->w[index_of(words, x->v[i]) * classes + k];
	while (m->label[right] != want)
		right++;
	for (size_t k = 0; k < classes; k++)
		before += sum[k] > sum[right];
	free(sum);
	return before;
}

enum rc train_topics(struct arena *a, const char *out, struct str pack, char **files, size_t n)
{
	struct corpus c = { 0 };
	struct out o = OUT_ON(a);

	for (size_t i = 0; i < n; i++)
		TRY(read_lines(a, files[i], &c));

	struct topic_features *of = ARENA_ARRAY(a, c.n + 1, struct topic_features);

	for (size_t i = 0; i < c.n; i++)
		of[i] = topic_features_of(a, c.v[i].text);

	struct topic_features words = vocabulary(a, &c, of);
	struct model *m = fit(a, &c, of, &words, false);

	write_model(&o, &c, &words, m, pack);
	free_and_destroy_model(&m);
	return o.failed ? RC_INTERNAL : tool_write(out, out_done(&o));
}

enum rc measure_topics(struct arena *a, double least_first, double least_three, char **files, size_t n)
{
	struct corpus c = { 0 };
	size_t tried = 0, first = 0, three = 0;

	for (size_t i = 0; i < n; i++)
		TRY(read_lines(a, files[i], &c));

	struct topic_features *of = ARENA_ARRAY(a, c.n + 1, struct topic_features);

	for (size_t i = 0; i < c.n; i++)
		of[i] = topic_features_of(a, c.v[i].text);

	struct topic_features words = vocabulary(a, &c, of);
	struct model *m = fit(a, &c, of, &words, true);

	for (size_t i = 0; i < c.n; i++) {
		if (!held_out(&c.v[i], i, true))
			continue;

		size_t rank = rank_of(m, &words, &of[i], (int)code_index(&c, c.v[i].code));

		tried++;
		first += rank == 0;
		three += rank < 3;
	}
	free_and_destroy_model(&m);

	double p1 = tried ? (double)first / (double)tried : 0, p3 = tried ? (double)three / (double)tried : 0;

	printf("topics: %zu sentences held out of %zu, first right %.4f, among three %.4f, %zu words\n", tried, c.n,
	       p1, p3, words.n);
	return p1 >= least_first && p3 >= least_three ? RC_OK : RC_INVALID;
}
