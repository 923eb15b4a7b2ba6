/* pack_read.h: inside of the pack loader: a file of rows, and cells that say where they stand when they are wrong. */
#ifndef STANDARD_PACK_READ_H
#define STANDARD_PACK_READ_H

#include "standard/csv.h"
#include "standard/pack.h"
#include "text/plain.h"

struct setting { /* of pack.yaml */
	struct str name, value;
	int line;
};

struct loading {
	struct arena *arena;
	const char *dir;
	struct pack *pack;
	struct pack_problems *problems;
	struct setting *settings;
	size_t n_settings, cap_settings;
};

struct table {
	struct loading *l;
	const char *file;
	struct csv csv;
	struct str cells[CSV_COLUMNS_MAX];
	struct map seen;
	int line;
};

void problem(struct loading *l, const char *file, int line, const char *fmt, ...) FORMAT(4, 5);
struct str setting_named(const struct loading *l, const char *name); /* empty: not there */
int setting_line(const struct loading *l, const char *name); /* 1: not there */
MUST_USE bool read_text(struct loading *l, const char *file, bool needed, struct str *ret);
/* Opens FILE.csv and checks that every column is there. */
MUST_USE bool table_open(struct table *t, struct loading *l, const char *file, const char *const *columns, size_t n);
MUST_USE bool table_next(struct table *t); /* broken rows are reported and passed over */
struct str cell_text(struct table *t, const char *column);
struct str cell_needed(struct table *t, const char *column);
int64_t cell_int(struct table *t, const char *column);
double cell_real(struct table *t, const char *column);
bool cell_yes(struct table *t, const char *column);
struct day cell_day(struct table *t, const char *column);
struct name3 cell_name3(struct table *t, const char *prefix); /* prefix_kk, prefix_ru, prefix_en */
struct str cell_confidence(struct table *t); /* C, S, D or K */
enum text_lang cell_lang(struct table *t);    /* column lang: kk, ru or en */
struct str cell_pattern(struct table *t);     /* column pattern: of struct phrase */
/* A problem if a row with this key was there before. */
void row_once(struct table *t, struct str key);
enum unit cell_unit(struct table *t, const char *column);

void load_settings(struct loading *l);
void load_places(struct loading *l);
void load_topics(struct loading *l);
void load_bodies(struct loading *l);
void load_bases(struct loading *l); /* before kinds, clauses and grounds */
void load_kinds(struct loading *l);
void load_clauses(struct loading *l);
void load_grounds(struct loading *l);
void load_days(struct loading *l);
void load_help(struct loading *l); /* situation_load.c */
void load_meetings(struct loading *l); /* meeting_load.c */
void load_petitions(struct loading *l); /* petition_load.c */
void load_mail(struct loading *l); /* mail_rules.c */
void load_wording(struct loading *l); /* wording_load.c */
void load_danger(struct loading *l); /* danger.c */

#endif
