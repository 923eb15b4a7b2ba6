#include "channel/feed.h"

void xml_text(struct out *o, struct str s)
{
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		const char *as = c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '"' ? "&quot;" : NULL;

		if (!as && (c >= 0x20 || c == '\n' || c == '\t'))
			continue;
		out_bytes(o, s.p + from, i - from);
		out_str(o, str_of(as));
		from = i + 1;
	}
	out_bytes(o, s.p + from, s.n - from);
}

/* A spreadsheet runs a cell that begins with one of these (OWASP, "CSV Injection"); an apostrophe makes it text. */
static bool looks_like_formula(struct str s)
{
	return s.n && strchr("=+-@\t\r", s.p[0]) != NULL;
}

void csv_cell(struct out *o, bool first, struct str s)
{
	bool formula = looks_like_formula(s), quote = formula;

	if (!first)
		out_char(o, ',');
	for (size_t i = 0; i < s.n && !quote; i++)
		quote = s.p[i] == '"' || s.p[i] == ',' || s.p[i] == '\n' || s.p[i] == '\r' || s.p[i] == ';';
	if (!quote) {
		out_str(o, s);
		return;
	}
	out_char(o, '"');
	if (formula)
		out_char(o, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			out_char(o, '"');
		out_char(o, s.p[i]);
	}
	out_char(o, '"');
}

void csv_cell_int(struct out *o, bool first, int64_t v)
{
	if (!first)
		out_char(o, ',');
	out_i64(o, v);
}

void csv_end_row(struct out *o)
{
	OUT_LIT(o, "\r\n");
}

void csv_begin(struct out *o, const char *const *columns, size_t n)
{
	OUT_LIT(o, "\xef\xbb\xbf");
	for (size_t i = 0; i < n; i++)
		csv_cell(o, i == 0, str_of(columns[i]));
	csv_end_row(o);
}

static void element(struct out *o, const char *name, struct str text)
{
	out_fmt(o, "<%s>", name);
	xml_text(o, text);
	out_fmt(o, "</%s>\n", name);
}

static void link_to(struct out *o, const char *rel, const char *type, struct str href)
{
	out_fmt(o, "<link rel=\"%s\" type=\"%s\" href=\"", rel, type);
	xml_text(o, href);
	OUT_LIT(o, "\"/>\n");
}

void atom_begin(struct out *o, const struct atom_feed *f)
{
	OUT_LIT(o, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"");
	xml_text(o, f->lang);
	OUT_LIT(o, "\">\n");
	element(o, "id", f->id);
	element(o, "title", f->title);
	element(o, "updated", when_iso(o->arena, f->updated));
	link_to(o, "self", "application/atom+xml", f->id);
	link_to(o, "alternate", "text/html", f->page);
	if (f->next.n)
		link_to(o, "next", "application/atom+xml", f->next);
}

void atom_add(struct out *o, const struct atom_entry *e)
{
	OUT_LIT(o, "<entry>\n");
	element(o, "id", e->id);
	element(o, "title", e->title);
	element(o, "updated", when_iso(o->arena, e->updated));
	element(o, "published", when_iso(o->arena, e->published));
	OUT_LIT(o, "<author>");
	element(o, "name", e->author);
	OUT_LIT(o, "</author>\n");
	link_to(o, "alternate", "text/html", e->link);
	element(o, "summary", e->summary);
	OUT_LIT(o, "</entry>\n");
}

void atom_end(struct out *o)
{
	OUT_LIT(o, "</feed>\n");
}
