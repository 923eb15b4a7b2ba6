/*
 * topic_model.h: the shape of a trained topic model, shared by suggest.c, tools/train and the generated table.
 */
#ifndef TEXT_TOPIC_MODEL_H
#define TEXT_TOPIC_MODEL_H

#include "text/snowball.h"

struct suggest_model {
	const char *pack;
	const char *const *codes;
	size_t codes_n;
	const uint32_t *features; /* hashes, rising */
	size_t features_n;
	const int8_t *w; /* features_n rows of codes_n */
	double unit;	 /* what one step of w is worth */
};
/* Made at build time; the last has pack NULL. */
extern const struct suggest_model *const suggest_models[];

struct topic_features {
	uint32_t *v; /* rising, each once */
	size_t n;
};
/* Both readings and the head of each word; {slots} of a phrase, digits, stop words and words past the 1,000th are left out. */
struct topic_features topic_features_of(struct arena *a, struct str text);

#endif
