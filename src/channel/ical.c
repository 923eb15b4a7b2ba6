#include "channel/feed.h"

#define FOLD 74 /* octets; RFC 5545 3.1 allows 75 */

/* NAME:text, escaped, folded between letters. */
static void line(struct out *o, const char *name, struct str text)
{
	size_t used = strlen(name) + 1;

	out_fmt(o, "%s:", name);
	for (size_t i = 0; i < text.n;) {
		char c = text.p[i];
		size_t n = 1;

		while (i + n < text.n && ((unsigned char)text.p[i + n] & 0xc0) == 0x80)
			n++;
		if (used + n + 1 > FOLD) {
			OUT_LIT(o, "\r\n ");
			used = 1;
		}
		if (c == '\n') {
			OUT_LIT(o, "\\n");
		} else if (c != '\r') {
			if (c == '\\' || c == ';' || c == ',')
				out_char(o, '\\');
			out_bytes(o, text.p + i, n);
		}
		used += n + 1;
		i += n;
	}
	OUT_LIT(o, "\r\n");
}

static void moment(struct out *o, const char *name, struct when w)
{
	int64_t of_day = w.us / WHEN_SECOND % 86400;
	int y, m, d;

	/* in UTC: a calendar needs no time zones then, and a change of the clock moves nothing */
	day_to_ymd((struct day){ (int32_t)(w.us / WHEN_DAY) }, &y, &m, &d);
	out_fmt(o, "%s:%04d%02d%02dT%02d%02d%02dZ\r\n", name, y, m, d, (int)(of_day / 3600), (int)(of_day / 60 % 60), (int)(of_day % 60));
}

void ical_begin(struct out *o, struct str name)
{
	OUT_LIT(o, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Jauap//Jauap//EN\r\nCALSCALE:GREGORIAN\r\n");
	if (name.n)
		line(o, "X-WR-CALNAME", name);
}

void ical_add(struct out *o, const struct ical_event *e)
{
	int y, m, d;

	OUT_LIT(o, "BEGIN:VEVENT\r\n");
	line(o, "UID", e->uid);
	moment(o, "DTSTAMP", e->made);
	if (when_set(e->starts)) {
		moment(o, "DTSTART", e->starts);
		moment(o, "DTEND", e->ends);
	} else {
		day_to_ymd(e->day, &y, &m, &d);
		out_fmt(o, "DTSTART;VALUE=DATE:%04d%02d%02d\r\n", y, m, d);
	}
	line(o, "SUMMARY", e->title);
	if (e->text.n)
		line(o, "DESCRIPTION", e->text);
	if (e->where.n)
		line(o, "LOCATION", e->where);
	if (e->link.n)
		out_fmt(o, "URL:%.*s\r\n", STR_FMT(e->link));
	out_fmt(o, "SEQUENCE:%lld\r\n", (long long)e->version);
	if (e->cancelled)
		OUT_LIT(o, "STATUS:CANCELLED\r\n");
	if (e->shows_free)
		OUT_LIT(o, "TRANSP:TRANSPARENT\r\n");
	if (e->remind_min) {
		OUT_LIT(o, "BEGIN:VALARM\r\nACTION:DISPLAY\r\n");
		line(o, "DESCRIPTION", e->title);
		out_fmt(o, "TRIGGER:-PT%lldM\r\nEND:VALARM\r\n", (long long)e->remind_min);
	}
	OUT_LIT(o, "END:VEVENT\r\n");
}

void ical_end(struct out *o)
{
	OUT_LIT(o, "END:VCALENDAR\r\n");
}
