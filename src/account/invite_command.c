/* invite_command.c: the first administrator of a body, when there is nobody yet who could invite. */
#include "account/invite_command.h"

#include <stdio.h>

#include "account/account.h"
#include "account/account_forms.h"
#include "body/body.h"
#include "gen/account_sql.h"
#include "standard/pack.h"
#include "text/ident.h"

struct inviting {
	struct app *app;
	struct arena *arena;
	struct account_staff staff;
	struct str path;
};

static enum rc invite(struct db *db, void *arg)
{
	static const enum role admin[] = { ROLE_ADMIN };
	struct inviting *i = arg;
	struct req rq = { .ctx = app_ctx(i->app, i->arena, db) };
	struct account_row row;
	int64_t id;

	i->staff.roles = admin;
	i->staff.n_roles = ARRAY_LEN(admin);
	TRY(account_add_staff(&rq.ctx, &i->staff, &id));
	TRY(account_by_id(db, (struct account_id){ id }, &row));
	i->path = url_str(staff_join_url(&rq, &row));
	return RC_OK;
}

int invite_command(struct arena *start, const struct config *c, const struct str *rest, size_t n)
{
	if (n != 3) {
		fputs("usage: jauap invite NAME E-MAIL BODY-CODE --data DIR\n", stderr);
		return 2;
	}
	struct app *app = command_open(start, c);
	const struct body *b = app ? pack_body_by_code(app->pack, rest[2]) : NULL;
	struct inviting i = { .app = app, .arena = start, .staff = { .name = rest[0], .email = rest[1], .body = b ? b->id : 0 } };

	if (!app)
		return 1;
	bool mail = email_valid(rest[1]);
	enum rc rc = b && mail ? db_write(app->db, start, invite, &i) : RC_INVALID;

	struct str root = c->public_url.n ? c->public_url : str_cat(start, S("http://"), c->listen);

	if (rc == RC_OK)
		printf("%.*s%.*s\n", STR_FMT(root), STR_FMT(i.path));
	app_close(app);
	if (rc != RC_OK) {
		fprintf(stderr, "jauap: %s\n", !b ? "there is no such body in the pack" : !mail ? "this is no e-mail address" :
						rc == RC_DUPLICATE ? "this address is taken" : rc_name(rc));
		return 1;
	}
	return 0;
}
