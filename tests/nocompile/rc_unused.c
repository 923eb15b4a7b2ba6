/* must say: unused */
#include "html/html.h"
void f(struct arena *a, struct url *u);
void f(struct arena *a, struct url *u)
{
	url_checked(a, S("x"), u);
}
