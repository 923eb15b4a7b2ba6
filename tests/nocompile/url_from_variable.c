/* must say: expected */
#include "html/html.h"
struct url link_of(const char *s);
struct url link_of(const char *s)
{
	return URL(s);
}
