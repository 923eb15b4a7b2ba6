/* petition_pages.h: handlers and view structs that several files of the pages share. */
#ifndef PETITION_PETITION_PAGES_H
#define PETITION_PETITION_PAGES_H

#include "petition/petition_view.h"

enum tone petition_state_tone(enum petition_state s);
struct str petition_lang_name(const struct lang *l, struct str lang);
struct str petition_other_lang(const struct petition_row *p);
struct str measure_words(const struct lang *l, struct str state);
struct url petition_source_url(struct arena *a, struct str source);

struct petition_odd {
	struct when at;
	int64_t n, usual;
	struct str regions;
};
struct petition_pace_day {
	struct day day;
	int64_t n;
};
struct petition_pace_page {
	struct petition_page p;
	struct petition_pace pace;
	struct petition_odd *odd;
	struct petition_pace_day *days;
	size_t n_odd, n_days;
	int64_t region; /* 0: all */
	struct when from, until;
};

/* The ways to sign that this visitor has. */
struct petition_ways {
	bool enter;    /* a guest: sign in first */
	bool identity; /* is known */
	bool mail;     /* a guest where the pack allows it */
	struct url action, sign_in, back;
	struct str link;
};

/* The district, if it lies in the region; else the region. */
int64_t petition_place_of(const struct pack *p, int64_t region, int64_t district);
struct petition_confirm_page {
	struct petition_confirming c;
	struct petition_row p;
	struct str token;
};

extern const struct form *const petition_contest_form;
extern const struct form *const petition_mail_form; /* petition_mail_web.c */
extern const struct module petition_mail_module;
MUST_USE enum rc petition_show_get(struct req *rq);
MUST_USE enum rc petition_sign_get(struct req *rq);
MUST_USE enum rc petition_pace_get(struct req *rq);

#endif
