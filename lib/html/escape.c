/* Emitters of html.h: text, attributes, addresses. */
#include "html/html.h"

#include "base/random.h"
#include "html/inner.h"

/* Index into the table of entities; 0 passes. */
static const unsigned char entity_of[256] = { ['&'] = 1, ['<'] = 2, ['>'] = 3, ['"'] = 4, ['\''] = 5 };
static const struct str entities[] = { S_INIT(""),	S_INIT("&amp;"),  S_INIT("&lt;"),
				       S_INIT("&gt;"), S_INIT("&quot;"), S_INIT("&#39;") };

void html_text(struct out *o, const struct view *v, struct str s)
{
	size_t from = 0;

	(void)v;
	for (size_t i = 0; i < s.n; i++) {
		unsigned e = entity_of[(unsigned char)s.p[i]];

		if (e == 0)
			continue;
		out_bytes(o, s.p + from, i - from);
		out_str(o, entities[e]);
		from = i + 1;
	}
	if (from < s.n)
		out_bytes(o, s.p + from, s.n - from);
}

void html_raw(struct out *o, const struct view *v, struct html h)
{
	(void)v;
	out_str(o, h.markup_);
}

void html_int(struct out *o, const struct view *v, int64_t n)
{
	lang_write_int(o, v->lang, n);
}

void html_day(struct out *o, const struct view *v, struct day d)
{
	html_text(o, v, lang_day(v->arena, v->lang, d));
}

void html_when(struct out *o, const struct view *v, struct when w)
{
	html_text(o, v, lang_when(v->arena, v->lang, w));
}

void html_attr_int(struct out *o, const struct view *v, int64_t n)
{
	(void)v;
	out_i64(o, n);
}

void html_attr_day(struct out *o, const struct view *v, struct day d)
{
	out_str(o, day_iso(v->arena, d));
}

void html_attr_when(struct out *o, const struct view *v, struct when w)
{
	out_str(o, when_iso(v->arena, w));
}

void html_href(struct out *o, const struct view *v, struct url u)
{
	html_text(o, v, u.href_);
}

void html_url_str(struct out *o, const struct view *v, struct str s)
{
	(void)v;
	url_encode(o, s);
}

void html_url_int(struct out *o, const struct view *v, int64_t n)
{
	(void)v;
	out_i64(o, n);
}

void html_form_token(struct out *o, const struct view *v)
{
	v->forms->used = true;
	if (!v->forms->key.n)
		v->forms->key = random_token(v->arena, 16);
	OUT_LIT(o, "<input type=\"hidden\" name=\"_csrf\" value=\"");
	html_text(o, v, v->csrf);
	OUT_LIT(o, "\"><input type=\"hidden\" name=\"_key\" value=\"");
	html_text(o, v, v->forms->key);
	OUT_LIT(o, "\">");
}

struct html html_of(const struct out *o)
{
	return (struct html){ out_done(o) };
}
