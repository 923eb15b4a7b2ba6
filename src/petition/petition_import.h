/*
 * petition_import.h: `jauap import petitions FILE.jsonl`: takes petitions in the shape of the UK Parliament's service, one JSON object a line (its attributes flat, as
 * archives keep them), with their counts and dates. They stand on the list as they stood there; nobody signs them here. Once each, by their id.
 */
#ifndef PETITION_PETITION_IMPORT_H
#define PETITION_PETITION_IMPORT_H

#include "app/command.h"

int petition_import_command(struct arena *start, const struct config *c, struct str file);

#endif
