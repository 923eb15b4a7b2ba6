#include "app/subject.h"

#include "app/app.h"

static const struct subject_kind *kind_of(struct str kind)
{
	for (size_t i = 0; i < modules_n; i++)
		for (size_t k = 0; k < modules[i]->n_subjects; k++)
			if (str_eq(kind, str_of(modules[i]->subjects[k].name)))
				return &modules[i]->subjects[k];
	return NULL;
}

enum rc subject_show(struct ctx *c, const struct lang *l, struct str kind, int64_t id, struct subject *ret)
{
	const struct subject_kind *k = kind_of(kind);

	return k ? k->show(c, l, id, ret) : RC_NOT_FOUND;
}

enum rc subject_tell(struct ctx *c, struct str kind, int64_t id, const struct subject_news *n)
{
	const struct subject_kind *k = kind_of(kind);

	return k && k->news ? k->news(c, id, n) : RC_OK;
}
