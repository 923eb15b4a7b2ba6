/*
 * inner.h: what the files of lib/html share among themselves. Nothing else includes this.
 */
#ifndef HTML_INNER_H
#define HTML_INNER_H

#include "html/msg.h"

void url_encode(struct out *o, struct str s);                                /* percent-encoding of one part */
void lang_write_int(struct out *o, const struct lang *l, int64_t n);         /* grouped */
void html_link_text(struct out *o, struct str s);                            /* escaped, http(s) addresses as links */
/* Letters compared without case; the length in bytes of the find of needle at hay's start, 0 if it is not there. */
size_t text_match_nocase(struct str hay, struct str needle);

#endif
