#include "base/str.h"

/* the house's own parsers live here */
long f(const char *s)
{
	return strtol(s, 0, 10);
}
