#include "search/search_command.h"

#include <stdio.h>

#include "search/search.h"

int search_command(struct arena *start, const struct config *c, const struct str *rest, size_t n)
{
	if (n != 1 || !str_eq(rest[0], S("rebuild"))) {
		fputs("usage: jauap search rebuild --data DIR   puts everything public into the search anew; the site may go on serving\n", stderr);
		return 2;
	}
	struct app *app = command_open(start, c);
	int64_t docs = 0;

	if (!app)
		return 1;
	enum rc rc = search_rebuild(app, &docs);

	app_close(app);
	if (rc != RC_OK) {
		fprintf(stderr, "jauap: stopped: %s\n", rc_name(rc));
		return 1;
	}
	printf("%lld can be found\n", (long long)docs);
	return 0;
}
