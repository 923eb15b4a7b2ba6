/* invite_command.h: `jauap invite`: prints the address under which a new administrator sets password and one-time codes. */
#ifndef ACCOUNT_INVITE_COMMAND_H
#define ACCOUNT_INVITE_COMMAND_H

#include "app/command.h"

int invite_command(struct arena *start, const struct config *c, const struct str *rest, size_t n);

#endif
