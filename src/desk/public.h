/* public.h: the moderator's page: what the public sees of an appeal, its answers and its files, and what was changed there. */
#ifndef DESK_PUBLIC_H
#define DESK_PUBLIC_H

#include "desk/desk.h"

struct public_find { /* looks like personal data, or is rude */
	struct str text, kind;
};
struct public_answer {
	int64_t id;
	struct when delivered;
	struct str whole, words; /* as it was written; as the public reads it */
};
struct public_file {
	const struct file_row *row;
	struct str name; /* for the public */
	bool shown, picture;
};
struct public_change {
	struct public_change_row row;
	struct str what, who;
	bool undo; /* it still stands, so it can be taken back */
};

struct public_page {
	struct appeal_page p;
	struct str title, text, why; /* why: typed before, for keeping it private or taking it down */
	struct public_find *finds;
	struct public_answer *answers;
	struct public_file *files;
	struct public_change *changes;
	size_t n_finds, n_answers, n_files, n_changes;
	bool preview, shown, point_hidden;
};

extern const struct module desk_public_module;

#endif
