/* settings_load.c: pack.yaml, a flat list of "name: value". */
#include <stdlib.h>
#include <yaml.h>

#include "base/vec.h"
#include "standard/pack_read.h"
#include "text/phone.h"

#define DIGITS_MAX 20

static const char *const known[] = {
	"code",        "name_kk",     "name_ru",       "name_en",      "zone",         "currency",      "view_box",   "weekend",
	"office_from", "office_to",   "lunch_from",    "lunch_to",     "kind_report",  "kind_contest",  "kind_petition", "kind_question", "topic_other",
	"petition_body", "city_types", "person_id",    "person_id_digits", "phone_country", "phone_trunk", "phone_digits", "phone_prefixes",
	"phone_mobile", "kind_media", "map_scale", "petition_signing", "site_body",
};

static const struct setting *find(const struct loading *l, const char *name)
{
	for (size_t i = 0; i < l->n_settings; i++)
		if (str_eq(l->settings[i].name, str_of(name)))
			return &l->settings[i];
	return NULL;
}

struct str setting_named(const struct loading *l, const char *name)
{
	const struct setting *s = find(l, name);

	return s ? s->value : S("");
}

int setting_line(const struct loading *l, const char *name)
{
	const struct setting *s = find(l, name);

	return s ? s->line : 1;
}

static void add(struct loading *l, int line, struct str name, struct str value)
{
	VEC(struct setting) v = { l->settings, l->n_settings, l->cap_settings };
	bool there = false;

	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		there = there || str_eq(name, str_of(known[i]));
	if (!there)
		problem(l, "pack.yaml", line, "unknown name: %.*s", STR_FMT(name));
	for (size_t i = 0; i < v.n; i++)
		if (str_eq(v.v[i].name, name))
			problem(l, "pack.yaml", line, "%.*s stands twice", STR_FMT(name));
	*VEC_ADD(l->arena, &v) = (struct setting){ str_dup(l->arena, name), str_dup(l->arena, value), line };
	l->settings = v.v;
	l->n_settings = v.n;
	l->cap_settings = v.cap;
}

static void read_mapping(struct loading *l, yaml_document_t *doc, yaml_node_t *root)
{
	for (yaml_node_pair_t *at = root->data.mapping.pairs.start; at < root->data.mapping.pairs.top; at++) {
		yaml_node_t *k = yaml_document_get_node(doc, at->key), *v = yaml_document_get_node(doc, at->value);

		if (k->type != YAML_SCALAR_NODE || v->type != YAML_SCALAR_NODE) {
			problem(l, "pack.yaml", (int)k->start_mark.line + 1, "wanted \"name: value\"");
			continue;
		}
		add(l, (int)k->start_mark.line + 1, (struct str){ (const char *)k->data.scalar.value, k->data.scalar.length },
		    (struct str){ (const char *)v->data.scalar.value, v->data.scalar.length });
	}
}

static void read_yaml(struct loading *l, struct str text)
{
	yaml_parser_t parser;
	yaml_document_t doc;

	if (!yaml_parser_initialize(&parser))
		abort();
	yaml_parser_set_input_string(&parser, (const unsigned char *)text.p, text.n);
	if (!yaml_parser_load(&parser, &doc)) {
		problem(l, "pack.yaml", (int)parser.problem_mark.line + 1, "%s", parser.problem ? parser.problem : "no YAML");
		yaml_parser_delete(&parser);
		return;
	}
	yaml_node_t *root = yaml_document_get_root_node(&doc);

	if (root && root->type == YAML_MAPPING_NODE)
		read_mapping(l, &doc, root);
	else
		problem(l, "pack.yaml", 1, "wanted lines of \"name: value\"");
	yaml_document_delete(&doc);
	yaml_parser_delete(&parser);
}

static struct str needed(struct loading *l, const char *name)
{
	struct str s = setting_named(l, name);

	if (!s.n)
		problem(l, "pack.yaml", setting_line(l, name), "%s is missing", name);
	return s;
}

static int minutes(struct loading *l, const char *name)
{
	struct str s = needed(l, name);
	int64_t h = 0, m = 0;
	size_t colon = str_find_byte(s, ':', 0);

	if (s.n && (colon == SIZE_MAX || !str_to_i64(str_sub(s, 0, colon), &h) || !str_to_i64(str_from(s, colon + 1), &m) || h < 0 || h > 23 || m < 0 || m > 59))
		problem(l, "pack.yaml", setting_line(l, name), "a time of day is written like 09:00, not \"%.*s\"", STR_FMT(s));
	return (int)(h * 60 + m);
}

/* "6 7": Monday is 1. */
static unsigned weekdays(struct loading *l)
{
	struct str rest = needed(l, "weekend"), one;
	int line = setting_line(l, "weekend");
	unsigned bits = 0;
	int64_t day;

	while (rest.n && str_cut(&rest, ' ', &one)) {
		if (str_to_i64(one, &day) && day >= 1 && day <= 7)
			bits |= 1u << day;
		else
			problem(l, "pack.yaml", line, "a day of the week is a number, 1 Monday to 7 Sunday, not \"%.*s\"", STR_FMT(one));
	}
	if (bits == 0xfe)
		problem(l, "pack.yaml", line, "a week needs a working day");
	return bits;
}

static size_t count_of_digits(struct loading *l, const char *name)
{
	struct str s = needed(l, name);
	int64_t n = 0;

	if (s.n && (!str_to_i64(s, &n) || n < 1 || n > DIGITS_MAX))
		problem(l, "pack.yaml", setting_line(l, name), "%s is a number from 1 to %d, not \"%.*s\"", name, DIGITS_MAX, STR_FMT(s));
	return (size_t)n;
}

static const char *digits(struct loading *l, const char *name, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9') {
			problem(l, "pack.yaml", setting_line(l, name), "%s has digits only, not \"%.*s\"", name, STR_FMT(s));
			break;
		}
	return str_z(l->arena, s);
}

/* "70 747": beginnings of numbers. */
static const char *const *beginnings(struct loading *l, const char *name)
{
	VEC(const char *) v = { 0 };
	struct str rest = needed(l, name), one;

	while (rest.n && str_cut(&rest, ' ', &one))
		*VEC_ADD(l->arena, &v) = digits(l, name, one);
	*VEC_ADD(l->arena, &v) = NULL;
	return v.v;
}

static void numbers(struct loading *l)
{
	struct phone_plan plan = { digits(l, "phone_country", needed(l, "phone_country")), digits(l, "phone_trunk", setting_named(l, "phone_trunk")),
				   count_of_digits(l, "phone_digits"), beginnings(l, "phone_prefixes"), beginnings(l, "phone_mobile") };
	struct phone_plan *phones = ARENA_NEW(l->arena, struct phone_plan);
	struct str scheme = needed(l, "person_id");

	*phones = plan;
	l->pack->phones = phones;
	l->pack->person_id = (struct person_id_rule){ str_eq(scheme, S("luhn")) ? PERSON_ID_LUHN : PERSON_ID_IIN, count_of_digits(l, "person_id_digits") };
	if (scheme.n && !str_eq(scheme, S("luhn")) && !str_eq(scheme, S("iin")))
		problem(l, "pack.yaml", setting_line(l, "person_id"), "person_id is checked by iin or luhn, not by \"%.*s\"", STR_FMT(scheme));
}

/* "46.394 55.5 47.165 70.49 3": west and north edge, units a degree east and south, how much finer districts are drawn. */
static void map_scale(struct loading *l)
{
	struct str rest = setting_named(l, "map_scale"), one;
	double v[5] = { 0 };
	size_t n = 0;

	if (!rest.n)
		return;
	while (n < ARRAY_LEN(v) && str_cut(&rest, ' ', &one) && str_to_double(one, &v[n]))
		n++;
	if (n < ARRAY_LEN(v) || rest.n || v[2] <= 0 || v[3] <= 0 || v[4] < 1 || v[4] > 100)
		problem(l, "pack.yaml", setting_line(l, "map_scale"), "map_scale is five numbers: west, north, units a degree east, units a degree south, how much finer districts are");
	else
		l->pack->map = (struct map_scale){ v[0], v[1], v[2], v[3], (int)v[4] };
}

void load_settings(struct loading *l)
{
	struct pack *p = l->pack;
	struct str text;

	if (!read_text(l, "pack.yaml", true, &text))
		return;
	read_yaml(l, text);
	p->code = needed(l, "code");
	p->name = (struct name3){ { [LANG_KK] = needed(l, "name_kk"), [LANG_RU] = needed(l, "name_ru"), [LANG_EN] = needed(l, "name_en") } };
	p->zone = needed(l, "zone");
	p->currency = needed(l, "currency");
	p->petition_signing = needed(l, "petition_signing");
	p->view_box = needed(l, "view_box");
	p->city_types = setting_named(l, "city_types");
	p->weekend = weekdays(l);
	p->office_from = minutes(l, "office_from");
	p->office_to = minutes(l, "office_to");
	p->lunch_from = minutes(l, "lunch_from");
	p->lunch_to = minutes(l, "lunch_to");
	numbers(l);
	map_scale(l);
	if (p->zone.n && when_zone(str_z(l->arena, p->zone)) != RC_OK)
		problem(l, "pack.yaml", setting_line(l, "zone"), "zone is no time zone of this system: \"%.*s\"", STR_FMT(p->zone));
	if (p->office_from >= p->office_to)
		problem(l, "pack.yaml", setting_line(l, "office_from"), "office_from must come before office_to");
	if (p->lunch_from > p->lunch_to)
		problem(l, "pack.yaml", setting_line(l, "lunch_from"), "lunch_from must come before lunch_to");
}
