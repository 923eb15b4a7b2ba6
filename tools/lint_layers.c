/* lint_layers.c: who may include what. The table of ARCHITECTURE.md, row by row. */
#include "lint.h"

enum layer { LIB, APP, SERVICE, FEATURE, CHANNEL, TOOL, TEST };

static const struct part {
	const char *dir;
	enum layer layer;
	const char *uses; /* of lib: which of lib; of tools: also which */
} parts[] = {
	{ "lib/base/", LIB, "base/" },
	{ "lib/html/", LIB, "base/ html/ gen/" },
	{ "lib/db/", LIB, "base/ db/" },
	{ "lib/http/", LIB, "base/ http/" },
	{ "lib/text/", LIB, "base/ text/" },
	{ "src/app/", APP, NULL },
	{ "src/standard/", SERVICE, NULL },
	{ "src/place/", SERVICE, NULL },
	{ "src/body/", SERVICE, NULL },
	{ "src/account/", SERVICE, NULL },
	{ "src/notify/", SERVICE, NULL },
	{ "src/search/", SERVICE, NULL },
	{ "src/file/", SERVICE, NULL },
	{ "src/channel/", CHANNEL, NULL },
	{ "src/", FEATURE, NULL },
	{ "tools/", TOOL, "base/ text/ html/" },
	{ "tests/", TEST, NULL },
};

/* Where the list of features is: they may name everything. */
static const char *const lists[] = { "src/app/modules.c", "src/app/main.c" };

/* Statements of another slice: who asks whose, and why that is not an inside. */
static const struct { const char *dir, *header; } statements[] = {
	{ "src/", "gen/app_sql.h" },              /* jobs, sessions, visits */
	{ "src/", "gen/account_sql.h" },          /* names of people beside what they did */
	{ "src/", "gen/notify_sql.h" },           /* letters in the transaction of their cause */
	{ "src/app/", "gen/migrations.h" },
	{ "src/insight/", "gen/appeal_sql.h" },   /* the trail is what it folds */
	{ "src/site/", "gen/insight_sql.h" },     /* three figures on the first page */
	{ "src/petition/", "gen/appeal_sql.h" },  /* a petition becomes an appeal */
	{ "src/plan/", "gen/appeal_sql.h" },      /* people are told of what is done about their appeals */
	{ "src/reception/", "gen/appeal_sql.h" }, /* what was told at a reception is an appeal */
	{ "src/appeal/", "gen/check_sql.h" },     /* the sentence that a person marks as not clear */
	{ "src/appeal/", "gen/notice_sql.h" },    /* decisions that may answer before one files */
	{ "src/site/", "gen/notice_sql.h" },      /* the newest ones on the first page */
};

static bool in_words(const char *words, struct str head)
{
	struct str rest = str_of(words), one;

	while (rest.n && str_cut(&rest, ' ', &one))
		if (str_starts(head, one))
			return true;
	return false;
}

static const struct part *part_of(struct str path)
{
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (str_starts(path, str_of(parts[i].dir)))
			return &parts[i];
	return NULL;
}

/* "src/desk/desk_web.c" to "desk/"; "src/app/layout/layout.c" to "app/". */
static struct str folder_of(struct str path)
{
	struct str rest = str_from(path, 4);

	return str_sub(rest, 0, str_find_byte(rest, '/', 0) + 1);
}

static bool statement_allowed(struct lint *l, struct str path, struct str header)
{
	struct str own = folder_of(path), name = str_sub(header, 4, header.n - 4 - sizeof("_sql.h") + 1);

	if (!str_ends(header, S("_sql.h")))
		return true; /* messages and pages */
	for (size_t i = 0; i < sizeof(statements) / sizeof(statements[0]); i++)
		if (str_starts(path, str_of(statements[i].dir)) && str_eq(header, str_of(statements[i].header)))
			return true;
	/* its own: the .sql stands in its folder */
	return str_find(l->builds, str_fmt(l->arena, "'%.*s': '%.*s", STR_FMT(name), STR_FMT(own)), 0) != SIZE_MAX;
}

static const char *refused(struct lint *l, const struct lint_file *f, const struct part *from, struct str header)
{
	struct str own = folder_of(f->path);

	if (from->layer == LIB || from->layer == TOOL)
		return str_find_byte(header, '/', 0) == SIZE_MAX || in_words(from->uses, header) ? NULL : "below may not use above";
	if (in_words("base/ html/ db/ http/ text/ app/", header) || str_starts(header, own))
		return from->layer != FEATURE || !str_ends(header, S("inner.h")) || str_starts(header, own) ? NULL : "an inside of another part";
	if (str_starts(header, S("gen/")))
		return statement_allowed(l, f->path, header) ? NULL : "statements of another slice";
	if (str_ends(header, S("inner.h")))
		return "an inside of another slice";

	const struct part *to = part_of(str_fmt(l->arena, "src/%.*s", STR_FMT(header)));

	if (!to || to->layer == SERVICE || from->layer == FEATURE || from->layer == CHANNEL)
		return NULL;
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		if (str_eq(f->path, str_of(lists[i])))
			return NULL;
	/* a feature that makes feeds of its own asks the channel's helpers; nobody below does */
	return from->layer == APP ? "the application knows no feature; only modules.c and main.c list them" : "a service knows no feature";
}

void lint_layers(struct lint *l, const struct lint_file *f)
{
	const struct part *from = part_of(f->path);

	if (!from || from->layer == TEST || f->test)
		return;
	for (size_t i = 0; i < f->n; i++) {
		struct str raw = f->lines[i].raw;

		if (!str_starts(raw, S("#include \"")))
			continue;
		struct str header = str_sub(raw, 10, str_find_byte(raw, '"', 10) - 10);
		const char *why = refused(l, f, from, header);

		if (why)
			lint_say(l, f->path, i + 1, "layers", "%.*s: %s", STR_FMT(header), why);
	}
}
