/*
 * main.c: commands. TO ADD A COMMAND: 1 a function in its slice's SLICE_command.c  2 a row here.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "account/invite_command.h"
#include "app/backup_command.h"
#include "app/command.h"
#include "base/log.h"
#include "channel/import.h"
#include "demo/demo.h"
#include "file/file.h"
#include "search/search_command.h"
#include "standard/pack.h"

static int serve(struct arena *start, const struct config *c, const struct str *rest, size_t n)
{
	struct app *app = command_open(start, c);
	struct str why = S("");

	(void)rest;
	(void)n;
	if (!app)
		return 1;
	enum rc rc = app_serve(app, &why);

	if (rc != RC_OK)
		fprintf(stderr, "jauap: %s: %.*s\n", rc_name(rc), STR_FMT(why));
	app_close(app);
	return rc == RC_OK ? 0 : 1;
}

static int check(struct arena *start, const struct config *c, const struct str *rest, size_t n)
{
	struct pack *pack;
	struct pack_problems problems = { 0 };

	(void)c;
	if (n != 1) {
		fputs("usage: jauap check FOLDER\n", stderr);
		return 2;
	}
	enum rc rc = pack_load(start, str_z(start, rest[0]), &pack, &problems);

	for (size_t i = 0; i < problems.n; i++)
		printf("%.*s\n", STR_FMT(problems.v[i]));
	if (rc == RC_OK)
		printf("%.*s is in order\n", STR_FMT(rest[0]));
	return rc == RC_OK ? 0 : 1;
}

static int migrate(struct arena *start, const struct config *c, const struct str *rest, size_t n)
{
	struct app *app = command_open(start, c);

	(void)rest;
	(void)n;
	if (!app)
		return 1;
	app_close(app);
	puts("the database is up to date");
	return 0;
}

static int settings(struct arena *start, const struct config *c, const struct str *rest, size_t n)
{
	struct out o = OUT_ON(start);

	(void)c;
	(void)rest;
	(void)n;
	config_markdown(&o);
	printf("%.*s", STR_FMT(out_done(&o)));
	return 0;
}

static const struct command commands[] = {
	{ "backup", "TO", "Copy the data into a new folder while the site serves.", backup_command },
	{ "check", "FOLDER", "Check a country pack; every problem with file and line.", check },
	{ "demo", "", "Fill a demonstration country into an empty data folder and print the sign-ins.", demo_command },
	{ "import", "appeals FILE", "Take over appeals of e-Otinish or Open311 (CSV, JSON lines), or petitions FILE.jsonl.", import_command },
	{ "invite", "NAME MAIL BODY", "Make the first administrator of a body; prints the address to join.", invite_command },
	{ "migrate", "", "Bring the database up to date and stop.", migrate },
	{ "restore", "FROM", "Bring a backup into an empty data folder.", restore_command },
	{ "search", "rebuild", "Put everything public into the search anew.", search_command },
	{ "serve", "", "Serve the site until SIGTERM.", serve },
	{ "settings", "", "Print the settings as Markdown (docs/settings.md).", settings },
};

static void help(FILE *to)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct out o = OUT_ON(&a);

	OUT_LIT(&o, "Jauap: every voice gets an answer that the person understands.\n\nusage: jauap COMMAND [--setting VALUE ...]\n\n");
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		out_fmt(&o, "  %-9s %-14s %s\n", commands[i].name, commands[i].args, commands[i].doc);
	OUT_LIT(&o, "\nsettings (also as JAUAP_NAME in the environment and in a file given with --config):\n\n");
	config_help(&o);
	fprintf(to, "%.*s", STR_FMT(out_done(&o)));
}

static bool set_log_level(struct str name)
{
	static const char *const names[] = { "debug", "info", "warn", "error" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_eq(name, str_of(names[i]))) {
			log_level_set((enum log_level)i);
			return true;
		}
	return false;
}

static int run(struct arena *start, const struct command *cmd, int argc, char **argv)
{
	struct config c;
	struct str rest[8], why = S("");
	size_t n = 0;

	if (config_read(start, argc, argv, &c, rest, &n, &why) != RC_OK) {
		fprintf(stderr, "jauap: %.*s\n", STR_FMT(why));
		return 2;
	}
	if (!set_log_level(c.log_level)) {
		fputs("jauap: log-level is debug, info, warn or error\n", stderr);
		return 2;
	}
	return cmd->run(start, &c, rest, n);
}

int main(int argc, char **argv)
{
	struct arena start CLEANUP(arena_end) = { 0 };

	umask(077); /* what people wrote is for nobody else on the machine */
	if (argc == 2 && str_eq(str_of(argv[1]), S("image-worker")))
		return image_worker(); /* not for people: src/file starts it */
	for (int i = 1; i < argc; i++)
		if (str_eq(str_of(argv[i]), S("--help")) || str_eq(str_of(argv[i]), S("-h"))) {
			help(stdout);
			return 0;
		}
	for (size_t i = 0; argc > 1 && i < ARRAY_LEN(commands); i++)
		if (str_eq(str_of(argv[1]), str_of(commands[i].name)))
			return run(&start, &commands[i], argc - 2, argv + 2);
	help(stderr);
	return 2;
}
