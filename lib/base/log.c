#include "base/log.h"

#include <unistd.h>

#include "base/out.h"
#include "base/when.h"

static enum log_level least_level = LOG_INFO; /* set once at start, before threads */

void log_level_set(enum log_level least)
{
	least_level = least;
}

void log_line(enum log_level level, const char *what, size_t n, const struct log_field *fields)
{
	static const char *const names[] = { "debug", "info", "warn", "error" };

	if (level < least_level)
		return;
	struct arena a CLEANUP(arena_end) = { .limit = 1 << 20 };
	struct out o = OUT_ON(&a);

	OUT_LIT(&o, "{\"time\":");
	out_json_str(&o, when_iso(&a, when_now()));
	out_fmt(&o, ",\"level\":\"%s\",\"what\":", names[level]);
	out_json_str(&o, str_of(what));
	for (size_t i = 0; i < n; i++) {
		out_char(&o, ',');
		out_json_str(&o, str_of(fields[i].key));
		out_char(&o, ':');
		if (fields[i].text.p)
			out_json_str(&o, fields[i].text);
		else
			out_i64(&o, fields[i].number);
	}
	OUT_LIT(&o, "}\n");
	struct str line = out_done(&o);

	while (line.n) {
		ssize_t w = write(STDERR_FILENO, line.p, line.n);

		if (w <= 0)
			return;
		line = str_from(line, (size_t)w);
	}
}
