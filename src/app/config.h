/*
 * config.h: settings. One table of rows is the configuration file, the environment, the flags, --help and docs/settings.md.
 *
 * TO ADD A SETTING: 1 a member here  2 a row in config.c, sorted  3 `build/jauap settings > docs/settings.md`  4 a test if it has a check.
 * Order of strength: flag --name VALUE, environment JAUAP_NAME, file (--config FILE, lines "name: value"), default.
 */
#ifndef APP_CONFIG_H
#define APP_CONFIG_H

#include "base/out.h"

struct config {
	struct str access_log, config_file, country, data, database, database_direct, listen, log_level, mail_from, mail_url, pwned_list, public_url,
		rate_allow, tls_cert, tls_key, trusted_proxies;
	int64_t appeals, seed, db_readers, db_writers, file_max_bytes, grace_sec, io_threads, connections_max, idle_sec, per_address_max,
		request_sec, session_idle_sec, session_max_sec, staff_idle_sec, node, page_keep_ms, petition_mail_rate, petition_mail_from, petition_mail_to,
		digest_hour;
	bool mail_off, rate_off;
	bool filling; /* no setting: the demonstration's command fills a fresh database and need not wait for the disk */
};

/* argv without the program and the command. Unknown names and bad values: RC_INVALID and one line in ret_why. What is left over
 * (no "--") goes to ret_rest. */
MUST_USE enum rc config_read(struct arena *start, int argc, char **argv, struct config *ret, struct str *ret_rest,
			     size_t *ret_n_rest, struct str *ret_why);
void config_help(struct out *o);     /* for --help */
void config_markdown(struct out *o); /* for docs/settings.md */

#endif
