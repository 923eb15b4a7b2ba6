/* indexes.c: the indexes of a database that is being filled, taken away and made again. */
#include "base/out.h"
#include "db/inner.h"

enum rc db_indexes_take(struct db *db, struct arena *a, struct str *ret_make)
{
	/* in the order in which they were made: of two that serve a question equally SQLite takes the younger */
	static const struct db_stmt list = {
		"indexes", "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE INDEX%' ORDER BY rowid",
		"SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() AND indexdef LIKE 'CREATE INDEX%' ORDER BY indexname", 0, ""
	};
	struct out make = OUT_ON(a), drop = OUT_ON(a);
	struct db_cursor c;
	struct str why;

	TRY(db_query(db, &list, NULL, &c));
	while (db_next(&c)) {
		struct str name = db_col_text(&c, 0), sql = db_col_text(&c, 1);

		out_fmt(&drop, "DROP INDEX %.*s;\n", STR_FMT(name));
		out_fmt(&make, "%.*s;\n", STR_FMT(sql));
	}
	enum rc rc = c.rc;

	db_cursor_end(&c);
	TRY(rc);
	*ret_make = out_done(&make);
	return db->ops->script(db, str_z(a, out_done(&drop)), &why);
}

enum rc db_indexes_make(struct db *db, struct arena *a, struct str make)
{
	struct str why;

	return db->ops->script(db, str_z(a, make), &why);
}
