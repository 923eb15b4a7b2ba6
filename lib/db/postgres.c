#include "db/inner.h"

enum rc postgres_open(struct db_pool *p, struct str *ret_why)
{
	(void)p;
	*ret_why = S("PostgreSQL is not built in");
	return RC_INVALID;
}
