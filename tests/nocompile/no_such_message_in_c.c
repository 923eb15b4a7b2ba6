/* must say: MSG_APP_NOT_THERE */
#include "gen/messages.h"
int f(void);
int f(void)
{
	return MSG_APP_NOT_THERE;
}
