#include "app/role.h"

#include <string.h>

static const char *const names[ROLE_N] = {
	[ROLE_GUEST] = "guest",           [ROLE_CITIZEN] = "citizen",       [ROLE_REGISTRAR] = "registrar",
	[ROLE_HEAD] = "head",             [ROLE_EXECUTOR] = "executor",     [ROLE_COEXECUTOR] = "coexecutor",
	[ROLE_APPROVER] = "approver",     [ROLE_SIGNER] = "signer",         [ROLE_CONTROLLER] = "controller",
	[ROLE_MODERATOR] = "moderator",   [ROLE_ANALYST] = "analyst",       [ROLE_OPERATOR] = "operator",
	[ROLE_ADMIN] = "admin",           [ROLE_PRESS] = "press",
};

const char *role_name(enum role r)
{
	return (unsigned)r < ROLE_N ? names[r] : "unknown";
}

bool role_by_name(const char *name, enum role *ret)
{
	for (unsigned i = 0; i < ROLE_N; i++)
		if (strcmp(names[i], name) == 0) {
			*ret = (enum role)i;
			return true;
		}
	return false;
}
