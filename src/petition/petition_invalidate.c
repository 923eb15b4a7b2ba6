/*
 * petition_invalidate.c: many signatures taken out at once, as a stored job: counted first, then in batches of 100, stopped at any time, undone as a whole.
 * Withdrawn ones are left alone; what a job took out is marked with its number, so that undoing gives back exactly those.
 */
#include <arpa/inet.h>

#include "app/app.h"
#include "app/jobs.h"
#include "base/random.h"
#include "gen/messages.h"
#include "petition/petition_jobs.h"
#include "petition/petition_staff.h"
#include "standard/pack.h"

#define BATCH 100
#define V4_LEAST 8 /* wider networks would be half the country */
#define V6_LEAST 16
#define V4_KEPT 24 /* hosts are not kept: see petition_net() */
#define V6_KEPT 48

/* "203.0.113.0/24" as two rows of hex digits between which it lies. Narrower than what is kept means the whole network that is kept. */
static bool net_range(struct ctx *c, struct str cidr, struct str *ret_from, struct str *ret_to)
{
	unsigned char from[16] = { 0 }, to[16];
	size_t slash = str_find_byte(cidr, '/', 0);
	const char *host = str_z(c->arena, str_sub(cidr, 0, slash));
	bool v4 = inet_pton(AF_INET, host, from + 12) == 1;
	int64_t bits = v4 ? 32 : 128;

	if (!v4 && inet_pton(AF_INET6, host, from) != 1)
		return false;
	if (slash != SIZE_MAX && !str_to_i64(str_from(cidr, slash + 1), &bits))
		return false;
	if (bits < (v4 ? V4_LEAST : V6_LEAST) || bits > (v4 ? 32 : 128))
		return false;
	if (v4)
		memset(from + 10, 0xff, 2);
	bits = v4 ? 96 + (bits > V4_KEPT ? V4_KEPT : bits) : bits > V6_KEPT ? V6_KEPT : bits;
	memcpy(to, from, sizeof(to));
	for (int64_t i = bits; i < 128; i++) {
		from[i / 8] = (unsigned char)(from[i / 8] & ~(0x80 >> i % 8));
		to[i / 8] = (unsigned char)(to[i / 8] | 0x80 >> i % 8);
	}
	*ret_from = str_hex(c->arena, from, sizeof(from));
	*ret_to = str_hex(c->arena, to, sizeof(to));
	return true;
}

static enum rc check(struct ctx *c, const struct actor *who, struct petition_id id, const struct petition_invalidating *n)
{
	struct petition_row p;
	struct paper_row sheet;

	if (!petition_moderator(c, who))
		return fail(c, RC_FORBIDDEN, MSG_PETITION_FAULT_ROLE);
	TRY(petition_open_for(c, id, PE_INVALIDATED, &p));
	if (!n->domain.n && !n->cidr.n && !when_set(n->since) && !when_set(n->until) && !n->place && !n->paper)
		return fail(c, RC_INVALID, MSG_PETITION_FAULT_CONDITION);
	if (!str_trim(n->reason).n)
		return fail(c, RC_INVALID, MSG_PETITION_FAULT_WHY);
	if (n->place && !pack_place(c->app->pack, n->place))
		return fail(c, RC_INVALID, MSG_PETITION_FAULT_PLACE);
	if (n->paper && (paper_by_id(c->db, (struct petition_paper_id){ n->paper }, &sheet) != RC_OK || sheet.petition_id.v != id.v))
		return fail(c, RC_INVALID, MSG_PETITION_FAULT_SHEET);
	return RC_OK;
}

static enum rc later(struct ctx *c, const char *kind, struct petition_invalidation_id id)
{
	return job_add(c, kind, str_i64(c->arena, id.v), S(""), c->now);
}

enum rc petition_invalidate(struct ctx *c, const struct actor *who, struct petition_id id, const struct petition_invalidating *n, struct petition_invalidation_id *ret)
{
	struct petition_invalidation_id job = { id_make() };
	struct str from = S(""), to = S("");
	int64_t changed;

	TRY(check(c, who, id, n));
	if (n->cidr.n && !net_range(c, n->cidr, &from, &to))
		return fail(c, RC_INVALID, MSG_PETITION_FAULT_CIDR);
	TRY(invalidation_insert(c->db, job, id, str_lower_ascii(c->arena, str_trim(n->domain)), n->cidr, from, to, n->since, n->until, n->place, n->paper, n->reason,
				who->account, c->now, &changed));
	*ret = job;
	return later(c, "petition.invalidation_count", job);
}

/* ---- counting, outside of the writer ---- */

enum rc petition_invalidation_count(struct ctx *c, struct petition_invalidation_id id, int64_t *ret)
{
	struct invalidation_row v;

	TRY(invalidation_by_id(c->db, id, &v));
	return signature_match_n(c->db, v.petition_id, v.domain, v.net_from, v.net_to, v.since_at, v.until_at, v.place_id, v.paper_id, ret);
}

enum rc petition_invalidation_look(struct ctx *c, struct str payload, struct str *ret)
{
	int64_t id, n;

	if (!str_to_i64(payload, &id))
		return RC_INVALID;
	TRY(db_read_begin(c->app->db, c->arena, &c->db));
	enum rc rc = petition_invalidation_count(c, (struct petition_invalidation_id){ id }, &n);

	db_read_end(c->db);
	c->db = NULL;
	TRY(rc);
	*ret = str_fmt(c->arena, "%lld %lld", (long long)id, (long long)n);
	return RC_OK;
}

enum rc petition_invalidation_found(struct ctx *c, struct str payload)
{
	struct str rest = payload, first = S("");
	int64_t id, n, changed;

	if (!str_cut(&rest, ' ', &first) || !str_to_i64(first, &id) || !str_to_i64(rest, &n))
		return fail_log(c, RC_INVALID, S("not an invalidation and a number"));
	return invalidation_counted(c->db, (struct petition_invalidation_id){ id }, n, &changed);
}

/* ---- start, stop, undo ---- */

static enum rc turn(struct ctx *c, const struct actor *who, struct petition_invalidation_id id, const char *from, const char *to, struct invalidation_row *ret)
{
	int64_t changed;

	if (!petition_moderator(c, who))
		return fail(c, RC_FORBIDDEN, MSG_PETITION_FAULT_ROLE);
	TRY(invalidation_by_id(c->db, id, ret));
	TRY(invalidation_set_state(c->db, id, str_of(to), str_of(from), str_eq(str_of(to), S("cancelled")) ? ret->mark : 0,
				   str_eq(str_of(to), S("cancelled")) ? c->now : (struct when){ 0 }, &changed));
	return changed ? RC_OK : fail(c, RC_CONFLICT, MSG_PETITION_FAULT_STATE);
}

enum rc petition_invalidate_start(struct ctx *c, const struct actor *who, struct petition_invalidation_id id)
{
	struct invalidation_row v;

	TRY(turn(c, who, id, "counted", "running", &v));
	return later(c, "petition.invalidate", id);
}

enum rc petition_invalidate_cancel(struct ctx *c, const struct actor *who, struct petition_invalidation_id id)
{
	struct invalidation_row v;

	TRY(invalidation_by_id(c->db, id, &v));
	return turn(c, who, id, str_eq(v.state, S("counted")) ? "counted" : "running", "cancelled", &v);
}

enum rc petition_invalidate_undo(struct ctx *c, const struct actor *who, struct petition_invalidation_id id)
{
	struct invalidation_row v;

	TRY(invalidation_by_id(c->db, id, &v));
	TRY(turn(c, who, id, str_eq(v.state, S("done")) ? "done" : "cancelled", "undoing", &v));
	return later(c, "petition.invalidate", id);
}

int64_t petition_invalidation_percent(const struct invalidation_row *v)
{
	if (str_eq(v->state, S("done")))
		return 100;
	return v->matched ? (v->done_n > v->matched ? v->matched : v->done_n) * 100 / v->matched : 0;
}

/* ---- a batch ---- */

static enum rc batch(struct ctx *c, const struct invalidation_row *v, bool undo, struct signature_row_list *ret)
{
	struct petition_signature_id after = { v->mark };

	if (undo)
		return signature_invalidated(c->db, v->petition_id, after, v->id.v, BATCH, ret);
	return signature_match(c->db, v->petition_id, after, v->domain, v->net_from, v->net_to, v->since_at, v->until_at, v->place_id, v->paper_id, BATCH, ret);
}

static enum rc one(struct ctx *c, const struct invalidation_row *v, const struct signature_row *s, bool undo, int64_t *n)
{
	int64_t changed;

	if (undo)
		TRY(signature_revalidate(c->db, s->id, &changed));
	else
		TRY(signature_invalidate(c->db, s->id, v->id.v, c->now, &changed));
	*n += changed;
	/* one that was withdrawn while it was out has left the counts already */
	return changed && !when_set(s->withdrawn_at) ? petition_tally(c, s, undo ? 1 : -1) : RC_OK;
}

static enum rc finish(struct ctx *c, const struct invalidation_row *v, bool undo)
{
	struct invalidation_row now;
	int64_t changed;

	TRY(invalidation_by_id(c->db, v->id, &now));
	TRY(invalidation_set_state(c->db, v->id, undo ? S("undone") : S("done"), v->state, 0, c->now, &changed));
	if (!changed)
		return RC_OK;
	return petition_told(c, v->petition_id, undo ? PE_REVALIDATED : PE_INVALIDATED, 0, str_i64(c->arena, now.done_n),
			     undo ? S("") : str_fmt(c->arena, "%lld. %.*s", (long long)now.done_n, STR_FMT(v->reason)));
}

enum rc petition_invalidation_step(struct ctx *c, struct str payload)
{
	struct signature_row_list l;
	struct invalidation_row v;
	int64_t id, n = 0, changed;

	if (!str_to_i64(payload, &id))
		return fail_log(c, RC_INVALID, S("not an invalidation"));
	TRY(invalidation_by_id(c->db, (struct petition_invalidation_id){ id }, &v));
	bool undo = str_eq(v.state, S("undoing"));

	if (!undo && !str_eq(v.state, S("running")))
		return RC_OK; /* cancelled meanwhile */
	TRY(batch(c, &v, undo, &l));
	for (size_t i = 0; i < l.n; i++)
		TRY(one(c, &v, &l.v[i], undo, &n));
	if (l.n)
		TRY(invalidation_moved(c->db, v.id, l.v[l.n - 1].id.v, undo ? -n : n, &changed));
	return l.n == BATCH ? later(c, "petition.invalidate", v.id) : finish(c, &v, undo);
}
