#include "db/postgres_conn.h"

#include <assert.h>
#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#define PARAMS_MAX 64
#define AGAIN_US (1 * WHEN_SECOND) /* after a failed try to connect */

/* SQLSTATE, its first digits; the first row that fits counts. https://www.postgresql.org/docs/15/errcodes-appendix.html */
static const struct { const char *state; enum rc rc; } states[] = {
	{ "23505", RC_DUPLICATE },
	{ "23", RC_CONFLICT },    /* foreign key, check, not null */
	{ "P0001", RC_CONFLICT }, /* RAISE in a trigger, as RAISE(ABORT) on SQLite */
	{ "40", RC_RETRY },       /* serialization failure, deadlock */
	{ "53", RC_BUSY },        /* disk full, no memory, too many connections */
	{ "55P03", RC_BUSY },     /* a lock that nobody gave in time */
	{ "57", RC_BUSY },        /* cancelled, shutting down */
	{ "58", RC_BUSY },        /* I/O error */
	{ "08", RC_BUSY },
	{ "25006", RC_BUSY },     /* this server is a standby by now */
	{ "54", RC_TOO_LARGE },
	{ "22021", RC_INVALID },  /* NUL in a text */
	{ "22P05", RC_INVALID },
};

PGconn *pg_raw(const char *url)
{
	/* what the address itself says comes later in the list and wins */
	static const char *const keys[] = { "connect_timeout", "tcp_user_timeout", "keepalives_idle", "keepalives_interval",
					    "keepalives_count", "application_name", "client_encoding", "dbname", NULL };
	const char *const values[] = { "3", "10000", "15", "5", "3", "jauap", "UTF8", url, NULL };

	return PQconnectdbParams(keys, values, 1);
}

/* Nobody reads notices, and they must not go to stderr past the log. */
static void silent(void *arg, const PGresult *r)
{
	(void)arg;
	(void)r;
}

enum rc pg_connect(struct pg_conn *c)
{
	int64_t now = when_monotonic_us();

	if (now < c->not_before_us)
		return RC_BUSY;
	PQfinish(c->h); /* a new one, not PQreset: all hosts are asked again, from the first on */
	c->h = pg_raw(c->db.pool->options.url);
	if (PQstatus(c->h) != CONNECTION_OK) {
		db_why_set(&c->db, PQerrorMessage(c->h));
		c->not_before_us = when_monotonic_us() + AGAIN_US;
		return RC_BUSY;
	}
	PQsetNoticeReceiver(c->h, silent, NULL);
	return RC_OK;
}

/* What a result means for the statement and for the transaction. */
static enum rc result_rc(struct pg_conn *c, const PGresult *r)
{
	ExecStatusType status = PQresultStatus(r);
	const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE), *text = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
	enum rc rc = RC_INTERNAL;

	if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
		return RC_OK;
	if (PQstatus(c->h) != CONNECTION_OK || !state)
		rc = RC_BUSY;
	for (size_t i = 0; state && i < ARRAY_LEN(states); i++)
		if (strncmp(state, states[i].state, strlen(states[i].state)) == 0) {
			rc = states[i].rc == RC_RETRY && c->reading ? RC_BUSY : states[i].rc;
			break;
		}
	db_why_set(&c->db, text ? text : PQerrorMessage(c->h));
	if (PQstatus(c->h) != CONNECTION_OK || rc == RC_RETRY || rc == RC_BUSY)
		c->doomed = rc;
	return rc;
}

static enum rc run(struct pg_conn *c, const char *sql)
{
	PGresult *r = PQexec(c->h, sql);
	enum rc rc = result_rc(c, r);

	PQclear(r);
	return rc;
}

enum rc pg_begin(struct pg_conn *c, struct arena *a, const char *words)
{
	bool fresh = false;

	c->db.arena = a;
	c->db.notes = NULL;
	c->doomed = RC_OK;
	if (PQstatus(c->h) != CONNECTION_OK) {
		TRY(pg_connect(c));
		fresh = true;
	}
	enum rc rc = run(c, words);

	/* idle connections die unseen (a restart, a switch to the standby): nothing was done yet, so once more */
	if (rc != RC_OK && !fresh) {
		TRY(pg_connect(c));
		c->doomed = RC_OK;
		rc = run(c, words);
	}
	c->in_transaction = rc == RC_OK;
	return rc == RC_RETRY ? RC_BUSY : rc;
}

enum rc pg_commit(struct pg_conn *c)
{
	if (c->doomed == RC_OK && PQtransactionStatus(c->h) != PQTRANS_INTRANS) {
		db_why_set(&c->db, "a failed statement was passed over");
		c->doomed = RC_INTERNAL;
	}
	if (c->doomed != RC_OK) {
		enum rc rc = c->doomed;

		pg_rollback(c);
		return rc;
	}
	PGresult *r = PQexec(c->h, "COMMIT");
	enum rc rc = result_rc(c, r);

	if (rc == RC_OK && strcmp(PQcmdStatus(r), "COMMIT") != 0) /* PostgreSQL calls a refused COMMIT a good ROLLBACK */
		rc = RC_INTERNAL;
	PQclear(r);
	c->in_transaction = false;
	return rc;
}

void pg_rollback(struct pg_conn *c)
{
	if (c->in_transaction && PQstatus(c->h) == CONNECTION_OK)
		rc_ignore(run(c, "ROLLBACK"));
	/* busy with something that we gave up on, or on a standby: the next transaction begins on a new connection */
	if (PQstatus(c->h) == CONNECTION_OK && (PQtransactionStatus(c->h) != PQTRANS_IDLE || c->doomed == RC_BUSY)) {
		PQfinish(c->h);
		c->h = NULL;
	}
	c->in_transaction = false;
}

struct params {
	int n;
	Oid types[PARAMS_MAX];
	const char *values[PARAMS_MAX];
	int lengths[PARAMS_MAX], formats[PARAMS_MAX];
	union {
		uint64_t bits;
		char flag;
	} fixed[PARAMS_MAX];
};

/* Object ids of PostgreSQL's own types never change: src/include/catalog/pg_type.dat */
static const Oid oids[] = { [DB_INT] = 20, [DB_BOOL] = 16, [DB_REAL] = 701, [DB_TEXT] = 25, [DB_BLOB] = 17 };

/* Binary, in network order; text and bytes as they are. */
static void params_of(const struct db_stmt *st, const struct db_value *args, struct params *ret)
{
	assert(st->n_params <= PARAMS_MAX);
	ret->n = (int)st->n_params;
	for (size_t i = 0; i < st->n_params; i++) {
		const struct db_value *v = &args[i];

		ret->types[i] = oids[v->type];
		ret->formats[i] = 1;
		ret->values[i] = (const char *)&ret->fixed[i];
		ret->lengths[i] = sizeof(uint64_t);
		switch (v->type) {
		case DB_INT:
			ret->fixed[i].bits = htobe64((uint64_t)v->i);
			break;
		case DB_BOOL:
			ret->fixed[i].flag = v->i != 0;
			ret->lengths[i] = 1;
			break;
		case DB_REAL:
			memcpy(&ret->fixed[i].bits, &v->d, sizeof(v->d));
			ret->fixed[i].bits = htobe64(ret->fixed[i].bits);
			break;
		case DB_TEXT:
		case DB_BLOB:
			assert(v->s.n <= INT32_MAX);
			ret->values[i] = v->s.n ? v->s.p : "";
			ret->lengths[i] = (int)v->s.n;
			break;
		}
	}
}

static bool send(struct pg_conn *c, const char *sql)
{
	return PQsendQueryParams(c->h, sql, 0, NULL, NULL, NULL, NULL, 0) == 1;
}

/* The answer to the next command of the pipeline, with the NULL behind it. */
static PGresult *answer(struct pg_conn *c)
{
	PGresult *r = PQgetResult(c->h);

	if (r && PQresultStatus(r) != PGRES_PIPELINE_SYNC) {
		PGresult *end = PQgetResult(c->h);

		assert(!end || PQstatus(c->h) != CONNECTION_OK);
		PQclear(end);
	}
	return r;
}

/* SAVEPOINT, the statement and RELEASE in one round trip. */
static PGresult *guarded(struct pg_conn *c, const struct db_stmt *st, const struct params *p, enum rc *ret_rc)
{
	PGresult *r = NULL;

	bool sent = PQenterPipelineMode(c->h) == 1 && send(c, "SAVEPOINT stmt") &&
		    PQsendQueryParams(c->h, st->postgres, p->n, p->types, p->values, p->lengths, p->formats, 0) == 1 &&
		    send(c, "RELEASE SAVEPOINT stmt") && PQpipelineSync(c->h) == 1;

	if (sent) {
		PQclear(answer(c));
		r = answer(c);
		PQclear(answer(c));
		PQclear(answer(c)); /* the sync */
	}
	*ret_rc = result_rc(c, r);
	if (PQexitPipelineMode(c->h) != 1 && c->doomed == RC_OK)
		*ret_rc = c->doomed = RC_BUSY; /* the two sides have lost each other */
	if (*ret_rc == RC_OK || c->doomed != RC_OK)
		return r;
	char why[sizeof(c->db.why)];

	memcpy(why, c->db.why, sizeof(why));
	if (run(c, "ROLLBACK TO SAVEPOINT stmt; RELEASE SAVEPOINT stmt") != RC_OK && c->doomed == RC_OK)
		c->doomed = RC_INTERNAL;
	memcpy(c->db.why, why, sizeof(why));
	return r;
}

static PGresult *statement(struct db *db, const struct db_stmt *st, const struct db_value *args, enum rc *ret_rc)
{
	struct pg_conn *c = pg_of(db);
	struct params p;
	PGresult *r;

	if (c->doomed != RC_OK) {
		*ret_rc = c->doomed;
		return NULL;
	}
	params_of(st, args, &p);
	if (strncasecmp(st->postgres, "SELECT", 6) != 0 && c->in_transaction) {
		r = guarded(c, st, &p, ret_rc);
	} else {
		r = PQexecParams(c->h, st->postgres, p.n, p.types, p.values, p.lengths, p.formats, 0);
		*ret_rc = result_rc(c, r);
		if (*ret_rc != RC_OK && c->doomed == RC_OK)
			c->doomed = *ret_rc; /* PostgreSQL ends a transaction whose statement failed */
	}
	if (*ret_rc == RC_OK)
		return r;
	PQclear(r);
	return NULL;
}

static enum rc exec(struct db *db, const struct db_stmt *st, const struct db_value *args, int64_t *ret_changed)
{
	enum rc rc;
	PGresult *r = statement(db, st, args, &rc);
	int64_t changed = 0;

	if (!r)
		return rc;
	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		rc = RC_INTERNAL; /* rows that nobody reads: the statement is typed wrongly */
	else if (str_to_i64(str_of(PQcmdTuples(r)), &changed) || !*PQcmdTuples(r))
		*ret_changed = changed;
	PQclear(r);
	return rc;
}

static enum rc query(struct db *db, const struct db_stmt *st, const struct db_value *args, struct db_cursor *ret)
{
	enum rc rc;

	ret->row = -1;
	ret->at = statement(db, st, args, &rc);
	return rc;
}

static bool next(struct db_cursor *c)
{
	return ++c->row < PQntuples(c->at);
}

static void end(struct db_cursor *c)
{
	PQclear(c->at);
}

static struct str cell(const struct db_cursor *c, size_t column)
{
	return (struct str){ PQgetvalue(c->at, c->row, (int)column), (size_t)PQgetlength(c->at, c->row, (int)column) };
}

/* Whole numbers, truth values, and sums, which PostgreSQL gives as "numeric" with or without a fraction. */
static int64_t col_int(const struct db_cursor *c, size_t column)
{
	struct str s = cell(c, column);
	int64_t v = 0;

	if (str_eq(s, S("t")))
		return 1;
	s = str_sub(s, 0, str_find_byte(s, '.', 0));
	return str_to_i64(s, &v) ? v : 0;
}

/* strtod, since 1e-07 is possible; the program never leaves the locale "C" for numbers. */
static double col_real(const struct db_cursor *c, size_t column)
{
	return strtod(PQgetvalue(c->at, c->row, (int)column), NULL);
}

static struct str col_text(const struct db_cursor *c, size_t column)
{
	return str_dup(c->db->arena, cell(c, column));
}

static struct str col_blob(const struct db_cursor *c, size_t column)
{
	size_t n = 0;
	unsigned char *bytes = PQunescapeBytea((const unsigned char *)PQgetvalue(c->at, c->row, (int)column), &n);

	assert(bytes);
	struct str s = str_dup(c->db->arena, (struct str){ (const char *)bytes, n });

	PQfreemem(bytes);
	return s;
}

static enum rc script(struct db *db, const char *sql, struct str *ret_why)
{
	struct pg_conn *c = pg_of(db);

	if (c->doomed != RC_OK)
		return c->doomed;
	enum rc rc = run(c, sql);

	if (rc != RC_OK)
		*ret_why = str_dup(db->arena ? db->arena : db->pool->start, str_of(db->why));
	return rc;
}

static enum rc prepares(struct db *db, const struct db_stmt *st, struct str *ret_why)
{
	static const struct { char letter; enum db_type type; } letters[] = {
		{ 'i', DB_INT }, { 'b', DB_BOOL }, { 'r', DB_REAL }, { 't', DB_TEXT }, { 'x', DB_BLOB },
	};
	struct pg_conn *c = pg_of(db);
	Oid types[PARAMS_MAX] = { 0 };

	assert(st->n_params <= PARAMS_MAX && strlen(st->types) == st->n_params);
	for (size_t i = 0; i < st->n_params; i++)
		for (size_t k = 0; k < ARRAY_LEN(letters); k++)
			if (letters[k].letter == st->types[i])
				types[i] = oids[letters[k].type];
	if (run(c, "SAVEPOINT look") != RC_OK)
		return RC_BUSY;
	PGresult *r = PQprepare(c->h, "", st->postgres, (int)st->n_params, types);
	enum rc rc = result_rc(c, r);

	PQclear(r);
	if (rc != RC_OK)
		*ret_why = str_dup(db->arena, str_of(db->why));
	if (run(c, "ROLLBACK TO SAVEPOINT look") != RC_OK)
		return RC_BUSY;
	return rc == RC_OK ? RC_OK : RC_INVALID;
}

static const struct db_ops ops = {
	.exec = exec, .query = query, .next = next, .end = end, .col_int = col_int, .col_real = col_real, .col_text = col_text,
	.col_blob = col_blob, .script = script, .prepares = prepares,
};

struct pg_conn *pg_conn_new(struct db_pool *p)
{
	struct pg_conn *c = calloc(1, sizeof(*c));

	if (!c)
		abort();
	c->db = (struct db){ .ops = &ops, .pool = p };
	return c;
}

void pg_conn_free(struct pg_conn *c)
{
	PQfinish(c->h);
	free(c);
}
