/* migrate.c: the schema goes forward only, a migration a transaction: killed in the middle, it is as if it had not begun. */
#include "db/inner.h"

#include <ctype.h>

#include "base/out.h"

static const struct db_stmt applied = { "migration_applied", "SELECT number, name, checksum FROM schema_migration ORDER BY number",
					"SELECT number, name, checksum FROM schema_migration ORDER BY number", 0, "" };
static const struct db_stmt record = {
	"migration_record", "INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES (?1, ?2, ?3, ?4)",
	"INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES ($1, $2, $3, $4)", 4, "itti"
};

static const char *const create = "CREATE TABLE IF NOT EXISTS schema_migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL, "
				  "checksum TEXT NOT NULL, applied_at BIGINT NOT NULL)";

/* The lock's number is "jauap" in ASCII; it ends with the transaction, so a pooler between does no harm. */
static const char *const begin[] = {
	[DB_SQLITE] = "BEGIN IMMEDIATE",
	[DB_POSTGRES] = "BEGIN; SELECT pg_advisory_xact_lock(x'6a61756170'::bigint)",
};

static bool word_goes_on(struct str s)
{
	return s.n && (isalnum((unsigned char)s.p[0]) || s.p[0] == '_');
}

/*
 * What one engine calls otherwise. SQLite keeps rows by INTEGER PRIMARY KEY itself; by any other word for it, and BIGINT is one, it makes an
 * index beside the rows, and every row is written and every id looked for twice.
 */
static const struct spelling {
	struct str written, meant;
} spellings[] = {
	[DB_SQLITE] = { S_INIT(" BIGINT PRIMARY KEY"), S_INIT(" INTEGER PRIMARY KEY") },
	[DB_POSTGRES] = { S_INIT(" BLOB"), S_INIT(" BYTEA") },
};

static void spell(struct out *o, const struct spelling *w, struct str line)
{
	for (size_t at; (at = str_find(line, w->written, 0)) != SIZE_MAX;) {
		out_str(o, str_sub(line, 0, at));
		line = str_from(line, at + w->written.n);
		out_str(o, word_goes_on(line) ? w->written : w->meant);
	}
	out_str(o, line);
	out_char(o, '\n');
}

/* SQLite again: it keeps a table by a key of several columns only when told so. */
static struct str end_of_table(enum db_engine e, struct str line, bool *by_columns)
{
	if (str_starts(str_trim(line), S("PRIMARY KEY (")))
		*by_columns = true;
	if (!*by_columns || !str_eq(line, S(");")))
		return line;
	*by_columns = false;
	return e == DB_SQLITE ? S(") WITHOUT ROWID;") : line;
}

/* Keeps the lines of one engine, in its words. */
static struct str for_engine(struct arena *a, enum db_engine e, struct str sql)
{
	struct out o = OUT_ON(a);
	struct str rest = sql, line;
	bool keep = true, by_columns = false;

	while (str_cut(&rest, '\n', &line)) {
		struct str t = str_trim(line);

		if (str_starts(t, S("-- only "))) {
			keep = str_eq(str_trim(str_from(t, 8)), e == DB_SQLITE ? S("sqlite") : S("postgres"));
			continue;
		}
		if (str_eq(t, S("-- end"))) {
			keep = true;
			continue;
		}
		if (keep)
			spell(&o, &spellings[e], end_of_table(e, line, &by_columns));
	}
	return out_done(&o);
}

struct done_row {
	int64_t number;
	struct str checksum;
};

struct done_rows {
	struct done_row v[1000];
	size_t n;
};

static enum rc read_done(struct db *db, struct done_rows *ret)
{
	struct db_cursor c CLEANUP(db_cursor_end);

	TRY(db_query(db, &applied, NULL, &c));
	while (db_next(&c) && ret->n < ARRAY_LEN(ret->v))
		ret->v[ret->n++] = (struct done_row){ db_col_int(&c, 0), db_col_text(&c, 2) };
	return c.rc;
}

static struct str checksum(struct arena *a, const struct migration *m)
{
	uint64_t h = str_hash(str_of(m->sql), 0);

	return str_hex(a, &h, sizeof(h));
}

static enum rc apply(struct db *db, const struct migration *m, struct str *ret_why)
{
	struct arena *a = db->arena;
	struct db_value args[] = { DB_V_INT(m->number), DB_V_TEXT(str_of(m->name)), DB_V_TEXT(checksum(a, m)), DB_V_INT(when_now().us) };
	int64_t changed;

	enum rc rc = db->ops->script(db, str_z(a, for_engine(a, db->pool->engine, str_of(m->sql))), ret_why);

	if (rc != RC_OK) {
		*ret_why = str_fmt(a, "migration %s: %.*s", m->name, STR_FMT(*ret_why));
		return rc;
	}
	return db_exec(db, &record, args, &changed);
}

/* What is there must be a beginning of what we know, word for word. */
static enum rc compare(struct arena *a, const struct done_rows *done, const struct migration *m, size_t n, struct str *ret_why)
{
	if (done->n > n) {
		*ret_why = S("the database was made by a newer version of the program");
		return RC_CONFLICT;
	}
	for (size_t i = 0; i < done->n; i++)
		if (done->v[i].number != m[i].number || !str_eq(done->v[i].checksum, checksum(a, &m[i]))) {
			*ret_why = str_fmt(a, "migration %s differs from the one that made this database", m[i].name);
			return RC_CONFLICT;
		}
	return RC_OK;
}

/* Looks at what is there and adds one migration, under a lock: two processes may start at once. */
static enum rc step(struct db *db, const struct migration *m, size_t n, struct done_rows *done, struct str *ret_why)
{
	done->n = 0;
	TRY(db->ops->script(db, create, ret_why));
	TRY(read_done(db, done));
	TRY(compare(db->arena, done, m, n, ret_why));
	return done->n < n ? apply(db, &m[done->n], ret_why) : RC_OK;
}

static enum rc migrate_on(struct db *db, const struct migration *m, size_t n, struct str *ret_why)
{
	struct done_rows *done = ARENA_NEW(db->arena, struct done_rows);
	struct str ignored;

	do {
		TRY(db->ops->script(db, begin[db->pool->engine], ret_why));
		enum rc rc = step(db, m, n, done, ret_why);

		if (rc == RC_OK)
			rc = db->ops->script(db, "COMMIT", ret_why);
		if (rc != RC_OK) {
			if (!ret_why->n)
				*ret_why = str_dup(db->arena, str_of(db_why(db)));
			rc_ignore(db->ops->script(db, "ROLLBACK", &ignored));
			return rc;
		}
	} while (done->n < n);
	return RC_OK;
}

enum rc db_migrate(struct db_pool *p, const struct migration *m, size_t n, struct str *ret_why)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct db *db;
	struct str why = S("");

	for (size_t i = 1; i < n; i++)
		if (m[i].number <= m[i - 1].number)
			return RC_INVALID;
	TRY(p->part->own_begin(p, &a, &db));
	enum rc rc = migrate_on(db, m, n, &why);

	p->part->own_end(db);
	if (rc != RC_OK)
		*ret_why = str_dup(p->start, why);
	return rc;
}
