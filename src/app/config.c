#include "app/config.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum conf_kind { C_TEXT, C_INT, C_SECONDS, C_BYTES, C_BOOL };

struct conf {
	const char *name;
	enum conf_kind kind;
	size_t at;
	const char *standard;
	int64_t min, max;
	const char *doc;
};

#define AT(member) offsetof(struct config, member)

static const struct conf rows[] = {
	{ "access-log", C_TEXT, AT(access_log), "writes", 0, 0, "Which requests are logged: all, writes (also errors and slow ones) or none." },
	{ "appeals", C_INT, AT(appeals), "0", 0, 5000000, "demo: how many appeals; 0: 3,000." },
	{ "config", C_TEXT, AT(config_file), "", 0, 0, "File with settings, one \"name: value\" a line." },
	{ "connections-max", C_INT, AT(connections_max), "20000", 10, 1000000, "Open connections in all." },
	{ "country", C_TEXT, AT(country), "", 0, 0, "Folder of the country pack; empty: country/kz beside the program." },
	{ "data", C_TEXT, AT(data), "var/jauap", 0, 0, "Data folder: database, files, secret key, outgoing mail of the demonstration." },
	{ "database", C_TEXT, AT(database), "", 0, 0, "postgresql:// address; empty: the embedded database in the data folder." },
	{ "database-direct", C_TEXT, AT(database_direct), "", 0, 0,
	  "The same database past a pooler such as pgbouncer, for notes between processes; empty: no pooler stands between." },
	{ "db-readers", C_INT, AT(db_readers), "8", 1, 500, "PostgreSQL: connections for reading." },
	{ "db-writers", C_INT, AT(db_writers), "8", 1, 500, "PostgreSQL: connections for writing." },
	{ "digest-hour", C_INT, AT(digest_hour), "9", 0, 23, "Hour of the one letter a day for those who chose it." },
	{ "file-max", C_BYTES, AT(file_max_bytes), "10M", 1 << 10, 1 << 30, "Largest single file that a person may attach." },
	{ "grace", C_SECONDS, AT(grace_sec), "20s", 1, 3600, "At a stop: how long requests under way may take to finish." },
	{ "idle", C_SECONDS, AT(idle_sec), "30s", 1, 3600, "A connection that says nothing is closed after this." },
	{ "io-threads", C_INT, AT(io_threads), "0", 0, 256, "Threads that read and write the network; 0: one a core." },
	{ "listen", C_TEXT, AT(listen), "127.0.0.1:8080", 0, 0, "ADDR:PORT to serve on." },
	{ "log-level", C_TEXT, AT(log_level), "info", 0, 0, "debug, info, warn or error." },
	{ "mail-from", C_TEXT, AT(mail_from), "Jauap <jauap@localhost>", 0, 0, "Sender of outgoing mail." },
	{ "mail-off", C_BOOL, AT(mail_off), "no", 0, 0, "Keep mail in the queue and send none." },
	{ "mail-url", C_TEXT, AT(mail_url), "", 0, 0, "smtp://user:password@host:port; empty: mail lands in DATA/mail as files." },
	{ "node", C_INT, AT(node), "0", 0, 1023, "Number of this process among those that share a database; unique." },
	{ "page-keep", C_INT, AT(page_keep_ms), "250", 0, 1000, "Milliseconds that a rendered public page is sent again to guests; 0: never." },
	{ "per-address-max", C_INT, AT(per_address_max), "200", 0, 100000, "Open connections of one address; 0: no limit." },
	{ "petition-mail-from", C_INT, AT(petition_mail_from), "9", 0, 24, "Letters to signers of petitions leave from this hour on." },
	{ "petition-mail-rate", C_INT, AT(petition_mail_rate), "3000", 1, 1000000, "Letters to signers of petitions a minute, in all." },
	{ "petition-mail-to", C_INT, AT(petition_mail_to), "21", 0, 24, "Letters to signers of petitions leave before this hour." },
	{ "public-url", C_TEXT, AT(public_url), "", 0, 0, "Address under which people reach the site; empty: http://LISTEN." },
	{ "pwned-list", C_TEXT, AT(pwned_list), "", 0, 0, "Sorted file of SHA-1 sums of known passwords (HIBP form); empty: not asked." },
	{ "rate-allow", C_TEXT, AT(rate_allow), "", 0, 0, "CIDRs without rate limits, separated by commas: shared Wi-Fi of a reception centre." },
	{ "rate-off", C_BOOL, AT(rate_off), "no", 0, 0, "No rate limits at all; for load tests." },
	{ "request-time", C_SECONDS, AT(request_sec), "60s", 1, 3600, "Time to send a whole request." },
	{ "seed", C_INT, AT(seed), "0", 0, INT64_MAX, "demo: the same number makes the same country." },
	{ "session-idle", C_SECONDS, AT(session_idle_sec), "14d", 60, 31536000, "A citizen's sign-in ends after this without a visit." },
	{ "session-max", C_SECONDS, AT(session_max_sec), "60d", 60, 31536000, "A sign-in ends after this in any case." },
	{ "staff-idle", C_SECONDS, AT(staff_idle_sec), "1h", 60, 86400, "An official's sign-in ends after this without a visit." },
	{ "tls-cert", C_TEXT, AT(tls_cert), "", 0, 0, "PEM certificate; empty: TLS is the proxy's work." },
	{ "tls-key", C_TEXT, AT(tls_key), "", 0, 0, "PEM key of tls-cert." },
	{ "trusted-proxies", C_TEXT, AT(trusted_proxies), "", 0, 0, "CIDRs whose X-Forwarded-For and -Proto are believed." },
};

static const struct conf *row_of(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (str_eq(name, str_of(rows[i].name)))
			return &rows[i];
	return NULL;
}

/* 10M, 90s, 2h, 14d, plain numbers; false if it is none of them. */
static bool number(enum conf_kind kind, struct str s, int64_t *ret)
{
	static const struct { char unit; int64_t bytes, seconds; } units[] = {
		{ 's', 0, 1 },           { 'm', 0, 60 },           { 'h', 0, 3600 },         { 'd', 0, 86400 },
		{ 'K', 1 << 10, 0 },     { 'M', 1 << 20, 0 },      { 'G', 1 << 30, 0 },
	};
	int64_t scale = 1;

	for (size_t i = 0; s.n && i < ARRAY_LEN(units); i++) {
		int64_t by = kind == C_BYTES ? units[i].bytes : kind == C_SECONDS ? units[i].seconds : 0;

		if (by && s.p[s.n - 1] == units[i].unit) {
			scale = by;
			s.n--;
			break;
		}
	}
	int64_t v;

	if (!str_to_i64(s, &v) || __builtin_mul_overflow(v, scale, &v))
		return false;
	*ret = v;
	return true;
}

static bool set(struct config *c, const struct conf *row, struct str value)
{
	char *base = (char *)c;

	if (row->kind == C_TEXT) {
		memcpy(base + row->at, &value, sizeof(value));
		return true;
	}
	if (row->kind == C_BOOL) {
		bool yes = str_eq(value, S("yes")) || str_eq(value, S("true")) || str_eq(value, S("1"));

		if (!yes && !str_eq(value, S("no")) && !str_eq(value, S("false")) && !str_eq(value, S("0")))
			return false;
		memcpy(base + row->at, &yes, sizeof(yes));
		return true;
	}
	int64_t v;

	if (!number(row->kind, value, &v) || v < row->min || v > row->max)
		return false;
	memcpy(base + row->at, &v, sizeof(v));
	return true;
}

static enum rc refuse(struct arena *a, struct str *ret_why, const char *where, struct str name)
{
	*ret_why = str_fmt(a, "%s: unknown setting or bad value: %.*s", where, STR_FMT(name));
	return RC_INVALID;
}

static enum rc read_environment(struct arena *start, struct config *c, struct str *ret_why)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char name[64] = "JAUAP_";
		size_t n = 6;

		for (const char *p = rows[i].name; *p && n < sizeof(name) - 1; p++)
			name[n++] = *p == '-' ? '_' : (char)(*p - 'a' + 'A');
		name[n] = '\0';
		const char *v = getenv(name);

		if (v && !set(c, &rows[i], str_dup(start, str_of(v))))
			return refuse(start, ret_why, "environment", str_of(rows[i].name));
	}
	return RC_OK;
}

static enum rc read_file(struct arena *start, struct config *c, struct str *ret_why)
{
	char *buf = arena_alloc(start, 64 << 10);
	int fd = open(str_z(start, c->config_file), O_RDONLY | O_CLOEXEC);
	ssize_t got = fd < 0 ? -1 : read(fd, buf, 64 << 10);

	if (fd >= 0)
		close(fd);
	if (got < 0) {
		*ret_why = str_fmt(start, "cannot read %.*s", STR_FMT(c->config_file));
		return RC_INVALID;
	}
	struct str rest = { buf, (size_t)got }, line;

	for (int n = 1; str_cut(&rest, '\n', &line); n++) {
		line = str_trim(line);
		size_t colon = str_find_byte(line, ':', 0);

		if (!line.n || line.p[0] == '#')
			continue;
		struct str name = str_trim(str_sub(line, 0, colon));
		const struct conf *row = row_of(name);

		if (colon == SIZE_MAX || !row || !set(c, row, str_trim(str_from(line, colon + 1)))) {
			*ret_why = str_fmt(start, "%.*s:%d: unknown setting or bad value: %.*s", STR_FMT(c->config_file), n,
					   STR_FMT(name));
			return RC_INVALID;
		}
	}
	return RC_OK;
}

/* Flags of argv: --name value or --name=value; everything else is rest. */
static enum rc read_flags(struct arena *start, int argc, char **argv, struct config *c, struct str *rest, size_t *n_rest,
			  struct str *ret_why)
{
	*n_rest = 0;
	for (int i = 0; i < argc; i++) {
		struct str arg = str_of(argv[i]), value = { 0 };

		if (!str_starts(arg, S("--"))) {
			if (rest && *n_rest < 8)
				rest[(*n_rest)++] = arg;
			continue;
		}
		struct str name = str_from(arg, 2);
		size_t eq = str_find_byte(name, '=', 0);
		bool own_value = eq != SIZE_MAX;

		if (own_value) {
			value = str_from(name, eq + 1);
			name = str_sub(name, 0, eq);
		}
		const struct conf *row = row_of(name);

		if (row && !own_value && row->kind == C_BOOL && (i + 1 >= argc || argv[i + 1][0] == '-'))
			value = S("yes");
		else if (row && !own_value && i + 1 < argc)
			value = str_of(argv[++i]);
		if (!row || !set(c, row, value))
			return refuse(start, ret_why, "command line", name);
	}
	return RC_OK;
}

enum rc config_read(struct arena *start, int argc, char **argv, struct config *ret, struct str *ret_rest, size_t *ret_n_rest,
		    struct str *ret_why)
{
	struct config c = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (!set(&c, &rows[i], str_of(rows[i].standard)))
			return refuse(start, ret_why, "default", str_of(rows[i].name));
	/* the file is named by a flag or the environment, which then still win over it */
	TRY(read_environment(start, &c, ret_why));
	TRY(read_flags(start, argc, argv, &c, NULL, ret_n_rest, ret_why));
	if (c.config_file.n) {
		TRY(read_file(start, &c, ret_why));
		TRY(read_environment(start, &c, ret_why));
	}
	TRY(read_flags(start, argc, argv, &c, ret_rest, ret_n_rest, ret_why));
	*ret = c;
	return RC_OK;
}

void config_help(struct out *o)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		out_fmt(o, "  --%-18s %s%s%s%s\n", rows[i].name, rows[i].doc, rows[i].standard[0] ? " [" : "", rows[i].standard,
			rows[i].standard[0] ? "]" : "");
}

void config_markdown(struct out *o)
{
	OUT_LIT(o, "# Settings\n\nMade from the table in src/app/config.c by `build/jauap settings`. A flag wins over the environment, "
		   "the environment over the file (`--config FILE`), the file over the default.\n\n"
		   "| setting | environment | default | meaning |\n|---|---|---|---|\n");
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		out_fmt(o, "| `--%s` | `JAUAP_", rows[i].name);
		for (const char *p = rows[i].name; *p; p++)
			out_char(o, *p == '-' ? '_' : (char)(*p - 'a' + 'A'));
		out_fmt(o, "` | %s%s%s | %s |\n", rows[i].standard[0] ? "`" : "", rows[i].standard, rows[i].standard[0] ? "`" : "",
			rows[i].doc);
	}
}
