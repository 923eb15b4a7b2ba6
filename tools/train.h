/*
 * train.h: what the two trainers share: examples as sparse vectors of length one.
 */
#ifndef TOOLS_TRAIN_H
#define TOOLS_TRAIN_H

#include <linear.h>

#include "base/vec.h"
#include "tool.h"

struct examples {
	struct feature_node **x; /* index -1 ends each */
	double *y;
	size_t n, cap_x, cap_y;
};

/* Makes a unit vector of feature indexes (from 0, repeats allowed; sorts them in place) and adds it. No features: not added. */
void examples_add(struct arena *a, struct examples *e, uint32_t *features, size_t n, double label);
/* One-against-the-rest logistic regression over `width` features; free with free_and_destroy_model(). */
struct model *train_linear(const struct examples *e, size_t width, double cost);

MUST_USE enum rc train_lang(struct arena *a, const char *out, char **files);
MUST_USE enum rc train_topics(struct arena *a, const char *out, struct str pack, char **files, size_t n);
/* RC_INVALID below the floors. */
MUST_USE enum rc measure_topics(struct arena *a, double least_first, double least_three, char **files, size_t n);

#endif
