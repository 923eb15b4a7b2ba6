#include "app/ctx.h"

enum rc fail(struct ctx *c, enum rc rc, unsigned msg)
{
	c->fail_msg = msg;
	return rc;
}

enum rc fail_log(struct ctx *c, enum rc rc, struct str detail)
{
	c->fail_detail = detail;
	return rc;
}
