/*
 * form_view.h: draws the inputs of a form from the rows that parse it. The kind of the field picks the partial of
 * src/app/layout; label, hint, limits, what was typed and what is wrong come from the row and from the state.
 *
 *	{% header "app/form_view.h" %}
 *	{% call form_errors(f) %}  <form method="post" novalidate> {% call field(f, "text") %} ... </form>
 *
 * A name that the form does not have is a bug and aborts. Nothing is owned here; text is made in the view's arena.
 */
#ifndef APP_FORM_VIEW_H
#define APP_FORM_VIEW_H

#include "app/layout/layout.h"

/* Any field. F_CHOICE with row.choices takes its options' words from the messages LABEL_VALUE ("appeal.kind_complaint"). */
void field(struct out *o, const struct view *v, const struct form_state *f, const char *name);
/* F_CHOICE, F_ID: radios up to six options, above that or with option.within a select; F_MANY: checkboxes. */
void field_choice(struct out *o, const struct view *v, const struct form_state *f, const char *name,
		  const struct option *options, size_t n);
/* A select whose options are those of the value chosen in the select named wider (district in region). */
void field_within(struct out *o, const struct view *v, const struct form_state *f, const char *name, const char *wider,
		  const struct option *options, size_t n);
/* The summary at the top of the page; nothing when nothing is wrong. */
void form_errors(struct out *o, const struct view *v, const struct form_state *f);

#endif
