/*
 * ctx.h: everything a rule or a handler may touch that is not its argument. Time, randomness, mail and the database enter here and
 * nowhere else, so tests set them.
 */
#ifndef APP_CTX_H
#define APP_CTX_H

#include "base/arena.h"
#include "base/str.h"
#include "base/when.h"
#include "db/db.h"

struct app; /* app.h: config, country pack, models; read-only after start */

struct ctx {
	struct arena *arena;
	struct db *db;         /* reading or writing connection of this request or job */
	struct when now;
	const struct app *app;
	unsigned fail_msg;     /* message for the person, set by fail() */
	struct str fail_detail; /* for the log only */
	bool more;             /* set by a repeating job whose batch was full: it runs again at once */
};

/* Sets the message id and returns rc: return fail(c, RC_CONFLICT, MSG_APPEAL_CLOSED); */
enum rc fail(struct ctx *c, enum rc rc, unsigned msg);
enum rc fail_log(struct ctx *c, enum rc rc, struct str detail);

#endif
