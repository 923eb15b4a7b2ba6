#include "app/subject.h"

#include "app/app.h"

enum rc subject_show(struct ctx *c, const struct lang *l, struct str kind, int64_t id, struct subject *ret)
{
	for (size_t i = 0; i < modules_n; i++)
		for (size_t k = 0; k < modules[i]->n_subjects; k++)
			if (str_eq(kind, str_of(modules[i]->subjects[k].name)))
				return modules[i]->subjects[k].show(c, l, id, ret);
	return RC_NOT_FOUND;
}
