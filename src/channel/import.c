#include "channel/import.h"

#include <jansson.h>
#include <math.h>

#include "base/utf8.h"

/* What a column is called there and what it is here. TO ADD A SOURCE: its rows, and its name in sources[]. */
enum mine { M_ID, M_KIND, M_AT, M_ORG, M_TEXT, M_TOPIC, M_STATUS, M_ADDRESS, M_LAT, M_LON, M_N };
static const struct { const char *source, *column; enum mine field; } columns[] = {
	{ "eotinish", "id", M_ID },
	{ "eotinish", "type", M_KIND },
	{ "eotinish", "registered", M_AT },
	{ "eotinish", "org", M_ORG },
	{ "eotinish", "text", M_TEXT },
	{ "eotinish", "status", M_STATUS },
	{ "open311", "service_request_id", M_ID },
	{ "open311", "status", M_STATUS },
	{ "open311", "service_code", M_TOPIC },
	{ "open311", "description", M_TEXT },
	{ "open311", "requested_datetime", M_AT },
	{ "open311", "agency_responsible", M_ORG },
	{ "open311", "address", M_ADDRESS },
	{ "open311", "lat", M_LAT },
	{ "open311", "long", M_LON },
};
static const char *const sources[] = { "eotinish", "open311" };

static struct str value_of(const struct import_fields *f, const char *source, enum mine field)
{
	for (size_t i = 0; i < ARRAY_LEN(columns); i++) {
		if (columns[i].field != field || columns[i].source != source)
			continue;
		for (size_t k = 0; k < f->n; k++)
			if (str_eq(f->names[k], str_of(columns[i].column)))
				return str_trim(f->values[k]);
	}
	return S("");
}

/* RFC 3339, or without a zone as the country's own time. */
static bool time_of(struct arena *a, struct str s, struct when *ret)
{
	struct day d;

	if (when_parse(s, ret))
		return true;
	if (s.n < 10 || !day_parse(str_sub(s, 0, 10), &d))
		return false;
	int64_t hour = 12, minute = 0;

	if (s.n >= 16 && (!str_to_i64(str_sub(s, 11, 2), &hour) || !str_to_i64(str_sub(s, 14, 2), &minute) || hour < 0 || hour > 23 || minute < 0 || minute > 59))
		return false;
	(void)a;
	*ret = when_of_day(d, (int)hour, (int)minute);
	return true;
}

const char *import_map(struct arena *a, const struct import_fields *f, struct import_record *ret, const char **ret_field)
{
	struct import_record r = { 0 };
	const char *source = NULL;

	for (size_t i = 0; i < ARRAY_LEN(sources); i++)
		if (!source && value_of(f, sources[i], M_ID).n && value_of(f, sources[i], M_TEXT).n)
			source = sources[i];
	*ret_field = "id";
	if (!source)
		return "no known columns with an id and a text: e-Otinish has id and text, Open311 has service_request_id and description";
	r.source = str_of(source);
	r.id = value_of(f, source, M_ID);
	if (r.id.n > 100)
		return "longer than 100 characters";
	*ret_field = "text";
	if (utf8_clean(a, value_of(f, source, M_TEXT), &r.text) != RC_OK)
		return "is not UTF-8";
	r.text = str_trim(r.text);
	if (utf8_count(r.text) < 10 || utf8_count(r.text) > 20000)
		return "has less than 10 or more than 20,000 characters";
	*ret_field = "time";
	if (!time_of(a, value_of(f, source, M_AT), &r.at))
		return "is no date like 2026-11-24T10:00:00";
	*ret_field = "lat";
	struct str lat = value_of(f, source, M_LAT), lon = value_of(f, source, M_LON);

	if ((lat.n && (!str_to_double(lat, &r.lat) || fabs(r.lat) > 90)) || (lon.n && (!str_to_double(lon, &r.lon) || fabs(r.lon) > 180)))
		return "lat and long must be degrees";
	r.kind = value_of(f, source, M_KIND);
	r.org = value_of(f, source, M_ORG);
	r.topic = value_of(f, source, M_TOPIC);
	r.address = value_of(f, source, M_ADDRESS);
	r.closed = str_eq_nocase(value_of(f, source, M_STATUS), S("closed"));
	*ret = r;
	return NULL;
}

bool import_json(struct arena *a, struct str line, struct import_fields *ret)
{
	json_error_t error;
	json_t *root = json_loadb(line.p, line.n, JSON_REJECT_DUPLICATES, &error), *value;
	const char *name;

	if (!root)
		return false;
	ret->n = 0;
	bool ok = json_is_object(root);

	if (ok)
		json_object_foreach(root, name, value) {
			struct str text = S("");

			if (json_is_string(value))
				text = str_dup(a, (struct str){ json_string_value(value), json_string_length(value) });
			else if (json_is_integer(value))
				text = str_i64(a, json_integer_value(value));
			else if (json_is_real(value))
				text = str_fmt(a, "%.7f", json_real_value(value));
			else
				continue; /* nested things are nobody's column */
			if (ret->n == IMPORT_COLUMNS_MAX)
				break;
			ret->names[ret->n] = str_dup(a, str_of(name));
			ret->values[ret->n++] = text;
		}
	json_decref(root);
	return ok;
}

bool import_csv_whole(struct str text)
{
	size_t quotes = 0;

	for (size_t i = 0; i < text.n; i++)
		quotes += text.p[i] == '"';
	return quotes % 2 == 0;
}
