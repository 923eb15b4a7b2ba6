#include "tmplc_parser.h"

/* Attributes that are not plain text to a browser, by name whatever the element: nobody has to know more. */
static const struct {
	const char *name;
	enum attr_kind kind;
} attr_table[] = {
	{ "href", ATTR_URL },	     { "src", ATTR_URL },	 { "action", ATTR_URL },
	{ "formaction", ATTR_URL },  { "cite", ATTR_URL },	 { "poster", ATTR_URL },
	{ "data", ATTR_URL },	     { "xlink:href", ATTR_URL }, { "manifest", ATTR_URL },
	{ "background", ATTR_URL },  { "srcset", ATTR_REFUSED }, { "imagesrcset", ATTR_REFUSED },
	{ "ping", ATTR_REFUSED },    { "style", ATTR_REFUSED },	 { "srcdoc", ATTR_REFUSED },
	{ "method", ATTR_FIXED },    { "formmethod", ATTR_FIXED }, { "http-equiv", ATTR_REFUSED },
	/* svg animation can set an address */
	{ "attributename", ATTR_REFUSED }, { "to", ATTR_REFUSED },	 { "from", ATTR_REFUSED },
	{ "by", ATTR_REFUSED },	     { "values", ATTR_REFUSED },
};

/* Their content is neither text nor markup to a browser. */
static const char *const refused_tags[] = { "xmp", "plaintext", "noembed", "noframes", "listing", "base" };

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool ends_name(char c)
{
	return is_blank(c) || c == '>' || c == '/' || c == '=' || c == '"' || c == '\'' || c == '<';
}

static void put(struct parser *p, char c)
{
	out_char(&p->literal, c);
	p->cx.line_start = false;
	p->at++;
}

static struct str here(const struct parser *p)
{
	return str_from(p->text, p->at);
}

const char *markup_place_name(const struct context *cx)
{
	switch (cx->place) {
	case IN_TEXT:
		return "in text";
	case IN_RAW:
		return "in a script or style";
	case IN_TAG_NAME:
		return "in the name of a tag";
	case IN_TAG:
		return "in a tag";
	case IN_ATTR_NAME:
		return "in the name of an attribute";
	case IN_BEFORE_VALUE:
		return "in an attribute without quotes";
	case IN_VALUE:
		return cx->quote ? "in a quoted attribute" : "in an attribute without quotes";
	case IN_COMMENT:
		return "in a comment";
	case IN_DECLARATION:
		return "in a declaration";
	}
	return "nowhere";
}

const char *markup_differs(const struct context *x, const struct context *y)
{
	if (x->place != y->place)
		return "place";
	if (!str_eq(x->until, y->until) || x->pre != y->pre)
		return "element";
	if (x->place == IN_TEXT)
		return NULL;
	if (!str_eq(x->tag, y->tag) || x->closing != y->closing)
		return "tag";
	if (x->post != y->post)
		return "method of the form";
	if (x->place == IN_VALUE && (x->quote != y->quote || x->kind != y->kind))
		return "attribute";
	if (x->place == IN_VALUE && x->kind == ATTR_URL && x->address != y->address)
		return "start of the address";
	return NULL;
}

/* White space is one line break or one blank, but where it means something. */
static void fold(struct parser *p)
{
	bool line = false;

	while (p->at < p->text.n && is_blank(p->text.p[p->at])) {
		line |= p->text.p[p->at] == '\n';
		p->at++;
	}
	if (p->cx.line_start)
		return;
	out_char(&p->literal, line ? '\n' : ' ');
	p->cx.line_start = line;
}

static bool element_ends_here(const struct parser *p)
{
	struct str s = here(p);

	return str_starts(s, S("</")) && s.n > p->cx.until.n + 2 && ends_name(s.p[p->cx.until.n + 2]) &&
	       str_eq_nocase(str_sub(s, 2, p->cx.until.n), p->cx.until);
}

static void open_tag(struct parser *p, bool closing)
{
	for (int i = closing ? 2 : 1; i > 0; i--)
		put(p, p->text.p[p->at]);
	p->cx = (struct context){ .place = IN_TAG_NAME, .closing = closing, .until = p->cx.until, .pre = p->cx.pre };
	p->name_at = p->at;
	p->tag_at = p->at;
}

static enum rc less_than(struct parser *p)
{
	struct str s = here(p);

	if (s.n > 1 && is_letter(s.p[1])) {
		open_tag(p, false);
	} else if (s.n > 2 && s.p[1] == '/' && is_letter(s.p[2])) {
		open_tag(p, true);
	} else if (str_starts(s, S("<!--"))) {
		p->cx.place = IN_COMMENT;
		p->name_at = p->at;
		p->at += 4;
	} else if (str_starts(s, S("<!"))) {
		p->cx.place = IN_DECLARATION;
		p->name_at = p->at;
		put(p, '<');
	} else {
		return parser_fail(p, p->at, "a bare '<' in text: write &lt;");
	}
	return RC_OK;
}

static enum rc text_step(struct parser *p)
{
	char c = p->text.p[p->at];

	if (p->cx.until.n) {
		if (!element_ends_here(p)) {
			put(p, c);
			return RC_OK;
		}
		open_tag(p, true);
		p->cx.until = S("");
		return RC_OK;
	}
	if (c == '<')
		return less_than(p);
	if (is_blank(c) && !p->cx.pre)
		fold(p);
	else
		put(p, c);
	return RC_OK;
}

static enum rc end_tag_name(struct parser *p)
{
	struct str name = str_sub(p->text, p->name_at, p->at - p->name_at);

	p->cx.tag = str_lower_ascii(p->a, name);
	for (size_t i = 0; i < ARRAY_LEN(refused_tags); i++)
		if (str_eq(p->cx.tag, str_of(refused_tags[i])))
			return parser_fail(p, p->name_at, "<%s> is not allowed in templates", refused_tags[i]);
	p->cx.place = IN_TAG;
	p->cx.gap = false;
	return RC_OK;
}

static enum rc end_attr_name(struct parser *p)
{
	p->attr = str_lower_ascii(p->a, str_sub(p->text, p->name_at, p->at - p->name_at));
	p->cx.kind = ATTR_PLAIN;
	p->cx.place = IN_TAG;
	p->cx.gap = false;
	if (p->attr.n > 2 && str_starts(p->attr, S("on")))
		return parser_fail(p, p->name_at, "%.*s: scripts in attributes never run here (Content-Security-Policy)",
				   STR_FMT(p->attr));
	for (size_t i = 0; i < ARRAY_LEN(attr_table); i++)
		if (str_eq(p->attr, str_of(attr_table[i].name)))
			p->cx.kind = attr_table[i].kind;
	/* <meta http-equiv="refresh" content="0;url=..."> is an address in disguise: content stays literal in <meta> */
	if (str_eq(p->cx.tag, S("meta")) && str_eq(p->attr, S("http-equiv")))
		p->equiv_at = p->name_at;
	if (p->equiv_at > p->tag_at && p->content_at > p->tag_at)
		return parser_fail(p, p->name_at, "http-equiv goes with literal content only");
	if (p->cx.kind == ATTR_FIXED && str_eq(p->attr, S("formmethod")))
		return parser_fail(p, p->name_at, "formmethod would let a form pass by its token: use method of the form");
	return RC_OK;
}

/* > of a start or end tag: what comes now? */
static void end_tag(struct parser *p)
{
	struct context was = p->cx;

	put(p, '>');
	p->cx = (struct context){ .place = IN_TEXT, .pre = was.pre };
	if (str_eq(was.tag, S("pre")))
		p->cx.pre = !was.closing;
	if (was.closing)
		return;
	if (str_eq(was.tag, S("script")) || str_eq(was.tag, S("style"))) {
		p->cx.place = IN_RAW;
		p->cx.until = was.tag;
	} else if (str_eq(was.tag, S("textarea")) || str_eq(was.tag, S("title"))) {
		p->cx.until = was.tag;
	}
	p->cx.post = was.post; /* read and cleared by the caller */
}

static enum rc tag_step(struct parser *p)
{
	char c = p->text.p[p->at];

	if (is_blank(c)) {
		while (p->at < p->text.n && is_blank(p->text.p[p->at]))
			p->at++;
		if (!p->cx.gap)
			out_char(&p->literal, ' ');
		p->cx.gap = true;
		return RC_OK;
	}
	if (c == '>') {
		end_tag(p);
		return RC_OK;
	}
	if (c == '/') {
		put(p, c);
		return RC_OK;
	}
	if (c == '=' || c == '"' || c == '\'' || c == '<')
		return parser_fail(p, p->at, "'%c' does not belong here in a tag", c);
	if (!p->cx.gap)
		return parser_fail(p, p->at, "put a space before the attribute");
	p->cx.place = IN_ATTR_NAME;
	p->name_at = p->at;
	return RC_OK;
}

static enum rc name_step(struct parser *p)
{
	char c = p->text.p[p->at];

	if (!ends_name(c)) {
		put(p, c);
		return RC_OK;
	}
	if (p->cx.place == IN_TAG_NAME)
		return end_tag_name(p);
	TRY(end_attr_name(p));
	if (c == '=') {
		put(p, c);
		p->cx.place = IN_BEFORE_VALUE;
	}
	return RC_OK;
}

static void before_value_step(struct parser *p)
{
	char c = p->text.p[p->at];

	p->cx.place = IN_VALUE;
	p->cx.address = ADDRESS_START;
	p->cx.quote = 0;
	if (c == '"' || c == '\'') {
		p->cx.quote = c;
		put(p, c);
	}
	p->value_at = p->at;
}

static enum rc end_value(struct parser *p)
{
	struct str value = str_sub(p->text, p->value_at, p->at - p->value_at);

	if (p->cx.quote)
		put(p, p->cx.quote);
	if (str_eq(p->cx.tag, S("form")) && str_eq(p->attr, S("method")))
		p->cx.post = str_eq_nocase(str_trim(value), S("post"));
	p->cx.place = IN_TAG;
	p->cx.gap = false;
	return RC_OK;
}

/* Does the literal start settle where the address leads? Then parts, which are percent-encoded, may follow. */
static bool address_settled(struct str s)
{
	static const struct str hosts[] = { S_INIT("https://"), S_INIT("http://") };

	if (s.p[0] == '?' || s.p[0] == '#' || str_eq(s, S("mailto:")) || str_eq(s, S("tel:")))
		return true;
	if (s.p[0] == '/') /* "/" alone could become "//host" */
		return s.n > 1 && s.p[1] != '/' && s.p[1] != '\\';
	for (size_t i = 0; i < ARRAY_LEN(hosts); i++)
		if (str_starts(s, hosts[i]) && str_find_byte(s, '/', hosts[i].n + 1) != SIZE_MAX)
			return true;
	return false;
}

static enum rc address_step(struct parser *p)
{
	char c = p->text.p[p->at];

	if (p->cx.address == ADDRESS_WHOLE && c != '#')
		return parser_fail(p, p->at,
				   "text behind a whole address: only a #fragment may follow {{ url }}; build the rest in C");
	if (p->cx.address == ADDRESS_WHOLE)
		p->cx.address = ADDRESS_OPEN;
	if (p->cx.address == ADDRESS_START)
		p->value_at = p->at;
	if (p->cx.address != ADDRESS_OPEN)
		p->cx.address = address_settled(str_sub(p->text, p->value_at, p->at + 1 - p->value_at)) ?
					ADDRESS_OPEN : ADDRESS_LITERAL;
	return RC_OK;
}

static enum rc value_step(struct parser *p)
{
	char c = p->text.p[p->at];

	if (p->cx.quote ? c == p->cx.quote : (is_blank(c) || c == '>'))
		return end_value(p);
	if (!p->cx.quote && (c == '"' || c == '\'' || c == '<' || c == '=' || c == '`'))
		return parser_fail(p, p->at, "'%c' in an attribute without quotes", c);
	if (p->cx.kind == ATTR_URL)
		TRY(address_step(p));
	put(p, c);
	return RC_OK;
}

enum rc markup_step(struct parser *p)
{
	switch (p->cx.place) {
	case IN_TEXT:
		return text_step(p);
	case IN_RAW:
		if (element_ends_here(p)) {
			open_tag(p, true);
			p->cx.until = S("");
		} else {
			put(p, p->text.p[p->at]);
		}
		return RC_OK;
	case IN_TAG_NAME:
	case IN_ATTR_NAME:
		return name_step(p);
	case IN_TAG:
		return tag_step(p);
	case IN_BEFORE_VALUE:
		before_value_step(p);
		return RC_OK;
	case IN_VALUE:
		return value_step(p);
	case IN_COMMENT: /* not sent: nobody reads it there */
		if (str_starts(here(p), S("-->"))) {
			p->at += 3;
			p->cx.place = IN_TEXT;
		} else {
			p->at++;
		}
		return RC_OK;
	case IN_DECLARATION:
		if (p->text.p[p->at] == '>')
			p->cx.place = IN_TEXT;
		put(p, p->text.p[p->at]);
		return RC_OK;
	}
	return RC_OK;
}

enum rc markup_pause(struct parser *p)
{
	if (p->cx.place == IN_TAG_NAME && p->at > p->name_at)
		return end_tag_name(p);
	if (p->cx.place == IN_ATTR_NAME)
		return end_attr_name(p);
	return RC_OK;
}
