#include "account/account.h"

#include "account/account_forms.h"
#include "app/app.h"
#include "app/audit.h"
#include "base/random.h"
#include "body/body.h"
#include "gen/account_sql.h"
#include "gen/account_tmpl.h"
#include "gen/app_sql.h"
#include "gen/messages.h"
#include "notify/notify.h"

#define PAGE 50
#define ROLES_TEXT "registrar|head|executor|coexecutor|approver|signer|controller|moderator|analyst|operator|admin"

static const struct field invite_fields[] = {
	FIELD(struct invite_form, name, F_TEXT, 2, 120, .label = MSG_ACCOUNT_NAME),
	FIELD(struct invite_form, email, F_EMAIL, 6, 254, .label = MSG_ACCOUNT_EMAIL),
	FIELD(struct invite_form, roles, F_MANY, 1, ROLE_N, .label = MSG_ACCOUNT_ROLES),
};
static const struct form invite_form = { invite_fields, ARRAY_LEN(invite_fields), sizeof(struct invite_form), 0 };

static const struct field roles_fields[] = {
	FIELD(struct roles_form, account, F_ID, 1, 0),
	FIELD(struct roles_form, roles, F_MANY, 0, ROLE_N, .label = MSG_ACCOUNT_ROLES),
	FIELD(struct roles_form, state, F_CHOICE, 1, 20, .label = MSG_ACCOUNT_STATE, .choices = "active|blocked"),
};
static const struct form roles_form = { roles_fields, ARRAY_LEN(roles_fields), sizeof(struct roles_form), 0 };

static const struct field client_fields[] = {
	FIELD(struct client_form, name, F_TEXT, 2, 120, .label = MSG_ACCOUNT_CLIENT_NAME, .hint = MSG_ACCOUNT_CLIENT_HINT),
	FIELD(struct client_form, may_write, F_BOOL, 0, 1, .label = MSG_ACCOUNT_CLIENT_WRITE),
};
static const struct form client_form = { client_fields, ARRAY_LEN(client_fields), sizeof(struct client_form), 0 };

static const unsigned role_labels[ROLE_N] = {
	[ROLE_REGISTRAR] = MSG_ROLE_REGISTRAR, [ROLE_HEAD] = MSG_ROLE_HEAD,             [ROLE_EXECUTOR] = MSG_ROLE_EXECUTOR,
	[ROLE_COEXECUTOR] = MSG_ROLE_COEXECUTOR, [ROLE_APPROVER] = MSG_ROLE_APPROVER,   [ROLE_SIGNER] = MSG_ROLE_SIGNER,
	[ROLE_CONTROLLER] = MSG_ROLE_CONTROLLER, [ROLE_MODERATOR] = MSG_ROLE_MODERATOR, [ROLE_ANALYST] = MSG_ROLE_ANALYST,
	[ROLE_OPERATOR] = MSG_ROLE_OPERATOR,   [ROLE_ADMIN] = MSG_ROLE_ADMIN,         [ROLE_PRESS] = MSG_ROLE_PRESS,
};

static size_t role_options(const struct lang *l, const struct staff_role_row_list *held, int64_t body, struct option *ret)
{
	size_t n = 0;

	for (unsigned r = ROLE_REGISTRAR; r < ROLE_N; r++) {
		struct option *o = &ret[n++];

		*o = (struct option){ .value = str_of(role_name((enum role)r)), .text = msg_text(l, role_labels[r]) };
		for (size_t i = 0; held && i < held->n; i++)
			if (held->v[i].body_id == body && str_eq(held->v[i].role, o->value))
				o->chosen = true;
	}
	return n;
}

static bool role_of(struct str name, enum role *ret)
{
	char z[32] = "";

	if (name.n >= sizeof(z))
		return false;
	memcpy(z, name.p, name.n);
	return role_by_name(z, ret) && *ret >= ROLE_REGISTRAR;
}

static enum rc people_get(struct req *rq)
{
	struct staff_line_list l;
	struct option roles[ROLE_N];

	TRY(staff_list(rq->ctx.db, rq->who.body, (struct account_id){ req_after(rq) }, PAGE + 1, &l));
	bool more = l.n > PAGE;

	l.n = more ? PAGE : l.n;
	rq->form.form = &invite_form;
	size_t n = role_options(rq->view.lang, NULL, 0, roles);
	struct out *o = page_open(rq, &(struct page){ .title = MSG_ACCOUNT_PEOPLE, .desk = true });

	tmpl_account_people(o, &rq->view, &rq->form, &l, more, roles, n, body_name(rq->ctx.app->pack, rq->who.body, lang_id(rq->view.lang)),
			    (rq->who.roles & SITE_ADMIN) != 0);
	return page_close(rq);
}

static enum rc give_roles(struct req *rq, struct account_id account, const struct field_list *names)
{
	int64_t changed;

	for (size_t i = 0; i < names->n; i++) {
		enum role role;

		if (!role_of(names->v[i], &role))
			return RC_INVALID;
		TRY(staff_role_insert(rq->ctx.db, (struct staff_role_id){ id_make() }, account, rq->who.body, names->v[i], rq->ctx.now,
				      &changed));
	}
	return RC_OK;
}

static enum rc invite_post(struct req *rq)
{
	const struct invite_form *f = FORM_OF(rq, struct invite_form);
	struct arena *a = rq->ctx.arena;
	struct account_staff s = { .name = f->name, .email = f->email };
	struct account_row row;
	int64_t id;
	enum rc rc = account_add_staff(&rq->ctx, &s, &id);

	if (rc == RC_DUPLICATE) {
		req_fail(rq, "email", MSG_ACCOUNT_EMAIL_TAKEN);
		return RC_INVALID;
	}
	TRY(rc);
	TRY(give_roles(rq, (struct account_id){ id }, &f->roles));
	TRY(account_by_id(rq->ctx.db, (struct account_id){ id }, &row));
	TRY(audit(rq, "staff.invite", "account", id, S("")));
	struct letter l = { .lang = rq->view.lang, .to = f->email, .account = id, .once_ends = LETTER_ONCE };

	l.subject = msg_text(l.lang, MSG_ACCOUNT_LETTER_JOIN_SUBJECT);
	letter_add(&l, msg_fmt(a, l.lang, MSG_ACCOUNT_LETTER_JOIN,
			       ARGS(ARG_S("name", f->name), ARG_S("body", body_name(rq->ctx.app->pack, rq->who.body, lang_id(l.lang))))));
	l.button = msg_text(l.lang, MSG_ACCOUNT_LETTER_JOIN_BUTTON);
	l.link = staff_join_url(rq, &row);
	TRY(notify_send(&rq->ctx, &l));
	return redirect(rq, URL("/admin/people"), MSG_ACCOUNT_INVITED);
}

/* The person must already be one of this body: an administrator of one body never reaches into another. */
static enum rc person_of_body(struct req *rq, int64_t id, struct account_row *ret, struct staff_role_row_list *ret_roles)
{
	TRY(account_by_id(rq->ctx.db, (struct account_id){ id }, ret));
	TRY(staff_role_list(rq->ctx.db, ret->id, ret_roles));
	for (size_t i = 0; i < ret_roles->n; i++)
		if (ret_roles->v[i].body_id == rq->who.body)
			return RC_OK;
	return RC_NOT_FOUND;
}

static enum rc person_get(struct req *rq)
{
	struct account_row row;
	struct staff_role_row_list held;
	struct option roles[ROLE_N];
	int64_t id;

	TRY(req_id(rq, 0, &id));
	TRY(person_of_body(rq, id, &row, &held));
	rq->form.form = &roles_form;
	size_t n = role_options(rq->view.lang, &held, rq->who.body, roles);
	struct out *o = page_open(rq, &(struct page){ .title_text = row.name, .desk = true });

	tmpl_account_person(o, &rq->view, &rq->form, &row, roles, n);
	return page_close(rq);
}

static bool works_elsewhere(const struct staff_role_row_list *held, int64_t body)
{
	for (size_t i = 0; i < held->n; i++)
		if (held->v[i].body_id != body)
			return true;
	return false;
}

static enum rc person_post(struct req *rq)
{
	const struct roles_form *f = FORM_OF(rq, struct roles_form);
	struct account_row row;
	struct staff_role_row_list held;
	int64_t id, changed;

	TRY(req_id(rq, 0, &id));
	TRY(person_of_body(rq, id, &row, &held));
	if (id == rq->who.account)
		return fail(&rq->ctx, RC_CONFLICT, MSG_ACCOUNT_NOT_SELF);
	if (!str_eq(f->state, row.state) && works_elsewhere(&held, rq->who.body))
		return fail(&rq->ctx, RC_CONFLICT, MSG_ACCOUNT_WORKS_ELSEWHERE);
	TRY(staff_role_delete(rq->ctx.db, row.id, rq->who.body, &changed));
	TRY(give_roles(rq, row.id, &f->roles));
	TRY(account_set_state(rq->ctx.db, row.id, f->state, &changed));
	TRY(session_end_all(rq->ctx.db, row.id, &changed)); /* new roles from a new sign-in on */
	TRY(audit(rq, "staff.roles", "account", id, f->state));
	return redirect(rq, URL("/admin/people"), MSG_ACCOUNT_SAVED);
}

/* What is too far behind, in words. */
static enum rc alarms_of(struct req *rq, struct str *ret)
{
	struct out o = OUT_ON(rq->ctx.arena);

	for (size_t i = 0; i < modules_n; i++)
		for (size_t k = 0; k < modules[i]->n_lags; k++) {
			const struct lag *l = &modules[i]->lags[k];
			int64_t sec;

			TRY(l->read(&rq->ctx, &sec));
			if (sec > l->alarm_sec)
				out_fmt(&o, "%s%.*s", o.n ? " " : "", STR_FMT(msg_fmt(rq->ctx.arena, rq->view.lang, l->words, ARGS(ARG_I("minutes", sec / 60)))));
		}
	*ret = out_done(&o);
	return RC_OK;
}

static enum rc jobs_get(struct req *rq)
{
	struct str alarms;
	struct job_kind_row_list kinds;
	struct job_failed_row_list failed;
	int64_t before = req_after(rq);

	TRY(alarms_of(rq, &alarms));
	TRY(job_overview(rq->ctx.db, &kinds));
	TRY(job_list_failed(rq->ctx.db, (struct job_id){ before ? before : INT64_MAX }, PAGE, &failed));
	struct out *o = page_open(rq, &(struct page){ .title = MSG_ACCOUNT_JOBS, .desk = true });

	tmpl_account_jobs(o, &rq->view, alarms, &kinds, &failed);
	return page_close(rq);
}

static enum rc job_again_post(struct req *rq)
{
	int64_t id, changed;

	TRY(req_id(rq, 0, &id));
	TRY(job_try_again(rq->ctx.db, (struct job_id){ id }, rq->ctx.now, &changed));
	TRY(audit(rq, "job.again", "job", id, S("")));
	return redirect(rq, URL("/admin/jobs"), changed ? MSG_ACCOUNT_SAVED : 0);
}

static enum rc clients_get(struct req *rq)
{
	struct client_line_list l;

	TRY(client_list(rq->ctx.db, &l));
	rq->form.form = &client_form;
	struct out *o = page_open(rq, &(struct page){ .title = MSG_ACCOUNT_CLIENTS, .desk = true });

	tmpl_account_clients(o, &rq->view, &rq->form, &l, S(""));
	return page_close(rq);
}

/* The key is shown on this one page and nowhere else; the database holds its hash. */
static enum rc client_post(struct req *rq)
{
	const struct client_form *f = FORM_OF(rq, struct client_form);
	struct str key = random_token(rq->ctx.arena, 24);
	struct client_line_list l;
	int64_t changed, id = id_make();

	TRY(client_insert(rq->ctx.db, (struct api_client_id){ id }, f->name, token_hash(rq->ctx.arena, key),
			  (struct account_id){ rq->who.account }, f->may_write, rq->ctx.now, &changed));
	TRY(audit(rq, "client.new", "api_client", id, f->name));
	TRY(client_list(rq->ctx.db, &l));
	struct out *o = page_open(rq, &(struct page){ .title = MSG_ACCOUNT_CLIENTS, .desk = true });

	tmpl_account_clients(o, &rq->view, &rq->form, &l, key);
	return page_close(rq);
}

static enum rc client_revoke_post(struct req *rq)
{
	int64_t id, changed;

	TRY(req_id(rq, 0, &id));
	TRY(client_revoke(rq->ctx.db, (struct api_client_id){ id }, rq->ctx.now, &changed));
	TRY(audit(rq, "client.revoke", "api_client", id, S("")));
	return redirect(rq, URL("/admin/clients"), changed ? MSG_ACCOUNT_SAVED : 0);
}

static const struct route routes[] = {
	{ HTTP_GET, "/admin/people", BIT(ROLE_ADMIN), RL_READ, READ, people_get },
	{ HTTP_POST, "/admin/people", BIT(ROLE_ADMIN), RL_WRITE, WRITE, invite_post, &invite_form, people_get },
	{ HTTP_GET, "/admin/people/:id", BIT(ROLE_ADMIN), RL_READ, READ, person_get },
	{ HTTP_POST, "/admin/people/:id", BIT(ROLE_ADMIN), RL_WRITE, WRITE, person_post, &roles_form, person_get },
	{ HTTP_GET, "/admin/jobs", SITE_ADMIN, RL_READ, READ, jobs_get },
	{ HTTP_POST, "/admin/jobs/:id/again", SITE_ADMIN, RL_WRITE, WRITE, job_again_post },
	{ HTTP_GET, "/admin/clients", SITE_ADMIN, RL_READ, READ, clients_get },
	{ HTTP_POST, "/admin/clients", SITE_ADMIN, RL_WRITE, WRITE, client_post, &client_form, clients_get },
	{ HTTP_POST, "/admin/clients/:id/revoke", SITE_ADMIN, RL_WRITE, WRITE, client_revoke_post },
};

const struct module admin_module = { .name = "admin", .routes = routes, .n_routes = ARRAY_LEN(routes) };
