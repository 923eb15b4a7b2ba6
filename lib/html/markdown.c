/* CommonMark of an editor. cmark does the reading; what it may say is decided here, on its tree. */
#include "html/html.h"

#include <stdlib.h>

#include <cmark.h>

#include "html/inner.h"

static bool address_is_safe(struct arena *a, const char *z)
{
	struct url u;

	return url_checked(a, str_of(z), &u);
}

/* Raw HTML is shown, not obeyed: what somebody wrote must not vanish. */
static void show_raw(cmark_node *node, bool block)
{
	cmark_node *text = cmark_node_new(CMARK_NODE_TEXT), *put = text;

	cmark_node_set_literal(text, cmark_node_get_literal(node));
	if (block) {
		put = cmark_node_new(CMARK_NODE_PARAGRAPH);
		cmark_node_append_child(put, text);
	}
	cmark_node_replace(node, put);
	cmark_node_free(node);
}

/* The text of a link or image stays where its address goes. */
static void unwrap(cmark_node *node)
{
	cmark_node *child;

	while ((child = cmark_node_first_child(node)))
		cmark_node_insert_before(node, child);
	cmark_node_unlink(node);
	cmark_node_free(node);
}

static void tame(struct arena *a, cmark_node *node)
{
	int level;

	switch ((int)cmark_node_get_type(node)) {
	case CMARK_NODE_HTML_BLOCK:
		show_raw(node, true);
		break;
	case CMARK_NODE_HTML_INLINE:
		show_raw(node, false);
		break;
	case CMARK_NODE_LINK:
		if (!address_is_safe(a, cmark_node_get_url(node)))
			unwrap(node);
		break;
	case CMARK_NODE_IMAGE: /* pictures come as attachments, which were checked */
		unwrap(node);
		break;
	case CMARK_NODE_HEADING: /* h1 is the page's */
		level = cmark_node_get_heading_level(node);
		if (level < 6)
			cmark_node_set_heading_level(node, level + 1);
		break;
	case CMARK_NODE_CODE_BLOCK: /* no class="language-..." */
		cmark_node_set_fence_info(node, "");
		break;
	default:
		break;
	}
}

/* On the way out of a node, so that it may be replaced (cmark_iter allows that); leaves have no way out. */
static void tame_all(struct arena *a, cmark_node *doc)
{
	cmark_iter *it = cmark_iter_new(doc);
	cmark_event_type ev;

	while ((ev = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(it);
		bool leaf = ev == CMARK_EVENT_ENTER && !cmark_node_first_child(node) &&
			    (cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK ||
			     cmark_node_get_type(node) == CMARK_NODE_HTML_INLINE ||
			     cmark_node_get_type(node) == CMARK_NODE_CODE_BLOCK);

		if (leaf || ev == CMARK_EVENT_EXIT)
			tame(a, node);
	}
	cmark_iter_free(it);
}

struct html html_from_markdown(struct arena *a, struct str text)
{
	cmark_node *doc = cmark_parse_document(text.p ? text.p : "", text.n, CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8);

	tame_all(a, doc);
	char *made = cmark_render_html(doc, CMARK_OPT_DEFAULT);
	struct html h = { str_dup(a, str_of(made)) };

	free(made);
	cmark_node_free(doc);
	return h;
}
