#include "app/audit.h"

#include "base/random.h"
#include "gen/app_sql.h"

enum rc audit(struct req *rq, const char *action, const char *object_kind, int64_t object, struct str detail)
{
	int64_t changed;

	return audit_insert(rq->ctx.db, (struct audit_id){ id_make() }, rq->ctx.now, (struct account_id){ rq->who.account }, rq->who.body,
			    str_of(action), str_of(object_kind), object, detail, &changed);
}
