/* backup_command.h: a consistent copy while the site serves, and back. */
#ifndef APP_BACKUP_COMMAND_H
#define APP_BACKUP_COMMAND_H

#include "app/command.h"

int backup_command(struct arena *start, const struct config *c, const struct str *rest, size_t n);
int restore_command(struct arena *start, const struct config *c, const struct str *rest, size_t n);

#endif
