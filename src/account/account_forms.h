/* account_forms.h: the forms of signing in and of the settings; one struct a form, rows in account_web.c and staff_web.c. */
#ifndef ACCOUNT_ACCOUNT_FORMS_H
#define ACCOUNT_ACCOUNT_FORMS_H

#include "app/route.h"

struct mail_form {
	struct str email, to;
};
struct code_form {
	struct str email, code, to;
};
struct identity_form {
	struct str iin, name, to;
};
struct staff_form {
	struct str email, password, code, to;
};
struct join_form {
	struct str password, code, secret;
};
struct settings_form {
	struct str name, lang, letters;
};
struct mail_change_form {
	struct str email;
};
struct mail_codes_form {
	struct str code_old, code_new;
};
struct body_form {
	int64_t body;
};
struct invite_form {
	struct str name, email;
	struct field_list roles;
};
struct roles_form {
	int64_t account;
	struct field_list roles;
	struct str state;
};
struct client_form {
	struct str name;
	bool may_write;
};

struct account_row;
/* Address under which an invited official sets password and one-time codes; works once. */
struct url staff_join_url(struct req *rq, const struct account_row *row);

/* A fresh code for a letter. */
struct str account_six_digits(struct arena *a);

/* Where a sign-in leads: a path of ours from the form, else the standard. */
struct url account_after(struct req *rq, struct str to, struct url standard);

#endif
