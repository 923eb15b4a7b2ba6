/* command.h: what the program can be told on the command line. One row a command, in main.c and in the slices' own files. */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H

#include "app/app.h"

struct command {
	const char *name;
	const char *args;
	const char *doc;
	/* 0: all went well; the exit status otherwise. rest: what stood behind the flags. */
	int (*run)(struct arena *start, const struct config *c, const struct str *rest, size_t n);
};

/* Opens the application for a command; says why on stderr and returns NULL if it cannot. */
struct app *command_open(struct arena *start, const struct config *c);

#endif
