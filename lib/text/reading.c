#include "text/reading.h"

/* Apostrophes and letters of further languages are no part of a term. */
static struct letters ascii_only(const struct letters *w)
{
	struct letters r;

	r.n = 0;
	for (size_t i = 0; i < w->n; i++)
		if ((w->v[i] >= 'a' && w->v[i] <= 'z') || (w->v[i] >= '0' && w->v[i] <= '9'))
			r.v[r.n++] = w->v[i];
	return r;
}

static struct letters other_stem(struct arena *a, const struct letters *w,
				 enum script script)
{
	struct letters plain = *w;

	for (size_t i = 0; i < plain.n; i++)
		if (plain.v[i] == 0x451)
			plain.v[i] = 0x435;

	struct str lower = letters_str(a, &plain);
	struct letters stem =
		letters_of(snowball(a, lower, script == SCRIPT_LATIN ? TEXT_EN : TEXT_RU));

	return script == SCRIPT_LATIN ? ascii_only(&stem) : letters_fold(&stem);
}

static bool same(const struct letters *x, const struct letters *y)
{
	return x->n == y->n && memcmp(x->v, y->v, x->n * sizeof(x->v[0])) == 0;
}

void reading_of(struct arena *a, struct str word, struct reading *ret)
{
	struct letters w = letters_of(word);
	enum script script = letters_script(&w);

	ret->kk = letters_fold(&w);
	letters_stem_kk(&ret->kk, true);
	ret->has_kk = ret->kk.n > 0;
	ret->has_other = (script == SCRIPT_CYRILLIC || script == SCRIPT_LATIN) && !letters_have_kk(&w);
	if (!ret->has_other)
		return;
	ret->other = other_stem(a, &w, script);
	ret->has_other = ret->other.n > 0;
	if (ret->has_other && ret->has_kk && same(&ret->kk, &ret->other))
		ret->has_other = false;
}
