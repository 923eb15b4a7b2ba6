/*
 * wording.h: what an answer is checked against, from the country pack: which findings exist and which of them stop a signature (findings.csv), the
 * words that give them away (cues.csv), officialese with what to write instead (officialese.csv), texts to fill in (answer_templates.csv).
 * Read once at start; a missing or broken row is a problem of the pack.
 */
#ifndef STANDARD_WORDING_H
#define STANDARD_WORDING_H

#include "standard/pack.h"
#include "text/plain.h"

/* TO ADD ONE: a value here, its name in wording_load.c, its row in findings.csv, its rule in answer/check_rules.c, golden answers. */
enum finding {
	FINDING_BLANK, FINDING_EMPTY, FINDING_COPY, FINDING_LAW_BARE, FINDING_PART_OPEN, FINDING_NO_GROUND, FINDING_NO_OPTIONS, FINDING_HOLLOW,
	FINDING_LANG, FINDING_PERSONAL, FINDING_NO_STEP, FINDING_NO_DATE, FINDING_HARD, FINDING_OFFICIALESE, FINDING_N
};
const char *finding_name(enum finding f);
bool finding_by_name(struct str name, enum finding *ret);

/* Groups of the phrases in wording.cues. */
enum cue { CUE_LAW, CUE_MEANING, CUE_HOLLOW, CUE_REFUSAL, CUE_GROUND, CUE_OPTION, CUE_STEP, CUE_FORMULA, CUE_WHO, CUE_OFFICIAL, CUE_DATE, CUE_YOU, CUE_DONE, CUE_N };

struct finding_rule {
	enum finding kind;
	bool blocks; /* no signature while it stands, unless a controller lets it pass in writing */
	struct name3 name, advice;
	struct str basis, confidence;
	struct day valid_from;
};

struct answer_template {
	struct str topic, decision; /* topic empty: any */
	struct name3 name, text;    /* [in square brackets]: to be filled */
	struct day valid_from;
};

struct wording {
	struct finding_rule *findings; /* sorted by kind, then day */
	struct phrase *plain;
	struct answer_template *templates;
	size_t n_findings, n_plain, n_templates;
	struct phrase_set *cues, *officialese; /* officialese: group 0 */
	const struct phone_plan *phones;
};

/* The row in force; NULL before the first one. */
const struct finding_rule *wording_rule(const struct wording *w, enum finding f, struct day on);

#endif
