/*
 * import.h: `jauap import appeals FILE [check]`: takes over records of other systems from CSV or JSON lines: e-Otinish (id, type, registered, org, text) and
 * Open311 (service_request_id, status, service_code, service_name, description, requested_datetime, address, lat, long). A record is read by the
 * names of its columns, becomes an appeal with its own date, and is taken once: reading the file again changes nothing. What cannot be taken is
 * reported by line, with the field and the reason. Memory does not grow with the file.
 */
#ifndef CHANNEL_IMPORT_H
#define CHANNEL_IMPORT_H

#include "app/command.h"

#define IMPORT_COLUMNS_MAX 64
#define IMPORT_RECORD_MAX ((size_t)1 << 20) /* bytes of one record; a longer one is refused */

/* A record by the names of its columns. */
struct import_fields {
	struct str names[IMPORT_COLUMNS_MAX], values[IMPORT_COLUMNS_MAX];
	size_t n;
};
struct import_record {
	struct str source, id, kind, org, topic, text, address;
	struct when at;
	double lat, lon;
	bool closed;
};
/* Pure. NULL: taken; else why not, with the field in *ret_field. Zone-less times are of the country. */
const char *import_map(struct arena *a, const struct import_fields *f, struct import_record *ret, const char **ret_field);
/* One line of JSON: an object of texts and numbers. */
bool import_json(struct arena *a, struct str line, struct import_fields *ret);
/* Is the CSV record whole, or does a quoted cell go on behind this line? */
bool import_csv_whole(struct str text);

int import_command(struct arena *start, const struct config *c, const struct str *rest, size_t n);

#endif
