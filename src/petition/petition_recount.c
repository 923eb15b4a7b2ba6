/*
 * petition_recount.c: counts against the rows they were folded from. What differs is put right and reported: on the moderators' desk and in the log.
 * And how far counting is behind: a metric, an alarm in the log and on the administrators' page of jobs. The comparison reads one snapshot outside of the
 * writer; what is added then is the difference, so that signatures that come meanwhile do no harm.
 */
#include "app/app.h"
#include "app/jobs.h"
#include "base/log.h"
#include "base/random.h"
#include "gen/messages.h"
#include "petition/petition_jobs.h"

#define MARK ((struct petition_mark_id){ 1 })
#define CUTS_MAX 100000
#define STEP 100           /* petitions a batch */
#define STEP_ROWS 500000   /* or signatures: one that has more is a batch by itself */
#define STARTING (10 * WHEN_SECOND)
#define PAYLOAD_MAX ((size_t)1 << 20)

/* One count that is off: what was added up and what the rows say. */
typedef enum rc off(struct ctx *c, void *to, int64_t petition, const char *cut, int64_t slot, int64_t by);

struct finding {
	off *say;
	void *to;
	int64_t petitions, counts, off_by;
};

static enum rc differs(struct ctx *c, struct finding *f, struct petition_id id, const char *cut, int64_t slot, int64_t by)
{
	if (!by)
		return RC_OK;
	f->counts++;
	f->off_by += by < 0 ? -by : by;
	return f->say(c, f->to, id.v, cut, slot, by);
}

/* Both lists rise by slot. */
static enum rc compare(struct ctx *c, struct finding *f, struct petition_id id, const char *cut, const struct petition_count_row_list *rows)
{
	struct petition_count_row_list kept;
	size_t r = 0, k = 0;

	TRY(petition_counts_all(c->db, id, str_of(cut), CUTS_MAX, &kept));
	while (r < rows->n || k < kept.n) {
		bool row = r < rows->n && (k == kept.n || rows->v[r].slot <= kept.v[k].slot);
		bool sum = k < kept.n && (r == rows->n || kept.v[k].slot <= rows->v[r].slot);
		int64_t slot = row ? rows->v[r].slot : kept.v[k].slot;

		TRY(differs(c, f, id, cut, slot, (row ? rows->v[r].n : 0) - (sum ? kept.v[k].n : 0)));
		r += row;
		k += sum;
	}
	return RC_OK;
}

static enum rc check(struct ctx *c, struct finding *f, struct petition_id id)
{
	struct petition_mark_row mark = { 0 };
	struct petition_count_row_list rows;
	struct signature_sum sum;
	struct petition_row p;
	enum rc rc = petition_mark_get(c->db, MARK, &mark);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	f->petitions++;
	TRY(petition_by_id(c->db, id, &p));
	TRY(signature_rows(c->db, id, mark.signature, &sum));
	TRY(differs(c, f, id, "-", 0, sum.n - p.signatures));
	TRY(signature_rows_region(c->db, id, mark.signature, &rows));
	TRY(compare(c, f, id, "r", &rows));
	TRY(signature_rows_place(c->db, id, mark.signature, &rows));
	TRY(compare(c, f, id, "d", &rows));
	TRY(signature_rows_hour(c->db, id, mark.signature, &rows));
	TRY(compare(c, f, id, "h", &rows));
	TRY(signature_rows_hour_region(c->db, id, mark.signature, &rows));
	return compare(c, f, id, "x", &rows);
}

static enum rc put_right(struct ctx *c, void *to, int64_t petition, const char *cut, int64_t slot, int64_t by)
{
	struct petition_id id = { petition };
	int64_t changed;

	(void)to;
	if (cut[0] == '-')
		return petition_add(c->db, id, by, c->now, &changed);
	return petition_count_add(c->db, id, str_of(cut), slot, by, &changed);
}

enum rc petition_recount(struct ctx *c, struct petition_id id, int64_t *ret_off)
{
	struct finding f = { .say = put_right };

	TRY(check(c, &f, id));
	*ret_off = f.off_by;
	return RC_OK;
}

/* ---- a pass: batch by batch, each looked at outside of the writer and put right inside ---- */

static enum rc note(struct ctx *c, void *to, int64_t petition, const char *cut, int64_t slot, int64_t by)
{
	(void)c;
	out_fmt(to, "%lld %s %lld %lld\n", (long long)petition, cut, (long long)slot, (long long)by);
	return RC_OK;
}

static bool number(struct str *line, int64_t *ret)
{
	struct str one = S("");

	return str_cut(line, ' ', &one) && str_to_i64(one, ret);
}

/* From the first petition to the last, those whose end is long past too; a newer pass ends one that was left behind. */
enum rc petition_repair_begin(struct ctx *c, struct str payload)
{
	struct petition_recount_id pass = { id_make() };
	int64_t changed;

	(void)payload;
	TRY(recount_insert(c->db, pass, c->now, &changed));
	return job_add(c, "petition.recount", str_fmt(c->arena, "%lld 0", (long long)pass.v), S(""), c->now);
}

/* Up to so many petitions, or signatures. *ret_next: where to go on, 0: that was all. */
static enum rc look(struct ctx *c, struct finding *f, int64_t after, int64_t *ret_next)
{
	struct petition_due_row_list l;
	int64_t rows = 0;

	TRY(petition_counted(c->db, (struct petition_id){ after }, STEP, &l));
	for (size_t i = 0; i < l.n; i++) {
		TRY(check(c, f, l.v[i].id));
		rows += l.v[i].signatures;
		*ret_next = l.v[i].id.v;
		if (rows >= STEP_ROWS)
			return RC_OK;
	}
	if (l.n < STEP)
		*ret_next = 0;
	return RC_OK;
}

/* "PASS AFTER" becomes "PASS AFTER NEXT PETITIONS COUNTS OFF" and a line for each count that is off. */
enum rc petition_repair_look(struct ctx *c, struct str payload, struct str *ret)
{
	struct out o = { .arena = c->arena, .limit = PAYLOAD_MAX };
	struct finding f = { .say = note, .to = &o };
	struct str rest = payload;
	int64_t pass, after, next = 0;

	if (!number(&rest, &pass) || !str_to_i64(rest, &after))
		return fail_log(c, RC_INVALID, S("not a recount and a mark"));
	TRY(db_read_begin(c->app->db, c->arena, &c->db));
	enum rc rc = look(c, &f, after, &next);

	db_read_end(c->db);
	c->db = NULL;
	TRY(rc);
	*ret = str_fmt(c->arena, "%.*s %lld %lld %lld %lld\n%.*s", STR_FMT(payload), (long long)next, (long long)f.petitions, (long long)f.counts, (long long)f.off_by,
		       STR_FMT(out_done(&o)));
	return RC_OK;
}

enum rc petition_repair(struct ctx *c, struct str payload)
{
	struct str rest = payload, line = S(""), cut = S("");
	int64_t pass, after, next, petitions, counts, off_by, petition, slot, by, changed;

	if (!str_cut(&rest, '\n', &line) || !number(&line, &pass) || !number(&line, &after) || !number(&line, &next) || !number(&line, &petitions) ||
	    !number(&line, &counts) || !number(&line, &off_by))
		return fail_log(c, RC_INVALID, S("not a recount"));
	TRY(recount_moved(c->db, (struct petition_recount_id){ pass }, after, next, petitions, counts, off_by, next ? (struct when){ 0 } : c->now, &changed));
	if (!changed)
		return RC_OK; /* done before, or a newer pass goes on */
	while (rest.n && str_cut(&rest, '\n', &line)) {
		if (!number(&line, &petition) || !str_cut(&line, ' ', &cut) || !number(&line, &slot) || !number(&line, &by))
			continue;
		TRY(put_right(c, NULL, petition, str_z(c->arena, cut), slot, by));
		LOG(LOG_WARN, "petition count repaired", LOG_INT("petition", petition), LOG_TEXT("cut", cut), LOG_INT("slot", slot), LOG_INT("by", by));
	}
	return next ? job_add(c, "petition.recount", str_fmt(c->arena, "%lld %lld", (long long)pass, (long long)next), S(""), c->now) : RC_OK;
}

/* ---- how far counting is behind ---- */

enum rc petition_lag_sec(struct ctx *c, int64_t *ret)
{
	struct petition_mark_row mark = { 0 };
	struct signature_waiting_row first;
	enum rc rc = petition_mark_get(c->db, MARK, &mark);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	*ret = 0;
	rc = signature_waiting(c->db, (struct petition_signature_id){ mark.signature }, &first);
	if (rc == RC_OK && first.signed_at.us < c->now.us)
		*ret = (c->now.us - first.signed_at.us) / WHEN_SECOND;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

const struct lag petition_lag[1] = {
	{ "jauap_petition_count_lag_seconds", "Age of the oldest signature that is not in the counts yet.", 5 * 60, MSG_PETITION_LAG_ALARM, petition_lag_sec },
};

/* In another thread than the counting itself. What came before a pause of the program is counted first. */
enum rc petition_lag_watch(struct ctx *c, struct str payload)
{
	int64_t sec;

	(void)payload;
	TRY(petition_lag_sec(c, &sec));
	if (sec > petition_lag->alarm_sec && c->now.us - c->app->started.us > STARTING)
		LOG(LOG_ERROR, "petition counts are behind", LOG_INT("seconds", sec));
	return RC_OK;
}
