#include "appeal/filing.h"

#include "text/text.h"

struct draft_files filing_files(struct str text)
{
	struct draft_files f = { 0 };
	struct str line;

	while (text.n && str_cut(&text, '\n', &line) && f.n < FILES_PER_APPEAL) {
		struct stored_file *s = &f.v[f.n];
		struct str size;

		if (str_cut(&line, ' ', &s->sha256) && str_cut(&line, ' ', &s->type) && str_cut(&line, ' ', &size) &&
		    str_to_i64(size, &s->size) && line.n) {
			s->name = line;
			f.n++;
		}
	}
	return f;
}

struct str filing_files_text(struct arena *a, const struct draft_files *f)
{
	struct out o = OUT_ON(a);

	for (size_t i = 0; i < f->n; i++)
		out_fmt(&o, "%.*s %.*s %lld %.*s\n", STR_FMT(f->v[i].sha256), STR_FMT(f->v[i].type), (long long)f->v[i].size,
			STR_FMT(f->v[i].name));
	return out_done(&o);
}

struct str filing_lang(const struct req *rq, struct str text)
{
	switch (text_detect(text)) {
	case TEXT_KK:
		return S("kk");
	case TEXT_RU:
		return S("ru");
	case TEXT_EN:
		return S("en");
	case TEXT_UNKNOWN:
	case TEXT_MIXED:
		break;
	}
	return lang_code(rq->view.lang);
}
