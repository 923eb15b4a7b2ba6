/* search_command.h: `jauap search rebuild`. */
#ifndef SEARCH_SEARCH_COMMAND_H
#define SEARCH_SEARCH_COMMAND_H

#include "app/command.h"

int search_command(struct arena *start, const struct config *c, const struct str *rest, size_t n);

#endif
