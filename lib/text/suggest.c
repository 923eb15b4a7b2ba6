#include "text/suggest.h"

#include <math.h>

#include "base/utf8.h"
#include "text/letters.h"
#include "text/topic_model.h"

const struct suggest_model *suggest_model_of(struct str pack)
{
	for (size_t i = 0; suggest_models[i]; i++)
		if (str_eq(pack, str_of(suggest_models[i]->pack)))
			return suggest_models[i];
	return NULL;
}

/* Row of a feature, or SIZE_MAX. */
static size_t row_of(const struct suggest_model *m, uint32_t feature)
{
	size_t lo = 0, hi = m->features_n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (m->features[mid] == feature)
			return mid;
		if (m->features[mid] < feature)
			lo = mid + 1;
		else
			hi = mid;
	}
	return SIZE_MAX;
}

static void keep_best(struct suggestion ret[SUGGEST_N], size_t *n, struct suggestion s)
{
	size_t at = *n;

	while (at > 0 && ret[at - 1].score < s.score)
		at--;
	if (at == SUGGEST_N)
		return;
	if (*n < SUGGEST_N)
		(*n)++;
	for (size_t i = *n - 1; i > at; i--)
		ret[i] = ret[i - 1];
	ret[at] = s;
}

size_t suggest_topics(struct arena *a, const struct suggest_model *model, struct str text,
		      struct suggestion ret[SUGGEST_N])
{
	struct topic_features f = topic_features_of(a, text);
	int32_t *sum = ARENA_ARRAY(a, model->codes_n + 1, int32_t);
	double *p = ARENA_ARRAY(a, model->codes_n + 1, double), all = 0.0;
	size_t known = 0, n = 0;

	for (size_t i = 0; i < f.n; i++) {
		size_t row = row_of(model, f.v[i]);

		if (row == SIZE_MAX)
			continue;
		known++;
		for (size_t k = 0; k < model->codes_n; k++)
			sum[k] += model->w[row * model->codes_n + k];
	}
	if (known == 0)
		return 0;
	/* logistic of each topic against the rest, then shares */
	for (size_t k = 0; k < model->codes_n; k++) {
		p[k] = 1.0 / (1.0 + exp(-sum[k] * model->unit / sqrt((double)known)));
		all += p[k];
	}
	for (size_t k = 0; k < model->codes_n; k++)
		keep_best(ret, &n, (struct suggestion){ str_of(model->codes[k]), p[k] / all });
	return n;
}

/* How many words of the text (folded, between spaces) begin with this stem. */
static size_t count_heads(struct str folded, struct str stem)
{
	size_t n = 0;

	for (size_t at = str_find(folded, stem, 0); at != SIZE_MAX; at = str_find(folded, stem, at + 1))
		n += at == 0 || folded.p[at - 1] == ' ';
	return n;
}

static struct str folded_text(struct arena *a, struct str text)
{
	struct text_words words = text_split(a, text);
	struct str r;
	char *p = arena_alloc(a, text.n * 4 + words.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < words.n; i++) {
		struct letters w = letters_of(words.v[i].word), f = letters_fold(&w);

		r = letters_str(a, &f);
		if (n > 0)
			p[n++] = ' ';
		memcpy(p + n, r.p, r.n);
		n += r.n;
	}
	return (struct str){ p, n };
}

size_t suggest_topics_by_words(struct arena *a, const struct suggest_words *topics, size_t n, struct str text,
			       struct suggestion ret[SUGGEST_N])
{
	struct str folded = folded_text(a, utf8_head(text, 4000));
	size_t got = 0;

	for (size_t i = 0; i < n; i++) {
		struct str rest = topics[i].words, word;
		double score = 0.0;

		while (str_cut(&rest, ',', &word)) {
			struct str stem = folded_text(a, word);

			if (stem.n > 0) /* long stems are surer than short ones */
				score += sqrt((double)(count_heads(folded, stem) * stem.n));
		}
		if (score > 0.0)
			keep_best(ret, &got, (struct suggestion){ topics[i].code, score / (score + 10.0) });
	}
	return got;
}
