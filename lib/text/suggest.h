/*
 * suggest.h: which topic and which place a text speaks of. The person chooses; this only puts the likely ones first.
 *
 * Topic models are trained at build time for the packs that bring training texts (lib/text/meson.build); a pack without
 * one gets suggestions by its topics' words. Places are found by a gazetteer that the caller makes once from its places.
 * Nothing here knows a country: codes, names and texts all come from data.
 */
#ifndef TEXT_SUGGEST_H
#define TEXT_SUGGEST_H

#include "base/map.h"
#include "text/text.h"

#define SUGGEST_N 3

struct suggestion {
	struct str code; /* of the pack's topic */
	double score;	 /* 0 to 1; under 0.1 it is a guess */
};

struct suggest_model;
/* The model of a pack ("kz"); NULL when it has none. Process lifetime, shared by threads. */
const struct suggest_model *suggest_model_of(struct str pack);
/* Best first; returns how many there are. None for a text without a known word. */
size_t suggest_topics(struct arena *a, const struct suggest_model *model, struct str text,
		      struct suggestion ret[SUGGEST_N]);

/* Without a model: a topic scores by its words (stems, comma-separated, any language) that begin words of the text. */
struct suggest_words {
	struct str code, words;
};
size_t suggest_topics_by_words(struct arena *a, const struct suggest_words *topics, size_t n, struct str text,
			       struct suggestion ret[SUGGEST_N]);

enum suggest_kind { SUGGEST_REGION, SUGGEST_CITY, SUGGEST_DISTRICT, SUGGEST_SETTLEMENT };
struct suggest_place {
	int64_t id, parent;   /* parent 0: none */
	enum suggest_kind kind;
	struct str names[3];  /* in the languages of the site; empty ones are passed over */
};
struct place_suggestion {
	int64_t id;
	double score; /* above 0; larger is likelier */
	size_t at, n; /* the words of the text that name it, bytes */
};
struct suggest_gazetteer;
/* Lives in the arena, for the process; read by all threads afterwards. The names must live as long. Settlements may
 * carry the id of their district. */
struct suggest_gazetteer *suggest_gazetteer_make(struct arena *a, const struct suggest_place *places, size_t n);
/* Best first, each id once; returns how many. A mention of the region above lifts a district of that name. */
size_t suggest_places(struct arena *a, const struct suggest_gazetteer *g, struct str text,
		      struct place_suggestion ret[SUGGEST_N]);

#endif
