/*
 * pack.h: the country pack, read once at start and never changed. Everything about a country is in its folder (country/README.md); a pack with a
 * problem is refused whole, with file and line of every problem.
 */
#ifndef STANDARD_PACK_H
#define STANDARD_PACK_H

#include "base/map.h"
#include "base/when.h"
#include "html/msg.h"
#include "text/ident.h"

struct name3 {
	struct str v[LANG_N]; /* by enum lang_id */
};

struct place {
	int64_t id;      /* official code (KATO) */
	int level;       /* 1 region, 2 district */
	struct str type; /* region, republican_city, district, city */
	struct name3 name;
	double lon, lat;
	int64_t population;
	int population_year;
	const struct place *up; /* NULL for regions */
	const struct body *bodies; /* the first of those of this place itself */
	struct str path; /* SVG shape in the pack's view box, may be empty */
};

struct body {
	int64_t id;
	struct str code, kind; /* ministry, committee, agency, region_akimat, department, district_akimat, centre ... */
	struct name3 name;
	const struct body *up;
	const struct place *place; /* NULL: the whole country */
	const struct body *next;   /* of the same place, in the order of bodies.csv */
	const struct topic **topics; /* what it is competent for; a topic stands for its subtopics too */
	size_t n_topics;
	struct str email, phone;
};

struct topic {
	struct str code; /* "roads", "roads.potholes" */
	const struct topic *up;
	struct name3 name;
	struct str stems_kk, stems_ru; /* for suggestions, separated by commas */
	struct str body_kind; /* who answers first: department, district_akimat, ministry */
	struct str number;    /* short phone number for emergencies, may be empty */
	size_t index;         /* in pack.topics */
};

enum unit { UNIT_WORKING_DAY, UNIT_DAY, UNIT_MONTH, UNIT_HOUR, UNIT_MINUTE, UNIT_PERCENT, UNIT_COUNT };

struct basis { /* where a rule is written, as its row says it and as people read it */
	struct str code; struct name3 name;
};

struct kind { /* of an appeal */
	struct str code;
	struct name3 name, plain; /* the legal word; what it means in plain words */
	int term;
	enum unit unit;
	bool extendable, hearing, simplified, offered; /* offered: a person may choose it when filing */
	const struct basis *basis; struct str confidence;
	struct day valid_from;
};

struct clause { /* one dated rule of the standard */
	struct str code;
	int64_t value;
	enum unit unit;
	struct name3 text;
	const struct basis *basis; struct str confidence; /* C two sources, S one, D derived, K known without source */
	struct day valid_from;
};
struct ground {
	struct str code, use; /* use: stop, refuse, pass_on, extend, supplement, urgent */
	struct name3 text;
	const struct basis *basis; struct str confidence;
	struct day valid_from;
};
enum day_kind { DAY_ORDINARY, DAY_HOLIDAY, DAY_TRANSFERRED, DAY_OFF, DAY_SWAP_OFF, DAY_SWAP_WORKED };
struct special_day {
	struct day day;
	enum day_kind kind;
	struct name3 name;
};

struct meeting_rules; struct petition_rules; struct mail_rules; struct danger_rules; /* each in a header of its name; danger.h: whom to call first */
struct help; struct wording; /* situation.h: life situations; wording.h: what answers are checked against */

struct map_scale { /* degrees to the units that districts are drawn in; regions are `finer` times coarser; 0: not known */
	double west, north, per_east, per_south;
	int finer;
};
struct pack {
	struct map_scale map;
	struct str code, zone, view_box;
	struct name3 name;
	int office_from, office_to, lunch_from, lunch_to; /* minutes of the day */
	unsigned weekend;                 /* bits 1 Monday ... 7 Sunday */
	struct place *places; struct body *bodies; struct topic *topics; struct kind *kinds;
	struct clause *clauses;           /* sorted by code, then valid_from */
	struct ground *grounds;
	struct special_day *days;         /* sorted */
	size_t n_places, n_bodies, n_topics, n_kinds, n_clauses, n_grounds, n_days;
	struct map by_place, by_body, by_body_code, by_topic, by_kind, by_clause /* the oldest of a code */, by_ground, by_basis;
	const struct wording *wording;
	const struct help *help;
	const struct meeting_rules *meetings;
	const struct petition_rules *petitions;
	/* which kind plays which part: told from outside, contesting an answer, a petition at its number, asked by a journalist, asked aloud */
	const struct kind *kind_report, *kind_contest, *kind_petition, *kind_media, *kind_question;
	const struct topic *topic_other;
	const struct phone_plan *phones;
	struct person_id_rule person_id;
	struct str city_types; /* of places that people name as cities: "city|republican_city" */
	/* whose administrators look after the site, whose moderators look at petitions; the first of those of the whole country */
	const struct body *site_body, *petition_body, *central;
	struct str currency, petition_signing; /* ways to sign: identity, mail, paper */
	const struct mail_rules *mail;    /* mail_rules.h */
	const struct danger_rules *danger;
	struct day days_known_to;         /* last day of the last year in the calendar */
};

struct pack_problems {
	struct str *v; /* "file:line: plain words" */
	size_t n, cap;
};

/* RC_INVALID with at least one problem, or RC_OK. */
MUST_USE enum rc pack_load(struct arena *start, const char *dir, struct pack **ret, struct pack_problems *ret_problems);

const struct place *pack_place(const struct pack *p, int64_t id); /* NULL: none */
const struct body *pack_body(const struct pack *p, int64_t id);
const struct body *pack_body_by_code(const struct pack *p, struct str code);
const struct topic *pack_topic(const struct pack *p, struct str code);
const struct kind *pack_kind(const struct pack *p, struct str code);
const struct ground *pack_ground(const struct pack *p, struct str code);
/* The rule in force on a day; asserts that the pack knows the code (pack_load() checks the codes the program needs). */
const struct clause *pack_clause(const struct pack *p, const char *code, struct day on);
bool pack_has_clause(const struct pack *p, const char *code);
/* The topic itself or one of its parents is in the body's profile. */
bool body_answers_for(const struct body *b, const struct topic *t);
static inline struct str name_in(const struct name3 *n, const struct lang *l)
{
	return n->v[lang_id(l)];
}

#endif
