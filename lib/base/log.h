/*
 * log.h: one JSON object a line on stderr. Never a personal identifier, a phone, a text of a person:
 * log ids and codes. Libraries do not log; the edge of a request, a job or a command does, once.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/str.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

struct log_field {
	const char *key;
	struct str text; /* used when text.p is set */
	int64_t number;
};

#define LOG_TEXT(key_, s) ((struct log_field){ .key = (key_), .text = (s) })
#define LOG_INT(key_, v) ((struct log_field){ .key = (key_), .number = (int64_t)(v) })

void log_level_set(enum log_level least); /* before threads */
/* One write(2) a line, so that lines of different threads do not mix. */
void log_line(enum log_level level, const char *what, size_t n, const struct log_field *fields);
#define LOG(level, what, ...)                                                                      \
	log_line((level), (what),                                                                  \
		 sizeof((struct log_field[]){ __VA_ARGS__ }) / sizeof(struct log_field),           \
		 (struct log_field[]){ __VA_ARGS__ })

#endif
