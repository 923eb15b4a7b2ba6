/*
 * lang_table.h: what gen/messages.c (made by tools/msgc) holds. Only that file and lib/html include this.
 */
#ifndef HTML_LANG_TABLE_H
#define HTML_LANG_TABLE_H

#include "html/msg.h"

struct lang {
	enum lang_id id;
	struct str code;
	const struct str *forms;  /* texts of all messages, plural forms side by side */
	const uint32_t *first;    /* first form of each message; one more at the end */
	unsigned (*plural)(uint64_t n);
};

extern const struct lang lang_tables[LANG_N];
extern const struct str msg_names[]; /* sorted by bytes; the index is the enum msg */
extern const unsigned msg_count;     /* MSG_N */

#endif
