#include "base/rc.h"

static const char *const names[RC_N] = {
	[RC_OK] = "ok",
	[RC_NOT_FOUND] = "not_found",
	[RC_GONE] = "gone",
	[RC_FORBIDDEN] = "forbidden",
	[RC_INVALID] = "invalid",
	[RC_CONFLICT] = "conflict",
	[RC_DUPLICATE] = "duplicate",
	[RC_LIMIT] = "limit",
	[RC_TOO_LARGE] = "too_large",
	[RC_BUSY] = "busy",
	[RC_RETRY] = "retry",
	[RC_INTERNAL] = "internal",
};

const char *rc_name(enum rc rc)
{
	return (unsigned)rc < RC_N ? names[rc] : "unknown";
}
